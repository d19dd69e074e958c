"""Which reviews an answer speaks of, found out while its statements are answered.

A load of another review does not disturb such an answer, whatever it does meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from graph.model import LOCAL_ID

_ID = re.compile(rf"{LOCAL_ID}:{LOCAL_ID}")
_LONGEST = 121
"""Ids are no longer than this up to and with their colon."""
_ONLY_WHETHER = frozenset({"same_any", "any_declared_source"})
"""Statements that tell whether there is any record of a kind: what follows is asked by others."""


class Heard:
    """The reviews that the statements of one answer named, or brought records of."""

    def __init__(self, *, every: bool = False) -> None:
        self.every = every
        """Whether a statement spoke of all reviews together."""
        self.reviews: set[str] = set()

    def note(
        self, name: str, parameters: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
    ) -> None:
        """Take note of one statement: its name, what it was given, and what it brought."""
        if name in _ONLY_WHETHER:
            return
        asked = {
            value if given == "review" else value.partition(":")[0]
            for given, value in parameters.items()
            if isinstance(value, str) and (given == "review" or _ID.fullmatch(value))
        }
        for value in parameters.values():
            if isinstance(value, list):
                asked.update(_within(value))
        self.reviews |= asked
        for row in rows:
            found = {review for value in row.values() for review in _within(value)}
            names = (row.get("id"), row.get("review"))  # a review goes by a bare name
            found.update(name.partition(":")[0] for name in names if isinstance(name, str))
            self.reviews |= found
            if not found and not asked:
                self.every = True


def _within(value: Any) -> Iterator[str]:
    """What may be the review of an id, in a value of a row."""
    if isinstance(value, str):
        end = value.find(":", 1, _LONGEST)
        if end > 0:
            yield value[:end]
    elif isinstance(value, list):
        for one in value:
            yield from _within(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _within(one)


_listening: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def listening(heard: Heard | None) -> Iterator[None]:
    """Have what is answered within the block noted; by nobody, if there is none."""
    token = _listening.set(heard)
    try:
        yield
    finally:
        _listening.reset(token)


def note(name: str, parameters: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """A statement was answered; whoever listens takes note."""
    heard = _listening.get()
    if heard is not None and not heard.every:
        heard.note(name, parameters, rows)
