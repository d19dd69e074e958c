"""When things go wrong: killed loads, full disks, wrong passwords, servers that are down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from conftest import EXAMPLES, ROOT, Ran, empty, needs_java
from everything import everything
from pydantic import SecretStr

from api.app import create_app
from graph.catalogue import Query
from graph.errors import (
    StoreHeld,
    StoreRefused,
    StoreSettingWrong,
    StoreUnavailable,
    TooSlow,
)
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.health import health
from graph.settings import Settings
from graph.store import Rows, Store
from graph.store_neo4j import Neo4jStore
from graph.stores import open_store
from loaders.intake import load
from scripts import neo4j_server

LOADING = """
import sys
from benchmarks import synthetic
from graph.load import load_review
from graph.settings import Settings
from graph.stores import open_store
links = 20000
bundle = synthetic.bundle(
    links,
    list(synthetic.evidence_rows(links)),
    list(synthetic.source_rows(links)),
    list(synthetic.mechanism_rows(links)),
)
store = open_store(Settings())
print("begin", flush=True)
load_review(store, bundle, progress=lambda label, count: print(label, flush=True))
print("done", flush=True)
"""


def environment(settings: Settings) -> dict[str, str]:
    password = settings.password() or ""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "THEORYGRAPH_STORE": settings.store,
        "THEORYGRAPH_STORE_USER": settings.store_user,
        "THEORYGRAPH_STORE_PASSWORD": password,
    }


def killed_while(settings: Settings, lines: int) -> str:
    """Start a large load, kill it after so many of its batches, and say what it said last."""
    with subprocess.Popen(
        [sys.executable, "-c", LOADING],
        env=environment(settings),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        said = list(islice(process.stdout, lines))
        process.send_signal(signal.SIGKILL)
    return said[-1].strip()


@pytest.mark.process
@pytest.mark.parametrize("lines", [1, 4, 12, 22])
def test_a_killed_load_leaves_the_embedded_store_as_it_was(tmp_path: Path, lines: int) -> None:
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        load(store, EXAMPLES / "harris2021", settings)
        before = everything(store)
    assert killed_while(settings, lines) not in ("", "done")
    with open_store(settings) as store:
        assert everything(store) == before


@pytest.mark.neo4j
@pytest.mark.parametrize("lines", [4, 22])
def test_a_killed_load_leaves_neo4j_as_it_was(
    neo4j_settings: Settings, neo4j_store: Store, lines: int
) -> None:
    empty(neo4j_store)
    load(neo4j_store, EXAMPLES / "harris2021", Settings())
    before = everything(neo4j_store)
    assert killed_while(neo4j_settings, lines) not in ("", "done")
    assert everything(neo4j_store) == before


FULL_DISK = """
import json, resource, sys
from pathlib import Path
from everything import everything
from graph.errors import StoreFull
from graph.settings import Settings
from graph.stores import open_store
from loaders.intake import load
settings = Settings()
with open_store(settings) as store:
    load(store, Path(sys.argv[1]) / "harris2021", settings)
    before = everything(store)
    wal = Path(settings.store + "-wal")
    room = wal.stat().st_size + 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        load(store, Path(sys.argv[1]) / "richmond2020", settings)
    except StoreFull as error:
        print(error.detail)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("as it was:", everything(store) == before)
    report = load(store, Path(sys.argv[1]) / "richmond2020", settings).report
    print("then:", report.total.new)
with open_store(settings) as store:
    print("kept:", len(everything(store)["reviews"]))
"""


@pytest.mark.process
def test_a_full_disk_is_said_and_the_store_answers_as_before(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store.kgl"))
    given = environment(settings)
    given["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(EXAMPLES)],
        env=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    told = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert told[0] == "there was no room, or no right to write; it is as it was before"
    assert told[1:] == ["as it was: True", "then: 173", "kept: 2"]


def test_a_store_that_another_process_holds_names_the_holder(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    settings = Settings(store=str(tmp_path / "command.kgl"))
    with open_store(settings):
        with pytest.raises(StoreHeld):
            open_store(settings)
        told = command("gaps", status=1).err
    assert f"process {os.getpid()}" in told
    assert "theorygraph serve" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("store", "words"),
    [
        ("http://localhost:7474", "neo4j://"),
        ("neo4j://user:secret@localhost:7687", "THEORYGRAPH_STORE_PASSWORD"),
        ("neo4j://", "names no host"),
        ("/no/such/folder/store.kgl", "there is no store at"),
        (str(EXAMPLES), "is a folder"),
        (str(EXAMPLES / "README.md"), "not a theorygraph store"),
    ],
)
def test_a_wrong_store_setting_is_explained(
    store: str, words: str, command: Callable[..., Ran]
) -> None:
    told = command("gaps", "--store", store, status=1).err
    assert words in " ".join(told.split())
    assert "secret" not in told
    with pytest.raises(StoreSettingWrong):
        open_store(Settings(store=store))


@pytest.mark.slow
def test_a_query_over_the_time_limit_says_what_to_narrow(tmp_path: Path) -> None:
    from benchmarks import synthetic
    from graph.load import load_review

    settings = Settings(store=str(tmp_path / "store.kgl"), query_seconds=0.001)
    links = 30_000
    bundle = synthetic.bundle(
        links,
        list(synthetic.evidence_rows(links)),
        list(synthetic.source_rows(links)),
        list(synthetic.mechanism_rows(links)),
    )
    with open_store(settings) as store:
        load_review(store, bundle)
        with pytest.raises(TooSlow) as caught:
            evidence(store, EvidenceFilter(stance="supports"))
    assert "narrow" in str(caught.value.hint)


@pytest.mark.neo4j
def test_a_wrong_password_is_refused_in_words(
    neo4j_settings: Settings, command: Callable[..., Ran]
) -> None:
    wrong = neo4j_settings.model_copy(update={"store_password": SecretStr("not-the-password")})
    with open_store(wrong) as store, pytest.raises(StoreRefused) as caught:
        health(store)
    assert "THEORYGRAPH_STORE_PASSWORD" in str(caught.value.hint)
    told = command(
        "gaps", "--store", wrong.store, status=1, THEORYGRAPH_STORE_PASSWORD="not-the-password"
    ).err
    assert "refused the user or password" in told
    assert "not-the-password" not in told
    assert "Traceback" not in told


@pytest.mark.neo4j
def test_the_password_may_come_from_a_secret_file(neo4j_settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{neo4j_settings.password()}\n", encoding="utf-8")
    from_file = neo4j_settings.model_copy(
        update={"store_password": None, "store_password_file": secret}
    )
    with open_store(from_file) as store:
        assert health(store).store.kind == "neo4j"


@pytest.mark.neo4j
def test_the_routing_scheme_reaches_the_same_server(neo4j_settings: Settings) -> None:
    routed = neo4j_settings.store.replace("bolt://", "neo4j://")
    with open_store(neo4j_settings.with_store(routed)) as store:
        assert health(store).store.location == routed


@pytest.mark.neo4j
def test_an_encrypted_scheme_does_not_fall_back_to_plain(neo4j_settings: Settings) -> None:
    encrypted = neo4j_settings.store.replace("bolt://", "bolt+ssc://")
    impatient = neo4j_settings.with_store(encrypted).model_copy(update={"retry_seconds": 0})
    with open_store(impatient) as store, pytest.raises(StoreUnavailable):
        health(store)


@pytest.mark.slow
def test_a_server_that_is_down_is_said_with_what_was_tried(command: Callable[..., Ran]) -> None:
    port = neo4j_server.free_port()
    began = time.monotonic()
    told = command(
        "gaps",
        "--store",
        f"bolt://127.0.0.1:{port}",
        status=1,
        THEORYGRAPH_STORE_PASSWORD="any",
        THEORYGRAPH_CONNECT_SECONDS="1",
        THEORYGRAPH_RETRY_SECONDS="2",
    ).err
    assert time.monotonic() - began < 30
    words = " ".join(told.split())
    assert f"no answer from bolt://127.0.0.1:{port}" in words
    assert "tried" in words
    assert "Traceback" not in words


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[neo4j_server.ServerInfo]:
    """A Neo4j of this test's own, to be stopped and started again."""
    needs_java()
    info = neo4j_server.start(data_dir=tmp_path / "neo4j")
    try:
        yield info
    finally:
        running = neo4j_server.find(tmp_path / "neo4j")
        if running is not None:
            neo4j_server.stop(running)


@pytest.mark.neo4j
def test_http_answers_503_while_the_server_is_down_and_recovers_by_itself(
    own_server: neo4j_server.ServerInfo,
) -> None:
    settings = Settings(
        store=own_server.uri,
        store_user=own_server.user,
        store_password=SecretStr(own_server.password),
        connect_seconds=1,
        retry_seconds=0,
    )
    with open_store(settings) as store:
        load(store, EXAMPLES / "harris2021", settings)
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), port=neo4j_server.free_port(), log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        with httpx.Client(base_url=f"http://127.0.0.1:{server.config.port}", timeout=60) as http:
            before = http.get("/gaps").json()
            assert before["reviews"][0]["review"] == "harris2021"
            neo4j_server.stop(own_server, kill=True)
            down = http.get("/gaps")
            assert down.status_code == 503
            assert down.headers["content-type"] == "application/problem+json"
            assert int(down.headers["retry-after"]) > 0
            assert "no answer from" in down.json()["detail"]
            neo4j_server.start(data_dir=own_server.data_dir, port=own_server.port)
            assert http.get("/gaps").json() == before
    finally:
        server.should_exit = True
        thread.join(20)


def test_a_store_that_cannot_be_reached_raises_its_own_error() -> None:
    down = Settings(
        store=f"bolt://127.0.0.1:{neo4j_server.free_port()}",
        store_password=SecretStr("any"),
        connect_seconds=1,
        retry_seconds=0,
    )
    with open_store(down) as store, pytest.raises(StoreUnavailable):
        health(store)


@pytest.mark.neo4j
def test_an_answer_that_a_load_came_into_is_not_accepted(
    neo4j_settings: Settings,
    neo4j_store: Store,
    command: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(empty(neo4j_store), EXAMPLES / "richmond2020", Settings())
    server = {
        "THEORYGRAPH_STORE": neo4j_settings.store,
        "THEORYGRAPH_STORE_USER": neo4j_settings.store_user,
        "THEORYGRAPH_STORE_PASSWORD": neo4j_settings.password() or "",
    }
    read = Neo4jStore.read
    came: list[str] = []

    def between(self: Neo4jStore, query: Query, **given: Any) -> Rows:
        if query.name == "source_page" and self is not neo4j_store and not came:
            came.append(query.name)
            load(neo4j_store, EXAMPLES / "harris2021", Settings())
        return read(self, query, **given)

    monkeypatch.setattr(Neo4jStore, "read", between)
    quiet = command("flow", "richmond2020", **server)
    assert "while this was answered" not in quiet.err
    torn = command("show", "sources", status=1, **server)
    assert "harris2021: loaded or removed while this was answered" in " ".join(torn.err.split())
    assert came
    assert command("show", "sources", **server).status == 0
    assert command("remove", "harris2021", **server).status == 0
