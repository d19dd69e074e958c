"""The RAMESES checklist: what the records make of each item, and what the review states for it.

An item that the graph has nothing for is `not reported`, which is not to say that the report
leaves it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exports.report.gathered import GROUP_NAMES, GROUPS, Gathered
from exports.report.shape import NOT_REPORTED, Section, joined, table
from graph.answers import ReportingView
from graph.answers.base import by_name
from graph.answers.labels import label
from graph.model import QUALITIES, FindingKind, Status, StepKind, TheoryKind
from graph.rameses import ITEMS, Item

_MOST_IDS = 4
"""How many records an item names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the graph has for an item, and the records or fields that it rests on."""

    computed: str | None = None
    stated: str | None = None
    rests_on: tuple[str, ...] = ()


def checklist(held: Gathered) -> Section:
    """The section of a report with each item."""
    made = table(
        "RAMESES",
        "RAMESES publication standard for realist syntheses",
        [
            "Item",
            "Part",
            "What it asks for",
            "Computed from the records",
            "Stated by the review",
            "Rests on",
        ],
        (
            (
                [
                    item.number,
                    item.part,
                    item.asks,
                    found.computed,
                    found.stated,
                    _resting(found),
                ],
                list(found.rests_on),
            )
            for item, found in _filled_items(held)
        ),
        keep=("Computed from the records", "Rests on"),
        quiet=("Stated by the review",),
        notes=(
            "Items after Wong et al., BMC Med 2013;11:21, in own words. “Not reported” speaks of "
            "the graph: the review’s own report may say more.",
            "Stated by the review: what was extracted from its report, in the extractor’s words, "
            "and where the report says so."
            if held.review.reporting
            else "No statement of the review’s report about single items is in the graph.",
        ),
    )
    return Section(id="rameses", title="RAMESES checklist", tables=made)


def _filled_items(held: Gathered) -> list[tuple[Item, Filled]]:
    """Each item with what the records make of it, and what the review states for it."""
    return [(item, _filled(held, item)) for item in ITEMS]


def _filled(held: Gathered, item: Item) -> Filled:
    computed = _COMPUTED[item.number](held) if item.number in _COMPUTED else Filled()
    said = [one for one in held.review.reporting if one.item == item.number]
    if not said:
        return computed if computed.computed else Filled(computed=NOT_REPORTED)
    stated = joined(map(_with_place, said), "\n")
    return Filled(computed.computed, stated, (*computed.rests_on, *(one.id for one in said)))


def _with_place(said: ReportingView) -> str:
    note = f" Note: {said.note}" if said.note else ""
    return f"{said.statement} ({said.locator or 'locator not stated'}){note}"


def _resting(found: Filled) -> str | None:
    """The records behind an item by their ids in the review, or the review's fields."""
    more = len(found.rests_on) - _MOST_IDS
    told = joined(one.partition(":")[2].strip() or one for one in found.rests_on[:_MOST_IDS])
    return f"{told}; and {more} more" if more > 0 else told


def _said(parts: Iterable[str], rests_on: Iterable[str]) -> Filled:
    text = "\n".join(parts)
    return Filled(text, rests_on=tuple(rests_on)) if text else Filled()


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
        scope = (stage.looked_for, stage.levels, stage.perspectives, stage.kinds)
        where = (stage.purpose, stage.databases, stage.handsearched, stage.searched_on)
        if not any((*scope, *where)):
            continue
        told = [
            stage.purpose and f"purpose: {stage.purpose.rstrip('.')}",
            stage.databases and f"databases: {', '.join(stage.databases)}",
            stage.handsearched and f"{label('handsearched')}: {', '.join(stage.handsearched)}",
            f"{label('searched_on')}: {stage.searched_on or NOT_REPORTED}",
            stage.looked_for
            and f"{label('looked_for')}: {', '.join(one.name for one in stage.looked_for)}",
            stage.levels and f"levels: {', '.join(by_name(stage.levels, held.review.levels))}",
            stage.perspectives
            and f"perspectives: {', '.join(by_name(stage.perspectives, held.review.perspectives))}",
            stage.kinds and f"{label('kinds')}: {', '.join(stage.kinds)}",
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
    given = Counter(step.given.partition(" ")[0] for step in steps)
    text = f"Boxes: {len(steps)}; with a stated number: {given['stated']}"
    if given["counted"]:
        text += f"; counted from decisions of screening: {given['counted']}"
    return _said([text, held.flow.verdict], [step.id for step in steps])


def _documents(held: Gathered) -> Filled:
    parts, on = [], []
    shown = [source for source in held.included() if source.included is not False]
    for group, kinds in GROUPS.items():
        found = [source for source in shown if source.kind in kinds]
        works = len({source.work or source.id for source in found})
        if found:
            parts.append(f"{GROUP_NAMES[group]}: {works}")
            on += [source.id for source in found]
    for source in shown:
        if source.studies is not None:
            parts.append(f"studies behind “{source.title}”: {source.studies}")
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


_COMPUTED: dict[int, Callable[[Gathered], Filled]] = {
    1: _title,
    4: _objectives,
    7: _scoping,
    8: _searching,
    9: _selection,
    10: _extraction,
    12: _diagram,
    13: _documents,
    14: _findings,
    15: _stated(FindingKind.FINDING),
    16: _stated(FindingKind.GAP, FindingKind.FUTURE_RESEARCH),
    17: _theories,
    18: _stated(FindingKind.IMPLICATION, FindingKind.RECOMMENDATION),
}
"""By the number of the item; for the others only the review's own words will do."""
