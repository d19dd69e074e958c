"""Answers as flat rows, for spreadsheets and data frames: one row per item, one value per cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from graph.answers.base import Answer
from graph.answers.flow import FlowReport, StepView
from graph.answers.gaps import Cell, GapAnswer, GapMatrix
from graph.answers.marks import Mark
from graph.cells import neutral

Scalar = str | int | float | bool | None
Row = dict[str, Scalar]

_GAP = ("review", "about", "row.id", "row.kind", "row.name")
_MARKS = ("marks", "marks.place", "marks.text", "marks.records")
_FLOW = ("review", "stage.id", "stage.name")


def rows(answer: Answer) -> list[Row]:
    """The items of a list, or the one record, as rows with the columns of :func:`columns`.

    A list in a cell is joined with `; `; records in a list stand as their ids; a record within a
    record has a column for each of its fields (`source.id`). A gap matrix has a row for each cell
    and, told apart by `about`, for each mark of a row, a column or the review as a whole and for
    evidence beside the matrix; a flow has a row per box.
    """
    if isinstance(answer, GapAnswer):
        every = dict.fromkeys(columns(GapAnswer))
        return [{**every, **row} for row in _gap_rows(answer)]
    if isinstance(answer, FlowReport):
        return list(_flow_rows(answer))
    name = list_field(type(answer))
    items = [answer] if name is None else getattr(answer, name)
    return [_flat(item) for item in items]


def columns(model: type[Answer]) -> list[str]:
    """The columns that rows of such answers have, whatever is in them."""
    if issubclass(model, GapAnswer):
        return [*_GAP, *(name for name in _columns(Cell) if name != "marks"), *_MARKS]
    if issubclass(model, FlowReport):
        return [*_FLOW, *_columns(StepView)]
    return list(_columns(item_of(model) or model))


def written(names: Sequence[str], flat: Iterable[Row], *, head: bool = True) -> str:
    """Rows as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    if head:
        writer.writerow(names)
    writer.writerows([_safe(row.get(name)) for name in names] for row in flat)
    return text.getvalue()


def _safe(value: Scalar) -> Scalar:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return neutral(value) if isinstance(value, str) else value


def list_field(model: type[BaseModel]) -> str | None:
    """The field that holds an answer's items; none if the answer is a record, or several lists."""
    fields = model.model_fields
    if "items" in fields:
        return "items"
    lists = [name for name in fields if _record_in_list(fields[name].annotation)]
    return lists[0] if len(lists) == 1 and "id" not in fields else None


def item_of(model: type[BaseModel]) -> type[BaseModel] | None:
    """What the items of a list are; none if the answer is no list."""
    if issubclass(model, FlowReport):
        return StepView
    name = list_field(model)
    return None if name is None else _record_in_list(model.model_fields[name].annotation)


def _gap_rows(answer: GapAnswer) -> Iterator[Row]:
    for matrix in answer.reviews:
        yield from _matrix_rows(matrix)


def _matrix_rows(matrix: GapMatrix) -> Iterator[Row]:
    def head(about: str, *row: str) -> Row:
        return dict(zip(_GAP, (matrix.review, about, *row), strict=False))

    for mark in matrix.marks:
        yield {**head("review"), **_marked([mark])}
    for column in matrix.columns:
        for mark in column.marks:
            yield {**head("column"), "at": _cell(column.at), **_marked([mark])}
    for row in matrix.rows:
        its = (row.id, row.kind, row.name)
        for mark in row.marks:
            yield {**head("row", *its), **_marked([mark])}
        for about, cells in (("cell", row.cells), ("beside", row.beside)):
            for cell in cells:
                yield {**head(about, *its), **_flat(cell), **_marked(cell.marks)}


def _marked(marks: Sequence[Mark]) -> Row:
    """What marks say, the marks parted by ` | `, which no record's id holds."""
    parts = (
        (mark.label for mark in marks),
        (mark.place or "" for mark in marks),
        (mark.text for mark in marks),
        ("; ".join(mark.ids) for mark in marks),
    )
    return {name: " | ".join(part) for name, part in zip(_MARKS, parts, strict=True)}


def _flow_rows(answer: FlowReport) -> Iterator[Row]:
    for stage in answer.stages:
        head = dict(zip(_FLOW, (answer.review, stage.id, stage.name), strict=True))
        for step in stage.steps:
            yield {**head, **_flat(step)}


def _flat(record: BaseModel) -> Row:
    row: Row = {}
    for name, (field, nested) in _plan(type(record)).items():
        value = getattr(record, field)
        if nested is None:
            row[name] = _cell(value)
        else:
            inner = _flat(value) if value is not None else dict.fromkeys(_columns(nested))
            row.update({f"{name}.{column}": cell for column, cell in inner.items()})
    return row


@cache
def _plan(model: type[BaseModel]) -> dict[str, tuple[str, type[BaseModel] | None]]:
    return {name: (name, _record(field.annotation)) for name, field in model.model_fields.items()}


@cache
def _columns(model: type[BaseModel]) -> tuple[str, ...]:
    found: list[str] = []
    for name, (_, nested) in _plan(model).items():
        found += [name] if nested is None else [f"{name}.{inner}" for inner in _columns(nested)]
    return tuple(found)


def _cell(value: Any) -> Scalar:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, BaseModel):
        return str(getattr(value, "id", None) or _joined(_flat(value).values()))
    if isinstance(value, dict):
        return "; ".join(f"{_cell(key)}: {_cell(held)}" for key, held in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return _joined(_cell(part) for part in value)
    return str(value)


def _joined(parts: Iterable[Scalar]) -> str:
    return "; ".join(str(part) for part in parts if part is not None)


def _record(annotation: Any) -> type[BaseModel] | None:
    """The record that a field holds, be it optional."""
    if get_origin(annotation) in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not NoneType]
        annotation = kept[0] if len(kept) == 1 else None
    return annotation if isinstance(annotation, type) and _is_record(annotation) else None


def _record_in_list(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is not list:
        return None
    return _record(get_args(annotation)[0])


def _is_record(kind: type) -> bool:
    return get_origin(kind) is None and issubclass(kind, BaseModel)
