"""Every answer a store can give, as plain values: two stores that agree here agree everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graph.answers import Answer, Page
from graph.questions import records
from graph.questions.agreement import agreement
from graph.questions.chains import chains, weakest_link
from graph.questions.compare import compare, same_as
from graph.questions.contradictions import contradictions
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.findings import findings
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.lint import lint
from graph.questions.mechanisms import mechanisms
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.questions.theory_map import theory_map
from graph.questions.unsupported import mechanism, unsupported
from graph.store import Store

CROSSING = ("gaps", "map", "evidence", "chains", "comparison", "same-as")
"""Answers about all reviews at once."""

NARROWINGS = {
    "nothing": SensitivityFilter(),
    "rigour": SensitivityFilter(rigour="moderate"),
    "relevance": SensitivityFilter(relevance="low", without_source_kind="synthesis"),
}
"""What counts, and what is left out."""


def all_pages(question: Callable[..., Page[Any]], store: Store, limit: int = 7) -> list[Any]:
    """Every record of a list, page by page."""
    found: list[Any] = []
    after = ""
    while True:
        page = question(store, after=after, limit=limit)
        found += page.items
        if page.next is None:
            return found
        after = page.next


def everything(store: Store) -> dict[str, Any]:
    """All answers of a store, by question."""
    held = all_pages(records.reviews, store)
    every_mechanism = all_pages(mechanisms, store)
    answers: dict[str, Any] = {
        "reviews": held,
        "mechanisms": every_mechanism,
        "unsupported": all_pages(unsupported, store),
        "sources": all_pages(records.sources, store),
        "configurations": all_pages(records.configurations, store),
        "concepts": all_pages(records.concepts, store),
        "contradictions": all_pages(contradictions, store),
        "chains": all_pages(partial(chains, max_length=3), store, limit=500),
        "same-as": all_pages(same_as, store),
        "lint": all_pages(partial(lint, silenced=True), store),
        "theories": all_pages(records.theories, store),
        "findings": all_pages(findings, store),
        "gaps": [gaps(store)],
        "flows": [flow(store, review.id) for review in held],
        "map": [theory_map(store)],
        "evidence": [evidence(store, EvidenceFilter(), limit=1000)],
    }
    for review in held:
        wanted = EvidenceFilter(review=review.id)
        answers[f"evidence of {review.id}"] = [evidence(store, wanted, limit=1000)]
        answers[f"weakest link of {review.id}"] = [weakest_link(store, review=review.id)]
        answers[f"chains of {review.id}"] = [
            chains(store, review=review.id, max_length=3, limit=500)
        ]
        answers[f"agreement of {review.id}"] = [agreement(store, review=review.id)]
        answers[f"map of {review.id}"] = [theory_map(store, review=review.id)]
        answers[f"gaps of {review.id}"] = [
            gaps(store, review=review.id, by=by)
            for by in (["perspective"], ["source kind"], ["setting", "level"])
        ]
        for level in review.levels:
            wanted = EvidenceFilter(review=review.id, level=level.id)
            answers[f"evidence at {level.id}"] = [evidence(store, wanted, limit=1000)]
    if len(held) > 1:
        answers["comparison"] = [compare(store, [review.id for review in held])]
    for name, wanted in NARROWINGS.items():
        answers[f"sensitivity:{name}"] = all_pages(partial(_sensitivity, wanted), store)
    for item in every_mechanism:
        answers[f"mechanism {item.id}"] = [mechanism(store, item.id)]
        for stance in ("supports", "challenges", "refines"):
            wanted = EvidenceFilter(mechanism=item.id, stance=stance, rigour="moderate")
            answers[f"evidence about {item.id} {stance}"] = [evidence(store, wanted)]
    return {
        question: [
            answer.model_dump(mode="json") if isinstance(answer, Answer) else answer
            for answer in found
        ]
        for question, found in answers.items()
    }


def of_review(store: Store, review: str) -> dict[str, Any]:
    """The answers that belong to one review."""
    return {
        question: [
            answer for answer in found if f" {review}" in question or _belongs(answer, review)
        ]
        for question, found in everything(store).items()
        if question not in CROSSING and (" " not in question or f" {review}" in question)
    }


def _belongs(answer: dict[str, Any], review: str) -> bool:
    of = answer.get("reviews", [answer.get("review", answer.get("id"))])
    return bool(of == [review])


def _sensitivity(wanted: SensitivityFilter, store: Store, *, after: str, limit: int) -> Page[Any]:
    return sensitivity(store, wanted, after=after, limit=limit)
