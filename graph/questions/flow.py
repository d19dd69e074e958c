"""The search flow: who looked where, and do its numbers add up."""

from __future__ import annotations

from typing import Any

from graph.answers import (
    Equation,
    FlowReport,
    Implied,
    SearchView,
    StageView,
    StepView,
    TallyView,
    Target,
)
from graph.catalogue import named
from graph.model import Counted, StepKind
from graph.questions.names import resolve
from graph.store import Store

_STATUSES = {
    Counted.MECHANISMS_SUPPORTED: "supported",
    Counted.MECHANISMS_INCORPORATED: "incorporated",
    Counted.MECHANISMS_NO_EVIDENCE: "no evidence",
    Counted.MECHANISMS_NEW: "new",
}
_SIMPLE = {
    Counted.SOURCES_WITH_EVIDENCE: "count_sources_with_evidence",
    Counted.MECHANISMS_PRELIMINARY: "count_preliminary",
    Counted.CONFIGURATIONS: "count_configurations",
    Counted.CONTEXTS: "count_contexts",
    Counted.SOURCE_CONTEXT_LINKS: "count_context_links",
}
_OF_SOURCES = {
    Counted.SOURCES_INCLUDED: "included",
    Counted.SOURCES_WITH_DOI: "with_doi",
    Counted.STUDIES_OF_SYNTHESES: "studies",
}


def flow(store: Store, review: str) -> FlowReport:
    """A review's search flow with every equation that its stated numbers must satisfy.

    What no source states and what follows from the rest is computed and marked as such; a stated
    number that nothing can check is listed as unchecked.

    Raises:
        NotFound: there is no such review.
    """
    id_ = resolve(store, "review", review)
    title = store.read(named("review_records"), ids=[id_])[0]["title"]
    stages = _stages(store, id_)
    tallies = _tallies(store, id_, stages)
    equations, implied, reached = _solve(stages)
    if not all(equation.holds for equation in equations):
        mends = _mends(stages)
        for equation in equations:
            if not equation.holds:
                equation.mended_by = mends
    for stage in stages:
        for step in stage.steps:
            if step.n is None or step.counts is None:
                continue
            held = _held(store, id_, stages, {"counts": step.counts, "of": stage.id})
            equations.append(_held_equation(step.id, step.name, step.n, step.counts, held))
            reached.add(step.id)
    for tally in tallies:
        if tally.parts:
            text = f"{' + '.join(str(part) for part in tally.parts.values())} = {tally.n}"
            total = sum(tally.parts.values())
            equations.append(
                Equation(
                    name=f"{_local(tally.id)}: {tally.name}",
                    text=text,
                    left=total,
                    right=tally.n,
                    holds=total == tally.n,
                    locator=tally.locator,
                )
            )
        if tally.counts is not None and tally.held is not None:
            equations.append(
                _held_equation(tally.id, tally.name, tally.n, tally.counts, tally.held)
            )
    unchecked = [
        f"{_local(step.id)}: {step.name} ({step.n})"
        for stage in stages
        for step in stage.steps
        if step.n is not None and not step.counted and step.id not in reached
    ]
    unchecked += [
        f"{_local(tally.id)}: {tally.name} ({tally.n})"
        for tally in tallies
        if tally.held is None and not tally.parts
    ]
    return FlowReport(
        review=id_,
        title=title,
        adds_up=all(equation.holds for equation in equations),
        stages=stages,
        equations=equations,
        implied=implied,
        tallies=tallies,
        unchecked=unchecked,
    )


def searches(store: Store, review: str) -> dict[str, SearchView]:
    """The searches of a review by stage id: where it looked, and the totals it states."""
    return {
        stage.id: SearchView(
            stage=stage.id,
            name=stage.name,
            purpose=stage.purpose,
            databases=stage.databases,
            handsearched=stage.handsearched,
            searched_on=stage.searched_on,
            totals=_headline(stage),
            locator=stage.locator,
        )
        for stage in _stages(store, review)
    }


def _headline(stage: StageView) -> dict[str, int]:
    first = next(
        (step for step in stage.steps if step.kind is StepKind.ENTRANCE and step.n is not None),
        None,
    )
    shown = {first.name: first.n} if first is not None and first.n is not None else {}
    for step in stage.steps:
        if step.kind is StepKind.TOTAL and step.n is not None:
            shown[step.name] = step.n
    return shown


def _stages(store: Store, review: str) -> list[StageView]:
    steps: dict[str, list[StepView]] = {}
    stages = store.read(named("review_stages"), ids=[review])
    counted = {row["id"] for row in stages if row["from_decisions"]}
    for row in store.read(named("flow_steps"), review=review):
        steps.setdefault(row["stage"], []).append(
            StepView(
                id=row["id"],
                kind=row["kind"],
                name=row["name"],
                track=row["track"],
                n=row["n"],
                counted=row["stage"] in counted,
                takes=row["takes"],
                counts=row["counts"],
                reason=row["reason"],
                locator=row["locator"],
            )
        )
    scopes: dict[str, list[Target]] = {}
    for row in store.read(named("gap_targets_of_stages"), review=review):
        kind = row["link"].removeprefix("COVERS_").lower()
        scopes.setdefault(row["id"], []).append(
            Target(id=row["about"], kind=kind, name=row["name"])
        )
    return [
        StageView(
            id=row["id"],
            name=row["name"],
            purpose=row["purpose"],
            databases=row["databases"],
            handsearched=row["handsearched"],
            searched_on=row["searched_on"],
            looked_for=scopes.get(row["id"], []),
            levels=row["levels"] or [],
            perspectives=row["perspectives"] or [],
            kinds=row["kinds"] or [],
            locator=row["locator"],
            note=row["note"],
            steps=steps.get(row["id"], []),
        )
        for row in stages
    ]


def _solve(stages: list[StageView]) -> tuple[list[Equation], list[Implied], set[str]]:
    """Equations between totals, what they imply, and the steps that they reach."""
    equations: list[Equation] = []
    implied: list[Implied] = []
    reached: set[str] = set()
    steps = {step.id: step for stage in stages for step in stage.steps}
    for step in steps.values():
        step.computed = None
    for stage in stages:
        tracks: dict[str, list[StepView]] = {}
        for step in stage.steps:
            if step.takes is not None:
                step.computed = _value(steps[step.takes])
            terms = tracks.setdefault(step.track, [])
            if step.kind is StepKind.TOTAL:
                if terms:
                    _strike(stage, terms, step, equations, implied, reached)
                tracks[step.track] = [step]
            else:
                terms.append(step)
    return equations, implied, reached


def _mends(stages: list[StageView]) -> list[str]:
    """Every box of which one other number makes all totals of the flow hold again."""
    before = _left_over(stages)
    found = []
    for step in (step for stage in stages for step in stage.steps):
        if step.n is None:
            continue
        stated = step.n
        step.n = stated + 1
        by_one = _left_over(stages)  # a total that several take over counts several times
        changes = {name: by_one.get(name, 0) - left for name, left in before.items()}
        wanted = {
            stated - left // changes[name]
            for name, left in before.items()
            if left and changes[name] and left % changes[name] == 0
        }
        for step.n in sorted(wanted):
            if step.n >= 0 and not any(_left_over(stages).values()):
                found.append(f"{_local(step.id)}: {step.n} instead of {stated}")
        step.n = stated
    _solve(stages)  # leaves the computed numbers as the stated ones imply them
    return found


def _left_over(stages: list[StageView]) -> dict[str, int]:
    """By how much each sum is off."""
    return {sum_.name: sum_.left - sum_.right for sum_ in _solve(stages)[0]}


def _strike(
    stage: StageView,
    terms: list[StepView],
    total: StepView,
    equations: list[Equation],
    implied: list[Implied],
    reached: set[str],
) -> None:
    unknown = [term for term in terms if _value(term) is None]
    known = sum(map(_signed, terms))
    if not unknown and total.n is not None:
        equations.append(_equation(stage, total, f"{_sum(terms)} = {total.n}", known, total.n))
        reached.update(term.takes or term.id for term in [*terms, total])
    elif not unknown:
        total.computed = known
        implied.append(
            Implied(step=total.id, name=total.name, n=known, text=f"{_sum(terms)} = [{known}]")
        )
    elif len(unknown) == 1 and total.n is not None and unknown[0].takes is None:
        term = unknown[0]
        n = known - total.n if term.kind is StepKind.EXIT else total.n - known
        if n < 0:
            text = f"{_sum(terms)} = {total.n}, so {term.name} would be {n}"
            equations.append(_equation(stage, total, text, known, total.n))
            return
        term.computed = n
        implied.append(
            Implied(step=term.id, name=term.name, n=n, text=f"{_sum(terms)} = {total.n}")
        )


def _equation(stage: StageView, total: StepView, text: str, left: int, right: int) -> Equation:
    return Equation(
        name=f"{_local(total.id)}: {total.name}",
        text=text,
        left=left,
        right=right,
        holds=left == right,
        locator=total.locator or stage.locator,
    )


def _value(step: StepView) -> int | None:
    return step.n if step.n is not None else step.computed


def _signed(step: StepView) -> int:
    value = _value(step) or 0
    return -value if step.kind is StepKind.EXIT else value


def _sum(terms: list[StepView]) -> str:
    text = ""
    for term in terms:
        value = _value(term)
        stated = term.n is not None or term.takes is not None
        shown = "?" if value is None else str(value) if stated else f"[{value}]"
        sign = " - " if term.kind is StepKind.EXIT else " + "
        text += shown if not text and term.kind is not StepKind.EXIT else f"{sign}{shown}"
    return text.strip()


def _tallies(store: Store, review: str, stages: list[StageView]) -> list[TallyView]:
    found = []
    for row in store.read(named("flow_tallies"), review=review):
        held = None if row["counts"] is None else _held(store, review, stages, row)
        found.append(
            TallyView(
                id=row["id"],
                name=row["name"],
                n=row["n"],
                counts=row["counts"],
                held=held,
                agrees=None if held is None else held == row["n"],
                parts=dict(zip(row["part_names"], row["parts"], strict=True)),
                locator=row["locator"],
            )
        )
    return found


def _held(store: Store, review: str, stages: list[StageView], row: dict[str, Any]) -> int:
    counts = Counted(row["counts"])
    held: int
    if counts is Counted.OBJECTIVES:
        held = len(store.read(named("review_records"), ids=[review])[0]["objectives"])
    elif counts in (Counted.DATABASES, Counted.HANDSEARCHED):
        wanted = [stage for stage in stages if row["of"] in (None, stage.id)]
        lists = [
            stage.databases if counts is Counted.DATABASES else stage.handsearched
            for stage in wanted
        ]
        held = len({name for names in lists for name in names})
    elif counts in _STATUSES:
        rows = store.read(named("count_statuses"), review=review)
        held = sum(row["n"] for row in rows if row["status"] == _STATUSES[counts])
    elif counts in _OF_SOURCES:
        held = store.read(named("count_sources"), review=review)[0][_OF_SOURCES[counts]]
    elif counts is Counted.SOURCES_OF_CONCEPT:
        held = store.read(named("count_sources_of_concept"), of=row["of"])[0]["n"]
    else:
        held = store.read(named(_SIMPLE[counts]), review=review)[0]["n"]
    return held


def _held_equation(id_: str, name: str, stated: int, counts: str, held: int) -> Equation:
    return Equation(
        name=f"{_local(id_)}: {name} = {counts} in the graph",
        text=f"{stated} = {held}",
        left=stated,
        right=held,
        holds=stated == held,
    )


def _local(id_: str) -> str:
    return id_.partition(":")[2]
