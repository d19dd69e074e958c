"""The gap matrix: what there is evidence for, by level or otherwise, and why a cell is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from itertools import product
from typing import Any

from graph.answers import (
    Cell,
    CellState,
    Dimension,
    GapAnswer,
    GapColumn,
    GapMatrix,
    GapRow,
    SearchView,
)
from graph.catalogue import named
from graph.errors import UnknownValue
from graph.model import EMPIRICAL, FindingKind, SourceKind, Status
from graph.names import slug
from graph.questions.findings import findings
from graph.questions.flow import searches
from graph.questions.names import resolve_review
from graph.questions.paging import every
from graph.questions.records import review_ids
from graph.questions.revision import remembered
from graph.store import Rows, Store

NOT_STATED = "not stated"
_STAKEHOLDERS = frozenset(SourceKind) - EMPIRICAL
_LITERATURE = (SourceKind.PAPER, SourceKind.GREY)

At = tuple[str, ...]
"""A column: a value for each dimension of the matrix, in its order."""


@dataclass(slots=True)
class _Counts:
    supporting: int = 0
    challenging: int = 0
    refining: int = 0
    primary: int = 0
    synthesis: int = 0
    stakeholders: int = 0
    collective: int = 0
    evidence: int = 0

    def add(self, row: dict[str, Any]) -> None:
        self.evidence += row["evidence"]
        kind = SourceKind(row["kind"])
        if kind not in EMPIRICAL:
            self.stakeholders += row["sources"]
            return
        self.supporting += row["supporting"]
        self.challenging += row["challenging"]
        self.refining += row["refining"]
        self.collective += row["collective"]
        if kind is SourceKind.SYNTHESIS:
            self.synthesis += row["sources"]
        else:
            self.primary += row["sources"]

    def include(self, others: _Counts) -> None:
        """Add the counts of another column; a source in both counts twice."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(others, part.name))

    @property
    def empirical(self) -> int:
        return self.primary + self.synthesis

    def told(self) -> str:
        """The counts in words."""
        stances = (
            (self.supporting, "supporting"),
            (self.challenging, "challenging"),
            (self.refining, "refining"),
        )
        kinds = (
            (self.primary, "primary"),
            (self.synthesis, "synthesis"),
            (self.stakeholders, "stakeholders"),
        )
        said = ", ".join(f"{n} {word}" for n, word in stances if n)
        return f"{said} (sources: {', '.join(f'{n} {word}' for n, word in kinds if n)})"


@dataclass(frozen=True, slots=True)
class _Looked:
    """A search that the review names for a row; a gap finding may bound it to some columns."""

    stage: str
    stated: str = ""
    bounds: dict[Dimension, list[str]] = field(default_factory=dict)

    def covers(self, by: Sequence[Dimension], at: At) -> bool:
        """Whether it looked there. One bound to a dimension that is not shown says nothing."""
        place = dict(zip(by, at, strict=True))
        if place.get(Dimension.SOURCE_KIND) in _STAKEHOLDERS:
            return False  # the literature was searched, not the stakeholders
        return all(place.get(dimension) in values for dimension, values in self.bounds.items())


@dataclass(slots=True)
class _Row:
    """A row of the matrix on its way: its record, its counts and the searches for it."""

    kind: str
    record: dict[str, Any]
    counts: dict[At, _Counts]
    looked: list[_Looked]

    def unplaced(self, by: Sequence[Dimension], at: At) -> _Counts:
        """Evidence that may belong to a column and leaves at least one of its values open."""
        found = _Counts()
        for place, counts in self.counts.items():
            opens = any(mine == "" != value for mine, value in zip(place, at, strict=True)) and all(
                mine in (value, "") for mine, value in zip(place, at, strict=True)
            )
            if opens:
                found.include(counts)
        return found


def gaps(
    store: Store,
    *,
    review: str | None = None,
    by: Sequence[Dimension | str] = (Dimension.LEVEL,),
    column: str | None = None,
) -> GapAnswer:
    """Mechanism by level, or by any one or two dimensions; each cell with its state and reason.

    Rows are the mechanisms of a review, and the concepts that evidence or a gap is about. Counts
    are of independent sources; primary evidence, syntheses and stakeholders are counted apart.
    Until a load touches the review, the answer comes from memory: nobody may change it.

    Args:
        store: where to look.
        review: one review; all of them, one matrix each, if none is named.
        by: one or two of level, perspective, source kind, setting.
        column: only columns with this value, by id or name; `not stated` for none.

    Raises:
        NotFound: there is no such review.
        UnknownValue: a dimension or a column is not known.
    """
    dimensions = _dimensions(by)
    id_ = resolve_review(store, review)
    ids = [id_] if id_ is not None else review_ids(store)
    matrices = [
        remembered(store, one, ("gaps", dimensions), partial(_matrix, store, one, dimensions))
        for one in ids
    ]
    return GapAnswer(reviews=matrices if column is None else _narrowed(matrices, column))


def _dimensions(by: Sequence[Dimension | str]) -> tuple[Dimension, ...]:
    known = [dimension.value for dimension in Dimension]
    found = []
    for word in by:
        text = str(word).strip().casefold().replace("_", " ").replace("-", " ")
        if text not in known:
            raise UnknownValue("by", str(word), known)
        found.append(Dimension(text))
    if not 1 <= len(found) <= 2 or len(set(found)) < len(found):
        raise UnknownValue(
            "by", ",".join(str(word) for word in by), [*known, "two of them at most, each once"]
        )
    return tuple(found)


def _narrowed(matrices: list[GapMatrix], column: str) -> list[GapMatrix]:
    wanted = slug(column)
    found = []
    for matrix in matrices:
        kept = [
            number
            for number, shown in enumerate(matrix.columns)
            if wanted in {slug(name) for name in (*shown.name.split(" / "), *shown.at)}
        ]
        if not kept:
            continue
        rows = [
            row.model_copy(update={"cells": [row.cells[number] for number in kept]})
            for row in matrix.rows
        ]
        columns = [matrix.columns[number] for number in kept]
        found.append(matrix.model_copy(update={"columns": columns, "rows": rows}))
    if not found:
        known = {shown.name for matrix in matrices for shown in matrix.columns}
        raise UnknownValue("column", column, sorted(known))
    return found


def _matrix(store: Store, review: str, by: tuple[Dimension, ...]) -> GapMatrix:
    rows = _rows(store, review, by)
    values = _values(store, review, by, rows)
    columns = list(product(*values))
    looked = searches(store, review) if any(row.looked for row in rows) else {}
    shown = [_row(row, review, by, columns, looked) for row in rows]
    named_searches = {stage for row in shown for cell in row.cells for stage in cell.searches}
    notes = []
    if not columns:
        notes.append(f"This review states no {' and no '.join(by)}, so the matrix has no columns.")
    if not any(row.kind == "mechanism" for row in rows):
        notes.append("This review names no mechanisms; rows are what its evidence is about.")
    return GapMatrix(
        review=review,
        title=store.read(named("review_records"), ids=[review])[0]["title"],
        by=list(by),
        columns=[
            GapColumn(
                at=list(at),
                name=" / ".join(names[value] for names, value in zip(values, at, strict=True)),
            )
            for at in columns
        ],
        rows=shown,
        searches=[looked[stage] for stage in sorted(named_searches)],
        findings=list(every(findings, store, review=review, kind=FindingKind.GAP)),
        notes=notes,
    )


def _rows(store: Store, review: str, by: tuple[Dimension, ...]) -> list[_Row]:
    searched, everywhere = _searched(store, review)
    axes = {"one": by[0].value, "other": by[1].value if len(by) > 1 else ""}
    mechanisms = store.read(named("gap_mechanisms"), review=review)
    found: list[_Row] = []
    for kind, records, query in (
        ("mechanism", mechanisms, "gap_cells_mechanisms"),
        ("concept", store.read(named("gap_concepts"), review=review), "gap_cells_concepts"),
    ):
        if not records:
            continue
        counted = _counted(store.read(named(query), review=review, **axes), len(by))
        found += [
            _Row(
                kind,
                record,
                counted.get(record["id"], {}),
                [*searched.get(record["id"], []), *everywhere],
            )
            for record in records
        ]
    return found


def _counted(rows: Rows, dimensions: int) -> dict[str, dict[At, _Counts]]:
    found: dict[str, dict[At, _Counts]] = {}
    for row in rows:
        at = (row["one"], row["other"])[:dimensions]
        found.setdefault(row["id"], {}).setdefault(at, _Counts()).add(row)
    return found


def _values(
    store: Store, review: str, by: tuple[Dimension, ...], rows: Iterable[_Row]
) -> list[dict[str, str]]:
    """The values of each dimension with their names: declared ones first, then those found."""
    found = []
    for number, dimension in enumerate(by):
        used = {at[number] for row in rows for at in row.counts}
        names: dict[str, str] = {}
        if dimension in (Dimension.LEVEL, Dimension.PERSPECTIVE):
            declared = store.read(named(f"review_{dimension}s"), ids=[review])
            names = {row["id"].partition(":")[2]: row["name"] for row in declared}
        if dimension is Dimension.SOURCE_KIND:
            held = {row["kind"] for row in store.read(named("gap_source_kinds"), review=review)}
            names = {kind.value: kind.value for kind in SourceKind if kind in held}
        names |= {value: value for value in sorted(used - set(names)) if value}
        if "" in used:
            names[""] = NOT_STATED
        found.append(names)
    return found


def _searched(store: Store, review: str) -> tuple[dict[str, list[_Looked]], list[_Looked]]:
    """Searches by the row they looked for, and those that a gap of the whole review names."""
    found: dict[str, list[_Looked]] = {}
    for row in store.read(named("gap_history_searches"), review=review):
        found.setdefault(row["id"], []).append(_Looked(row["stage"]))
    everywhere: list[_Looked] = []
    for row in store.read(named("gap_finding_searches"), review=review):
        bounds = {
            dimension: row[column]
            for dimension, column in (
                (Dimension.LEVEL, "levels"),
                (Dimension.PERSPECTIVE, "perspectives"),
            )
            if row[column]
        }
        search = _Looked(row["stage"], row["finding_name"], bounds)
        if row["id"] is not None:
            found.setdefault(row["id"], []).append(search)
        elif bounds:
            everywhere.append(search)
    return found, everywhere


def _row(
    row: _Row,
    review: str,
    by: tuple[Dimension, ...],
    columns: list[At],
    searches_by_stage: dict[str, SearchView],
) -> GapRow:
    cells = []
    for at in columns:
        counts = row.counts.get(at, _Counts())
        looked = [one for one in row.looked if one.covers(by, at)]
        state, reason = _state(row, by, at, counts, looked, searches_by_stage)
        drill_down = {row.kind: row.record["id"], "review": review}
        drill_down |= {
            dimension.value.replace(" ", "_"): value or NOT_STATED
            for dimension, value in zip(by, at, strict=True)
        }
        cells.append(
            Cell(
                at=list(at),
                state=state,
                reason=reason,
                supporting=counts.supporting,
                challenging=counts.challenging,
                refining=counts.refining,
                primary=counts.primary,
                synthesis=counts.synthesis,
                stakeholders=counts.stakeholders,
                evidence=counts.evidence,
                searches=sorted({one.stage for one in looked}),
                drill_down=drill_down,
            )
        )
    return GapRow(id=row.record["id"], kind=row.kind, name=row.record["name"], cells=cells)


def _state(
    row: _Row,
    by: tuple[Dimension, ...],
    at: At,
    counts: _Counts,
    looked: list[_Looked],
    searches_by_stage: dict[str, SearchView],
) -> tuple[CellState, str]:
    for_it = counts.supporting + counts.refining
    if for_it and counts.challenging:
        return CellState.MIXED, f"sources disagree: {counts.told()}"
    if for_it:
        return CellState.SUPPORTED, counts.told()
    if counts.challenging:
        return CellState.CHALLENGED, counts.told()
    unplaced = row.unplaced(by, at)
    beside = f"; {_open(unplaced, by)}" if unplaced.empirical else ""
    if counts.stakeholders:
        beside += f"; stakeholders speak of it: {counts.stakeholders}"
    elif unplaced.stakeholders:
        beside += f"; stakeholders speak of it, {_without(by)}: {unplaced.stakeholders}"
    kind = dict(zip(by, at, strict=True)).get(Dimension.SOURCE_KIND)
    if kind in _LITERATURE and any(held.collective for held in row.counts.values()):
        # A search did find studies; which of them speak of this is what nobody states.
        reason = "a synthesis speaks of it and does not say which of its studies do"
        return CellState.THEORISED_ONLY, reason + beside
    if looked:
        stages = sorted({one.stage for one in looked})
        told = "; ".join(_told(searches_by_stage[stage]) for stage in stages)
        reason = f"searched ({told})"
        if row.record.get("stated") == Status.INCORPORATED:
            reason += "; too little for a mechanism of its own, so incorporated"
        else:
            reason += "; no empirical evidence found"
        stated = sorted({one.stated for one in looked if one.stated})
        reason += "".join(f"; the review: {name}" for name in stated)
        return CellState.SEARCHED_NONE, reason + beside
    if counts.stakeholders or (unplaced.stakeholders and not unplaced.empirical):
        return CellState.STAKEHOLDERS_ONLY, f"no search for it recorded{beside}"
    if any(held.evidence for held in row.counts.values()):
        return CellState.THEORISED_ONLY, f"no search for it recorded, and no evidence here{beside}"
    return CellState.THEORISED_ONLY, "no search for it recorded, and no evidence"


def _open(unplaced: _Counts, by: tuple[Dimension, ...]) -> str:
    return f"evidence {_without(by)}: {unplaced.told()}"


def _without(by: tuple[Dimension, ...]) -> str:
    return f"without a stated {' or '.join(by)}"


def _told(search: SearchView) -> str:
    """A search by its review, stage, date and first and last number."""
    parts = [f"{search.stage.partition(':')[0]}, {search.name}"]
    if search.searched_on:
        parts.append(search.searched_on)
    totals = list(search.totals.items())
    parts += [f"{name}: {n}" for name, n in (totals[:1] + totals[1:][-1:])]
    return ", ".join(parts)
