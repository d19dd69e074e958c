"""Files that ask for more than anybody may have: refused in time, and nobody else notices."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hostile
import pytest
from conftest import Ran
from hypothesis import settings
from serving import TOKEN, Served, as_process, copied, shipped_store

from api.problems import PROBLEM_JSON

ALL = {**hostile.FOUND, **hostile.KINDS}
BEYOND_MB = 200
"""MiB that a hostile file may cost beside what reading may take."""
SECONDS = 20
MANY = settings.get_current_profile_name() == "laws"
MEMORY_MB = 1280 if MANY else 256


def family(pid: int) -> list[int]:
    """A process and all that it has begun."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        children.setdefault(parent, []).append(int(place.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def memory_mb(pids: list[int]) -> int:
    """What processes have in memory together; what they share is counted once."""
    kilobytes = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += next(
            (int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0
        )
    return kilobytes // 1024


class Neighbour:
    """Asks a server all the time, and looks how much memory it takes."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.peak_mb = 0
        self.slowest = 0.0
        self.answers: set[int] = set()
        self.left = False

    def live(self) -> None:
        with self.served.client() as client:
            while not self.left:
                self.peak_mb = max(self.peak_mb, memory_mb(family(self.served.pid)))
                begun = time.monotonic()
                self.answers.add(client.get("/mechanisms?limit=1").status_code)
                self.slowest = max(self.slowest, time.monotonic() - begun)
                time.sleep(0.05)


@contextmanager
def beside(served: Served) -> Iterator[Neighbour]:
    neighbour = Neighbour(served)
    thread = threading.Thread(target=neighbour.live)
    thread.start()
    try:
        yield neighbour
    finally:
        neighbour.left = True
        thread.join()


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.law
def test_hostile_files_are_refused_in_time_and_the_neighbour_goes_on(tmp_path: Path) -> None:
    """All of them by `make laws`; those that are quick each time."""
    assert len(hostile.KINDS) >= 60
    store = copied(shipped_store(), tmp_path)
    given = {"THEORYGRAPH_TOKEN": TOKEN, "THEORYGRAPH_READ_MEMORY_MB": str(MEMORY_MB)}
    wrong = []
    with (
        as_process(store, **given) as served,
        served.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client,
        beside(served) as neighbour,
    ):
        before = client.get("/health").json()["counts"]
        time.sleep(0.1)
        idle = neighbour.peak_mb
        for name, (file, make) in ALL.items():
            if not MANY and name in hostile.HEAVY:
                continue
            begun = time.monotonic()
            answer = client.post(
                "/checks",
                params={"name": file, "review": "made-up", "title": "Illustrative"},
                content=make(),
                timeout=120,
            )
            took = time.monotonic() - begun
            print(f"{took:6.2f} s {answer.status_code} {name}")
            told = answer.headers["content-type"] in ("application/json", PROBLEM_JSON)
            if answer.status_code not in (200, 413, 422) or not told or took > SECONDS * 3:
                wrong.append(
                    f"{name}: {answer.status_code} after {took:.1f} s, {answer.text[:200]}"
                )
            if answer.status_code == 413 and not answer.json().get("hint"):
                wrong.append(f"{name}: no way out is told")
        assert client.get("/health").json()["counts"] == before
    assert wrong == []
    assert neighbour.answers == {200}
    assert neighbour.peak_mb <= idle + MEMORY_MB + BEYOND_MB


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.law
def test_a_text_that_cannot_be_read_harms_no_other(
    real_command: Callable[..., Ran], tmp_path: Path
) -> None:
    review = tmp_path / "review"
    review.mkdir()
    (review / "review.yaml").write_bytes(hostile.REVIEW)
    (review / "mechanisms.csv").write_text("id,name\nm,Listening\n")
    (review / "sources.csv").write_text(
        "id,kind,title\nmade-up,paper,An illustrative one\nother,paper,Another illustrative one\n"
    )
    (review / "evidence.csv").write_text(
        "id,source,mechanism,stance,statement,quote\n"
        "e1,made-up,m,supports,Said.,words that stand nowhere in it\n"
        "e2,other,m,supports,Said.,these words stand there\n"
    )
    real_command("load", review)
    texts = list(hostile.TEXTS.items())
    for number, (name, (file, make)) in enumerate(texts if MANY else texts[2:4]):
        folder = tmp_path / f"texts{number}"
        folder.mkdir()
        (folder / file).write_bytes(make())
        (folder / "other.txt").write_text("Here these words stand there.")
        begun = time.monotonic()
        answer = json.loads(real_command("verify-quotes", folder, "--json", status=1).out)
        assert time.monotonic() - begun < SECONDS * 3, name
        assert answer["found"] == 1, name
        assert answer["not_found"] + len(answer["problems"]) == 1, name
