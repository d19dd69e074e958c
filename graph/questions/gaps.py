"""The gap matrix: what there is evidence for at which level, and why a cell is empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.answers import Cell, CellState, GapAnswer, GapMatrix, GapRow, Named
from graph.catalogue import named
from graph.model import EMPIRICAL, SourceKind, Status
from graph.questions.names import resolve_review
from graph.store import Rows, Store

_EVERY_REVIEW = 100_000


@dataclass(slots=True)
class _Counts:
    supporting: int = 0
    challenging: int = 0
    refining: int = 0
    primary: int = 0
    synthesis: int = 0
    stakeholders: int = 0
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class _Looked:
    """A search that a finding names, and the levels it speaks of; none means all."""

    stage: str
    name: str
    finding: str
    levels: list[str]

    def covers(self, level: str) -> bool:
        return not self.levels or level in self.levels


@dataclass(slots=True)
class _Searched:
    """Searches that looked for a row: by history, and by findings at some levels or at all."""

    by_history: dict[str, str] = field(default_factory=dict)
    by_finding: list[_Looked] = field(default_factory=list)
    insufficient: bool = False

    def at(self, level: str) -> dict[str, str]:
        found = dict(self.by_history)
        found |= {looked.stage: looked.name for looked in self.by_finding if looked.covers(level)}
        return found

    def findings(self, level: str) -> list[str]:
        """What the review states about the absence, in the words of its findings."""
        return sorted({looked.finding for looked in self.by_finding if looked.covers(level)})


def gaps(store: Store, *, review: str | None = None) -> GapAnswer:
    """Mechanism by level, each cell with its state, its reason and counts of sources.

    Rows are the mechanisms of a review, and the concepts that evidence or a gap is about. Counts
    are of independent sources; primary evidence, syntheses and stakeholders are counted apart.

    Raises:
        NotFound: there is no such review.
    """
    id_ = resolve_review(store, review)
    if id_ is not None:
        return GapAnswer(reviews=[_matrix(store, id_)])
    rows = store.read(named("review_page"), after="", limit=_EVERY_REVIEW)
    return GapAnswer(reviews=[_matrix(store, row["id"]) for row in rows])


def _matrix(store: Store, review: str) -> GapMatrix:
    levels = [
        Named(id=row["id"].partition(":")[2], name=row["name"])
        for row in store.read(named("review_levels"), ids=[review])
    ]
    searched, everywhere = _searched(store, review)
    rows: list[GapRow] = []
    mechanisms = sorted(
        store.read(named("gap_mechanisms"), review=review),
        key=lambda row: (row["number"] is None, row["number"], row["id"]),
    )
    kinds = (
        ("mechanism", mechanisms, "gap_cells_mechanisms"),
        ("concept", store.read(named("gap_concepts"), review=review), "gap_cells_concepts"),
    )
    for kind, records, query in kinds:
        if not records:
            continue
        counted = _counted(store.read(named(query), review=review))
        for record in records:
            looked = searched.get(record["id"], _Searched())
            looked.by_finding = [*looked.by_finding, *everywhere]
            looked.insufficient = record.get("stated") == Status.INCORPORATED
            rows.append(_row(kind, record, levels, counted.get(record["id"], {}), looked))
    notes = []
    if not levels:
        notes.append("This review declares no levels, so the matrix has no columns.")
    if not mechanisms:
        notes.append("This review names no mechanisms; rows are what its evidence is about.")
    return GapMatrix(review=review, levels=levels, rows=rows, notes=notes)


def _row(
    kind: str,
    record: dict[str, Any],
    levels: list[Named],
    counted: dict[str, _Counts],
    looked: _Searched,
) -> GapRow:
    unplaced = counted.get("")
    return GapRow(
        id=record["id"],
        kind=kind,
        name=record["name"],
        cells=[
            _cell(level.id, counted.get(level.id, _Counts()), unplaced, looked) for level in levels
        ],
        without_level=None if unplaced is None else _cell("", unplaced, None, looked),
    )


def _counted(rows: Rows) -> dict[str, dict[str, _Counts]]:
    found: dict[str, dict[str, _Counts]] = {}
    for row in rows:
        counts = found.setdefault(row["id"], {}).setdefault(row["level"], _Counts())
        counts.evidence += row["evidence"]
        kind = SourceKind(row["kind"])
        if kind not in EMPIRICAL:
            counts.stakeholders += row["sources"]
            continue
        counts.supporting += row["supporting"]
        counts.challenging += row["challenging"]
        counts.refining += row["refining"]
        if kind is SourceKind.SYNTHESIS:
            counts.synthesis += row["sources"]
        else:
            counts.primary += row["sources"]
    return found


def _searched(store: Store, review: str) -> tuple[dict[str, _Searched], list[_Looked]]:
    """Searches by the row they looked for, and those that looked for some levels at large."""
    found: dict[str, _Searched] = {}
    for row in store.read(named("gap_history_searches"), review=review):
        found.setdefault(row["id"], _Searched()).by_history[row["stage"]] = row["stage_name"]
    everywhere: list[_Looked] = []
    for row in store.read(named("gap_finding_searches"), review=review):
        if row["perspectives"]:
            continue  # an absent perspective says nothing about a level
        search = _Looked(row["stage"], row["stage_name"], row["finding_name"], row["levels"])
        if row["id"] is not None:
            found.setdefault(row["id"], _Searched()).by_finding.append(search)
        elif row["levels"]:
            everywhere.append(search)
    return found, everywhere


def _cell(level: str, counts: _Counts, unplaced: _Counts | None, looked: _Searched) -> Cell:
    searches = looked.at(level)
    state, reason = _state(level, counts, unplaced, looked, searches)
    return Cell(
        level=level,
        state=state,
        reason=reason,
        supporting=counts.supporting,
        challenging=counts.challenging,
        refining=counts.refining,
        primary=counts.primary,
        synthesis=counts.synthesis,
        stakeholders=counts.stakeholders,
        evidence=counts.evidence,
        searches=sorted(searches),
    )


def _state(
    level: str,
    counts: _Counts,
    unplaced: _Counts | None,
    looked: _Searched,
    searches: dict[str, str],
) -> tuple[CellState, str]:
    for_it = counts.supporting + counts.refining
    if for_it or counts.challenging:
        told = _told(counts)
        if for_it and counts.challenging:
            return CellState.MIXED, f"sources disagree: {told}"
        if for_it:
            return CellState.SUPPORTED, told
        return CellState.CHALLENGED, told
    if unplaced is not None and unplaced.primary + unplaced.synthesis:
        return CellState.LEVEL_NOT_STATED, f"evidence that names no level: {_told(unplaced)}"
    names = "; ".join(searches[stage] for stage in sorted(searches))
    if searches and looked.insufficient:
        return (
            CellState.SEARCHED_INSUFFICIENT,
            f"searched ({names}); too little for a mechanism of its own, so incorporated",
        )
    stakeholders = counts.stakeholders or (unplaced.stakeholders if unplaced else 0)
    speak = f"; stakeholders speak of it: {stakeholders}" if stakeholders else ""
    if searches:
        stated = "".join(f"; the review: {name}" for name in looked.findings(level))
        reason = f"searched ({names}); no empirical evidence found{stated}{speak}"
        return CellState.SEARCHED_NONE, reason
    if stakeholders:
        return CellState.STAKEHOLDERS_ONLY, f"no search for it recorded{speak}"
    return CellState.THEORISED_ONLY, "no search for it recorded, and no evidence"


def _told(counts: _Counts) -> str:
    parts = [
        (counts.supporting, "supporting"),
        (counts.challenging, "challenging"),
        (counts.refining, "refining"),
    ]
    stances = ", ".join(f"{n} {word}" for n, word in parts if n)
    kinds = [
        (counts.primary, "primary"),
        (counts.synthesis, "synthesis"),
        (counts.stakeholders, "stakeholders"),
    ]
    return f"{stances} (sources: {', '.join(f'{n} {word}' for n, word in kinds if n)})"
