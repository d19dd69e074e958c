"""Chains of configurations, what they stand on, and the source that holds most of them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, Named, Page, SourceRef, Target
from graph.answers.weight import Weight
from graph.model import Polarity


class LoopKind(StrEnum):
    """What a loop does to a change that runs through it."""

    REINFORCING = "reinforcing"
    BALANCING = "balancing"
    NOT_DETERMINED = "not determined"


class ChainPart(Named):
    """A part of a configuration, in its role there."""

    kind: str = Field(description="concept or mechanism.")
    role: str = Field(description="context, resource, reasoning, mechanism or outcome.")
    inferred: bool = Field(default=False, description="Inferred by the reviewer.")


class ChainStep(Answer):
    """One configuration of a chain, read from one of its parts to another."""

    configuration: Named
    polarity: Polarity | None = None
    begins: ChainPart
    through: list[ChainPart] = Field(
        default=[], description="The resources and reasonings between the two, in this order."
    )
    ends: ChainPart
    given: list[ChainPart] = Field(
        default=[],
        description="What else the configuration states for it: its other contexts, what stands "
        "before or beside the beginning, and the mechanisms it belongs to.",
    )
    weight: Weight = Field(description="Of all evidence about this configuration itself.")
    sources: list[SourceRef] = Field(
        description="Papers, grey reports and syntheses that support or refine this configuration "
        "itself, each work once."
    )
    same_as: list[str] = Field(
        default=[],
        description="Declarations by which it begins with the outcome of the step before.",
    )


class Chain(Answer):
    """Configurations in a row: each begins with the outcome of the one before."""

    id: str
    reviews: list[str]
    begins: ChainPart
    ends: ChainPart
    steps: list[ChainStep]
    loop: LoopKind | None = Field(default=None, description="For a chain that ends where it began.")
    robustness: int = Field(
        description="How many works would have to fall before it breaks; "
        "0 = no empirical work that counts supports at least one step."
    )
    weakest: list[str] = Field(description="The configurations that this number rests on.")
    sources: int = Field(description="Works along it.")


class Connection(Answer):
    """How firmly two ends are connected, over all chains between them."""

    at_least: int = Field(description="Works that must fall, at least, before no chain is left.")
    at_most: int = Field(description="A set of this many, named in `cut`, leaves none.")
    exact: bool = Field(description="Whether the two are the same number.")
    cut: list[SourceRef] = Field(description="Works whose fall together leaves no chain.")


class ChainAnswer(Page[Chain]):
    """Chains, the shortest first."""

    start: Target | None = None
    end: Target | None = None
    connection: Connection | None = Field(
        default=None, description="Where both ends are given and a chain stands between them."
    )
    notes: list[str] = []


class BrokenBy(Answer):
    """What breaks if one work falls."""

    source: SourceRef
    chains: int = Field(description="Standing chains that break.")
    of: int = Field(description="Chains that stand on at least one work per step.")
    configurations: list[Named] = Field(description="What rests on this work alone.")
    examples: list[str] = Field(description="Ids of the first chains that break.")


class WeakestLinkAnswer(Answer):
    """Works by how many chains break without them, the most first."""

    start: Target | None = None
    end: Target | None = None
    chains: int = Field(description="Chains found.")
    standing: int = Field(description="Those that stand on at least one work per step.")
    items: list[BrokenBy]
    notes: list[str] = []
