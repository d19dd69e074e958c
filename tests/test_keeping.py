"""A store to keep: copied, put back, looked through, read where nobody may write, mended."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import Ran
from conftest import empty
from everything import everything
from fastapi.testclient import TestClient
from serving import EXAMPLES, TOKEN, as_process, fill

from api.app import create_app
from graph.backup import back_up, restore, verify
from graph.catalogue import Query
from graph.errors import StoreDamaged, StoreDiffers, StoreFull
from graph.questions.bundle import bundle_of
from graph.questions.loads import loads
from graph.questions.records import review_ids
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store, scratch_store
from loaders.intake import load

ALL = """MATCH (n) WHERE NOT n:Load
RETURN labels(n) AS labels, properties(n) AS held, n.id AS id ORDER BY labels, id"""
LINKS = """MATCH (a)-[r]->(b)
RETURN a.id AS a, type(r) AS kind, properties(r) AS held, b.id AS b ORDER BY a, kind, b"""


def run(store: Store, text: str, **parameters: Any) -> None:
    """Change a store behind the product's back."""
    query = Query(name="by hand", text=text, comment="")
    store.write(lambda transaction: transaction.run(query, **parameters))


def raw(store: Store) -> list[Any]:
    """All that a Neo4j server holds but loads and marks, without any code of the product."""
    nodes = store.read(Query(name="nodes", text=ALL, comment=""))
    for node in nodes:
        node["held"].pop("revision", None)
    return [nodes, store.read(Query(name="links", text=LINKS, comment=""))]


# ---- there and back -----------------------------------------------------------------------------


def test_what_is_put_back_answers_as_what_was_copied(embedded_store: Store, tmp_path: Path) -> None:
    loaded = embedded_store
    for name in ("harris2021", "richmond2020"):
        load(loaded, EXAMPLES / name, Settings())
    before = everything(loaded)
    told = back_up(loaded, tmp_path / "kept.kgl")
    assert {one.review: one.records for one in told.reviews} == {
        "harris2021": 143,
        "richmond2020": 173,
    }
    assert [path.name for path in tmp_path.iterdir() if path.name[:4] in ("kept", ".bac")] == [
        "kept.kgl"
    ]
    with open_store(Settings(store=str(tmp_path / "new.kgl")), absent="later") as other:
        done = restore(other, tmp_path / "kept.kgl")
        assert done.restored == ["harris2021", "richmond2020"]
        assert everything(other) == before
        assert verify(other).whole
        was = {one.id for one in loads(loaded, limit=1000).items}
        now = loads(other, limit=1000).items
        assert was < {one.id for one in now}
        assert {file.name for one in now if one.id not in was for file in one.files} == {"kept.kgl"}
    with open_store(Settings(store=str(tmp_path / "kept.kgl")), absent="refuse") as copy:
        assert everything(copy) == before


@pytest.mark.neo4j
def test_nothing_that_a_server_holds_is_left_behind(neo4j_store: Store, tmp_path: Path) -> None:
    empty(neo4j_store)
    for name in ("harris2021", "richmond2020"):
        load(neo4j_store, EXAMPLES / name, Settings())
    before = raw(neo4j_store)
    assert len(before[0]) > 316  # the records, and which file brought them
    back_up(neo4j_store, tmp_path / "kept.kgl")
    restore(empty(neo4j_store), tmp_path / "kept.kgl")
    assert raw(neo4j_store) == before


@pytest.mark.neo4j
def test_a_review_that_is_loaded_meanwhile_is_copied_in_one_state(
    neo4j_store: Store, tmp_path: Path
) -> None:
    empty(neo4j_store)
    load(neo4j_store, EXAMPLES / "richmond2020", Settings())
    other = tmp_path / "richmond2020"
    shutil.copytree(EXAMPLES / "richmond2020", other)
    table = other / "evidence.csv"
    table.write_text(table.read_text("utf-8").replace(",supports,", ",refines,"), "utf-8")
    states = []
    for folder in (EXAMPLES / "richmond2020", other):
        with scratch_store(Settings()) as alone:
            load(alone, folder, Settings())
            states.append(bundle_of(alone, "richmond2020"))
    assert states[0] != states[1]
    ended = threading.Event()
    loaded: list[int] = []

    def go_on() -> None:
        try:
            for number in range(6):
                folder = (other, EXAMPLES / "richmond2020")[number % 2]
                load(neo4j_store, folder, Settings(), replace=True)
                loaded.append(number)
        finally:
            ended.set()

    thread = threading.Thread(target=go_on)
    thread.start()
    copied = 0
    while not ended.is_set():
        back_up(neo4j_store, tmp_path / "kept.kgl")
        with open_store(Settings(store=str(tmp_path / "kept.kgl"))) as copy:
            assert bundle_of(copy, "richmond2020") in states
        copied += 1
    thread.join()
    assert copied
    assert len(loaded) == 6


def test_nothing_goes_that_the_backup_does_not_have_unless_that_is_said(
    store: Store, tmp_path: Path
) -> None:
    load(store, EXAMPLES / "richmond2020", Settings())
    back_up(store, tmp_path / "kept.kgl")
    load(store, EXAMPLES / "harris2021", Settings())
    before = [bundle_of(store, id_) for id_ in ("harris2021", "richmond2020")]
    with pytest.raises(StoreDiffers, match="harris2021: not in the backup"):
        restore(store, tmp_path / "kept.kgl")
    assert [bundle_of(store, id_) for id_ in ("harris2021", "richmond2020")] == before
    done = restore(store, tmp_path / "kept.kgl", replace=True)
    assert (done.removed, done.unchanged, done.restored) == (["harris2021"], ["richmond2020"], [])
    assert review_ids(store) == ["richmond2020"]


def test_a_review_in_another_state_is_named(tmp_path: Path, command: Callable[..., Ran]) -> None:
    command("load", EXAMPLES / "richmond2020")
    command("backup", tmp_path / "kept.kgl")
    folder = tmp_path / "richmond2020"
    shutil.copytree(EXAMPLES / "richmond2020", folder)
    table = folder / "evidence.csv"
    table.write_text(table.read_text("utf-8").replace(",supports,", ",refines,", 1), "utf-8")
    command("load", folder)
    told = " ".join(command("restore", tmp_path / "kept.kgl", status=1).err.split())
    assert "richmond2020: in the backup in another state" in told
    again = command("backup", tmp_path / "kept.kgl", status=1)
    assert "is there already; name a new file" in " ".join(again.err.split())
    assert "--replace" in told
    assert "richmond2020: restored" in command("restore", tmp_path / "kept.kgl", "--replace").out


def test_what_is_no_backup_is_refused_and_makes_no_store(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    (tmp_path / "kept.kgl").write_bytes(b"RGF" + bytes(200))
    new = tmp_path / "new.kgl"
    for file in (tmp_path / "kept.kgl", EXAMPLES / "README.md", tmp_path / "absent.kgl"):
        told = command("restore", file, "--store", new, status=1).err
        assert file.name in told
        assert "Traceback" not in told
        assert not new.exists()


# ---- while it is served -------------------------------------------------------------------------


def test_both_need_the_token_over_http(embedded_store: Store, tmp_path: Path) -> None:
    load(embedded_store, EXAMPLES / "richmond2020", Settings())
    before = everything(embedded_store)
    app = create_app(Settings(token=TOKEN, max_backup_mb=1), embedded_store)
    with TestClient(app, base_url="http://localhost") as client:
        for path in ("/backups", "/restore"):
            assert client.post(path).status_code == 401
        ours = {"Authorization": f"Bearer {TOKEN}"}
        sent = client.post("/backups", headers=ours)
        assert sent.status_code == 200
        load(embedded_store, EXAMPLES / "harris2021", Settings())
        refused = client.post("/restore", headers=ours, content=sent.content)
        assert refused.status_code == 409
        done = client.post("/restore?replace=true&name=k.kgl", headers=ours, content=sent.content)
        assert done.json() == {
            "file": "k.kgl",
            "restored": [],
            "unchanged": ["richmond2020"],
            "removed": ["harris2021"],
        }
        assert client.post("/restore", headers=ours, content=b"no store").status_code == 422
        over = bytes((1 << 20) + 1)
        for body in (over, iter([over])):  # its length is declared, or is not
            large = client.post("/restore", headers=ours, content=body)
            assert large.status_code == 413
            assert "THEORYGRAPH_MAX_BACKUP_MB" in large.json()["hint"]
    assert everything(embedded_store) == before


@pytest.mark.process
def test_a_served_store_is_copied_and_put_back_by_its_server(
    tmp_path: Path, command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.kgl"
    with as_process(fill(tmp_path / "store.kgl"), THEORYGRAPH_TOKEN=TOKEN) as served:
        refused = command("backup", kept, "--server", served.url, status=1)
        assert "token" in refused.err
        assert not kept.exists()
        monkeypatch.setenv("THEORYGRAPH_TOKEN", TOKEN)
        told = command("backup", kept, "--server", served.url, THEORYGRAPH_TOKEN=TOKEN).out
        assert "2 reviews" in told
        told = command("restore", kept, "--server", served.url, THEORYGRAPH_TOKEN=TOKEN).out
        assert "richmond2020: was like that already" in told
    another = tmp_path / "another.kgl"
    gone = command("backup", another, "--server", served.url, THEORYGRAPH_TOKEN=TOKEN, status=1)
    assert "No answer from" in gone.err


# ---- whether all of it is whole -----------------------------------------------------------------

DAMAGE = {
    "a changed text": (
        "MATCH (n:Evidence {id: $one}) SET n.note = 'Another note'",
        "Evidence {one} is not as it was written",
    ),
    "a lost link": (
        "MATCH (n:Evidence {id: $one})-[r:FROM_SOURCE]->(s) DELETE r",
        "Evidence {one} cannot be read: source",
    ),
    "a lost link of several kinds": (
        "MATCH (n:Evidence {id: $one})-[r:ABOUT]->(s) DELETE r",
        "Evidence {one} cannot be read",
    ),
    "a lost link of many": (
        "MATCH (n:Finding {review: 'harris2021'})-[r]->() DELETE r",
        "Finding harris2021:",
    ),
    "a lost record": (
        "MATCH (n:Source {id: $source}) DETACH DELETE n",
        "cannot be read: source",
    ),
    "a lost review": ("MATCH (n:Review {id: 'harris2021'}) DETACH DELETE n", "belong to no review"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_what_is_not_as_it_was_written_is_named(store: Store, kind: str) -> None:
    load(store, EXAMPLES / "harris2021", Settings())
    assert verify(store).whole
    found = bundle_of(store, "harris2021").evidence
    one = next(piece for piece in found if piece.mechanism)
    text, words = DAMAGE[kind]
    run(store, text, one=one.id, source=one.source)
    told = verify(store)
    assert not told.whole
    said = [*told.problems, *(problem for held in told.reviews for problem in held.problems)]
    assert any(words.format(one=one.id) in problem for problem in said), said
    run(store, "MATCH (n) WHERE NOT n:Load DETACH DELETE n")


def test_a_damaged_store_is_an_exit_status_and_a_backup_of_it_is_not_put_back(
    embedded_store: Store, tmp_path: Path, command: Callable[..., Ran]
) -> None:
    load(embedded_store, EXAMPLES / "harris2021", Settings())
    run(embedded_store, "MATCH (n:Mechanism) SET n.name = 'x'")
    back_up(embedded_store, tmp_path / "kept.kgl")
    told = command("verify-store", "--store", tmp_path / "kept.kgl", status=1)
    assert "10 problems" in told.out
    assert "is not as it was written" in told.err
    refused = command("restore", tmp_path / "kept.kgl", status=1).err
    assert "is not whole" in refused
    assert not (tmp_path / "command.kgl").exists()


def test_a_store_with_a_record_that_cannot_be_read_is_copied_as_it_is_or_refused(
    store: Store, tmp_path: Path
) -> None:
    load(store, EXAMPLES / "harris2021", Settings())
    one = bundle_of(store, "harris2021").evidence[0]
    run(store, "MATCH (n:Evidence {id: $one})-[r:FROM_SOURCE]->() DELETE r", one=one.id)
    kept = tmp_path / "kept.kgl"
    if store.waits_on_network:
        with pytest.raises(StoreDamaged, match=f"harris2021 cannot be copied: Evidence {one.id}"):
            back_up(store, kept)
        assert not kept.exists()
    else:
        assert [(held.review, held.records) for held in back_up(store, kept).reviews] == [
            ("harris2021", 143)
        ]
        with scratch_store(Settings()) as other, pytest.raises(StoreDamaged, match=one.id):
            restore(other, kept)
    run(store, "MATCH (n) WHERE NOT n:Load DETACH DELETE n")


# ---- files beside the store ---------------------------------------------------------------------


def test_the_file_alone_may_lack_the_last_loads(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        load(store, EXAMPLES / "harris2021", settings)
    with open_store(settings) as store:
        load(store, EXAMPLES / "richmond2020", settings)
        (tmp_path / "alone").mkdir()
        (tmp_path / "both").mkdir()
        shutil.copy(tmp_path / "store.kgl", tmp_path / "alone")
        for name in ("store.kgl", "store.kgl-wal"):
            shutil.copy(tmp_path / name, tmp_path / "both")
        back_up(store, tmp_path / "kept.kgl")
    held = {
        name: review_ids(open_store(Settings(store=str(tmp_path / name))))
        for name in ("alone/store.kgl", "both/store.kgl", "kept.kgl")
    }
    assert held == {
        "alone/store.kgl": ["harris2021"],
        "both/store.kgl": ["harris2021", "richmond2020"],
        "kept.kgl": ["harris2021", "richmond2020"],
    }


@pytest.mark.parametrize("how", ["cut", "spoilt"])
def test_a_broken_log_is_told_in_plain_words(
    tmp_path: Path,
    command: Callable[..., Ran],
    capfd: pytest.CaptureFixture[str],
    recwarn: pytest.WarningsRecorder,
    how: str,
) -> None:
    live, broken = tmp_path / "live.kgl", tmp_path / "broken.kgl"
    with open_store(Settings(store=str(live))) as store:
        load(store, EXAMPLES / "harris2021", Settings())
        size = live.with_name("live.kgl-wal").stat().st_size
        load(store, EXAMPLES / "richmond2020", Settings())
        log = bytearray(live.with_name("live.kgl-wal").read_bytes())
    if how == "cut":
        log = log[:-200]
    else:
        log[size // 2] ^= 255
    broken.with_name("broken.kgl-wal").write_bytes(log)
    capfd.readouterr()
    told = command("loads", "--store", broken)
    engine = capfd.readouterr()
    said = " ".join(told.err.split())
    assert "The log of the store was broken" in said
    assert "broken.kgl-wal." in said.replace(" ", "")
    assert ("harris2021" in told.out) is (how == "cut")
    assert "richmond2020" not in told.out
    for text in (engine.out, engine.err, told.both):
        assert "[kglite]" not in text
        assert "Warning" not in text
    assert not recwarn.list
    assert "The log" not in command("loads", "--store", broken).err


def test_a_store_is_read_where_nobody_may_write(
    tmp_path: Path, command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "shelf"
    place.mkdir()
    settings = Settings(store=str(place / "store.kgl"))
    with open_store(settings) as store:
        load(store, EXAMPLES / "harris2021", settings)
        expected = everything(store)
        shutil.copytree(place, tmp_path / "live")  # with loads that are in the log only
    may = os.access
    monkeypatch.setattr(
        "graph.store_embedded.os.access",
        lambda path, mode: not Path(path).is_relative_to(tmp_path) and may(path, mode),
    )
    for folder in (place, tmp_path / "live"):
        before = sorted(path.name for path in folder.iterdir())
        with open_store(Settings(store=str(folder / "store.kgl"))) as store:
            assert everything(store) == expected
            with pytest.raises(StoreFull, match="only be read"):
                load(store, EXAMPLES / "richmond2020", settings)
            assert everything(store) == expected
        assert sorted(path.name for path in folder.iterdir()) == before
        told = command("loads", "--store", folder / "store.kgl")
        assert "harris2021" in told.out
        assert "can be read here, but not written to" in " ".join(told.err.split())
