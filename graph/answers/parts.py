"""The contexts, resources, reasoning or outcomes of configurations, by polarity."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Target
from graph.model import Polarity, Role


class PlayedPart(Answer):
    """A concept in a role, and the configurations of one polarity in which it plays it."""

    polarity: Polarity | None = Field(description="Of the configurations; null = not stated.")
    id: str
    name: str
    inferred: bool = Field(description="Inferred by the reviewer in each of them.")
    configurations: list[str]


class PartsAnswer(Answer):
    """Concepts in a role, from the configurations of something."""

    about: Target
    role: Role
    configurations: int = Field(description="How many configurations were looked at.")
    items: list[PlayedPart]
    notes: list[str] = []
