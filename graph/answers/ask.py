"""The answer to a question in words, and how the question was understood."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, Page
from graph.answers.chains import ChainAnswer
from graph.answers.compare import CompareAnswer
from graph.answers.contradictions import Contradiction
from graph.answers.evidence import EvidenceAnswer
from graph.answers.flow import FlowReport
from graph.answers.gaps import GapAnswer
from graph.answers.mechanisms import MechanismView
from graph.answers.sensitivity import SensitivityAnswer


class Asked(StrEnum):
    """What can be asked in words."""

    EVIDENCE = "evidence"
    SAID = "said"
    STRENGTH = "strength"
    MECHANISMS = "mechanisms"
    HISTORY = "history"
    SEARCHES = "searches"
    UNSEARCHED = "unsearched"
    GAPS = "gaps"
    UNKNOWNS = "unknowns"
    FINDINGS = "findings"
    CHAINS = "chains"
    WEAKEST = "weakest link"
    CONFIGURATIONS = "configurations"
    PARTS = "parts"
    CONTRADICTIONS = "contradictions"
    COMPARE = "compare"
    SAME_AS = "same as"
    SENSITIVITY = "sensitivity"
    AGREEMENT = "agreement"
    LINT = "lint"
    FLOW = "flow"
    BOXES = "boxes"
    FACTS = "facts"
    RECORD = "record"
    LIST = "list"
    COUNT = "count"
    LOADS = "loads"
    HELP = "help"


class Reading(Answer):
    """How a question was understood: which question it is, and with what."""

    asks: Asked
    filters: dict[str, str] = Field(
        description="What the question names: ids of records, words of vocabularies, grades."
    )
    corrections: list[str] = Field(default=[], description="Misspellings, and what they stand for.")


class AskAnswer(Answer):
    """The answer to a question in words, with how it was understood."""

    question: str
    understood: str = Field(description="The question as it was understood, in a sentence.")
    reading: Reading
    evidence: EvidenceAnswer | None = None
    mechanisms: Page[MechanismView] | None = None
    gaps: GapAnswer | None = None
    chains: ChainAnswer | None = None
    contradictions: Page[Contradiction] | None = None
    comparison: CompareAnswer | None = None
    sensitivity: SensitivityAnswer | None = None
    flow: FlowReport | None = None
