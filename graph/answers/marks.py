"""What a review says of a place where evidence is looked for: each mark with its records."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from graph.answers.base import Answer, Named


class Word(StrEnum):
    """What a review says of a place, or what its searches make of it."""

    SEARCHED_NONE = "searched, none found"
    STATED_ABSENT = "stated absent"
    STATED_SCARCE = "stated scarce"
    STATED_UNCLEAR = "stated unclear"
    GAP_STATED = "gap stated"
    NOT_ENTERED = "stated supported, evidence not entered"
    INCORPORATED = "incorporated"
    NOT_BY_THIS_SEARCH = "cannot be filled by this search"
    NOT_ATTRIBUTED = "reported by a synthesis, not attributed"
    OUTCOME_OPEN = "searched, outcome not on record"
    SEARCH_ON_RECORD = "search on record"
    NOBODY_LOOKED = "nobody looked on record"


class Reach(StrEnum):
    """What a mark is about: one cell, or more than one, to which it is then counted once."""

    CELL = "cell"
    ROW = "row"
    COLUMN = "column"
    REVIEW = "review"


class Basis(Answer):
    """A record that a mark follows from, with the words that are quoted from it."""

    kind: Literal["finding", "history", "stage", "source"]
    id: str
    says: str = Field(description="What the record says, as far as the mark rests on it.")
    quote: str | None = Field(
        default=None, description="A finding's statement, or the note of a history row."
    )
    locator: str | None = None
    about: str | None = Field(default=None, description="For a history row: its mechanism.")


class Mark(Answer):
    """A word of the review about a place, and what it follows from."""

    word: Word
    label: str = Field(description="The word as it is shown: `incorporated into Trust`.")
    reach: Reach
    place: str | None = Field(
        default=None,
        description="What it is about, where that is not the cell: `for the mechanism, level not "
        "stated`, `about one of its configurations: k2`, `only perspective Patient`.",
    )
    part: bool = Field(
        default=False,
        description="Whether it is about a part of its cell, row or column only, which `place` "
        "names.",
    )
    text: str = Field(description="The mark in a sentence, with what its records say.")
    records: list[Basis] = Field(
        default=[], description="What it follows from; nothing where no record says anything."
    )
    into: list[Named] = Field(default=[], description="For incorporated: into which mechanisms.")
    configurations: list[Named] = Field(
        default=[], description="Where it is about configurations only: which."
    )

    @property
    def told(self) -> str:
        """The word with its place, on one line."""
        return f"{self.label} ({self.place})" if self.place else self.label

    @property
    def short(self) -> str:
        """The word where there is little room; with its place if that is a part only."""
        return self.told if self.part else self.label

    @property
    def ids(self) -> list[str]:
        """The records that it follows from."""
        return [record.id for record in self.records]

    def of_kind(self, kind: str) -> list[str]:
        """The records of one kind that it follows from: ids of two kinds may be the same."""
        return [record.id for record in self.records if record.kind == kind]
