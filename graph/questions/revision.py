"""Which state of the graph an answer is about, and answers kept for as long as it lasts."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, TypeVar
from uuid import uuid4
from weakref import WeakKeyDictionary

from graph.catalogue import named
from graph.errors import Changing
from graph.load_recovery import recover_all
from graph.reviews_read import Heard, listening
from graph.store import Store

T = TypeVar("T")

_KEPT = 1024
"""How many answers are remembered per store."""
_BETWEEN = 5.0
"""Seconds between two looks whether a load that is being put in place has been left so."""


@dataclass(frozen=True, slots=True)
class State:
    """Which state a store is in: all together, by review, and what is being put in place."""

    whole: str
    revisions: dict[str, str]
    turning: frozenset[str]

    def moved(self, now: State, heard: Heard) -> list[str]:
        """Reviews that an answer speaks of and that changed between this state and a later one."""
        differ = {id_ for id_, _ in self.revisions.items() ^ now.revisions.items()}
        return sorted(differ if heard.every else differ & heard.reviews)


class _Memory:
    """What is known of one store's state, and what was answered in it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.writes = -1
        self.revisions: dict[str, str] = {}
        self.turning: frozenset[str] = frozenset()
        self.whole = ""
        self.looked = 0.0
        self.answers: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()

    def revision_of(self, review: str | None) -> str:
        return self.whole if review is None else self.revisions.get(review, "")


_memories: WeakKeyDictionary[Store, _Memory] = WeakKeyDictionary()


def revision(store: Store) -> str:
    """A short text that changes whenever a load or a removal changes anything in the store."""
    return _current(store).whole


def state(store: Store) -> State:
    """The state that a store is in; two of them tell whether an answer between them is of one."""
    memory = _current(store)
    with memory.lock:
        return State(memory.whole, memory.revisions, memory.turning)


def changing(reviews: list[str], now: State) -> Changing:
    """Why an answer cannot be given that these reviews changed under."""
    turning = [id_ for id_ in reviews if id_ in now.turning]
    if turning:
        return Changing(
            f"{', '.join(turning)}: a large load is just being put in place",
            hint="ask again in a moment",
        )
    return Changing(
        f"{', '.join(reviews)}: loaded or removed while this was answered",
        hint="ask again in a moment",
    )


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
        with listening(None):
            rows = store.read(named("revisions"))
            if any(row["load"] for row in rows) and monotonic() > memory.looked + _BETWEEN:
                memory.looked = monotonic()
                recover_all(store)
                rows = store.read(named("revisions"))
        turning = frozenset(row["id"] for row in rows if row["load"])
        # What is being put in place is in another state each time that somebody looks.
        revisions = {row["id"]: row["revision"] or "" for row in rows}
        revisions |= {id_: f"turning {uuid4().hex}" for id_ in turning}
        digest = hashlib.blake2b(repr(sorted(revisions.items())).encode(), digest_size=12)
        with memory.lock:
            memory.revisions, memory.whole = revisions, digest.hexdigest()
            memory.turning, memory.writes = turning, writes
    return memory
