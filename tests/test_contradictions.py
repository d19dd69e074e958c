"""Contradictions: all of them, nothing else, and the difference that sets the sides apart."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from bundles import bundles
from conftest import EXAMPLES, Ran
from everything import all_pages
from hypothesis import given
from laws import examples

from benchmarks.planted import GOAL, plant, recall
from graph.answers import Contradiction, Separates
from graph.errors import NotFound
from graph.load import load_review
from graph.model import Configuration, Evidence, Polarity, ReviewBundle, Stance
from graph.questions.contradictions import contradictions
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

GENERATED = examples(40)


def test_one_resource_with_opposite_outcomes_is_told_apart_by_context(loaded: Store) -> None:
    page = contradictions(loaded)
    (found,) = page.items
    assert page.next is None
    assert found.kind == "configurations"
    assert found.about.id == "richmond2020:realistic-or-forgiving-settings"
    assert found.about.role == "resource"
    assert {side.stance: side.records for side in found.sides} == {
        "positive": ["richmond2020:F2-C3"],
        "negative": ["richmond2020:F2-C4"],
    }
    told = {
        (moderator.features[0].id, moderator.goes_with, moderator.separation)
        for moderator in found.moderators
    }
    assert told == {
        ("richmond2020:C3", "positive", 1.0),
        ("richmond2020:C4", "negative", 1.0),
    }
    assert [side.source_count for side in found.sides] == [0, 0]
    assert "No evidence of their own" in found.notes[0]


@pytest.mark.parametrize(
    ("about", "n"),
    [("F2-C3", 1), ("realistic-or-forgiving-settings", 1), ("C1", 0), ("working with power", 0)],
)
def test_contradictions_about_something(loaded: Store, about: str, n: int) -> None:
    assert len(contradictions(loaded, about=about).items) == n


def test_an_unknown_target_is_refused(loaded: Store) -> None:
    with pytest.raises(NotFound):
        contradictions(loaded, about="working without power")


@GENERATED
@given(bundle=bundles())
def test_contradictions_are_those_of_the_records(bundle: ReviewBundle) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        found: list[Contradiction] = all_pages(contradictions, store, limit=2)
    assert [one.id for one in found] == sorted({one.id for one in found})
    disputed = {one.about.id: one for one in found if one.kind == "evidence"}
    assert set(disputed) == _disputed(bundle)
    records = {piece.id: piece for piece in bundle.evidence}
    for target, one in disputed.items():
        for side in one.sides:
            pieces = [records[id_] for id_ in side.records]
            assert {piece.stance.value for piece in pieces} == {side.stance}
            assert {piece.target[1] for piece in pieces} == {target}
            assert {source.id for source in side.sources} == {piece.source for piece in pieces}
        _check_moderators(one, records)
    shared = {
        (one.about.id, one.about.role and one.about.role.value): one
        for one in found
        if one.kind == "configurations"
    }
    expected = _opposed(bundle.configurations)
    assert set(shared) == set(expected)
    for key, one in shared.items():
        assert {side.stance: set(side.records) for side in one.sides} == expected[key]


def _disputed(bundle: ReviewBundle) -> set[str]:
    stances: dict[str, set[Stance]] = {}
    excluded = {source.id for source in bundle.sources if source.included is False}
    for piece in bundle.evidence:
        if piece.source in excluded:
            continue
        stances.setdefault(piece.target[1], set()).add(piece.stance)
    return {
        target for target, held in stances.items() if {Stance.SUPPORTS, Stance.CHALLENGES} <= held
    }


def _opposed(
    configurations: list[Configuration],
) -> dict[tuple[str, str | None], dict[str, set[str]]]:
    found: dict[tuple[str, str | None], dict[str, set[str]]] = {}
    for one in configurations:
        if one.polarity not in (Polarity.POSITIVE, Polarity.NEGATIVE):
            continue
        shared = [
            *((id_, None) for id_ in one.mechanisms),
            *((part.concept, "resource") for part in one.resources),
            *((part.concept, "reasoning") for part in one.reasonings),
        ]
        for key in shared:
            found.setdefault(key, {}).setdefault(one.polarity.value, set()).add(one.id)
    return {key: sides for key, sides in found.items() if len(sides) == 2}


def _check_moderators(one: Contradiction, records: dict[str, Evidence]) -> None:
    for moderator in one.moderators:
        shares = []
        for side, share in zip(one.sides, moderator.shares, strict=True):
            having = [
                id_
                for id_ in side.records
                if all(
                    part.id in _stated(records[id_], part.dimension) for part in moderator.features
                )
            ]
            assert (share.having, share.of) == (len(having), side.n)
            shares.append(len(having) / side.n)
        assert moderator.separation == pytest.approx(abs(shares[0] - shares[1]), abs=1e-4)
        assert moderator.separation > 0
    told = [moderator.separation for moderator in one.moderators]
    assert told == sorted(told, reverse=True)


def _stated(piece: Evidence, dimension: Separates) -> list[str | None]:
    return {
        Separates.CONTEXT: list(piece.contexts),
        Separates.LEVEL: list(piece.levels),
        Separates.PERSPECTIVE: [piece.perspective],
        Separates.SETTING: [piece.setting],
    }[dimension]


def test_planted_contradictions_are_found_with_what_sets_them_apart() -> None:
    told = recall(plant(4000))
    assert told.found == told.planted > 30
    assert told.false == 0
    assert told.in_three >= GOAL * told.planted


def test_the_command_names_both_sides(command: Callable[..., Ran]) -> None:
    command("load", EXAMPLES / "richmond2020")
    text = " ".join(command("contradictions", COLUMNS="40").out.split())
    assert "positive: 1, from 0 works: richmond2020:F2-C3" in text
    assert "goes with negative: context poor coping" in text
    assert json.loads(command("contradictions", "--about", "C1", "--json").out)["items"] == []
