"""The documentation does what it says: snippets run, output is real, links and pages hold."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import jsonschema
import pytest
import yaml
from commands import run_here
from conftest import EXAMPLES, ROOT, empty
from ruamel.yaml import YAML
from serving import fill, in_thread, patiently

from graph.settings import Settings
from graph.stores import open_store
from scripts import make_docs

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES += sorted(DOCS.glob("*.md"))
MADE = {DOCS / name for name in make_docs.PAGES}
WRITTEN = [page for page in PAGES if page not in MADE]

_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"^`(?P<path>[\w./-]+)`:$")
_STATUS = re.compile(r"\s+# exit status (?P<status>\d+)$")
_PLAIN = re.compile(r"theorygraph [^|&;<>$*`\\]+")
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_ELSEWHERE = ("make", "pipx", "uv", "docker")
"""Commands that take long or change the machine: what they are given is looked at instead."""

_STAND_IN = """\
import json, os, sys
with open(os.environ["DOCS_CALLS"], "a", encoding="utf-8") as log:
    log.write(json.dumps({"argv": sys.argv[1:], "names": sorted(os.environ)}) + "\\n")
"""
_CURL = """\
import argparse, httpx, sys
parser = argparse.ArgumentParser()
parser.add_argument("url")
parser.add_argument("-s", action="store_true")
parser.add_argument("-X", default="GET")
parser.add_argument("-H", action="append", default=[])
parser.add_argument("--data-binary")
given = parser.parse_args()
headers = dict(line.split(": ", 1) for line in given.H)
body = open(given.data_binary[1:], "rb").read() if given.data_binary else None
answer = httpx.request(given.X, given.url, headers=headers, content=body, timeout=30)
sys.stdout.write(answer.text)
"""


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block: its kind, its text, the line it begins on, and what stands before it."""

    kind: str
    text: str
    line: int
    before: str


def fences(page: Path) -> Iterator[Fence]:
    """The code blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        before = text[: found.start()].rstrip()
        line = text.count("\n", 0, found.start()) + 1
        yield Fence(found["info"].strip(), found["text"], line, before.rpartition("\n")[2])


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@dataclass
class Reader:
    """Somebody who follows a page from top to bottom, in a folder that looks like a checkout."""

    folder: Path
    request: pytest.FixtureRequest
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[str] | None = None
    used_neo4j: bool = False
    in_process: bool = True
    """Whether commands that need no shell are run in this process."""

    def __post_init__(self) -> None:
        shutil.copytree(EXAMPLES, self.folder / "examples")
        programs = self.folder / ".bin"
        programs.mkdir()
        (programs / "stand_in.py").write_text(_STAND_IN, encoding="utf-8")
        (programs / "curl.py").write_text(_CURL, encoding="utf-8")
        python = shlex.quote(sys.executable)
        commands = {
            "theorygraph": f'{python} -c "from api.cli import main; main()"',
            "python3": python,
            "curl": f"{python} {programs / 'curl.py'}",
            **{name: f"{python} {programs / 'stand_in.py'} {name}" for name in _ELSEWHERE},
        }
        for name, command in commands.items():
            script = programs / name
            script.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
            script.chmod(0o755)
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("THEORYGRAPH_", "NEO4J_"))
        }
        self.environment = {
            **kept,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "THEORYGRAPH_STORE": str(self.folder / "theorygraph.kgl"),
            "DOCS_CALLS": str(self.folder / ".calls"),
        }
        self.state = self.folder / ".state"
        self.state.write_text("", encoding="utf-8")

    def computes(self, text: str) -> str:
        """Run a cell of a notebook, and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", text],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def writes(self, path: str, text: str) -> None:
        """Write a file that a page shows."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def types(self, block: str) -> str:
        """Type the lines of a block, one after the other; what they print together."""
        lines = block.replace("\\\n", " ").splitlines()
        return "".join(self._line(line) for line in lines if line.strip() and line[0] != "#")

    def _line(self, line: str) -> str:
        stated = _STATUS.search(line)
        expected = int(stated["status"]) if stated else 0
        command = self._here(_STATUS.sub("", line))
        if command == "theorygraph serve":
            self._serve()
            return ""
        if re.search(r"\btheorygraph\b", command) and not command.startswith(("export", "curl")):
            self.stop()  # as Ctrl-C does: the server holds the store
        if self.in_process and _PLAIN.fullmatch(command):
            return self._in_process(command, expected)
        done = self._sh(f"{command}\nstatus=$?\nexport -p > {self.state}\nexit $status")
        assert done.returncode == expected, f"{line}\n{done.stdout}"
        for call in self._calls():
            look_at(call["argv"], call["names"])
        return done.stdout

    def _in_process(self, command: str, expected: int) -> str:
        """A command that needs no shell, in this process."""
        exported = self._sh("env -0").stdout.rstrip("\0").split("\0")
        variables = dict(line.split("=", 1) for line in exported)
        ran = run_here(*shlex.split(command)[1:], cwd=self.folder, variables=variables)
        assert ran.status == expected, f"{command}\n{ran.both}"
        return ran.both

    def _here(self, command: str) -> str:
        if "localhost:7687" in command or "STORE_PASSWORD=" in command:
            settings: Settings = self.request.getfixturevalue("neo4j_settings")
            self.used_neo4j = True
            place = urlsplit(settings.store).netloc
            password = settings.password() or ""
            command = command.replace("localhost:7687", place)
            command = command.replace("the-password", shlex.quote(password))
        return command.replace("127.0.0.1:8000/", f"127.0.0.1:{self.port}/")

    def _sh(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", f". {self.state}\n{script}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
        )

    def _serve(self) -> None:
        self.stop()
        script = f". {self.state}\nexec theorygraph serve --port {self.port}"
        server = self.server = subprocess.Popen(
            ["/bin/sh", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )

        def answers() -> bool:
            assert server.poll() is None, f"the server ended with {server.returncode}"
            with contextlib.suppress(httpx.TransportError):
                return httpx.get(f"http://127.0.0.1:{self.port}/health").status_code == 200
            return False

        patiently(answers, "the server did not answer")

    def stop(self) -> None:
        """End the server, if one runs."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(30)
            self.server = None

    def _calls(self) -> list[dict[str, Any]]:
        log = self.folder / ".calls"
        if not log.exists():
            return []
        calls = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        log.unlink()
        return calls


@pytest.fixture
def reader(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader, whose server and reviews on Neo4j are gone afterwards."""
    found = Reader(tmp_path, request)
    yield found
    found.stop()
    if found.used_neo4j:
        with open_store(request.getfixturevalue("neo4j_settings")) as store:
            empty(store)


def look_at(argv: list[str], names: list[str]) -> None:
    """What a command that is not run here was given exists: target, package, service, file."""
    match argv:
        case ["make", *given]:
            subprocess.run(
                ["make", "-n", "-C", str(ROOT), *given], check=True, capture_output=True, text=True
            )
        case ["uv", "build", "--wheel"]:
            wheel = _project()["tool"]["hatch"]["build"]["targets"]["wheel"]
            for package in ("theorygraph", *wheel["hooks"]["custom"]["folders"]):
                assert (ROOT / package / "__init__.py").is_file(), package
        case ["pipx", "install", what] | ["uv", "tool", "install", what]:
            project = _project()["project"]
            built = f"dist/{project['name']}-{project['version']}-py3-none-any.whl"
            assert what in (".", built)
            module, _, function = project["scripts"]["theorygraph"].partition(":")
            assert callable(getattr(importlib.import_module(module), function))
        case ["docker", "compose", *given]:
            text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
            services = yaml.safe_load(text)["services"]
            assert set(services) == {"neo4j", "api"}
            if given[0] == "run":
                assert set(given) & set(services)
            else:
                needed = set(re.findall(r"\$\{(\w+):\?", text))
                assert needed <= set(names), f"not set: {needed - set(names)}"
        case ["docker", "build" | "run", *given]:
            assert "theorygraph" in given
            assert 'CMD ["theorygraph", "serve"' in (ROOT / "Dockerfile").read_text("utf-8")
        case _:
            pytest.fail(f"a command that nothing looks at: {shlex.join(argv)}")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def matches(shown: str, real: str) -> bool:
    """Whether shown output is the real one; a line with only `…` stands for any lines."""
    actual = "".join(f"{line.rstrip()}\n" for line in real.splitlines())
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else re.escape(line.rstrip()) + r"\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, actual) is not None


def marks(page: Path) -> list[pytest.MarkDecorator]:
    """What following a page needs."""
    text = page.read_text(encoding="utf-8")
    processes = "```sh\n" in text or "```python\n" in text
    return [pytest.mark.process] * processes + [pytest.mark.neo4j] * ("localhost:7687" in text)


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=marks(page), id=str(page.relative_to(ROOT))) for page in WRITTEN],
)
def test_each_snippet_runs_and_prints_what_is_shown(page: Path, reader: Reader) -> None:
    printed: str | None = None
    reader.in_process = page.name != "README.md"  # it is followed as its readers do
    for fence in fences(page):
        where = f"{page.name}, line {fence.line}"
        named = _NAMED.match(fence.before)
        if named:
            reader.writes(named["path"], fence.text)
        elif fence.kind == "sh":
            printed = reader.types(fence.text)
        elif fence.kind == "python":
            printed = reader.computes(fence.text)
        elif fence.kind in ("text", "json"):
            assert fence.before == "```", f"{where}: output stands right after its commands"
            assert printed is not None, where
            if fence.kind == "json":
                assert json.loads(printed) == json.loads(fence.text), where
            else:
                assert matches(fence.text, printed), f"{where}: what it prints is\n{printed}"
        else:
            assert fence.kind == "mermaid", f"{where}: nothing tests a block of {fence.kind!r}"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped reviews."""
    return fill(tmp_path_factory.mktemp("docs") / "shipped.kgl")


def in_tables(page: Path, pattern: str) -> list[str]:
    """What stands as code in the tables of a page and begins like that."""
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("|")]
    return [code for row in rows for code in re.findall(rf"`({pattern}[^`]*)`", row)]


@pytest.mark.slow
def test_the_commands_in_tables_answer(shipped: Path, tmp_path: Path) -> None:
    commands = in_tables(ROOT / "README.md", "theorygraph ")
    assert len(commands) > 5
    for command in commands:
        _, *arguments = shlex.split(command)
        ran = run_here(*arguments, cwd=tmp_path, variables={"THEORYGRAPH_STORE": str(shipped)})
        assert ran.status == 0, f"{command}\n{ran.err}"


@pytest.mark.slow
def test_the_addresses_in_tables_answer_and_none_is_missing(shipped: Path) -> None:
    shown = in_tables(ROOT / "README.md", "GET /") + in_tables(DOCS / "http.md", "GET /")
    assert len(shown) > 20
    with in_thread(Settings(store=str(shipped))) as served, served.client() as client:
        for address in shown:
            answer = client.get(address.removeprefix("GET "))
            assert answer.status_code == 200, f"{address}: {answer.text}"
        paths = client.get("/openapi.json").json()["paths"]
    told = (DOCS / "http.md").read_text(encoding="utf-8")
    assert [path for path in paths if f"`{path}`" not in told] == []


def test_pages_made_from_the_code_are_current(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["make_docs.py", "--check"])
    assert make_docs.main() == 0, capsys.readouterr().err


def test_every_command_and_every_setting_is_documented() -> None:
    commands = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert [name for name in make_docs.command_names() if f"\n## {name}\n" not in commands] == []
    settings = (DOCS / "settings.md").read_text(encoding="utf-8")
    names = [f"THEORYGRAPH_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in settings] == []
    said = {
        word
        for page in PAGES
        for word in re.findall(r"THEORYGRAPH_[A-Z_]+", page.read_text(encoding="utf-8"))
    }
    assert said <= set(names)


def heads(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if urlsplit(target).scheme:
            assert urlsplit(target).scheme == "https", target
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in heads(file), f"{page.name}: {target}"


def test_every_file_that_a_page_names_is_there() -> None:
    tops = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"examples"}
    for page in (ROOT / "CONTRIBUTING.md", ROOT / "README.md", ROOT / "docs" / "decisions.md"):
        named = re.findall(r"`(\w+/[\w/.-]+)`", page.read_text(encoding="utf-8"))
        missing = [
            name for name in named if name.partition("/")[0] in tops and not (ROOT / name).exists()
        ]
        assert not missing, f"{page.name}: {missing}"


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    files = {file.name for file in DOCS.iterdir() if file.suffix in (".md", ".json")}
    assert [name for name in sorted(files - {"README.md"}) if f"({name})" not in index] == []


SCHEMA = json.loads((DOCS / "review.schema.json").read_text(encoding="utf-8"))


def a_review(folder: str) -> Any:
    """A shipped review.yaml as data."""
    return YAML(typ="safe").load((EXAMPLES / folder / "review.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["harris2021", "richmond2020"])
def test_the_schema_accepts_the_shipped_reviews(folder: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(a_review(folder), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "not an id"},
        {"titel": "a name that is not known"},
        {"year": "last year"},
        {"doi": "https://doi.org/10.1000/xyz"},
        {"levels": [{"name": "a level without an id"}]},
        {"search": [{"id": "s", "name": "S", "steps": [{"id": "a", "kind": "box", "name": "A"}]}]},
        {"tallies": [{"id": "t", "name": "T", "n": -1}]},
    ],
    ids=str,
)
def test_the_schema_refuses_a_broken_review(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**a_review("harris2021"), **change}, SCHEMA)


@pytest.mark.parametrize("shown", ["one\ntwo\nthree", "one\n…", "…\nthree", "one\n…\nthree", "…"])
def test_shown_output_may_leave_lines_out(shown: str) -> None:
    assert matches(shown, "one\ntwo\nthree\n")


@pytest.mark.parametrize("shown", ["one\ntwo", "two\n…", "one\n…\ntwo", "three\n…\none", "one\nX"])
def test_shown_output_that_differs_is_noticed(shown: str) -> None:
    assert not matches(shown, "one\ntwo\nthree\n")
