"""What files decide of their records at stages of screening, and what that makes of a source.

A record is included, excluded or undecided at a stage. Several records may stand for one source,
and a source may go through several stages; the rules that make one outcome of all of that are
here, and none of them looks at the order in which files were loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

INCLUDED, EXCLUDED, UNDECIDED = "included", "excluded", "undecided"
NO_REASON = "no reason stated"

_FULL = re.compile(r"\bfull ?texts?\b|\bft\b|\beligibility\b")
_TITLES = re.compile(r"\btitles?\b|\babstracts?\b|\btiab\b|\bta\b|\btias\b")
_NUMBER = re.compile(r"\b(?:stage|round|level|phase|step|pass|screen|screening) (\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided at a stage (its id within the review), with the reason for an exclusion."""

    stage: str
    outcome: str
    reason: str = ""

    @classmethod
    def kept(cls, text: str) -> Decision:
        """The decision that a record keeps as text."""
        stage, outcome, reason = (*text.split(": ", 2), "", "")[:3]
        return cls(stage, outcome, reason)

    @property
    def text(self) -> str:
        """As a record keeps it: `full-text: excluded: wrong population`."""
        return ": ".join(part for part in (self.stage, self.outcome, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Made:
    """A decision with the record and the file that it comes from."""

    record: str
    file: str
    decision: Decision


def rank_of(stage: str) -> int | None:
    """Which of several stages one is, by what it is called; None if its name does not say.

    Titles and abstracts come before full texts, stage 1 before stage 2.
    """
    words = " ".join(re.findall(r"[^\W_]+", stage.casefold()))
    number = _NUMBER.search(words)
    if number is not None:
        return int(number[1])
    titles, full = _TITLES.search(words), _FULL.search(words)
    if bool(titles) is bool(full):
        return None
    return 1 if titles else 2


def spelt_alike(reasons: Iterable[str]) -> dict[str, str]:
    """For each reason the spelling that most use of those that differ in case and spaces only."""
    counts = Counter(reasons)
    best: dict[str, str] = {}
    for reason in sorted(counts, key=lambda one: (-counts[one], one)):
        best.setdefault(_plain(reason), reason)
    return {reason: best[_plain(reason)] for reason in counts}


def _plain(reason: str) -> str:
    return " ".join(reason.casefold().split())


def closed(replaces: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """All files that each file takes the place of, those of what it replaces with them."""
    found: dict[str, set[str]] = {}
    for file in replaces:
        seen: set[str] = set()
        wave = [file]
        while wave:
            fresh = [other for one in wave for other in replaces.get(one, ()) if other not in seen]
            seen.update(fresh)
            wave = fresh
        found[file] = seen - {file}
    return found


def at_stages(made: Iterable[Made], replaced: Mapping[str, set[str]]) -> dict[str, Decision]:
    """What is decided of one source at each stage that it was met at.

    A file that somebody said replaces another goes before it. Who is undecided says nothing
    against who decided; those who decided differently leave the source undecided.
    """
    return {stage: _together(stage, said) for stage, said in by_outcome(made, replaced).items()}


def by_outcome(
    made: Iterable[Made], replaced: Mapping[str, set[str]]
) -> dict[str, dict[str, list[Made]]]:
    """At each stage the decisions that no other takes the place of, by outcome.

    Undecided is no outcome: a stage at which nothing else is said has none.
    """
    by_stage: dict[str, list[Made]] = {}
    for one in made:
        by_stage.setdefault(one.decision.stage, []).append(one)
    found: dict[str, dict[str, list[Made]]] = {}
    for stage, here in by_stage.items():
        said = found[stage] = {}
        for one in _standing(here, replaced):
            if one.decision.outcome != UNDECIDED:
                said.setdefault(one.decision.outcome, []).append(one)
    return found


def _standing(found: Sequence[Made], replaced: Mapping[str, set[str]]) -> Sequence[Made]:
    gone = {other for one in found for other in replaced.get(one.file, ())}
    return [one for one in found if one.file not in gone] or found


def _together(stage: str, said: Mapping[str, Sequence[Made]]) -> Decision:
    if len(said) != 1:
        return Decision(stage, UNDECIDED)
    (outcome,) = said
    reasons = {one.decision.reason for one in said.get(EXCLUDED, ())} - {""}
    together = sorted(set(spelt_alike(reasons).values()), key=str.casefold)
    return Decision(stage, outcome, "; ".join(together))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source: ``included`` is None while it is undecided."""

    included: bool | None
    stage: str
    because: str = ""


def outcome_of(decided: Mapping[str, Decision], ranks: Mapping[str, int | None]) -> Outcome:
    """What the decisions at all stages make of a source.

    An exclusion at any stage ends it. Otherwise the last stage decides that there is: who was
    included by title and abstract is undecided once others were decided on by their full texts.

    Args:
        decided: the decision at each stage that the source was met at; at least one.
        ranks: the rank of each stage of the review that has decisions, in the stages' order.
    """
    met = [stage for stage in ranks if stage in decided]
    for stage in met:
        if decided[stage].outcome == EXCLUDED:
            return Outcome(False, stage, decided[stage].reason)
    last = max((rank for rank in ranks.values() if rank is not None), default=None)
    for stage in reversed(met):
        if decided[stage].outcome == INCLUDED and ranks[stage] in (None, last):
            return Outcome(True, stage)
    return Outcome(None, met[-1])


def ordered(stages: Mapping[str, str], first: Sequence[str] = ()) -> dict[str, int | None]:
    """The rank of each stage by id, in order: by rank, those whose names say none at the end.

    Args:
        stages: what each stage is called, by id.
        first: stages that the review itself lists, in its order, which goes before names.
    """
    ranks = {id_: rank_of(f"{name} {id_}") for id_, name in stages.items()}
    listed = [id_ for id_ in first if id_ in stages]
    if len(listed) > 1:
        ranks |= {id_: at for at, id_ in enumerate(listed, start=1)}
    order = sorted(ranks, key=lambda id_: (ranks[id_] is None, ranks[id_] or 0, id_))
    return {id_: ranks[id_] for id_ in order}
