"""``review.yaml``: the review itself, its vocabulary, its search flow and its stated numbers."""

from __future__ import annotations

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
    Review,
    Stage,
    Step,
    StepKind,
    Tally,
    Term,
)
from graph.names import nearest
from loaders.explain import explain
from loaders.plain_yaml import line_of, plain, read_yaml

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
    locator: str | None = Field(default=None, description="Where the report says so.")
    note: str | None = Field(default=None, description="Anything else about the stage.")
    steps: list[StepEntry] = Field(default=[], description="The boxes of its flow, in order.")


class TallyEntry(_Entry):
    """A number that the review states, to be compared with its parts or with the graph."""

    id: LocalId = Field(description="Short id.")
    name: Term = Field(description="What the number counts.")
    n: Count = Field(description="The stated number.")
    parts: dict[Term, Count] = Field(default={}, description="Parts that must add up to n.")
    counts: Counted | None = Field(default=None, description="What it counts in the graph.")
    of: str | None = Field(default=None, description="The concept or stage it is about, by id.")
    locator: str | None = Field(default=None, description="Where the report says so.")
    _line_of: int | None = PrivateAttr(default=None)

    @property
    def line_of(self) -> int | None:
        """The line that `of` is on."""
        return self._line_of


class ReviewFile(Review):
    """The whole of ``review.yaml``."""

    levels: list[TermEntry] = Field(default=[], description="The review's level vocabulary.")
    perspectives: list[TermEntry] = Field(
        default=[], description="Perspectives; leave out to write them freely in evidence.csv."
    )
    search: list[StageEntry] = Field(default=[], description="Stages of the search, in order.")
    tallies: list[TallyEntry] = Field(default=[], description="Stated numbers to be confirmed.")

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

    def stage_records(self) -> list[Stage]:
        """The stages of the search as records."""
        return [
            Stage(
                **{
                    **entry.model_dump(exclude={"steps"}),
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


def read_review_file(text: str, name: str) -> tuple[ReviewFile | None, list[Problem]]:
    """Read ``review.yaml``; every problem has the line it is on."""
    data, problems = read_yaml(text, name)
    if problems:
        return None, problems
    try:
        review = ReviewFile.model_validate(plain(data))
    except ValidationError as error:
        return None, explain(
            error, ReviewFile, file=name, row_of=lambda place: line_of(data, place), whole_path=True
        )
    for at, tally in enumerate(review.tallies):
        tally._line_of = line_of(data, ("tallies", at, "of"))
    return review, [*_repeated(review, data, name), *_wrong_takes(review, data, name)]


def _repeated(found: ReviewFile, data: Any, name: str) -> list[Problem]:
    problems = []
    groups: list[list[tuple[tuple[int | str, ...], str]]] = [
        [((part, at), entry.id) for at, entry in enumerate(getattr(found, part))]
        for part in ("levels", "perspectives", "search", "tallies")
    ]
    groups.append(
        [
            (("search", at, "steps", on), f"{stage.id}.{step.id}")
            for at, stage in enumerate(found.search)
            for on, step in enumerate(stage.steps)
        ]
    )
    for entries in groups:
        seen: dict[str, tuple[int | str, ...]] = {}
        for place, id_ in entries:
            first = seen.setdefault(id_.casefold(), place)
            if first != place:
                problems.append(
                    Problem(
                        file=name,
                        row=line_of(data, (*place, "id")),
                        column=".".join(str(part) for part in (*place, "id")),
                        message=f"the id {id_!r} is used twice",
                        hint=f"first on line {line_of(data, (*first, 'id'))}",
                    )
                )
    return problems


def _wrong_takes(found: ReviewFile, data: Any, name: str) -> list[Problem]:
    problems = []
    steps = {f"{stage.id}.{step.id}": step for stage in found.search for step in stage.steps}
    for at, stage in enumerate(found.search):
        for on, step in enumerate(stage.steps):
            if step.takes is None:
                continue
            wanted = found.local_step(stage.id, step.takes)
            where = line_of(data, ("search", at, "steps", on, "takes"))
            if wanted not in steps or steps[wanted].kind is not StepKind.TOTAL:
                totals = [key for key, value in steps.items() if value.kind is StepKind.TOTAL]
                close = nearest(wanted, totals, limit=1)
                problems.append(
                    Problem(
                        file=name,
                        row=where,
                        column="takes",
                        message="takes must name a total",
                        found=step.takes,
                        expected=f"one of {', '.join(totals)}" if totals else None,
                        hint=f"did you mean {close[0]!r}?" if close else None,
                    )
                )
            elif step.kind is not StepKind.ENTRANCE or step.n is not None:
                problems.append(
                    Problem(
                        file=name,
                        row=where,
                        column="takes",
                        message="only an entrance without a number of its own takes a total over",
                    )
                )
    return problems
