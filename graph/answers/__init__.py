"""What questions return. Every answer names the records behind it, with citation and locator."""

from graph.answers.ask import AskAnswer
from graph.answers.base import Answer, Named, Page, SourceRef, Target
from graph.answers.chains import (
    BrokenBy,
    Chain,
    ChainAnswer,
    ChainStep,
    Connection,
    LoopKind,
    WeakestLinkAnswer,
)
from graph.answers.contradictions import (
    Contradiction,
    Feature,
    Moderator,
    Separates,
    Share,
    Side,
)
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
    "BrokenBy",
    "Cell",
    "CellState",
    "Chain",
    "ChainAnswer",
    "ChainStep",
    "ConceptView",
    "ConfigurationView",
    "Connection",
    "Contradiction",
    "Dimension",
    "Equation",
    "EvidenceAnswer",
    "EvidenceTotals",
    "EvidenceView",
    "Feature",
    "FindingView",
    "FlowReport",
    "GapAnswer",
    "GapColumn",
    "GapMatrix",
    "GapRow",
    "Health",
    "HistoryView",
    "Implied",
    "LoopKind",
    "MapEdge",
    "MapNode",
    "MechanismView",
    "Moderator",
    "Named",
    "Page",
    "PartView",
    "ReviewView",
    "SearchView",
    "Separates",
    "Share",
    "Side",
    "SourceRef",
    "SourceView",
    "StageView",
    "StepView",
    "Support",
    "TallyView",
    "Target",
    "TheoryMap",
    "TheoryView",
    "WeakestLinkAnswer",
    "Why",
]
