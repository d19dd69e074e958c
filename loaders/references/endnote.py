"""EndNote XML, record by record: entities, DTDs and external references are refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml
import defusedxml.sax

from graph.errors import Problem
from loaders.given import Given
from loaders.references.record import Fields, Raw, given_of
from loaders.references.text import text_of

_DEEPEST = 40


class _Records(ContentHandler):
    """Gathers the text of each field of each record, with the line that the record begins on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str, Fields]] = []
        self.path: list[str] = []
        self.text: list[str] = []
        self.begun: tuple[int, str, Fields] | None = None

    def startElement(self, name: str, attrs: Any) -> None:
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise SAXException(f"elements stand more than {_DEEPEST} deep in each other")
        if name == "record":
            line = self._locator.getLineNumber() if self._locator else 0  # type: ignore[attr-defined]
            self.begun = (line, "", {})
        elif self.begun is not None:
            if name == "ref-type":
                line, _, fields = self.begun
                self.begun = (line, attrs.get("name", ""), fields)
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
            self.found.append(self.begun)
            self.begun = None
        elif name != "style":
            value = "".join(self.text).replace("\r", "\n").strip()
            if value:
                key = name
                if name in ("title", "full-title", "author", "url", "date") and len(self.path) > 1:
                    key = f"{self.path[-1]}/{name}"
                self.begun[2].setdefault(key, []).append(value)
            self.text = []


def read_endnote(path: Path, name: str) -> Given:
    """An EndNote library exported as XML."""
    text, problems = text_of(path, name)
    if text is None:
        return Given(name, problems=problems)
    handler = _Records()
    found: list[Problem] = []
    parser = defusedxml.sax.make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    try:
        parser.parse(io.StringIO(text))
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
        found.append(
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
        (_raw(*record) for record in handler.found),
        [*problems, *found],
        what="EndNote record",
        expected="<records><record>…",
    )


def _raw(row: int, kind: str, fields: Fields) -> Raw:
    def one(*names: str) -> str:
        return next((value for name in names for value in fields.get(name, ()) if value), "")

    database = one("remote-database-name")
    of_pubmed = database.casefold() in ("nlm", "medline", "pubmed")
    accession = fields.get("accession-num", []) if of_pubmed else []
    fields = {"ref-type": [kind], **fields} if kind else fields
    return Raw(
        row=row,
        fields=fields,
        kind=kind,
        title=one("titles/title"),
        authors=fields.get("authors/author", []),
        year=fields.get("year", []),
        journal=one("titles/secondary-title", "secondary-title", "periodical/full-title"),
        volume=one("volume"),
        issue=one("number"),
        pages=one("pages"),
        doi=fields.get("electronic-resource-num", []),
        pmid=[value for value in accession if value.strip().isdigit()],
        url=one("related-urls/url", "web-urls/url"),
        database=database,
    )
