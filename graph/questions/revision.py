"""Which state of the graph an answer is about, and answers kept for as long as it lasts."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from graph.catalogue import named
from graph.store import Store

T = TypeVar("T")

_KEPT = 1024
"""How many answers are remembered per store."""


class _Memory:
    """What is known of one store's state, and what was answered in it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.writes = -1
        self.revisions: dict[str, str] = {}
        self.whole = ""
        self.answers: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()

    def revision_of(self, review: str | None) -> str:
        return self.whole if review is None else self.revisions.get(review, "")


_memories: WeakKeyDictionary[Store, _Memory] = WeakKeyDictionary()


def revision(store: Store) -> str:
    """A short text that changes whenever a load or a removal changes anything in the store."""
    return _current(store).whole


def review_revision(store: Store, review: str) -> str:
    """The same for one review, by id; empty if there is no such review."""
    return _current(store).revisions.get(review, "")


def revisions(store: Store) -> dict[str, str]:
    """The same for every review, by id."""
    return dict(_current(store).revisions)


def remembered(store: Store, review: str | None, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` answered last time for ``key``, unless a load has touched the review since.

    Args:
        store: where the review is.
        review: the id of the one review that the answer is made of; none if it is made of all.
        key: what was asked; equal keys get equal answers.
        make: computes the answer. What it returns is shared, so nobody may change it.
    """
    memory = _current(store)
    before = memory.revision_of(review)
    held = memory.answers.get((review, key))
    if held is not None and held[0] == before:
        found: T = held[1]
        return found
    answer = make()
    if before and _current(store).revision_of(review) == before:
        with memory.lock:
            memory.answers[(review, key)] = (before, answer)
            memory.answers.move_to_end((review, key))
            while len(memory.answers) > _KEPT:
                memory.answers.popitem(last=False)
    return answer


def forget(store: Store) -> None:
    """Drop every remembered answer of a store, as if its process had just begun."""
    _memories.pop(store, None)


def _current(store: Store) -> _Memory:
    memory = _memories.get(store)
    if memory is None:
        memory = _memories.setdefault(store, _Memory())
    writes = store.writes
    if store.waits_on_network or memory.writes != writes:
        rows = store.read(named("revisions"))
        revisions = {row["id"]: row["revision"] or "" for row in rows}
        digest = hashlib.blake2b(repr(sorted(revisions.items())).encode(), digest_size=12)
        with memory.lock:
            memory.revisions, memory.whole = revisions, digest.hexdigest()
            memory.writes = writes
    return memory
