"""Whether those who appraised the evidence agree."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from graph.answers import AgreementAnswer, GradeBy, Named, PairAgreement, Unresolved
from graph.catalogue import named
from graph.model import QUALITIES
from graph.questions.names import resolve_review
from graph.questions.records import review_ids
from graph.store import Store

Given = dict[str, dict[str, set[str]]]
"""Grades by appraiser and piece of evidence; more than one if somebody graded it twice."""


def agreement(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> AgreementAnswer:
    """Cohen's kappa for each pair of appraisers and each quality, and what is not settled.

    A piece is unresolved if its grades differ and the review states none for it. What one
    appraiser graded in two ways does not enter into kappa.

    Args:
        store: where to look.
        review: only this review.
        after: the id of an unresolved grade after which the page begins.
        limit: unresolved grades on the page.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    reviews = [owner] if owner else review_ids(store)
    rows = store.read(named("appraisals_of"), reviews=reviews)
    appraisers = sorted({(row["review"], row["appraiser"]) for row in rows})
    unresolved = [one for one in _unresolved(rows) if one.id > after]
    items = unresolved[:limit]
    return AgreementAnswer(
        pairs=_pairs(rows),
        appraised=len({row["evidence"] for row in rows}),
        appraisers=[Named(id=f"{home}:{name}", name=name) for home, name in appraisers],
        items=items,
        next=items[-1].id if len(unresolved) > limit else None,
        notes=[] if rows else ["No appraisals by appraiser are held (appraisals.csv)."],
    )


def _pairs(rows: list[dict[str, Any]]) -> list[PairAgreement]:
    found = []
    for review in sorted({row["review"] for row in rows}):
        for quality in QUALITIES:
            given: Given = {}
            for row in rows:
                if row["review"] == review and row[quality] is not None:
                    graded = given.setdefault(row["appraiser"], {})
                    graded.setdefault(row["evidence"], set()).add(row[quality])
            for one, other in combinations(sorted(given), 2):
                found.append(_pair(review, quality, one, other, given))
    return found


def _pair(review: str, quality: str, one: str, other: str, given: Given) -> PairAgreement:
    both = sorted(
        evidence
        for evidence in given[one].keys() & given[other].keys()
        if len(given[one][evidence]) == len(given[other][evidence]) == 1
    )
    grades = [(*given[one][evidence], *given[other][evidence]) for evidence in both]
    return PairAgreement(
        review=review,
        quality=quality,
        one=one,
        other=other,
        both=len(both),
        same=sum(first == second for first, second in grades),
        kappa=_kappa(grades),
    )


def _kappa(grades: list[tuple[str, ...]]) -> float | None:
    """Cohen's kappa: how much of the agreement that chance leaves open there is."""
    if len({grade for pair in grades for grade in pair}) < 2:
        return None
    given = [Counter(pair[coder] for pair in grades) for coder in (0, 1)]
    observed = sum(first == second for first, second in grades) / len(grades)
    by_chance = sum(given[0][grade] * given[1][grade] for grade in given[0]) / len(grades) ** 2
    return round((observed - by_chance) / (1 - by_chance), 4)


def _unresolved(rows: list[dict[str, Any]]) -> list[Unresolved]:
    grades: dict[tuple[str, str], list[GradeBy]] = {}
    for row in rows:
        for quality in QUALITIES:
            if row[quality] is not None and row["settled_" + quality] is None:
                given = GradeBy(appraiser=row["appraiser"], grade=row[quality], appraisal=row["id"])
                grades.setdefault((row["evidence"], quality), []).append(given)
    found = [
        Unresolved(id=f"{evidence}#{quality}", evidence=evidence, quality=quality, grades=given)
        for (evidence, quality), given in grades.items()
        if len({one.grade for one in given}) > 1
    ]
    return sorted(found, key=lambda one: one.id)
