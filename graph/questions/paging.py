"""Lists that come in pages, read to their end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

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
