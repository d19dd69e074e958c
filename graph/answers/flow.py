"""The search flow and its arithmetic."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Target
from graph.model import SourceKind, StepKind


class StepView(Answer):
    """One box of a flow."""

    id: str
    kind: StepKind
    name: str
    track: str
    n: int | None = Field(description="The stated number, or the one that is counted.")
    counted: bool = Field(
        default=False,
        description="Whether `n` is counted from decisions of screening, and stated by nobody.",
    )
    computed: int | None = Field(default=None, description="What follows where none is stated.")
    takes: str | None = None
    counts: str | None = Field(default=None, description="What the graph counts beside it.")
    reason: str | None = None
    locator: str | None = None

    @property
    def number(self) -> int | None:
        """The number, stated or not."""
        return self.computed if self.n is None else self.n

    @property
    def given(self) -> str:
        """Where the number comes from, in the words of every door."""
        if self.n is not None:
            return "counted" if self.counted else "stated"
        if self.computed is None:
            return "not stated"
        return f"taken over from {self.takes}" if self.takes else "computed"

    @property
    def shown(self) -> str:
        """The number, with where it comes from unless it is stated."""
        if self.number is None or self.given == "stated":
            return self.given if self.number is None else str(self.number)
        return f"{self.number} ({self.given})"


class StageView(Answer):
    """A stage of the search with its flow."""

    id: str
    name: str
    purpose: str | None = None
    databases: list[str] = []
    handsearched: list[str] = []
    searched_on: str | None = None
    looked_for: list[Target] = Field(default=[], description="Scope: what it looked for.")
    levels: list[str] = Field(default=[], description="Scope: levels at which it looked.")
    perspectives: list[str] = Field(default=[], description="Scope: perspectives.")
    kinds: list[SourceKind] = Field(default=[], description="Scope: kinds of source.")
    locator: str | None = None
    note: str | None = None
    steps: list[StepView]


class Equation(Answer):
    """A sum that stated numbers must satisfy."""

    name: str
    text: str = Field(description="For example `1446 - 532 = 914`.")
    left: int
    right: int
    holds: bool
    mended_by: list[str] = Field(
        default=[],
        description="Where it does not hold: boxes of which one other number mends the flow.",
    )
    locator: str | None = None


class Implied(Answer):
    """A number that nobody states and that follows from those stated."""

    step: str
    name: str
    n: int
    text: str


class TallyView(Answer):
    """A stated number beside what the graph counts."""

    id: str
    name: str
    n: int
    counts: str | None = None
    held: int | None = Field(default=None, description="What the graph counts; null = nothing.")
    agrees: bool | None = None
    parts: dict[str, int] = {}
    locator: str | None = None


class FlowReport(Answer):
    """Does a review's flow add up?"""

    review: str
    title: str
    adds_up: bool
    stages: list[StageView]
    equations: list[Equation]
    implied: list[Implied]
    tallies: list[TallyView]
    unchecked: list[str] = Field(description="Stated numbers that no equation reaches.")

    @property
    def verdict(self) -> str:
        """Whether the sums hold, in a sentence."""
        all_ = len(self.equations)
        holds = sum(equation.holds for equation in self.equations)
        if not all_:
            return "No sum can be checked."
        if all_ == 1:
            return "The one sum holds." if holds else "The one sum does not hold."
        return f"{'All' if holds == all_ else f'{holds} of'} {all_} sums hold."
