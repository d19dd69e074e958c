"""The command line for tests: in this process, or in one of its own as a user starts it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typer.testing
from typer.testing import CliRunner

from api.cli import console
from api.cli.main import app

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]

# All commands with their options are made of the code once, not for each command that runs.
typer.testing._get_command = cache(typer.testing._get_command)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str
    both: str = ""
    """Of a command in this process: what it wrote to either, in order."""


def environment(**more: str) -> dict[str, str]:
    """What a command is started with: this environment, without settings of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("THEORYGRAPH_")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100", **more}


def run_here(*arguments: object, cwd: Path, variables: Mapping[str, str]) -> Ran:
    """``theorygraph …`` in this process: its settings, folder, width and streams are its own.

    An error that the command does not expect is raised, where a user would see a traceback.
    """
    given = environment(**variables)
    gone: dict[str, None] = {name: None for name in os.environ if name not in given}
    was = console.out.width, console.err.width
    console.err.width = int(given["COLUMNS"])
    console.out.width = max(console.err.width, console.NARROWEST)
    try:
        with contextlib.chdir(cwd):
            ran = CliRunner().invoke(
                app,
                [str(argument) for argument in arguments],
                env={**given, **gone},
                prog_name="theorygraph",
                terminal_width=max(min(console.err.width, 80) - 2, 50),  # as for a real window
                catch_exceptions=False,
            )
    finally:
        console.out.width, console.err.width = was
    return Ran(ran.exit_code, ran.stdout, ran.stderr, ran.output)


def run_as_process(*arguments: object, cwd: Path, variables: Mapping[str, str]) -> Ran:
    """``theorygraph …`` in a process of its own, its output in pipes."""
    done = subprocess.run(
        [*COMMAND, *(str(argument) for argument in arguments)],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
