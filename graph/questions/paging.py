"""Lists that come in pages, read to their end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from graph.answers import Answer
from graph.catalogue import named
from graph.store import Store

View = TypeVar("View", bound=Answer)
T = TypeVar("T", covariant=True)

WHOLE = 1000
"""Records asked for at a time where all of a list is wanted."""


class Paged(Protocol[T]):
    """An answer that is one page of a list."""

    @property
    def items(self) -> Sequence[T]:
        """What is on the page."""
        ...

    @property
    def next(self) -> str | None:
        """After which id the next page begins; none on the last one."""
        ...


def every(question: Callable[..., Paged[T]], *given: Any, **narrowed: Any) -> Iterator[T]:
    """The items of all pages of a question, in their order; a page is asked for when it is reached.

    Args:
        question: takes ``after`` and ``limit`` beside what is given.
        given: what else it takes, such as the store.
        narrowed: its filters.
    """
    after: str | None = ""
    while after is not None:
        page = question(*given, **narrowed, after=after, limit=WHOLE)
        yield from page.items
        after = page.next


def page_of(
    store: Store,
    query: str,
    views: Callable[[Store, list[str]], list[View]],
    *,
    after: str,
    limit: int,
    **parameters: Any,
) -> tuple[list[View], str | None]:
    """The records on one page of a named list, and where the next page begins."""
    rows = store.read(named(query), **parameters, after=after, limit=limit + 1)
    ids = [row["id"] for row in rows[:limit]]
    return views(store, ids) if ids else [], ids[-1] if len(rows) > limit else None
