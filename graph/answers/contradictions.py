"""Where evidence or configurations disagree, and what may set the sides apart."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, SourceRef, Target


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
    """How many records of one side have all features of a moderator."""

    stance: str
    having: int
    of: int
    sources: int = Field(description="Works among those that have it.")


class Moderator(Answer):
    """A difference that separates the sides: one feature, or two together."""

    features: list[Feature]
    goes_with: str = Field(description="The side that has it more often.")
    separation: float = Field(
        description="Share of the one side that has it, less the share of the other; 1 = complete."
    )
    shares: list[Share] = Field(description="The counts it rests on, side by side.")


class Side(Answer):
    """One side of a contradiction."""

    stance: str = Field(description="supports or challenges; for configurations their polarity.")
    n: int = Field(description="Records on this side.")
    records: list[str] = Field(description="Their ids; the first ones where there are many.")
    source_count: int = Field(description="Works behind them, each once.")
    sources: list[SourceRef] = Field(description="One source of each work; of many, the first.")


class Contradiction(Answer):
    """Evidence for and against one target, or configurations alike with opposed outcomes."""

    id: str
    kind: str = Field(description="evidence or configurations.")
    review: str
    about: Target = Field(description="The target; for configurations what they share.")
    sides: list[Side]
    moderators: list[Moderator] = Field(description="The clearest difference first.")
    notes: list[str] = []
