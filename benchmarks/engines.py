"""The bare engines: the yardstick is the same Cypher without the product around it."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import kglite
import neo4j
from pydantic import SecretStr

from graph.catalogue import Query, catalogue
from graph.load import load_review
from graph.model import ReviewBundle
from graph.schema import kinds, snake
from graph.settings import Settings
from graph.store import Rows, Store, StoreInfo

Row = dict[str, Any]
Step = tuple[str, list[Row]]
T = TypeVar("T")

DATABASE = "neo4j"
NO_NEO4J = "Neo4j is left out: set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to measure it too."
_FORGET_ROWS = 10_000


def neo4j_settings() -> Settings | None:
    """The Neo4j that the environment names, if it names one."""
    if "NEO4J_URI" not in os.environ:
        return None
    return Settings(
        store=os.environ["NEO4J_URI"],
        store_user=os.environ.get("NEO4J_USER", "neo4j"),
        store_password=SecretStr(os.environ.get("NEO4J_PASSWORD", "")),
        store_database=DATABASE,
        query_seconds=600,
    )


class Bare(ABC):
    """An engine as its own client gives it."""

    @abstractmethod
    def define(self, statements: Sequence[str]) -> None:
        """Run schema statements one by one."""

    @abstractmethod
    def read(self, text: str, parameters: Row) -> object:
        """Run one reading statement and take all its rows."""

    @abstractmethod
    def write(self, steps: Iterable[Step]) -> None:
        """Run statements with their rows in one transaction."""

    @abstractmethod
    def close(self) -> None:
        """Release the engine."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class BareEmbedded(Bare):
    """KGLite without the product; as durable as the product opens it."""

    def __init__(self, path: Path) -> None:
        self._session = kglite.open_session(str(path), durable="full")

    def define(self, statements: Sequence[str]) -> None:
        """See :meth:`Bare.define`."""
        for statement in statements:
            self._session.execute(statement)

    def read(self, text: str, parameters: Row) -> object:
        """See :meth:`Bare.read`."""
        return self._session.cypher(text, params=parameters).to_list()

    def write(self, steps: Iterable[Step]) -> None:
        """See :meth:`Bare.write`."""
        with self._session.begin() as transaction:
            for text, rows in steps:
                transaction.cypher(text, params={"rows": rows}, timeout_ms=0)

    def close(self) -> None:
        """See :meth:`Bare.close`."""
        self._session.close()


_MOST_STEPS, _SOME_STEPS = 150, 10
"""Batches of a load that are one transaction, and of one of several, where there are more."""


def _run_all(transaction: neo4j.ManagedTransaction, steps: Sequence[Step]) -> None:
    for text, rows in steps:
        transaction.run(text, rows=rows).consume()


class BareNeo4j(Bare):
    """Neo4j through the official driver without the product."""

    def __init__(self, settings: Settings) -> None:
        self._driver = neo4j.GraphDatabase.driver(
            settings.store,
            auth=(settings.store_user, settings.password() or ""),
            notifications_min_severity="OFF",
        )

    def define(self, statements: Sequence[str]) -> None:
        """See :meth:`Bare.define`."""
        for statement in statements:
            self._driver.execute_query(statement, database_=DATABASE)

    def read(self, text: str, parameters: Row) -> object:
        """See :meth:`Bare.read`."""
        return self._driver.execute_query(
            text,
            parameters,
            routing_=neo4j.RoutingControl.READ,
            database_=DATABASE,
        ).records

    def write(self, steps: Iterable[Step]) -> None:
        """See :meth:`Bare.write`; a load that one transaction cannot take is made in several."""
        rest = [*steps]
        size = len(rest) if len(rest) <= _MOST_STEPS else _SOME_STEPS
        with self._driver.session(database=DATABASE) as session:
            for start in range(0, len(rest), size):
                session.execute_write(_run_all, rest[start : start + size])

    def forget(self) -> None:
        """Delete everything under the yardstick's own labels, in batches."""
        text = "MATCH (n:{label}) WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS gone"
        for label in kinds():
            gone = 1
            while gone:
                answer = self._driver.execute_query(
                    text.replace("{label}", "Raw" + label),
                    {"limit": _FORGET_ROWS},
                    database_=DATABASE,
                )
                gone = answer.records[0]["gone"]

    def forget_schema(self) -> None:
        """Drop the yardstick's own constraints and indexes."""
        self.define(_DROPS)

    def close(self) -> None:
        """See :meth:`Bare.close`."""
        self._driver.close()


_NAMED = re.compile(r"^CREATE (CONSTRAINT|INDEX) (\w+) IF NOT EXISTS FOR \(n:(\w+)\)", re.MULTILINE)


def _schema() -> tuple[list[str], list[str]]:
    made, dropped = [], []
    for query in catalogue().values():
        found = _NAMED.match(query.text)
        if found is not None and not query.name.startswith("prepare_"):
            made.append(_NAMED.sub(r"CREATE \1 raw_\2 IF NOT EXISTS FOR (n:Raw\3)", query.text))
            dropped.append(_NAMED.sub(r"DROP \1 raw_\2 IF EXISTS", found.group()))
    return made, dropped


RAW_SCHEMA, _DROPS = _schema()
"""The product's constraints and indexes, on the yardstick's own labels."""


def _raw_writes() -> dict[str, str]:
    node = "UNWIND $rows AS row MERGE (n:{label} {id: row.id}) SET n += row"
    link = (
        "UNWIND $rows AS row MATCH (a:{label} {id: row.from_id}) MATCH (b:{to} {id: row.to_id}) "
        "MERGE (a)-[:{type}]->(b)"
    )
    found = {}
    for label, kind in kinds().items():
        name = snake(label)
        found["create_" + name] = node.replace("{label}", "Raw" + label)
        for field in kind.links:
            found["link_" + name + "_" + field.field] = (
                link.replace("{label}", "Raw" + label)
                .replace("{to}", "Raw" + field.to)
                .replace("{type}", field.type)
            )
    return found


_LABELLED = re.compile(r"\((\w):(\w+)")


def _own_writes() -> dict[str, str]:
    return {
        name: _LABELLED.sub(r"(\1:Raw\2", query.text)
        for name, query in catalogue().items()
        if name.startswith(("create_", "link_"))
    }


class _Recorder(Store):
    """A store that writes down what a load sends to it, and keeps nothing else."""

    waits_on_network = False

    def __init__(self, texts: dict[str, str]) -> None:
        self.steps: list[Step] = []
        self._texts = texts

    def read(self, query: Query, **parameters: Any) -> Rows:
        return []

    def write(self, work: Callable[[Any], T]) -> T:
        return work(self)

    def run(self, query: Query, **parameters: Any) -> Rows:
        rows = parameters.get("rows")
        if rows is None:
            return []
        self.steps.append((self._texts[query.name], rows))
        return [{"done": len(rows)}]

    def define(self, statements: Sequence[Query]) -> None:
        pass

    def info(self) -> StoreInfo:
        return StoreInfo(kind="recorder", location="memory", engine="none")

    def close(self) -> None:
        pass


def raw_steps(bundle: ReviewBundle, batch_rows: int, *, own: bool = False) -> list[Step]:
    """The rows that the product's load of this review writes, as batches for the bare engine.

    Args:
        bundle: the review.
        batch_rows: rows per batch.
        own: with the product's own statements in place of the usual ``MERGE … SET n += row``.
    """
    recorder = _Recorder(_own_writes() if own else _raw_writes())
    load_review(recorder, bundle, batch_rows=batch_rows)
    return recorder.steps
