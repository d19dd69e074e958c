"""What a theory map draws, before anything is laid out."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer
from graph.answers.mechanisms import Support
from graph.answers.records import ReviewView
from graph.model import Polarity, Role, SourceKind, Status


class MapNode(Answer):
    """A node of the theory map."""

    id: str
    kind: str = Field(description="concept, configuration, mechanism or source.")
    review: str
    name: str
    roles: list[Role] = Field(default=[], description="For a concept: roles it plays here.")
    source_kind: SourceKind | None = None
    polarity: Polarity | None = None
    levels: list[str] = []
    mechanisms: list[str] = Field(default=[], description="Mechanisms it belongs to, by id.")
    support: Support | None = Field(default=None, description="For a mechanism: computed.")
    stated: Status | None = None
    sources: int = Field(default=0, description="Independent sources with evidence about it.")
    lines: list[str] = Field(default=[], description="What a tooltip tells, line by line.")


class MapEdge(Answer):
    """An edge of the theory map."""

    start: str
    end: str
    kind: str = Field(
        description="context, resource, reasoning, outcome, belongs to, incorporated into, "
        "supports, challenges or refines."
    )
    inferred: bool = False
    count: int = Field(default=1, description="Pieces of evidence behind it.")
    levels: list[str] = []
    lines: list[str] = Field(default=[], description="What a tooltip tells, line by line.")


class TheoryMap(Answer):
    """What a theory map draws, before anything is laid out."""

    title: str
    reviews: list[ReviewView]
    nodes: list[MapNode]
    edges: list[MapEdge]
    notes: list[str] = []
