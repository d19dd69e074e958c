"""What a theory map draws, before anything is laid out."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer
from graph.answers.records import ReviewView
from graph.answers.weight import EvidenceState, Sort
from graph.model import Grade, Polarity, Role, SourceKind, Status
from graph.names import node_key


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
    support: EvidenceState | None = Field(default=None, description="For a mechanism: computed.")
    stated: Status | None = None
    works: dict[Sort, int] = Field(default={}, description="Works with evidence about it, by sort.")
    doi: str | None = Field(default=None, description="For a source.")
    lines: list[str] = Field(default=[], description="What a tooltip tells, line by line.")

    @property
    def key(self) -> str:
        """What edges call it: `kind/review:id`."""
        return node_key(self.kind, self.id)


class MapPiece(Answer):
    """A piece of evidence behind an edge of the theory map."""

    id: str
    statement: str | None = None
    quote: str | None = None
    locator: str | None = None
    levels: list[str] = []
    perspective: str | None = None
    relevance: Grade | None = Field(default=None, description="As appraisers agree.")
    rigour: Grade | None = Field(default=None, description="As appraisers agree.")
    richness: Grade | None = Field(default=None, description="As appraisers agree.")


class MapEdge(Answer):
    """An edge of the theory map."""

    start: str = Field(description="The key of a node: `kind/review:id`.")
    end: str = Field(description="The key of a node: `kind/review:id`.")
    kind: str = Field(
        description="context, resource, reasoning, outcome, belongs to, incorporated into, "
        "same as, supports, challenges or refines."
    )
    record: str | None = Field(default=None, description="Of `same as`: the declaration's id.")
    inferred: bool = False
    count: int = Field(default=1, description="Pieces of evidence behind it.")
    levels: list[str] = []
    lines: list[str] = Field(default=[], description="What a tooltip tells, line by line.")
    pieces: list[MapPiece] = Field(default=[], description="The evidence behind it, by id.")


class TheoryMap(Answer):
    """What a theory map draws, before anything is laid out."""

    title: str
    reviews: list[ReviewView]
    nodes: list[MapNode]
    edges: list[MapEdge]
    notes: list[str] = []
