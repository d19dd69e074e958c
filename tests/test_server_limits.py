"""What a server allows: so much memory for a transaction, and perhaps no writing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commands import Ran
from conftest import needs_java
from pydantic import SecretStr

from benchmarks.synthetic import PlainReview
from graph import load_size
from graph.errors import StoreFull, StoreTooSmall, StoreUnavailable
from graph.load import load_review, remove_review
from graph.load_recovery import under_way
from graph.model import ReviewBundle
from graph.questions import records
from graph.questions.evidence import EvidenceFilter, evidence
from graph.settings import Settings
from graph.store import Store
from graph.store_neo4j import Neo4jStore
from graph.stores import open_store
from scripts import neo4j_server
from scripts.neo4j_server import ServerInfo

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

MOST = 4
"""MiB that the server gives a transaction."""


def settings(server: ServerInfo, **more: int) -> Settings:
    password = SecretStr(server.password)
    return Settings(store=server.uri, store_password=password, retry_seconds=0, **more)


def review(links: int, id_: str = "r") -> ReviewBundle:
    return PlainReview.of(links, id_).validated()


def needs(mebibytes: float, id_: str = "r") -> ReviewBundle:
    """A review that needs so much in one transaction."""
    of_one = load_size.of_bundle(review(2000), 10**12) / 2000
    return review(int(mebibytes * load_size.MIB / of_one), id_)


def some_answers(store: Store) -> list[Any]:
    """A few: a server that is new to all plans each statement for long."""
    return [records.reviews(store), records.sources(store), evidence(store, EvidenceFilter())]


def killing(store: Store, server: ServerInfo, state: str) -> Any:
    """The store, whose server is killed once a load is in a state for some transactions."""
    other: Any = copy(store)
    met: list[str] = []

    def write(work: Any) -> Any:
        done = Neo4jStore.write(other, work)
        met.extend(one["state"] for one in under_way(store) if one["state"] == state)
        if len(met) == 3:
            neo4j_server.stop(server, kill=True)
        return done

    other.write = write
    return other


@pytest.fixture
def small(tmp_path: Path) -> Iterator[ServerInfo]:
    """A server that gives a transaction little memory."""
    needs_java()
    limit = {"db.memory.transaction.max": f"{MOST}m"}
    server = neo4j_server.start(data_dir=tmp_path / "server", more=limit)
    yield server
    neo4j_server.stop(server, kill=True)


def test_what_a_server_allows_decides(
    small: ServerInfo, command: Callable[..., Ran], tmp_path: Path
) -> None:
    # What is computed beforehand is enough, and no third too much.
    with open_store(settings(small, transaction_mb=1000)) as store:
        assert load_review(store, needs(MOST, "fits")).total.new > 200
        with pytest.raises(StoreTooSmall) as told:
            load_review(store, needs(1.3 * MOST))
        said = f"{told.value.detail} {told.value.hint}"
        assert "r needs about 5 MiB" in said
        assert "db.memory.transaction.max" in said
        assert "THEORYGRAPH_TRANSACTION_MB" in said
    # The server says what it gives, and a load that needs more than that is staged.
    with open_store(settings(small)) as store:
        assert store.budget == int(MOST * load_size.MIB * 3 / 4)
        before = store.writes
        load_review(store, needs(1.5 * MOST))
        assert store.writes > before + 10
        answers = some_answers(store)
        with pytest.raises(StoreUnavailable):
            load_review(killing(store, small, "staging"), needs(MOST, "killed"))
    alone = {"server.databases.default_to_read_only": "true"}
    server = neo4j_server.start(data_dir=tmp_path / "server", port=small.port, more=alone)
    try:
        with open_store(settings(server)) as store:
            assert [one["state"] for one in under_way(store)] == ["staging"]
            assert some_answers(store) == answers, "what a killed load has left is not seen"
            assert load_review(store, review(30), dry_run=True).changed_anything
            changes = (partial(load_review, store, review(30)), partial(remove_review, store, "r"))
            for change in changes:
                with pytest.raises(StoreFull, match="lets this user read, and not write"):
                    change()
        there = {
            "THEORYGRAPH_STORE": server.uri,
            "THEORYGRAPH_STORE_PASSWORD": server.password,
        }
        assert "Illustrative" in command("show", "sources", "--json", **there).out
        folder = str(Path(__file__).parents[1] / "examples" / "harris2021")
        assert "read, and not write" in command("load", folder, status=1, **there).err
    finally:
        neo4j_server.stop(server, kill=True)
