"""Whatever reviews share, each work counts once: all counts are those of a program of its own."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples, times
from works_by_hand import REVIEWS, Counted, Piece, plain, shelves, weighed

from graph.answers import Weight
from graph.catalogue import Query
from graph.errors import NotFound
from graph.load import load_review, remove_review
from graph.model import Grade, ReviewBundle, SourceKind, Stance
from graph.questions.chains import chains, weakest_link
from graph.questions.compare import compare
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.mechanisms import mechanisms
from graph.questions.records import concepts, configurations, review_ids, source, sources, theories
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.questions.weights import weights_by
from graph.store import Store

ALL = 1000
RANK = {None: 0, Grade.LOW: 1, Grade.MODERATE: 2, Grade.HIGH: 3}
WORKS = Query("works", "MATCH (s:Source) RETURN s.id AS id, s.work AS work ORDER BY id", "")


def emptied(store: Store) -> Store:
    for review in review_ids(store):
        remove_review(store, review)
    return store


def held(store: Store) -> dict[str, str]:
    return {row["id"]: row["work"] for row in store.read(WORKS)}


@settings(examples(200, shared=True), max_examples=10_000 if times(1) > 3 else times(200))
@given(bundles=shelves())
def test_every_count_is_the_one_made_by_hand(shelf: Store, bundles: list[ReviewBundle]) -> None:
    store = emptied(shelf)
    for bundle in bundles:
        load_review(store, bundle)
    counted = Counted(bundles)
    assert held(store) == counted.works
    check_records(store, counted)
    check_columns(store, counted)
    check_totals(store, counted)
    check_chains(store, counted)
    check_comparison(store, counted)


def check_records(store: Store, counted: Counted) -> None:
    """Every record that evidence may be about carries its weight; each list of states is right."""
    views: list[tuple[str, Any]] = [
        *(("mechanism", one) for one in mechanisms(store, limit=ALL).items),
        *(("configuration", one) for one in configurations(store, limit=ALL).items),
        *(("concept", one) for one in concepts(store, limit=ALL).items),
        *(("theory", one) for one in theories(store, limit=ALL).items),
    ]
    for kind, view in views:
        wanted = counted.weight(kind, view.id)
        assert plain(view.weight) == wanted, (kind, view.id)
        if kind == "mechanism":
            assert view.support.value == wanted["state"]
    states = {view.id: counted.weight(kind, view.id) for kind, view in views if kind == "mechanism"}
    assert len(states) == sum(len(bundle.mechanisms) for bundle in counted.bundles)
    weak = {id_ for id_, one in states.items() if one["backing"] == {"primary": 1}}
    assert {one.id for one in mechanisms(store, support="weak", limit=ALL).items} == weak
    none = {id_ for id_, one in states.items() if one["state"] not in ("supported", "mixed")}
    assert {one.id for one in mechanisms(store, support="none", limit=ALL).items} == none
    for one in sources(store, limit=ALL).items:
        others = {id_ for id_, work in counted.works.items() if work == counted.works[one.id]}
        shown = source(store, one.id).same_work
        assert {other.id for other in shown} == others - {one.id}
        assert all(other.shown_by for other in shown)
        assert one.work == counted.works[one.id]


def check_columns(store: Store, counted: Counted) -> None:
    """Each column of a matrix counts works, too."""
    values = {
        "level": lambda piece: piece.record.levels or [""],
        "perspective": lambda piece: [piece.record.perspective or ""],
        "source kind": lambda piece: [piece.source.kind.value],
    }
    ids = [one.id for bundle in counted.bundles for one in bundle.mechanisms]
    for by in (("level",), ("perspective", "level"), ("source kind",)):
        found = weights_by(store, "mechanism", ids, by)
        for id_ in ids:
            places: dict[tuple[str, ...], None] = {}
            for piece, _ in counted.about("mechanism", id_):
                for one in values[by[0]](piece):
                    for other in values[by[1]](piece) if len(by) > 1 else [None]:
                        places[(one, other) if other is not None else (one,)] = None
            assert set(found.get(id_, {})) == set(places)
            for at in places:
                here = partial(stands_at, values, dict(zip(by, at, strict=True)))
                assert plain(found[id_][at]) == counted.weight("mechanism", id_, here)


def stands_at(values: dict[str, Any], at: dict[str, str], piece: Piece) -> bool:
    return all(value in values[name](piece) for name, value in at.items())


def check_totals(store: Store, counted: Counted) -> None:
    """The totals of evidence, under each kind of anchor and some narrowings."""
    first = counted.bundles[0]
    asked = [
        *(("mechanism", one.id) for one in first.mechanisms),
        *(("configuration", one.id) for one in first.configurations),
        ("concept", first.concepts[0].id),
    ]
    narrowings: list[tuple[dict[str, Any], Any]] = [
        ({}, lambda piece: True),
        ({"stance": Stance.CHALLENGES}, lambda piece: piece.record.stance is Stance.CHALLENGES),
        ({"rigour": Grade.HIGH}, lambda piece: piece.record.rigour is Grade.HIGH),
        ({"source_kind": SourceKind.PAPER}, lambda piece: piece.source.kind is SourceKind.PAPER),
    ]
    for kind, id_ in asked:
        for narrowing, fits in narrowings:
            totals = evidence(store, EvidenceFilter(**{kind: id_}, **narrowing)).totals
            wanted = counted.weight(kind, id_, fits)
            assert plain(totals.weight) == wanted
            apart = sum(sum(one.values()) for one in wanted["apart"].values())
            assert totals.evidence == wanted["pieces"] + apart
    for given_, fits in (
        ({}, lambda piece: True),
        ({"review": first.review.id}, lambda piece: piece.record.id.startswith(first.review.id)),
        ({"source": first.sources[0].id}, lambda piece: piece.source.id == first.sources[0].id),
    ):
        totals = evidence(store, EvidenceFilter(**given_), limit=1).totals
        wanted = plain_of([piece for piece in counted.pieces if fits(piece)])
        assert plain(totals.weight) == wanted


def plain_of(pieces: list[Piece]) -> dict[str, Any]:
    return weighed([(piece, None) for piece in pieces])


def check_chains(store: Store, counted: Counted) -> None:
    """Robustness, what falls with one work, and the fewest works between two ends."""
    found = chains(store, max_length=3, limit=ALL).items
    for chain in found:
        behind = [counted.behind(step.configuration.id) for step in chain.steps]
        assert [{one.work for one in step.sources} for step in chain.steps] == behind
        assert chain.robustness == min(map(len, behind))
        for step in chain.steps:
            wanted = counted.weight("configuration", step.configuration.id)
            assert plain(step.weight) == wanted
        assert chain.sources == len(set.union(*behind))
    link = weakest_link(store, max_length=3, limit=ALL)
    walks = [[counted.behind(step.configuration.id) for step in chain.steps] for chain in found]
    standing = [walk for walk in walks if all(walk)]
    assert (link.chains, link.standing) == (len(walks), len(standing))
    falling = {
        work: sum(any(step == {work} for step in walk) for walk in standing)
        for work in set(counted.works.values())
    }
    told = {one.source.work: one.chains for one in link.items}
    assert told == {work: n for work, n in falling.items() if n}
    bundle = counted.bundles[0]
    one, other = bundle.concepts[0].id, bundle.concepts[1].id
    answer = chains(store, start=one, end=other, max_length=3, limit=ALL)
    if answer.connection is not None:
        walks = [
            [counted.behind(step.configuration.id) for step in chain.steps]
            for chain in answer.items
        ]
        every = sorted(set(counted.works.values()))
        fewest = next(
            size
            for size in range(len(every) + 1)
            for fallen in combinations(every, size)
            if all(any(step <= set(fallen) for step in walk) for walk in walks)
        )
        assert answer.connection.at_least <= fewest <= answer.connection.at_most
        cut = {source.work for source in answer.connection.cut}
        assert len(cut) == answer.connection.at_most
        if answer.connection.exact:
            assert answer.connection.at_most == fewest


def check_comparison(store: Store, counted: Counted) -> None:
    """Side by side each review has its own counts, and together each work counts once."""
    if len(counted.bundles) < 2:
        return
    names = [bundle.review.id for bundle in counted.bundles]
    for item in compare(store, names, limit=ALL).items:
        for one in item.mechanisms:
            assert plain(one.weight) == counted.weight("mechanism", one.id)
        together = {
            (piece.record.id, via): (piece, via)
            for one in item.mechanisms
            for piece, via in counted.about("mechanism", one.id)
        }
        assert plain(item.weight) == weighed(together.values())


@examples(60, shared=True)
@given(
    bundles=shelves(),
    rigour=st.none() | st.sampled_from(Grade),
    kind=st.none() | st.sampled_from(SourceKind),
    fallen=st.booleans(),
)
def test_what_a_narrowing_leaves_is_counted_in_works(
    shelf: Store,
    bundles: list[ReviewBundle],
    rigour: Grade | None,
    kind: SourceKind | None,
    fallen: bool,
) -> None:
    store = emptied(shelf)
    for bundle in bundles:
        load_review(store, bundle)
    counted = Counted(bundles)
    without = bundles[-1].sources[0].id if fallen else None

    def stays(piece: Piece) -> bool:
        return (
            (rigour is None or RANK[piece.record.rigour] >= RANK[rigour])
            and piece.source.kind is not kind
            and (without is None or piece.work != counted.works[without])
        )

    wanted = SensitivityFilter(rigour=rigour, without_source_kind=kind, without_source=without)
    rows = sensitivity(store, wanted, limit=ALL).items
    touched = {id_.partition(":")[0] for id_ in counted.works} if without is None else None
    for row in rows:
        before = counted.weight("mechanism", row.id)
        after = counted.weight("mechanism", row.id, stays)
        assert (plain(row.before), plain(row.after)) == (before, after)
        stood, left = (
            {
                piece.work
                for piece, _ in counted.about("mechanism", row.id)
                if piece.counts
                and piece.empirical
                and piece.record.stance != "challenges"
                and fits(piece)
            }
            for fits in (lambda piece: True, stays)
        )
        assert {one.work for one in row.lost} == stood - left
        assert ({row.rests_on.work} if row.rests_on else None) == (left if len(left) == 1 else None)
        verdict = (
            "had no support"
            if not stood
            else "loses support"
            if not left
            else "unchanged"
            if before["amounts"] == after["amounts"]
            else "keeps support"
        )
        assert row.verdict.value == verdict
    if touched is not None:
        assert len(rows) == sum(len(bundle.mechanisms) for bundle in bundles)


@examples(60, shared=True)
@given(first=shelves(), then=shelves(), data=st.data())
def test_works_are_those_of_loading_everything_afresh(
    shelf: Store, first: list[ReviewBundle], then: list[ReviewBundle], data: st.DataObject
) -> None:
    """In any order of loading, loading again, removing, declaring and taking it back."""
    store = emptied(shelf)
    there: dict[str, ReviewBundle] = {}
    for bundle in data.draw(st.permutations([*first, *then])):
        name = bundle.review.id
        if name in there and data.draw(st.booleans(), label="remove"):
            remove_review(store, name)
            del there[name]
        elif name in there and data.draw(st.booleans(), label="undeclare"):
            there[name] = there[name].model_copy(update={"same_as": []})
            load_review(store, there[name])
        else:
            load_review(store, bundle, batch_rows=data.draw(st.sampled_from([2, 1000])))
            there[name] = bundle
        counted = Counted(list(there.values()))
        assert held(store) == counted.works
        for review in there.values():
            # Answers are remembered by review: what another one changes must not be missed.
            for one in review.mechanisms:
                totals = evidence(store, EvidenceFilter(mechanism=one.id)).totals
                assert plain(totals.weight) == counted.weight("mechanism", one.id)


def test_a_source_of_no_review_is_not_held(shelf: Store) -> None:
    emptied(shelf)
    assert held(shelf) == {}
    with pytest.raises(NotFound):
        source(shelf, f"{REVIEWS[0]}:s0")
    assert Weight().text == "no evidence entered"
