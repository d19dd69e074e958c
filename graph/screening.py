"""What a review's files decide of its sources, with what its own files say of the same.

Beside what is decided of each source at each stage: where files contradict each other, or the
review's own, and stages of which it is not known which comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.decisions import (
    EXCLUDED,
    INCLUDED,
    Decision,
    Made,
    Outcome,
    at_stages,
    by_outcome,
    closed,
    ordered,
    outcome_of,
)
from graph.errors import Problem, Severity
from graph.model import Reference, ReviewBundle, Source
from graph.source_fields import ALL

_MOST_TOLD = 20
_MOST_SHOWN = 80


@dataclass(slots=True)
class Screening:
    """What is decided in a review: of each source at each stage, and which stages there are."""

    decided: dict[str, dict[str, Decision]] = field(default_factory=dict)
    ranks: dict[str, int | None] = field(default_factory=dict)
    files: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    differing: list[Problem] = field(default_factory=list)
    stated: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Sources of which the review's own files say otherwise than the decisions at a stage."""

    def outcome(self, source: Source, review: str) -> Outcome | None:
        """What became of a source, with the full id of the stage; None if nothing was decided."""
        decided = self.decided.get(source.id)
        if not decided:
            return None
        found = outcome_of(decided, self.ranks)
        return Outcome(found.included, f"{review}:{found.stage}", found.because)


def screened(bundle: ReviewBundle, of: Mapping[str, list[Reference]]) -> Screening:
    """What is decided of the sources of a review.

    Args:
        bundle: the review.
        of: the records that stand for each source.
    """
    found = Screening()
    replaces: dict[str, set[str]] = defaultdict(set)
    deciding: dict[str, list[Made]] = {}
    for source, records in of.items():
        here = [
            Made(record.id, record.file, Decision.kept(text))
            for record in records
            for text in record.decisions
        ]
        if here:
            deciding[source] = here
        for record in records:
            if record.replaces:
                replaces[record.file].update(record.replaces)
    if not deciding:
        return found
    replaced = closed(replaces)
    own = {source.id: source for source in bundle.sources}
    names = {stage.local_id: stage.name for stage in bundle.stages}
    for source, here in deciding.items():
        decided = at_stages(here, replaced)
        found.decided[source] = decided
        for one in here:
            found.files[one.decision.stage].add(one.file)
        title = own[source].title[:_MOST_SHOWN] if source in own else ""
        found.differing += _differing(here, replaced, names, f"{source} ({title})")
    stages = {id_: names.get(id_, id_) for id_ in found.files}
    stated = [stage for stage in bundle.stages if not stage.from_decisions]
    first = [stage.local_id for stage in sorted(stated, key=lambda one: (one.position, one.id))]
    found.ranks = ordered(stages, first)
    for source, decided in found.decided.items():
        if source in own:
            was = dict(decided)
            _as_stated(own[source], decided, found.ranks)
            for stage, decision in decided.items():
                if decision != was[stage]:
                    found.stated[stage].append(source)
                if {decision.outcome, was[stage].outcome} == {INCLUDED, EXCLUDED}:
                    found.differing.append(_stated_otherwise(own[source], stage, deciding[source]))
    return found


def _stated_otherwise(source: Source, stage: str, made: Sequence[Made]) -> Problem:
    here = next(one for one in made if one.decision.stage == stage)
    says = INCLUDED if source.included else EXCLUDED
    return Problem(
        severity=Severity.WARNING,
        file=here.file,
        message=f"at {stage} this file decides otherwise than the review's own files, which say "
        f"{says}; what they say is counted",
        found=f"{source.id} ({source.title[:_MOST_SHOWN]}), {here.decision.outcome} by its record "
        f"{here.record}",
        expected=f"{says}, or an empty cell in the column included of {source.local_id}",
    )


def _as_stated(
    source: Source, decided: dict[str, Decision], ranks: Mapping[str, int | None]
) -> None:
    """Let what the review's own files say of a source go before what its records decide."""
    if source.included is None or ALL in source.from_records or "included" in source.from_records:
        return
    met = [stage for stage in ranks if stage in decided]
    at = (source.stage or "").partition(":")[2]
    if source.included:
        for stage in met:
            if decided[stage].outcome == EXCLUDED:
                decided[stage] = Decision(stage, INCLUDED)
    last = at if at in decided else met[-1]
    outcome = INCLUDED if source.included else EXCLUDED
    if decided[last].outcome != outcome:
        decided[last] = Decision(last, outcome, source.excluded_because or "")


def _differing(
    here: Sequence[Made], replaced: Mapping[str, set[str]], names: Mapping[str, str], source: str
) -> list[Problem]:
    return [
        Problem(
            severity=Severity.WARNING,
            file=said[EXCLUDED][0].file,
            message=f"at {names.get(stage, stage)!r} a record is excluded that "
            f"{said[INCLUDED][0].file} includes; until one goes before the other it is undecided",
            found=f"{source}, by its record {said[EXCLUDED][0].record}",
            hint="load the file that is right with --replaces and the other's name",
        )
        for stage, said in by_outcome(here, replaced).items()
        if len(said) > 1
    ]


def unordered(screening: Screening) -> list[Problem]:
    """Stages of which it is not known which comes first, if there are several."""
    unknown = sorted(stage for stage, rank in screening.ranks.items() if rank is None)
    if not unknown or len(screening.ranks) < 2:
        return []
    return [
        Problem(
            severity=Severity.WARNING,
            message="it is not known which stage of screening comes first, so each is counted by "
            "itself",
            found=", ".join(unknown[:_MOST_TOLD]),
            expected="stages whose names say it: title and abstract, full text, stage 1, stage 2",
            hint="load each file again with --stage",
        )
    ]
