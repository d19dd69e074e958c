"""Servers for tests: the real command as a process, or the application in a thread."""

from __future__ import annotations

import asyncio
import atexit
import gzip
import io
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import uvicorn
from commands import COMMAND, ROOT, environment
from fastapi import FastAPI

from api.app import create_app
from api.header_timeout import Prompt
from api.site.publish import publish
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.intake import load

EXAMPLES = ROOT / "examples"
EARLIER = ROOT / "tests" / "stores"
SHIPPED = ("harris2021", "richmond2020")
TOKEN = "a-token-for-tests"
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers: where it is, and who it is."""

    url: str
    pid: int
    app: FastAPI | None = None

    def client(self, **given: object) -> httpx.Client:
        """A client of it, which the caller closes."""
        # Without TLS, whose certificates would be read anew for each client.
        return httpx.Client(base_url=self.url, timeout=PATIENCE, verify=False, **given)  # type: ignore[arg-type]


@cache
def made_once() -> Path:
    """A folder for what is made once in this process."""
    folder = Path(tempfile.mkdtemp(prefix="theorygraph-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def empty_store() -> Path:
    """A closed embedded store that holds nothing and is ready for loading; to be copied."""
    path = made_once() / "empty.kgl"
    with open_store(Settings(store=str(path))) as store:
        store.prepare()
    return path


@cache
def shipped_store() -> Path:
    """A closed embedded store with the shipped reviews, made once in this process; to be copied."""
    settings = Settings(store=str(copied(empty_store(), made_once(), "shipped.kgl")))
    with open_store(settings) as store:
        for name in SHIPPED:
            load(store, EXAMPLES / name, settings)
    return made_once() / "shipped.kgl"


@cache
def shipped_site() -> Path:
    """The published site of the shipped reviews, made once in this process; to be read only."""
    folder = made_once()
    settings = Settings(store=str(copied(shipped_store(), folder / "to-publish")))
    with open_store(settings) as store:
        publish(store, settings, folder / "site")
    return folder / "site"


def fill(path: Path, folders: Sequence[Path] = ()) -> Path:
    """An embedded store with the shipped reviews, and any other folders; closed again."""
    copied(shipped_store(), path.parent, path.name)
    if folders:
        settings = Settings(store=str(path))
        with open_store(settings) as store:
            for folder in folders:
                load(store, folder, settings)
    return path


def of_version(version: str, name: str, into: Path) -> Path:
    """A file that an earlier version wrote, unpacked into a folder."""
    path = into / name
    path.write_bytes(gzip.decompress((EARLIER / version / f"{name}.gz").read_bytes()))
    return path


def copied(store: Path, folder: Path, name: str | None = None) -> Path:
    """A copy of a closed store, in another folder or by another name."""
    name = name or store.name
    folder.mkdir(parents=True, exist_ok=True)
    for file in store.parent.glob(f"{store.name}*"):
        if ".lock" not in file.name:
            shutil.copy(file, folder / f"{name}{file.name.removeprefix(store.name)}")
    return folder / name


class Server(uvicorn.Server):
    """uvicorn's server, which begins and ends without waiting for its clock to tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = threading.Event()

    def end(self) -> None:
        """Answer what has been asked, and end; called from another thread."""
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._ended.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and tell who waits for it."""
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets)
        await self.on_tick(0)
        self.begun.set()

    async def main_loop(self) -> None:
        """Serve until told to end."""
        await self._ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what is open, as soon as it is answered."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0.002)
        await self.lifespan.shutdown()


@contextmanager
def in_thread(settings: Settings, store: Store | None = None) -> Iterator[Served]:
    """The application behind uvicorn in a thread of this process, on a free port."""
    app = create_app(settings, store)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(app, log_config=None, ws="none", server_header=False, http=Prompt)
    server = Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    assert server.begun.wait(PATIENCE), "the server did not start"
    try:
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", os.getpid(), app)
    finally:
        server.end()
        thread.join(PATIENCE)
        listener.close()


@contextmanager
def as_process(
    store: Path | str,
    *arguments: str,
    before: Callable[[], None] | None = None,
    **variables: str,
) -> Iterator[Served]:
    """``theorygraph serve`` as a user starts it, in a process of its own, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*COMMAND, "serve", "--store", str(store), "--port", str(port), *arguments],
        cwd=ROOT,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=before,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        patiently(lambda: _answers(url, process), "the server did not answer")
        yield Served(url, process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _answers(url: str, process: subprocess.Popen[str]) -> bool:
    if process.poll() is not None:
        said = process.stdout.read() if process.stdout else ""
        raise AssertionError(f"the server ended with {process.returncode}: {said}")
    try:
        return httpx.get(f"{url}/health", timeout=PATIENCE).status_code == 200
    except httpx.TransportError:
        return False


def patiently(check: Callable[[], bool], otherwise: str) -> None:
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE
    while not check():
        if time.monotonic() > until:
            raise AssertionError(otherwise)
        time.sleep(0.02)


def zipped(folder: Path, **replaced: str) -> bytes:
    """A review folder as a zip; ``file_csv="..."`` gives a file other content."""
    other = {name.replace("_", "."): text for name, text in replaced.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            text = other.pop(file.name, None)
            archive.writestr(file.name, file.read_bytes() if text is None else text.encode())
        for name, text in other.items():
            archive.writestr(name, text)
    return packed.getvalue()


ILLUSTRATIVE: Mapping[str, str] = {
    "mechanisms.csv": (
        "id,name,aliases,levels\n"
        "working-with-power,Working with power,Sharing power,ward\n"
        "listening,Listening,,ward\n"
    ),
    "concepts.csv": "id,name\nquiet-room,A quiet room / a calm place\n",
    "sources.csv": "id,kind,title,included\nmade-up,paper,An illustrative paper,yes\n",
    "evidence.csv": (
        "id,source,mechanism,stance,levels,statement\n"
        "e1,made-up,working-with-power,challenges,ward,An illustrative statement.\n"
    ),
    "findings.csv": "id,kind,name,statement\nf1,gap,An illustrative gap,Nothing real is said.\n",
}
"""Files of a second review that is made up for tests; nothing in it comes from a real one."""


def illustrative(folder: Path, review: str = "illustrative", title: str | None = None) -> Path:
    """Write the made-up review as a folder; its mechanism bears a name that the seed has too."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = title or f"An illustrative review, made up for a test ({review})"
    quoted = "'" + shown.replace("'", "''") + "'"
    (folder / "review.yaml").write_text(
        f"id: {review}\ntitle: {quoted}\nyear: 2024\nnote: Illustrative; not a real review.\n"
        "levels:\n  - id: ward\n    name: Ward\n",
        encoding="utf-8",
    )
    for name, text in ILLUSTRATIVE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
