"""Mechanisms: what is stated, what the evidence makes of them, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from graph.answers.base import Answer, Named, by_name
from graph.answers.marks import Mark
from graph.answers.pieces import FINDINGS, EvidenceView, FindingView
from graph.answers.weight import EvidenceState, Weight
from graph.model import SourceKind, Status


class HistoryView(Answer):
    """What the review states about a mechanism at one stage."""

    id: str
    status: Status
    stage: str | None = None
    into: list[Named] = []
    configurations: list[Named] = Field(
        default=[], description="Stated of these configurations alone."
    )
    levels: list[str] = Field(default=[], description="Stated at these levels alone.")
    perspectives: list[str] = Field(default=[], description="Stated for these alone.")
    kinds: list[SourceKind] = Field(default=[], description="Stated for these alone.")
    locator: str | None = None
    note: str | None = None

    @property
    def only(self) -> str:
        """What the statement is bound to, in words; empty where it is about the mechanism."""
        return self.bound()

    def bound(self, levels: Sequence[Named] = (), perspectives: Sequence[Named] = ()) -> str:
        """The same, with the names that a review gives its levels and perspectives."""
        bound = (
            ("configuration", [one.name for one in self.configurations]),
            ("level", by_name(self.levels, levels)),
            ("perspective", by_name(self.perspectives, perspectives)),
        )
        told = [f"{name} {', '.join(words)}" for name, words in bound if words]
        told += [f"source kind {', '.join(self.kinds)}"] if self.kinds else []
        return f"only {'; '.join(told)}" if told else ""


class SearchView(Answer):
    """A search that looked: where, when, and its stated totals."""

    stage: str
    name: str
    purpose: str | None = None
    databases: list[str] = []
    handsearched: list[str] = []
    searched_on: str | None = None
    totals: dict[str, int] = Field(default={}, description="Stated totals of its flow, by name.")
    locator: str | None = None


class Why(Answer):
    """What is on record of a mechanism without empirical support, and who looked."""

    reason: str = Field(
        description="Why, quoted from records with their ids; or `no reason stated`."
    )
    marks: list[Mark] = Field(description="What the review says of it, with the records.")
    searches: list[SearchView] = Field(description="The searches that looked for it.")
    stakeholders: list[EvidenceView] = Field(
        default=[], description="What stakeholders say of it, if they do."
    )
    findings: list[FindingView] = Field(default=[], description="What the review finds about it.")


class MechanismView(Answer):
    """A mechanism: what the review states, and what the evidence in the graph makes of it."""

    id: str
    review: str
    name: str
    aliases: list[str] = []
    description: str | None = None
    number: int | None = None
    levels: list[str] = []
    stated: Status | None = Field(default=None, description="What the review states in the end.")
    history: list[HistoryView] = []
    support: EvidenceState = Field(description="Computed from the evidence, never stated.")
    weight: Weight = Field(
        description="Works and pieces for, against and refining, direct and through configurations."
    )
    disagreement: str | None = Field(
        default=None, description="Where the stated and the computed do not agree."
    )
    unsupported: Why | None = Field(
        default=None, description="For a mechanism without empirical support: why."
    )
    locator: str | None = None
    note: str | None = None
    findings: list[FindingView] | None = Field(default=None, description=FINDINGS)
