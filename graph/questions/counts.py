"""How many records of a kind each review has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.answers import CountAnswer, Counted, Page
from graph.questions.names import resolve_review
from graph.questions.paging import every
from graph.questions.records import counts_of, review_ids
from graph.store import Store


def counted(
    store: Store,
    kind: str,
    question: Callable[..., Page[Any]] | None,
    *,
    review: str | None = None,
    **narrowed: Any,
) -> CountAnswer:
    """How many records a list has, by review.

    Args:
        store: where to look.
        kind: what is counted, in the plural; without a ``question`` a kind of record, or all.
        question: the list.
        review: only this review.
        narrowed: what narrows the list.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    held = [owner] if owner else review_ids(store)
    if question is None:
        items = [
            Counted(review=one, kind=name, n=n)
            for one, counts in counts_of(store, held).items()
            for name, n in counts.items()
            if kind == "everything" or name == "evidence"
        ]
    elif kind == "reviews":
        items = [Counted(review=one, kind="review", n=1) for one in held]
    else:
        items = [
            Counted(
                review=one,
                kind=kind,
                n=sum(1 for _ in every(question, store, review=one, **narrowed)),
            )
            for one in held
        ]
    return CountAnswer(items=items, total=sum(item.n for item in items))
