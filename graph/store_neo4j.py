"""The Neo4j store: the official driver, one per process, the database named on every call.

The synchronous driver serves the command line, notebooks and HTTP (from worker threads) with one
function per question; an asynchronous twin of every question would be a second way.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions as refused

from graph.catalogue import Query
from graph.errors import (
    StoreBusy,
    StoreFull,
    StoreRefused,
    StoreSettingWrong,
    StoreTooSmall,
    StoreUnavailable,
    TooManyRows,
    TooSlow,
)
from graph.load_size import MIB
from graph.reviews_read import note
from graph.settings import Settings
from graph.store import Rows, Store, StoreInfo, T

# What the driver would say while it retries is said once, in words, by the error that follows.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})

_OUT_OF_MEMORY = (
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
)
_LIMITS = "db.memory.transaction.max, dbms.memory.transaction.total.max"
_ASKED = """SHOW SETTINGS YIELD name, value
WHERE name IN ['db.memory.transaction.max', 'db.memory.transaction.total.max',
               'dbms.memory.transaction.total.max']
RETURN name, value"""
_SHARE = 3 / 4
"""Of the server's memory for transactions, what one load may need: others take of it too."""
_UNKNOWN_BYTES = 192 * MIB
"""The budget where the server does not say, or sets no limit."""
_UNITS = {"B": 1, "KiB": 1024, "MiB": MIB, "GiB": 1024 * MIB, "TiB": 1024 * 1024 * MIB}

_READ_ONLY = (
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    "Neo.ClientError.Security.Forbidden",
)
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


class _Write:
    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, query: Query, **parameters: Any) -> Rows:
        return _rows(self._transaction.run(query.text, parameters))


def _rows(result: neo4j.Result, most: int | None = None) -> Rows:
    """The rows, or at most so many of them."""
    names = result.keys()
    return [dict(zip(names, record, strict=True)) for record in islice(result, most)]


class Neo4jStore(Store):
    """A graph on a Neo4j server or cluster."""

    waits_on_network = True

    def __init__(self, url: str, settings: Settings) -> None:
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES:
            raise StoreSettingWrong(
                f"the store's URL starts with {parts.scheme}://",
                hint=f"known: {', '.join(sorted(f'{scheme}://' for scheme in SCHEMES))}, or a path",
            )
        if parts.username or parts.password:
            raise StoreSettingWrong(
                "the store's URL holds a user name or password, which logs would show",
                hint="take it out; set THEORYGRAPH_STORE_USER and THEORYGRAPH_STORE_PASSWORD "
                "(or THEORYGRAPH_STORE_PASSWORD_FILE)",
            )
        if not parts.hostname:
            raise StoreSettingWrong(
                f"the store's URL {url} names no host", hint="for example neo4j://localhost:7687"
            )
        try:
            password = settings.password()
        except OSError as error:
            raise StoreSettingWrong(
                f"the password file {settings.store_password_file} cannot be read",
                hint="check THEORYGRAPH_STORE_PASSWORD_FILE",
            ) from error
        self._url = url
        self._database = settings.store_database
        self._query_seconds = settings.query_seconds
        self._max_rows = settings.max_rows
        self._budget = settings.transaction_mb and settings.transaction_mb * MIB
        self._queries: dict[str, neo4j.Query] = {}
        self._driver = neo4j.GraphDatabase.driver(
            url,
            auth=(settings.store_user, password) if password is not None else None,
            connection_timeout=settings.connect_seconds,
            connection_acquisition_timeout=settings.connect_seconds + 1,
            max_transaction_retry_time=settings.retry_seconds,
            notifications_min_severity="OFF",
            user_agent="theorygraph",
        )
        self._engine: str | None = None

    @contextmanager
    def _explaining(self, what: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        except (refused.AuthError, refused.TokenExpired) as error:
            raise StoreRefused(
                f"{self._url} refused the user or password",
                hint="set THEORYGRAPH_STORE_USER and THEORYGRAPH_STORE_PASSWORD",
            ) from error
        except refused.ConstraintError as error:
            raise StoreBusy("another write came in between", hint="try again") from error
        except (
            refused.ServiceUnavailable,
            refused.SessionExpired,
            refused.ConnectionAcquisitionTimeoutError,
            refused.DatabaseUnavailable,
            OSError,
        ) as error:
            raise StoreUnavailable(
                f"no answer from {self._url} (tried {what} for {time.monotonic() - began:.1f} s)",
                hint="is the server up, and the address right?",
            ) from error
        except refused.TransientError as error:
            if error.code in _OUT_OF_MEMORY:
                raise StoreTooSmall(
                    f"{self._url} gives transactions less memory than {what} takes",
                    hint="give the server more (server.memory.heap.max_size, or what limits it: "
                    f"{_LIMITS}), or let loads take less at once: THEORYGRAPH_TRANSACTION_MB",
                ) from error
            raise StoreBusy(
                f"{self._url} could not finish {what} now", hint="try again in a moment"
            ) from error
        except refused.ClientError as error:
            if str(error.code).startswith(_TIMED_OUT):
                raise TooSlow(
                    f"{what} took longer than {self._query_seconds:g} s",
                    hint="narrow it: one review, one mechanism, one level",
                ) from error
            if error.code in _READ_ONLY:
                raise StoreFull(
                    f"{self._url} lets this user read, and not write",
                    hint="ask whoever keeps the server; what is there can be asked",
                ) from error
            if error.code == "Neo.ClientError.Database.DatabaseNotFound":
                raise StoreSettingWrong(
                    f"{self._url} has no database {self._database!r}",
                    hint="set THEORYGRAPH_STORE_DATABASE",
                ) from error
            raise
        except refused.DatabaseError as error:
            raise StoreFull(
                f"{self._url} could not carry out {what}; the store is as it was before",
                hint="look at the server's log: is its disk full?",
            ) from error

    def read(self, query: Query, **parameters: Any) -> Rows:
        """See :meth:`Store.read`; routed as a read, so a cluster's replicas can serve it."""
        self.begin()
        timed = self._queries.get(query.name)
        if timed is None or timed.text != query.text:
            timed = neo4j.Query(query.text, timeout=self._query_seconds)
            self._queries[query.name] = timed
        with self._explaining(query.name):
            rows = self._driver.execute_query(
                timed,
                parameters,
                routing_=neo4j.RoutingControl.READ,
                database_=self._database,
                result_transformer_=self._bounded,
            )
        if len(rows) > self._max_rows:
            raise TooManyRows(query.name, self._max_rows)
        note(query.name, parameters, rows)
        return rows

    def _bounded(self, result: neo4j.Result) -> Rows:
        return _rows(result, self._max_rows + 1)

    def write(self, work: Callable[[_Write], T]) -> T:
        """See :meth:`Store.write`; the driver repeats what the server says may be repeated."""
        with (
            self._explaining("writing"),
            self._driver.session(database=self._database) as session,
        ):
            done = session.execute_write(lambda transaction: work(_Write(transaction)))
            self.writes += 1
            return done

    def define(self, statements: Sequence[Query]) -> None:
        """See :meth:`Store.define`; what is asked before an index is filled goes without it."""
        with self._explaining("creating constraints"):
            for statement in statements:
                self._driver.execute_query(
                    statement.text,
                    database_=self._database,
                )
            self._driver.execute_query("CALL db.awaitIndexes(300)", database_=self._database)

    @property
    def budget(self) -> int:
        """See :attr:`Store.budget`; asks the server once, unless a setting says it."""
        if self._budget is None:
            self._budget = self._asked_budget()
        return self._budget

    def _asked_budget(self) -> int:
        with self._explaining("connecting"):
            try:
                records, _, _ = self._driver.execute_query(_ASKED, database_=self._database)
            except refused.ClientError:  # this user may not ask, or the server does not say
                return _UNKNOWN_BYTES
        limits = [limit for record in records if (limit := _bytes(record["value"]))]
        return int(min(limits) * _SHARE) if limits else _UNKNOWN_BYTES

    def info(self) -> StoreInfo:
        """See :meth:`Store.info`; asks the server for its version once."""
        if self._engine is None:
            with self._explaining("connecting"):
                self._engine = str(self._driver.get_server_info().agent)
        return StoreInfo(kind="neo4j", location=self._url, engine=self._engine)

    def close(self) -> None:
        """See :meth:`Store.close`."""
        self._driver.close()


def _bytes(value: str) -> int:
    """`692.91MiB` in bytes; 0, which stands for no limit, where it cannot be read."""
    found = re.fullmatch(r"([\d.]+)\s*([A-Za-z]+)", value)
    return int(float(found[1]) * _UNITS[found[2]]) if found and found[2] in _UNITS else 0
