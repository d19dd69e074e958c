"""What an operator sees: a request id on everything, an access log, and numbers for Prometheus."""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.dependencies import Ask
from api.parameters import NoQuery, Query
from graph.errors import TheorygraphError
from graph.store import Store, StoreInfo

REQUEST_ID = b"x-request-id"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_SANE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

access = logging.getLogger("theorygraph.access")
router = APIRouter(tags=["operation"])


class Metrics:
    """The numbers of one application; each has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "theorygraph_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "theorygraph_request_seconds",
            "How long answers took.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "theorygraph_requests_in_flight",
            "Requests that are being answered.",
            registry=self.registry,
        )
        self._kept = Counter(
            "theorygraph_kept_answers",
            "Questions by what became of them: hit (from memory), unchanged (304), miss.",
            ("result",),
            registry=self.registry,
        )
        self.about = Info("theorygraph", "What answers.", registry=self.registry)
        results = ("hit", "unchanged", "miss")
        self._results = {name: self._kept.labels(name) for name in results}
        self._told: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def kept(self, result: str) -> None:
        """Count a question by whether its answer was kept."""
        self._results[result].inc()

    def told(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        labels = (method if method in _METHODS else "other", route, status)
        pair = self._told.get(labels)
        if pair is None:
            counter = self._requests.labels(labels[0], route, str(status))
            pair = self._told[labels] = (counter, self._seconds.labels(route))
        pair[0].inc()
        pair[1].observe(seconds)

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)


class Watch:
    """Stands before everything else: numbers the request, and tells how it went."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, logs: bool) -> None:
        self.app = app
        self.metrics = metrics
        self.logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        id_ = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = id_.decode()
        status, size = 500, 0

        async def send_watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, id_)]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, send_watched)
        except BaseException:
            status = 500
            raise
        finally:
            took = time.perf_counter() - began
            self.metrics.in_flight.dec()
            route = state.get("template") or _template(scope)
            self.metrics.told(scope["method"], route, status, took)
            if self.logs:
                access.info(
                    "request",
                    extra={
                        "method": scope["method"],
                        "path": scope["path"],
                        "status": status,
                        "milliseconds": round(took * 1000, 3),
                        "bytes": size,
                        "request_id": state["request_id"],
                    },
                )


@router.get("/metrics", operation_id="metrics", response_class=PlainTextResponse)
async def get_metrics(
    request: Request, asking: Ask, _: Annotated[NoQuery, Depends(Query(NoQuery))]
) -> PlainTextResponse:
    """Requests, their times and what was kept, as Prometheus reads it."""
    metrics: Metrics = request.app.state.metrics
    about = {"version": request.app.version}
    with contextlib.suppress(TheorygraphError):
        # A store that is away is a reason to look at the numbers.
        about["store"] = (await asking(_kind)).kind
    metrics.about.info(about)
    return PlainTextResponse(metrics.text(), media_type=METRICS_TYPE)


def _kind(store: Store) -> StoreInfo:
    return store.info()


def log_access_to_stderr() -> None:
    """Write the access log as JSON lines on standard error."""
    from pythonjsonlogger.json import JsonFormatter  # imported where a server wants it

    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(timestamp=True, json_ensure_ascii=False))
    access.addHandler(handler)
    access.setLevel(logging.INFO)
    access.propagate = False


def _request_id(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == REQUEST_ID and _SANE.fullmatch(value):
            given: bytes = value
            return given
    return secrets.token_hex(10).encode()


def _template(scope: Scope) -> str:
    route = scope.get("route")
    return getattr(route, "path_format", None) or "other"
