"""Where evidence or configurations disagree, and what may set the sides apart."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, SourceRef, Target
from graph.answers.weight import Sort, Weight
from graph.model import Stance


class Separates(StrEnum):
    """In what the two sides of a contradiction may differ."""

    CONTEXT = "context"
    LEVEL = "level"
    PERSPECTIVE = "perspective"
    SETTING = "setting"


class Feature(Answer):
    """A context, a level, a perspective or a setting that records of a side state."""

    dimension: Separates
    id: str = Field(description="A context's id; else the word as evidence states it.")
    name: str


class Share(Answer):
    """How many of one side have all features of a moderator."""

    side: str
    having: int = Field(description="Works that have it; of configurations, configurations.")
    of: int = Field(description="Those of the side that state anything of the kind.")
    works: int = Field(description="Works behind those that have it.")
    records: list[str] = Field(description="What states it, by id; the first ones of many.")


class Moderator(Answer):
    """A difference that separates the sides: one feature, or two together."""

    features: list[Feature]
    goes_with: str = Field(description="The side that has it more often.")
    separation: float = Field(
        description="Share of the one side that has it, less the share of the other; 1 = complete."
    )
    shares: list[Share] = Field(description="The counts it rests on, side by side.")
    works: dict[Sort, int] = Field(
        description="Works that are compared, of both sides, each once, by sort."
    )


class SideRecord(Answer):
    """A piece of evidence, or a configuration, on one side of a contradiction."""

    id: str
    stance: Stance | None = Field(default=None, description="Of a piece of evidence.")
    through: str | None = Field(
        default=None,
        description="The configuration that the piece is about, where the contradiction is about "
        "its mechanism.",
    )
    weight: Weight | None = Field(
        default=None, description="Of a configuration: the evidence about it."
    )


class Side(Answer):
    """One side of a contradiction."""

    side: str = Field(description="for or against; of configurations, positive or negative.")
    n: int = Field(description="Records on this side.")
    records: list[SideRecord] = Field(description="The records; the first ones of many.")
    works: dict[Sort, int] = Field(
        description="Papers, grey reports and syntheses behind it, each once, by sort; of "
        "configurations, those that support or refine them."
    )
    sources: list[SourceRef] = Field(description="One source of each work; of many, the first.")


class Contradiction(Answer):
    """Evidence for and against one thing, or configurations alike with opposed outcomes."""

    id: str
    kind: str = Field(description="evidence or configurations.")
    review: str
    about: Target = Field(description="What it is about; of configurations, what they share.")
    weight: Weight | None = Field(
        default=None,
        description="Of all evidence about it, of stakeholders too; its state is mixed. "
        "Configurations have theirs each.",
    )
    sides: list[Side]
    moderators: list[Moderator] = Field(description="The clearest difference first.")
    notes: list[str] = []


_COUNTED = {
    Sort.PRIMARY: ("primary work", "primary works"),
    Sort.SYNTHESIS: ("synthesis", "syntheses"),
    Sort.STAKEHOLDERS: ("stakeholder source", "stakeholder sources"),
}


def works_told(works: Mapping[Sort, int]) -> str:
    """Works by sort in words, never as one sum: `2 primary works and 1 synthesis`."""
    parts = [
        f"{works[sort]} {_COUNTED[sort][works[sort] != 1]}" for sort in Sort if works.get(sort)
    ]
    return " and ".join(parts) or "no works"


def rests_told(moderator: Moderator, kind: str) -> str:
    """What a moderator rests on: `1 of 2 works for; 0 of 1 work against; rests on …`."""
    parts = []
    for share in moderator.shares:
        one = "work" if kind == "evidence" else f"{share.side} configuration"
        text = f"{share.having} of {share.of} {one if share.of == 1 else one + 's'}"
        parts.append(f"{text} {share.side}" if kind == "evidence" else text)
    if moderator.works:
        return "; ".join([*parts, f"rests on {works_told(moderator.works)}"])
    return "; ".join([*parts, "rests on no work, only on what the configurations state"])
