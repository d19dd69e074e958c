"""Writing what is too large for one transaction of a server, so that nobody sees a part of it.

A load of a review is one transaction as long as what it needs fits into the memory that the server
gives to one. Beyond it, four steps:

1. *Staging*: new records are written under labels that no question knows, with their links; what
   changes or removes records waits as pages. The review answers as before.
2. *The point from which the load counts*: one small transaction says so on the review's head.
3. *Turning*: staged records get their labels, pages are carried out, each once, in transactions
   that are bounded too. Whoever asks the review meanwhile is told to ask again.
4. The head is idle again.

Each transaction begins at the head, which is lock, fence and heartbeat in one: a load that was
lost to another process writes nothing more. What a killed process left is dropped (before the
point) or carried on (after it) by any process, once the lease is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from itertools import count
from typing import Any, TypeVar

from graph import load_size
from graph.batches import batches
from graph.catalogue import Query, named
from graph.errors import StoreBusy, StoreFull, StoreTooSmall, StoreUnavailable, TheorygraphError
from graph.load_recovery import (
    BEFORE,
    CHANGES,
    OF_WORKS,
    WORKS,
    Heartbeat,
    Lost,
    Row,
    StagedLoad,
    Waiting,
    recover,
)
from graph.schema import kinds, snake
from graph.store import Rows, Store, Transaction
from graph.works import Renewal

T = TypeVar("T")

Work = Callable[[Transaction, Renewal | None], T]
"""What is to be written of one review; what finds its works anew is left to a renewal, if given."""

_IDS_OF_A_PAGE = 20_000


def written(store: Store, review: str, work: Work[T], *, need: Callable[[int], int]) -> T:
    """Write to one review: in one transaction, or staged where that would need too much memory.

    Args:
        store: where to.
        review: the id of the review; nothing but this one may be written, works set aside.
        work: writes through a transaction, and may be called again.
        need: how many bytes it takes; counting may end beyond the number that it is given.

    Raises:
        StoreBusy: another load of the review is under way.
        StoreFull: the store could not be written; it is as it was.
        StoreTooSmall: the server has less memory than it needs; the store is as it was.
        StoreUnavailable: the store does not answer.
    """
    budget = store.budget
    if budget is None:
        return store.write(lambda transaction: work(transaction, None))
    while True:
        needed = need(budget)
        try:
            if needed > budget:
                return _in_steps(StagedLoad(store, review, budget), work)
            return store.write(lambda transaction: _held(transaction, review, work))
        except Waiting:
            recover(store, review)
        except StoreTooSmall as error:
            error.detail += (
                f": {review} needs about {needed / load_size.MIB:,.0f} MiB, and loads are made in "
                f"one transaction up to {budget / load_size.MIB:,.0f} MiB"
            )
            raise


def _held(transaction: Transaction, review: str, work: Work[T]) -> T:
    if transaction.run(named("head_hold"), review=review)[0]["state"] != "idle":
        raise Waiting
    return work(transaction, None)


def _in_steps(load: StagedLoad, work: Work[T]) -> T:
    """Stage a load, let it count, turn it."""
    load.begin()
    with Heartbeat(load):
        try:
            staging = _Staging(load)
            done = work(staging, staging.renew_later)
            staging.finish()
            load.count()
        except Lost as lost:
            raise StoreBusy(
                f"this load of {load.review} was silent for so long that another process has ended "
                "it; nothing of it was written",
                hint="load it again",
            ) from lost
        except BaseException:
            # Where this cannot be said, or the load counts already, another process sees to it.
            with suppress(TheorygraphError, Lost):
                load.drop()
            raise
        try:
            load.turn()
        except Lost:
            load.await_turned()
        except (StoreUnavailable, StoreFull) as error:
            error.hint = (
                f"the load of {load.review} counts; what is left of it is done by the next command "
                "that loads, or by `serve`"
            )
            raise
    return done


class _Staging:
    """What a load writes, written so that no question sees it: a transaction that is many."""

    def __init__(self, load: StagedLoad) -> None:
        self.load = load
        self.held: dict[str, set[str]] = {}
        self.new: dict[str, set[str]] = {}
        self.waiting: list[tuple[Query, Row, int | None]] = []
        self.weight = 0
        self.numbers = count(CHANGES)
        self.of_works = count()

    def run(self, query: Query, **parameters: Any) -> Rows:
        """See :meth:`graph.store.Transaction.run`; what is written is seen once the load counts."""
        verb, _, rest = query.name.partition("_")
        if not query.writes:
            rows = self.load.look(query, **parameters)
            if verb == "fingerprints":
                self.held[rest] = {row["id"] for row in rows}
            return rows
        if verb == "create":
            self.new.setdefault(rest, set()).update(row["id"] for row in parameters["rows"])
            self._stage(f"stage_{rest}", parameters["rows"])
        elif verb == "link":
            return self._link(query.name, parameters["rows"])
        else:
            if verb == "remove" and rest in self.held:
                self.held[rest].difference_update(parameters["ids"])
            self._keep(query.name, parameters)
        return [{"done": len(parameters.get("rows", ()))}]

    def renew_later(self, ids: Sequence[str], before: Sequence[str]) -> None:
        """Take note of sources whose works are found anew once the load is in place."""
        for some in batches(before, _IDS_OF_A_PAGE):
            self._page(next(self.of_works), BEFORE, {"ids": some})
        for some in batches(ids, _IDS_OF_A_PAGE):
            self._page(OF_WORKS + next(self.of_works), WORKS, {"ids": some})

    def _link(self, name: str, rows: Sequence[Row]) -> Rows:
        one, other = _ends_of_links()[name]
        new, held = (
            (one_of.get(one, set()), one_of.get(other, set())) for one_of in (self.new, self.held)
        )
        staged: list[Row] = []
        half: list[Row] = []
        kept: list[Row] = []
        for row in rows:
            if row["to_id"] not in new[1] and row["to_id"] not in held[1]:
                continue
            if row["from_id"] in new[0]:
                (staged if row["to_id"] in new[1] else half).append(row)
            elif row["from_id"] in held[0]:
                kept.append(row)
        if len(staged) + len(half) + len(kept) == len(rows):
            tie = name.replace("link_", "tie_", 1)
            self._stage(tie, staged)
            self._stage(f"{tie}_held", half)
            if kept:
                self._keep(name, {"rows": kept})
        return [{"done": len(staged) + len(half) + len(kept)}]

    def _stage(self, name: str, rows: Sequence[Row]) -> None:
        verb = "link" if name.startswith("tie_") else "create"
        for some, weight in self._bounded(verb, rows):
            self._add(named(name), {"rows": some}, weight, True)

    def _keep(self, name: str, parameters: Row) -> None:
        listed = next((one for one in ("rows", "ids") if one in parameters), None)
        if listed is None:
            self._page(next(self.numbers), name, parameters)
            return
        for some, _ in self._bounded(name, parameters[listed], listed):
            self._page(next(self.numbers), name, {**parameters, listed: some})

    def _bounded(
        self, name: str, items: Sequence[Any], listed: str = "rows"
    ) -> Iterator[tuple[list[Any], int]]:
        """Parts of a list, each of which one transaction can take, with what they need."""
        links = name.startswith("link")
        part: list[Any] = []
        weight = 0
        for item in items:
            needs = (
                load_size.LINK_ALONE if links else load_size.of_statement(name, {listed: [item]})
            )
            if part and weight + needs > self.load.step_bytes:
                yield part, weight
                part, weight = [], 0
            part.append(item)
            weight += needs
        if part:
            yield part, weight

    def _page(self, number: int, name: str, given: Row) -> None:
        page = self.load.page(number, name, given)
        self._add(named("staged_page"), page, load_size.of_row(page))

    def _add(self, query: Query, given: Row, weight: int, counted: bool = False) -> None:
        if self.weight + weight > self.load.step_bytes:
            self.finish()
        self.waiting.append((query, given, len(given["rows"]) if counted else None))
        self.weight += weight

    def finish(self) -> None:
        """Send what waits to be staged."""
        waiting, self.waiting, self.weight = self.waiting, [], 0
        if waiting:
            self.load.step(partial(_sent, waiting))


def _sent(waiting: Sequence[tuple[Query, Row, int | None]], transaction: Transaction) -> None:
    for query, given, wanted in waiting:
        rows = transaction.run(query, **given)
        if wanted is not None and rows[0]["done"] != wanted:
            raise StoreBusy(f"{query.name} reached {rows[0]['done']} of {wanted} records")


class _Weighing:
    """A transaction that writes nothing, and counts what it would need."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.needed = 0

    def run(self, query: Query, **parameters: Any) -> Rows:
        if not query.writes:
            return self.store.write(lambda transaction: transaction.run(query, **parameters))
        self.needed += load_size.of_statement(query.name, parameters)
        return [{"done": len(parameters.get("rows", ()))}]


def weighed(store: Store, work: Work[Any]) -> int:
    """What it would take to write to a review in one transaction, in bytes; writes nothing."""
    weighing = _Weighing(store)
    work(weighing, lambda ids, before: None)
    return weighing.needed


@cache
def _ends_of_links() -> dict[str, tuple[str, str]]:
    """From where to where a linking statement leads, by its name; kinds as statements name them."""
    found = {
        f"link_{snake(label)}_{link.field}": (snake(label), snake(link.to))
        for label, kind in kinds().items()
        for link in kind.links
    }
    return found | {"link_evidence_bears_on": ("evidence", "mechanism")}
