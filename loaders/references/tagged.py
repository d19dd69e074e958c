"""Formats of tagged lines: RIS, Web of Science and PubMed, through rispy.

A file is cut into records first, so that each has its line and one that is broken harms no other;
rispy reads the lines of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rispy import RisParser

from graph.errors import Problem, Severity
from loaders.given import Given
from loaders.references.record import Fields, Raw, given_of
from loaders.references.text import lines_of, text_of


class _AsTagged(dict[str, str]):
    """Every tag keeps its own name."""

    def __missing__(self, tag: str) -> str:
        return tag


class _Everything:
    """Every tag may come more than once."""

    def __contains__(self, tag: object) -> bool:
        return True


class _Tagged(RisParser):  # type: ignore[misc]
    """rispy's parser of lines, with every tag kept under its own name and all its values."""

    LINE: ClassVar[re.Pattern[str]]
    JOIN = " "

    def __init__(self) -> None:
        super().__init__(mapping=_AsTagged(), list_tags=_Everything(), delimiter_tags_mapping={})

    def parse_line(self, line: str) -> tuple[str | None, str]:
        found = self.LINE.match(line)
        return (found[1], line[found.end() :].strip()) if found else (None, line.strip())

    def _add_tag(
        self, record: dict[str, Any], tag: str | None, content: str, extend_multiline: bool = False
    ) -> None:
        if tag is None:
            return
        if extend_multiline and isinstance(record.get(tag), list):
            record[tag][-1] = f"{record[tag][-1]}{self.JOIN}{content}".strip()
        else:
            super()._add_tag(record, tag, content)


class _Ris(_Tagged):
    START_TAG = "TY"
    END_TAG = "ER"
    LINE = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: |$)")


class _WebOfScience(_Tagged):
    START_TAG = "PT"
    END_TAG = "ER"
    LINE = re.compile(r"([A-Z][A-Z0-9])(?: |$)")


class _WosNames(_WebOfScience):
    JOIN = "\n"


class _PubMed(_Tagged):
    START_TAG = "PMID"
    END_TAG = "ER"
    LINE = re.compile(r"([A-Z]{2,4}) {0,3}-(?: |$)")


@dataclass(frozen=True, slots=True)
class _Dialect:
    name: str
    parser: type[_Tagged]
    take: Callable[[int, Fields], Raw]


def _one(fields: Fields, *tags: str) -> str:
    return next((value for tag in tags for value in fields.get(tag, ()) if value.strip()), "")


def _all(fields: Fields, *tags: str) -> list[str]:
    return [value for tag in tags for value in fields.get(tag, ()) if value.strip()]


def _pages(first: str, last: str) -> str:
    if not last or last == first:
        return first
    return f"{first}-{last}" if first and "-" not in first else first or last


def _from_ris(row: int, fields: Fields) -> Raw:
    pmids = [value for value in _all(fields, "U1", "C2") if "pmid" in value.casefold()]
    database = _one(fields, "DB", "DP")
    if "medline" in database.casefold() or "pubmed" in database.casefold():
        pmids += [value for value in _all(fields, "AN") if value.strip().isdigit()]
    return Raw(
        row=row,
        fields=fields,
        kind=_one(fields, "TY"),
        title=_one(fields, "TI", "T1", "ST", "CT"),
        authors=_all(fields, "AU") or _all(fields, "A1"),
        year=_all(fields, "PY", "Y1", "DA"),
        journal=_one(fields, "T2", "JO", "JF", "JA", "J2", "BT"),
        volume=_one(fields, "VL"),
        issue=_one(fields, "IS"),
        pages=_pages(_one(fields, "SP") or _one(fields, "C7"), _one(fields, "EP")),
        doi=_all(fields, "DO") or [url for url in _all(fields, "UR", "L3", "M3") if "doi" in url],
        pmid=pmids,
        url=_one(fields, "UR", "L2", "LK"),
        database=database,
    )


def _from_wos(row: int, fields: Fields) -> Raw:
    kinds = {"J": "journal", "B": "book", "S": "series", "P": "patent"}
    kind = _one(fields, "PT")
    return Raw(
        row=row,
        fields=fields,
        kind=kinds.get(kind, kind),
        title=_one(fields, "TI").replace("\n", " "),
        authors=[name for value in _all(fields, "AU") for name in value.split("\n")],
        year=_all(fields, "PY"),
        journal=_one(fields, "SO").replace("\n", " "),
        volume=_one(fields, "VL"),
        issue=_one(fields, "IS"),
        pages=_pages(_one(fields, "BP") or _one(fields, "AR"), _one(fields, "EP")),
        doi=_all(fields, "DI"),
        pmid=_all(fields, "PM"),
        database="Web of Science",
    )


def _from_pubmed(row: int, fields: Fields) -> Raw:
    dois = [value for value in _all(fields, "LID", "AID") if "[doi]" in value]
    return Raw(
        row=row,
        fields=fields,
        kind="journal",
        title=_one(fields, "TI", "BTI", "TT"),
        authors=_all(fields, "AU", "CN") or _all(fields, "FAU"),
        year=_all(fields, "DP", "EDAT"),
        journal=_one(fields, "JT", "TA"),
        volume=_one(fields, "VI"),
        issue=_one(fields, "IP"),
        pages=_one(fields, "PG"),
        doi=[value.replace("[doi]", "") for value in dois],
        pmid=_all(fields, "PMID"),
        database="PubMed",
    )


_RIS = _Dialect("RIS", _Ris, _from_ris)
_WOS = _Dialect("Web of Science", _WosNames, _from_wos)
_NBIB = _Dialect("PubMed", _PubMed, _from_pubmed)


def read_ris(path: Path, name: str) -> Given:
    """A RIS file, or Web of Science's own tagged format."""
    text, problems = text_of(path, name)
    if text is None:
        return Given(name, problems=problems)
    wos = re.match(r"\s*(?:FN |PT )", text) is not None
    return _read(text, name, _WOS if wos else _RIS, problems)


def read_nbib(path: Path, name: str) -> Given:
    """A PubMed file (.nbib, MEDLINE format)."""
    text, problems = text_of(path, name)
    return Given(name, problems=problems) if text is None else _read(text, name, _NBIB, problems)


def _read(text: str, name: str, dialect: _Dialect, problems: list[Problem]) -> Given:
    broken: list[Problem] = []
    raws = _records(lines_of(text), name, dialect, broken)
    return given_of(
        name,
        raws,
        problems,
        broken,
        what=f"{dialect.name} record",
        expected=f"records that begin with {dialect.parser.START_TAG}",
    )


def _records(
    lines: Iterable[str], name: str, dialect: _Dialect, broken: list[Problem]
) -> Iterator[Raw]:
    parser = dialect.parser()
    for number, block in _blocks(lines, parser):
        if parser.parse_line(block[0])[0] != parser.START_TAG:
            if len(_OF_A_RECORD & {parser.parse_line(line)[0] for line in block}) < 2:
                continue  # a line that the database put between two records
            broken.append(
                Problem(
                    severity=Severity.WARNING,
                    file=name,
                    row=number,
                    message="this record was left out: its beginning is missing",
                    found=block[0].strip()[:80],
                    expected=f"a line that begins with {parser.START_TAG}",
                )
            )
            continue
        record = parser.parse_lines(iter([*block, _END[parser.START_TAG]]))[0]
        fields: Fields = {
            tag: [value] if isinstance(value, str) else value for tag, value in record.items()
        }
        yield dialect.take(number, fields)


_OF_A_RECORD = frozenset({"TI", "T1", "AU", "A1", "PY", "Y1", "DO", "DI", "SO", "JO", "AB"})
_END = {"TY": "ER  - ", "PT": "ER", "PMID": "ER  - "}


def _blocks(lines: Iterable[str], parser: _Tagged) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are one record, with the number of the first."""
    block: list[str] = []
    first = 0
    marks = (parser.START_TAG, parser.END_TAG)
    for number, line in enumerate(lines, start=1):
        if block and not line.lstrip().startswith(marks):
            block.append(line)
            continue
        tag = parser.parse_line(line)[0]
        if tag == parser.START_TAG:
            if block:
                yield first, block
            block, first = [line], number
        elif tag == parser.END_TAG:
            if block:
                yield first, block
            block = []
        elif block:
            block.append(line)
        elif tag is not None and tag not in ("FN", "VR", "EF") and ("-" in line[:7]):
            block, first = [line], number
    if block:
        yield first, block
