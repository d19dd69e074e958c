"""What questions return. Every answer names the records behind it, with citation and locator."""

from graph.answers.ask import AskAnswer
from graph.answers.base import Answer, Named, Page, SourceRef, Target
from graph.answers.evidence import EvidenceAnswer
from graph.answers.flow import Equation, FlowReport, Implied, StageView, StepView, TallyView
from graph.answers.gaps import (
    Cell,
    CellState,
    Dimension,
    GapAnswer,
    GapColumn,
    GapMatrix,
    GapRow,
)
from graph.answers.mechanisms import HistoryView, MechanismView, SearchView, Support, Why
from graph.answers.pieces import EvidenceTotals, EvidenceView, FindingView
from graph.answers.records import (
    ConceptView,
    ConfigurationView,
    Health,
    PartView,
    ReviewView,
    SourceView,
    TheoryView,
)
from graph.answers.theory_map import MapEdge, MapNode, TheoryMap

__all__ = [
    "Answer",
    "AskAnswer",
    "Cell",
    "CellState",
    "ConceptView",
    "ConfigurationView",
    "Dimension",
    "Equation",
    "EvidenceAnswer",
    "EvidenceTotals",
    "EvidenceView",
    "FindingView",
    "FlowReport",
    "GapAnswer",
    "GapColumn",
    "GapMatrix",
    "GapRow",
    "Health",
    "HistoryView",
    "Implied",
    "MapEdge",
    "MapNode",
    "MechanismView",
    "Named",
    "Page",
    "PartView",
    "ReviewView",
    "SearchView",
    "SourceRef",
    "SourceView",
    "StageView",
    "StepView",
    "Support",
    "TallyView",
    "Target",
    "TheoryMap",
    "TheoryView",
    "Why",
]
