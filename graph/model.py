"""The language of the house: what a realist review is made of.

Everybody imports this module; it imports nobody. Each class is one kind of record, stored as one
node. A field marked with :class:`Link` is not a property of the node but a relationship to another
record; ``graph.schema`` reads labels, keys and relationships from here and from nowhere else.

Ids are ``review:local`` (``harris2021:working-with-power``), so two reviews can never share a
record by accident. A field that a source does not state stays ``None`` or empty: nothing has a
default that claims something.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

LOCAL_ID = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
"""What a readable id looks like inside its review: letters, digits, ``.``, ``_`` and ``-``."""

ReviewId = Annotated[str, StringConstraints(pattern=rf"^{LOCAL_ID}$", max_length=120)]
RecordId = Annotated[str, StringConstraints(pattern=rf"^{LOCAL_ID}:{LOCAL_ID}$", max_length=320)]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}(?:\.\d+)*/\S+$")]
Term = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Count = Annotated[int, Field(ge=0, le=10**12)]
Year = Annotated[int, Field(ge=1000, le=2200)]
Span = Annotated[str, StringConstraints(pattern=r"^\d{1,12}-\d{1,12}$")]
"""First character and the one after the last, counted from 0 in the source's plain text."""
TextHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
DecisionText = Annotated[
    str,
    StringConstraints(
        pattern=rf"^{LOCAL_ID}: (?:included|undecided|excluded(?:: \S.*)?)$", max_length=800
    ),
]
"""What a file decides of a record at a stage: `full-text: excluded: wrong population`."""


class SourceKind(StrEnum):
    """What a piece of evidence comes from; kinds are kept apart in every answer."""

    PAPER = "paper"
    GREY = "grey"
    SYNTHESIS = "synthesis"
    INTERVIEW = "interview"
    CONSULTATION = "consultation"


class Form(StrEnum):
    """What a source was published as; two works of one title may differ in nothing else."""

    ARTICLE = "article"
    ABSTRACT = "conference abstract"
    CONFERENCE = "conference paper"
    CHAPTER = "chapter"
    BOOK = "book"
    THESIS = "thesis"
    REPORT = "report"
    PREPRINT = "preprint"
    PROTOCOL = "protocol"
    CORRECTION = "correction"
    WEB = "web page"
    NEWS = "news"
    UNPUBLISHED = "unpublished"


EMPIRICAL = frozenset({SourceKind.PAPER, SourceKind.GREY, SourceKind.SYNTHESIS})
"""Kinds that count as empirical support; interviews and consultations are stakeholders' word."""


class Stance(StrEnum):
    """What a piece of evidence does to its target."""

    SUPPORTS = "supports"
    CHALLENGES = "challenges"
    REFINES = "refines"


class Extent(StrEnum):
    """How much of its target a piece of evidence bears on."""

    WHOLE = "whole"
    PARTIAL = "partial"


class Grade(StrEnum):
    """Realist appraisal of relevance, rigour or richness."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


QUALITIES = ("relevance", "rigour", "richness")
"""What realist appraisal judges; each is graded low, moderate or high."""


class Polarity(StrEnum):
    """Which way a configuration's outcome goes."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    MIXED = "mixed"


class Status(StrEnum):
    """What a review states about a mechanism at some point of its history."""

    PRELIMINARY = "preliminary"
    SUPPORTED = "supported"
    INCORPORATED = "incorporated"
    NO_EVIDENCE = "no evidence"
    NEW = "new"


class Role(StrEnum):
    """A part that a concept plays in a configuration."""

    CONTEXT = "context"
    RESOURCE = "resource"
    REASONING = "reasoning"
    OUTCOME = "outcome"


class FindingKind(StrEnum):
    """What sort of statement a finding is."""

    FINDING = "finding"
    GAP = "gap"
    RECOMMENDATION = "recommendation"
    IMPLICATION = "implication"
    FUTURE_RESEARCH = "future research"


class Absence(StrEnum):
    """What a review says is missing where it states a gap."""

    ABSENT = "absent"
    SCARCE = "scarce"
    UNCLEAR = "unclear"


class TheoryKind(StrEnum):
    """A theory of the programme, or a named outside theory it is tied to."""

    PROGRAMME = "programme"
    SUBSTANTIVE = "substantive"


class Attribution(StrEnum):
    """Whether a synthesis says which of its studies stands behind what it reports."""

    PER_STUDY = "per study"
    COLLECTIVE = "collective"


class MergedBy(StrEnum):
    """What showed that a record of a reference file stands for a source that is there already."""

    DOI = "doi"
    PMID = "pmid"
    TITLE = "title"
    DECLARED = "declared"


class Verdict(StrEnum):
    """What somebody decided of two records of reference files."""

    SAME = "same"
    DIFFERENT = "different"


class StepKind(StrEnum):
    """A box in a search flow: something comes in, something goes out, or a total is struck."""

    ENTRANCE = "entrance"
    EXIT = "exit"
    TOTAL = "total"


class Counted(StrEnum):
    """What a stated number counts, where the graph can count the same thing."""

    OBJECTIVES = "objectives"
    DATABASES = "databases"
    HANDSEARCHED = "hand-searched journals"
    SOURCES_INCLUDED = "included sources"
    SOURCES_WITH_DOI = "included sources with a DOI"
    SOURCES_WITH_EVIDENCE = "included sources with evidence"
    STUDIES_OF_SYNTHESES = "studies of syntheses"
    MECHANISMS_PRELIMINARY = "preliminary mechanisms"
    MECHANISMS_SUPPORTED = "supported mechanisms"
    MECHANISMS_INCORPORATED = "incorporated mechanisms"
    MECHANISMS_NO_EVIDENCE = "mechanisms without evidence"
    MECHANISMS_NEW = "new mechanisms"
    CONFIGURATIONS = "configurations"
    CONTEXTS = "contexts"
    SOURCES_OF_CONCEPT = "sources with evidence about a concept"
    SOURCE_CONTEXT_LINKS = "links between sources and contexts"


@dataclass(frozen=True, slots=True)
class Link:
    """Marks a field as a relationship: its type and the label of the record it points to."""

    type: str
    to: str


class Part(BaseModel):
    """A concept in one of a configuration's four roles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    concept: RecordId
    inferred: bool = Field(
        default=False, description="Inferred by the reviewer, not stated by a source."
    )


class Record(BaseModel):
    """What every kind of record has."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=200_000)
    label: ClassVar[str]

    id: RecordId = Field(description="Readable id, unique among its kind within the review.")

    @property
    def local_id(self) -> str:
        """The id as the review's own files write it."""
        return self.id.partition(":")[2] or self.id


class Review(Record):
    """A realist review or synthesis."""

    label: ClassVar[str] = "Review"

    id: ReviewId = Field(description="Short id of the review, for example `harris2021`.")
    title: Title = Field(description="Title of the report that was extracted.")
    aliases: list[str] = Field(default=[], description="Other titles of the same review.")
    authors: list[Term] = Field(default=[], description="Authors in order, as `Surname AB`.")
    year: Year | None = Field(default=None, description="Year of the report.")
    doi: Doi | None = Field(default=None, description="DOI without a resolver in front.")
    registration: str | None = Field(default=None, description="Registration, e.g. PROSPERO.")
    citation: str | None = Field(default=None, description="How the review is to be cited.")
    question: str | None = Field(default=None, description="What the review asks.")
    objectives: list[str] = Field(default=[], description="The review's objectives, in order.")
    keywords: list[Term] = Field(default=[], description="Keywords of the report, in order.")
    licence: str | None = Field(default=None, description="Licence of the report.")
    acknowledgement: str | None = Field(
        default=None,
        description="What is to be acknowledged where the review is used: what its licence asks "
        "for, and whom the authors name.",
    )
    note: str | None = Field(default=None, description="What a user of this data must know.")


class VocabularyTerm(Record):
    """A word that the review itself uses to sort its evidence."""

    name: Term = Field(description="The word as answers show it.")
    position: Count = Field(default=0, description="Order in the vocabulary, from 0.")
    aliases: list[Term] = Field(default=[], description="Other ways to write it.")
    description: str | None = Field(default=None, description="What the review means by it.")


class Level(VocabularyTerm):
    """A level at which something acts, in the review's own vocabulary."""

    label: ClassVar[str] = "Level"


class Perspective(VocabularyTerm):
    """Whose view a piece of evidence gives, in the review's own vocabulary."""

    label: ClassVar[str] = "Perspective"


class Stage(Record):
    """A stage of the search: where the review looked."""

    label: ClassVar[str] = "Stage"

    name: Term = Field(description="Name of the stage.")
    position: Count = Field(description="Order among the stages, from 0.")
    purpose: str | None = Field(default=None, description="What the stage was looking for.")
    databases: list[Term] = Field(default=[], description="Databases searched.")
    handsearched: list[Term] = Field(default=[], description="Journals searched by hand.")
    searched_on: str | None = Field(default=None, description="Date or period of the search.")
    mechanisms: Annotated[list[RecordId], Link("COVERS_MECHANISM", "Mechanism")] = Field(
        default=[], description="Scope: mechanisms that it looked for, by id."
    )
    concepts: Annotated[list[RecordId], Link("COVERS_CONCEPT", "Concept")] = Field(
        default=[], description="Scope: concepts that it looked for, by id."
    )
    configurations: Annotated[list[RecordId], Link("COVERS_CONFIGURATION", "Configuration")] = (
        Field(default=[], description="Scope: configurations that it looked for, by id.")
    )
    levels: list[Term] = Field(default=[], description="Scope: levels at which it looked.")
    perspectives: list[Term] = Field(default=[], description="Scope: perspectives it looked for.")
    kinds: list[SourceKind] = Field(
        default=[], description="Scope: kinds of source that it looked among."
    )
    from_decisions: bool | None = Field(
        default=None,
        description="yes: its boxes are counted from the decisions that reference files bring, "
        "anew with each load.",
    )
    locator: str | None = Field(default=None, description="Where the report says so.")
    note: str | None = Field(default=None, description="Anything else about the stage.")


class Step(Record):
    """One box of a stage's flow, with the number the review states for it."""

    label: ClassVar[str] = "Step"

    stage: Annotated[RecordId, Link("STEP_OF", "Stage")] = Field(description="Its stage.")
    position: Count = Field(description="Order within the stage, from 0.")
    kind: StepKind = Field(description="entrance (+), exit (-) or total (=).")
    track: Term = Field(default="main", description="Steps of one track add up together.")
    name: Term = Field(description="What the number counts.")
    n: Count | None = Field(default=None, description="The stated number; empty = not stated.")
    takes: Annotated[RecordId | None, Link("TAKES", "Step")] = Field(
        default=None, description="An entrance that takes over the total of another step."
    )
    counts: Counted | None = Field(default=None, description="What it counts in the graph.")
    reason: str | None = Field(default=None, description="Why records leave or come in.")
    locator: str | None = Field(default=None, description="Where the report says so.")


class Tally(Record):
    """A number that the review states and that the graph, or its own parts, can confirm."""

    label: ClassVar[str] = "Tally"

    name: Term = Field(description="What the number counts.")
    position: Count = Field(description="Order among the tallies, from 0.")
    n: Count = Field(description="The stated number.")
    part_names: list[Term] = Field(default=[], description="Names of the parts that add up to n.")
    parts: list[Count] = Field(default=[], description="Numbers of the parts, in the same order.")
    counts: Counted | None = Field(default=None, description="What it counts in the graph.")
    of: str | None = Field(default=None, description="The concept or stage it is about, by id.")
    locator: str | None = Field(default=None, description="Where the report says so.")

    @model_validator(mode="after")
    def _parts_have_names(self) -> Tally:
        if len(self.part_names) != len(self.parts):
            raise ValueError("each part needs a name and a number")
        return self


class Reporting(Record):
    """What the review's report says for an item of RAMESES; an item may have several."""

    label: ClassVar[str] = "Reporting"

    item: int = Field(ge=1, le=19, description="Number of the item of RAMESES, 1 to 19.")
    position: Count = Field(description="Order among the statements, from 0.")
    statement: str = Field(description="What the report says for it, in own words.", min_length=1)
    locator: str | None = Field(default=None, description="Where the report says so.")
    note: str | None = Field(default=None, description="Anything else about it.")


class Source(Record):
    """Something that evidence comes from."""

    label: ClassVar[str] = "Source"

    kind: SourceKind = Field(description="paper, grey, synthesis, interview or consultation.")
    title: Title = Field(description="Title; for an interview or consultation, what it was.")
    form: Form | None = Field(
        default=None,
        description=f"What it was published as: {', '.join(Form)}.",
    )
    authors: list[Term] = Field(
        default=[],
        description="Authors in order: people as `Surname AB`, organisations by their names.",
    )
    organisations: list[Term] = Field(
        default=[], description="Those of the authors that are organisations, written alike."
    )
    more_authors: bool | None = Field(
        default=None, description="yes: the source says that it has more authors than it names."
    )
    year: Year | None = Field(default=None, description="Year of publication.")
    date: str | None = Field(
        default=None,
        description="What it says in place of a year or beside it: `in press`, `n.d.`, "
        "`2009-2012`.",
    )
    journal: str | None = Field(default=None, description="Journal, book or series.")
    volume: str | None = Field(default=None, description="Volume.")
    issue: str | None = Field(default=None, description="Issue.")
    pages: str | None = Field(default=None, description="Pages or article number.")
    publisher: str | None = Field(
        default=None,
        description="Publisher; of a thesis, the university; of a report, who gave it.",
    )
    doi: Doi | None = Field(default=None, description="DOI without a resolver in front.")
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")] | None = Field(
        default=None, description="PubMed id."
    )
    url: str | None = Field(default=None, description="Web address.")
    reference: str | None = Field(default=None, description="Its number in the report's list.")
    included: bool | None = Field(
        default=None, description="yes or no: the review included it; empty = not stated."
    )
    stage: Annotated[RecordId | None, Link("INCLUDED_AT", "Stage")] = Field(
        default=None, description="The stage at which it was included or excluded."
    )
    entrance: Annotated[RecordId | None, Link("ENTERED_THROUGH", "Step")] = Field(
        default=None, description="The step of the flow through which it came in."
    )
    excluded_because: str | None = Field(
        default=None, description="For an excluded source: the reason the review gives."
    )
    studies: Count | None = Field(
        default=None, description="For a synthesis: how many studies it rests on."
    )
    attribution: Attribution | None = Field(
        default=None,
        description="For a synthesis: `per study` if it says which study shows what, "
        "`collective` if it does not.",
    )
    locator: str | None = Field(default=None, description="Where the report names it.")
    note: str | None = Field(default=None, description="Anything else about the source.")
    from_records: list[Term] = Field(
        default=[],
        description="Columns that the review's own files leave empty and that records of "
        "reference files fill, or `all`; written by the tool. A value that you change is yours.",
    )

    @model_validator(mode="after")
    def _organisations_are_authors(self) -> Source:
        strange = [name for name in self.organisations if name not in self.authors]
        if strange:
            raise ValueError(
                f"{strange[0]!r} is in organisations and not in authors: "
                "an organisation is written alike in both"
            )
        return self

    @property
    def citation(self) -> str:
        """A one-line citation made of what is known; nothing is filled in."""
        names = list(self.authors)
        more = bool(self.more_authors) or len(names) > 3
        if names and names[-1].rstrip(".").casefold() == "et al":
            names.pop()
            more = True
        shown = ", ".join(names[:3]) + (" et al." if names and more else "")
        when = [str(self.year)] if self.year is not None else []
        if self.date:
            when = [self.date] if any(part in self.date for part in when) else [*when, self.date]
        year = f"({', '.join(when)})" if when else ""
        title = self.title.rstrip(".")
        head = [" ".join(part for part in (shown or title, year) if part), title if shown else ""]
        issue = f"({self.issue})" if self.issue else ""
        number = f"{self.volume or ''}{issue}"
        place = ":".join(part for part in (number, self.pages or "") if part)
        where = " ".join(part for part in (self.journal or self.publisher or "", place) if part)
        doi = f"doi:{self.doi}" if self.doi else ""
        parts = [*head, where, doi]
        return ". ".join(part for part in parts if part)


class Mechanism(Record):
    """A mechanism as the review names it."""

    label: ClassVar[str] = "Mechanism"

    name: Term = Field(description="The mechanism's name in the review.")
    aliases: list[Term] = Field(default=[], description="Other names of the same mechanism.")
    description: str | None = Field(default=None, description="What it is, in own words.")
    number: Count | None = Field(default=None, description="Its number in the report.")
    levels: list[Term] = Field(default=[], description="Levels the review describes it at.")
    locator: str | None = Field(default=None, description="Where the report names it.")
    note: str | None = Field(default=None, description="Anything else about it.")


class HistoryEntry(Record):
    """What a review states about a mechanism at one stage; the last entry is its outcome."""

    label: ClassVar[str] = "HistoryEntry"

    mechanism: Annotated[RecordId, Link("HISTORY_OF", "Mechanism")] = Field(
        description="The mechanism."
    )
    position: Count = Field(description="Order among the mechanism's entries, from 0.")
    status: Status = Field(description="preliminary, supported, incorporated, no evidence or new.")
    stage: Annotated[RecordId | None, Link("STATED_AT", "Stage")] = Field(
        default=None, description="The stage of the search that this rests on."
    )
    into: Annotated[list[RecordId], Link("INCORPORATED_INTO", "Mechanism")] = Field(
        default=[], description="For incorporated: into which mechanisms, if stated."
    )
    configurations: Annotated[list[RecordId], Link("COVERS_CONFIGURATION", "Configuration")] = (
        Field(default=[], description="Scope: stated of these configurations of it alone, by id.")
    )
    levels: list[Term] = Field(default=[], description="Scope: stated at these levels alone.")
    perspectives: list[Term] = Field(
        default=[], description="Scope: stated for these perspectives alone."
    )
    kinds: list[SourceKind] = Field(
        default=[], description="Scope: stated for these kinds of source alone."
    )
    locator: str | None = Field(default=None, description="Where the report says so.")
    note: str | None = Field(default=None, description="Anything else the report says of it.")


class Concept(Record):
    """Something that can play context, resource, reasoning or outcome, in any configuration."""

    label: ClassVar[str] = "Concept"

    name: Title = Field(description="The concept in a few words.")
    aliases: list[Term] = Field(default=[], description="Other wordings of the same concept.")
    description: str | None = Field(default=None, description="What it means, in own words.")
    locator: str | None = Field(default=None, description="Where the report uses it.")


class Configuration(Record):
    """A context-mechanism-outcome configuration: an object of its own, never a chain of edges."""

    label: ClassVar[str] = "Configuration"

    name: str | None = Field(default=None, description="A short name, if it has one.")
    mechanisms: Annotated[list[RecordId], Link("BELONGS_TO", "Mechanism")] = Field(
        default=[], description="The mechanism(s) it belongs to, by id."
    )
    contexts: Annotated[list[Part], Link("HAS_CONTEXT", "Concept")] = Field(
        default=[], description="Contexts: in these circumstances ..."
    )
    resources: Annotated[list[Part], Link("HAS_RESOURCE", "Concept")] = Field(
        default=[], description="Resources: ... this is offered ..."
    )
    reasonings: Annotated[list[Part], Link("HAS_REASONING", "Concept")] = Field(
        default=[], description="Reasoning: ... people respond like this ..."
    )
    outcomes: Annotated[list[Part], Link("HAS_OUTCOME", "Concept")] = Field(
        default=[], description="Outcomes: ... and this follows."
    )
    polarity: Polarity | None = Field(
        default=None, description="positive, negative, neutral or mixed; of the whole."
    )
    levels: list[Term] = Field(default=[], description="Levels it acts at.")
    locator: str | None = Field(default=None, description="Where the report gives it.")
    note: str | None = Field(default=None, description="Anything else about it.")

    @model_validator(mode="after")
    def _has_a_mechanism(self) -> Configuration:
        if not (self.mechanisms or self.resources or self.reasonings):
            raise ValueError(
                "a configuration needs a mechanism: name one in mechanisms, "
                "or give its resource or reasoning"
            )
        return self


class Theory(Record):
    """A programme theory, or a substantive (middle-range) theory the review is tied to."""

    label: ClassVar[str] = "Theory"

    kind: TheoryKind = Field(description="programme or substantive.")
    name: Title = Field(description="The theory's name.")
    aliases: list[Term] = Field(default=[], description="Other names.")
    description: str | None = Field(default=None, description="What it says, in own words.")
    mechanisms: Annotated[list[RecordId], Link("EXPLAINS_MECHANISM", "Mechanism")] = Field(
        default=[], description="Mechanisms it explains, by id."
    )
    configurations: Annotated[list[RecordId], Link("EXPLAINS_CONFIGURATION", "Configuration")] = (
        Field(default=[], description="Configurations it explains, by id.")
    )
    concepts: Annotated[list[RecordId], Link("EXPLAINS_CONCEPT", "Concept")] = Field(
        default=[], description="Concepts it explains, by id."
    )
    locator: str | None = Field(default=None, description="Where the report names it.")


class Evidence(Record):
    """What one source says about one target."""

    label: ClassVar[str] = "Evidence"

    source: Annotated[RecordId, Link("FROM_SOURCE", "Source")] = Field(
        description="The source, by id."
    )
    mechanism: Annotated[RecordId | None, Link("ABOUT", "Mechanism")] = Field(
        default=None, description="Target: a mechanism. Exactly one target per row."
    )
    configuration: Annotated[RecordId | None, Link("ABOUT", "Configuration")] = Field(
        default=None, description="Target: a configuration."
    )
    concept: Annotated[RecordId | None, Link("ABOUT", "Concept")] = Field(
        default=None, description="Target: a concept, in the role named in `role`."
    )
    theory: Annotated[RecordId | None, Link("ABOUT", "Theory")] = Field(
        default=None, description="Target: a theory."
    )
    role: Role | None = Field(
        default=None,
        description="For a concept: as context, resource, reasoning or outcome; empty = as such.",
    )
    stance: Stance = Field(description="supports, challenges or refines.")
    extent: Extent | None = Field(
        default=None, description="whole or partial: how much of the target it bears on."
    )
    levels: list[Term] = Field(default=[], description="Levels it speaks to.")
    perspective: Term | None = Field(default=None, description="Whose view it gives.")
    setting: Term | None = Field(default=None, description="The setting it comes from.")
    contexts: Annotated[list[RecordId], Link("IN_CONTEXT", "Concept")] = Field(
        default=[], description="Contexts in which it was observed, concepts by id."
    )
    quote: str | None = Field(
        default=None, description="The source's own words, kept exactly.", max_length=100_000
    )
    statement: str | None = Field(
        default=None, description="What the source reports, in the extractor's words."
    )
    locator: str | None = Field(default=None, description="Page, section, table or figure.")
    span: Span | None = Field(
        default=None, description="Where the quote stands in the source's text: `120-245`."
    )
    text_hash: TextHash | None = Field(
        default=None, description="SHA-256 of the source's text that the quote was taken from."
    )
    passage: Annotated[RecordId | None, Link("FROM_PASSAGE", "Passage")] = Field(
        default=None, description="The coded passage that it comes from, if it comes from one."
    )
    relevance: Grade | None = Field(default=None, description="high, moderate or low.")
    rigour: Grade | None = Field(default=None, description="high, moderate or low.")
    richness: Grade | None = Field(default=None, description="high, moderate or low.")
    coder: str | None = Field(default=None, description="Who coded it.")
    note: str | None = Field(default=None, description="Anything else about it.")

    @model_validator(mode="after")
    def _one_target(self) -> Evidence:
        targets = 4 - [self.mechanism, self.configuration, self.concept, self.theory].count(None)
        if targets != 1:
            raise ValueError(
                "evidence needs exactly one target: fill one of mechanism, configuration, "
                f"concept, theory (found {targets or 'none'})"
            )
        if self.role is not None and self.concept is None:
            raise ValueError("role belongs to a concept: fill concept, or leave role empty")
        return self

    @property
    def target(self) -> tuple[str, str]:
        """What it is about: the kind (mechanism, configuration, concept, theory) and the id."""
        if self.mechanism is not None:
            return "mechanism", self.mechanism
        if self.configuration is not None:
            return "configuration", self.configuration
        if self.concept is not None:
            return "concept", self.concept
        return "theory", str(self.theory)


class Appraisal(Record):
    """One appraiser's judgement of one piece of evidence; appraisers may disagree."""

    label: ClassVar[str] = "Appraisal"

    evidence: Annotated[RecordId, Link("APPRAISES", "Evidence")] = Field(
        description="The piece of evidence, by id."
    )
    appraiser: Term = Field(description="Who appraised it.")
    relevance: Grade | None = Field(default=None, description="high, moderate or low.")
    rigour: Grade | None = Field(default=None, description="high, moderate or low.")
    richness: Grade | None = Field(default=None, description="high, moderate or low.")
    locator: str | None = Field(default=None, description="Where the judgement is recorded.")
    note: str | None = Field(default=None, description="Why it was judged so.")


class SameAs(Record):
    """A declaration that a mechanism, concept or source is the same as another, of any review.

    Somebody says so, in a file; taking the row out takes the sameness back. The other record is
    named by its full id and need not be loaded: until it is, the declaration has no effect.
    """

    label: ClassVar[str] = "SameAs"

    mechanism: Annotated[RecordId | None, Link("DECLARES", "Mechanism")] = Field(
        default=None, description="A mechanism of this review. Exactly one of the three per row."
    )
    concept: Annotated[RecordId | None, Link("DECLARES", "Concept")] = Field(
        default=None, description="A concept of this review."
    )
    source: Annotated[RecordId | None, Link("DECLARES", "Source")] = Field(
        default=None, description="A source of this review: both are one work, counted once."
    )
    same_as: RecordId = Field(
        description="The other one: `review:id`, or an id of this review. Of the same kind; if no "
        "such record is there, a concept may be the same as a mechanism, or the other way round."
    )
    declared_by: Term | None = Field(default=None, description="Who says so.")
    note: str | None = Field(default=None, description="Why they are the same.")

    @model_validator(mode="after")
    def _one_record(self) -> SameAs:
        if [self.mechanism, self.concept, self.source].count(None) != 2:
            raise ValueError("fill exactly one of mechanism, concept, source")
        # A concept and a mechanism may have one id, and may be declared to be the same.
        if self.source is not None and self.one == self.same_as:
            raise ValueError("a record is the same as itself without being declared so")
        return self

    @property
    def kind(self) -> str:
        """What is declared to be the same: mechanism, concept or source."""
        if self.mechanism is not None:
            return "mechanism"
        return "concept" if self.concept is not None else "source"

    @property
    def one(self) -> str:
        """The record of this review that the declaration is about."""
        return self.mechanism or self.concept or str(self.source)


class Finding(Record):
    """Something the review, or somebody in it, states beyond single pieces of evidence."""

    label: ClassVar[str] = "Finding"

    kind: FindingKind = Field(
        description="finding, gap, recommendation, implication or future research."
    )
    name: Term = Field(description="The finding in a few words.")
    statement: str = Field(description="What is stated, in own words.", min_length=1)
    mechanisms: Annotated[list[RecordId], Link("CONCERNS_MECHANISM", "Mechanism")] = Field(
        default=[], description="Mechanisms it is about, by id."
    )
    configurations: Annotated[list[RecordId], Link("CONCERNS_CONFIGURATION", "Configuration")] = (
        Field(default=[], description="Configurations it is about, by id.")
    )
    concepts: Annotated[list[RecordId], Link("CONCERNS_CONCEPT", "Concept")] = Field(
        default=[], description="Concepts it is about, by id."
    )
    theories: Annotated[list[RecordId], Link("CONCERNS_THEORY", "Theory")] = Field(
        default=[], description="Theories it is about, by id."
    )
    levels: list[Term] = Field(default=[], description="Levels it is about.")
    perspectives: list[Term] = Field(default=[], description="Perspectives it is about.")
    kinds: list[SourceKind] = Field(default=[], description="Kinds of source it is about.")
    absence: Absence | None = Field(
        default=None,
        description="For a gap, what the review says is missing: absent (there is none), scarce "
        "(there is little), unclear (an open question); empty = it names a gap, not saying which.",
    )
    audience: list[Term] = Field(
        default=[], description="Whom it is addressed to, in the review's own words."
    )
    said_by: Annotated[list[RecordId], Link("SAID_BY", "Source")] = Field(
        default=[], description="Who says so: sources, by id."
    )
    searched: Annotated[RecordId | None, Link("BOUNDED_BY", "Stage")] = Field(
        default=None, description="For an absence: the search that looked, a stage by id."
    )
    locator: str | None = Field(default=None, description="Where the report says so.")

    @model_validator(mode="after")
    def _only_a_gap_is_missing(self) -> Finding:
        if self.absence is not None and self.kind is not FindingKind.GAP:
            raise ValueError("only a finding of kind gap says what is missing: leave absence empty")
        return self


class Reference(Record):
    """One record of a reference file, as it came; a source is what one or more of them stand for.

    Merging two records makes them stand for one source. Both stay as they are, so no field is
    lost and a merge can be taken back.
    """

    label: ClassVar[str] = "Reference"

    source: Annotated[RecordId, Link("STANDS_FOR", "Source")] = Field(
        description="The source it stands for."
    )
    file: Term = Field(description="Name of the file it was read from.")
    row: Count | None = Field(default=None, description="Line or row at which it begins.")
    database: str | None = Field(default=None, description="Database, if the record names one.")
    merged_by: MergedBy | None = Field(
        default=None,
        description="Why it stands for a source that another record brought: doi, pmid, title or "
        "declared; empty if it brought the source.",
    )
    score: Count | None = Field(
        default=None, description="For a merge by title: how alike the records are, of 100."
    )
    text: str | None = Field(
        default=None, description="The record as it stands in its file, letter by letter."
    )
    encoding: str | None = Field(
        default=None,
        description="What `text` was read as, so that its bytes can be made again: `utf-8`; places "
        "in another encoding follow.",
    )
    fields: str = Field(
        description="All that the record says, as JSON: names and lists of values. A value that "
        "stands in `text` as it is, is given by its place there: first character and the one after."
    )
    reads_as: str | None = Field(
        default=None, description="The source that it is by itself, as JSON: columns and values."
    )
    decisions: list[DecisionText] = Field(
        default=[],
        description="What its file decides of it, by the stage's id: `full-text: included`, "
        "`full-text: excluded: wrong population`, `full-text: undecided`.",
    )
    replaces: list[Term] = Field(
        default=[],
        description="Files whose decisions on the same source at the same stage give way to its "
        "own, by name.",
    )


class Merge(Record):
    """Somebody's word that two sources are one, or that a record stands for another source."""

    label: ClassVar[str] = "Merge"

    one: RecordId = Field(
        description="same: the source that stays; different: a record of references.csv."
    )
    other: RecordId = Field(
        description="same: the source that goes into it; different: the source it is not."
    )
    verdict: Verdict = Field(description="same or different.")
    moved: list[str] = Field(
        default=[],
        description="Records that were moved with it, and how they were merged before; written "
        "by the tool so that the merge can be taken back.",
    )
    declared_by: Term | None = Field(default=None, description="Who says so.")
    note: str | None = Field(default=None, description="Why.")


class Code(Record):
    """A code of a coding scheme; codes form trees."""

    label: ClassVar[str] = "Code"

    name: Title = Field(description="The code as the coding software shows it.")
    parent: Annotated[RecordId | None, Link("PART_OF", "Code")] = Field(
        default=None, description="The code above it."
    )
    scheme: str | None = Field(default=None, description="The code set or codebook it is from.")
    description: str | None = Field(default=None, description="What the codebook says of it.")
    file: Term = Field(description="Name of the file it was read from.")


class Passage(Record):
    """A passage that somebody gave a code, or a source that was given one as a whole."""

    label: ClassVar[str] = "Passage"

    source: Annotated[RecordId, Link("PASSAGE_OF", "Source")] = Field(
        description="The source, by id."
    )
    code: Annotated[RecordId, Link("CODED_AS", "Code")] = Field(description="The code, by id.")
    quote: str | None = Field(
        default=None,
        description="The source's own words, kept exactly; empty if the whole source was coded.",
        max_length=100_000,
    )
    locator: str | None = Field(default=None, description="Page, section, table or figure.")
    span: Span | None = Field(
        default=None, description="Where the quote stands in the source's text: `120-245`."
    )
    text_hash: TextHash | None = Field(
        default=None, description="SHA-256 of the source's text that the quote was taken from."
    )
    arm: str | None = Field(default=None, description="Study arm or case that it is about.")
    coder: str | None = Field(default=None, description="Who coded it.")
    note: str | None = Field(default=None, description="What the coder wrote beside it.")
    file: Term = Field(description="Name of the file it was read from.")


class Silence(Record):
    """A written justification of something that lint complains of."""

    label: ClassVar[str] = "Silence"

    rule: Term = Field(description="Name of the rule that is silenced.")
    record: RecordId = Field(description="The record it is silenced for, by id.")
    because: str = Field(description="Why the record is right as it is.", min_length=3)
    declared_by: Term | None = Field(default=None, description="Who says so.")


class ReviewBundle(BaseModel):
    """One review with everything that belongs to it: what a loader yields and a store takes."""

    model_config = ConfigDict(frozen=True)

    review: Review
    levels: list[Level] = []
    perspectives: list[Perspective] = []
    stages: list[Stage] = []
    steps: list[Step] = []
    tallies: list[Tally] = []
    reporting: list[Reporting] = []
    sources: list[Source] = []
    mechanisms: list[Mechanism] = []
    history: list[HistoryEntry] = []
    concepts: list[Concept] = []
    configurations: list[Configuration] = []
    theories: list[Theory] = []
    evidence: list[Evidence] = []
    appraisals: list[Appraisal] = []
    findings: list[Finding] = []
    same_as: list[SameAs] = []
    references: list[Reference] = []
    merges: list[Merge] = []
    codes: list[Code] = []
    passages: list[Passage] = []
    silences: list[Silence] = []


KINDS: tuple[type[Record], ...] = (
    Review,
    Level,
    Perspective,
    Stage,
    Step,
    Tally,
    Reporting,
    Source,
    Mechanism,
    HistoryEntry,
    Concept,
    Configuration,
    Theory,
    Code,
    Passage,
    Evidence,
    Appraisal,
    Finding,
    SameAs,
    Reference,
    Merge,
    Silence,
)
"""Every kind of record, in the order in which nodes are written; links are written after all."""
