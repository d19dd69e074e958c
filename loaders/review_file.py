"""``review.yaml``: the review itself, its vocabulary, its search flow and its stated numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
)

from graph.errors import Problem
from graph.model import (
    LOCAL_ID,
    Count,
    Counted,
    Level,
    Perspective,
    Reporting,
    Review,
    SourceKind,
    Stage,
    Step,
    StepKind,
    Tally,
    Term,
    Title,
)
from graph.names import nearest
from loaders.columns import REVIEW_FILE
from loaders.plain_yaml import Place, read_plain_yaml
from loaders.validation_messages import explain

SCOPE = {
    "mechanisms": "Mechanism",
    "concepts": "Concept",
    "configurations": "Configuration",
    "levels": "Level",
    "perspectives": "Perspective",
}
"""What a stage covers, in words that stand for records of the review, each of its kind."""

LocalId = Annotated[str, StringConstraints(pattern=rf"^{LOCAL_ID}$", max_length=120)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TermEntry(_Entry):
    """A level or perspective of the review's own vocabulary."""

    id: LocalId = Field(description="How the CSV files write it.")
    name: Term = Field(description="How answers show it.")
    aliases: list[Term] = Field(default=[], description="Other ways to write it.")
    description: str | None = Field(default=None, description="What the review means by it.")


class StepEntry(_Entry):
    """One box of the flow. Steps of one track add up: entrances and exits since the last total."""

    id: LocalId = Field(description="Short id, unique within the stage.")
    kind: StepKind = Field(description="entrance (+), exit (-) or total (=).")
    name: Term = Field(description="What the number counts.")
    n: Count | None = Field(default=None, description="The stated number; leave out if not stated.")
    track: Term = Field(default="main", description="Name of the track it belongs to.")
    takes: str | None = Field(
        default=None,
        description="For an entrance: the total it takes over, as `step` or `stage.step`.",
    )
    counts: Counted | None = Field(default=None, description="What it counts in the graph.")
    reason: str | None = Field(default=None, description="Why records come in or leave.")
    locator: str | None = Field(default=None, description="Where the report says so.")


class StageEntry(_Entry):
    """A stage of the search with its flow."""

    id: LocalId = Field(description="Short id, for example `stage-1`.")
    name: Term = Field(description="Name of the stage.")
    purpose: str | None = Field(default=None, description="What it was looking for.")
    databases: list[Term] = Field(default=[], description="Databases searched.")
    handsearched: list[Term] = Field(default=[], description="Journals searched by hand.")
    searched_on: str | None = Field(default=None, description="Date or period of the search.")
    mechanisms: list[Term] = Field(default=[], description="Scope: mechanisms it looked for.")
    concepts: list[Title] = Field(default=[], description="Scope: concepts it looked for.")
    configurations: list[Term] = Field(
        default=[], description="Scope: configurations it looked for."
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
    steps: list[StepEntry] = Field(default=[], description="The boxes of its flow, in order.")
    _places: dict[tuple[str, int], dict[str, Any]] = PrivateAttr(default_factory=dict)

    def place(self, column: str, number: int) -> dict[str, Any]:
        """Where a value of its scope stands, as the fields of a problem."""
        return self._places.get((column, number), {"file": REVIEW_FILE})

    def stands_at(self, column: str, number: int, place: dict[str, Any]) -> None:
        """Remember where a value of its scope stands."""
        self._places[column, number] = place


class TallyEntry(_Entry):
    """A number that the review states, to be compared with its parts or with the graph."""

    id: LocalId = Field(description="Short id.")
    name: Term = Field(description="What the number counts.")
    n: Count = Field(description="The stated number.")
    parts: dict[Term, Count] = Field(default={}, description="Parts that must add up to n.")
    counts: Counted | None = Field(default=None, description="What it counts in the graph.")
    of: str | None = Field(default=None, description="The concept or stage it is about, by id.")
    locator: str | None = Field(default=None, description="Where the report says so.")
    _place: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def place(self) -> dict[str, Any]:
        """Where `of` stands, as the fields of a problem: file, sheet, row, column."""
        return self._place

    def stands_at(self, place: dict[str, Any]) -> None:
        """Remember where `of` stands."""
        self._place = place


class ReportingEntry(_Entry):
    """What the report says for an item of RAMESES. An item may have several: each has its place."""

    id: LocalId = Field(description="Short id.")
    item: int = Field(ge=1, le=19, description="Number of the item of RAMESES, 1 to 19.")
    statement: str = Field(description="What the report says for it, in own words.", min_length=1)
    locator: str | None = Field(default=None, description="Where the report says so.")
    note: str | None = Field(default=None, description="Anything else about it.")


class ReviewFile(Review):
    """The whole of ``review.yaml``."""

    levels: list[TermEntry] = Field(default=[], description="The review's level vocabulary.")
    perspectives: list[TermEntry] = Field(
        default=[], description="Perspectives; leave out to write them freely in evidence.csv."
    )
    search: list[StageEntry] = Field(default=[], description="Stages of the search, in order.")
    tallies: list[TallyEntry] = Field(default=[], description="Stated numbers to be confirmed.")
    reporting: list[ReportingEntry] = Field(
        default=[], description="What the report says for the items of RAMESES."
    )

    def review(self) -> Review:
        """The review's own record."""
        return Review(**{name: getattr(self, name) for name in Review.model_fields})

    def level_records(self) -> list[Level]:
        """The level vocabulary as records."""
        return [Level(**self._term(entry, at)) for at, entry in enumerate(self.levels)]

    def perspective_records(self) -> list[Perspective]:
        """The perspective vocabulary as records."""
        return [Perspective(**self._term(entry, at)) for at, entry in enumerate(self.perspectives)]

    def _term(self, entry: TermEntry, position: int) -> dict[str, Any]:
        return {**entry.model_dump(), "id": f"{self.id}:{entry.id}", "position": position}

    def stage_records(self, scope: Callable[[StageEntry], dict[str, list[str]]]) -> list[Stage]:
        """The stages of the search as records; ``scope`` has what each covers, by id and word."""
        return [
            Stage(
                **{
                    **entry.model_dump(exclude={"steps"}),
                    **scope(entry),
                    "id": f"{self.id}:{entry.id}",
                    "position": position,
                }
            )
            for position, entry in enumerate(self.search)
        ]

    def local_step(self, stage: str, step: str) -> str:
        """What ``takes`` names, as `stage.step`: a step of its own stage first."""
        own = f"{stage}.{step}"
        known = {f"{entry.id}.{box.id}" for entry in self.search for box in entry.steps}
        return own if own in known or "." not in step else step

    def step_records(self) -> list[Step]:
        """The boxes of the flow as records."""
        return [
            Step(
                **{
                    **step.model_dump(),
                    "id": f"{self.id}:{stage.id}.{step.id}",
                    "stage": f"{self.id}:{stage.id}",
                    "position": position,
                    "takes": step.takes and f"{self.id}:{self.local_step(stage.id, step.takes)}",
                }
            )
            for stage in self.search
            for position, step in enumerate(stage.steps)
        ]

    def tally_records(self) -> list[Tally]:
        """The stated numbers as records."""
        return [
            Tally(
                id=f"{self.id}:{entry.id}",
                name=entry.name,
                position=position,
                n=entry.n,
                part_names=list(entry.parts),
                parts=list(entry.parts.values()),
                counts=entry.counts,
                of=f"{self.id}:{entry.of}" if entry.of else None,
                locator=entry.locator,
            )
            for position, entry in enumerate(self.tallies)
        ]

    def reporting_records(self) -> list[Reporting]:
        """What the report says for the items of RAMESES, as records."""
        return [
            Reporting(**{**entry.model_dump(), "id": f"{self.id}:{entry.id}", "position": position})
            for position, entry in enumerate(self.reporting)
        ]


def read_review_file(text: str, name: str) -> tuple[ReviewFile | None, list[Problem]]:
    """Read ``review.yaml``; every problem has the line it is on."""
    data, line_of, problems = read_plain_yaml(text, name)
    if data is None:
        return None, problems
    try:
        review = ReviewFile.model_validate(data)
    except ValidationError as error:
        return None, explain(error, ReviewFile, file=name, row_of=line_of, whole_path=True)

    def at_line(place: Place) -> dict[str, Any]:
        column = "takes" if place[-1] == "takes" else ".".join(str(part) for part in place)
        return {"file": name, "row": line_of(place), "column": column}

    return review, within(review, at_line)


def within(found: ReviewFile, at: Callable[[Place], dict[str, Any]]) -> list[Problem]:
    """What is wrong between the parts of a review: ids used twice, totals that are none.

    ``at`` gives the place of a value as the fields of a problem: file, sheet, row, column.
    """
    for number, tally in enumerate(found.tallies):
        tally.stands_at(at(("tallies", number, "of")))
    for number, stage in enumerate(found.search):
        for column in SCOPE:
            for on in range(len(getattr(stage, column))):
                stage.stands_at(column, on, at(("search", number, column, on)))
    return [*_repeated(found, at), *_wrong_takes(found, at)]


def _repeated(found: ReviewFile, at: Callable[[Place], dict[str, Any]]) -> list[Problem]:
    problems = []
    groups: list[list[tuple[Place, str]]] = [
        [((part, at), entry.id) for at, entry in enumerate(getattr(found, part))]
        for part in ("levels", "perspectives", "search", "tallies", "reporting")
    ]
    groups.append(
        [
            (("search", at, "steps", on), f"{stage.id}.{step.id}")
            for at, stage in enumerate(found.search)
            for on, step in enumerate(stage.steps)
        ]
    )
    for entries in groups:
        seen: dict[str, Place] = {}
        for place, id_ in entries:
            first = seen.setdefault(id_.casefold(), place)
            if first != place:
                earlier = at((*first, "id"))
                line = "in row" if "sheet" in earlier else "on line"
                problems.append(
                    Problem(
                        **at((*place, "id")),
                        message=f"the id {id_!r} is used twice",
                        hint=f"first {line} {earlier['row']}",
                    )
                )
    return problems


def _wrong_takes(found: ReviewFile, at: Callable[[Place], dict[str, Any]]) -> list[Problem]:
    problems = []
    steps = {f"{stage.id}.{step.id}": step for stage in found.search for step in stage.steps}
    for number, stage in enumerate(found.search):
        for on, step in enumerate(stage.steps):
            if step.takes is None:
                continue
            wanted = found.local_step(stage.id, step.takes)
            where = at(("search", number, "steps", on, "takes"))
            if wanted not in steps or steps[wanted].kind is not StepKind.TOTAL:
                totals = [key for key, value in steps.items() if value.kind is StepKind.TOTAL]
                close = nearest(wanted, totals, limit=1)
                problems.append(
                    Problem(
                        **where,
                        message="takes must name a total",
                        found=step.takes,
                        expected=f"one of {', '.join(totals)}" if totals else None,
                        hint=f"did you mean {close[0]!r}?" if close else None,
                    )
                )
            elif step.kind is not StepKind.ENTRANCE or step.n is not None:
                problems.append(
                    Problem(
                        **where,
                        message="only an entrance without a number of its own takes a total over",
                    )
                )
    return problems
