"""The command line: exit status, text that reads well anywhere, and the JSON that HTTP returns."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands import COMMAND, ROOT, Ran, environment, run_as_process, run_here
from serving import as_process, copied, fill, illustrative, in_thread
from typer.testing import CliRunner

from api.cli.commands import MODULES
from api.cli.main import app
from graph.load import load_review
from graph.model import (
    Concept,
    Evidence,
    Finding,
    Level,
    Mechanism,
    Review,
    ReviewBundle,
    Source,
    SourceKind,
    Stance,
)
from graph.model import FindingKind as Sort
from graph.settings import Settings
from graph.stores import open_store

ESCAPE = "\x1b"
ASKED = "evidence for Working with power at team level"


def run(store: Path, *arguments: str, **variables: str) -> Ran:
    """The command in this process, in the folder of the project."""
    return run_here(*arguments, cwd=ROOT, variables={"THEORYGRAPH_STORE": str(store), **variables})


def really_run(store: Path, *arguments: str, **variables: str) -> Ran:
    """The same in a process of its own, its output in pipes."""
    given = {"THEORYGRAPH_STORE": str(store), **variables}
    ran = run_as_process(*arguments, cwd=ROOT, variables=given)
    assert "Traceback" not in ran.err, ran.err
    return ran


def on_a_terminal(store: Path, *arguments: str, columns: int = 60) -> str:
    """What the real command writes to a terminal of its own."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(THEORYGRAPH_STORE=str(store), COLUMNS=str(columns), TERM="xterm-256color"),
        stdin=child,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    written = b""
    while True:
        try:
            chunk = os.read(parent, 65536)
        except OSError:  # the other side has gone: that is how a terminal ends
            break
        if not chunk:
            break
        written += chunk
    os.close(parent)
    process.wait(30)
    return written.decode()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("command") / "store.kgl")


@pytest.fixture(scope="module")
def client(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    own = copied(store, tmp_path_factory.mktemp("beside"))
    with in_thread(Settings(store=str(own))) as served, served.client() as opened:
        yield opened


# ---- The same answers as over HTTP --------------------------------------------------------------

FIRST_OF_TWO = "richmond2020:chamberland-2013-C1"
SAME: list[tuple[list[str], str, dict[str, str]]] = [
    (["ask", ASKED], "/ask", {"q": ASKED}),
    (["ask", "gaps in review harris2021"], "/ask", {"q": "gaps in review harris2021"}),
    (["ask", "unsupported mechanisms"], "/ask", {"q": "unsupported mechanisms"}),
    (
        ["evidence", "--mechanism", "working-with-power", "--level", "team"],
        "/mechanisms/working-with-power/evidence",
        {"level": "team"},
    ),
    (
        ["evidence", "--review", "richmond2020", "--concept", "C4", "--stance", "supports"],
        "/evidence",
        {"review": "richmond2020", "concept": "C4", "stance": "supports"},
    ),
    (
        ["evidence", "--source-kind", "consultation", "--limit", "5"],
        "/evidence",
        {"source_kind": "consultation", "limit": "5"},
    ),
    (
        ["evidence", "--source", "10.1111/medu.12253", "--after", FIRST_OF_TWO],
        "/evidence",
        {"source": "10.1111/medu.12253", "after": FIRST_OF_TWO},
    ),
    (["unsupported"], "/mechanisms", {"support": "none"}),
    (["unsupported", "--limit", "1"], "/mechanisms", {"support": "none", "limit": "1"}),
    (["gaps"], "/gaps", {}),
    (["gaps", "--review", "richmond2020"], "/gaps", {"review": "richmond2020"}),
    (["flow", "harris2021"], "/reviews/harris2021/flow", {}),
    (["flow", "richmond2020"], "/reviews/richmond2020/flow", {}),
    (["show", "reviews"], "/reviews", {}),
    (["show", "sources", "--kind", "synthesis"], "/sources", {"kind": "synthesis"}),
    (["show", "papers", "--limit", "7"], "/papers", {"limit": "7"}),
    (["show", "mechanisms", "--stated", "incorporated"], "/mechanisms", {"stated": "incorporated"}),
    (
        ["show", "configurations", "--polarity", "negative"],
        "/configurations",
        {"polarity": "negative"},
    ),
    (["show", "concepts", "--review", "harris2021"], "/concepts", {"review": "harris2021"}),
    (["show", "theories", "--kind", "substantive"], "/theories", {"kind": "substantive"}),
    (["show", "findings", "--kind", "future research"], "/findings", {"kind": "future research"}),
    (["show", "evidence", "--limit", "3"], "/evidence", {"limit": "3"}),
    (["show", "reviews", "harris2021"], "/reviews/harris2021", {}),
    (["show", "sources", "first-look-summary"], "/sources/first-look-summary", {}),
    (["show", "papers", "chamberland-2013"], "/papers/chamberland-2013", {}),
    (["show", "mechanisms", "fostering resilience"], "/mechanisms/fostering resilience", {}),
    (["show", "configurations", "F2-C4"], "/configurations/F2-C4", {}),
    (["show", "concepts", "C3"], "/concepts/C3", {}),
    (["show", "theories", "dual-process-theory"], "/theories/dual-process-theory", {}),
    (
        ["show", "findings", "harris2021:power-underestimated"],
        "/findings/harris2021:power-underestimated",
        {},
    ),
    (
        ["show", "evidence", "harris2021:working-with-power-team"],
        "/evidence/harris2021:working-with-power-team",
        {},
    ),
]


@pytest.mark.parametrize(("arguments", "path", "params"), SAME, ids=lambda part: str(part)[:60])
def test_json_is_what_http_returns(
    arguments: list[str], path: str, params: dict[str, str], store: Path, client: httpx.Client
) -> None:
    ran = CliRunner().invoke(app, [*arguments, "--store", str(store), "--json"])
    assert ran.exit_code == 0, ran.output
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    assert json.loads(ran.stdout) == response.json()


@pytest.mark.process
def test_json_of_the_real_command_is_json_and_nothing_else(
    store: Path, client: httpx.Client
) -> None:
    ran = really_run(store, "gaps", "--json", COLUMNS="40")
    assert ran.status == 0
    assert ran.err == ""
    assert json.loads(ran.out) == client.get("/gaps").json()


# ---- Exit status --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nonsense"], 2, "nonsense"),
        (["gaps", "--nope"], 2, "--nope"),
        (["show"], 2, "kind"),
        (["show", "unicorns"], 2, "unicorns"),
        (["show", "sources", "--kind", "book"], 2, "paper, grey, synthesis"),
        (["evidence", "--stance", "for"], 2, "supports"),
        (["evidence", "--limit", "0"], 2, "--limit"),
        (["ask"], 2, "question"),
        ([], 2, "Bring files in"),
        (["ask", "tell me a joke"], 1, "questions it does understand"),
        (["ask", "evidence for Working without power"], 1, "harris2021:working-with-power"),
        (["show", "mechanisms", "workng-with-power"], 1, "harris2021:working-with-power"),
        (["show", "reviews", "harris2020"], 1, "harris2021"),
        (["evidence", "--level", "boss"], 1, "system, teacher, team"),
        (["gaps", "--review", "haris2021"], 1, "harris2021"),
        (["flow", "haris2021"], 1, "harris2021"),
        (["remove", "haris2021"], 1, "harris2021"),
        (["load", "no/such/folder"], 1, "no/such/folder"),
        (["check", "no/such/folder"], 1, ""),
        (["gaps"], 0, "supported"),
        (["flow"], 0, "sums hold"),
        (["version"], 0, ""),
        (["--help"], 0, "unsupported"),
        (["evidence", "--help"], 0, "--stance"),
        (["check", "examples/harris2021"], 0, "No errors"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else None,
)
def test_the_exit_status_says_how_it_went(
    arguments: list[str], status: int, said: str, store: Path
) -> None:
    ran = CliRunner().invoke(
        app, arguments, env={"THEORYGRAPH_STORE": str(store), "COLUMNS": "100"}, prog_name="t"
    )
    assert ran.exit_code == status, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output
    if status == 1 and arguments[0] != "check":
        assert ran.stdout == "", "what is wrong goes to standard error"


@pytest.mark.process
def test_the_real_command_leaves_with_that_status(store: Path) -> None:
    for arguments, status in (
        (["nonsense"], 2),
        (["gaps", "--review", "haris2021"], 1),
        (["gaps"], 0),
    ):
        assert really_run(store, *arguments).status == status, arguments


def test_a_flow_that_does_not_add_up_is_status_1_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for file in (ROOT / "examples" / "harris2021").iterdir():
        text = file.read_text(encoding="utf-8")
        (folder / file.name).write_text(text.replace("n: 914", "n: 915"), encoding="utf-8")
    store = tmp_path / "store.kgl"
    loaded = run(store, "load", str(folder))
    assert loaded.status == 0, "what a report itself says wrongly is loaded, with a warning"
    assert "1446 - 532 = 915" in loaded.err
    ran = run(store, "flow", "harris2021")
    assert ran.status == 1
    assert "DOES NOT ADD UP" in ran.out
    assert "1446 - 532 = 915" in ran.out


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("THEORYGRAPH_BATCH_ROWS", "many", "THEORYGRAPH_BATCH_ROWS"),
        ("THEORYGRAPH_QUERY_SECONDS", "0", "THEORYGRAPH_QUERY_SECONDS"),
        ("THEORYGRAPH_CORS_ORIGINS", "*", "cors_origins"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, said: str, store: Path) -> None:
    ran = run(store, "gaps", **{name: value})
    assert ran.status == 1
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 2


# ---- Text that reads well -----------------------------------------------------------------------

ANSWERS = [
    ["ask", ASKED],
    ["unsupported"],
    ["gaps"],
    ["flow", "harris2021"],
    ["evidence", "--review", "richmond2020", "--limit", "4"],
    ["show", "reviews"],
    ["show", "configurations", "--limit", "4"],
    ["show", "findings", "--limit", "4"],
]


def assert_fits(text: str, columns: int) -> None:
    for line in text.splitlines():
        assert len(line) <= columns or " " not in line.strip(), f"too wide: {line!r}"


@pytest.mark.parametrize("arguments", ANSWERS, ids=lambda part: " ".join(part)[:40])
def test_answers_fit_a_narrow_window_and_a_pipe(arguments: list[str], store: Path) -> None:
    ran = run(store, *arguments, COLUMNS="40")
    assert ran.status == 0
    assert ran.out.strip()
    assert ESCAPE not in ran.out
    assert_fits(ran.out, 40)


def test_words_stay_whole_in_a_narrow_gap_matrix(store: Path) -> None:
    text = run(store, "gaps", "--review", "harris2021", COLUMNS="40").out
    table = text.partition("\nWhat the review says\n")[0]
    for word in ("Working", "power", "supported", "System", "Team", "resilience"):
        assert re.search(rf"\b{word}\b", table), f"{word} is not readable in\n{table}"


@pytest.mark.process
def test_a_terminal_gets_style_and_fits(store: Path) -> None:
    written = on_a_terminal(store, "ask", ASKED, columns=60)
    assert f"{ESCAPE}[" in written
    assert_fits(re.sub(r"\x1b\[[0-9;]*m", "", written), 60)


def test_the_answers_say_what_matters(store: Path) -> None:
    asked = " ".join(run(store, "ask", ASKED).out.split())
    assert "a synthesis (36 studies) that does not say which study shows what" in asked
    assert "Power underestimated" in asked
    assert "[harris2021:working-with-power-team]" in asked
    none = " ".join(run(store, "unsupported").out.split())
    assert "3 mechanisms without empirical support" in none
    assert "papers read in full: 442" in none
    assert "papers included: 36" in none
    assert "PubMed" in none
    flow = " ".join(run(store, "flow", "harris2021").out.split())
    assert "[406]" in flow
    assert "All 19 sums hold" in flow


@pytest.mark.process
def test_a_reader_that_leaves_early_causes_no_noise(store: Path) -> None:
    quoted = " ".join(f"'{part}'" for part in COMMAND)
    for arguments in ("show concepts", "flow", "gaps", "show reviews --json"):
        done = subprocess.run(
            ["sh", "-c", f"{quoted} {arguments} | head -1"],
            cwd=ROOT,
            env=environment(THEORYGRAPH_STORE=str(store), COLUMNS="80"),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert len(done.stdout.splitlines()) == 1, arguments
        assert done.stderr == "", arguments


# ---- Text that is not ours ----------------------------------------------------------------------

HOSTILE = (
    f"[bold red]loud[/] [link=file:///x]here[/link] {ESCAPE}[31mred{ESCAPE}[0m \x9b2J \x07 [/nope]"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a made-up review whose texts would steer a terminal."""
    folder = tmp_path_factory.mktemp("hostile")
    bundle = ReviewBundle(
        review=Review(id="made-up", title=HOSTILE, note="Illustrative; not a real review."),
        levels=[Level(id="made-up:ward", name=HOSTILE)],
        sources=[Source(id="made-up:s", kind=SourceKind.PAPER, title=HOSTILE, authors=[HOSTILE])],
        mechanisms=[Mechanism(id="made-up:m", name=HOSTILE, description=HOSTILE)],
        concepts=[Concept(id="made-up:c", name=HOSTILE)],
        evidence=[
            Evidence(
                id="made-up:e",
                source="made-up:s",
                mechanism="made-up:m",
                stance=Stance.SUPPORTS,
                levels=["ward"],
                quote=f"{HOSTILE}\r\nand\n\ton",
            )
        ],
        findings=[Finding(id="made-up:f", kind=Sort.GAP, name=HOSTILE, statement=HOSTILE)],
    )
    settings = Settings(store=str(folder / "store.kgl"))
    with open_store(settings) as opened:
        load_review(opened, bundle)
    return folder / "store.kgl"


@pytest.mark.parametrize(
    "arguments",
    [
        ["gaps"],
        ["evidence"],
        ["show", "mechanisms"],
        ["show", "findings"],
        ["flow"],
    ],
    ids=lambda part: " ".join(part),
)
def test_text_of_others_is_shown_as_text(arguments: list[str], hostile: Path) -> None:
    ran = run(hostile, *arguments, COLUMNS="300")
    assert ran.status == 0, ran.err
    assert "[bold red]loud[/]" in ran.out
    assert "[/nope]" in ran.out
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ran.out)


@pytest.mark.process
def test_text_of_others_does_not_steer_a_terminal(hostile: Path) -> None:
    for arguments in (["evidence"], ["evidence", "--json"], ["gaps"]):
        written = on_a_terminal(hostile, *arguments, columns=300)
        assert f"{ESCAPE}[31mred" not in written
        assert "\x9b" not in written
        assert "\x07" not in written
        assert "file:///x" in written, "shown, not made a link"
        assert f"{ESCAPE}]8" not in written


def test_json_keeps_the_text_of_others_exactly(hostile: Path) -> None:
    found: Any = json.loads(run(hostile, "evidence", "--json").out)
    assert found["items"][0]["quote"] == f"{HOSTILE}\r\nand\n\ton"
    assert found["items"][0]["about"]["name"] == HOSTILE


# ---- The store ----------------------------------------------------------------------------------


@pytest.mark.process
def test_a_served_store_is_read_through_the_server_and_not_written(
    store: Path, tmp_path: Path
) -> None:
    own = copied(store, tmp_path)
    alone = run(own, "gaps")
    with as_process(own) as served:
        assert run(own, "gaps") == alone
        ran = run(own, "load", "examples/harris2021")
        assert (ran.status, ran.out) == (1, "")
        assert "Another process holds the store" in ran.err
        assert f"the server at {served.url} has the store" in ran.err
        assert "stop the server first" in ran.err
        with served.client() as client:
            assert client.get("/gaps").status_code == 200
    assert run(own, "gaps").status == 0, "free again once the server has ended"


@pytest.mark.parametrize("command", [["gaps"], ["serve", "--port", "0"]])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("folder", "is a folder"),
        ("missing", "does not exist"),
        ("garbage", "is not a theorygraph store"),
        ("text", "is not a theorygraph store"),
        ("empty", "is not a theorygraph store"),
        ("scheme", "known: bolt"),
        ("secret", "THEORYGRAPH_STORE_PASSWORD"),
    ],
)
def test_a_store_that_cannot_be_used_is_explained(
    kind: str, said: str, command: list[str], tmp_path: Path
) -> None:
    names = {
        "folder": tmp_path,
        "missing": tmp_path / "nowhere" / "store.kgl",
        "garbage": tmp_path / "garbage.kgl",
        "text": tmp_path / "text.kgl",
        "empty": tmp_path / "empty.kgl",
        "scheme": "ftp://example.org/graph",
        "secret": "bolt://someone:a-secret@localhost:7687",
    }
    contents = {"garbage": bytes(range(256)) * 40, "text": b"a shopping list\n", "empty": b""}
    name = names[kind]
    if kind in contents and isinstance(name, Path):
        name.write_bytes(contents[kind])
    ran = CliRunner().invoke(app, [*command, "--store", str(name)], env={"COLUMNS": "100"})
    assert ran.exit_code == 1
    if kind == "missing" and command == ["gaps"]:
        said = "there is no store at"  # what asks does not look for a folder to make one in
    assert said in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.output
    assert "a-secret" not in ran.output
    if kind in contents:
        assert tmp_path.joinpath(f"{kind}.kgl").read_bytes() == contents[kind]
        assert [file.name for file in tmp_path.iterdir()] == [f"{kind}.kgl"], "nothing is left"


def test_a_port_that_is_taken_is_explained(store: Path, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = run(copied(store, tmp_path), "serve", "--port", port)
    assert ran.status == 1
    assert port in ran.err
    assert "--port" in ran.err


def test_removing_a_review_takes_all_of_it_and_nothing_else(store: Path, tmp_path: Path) -> None:
    own = copied(store, tmp_path / "own")
    folder = illustrative(tmp_path / "folder")

    def command(*arguments: str) -> str:
        ran = CliRunner().invoke(app, [*arguments, "--store", str(own)])
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    before = command("show", "reviews", "--json")
    command("load", str(folder))
    assert "illustrative" in command("show", "reviews", "--json")
    assert "illustrative: 8 records removed" in command("remove", "Illustrative")
    assert command("show", "reviews", "--json") == before


def test_a_map_is_written_and_a_wrong_place_explained(store: Path, tmp_path: Path) -> None:
    ran = run(store, "map", str(tmp_path / "map.html"))
    assert ran.status == 0
    assert "nodes" in ran.out
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!")
    wrong = run(store, "map", str(tmp_path / "nowhere" / "map.html"))
    assert wrong.status == 1
    assert "could not be written" in wrong.err


def test_the_table_of_commands_has_each_one_in_its_module() -> None:
    folder = ROOT / "api" / "cli"
    for path in folder.glob("*.py"):
        import_module(f"api.cli.{path.stem}")
    there = {
        command.name or (command.callback.__name__ if command.callback else ""): command
        for command in app.registered_commands
    }
    made = {
        name.replace("_", "-"): command.callback.__module__
        for name, command in there.items()
        if command.callback
    }
    made["sources"] = "api.cli.sources"
    assert made == {name: f"api.cli.{module}" for name, module in MODULES.items()}
    listed = CliRunner().invoke(app, ["--help"], prog_name="theorygraph").output
    assert all(re.search(rf"^  {name} ", listed, re.MULTILINE) for name in MODULES)
