"""The gap matrix: what evidence is entered, by level or otherwise, and what the review says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from graph.answers import (
    Basis,
    Cell,
    Dimension,
    GapAnswer,
    GapColumn,
    GapMatrix,
    GapRow,
    Mark,
    Weight,
)
from graph.catalogue import named
from graph.errors import UnknownValue
from graph.model import EMPIRICAL, Attribution, FindingKind, SourceKind
from graph.names import node_key, slug
from graph.questions.findings import findings
from graph.questions.gap_marks import At, Held, Marks, held_by
from graph.questions.names import resolve_review
from graph.questions.paging import every
from graph.questions.records import review_ids
from graph.questions.revision import remembered
from graph.questions.said import Sayings, sayings
from graph.questions.weights import Weighed, weights, weights_by
from graph.store import Rows, Store

NOT_STATED = "not stated"
_LITERATURE = (SourceKind.PAPER, SourceKind.GREY)
_NONE_ENTERED = (
    "No evidence of this review is entered in the graph: that a cell is empty is the silence of "
    "the file, not of the field."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the matrix on its way: its record, and the weight of its evidence by column."""

    kind: str
    record: dict[str, Any]
    weight: Weight
    weights: dict[At, Weight]

    @property
    def key(self) -> str:
        """What it is called among rows of both kinds."""
        return node_key(self.kind, self.record["id"])


def gaps(
    store: Store,
    *,
    review: str | None = None,
    by: Sequence[Dimension | str] = (Dimension.LEVEL,),
    column: str | None = None,
) -> GapAnswer:
    """Mechanism by level, or by any one or two dimensions; each cell with two marks.

    What evidence is entered there, with its weight, and what the review says of it, with the
    records that say so. Rows are the mechanisms of a review, and the concepts that evidence, a gap
    or a search is about. What names no column belongs to its row as a whole, and evidence that
    names none stands beside the matrix. Until a load touches the review, the answer comes from
    memory: nobody may change it.

    Args:
        store: where to look.
        review: one review; all of them, one matrix each, if none is named.
        by: one or two of level, perspective, source kind, setting.
        column: only columns with this value, by id or name; `not stated` for no column, but the
            rows that have evidence beside the matrix.

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


def marks_of(store: Store, review: str, mechanisms: Sequence[str]) -> dict[str, list[Mark]]:
    """What a review says of mechanisms of its own as wholes; bound to a level, with that level.

    A mechanism that nothing supports and of which nothing is said is one that nobody looked for.
    """
    weighed = weights(store, "mechanism", list(mechanisms))
    said = sayings(store, review)
    marks = _marks(
        store,
        review,
        (),
        said,
        {node_key("mechanism", id_): "mechanism" for id_ in mechanisms},
        {node_key("mechanism", id_): held_by({(): weight}) for id_, weight in weighed.items()},
        (),
    )
    return {id_: marks.of_cell(node_key("mechanism", id_), ()) for id_ in mechanisms}


def _marks(
    store: Store,
    review: str,
    by: tuple[Dimension, ...],
    said: Sayings,
    kinds: Mapping[str, str],
    held: Mapping[str, Held],
    names: Sequence[Mapping[str, str]],
) -> Marks:
    parts = list(said.belongs)
    if by:
        of_parts = weights_by(store, "configuration", parts, by)
    else:
        weighed = weights(store, "configuration", parts)
        of_parts = {id_: {(): weight} for id_, weight in weighed.items()}
    spoken = {
        row["id"].partition(":")[2]: row["name"]
        for query in ("review_levels", "review_perspectives")
        for row in store.read(named(query), ids=[review])
    }
    return Marks(
        said=said,
        by=by,
        kinds=kinds,
        held=held,
        parts={id_: held_by(found) for id_, found in of_parts.items()},
        everywhere=_everywhere(store, review, by),
        silent=not store.read(named("gap_any_evidence"), review=review),
        names=names,
        words=spoken,
    )


def _everywhere(store: Store, review: str, by: tuple[Dimension, ...]) -> Held:
    """In which columns the review has evidence at all, whatever it is about."""
    found: dict[At, tuple[frozenset[SourceKind], bool]] = {}
    for row in store.read(named("columns_with_evidence"), review=review, **_axes(by)):
        at = (row["one"], row["other"])[: len(by)]
        kinds, supporting = found.get(at, (frozenset(), False))
        kind = SourceKind(row["kind"])
        found[at] = kinds | {kind}, supporting or (row["supporting"] and kind in EMPIRICAL)
    return found


def _axes(by: tuple[Dimension, ...]) -> dict[str, str]:
    one, other = [*by, "", ""][:2]
    return {"one": str(one), "other": str(other)}


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
    if wanted == slug(NOT_STATED):
        return [_beside_alone(matrix) for matrix in matrices]
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


def _beside_alone(matrix: GapMatrix) -> GapMatrix:
    """The rows with evidence that names no column, and no column: what is not stated is none."""
    rows = [row.model_copy(update={"cells": []}) for row in matrix.rows if row.beside]
    return matrix.model_copy(update={"columns": [], "rows": rows})


def _matrix(store: Store, review: str, by: tuple[Dimension, ...]) -> GapMatrix:
    rows = _rows(store, review, by)
    said = sayings(store, review)
    values = _values(store, review, by, rows, said)
    columns = list(product(*values))
    marks = _marks(
        store,
        review,
        by,
        said,
        {row.key: row.kind for row in rows},
        {row.key: held_by(row.weights) for row in rows},
        values,
    )
    shown = [_row(row, review, by, columns, marks) for row in rows]
    found = GapMatrix(
        review=review,
        title=store.read(named("review_records"), ids=[review])[0]["title"],
        by=list(by),
        columns=[
            GapColumn(
                at=list(at),
                name=" / ".join(names[value] for names, value in zip(values, at, strict=True)),
                marks=marks.of_column(at),
            )
            for at in columns
        ],
        rows=shown,
        marks=marks.of_review(),
        entered=not marks.silent,
        findings=list(every(findings, store, review=review, kind=FindingKind.GAP)),
        notes=_notes(by, rows, columns, _in_no_row(store, review), silent=marks.silent),
    )
    looked = {id_ for mark in found.counted() for id_ in mark.of_kind("stage")}
    return found.model_copy(update={"searches": [said.searches[stage] for stage in sorted(looked)]})


def _in_no_row(store: Store, review: str) -> int:
    return int(store.read(named("gap_in_no_row"), review=review)[0]["n"])


def _notes(
    by: tuple[Dimension, ...],
    rows: Sequence[_Row],
    columns: Sequence[At],
    in_no_row: int,
    *,
    silent: bool,
) -> list[str]:
    notes = [_NONE_ENTERED] if silent else []
    if not columns:
        notes.append(f"No {' and no '.join(by)} is entered, so the matrix has no columns.")
    if not rows:
        notes.append("No mechanism and no evidence about a concept is entered: there are no rows.")
    elif not any(row.kind == "mechanism" for row in rows):
        notes.append("No mechanism of this review is entered; rows are what its evidence is about.")
    if in_no_row:
        one = "piece of evidence is" if in_no_row == 1 else "pieces of evidence are"
        notes.append(f"{in_no_row} {one} about a configuration or theory alone, and in no row.")
    return notes


def _rows(store: Store, review: str, by: tuple[Dimension, ...]) -> list[_Row]:
    mechanisms = store.read(named("gap_mechanisms"), review=review)
    concepts = store.read(named("gap_concepts"), review=review)
    return [
        *_weighed(store, "mechanism", mechanisms, by),
        *_weighed(store, "concept", concepts, by),
    ]


def _weighed(
    store: Store, kind: Weighed, records: Rows, by: tuple[Dimension, ...]
) -> Iterable[_Row]:
    ids = [record["id"] for record in records]
    whole = weights(store, kind, ids)
    placed = weights_by(store, kind, ids, by)
    return [
        _Row(kind, record, whole[record["id"]], placed.get(record["id"], {})) for record in records
    ]


def _values(
    store: Store,
    review: str,
    by: tuple[Dimension, ...],
    rows: Iterable[_Row],
    said: Sayings,
) -> list[dict[str, str]]:
    """The values of each dimension with their names: declared ones first, then those named."""
    found = []
    for number, dimension in enumerate(by):
        used = {at[number] for row in rows for at in row.weights} - {""}
        names: dict[str, str] = {}
        if dimension in (Dimension.LEVEL, Dimension.PERSPECTIVE):
            declared = store.read(named(f"review_{dimension}s"), ids=[review])
            names = {row["id"].partition(":")[2]: row["name"] for row in declared}
            if dimension is Dimension.PERSPECTIVE and not declared:  # written freely
                used |= {word for one in said.said for word in getattr(one, f"{dimension}s")}
        if dimension is Dimension.SOURCE_KIND:
            held = {row["kind"] for row in store.read(named("gap_source_kinds"), review=review)}
            held |= {kind for one in said.said for kind in one.kinds}
            names = {kind.value: kind.value for kind in SourceKind if kind in held}
        found.append(names | {value: value for value in sorted(used - set(names))})
    return found


def _row(
    row: _Row, review: str, by: tuple[Dimension, ...], columns: list[At], marks: Marks
) -> GapRow:
    id_ = row.record["id"]

    def cell(at: At, said: list[Mark]) -> Cell:
        weight = row.weights.get(at, Weight())
        place = {
            dimension.value.replace(" ", "_"): value or NOT_STATED
            for dimension, value in zip(by, at, strict=True)
        }
        return Cell(
            at=list(at),
            state=weight.state,
            weight=weight,
            marks=said,
            drill_down={row.kind: id_, "review": review, **place},
        )

    return GapRow(
        id=id_,
        kind=row.kind,
        name=row.record["name"],
        weight=row.weight,
        marks=marks.of_row(row.key),
        cells=[cell(at, marks.of_cell(row.key, at, _collective(row, by, at))) for at in columns],
        beside=[cell(at, []) for at in sorted(row.weights) if "" in at],
    )


def _collective(row: _Row, by: tuple[Dimension, ...], at: At) -> list[Basis]:
    """For a column of papers: syntheses that report there, not saying which studies do."""
    place = dict(zip(by, at, strict=True))
    if place.get(Dimension.SOURCE_KIND) not in _LITERATURE:
        return []
    found = {
        source.id: source
        for other, weight in row.weights.items()
        if all(
            dimension is Dimension.SOURCE_KIND or mine == value
            for dimension, mine, value in zip(by, other, at, strict=True)
        )
        for source in weight.syntheses
        if source.attribution is Attribution.COLLECTIVE
    }
    return [
        Basis(
            kind="source",
            id=source.id,
            says=f"{source.citation} ({source.studies} studies)"
            if source.studies is not None
            else source.citation,
        )
        for source in found.values()
    ]
