"""Addresses of what is no record and no list: gap cells, chains, pairs of reviews."""

from __future__ import annotations

from typing import Any

from api.site.page_model import listed, record
from graph.answers import Basis, Cell, FindingView, GapMatrix, Mark
from graph.questions.chains import LONGEST
from graph.questions.evidence import NOT_STATED

BY = "level"


def at_of(cell: Cell) -> str:
    """A cell's column as an address says it."""
    return "|".join(value or NOT_STATED for value in cell.at)


def cell_address(review: str, row: str, cell: Cell, by: str = BY) -> str:
    """Where one gap cell lives."""
    shown = None if by == BY else by
    return listed("/gaps", review=review, by=shown, row=row, at=at_of(cell))


def whole_marks(matrix: GapMatrix) -> list[tuple[str, list[Mark]]]:
    """What is said of the review, of columns and of rows as wholes, by what it is about."""
    found = [
        ("", matrix.marks),
        *((column.name, column.marks) for column in matrix.columns),
        *((row.name, row.marks) for row in matrix.rows),
    ]
    return [(about, marks) for about, marks in found if marks]


def uncited(matrix: GapMatrix) -> list[FindingView]:
    """The gaps that no mark of a row, a column or the review as a whole shows."""
    marks = [mark for _, marks in whole_marks(matrix) for mark in marks]
    shown = {id_ for mark in marks for id_ in mark.of_kind("finding")}
    return [finding for finding in matrix.findings if finding.id not in shown]


def basis_address(basis: Basis) -> str:
    """Where a record is read that a mark follows from: a history row at its mechanism."""
    if basis.kind == "stage":
        return f"{record('review', basis.id.partition(':')[0])}/flow"
    if basis.kind == "history":
        return record("mechanism", basis.about or basis.id)
    return record(basis.kind, basis.id)


def gap_address(review: str | None, by: str = BY, column: str | None = None) -> str:
    """Where the gap matrix of a review lives, or of each."""
    return listed("/gaps", review=review, by=None if by == BY else by, column=column)


def chain_ends(
    start: str | None, end: str | None, review: str | None, max_length: int = LONGEST
) -> dict[str, Any]:
    """Between what chains are looked for, as an address says it."""
    longest = None if max_length == LONGEST else max_length
    return {"from": start, "to": end, "review": review, "max_length": longest}


def chain_address(ends: dict[str, Any], chain: str) -> str:
    """Where one chain lives, among those between the same ends."""
    return listed("/chains", **ends, chain=chain)


def pair_address(one: str, other: str) -> str:
    """Where two reviews stand side by side."""
    return listed("/compare", reviews=f"{one},{other}")
