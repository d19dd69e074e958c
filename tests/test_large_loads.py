"""Loads too large for one transaction of a server: before or after, and nothing else to be seen.

The memory that a transaction may take is set so low that a few records are staged in many steps.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from copy import copy
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from bundles import bundles
from commands import Ran
from conftest import ROOT, empty
from everything import everything
from fastapi.testclient import TestClient
from hypothesis import given
from laws import examples, times
from test_keeping import raw
from works_by_hand import shelves

from api.app import create_app
from benchmarks.synthetic import PlainReview
from graph import load_recovery
from graph.backup import back_up, verify
from graph.errors import StoreBusy
from graph.load import load_review, remove_review
from graph.load_recovery import recover, recover_all, under_way
from graph.model import Evidence, Mechanism, ReviewBundle, SameAs, Source
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store import Store
from graph.store_neo4j import Neo4jStore
from graph.stores import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

FEW = 100_000
"""Bytes that a transaction may need: about a dozen records, of which each step takes three."""


class Killed(BaseException):
    """A process that was killed writes nothing more."""


def tight(store: Store, most: int = FEW) -> Any:
    """The same server, with so little memory for a transaction."""
    other: Any = copy(store)
    other._budget = most
    return other


def dying(store: Store, when: Callable[[int, bool], bool], most: int = FEW) -> Any:
    """The same, for a process that is killed: before or after its n-th transaction."""
    other = tight(store, most)
    numbers, dead = count(1), threading.Event()

    def write(work: Any) -> Any:
        if not dead.is_set():
            number = next(numbers)
            if not when(number, False):
                done = Neo4jStore.write(other, work)
                if not when(number, True):
                    return done
            dead.set()
        raise Killed

    other.write = write
    return other


def at(number: int, after: bool) -> Callable[[int, bool], bool]:
    return lambda n, ended: (n, ended) == (number, after)


def in_state(store: Store, state: str, more: int = 0) -> Callable[[int, bool], bool]:
    """Once the load is in a state, and has made so many transactions more."""
    left = [more]

    def when(_: int, ended: bool) -> bool:
        if not ended or [one["state"] for one in under_way(store)] != [state]:
            return False
        left[0] -= 1
        return left[0] < 0

    return when


def dump(store: Store) -> Any:
    """All that a server holds, but for heads at rest, loads on record, and marks."""
    nodes, links = raw(store)
    at_rest = {"lock", "id", "state"}
    rest = [n for n in nodes if n["labels"] != ["Head"] or n["held"].keys() != at_rest]
    return [rest, sorted(links, key=repr)]  # one concept may be two parts of a configuration


@pytest.fixture
def server(neo4j_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The server, empty, where a load that is silent counts as killed at once."""
    monkeypatch.setattr(load_recovery, "LEASE_SECONDS", -1.0)
    recover_all(neo4j_store)
    yield empty(neo4j_store)
    monkeypatch.setattr(load_recovery, "LEASE_SECONDS", -1.0)
    recover_all(neo4j_store)
    empty(neo4j_store)


def review(links: int, id_: str = "r", *, later: bool = False) -> ReviewBundle:
    """An illustrative review; later, a few of its records are new, changed, moved or gone."""
    bundle = PlainReview.of(links, id_).validated()
    for place, source in enumerate(bundle.sources[:4]):
        titled = {"doi": f"10.1000/{source.local_id}", "title": f"One title {source.local_id}"}
        bundle.sources[place] = source.model_copy(update=titled)
    if later:
        del bundle.evidence[3:6]
        bundle.sources[1] = bundle.sources[1].model_copy(update={"doi": None})
        bundle.sources[2] = bundle.sources[2].model_copy(update={"title": "One title s2, now so"})
        for place, one in list(enumerate(bundle.evidence))[::4]:
            corrected = {"statement": "Corrected, illustrative.", "mechanism": f"{id_}:m1"}
            bundle.evidence[place] = one.model_copy(update=corrected)
        bundle.mechanisms.reverse()
        bundle.mechanisms.append(Mechanism(id=f"{id_}:new", name="A new one"))
        new = Source(id=f"{id_}:late", kind="paper", title="One title s0", doi="10.1000/s0")
        bundle.sources.append(new)
        bundle.evidence.extend(
            Evidence(id=f"{id_}:n{n}", source=new.id, mechanism=f"{id_}:{to}", stance="supports")
            for n, to in enumerate(("new", "m0", "m1"))
        )
        bundle.same_as.append(SameAs(id=f"{id_}:same", source=f"{id_}:s5", same_as="third:s5"))
    return bundle


# ---- killed ------------------------------------------------------------------------------------


@pytest.mark.law
def test_a_load_killed_at_any_transaction_is_whole_or_not_there(server: Store) -> None:
    load_review(server, review(20, "third"))
    load_review(server, review(24, later=True))
    after = dump(server)
    load_review(server, review(24))
    before = dump(server)
    assert before != after
    came: list[bool] = []
    each = times(10) > 10
    for number in count(1, 1 if each else 3):
        try:
            load_review(dying(server, at(number, number % 2 == 0)), review(24, later=True))
        except Killed:
            recover_all(server)
        else:
            break
        now = dump(server)
        assert now in (before, after), number
        came.append(now == after)
        recover_all(server)
        assert dump(server) == now
        if now == after:
            load_review(server, review(24))
            assert dump(server) == before
    assert dump(server) == after
    assert came == sorted(came), "once it counts, it counts"
    assert min(came.count(False), came.count(True)) >= (10 if each else 3)


def test_a_first_load_and_a_removal_killed_are_whole_or_not_there(server: Store) -> None:
    load_review(server, review(20, "other"))
    without = dump(server)
    load_review(server, review(30))
    loaded = dump(server)
    for work, start, end in (
        (lambda store: remove_review(store, "r"), loaded, without),
        (lambda store: load_review(store, review(30)), without, loaded),
    ):
        for number in (6, 11):  # in staging, and in turning
            with pytest.raises(Killed):
                work(dying(server, in_state(server, ("staging", "turning")[number > 8], 2)))
            assert dump(server) not in (start, end)
            recover_all(server)
            assert dump(server) == (end if number > 8 else start)


LOADING = """
import sys
from api.app import create_app
from benchmarks.synthetic import PlainReview
from graph.load import load_review
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store_neo4j import Neo4jStore
from graph.stores import open_store
write = Neo4jStore.write
def told(self, work):
    done = write(self, work)
    print("wrote", flush=True)
    return done
with open_store(Settings()) as store:
    bundle = PlainReview.of(300, "r").validated()
    store.prepare()
    Neo4jStore.write = told
    load_review(store, bundle)
print("done", flush=True)
"""


@pytest.mark.parametrize("writes", [6, 20])
def test_a_process_killed_leaves_a_load_that_the_next_one_ends(
    server: Store, neo4j_settings: Settings, writes: int
) -> None:
    load_review(server, PlainReview.of(300, "r").validated())
    loaded = dump(server)
    remove_review(server, "r")
    given = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "THEORYGRAPH_STORE": neo4j_settings.store,
        "THEORYGRAPH_STORE_PASSWORD": neo4j_settings.password() or "",
        "THEORYGRAPH_TRANSACTION_MB": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-c", LOADING], env=given, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        said = [*islice(process.stdout, writes)]
        process.send_signal(signal.SIGKILL)
    assert said[-1] == "wrote\n"
    state = under_way(server)[0]["state"]
    with open_store(neo4j_settings) as opened:  # whoever opens the store next
        opened.begin()
    assert dump(server) == (loaded if state == "turning" else [[], []])


def test_a_load_that_was_taken_over_writes_nothing_more(server: Store) -> None:
    load_review(server, review(24))
    before = dump(server)
    other = copy(server)

    def overtaken(store: Any, state: str) -> Any:
        left, write = in_state(server, state, 2), store.write

        def writing(work: Any) -> Any:
            done = write(work)
            if left(0, True):
                recover(other, "r")
            return done

        store.write = writing
        return store

    with pytest.raises(StoreBusy, match="nothing of it was written"):
        load_review(overtaken(tight(server), "staging"), review(24, later=True))
    assert dump(server) == before
    assert load_review(overtaken(tight(server), "turning"), review(24, later=True)).total.new
    now = dump(server)
    load_review(server, review(24))
    load_review(server, review(24, later=True))
    assert dump(server) == now


def test_who_comes_second_is_refused_while_the_first_is_alive(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_review(server, review(24))
    with pytest.raises(Killed):
        load_review(dying(server, in_state(server, "staging", 3)), review(24, later=True))
    staged = dump(server)
    monkeypatch.setattr(load_recovery, "LEASE_SECONDS", 60.0)
    for store in (server, tight(server)):
        with pytest.raises(StoreBusy, match="a large load of r is under way"):
            load_review(store, review(24))
        with pytest.raises(StoreBusy, match="a large load of r is under way"):
            remove_review(store, "r")
    assert dump(server) == staged
    assert load_review(server, review(20, "other")).total.new, "another review is loaded meanwhile"


# ---- what is written ---------------------------------------------------------------------------


@given(shelf=shelves(), first=bundles("first"), again=bundles("first"))
@examples(3, shared=True)
def test_staged_and_in_one_transaction_come_to_the_same(
    server: Store, shelf: list[ReviewBundle], first: ReviewBundle, again: ReviewBundle
) -> None:
    loads = [*shelf[:2], first, again]
    reports, dumps = [], []
    for store in (server, tight(server, 150_000)):
        empty(server)
        reports.append([load_review(store, bundle) for bundle in loads])
        dumps.append([dump(server)])
        remove_review(store, loads[0].review.id)
        dumps[-1].append(dump(server))
    assert reports[0] == reports[1]
    assert dumps[0] == dumps[1]


def test_a_link_to_nothing_is_found_before_anything_counts(server: Store) -> None:
    load_review(server, review(20))
    before = dump(server)
    broken = review(24, later=True)
    broken.evidence[5] = broken.evidence[5].model_copy(update={"source": "r:nowhere"})
    with pytest.raises(Exception, match=r"link_evidence_source reached \d+ of \d+"):
        load_review(tight(server), broken)
    assert dump(server) == before
    assert under_way(server) == []


def test_works_of_another_review_that_comes_in_between_are_found(server: Store) -> None:
    load_review(server, review(20))
    store = tight(server)
    came: list[int] = []

    def write(work: Any) -> Any:
        done = Neo4jStore.write(store, work)
        if not came and [one["state"] for one in under_way(server)] == ["staging"]:
            came.append(1)
            load_review(server, review(20, "other", later=True))
        return done

    store.write = write
    load_review(store, review(24, later=True))
    there = dump(server)
    empty(server)
    for bundle in (review(20), review(20, "other", later=True), review(24, later=True)):
        load_review(server, bundle)
    assert dump(server) == there


# ---- who reads meanwhile -----------------------------------------------------------------------


def test_while_a_load_is_staged_every_answer_is_the_one_before(
    server: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_review(server, review(20, "other"))
    load_review(server, review(24))
    numbers = count(1)
    counting = tight(server)
    turned: list[int] = []

    def write(work: Any) -> Any:
        number = next(numbers)
        done = Neo4jStore.write(counting, work)
        if not turned and any(one["state"] == "turning" for one in under_way(server)):
            turned.append(number)
        return done

    counting.write = write
    load_review(counting, review(24, later=True))
    load_review(server, review(24))
    before = everything(server)
    whole = dump(server)
    with pytest.raises(Killed):
        load_review(dying(server, at(turned[0], False)), review(24, later=True))
    assert dump(server) != whole, "all of it is there, staged"
    assert everything(server) == before
    told = verify(server)
    assert (told.whole, [one.problems for one in told.reviews]) == (False, [[], []])
    assert told.problems[0].startswith("r: a large load was left half-way (staging)")
    monkeypatch.setattr(load_recovery, "LEASE_SECONDS", 60.0)
    assert verify(server).whole, "it may be alive"
    back_up(server, tmp_path / "kept.kgl")
    with open_store(Settings(store=str(tmp_path / "kept.kgl"))) as kept:
        assert bundle_of(kept, "r") == bundle_of(server, "r")


@pytest.fixture
def turning(server: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A server where a load of `r` was killed while it was put in place, and may be alive."""
    load_review(server, review(20, "other"))
    load_review(server, review(24))
    with pytest.raises(Killed):
        load_review(dying(server, in_state(server, "turning", 4)), review(24, later=True))
    monkeypatch.setattr(load_recovery, "LEASE_SECONDS", 60.0)
    return server


def asked(client: TestClient, review: str) -> dict[str, Any]:
    """What every question that takes a review answers, by its address."""
    document = client.app.openapi()  # type: ignore[attr-defined]
    answers = {}
    for path, methods in document["paths"].items():
        known = {one["name"] for one in methods.get("get", {}).get("parameters", [])}
        where = path.replace("{review}", review)
        if "review" in known and "{" not in where and not path.startswith("/loads"):
            query = {"review": review} if where == path else {}
            answers[path] = client.get(where, params=query)
    return answers


def test_while_a_load_is_put_in_place_its_review_waits_and_no_other(
    turning: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(Settings(), turning), base_url="http://localhost") as client:
        others = asked(client, "other")
        assert len(others) > 15
        assert [path for path, one in others.items() if one.status_code == 503] == []
        refused = asked(client, "r")
        assert [path for path, one in refused.items() if one.status_code != 503] == []
        assert all(int(one.headers["Retry-After"]) > 0 for one in refused.values())
        for page in ("/gaps?review=other", "/reviews/other"):
            assert client.get(page, headers={"Accept": "text/html"}).status_code == 200
        told = client.get("/evidence?review=r").json()
        assert told["detail"] == "r: a large load is just being put in place"
        assert client.get("/evidence").status_code == 503, (
            "of all reviews it speaks of this one too"
        )
        monkeypatch.setattr(load_recovery, "LEASE_SECONDS", -1.0)
        monkeypatch.setattr("graph.questions.revision._BETWEEN", 0.0)
        assert client.get("/evidence?review=r").status_code == 200, "it is carried on"
    now = dump(turning)
    load_review(turning, review(24))
    load_review(turning, review(24, later=True))
    assert dump(turning) == now


def test_the_command_line_refuses_what_is_being_put_in_place(
    turning: Store, neo4j_settings: Settings, command: Callable[..., Ran]
) -> None:
    there = {
        "THEORYGRAPH_STORE": neo4j_settings.store,
        "THEORYGRAPH_STORE_USER": neo4j_settings.store_user,
        "THEORYGRAPH_STORE_PASSWORD": neo4j_settings.password() or "",
    }
    assert command("gaps", "--review", "other", **there).status == 0
    said = command("gaps", "--review", "r", status=1, **there).err
    assert "r: a large load is just being put in place" in " ".join(said.split())
    said = command("backup", "kept.kgl", status=1, **there).err
    assert "r: a large load is just being put in place" in " ".join(said.split())
    said = command("load", str(ROOT / "examples" / "harris2021"), **there).err
    assert "Traceback" not in said
    assert command("remove", "harris2021", **there).status == 0
