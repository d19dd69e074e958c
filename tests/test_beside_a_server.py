"""While a server has an embedded store open, commands, notebooks and assistants still read it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Ran, run_here
from serving import EXAMPLES, as_process, copied, patiently, shipped_store

from api.client import Client
from graph.catalogue import Query
from graph.errors import StoreHeld, StoreUnavailable, TooManyRows
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store_shared import SharedStore, shared
from graph.stores import open_store

pytestmark = pytest.mark.slow

ASKED = (
    ("ask", "evidence for Working with power at team level"),
    ("ask", "what works for whom"),
    ("unsupported",),
    ("gaps", "--review", "richmond2020", "--json"),
    ("show", "mechanisms"),
    ("chains", "--review", "richmond2020"),
    ("contradictions",),
    ("flow", "harris2021"),
    ("lint",),
    ("evidence", "--level", "nowhere"),
    ("verify-store",),
    ("loads", "--json"),
)
"""One command of each way to read; those that fail, fail alike."""


def ask(store: Path, *asked: str) -> Ran:
    return run_here(*asked, cwd=store.parent, variables={"THEORYGRAPH_STORE": str(store)})


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(shipped_store(), tmp_path_factory.mktemp("apart"), "held.kgl")


@pytest.fixture(scope="module")
def held(apart: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store that this process has open, as a server has."""
    path = copied(shipped_store(), tmp_path_factory.mktemp("held"), "held.kgl")
    settings = Settings(store=str(path))
    with open_store(settings) as store, shared(store, path, "http://127.0.0.1:1", writable=True):
        yield path


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_command_says_what_it_says_without_the_server(
    asked: tuple[str, ...], held: Path, apart: Path
) -> None:
    there, here = ask(held, *asked), ask(apart, *asked)
    assert there.out == here.out
    assert (there.status, there.err) == (here.status, here.err)


def test_every_record_of_a_review_comes_through(held: Path, apart: Path) -> None:
    through, alone = (
        open_store(Settings(store=str(path)), absent="refuse") for path in (held, apart)
    )
    with through, alone:
        assert isinstance(through, SharedStore)
        for review in ("harris2021", "richmond2020"):
            assert bundle_of(through, review) == bundle_of(alone, review)
    with Client.local(str(held)) as client:
        assert client.health().counts["mechanism"] == 10


def test_what_writes_is_told_where_to(held: Path) -> None:
    before = ask(held, "loads", "--json").out
    for asked in (("load", str(EXAMPLES / "harris2021")), ("remove", "harris2021")):
        ran = ask(held, *asked)
        assert ran.status == 1
        said = " ".join(ran.err.split())
        assert "the server at http://127.0.0.1:1 has the store" in said
        assert "stop the server first, or load there, at http://127.0.0.1:1/load" in said
    with pytest.raises(StoreHeld):
        open_store(Settings(store=str(held)))
    assert ask(held, "loads", "--json").out == before


def test_only_what_reads_and_is_known_is_read(held: Path, tmp_path: Path) -> None:
    with SharedStore(held) as store:
        for text in ("MATCH (n) DETACH DELETE n", "MATCH (n) RETURN n"):
            with pytest.raises(StoreHeld, match="of another version"):
                store.read(Query("review_records", text, "not ours"))
        with pytest.raises(StoreHeld):
            store.write(lambda transaction: transaction)
    assert stat.S_IMODE(Path(f"{held}.sock").stat().st_mode) == 0o600
    few = Settings(store=str(copied(shipped_store(), tmp_path)), max_rows=20)
    path = Path(few.store)
    with (
        open_store(few) as store,
        shared(store, path, "here", writable=False),
        SharedStore(path) as through,
        pytest.raises(TooManyRows),
    ):
        bundle_of(through, "harris2021")


def test_a_server_that_ends_leaves_nothing_and_one_that_was_killed_does_no_harm(
    tmp_path: Path,
) -> None:
    path = copied(shipped_store(), tmp_path, "a.kgl")
    with as_process(path) as served, served.client() as client:
        ran = ask(path, "show", "mechanisms", "--json")
        assert json.loads(ran.out) == client.get("/mechanisms?limit=20").json()
    patiently(lambda: not Path(f"{path}.sock").exists(), "the socket was left behind")
    Path(f"{path}.sock").touch()
    with (
        open_store(Settings(store=str(path))) as store,
        shared(store, path, "here", writable=False),
    ):
        through = SharedStore(path)
        assert bundle_of(through, "harris2021")
        assert through.held().hint == "stop the server first"
    with pytest.raises(StoreUnavailable):
        bundle_of(through, "harris2021")
    through.close()
    assert not os.path.lexists(f"{path}.sock")
