"""What stands at the head of a review: a load under way in several transactions, and what it left.

Each transaction of such a load begins at the head, which is lock, fence and heartbeat in one: a
load that was lost to another process writes nothing more. What a killed process left is dropped
(before the point from which the load counts) or carried on (after it) by any process, once the
lease is over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from time import monotonic, sleep
from typing import Any, TypeVar
from uuid import uuid4

from graph import load_size
from graph.catalogue import Query, catalogue, named
from graph.errors import StoreBusy, StoreNewer, TheorygraphError
from graph.provenance import packed, unpacked
from graph.schema import kinds, snake
from graph.store import Rows, Store, Transaction
from graph.works import found_anew

T = TypeVar("T")
Row = dict[str, Any]

LEASE_SECONDS = 60.0
"""After so long without a heartbeat, what a load left may be taken over."""
BEAT_SECONDS = 15.0
"""How often a load says that it is alive, whatever it does."""
STEP_BYTES = 24 * load_size.MIB
"""What one transaction of a staged load needs, at most, as :mod:`graph.load_size` counts."""
_FLIP_BYTES = 6000
"""What making a staged record current takes, with its entries in the indexes."""
_PAGE_FORMAT = 1
BEFORE, WORKS = "works before", "works"
"""Pages that name no statement: sources whose works are looked up before anything is changed, and
works that are found anew once everything is."""
CHANGES, OF_WORKS = 1_000_000, 1_000_000_000
"""From which number on pages name statements, and are of works: pages are taken in their order."""
_ROWS = 1000
_MOST_WORKS = 20_000
"""Sources that are given another work in one transaction, at most."""


class Waiting(Exception):  # no error: it ends a transaction
    """Another load has the review, or has left it half-way."""


class Lost(Exception):
    """This load has been taken over."""


def under_way(store: Store) -> Rows:
    """Loads that are under way in several transactions, or were left so.

    Each with the ``id`` of its review, its ``state`` (``staging`` or ``turning``), and the ``age``
    of its last heartbeat in milliseconds.
    """
    return store.read(named("heads")) if store.waits_on_network else []


def left(head: Mapping[str, Any]) -> bool:
    """Whether whoever began a load that is under way has not been heard of for too long."""
    return bool(head["age"] > LEASE_SECONDS * 1000)


def recover(store: Store, review: str) -> None:
    """Drop what a killed load staged, or carry on where it turned, if its lease is over.

    Raises:
        StoreBusy: the load is alive, or may be.
    """
    StagedLoad(store, review, store.budget or STEP_BYTES).take_over()


def recover_all(store: Store) -> None:
    """The same for every review, as far as this user may write; loads alive are left alone."""
    for head in under_way(store):
        if left(head):
            with suppress(TheorygraphError):
                recover(store, head["id"])


class StagedLoad:
    """One load in several transactions."""

    def __init__(self, store: Store, review: str, budget: int) -> None:
        self.store = store
        self.review = review
        self.id = uuid4().hex
        self.state = "staging"
        self.batch = 0
        self.step_bytes = min(STEP_BYTES, max(budget // 4, 1))
        self.flips = max(self.step_bytes // _FLIP_BYTES, 1)

    def begin(self) -> None:
        """Begin staging.

        Raises:
            Waiting: another load has the review, or has left it half-way.
        """
        if not self.single("head_begin"):
            raise Waiting

    def take_over(self) -> None:
        """Go on with what another process has left."""
        rows = self.single("head_take", lease=int(LEASE_SECONDS * 1000))
        if not rows:
            head = self._head()
            if head is not None:  # else it has ended meanwhile
                raise StoreBusy(
                    f"a large load of {self.review} is under way",
                    hint="try again when it has ended; if it was killed, in "
                    f"{max(LEASE_SECONDS - head['age'] / 1000, 1):.0f} s",
                )
            return
        self.state = rows[0]["state"]
        with Heartbeat(self):
            try:
                if self.state == "staging":
                    self.drop()
                else:
                    self.turn()
            except Lost as lost:
                raise StoreBusy(
                    f"another process is ending a load of {self.review}", hint="try again"
                ) from lost

    def step(self, work: Callable[[Transaction], T]) -> T | None:
        """One transaction of the load; nothing, if it was carried out and sent once more.

        Raises:
            Lost: another process has taken the load over.
        """
        self.batch += 1
        batch, state = self.batch, self.state

        def fenced(transaction: Transaction) -> T | None:
            head = transaction.run(
                named("head_step"), review=self.review, load=self.id, state=state, batch=batch
            )
            if not head:
                raise Lost
            return work(transaction) if head[0]["before"] < batch else None

        return self.store.write(fenced)

    def look(self, query: Query, **parameters: Any) -> Rows:
        """Rows of a reading statement, however many; from the server that is written to."""
        return self.store.write(lambda transaction: transaction.run(query, **parameters))

    def single(self, name: str, **more: Any) -> Rows:
        """Rows of a statement about the head, in a transaction of its own."""
        return self.look(named(name), review=self.review, load=self.id, **more)

    def _head(self) -> Row | None:
        """How far the review's load is, if one is under way."""
        return next((one for one in under_way(self.store) if one["id"] == self.review), None)

    def beat(self) -> None:
        """Say that this load is alive."""
        self.single("head_beat")

    def count(self) -> None:
        """Let the load count, from this point on.

        Raises:
            Lost: another process has taken it over.
        """
        if not self.single("head_turn"):
            raise Lost
        self.state, self.batch = "turning", 0

    def drop(self) -> None:
        """Let everything that was staged go."""
        self.state = "staging"
        self._of_labels("drop", reversed(kinds()))
        while self.step(self._pages_dropped) != 0:
            pass
        self.single("head_free")

    def _pages_dropped(self, transaction: Transaction) -> int:
        rows = transaction.run(named("staged_pages_dropped"), review=self.review, most=10)
        return int(rows[0]["done"])

    def _of_labels(self, what: str, labels: Iterable[str]) -> None:
        """Go through what is staged, so many records in one transaction."""
        rest = list(labels)
        while rest:
            left_over = self.step(partial(self._some, what, rest))
            rest = rest if left_over is None else left_over

    def _some(self, what: str, labels: list[str], transaction: Transaction) -> list[str]:
        room = self.flips
        for place, label in enumerate(labels):
            given = {"review": self.review} if label == "Review" else {"within": f"{self.review}:"}
            query = named(f"{what}_{snake(label)}")
            room -= int(transaction.run(query, most=room, **given)[0]["done"])
            if room <= 0:
                return labels[place:]
        return []

    def turn(self) -> None:
        """Make what was staged current, carry the pages out, find works anew."""
        self._of_labels("turn", kinds())
        for number in self._page_numbers():
            if number < OF_WORKS:
                self.step(partial(self._carry_out, number))
        while self.step(self._renew) is not True:
            pass
        self.single("head_free")

    def _page_numbers(self) -> list[int]:
        rows = self.look(named("staged_page_numbers"), review=self.review)
        return [int(row["number"]) for row in rows]

    def page(self, number: int, name: str, given: Mapping[str, Any]) -> Row:
        """A page that waits, as it is kept."""
        return {
            "id": f"{self.review}/{number}",
            "review": self.review,
            "number": number,
            "body": packed([_PAGE_FORMAT, name, given]),
        }

    def _opened(self, rows: Rows) -> tuple[str, dict[str, Any]]:
        form, name, given = unpacked(rows[0]["body"])
        if form != _PAGE_FORMAT or name not in {*catalogue(), BEFORE, WORKS}:
            raise StoreNewer(
                f"a later version of theorygraph began a load of {self.review}",
                hint="open the store with that version, which carries on with it",
            )
        return name, given

    def _carry_out(self, number: int, transaction: Transaction) -> None:
        rows = transaction.run(named("staged_page_taken"), id=f"{self.review}/{number}")
        if not rows:
            return
        name, given = self._opened(rows)
        if name != BEFORE:
            transaction.run(named(name), **given)
            return
        were = {row["work"] for row in transaction.run(named("works_by_id"), ids=given["ids"])}
        kept = self.page(2 * OF_WORKS + number, WORKS, {"works": sorted(were)})
        transaction.run(named("staged_page"), **kept)

    def _renew(self, transaction: Transaction) -> bool:
        """Find works anew; whether all of it was done. What another review sees comes at once."""
        ids: set[str] = set()
        works: set[str] = set()
        rows = transaction.run(named("staged_page_numbers"), review=self.review)
        pages = [f"{self.review}/{row['number']}" for row in rows]
        for id_ in pages:
            given = self._opened(transaction.run(named("staged_page_body"), id=id_))[1]
            ids.update(given.get("ids", ()))
            works.update(given.get("works", ()))
        if not pages:
            return True
        found = found_anew(transaction, ids, works, batch=_ROWS)
        whole = len(found.rows) <= _MOST_WORKS
        own = [row for row in found.rows if row["id"].startswith(f"{self.review}:")]
        some = found.rows if whole else (own or found.rows)[:_MOST_WORKS]
        found.write(transaction, some, _ROWS)
        if whole or not own:
            found.mark(transaction, but=self.review)
        for id_ in pages if whole else ():
            transaction.run(named("staged_page_taken"), id=id_)
        return whole

    def await_turned(self) -> None:
        """Wait for the process that has taken the load over once it counted."""
        until = monotonic() + 2 * LEASE_SECONDS
        while self._head() is not None:
            if monotonic() > until:
                raise StoreBusy(
                    f"the load of {self.review} counts, and is not in place yet",
                    hint="look again later; any command that loads carries on with it",
                )
            sleep(0.5)


class Heartbeat:
    """Says that a load is alive, also while it computes; ends with the block."""

    def __init__(self, load: StagedLoad) -> None:
        self.load = load
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._go_on, daemon=True)

    def _go_on(self) -> None:
        while not self.ended.wait(BEAT_SECONDS):
            with suppress(TheorygraphError):  # the next transaction says what is wrong
                self.load.beat()

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()
