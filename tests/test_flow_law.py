"""A flow's sums, what they imply and what would mend them, beside a count by hand.

All flows are generated; nothing in them comes from a real review.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from hypothesis import event, given
from hypothesis import strategies as st
from laws import examples

from graph.load import load_review
from graph.model import Counted, Review, ReviewBundle, Stage, Step, StepKind, Tally
from graph.questions.flow import flow
from graph.store import Store

MOST = 5
_numbers = count()


@st.composite
def flows(draw: st.DrawFn) -> ReviewBundle:
    """A review whose stages have boxes on one or two tracks; a few stated numbers are wrong."""
    review = f"r{next(_numbers)}"
    stages, steps = [], []
    totals: list[tuple[str, int]] = []
    for at in range(draw(st.integers(1, 2))):
        stage = Stage(
            id=f"{review}:s{at}",
            name=f"Search {at}",
            position=at,
            databases=draw(st.lists(st.sampled_from(["Medline", "CINAHL"]), unique=True)),
            levels=draw(st.sampled_from([[], ["team"]])),
            perspectives=draw(st.sampled_from([[], ["staff"]])),
            kinds=draw(st.sampled_from([[], ["paper"]])),
            locator=draw(st.sampled_from([None, "p. 3"])),
        )
        stages.append(stage)
        sums: dict[str, int] = {}
        for position in range(draw(st.integers(3, 7))):
            track = draw(st.sampled_from(["main", "main", "other"]))
            sum_ = sums.get(track)
            id_ = f"{stage.id}.{position}"
            kind, takes = StepKind.ENTRANCE, None
            value = draw(st.integers(0, MOST))
            if sum_ is not None:
                kind = draw(
                    st.sampled_from(
                        [StepKind.TOTAL, StepKind.TOTAL, StepKind.EXIT, StepKind.ENTRANCE]
                    )
                )
            if kind is StepKind.TOTAL:
                value = sum_ or 0
            elif kind is StepKind.EXIT:
                value = draw(st.integers(0, sum_ or 0))
                sums[track] = (sum_ or 0) - value
            else:
                if at and totals and draw(st.booleans()):
                    takes, value = draw(st.sampled_from(totals))
                sums[track] = (sum_ or 0) + value
            if kind is StepKind.TOTAL and not at:
                totals.append((id_, value))
            slip = draw(st.sampled_from([0] * 9 + [1, 2]))
            stated = takes is None and draw(st.integers(0, 6)) > 0
            steps.append(
                Step(
                    id=id_,
                    stage=stage.id,
                    position=position,
                    kind=kind,
                    track=track,
                    name=f"box {position}",
                    n=value + slip if stated else None,
                    takes=takes,
                    locator=draw(st.sampled_from([None, None, "fig. 1"])),
                )
            )
    parts = draw(st.lists(st.integers(0, 9), max_size=3))
    tally = Tally(
        id=f"{review}:t",
        name="participants",
        position=0,
        n=sum(parts) + draw(st.sampled_from([0, 0, 1])),
        part_names=[f"part {at}" for at in range(len(parts))],
        parts=parts,
    )
    counted = Tally(
        id=f"{review}:u",
        name="where it looked",
        position=1,
        n=draw(st.integers(0, 2)),
        counts=Counted.DATABASES,
        of=draw(st.sampled_from([None, stages[0].id])),
    )
    return ReviewBundle(
        review=Review(id=review, title="Illustrative"),
        stages=stages,
        steps=steps,
        tallies=[tally, counted],
    )


@dataclass
class Hand:
    """What a reader with a pencil gets, box after box."""

    sums: list[tuple[str, int, int, bool, str | None]] = field(default_factory=list)
    implied: dict[str, int] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    below_zero: bool = False


def by_hand(bundle: ReviewBundle, instead: dict[str, int] | None = None) -> Hand:
    hand = Hand()
    number = {step.id: step.n for step in bundle.steps}
    number.update(instead or {})
    for stage in bundle.stages:
        of_stage = [step for step in bundle.steps if step.stage == stage.id]
        for track in {step.track for step in of_stage}:
            box: list[Step] = []
            for step in (step for step in of_stage if step.track == track):
                if step.kind is not StepKind.TOTAL:
                    box.append(step)
                    continue
                _struck(hand, number, stage, box, step)
                box = [step]
    return hand


def _struck(
    hand: Hand, number: dict[str, int | None], stage: Stage, box: list[Step], total: Step
) -> None:
    def known(step: Step) -> int | None:
        stated = number[step.takes or step.id]
        return hand.implied.get(step.takes or step.id) if stated is None else stated

    if not box:
        return
    sign = {step.id: -1 if step.kind is StepKind.EXIT else 1 for step in box}
    values = {step.id: known(step) for step in box}
    sum_ = sum(sign[id_] * value for id_, value in values.items() if value is not None)
    missing = [step for step in box if values[step.id] is None]
    right, place = number[total.id], total.locator or stage.locator
    name = total.id.partition(":")[2]
    if right is None:
        if not missing:
            hand.implied[total.id] = sum_
    elif not missing:
        hand.sums.append((name, sum_, right, sum_ == right, place))
        hand.checked |= {total.id, *values, *(step.takes for step in box if step.takes)}
    elif len(missing) == 1 and missing[0].takes is None:
        (step,) = missing
        rest = (right - sum_) * sign[step.id]
        if rest < 0:
            hand.sums.append((name, sum_, right, False, place))
            hand.below_zero = True
        else:
            hand.implied[step.id] = rest


@examples(400, shared=True)
@given(bundle=flows())
def test_sums_what_they_imply_and_what_mends_them_are_those_of_a_count_by_hand(
    shelf: Store, bundle: ReviewBundle
) -> None:
    load_review(shelf, bundle)
    told = flow(shelf, bundle.review.id)
    hand = by_hand(bundle)
    tally, counted = bundle.tallies
    tallied = [sum_ for sum_ in told.equations if sum_.name[:3] in ("t: ", "u: ")]
    sums = [sum_ for sum_ in told.equations if sum_ not in tallied]
    assert sorted(
        (sum_.name.partition(":")[0], sum_.left, sum_.right, sum_.holds, sum_.locator)
        for sum_ in sums
    ) == sorted(hand.sums)
    assert {one.step: one.n for one in told.implied} == hand.implied
    boxes = {step.id: step for stage in told.stages for step in stage.steps}
    for step in bundle.steps:
        shown = boxes[step.id]
        assert shown.n == step.n
        if step.takes is None:
            assert shown.computed == hand.implied.get(step.id)
    looked = {
        name
        for stage in bundle.stages
        if counted.of in (None, stage.id)
        for name in stage.databases
    }
    assert [(sum_.left, sum_.right, sum_.holds) for sum_ in tallied] == [
        *[(sum(tally.parts), tally.n, sum(tally.parts) == tally.n)] * bool(tally.parts),
        (counted.n, len(looked), counted.n == len(looked)),
    ]
    assert [(one.held, one.agrees) for one in told.tallies] == [
        (None, None),
        (len(looked), counted.n == len(looked)),
    ]
    assert [(one.levels, one.perspectives, one.kinds, one.databases) for one in told.stages] == [
        (one.levels, one.perspectives, one.kinds, one.databases) for one in bundle.stages
    ]
    assert told.adds_up is all(sum_.holds for sum_ in told.equations)
    open_ = [step for step in bundle.steps if step.n is not None and step.id not in hand.checked]
    assert told.unchecked == [
        *(f"{step.id.partition(':')[2]}: {step.name} ({step.n})" for step in open_),
        *[f"t: {tally.name} ({tally.n})"] * (not tally.parts),
    ]
    if all(holds for *_, holds, _ in hand.sums):
        assert not any(sum_.mended_by for sum_ in sums)
        return
    mends = {
        f"{step.id.partition(':')[2]}: {n} instead of {step.n}"
        for step in bundle.steps
        if step.n is not None
        for n in range(20 * MOST)
        if all(holds for *_, holds, _ in by_hand(bundle, {step.id: n}).sums)
    }
    event(f"boxes that mend it: {min(len(mends), 3)}")
    for sum_ in sums:
        if sum_.holds:
            assert not sum_.mended_by
        elif hand.below_zero:  # a sum below nothing is mended by many numbers; the nearest is named
            assert set(sum_.mended_by) <= mends
        else:
            assert set(sum_.mended_by) == mends
            assert len(sum_.mended_by) == len(mends)
