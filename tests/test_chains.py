"""Chains: every path there is and no other, and how many sources have to fall."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import partial
from itertools import combinations

import igraph
import pytest
from bundles import bundles
from conftest import EXAMPLES, Ran
from everything import all_pages, everything
from hypothesis import given
from laws import examples

from graph.answers import Chain, LoopKind
from graph.errors import NotFound
from graph.load import load_review, remove_review
from graph.model import (
    Concept,
    Configuration,
    Evidence,
    Mechanism,
    Part,
    Polarity,
    Review,
    ReviewBundle,
    SameAs,
    Source,
)
from graph.questions.ask import ask
from graph.questions.chains import chains, weakest_link
from graph.questions.weakest_link import fewest
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

GENERATED = examples(40)
Arrow = tuple[str, str, str, list[str]]
"""Context, outcome, polarity (`+`, `-` or none), and the sources behind the configuration."""


def drawn(
    *arrows: Arrow, review: str = "r", same: tuple[tuple[str, str], ...] = ()
) -> ReviewBundle:
    """An illustrative review of configurations f0, f1, … with one context and one outcome each."""
    polarity = {"+": Polarity.POSITIVE, "-": Polarity.NEGATIVE, "": None}
    places = sorted({place for arrow in arrows for place in arrow[:2]})
    sources = sorted({source for arrow in arrows for source in arrow[3]})
    return ReviewBundle(
        review=Review(id=review, title="Illustrative review of chains"),
        concepts=[Concept(id=f"{review}:{place}", name=place) for place in (*places, "offer")],
        sources=[
            Source(id=f"{review}:{source}", kind="paper", title=f"Illustrative {source}")
            for source in sources
        ],
        configurations=[
            Configuration(
                id=f"{review}:f{n}",
                contexts=[Part(concept=f"{review}:{context}")],
                resources=[Part(concept=f"{review}:offer")],
                outcomes=[Part(concept=f"{review}:{outcome}")],
                polarity=polarity[sign],
            )
            for n, (context, outcome, sign, _) in enumerate(arrows)
        ],
        evidence=[
            Evidence(
                id=f"{review}:e{n}-{source}",
                source=f"{review}:{source}",
                configuration=f"{review}:f{n}",
                stance="supports",
            )
            for n, arrow in enumerate(arrows)
            for source in arrow[3]
        ],
        same_as=[
            SameAs(id=f"{review}:same{n}", concept=f"{review}:{one}", same_as=other)
            for n, (one, other) in enumerate(same)
        ],
    )


def passed(chain: Chain) -> list[str]:
    """The configurations of a chain, by their last letters."""
    return [step.configuration.id.partition(":")[2] for step in chain.steps]


def test_an_outcome_is_the_context_of_what_follows(store: Store) -> None:
    load_review(store, drawn(("a", "b", "+", ["s1", "s2"]), ("b", "c", "-", ["s2"])))
    answer = chains(store, start="a")
    assert [passed(chain) for chain in answer.items] == [["f0"], ["f0", "f1"]]
    longer = answer.items[1]
    assert (longer.begins.id, longer.ends.id, longer.loop) == ("r:a", "r:c", None)
    assert (longer.robustness, longer.weakest, longer.sources) == (1, ["r:f1"], 2)
    assert answer.items[0].robustness == 2
    assert [passed(chain) for chain in chains(store, end="c").items] == [["f1"], ["f0", "f1"]]
    assert [passed(chain) for chain in chains(store).items] == [["f0", "f1"]]
    between = chains(store, start="a", end="c")
    assert between.connection is not None
    assert [source.id for source in between.connection.cut] == ["r:s2"]
    assert (between.connection.at_most, between.connection.exact) == (1, True)


@pytest.mark.parametrize(
    ("signs", "kind"),
    [
        ("++", LoopKind.REINFORCING),
        ("--", LoopKind.REINFORCING),
        ("+-", LoopKind.BALANCING),
        ("-", LoopKind.BALANCING),
    ],
)
def test_loops_are_told_once_and_marked(store: Store, signs: str, kind: LoopKind) -> None:
    places = "abc"[: len(signs)]
    arrows: list[Arrow] = [
        (place, places[(n + 1) % len(signs)], sign, [])
        for n, (place, sign) in enumerate(zip(places, signs, strict=True))
    ]
    load_review(store, drawn(*arrows))
    (loop,) = chains(store).items
    assert (loop.loop, loop.begins.id, len(loop.steps)) == (kind, "r:a", len(signs))


def test_a_loop_with_an_unstated_polarity_is_not_determined(store: Store) -> None:
    load_review(store, drawn(("a", "b", "+", []), ("b", "a", "", [])))
    (loop,) = [chain for chain in chains(store).items if chain.loop]
    assert loop.loop is LoopKind.NOT_DETERMINED


def test_a_reasoning_is_triggered_and_leads_on(loaded: Store) -> None:
    triggers = ask(loaded, "what triggers confusion").chains
    follows = ask(loaded, "what follows from fear or pressure").chains
    assert triggers is not None and follows is not None
    assert [passed(chain) for chain in triggers.items] == [["F3-9"], ["F2-C5b"]]
    (step,) = triggers.items[0].steps
    assert (step.begins.id, step.begins.role) == ("richmond2020:C1", "context")
    assert [(one.id, one.role) for one in step.through] == [
        ("richmond2020:faulty-peer-explanation", "resource")
    ]
    assert (step.ends.id, step.ends.role) == ("richmond2020:confusion", "reasoning")
    assert {passed(chain)[0] for chain in follows.items} == {"F2-C4"}
    assert {chain.ends.id.partition(":")[2] for chain in follows.items} == {
        "illness-scripts-poor",
        "learning-outcomes-harmed",
        "non-analytical-reasoning-flawed",
    }
    # A step that begins with a reasoning holds in the contexts of its configuration all the same.
    assert ("richmond2020:C4", "context") in [
        (one.id, one.role) for one in follows.items[0].steps[0].given
    ]


def test_an_outcome_may_be_declared_the_same_as_a_mechanism(store: Store) -> None:
    load_review(store, drawn(("a", "b", "+", ["s1"]), review="one"))
    second = drawn(("c", "d", "-", ["s2"]), review="two")
    (configuration,) = second.configurations
    mechanism = Mechanism(id="two:m", name="trust")
    parts = {"mechanisms": [mechanism.id]}
    for concept, other in (("one:b", "two:m"), ("two:m", "one:b")):
        declared = SameAs(
            id=f"{concept[:3]}:same",
            same_as=other,
            **{"mechanism" if concept == "two:m" else "concept": concept},
        )
        first = drawn(("a", "b", "+", ["s1"]), review="one")
        load_review(store, first.model_copy(update={"same_as": [declared] * (concept == "one:b")}))
        load_review(
            store,
            second.model_copy(
                update={
                    "mechanisms": [mechanism],
                    "configurations": [configuration.model_copy(update=parts)],
                    "same_as": [declared] * (concept == "two:m"),
                }
            ),
        )
        (chain,) = [one for one in chains(store, start="one:a").items if len(one.steps) == 2]
        assert chain.id == "one:a>one:f0>one:b~mechanism:two:m>two:f0>two:d"
        assert (chain.steps[1].begins.kind, chain.steps[1].same_as) == ("mechanism", [declared.id])
        assert passed(chains(store, end="trust").items[0]) == ["f0"]
        (inside,) = chains(store, end="two:m", review="two").items
        assert (inside.begins.id, inside.ends.role) == ("two:c", "mechanism")


def test_what_no_source_supports_is_theorised(loaded: Store) -> None:
    answer = chains(loaded, start="C3")
    assert {passed(chain)[0] for chain in answer.items} == {"F2-C3", "T-C3b"}
    assert {chain.robustness for chain in answer.items} == {0}
    assert "that counts and supports it" in answer.notes[0]
    assert chains(loaded).items == []


def test_declared_sameness_joins_chains_until_it_is_taken_back(store: Store) -> None:
    load_review(store, drawn(("a", "b", "+", ["s1"]), review="one"))
    load_review(store, drawn(("b", "c", "+", ["s2"]), review="two"))
    before = everything(store)
    assert chains(store, end="two:c").items[-1].reviews == ["two"]
    declared = drawn(("b", "c", "+", ["s2"]), review="two", same=(("b", "one:b"),))
    load_review(store, declared)
    joined = chains(store, end="two:c").items[-1]
    assert joined.reviews == ["one", "two"]
    assert joined.steps[1].same_as == ["two:same0"]
    assert [len(chain.steps) for chain in chains(store, end="c", review="two").items] == [1]
    load_review(store, drawn(("b", "c", "+", ["s2"]), review="two"))
    assert everything(store) == before


def test_sameness_says_nothing_while_the_other_record_is_missing(store: Store) -> None:
    declared = drawn(("b", "c", "+", ["s2"]), review="two", same=(("b", "one:b"),))
    load_review(store, declared)
    alone = chains(store, end="two:c").model_dump()
    load_review(store, drawn(("a", "b", "+", ["s1"]), review="one"))
    assert len(chains(store, end="two:c").items) == 2
    remove_review(store, "one")
    assert chains(store, end="two:c").model_dump() == alone


def test_an_unknown_end_is_refused(loaded: Store) -> None:
    with pytest.raises(NotFound):
        chains(loaded, start="no such concept")


@pytest.mark.slow
@GENERATED
@given(bundle=bundles(within=False))
def test_pages_hold_each_chain_once_with_its_robustness(bundle: ReviewBundle) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        found: list[Chain] = all_pages(partial(chains, max_length=3), store, limit=3)
        assert found == chains(store, max_length=3, limit=5000).items
    assert len({chain.id for chain in found}) == len(found)
    behind = _behind(bundle)
    for chain in found:
        counts = [len(behind.get(step.configuration.id, ())) for step in chain.steps]
        assert chain.robustness == min(counts)


def _behind(bundle: ReviewBundle) -> dict[str, set[str]]:
    empirical = {
        one.id
        for one in bundle.sources
        if one.kind in ("paper", "grey", "synthesis") and one.included is not False
    }
    found: dict[str, set[str]] = {}
    for piece in bundle.evidence:
        if piece.configuration and piece.stance != "challenges" and piece.source in empirical:
            found.setdefault(piece.configuration, set()).add(piece.source)
    return found


def _random_net(
    rng: random.Random, steps: int, sources: int, most: int
) -> tuple[set[str], set[str], dict[str, set[str]], dict[str, set[str]]]:
    names = [f"f{n}" for n in range(steps)]
    after = {one: {other for other in names if other > one and rng.random() < 0.4} for one in names}
    behind = {
        one: set(rng.sample([f"s{n}" for n in range(sources)], rng.randint(0, most)))
        for one in names
    }
    return set(names[:2]), set(names[-2:]), after, behind


def _stands(
    firsts: set[str],
    lasts: set[str],
    after: dict[str, set[str]],
    behind: dict[str, set[str]],
    fallen: set[str],
) -> bool:
    open_ = [one for one in firsts if behind[one] - fallen]
    seen = set(open_)
    while open_:
        one = open_.pop()
        if one in lasts:
            return True
        following = {other for other in after[one] if behind[other] - fallen} - seen
        seen |= following
        open_ += following
    return False


@pytest.mark.parametrize("seed", range(120))
def test_the_fewest_sources_are_those_of_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    net = _random_net(rng, steps=7, sources=6, most=3)
    firsts, lasts, after, behind = net
    everyone = sorted({source for held in behind.values() for source in held})
    least = next(
        size
        for size in range(len(everyone) + 1)
        for fallen in combinations(everyone, size)
        if not _stands(*net, set(fallen))
    )
    cut = fewest(firsts=firsts, lasts=lasts, after=after, sources=behind)
    assert (len(cut.sources), cut.at_least) == (least, least)
    assert not _stands(*net, set(cut.sources))


def test_with_sources_of_their_own_it_is_the_maximum_flow_of_another_library() -> None:
    for seed in range(1000):
        rng = random.Random(seed)
        firsts, lasts, after, drawn_behind = _random_net(rng, steps=12, sources=4, most=4)
        behind = {one: {f"{one}-{source}" for source in held} for one, held in drawn_behind.items()}
        cut = fewest(firsts=firsts, lasts=lasts, after=after, sources=behind)
        assert len(cut.sources) == cut.at_least == _flow(firsts, lasts, after, behind), seed


def _flow(
    firsts: set[str], lasts: set[str], after: dict[str, set[str]], behind: dict[str, set[str]]
) -> int:
    names = sorted(behind)
    place = {one: 2 + 2 * n for n, one in enumerate(names)}
    edges: list[tuple[int, int]] = []
    capacity: list[int] = []
    for one in names:
        edges.append((place[one], place[one] + 1))
        capacity.append(len(behind[one]))
        joins = [(place[one] + 1, place[other]) for other in after[one]]
        joins += [(0, place[one])] if one in firsts else []
        joins += [(place[one] + 1, 1)] if one in lasts else []
        edges += joins
        capacity += [1000] * len(joins)
    net = igraph.Graph(n=2 + 2 * len(names), edges=edges, directed=True)
    return int(net.maxflow_value(0, 1, capacity=capacity))


@pytest.mark.parametrize("seed", range(25))
def test_the_weakest_link_breaks_what_brute_force_says(seed: int) -> None:
    rng = random.Random(seed)
    arrows: list[Arrow] = [
        (
            f"p{rng.randint(0, 5)}",
            f"q{n}" if rng.random() < 0.2 else f"p{rng.randint(0, 5)}",
            "+",
            sorted(rng.sample(["s1", "s2", "s3", "s4"], rng.randint(0, 2))),
        )
        for n in range(10)
    ]
    with scratch_store(Settings()) as store:
        load_review(store, drawn(*arrows))
        every: list[Chain] = all_pages(chains, store, limit=500)
        answer = weakest_link(store)
    behind = {f"r:f{n}": {f"r:{one}" for one in arrow[3]} for n, arrow in enumerate(arrows)}
    walks = [[step.configuration.id for step in chain.steps] for chain in every]
    standing = [walk for walk in walks if all(behind[one] for one in walk)]
    expected = {}
    for source in {one for held in behind.values() for one in held}:
        broken = sum(any(behind[one] <= {source} for one in walk) for walk in standing)
        if broken:
            expected[source] = broken
    assert (answer.chains, answer.standing) == (len(walks), len(standing))
    assert {item.source.id: item.chains for item in answer.items} == expected
    told = [item.chains for item in answer.items]
    assert told == sorted(told, reverse=True)


def test_the_commands_show_each_step(command: Callable[..., Ran]) -> None:
    command("load", EXAMPLES / "richmond2020")
    text = " ".join(command("chains", "--from", "C3", COLUMNS="40").out.split())
    step = (
        "good coping, or confidence that fits (context) → realistic simulation, teaching that "
        "tolerates mistakes, or teaching in practice (resource) → gains new understanding; "
        "mistakes feel harmless (reasoning) → learning outcomes are helped (outcome) "
        "[richmond2020:F2-C3, positive]"
    )
    assert step in text
    answer = json.loads(command("weakest-link", "--to", "learning-outcomes-helped", "--json").out)
    assert (answer["chains"], answer["standing"], answer["items"]) == (3, 0, [])
