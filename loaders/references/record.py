"""One record of a reference file, and the rows that it becomes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic_core import to_json

from graph.errors import Problem, Severity
from graph.model import Form
from graph.names import slug
from graph.people import surname
from graph.record_fields import placed
from graph.source_fields import ALL
from loaders.parsed_input import Given
from loaders.references.deciding import decision_in
from loaders.references.forms import form_of
from loaders.references.identifiers import date_of, doi_of, pages_of, plain_text, pmid_of, year_of
from loaders.references.names import Author, Authors
from loaders.references.text import FileText
from loaders.tables import Row, Table

Fields = dict[str, list[str]]
"""All that a record says: its own field names, with every value of each."""

SOURCE_COLUMNS = (
    "id",
    "kind",
    "title",
    "form",
    "authors",
    "organisations",
    "more_authors",
    "year",
    "date",
    "journal",
    "volume",
    "issue",
    "pages",
    "publisher",
    "doi",
    "pmid",
    "url",
    "from_records",
)
REFERENCE_COLUMNS = (
    "id",
    "source",
    "file",
    "row",
    "database",
    "merged_by",
    "score",
    "text",
    "encoding",
    "fields",
    "reads_as",
    "decisions",
)

_GREY = re.compile(
    r"rprt|report|thes|dissert|unpb|unpublished|elec|web|blog|pamp|manuscript|manscpt|govdoc"
    r"|standard|stand$|slide|video|pcomm|techreport|misc$|news|working|government",
    re.IGNORECASE,
)
_GREY_FORMS = (Form.THESIS, Form.REPORT, Form.WEB, Form.NEWS, Form.UNPUBLISHED)
_LONGEST = 190_000
_SHORT = {
    "journal": 2000,
    "volume": 200,
    "issue": 200,
    "pages": 200,
    "publisher": 500,
    "url": 4000,
    "date": 200,
}


@dataclass(slots=True)
class Raw:
    """A record as a reader found it: where it stands, and what it says of a source.

    Values are as the file has them; what the graph cannot take of them is left out of the source
    with a warning, and stays in ``fields``. ``first`` and ``after`` are the record's place in the
    text of the file; ``kind`` is what the file calls it, ``closer`` are words that say it closer.
    ``decision`` is what the file decides of it, as `excluded: reason`; without one, ``notes`` are
    looked through for it.
    """

    row: int
    first: int
    after: int
    fields: Fields
    kind: str = ""
    closer: list[str] = field(default_factory=list)
    title: str = ""
    authors: Authors = field(default_factory=Authors)
    year: list[str] = field(default_factory=list)
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: list[str] = field(default_factory=list)
    pmid: list[str] = field(default_factory=list)
    url: str = ""
    database: str = ""
    decision: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Met:
    """What a reader meets on its way besides records; it may go on adding while it reads.

    ``broken`` has one problem for each record that could not be read; ``odd`` what is odd about
    records that were read; ``passed_over`` counts lines that belong to no record.
    """

    broken: list[Problem] = field(default_factory=list)
    odd: list[Problem] = field(default_factory=list)
    passed_over: int = 0


def given_of(
    file: str,
    text: FileText,
    records: Iterable[Raw],
    problems: Sequence[Problem],
    met: Met | None = None,
    *,
    what: str,
    expected: str,
) -> Given:
    """The rows of a reference file.

    Records in = sources + rejected. A file of which nothing is left is an error.

    Args:
        file: the file as messages name it.
        text: the text of the file, which each record keeps its part of.
        records: what could be read.
        problems: what was odd about the file itself.
        met: what else was met; looked at when ``records`` have come to their end.
        what: what a record of the format is called, for a file that has none.
        expected: what a file with records looks like.
    """
    met = met or Met()
    sources = Table(file, columns=list(SOURCE_COLUMNS))
    references = Table(file, columns=list(REFERENCE_COLUMNS))
    given = Given(
        file,
        tables={"sources.csv": sources, "references.csv": references},
        problems=list(problems),
        records={"records": 0, "rejected": 0},
    )
    seen: dict[str, int] = {}
    taken: set[str] = set()
    rejected: list[Problem] = []
    for raw in records:
        given.records["records"] += 1
        title = plain_text(raw.title)
        said = to_json(raw.fields)
        wrong = _why_not(title, said, raw)
        if wrong is not None:
            message, wanted = wrong
            rejected.append(
                Problem(
                    severity=Severity.WARNING,
                    file=file,
                    row=raw.row,
                    message=f"this record was left out: {message}",
                    found=_beginning(raw.fields),
                    expected=wanted,
                )
            )
            given.problems.append(rejected[-1])
            continue
        hashed = hashlib.blake2b(f"{file}\0".encode(), digest_size=6)
        hashed.update(said)
        digest = hashed.hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        cells = _source_cells(title, raw, given)
        cells["id"] = _readable_id(raw.authors.named, cells, digest + again, taken)
        row = Row(raw.row, {name: [value] for name, value in cells.items() if value})
        lists = _lists(raw, given)
        for name, values in lists.items():
            row.cells[name] = [value.replace(";", "\\;") for value in values]
        row.cells["from_records"] = [ALL]
        sources.rows.append(row)
        kept = text.text[raw.first : raw.after]
        reference = {
            "id": f"r-{digest}{again}",
            "source": cells["id"],
            "file": file[:200],
            "row": str(raw.row),
            "database": plain_text(raw.database)[:500],
            "text": kept,
            "encoding": text.encoding_of(raw.first, raw.after),
            "fields": placed(raw.fields, kept),
            "reads_as": _as_source(cells, lists),
            "decisions": raw.decision or decision_in(raw.notes),
        }
        references.rows.append(
            Row(raw.row, {name: [value] for name, value in reference.items() if value})
        )
    given.problems += met.odd + met.broken
    given.records["records"] += len(met.broken)
    given.records["rejected"] = len(rejected) + len(met.broken)
    if met.passed_over:
        given.records["passed_over"] = met.passed_over
    if given.records["records"] == given.records["rejected"] > 0:
        for problem in (*rejected, *met.broken):  # nothing is left: no reason to load the rest
            problem.severity = Severity.ERROR
    unread = any(problem.severity is Severity.ERROR for problem in given.problems)
    if given.records["records"] == 0 and not unread:
        given.problems.append(
            Problem(file=file, message=f"there is no {what} in the file", expected=expected)
        )
    return given


def _lists(raw: Raw, given: Given) -> dict[str, list[str]]:
    """The columns that hold several values; what is unclear about authors is told."""
    for unclear in raw.authors.unclear:
        given.problems.append(
            Problem(
                severity=Severity.WARNING,
                file=given.file,
                row=raw.row,
                column="authors",
                message="it is not clear where one author ends and the next begins; "
                "they were kept as one",
                found=unclear[:80],
                expected="one author a line, or `Lee, Anna; Roy, Ben`",
            )
        )
    named = raw.authors.named
    found = {
        "authors": [author.name for author in named],
        "organisations": [author.name for author in named if author.organisation],
    }
    return {name: values for name, values in found.items() if values}


def _as_source(cells: Mapping[str, str], lists: Mapping[str, list[str]]) -> str:
    """The source that cells make, as its record keeps it."""
    said: dict[str, object] = {name: value for name, value in cells.items() if value}
    if "year" in said:
        said["year"] = int(cells["year"])
    for name in ("included", "more_authors"):
        if name in said:
            said[name] = said[name] == "yes"
    return to_json({**said, **lists}).decode()


def reads_as(row: Row) -> str:
    """The source that a row makes by itself, as its record keeps it."""
    lists: dict[str, list[str]] = {
        name: [cell.replace("\\;", ";") for cell in row.cells[name]]
        for name in ("authors", "organisations")
        if name in row.cells
    }
    stated = {*SOURCE_COLUMNS, "included"} - {*lists, "from_records"}
    return _as_source({name: row.text(name) for name in row.cells if name in stated}, lists)


def _beginning(fields: Fields) -> str | None:
    return next((value[:80] for values in fields.values() for value in values if value), None)


def _why_not(title: str, said: bytes, raw: Raw) -> tuple[str, str] | None:
    if not title:
        return "it has no title", "a title"
    if len(title) > 2000:
        return "its title is too long", "at most 2,000 characters"
    if max(len(said), raw.after - raw.first) > _LONGEST:
        return "it is too long", f"at most {_LONGEST:,} characters"
    return None


def _source_cells(title: str, raw: Raw, given: Given) -> dict[str, str]:
    year, date = _dated(raw, given)
    form = form_of([*raw.closer, raw.kind], raw.journal or raw.publisher, title)
    grey = form in _GREY_FORMS or _GREY.search(raw.kind) is not None
    cells = {
        "kind": "grey" if grey else "paper",
        "title": title,
        "form": form.value if form else "",
        "more_authors": "yes" if raw.authors.more else "",
        "doi": _first(doi_of, raw.doi, "doi", "a DOI such as 10.1000/xyz", raw, given),
        "pmid": _first(pmid_of, raw.pmid, "pmid", "a PubMed id: digits", raw, given),
        "year": year,
    }
    for name, longest in _SHORT.items():
        read = pages_of if name == "pages" else plain_text
        value = read(date if name == "date" else getattr(raw, name))
        if len(value) > longest:
            _left_out(name, value, f"at most {longest} characters", raw, given)
            value = ""
        cells[name] = value
    return cells


def _dated(raw: Raw, given: Given) -> tuple[str, str]:
    """The year, and what the record says in place of one or beside it."""
    stated = [value for value in raw.year if value.strip(" /")]
    year, date = "", ""
    for value in stated:
        found, said = date_of(value)
        if said is not None and found is None and year_of(said) is not None:
            return "", said  # a range of years: none of them is the year
        year = year or str(found or "")
        date = date or said or ""
    if stated and not year and not date:
        _left_out("year", stated[0], "a year such as 2012", raw, given)
    return year, date


def _first(
    read: Callable[[str], str | int | None],
    values: list[str],
    name: str,
    expected: str,
    raw: Raw,
    given: Given,
) -> str:
    stated = [value for value in values if value.strip()]
    for value in stated:
        found = read(value)
        if found:
            return str(found)
    if stated:
        _left_out(name, stated[0], expected, raw, given)
    return ""


def _left_out(name: str, found: str, expected: str, raw: Raw, given: Given) -> None:
    given.problems.append(
        Problem(
            severity=Severity.WARNING,
            file=given.file,
            row=raw.row,
            column=name,
            message=f"the {name} was left out of the source; the record keeps it as it is",
            found=found[:80],
            expected=expected,
        )
    )


def _readable_id(
    authors: Sequence[Author], cells: Mapping[str, str], digest: str, taken: set[str]
) -> str:
    """`lee-2019-3fa2b1`: first author or title, year, and what makes it stable and unique."""
    organisations = [author.name for author in authors[:1] if author.organisation]
    first = surname(authors[0].name, organisations) if authors else cells["title"]
    words = slug(first).split("-")
    stem = "-".join(word for word in words[:3] if word.isascii() and word.isalnum())[:40]
    for made_unique in (digest[:6], digest):
        local = "-".join(part for part in (stem, cells["year"], made_unique) if part)
        if local not in taken:
            break
    taken.add(local)
    return local
