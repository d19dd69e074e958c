"""An embedded store that a server holds, read through it: by commands, notebooks and assistants.

One process alone can have the file of an embedded store open. While a server has, it also listens
on a socket beside the file, which only its own user can reach, and reads named statements for
whoever asks. So every question is answered as it would be without the server; what is to be
written is given to the server itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from typing import Any

from graph.catalogue import Query, catalogue
from graph.errors import StoreHeld, StoreUnavailable, TheorygraphError, TooManyRows, TooSlow
from graph.store import Rows, Store, StoreInfo, T, Transaction

_TOLD = {error.slug: error for error in (TooSlow, StoreUnavailable)}
_SECONDS = 5.0
"""How long a server may take to say that it is there."""


def _place(path: Path) -> str:
    return f"{path.absolute()}.sock"


def _digest(query: Query) -> str:
    return sha256(query.text.encode()).hexdigest()[:16]


# ---- The server's side -----------------------------------------------------------------------


@contextlib.contextmanager
def shared(store: Store, path: Path, address: str, *, writable: bool) -> Iterator[None]:
    """Let others of this user read a store while this process has it open.

    Where there can be no such socket (a place that may only be read, a path that is too long),
    nobody else can.

    Args:
        store: what is read.
        path: its file.
        address: where the server is, for messages.
        writable: whether it has a token, so that files can be loaded there.
    """
    place = _place(path)
    try:
        with contextlib.suppress(FileNotFoundError):
            Path(place).unlink()  # of a server that was killed: this process has the store now
        before = os.umask(0o177)
        try:
            server = _Server(place, _Handler)
        finally:
            os.umask(before)
    except (OSError, AttributeError):
        yield
        return
    server.store, server.address, server.writable = store, address, writable
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        with contextlib.suppress(OSError):
            Path(place).unlink()


_Base: Any = getattr(socketserver, "UnixStreamServer", object)


class _Server(socketserver.ThreadingMixIn, _Base):  # type: ignore[misc]
    daemon_threads = True
    store: Store
    address: str
    writable: bool


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        info = self.server.store.info().model_dump()
        where = {"address": self.server.address, "writable": self.server.writable}
        _send(self.wfile, {"info": info, **where})
        for line in self.rfile:
            _send(self.wfile, self._answered(json.loads(line)))

    def _answered(self, asked: dict[str, Any]) -> dict[str, Any]:
        query = catalogue().get(asked["query"])
        if query is None or _digest(query) != asked["digest"] or query.writes:
            return {"error": "other-version"}
        try:
            return {"rows": self.server.store.read(query, **asked["parameters"])}
        except TooManyRows as error:
            return {"error": error.slug, "most": error.most}
        except TheorygraphError as error:
            return {"error": error.slug, "detail": error.detail, "hint": error.hint}


def _send(to: BufferedIOBase, message: dict[str, Any]) -> None:
    to.write(json.dumps(message).encode() + b"\n")
    to.flush()


# ---- The side of whoever asks ----------------------------------------------------------------


class SharedStore(Store):
    """A store that a server on this machine holds; it can be read."""

    waits_on_network = True  # loads may come in between

    def __init__(self, path: Path) -> None:
        """Reach the server that holds a store.

        Raises:
            OSError: no server shares it.
        """
        self._path = path
        self._asking = threading.Lock()
        self._socket = socket.socket(socket.AF_UNIX)
        self._from = self._socket.makefile("rb")
        try:
            self._socket.settimeout(_SECONDS)
            self._socket.connect(_place(path))
            told = json.loads(self._from.readline())
        except (OSError, ValueError) as error:
            self.close()
            raise OSError("no server shares the store") from error
        self._socket.settimeout(None)
        self._info = StoreInfo(**told["info"])
        self._address, self._writable = told["address"], told["writable"]

    def read(self, query: Query, **parameters: Any) -> Rows:
        """See :meth:`Store.read`."""
        asked = {"query": query.name, "digest": _digest(query), "parameters": parameters}
        try:
            with self._asking:
                self._socket.sendall(json.dumps(asked).encode() + b"\n")
                answer = json.loads(self._from.readline())
        except (OSError, ValueError) as error:
            raise StoreUnavailable(
                "the server that has the store open has ended", hint="ask again"
            ) from error
        if "rows" in answer:
            rows: Rows = answer["rows"]
            return rows
        if answer["error"] == "other-version":
            raise self.held("the server is of another version")
        if answer["error"] == TooManyRows.slug:
            raise TooManyRows(query.name, answer["most"])
        raise _TOLD.get(answer["error"], StoreUnavailable)(answer["detail"], hint=answer["hint"])

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Refused: the server writes."""
        raise self.held()

    def define(self, statements: Sequence[Query]) -> None:
        """Refused: the server writes."""
        raise self.held()

    def held(self, what: str = "it can be read meanwhile, but not written to") -> StoreHeld:
        """Why something cannot be done, and what can be done instead."""
        return StoreHeld(
            f"the server at {self._address} has the store {self._path} open: {what}",
            hint="stop the server first"
            + (f", or load there, at {self._address}/load" if self._writable else ""),
        )

    def info(self) -> StoreInfo:
        """See :meth:`Store.info`."""
        return self._info

    def close(self) -> None:
        """See :meth:`Store.close`."""
        with contextlib.suppress(OSError):
            self._from.close()
        self._socket.close()
