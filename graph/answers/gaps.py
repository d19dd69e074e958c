"""The gap matrix."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, Named


class CellState(StrEnum):
    """Why a cell of the gap matrix is as it is; each cell has exactly one."""

    SUPPORTED = "supported"
    CHALLENGED = "challenged"
    MIXED = "mixed"
    SEARCHED_NONE = "searched, none found"
    SEARCHED_INSUFFICIENT = "searched, insufficient"
    LEVEL_NOT_STATED = "level not stated"
    STAKEHOLDERS_ONLY = "not searched, stakeholders only"
    THEORISED_ONLY = "not searched, theorised only"


class Cell(Answer):
    """One cell of a gap matrix: its state, the reason, and counts of independent sources."""

    level: str
    state: CellState
    reason: str
    supporting: int = 0
    challenging: int = 0
    refining: int = 0
    primary: int = Field(default=0, description="Empirical sources that are papers or grey.")
    synthesis: int = Field(default=0, description="Empirical sources that are syntheses.")
    stakeholders: int = Field(default=0, description="Interviews and consultations.")
    evidence: int = 0
    searches: list[str] = Field(default=[], description="The searches that looked: stages by id.")


class GapRow(Answer):
    """A mechanism, or a concept that evidence or a gap is about, at each level."""

    id: str
    kind: str = Field(description="mechanism or concept.")
    name: str
    cells: list[Cell]
    without_level: Cell | None = Field(
        default=None, description="Evidence that does not say at which level."
    )


class GapMatrix(Answer):
    """One review's gap matrix."""

    review: str
    levels: list[Named]
    rows: list[GapRow]
    notes: list[str] = []


class GapAnswer(Answer):
    """A gap matrix for each review; level vocabularies belong to reviews, so none is merged."""

    reviews: list[GapMatrix]
