"""Reviews that share works, and everything that is counted of them, counted by hand.

What is generated is illustrative. The counts are made from the records alone, by the plainest way:
no store, no statement and nothing of what the product counts with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from graph.answers import Weight
from graph.model import (
    Attribution,
    Concept,
    Configuration,
    Evidence,
    Grade,
    Mechanism,
    Part,
    Polarity,
    Review,
    ReviewBundle,
    SameAs,
    Source,
    SourceKind,
    Stance,
    Theory,
    TheoryKind,
)

REVIEWS = ("one", "two", "three")
_ALIKE = ("Trust in teams of nurses", "Trust in teams of nurses: an illustrative study")
_OTHER = ("Wholly unlike words, made up", "旅客の信頼について")
TITLES = (*_ALIKE, *_OTHER)
"""The first two do not contradict each other; all other pairs do."""
DOIS = (None, "10.1000/a", "10.1000/A", "10.1000/b")
_OPPOSED = (Polarity.POSITIVE, Polarity.NEGATIVE)
PMIDS = (None, None, "7", "07", "8")
SORTS = {
    "paper": "primary",
    "grey": "primary",
    "synthesis": "synthesis",
    "interview": "stakeholders",
    "consultation": "stakeholders",
}


@st.composite
def shelves(draw: st.DrawFn, most: int = 3) -> list[ReviewBundle]:
    """Up to three reviews whose sources may be records of one work, in one review or in several."""
    names = REVIEWS[: draw(st.integers(1, most))]
    held = {name: draw(st.integers(1, 4)) for name in names}
    every = [f"{name}:s{n}" for name in REVIEWS for n in range(3)]
    return [draw(_bundle(name, held[name], every)) for name in names]


@st.composite
def _bundle(draw: st.DrawFn, review: str, many: int, every: list[str]) -> ReviewBundle:
    def few(prefix: str, least: int, most: int) -> list[str]:
        return [f"{review}:{prefix}{n}" for n in range(draw(st.integers(least, most)))]

    def some(values: list[str], most: int = 2) -> list[str]:
        return draw(st.lists(st.sampled_from(values), max_size=most, unique=True)) if values else []

    source_ids = [f"{review}:s{n}" for n in range(many)]
    mechanism_ids, concept_ids = few("x", 1, 2), few("x", 2, 4)
    sources = [
        Source(
            id=id_,
            kind=draw(st.sampled_from(SourceKind)),
            title=draw(st.sampled_from(TITLES)),
            doi=draw(st.sampled_from(DOIS)),
            pmid=draw(st.sampled_from(PMIDS)),
            included=draw(st.sampled_from([None, True, True, False])),
            excluded_because=draw(st.sampled_from([None, "illustrative reason"])),
            studies=draw(st.sampled_from([None, 36])),
            attribution=draw(st.none() | st.sampled_from(Attribution)),
        )
        for id_ in source_ids
    ]
    configurations = []
    for id_ in few("k", 0, 3):
        one, other = draw(st.permutations(concept_ids))[:2]
        configurations.append(
            Configuration(
                id=id_,
                mechanisms=some(mechanism_ids),
                contexts=[Part(concept=one)],
                reasonings=[Part(concept=draw(st.sampled_from(concept_ids)))],
                outcomes=[Part(concept=other)],
                polarity=draw(st.sampled_from([*Polarity, *_OPPOSED, *_OPPOSED, None])),
                levels=some(["team", "system"]),
            )
        )
    theories = [Theory(id=f"{review}:x0", kind=TheoryKind.PROGRAMME, name="Illustrative theory")]
    targets = [
        *(("mechanism", id_) for id_ in mechanism_ids),
        *(("configuration", one.id) for one in configurations for _ in range(3)),
        *(("concept", id_) for id_ in concept_ids),
        ("theory", theories[0].id),
    ]
    evidence = [
        Evidence(
            id=f"{review}:e{n}",
            source=source,
            stance=stance,
            levels=levels,
            perspective=perspective,
            setting=None,
            contexts=contexts,
            rigour=rigour,
            statement="Illustrative.",
            **{kind: target},
        )
        for n, (source, (kind, target), stance, levels, perspective, rigour, contexts) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(source_ids),
                        st.sampled_from(targets),
                        st.sampled_from(Stance),
                        st.sampled_from([[], ["team"], ["system"], ["team", "system"]]),
                        st.sampled_from([None, "staff"]),
                        st.none() | st.sampled_from(Grade),
                        st.sampled_from([[], [], *([id_] for id_ in concept_ids)]),
                    ),
                    max_size=14,
                )
            )
        )
    ]
    same = []
    for kind, ids, others in (
        ("source", source_ids, every),
        ("mechanism", mechanism_ids, [f"{name}:x0" for name in REVIEWS]),
        ("concept", concept_ids, [f"{name}:x{n}" for name in REVIEWS for n in (0, 1)]),
    ):
        pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(others)), max_size=2))
        same += [
            SameAs(id=f"{review}:{kind}-{n}", same_as=other, **{kind: one})
            for n, (one, other) in enumerate(pairs)
            if one != other
        ]
    return ReviewBundle(
        review=Review(id=review, title=f"Illustrative review {review}"),
        sources=sources,
        mechanisms=[Mechanism(id=id_, name=f"Mechanism {id_}") for id_ in mechanism_ids],
        concepts=[Concept(id=id_, name=f"Concept {id_}") for id_ in concept_ids],
        configurations=configurations,
        theories=theories,
        evidence=evidence,
        same_as=same,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with what counts it."""

    record: Evidence
    source: Source
    work: str

    @property
    def counts(self) -> bool:
        return self.source.included is not False

    @property
    def sort(self) -> str:
        return SORTS[self.source.kind]

    @property
    def empirical(self) -> bool:
        return self.sort != "stakeholders"


@dataclass(slots=True)
class Counted:
    """Some reviews, and what is counted of them."""

    bundles: list[ReviewBundle]
    works: dict[str, str] = field(init=False)
    pieces: list[Piece] = field(init=False)
    belongs: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        sources = {one.id: one for bundle in self.bundles for one in bundle.sources}
        self.works = works_by_hand(
            list(sources.values()), [one for bundle in self.bundles for one in bundle.same_as]
        )
        self.pieces = [
            Piece(piece, sources[piece.source], self.works[piece.source])
            for bundle in self.bundles
            for piece in bundle.evidence
        ]
        self.belongs = {
            one.id: one.mechanisms for bundle in self.bundles for one in bundle.configurations
        }

    def about(self, kind: str, id_: str) -> list[tuple[Piece, str | None]]:
        """Evidence about a record, with the configuration that it comes through."""
        found: list[tuple[Piece, str | None]] = []
        for piece in self.pieces:
            target_kind, target = piece.record.target
            if (target_kind, target) == (kind, id_):
                found.append((piece, None))
            elif (kind, target_kind) == ("mechanism", "configuration") and id_ in self.belongs[
                target
            ]:
                found.append((piece, target))
        return found

    def weight(
        self, kind: str, id_: str, fits: Callable[[Piece], bool] = lambda piece: True
    ) -> dict[str, Any]:
        """Everything that a weight says of a record, of the evidence that fits."""
        return weighed([(piece, via) for piece, via in self.about(kind, id_) if fits(piece)])

    def behind(self, configuration: str) -> set[str]:
        """The empirical works that stand for a configuration itself."""
        return {
            piece.work
            for piece, _ in self.about("configuration", configuration)
            if piece.counts and piece.empirical and piece.record.stance != "challenges"
        }


def works_by_hand(sources: list[Source], declared: list[SameAs]) -> dict[str, str]:
    """The least id of all that each source is one work with, pair by pair until nothing changes."""
    held = {source.id: source for source in sources}
    said = {(one.one, one.same_as) for one in declared if one.source is not None}

    def one_work(one: Source, other: Source) -> bool:
        if (one.id, other.id) in said or (other.id, one.id) in said:
            return True
        if one.pmid and other.pmid and int(one.pmid) == int(other.pmid):
            return True
        agree = one.title == other.title or {one.title, other.title} == set(_ALIKE)
        return bool(one.doi and other.doi and one.doi.lower() == other.doi.lower() and agree)

    least = {id_: id_ for id_ in held}
    pairs = [(one.id, other.id) for one, other in combinations(sources, 2) if one_work(one, other)]
    moving = True
    while moving:
        moving = False
        for one, other in pairs:
            first = min(least[one], least[other])
            if least[one] != first or least[other] != first:
                least[one] = least[other] = first
                moving = True
    return least


def weighed(pieces: Iterable[tuple[Piece, str | None]]) -> dict[str, Any]:
    """What a weight says of pieces of evidence, as plain values."""
    amounts: dict[Any, tuple[set[str], list[str]]] = defaultdict(lambda: (set(), []))
    through: dict[Any, tuple[set[str], list[str]]] = defaultdict(lambda: (set(), []))
    works: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    backing: dict[str, set[str]] = defaultdict(set)
    syntheses: set[str] = set()
    apart: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for piece, via in pieces:
        stance = piece.record.stance.value
        if not piece.counts:
            apart[piece.source.id][stance] += 1
            continue
        for key, found in (
            ((piece.sort, stance), amounts),
            *((((piece.sort, stance, via), through),) if via else ()),
        ):
            found[key][0].add(piece.work)
            found[key][1].append(piece.record.id)
        works[piece.sort].add(piece.work)
        kinds[piece.source.kind.value].add(piece.work)
        if piece.empirical and stance != "challenges":
            backing[piece.sort].add(piece.work)
        if piece.sort == "synthesis":
            syntheses.add(piece.work)
    empirical = {stance for sort, stance in amounts if sort != "stakeholders"}
    supported, against = bool(empirical - {"challenges"}), "challenges" in empirical
    if supported:
        state = "mixed" if against else "supported"
    elif against:
        state = "challenged"
    else:
        state = "stakeholders only" if amounts else "none entered"
    return {
        "state": state,
        "amounts": {key: (len(held), len(ids)) for key, (held, ids) in amounts.items()},
        "through": {key: (len(held), len(ids)) for key, (held, ids) in through.items()},
        "works": {sort: len(held) for sort, held in works.items()},
        "kinds": {kind: len(held) for kind, held in kinds.items()},
        "backing": {sort: len(held) for sort, held in backing.items()},
        "pieces": sum(len(ids) for _, ids in amounts.values()),
        "syntheses": syntheses,
        "apart": {id_: dict(counts) for id_, counts in apart.items()},
    }


def plain(weight: Weight) -> dict[str, Any]:
    """What an answered weight says, in the same plain values."""
    return {
        "state": weight.state.value,
        "amounts": {
            (one.sort.value, one.stance.value): (one.works, one.pieces) for one in weight.amounts
        },
        "through": {
            (one.sort.value, one.stance.value, part.configuration): (part.works, part.pieces)
            for one in weight.amounts
            for part in one.through
        },
        "works": {sort.value: n for sort, n in weight.works.items()},
        "kinds": {kind.value: n for kind, n in weight.works_by_kind.items()},
        "backing": {sort.value: n for sort, n in weight.backing.items()},
        "pieces": weight.pieces,
        "syntheses": {one.work for one in weight.syntheses},
        "apart": {
            one.source.id: {stance.value: n for stance, n in one.pieces.items()}
            for one in weight.apart
        },
    }
