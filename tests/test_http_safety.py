"""What must hold whatever is asked: tokens, headers, error bodies, limits, and no Cypher inside."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import resource
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from serving import (
    ROOT,
    TOKEN,
    Served,
    as_process,
    copied,
    fill,
    illustrative,
    in_thread,
    zipped,
)
from starlette.routing import Mount
from typer.testing import CliRunner

from api.cli.main import app
from api.guard import CLOSED, SECURITY_HEADERS
from api.problems import PROBLEM_JSON
from graph.catalogue import Query, catalogue, named
from graph.questions.evidence import EvidenceFilter
from graph.settings import Settings
from graph.store import Rows
from graph.store_embedded import EmbeddedStore

AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
SECRETS = re.compile(
    r"MATCH|UNWIND|MERGE|RETURN |Traceback|File \"|\.py\b|kglite|neo4j\.|/tmp|/home|site-pack",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("safety") / "store.kgl")


@pytest.fixture(scope="module")
def reading(store: Path) -> Iterator[Served]:
    """A server without a token."""
    with in_thread(Settings(store=str(store))) as served:
        yield served


@pytest.fixture(scope="module")
def writing(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a token, and small limits."""
    own = copied(store, tmp_path_factory.mktemp("writing"))
    settings = Settings(store=str(own), token=SecretStr(TOKEN), max_upload_mb=1)
    with in_thread(settings) as served:
        yield served


def operations(application: FastAPI) -> list[tuple[str, str]]:
    """Methods and paths of all routes, those of included routers too."""

    def walk(routes: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
        for route in routes:
            if isinstance(route, Mount):
                yield "GET", f"{prefix}{route.path}/swagger-ui.css"
            elif hasattr(route, "original_router"):
                yield from walk(route.original_router.routes, prefix)
            else:
                for method in route.methods:
                    yield method, prefix + re.sub(r"\{[^}]+\}", "x", route.path)

    return sorted(set(walk(application.routes)))


# ---- By which name ----


def told(served: Served, head: str) -> tuple[int, Any]:
    """Status and problem of a request that is sent as it is written."""
    where = urlsplit(served.url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(head.encode())
        with line.makefile("rb") as answer:
            status, _, rest = answer.read().partition(b"\r\n")
    body = rest.partition(b"\r\n\r\n")[2]
    return int(status.split()[1]), json.loads(body) if body.startswith(b"{") else body


OURS = ["127.0.0.1", "127.0.0.1:{port}", "localhost:{port}", "LOCALHOST.", "[::1]:80", "127.1.2.3"]
OTHERS = ["evil.example", "evil.example:{port}", "localhost.evil.example", "127.0.0.1.evil.example"]
OTHERS += ["10.0.0.1", "0.0.0.0:{port}", "[::2]", "local host", "evil.example:localhost", "8000"]


@pytest.mark.parametrize("path", ["/", "/health", "/mechanisms", "/openapi.json", "/no-such-page"])
def test_a_name_that_is_not_the_servers_gets_nothing(reading: Served, path: str) -> None:
    port = urlsplit(reading.url).port
    with reading.client() as client:
        for host in OURS:
            answer = client.get(path, headers={"Host": host.format(port=port)})
            assert answer.status_code == (404 if path == "/no-such-page" else 200), host
        for host in OTHERS:
            answer = client.get(path, headers={"Host": host.format(port=port)})
            assert answer.status_code == 421, host
            assert answer.headers["content-type"] == "application/problem+json"
            problem = answer.json()
            assert host.format(port=port) in problem["detail"]
            assert "THEORYGRAPH_HOSTS" in problem["hint"]
            assert all(name in answer.headers for name in SECURITY_HEADERS)


def test_a_target_with_its_host_is_answered_like_one_without(reading: Served) -> None:
    port = urlsplit(reading.url).port
    ending = " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    assert told(reading, f"GET http://localhost:{port}/health{ending}")[0] == 200
    status, problem = told(reading, f"GET http://evil.example/health{ending}")
    assert (status, problem["type"]) == (421, "/problems/unknown-host")


def test_further_names_are_a_setting(store: Path, tmp_path: Path) -> None:
    own = copied(store, tmp_path)
    named = Settings(store=str(own), hosts=["Graph.example.org"])
    with in_thread(named) as served, served.client() as client:
        for host, status in (("graph.example.org:443", 200), ("example.org", 421)):
            assert client.get("/health", headers={"Host": host}).status_code == status
    with in_thread(Settings(store=str(own), hosts=["*"])) as served, served.client() as client:
        assert client.get("/health", headers={"Host": "any.example"}).status_code == 200


# ---- Who may write ------------------------------------------------------------------------------


def test_the_walk_finds_the_routes(reading: Served) -> None:
    assert reading.app is not None
    found = operations(reading.app)
    assert ("POST", "/loads") in found
    assert {("GET", "/health"), ("GET", "/mechanisms/x/evidence"), ("GET", "/")} <= set(found)
    documented = {
        (method.upper(), re.sub(r"\{[^}]+\}", "x", path))
        for path, methods in reading.app.openapi()["paths"].items()
        for method in methods
    }
    assert documented <= set(found)


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Bearer", "Basic YTpi", TOKEN])
@pytest.mark.parametrize("server", ["reading", "writing"])
def test_writing_needs_the_token(
    server: str, given: str | None, request: pytest.FixtureRequest
) -> None:
    served: Served = request.getfixturevalue(server)
    assert served.app is not None
    routes = operations(served.app)
    writes = {(method, path) for method, path in routes if method not in SAFE_METHODS}
    writes |= {(method, path) for _, path in routes for method in ("POST", "PUT", "DELETE")}
    writes |= {("POST", "/there/is/no/such/route"), ("PURGE", "/health")}
    headers = {} if given is None else {"Authorization": given}
    with served.client(headers=headers) as client:
        for method, path in sorted(writes):
            response = client.request(method, path, content=b"x")
            assert response.status_code == 401, f"{method} {path}"
            assert response.headers["content-type"] == PROBLEM_JSON
            assert response.headers["www-authenticate"] == "Bearer"
            assert TOKEN not in response.text


def test_with_the_token_nothing_but_loads_can_be_written(writing: Served) -> None:
    assert writing.app is not None
    takes = {"/loads", "/checks", "/backups", "/restore"}
    with writing.client(headers=AUTHORISED) as client:
        for path in {path for _, path in operations(writing.app)} - takes:
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                assert client.request(method, path).status_code == 405, f"{method} {path}"
        assert client.post("/loads", content=b"").status_code == 422


def test_an_empty_token_is_no_token(store: Path, tmp_path: Path) -> None:
    settings = Settings(store=str(copied(store, tmp_path)), token=SecretStr(""))
    with in_thread(settings) as served, served.client() as client:
        assert client.get("/health").json()["writable"] is False
        for header in ("Bearer", "bearer", ""):
            response = client.post("/loads", headers={"Authorization": header}, content=b"x")
            assert response.status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
@pytest.mark.parametrize("token", [None, ""])
def test_listening_for_others_needs_a_token(host: str, token: str | None, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app,
        ["serve", "--host", host, "--store", str(tmp_path / "new.kgl")],
        env={"THEORYGRAPH_TOKEN": token},
    )
    assert done.exit_code == 2
    assert f"To listen on {host}" in done.stderr
    assert "THEORYGRAPH_TOKEN" in done.stderr
    assert list(tmp_path.iterdir()) == [], "nothing is opened before the refusal"


# ---- Headers ------------------------------------------------------------------------------------


class Faulty(EmbeddedStore):
    """A store with a fault nobody foresaw, which speaks of what must not be told."""

    def read(self, query: Query, **parameters: Any) -> Rows:
        raise RuntimeError(f"kglite failed at /srv/secret/store.kgl: {query.text}")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = Settings(token=SecretStr(TOKEN))
    path = tmp_path_factory.mktemp("faulty") / "store.kgl"
    with Faulty(path, settings) as store, in_thread(settings, store) as served:
        yield served


REQUESTS = [
    ("reading", "GET", "/health", 200),
    ("reading", "GET", "/", 200),
    ("reading", "GET", "/docs", 200),
    ("reading", "GET", "/docs/assets/swagger-ui.css", 200),
    ("reading", "GET", "/docs/assets/swagger-ui-bundle.js", 200),
    ("reading", "GET", "/docs/assets/favicon.png", 200),
    ("reading", "GET", "/docs/assets/nothing.js", 404),
    ("reading", "GET", "/docs/assets/%2e%2e/%2e%2e/%2e%2e/pyproject.toml", 404),
    ("reading", "GET", "/openapi.json", 200),
    ("reading", "GET", "/maps/theory", 200),
    ("reading", "GET", "/gaps", 200),
    ("reading", "GET", "/nothing/here", 404),
    ("reading", "GET", "/mechanisms/nobody", 404),
    ("reading", "GET", "/mechanisms?limit=0", 422),
    ("reading", "GET", "/evidence?level=nowhere", 422),
    ("reading", "HEAD", "/health", 200),
    ("reading", "OPTIONS", "/health", 405),
    ("reading", "POST", "/loads", 401),
    ("writing", "POST", "/loads", 401),
    ("faulty", "GET", "/health", 500),
    ("faulty", "GET", "/gaps", 500),
    ("faulty", "GET", "/", 500),
    ("faulty", "GET", "/maps/theory", 500),
]


@pytest.mark.parametrize(("server", "method", "path", "status"), REQUESTS)
def test_security_headers_are_on_every_response(
    server: str, method: str, path: str, status: int, request: pytest.FixtureRequest
) -> None:
    served: Served = request.getfixturevalue(server)
    with served.client() as client:
        response = client.request(method, path)
    assert response.status_code == status
    assert_secure(response)


def assert_secure(response: httpx.Response) -> None:
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.get_list(name) == [value]
    (policy,) = response.headers.get_list("content-security-policy")
    assert policy.startswith("default-src 'none'")
    assert "server" not in response.headers
    if "html" not in response.headers.get("content-type", ""):
        assert policy == CLOSED
    else:
        assert "base-uri 'none'" in policy
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert scripts is None or "unsafe" not in scripts[1]


# ---- Error bodies -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/health", "/gaps", "/", "/ask?q=gaps", "/maps/theory", "/papers/x"]
)
def test_a_fault_tells_nothing_of_its_particulars(faulty: Served, path: str) -> None:
    with faulty.client() as client:
        response = client.get(path)
        again = client.get("/openapi.json")
    assert response.status_code == 500
    assert response.headers["content-type"] == PROBLEM_JSON
    assert set(response.json()) == {"type", "title", "status", "detail", "hint", "instance"}
    assert not SECRETS.search(response.text)
    assert "secret" not in response.text
    assert again.status_code == 200, "the server goes on"


KINDS = ("reviews", "papers", "mechanisms", "configurations", "concepts", "theories", "findings")
HOSTILE_VALUES = [
    "'; MATCH (n) DETACH DELETE n //",
    "`) DETACH DELETE (n",
    "$review",
    "\\u0000",
    "\x00\x1b[31m",
    "{}{{0}}%s%n",
    "../../etc/hosts",
    "<script>alert(1)</script>",
    "x" * 400,
    "\U0001f9ea \u202e",
]


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_hostile_values_are_values(reading: Served, value: str) -> None:
    with reading.client() as client:
        before = client.get("/health").json()["counts"]
        asked: list[tuple[str, dict[str, str]]] = [
            ("/ask", {"q": value}),
            ("/ask", {"q": f"evidence for {value} at {value} level in review {value}"}),
            ("/mechanisms", {"after": value}),
            ("/mechanisms", {value: "1"}),
            ("/maps/theory", {"mechanism": value}),
        ]
        asked += [("/evidence", {name: value}) for name in EvidenceFilter.model_fields]
        asked += [(f"/{kind}/{quote(value, safe='')}", {}) for kind in KINDS]
        for path, params in asked:
            response = client.get(path, params=params)
            assert response.status_code in (200, 404, 422), f"{path} {params}: {response.text}"
            if response.status_code != 200:
                assert response.headers["content-type"] == PROBLEM_JSON
        assert client.get("/health").json()["counts"] == before


@pytest.mark.process
def test_a_store_that_cannot_be_written_is_told_without_its_path(
    store: Path, tmp_path: Path
) -> None:
    own = copied(store, tmp_path / "store")
    folder = illustrative(tmp_path / "folder")
    (folder / "concepts.csv").write_text(
        "id,name\n" + "".join(f"c{n},Illustrative concept {n}\n" for n in range(4000)),
        encoding="utf-8",
    )

    def no_more_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    with (
        as_process(own, before=no_more_room, THEORYGRAPH_TOKEN=TOKEN) as served,
        served.client(headers=AUTHORISED) as client,
    ):
        before = client.get("/health").json()["counts"]
        response = client.post("/loads", content=zipped(folder))
        assert response.status_code == 507
        assert response.headers["content-type"] == PROBLEM_JSON
        assert_secure(response)
        assert not SECRETS.search(response.text), response.text
        assert str(tmp_path) not in response.text
        assert client.get("/health").json()["counts"] == before


# ---- CORS ---------------------------------------------------------------------------------------


def cors_headers(settings: Settings, origin: str) -> dict[str, dict[str, str]]:
    """The CORS headers of an answer, an error, a refusal and two preflights."""
    asking = {"Origin": origin}
    wanting = {**asking, "Access-Control-Request-Headers": "authorization"}
    with in_thread(settings) as served, served.client() as client:
        found = {
            "answer": client.get("/health", headers=asking),
            "error": client.get("/mechanisms/nobody", headers=asking),
            "refusal": client.post("/loads", headers=asking),
            "may read": client.options(
                "/health", headers={**wanting, "Access-Control-Request-Method": "GET"}
            ),
            "may write": client.options(
                "/loads", headers={**wanting, "Access-Control-Request-Method": "POST"}
            ),
        }
    for response in found.values():
        assert_secure(response)
    return {
        name: {
            header: value
            for header, value in response.headers.items()
            if header.startswith("access-control-")
        }
        for name, response in found.items()
    }


def test_cors_is_closed_by_default(store: Path, tmp_path: Path) -> None:
    settings = Settings(store=str(copied(store, tmp_path)))
    found = cors_headers(settings, "https://example.org")
    assert all(headers == {} for headers in found.values())


def test_cors_lets_in_whom_it_names(store: Path, tmp_path: Path) -> None:
    settings = Settings(store=str(copied(store, tmp_path)), cors_origins=["https://example.org"])
    found = cors_headers(settings, "https://example.org")
    assert found["answer"]["access-control-allow-origin"] == "https://example.org"
    assert "POST" not in found["may read"]["access-control-allow-methods"]
    for headers in found.values():
        assert "access-control-allow-credentials" not in headers
    stranger = cors_headers(settings, "https://example.com")
    assert all("access-control-allow-origin" not in headers for headers in stranger.values())


def test_cors_for_everybody_never_comes_with_credentials(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEORYGRAPH_CORS_ORIGINS", '["*"]')
    settings = Settings(store=str(copied(store, tmp_path)))
    assert settings.cors_origins == ["*"]
    found = cors_headers(settings, "https://example.org")
    assert found["answer"]["access-control-allow-origin"] == "*"
    for headers in found.values():
        assert "access-control-allow-credentials" not in headers


# ---- Limits -------------------------------------------------------------------------------------


def test_an_upload_without_a_length_is_read_up_to_the_limit(writing: Served) -> None:
    """Straight into the application, to count what it takes before it refuses."""
    assert writing.app is not None
    chunk = 64 * 1024
    taken = 0
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += chunk
        return {"type": "http.request", "body": b"x" * chunk, "more_body": taken < 50 << 20}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/loads",
        "raw_path": b"/loads",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {TOKEN}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    asyncio.run(writing.app(scope, receive, send))
    assert sent[0]["status"] == 413
    assert taken <= (1 << 20) + chunk


def test_an_upload_over_the_limit_is_refused_and_the_server_goes_on(writing: Served) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(80):
            yield b"x" * (64 * 1024)

    for content in (chunks(), b"x" * (5 << 20)):
        with writing.client(headers=AUTHORISED) as client:
            try:
                response = client.post("/loads", content=content)
            except httpx.WriteError:
                continue  # it closed the connection while we were still sending: refused as well
            assert response.status_code == 413
            assert response.headers["content-type"] == PROBLEM_JSON
            assert "THEORYGRAPH_MAX_UPLOAD_MB" in response.json()["hint"]
            assert_secure(response)
    with writing.client() as client:
        assert client.get("/health").status_code == 200


def test_problems_are_listed_up_to_the_limit(store: Path, tmp_path: Path) -> None:
    folder = illustrative(tmp_path / "folder")
    rows = "".join(f"e{n},nobody,listening,supports\n" for n in range(40))
    settings = Settings(
        store=str(copied(store, tmp_path / "store")), token=SecretStr(TOKEN), max_problems=7
    )
    with in_thread(settings) as served, served.client(headers=AUTHORISED) as client:
        broken = zipped(folder, evidence_csv=f"id,source,mechanism,stance\n{rows}")
        response = client.post("/loads", content=broken)
    assert response.status_code == 422
    assert len(response.json()["problems"]) == 7
    assert "40 errors" in response.json()["detail"]


# ---- No Cypher from outside, and none put together inside ---------------------------------------


def test_there_is_no_door_for_cypher(reading: Served) -> None:
    assert reading.app is not None
    document = reading.app.openapi()
    words = re.compile(r"cypher|query|statement|sql|gql", re.IGNORECASE)
    for path, methods in document["paths"].items():
        assert not words.search(path)
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                assert not words.fullmatch(parameter["name"])
    with reading.client() as client:
        for path in ("/cypher", "/query", "/db/neo4j/tx", "/graphql", "/sql"):
            assert client.get(path, params={"q": "MATCH (n) RETURN n"}).status_code == 404
        asked = client.get("/ask", params={"q": "MATCH (n) RETURN n"})
    assert asked.status_code == 422


GRAPH = sorted((ROOT / "graph").rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in GRAPH}
STORES = {"store_embedded.py", "store_neo4j.py"}
TO_DRIVERS = {"cypher", "execute", "execute_query", "run"}


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                yield node


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def comes_from(value: ast.expr, function: ast.AST, accepted: Callable[[ast.expr], bool]) -> bool:
    """Whether a value is accepted, or a name that is only ever given accepted values."""
    if accepted(value):
        return True
    if not isinstance(value, ast.Name):
        return False
    given = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == value.id for target in node.targets)
    ]
    return bool(given) and all(accepted(one) for one in given)


def is_named(value: ast.expr) -> bool:
    return ast.unparse(value).startswith("catalogue().get(") or (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "named"
        and len(value.args) == 1
    )


def is_given_query(value: ast.expr, function: ast.AST) -> bool:
    """Called `query`, in a function that is given a `Query`: the catalogue alone makes these."""
    given = getattr(function, "args", None)
    kinds = [ast.unparse(one.annotation) for one in (given.args if given else ()) if one.annotation]
    return ast.unparse(value) == "query" and any("Query" in kind for kind in kinds)


def is_fixed(value: ast.expr) -> bool:
    """A text that is written out where it stands, or as a constant of the module."""
    if isinstance(value, ast.Name):
        return value.id.isupper()
    return isinstance(value, ast.Constant)


def is_text_of_query(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Attribute)
        and value.attr == "text"
        and isinstance(value.value, ast.Name)
        and value.value.id in ("query", "statement")
    )


def is_timed(value: ast.expr) -> bool:
    """``neo4j.Query(query.text, ...)``, or one that was made so and kept."""
    if not isinstance(value, ast.Call):
        return False
    called = ast.unparse(value.func)
    if called == "neo4j.Query":
        return is_text_of_query(value.args[0])
    return called == "self._queries.get"


def test_stores_are_asked_named_statements_only() -> None:
    seen = 0
    for path, tree in TREES.items():
        if path.name in STORES:
            continue
        for function in functions(tree):
            for call in calls(function, "read", "run"):
                if not call.args or ast.unparse(call.args[0]) == "transaction":
                    continue
                if is_given_query(call.args[0], function):
                    continue
                seen += 1
                assert comes_from(call.args[0], function, is_named), (
                    f"{path.name}:{call.lineno}: {ast.unparse(call)}"
                )
    assert seen > 40, "the test must see the calls it is about"


def test_drivers_are_given_the_text_of_a_statement_only() -> None:
    seen = 0
    for name in STORES:
        tree = TREES[ROOT / "graph" / name]
        for function in functions(tree):
            for call in calls(function, *TO_DRIVERS):
                seen += 1
                assert comes_from(
                    call.args[0],
                    function,
                    lambda value: is_text_of_query(value) or is_timed(value) or is_fixed(value),
                ), f"{name}:{call.lineno}: {ast.unparse(call)}"
    assert seen >= 6


def test_statements_are_made_by_the_catalogue_only() -> None:
    for path, tree in TREES.items():
        if path.name != "catalogue.py":
            made = [ast.unparse(call.func) for call in calls(tree, "Query")]
            assert set(made) <= {"neo4j.Query"}, path.name


def test_the_text_of_a_statement_is_never_worked_on() -> None:
    for tree in TREES.values():
        for node in ast.walk(tree):
            worked = isinstance(node, ast.BinOp | ast.JoinedStr) or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("format", "join", "replace", "removeprefix", "format_map")
            )
            if worked:
                texts = [part for part in ast.walk(node) if isinstance(part, ast.expr)]
                assert not any(is_text_of_query(part) for part in texts), ast.unparse(node)


def test_no_module_holds_cypher() -> None:
    cypher = re.compile(r"\b(MATCH|MERGE|UNWIND|CREATE|DETACH)\s+[(\w$`]|\bRETURN\s+\w+\.")
    for path, tree in TREES.items():
        if path.name == "catalogue.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not cypher.search(node.value), f"{path.name}:{node.lineno}"


def patterns() -> list[str]:
    """Names that are put together, as patterns: ``evidence_page_{anchor}`` and the like."""
    found = []
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                    for part in node.values
                ]
                literal = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
                if re.fullmatch(r"[a-z]+_[a-z_]*", literal):
                    found.append("".join(parts))
    return found


def test_names_that_are_put_together_come_from_the_catalogue() -> None:
    made = patterns()
    assert r"evidence_page_\w+" in made
    for pattern in made:
        assert any(re.fullmatch(pattern, name) for name in catalogue()), pattern
    for name in ("evidence_page_x", "MATCH (n) RETURN n", "names_review; DROP", ""):
        with pytest.raises(KeyError):
            named(name)


def test_every_statement_is_used() -> None:
    loading = [ast.parse(path.read_text()) for path in (ROOT / "loaders").rglob("*.py")]
    words = {
        node.value
        for tree in (*TREES.values(), *loading)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = patterns()
    unused = [
        name
        for name in catalogue()
        if name not in words
        and not name.startswith(("constrain_", "index_", "prepare_", *ON_NEO4J_ALONE))
        and not any(re.fullmatch(pattern, name) for pattern in made)
    ]
    assert unused == []


FORBIDDEN = {
    "a `$` that names no parameter": r"\$(?![a-z_]+\b)",
    "a gap for text to be put into": r"%[sd(]|\{\d*\}|\{\{|<<",
    "a label from a parameter": r"[(\[)]\w*:\s*\$|:\s*\(\s*\$|\[\s*\$",
    "a quoted name": "`",
    "more than one statement": ";",
    "what one store has alone": (
        r"(?i)elementId\s*\(|\bid\s*\(|\bdatetime\s*\(|\btimestamp\s*\(|\bapoc\.|"
        r"\bLOAD\s+CSV\b|\bCALL\s+\w+\.|\bUSE\s|\bDROP\b|\bdbms\."
    ),
}
ON_NEO4J_ALONE = ("head_", "staged_", "prepare_", "turn_", "drop_", "tie_")
"""Loads too large for one transaction, which the embedded store takes in one."""
WRITES = r"\b(CREATE|MERGE|SET|DELETE|REMOVE)\b"


def test_statements_take_parameters_and_nothing_else() -> None:
    wrong = []
    for name, query in catalogue().items():
        forbidden = dict(FORBIDDEN)
        if name.startswith(("heads", *ON_NEO4J_ALONE)):
            del forbidden["what one store has alone"]
        reads = name.startswith(("fingerprints_", "names_", "resolve_"))
        pages = name.endswith("_page") and not name.startswith(("constrain_", "keep_", "staged_"))
        if reads or pages:
            forbidden["a write"] = WRITES
        wrong += [
            f"{name}: {what}: {found[0]}"
            for what, pattern in forbidden.items()
            if (found := re.search(pattern, query.text))
        ]
    assert wrong == []
