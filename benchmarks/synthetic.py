"""Synthetic reviews and maps of any size. Illustrative: nothing in them comes from a real review.

Each piece of evidence has one source and one mechanism. The pieces of a mechanism take turns at
levels, stances and appraisals, so every filter keeps a share of every mechanism.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.answers import EvidenceState, MapEdge, MapNode, ReviewView, Sort, TheoryMap
from graph.model import (
    Evidence,
    Level,
    Mechanism,
    Polarity,
    Review,
    ReviewBundle,
    Role,
    Source,
    SourceKind,
)

REVIEW = "synthetic"
LEVELS = ("system", "team", "person")
STANCES = ("supports", "supports", "supports", "challenges", "refines")
APPRAISALS = ("low", "moderate", "high")


def mechanism_count(links: int) -> int:
    """How many mechanisms a review with that many evidence links has."""
    return max(5, min(1000, links // 200))


def source_count(links: int) -> int:
    """How many sources it has."""
    return max(10, links // 20)


def evidence_rows(links: int, review: str = REVIEW) -> Iterator[dict[str, Any]]:
    """Evidence as plain values, before anything is validated."""
    mechanisms = mechanism_count(links)
    sources = source_count(links)
    for n in range(links):
        turn, mechanism = divmod(n, mechanisms)
        yield {
            "id": f"{review}:e{n:07d}",
            "source": f"{review}:s{(n * 7919 + turn) % sources}",
            "mechanism": f"{review}:m{mechanism}",
            "stance": STANCES[(turn * 3 + mechanism) % len(STANCES)],
            "levels": [LEVELS[turn % len(LEVELS)]],
            "perspective": "leader" if turn % 4 else "staff",
            "statement": f"Illustrative statement number {n}, in the extractor's words.",
            "locator": f"p. {n % 40 + 1}",
            "rigour": APPRAISALS[turn // 3 % 3],
            "relevance": APPRAISALS[turn // 9 % 3],
        }


def source_rows(links: int, review: str = REVIEW) -> Iterator[dict[str, Any]]:
    """Sources as plain values."""
    for n in range(source_count(links)):
        yield {
            "id": f"{review}:s{n}",
            "kind": "paper" if n % 10 else "grey",
            "title": f"Illustrative source {n}",
            "year": 2000 + n % 25,
            "included": True,
        }


def mechanism_rows(links: int, review: str = REVIEW) -> Iterator[dict[str, Any]]:
    """Mechanisms as plain values."""
    for n in range(mechanism_count(links)):
        yield {"id": f"{review}:m{n}", "name": f"Illustrative mechanism {n}", "number": n}


def bundle(
    links: int,
    evidence: list[dict[str, Any]],
    sources: list[dict[str, Any]],
    mechanisms: list[dict[str, Any]],
    review: str = REVIEW,
) -> ReviewBundle:
    """A validated review made of plain values."""
    return ReviewBundle.model_construct(
        review=Review(id=review, title=f"Illustrative review of {links} evidence links"),
        levels=[
            Level(id=f"{review}:{name}", name=f"{name.capitalize()} level", position=position)
            for position, name in enumerate(LEVELS)
        ],
        sources=[Source(**row) for row in sources],
        mechanisms=[Mechanism(**row) for row in mechanisms],
        evidence=[Evidence(**row) for row in evidence],
    )


@dataclass(frozen=True, slots=True)
class PlainReview:
    """A synthetic review as plain values, held in memory."""

    links: int
    review: str
    evidence: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    mechanisms: list[dict[str, Any]]

    @classmethod
    def of(cls, links: int, review: str = REVIEW) -> PlainReview:
        """The review with that many evidence links."""
        return cls(
            links,
            review,
            list(evidence_rows(links, review)),
            list(source_rows(links, review)),
            list(mechanism_rows(links, review)),
        )

    def validated(self) -> ReviewBundle:
        """The same as models: every value is checked."""
        return bundle(self.links, self.evidence, self.sources, self.mechanisms, self.review)


def theory_map(nodes: int, edges: int) -> TheoryMap:
    """A map of one illustrative review with that many nodes and edges.

    A fifth of the nodes are sources, a twentieth mechanisms, a quarter configurations and the
    rest concepts; a quarter of the edges are evidence, the rest parts of configurations.
    """
    review = "illustrative"
    sources, mechanisms, configurations = nodes // 5, nodes // 20, nodes // 4
    concepts = nodes - sources - mechanisms - configurations
    roles, states, polarities = list(Role), list(EvidenceState), list(Polarity)
    kinds = list(SourceKind)
    drawn = [
        MapNode(
            id=f"{review}:s{n}",
            kind="source",
            review=review,
            name=f"Illustrative author {n} (20{n % 25:02d})",
            source_kind=kinds[n % len(kinds)],
            lines=[f"Illustrative author {n}. An illustrative title. Journal, p. {n % 90}."],
        )
        for n in range(sources)
    ]
    drawn += [
        MapNode(
            id=f"{review}:m{n}",
            kind="mechanism",
            review=review,
            name=f"Illustrative mechanism number {n}",
            support=states[n % len(states)],
            works={Sort.PRIMARY: n % 9},
            levels=[LEVELS[n % 3]],
            mechanisms=[f"{review}:m{n}"],
            lines=[f"Section {n % 7 + 1}, Table {n % 4 + 1}"],
        )
        for n in range(mechanisms)
    ]
    drawn += [
        MapNode(
            id=f"{review}:c{n}",
            kind="configuration",
            review=review,
            name=f"CMO {n}",
            polarity=polarities[n % len(polarities)],
            levels=[LEVELS[n % 3]],
            mechanisms=[f"{review}:m{n % mechanisms}"],
        )
        for n in range(configurations)
    ]
    drawn += [
        MapNode(
            id=f"{review}:k{n}",
            kind="concept",
            review=review,
            name=f"An illustrative {roles[n % 4].value} in several words, number {n}",
            roles=[roles[n % 4]],
            lines=["Box 2"],
        )
        for n in range(concepts)
    ]
    evidence = edges // 4
    lines = [
        MapEdge(
            start=f"source/{review}:s{n % sources}",
            end=f"mechanism/{review}:m{n * 7 % mechanisms}",
            kind=STANCES[n % len(STANCES)],
            count=n % 3 + 1,
            levels=[LEVELS[n % 3]],
            lines=[f"p. {n % 90}"],
        )
        for n in range(evidence)
    ]
    for n in range(edges - evidence):
        configuration = f"configuration/{review}:c{n % configurations}"
        if n < configurations:
            end, kind = f"mechanism/{review}:m{n % mechanisms}", "belongs to"
        else:
            concept = n * 13 % concepts
            end, kind = f"concept/{review}:k{concept}", roles[concept % 4].value
        lines.append(MapEdge(start=configuration, end=end, kind=kind))
    return TheoryMap(
        title="An illustrative theory map",
        reviews=[ReviewView(id=review, title="An illustrative review", authors=["Nobody A"])],
        nodes=drawn,
        edges=lines,
    )
