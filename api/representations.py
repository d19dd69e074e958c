"""The shape of an answer: chosen fields, CSV, the links of its pages, and HEAD.

Plain ASGI around the routes. They leave the answer that they gave in the state of the request.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.content_negotiation import preferred
from api.parameters import Query
from api.problems import details_of, problem_response
from graph.answers.base import Answer
from graph.answers.rows import columns, item_of, rows, written
from graph.errors import UnknownValue
from graph.questions.paging import WHOLE

CSV = "text/csv; charset=utf-8"
PAGE_ROWS = 500
"""Records asked for at a time while a CSV is sent."""


class Broken(RuntimeError):
    """A list could not be sent to its end; the connection is cut, so that nobody takes it whole."""


class Headed:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


class Shape:
    """Gives ``?fields=``, ``.csv`` and ``Link`` to every route that answers with a model."""

    def __init__(self, app: ASGIApp, routes: Sequence[APIRoute]) -> None:
        self.app = app
        self.routes = [
            (route.path_regex, route.response_model, _takes_limit(route))
            for route in routes
            if "GET" in (route.methods or ()) and is_answer(route.response_model)
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.endswith(".json") and self._model(path[:-5]) is not None:
            # Whatever the request prefers: this address is JSON.
            path = path[:-5]
            scope = {**scope, "path": path, "headers": _without_accept(scope)}
        elif path.endswith(".csv"):
            model = self._model(path[:-4])
            if model is not None and item_of(model) is not None:
                await self._csv({**scope, "path": path[:-4]}, model, receive, send)
                return
        if self._wants_csv(scope):
            model = self._model(path)
            if model is not None and item_of(model) is not None:
                await self._csv(scope, model, receive, send)
                return
        if b"fields=" in scope["query_string"]:
            model = self._model(path)
            if model is not None:
                await self._fields(scope, model, receive, send)
                return
        await self._linked(scope, scope, receive, send)

    def _wants_csv(self, scope: Scope) -> bool:
        accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
        if b"text/csv" not in accept:
            return False
        return preferred(accept.decode("latin-1"), ("application/json", "text/csv")) == "text/csv"

    def _model(self, path: str) -> type[Answer] | None:
        return next((model for pattern, model, _ in self.routes if pattern.match(path)), None)

    def _limited(self, path: str) -> bool:
        return next((takes for pattern, _, takes in self.routes if pattern.match(path)), False)

    async def _linked(self, asked: Scope, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_linked(message: Message) -> None:
            if message["type"] == "http.response.start":
                after = _next(asked)
                if after is not None:
                    message = {**message, "headers": [*message["headers"], _links(asked, after)]}
            await send(message)

        await self.app(scope, receive, send_linked)

    async def _fields(
        self, scope: Scope, model: type[Answer], receive: Receive, send: Send
    ) -> None:
        try:
            chosen, query = _chosen(scope, list(known_fields(model)))
        except UnknownValue as error:
            await problem_response(details_of(error, scope["path"]))(scope, receive, send)
            return
        inner = {**scope, "query_string": query}
        if chosen is None:
            await self._linked(scope, inner, receive, send)
            return
        taken = Taken()
        await self._linked(scope, inner, receive, taken.send)
        if taken.status == 200:
            taken.replace(_narrowed(taken.body, model, chosen))
        await taken.forward(send)

    async def _csv(self, scope: Scope, model: type[Answer], receive: Receive, send: Send) -> None:
        names = columns(model)
        try:
            known = dict.fromkeys(name.partition(".")[0] for name in names)
            chosen, query = _chosen(scope, list(known))
        except UnknownValue as error:
            await problem_response(details_of(error, scope["path"]))(scope, receive, send)
            return
        if chosen is not None:
            names = [name for name in names if name.partition(".")[0] in chosen]
        given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        whole = self._limited(scope["path"]) and all(name != "limit" for name, _ in given)
        # What has no further pages is asked for at once.
        rows_asked = PAGE_ROWS if "next" in model.model_fields else WHOLE
        after: str | None = None
        started = False
        while True:
            asked = given
            if whole:
                asked = [(name, value) for name, value in given if name != "after" or not started]
                asked = [*asked, ("limit", str(rows_asked))]
                asked += [("after", after)] if after is not None else []
            taken = Taken()
            await self.app(
                {**scope, "query_string": urlencode(asked).encode()}, receive, taken.send
            )
            answer = scope["state"].get("answer")
            if taken.status != 200 or not isinstance(answer, Answer):
                if started:
                    raise Broken("a page of the list could not be had")
                await taken.forward(send)
                return
            after = _next(scope)
            if not started:
                headers = [(b"content-type", CSV.encode())]
                if after is not None and not whole:
                    outer = {**scope, "path": f"{scope['path']}.csv"}
                    headers.append(_links(outer, after))
                await send({"type": "http.response.start", "status": 200, "headers": headers})
            text = written(names, rows(answer), head=not started)
            started = True
            last = after is None or not whole
            await send({"type": "http.response.body", "body": text.encode(), "more_body": not last})
            if last:
                return


class Taken:
    """A response that is held until it is known what becomes of it."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    @property
    def status(self) -> int:
        """Its status; 500 if there was none."""
        status: int = self.start.get("status", 500)
        return status

    async def send(self, message: Message) -> None:
        """Take a message."""
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    def replace(self, body: bytes) -> None:
        """Give it another body."""
        kept = [pair for pair in self.start["headers"] if pair[0] != b"content-length"]
        self.body = body
        self.start = {
            **self.start,
            "headers": [*kept, (b"content-length", str(len(body)).encode())],
        }

    async def forward(self, send: Send) -> None:
        """Send it on."""
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})


def _takes_limit(route: APIRoute) -> bool:
    return any(
        isinstance(dependency.call, Query) and "limit" in dependency.call.model.model_fields
        for dependency in route.dependant.dependencies
    )


def is_answer(model: Any) -> bool:
    """Whether a route answers with a model that can be narrowed."""
    return isinstance(model, type) and issubclass(model, Answer)


def known_fields(model: type[Answer]) -> dict[str, Any]:
    """What ``fields`` may name: fields of the items of a list, or of the record."""
    return _part(model).model_fields


def _part(model: type[Answer]) -> type[BaseModel]:
    return (item_of(model) if "items" in model.model_fields else None) or model


def _chosen(scope: Scope, known: list[str]) -> tuple[set[str] | None, bytes]:
    """The fields that are asked for, and the query without them.

    Given more than once they are left in the query, which refuses that.

    Raises:
        UnknownValue: a field is unknown.
    """
    query: bytes = scope["query_string"]
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    given = [value for name, value in pairs if name == "fields"]
    if len(given) != 1:
        return None, query
    fields = [field.strip() for field in given[0].split(",")]
    for field in fields:
        if field not in known:
            raise UnknownValue("fields", field, known)
    rest = [(name, value) for name, value in pairs if name != "fields"]
    return set(fields), urlencode(rest).encode()


def _narrowed(body: bytes, model: type[Answer], chosen: set[str]) -> bytes:
    answer = json.loads(body)

    def only(record: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in record.items() if name in chosen}

    if "items" in model.model_fields:
        answer["items"] = [only(item) for item in answer["items"]]
    else:
        answer = only(answer)
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _without_accept(scope: Scope) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in scope["headers"] if name != b"accept"]


def _next(scope: Scope) -> str | None:
    """Where the page after the one that was answered begins."""
    answer = scope.get("state", {}).get("answer")
    if answer is None:
        return None
    for part in (answer, *(getattr(answer, name, None) for name in ("evidence", "mechanisms"))):
        after = getattr(part, "next", None)
        if isinstance(after, str):
            return after
    return None


def _links(scope: Scope, after: str) -> tuple[bytes, bytes]:
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    rest = [(name, value) for name, value in pairs if name != "after"]
    path = quote(scope["path"], safe="/:~!$&'()*+,=@")
    first = f"{path}?{urlencode(rest)}" if rest else path
    following = f"{path}?{urlencode([*rest, ('after', after)])}"
    return b"link", f'<{following}>; rel="next", <{first}>; rel="first"'.encode()
