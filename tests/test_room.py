"""Reading in a room of its own: limits, parts, questions, an end; and what is left of it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import hostile
import httpx
import pytest
from conftest import Ran
from serving import EXAMPLES, TOKEN, as_process, illustrative, patiently, zipped
from test_hostile import family

from graph.errors import Rejected, TooLarge
from graph.settings import Settings
from graph.store import Store
from loaders.intake import check, load
from loaders.sandbox import Inside, Limits, Room, Stopped, Visit

pytestmark = pytest.mark.process
SHORT = Settings(read_cpu_seconds=1, read_seconds=30, read_memory_mb=100)


def hungry(inside: Inside) -> None:
    inside.at("large.ris")
    held = []
    while True:
        held.append("x" * 1_000_000)


def busy(inside: Inside) -> None:
    inside.at("slow.ris")
    while True:
        pass


def asleep(inside: Inside, note: str | None = None) -> None:
    if note is not None:
        Path(tempfile.mkdtemp(), "left").write_text("x")
        Path(note).write_text(str(os.getpid()))
    time.sleep(60)


def broken(inside: Inside) -> None:
    print("memory is fine", file=sys.stderr)
    os.abort()


def mistaken(inside: Inside) -> None:
    raise KeyError("a mistake of ours")


def refusing(inside: Inside) -> None:
    raise Rejected([])


def talking(inside: Inside, times: int) -> list[int]:
    for n in range(times):
        inside.tell(n)
    answers: list[int] = [inside.ask("double", n) for n in range(times)]
    return answers


def test_what_goes_beyond_a_limit_is_told_with_the_setting() -> None:
    room = Room(SHORT)
    for work, file, most, setting in (
        (hungry, "large.ris", "100 MB of memory", "THEORYGRAPH_READ_MEMORY_MB"),
        (busy, "slow.ris", "1 seconds of work", "THEORYGRAPH_READ_CPU_SECONDS"),
    ):
        with pytest.raises(TooLarge) as told:
            room.visit(work)
        assert told.value.detail == f"{file}: reading it takes more than {most}"
        assert told.value.hint == f"split it, or raise {setting}"
    with pytest.raises(TooLarge) as told:
        Room(Settings(read_seconds=1)).visit(asleep)
    assert "THEORYGRAPH_READ_SECONDS" in str(told.value.hint)


def test_larger_files_and_pdfs_may_take_longer() -> None:
    assert Limits.of(SHORT, 0, 1) == Limits(100, 1, 30)
    assert Limits.of(SHORT, 100 << 20, 1) == Limits(100, 26, 130)
    assert Limits.of(SHORT, 100 << 20, 4) == Limits(100, 104, 520)


def test_what_breaks_or_is_wrong_in_the_room_is_told_outside() -> None:
    room = Room(SHORT)
    with pytest.raises(TooLarge, match="broke down"):
        room.visit(broken)
    with pytest.raises(RuntimeError, match="a mistake of ours"):
        room.visit(mistaken)
    with pytest.raises(Rejected):
        room.visit(refusing)


def test_parts_and_questions_go_through_the_door() -> None:
    parts: list[int] = []
    answers = Room(SHORT).visit(talking, 3, answer=lambda what, n: (what, 2 * n), take=parts.append)
    assert (parts, answers) == ([0, 1, 2], [("double", 0), ("double", 2), ("double", 4)])
    with pytest.raises(ZeroDivisionError):
        Room(SHORT).visit(talking, 1, answer=lambda *_: 1 // 0)


def test_a_visit_is_stopped_from_outside_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    note = tmp_path / "note"
    visit, ended = Visit(), []

    def go() -> None:
        with pytest.raises(Stopped):
            Room(SHORT).visit(asleep, str(note), visit=visit)
        ended.append(True)

    thread = threading.Thread(target=go)
    thread.start()
    patiently(lambda: note.exists() and bool(note.read_text()), "the work did not begin")
    visit.stop()
    thread.join(10)
    assert ended
    assert [place.name for place in tmp_path.iterdir()] == ["note"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
    with pytest.raises(Stopped):
        Room(SHORT).visit(talking, 0, visit=visit)


def test_a_closed_room_stops_what_goes_on_and_begins_nothing() -> None:
    room = Room(SHORT)
    threading.Timer(0.3, room.close).start()
    with pytest.raises(Stopped):
        room.visit(asleep)
    with pytest.raises(Stopped):
        room.visit(talking, 0)


def test_a_load_in_the_room_is_the_load_that_it_is_here(
    embedded_store: Store, tmp_path: Path
) -> None:
    room = Room(Settings())
    for name in ("harris2021", "richmond2020"):
        first = load(embedded_store, EXAMPLES / name, Settings(), room=room)
        again = load(embedded_store, EXAMPLES / name, Settings())
        assert first.report.total.new > 0
        assert not again.report.changed_anything, "read here, it is the same"
    library = tmp_path / "library.ris"
    library.write_bytes(hostile.records("PY  - 2019", "DO  - 10.1000/illustrative"))
    into = {"review": "richmond2020"}
    found = load(embedded_store, library, Settings(), room=room, **into)
    assert [count.accepted for count in found.references] == [1]
    here = check(library, Settings(), store=embedded_store, **into)
    there = check(library, Settings(), store=embedded_store, room=room, **into)
    assert there.model_copy(update={"bundle": None}) == here.model_copy(update={"bundle": None})
    with pytest.raises(Rejected) as refused:
        load(embedded_store, library, Settings(), room=room)
    assert "--review" in str(refused.value.problems[0].hint)


def test_the_command_reads_in_a_room(real_command: Callable[..., Ran], tmp_path: Path) -> None:
    file, make = hostile.FOUND["far cells without a name"]
    (tmp_path / file).write_bytes(make())
    ran = real_command("load", tmp_path / file, status=1)
    assert "a.xlsx: reading it takes more than 1,280 MB of memory" in " ".join(ran.err.split())
    assert "raise THEORYGRAPH_READ_MEMORY_MB" in ran.err
    assert "memory allocation" not in ran.err


SLOW = hostile.folder(concepts_csv="id,name\n" + "".join(f"c{n},C\n" for n in range(600_000)))


def test_the_server_reads_in_a_room_until_nobody_waits(tmp_path: Path) -> None:
    given = {"THEORYGRAPH_TOKEN": TOKEN, "THEORYGRAPH_MAX_LOAD_ROWS": "100000000"}
    with (
        as_process(tmp_path / "store.kgl", **given) as served,
        served.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client,
    ):
        assert (
            client.post(
                "/loads",
                content=zipped(illustrative(tmp_path / "folder")),
                params={"name": "a.zip"},
            ).status_code
            == 201
        )
        file, make = hostile.FOUND["a far cell in small letters"]
        refused = client.post("/loads", content=make(), params={"name": file})
        assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")
        idle = len(family(served.pid))

        def send(patience: float) -> None:
            with contextlib.suppress(httpx.TransportError):
                answer = client.post(
                    "/checks", content=SLOW, params={"name": "a.zip"}, timeout=patience
                )
                assert answer.status_code == 503, answer.text

        send(0.7)  # whoever has sent it goes after a moment
        patiently(lambda: len(family(served.pid)) == idle, "reading went on without anybody")
        last = threading.Thread(target=send, args=(30,))
        last.start()
        patiently(lambda: len(family(served.pid)) > idle, "reading did not begin")
        pids = family(served.pid)
        begun = time.monotonic()
        os.kill(served.pid, signal.SIGTERM)
        patiently(
            lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in pids[1:]),
            "processes were left",
        )
        last.join()
        assert time.monotonic() - begun < 10
