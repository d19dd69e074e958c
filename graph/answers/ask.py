"""The answer to a question in words, and how the question was understood."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, Named, Page
from graph.answers.chains import ChainAnswer, WeakestLinkAnswer
from graph.answers.compare import CompareAnswer, SameAsView
from graph.answers.contradictions import Contradiction
from graph.answers.evidence import EvidenceAnswer
from graph.answers.facts import CountAnswer, FactAnswer
from graph.answers.flow import FlowReport
from graph.answers.gaps import GapAnswer
from graph.answers.lint import LintAnswer
from graph.answers.loads import LoadView
from graph.answers.looked import LookedForAnswer
from graph.answers.mechanisms import MechanismView
from graph.answers.parts import PartsAnswer
from graph.answers.pieces import FindingView
from graph.answers.records import (
    ConceptView,
    ConfigurationView,
    ReviewView,
    SourceView,
    TheoryView,
)
from graph.answers.sensitivity import AgreementAnswer, SensitivityAnswer
from graph.answers.strength import StrengthAnswer


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
    corrections: list[str] = Field(
        default=[],
        description="Misspellings and short names, and what they were taken to stand for.",
    )


class Example(Answer):
    """A question that can be put, about the loaded reviews."""

    question: str
    brings: str = Field(description="What it brings.")


RecordView = (
    MechanismView
    | ConceptView
    | ConfigurationView
    | TheoryView
    | SourceView
    | FindingView
    | ReviewView
)
"""Any one record in full."""


class AskAnswer(Answer):
    """The answer to a question in words, with how it was understood.

    One of the fields after `reading` holds the answer; two where a question is about both, as
    findings beside evidence.
    """

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
    strength: StrengthAnswer | None = None
    looked: LookedForAnswer | None = None
    findings: Page[FindingView] | None = None
    weakest: WeakestLinkAnswer | None = None
    configurations: Page[ConfigurationView] | None = None
    parts: PartsAnswer | None = None
    same_as: Page[SameAsView] | None = None
    agreement: AgreementAnswer | None = None
    lint: LintAnswer | None = None
    facts: FactAnswer | None = None
    counts: CountAnswer | None = None
    record: RecordView | None = None
    sources: Page[SourceView] | None = None
    concepts: Page[ConceptView] | None = None
    theories: Page[TheoryView] | None = None
    reviews: Page[ReviewView] | None = None
    names: Page[Named] | None = None
    loads: Page[LoadView] | None = None
    examples: list[Example] | None = None
    notes: list[str] = Field(default=[], description="Limits of the answer, in words.")
