"""A question to a store that nobody has made is refused at every door; only a load makes one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import EXAMPLES
from typer.testing import CliRunner

from api.cli.main import app
from api.client import Client
from graph.errors import StoreMissing
from graph.questions.records import reviews
from graph.settings import Settings
from graph.stores import open_store

MAKES = {"load", "restore", "serve"}
"""The commands that make a store where there is none."""


def commands(group: Any, *above: str) -> Iterator[tuple[list[str], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *above, name)
        else:
            yield [*above, name], command


def asking() -> Iterator[list[str]]:
    """Each command that looks into a store, with something for all that it must be told."""
    for path, command in commands(typer.main.get_command(app)):
        names = {parameter.name for parameter in command.params}
        if "store" not in names or path[-1] in MAKES:
            continue
        more = ["--review", "nobody"] if path[-1] == "check" else []
        more = ["--from", "nobody"] if path[-1] == "template" else more
        folder = str(EXAMPLES / "harris2021")
        given = {"kind": "reviews", "paths": folder, "folder": folder, "path": "new.html"}
        for parameter in command.params:
            if parameter.param_type_name == "argument" and parameter.required:
                more.append(given.get(str(parameter.name), "nobody"))
        yield [*path, *more]


def test_no_command_that_asks_makes_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = list(asking())
    assert len(asked) > 20
    for arguments in asked:
        ran = CliRunner().invoke(app, arguments, env={"THEORYGRAPH_STORE": "nowhere.kgl"})
        said = " ".join(ran.stderr.split())
        assert ran.exit_code == 1, (arguments, ran.output)
        assert f"there is no store at {tmp_path / 'nowhere.kgl'}" in said, arguments
        assert "`theorygraph load FOLDER` makes one there" in said
        assert ran.stdout == ""
        assert list(tmp_path.iterdir()) == [], arguments


def test_the_client_refuses_it_too(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"nowhere\.kgl"):
        Client.local(str(tmp_path / "deeper" / "nowhere.kgl"))
    assert list(tmp_path.iterdir()) == []


def test_a_load_makes_one_and_a_trial_of_it_does_not(tmp_path: Path) -> None:
    store = tmp_path / "new.kgl"
    folder = str(EXAMPLES / "richmond2020")
    tried = CliRunner().invoke(app, ["load", folder, "--dry-run", "--store", str(store)])
    assert tried.exit_code == 0, tried.output
    assert list(tmp_path.iterdir()) == []
    assert CliRunner().invoke(app, ["load", folder, "--store", str(store)]).exit_code == 0
    asked = CliRunner().invoke(app, ["unsupported", "--store", str(store)])
    assert (asked.exit_code, asked.stderr) == (0, "")


def test_an_empty_store_is_said_to_be_empty(tmp_path: Path) -> None:
    store = tmp_path / "empty.kgl"
    with open_store(Settings(store=str(store))) as made:
        made.prepare()
    asked = CliRunner().invoke(app, ["unsupported", "--store", str(store)])
    assert asked.exit_code == 0
    assert f"{store} holds no review yet" in asked.stderr.replace("\n", "")


def test_a_store_that_was_never_closed_is_there(tmp_path: Path) -> None:
    made = tmp_path / "log.kgl"
    with open_store(Settings(store=str(made))) as store:
        store.prepare()
        assert not made.exists(), "until its first checkpoint it is a log only"
        log = made.with_name("log.kgl-wal").read_bytes()
    copy = tmp_path / "copy.kgl"
    copy.with_name("copy.kgl-wal").write_bytes(log)
    with open_store(Settings(store=str(copy)), absent="refuse") as store:
        assert reviews(store).items == []
