"""The answer to a question in words."""

from __future__ import annotations

from graph.answers.base import Answer, Page
from graph.answers.evidence import EvidenceAnswer
from graph.answers.gaps import GapAnswer
from graph.answers.mechanisms import MechanismView


class AskAnswer(Answer):
    """The answer to a question in words, with how it was understood."""

    question: str
    understood: str
    evidence: EvidenceAnswer | None = None
    mechanisms: Page[MechanismView] | None = None
    gaps: GapAnswer | None = None
