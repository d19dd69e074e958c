"""HTTP: the same question over a socket and as a plain function call.

Four servers, each uvicorn with one worker in a process of its own on loopback: FastAPI with an
empty route, the product on an embedded store, the same keeping no answers, and the product without
its middleware. Where nothing else is said the product keeps no answers, so each request is asked
anew; "again" is the same request to the product that does keep them, beside a FastAPI route that
returns the same bytes. The client
is this process: blocking sockets for one connection, a selector for sixteen, HTTP/1.1 kept alive.
It reads each answer to its end and counts on its status. Counts and times are bounded.
"""

from __future__ import annotations

import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.measuring import (
    Measured,
    alternately,
    by_turn,
    milliseconds,
    percentile,
    ratio_by_turn,
    table,
)
from benchmarks.synthetic import PlainReview
from graph.load import load_review
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.records import sources
from graph.settings import Settings
from graph.stores import open_store

ROOT = Path(__file__).parents[1]
LINKS = 10_000
REVIEW = "benchmark"
MECHANISM = f"{REVIEW}:m3"
FEW, PAGE = 20, 100
CONNECTIONS = 16
BLOCK = 6
SECONDS = 1.5
START_SECONDS = 30
ASKED = f"/mechanisms/{MECHANISM}/evidence?level=team&limit={FEW}"
ASKED_PAGE = f"/mechanisms/{MECHANISM}/evidence?limit={PAGE}"
LISTED = "/sources?limit=3"
EMPTY = "/empty"
SAME = "/same"
UNKEPT = {"THEORYGRAPH_CACHE_MB": "0"}


class Connection:
    """One kept-alive connection that asks one path after another."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = bytearray()
        self._whole = 0

    def send(self, path: str) -> None:
        """Ask for a path."""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def receive(self) -> bool:
        """Take what has come; true once the answer is there in full.

        Raises:
            RuntimeError: the status is not 200, or the server hung up.
        """
        data = self.socket.recv(1 << 18)
        if not data:
            raise RuntimeError("the server hung up")
        self._read += data
        if not self._whole:
            end = self._read.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self._read[:end]).lower()
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(f"the server answered {head[:40]!r}")
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            self._whole = end + 4 + int(length)
        if len(self._read) < self._whole:
            return False
        self._read.clear()
        self._whole = 0
        return True

    def ask(self, path: str) -> None:
        """Ask for a path and wait for the answer."""
        self.send(path)
        while not self.receive():
            pass

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


def crowd(
    port: int, path: str, connections: int = CONNECTIONS, lasting: float = SECONDS
) -> list[float]:
    """Ask for a path over many connections at once; seconds of each answer, for so long."""
    taken: list[float] = []
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        for _ in range(connections):
            connection = Connection(port)
            stack.callback(connection.close)
            connection.send(path)
            selector.register(
                connection.socket, selectors.EVENT_READ, [connection, time.perf_counter()]
            )
        until = time.perf_counter() + lasting
        while (now := time.perf_counter()) < until:
            for key, _ in selector.select(timeout=1):
                connection, asked = key.data
                if connection.receive():
                    now = time.perf_counter()
                    taken.append(now - asked)
                    key.data[1] = now
                    connection.send(path)
    return taken


@contextmanager
def served(factory: str, store: Path, **settings: str) -> Iterator[int]:
    """The port of a uvicorn in a process of its own, for as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", f"benchmarks.served:{factory}", "--factory"]
    command += ["--port", str(port), "--log-level", "warning", "--no-access-log"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "THEORYGRAPH_STORE": str(store),
        **settings,
    }
    process = subprocess.Popen(command, cwd=store.parent, env=environment)
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                Connection(port).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the server {factory} did not start") from None
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _import_seconds(statements: str, store: Path) -> float:
    script = "import time\nbegan = time.perf_counter()\n" + statements
    script += "\nprint(time.perf_counter() - began)\n"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=store.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "THEORYGRAPH_STORE": str(store)},
    )
    return float(done.stdout)


FIRST_REQUEST = """
import asyncio
from api.app import create_app
from graph.settings import Settings
async def first():
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        if message["type"] == "http.response.start":
            assert message["status"] == 200, message
    path = "/mechanisms"
    await create_app(Settings())({
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"limit=3",
        "root_path": "", "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }, receive, send)
asyncio.run(first())
"""


def start_up(store: Path, rounds: int = 7) -> tuple[list[float], list[float]]:
    """Seconds of ``import fastapi``, and of ``import api.app`` with the first answer."""
    fastapi, ours = [], []
    for _ in range(rounds):
        fastapi.append(_import_seconds("import fastapi", store))
        ours.append(_import_seconds(FIRST_REQUEST, store))
    return fastapi, ours


def measure(links: int = LINKS, rounds: int = 60) -> list[Measured]:
    """Serve a synthetic review, ask, print what it took, and return the rows of the bar."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        first = folder / "store.kgl"
        with open_store(Settings(store=str(first))) as loading:
            load_review(loading, PlainReview.of(links, REVIEW).validated())
        # An embedded store has one process, so each server and the direct call get a copy.
        stores = {}
        for name in ("direct", "bare", "product", "keeping", "unguarded", "start"):
            stores[name] = folder / name / "store.kgl"
            stores[name].parent.mkdir()
            for file in folder.glob("store.kgl*"):
                if "lock" not in file.name:
                    shutil.copy(file, stores[name].parent / file.name)
        started = start_up(stores["start"])
        store = stack.enter_context(open_store(Settings(store=str(stores["direct"]))))
        few = EvidenceFilter(mechanism=MECHANISM, level="team")
        page = EvidenceFilter(mechanism=MECHANISM)
        if len(evidence(store, few, limit=FEW).items) != FEW:
            raise RuntimeError("the few rows are not there")
        if len(evidence(store, page, limit=PAGE).items) != PAGE:
            raise RuntimeError("the page is not full")
        same = folder / "same.json"
        same.write_text(evidence(store, few, limit=FEW).model_dump_json(), "utf-8")
        servers = {
            "bare": served("bare", stores["bare"], BENCHMARK_SAME_BYTES=str(same)),
            "product": served("product", stores["product"], **UNKEPT),
            "keeping": served("product", stores["keeping"]),
            "unguarded": served("unguarded", stores["unguarded"], **UNKEPT),
        }
        ports = {name: stack.enter_context(one) for name, one in servers.items()}
        lines = {name: Connection(port) for name, port in ports.items()}
        for line in lines.values():
            stack.callback(line.close)
        alone = alternately(
            {
                "empty route, bare FastAPI": lambda: lines["bare"].ask(EMPTY),
                "empty route, no middleware": lambda: lines["unguarded"].ask(EMPTY),
                "empty route, all middleware": lambda: lines["product"].ask(EMPTY),
                f"evidence, {FEW} rows": lambda: lines["product"].ask(ASKED),
                f"evidence, {FEW} rows, direct": lambda: evidence(store, few, limit=FEW),
                f"evidence, {PAGE} rows": lambda: lines["product"].ask(ASKED_PAGE),
                f"evidence, {PAGE} rows, direct": lambda: evidence(store, page, limit=PAGE),
                "sources, 3 rows": lambda: lines["product"].ask(LISTED),
                "sources, 3 rows, direct": lambda: sources(store, limit=3),
            },
            rounds=rounds,
            block=BLOCK,
        )
        asked = {
            "empty route, bare FastAPI": (ports["bare"], EMPTY),
            "empty route, all middleware": (ports["product"], EMPTY),
            "sources, 3 rows": (ports["product"], LISTED),
            f"evidence, {FEW} rows": (ports["product"], ASKED),
            f"evidence, {FEW} rows, again": (ports["keeping"], ASKED),
            f"the bytes of evidence, {FEW} rows, bare FastAPI": (ports["bare"], SAME),
        }
        together: dict[str, list[list[float]]] = {name: [] for name in asked}
        for _ in range(5):
            for name, (port, path) in asked.items():
                together[name].append(crowd(port, path))
    return _told(alone, together, *started)


def _told(
    alone: dict[str, list[float]],
    together: dict[str, list[list[float]]],
    fastapi: list[float],
    ours: list[float],
) -> list[Measured]:
    table(
        "http, one connection",
        ["what", "p50 ms", "p99 ms"],
        [
            [name, milliseconds(median(taken)), milliseconds(percentile(taken, 99))]
            for name, taken in alone.items()
        ],
    )
    rates = {
        name: median(len(turn) / SECONDS for turn in turns) for name, turns in together.items()
    }
    tails = {
        name: median(percentile(turn, 99) / median(turn) for turn in turns)
        for name, turns in together.items()
    }
    table(
        f"http, {CONNECTIONS} connections",
        ["what", "requests/s", "p50 ms", "p99 ÷ p50"],
        [
            [
                name,
                f"{rates[name]:,.0f}",
                milliseconds(median(median(turn) for turn in turns)),
                f"{tails[name]:.2f}",
            ]
            for name, turns in together.items()
        ],
    )
    nothing = "empty route, bare FastAPI"
    few, page, three = f"evidence, {FEW} rows", f"evidence, {PAGE} rows", "sources, 3 rows"

    def added(name: str) -> float:
        asked = by_turn(alone[name], BLOCK)
        direct = by_turn(alone[f"{name}, direct"], BLOCK)
        empty = by_turn(alone[nothing], BLOCK)
        return median(
            (over - plain) / least for over, plain, least in zip(asked, direct, empty, strict=True)
        )

    def rate(name: str, beside: str = nothing) -> float:
        return median(
            len(turn) / len(empty)
            for turn, empty in zip(together[name], together[beside], strict=True)
        )

    again, same = f"{few}, again", f"the bytes of {few}, bare FastAPI"

    return [
        Measured(f"(HTTP p50 − direct p50) ÷ empty route: {few}", added(few), 1.5),
        Measured(f"(HTTP p50 − direct p50) ÷ empty route: {three}", added(three), 1.5),
        Measured(
            f"HTTP p50 ÷ direct p50: {page}",
            ratio_by_turn(alone[page], alone[f"{page}, direct"], BLOCK),
            1.35,
        ),
        Measured(
            f"requests/s at {CONNECTIONS} ÷ empty route: {three}",
            rate(three),
            0.60,
            at_least=True,
            note=f"{rates[three]:,.0f} and {rates[nothing]:,.0f}",
        ),
        Measured(
            f"requests/s at {CONNECTIONS} ÷ empty route: {few}",
            rate(few),
            0.60,
            at_least=True,
            note=f"{rates[few]:,.0f}; most of it is the question itself",
        ),
        Measured(
            f"requests/s at {CONNECTIONS}, a repeated request ÷ a route with the same bytes",
            rate(again, same),
            0.70,
            at_least=True,
            note=f"{rates[again]:,.0f} and {rates[same]:,.0f}",
        ),
        Measured(f"p99 ÷ p50 at {CONNECTIONS}: {three}", tails[three], 3),
        Measured(f"p99 ÷ p50 at {CONNECTIONS}: {few}", tails[few], 3),
        Measured(
            "all middleware on ÷ off, empty route",
            ratio_by_turn(
                alone["empty route, all middleware"], alone["empty route, no middleware"], BLOCK
            ),
            1.25,
        ),
        Measured(
            "empty route, the product ÷ bare FastAPI",
            ratio_by_turn(alone["empty route, all middleware"], alone[nothing], BLOCK),
            1.25,
            note="stricter: also what is checked for every route",
        ),
        Measured(
            "import api.app + first request ÷ import fastapi",
            ratio_by_turn(ours, fastapi),
            1.5,
            note=f"{milliseconds(median(ours))} ms and {milliseconds(median(fastapi))} ms",
        ),
    ]
