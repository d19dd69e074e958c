"""How much evidence there is for something and against it."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Page
from graph.answers.weight import Weight
from graph.model import Status


class Strength(Answer):
    """One mechanism, concept, configuration or theory with the weight of the evidence about it."""

    id: str
    review: str
    kind: str = Field(description="mechanism, concept, configuration or theory.")
    name: str
    at: str | None = Field(
        default=None, description="The level or perspective that the evidence must state."
    )
    stated: Status | None = Field(
        default=None, description="For a mechanism: what the review states in the end."
    )
    weight: Weight


class StrengthAnswer(Page[Strength]):
    """Weights side by side; of mechanisms, the one with most behind it first."""

    notes: list[str] = []
