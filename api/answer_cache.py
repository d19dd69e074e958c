"""Answers kept until a load changes the graph, and conditional requests.

Each answer about the graph has an ETag, made of what was asked and of the state of the store.
Whoever sends it back gets 304 for as long as nothing has changed. An answer during which a review
changed that it speaks of is made anew, so none mixes two states; while a large load of such a
review is put in place, there is none.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observability import Metrics
from api.problems import details_of, headers_of, problem_response
from api.representations import Broken
from graph.errors import TheorygraphError
from graph.questions.revision import State, changing, state
from graph.reviews_read import Heard, listening
from graph.store import Store

TRIES = 3
HELD_BYTES = 4 * 1024 * 1024
"""How much of an answer is held back until it is whole; a longer one is sent as it comes."""

_NOT_OF_GRAPH = frozenset(
    {"/health", "/metrics", "/openapi.json", "/docs"}
    | {f"/loads{twin}" for twin in ("", ".json", ".csv")}
)
"""What can change while the graph does not: a load that changes nothing is listed too."""
_ASSETS = "/docs/"
_CACHING = [(b"cache-control", b"private, no-cache"), (b"vary", b"Accept, Accept-Encoding")]

Key = tuple[str, bytes, str, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole answer of 200."""

    etag: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    template: str | None


class Kept:
    """Answers from memory, or with 304, what has not changed; keeps what it lets through."""

    def __init__(
        self, app: ASGIApp, store: Store, stamp: str, most_bytes: int, metrics: Metrics
    ) -> None:
        self.app = app
        self.store = store
        self.stamp = stamp
        self.most_bytes = most_bytes
        self.metrics = metrics
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._bytes = 0
        self._of = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or scope["path"] in _NOT_OF_GRAPH
            or scope["path"].startswith(_ASSETS)
        ):
            await self.app(scope, receive, send)
            return
        try:
            before = await self._state()
        except TheorygraphError:
            # The question itself says what is wrong with the store.
            await self.app(scope, receive, send)
            return
        accept, encoding, known = "", "", b""
        for name, value in scope["headers"]:
            if name == b"accept":
                accept = value.decode("latin-1")
            elif name == b"accept-encoding":
                encoding = value.decode("latin-1")
            elif name == b"if-none-match":
                known = value
        key: Key = (scope["path"], scope["query_string"], accept, "gzip" in encoding)
        self._forget_unless(before.whole)
        entry = self._entries.get(key)
        etag = self._etag(key, before.whole) if entry is None else entry.etag
        if known and _matches(known, etag):
            self.metrics.kept("unchanged")
            scope["state"]["template"] = None if entry is None else entry.template
            headers = [(b"etag", etag), *_CACHING]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        elif entry is not None:
            self.metrics.kept("hit")
            self._entries.move_to_end(key)
            scope["state"]["template"] = entry.template
            await send({"type": "http.response.start", "status": 200, "headers": [*entry.headers]})
            await send({"type": "http.response.body", "body": entry.body})
        else:
            self.metrics.kept("miss")
            await self._made(scope, receive, send, key, before)

    async def _made(
        self, scope: Scope, receive: Receive, send: Send, key: Key, before: State
    ) -> None:
        moved: list[str] = []
        now = before
        for _ in range(TRIES):
            heard = Heard(every=not self.store.waits_on_network)
            answer = _Held(self, send, self._etag(key, before.whole), before, heard)
            failed: Exception | None = None
            with listening(heard):
                try:
                    await self.app({**scope}, receive, answer.take)
                except Exception as error:
                    failed = error
            if answer.sent:
                if failed is not None:
                    raise failed
                return
            now = await self._state()
            moved = before.moved(now, heard)
            if not moved:
                if failed is not None:
                    raise failed
                if answer.status == 200 and now.whole == before.whole:
                    self._keep(key, answer, scope["state"].get("template"), now.whole)
                await answer.release()
                return
            if now.turning.intersection(moved):
                break  # it takes longer than to ask again at once
            before = now
        why = changing(moved, now)
        response = problem_response(details_of(why, scope["path"]), headers_of(why))
        await response(scope, receive, send)

    async def unchanged_since(self, before: State, heard: Heard) -> bool:
        """Whether what an answer speaks of is still in that state."""
        return not before.moved(await self._state(), heard)

    async def _state(self) -> State:
        if self.store.waits_on_network:
            return await run_in_threadpool(state, self.store)
        return state(self.store)

    def _etag(self, key: Key, state: str) -> bytes:
        # Weak, because the same answer may go out compressed or not.
        asked = repr((self.stamp, state, *key[:3])).encode()
        return f'W/"{hashlib.blake2b(asked, digest_size=12).hexdigest()}"'.encode()

    def _forget_unless(self, state: str) -> None:
        if self._of != state:
            self._entries.clear()
            self._bytes, self._of = 0, state

    def _keep(self, key: Key, answer: _Held, template: str | None, state: str) -> None:
        size = len(answer.body)
        if size > self.most_bytes // 4:
            return
        self._forget_unless(state)
        if key in self._entries:
            self._bytes -= len(self._entries.pop(key).body)
        headers = answer.start["headers"]
        self._entries[key] = Entry(answer.etag, headers, bytes(answer.body), template)
        self._bytes += size
        while self._bytes > self.most_bytes:
            _, dropped = self._entries.popitem(last=False)
            self._bytes -= len(dropped.body)


class _Held:
    """An answer in the making: held back while it is short, sent as it comes when it is long."""

    def __init__(self, kept: Kept, send: Send, etag: bytes, before: State, heard: Heard) -> None:
        self.kept = kept
        self.etag = etag
        self.start: Message = {}
        self.body = bytearray()
        self.sent = False
        self._send = send
        self._before = before
        self._heard = heard

    @property
    def status(self) -> int:
        status: int = self.start["status"]
        return status

    async def take(self, message: Message) -> None:
        """Take a message of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
            if message["status"] == 200:
                headers = [pair for pair in message["headers"] if pair[0] != b"vary"]
                self.start = {**message, "headers": [*headers, (b"etag", self.etag), *_CACHING]}
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        more = message.get("more_body", False)
        if not self.sent:
            self.body += message.get("body", b"")
            if more and len(self.body) > HELD_BYTES:
                self.sent = True
                await self._send(self.start)
                await self._send({**message, "body": bytes(self.body)})
            return
        if not more and not await self.kept.unchanged_since(self._before, self._heard):
            raise Broken("the graph changed while a long answer was sent")
        await self._send(message)

    async def release(self) -> None:
        """Send what was held back."""
        await self._send({**self.start, "headers": [*self.start["headers"]]})
        await self._send({"type": "http.response.body", "body": bytes(self.body)})


def _matches(known: bytes, etag: bytes) -> bool:
    tags = {tag.strip().removeprefix(b"W/") for tag in known.split(b",")}
    return etag.removeprefix(b"W/") in tags
