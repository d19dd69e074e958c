"""Reviews side by side: shared by declaration, never by name, and reversible."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from bundles import bundles
from conftest import Ran
from everything import all_pages, everything
from hypothesis import given
from laws import examples
from serving import illustrative

from graph.answers import Comparison, Differs
from graph.errors import NotFound, TooFew
from graph.load import load_review
from graph.model import (
    Concept,
    Configuration,
    Evidence,
    Mechanism,
    Part,
    Review,
    ReviewBundle,
    SameAs,
    Source,
)
from graph.questions.chains import chains
from graph.questions.compare import compare, same_as
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

GENERATED = examples(40)


def small(review: str, same: tuple[SameAs, ...] = (), stance: str = "supports") -> ReviewBundle:
    """An illustrative review with one mechanism in one context."""
    return ReviewBundle(
        review=Review(id=review, title=f"Illustrative review {review}"),
        sources=[Source(id=f"{review}:s", kind="paper", title="Illustrative")],
        mechanisms=[Mechanism(id=f"{review}:trust", name="Trust")],
        concepts=[Concept(id=f"{review}:ward", name="A busy ward")],
        configurations=[
            Configuration(
                id=f"{review}:f",
                mechanisms=[f"{review}:trust"],
                contexts=[Part(concept=f"{review}:ward")],
            )
        ],
        evidence=[
            Evidence(
                id=f"{review}:e", source=f"{review}:s", configuration=f"{review}:f", stance=stance
            )
        ],
        same_as=list(same),
    )


MECHANISMS = SameAs(id="b:same-trust", mechanism="b:trust", same_as="a:trust")
CONCEPTS = SameAs(id="b:same-ward", concept="b:ward", same_as="a:ward")


def test_namesakes_are_not_the_same_until_somebody_says_so(store: Store) -> None:
    load_review(store, small("a"))
    load_review(store, small("b", stance="challenges"))
    answer = compare(store, ["a", "b"])
    assert (answer.shared, answer.only) == (0, {"a": 1, "b": 1})
    assert [item.ids for item in answer.undeclared] == [["a:trust", "b:trust"]]
    before = everything(store)
    load_review(store, small("b", (MECHANISMS, CONCEPTS), stance="challenges"))
    declared = compare(store, ["a", "b"])
    assert (declared.shared, declared.only, declared.undeclared) == (1, {"a": 0, "b": 0}, [])
    (item,) = declared.items
    assert [one.id for one in item.mechanisms] == ["a:trust", "b:trust"]
    assert (item.shared_contexts, item.differs) == (["a:ward"], [Differs.SUPPORT])
    assert item.declarations == ["b:same-trust"]
    (concept,) = declared.shared_concepts
    assert [one.id for one in concept.concepts] == ["a:ward", "b:ward"]
    assert [view.in_effect for view in same_as(store).items] == [True, True]
    load_review(store, small("b", stance="challenges"))
    assert everything(store) == before


def test_two_reviews_meet_in_a_third(store: Store) -> None:
    load_review(store, small("a"))
    load_review(store, small("b", (MECHANISMS, CONCEPTS)))
    third = SameAs(id="c:same", mechanism="c:trust", same_as="b:trust")
    load_review(store, small("c", (third,)))
    answer = compare(store, ["a", "c"])
    assert answer.shared == 1
    assert answer.items[0].declarations == ["b:same-trust", "c:same"]


def test_a_comparison_about_something(store: Store) -> None:
    load_review(store, small("a"))
    load_review(store, small("b", (CONCEPTS,)))
    about = compare(store, ["a", "b"], about="a busy ward")
    assert [item.id for item in about.items] == ["a:trust", "b:trust"]
    assert about.about is not None
    assert about.about.id == "a:ward"
    with pytest.raises(NotFound):
        compare(store, ["a", "b"], about="nothing of the kind")
    with pytest.raises(TooFew):
        compare(store, ["a", "a"])
    with pytest.raises(NotFound):
        compare(store, ["a", "nobody"])


@pytest.mark.slow
@GENERATED
@given(first=bundles("first"), second=bundles("second"))
def test_groups_are_what_declarations_join(first: ReviewBundle, second: ReviewBundle) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, first)
        load_review(store, second)
        pages: list[Comparison] = all_pages(
            partial(_asked, reviews=["first", "second"]), store, limit=2
        )
        answer = compare(store, ["first", "second"], limit=1000)
    ids = [one.id for bundle in (first, second) for one in bundle.mechanisms]
    group = {id_: {id_} for id_ in ids}
    for one in (*first.same_as, *second.same_as):
        if one.one in group and one.same_as in group:
            joined = group[one.one] | group[one.same_as]
            for id_ in joined:
                group[id_] = joined
    expected = {frozenset(held) for held in group.values()}
    assert pages == answer.items
    assert {frozenset(one.id for one in item.mechanisms) for item in pages} == expected
    shared = {held for held in expected if len({id_.partition(":")[0] for id_ in held}) > 1}
    assert answer.shared == len(shared)
    assert sum(answer.only.values()) == len(expected - shared)


def _asked(store: Store, *, reviews: list[str], after: str, limit: int) -> object:
    return compare(store, reviews, after=after, limit=limit)


@pytest.mark.slow
@GENERATED
@given(first=bundles("first"), second=bundles("second"))
def test_a_review_alone_answers_as_if_it_were_alone(
    first: ReviewBundle, second: ReviewBundle
) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, second)
        alone = in_second(store)
        load_review(store, first)
        assert in_second(store) == alone


def in_second(store: Store) -> str:
    """Its chains; what a work is called is the least id of all reviews that have it."""
    answer = chains(store, review="second", max_length=3, limit=1000)
    return re.sub(r'"work":"[^"]*"', "", answer.model_dump_json())


def test_declarations_are_a_file_and_their_absence_is_told(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    one = illustrative(tmp_path / "one", "one")
    other = illustrative(tmp_path / "other", "other")
    declared = other / "same-as.csv"
    declared.write_text("mechanism,same_as,declared_by\nlistening,one:listening,Lee A\n")
    ran = command("load", other)
    assert "not in this store" in ran.err
    assert "one:listening" in ran.err
    listed = json.loads(command("same-as", "--json").out)["items"]
    assert [item["in_effect"] for item in listed] == [False]
    assert "without effect" in command("same-as").out
    command("load", one)
    shown = " ".join(command("compare", "one", "other", COLUMNS="40").out.split())
    assert "Listening (shared)" in shown
    assert "Same name, not declared to be the same: Working with power" in shown
    assert json.loads(command("same-as", "--json").out)["items"][0]["in_effect"] is True
    declared.unlink()
    refused = command("load", other, status=1)
    assert "same-as.csv is not there any more" in refused.err
    assert json.loads(command("same-as", "--json").out)["items"][0]["in_effect"] is True
    taken_back = command("load", other, "--replace")
    assert "removed SameAs other:" in taken_back.out
    answer = json.loads(command("compare", "one", "other", "--json").out)
    assert answer["shared"] == 0


def test_what_is_wrong_with_a_declaration_is_located(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = illustrative(tmp_path / "one", "one")
    (folder / "same-as.csv").write_text(
        "mechanism,concept,same_as\nlistening,,listening\nlistening,quiet-room,x:y\n,,x:y\n"
        "nobody,,x:y\nlistening,,one:nobody\nlistening,,not an id:\n"
    )
    ran = command("check", folder, status=1)
    for row in range(2, 8):
        assert f"same-as.csv, row {row}" in ran.err, ran.err


def test_what_the_review_excluded_places_a_mechanism_nowhere(store: Store) -> None:
    """Its evidence does not count, so neither do the level and context that it states."""
    review = Review(id="x", title="Illustrative review x")
    piece = {"mechanism": "x:m", "stance": "supports"}
    bundle = ReviewBundle(
        review=review,
        sources=[
            Source(id="x:in", kind="paper", title="Illustrative", included=True),
            Source(id="x:out", kind="paper", title="Another illustrative one", included=False),
        ],
        concepts=[Concept(id="x:night", name="Night"), Concept(id="x:day", name="Day")],
        mechanisms=[Mechanism(id="x:m", name="Trust")],
        evidence=[
            Evidence(id="x:e1", source="x:in", levels=["team"], contexts=["x:day"], **piece),
            Evidence(id="x:e2", source="x:out", levels=["system"], contexts=["x:night"], **piece),
        ],
    )
    load_review(store, bundle)
    load_review(store, small("y"))
    (one,) = [
        each
        for item in compare(store, ["x", "y"]).items
        for each in item.mechanisms
        if each.id == "x:m"
    ]
    assert one.levels == ["team"]
    assert [context.name for context in one.contexts] == ["Day"]
