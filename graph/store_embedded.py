"""The embedded store: one file, no server, through KGLite."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import kglite

from graph.catalogue import Query
from graph.errors import (
    StoreBusy,
    StoreFull,
    StoreHeld,
    StoreMissing,
    StoreSettingWrong,
    StoreUnavailable,
    TheorygraphError,
    TooManyRows,
    TooSlow,
)
from graph.settings import Settings
from graph.store import Rows, Store, StoreInfo, T

kglite.set_query_warning_policy("silent")

_MAGIC = b"RGF"
"""How every file of the engine begins."""


class _Write:
    def __init__(self, transaction: kglite.SessionTransaction) -> None:
        self._transaction = transaction

    def run(self, query: Query, **parameters: Any) -> Rows:
        # A load may take longer than a question, so it has no time limit.
        result = self._transaction.cypher(query.text, params=parameters, timeout_ms=0)
        return [] if result is None else result.to_list()


class EmbeddedStore(Store):
    """A graph in one file that this process alone has open."""

    waits_on_network = False
    read_only = False
    """Whether this user may not write where the store is."""
    upgrading = False
    """Whether a copy that nobody else sees is being brought up to date."""

    def __init__(self, path: Path, settings: Settings, *, later: bool = False) -> None:
        """Open the store in a file.

        Args:
            path: the file; a store is made where none is.
            settings: limits.
            later: make it with the first write, and answer as an empty one until then.
        """
        self._path = path
        self._timeout_ms = int(settings.query_seconds * 1000)
        self._max_rows = settings.max_rows
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._closed = False
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._empty: EmbeddedStore | None = None
        self._session: kglite.Session | None = None
        if later:
            self._look()
            self._empty = EmbeddedStore.scratch(settings)
        else:
            self._session = self._open()

    @classmethod
    def scratch(cls, settings: Settings) -> EmbeddedStore:
        """A store that is gone when it is closed, for looking at what is not to be kept."""
        folder = tempfile.TemporaryDirectory(prefix="theorygraph-")
        store = cls(Path(folder.name) / "scratch.kgl", settings)
        store._scratch = folder
        return store

    @property
    def is_made(self) -> bool:
        """See :attr:`Store.is_made`."""
        return self._empty is None

    def _look(self) -> None:
        """Refuse a place where no store can be, before anything is made there."""
        path = self._path
        if path.is_dir():
            raise StoreSettingWrong(
                f"the store {path} is a folder", hint="name a file, for example theorygraph.kgl"
            )
        if not path.parent.is_dir():
            raise StoreSettingWrong(
                f"the folder of the store {path} does not exist", hint="make it first"
            )
        if path.is_file() and not _is_store(path):
            # Looked at first, because opening leaves lock files beside whatever is opened.
            raise StoreSettingWrong(
                f"{path} is not a theorygraph store",
                hint="name another file with --store; a store is made new where none is",
            )

    def _open(self) -> kglite.Session:
        path = self._path
        self._look()
        if not _may_write(path):
            path = self._copied_away()
        beside = set(_set_aside(path))
        try:
            with _engine_silent():
                session = kglite.open_session(str(path), durable="full")
            if broken := sorted(set(_set_aside(path)) - beside):
                self.notices = [*self.notices, *map(_broken_log, broken)]
            return session
        except kglite.WriterLeaseHeldError as error:
            raise StoreHeld(
                f"the store {path} is open in another process{_holder(error)}",
                hint="stop that process (a `theorygraph serve`, perhaps) or name another store",
            ) from error
        except (kglite.FileFormatError, kglite.LoadMemoryLimitError) as error:
            raise StoreSettingWrong(
                f"the store {path} is damaged, or too large for this machine's memory",
                hint="load the reviews into a new store: name another file with --store",
            ) from error
        except (kglite.KgError, OSError, ValueError) as error:
            raise StoreSettingWrong(
                f"the store {path} could not be opened ({type(error).__name__})",
                hint="is it a theorygraph store, and may this user write there?",
            ) from error

    def _copied_away(self) -> Path:
        """Where this user may not write, a copy is opened: the engine keeps files beside."""
        self._scratch = tempfile.TemporaryDirectory(prefix="theorygraph-")
        place = Path(self._scratch.name) / self._path.name
        for file in (self._path, _log_of(self._path)):
            if file.is_file():
                shutil.copyfile(file, place.with_name(file.name))
        self.read_only = True
        self.notices = [f"The store {self._path} can be read here, but not written to."]
        return place

    def read(self, query: Query, **parameters: Any) -> Rows:
        """See :meth:`Store.read`."""
        if (empty := self._empty) is not None:
            return empty.read(query, **parameters)
        try:
            result = self._current().cypher(
                query.text, params=parameters, timeout_ms=self._timeout_ms
            )
        except kglite.CypherTimeoutError as error:
            raise TooSlow(
                f"{query.name} took longer than {self._timeout_ms / 1000:g} s",
                hint="narrow it: one review, one mechanism, one level",
            ) from error
        if len(result) > self._max_rows:
            raise TooManyRows(query.name, self._max_rows)
        rows: Rows = result.to_list()
        return rows

    def write(self, work: Callable[[_Write], T]) -> T:
        """See :meth:`Store.write`."""
        if self.read_only and not self.upgrading:
            raise StoreFull(
                "it can only be read here", hint="may this user write to the file and its folder?"
            )
        with self._writing, self._explaining():
            self._make()
            transaction = self._current().begin()
            try:
                done = work(_Write(transaction))
            except BaseException:
                transaction.rollback()
                raise
            transaction.commit()
            self.writes += 1
            return done

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except kglite.TransactionConflictError as error:
            raise StoreBusy("another write came in between", hint="try again") from error
        except (kglite.FileError, kglite.FileIoError, OSError) as error:
            self._reopen()
            raise StoreFull(
                "there was no room, or no right to write; it is as it was before",
                hint="is the disk full?",
            ) from error

    def _reopen(self) -> None:
        # After a refused write the open session may show rows that are not on disk; only a fresh
        # one shows what was acknowledged. Where it cannot be opened now, the next question tries.
        with self._opening:
            session, self._session = self._session, None
            if session is not None:
                with contextlib.suppress(kglite.KgError):
                    session.close()
                del session
            self.writes += 1
            with contextlib.suppress(TheorygraphError):
                self._session = self._open()

    def _make(self) -> None:
        # Open before the empty one goes: whoever asks meanwhile has one of the two.
        if self._empty is not None:
            self._session = self._open()
            empty, self._empty = self._empty, None
            empty.close()

    def _current(self) -> kglite.Session:
        session = self._session
        if session is not None:
            return session
        with self._opening:
            if self._closed:
                raise StoreUnavailable("the store was closed")
            if self._session is None:
                try:
                    self._session = self._open()
                except TheorygraphError as error:
                    # Without its particulars: this may go out over HTTP.
                    raise StoreUnavailable(
                        "the store cannot be opened now", hint="the next request tries again"
                    ) from error
            return self._session

    def define(self, statements: Sequence[Query]) -> None:
        """See :meth:`Store.define`."""
        with self._writing, self._explaining():
            self._make()
            for statement in statements:
                self._current().execute(statement.text)

    def info(self) -> StoreInfo:
        """See :meth:`Store.info`."""
        return StoreInfo(
            kind="embedded", location=str(self._path), engine=f"KGLite {kglite.__version__}"
        )

    def copy(self, path: Path) -> bool:
        """See :meth:`Store.copy`; writers need not wait."""
        if self._empty is not None:
            raise StoreMissing(f"there is no store at {self._path} yet")
        try:
            self._current().backup(str(path))
        except (kglite.KgError, OSError) as error:
            raise StoreFull("the copy could not be written; is the disk full?") from error
        return True

    def close(self) -> None:
        """See :meth:`Store.close`."""
        with self._writing, self._opening:
            self._closed = True
            session, self._session = self._session, None
            if session is not None:
                # Where the last checkpoint cannot be written, the log still holds every commit.
                with contextlib.suppress(kglite.KgError):
                    session.close()
            if self._scratch is not None:
                self._scratch.cleanup()
            if self._empty is not None:
                self._empty.close()


def is_there(path: Path) -> bool:
    """Whether something stands where an embedded store would be."""
    # Until its first checkpoint a store is a log only; that may be all a killed process left.
    return path.exists() or _log_of(path).exists()


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _set_aside(path: Path) -> Iterator[Path]:
    """What the engine kept of logs that it could not read to the end."""
    return path.parent.glob(f"{glob.escape(path.name)}-wal.*-*")


def _broken_log(kept: Path) -> str:
    where = "at its end" if ".torn-" in kept.name else "before its end"
    return (
        f"The log of the store was broken {where}, as after a crash: what stood from there on is "
        f"not in the store, and is kept as {kept}. `theorygraph loads` lists what is in it."
    )


def _may_write(path: Path) -> bool:
    files = [file for file in (path, _log_of(path)) if file.exists()]
    return not files or all(os.access(place, os.W_OK) for place in (path.parent, *files))


@contextlib.contextmanager
def _engine_silent() -> Iterator[None]:
    """Keep back what the engine itself writes to standard error; a notice says it in plain words.

    What others write there meanwhile comes out afterwards.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        try:
            before = os.dup(2)
        except OSError:  # there is no standard error
            yield
            return
        stack.callback(os.close, before)
        caught = stack.enter_context(tempfile.TemporaryFile())
        os.dup2(caught.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(before, 2)
            caught.seek(0)
            for line in caught:
                if not line.startswith(b"[kglite]"):
                    os.write(2, line)


def _is_store(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return True  # opening it says what is wrong


def _holder(error: kglite.WriterLeaseHeldError) -> str:
    holder = error.holder or {}
    if "pid" not in holder:
        return ""
    since = f", since {holder['since']}" if holder.get("since") else ""
    return f" (process {holder['pid']}{since})"
