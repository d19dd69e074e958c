"""What a store is. Two small files implement it; nothing above ``graph`` knows which one runs."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from pydantic import BaseModel

from graph.catalogue import Query, catalogue

Rows = list[dict[str, Any]]
T = TypeVar("T")


class StoreInfo(BaseModel):
    """Which store answers, without anything secret in it."""

    kind: str
    location: str
    engine: str


class Transaction(Protocol):
    """A write in progress; it becomes visible as a whole or not at all."""

    def run(self, query: Query, **parameters: Any) -> Rows:
        """Run one named statement inside the transaction."""
        ...


class Store(ABC):
    """A graph that named queries run on."""

    waits_on_network: bool
    """True when a read leaves the process: HTTP then answers from a worker thread."""

    writes = 0
    """How many writes this process has made; beside ``waits_on_network`` it tells whether the
    store can have changed since it was last looked at."""

    @abstractmethod
    def read(self, query: Query, **parameters: Any) -> Rows:
        """Rows of a named reading statement, columns by name.

        Raises:
            StoreUnavailable: the store does not answer.
            TooSlow: the time limit was reached.
            TooManyRows: the row ceiling was reached; it does not bound what a load reads.
        """

    @abstractmethod
    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one transaction; all of it is kept, or none. It may be run again.

        Raises:
            StoreUnavailable: the store does not answer.
            StoreBusy: another write came in between.
            StoreFull: there is no space or no right to write; the store is as it was.
        """

    @abstractmethod
    def define(self, statements: Sequence[Query]) -> None:
        """Create constraints and indexes that are not there yet."""

    @property
    def budget(self) -> int | None:
        """Bytes that one transaction may need; none if there is no limit.

        :mod:`graph.load_size` says what a load needs. A load that needs more is staged.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return None

    @abstractmethod
    def info(self) -> StoreInfo:
        """Which store this is."""

    def copy(self, path: Path) -> bool:
        """Write all of it, as it is at this moment, into one file; whether the engine can do that.

        Raises:
            StoreMissing: there is nothing yet to be copied.
            StoreFull: the file could not be written.
        """
        return False

    @abstractmethod
    def close(self) -> None:
        """Release what the store holds."""

    @property
    def is_made(self) -> bool:
        """Whether there is a store yet, and not one that the first write makes."""
        return True

    notices: Sequence[str] = ()
    """What whoever opened the store should know, in sentences: that it was brought up to date."""

    _begun = True
    _first: Callable[[Store], None] | None = None
    _beginning: threading.RLock

    def first(self, work: Callable[[Store], None]) -> None:
        """Have ``work`` done once, before the first question is answered."""
        self._first, self._beginning, self._begun = work, threading.RLock(), False

    def begin(self) -> None:
        """Do what is to be done first, unless it is done; who asks meanwhile waits for it.

        Raises:
            TheorygraphError: it failed; the next question tries again.
        """
        if self._begun:
            return
        with self._beginning:
            work, self._first = self._first, None
            if work is None:
                return  # it is done, or this is a question of its own
            try:
                work(self)
            except BaseException:
                self._first = work
                raise
            self._begun = True

    _prepared = False

    def prepare(self) -> None:
        """Make the store ready for loading, once: constraints first, then indexes."""
        self.begin()
        if self._prepared:
            return
        staging = () if self.budget is None else ("prepare_",)
        self.define(
            [
                query
                for query in catalogue().values()
                if query.name.startswith(("constrain_", "index_", *staging))
            ]
        )
        self._prepared = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
