"""The RAMESES checklist, filled with what the graph can say, and silent where it is.

The 19 items are those of Wong et al., RAMESES publication standards: realist syntheses, BMC Med
2013;11:21, in own words. The graph holds what a report was taken to say; an item that it has no
record for is `not reported`, which is not to say that the report leaves it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exports.report.gathered import GROUP_NAMES, GROUPS, Gathered
from exports.report.shape import NOT_REPORTED, joined
from graph.model import QUALITIES, FindingKind, Status, StepKind, TheoryKind

_MOST_IDS = 12
"""How many records an item names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the graph says for an item, and the records or fields that it rests on."""

    text: str = NOT_REPORTED
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the standard."""

    number: int
    part: str
    asks: str
    fill: Callable[[Gathered], Filled]


def filled(held: Gathered) -> list[tuple[Item, Filled]]:
    """Each item with what the graph says for it."""
    return [(item, item.fill(held)) for item in ITEMS]


def resting(found: Filled) -> str | None:
    """The records behind an item by their ids in the review, or the review's fields."""
    more = len(found.rests_on) - _MOST_IDS
    told = joined(one.partition(":")[2].strip() or one for one in found.rests_on[:_MOST_IDS])
    return f"{told}; and {more} more" if more > 0 else told


def _said(parts: Iterable[str], rests_on: Iterable[str]) -> Filled:
    text = "\n".join(parts)
    return Filled(text, tuple(rests_on)) if text else Filled()


def _silent(_: Gathered) -> Filled:
    return Filled()


def _title(held: Gathered) -> Filled:
    title = held.review.title
    named = "names" if "realist" in title.casefold() else "does not name"
    return _said(
        [f"“{title}”", f"The title {named} a realist approach."], [f"{held.review.id}: title"]
    )


def _objectives(held: Gathered) -> Filled:
    parts, on = [], []
    if held.review.question:
        parts.append(f"Question: {held.review.question}")
        on.append(f"{held.review.id}: question")
    if held.review.objectives:
        parts += [f"{place}. {text}" for place, text in enumerate(held.review.objectives, start=1)]
        on.append(f"{held.review.id}: objectives")
    return _said(parts, on)


def _scoping(held: Gathered) -> Filled:
    names = {stage.id: stage.name for stage in held.flow.stages}
    counted: Counter[str] = Counter()
    on = []
    for mechanism in held.mechanisms:
        for entry in mechanism.history:
            if entry.status is Status.PRELIMINARY and entry.stage in names:
                counted[entry.stage] += 1
                on.append(mechanism.id)
                break
    parts = [
        f"{names[stage]}: {n} preliminary mechanism{'' if n == 1 else 's'}"
        for stage, n in sorted(counted.items())
    ]
    return _said(parts, on)


def _searching(held: Gathered) -> Filled:
    parts, on = [], []
    for stage in held.flow.stages:
        if not (stage.purpose or stage.databases or stage.handsearched or stage.searched_on):
            continue
        told = [
            stage.purpose and f"purpose: {stage.purpose.rstrip('.')}",
            stage.databases and f"databases: {', '.join(stage.databases)}",
            stage.handsearched and f"searched by hand: {', '.join(stage.handsearched)}",
            f"searched: {stage.searched_on or NOT_REPORTED}",
        ]
        parts.append(f"{stage.name}. {'; '.join(text for text in told if text)}")
        on.append(stage.id)
    return _said(parts, on)


def _selection(held: Gathered) -> Filled:
    parts, on = [], []
    for stage in held.flow.stages:
        for step in stage.steps:
            if step.kind is StepKind.EXIT and step.reason:
                n = NOT_REPORTED if step.n is None else str(step.n)
                parts.append(f"{stage.name}: {step.name}, {n} (reason: {step.reason})")
                on.append(step.id)
    for quality in QUALITIES:
        graded = [piece.id for piece in held.evidence if getattr(piece, quality)]
        if graded:
            parts.append(f"{quality} graded: {len(graded)} of {len(held.evidence)} of the evidence")
            on += graded
    if held.agreement.appraised:
        people = ", ".join(one.name for one in held.agreement.appraisers)
        parts.append(f"Appraised by {people}: {held.agreement.appraised} of the evidence")
        on += [one.id for one in held.agreement.appraisers]
    return _said(parts, dict.fromkeys(on))


def _extraction(held: Gathered) -> Filled:
    coded = [piece for piece in held.evidence if piece.coder]
    counted = Counter(piece.coder for piece in coded)
    parts = [f"Coded by {coder}: {n} of the evidence" for coder, n in sorted(counted.items())]
    return _said(parts, [piece.id for piece in coded])


def _diagram(held: Gathered) -> Filled:
    steps = [step for stage in held.flow.stages for step in stage.steps]
    if not steps:
        return Filled()
    stated = sum(step.n is not None for step in steps)
    sums = "add up" if held.flow.adds_up else "do not all add up"
    if not held.flow.equations:
        sums = "cannot be checked against each other"
    text = f"Boxes: {len(steps)}; with a stated number: {stated}"
    return _said([text, f"The stated numbers {sums}."], [step.id for step in steps])


def _documents(held: Gathered) -> Filled:
    parts, on = [], []
    for group, kinds in GROUPS.items():
        found = [source for source in held.included() if source.kind in kinds]
        if found:
            parts.append(f"{GROUP_NAMES[group]}: {len(found)}")
            on += [source.id for source in found]
    for source in held.included():
        if source.studies is not None:
            parts.append(f"studies that {source.id} rests on: {source.studies}")
    return _said(parts, on)


def _findings(held: Gathered) -> Filled:
    parts, on = [], []
    if held.configurations:
        parts.append(f"Configurations: {len(held.configurations)}")
        on += [one.id for one in held.configurations]
    if held.mechanisms:
        states = Counter(one.support.value for one in held.mechanisms)
        told = ", ".join(f"{n} {state}" for state, n in states.items())
        parts.append(f"Mechanisms, by the support computed from the evidence: {told}")
        on += [one.id for one in held.mechanisms]
    theories = [one for one in held.theories if one.kind is TheoryKind.PROGRAMME]
    if theories:
        parts.append(f"Programme theories: {joined(one.name for one in theories)}")
        on += [one.id for one in theories]
    return _said(parts, on)


def _theories(held: Gathered) -> Filled:
    found = [one for one in held.theories if one.kind is TheoryKind.SUBSTANTIVE]
    if not found:
        return Filled()
    names = joined(one.name for one in found)
    return _said(
        [f"Substantive theories that the review is tied to: {names}"], [o.id for o in found]
    )


def _stated(*kinds: FindingKind) -> Callable[[Gathered], Filled]:
    def fill(held: Gathered) -> Filled:
        found = [one for kind in kinds for one in held.findings if one.kind is kind]
        return _said((f"{one.kind.value}: {one.name}" for one in found), [o.id for o in found])

    return fill


ITEMS = (
    Item(1, "Title", "The title says that this is a realist synthesis or review.", _title),
    Item(2, "Abstract", "A summary with background, question, methods, findings.", _silent),
    Item(3, "Introduction", "Why the review is needed, and what it adds.", _silent),
    Item(4, "Introduction", "Objectives, questions and focus of the review.", _objectives),
    Item(5, "Methods", "What was changed after the start, and why.", _silent),
    Item(6, "Methods", "Why a realist synthesis was the right choice.", _silent),
    Item(7, "Methods", "How the literature was scoped at first.", _scoping),
    Item(8, "Methods", "Where and when was searched, for what, how often.", _searching),
    Item(9, "Methods", "How documents were selected and appraised.", _selection),
    Item(10, "Methods", "What was extracted, how, and by whom.", _extraction),
    Item(11, "Methods", "How the material was analysed and synthesised.", _silent),
    Item(12, "Results", "A diagram of documents found, excluded and included.", _diagram),
    Item(13, "Results", "Characteristics of the documents.", _documents),
    Item(14, "Results", "Main findings, as theory building and testing.", _findings),
    Item(15, "Discussion", "A summary of the findings.", _stated(FindingKind.FINDING)),
    Item(
        16,
        "Discussion",
        "Strengths and limitations, and what should be researched.",
        _stated(FindingKind.GAP, FindingKind.FUTURE_RESEARCH),
    ),
    Item(17, "Discussion", "Comparison with existing literature and theory.", _theories),
    Item(
        18,
        "Discussion",
        "Conclusions, implications and recommendations.",
        _stated(FindingKind.IMPLICATION, FindingKind.RECOMMENDATION),
    ),
    Item(19, "Discussion", "Who funded the review, and what part they had.", _silent),
)
