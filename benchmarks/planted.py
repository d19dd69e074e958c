"""Planted contradictions: are all of them found, and is what sets the sides apart named?

Illustrative: nothing here comes from a real review. Of the mechanisms, a third have evidence on
both sides, and one difference between the sides was planted there: a context, a level, a
perspective or a setting, or two together. A tenth of the pieces break the rule. The other
mechanisms have evidence for them only, some of it refining, or against them only, and all other
features fall at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from time import perf_counter

from benchmarks.measuring import Measured, say
from graph.answers import Contradiction, Separates
from graph.load import load_review
from graph.model import (
    Concept,
    Evidence,
    Level,
    Mechanism,
    Review,
    ReviewBundle,
    Source,
    Stance,
)
from graph.questions.contradictions import contradictions
from graph.settings import Settings
from graph.stores import scratch_store

REVIEW = "planted"
NOISE = 0.1
GOAL = 0.95
VALUES = {
    Separates.CONTEXT: [f"{REVIEW}:c{n}" for n in range(12)],
    Separates.LEVEL: ["system", "team", "person"],
    Separates.PERSPECTIVE: ["leader", "staff", "patient", "carer"],
    Separates.SETTING: [f"setting {n}" for n in range(6)],
}

Marks = dict[Separates, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """A review, and the difference that was planted for each contradicted mechanism."""

    bundle: ReviewBundle
    moderators: dict[str, Marks]


@dataclass(frozen=True, slots=True)
class Recall:
    """What was found of what was planted."""

    planted: int
    found: int
    false: int
    first: int
    in_three: int
    seconds: float


def plant(links: int, seed: int = 2026) -> Planted:
    """A review with that many evidence links, of which a third are about contradicted targets."""
    chance = random.Random(seed)
    per_mechanism = 40
    mechanisms = [f"{REVIEW}:m{n:05d}" for n in range(links // per_mechanism)]
    sources = [f"{REVIEW}:s{n}" for n in range(max(links // 10, 20))]
    moderators: dict[str, Marks] = {}
    evidence = []
    for number, mechanism in enumerate(mechanisms):
        planted: Marks = {}
        if number % 3 == 0:
            dimensions = chance.sample(list(VALUES), 2 if number % 15 == 0 else 1)
            planted = {one: chance.choice(VALUES[one]) for one in dimensions}
            moderators[mechanism] = planted
        stance = chance.choice([Stance.SUPPORTS, Stance.CHALLENGES])
        plain = not planted and stance is Stance.SUPPORTS
        for n in range(per_mechanism):
            if planted:
                stance = (Stance.SUPPORTS, Stance.CHALLENGES)[n % 2]
            evidence.append(
                Evidence(
                    id=f"{mechanism}-e{n}",
                    source=chance.choice(sources),
                    mechanism=mechanism,
                    stance=Stance.REFINES if plain and n % 9 == 0 else stance,
                    **_fields(_marks(chance, planted, stance)),
                )
            )
    bundle = ReviewBundle.model_construct(
        review=Review(id=REVIEW, title="Illustrative review with planted contradictions"),
        levels=[Level(id=f"{REVIEW}:{name}", name=name) for name in VALUES[Separates.LEVEL]],
        concepts=[
            Concept(id=id_, name=f"Illustrative context {n}")
            for n, id_ in enumerate(VALUES[Separates.CONTEXT])
        ],
        sources=[
            Source(id=id_, kind="paper", title=f"Illustrative source {n}")
            for n, id_ in enumerate(sources)
        ],
        mechanisms=[
            Mechanism(id=id_, name=f"Illustrative mechanism {n}")
            for n, id_ in enumerate(mechanisms)
        ],
        evidence=evidence,
    )
    return Planted(bundle, moderators)


def _marks(chance: random.Random, planted: Marks, stance: Stance) -> Marks:
    """Features at random; what supports has the planted ones and what challenges has not."""
    marks = {one: chance.choice(values) for one, values in VALUES.items()}
    if not planted:
        return marks
    has = (stance is Stance.SUPPORTS) is not (chance.random() < NOISE)
    if has:
        return marks | planted
    missing = chance.choice(list(planted))
    others = [value for value in VALUES[missing] if value != planted[missing]]
    return marks | planted | {missing: chance.choice(others)}


def _fields(marks: Marks) -> dict[str, object]:
    return {
        "contexts": [marks[Separates.CONTEXT]],
        "levels": [marks[Separates.LEVEL]],
        "perspective": marks[Separates.PERSPECTIVE],
        "setting": marks[Separates.SETTING],
    }


def recall(planted: Planted) -> Recall:
    """Ask for every contradiction, page by page, and compare with what was planted."""
    with scratch_store(Settings(query_seconds=600)) as store:
        load_review(store, planted.bundle)
        began = perf_counter()
        found: list[Contradiction] = []
        after = ""
        while True:
            page = contradictions(store, review=REVIEW, after=after, limit=200)
            found += page.items
            if page.next is None:
                break
            after = page.next
        taken = perf_counter() - began
    places = [_place(one, planted.moderators.get(one.about.id, {})) for one in found]
    return Recall(
        planted=len(planted.moderators),
        found=len({one.about.id for one in found} & set(planted.moderators)),
        false=len([one for one in found if one.about.id not in planted.moderators]),
        first=places.count(1),
        in_three=len([place for place in places if place and place <= 3]),
        seconds=taken,
    )


def _place(found: Contradiction, planted: Marks) -> int | None:
    """At which place the planted difference stands, from 1."""
    for place, moderator in enumerate(found.moderators, 1):
        if {part.dimension: part.id for part in moderator.features} == planted:
            return place
    return None


def measure(links: int = 100_000) -> list[Measured]:
    """Plant, ask, and print what came back."""
    told = recall(plant(links))
    say(
        f"planted contradictions, {links:,} links: {told.found} of {told.planted} found, "
        f"{told.false} false; the planted moderator first {told.first}, in the first three "
        f"{told.in_three}; {told.seconds:.1f} s"
    )
    return [
        Measured("planted contradictions found", told.found / told.planted, 1, at_least=True),
        Measured(
            "planted moderator in the first three",
            told.in_three / told.planted,
            GOAL,
            at_least=True,
        ),
    ]
