"""Chains beside a brute force that knows the rules and none of the code; reviews are made up."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, permutations, product

import pytest
from conftest import empty

from graph.answers import Chain
from graph.load import load_review
from graph.model import (
    Concept,
    Configuration,
    Mechanism,
    Part,
    Review,
    ReviewBundle,
    SameAs,
)
from graph.questions.chains import chains
from graph.store import Store

LONGEST = 3
Node = tuple[str, str]
"""A concept or a mechanism: its kind and its id."""
Step = tuple[Node, str, Node]
_RANK = {"context": 0, "resource": 1, "reasoning": 2, "mechanism": 3}


def made_up(rng: random.Random) -> list[ReviewBundle]:
    """Two small reviews full of chains; concepts and mechanisms may have one id."""
    bundles = []
    for review, other in (("one", "two"), ("two", "one")):
        concepts = [f"{review}:x{n}" for n in range(5)]
        mechanisms = [f"{review}:x{n}" for n in range(2)]

        def some(least: int, most: int, held: list[str] = concepts) -> list[Part]:
            return [Part(concept=id_) for id_ in rng.sample(held, rng.randint(least, most))]

        configurations = []
        for n in range(4):
            named = rng.sample(mechanisms, rng.randint(0, 1))
            reasonings = some(0, 2)
            configurations.append(
                Configuration(
                    id=f"{review}:k{n}",
                    mechanisms=named,
                    contexts=some(0, 2),
                    resources=some(0 if named or reasonings else 1, 1),
                    reasonings=reasonings,
                    outcomes=some(0, 2),
                )
            )
        same = []
        for n in range(rng.randint(0, 4)):
            kind = rng.choice(["concept", "mechanism"])
            # x3 and x4 are concepts alone, so a mechanism that is the same is the same as these.
            one = rng.choice(mechanisms if kind == "mechanism" else concepts)
            owner = rng.choice([review, other, "absent"])
            target = f"{owner}:x{rng.randint(0, 4)}"
            if target != one:
                same.append(SameAs(id=f"{review}:same{n}", same_as=target, **{kind: one}))
        held = mechanisms[: rng.randint(0, 2)] if not same else mechanisms
        used = {id_ for one in configurations for id_ in one.mechanisms}
        bundles.append(
            ReviewBundle(
                review=Review(id=review, title=f"Illustrative {review}"),
                concepts=[Concept(id=id_, name=f"concept {id_}") for id_ in concepts],
                mechanisms=[
                    Mechanism(id=id_, name=f"mechanism {id_}")
                    for id_ in sorted({*held, *used, *(one.one for one in same if one.mechanism)})
                ],
                configurations=configurations,
                same_as=same,
            )
        )
    return bundles


class Brute:
    """Chains as the documentation defines them, by trying everything."""

    def __init__(self, bundles: list[ReviewBundle], review: str | None) -> None:
        kept = [one for one in bundles if review in (None, one.review.id)]
        self.configurations = [one for bundle in kept for one in bundle.configurations]
        nodes = {("concept", one.id) for bundle in bundles for one in bundle.concepts}
        nodes |= {("mechanism", one.id) for bundle in bundles for one in bundle.mechanisms}
        pairs = []
        for said in (one for bundle in kept for one in bundle.same_as):
            if review is not None and said.same_as.partition(":")[0] != review:
                continue
            kind = "mechanism" if said.mechanism else "concept"
            across = "concept" if kind == "mechanism" else "mechanism"
            others = ((kind, said.same_as), (across, said.same_as))
            other = next((node for node in others if node in nodes), None)
            if other is not None:
                pairs.append(((kind, said.one), other))
        self.groups = {node: {node} for node in nodes}
        for _ in range(len(nodes)):
            for one, other in pairs:
                both = self.groups[one] | self.groups[other]
                for node in both:
                    self.groups[node] = both

    def same(self, one: Node, other: Node) -> bool:
        return other in self.groups[one]

    def steps(self, one: Configuration, end: Node | None) -> Iterator[tuple[Step, bool, bool]]:
        """Readings of a configuration: whether front, and whether it reaches an outcome."""
        parts: dict[Node, int] = {}
        for role, held in (
            ("context", [part.concept for part in one.contexts]),
            ("resource", [part.concept for part in one.resources]),
            ("reasoning", [part.concept for part in one.reasonings]),
            ("mechanism", one.mechanisms),
        ):
            for id_ in held:
                node = ("mechanism" if role == "mechanism" else "concept", id_)
                parts.setdefault(node, _RANK[role])
        outcomes = {("concept", part.concept) for part in one.outcomes}
        for outcome in outcomes:
            for node, rank in parts.items():
                yield (node, one.id, outcome), rank == min(parts.values()), True
        if end is None:
            return
        contexts = {("concept", part.concept): 0 for part in one.contexts}
        before = {("concept", part.concept): 1 for part in one.resources} | contexts
        inner = [(("concept", part.concept), contexts) for part in one.resources]
        inner += [(("concept", part.concept), before) for part in one.reasonings]
        inner += [(("mechanism", id_), before) for id_ in one.mechanisms]
        begins: dict[Node, dict[Node, int]] = {}
        for node, able in inner:
            begins.setdefault(node, {}).update(able)
        for node, able in begins.items():
            able = {other: rank for other, rank in able.items() if other != node}
            for other, rank in able.items():
                if node not in outcomes and self.same(node, end):
                    yield (other, one.id, node), rank == min(able.values()), False

    def chains(
        self, start: Node | None, end: Node | None
    ) -> set[frozenset[Step] | tuple[Step, ...]]:
        found: set[frozenset[Step] | tuple[Step, ...]] = set()
        readings = {one.id: list(self.steps(one, end)) for one in self.configurations}
        for length in range(1, LONGEST + 1):
            for chosen in permutations(sorted(readings), length):
                for taken in product(*(readings[id_] for id_ in chosen)):
                    walk = tuple(step for step, _, _ in taken)
                    if not all(whole for _, _, whole in taken[:-1]):
                        continue
                    if not all(self.same(one[2], other[0]) for one, other in pairwise(walk)):
                        continue
                    places = [walk[0][0], *(step[2] for step in walk)]
                    loop = self.same(places[0], places[-1])
                    met = places[:-1] if loop else places
                    if any(self.same(one, other) for n, one in enumerate(met) for other in met[:n]):
                        continue
                    if start is not None and not self.same(start, places[0]):
                        continue
                    if end is not None and not self.same(end, places[-1]):
                        continue
                    if start is None and not loop and not taken[0][1]:
                        continue
                    if start is None and end is None and not loop and length < 2:
                        continue
                    found.add(frozenset(walk) if loop else walk)
        return found


def told(found: list[Chain]) -> list[frozenset[Step] | tuple[Step, ...]]:
    shown = []
    for chain in found:
        walk: tuple[Step, ...] = tuple(
            (
                (step.begins.kind, step.begins.id),
                step.configuration.id,
                (step.ends.kind, step.ends.id),
            )
            for step in chain.steps
        )
        shown.append(frozenset(walk) if chain.loop else walk)
    return shown


def _checked(store: Store, rng: random.Random, asked: int) -> Counter[str]:
    bundles = made_up(rng)
    for bundle in bundles:
        load_review(store, bundle)
    nodes = sorted(
        {("concept", one.id) for bundle in bundles for one in bundle.concepts}
        | {("mechanism", one.id) for bundle in bundles for one in bundle.mechanisms}
    )
    names = {node: " ".join(node) for node in nodes}
    seen: Counter[str] = Counter()
    for _ in range(asked):
        review = rng.choice([None, None, "one", "two"])
        able: list[Node | None] = [node for node in nodes if review in (None, node[1][:3])]
        start, end = rng.choice([None, *able]), rng.choice([None, *able])
        brute = Brute(bundles, review)
        answer = chains(
            store,
            start=start and names[start],
            end=end and names[end],
            review=review,
            max_length=LONGEST,
            limit=5000,
        )
        shown = told(answer.items)
        assert len(shown) == len(set(shown))
        assert set(shown) == brute.chains(start, end), (review, start, end)
        for chain in answer.items:
            seen["loop"] += bool(chain.loop)
            seen["short"] += chain.ends.role != "outcome"
            for before, step in pairwise(chain.steps):
                seen[f"on through a {step.begins.role}"] += 1
                seen["declared"] += bool(step.same_as)
                seen["across kinds"] += before.ends.kind != step.begins.kind
    return seen


def test_chains_are_those_of_a_brute_force(store: Store, request: pytest.FixtureRequest) -> None:
    seeds = 10 if "neo4j" in request.node.name else 25
    seen: Counter[str] = Counter()
    for seed in range(seeds):
        seen += _checked(empty(store), random.Random(seed), asked=8)
    # An empty world would prove nothing: each way on was taken.
    roads = {f"on through a {role}" for role in _RANK}
    assert {"loop", "short", "declared", "across kinds", *roads} <= set(seen), seen
