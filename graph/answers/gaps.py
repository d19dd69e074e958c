"""The gap matrix."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer
from graph.answers.mechanisms import SearchView
from graph.answers.pieces import FindingView


class Dimension(StrEnum):
    """What the columns of a gap matrix are."""

    LEVEL = "level"
    PERSPECTIVE = "perspective"
    SOURCE_KIND = "source kind"
    SETTING = "setting"


class CellState(StrEnum):
    """Why a cell of the gap matrix is as it is; each cell has exactly one."""

    SUPPORTED = "supported"
    CHALLENGED = "challenged"
    MIXED = "mixed"
    SEARCHED_NONE = "searched, none found"
    STAKEHOLDERS_ONLY = "not searched, stakeholders only"
    THEORISED_ONLY = "not searched, theorised only"


class Cell(Answer):
    """One cell of a gap matrix: its state, the reason, and counts of independent sources."""

    at: list[str] = Field(
        description="Its column: a value for each dimension, in the order of `by`; empty text "
        "where evidence does not state one."
    )
    state: CellState
    reason: str
    supporting: int = 0
    challenging: int = 0
    refining: int = 0
    primary: int = Field(default=0, description="Empirical sources that are papers or grey.")
    synthesis: int = Field(default=0, description="Empirical sources that are syntheses.")
    stakeholders: int = Field(default=0, description="Interviews and consultations.")
    evidence: int = Field(default=0, description="Pieces of evidence.")
    searches: list[str] = Field(default=[], description="The searches that looked: stages by id.")
    drill_down: dict[str, str] = Field(
        description="The parameters with which `evidence` lists exactly this cell."
    )


class GapRow(Answer):
    """A mechanism, or a concept that evidence or a gap is about, in each column."""

    id: str
    kind: str = Field(description="mechanism or concept.")
    name: str
    cells: list[Cell]


class GapColumn(Answer):
    """A column: a level, a perspective, a kind of source, a setting, or a pair of them."""

    at: list[str]
    name: str


class GapMatrix(Answer):
    """One review's gap matrix."""

    review: str
    title: str
    by: list[Dimension]
    columns: list[GapColumn]
    rows: list[GapRow]
    searches: list[SearchView] = Field(
        default=[], description="The searches that cells name, with their dates and numbers."
    )
    findings: list[FindingView] = Field(
        default=[], description="The gaps that the review states, each with what it is about."
    )
    notes: list[str] = []


class GapAnswer(Answer):
    """A gap matrix for each review; vocabularies belong to reviews, so none is merged."""

    reviews: list[GapMatrix]
