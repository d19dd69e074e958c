"""CSV exports of Rayyan, Covidence and ASReview: references with what was decided of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.decisions import INCLUDED, UNDECIDED
from graph.errors import Problem, Severity
from loaders.parsed_input import Given
from loaders.references.deciding import decision_in, excluded
from loaders.references.delimited import Line, Rows, headers, left_out
from loaders.references.names import authors_in
from loaders.references.record import Fields, Met, Raw, given_of
from loaders.references.text import text_of
from loaders.tables import column_key

_NAMES = {
    "title": ("title", "primary_title"),
    "authors": ("authors", "author", "author_names", "first_authors"),
    "year": ("year", "published_year", "publication_year"),
    "journal": ("journal", "secondary_title"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "pages": ("pages",),
    "doi": ("doi",),
    "pmid": ("pubmed_id", "pmid"),
    "url": ("url",),
    "publisher": ("publisher",),
    "kind": ("type", "publication_type", "reference_type", "type_of_reference"),
    "decision": ("decision", "status", "final_decision", "inclusion_decision"),
    "label": ("asreview_label", "included", "label_included", "final_included", "label"),
    "reason": ("exclusion_reason", "exclusion_reasons", "reason", "reasons"),
}
_NOTES = ("notes", "tags")
_ASREVIEW = frozenset({"asreview_label", "asreview_ranking", "label_included", "asreview_time"})
_YES = re.compile(r"^(?:included?|yes|accept(?:ed)?|in|relevant|true|1(?:\.0)?)$", re.IGNORECASE)
_NO = re.compile(r"^(?:excluded?|no|reject(?:ed)?|out|irrelevant|false|0(?:\.0)?)$", re.IGNORECASE)


def recognised(header: Sequence[str]) -> bool:
    """True for a header of Rayyan's, Covidence's or ASReview's: a title, and what each exports."""
    names = {column_key(cell) for cell in header}
    rayyan = {"key", "title", "authors", "journal"} <= names
    covidence = {"title", "authors"} <= names and bool(
        {"covidence", "published_year", "covidence_#"} & names
    )
    asreview = bool({"title", "primary_title"} & names) and (
        bool(_ASREVIEW & names) or {"abstract", "included"} <= names
    )
    return rayyan or covidence or asreview


def read_screening(path: Path, name: str, encoding: str | None = None) -> Given:
    """References and decisions of a CSV export of Rayyan, Covidence or ASReview."""
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    met = Met()
    raws = _records(text.text, name, met.broken)
    return given_of(
        name, text, raws, problems, met, what="record", expected="rows below the header"
    )


def _records(text: str, name: str, broken: list[Problem]) -> Iterator[Raw]:
    delimiter = next((mark for mark, header in headers(text) if recognised(header)), ",")
    rows = Rows(text, delimiter)
    header: list[str] = []
    for line in rows:
        if not header:
            header = [cell.strip() for cell in line.cells]
            columns = {column_key(cell): at for at, cell in reversed([*enumerate(header)])}
            continue
        beyond = line.cells[len(header) :]
        if any(cell.strip() for cell in beyond):
            why = "it has more cells than the header"
            broken.append(_left_out(name, line.number, why, beyond[-1]))
            continue
        yield _raw(line, header, columns)
    if rows.broken is not None:
        broken.append(left_out(name, *rows.broken))


def _left_out(name: str, row: int, why: str, found: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        file=name,
        row=row,
        message=f"this record was left out: {why}",
        found=found[:80] or None,
    )


def _raw(line: Line, header: list[str], columns: dict[str, int]) -> Raw:
    cells = line.cells

    def text(key: str) -> str:
        at = columns.get(key)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def one(what: str) -> str:
        return next(filter(None, map(text, _NAMES[what])), "")

    fields: Fields = {
        named or f"column {at + 1}": [cell]
        for at, (named, cell) in enumerate(zip(header, cells, strict=False))
        if cell
    }
    pmid = one("pmid")
    return Raw(
        row=line.number,
        first=line.first,
        after=line.after,
        fields=fields,
        kind=one("kind"),
        title=one("title"),
        authors=authors_in([one("authors")]),
        year=[one("year")],
        journal=one("journal"),
        volume=one("volume"),
        issue=one("issue"),
        pages=one("pages"),
        publisher=one("publisher"),
        doi=[one("doi")],
        pmid=[pmid] if pmid.isdigit() else [],
        url=one("url"),
        decision=decision_in(map(text, _NOTES))
        or _decision(one("decision"), one("label"), one("reason")),
    )


def _decision(decision: str, label: str, reason: str) -> str:
    said = decision or label
    if _YES.match(said):
        return INCLUDED
    if _NO.match(said) or (reason and not said):
        return excluded(reason)
    return UNDECIDED if said.strip() else ""
