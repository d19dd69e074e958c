"""What questions return. Every answer names the records behind it, with citation and locator."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.model import (
    Appraisal,
    Attribution,
    Count,
    Extent,
    FindingKind,
    Polarity,
    Role,
    SourceKind,
    Stance,
    Status,
    StepKind,
    TheoryKind,
)
from graph.store import StoreInfo


class Answer(BaseModel):
    """What every answer and every part of one is made of."""

    model_config = ConfigDict(extra="forbid")


Item = TypeVar("Item", bound=Answer)


class Page(Answer, Generic[Item]):
    """Some records in the order of their ids, and where the next ones begin."""

    items: list[Item]
    next: str | None = Field(
        default=None, description="Pass this as `after` for the next page; null on the last one."
    )


class Support(StrEnum):
    """What the evidence in the graph makes of a mechanism."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    CHALLENGED = "challenged"
    STAKEHOLDERS_ONLY = "stakeholders only"
    NO_EVIDENCE = "no evidence"


class CellState(StrEnum):
    """Why a cell of the gap matrix is as it is; each cell has exactly one."""

    SUPPORTED = "supported"
    CHALLENGED = "challenged"
    MIXED = "mixed"
    SEARCHED_NONE = "searched, none found"
    SEARCHED_INSUFFICIENT = "searched, insufficient"
    LEVEL_NOT_STATED = "level not stated"
    STAKEHOLDERS_ONLY = "not searched, stakeholders only"
    THEORISED_ONLY = "not searched, theorised only"


class Named(Answer):
    """A record by its id and name."""

    id: str
    name: str


class SourceView(Answer):
    """A source, cited."""

    id: str
    review: str
    kind: SourceKind
    citation: str
    title: str
    authors: list[str] = []
    year: int | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    reference: str | None = None
    included: bool | None = None
    stage: str | None = None
    entrance: str | None = None
    studies: int | None = None
    attribution: Attribution | None = None
    locator: str | None = None
    note: str | None = None


class SourceRef(Answer):
    """The source behind a piece of evidence."""

    id: str
    kind: SourceKind
    citation: str
    doi: str | None = None
    studies: int | None = None
    attribution: Attribution | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """The source of a row that carries the columns of a source beside others."""
        return cls(
            id=row["source_id"],
            kind=row["source_kind"],
            citation=row["citation"],
            doi=row["doi"],
            studies=row["studies"],
            attribution=row["attribution"],
        )


class Target(Answer):
    """What a piece of evidence is about."""

    id: str
    kind: str = Field(description="mechanism, configuration, concept or theory.")
    name: str
    role: Role | None = None


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
    relevance: Appraisal | None = None
    rigour: Appraisal | None = None
    richness: Appraisal | None = None
    coder: str | None = None
    note: str | None = None
    source: SourceRef


class EvidenceTotals(Answer):
    """Counts over all evidence that fits, not only over the page; sources are independent ones."""

    evidence: int = 0
    sources: int = 0
    sources_by_kind: dict[SourceKind, int] = {}
    evidence_by_stance: dict[Stance, int] = {}


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
    said_by: list[SourceRef] = []
    searched: str | None = Field(default=None, description="The search that looked: a stage's id.")
    locator: str | None = None


class HistoryView(Answer):
    """What the review states about a mechanism at one stage."""

    status: Status
    stage: str | None = None
    into: list[Named] = []
    locator: str | None = None
    note: str | None = None


class SearchView(Answer):
    """A search that looked: where, when, and its stated totals."""

    stage: str
    name: str
    purpose: str | None = None
    databases: list[str] = []
    handsearched: list[str] = []
    searched_on: str | None = None
    totals: dict[str, int] = Field(default={}, description="Stated totals of its flow, by name.")
    locator: str | None = None


class Why(Answer):
    """Why a mechanism has no empirical support, and who looked."""

    reason: str
    searches: list[SearchView] = Field(description="The searches that looked for it.")
    stakeholders: list[EvidenceView] = Field(
        default=[], description="What stakeholders say of it, if they do."
    )
    findings: list[FindingView] = Field(default=[], description="What the review finds about it.")


class MechanismView(Answer):
    """A mechanism: what the review states, and what the evidence in the graph makes of it."""

    id: str
    review: str
    name: str
    aliases: list[str] = []
    description: str | None = None
    number: int | None = None
    levels: list[str] = []
    stated: Status | None = Field(default=None, description="What the review states in the end.")
    history: list[HistoryView] = []
    support: Support = Field(description="Computed from the evidence, never stated.")
    evidence: int = Field(description="Pieces of evidence, direct and through configurations.")
    sources_by_kind: dict[SourceKind, int] = {}
    supporting_sources: int = Field(default=0, description="Independent empirical sources for it.")
    challenging_sources: int = Field(default=0, description="The same, against it.")
    disagreement: str | None = Field(
        default=None, description="Where the stated and the computed do not agree."
    )
    unsupported: Why | None = Field(
        default=None, description="For a mechanism without empirical support: why."
    )
    locator: str | None = None
    note: str | None = None


class EvidenceAnswer(Answer):
    """Evidence that fits a filter, with what a reader must know to use it."""

    filter: dict[str, str] = Field(description="The filter as it was understood.")
    mechanism: MechanismView | None = None
    totals: EvidenceTotals
    items: list[EvidenceView]
    findings: list[FindingView] = Field(
        default=[], description="What the review itself finds about the mechanism."
    )
    notes: list[str] = Field(default=[], description="Limits of the answer, in words.")
    next: str | None = None


class Cell(Answer):
    """One cell of a gap matrix: its state, the reason, and counts of independent sources."""

    level: str
    state: CellState
    reason: str
    supporting: int = 0
    challenging: int = 0
    refining: int = 0
    primary: int = Field(default=0, description="Empirical sources that are papers or grey.")
    synthesis: int = Field(default=0, description="Empirical sources that are syntheses.")
    stakeholders: int = Field(default=0, description="Interviews and consultations.")
    evidence: int = 0
    searches: list[str] = Field(default=[], description="The searches that looked: stages by id.")


class GapRow(Answer):
    """A mechanism, or a concept that evidence or a gap is about, at each level."""

    id: str
    kind: str = Field(description="mechanism or concept.")
    name: str
    cells: list[Cell]
    without_level: Cell | None = Field(
        default=None, description="Evidence that does not say at which level."
    )


class GapMatrix(Answer):
    """One review's gap matrix."""

    review: str
    levels: list[Named]
    rows: list[GapRow]
    notes: list[str] = []


class GapAnswer(Answer):
    """A gap matrix for each review; level vocabularies belong to reviews, so none is merged."""

    reviews: list[GapMatrix]


class StepView(Answer):
    """One box of a flow."""

    id: str
    kind: StepKind
    name: str
    track: str
    n: int | None = Field(description="The stated number.")
    computed: int | None = Field(default=None, description="What follows where none is stated.")
    takes: str | None = None
    counts: str | None = Field(default=None, description="What the graph counts beside it.")
    reason: str | None = None
    locator: str | None = None


class StageView(Answer):
    """A stage of the search with its flow."""

    id: str
    name: str
    purpose: str | None = None
    databases: list[str] = []
    handsearched: list[str] = []
    searched_on: str | None = None
    locator: str | None = None
    note: str | None = None
    steps: list[StepView]


class Equation(Answer):
    """A sum that stated numbers must satisfy."""

    name: str
    text: str = Field(description="For example `1446 - 532 = 914`.")
    left: int
    right: int
    holds: bool
    mended_by: list[str] = Field(
        default=[],
        description="Where it does not hold: boxes of which one other number mends the flow.",
    )
    locator: str | None = None


class Implied(Answer):
    """A number that nobody states and that follows from those stated."""

    step: str
    name: str
    n: int
    text: str


class TallyView(Answer):
    """A stated number beside what the graph counts."""

    id: str
    name: str
    n: int
    counts: str | None = None
    held: int | None = Field(default=None, description="What the graph counts; null = nothing.")
    agrees: bool | None = None
    parts: dict[str, int] = {}
    locator: str | None = None


class FlowReport(Answer):
    """Does a review's flow add up?"""

    review: str
    title: str
    adds_up: bool
    stages: list[StageView]
    equations: list[Equation]
    implied: list[Implied]
    tallies: list[TallyView]
    unchecked: list[str] = Field(description="Stated numbers that no equation reaches.")


class ReviewView(Answer):
    """A review with what the graph holds of it."""

    id: str
    title: str
    aliases: list[str] = []
    authors: list[str] = []
    year: int | None = None
    doi: str | None = None
    registration: str | None = None
    citation: str | None = None
    question: str | None = None
    objectives: list[str] = []
    licence: str | None = None
    note: str | None = None
    levels: list[Named] = []
    perspectives: list[Named] = []
    stages: list[Named] = []
    counts: dict[str, int] = Field(default={}, description="Records held, by kind.")


class PartView(Answer):
    """A concept in its role."""

    id: str
    name: str
    inferred: bool = False


class ConfigurationView(Answer):
    """A configuration with its parts."""

    id: str
    review: str
    name: str
    mechanisms: list[Named] = []
    contexts: list[PartView] = []
    resources: list[PartView] = []
    reasonings: list[PartView] = []
    outcomes: list[PartView] = []
    polarity: Polarity | None = None
    levels: list[str] = []
    locator: str | None = None
    note: str | None = None


class ConceptView(Answer):
    """A concept and the configurations in which it plays each role."""

    id: str
    review: str
    name: str
    aliases: list[str] = []
    description: str | None = None
    roles: dict[Role, list[str]] = Field(default={}, description="Configurations by role.")
    locator: str | None = None


class TheoryView(Answer):
    """A theory and what it explains."""

    id: str
    review: str
    kind: TheoryKind
    name: str
    aliases: list[str] = []
    description: str | None = None
    explains: list[Target] = []
    locator: str | None = None


class Health(Answer):
    """Is the store there, what does it hold, and which versions answer."""

    status: str
    store: StoreInfo
    counts: dict[str, Count]
    version: str
    writable: bool = False


class AskAnswer(Answer):
    """The answer to a question in words, with how it was understood."""

    question: str
    understood: str
    evidence: EvidenceAnswer | None = None
    mechanisms: Page[MechanismView] | None = None
    gaps: GapAnswer | None = None


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
