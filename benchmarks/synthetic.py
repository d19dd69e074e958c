"""Synthetic reviews of any size. Illustrative: nothing in them comes from a real review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.model import (
    Evidence,
    Level,
    Mechanism,
    Review,
    ReviewBundle,
    Source,
)

REVIEW = "synthetic"
LEVELS = ("system", "team", "person")
STANCES = ("supports", "supports", "supports", "challenges", "refines")
APPRAISALS = ("low", "moderate", "high")


def mechanism_count(links: int) -> int:
    """How many mechanisms a review with that many evidence links has."""
    return max(10, min(1000, links // 200))


def source_count(links: int) -> int:
    """How many sources it has."""
    return max(10, links // 20)


def evidence_rows(links: int) -> Iterator[dict[str, Any]]:
    """Evidence as plain values, before anything is validated."""
    mechanisms = mechanism_count(links)
    sources = source_count(links)
    for n in range(links):
        yield {
            "id": f"{REVIEW}:e{n:07d}",
            "source": f"{REVIEW}:s{n * 7919 % sources}",
            "mechanism": f"{REVIEW}:m{n % mechanisms}",
            "stance": STANCES[n * 31 % len(STANCES)],
            "levels": [LEVELS[n * 17 % len(LEVELS)]],
            "perspective": "leader" if n % 3 else "staff",
            "statement": f"Illustrative statement number {n}, in the extractor's words.",
            "locator": f"p. {n % 40 + 1}",
            "rigour": APPRAISALS[n * 13 % 3],
            "relevance": APPRAISALS[n * 11 % 3],
        }


def source_rows(links: int) -> Iterator[dict[str, Any]]:
    """Sources as plain values."""
    for n in range(source_count(links)):
        yield {
            "id": f"{REVIEW}:s{n}",
            "kind": "paper" if n % 10 else "grey",
            "title": f"Illustrative source {n}",
            "year": 2000 + n % 25,
            "included": True,
        }


def mechanism_rows(links: int) -> Iterator[dict[str, Any]]:
    """Mechanisms as plain values."""
    for n in range(mechanism_count(links)):
        yield {"id": f"{REVIEW}:m{n}", "name": f"Illustrative mechanism {n}", "number": n}


def bundle(
    links: int,
    evidence: list[dict[str, Any]],
    sources: list[dict[str, Any]],
    mechanisms: list[dict[str, Any]],
) -> ReviewBundle:
    """A validated review made of plain values."""
    return ReviewBundle.model_construct(
        review=Review(id=REVIEW, title=f"Illustrative review of {links} evidence links"),
        levels=[
            Level(id=f"{REVIEW}:{name}", name=f"{name.capitalize()} level", position=position)
            for position, name in enumerate(LEVELS)
        ],
        sources=[Source(**row) for row in sources],
        mechanisms=[Mechanism(**row) for row in mechanisms],
        evidence=[Evidence(**row) for row in evidence],
    )
