"""How much rests on what, checked against the records one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from bundles import bundles
from conftest import EXAMPLES, Ran
from everything import all_pages
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from serving import illustrative
from works_by_hand import Counted, Piece

from graph.answers import Page, PairAgreement, SensitivityRow, Verdict
from graph.load import load_review
from graph.model import (
    Appraisal,
    Evidence,
    Grade,
    Mechanism,
    Review,
    ReviewBundle,
    Source,
    SourceKind,
    Stance,
)
from graph.questions.agreement import agreement
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

GENERATED = examples(40)
RANK = {None: 0, Grade.LOW: 1, Grade.MODERATE: 2, Grade.HIGH: 3}


def test_without_its_only_synthesis_a_mechanism_loses_its_support(loaded: Store) -> None:
    wanted = SensitivityFilter(review="harris2021", without_source="first-look-summary")
    rows = {row.id: row for row in sensitivity(loaded, wanted).items}
    power = rows["harris2021:working-with-power"]
    assert power.verdict is Verdict.LOSES
    assert (power.before.backing, power.after.backing) == ({"synthesis": 1}, {})
    assert [source.id for source in power.lost] == ["harris2021:first-look-summary"]
    assert rows["harris2021:fostering-resilience"].verdict is Verdict.NONE
    untouched = sensitivity(loaded, SensitivityFilter(review="harris2021"))
    by_id = {row.id: row for row in untouched.items}
    assert by_id["harris2021:working-with-power"].rests_on is not None
    assert {row.verdict for row in untouched.items} == {Verdict.UNCHANGED, Verdict.NONE}


def test_what_nobody_graded_does_not_count_and_is_told(loaded: Store) -> None:
    answer = sensitivity(loaded, SensitivityFilter(review="harris2021", rigour=Grade.LOW))
    assert sum(row.not_appraised for row in answer.items) == 14
    assert "14 pieces of evidence here have no grade of rigour" in answer.notes[0]


@GENERATED
@given(
    bundle=bundles(),
    rigour=st.none() | st.sampled_from(Grade),
    kind=st.none() | st.sampled_from(SourceKind),
    level=st.booleans(),
    source=st.booleans(),
)
def test_before_and_after_are_counts_of_the_records(
    bundle: ReviewBundle, rigour: Grade | None, kind: SourceKind | None, level: bool, source: bool
) -> None:
    wanted = SensitivityFilter(
        rigour=rigour,
        without_source_kind=kind,
        without_level=bundle.levels[0].id if level and bundle.levels else None,
        without_source=bundle.sources[0].id if source else None,
    )
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        rows: list[SensitivityRow] = all_pages(partial(_asked, wanted), store, limit=2)
    assert [row.id for row in rows] == sorted(one.id for one in bundle.mechanisms)
    counted = Counted([bundle])
    for row in rows:
        before = [piece for piece, _ in counted.about("mechanism", row.id) if piece.counts]
        after = [piece for piece in before if _counts(counted, piece, wanted)]
        for pieces, told in ((before, row.before), (after, row.after)):
            assert told.pieces == len(pieces)
            backing = Counter(sort for sort, _ in _backing(pieces))
            assert {sort.value: works for sort, works in told.backing.items()} == backing
        alone = {work for _, work in _backing(after)}
        assert {one.work for one in row.lost} == {work for _, work in _backing(before)} - alone
        assert {row.rests_on.work} == alone if row.rests_on else len(alone) != 1


def _asked(wanted: SensitivityFilter, store: Store, *, after: str, limit: int) -> Page[object]:
    return sensitivity(store, wanted, after=after, limit=limit)  # type: ignore[return-value]


def _backing(pieces: list[Piece]) -> set[tuple[str, str]]:
    """The works that stand for it, by sort; a review may have one work as a paper and as grey."""
    return {
        (piece.sort, piece.work)
        for piece in pieces
        if piece.empirical and piece.record.stance is not Stance.CHALLENGES
    }


def _counts(counted: Counted, piece: Piece, wanted: SensitivityFilter) -> bool:
    record = piece.record
    if wanted.rigour is not None:
        (bundle,) = counted.bundles
        given = {one.rigour for one in bundle.appraisals if one.evidence == record.id} - {None}
        grade = record.rigour or (given.pop() if len(given) == 1 else None)
        if RANK[grade] < RANK[wanted.rigour]:
            return False
    level = wanted.without_level and wanted.without_level.partition(":")[2]
    return (
        (wanted.without_source is None or piece.work != counted.works[wanted.without_source])
        and piece.source.kind is not wanted.without_source_kind
        and not (level and record.levels and set(record.levels) == {level})
    )


grades = st.lists(st.tuples(*[st.none() | st.sampled_from(Grade)] * 2), max_size=12)


@GENERATED
@given(given_grades=grades)
def test_kappa_is_the_one_of_the_textbook(
    given_grades: list[tuple[Grade | None, Grade | None]],
) -> None:
    bundle = _appraised(given_grades)
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        answer = agreement(store)
    both = [(one, other) for one, other in given_grades if one and other]
    unequal = [n for n, (one, other) in enumerate(given_grades) if one and other and one != other]
    told = {(item.evidence, item.quality) for item in answer.items}
    assert told == {(f"r:e{n:02}", "rigour") for n in unequal}
    everyone = all(any(pair[place] for pair in given_grades) for place in (0, 1))
    assert len(answer.pairs) == (1 if given_grades and everyone else 0)
    if answer.pairs:
        (pair,) = answer.pairs
        assert (pair.both, pair.same) == (len(both), len(both) - len(unequal))
        assert pair.kappa == pytest.approx(_kappa(both), abs=1e-4)


def _appraised(given_grades: list[tuple[Grade | None, Grade | None]]) -> ReviewBundle:
    return ReviewBundle(
        review=Review(id="r", title="Illustrative review of appraisals"),
        sources=[Source(id="r:s", kind="paper", title="Illustrative")],
        mechanisms=[Mechanism(id="r:m", name="Illustrative")],
        evidence=[
            Evidence(id=f"r:e{n:02}", source="r:s", mechanism="r:m", stance="supports")
            for n in range(len(given_grades))
        ],
        appraisals=[
            Appraisal(
                id=f"r:a{n:02}{name}", evidence=f"r:e{n:02}", appraiser=name, rigour=pair[place]
            )
            for n, pair in enumerate(given_grades)
            for place, name in enumerate("AB")
        ],
    )


def _kappa(both: list[tuple[Grade, Grade]]) -> float | None:
    """(observed - expected) / (1 - expected), with expected from the margins."""
    if len({grade for pair in both for grade in pair}) < 2:
        return None
    n = len(both)
    observed = sum(one == other for one, other in both) / n
    expected = sum(
        sum(one == grade for one, _ in both) * sum(other == grade for _, other in both) / n / n
        for grade in Grade
    )
    return (observed - expected) / (1 - expected)


def test_a_settled_grade_is_no_longer_open(store: Store) -> None:
    bundle = _appraised([(Grade.LOW, Grade.HIGH)])
    load_review(store, bundle)
    assert [item.id for item in agreement(store).items] == ["r:e00#rigour"]
    settled = [piece.model_copy(update={"rigour": Grade.LOW}) for piece in bundle.evidence]
    load_review(store, bundle.model_copy(update={"evidence": settled}))
    answer = agreement(store, review="r")
    assert answer.items == []
    (pair,) = answer.pairs
    assert pair == PairAgreement(
        review="r", quality="rigour", one="A", other="B", both=1, same=0, kappa=0.0
    )


def test_the_commands_read_appraisals_from_a_folder(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = illustrative(tmp_path / "folder")
    (folder / "appraisals.csv").write_text(
        "evidence,appraiser,relevance,rigour\ne1,Roy B,high,low\ne1,Lee A,high,high\n"
    )
    command("load", folder)
    text = " ".join(command("agreement", COLUMNS="40").out.split())
    assert "illustrative, rigour: Lee A and Roy B" in text
    assert "alike on 0 of 1 graded by both" in text
    assert "illustrative:e1, rigour: Lee A high, Roy B low" in text
    command("load", EXAMPLES / "harris2021")
    ran = command("sensitivity", "--rigour", "low", "--review", "illustrative", "--json")
    assert json.loads(ran.out)["filter"] == {"review": "illustrative", "rigour": "low"}
    shown = command("sensitivity", "--without-source", "first-look-summary").out
    assert "Working with power: loses support" in " ".join(shown.split())
