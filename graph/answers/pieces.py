"""Pieces of evidence and findings, as answers show them."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, SourceRef, Target
from graph.answers.weight import Weight
from graph.model import Absence, Extent, FindingKind, Grade, SourceKind, Stance


class EvidenceView(Answer):
    """One piece of evidence with its source and target."""

    id: str
    review: str
    about: Target
    stance: Stance
    extent: Extent | None = None
    levels: list[str] = []
    perspective: str | None = None
    setting: str | None = None
    quote: str | None = None
    statement: str | None = None
    locator: str | None = None
    relevance: Grade | None = None
    rigour: Grade | None = None
    richness: Grade | None = None
    coder: str | None = None
    note: str | None = None
    source: SourceRef


class EvidenceTotals(Answer):
    """Counts over all evidence that fits, not only over the page."""

    evidence: int = Field(default=0, description="Pieces, those of excluded sources included.")
    weight: Weight = Field(default=Weight(), description="Works and pieces of what counts.")


FINDINGS = "Findings about it; null where they were not looked for."


class FindingView(Answer):
    """A finding and who states it."""

    id: str
    review: str
    kind: FindingKind
    name: str
    statement: str
    about: list[Target] = []
    levels: list[str] = []
    perspectives: list[str] = []
    kinds: list[SourceKind] = []
    absence: Absence | None = Field(
        default=None, description="For a gap: absent, scarce or unclear; null = not stated which."
    )
    audience: list[str] = Field(default=[], description="Whom it is addressed to.")
    said_by: list[SourceRef] = []
    searched: str | None = Field(default=None, description="The search that looked: a stage's id.")
    locator: str | None = None
