"""Fixtures: both stores, the shipped reviews in them, and the command line as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from graph.load import remove_review  # noqa: E402
from graph.questions.records import reviews  # noqa: E402
from graph.settings import Settings  # noqa: E402
from graph.store import Store  # noqa: E402
from graph.stores import open_store  # noqa: E402
from loaders.intake import load  # noqa: E402
from scripts import neo4j_server  # noqa: E402

EXAMPLES = ROOT / "examples"
CI = bool(os.environ.get("CI"))


def unavailable(reason: str) -> None:
    """Skip on a developer's machine; in CI nothing that is missing may pass unnoticed."""
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


def needs_java() -> None:
    """The tests' own servers need Java and Maven."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            unavailable(f"{tool} is missing, so no Neo4j can be started")


@pytest.fixture(scope="session")
def neo4j_settings() -> Iterator[Settings]:
    """Settings of the Neo4j that the tests may fill and empty; one started here is ended here."""
    if "NEO4J_URI" in os.environ:
        yield Settings(
            store=os.environ["NEO4J_URI"],
            store_user=os.environ.get("NEO4J_USER", "neo4j"),
            store_password=SecretStr(os.environ.get("NEO4J_PASSWORD", "")),
        )
        return
    needs_java()
    running = neo4j_server.find()
    server = running or neo4j_server.start()
    yield Settings(
        store=server.uri, store_user=server.user, store_password=SecretStr(server.password)
    )
    if running is None:
        neo4j_server.stop(server)


@pytest.fixture(scope="session")
def neo4j_store(neo4j_settings: Settings) -> Iterator[Store]:
    """The Neo4j store, opened once."""
    with open_store(neo4j_settings) as store:
        store.prepare()
        yield store


def empty(store: Store) -> Store:
    """The store without any review."""
    for review in reviews(store, limit=1000).items:
        remove_review(store, review.id)
    return store


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[Store]:
    """A new embedded store."""
    with open_store(Settings(store=str(tmp_path / "store.kgl"))) as store:
        store.prepare()
        yield store


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind: a test that takes it runs on both."""
    if request.param == "embedded":
        embedded: Store = request.getfixturevalue("embedded_store")
        return embedded
    return empty(request.getfixturevalue("neo4j_store"))


@pytest.fixture
def loaded(store: Store) -> Store:
    """A store of each kind that holds the two shipped reviews."""
    for name in ("harris2021", "richmond2020"):
        load(store, EXAMPLES / name, Settings())
    return store


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., Ran]:
    """Run ``theorygraph …`` as a user would, with a store of its own, and expect a status."""

    def run(*arguments: object, status: int = 0, **environment: str) -> Ran:
        given = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "THEORYGRAPH_STORE": str(tmp_path / "command.kgl"),
            "COLUMNS": "100",
            **environment,
        }
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "from api.cli import main; main()",
                *(str(argument) for argument in arguments),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=given,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, f"{done.stdout}\n{done.stderr}"
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
