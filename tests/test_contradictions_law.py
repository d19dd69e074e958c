"""What the evidence is mixed about is listed, with the counts of a program of its own.

All reviews are generated; nothing in them comes from a real one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from everything import all_pages
from hypothesis import given
from laws import examples
from works_by_hand import Counted, Piece, plain, shelves, weighed

from graph.answers import Contradiction, Moderator, Separates
from graph.load import load_review, remove_review
from graph.model import Configuration, ReviewBundle
from graph.questions.contradictions import contradictions
from graph.questions.records import review_ids
from graph.store import Store

Marks = set[tuple[Separates, str]]
Stated = dict[str, list[Marks]]
"""For each work, or configuration, of a side: what each record states of it."""


@examples(70, shared=True)
@given(bundles=shelves(2))
def test_mixed_is_listed_and_nothing_else_with_equal_counts(
    shelf: Store, bundles: list[ReviewBundle]
) -> None:
    check_all(shelf, bundles)


@pytest.mark.neo4j
@examples(6, shared=True)
@given(bundles=shelves(2))
def test_mixed_is_listed_on_neo4j_too(neo4j_store: Store, bundles: list[ReviewBundle]) -> None:
    check_all(neo4j_store, bundles)


def check_all(shelf: Store, bundles: list[ReviewBundle]) -> None:
    """Every record that is mixed is listed, and no other, as it is counted by hand."""
    for review in review_ids(shelf):
        remove_review(shelf, review)
    for bundle in bundles:
        load_review(shelf, bundle)
    counted = Counted(bundles)
    found: list[Contradiction] = all_pages(contradictions, shelf, limit=2)
    assert [one.id for one in found] == sorted({one.id for one in found})
    told = {(one.about.kind, one.about.id): one for one in found if one.kind == "evidence"}
    records = [
        (kind, one.id)
        for bundle in bundles
        for kind, held in (
            ("mechanism", bundle.mechanisms),
            ("configuration", bundle.configurations),
            ("concept", bundle.concepts),
            ("theory", bundle.theories),
        )
        for one in held
    ]
    mixed = {given: counted.weight(*given) for given in records}
    mixed = {given: weight for given, weight in mixed.items() if weight["state"] == "mixed"}
    assert set(told) == set(mixed)
    configurations = {one.id: one for bundle in bundles for one in bundle.configurations}
    for (kind, id_), one in told.items():
        assert one.weight is not None
        assert plain(one.weight) == mixed[kind, id_]
        pieces = [
            (piece, via)
            for piece, via in counted.about(kind, id_)
            if piece.counts and piece.empirical
        ]
        check_sides(one, pieces)
        check_moderators(one, [by_work(pieces, configurations, against) for against in (0, 1)])
        narrowed = contradictions(shelf, about=id_, of=kind).items
        assert one in narrowed
    check_configurations(counted, configurations, [o for o in found if o.kind != "evidence"])


def check_sides(one: Contradiction, pieces: list[tuple[Piece, str | None]]) -> None:
    """Each piece is on its side, with its stance and the configuration that it comes through."""
    for side, against in zip(one.sides, (False, True), strict=True):
        its = [(p, via) for p, via in pieces if (p.record.stance == "challenges") is against]
        assert side.side == ("against" if against else "for")
        assert {(held.id, held.stance, held.through) for held in side.records} == {
            (piece.record.id, piece.record.stance, via) for piece, via in its
        }
        assert side.n == len(its)
        by_sort = weighed(its)["works"]
        assert {sort.value: n for sort, n in side.works.items()} == by_sort
        assert {source.work for source in side.sources} == {piece.work for piece, _ in its}


def stated(piece: Piece, configurations: dict[str, Configuration]) -> Marks:
    """What evidence states of itself; about a configuration, with the contexts of it."""
    record = piece.record
    marks = {(Separates.LEVEL, level) for level in record.levels}
    if record.perspective:
        marks.add((Separates.PERSPECTIVE, record.perspective))
    contexts = set(record.contexts)
    if record.configuration:
        contexts |= {part.concept for part in configurations[record.configuration].contexts}
    return marks | {(Separates.CONTEXT, id_) for id_ in contexts}


def by_work(
    pieces: list[tuple[Piece, str | None]],
    configurations: dict[str, Configuration],
    against: int,
) -> Stated:
    found: Stated = {}
    for piece, _ in pieces:
        if (piece.record.stance == "challenges") == against:
            found.setdefault(piece.work, []).append(stated(piece, configurations))
    return found


def check_moderators(one: Contradiction, sides: list[Stated]) -> None:
    """Each is as told, the first is the clearest of all, and none is told of one side alone."""
    for moderator in one.moderators:
        parts = {(part.dimension, part.id) for part in moderator.features}
        counts = compared(sides, parts)
        assert counts == [(share.having, share.of) for share in moderator.shares]
        assert all(of for _, of in counts)
        assert moderator.separation == pytest.approx(apart(counts), abs=1e-4)
        assert moderator.separation > 0
    told = [moderator.separation for moderator in one.moderators]
    assert told == sorted(told, reverse=True)
    marks = {mark for side in sides for held in side.values() for these in held for mark in these}
    single = [apart(counts) for mark in marks if all_stated(counts := compared(sides, {mark}))]
    best = max(single, default=0.0)
    if told:
        assert told[0] >= round(best, 4)
    else:
        assert best == 0
    assert_pairs_are_worth_it(one.moderators, sides)


def assert_pairs_are_worth_it(moderators: list[Moderator], sides: list[Stated]) -> None:
    for moderator in moderators:
        for one, other in combinations(moderator.features, 2):
            alone = [apart(compared(sides, {(part.dimension, part.id)})) for part in (one, other)]
            assert moderator.separation > max(alone)


def compared(sides: list[Stated], parts: Marks) -> list[tuple[int, int]]:
    """How many of each side have it in one record, of those that state each of the kind in one."""
    kinds = {dimension for dimension, _ in parts}

    def has(marks: Marks) -> bool:
        return parts <= marks

    def states(marks: Marks) -> bool:
        return kinds <= {dimension for dimension, _ in marks}

    def many(side: Stated, fits: Callable[[Marks], bool]) -> int:
        return sum(any(map(fits, held)) for held in side.values())

    return [(many(side, has), many(side, states)) for side in sides]


def all_stated(counts: list[tuple[int, int]]) -> bool:
    return all(of for _, of in counts)


def apart(counts: list[tuple[int, int]]) -> float:
    (one, of_one), (other, of_other) = counts
    return abs(one / of_one - other / of_other)


def check_configurations(
    counted: Counted, configurations: dict[str, Configuration], found: list[Contradiction]
) -> None:
    """Those that share something and go opposite ways, with what evidence does to each."""
    shared: dict[tuple[str, str | None], dict[str, set[str]]] = {}
    for one in configurations.values():
        if one.polarity not in ("positive", "negative"):
            continue
        for key in [
            *((id_, None) for id_ in one.mechanisms),
            *((part.concept, "reasoning") for part in one.reasonings),
        ]:
            shared.setdefault(key, {}).setdefault(one.polarity.value, set()).add(one.id)
    wanted = {key: sides for key, sides in shared.items() if len(sides) == 2}
    told: dict[Any, Contradiction] = {(one.about.id, one.about.role): one for one in found}
    assert set(told) == set(wanted)
    for key, one in told.items():
        behind = []
        for side in one.sides:
            assert {held.id for held in side.records} == wanted[key][side.side]
            for held in side.records:
                assert held.weight is not None
                assert plain(held.weight) == counted.weight("configuration", held.id)
            works = [(id_, counted.behind(id_)) for id_ in wanted[key][side.side]]
            behind.append(dict(works))
            assert {source.work for source in side.sources} == set().union(*dict(works).values())
        backed = all(any(works.values()) for works in behind)
        of = partial(of_configuration, counted, configurations, backed)
        check_moderators(one, [{id_: held for id_ in side if (held := of(id_))} for side in behind])
        assert backed or not any(moderator.works for moderator in one.moderators)


def of_configuration(
    counted: Counted, configurations: dict[str, Configuration], backed: bool, id_: str
) -> list[Marks]:
    one = configurations[id_]
    own: Marks = {(Separates.CONTEXT, part.concept) for part in one.contexts}
    own |= {(Separates.LEVEL, level) for level in one.levels}
    if not backed:
        return [own]
    return [
        own | stated(piece, configurations)
        for piece, _ in counted.about("configuration", id_)
        if piece.counts and piece.empirical and piece.record.stance != "challenges"
    ]
