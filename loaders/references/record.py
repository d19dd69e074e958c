"""One record of a reference file, and the rows that it becomes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic_core import to_json

from graph.errors import Problem, Severity
from graph.names import slug
from loaders.given import Given
from loaders.references.identifiers import author_of, doi_of, plain_text, pmid_of, year_of
from loaders.tables import Row, Table

Fields = dict[str, list[str]]
"""All that a record says: its own field names, with every value of each."""

SOURCE_COLUMNS = (
    "id",
    "kind",
    "title",
    "authors",
    "year",
    "journal",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "url",
    "included",
    "stage",
    "excluded_because",
)
REFERENCE_COLUMNS = (
    "id",
    "source",
    "file",
    "row",
    "database",
    "merged_by",
    "score",
    "fields",
    "reads_as",
)

_GREY = re.compile(
    r"rprt|report|thes|dissert|unpb|unpublished|elec|web|blog|pamp|manuscript|manscpt|govdoc"
    r"|standard|stand$|slide|video|pcomm|techreport|misc$|news|working|government",
    re.IGNORECASE,
)
_LONGEST_FIELDS = 190_000
_SHORT = {"journal": 2000, "volume": 200, "issue": 200, "pages": 200, "url": 4000}


@dataclass(slots=True)
class Raw:
    """A record as a reader found it: where it begins, and what it says of a source.

    Values are as the file has them; what the graph cannot take of them is left out of the source
    with a warning, and stays in ``fields``.
    """

    row: int
    fields: Fields
    kind: str = ""
    title: str = ""
    authors: list[str] = field(default_factory=list)
    year: list[str] = field(default_factory=list)
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: list[str] = field(default_factory=list)
    pmid: list[str] = field(default_factory=list)
    url: str = ""
    database: str = ""
    included: bool | None = None
    excluded_because: str = ""


def given_of(
    file: str,
    records: Iterable[Raw],
    problems: Sequence[Problem],
    broken: Sequence[Problem] = (),
    *,
    what: str,
    expected: str,
) -> Given:
    """The rows of a reference file.

    Records in = sources + rejected.

    Args:
        file: the file as messages name it.
        records: what could be read.
        problems: what was odd about the file itself.
        broken: one problem for each record that could not be read; looked at when ``records`` have
            come to their end, so a reader may find them on the way.
        what: what a record of the format is called, for a file that has none.
        expected: what a file with records looks like.
    """
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
    for raw in records:
        given.records["records"] += 1
        title = plain_text(raw.title)
        kept = to_json(raw.fields).decode()
        wrong = _why_not(title, kept, raw)
        if wrong is not None:
            given.records["rejected"] += 1
            message, expected = wrong
            given.problems.append(
                Problem(
                    severity=Severity.WARNING,
                    file=file,
                    row=raw.row,
                    message=f"this record was left out: {message}",
                    found=_beginning(raw.fields),
                    expected=expected,
                )
            )
            continue
        digest = hashlib.blake2b(f"{file}\0{kept}".encode(), digest_size=6).hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        cells = _source_cells(title, raw, given)
        authors = [author for author in map(author_of, raw.authors) if author]
        cells["id"] = _readable_id(authors[0] if authors else "", cells, digest + again, taken)
        row = Row(raw.row, {name: [value] for name, value in cells.items() if value})
        if authors:
            row.cells["authors"] = [author.replace(";", "\\;") for author in authors]
        sources.rows.append(row)
        reference = {
            "id": f"r-{digest}{again}",
            "source": cells["id"],
            "file": file[:200],
            "row": str(raw.row),
            "database": plain_text(raw.database)[:500],
            "fields": kept,
            "reads_as": to_json(_as_source(cells, authors)).decode(),
        }
        references.rows.append(
            Row(raw.row, {name: [value] for name, value in reference.items() if value})
        )
    given.problems += broken
    for count in given.records:
        given.records[count] += len(broken)
    unread = any(problem.severity is Severity.ERROR for problem in given.problems)
    if given.records["records"] == 0 and not unread:
        given.problems.append(
            Problem(file=file, message=f"there is no {what} in the file", expected=expected)
        )
    return given


def _as_source(cells: Mapping[str, str], authors: list[str]) -> dict[str, object]:
    source: dict[str, object] = {name: value for name, value in cells.items() if value}
    if cells["year"]:
        source["year"] = int(cells["year"])
    if cells["included"]:
        source["included"] = cells["included"] == "yes"
    return {**source, "authors": authors} if authors else source


def _beginning(fields: Fields) -> str | None:
    return next((value[:80] for values in fields.values() for value in values if value), None)


def _why_not(title: str, kept: str, raw: Raw) -> tuple[str, str] | None:
    if not title:
        return "it has no title", "a title"
    if len(title) > 2000:
        return "its title is too long", "at most 2,000 characters"
    if len(kept) > _LONGEST_FIELDS:
        return "it is too long", f"at most {_LONGEST_FIELDS:,} characters"
    return None


def _source_cells(title: str, raw: Raw, given: Given) -> dict[str, str]:
    cells = {
        "kind": "grey" if _GREY.search(raw.kind) else "paper",
        "title": title,
        "doi": _first(doi_of, raw.doi, "doi", "a DOI such as 10.1000/xyz", raw, given),
        "pmid": _first(pmid_of, raw.pmid, "pmid", "a PubMed id: digits", raw, given),
        "year": _first(year_of, raw.year, "year", "a year such as 2012", raw, given),
        "included": "" if raw.included is None else "yes" if raw.included else "no",
        "excluded_because": raw.excluded_because,
    }
    for name, longest in _SHORT.items():
        value = plain_text(getattr(raw, name))
        if len(value) > longest:
            _left_out(name, value, f"at most {longest} characters", raw, given)
            value = ""
        cells[name] = value
    return cells


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


def _readable_id(author: str, cells: Mapping[str, str], digest: str, taken: set[str]) -> str:
    """`lee-2019-3fa2b1`: first author or title, year, and what makes it stable and unique."""
    words = slug(author.rpartition(" ")[0] or author or cells["title"]).split("-")
    stem = "-".join(word for word in words[:3] if word.isascii() and word.isalnum())[:40]
    for made_unique in (digest[:6], digest):
        local = "-".join(part for part in (stem, cells["year"], made_unique) if part)
        if local not in taken:
            break
    taken.add(local)
    return local
