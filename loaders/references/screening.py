"""CSV exports of Rayyan and Covidence: references with what the reviewers decided of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import Problem, Severity
from graph.names import slug
from loaders.given import Given
from loaders.references.delimited import Line, Rows, headers
from loaders.references.names import authors_in
from loaders.references.record import Fields, Met, Raw, given_of
from loaders.references.text import text_of
from loaders.review_file import StageEntry
from loaders.tables import column_key

_NAMES = {
    "title": ("title",),
    "authors": ("authors", "author"),
    "year": ("year", "published_year"),
    "journal": ("journal",),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "pages": ("pages",),
    "doi": ("doi",),
    "pmid": ("pubmed_id", "pmid"),
    "url": ("url",),
    "publisher": ("publisher",),
    "kind": ("type", "publication_type", "reference_type"),
    "notes": ("notes", "tags"),
    "decision": ("decision", "status", "final_decision", "inclusion_decision"),
    "reason": ("exclusion_reason", "exclusion_reasons", "reason", "reasons"),
}
_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\{(.*?)\}", re.DOTALL)
_VOTE = re.compile(r'"([^"]*)"\s*=>\s*"?(Included|Excluded|Maybe)"?', re.IGNORECASE)
_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]*)")
_INCLUDED = re.compile(r"^(?:included?|yes|accept(?:ed)?|in)$", re.IGNORECASE)
_EXCLUDED = re.compile(r"^(?:excluded?|no|reject(?:ed)?|out|irrelevant)$", re.IGNORECASE)


def recognised(header: Sequence[str]) -> bool:
    """True for a header of Rayyan's or Covidence's: a title, and what both always export."""
    names = {column_key(cell) for cell in header}
    rayyan = {"key", "title", "authors", "journal"} <= names
    covidence = {"title", "authors"} <= names and bool(
        {"covidence", "published_year", "covidence_#"} & names
    )
    return rayyan or covidence


def read_screening(path: Path, name: str, encoding: str | None = None) -> Given:
    """References and decisions of a Rayyan or Covidence CSV export."""
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    met = Met()
    raws = list(_records(text.text, name, met.broken))
    given = given_of(
        name, text, raws, problems, met, what="record", expected="rows below the header"
    )
    decided = [raw for raw in raws if raw.included is not None]
    if decided:
        stage = flow_of(name, raws)
        given.stages.append(stage)
        for row in given.tables["sources.csv"].rows:
            row.cells["stage"] = [stage.id]
    return given


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
        why = "it cannot be read as CSV, nor what follows"
        broken.append(_left_out(name, rows.broken[0], why, rows.broken[1]))


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

    def one(what: str) -> str:
        for key in _NAMES[what]:
            at = columns.get(key)
            if at is not None and at < len(cells) and cells[at].strip():
                return cells[at].strip()
        return ""

    fields: Fields = {
        named or f"column {at + 1}": [cell]
        for at, (named, cell) in enumerate(zip(header, cells, strict=False))
        if cell
    }
    included, reason = _decision(one("decision"), one("reason"), one("notes"))
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
        included=included,
        excluded_because=reason,
    )


def _decision(decision: str, reason: str, notes: str) -> tuple[bool | None, str]:
    votes = [vote.casefold() for _, vote in _VOTE.findall("".join(_RAYYAN.findall(notes)))]
    reasons = "; ".join(part.strip() for part in _REASONS.findall(notes) if part.strip()) or reason
    if votes:
        if all(vote == "included" for vote in votes):
            return True, ""
        if all(vote == "excluded" for vote in votes):
            return False, reasons
        return None, ""
    if _INCLUDED.match(decision):
        return True, ""
    if _EXCLUDED.match(decision) or (reason and not decision):
        return False, reasons
    return None, ""


def flow_of(name: str, raws: Sequence[Raw]) -> StageEntry:
    """The boxes that the decisions of one file fill: records, exclusions by reason, included."""
    reasons: dict[str, int] = {}
    undecided = included = 0
    for raw in raws:
        if raw.included is None:
            undecided += 1
        elif raw.included:
            included += 1
        else:
            why = raw.excluded_because or "no reason stated"
            reasons[why] = reasons.get(why, 0) + 1
    steps: list[dict[str, object]] = [
        {"id": "screened", "kind": "entrance", "name": f"records in {name}", "n": len(raws)}
    ]
    steps += [
        {
            "id": f"excluded-{at}",
            "kind": "exit",
            "name": f"excluded: {why}"[:200],
            "n": count,
            "reason": why,
        }
        for at, (why, count) in enumerate(sorted(reasons.items()), start=1)
    ]
    if undecided:
        steps.append(
            {
                "id": "undecided",
                "kind": "exit",
                "name": "not decided, or decided differently by two reviewers",
                "n": undecided,
            }
        )
    steps.append({"id": "included", "kind": "total", "name": "records included", "n": included})
    return StageEntry.model_validate(
        {
            "id": f"screening-{slug(Path(name).stem)}"[:100].strip("-._"),
            "name": f"Screening in {name}"[:200],
            "steps": steps,
        }
    )
