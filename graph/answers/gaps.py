"""The gap matrix: for each cell what evidence is entered, and what the review says of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer
from graph.answers.marks import Mark, Reach
from graph.answers.mechanisms import SearchView
from graph.answers.pieces import FindingView
from graph.answers.weight import EvidenceState, Weight
from graph.names import node_key


class Dimension(StrEnum):
    """What the columns of a gap matrix are."""

    LEVEL = "level"
    PERSPECTIVE = "perspective"
    SOURCE_KIND = "source kind"
    SETTING = "setting"


class Cell(Answer):
    """One cell of a gap matrix: two marks, what evidence is entered and what the review says."""

    at: list[str] = Field(
        description="Its column: a value for each dimension, in the order of `by`; an empty text "
        "where evidence beside the matrix does not state one."
    )
    state: EvidenceState = Field(description="What the evidence that is entered makes of it.")
    weight: Weight
    marks: list[Mark] = Field(
        default=[],
        description="What the review says of it; those about its row or column as a whole too.",
    )
    drill_down: dict[str, str] = Field(
        description="The parameters with which `evidence` lists exactly this cell."
    )


class GapRow(Answer):
    """A mechanism, or a concept that evidence, a gap or a search is about, in each column."""

    id: str
    kind: str = Field(description="mechanism or concept.")
    name: str
    weight: Weight = Field(description="All evidence about it, in whatever column or in none.")
    marks: list[Mark] = Field(
        default=[], description="What the review says of it, naming no column: counted once."
    )
    cells: list[Cell]
    beside: list[Cell] = Field(
        default=[],
        description="Evidence that does not state its column: beside the matrix, in no total.",
    )

    @property
    def key(self) -> str:
        """What addresses call it: a mechanism by its id, a concept as `concept/review:id`."""
        return self.id if self.kind == "mechanism" else node_key(self.kind, self.id)


class GapColumn(Answer):
    """A column: a level, a perspective, a kind of source, a setting, or a pair of them."""

    at: list[str]
    name: str
    marks: list[Mark] = Field(
        default=[], description="What the review says of it, naming no row: counted once."
    )


class GapMatrix(Answer):
    """One review's gap matrix."""

    review: str
    title: str
    by: list[Dimension]
    columns: list[GapColumn]
    rows: list[GapRow]
    marks: list[Mark] = Field(
        default=[], description="What the review says that is about no row and no column."
    )
    entered: bool = Field(
        default=True,
        description="Whether any evidence of the review is entered; if not, empty cells are the "
        "silence of the file.",
    )
    searches: list[SearchView] = Field(
        default=[], description="The searches that marks name, with their dates and numbers."
    )
    findings: list[FindingView] = Field(
        default=[], description="The gaps that the review states, each with what it is about."
    )
    notes: list[str] = []

    def column_of(self, cell: Cell) -> str:
        """What a cell's column is called; of evidence beside the matrix, what it does not state."""
        for column in self.columns:
            if column.at == cell.at:
                return column.name
        return ", ".join(
            f"{by.value} {value or 'not stated'}"
            for by, value in zip(self.by, cell.at, strict=True)
        )

    def counted(self) -> list[Mark]:
        """Every mark once: of the review, of columns, and row by row of rows and single cells."""
        return [
            *self.marks,
            *(mark for column in self.columns for mark in column.marks),
            *(
                mark
                for row in self.rows
                for marks in (row.marks, *(cell.marks for cell in row.cells))
                for mark in marks
                if marks is row.marks or mark.reach is Reach.CELL
            ),
        ]


class GapAnswer(Answer):
    """A gap matrix for each review; vocabularies belong to reviews, so none is merged."""

    reviews: list[GapMatrix]
