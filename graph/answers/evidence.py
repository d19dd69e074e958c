"""Evidence that fits a filter."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer
from graph.answers.mechanisms import MechanismView
from graph.answers.pieces import EvidenceTotals, EvidenceView, FindingView


class EvidenceAnswer(Answer):
    """Evidence that fits a filter, with what a reader must know to use it."""

    filter: dict[str, str] = Field(description="The filter as it was understood.")
    mechanism: MechanismView | None = None
    totals: EvidenceTotals
    items: list[EvidenceView]
    findings: list[FindingView] = Field(
        default=[],
        description="Findings about the mechanism, concept, configuration or theory, the level and "
        "the perspective that were asked for.",
    )
    notes: list[str] = Field(default=[], description="Limits of the answer, in words.")
    next: str | None = None
