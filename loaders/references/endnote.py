"""EndNote XML, record by record: entities, DTDs and external references are refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

import defusedxml
import defusedxml.sax

from graph.errors import Problem
from loaders.parsed_input import Given
from loaders.references.identifiers import doi_of
from loaders.references.names import authors_in
from loaders.references.record import Fields, Met, Raw, given_of
from loaders.references.text import text_of

_DEEPEST = 40


@dataclass(slots=True)
class _Record:
    """What is gathered of one record; its place is counted in bytes of UTF-8."""

    row: int
    first: int
    kind: str = ""
    fields: Fields = field(default_factory=dict)
    after: int = 0


class _Records(ContentHandler):
    """Gathers the text of each field of each record, with the line that the record begins on."""

    def __init__(self, reader: Any) -> None:
        super().__init__()
        self.reader = reader
        self.found: list[_Record] = []
        self.path: list[str] = []
        self.text: list[str] = []
        self.begun: _Record | None = None

    def _at(self) -> tuple[int, int]:
        """The line, and the byte, that is being read."""
        return self.reader.getLineNumber(), self.reader._parser.CurrentByteIndex

    def startElement(self, name: str, attrs: Any) -> None:
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise SAXException(f"elements stand more than {_DEEPEST} deep in each other")
        if name == "record":
            self.begun = _Record(*self._at())
        elif self.begun is not None:
            if name == "ref-type":
                self.begun.kind = attrs.get("name", "")
            if name != "style":
                self.text = []

    def characters(self, content: str) -> None:
        if self.begun is not None:
            self.text.append(content)

    def endElement(self, name: str) -> None:
        self.path.pop()
        if self.begun is None:
            return
        if name == "record":
            self.begun.after = self._at()[1]
            self.found.append(self.begun)
            self.begun = None
        elif name != "style":
            value = "".join(self.text).replace("\r", "\n").strip()
            if value:
                key = name
                if name in ("title", "full-title", "author", "url", "date") and len(self.path) > 1:
                    key = f"{self.path[-1]}/{name}"
                self.begun.fields.setdefault(key, []).append(value)
            self.text = []


def read_endnote(path: Path, name: str, encoding: str | None = None) -> Given:
    """An EndNote library exported as XML."""
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    data = text.text.encode()
    source = InputSource()
    source.setEncoding("utf-8")  # whatever it declares: it has been decoded
    source.setByteStream(io.BytesIO(data))
    parser = defusedxml.sax.make_parser()
    parser.forbid_dtd = True
    handler = _Records(parser)
    parser.setContentHandler(handler)
    met = Met()
    try:
        parser.parse(source)
    except defusedxml.DefusedXmlException as error:
        what = type(error).__name__.removesuffix("Forbidden") or "entities"
        problem = Problem(
            file=name,
            message="the file declares a document type or entities, which are not read",
            found=what,
            hint="export it again from EndNote: File > Export > XML",
        )
        return Given(name, problems=[*problems, problem])
    except (SAXException, ValueError, LookupError) as error:
        line = getattr(error, "getLineNumber", lambda: None)()
        message = error.getMessage() if isinstance(error, SAXException) else str(error)
        met.odd.append(
            Problem(
                file=name,
                row=line,
                message="this is not XML that can be read to its end",
                found=str(message)[:80],
                hint="export the library again; part of the file is missing or damaged",
            )
        )
    return given_of(
        name,
        text,
        _raws(handler.found, data),
        problems,
        met,
        what="EndNote record",
        expected="<records><record>…",
    )


def _raws(records: list[_Record], data: bytes) -> Iterator[Raw]:
    """The records with their places counted in characters."""
    at, counted = 0, 0
    for record in records:
        first = counted + len(data[at : record.first].decode())
        end = data.find(b">", record.after) + 1
        counted = first + len(data[record.first : end].decode())
        at = end
        yield _raw(record, first, counted)


def _raw(record: _Record, first: int, after: int) -> Raw:
    fields = record.fields

    def one(*names: str) -> str:
        return next((value for name in names for value in fields.get(name, ()) if value), "")

    database = one("remote-database-name")
    of_pubmed = database.casefold() in ("nlm", "medline", "pubmed")
    accession = fields.get("accession-num", []) if of_pubmed else []
    links = [*fields.get("related-urls/url", []), *fields.get("web-urls/url", [])]
    people = fields.get("authors/author", []) or fields.get("secondary-authors/author", [])
    return Raw(
        row=record.row,
        first=first,
        after=after,
        fields={"ref-type": [record.kind], **fields} if record.kind else fields,
        kind=record.kind,
        closer=fields.get("work-type", []),
        title=one("titles/title"),
        authors=authors_in(people),
        year=[*fields.get("year", []), *fields.get("pub-dates/date", [])],
        journal=one("titles/secondary-title", "secondary-title", "periodical/full-title"),
        volume=one("volume"),
        issue=one("number"),
        pages=one("pages"),
        publisher=one("publisher"),
        doi=[
            *fields.get("electronic-resource-num", []),
            *(link for link in links if doi_of(link)),
        ],
        pmid=[value for value in accession if value.strip().isdigit()],
        url=one("related-urls/url", "web-urls/url"),
        database=database,
        notes=[*fields.get("notes", []), *fields.get("research-notes", [])],
    )
