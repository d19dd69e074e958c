"""Reviews side by side, and what is declared to be the same."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, Named, Page
from graph.answers.weight import EvidenceState, Weight
from graph.model import Role, Status


class Differs(StrEnum):
    """In what the reviews that share a mechanism differ."""

    LEVELS = "levels"
    CONTEXTS = "contexts"
    SUPPORT = "support"


class ComparedMechanism(Answer):
    """A mechanism in one of the reviews."""

    id: str
    review: str
    name: str
    stated: Status | None = None
    support: EvidenceState
    weight: Weight
    levels: list[str] = Field(description="Where the review or its evidence places it.")
    contexts: list[Named] = Field(description="Of its configurations, and of its evidence.")


class Comparison(Answer):
    """What is one mechanism, by declaration, in the reviews that are compared."""

    id: str = Field(description="The first id of those that are the same.")
    shared: bool = Field(description="Whether two or more of the reviews have it.")
    reviews: list[str] = Field(description="Those that have it.")
    mechanisms: list[ComparedMechanism]
    weight: Weight = Field(
        description="Of all of them together: a work that several reviews have counts once."
    )
    shared_contexts: list[str] = Field(
        description="Contexts of two or more of the reviews, by declaration; the first id of each."
    )
    differs: list[Differs]
    declarations: list[str] = Field(description="What makes it one: ids of declarations.")


class SharedConcept(Answer):
    """A concept that two or more of the reviews have, by declaration."""

    concepts: list[Named]
    reviews: list[str]
    roles: dict[str, list[Role]] = Field(description="What it plays, by the concept's id.")
    declarations: list[str]


class Namesakes(Answer):
    """Mechanisms that bear one name and are not declared to be the same."""

    name: str
    ids: list[str]


class CompareAnswer(Page[Comparison]):
    """Mechanisms of two or more reviews; the same only by declaration."""

    reviews: list[Named]
    about: Named | None = None
    shared: int = Field(description="Mechanisms that two or more have, on all pages.")
    only: dict[str, int] = Field(
        description="Mechanisms not declared to be the same as any of the others, by review."
    )
    shared_concepts: list[SharedConcept]
    undeclared: list[Namesakes] = Field(description="Not counted as shared.")
    notes: list[str] = []


class SameAsView(Answer):
    """A declaration that two records are the same."""

    id: str
    review: str
    kind: str = Field(description="mechanism, concept or source.")
    one: Named
    other: str
    other_kind: str | None = Field(
        description="The same kind, or of concept and mechanism the other; null until it is held."
    )
    other_name: str | None = Field(description="Null until the other record is held.")
    in_effect: bool
    declared_by: str | None = None
    note: str | None = None
