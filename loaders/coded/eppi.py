"""EPPI-Reviewer's JSON: code sets, references, and codes with the words they were put on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import SourceKind
from graph.source_fields import ALL
from loaders.coded.eppi_quotes import marked_quotes
from loaders.coded.eppi_screening import Screening
from loaders.coded.json_text import read_json, shape_of, values_of, word_of
from loaders.coded.mapping import Mapping, opened_mapping
from loaders.coded.passages import (
    CODED_DOCUMENT,
    Coded,
    CodedDocument,
    CodeEntry,
    readable_id,
    row,
)
from loaders.naming import digest
from loaders.parsed_input import Given
from loaders.references.identifiers import doi_of, year_of
from loaders.references.names import authors_in
from loaders.references.record import reads_as

_OWN_KEYS = {"ItemId", "QuickCitation", "ItemStatus", "TypeName", "ShortTitle", "ParentTitle"}
_BEGINNING = re.compile(r'^\W*"(?:CodeSets|References)"\s*:')
_DEEPEST = 60
_LONGEST = 190_000
_QUOTES = "ItemAttributeFullTextDetails"
_DESCRIBED = ("AttributeSetDescription", "AttributeDescription")
_KINDS = {
    "journal, article": SourceKind.PAPER,
    "article in a periodical": SourceKind.PAPER,
    "book, whole": SourceKind.PAPER,
    "book, chapter": SourceKind.PAPER,
    "report": SourceKind.GREY,
    "dissertation": SourceKind.GREY,
    "conference proceedings": SourceKind.GREY,
    "document from internet site": SourceKind.GREY,
    "web site": SourceKind.GREY,
    "interview": SourceKind.INTERVIEW,
}
_HEADERS = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "doi": "DOI",
    "kind": "TypeName",
    "journal": "ParentTitle",
    "id": "ItemId",
}
_INCLUDED = {"I": "yes", "E": "no"}
_SAID = [
    "ItemId",
    "Title",
    "ShortTitle",
    "ParentTitle",
    "Authors",
    "Year",
    "Volume",
    "Issue",
    "Pages",
    "DOI",
    "URL",
    "TypeName",
    "ItemStatus",
    "Comments",
]


def is_eppi(data: object) -> bool:
    """Whether parsed JSON has the shape of EPPI-Reviewer's export."""
    if not isinstance(data, dict) or not isinstance(data.get("References", []), list):
        return False
    if isinstance(data.get("CodeSets"), list):
        return True
    records = [record for record in data.get("References", [])[:20] if isinstance(record, dict)]
    return any(len(_OWN_KEYS & set(record)) >= 2 for record in records)


def looks_like_eppi(path: Path) -> bool:
    """Whether a JSON file begins as EPPI-Reviewer's export does, whatever its encoding."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
    text = start.decode(json.detect_encoding(start), "replace")
    return _BEGINNING.search(text) is not None


def read_eppi(path: Path, name: str, *, mapping: Mapping | Path | None, max_mb: int) -> Given:
    """Read an EPPI-Reviewer JSON export; never raises for what is in the file.

    Args:
        path: the file.
        name: the file as messages name it.
        mapping: what its codes stand for, or the file that says so; without, they stay tags.
        max_mb: the largest file that is read, in MiB.
    """
    document = CodedDocument(name)
    document.headers["sources.csv"] = dict(_HEADERS)
    data = read_json(path, document, max_mb=max_mb)
    if data is None:
        return document.given(None)
    if not is_eppi(data):
        document.refuse(
            "this is JSON, but not an export of EPPI-Reviewer",
            found=shape_of(data),
            expected="an object with CodeSets and References",
            hint="in EPPI-Reviewer: Reports, export the items with their coding as JSON",
        )
        return document.given(None)
    if not data.get("References"):
        document.refuse(
            "this is a code set of EPPI-Reviewer without references: nothing in it is coded",
            expected="an object with CodeSets and References",
            hint="in EPPI-Reviewer: Reports, JSON report, tick the items and their coding",
        )
        return document.given(None)
    known, problems = opened_mapping(mapping)
    document.problems += problems
    reader = _Reader(document, known)
    reader.read(data)
    given = document.given(known)
    given.stages = reader.screening.stages
    return given


class _Reader:
    def __init__(self, document: CodedDocument, mapping: Mapping | None) -> None:
        self.document = document
        self.mapping = mapping
        self.codes: dict[str, str] = {}
        self.taken: set[str] = set()
        self.source_ids: set[str] = set()
        self.without_kind: list[int] = []
        self.ordinals: dict[str, int] = {}
        self.screening = Screening()

    def read(self, data: dict[str, Any]) -> None:
        document = self.document
        for at, code_set in enumerate(self._objects(data.get("CodeSets"), "CodeSets"), 1):
            scheme = word_of(code_set.get("SetName")) or f"Code set {at}"
            self.screening.learn(code_set, scheme)
            self._codes(code_set, scheme, None, (scheme,), 0)
        records = data.get("References") or []
        for number, record in enumerate(records, 1):
            if isinstance(record, dict):
                self._reference(number, record)
            else:
                document.refuse(
                    "this record is not an object",
                    row=number,
                    column="References",
                    found=str(record),
                )
        if self.without_kind:
            first = self.without_kind[0]
            document.refuse(
                f"{len(self.without_kind)} of {len(records)} records do not say what kind of "
                "source they are",
                row=first,
                column="TypeName",
                expected=f"`kind:` in the mapping file: one of {', '.join(SourceKind)}",
                hint="`kind:` is for all of them, `kinds:` for single titles",
            )
        document.records |= {
            "records": len(records),
            "codes": len(document.codes),
            "passages": len(document.passages),
            "quotes": sum(passage.quote is not None for passage in document.passages),
        }

    def _objects(self, value: Any, where: str) -> Iterator[dict[str, Any]]:
        if value is None:
            return
        if not isinstance(value, list):
            self.document.refuse("a list is expected here", column=where, found=shape_of(value))
            return
        for at, one in enumerate(value, 1):
            if isinstance(one, dict):
                yield one
            else:
                self.document.refuse(
                    "an object is expected here", column=f"{where}[{at}]", found=str(one)
                )

    # -- codes --------------------------------------------------------------------------------

    def _codes(
        self,
        holder: dict[str, Any],
        scheme: str,
        parent: str | None,
        path: tuple[str, ...],
        depth: int,
    ) -> None:
        inside = holder.get("Attributes")
        where = " > ".join(path)
        if inside is None:
            return
        if not isinstance(inside, dict):
            self.document.refuse("an object is expected here", column=f"{where}: Attributes")
            return
        if depth > _DEEPEST:
            self.document.refuse("codes stand too deep in each other", column=where[:200])
            return
        for code in self._objects(inside.get("AttributesList"), f"{where}: AttributesList"):
            given = word_of(code.get("AttributeId"))
            name = word_of(code.get("AttributeName"))
            number = len(self.document.codes) + 1
            if not given or given in self.codes:
                self.document.refuse(
                    "the code's AttributeId is there twice" if given else "the code has no id",
                    column=f"{where}: AttributeId",
                    found=given or name or None,
                )
                continue
            if not name:
                self.document.warn(
                    "the code has no name; it goes by its id", column=where, found=given
                )
                name = given
            local = self._code_id(given, name)
            words = [word_of(code.get(key)) for key in _DESCRIBED]
            self.document.codes.append(
                CodeEntry(
                    local=local,
                    given=given,
                    name=name,
                    number=number,
                    parent=parent,
                    scheme=scheme,
                    description="\n".join(dict.fromkeys(filter(None, words))) or None,
                    path=(*path, name),
                )
            )
            self._codes(code, scheme, local, (*path, name), depth + 1)

    def _code_id(self, given: str, name: str) -> str:
        local = readable_id(name, _id_part(given), otherwise="code")
        if local.casefold() in self.taken:
            local = f"{local}-{digest(given)}"
        self.taken.add(local.casefold())
        self.codes[given] = local
        return local

    def _code(self, given: str, number: int) -> str:
        local = self.codes.get(given)
        if local is None:
            local = self._code_id(given, "code")
            self.document.codes.append(
                CodeEntry(local, given, given, len(self.document.codes) + 1, path=(given,))
            )
            self.document.warn(
                "a code that is not in the code sets of the file; it goes by its id",
                row=number,
                column="AttributeId",
                found=given,
            )
        return local

    # -- references ---------------------------------------------------------------------------

    def _reference(self, number: int, record: dict[str, Any]) -> None:
        document = self.document
        fields = {key: value for key, value in record.items() if key != "Codes"}
        said = {key: self._said(number, key, record.get(key)) for key in _SAID}
        title = said["Title"] or said["ShortTitle"]
        if title and not said["Title"]:
            document.warn("the record has no title; its short title stands for it", row=number)
        source = self._source_id(number, said, fields)
        kind = document.kind(
            self.mapping,
            [said["Title"], said["ShortTitle"], said["ItemId"]],
            _KINDS.get(said["TypeName"].casefold()),
        )
        if kind is None:
            self.without_kind.append(number)
        where = f"References[{number}].Codes"
        codes = [
            (code, list(self._objects(code.get(_QUOTES), f"{where}[{at}].{_QUOTES}")))
            for at, code in enumerate(self._objects(record.get("Codes"), where), 1)
        ]
        documents = {word_of(detail.get("DocTitle")) for _, details in codes for detail in details}
        authors = authors_in(said["Authors"].split(";")).named
        note = [said["Comments"], *(CODED_DOCUMENT + file for file in sorted(documents - {""}))]
        its = row(
            number,
            {
                "id": source,
                "kind": kind,
                "title": title,
                "year": self._year(number, said["Year"]),
                "journal": said["ParentTitle"],
                "volume": said["Volume"],
                "issue": said["Issue"],
                "pages": said["Pages"],
                "doi": self._doi(number, said["DOI"]),
                "url": said["URL"],
                "included": _INCLUDED.get(said["ItemStatus"]),
                "note": "\n".join(filter(None, note)),
            },
            {
                "authors": (author.name for author in authors),
                "organisations": (one.name for one in authors if one.organisation),
                "from_records": [ALL],
            },
        )
        document.sources.append(its)
        document.references.append(
            row(
                number,
                {
                    "id": source,
                    "source": source,
                    "file": document.file,
                    "row": str(number),
                    "fields": self._fields(number, fields),
                    "reads_as": reads_as(its),
                },
                {"decisions": self.screening.decisions(code for code, _ in codes)},
            )
        )
        for code, details in codes:
            self._coded(number, source, code, details, several=len(documents) > 1)

    def _fields(self, number: int, record: dict[str, Any]) -> str:
        """All that the record says but its codes, as names and lists of values."""
        fields = {key: values_of(value) for key, value in record.items() if values_of(value)}
        while len(text := json.dumps(fields, ensure_ascii=False)) > _LONGEST:
            longest = max(fields, key=lambda key: sum(map(len, fields[key])))
            self.document.warn(
                f"{longest} is too long to be kept with the record, and was left out",
                row=number,
                column=longest,
                found=f"{len(text)} characters in all",
                expected=f"at most {_LONGEST}",
            )
            del fields[longest]
        return text

    def _said(self, number: int, key: str, value: Any) -> str:
        if isinstance(value, dict | list):
            self.document.warn(
                f"{key} is not a text; it is kept in the record's fields only",
                row=number,
                column=key,
                found=str(value),
            )
            return ""
        return word_of(value)

    def _source_id(self, number: int, said: dict[str, str], fields: dict[str, Any]) -> str:
        name = said["ShortTitle"] or said["Title"]
        unique = _id_part(said["ItemId"])
        if not unique:
            unique = digest(json.dumps(fields, sort_keys=True, ensure_ascii=False))
        id_ = readable_id(name, unique, otherwise="item", longest=40)
        if id_.casefold() in self.source_ids:
            self.document.refuse(
                "the record is there twice",
                row=number,
                column="ItemId" if said["ItemId"] else "Title",
                found=said["ItemId"] or name,
                hint="export each item once",
            )
            at = 2
            while f"{id_}-{at}".casefold() in self.source_ids:
                at += 1
            id_ = f"{id_}-{at}"
        self.source_ids.add(id_.casefold())
        return id_

    def _year(self, number: int, text: str) -> str:
        year = year_of(text)
        if text and year is None:
            self._left_out(number, "Year", text, "a year of four digits")
        return str(year or "")

    def _doi(self, number: int, text: str) -> str:
        doi = doi_of(text)
        if text and doi is None:
            self._left_out(number, "DOI", text, "a DOI such as 10.1000/xyz")
        return doi or ""

    def _left_out(self, number: int, key: str, text: str, expected: str) -> None:
        self.document.warn(
            f"{key} is not well formed; it is kept in the record's fields only",
            row=number,
            column=key,
            found=text,
            expected=expected,
        )

    # -- passages -----------------------------------------------------------------------------

    def _coded(
        self,
        number: int,
        source: str,
        code: dict[str, Any],
        details: list[dict[str, Any]],
        *,
        several: bool,
    ) -> None:
        given = word_of(code.get("AttributeId"))
        if not given:
            self.document.refuse("a code of the record has no id", row=number, column="AttributeId")
            return
        local = self._code(given, number)
        arm = self._said(number, "ArmTitle", code.get("ArmTitle"))
        arm_id = _id_part(word_of(code.get("ArmId")))
        start = f"{source}.{_id_part(given)}" + (f".{arm_id}" if arm_id.strip("0") else "")
        note = self._said(number, "AdditionalText", code.get("AdditionalText"))
        quotes: list[tuple[str | None, str | None, str]] = []
        for detail in details:
            where = word_of(detail.get("DocTitle")) if several else ""
            its_arm = self._said(number, "ItemArm", detail.get("ItemArm")) or arm
            for quote, place in marked_quotes(detail, self.document, row=number):
                quotes.append((quote, ", ".join(filter(None, (place, where))) or None, its_arm))
        for quote, locator, its_arm in quotes or [(None, None, arm)]:
            self.document.passages.append(
                Coded(
                    id=self._passage_id(start),
                    number=len(self.document.passages) + 1,
                    source=source,
                    code=local,
                    place=(locator, quote and " ".join(quote.split())),
                    quote=quote,
                    locator=locator,
                    arm=its_arm or None,
                    note=note or None,
                )
            )

    def _passage_id(self, start: str) -> str:
        self.ordinals[start] = self.ordinals.get(start, 0) + 1
        return f"{start}.{self.ordinals[start]}"


def _id_part(text: str) -> str:
    """A tool's id as part of ours: as it is, or a digest of it if it has other characters."""
    if re.fullmatch(r"[A-Za-z0-9]{1,20}", text) or not text:
        return text
    return digest(text)
