"""A store that goes away in the middle of an answer, and requests that are no proper ones."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import settings
from pydantic import SecretStr
from serving import TOKEN, copied, illustrative, in_thread, shipped_store, zipped
from test_http import requests_of

import api.header_timeout
from api.app import create_app
from api.problems import PROBLEM_JSON
from graph.catalogue import Query
from graph.errors import StoreUnavailable
from graph.settings import Settings
from graph.store import Rows
from graph.store_embedded import EmbeddedStore

EDGES = 60 if settings.get_current_profile_name() == "laws" else 2
"""So many first and last calls of a long answer are made to fail; all of a short one."""


class Going(EmbeddedStore):
    """A store that goes away at one call, and is there again at the next.

    It is taken for one on a network, which is asked again and again whether it has changed.
    """

    waits_on_network = True
    calls = 0
    goes_at = 0

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.goes_at:
            raise StoreUnavailable("the store does not answer", hint="is it running?")

    def read(self, query: Query, **parameters: Any) -> Rows:
        self._count()
        return super().read(query, **parameters)

    def write(self, work: Any) -> Any:
        self._count()
        return super().write(work)


@pytest.fixture(scope="module")
def going(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Going]:
    path = copied(shipped_store(), tmp_path_factory.mktemp("going"))
    with Going(path, Settings()) as store:
        yield store


Ask = Callable[[httpx.Request, int], Awaitable[httpx.Response]]


def with_client(store: Going, work: Callable[[Ask], Awaitable[None]]) -> None:
    """Do something with an application that keeps no answers, over the store."""

    async def run() -> None:
        app = create_app(Settings(token=SecretStr(TOKEN), cache_mb=0), store)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

            async def ask(request: httpx.Request, goes_at: int) -> httpx.Response:
                store.calls, store.goes_at = 0, goes_at
                answer = await client.send(request)
                store.goes_at = 0
                return answer

            await work(ask)

    asyncio.run(run())


def every_request(tmp_path: Path) -> dict[str, httpx.Request]:
    """Each reading route as JSON, as a page and as CSV, and each that writes."""
    document = create_app(Settings(store=str(tmp_path / "new.kgl"))).openapi()
    found = {}
    for name, _, url, params in requests_of(document):
        for accept in ("application/json", "text/html", "text/csv"):
            found[f"{name} as {accept}"] = httpx.Request(
                "GET", f"http://localhost{url}", params=params, headers={"Accept": accept}
            )
    data = zipped(illustrative(tmp_path / "folder"))
    for route in ("/checks", "/loads"):
        found[route] = httpx.Request(
            "POST",
            f"http://localhost{route}",
            params={"name": "a.zip", "dry_run": "true"} if route == "/loads" else {"name": "a.zip"},
            content=data,
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
    return found


@pytest.mark.slow
@pytest.mark.law
def test_wherever_the_store_goes_away_the_answer_is_503(
    going: Going, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tried = 0
    wrong = []

    async def look(ask: Ask) -> None:
        nonlocal tried
        for name, request in every_request(tmp_path).items():
            whole = await ask(request, 0)
            most = going.calls
            if whole.status_code == 406 or not most:
                continue
            assert whole.status_code in (200, 201), f"{name}: {whole.text[:200]}"
            for at in range(1, most + 1):
                if EDGES < at <= most - EDGES:
                    continue
                answer = await ask(request, at)
                if going.calls < at:
                    continue  # something is known by now, so it did not come to that
                tried += 1
                if answer.status_code == whole.status_code and answer.content == whole.content:
                    continue  # it was the look whether the answer is known already
                if answer.status_code != 503 or "retry-after" not in answer.headers:
                    wrong.append(f"{name}, call {at} of {most}: {answer.status_code}")
                if re.search("Traceback|File .*line", answer.text):
                    wrong.append(f"{name}, call {at} of {most}: a traceback")
            assert (await ask(request, 0)).status_code == whole.status_code

    with_client(going, look)
    assert wrong == [], "\n".join(wrong)
    print(f"the store went away {tried} times")
    assert tried > 100
    assert "Traceback" not in caplog.text


def test_a_method_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    app = create_app(Settings(store=str(tmp_path / "new.kgl"), token=SecretStr(TOKEN)))

    async def ask() -> dict[tuple[str, str], httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost", headers=headers
        ) as client:
            return {
                (method, path): await client.request(method, path)
                for path in ("/mechanisms", "/loads", "/checks", "/", "/health", "/reviews/x/flow")
                for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")
            }

    for (method, path), answer in asyncio.run(ask()).items():
        assert answer.status_code == 405, f"{method} {path}"
        assert answer.headers["content-type"] == PROBLEM_JSON
        allowed = set(answer.headers["allow"].replace(" ", "").split(","))
        assert ("POST" in allowed) is (path in ("/loads", "/checks")), f"{method} {path}: {allowed}"
        assert ("GET" in allowed) is (path != "/checks"), f"{method} {path}: {allowed}"


@pytest.mark.slow
def test_a_head_that_is_not_sent_to_its_end_is_waited_for_a_while_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(api.header_timeout, "HEAD_SECONDS", 0.3)
    with in_thread(Settings(store=str(copied(shipped_store(), tmp_path)))) as served:
        port = httpx.URL(served.url).port
        for begun in (b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-"):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(begun)
                assert line.recv(100) == b"", "it is closed"
        with served.client() as client:
            for _ in range(2):
                assert client.get("/health").status_code == 200
