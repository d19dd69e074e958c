"""After reading: each source from all of its records, and the flow from the sources' decisions.

Whatever puts a review together (a load, a merge, a merge taken back) ends here, so sources and
flow cannot disagree, and nothing depends on what was loaded first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from pydantic import ValidationError

from graph.decisions import (
    EXCLUDED,
    INCLUDED,
    NO_REASON,
    spelt_alike,
)
from graph.errors import Problem, Severity
from graph.model import Reference, ReviewBundle, Source, Stage, Step, StepKind
from graph.screening import Screening, screened, unordered
from graph.source_fields import ALL, COLUMNS, OUTCOME, Said, brought, computed

_LEFT = "not excluded"
_OF_THESE = "of those not excluded"
"""The track on which a stage tells apart what it did not exclude."""
_MOST_TOLD = 20
_MOST_SHOWN = 80


def computed_anew(
    bundle: ReviewBundle, before: ReviewBundle | None = None, *, listed: Set[str] | None = None
) -> tuple[ReviewBundle, list[Problem]]:
    """The review with its sources computed of their records and its stages of their decisions.

    Args:
        bundle: the review as files, or merging by hand, make it.
        before: the review as it was held: a source may have lost a record since.
        listed: where a folder states the review, the ids of records that it lists, without the
            review's. What it says of their sources otherwise than they do is its own statement.

    Returns:
        the review, and what is odd about its decisions.
    """
    of: dict[str, list[Reference]] = defaultdict(list)
    for record in bundle.references:
        of[record.source].append(record)
    screening = screened(bundle, of)
    had = _had(before)
    sources: list[Source] = []
    changed = False
    for source in bundle.sources:
        records = of.get(source.id, [])
        now = source
        if not records and source.from_records:
            now = _left_alone(source)
        elif records and (
            len(records) > 1
            or source.from_records != [ALL]
            or source.id in screening.decided
            or had.get(source.id, records[0]) != records[0]
            or (source.included, source.stage) != (None, None)
        ):
            now = _computed(source, records, bundle.review.id, screening, listed)
        changed = changed or now is not source
        sources.append(now)
    stages, steps = _flow(bundle, screening, sources)
    update: dict[str, object] = {"sources": sources} if changed else {}
    if stages != bundle.stages or steps != bundle.steps:
        update |= {"stages": stages, "steps": steps}
    problems = [*screening.differing, *unordered(screening), *_without_record(bundle, before, of)]
    return (bundle.model_copy(update=update) if update else bundle), problems


def _had(before: ReviewBundle | None) -> dict[str, Reference | None]:
    """The record of each source that had one alone; None for those that had none, or several."""
    found: dict[str, Reference | None] = {}
    if before is not None:
        for record in before.references:
            found[record.source] = None if record.source in found else record
        for source in before.sources:
            found.setdefault(source.id, None)
    return found


def _without_record(
    bundle: ReviewBundle, before: ReviewBundle | None, of: Mapping[str, Sequence[Reference]]
) -> list[Problem]:
    """The sources that lost their last record and stay, because something is about them."""
    left = {
        source.id: source
        for source in bundle.sources
        if source.from_records == [ALL] and source.id not in of
    }
    records = [one for one in before.references if one.source in left] if before and left else []
    return [
        Problem(
            severity=Severity.WARNING,
            file=record.file,
            message="the record of a source is not there any more, and something is about the "
            "source, so it stays as it was known",
            found=f"{record.source} ({left[record.source].title[:_MOST_SHOWN]})",
            expected="the record, or nothing that is about its source",
        )
        for record in records
    ]


def _left_alone(source: Source) -> Source:
    """A source whose last record has gone: what records had filled goes with them."""
    if source.from_records == [ALL]:  # something is about it, so it stays as it was known
        return source
    empty: dict[str, object] = {
        name: [] if name in ("authors", "organisations") else None for name in COLUMNS
    }
    gone = {name: empty.get(name) for name in source.from_records if name in {*COLUMNS, *OUTCOME}}
    return source.model_copy(update={**gone, "from_records": []})


def _computed(
    source: Source,
    records: Sequence[Reference],
    review: str,
    screening: Screening,
    listed: Set[str] | None,
) -> Source:
    said = [Said.of(record) for record in records]
    try:
        return _of_records(source, records, said, review, screening, listed)
    except ValidationError:  # a value of a record that merged may be none that a source can have
        said = [one for one in said if _makes_a_source(one)]
        return _of_records(source, records, said, review, screening, listed)


def _makes_a_source(said: Said) -> bool:
    try:
        Source(**{**said.values, "id": said.id})
    except ValidationError:
        return False
    return True


def _of_records(
    source: Source,
    records: Sequence[Reference],
    said: Sequence[Said],
    review: str,
    screening: Screening,
    listed: Set[str] | None,
) -> Source:
    if not any(one.values for one in said):
        return source
    outcome = screening.outcome(source, review)
    if listed is not None:
        own = [one for one in said if one.id.partition(":")[2] in listed]
        if own and source.from_records:
            source = _as_edited(source, computed(source, own, outcome))
    elif not source.from_records and any(brought(one, source.id) for one in records):
        # Of an earlier version, which did not keep what came from records.
        everything = source.model_copy(update={"from_records": [ALL]})
        source = _as_edited(everything, computed(everything, said, outcome))
    return computed(source, said, outcome)


def _as_edited(source: Source, known: Source) -> Source:
    """The source with only that taken for filled which is as the records have it."""
    columns = (*COLUMNS, *OUTCOME)
    named = columns if source.from_records == [ALL] else source.from_records
    edited = [name for name in columns if getattr(source, name) != getattr(known, name)]
    edited = [name for name in edited if name in named and getattr(source, name) not in (None, [])]
    if not edited:
        return source
    filled = [
        name
        for name in columns
        if name in named and name not in edited and getattr(source, name) not in (None, [])
    ]
    return source.model_copy(update={"from_records": sorted(filled)})


# ---- The flow ------------------------------------------------------------------------------------


def _flow(
    bundle: ReviewBundle, screening: Screening, sources: Sequence[Source]
) -> tuple[list[Stage], list[Step]]:
    """The stages and boxes of the review, those that come from decisions counted anew."""
    review = bundle.review.id
    stated = [stage for stage in bundle.stages if not stage.from_decisions]
    counted = {stage.local_id: stage for stage in bundle.stages if stage.from_decisions}
    if not counted and not screening.ranks:
        return bundle.stages, bundle.steps
    theirs = {stage.id for stage in stated}
    after = max((stage.position + 1 for stage in stated), default=0)
    # A stage that nothing is decided at any more stays if something is about it.
    needed = _named(bundle, sources)
    without = [id_ for id_ in sorted(counted) if id_ not in screening.ranks]
    kept = [id_ for id_ in without if f"{review}:{id_}" in needed]
    new = [id_ for id_ in screening.ranks if f"{review}:{id_}" not in theirs]
    stages, steps = [*stated], [step for step in bundle.steps if step.stage in theirs]
    chain = _Chain(review, screening)
    for at, id_ in enumerate([*new, *kept]):
        files = sorted(screening.files.get(id_, ()))
        stage = counted.get(id_) or Stage(
            id=f"{review}:{id_}", name=id_, position=0, from_decisions=True
        )
        note = _counted_from(files, sorted(screening.stated.get(id_, ()))) if files else None
        stages.append(stage.model_copy(update={"position": after + at, "note": note}))
        steps += chain.steps(id_) if files else []
    return _in_order(stages, bundle.stages), _in_order(steps, bundle.steps)


def _counted_from(files: Sequence[str], stated: Sequence[str]) -> str:
    """What the boxes of a stage are counted from, with the sources of which others say more."""
    note = f"Counted from the decisions in {', '.join(files)}."
    if stated:
        more = len(stated) - _MOST_TOLD
        named = ", ".join(stated[:_MOST_TOLD]) + (f" and {more} more" if more > 0 else "")
        note += f" Of {named} the review's own files say otherwise, and that is counted."
    return note


def counted(bundle: ReviewBundle) -> set[tuple[str, str]]:
    """What is counted from decisions, by label and id: it goes and comes with these."""
    stages = {stage.id for stage in bundle.stages if stage.from_decisions}
    steps = {("Step", step.id) for step in bundle.steps if step.stage in stages}
    return steps | {("Stage", id_) for id_ in stages}


def _in_order(found: list, held: list) -> list:  # type: ignore[type-arg]
    """The records in the order in which they are held, so that equal ones compare equal."""
    place = {one.id: at for at, one in enumerate(held)}
    return sorted(found, key=lambda one: place.get(one.id, len(place)))


def _named(bundle: ReviewBundle, sources: Iterable[Source]) -> set[str]:
    named = {source.stage for source in sources} | {entry.stage for entry in bundle.history}
    named |= {finding.searched for finding in bundle.findings}
    named |= {tally.of for tally in bundle.tallies}
    named |= {step.takes.rpartition(".")[0] for step in bundle.steps if step.takes}
    return {id_ for id_ in named if id_}


class _Chain:
    """The boxes of stages, one after another, where their names say which comes first."""

    def __init__(self, review: str, screening: Screening) -> None:
        self.review = review
        self.screening = screening
        self.inside: set[str] = set()
        self.met: set[str] = set()
        self.left: str | None = None
        reasons = (
            decision.reason
            for decided in screening.decided.values()
            for decision in decided.values()
            if decision.outcome == EXCLUDED and decision.reason
        )
        self.spelt = spelt_alike(reasons)

    def steps(self, stage: str) -> list[Step]:
        """The boxes of one stage: what comes in, what is excluded and why, and what is left."""
        here = {
            source: decided[stage]
            for source, decided in self.screening.decided.items()
            if stage in decided
        }
        chained = self.screening.ranks[stage] is not None
        before = set(self.inside) if chained else set()
        fresh = here.keys() - (self.met if chained else set())
        inside = before | fresh
        boxes = _Boxes(self.review, stage)
        if chained and self.left is not None:
            boxes.add("from-before", StepKind.ENTRANCE, "from the stage before", takes=self.left)
            if fresh:
                boxes.add("new", StepKind.ENTRANCE, "screened here first", len(fresh))
        else:
            boxes.add("screened", StepKind.ENTRANCE, "screened", len(fresh))
        outcomes = {source: here[source] for source in inside & here.keys()}
        gone = {source for source, one in outcomes.items() if one.outcome == EXCLUDED}
        reasons = Counter(self.spelt.get(outcomes[source].reason, NO_REASON) for source in gone)
        for at, (why, count) in enumerate(sorted(reasons.items()), start=1):
            name = f"excluded: {why}"[:200]
            boxes.add(f"excluded-{at}", StepKind.EXIT, name, count, reason=why)
        left = inside - gone
        states = Counter(
            outcomes[source].outcome if source in outcomes else "not decided on here"
            for source in left
        )
        if set(states) <= {INCLUDED}:
            total = boxes.add("included", StepKind.TOTAL, INCLUDED, len(left))
        else:
            total = boxes.add("left", StepKind.TOTAL, _LEFT, len(left))
            for name, count in sorted(states.items()):
                boxes.add(name.replace(" ", "-"), StepKind.ENTRANCE, name, count, track=_OF_THESE)
            boxes.add("together", StepKind.TOTAL, "together", len(left), track=_OF_THESE)
        if chained:
            self.inside, self.left = left, total
            self.met |= here.keys()
        return boxes.found


class _Boxes:
    def __init__(self, review: str, stage: str) -> None:
        self.review = review
        self.stage = stage
        self.found: list[Step] = []

    def add(self, local: str, kind: StepKind, name: str, n: int | None = None, **more: str) -> str:
        """One more box; returns its id."""
        step = Step(
            id=f"{self.review}:{self.stage}.{local}",
            stage=f"{self.review}:{self.stage}",
            position=len(self.found),
            kind=kind,
            name=name,
            n=n,
            **more,
        )
        self.found.append(step)
        return step.id
