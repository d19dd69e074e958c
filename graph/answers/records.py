"""Records looked up one by one or listed, and the state of the store."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import (
    Answer,
    Excludable,
    IsCounted,
    Named,
    OfWork,
    Target,
    WhyExcluded,
)
from graph.answers.pieces import FINDINGS, FindingView
from graph.answers.weight import Weight
from graph.model import Attribution, Count, Form, Polarity, Role, SourceKind, TheoryKind
from graph.store import StoreInfo


class SameWork(Answer):
    """Another source that is the same work: it is counted once with it."""

    id: str
    review: str
    citation: str
    shown_by: list[str] = Field(
        description="What showed it: `PMID …`, `DOI …`, `declared in …` with the declaration's id; "
        "or `through …` with the id of a source that is the same work as both."
    )


class DecidedView(Answer):
    """What a record of a reference file decides of its source at a stage of screening."""

    stage: str = Field(description="The stage, by id.")
    outcome: str = Field(description="included, excluded or undecided.")
    reason: str | None = Field(default=None, description="For an exclusion, if one is given.")
    record: str = Field(description="The record, by id.")
    file: str


class SaidValue(Answer):
    """A value, and who says it."""

    value: str
    by: list[str] = Field(
        description="Records of reference files, by id; the source's own id where the review's own "
        "files say it."
    )


class Conflict(Answer):
    """A column of which the records of one source say different things."""

    column: str
    values: list[SaidValue]


class SourceView(Excludable, Answer):
    """A source, cited."""

    id: str
    review: str
    kind: SourceKind
    citation: str
    title: str
    form: Form | None = None
    authors: list[str] = []
    organisations: list[str] = []
    more_authors: bool | None = None
    year: int | None = None
    date: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    reference: str | None = None
    included: bool | None = None
    stage: str | None = None
    entrance: str | None = None
    studies: int | None = None
    attribution: Attribution | None = None
    work: OfWork = None
    counts: IsCounted = True
    excluded_because: WhyExcluded = None
    same_work: list[SameWork] = Field(
        default=[], description="Other records of the same work, and what showed it."
    )
    decisions: list[DecidedView] = Field(
        default=[], description="What each of its records decides, stage by stage."
    )
    conflicts: list[Conflict] = Field(
        default=[],
        description="Where its records, or the review's own files, say different things.",
    )
    from_records: list[str] = Field(
        default=[], description="Columns that records of reference files fill; `all` of them."
    )
    locator: str | None = None
    note: str | None = None


class ReportingView(Answer):
    """What a review's report says for an item of RAMESES."""

    id: str
    item: int = Field(description="Number of the item.")
    part: str = Field(description="The part of a report that the item is about.")
    asks: str = Field(description="What the item asks for.")
    statement: str
    locator: str | None = None
    note: str | None = None


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
    keywords: list[str] = []
    licence: str | None = None
    acknowledgement: str | None = None
    note: str | None = None
    levels: list[Named] = []
    perspectives: list[Named] = []
    stages: list[Named] = []
    reporting: list[ReportingView] = Field(
        default=[], description="What its report says for items of RAMESES, by number."
    )
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
    weight: Weight = Field(description="Of the evidence about the configuration itself.")
    locator: str | None = None
    note: str | None = None
    findings: list[FindingView] | None = Field(default=None, description=FINDINGS)


class ConceptView(Answer):
    """A concept and the configurations in which it plays each role."""

    id: str
    review: str
    name: str
    aliases: list[str] = []
    description: str | None = None
    roles: dict[Role, list[str]] = Field(default={}, description="Configurations by role.")
    weight: Weight = Field(description="Of the evidence about the concept itself.")
    locator: str | None = None
    findings: list[FindingView] | None = Field(default=None, description=FINDINGS)


class TheoryView(Answer):
    """A theory and what it explains."""

    id: str
    review: str
    kind: TheoryKind
    name: str
    aliases: list[str] = []
    description: str | None = None
    explains: list[Target] = []
    weight: Weight = Field(description="Of the evidence about the theory itself.")
    locator: str | None = None
    findings: list[FindingView] | None = Field(default=None, description=FINDINGS)


class Health(Answer):
    """Is the store there, what does it hold, and which versions answer."""

    status: str
    store: StoreInfo
    counts: dict[str, Count]
    version: str
    writable: bool = False
    notices: list[str] = Field(
        default=[], description="What to know of the store: that it was brought up to date, say."
    )
