"""Evidence by any filter, from any anchor, against a filter written anew over the raw records."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from conftest import ROOT

from graph.answers.weight import Weight
from graph.catalogue import catalogue, statements
from graph.errors import NotFound
from graph.load import load_review
from graph.model import (
    Appraisal,
    Concept,
    Configuration,
    Evidence,
    Grade,
    Level,
    Mechanism,
    Part,
    Perspective,
    Review,
    ReviewBundle,
    Source,
    SourceKind,
    Stance,
    Theory,
    TheoryKind,
)
from graph.questions.evidence import EvidenceFilter, evidence
from graph.store import Store

GRADES = [None, *Grade]
KINDS = [
    (SourceKind.PAPER, 2010),
    (SourceKind.SYNTHESIS, 2012),
    (SourceKind.INTERVIEW, None),
    (SourceKind.PAPER, 2013),
    (SourceKind.GREY, 2013),
    (SourceKind.SYNTHESIS, 2014),
    (SourceKind.CONSULTATION, None),
    (SourceKind.PAPER, 2015),
]
EXCLUDED = f"s{len(KINDS) - 1}"
"""The last source is one that its review excluded: shown, and not counted."""
SORTS = {
    "paper": "primary",
    "grey": "primary",
    "synthesis": "synthesis",
    "interview": "stakeholders",
    "consultation": "stakeholders",
}
Fits = Callable[["Piece"], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence with what a filter may look at, taken from the bundle by hand."""

    record: Evidence
    source: Source
    configuration: Configuration | None
    grades: dict[str, str | None]

    @property
    def mechanisms(self) -> set[str | None]:
        own = set(self.configuration.mechanisms) if self.configuration else set()
        return {self.record.mechanism, *own}

    @property
    def contexts(self) -> set[str]:
        parts = self.configuration.contexts if self.configuration else []
        return {*self.record.contexts, *(part.concept for part in parts)}


def illustrative(review: str, seed: int) -> ReviewBundle:
    """A made-up review whose evidence takes every value that a filter can ask for."""
    chance = random.Random(seed)
    mechanisms, concepts = ([f"{review}:{letter}{n}" for n in range(3)] for letter in "mc")
    sources = [f"{review}:s{n}" for n in range(len(KINDS))]
    configurations = [
        Configuration(
            id=f"{review}:k{n}",
            mechanisms=chance.sample(mechanisms, chance.randint(1, 2)),
            contexts=[Part(concept=chance.choice(concepts))],
        )
        for n in range(3)
    ]
    theories = [f"{review}:t0"]
    targets = {
        "mechanism": mechanisms,
        "configuration": [one.id for one in configurations],
        "concept": concepts,
        "theory": theories,
    }
    pieces = [
        Evidence(
            id=f"{review}:e{n:02}",
            source=chance.choice(sources),
            stance=chance.choice(list(Stance)),
            levels=chance.sample(["system", "team"], chance.randint(0, 2)),
            perspective=chance.choice([None, "staff", "patient"]),
            setting=chance.choice([None, "ward", "clinic"]),
            contexts=chance.sample(concepts, chance.randint(0, 1)),
            relevance=chance.choice(GRADES),
            rigour=chance.choice(GRADES),
            richness=chance.choice(GRADES),
            **{(kind := chance.choice(list(targets))): chance.choice(targets[kind])},
        )
        for n in range(60)
    ]
    return ReviewBundle(
        review=Review(id=review, title=f"Illustrative review {review}"),
        levels=[Level(id=f"{review}:{word}", name=word.title()) for word in ("system", "team")],
        perspectives=[
            Perspective(id=f"{review}:{word}", name=word) for word in ("staff", "patient")
        ],
        sources=[
            Source(
                id=id_,
                kind=kind,
                title=f"Illustrative source {id_}",
                year=year,
                included=not id_.endswith(EXCLUDED),
            )
            for id_, (kind, year) in zip(sources, KINDS, strict=True)
        ],
        mechanisms=[Mechanism(id=id_, name=f"Mechanism {id_}") for id_ in mechanisms],
        concepts=[Concept(id=id_, name=f"Concept {id_}") for id_ in concepts],
        configurations=configurations,
        theories=[Theory(id=id_, kind=TheoryKind.PROGRAMME, name=id_) for id_ in theories],
        evidence=pieces,
        appraisals=[
            Appraisal(
                id=f"{review}:a{n}",
                evidence=chance.choice(pieces).id,
                appraiser=f"Illustrative {n}",
                rigour=chance.choice(GRADES),
            )
            for n in range(40)
        ],
    )


REVIEWS = [illustrative("alpha", 1), illustrative("beta", 2)]


def pieces() -> Iterator[Piece]:
    for bundle in REVIEWS:
        sources = {one.id: one for one in bundle.sources}
        configurations = {one.id: one for one in bundle.configurations}
        for record in bundle.evidence:
            grades: dict[str, str | None] = {}
            for quality in ("relevance", "rigour", "richness"):
                said = {
                    getattr(one, quality)
                    for one in bundle.appraisals
                    if one.evidence == record.id and getattr(one, quality)
                }
                agreed = said.pop() if len(said) == 1 else None
                grades[quality] = getattr(record, quality) or agreed
            yield Piece(
                record,
                sources[record.source],
                configurations.get(record.configuration or ""),
                grades,
            )


PIECES = list(pieces())


def at_least(quality: str, least: Grade) -> Fits:
    order = ["low", "moderate", "high"]
    return lambda one: (
        one.grades[quality] is not None
        and order.index(str(one.grades[quality])) >= order.index(least.value)
    )


STAKEHOLDERS = ("interview", "consultation")
ANCHORS: list[tuple[dict[str, str], Fits]] = [
    ({}, lambda one: True),
    ({"review": "alpha"}, lambda one: one.record.id.startswith("alpha:")),
    ({"mechanism": "alpha:m1"}, lambda one: "alpha:m1" in one.mechanisms),
    ({"configuration": "alpha:k1"}, lambda one: one.record.configuration == "alpha:k1"),
    ({"concept": "alpha:c1"}, lambda one: one.record.concept == "alpha:c1"),
    ({"theory": "alpha:t0"}, lambda one: one.record.theory == "alpha:t0"),
    ({"source": "alpha:s1"}, lambda one: one.record.source == "alpha:s1"),
]
FIELDS: list[tuple[dict[str, str], Fits]] = [
    *ANCHORS,
    ({"review": "beta"}, lambda one: one.record.id.startswith("beta:")),
    ({"source": "alpha:s0"}, lambda one: one.record.source == "alpha:s0"),
    ({"level": "Team"}, lambda one: "team" in one.record.levels),
    ({"level": "not stated"}, lambda one: not one.record.levels),
    *(
        ({"stance": str(stance)}, lambda one, stance=stance: one.record.stance == stance)
        for stance in Stance
    ),
    ({"perspective": "patient"}, lambda one: one.record.perspective == "patient"),
    ({"perspective": "not stated"}, lambda one: one.record.perspective is None),
    ({"setting": "ward"}, lambda one: one.record.setting == "ward"),
    ({"setting": "not stated"}, lambda one: one.record.setting is None),
    ({"source_kind": "interview"}, lambda one: one.source.kind == "interview"),
    ({"source_kind": "synthesis"}, lambda one: one.source.kind == "synthesis"),
    ({"source_kind": "stakeholders"}, lambda one: one.source.kind in STAKEHOLDERS),
    ({"source_kind": "empirical"}, lambda one: one.source.kind not in STAKEHOLDERS),
    ({"source_kind": "primary"}, lambda one: one.source.kind in ("paper", "grey")),
    ({"since": "2012"}, lambda one: (one.source.year or 0) >= 2012),
    ({"until": "2012"}, lambda one: (one.source.year or 3000) <= 2012),
    ({"rigour": "low only"}, lambda one: one.grades["rigour"] == "low"),
    ({"richness": "moderate only"}, lambda one: one.grades["richness"] == "moderate"),
    ({"relevance": "not stated"}, lambda one: one.grades["relevance"] is None),
    ({"context": "alpha:c0"}, lambda one: "alpha:c0" in one.contexts),
    ({"not_level": "Team"}, lambda one: "team" not in one.record.levels),
    ({"not_level": "not stated"}, lambda one: bool(one.record.levels)),
    ({"not_perspective": "patient"}, lambda one: one.record.perspective != "patient"),
    ({"not_perspective": "not stated"}, lambda one: one.record.perspective is not None),
    ({"not_setting": "ward"}, lambda one: one.record.setting != "ward"),
    ({"not_setting": "not stated"}, lambda one: one.record.setting is not None),
    ({"not_source": "alpha:s0"}, lambda one: one.record.source != "alpha:s0"),
    ({"not_source_kind": "interview"}, lambda one: one.source.kind != "interview"),
    ({"not_source_kind": "primary"}, lambda one: one.source.kind not in ("paper", "grey")),
    (
        {"source_kind": "empirical", "not_source_kind": "synthesis"},
        lambda one: one.source.kind in ("paper", "grey"),
    ),
    *(
        ({quality: str(least)}, at_least(quality, least))
        for quality in ("relevance", "rigour", "richness")
        for least in Grade
    ),
]


def assert_counted(weight: Weight, wanted: list[Piece]) -> None:
    """The works and pieces of an answer are those of the pieces, counted one by one."""

    def sort(one: Piece) -> str:
        return SORTS[one.source.kind.value]

    apart: dict[str, Counter[str]] = {}
    for one in wanted:
        if not one.source.included:
            apart.setdefault(one.source.id, Counter())[one.record.stance.value] += 1
    assert {one.source.id: one.pieces for one in weight.apart} == apart
    wanted = [one for one in wanted if one.source.included]
    works: dict[tuple[str, str], set[str]] = {}
    pieces: Counter[tuple[str, str]] = Counter()
    for one in wanted:
        key = (sort(one), one.record.stance.value)
        works.setdefault(key, set()).add(one.source.id)
        pieces[key] += 1
    told = {(amount.sort.value, amount.stance.value): amount for amount in weight.amounts}
    assert {key: amount.works for key, amount in told.items()} == {
        key: len(ids) for key, ids in works.items()
    }
    assert {key: amount.pieces for key, amount in told.items()} == pieces
    assert weight.pieces == len(wanted)
    assert weight.works == Counter(sort for sort, _ in {(sort(p), p.source.id) for p in wanted})
    backing = {(sort(p), p.source.id) for p in wanted if p.record.stance != "challenges"}
    assert weight.backing == Counter(sort for sort, _ in backing if sort != "stakeholders")
    kinds = Counter(kind for _, kind in {(p.source.id, p.source.kind) for p in wanted})
    assert weight.works_by_kind == kinds
    named = {p.source.id for p in wanted if p.source.kind == "synthesis"}
    assert [one.id for one in weight.syntheses] == sorted(named)


def test_every_anchor_gives_what_the_raw_records_give(store: Store) -> None:
    for bundle in REVIEWS:
        load_review(store, bundle)
    narrowed = 0
    fields_once = list({next(iter(given), ""): (given, fits) for given, fits in FIELDS}.values())
    slow = store.waits_on_network  # fields by turns there; each value, and many pairs, here
    asked = [
        (anchor, [field])
        for n, anchor in enumerate(ANCHORS)
        for field in (fields_once[n % 3 :: 3] if slow else FIELDS)
    ]
    asked += (
        []
        if slow
        else [
            (anchor, list(pair))
            for n, anchor in enumerate(ANCHORS)
            for pair in list(combinations(FIELDS, 2))[n :: 3 * len(ANCHORS)]
        ]
    )
    for (anchor, fits), fields in asked:
        given = dict(anchor)
        if any(
            given.setdefault(name, value) != value
            for one, _ in fields
            for name, value in one.items()
        ):
            continue  # one field cannot be asked for two values
        if given.get("review") == "beta" and any(":" in value for value in given.values()):
            with pytest.raises(NotFound):
                evidence(store, EvidenceFilter.model_validate(given))
            continue  # what belongs to another review is told, not answered with nothing
        wanted = [one for one in PIECES if fits(one) and all(also(one) for _, also in fields)]
        answer = evidence(store, EvidenceFilter.model_validate(given), limit=200)
        assert [item.id for item in answer.items] == [one.record.id for one in wanted], given
        assert answer.totals.evidence == len(wanted), given
        assert_counted(answer.totals.weight, wanted)
        if answer.mechanism is not None:  # its own weight is that of all of its evidence
            its = answer.mechanism.id
            assert_counted(answer.mechanism.weight, [p for p in PIECES if its in p.mechanisms])
        narrowed += 0 < len(wanted) < sum(map(fits, PIECES))
    assert narrowed > len(asked) // 2, "most filters must leave some and take some away"


def test_pages_of_any_size_add_up_to_the_whole(store: Store) -> None:
    for bundle in REVIEWS:
        load_review(store, bundle)
    for anchor, fits in ANCHORS:
        wanted = [one.record.id for one in PIECES if fits(one)]
        for limit in (1, 3, len(wanted)):
            found: list[str] = []
            after: str | None = ""
            while after is not None and len(found) <= len(wanted):
                page = evidence(
                    store, EvidenceFilter.model_validate(anchor), after=after, limit=limit
                )
                found += [item.id for item in page.items]
                assert len(page.items) <= limit
                assert (page.next is None) == (len(found) == len(wanted)), (anchor, limit)
                after = page.next
            assert found == wanted, (anchor, limit)


def test_the_filter_is_written_once_and_read_into_every_statement() -> None:
    asking = [query for query in catalogue().values() if "s.kind IN $source_kinds" in query.text]
    assert len(asking) == 16
    written = (ROOT / "graph" / "cypher" / "evidence.cypher").read_text(encoding="utf-8")
    assert written.count("s.kind IN $source_kinds") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("// name: a\n// Answers.\n// include: nothing\nRETURN 1 AS id\n", "a includes nothing"),
        ("// fragment: b\n// Some.\nWHERE 1 = 1\n\n// name: a\nRETURN 1 AS id\n", "a does not say"),
    ],
)
def test_a_statement_that_is_not_whole_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        list(statements(text))


def test_lines_that_statements_share_are_read_in_their_place() -> None:
    text = (
        "// fragment: some\n// Some of it.\nWHERE n.id > $after\n\n"
        "// fragment: more\n// More of it.\n// include: some\n  AND true\n\n"
        "// name: all\n// What it answers.\nMATCH (n)\n// include: more\nRETURN n.id AS id\n"
    )
    (query,) = statements(text)
    assert query.text == "MATCH (n)\nWHERE n.id > $after\n  AND true\nRETURN n.id AS id"
    assert (query.name, query.comment) == ("all", "What it answers.")
