"""Formats of tagged lines: RIS, Web of Science, PubMed and EndNote's `%`.

A tag stands at the beginning of a line; what follows without one goes on. Every tag is kept under
its own name with all its values, for what one means differs by database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Problem, Severity
from loaders.budget import foresee
from loaders.parsed_input import Given
from loaders.references.delimited import Line, Rows, left_out
from loaders.references.identifiers import doi_in_note, doi_of
from loaders.references.names import Author, Authors, author_of, authors_in
from loaders.references.record import Fields, Met, Raw, given_of
from loaders.references.text import line_ends, text_of

_FOLD = re.compile(r"\s*[\r\n]\s*")
_TITLES = frozenset({"TI", "T1", "%T"})
_OF_A_RECORD = _TITLES | {"AU", "A1", "PY", "Y1", "DO", "DI", "SO", "JO", "AB", "%A", "%D"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_BLANK_BEFORE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\Z")
_EACH_LINE = frozenset({"AU", "AF", "BA", "BF", "CA", "BE", "CR", "C1", "EM", "RI", "OI", "FU"})
"""Tags of Web of Science of which each line is a value of its own."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """One format: how a tag looks, which begins and ends a record, and what its tags mean.

    ``blank_parts`` is true if an empty line parts records as well; of ``each_line`` each line is a
    value; ``header`` are tags of the file, not of a record.
    """

    name: str
    tag: str
    begins: str
    ends: str
    take: Callable[[_Block], Raw]
    blank_parts: bool = False
    each_line: frozenset[str] = frozenset()
    header: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Block:
    """The lines of one record: where they stand, and what they say."""

    row: int
    first: int
    after: int
    fields: Fields

    def one(self, *tags: str) -> str:
        """The first value that one of the tags has, in the order of the tags."""
        return next(
            (value for tag in tags for value in self.fields.get(tag, ()) if value.strip()), ""
        )

    def all(self, *tags: str) -> list[str]:
        """All values of the tags."""
        return [value for tag in tags for value in self.fields.get(tag, ()) if value.strip()]


def _raw(block: _Block, **said: object) -> Raw:
    return Raw(block.row, block.first, block.after, block.fields, **said)  # type: ignore[arg-type]


def _pages(first: str, last: str) -> str:
    first = first.rstrip(" -\u2010\u2011\u2012\u2013\u2014")
    if not last or last == first or re.search(r"[-\u2010-\u2015]", first):
        return first
    return f"{first}-{last}" if first else last


def _has_doi(value: str) -> bool:
    return "10." in value and doi_of(value) is not None


def _from_ris(block: _Block) -> Raw:
    database = block.one("DB", "DP")
    pmids = [value for value in block.all("U1", "C2", "AN") if "pmid" in value.casefold()]
    if re.search(r"medline|pubmed|\bnlm\b", database, re.IGNORECASE):
        pmids += [value for value in block.all("AN") if value.strip().isdigit()]
    dois = block.all("DO", "DI")
    dois += [value for value in block.all("M3", "UR", "L3", "L2", "LK") if _has_doi(value)]
    if not dois:
        dois = [doi for value in block.all("N1", "AN", "ID") if (doi := doi_in_note(value))]
    kind = block.one("TY")
    place = ("T2", "JO", "JF", "JA", "J2", "BT", "T3")
    return _raw(
        block,
        kind=kind,
        closer=block.all("M3"),
        title=block.one("TI", "T1", "CT", "ST", *(["BT"] if kind in ("BOOK", "EDBOOK") else [])),
        authors=authors_in(block.all("AU") or block.all("A1") or block.all("A2", "ED")),
        year=block.all("PY", "Y1", "DA"),
        journal=block.one(*place),
        volume=block.one("VL"),
        issue=block.one("IS", "CP"),
        pages=_pages(block.one("SP") or block.one("C7"), block.one("EP")),
        publisher=block.one("PB"),
        doi=dois,
        pmid=pmids,
        url=block.one("UR", "L2", "LK"),
        database=database,
        notes=block.all("N1", "RN"),
    )


def _from_wos(block: _Block) -> Raw:
    kinds = {"J": "journal", "B": "book", "S": "book", "P": "patent"}
    kind = block.one("PT")
    authors = authors_in(block.all("AU"))
    authors.named += [Author(name, True) for name in block.all("CA")]
    return _raw(
        block,
        kind=kinds.get(kind, kind),
        closer=[part for value in block.all("DT") for part in value.split("; ")],
        title=block.one("TI"),
        authors=authors,
        year=block.all("PY", "EY"),
        journal=block.one("SO"),
        volume=block.one("VL"),
        issue=block.one("IS"),
        pages=_pages(block.one("BP") or block.one("AR"), block.one("EP")),
        publisher=block.one("PU"),
        doi=block.all("DI", "D2"),
        pmid=block.all("PM"),
        database="Web of Science",
    )


def _from_pubmed(block: _Block) -> Raw:
    dois = [value for value in block.all("LID", "AID") if "[doi]" in value]
    people = [author_of(name) for name in block.all("AU") or block.all("FAU")]
    authors = Authors([one for one in people if one is not None])
    authors.named += [Author(name, True) for name in block.all("CN")]
    kinds = block.all("PT")
    owner = block.one("OWN")
    return _raw(
        block,
        kind="journal",
        closer=sorted(kinds, key=lambda kind: kind == "Journal Article"),
        title=block.one("TI", "BTI", "TT"),
        authors=authors,
        year=block.all("DP", "EDAT"),
        journal=block.one("JT", "TA"),
        volume=block.one("VI"),
        issue=block.one("IP"),
        pages=block.one("PG"),
        publisher=block.one("PB"),
        doi=[value.replace("[doi]", "") for value in dois],
        pmid=block.all("PMID"),
        database=owner if owner and owner not in ("NLM", "NCBI") else "PubMed",
    )


def _from_refer(block: _Block) -> Raw:
    return _raw(
        block,
        kind=block.one("%0"),
        closer=block.all("%9"),
        title=block.one("%T"),
        authors=authors_in(block.all("%A") or block.all("%E")),
        year=block.all("%D", "%8"),
        journal=block.one("%J", "%B", "%S"),
        volume=block.one("%V"),
        issue=block.one("%N"),
        pages=block.one("%P", "%&"),
        publisher=block.one("%I"),
        doi=[value for value in block.all("%R", "%U", "%1") if _has_doi(value)],
        url=block.one("%U"),
        database=block.one("%W", "%~"),
        notes=block.all("%Z", "%<"),
    )


_RIS = _Dialect(
    "RIS",
    r"[^\S\r\n]*([A-Z][A-Z0-9])(?: {1,2}-(?: |(?=[\r\n]|\Z))|  -)",
    "TY",
    "ER",
    _from_ris,
)
_WOS = _Dialect(
    "Web of Science",
    r"([A-Z][A-Z0-9])(?: |(?=[\r\n]|\Z))",
    "PT",
    "ER",
    _from_wos,
    each_line=_EACH_LINE,
    header=frozenset({"FN", "VR", "EF"}),
)
_NBIB = _Dialect(
    "PubMed",
    r"([A-Z]{2,4}) {0,3}-(?: |(?=[\r\n]|\Z))",
    "PMID",
    "ER",
    _from_pubmed,
    blank_parts=True,
)
_REFER = _Dialect(
    "EndNote %",
    r"(%[A-Z0-9~&@+*!#$^(<>\[\]?=-])(?: |(?=[\r\n]|\Z))",
    "%0",
    "",
    _from_refer,
    blank_parts=True,
)


def read_ris(path: Path, name: str, encoding: str | None = None) -> Given:
    """A RIS file."""
    return _read(path, name, encoding, _RIS)


def read_wos(path: Path, name: str, encoding: str | None = None) -> Given:
    """Web of Science's own format of tagged lines."""
    return _read(path, name, encoding, _WOS)


def read_wos_table(path: Path, name: str, encoding: str | None = None) -> Given:
    """Web of Science's export with a tab between values."""
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    met = Met()
    blocks = _rows_of_table(Rows(text.text, "\t"), name, met)
    return given_of(
        name,
        text,
        map(_from_wos, blocks),
        problems,
        met,
        what="record",
        expected="rows below PT, AU, …",
    )


def _rows_of_table(rows: Rows, name: str, met: Met) -> Iterator[_Block]:
    lines = iter(rows)
    tags = [cell.strip().strip("\ufeff") for cell in next(lines, Line(0, [], 0, 0)).cells]
    for line in lines:
        said = {tag: [cell] for tag, cell in zip(tags, line.cells, strict=False) if tag and cell}
        yield _Block(line.number, line.first, line.after, said)
    if rows.broken is not None:
        met.broken.append(left_out(name, *rows.broken))


def read_nbib(path: Path, name: str, encoding: str | None = None) -> Given:
    """A PubMed file (.nbib, MEDLINE format), or one of ERIC's, which is alike."""
    return _read(path, name, encoding, _NBIB)


def read_refer(path: Path, name: str, encoding: str | None = None) -> Given:
    """EndNote's lines that begin with a per-cent sign (refer, .enw)."""
    return _read(path, name, encoding, _REFER)


def _read(path: Path, name: str, encoding: str | None, dialect: _Dialect) -> Given:
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    foresee("rows", 2 * text.text.count(f"\n{dialect.begins} "))
    met = Met()
    blocks = _blocks(text.text, dialect, name, met)
    return given_of(
        name,
        text,
        map(dialect.take, blocks),
        problems,
        met,
        what=f"{dialect.name} record",
        expected=f"records that begin with {dialect.begins}",
    )


def _blocks(text: str, dialect: _Dialect, name: str, met: Met) -> Iterator[_Block]:
    """The records of a file: their lines end where a record ends, or before another begins."""
    counted, row = 0, 1
    passed = 0  # where what belongs to no record begins
    for group, after in _groups(text, dialect):
        tags = {tag for tag, _, _, _ in group}
        first = group[0][1]
        if dialect.begins not in tags and not _TITLES & tags and len(_OF_A_RECORD & tags) < 2:
            continue  # lines that the database put between two records
        met.passed_over += _lines_in(text, passed, first, dialect)
        passed = after
        row += line_ends(text, counted, first)
        counted = first
        if dialect is _RIS and dialect.begins not in tags:
            met.odd.append(
                Problem(
                    severity=Severity.WARNING,
                    file=name,
                    row=row,
                    message="this record does not say what it is: it has no line TY",
                    found=text[first : first + 80].splitlines()[0],
                    hint="is part of it missing? It was read as far as it goes",
                )
            )
        yield _Block(row, first, after, _fields(text, group, after, dialect))
    met.passed_over += _lines_in(text, passed, len(text), dialect)


Tag = tuple[str, int, int, int]
"""A tag; where its line begins, where its value begins, and where the next tag's line begins."""


def _groups(text: str, dialect: _Dialect) -> Iterator[tuple[list[Tag], int]]:
    """The tags of each record, with the place after its last line.

    A record ends where it says so; lines that follow at once and end with an empty line are what a
    database says of it still. What stands before the line that begins a record is the record's.
    """
    group: list[Tag] = []
    begun = False
    ended: tuple[list[Tag], int] | None = None
    for tag in _tags(text, dialect.tag):
        name, first, value, last = tag
        if name in dialect.header:
            continue
        if ended is not None and first == ended[1] and name not in (dialect.begins, dialect.ends):
            blank = _BLANK.search(text, value, last)
            if blank is not None:
                after = blank.start() + len(_LINE_END.match(text, blank.start())[0])  # type: ignore[index]
                yield [*ended[0], *group, (name, first, value, after)], after
                group, ended = [], None
                continue
            group.append(tag)
            ended = ended[0], last
            continue
        if ended is not None:
            yield ended[0], group[0][1] if group else ended[1]
            ended = None
        parted = dialect.blank_parts and bool(group) and name == group[0][0]
        parted = parted and _BLANK_BEFORE.search(text, max(first - 8, 0), first) is not None
        if parted or (begun and name == dialect.begins):
            yield group, _after_last_line(text, group[-1][3])
            group, begun = [], False
        if name == dialect.ends:
            if group:
                ended = group, _line_end(text, value)
            group, begun = [], False
            continue
        begun = begun or name == dialect.begins
        group.append(tag)
    if ended is not None:
        yield [*ended[0], *group], _after_last_line(text, group[-1][3]) if group else ended[1]
    elif group:
        yield group, _after_last_line(text, group[-1][3])


def _tags(text: str, tag: str) -> Iterator[Tag]:
    # Each begins with the end of the line before, so that it is found fast; the first has none.
    first = re.match(tag, text)
    held = (first[1], 0, first.end()) if first is not None else None
    for found in re.compile(rf"[\r\n]{tag}").finditer(text):
        if held is not None:
            yield (*held, found.start() + 1)
        held = (found[1], found.start() + 1, found.end())
    if held is not None:
        yield (*held, len(text))


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.end() if found is not None else len(text)


def _after_last_line(text: str, at: int) -> int:
    """The place after the last line that is not empty."""
    while at and text[at - 1].isspace():
        at -= 1
    return _line_end(text, at)


def _lines_in(text: str, first: int, after: int, dialect: _Dialect) -> int:
    """Lines that say something and belong to no record."""
    lines = (line.strip(" \t\ufeff\x1a") for line in text[first:after].splitlines())
    return sum(bool(line) and line[:2] not in dialect.header for line in lines)


def _fields(text: str, group: Sequence[Tag], after: int, dialect: _Dialect) -> Fields:
    fields: Fields = {}
    for tag, _, first, last in group:
        value = text[first : min(last, after)]
        if tag in dialect.each_line:
            found = [line.strip() for line in value.splitlines()]
            fields.setdefault(tag, []).extend(line for line in found if line)
            continue
        value = value.strip()
        if "\n" in value or "\r" in value:
            value = _FOLD.sub(" ", value)
        fields.setdefault(tag, []).append(value)
    return fields
