"""Fixtures: both stores, the shipped reviews in them, and the command line as a user runs it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import laws  # noqa: E402
import turns  # noqa: E402
from commands import Ran, run_as_process, run_here  # noqa: E402
from serving import EXAMPLES, SHIPPED, copied, empty_store, fill  # noqa: E402

from graph.load import remove_review  # noqa: E402
from graph.questions.loads import loads  # noqa: E402
from graph.questions.records import reviews  # noqa: E402
from graph.settings import Settings  # noqa: E402
from graph.store import Store  # noqa: E402
from graph.stores import open_store, scratch_store  # noqa: E402
from loaders.intake import load  # noqa: E402
from scripts import neo4j_server  # noqa: E402

CI = bool(os.environ.get("CI"))


MAY_START_PROCESSES = ("process", "browser", "neo4j", "slow")
_running: pytest.Item | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--figures=PAGE``: write what was run and how often."""
    parser.addoption("--figures", type=Path, help="write how often each law was tried to a page")


def pytest_configure(config: pytest.Config) -> None:
    """Keep figures where they are wanted; give tests their turns where processes share them."""
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        place = Path(worker[turns.GROUPS])
        config.pluginmanager.register(turns.Worker(worker["workerid"], place))
        return
    if config.getoption("numprocesses", None):
        config.pluginmanager.register(turns.Turns())
    page = config.getoption("figures")
    if page is not None:
        config.pluginmanager.register(laws.Figures(page))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark laws."""
    for item in items:
        if laws.is_law(item):
            item.add_marker("law")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember which test runs."""
    global _running
    _running = item


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell with a report how many examples its law held on."""
    report = yield
    if report.when == "call" and laws.is_law(item):
        report.user_properties.append(("examples", laws.tried(item)))
    return report


_start = subprocess.Popen.__init__


def _start_if_marked(self: subprocess.Popen[Any], *given: Any, **named: Any) -> None:
    # `make quick` starts no process, so a test that does has to say so.
    marked = _running is None or any(map(_running.get_closest_marker, MAY_START_PROCESSES))
    assert marked, "a test that starts a process is marked `process` (or browser, neo4j, slow)"
    _start(self, *given, **named)


subprocess.Popen.__init__ = _start_if_marked  # type: ignore[method-assign]


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
    """The Neo4j store, opened once; it counts what is written through it."""
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
    with open_store(Settings(store=str(copied(empty_store(), tmp_path, "store.kgl")))) as store:
        yield store


@pytest.fixture(scope="module")
def shelf() -> Iterator[Store]:
    """One store for all examples of the laws of a module, which look after what others left."""
    with scratch_store(Settings()) as store:
        store.prepare()
        yield store


BOTH_STORES = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(params=BOTH_STORES)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind: a test that takes it runs on both."""
    if request.param == "embedded":
        embedded: Store = request.getfixturevalue("embedded_store")
        return embedded
    return empty(request.getfixturevalue("neo4j_store"))


@pytest.fixture(params=BOTH_STORES)
def loaded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind that holds the two shipped reviews, and nothing else."""
    if request.param == "embedded":
        with open_store(Settings(store=str(fill(tmp_path / "store.kgl")))) as embedded:
            yield embedded
        return
    yield shipped_on(request.getfixturevalue("neo4j_store"))


_shipped: tuple[int, list[str]] | None = None
"""What told, when the shipped reviews had been loaded into Neo4j, that nothing else was there."""


def shipped_on(store: Store) -> Store:
    """The Neo4j store with the shipped reviews; loaded again only where something has changed."""
    global _shipped

    def told() -> tuple[int, list[str]]:
        return store.writes, [load.id for load in loads(store).items]

    if _shipped is None or told() != _shipped:
        empty(store)
        for name in SHIPPED:
            load(store, EXAMPLES / name, Settings())
        _shipped = told()
    return store


@pytest.fixture(scope="session")
def one_chromium() -> Iterator[tuple[Any, Any]]:
    """Chromium, started once, and the loop of events that drives it."""
    from map_pages import browser

    with browser() as opened:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield opened, loop
        asyncio._set_running_loop(loop)


@pytest.fixture
def chromium(one_chromium: tuple[Any, Any]) -> Iterator[Any]:
    """Chromium without any window; its loop of events runs during the test alone.

    So that a test without a browser may run a loop of its own.
    """
    opened, loop = one_chromium
    asyncio._set_running_loop(loop)
    yield opened
    for context in opened.contexts:
        context.close()
    asyncio._set_running_loop(None)


@pytest.fixture
def usual_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures bring along the letters that any has, cut once; to cut more for each text is slow."""
    monkeypatch.setattr("visualise.figures._beyond", lambda _: frozenset())


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., Ran]:
    """Run ``theorygraph …`` in this process, with a store of its own, and expect a status."""
    return _command(run_here, tmp_path)


@pytest.fixture
def real_command(tmp_path: Path) -> Callable[..., Ran]:
    """The same in a process of its own, as a user starts it; its tests are marked ``process``."""
    return _command(run_as_process, tmp_path)


def _command(how: Callable[..., Ran], folder: Path) -> Callable[..., Ran]:
    def run(*arguments: object, status: int = 0, **variables: str) -> Ran:
        given = {"THEORYGRAPH_STORE": str(folder / "command.kgl"), **variables}
        ran = how(*arguments, cwd=folder, variables=given)
        assert ran.status == status, f"{ran.out}\n{ran.err}"
        return ran

    return run
