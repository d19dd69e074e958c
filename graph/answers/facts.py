"""Facts of a review: what it states about itself, each with the record that says so."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer


class Statement(Answer):
    """One statement, and the record and field it is read from."""

    text: str
    record: str = Field(description="The record's id.")
    kind: str = Field(description="review, stage, step, tally or reporting.")
    name: str = Field(description="What it is a statement of, for example the stage.")
    locator: str | None = None


class Fact(Answer):
    """What one review states for one item; nothing if it does not state it."""

    review: str
    item: str
    statements: list[Statement]
    note: str | None = None


class FactAnswer(Answer):
    """An item of one review, or of each."""

    items: list[Fact]


class Counted(Answer):
    """How many records of a kind one review has in the graph."""

    review: str
    kind: str
    n: int


class CountAnswer(Answer):
    """Numbers of records by review, and what reviews state themselves where they do."""

    items: list[Counted]
    total: int
