"""Writing to a terminal or a pipe: one console for answers, one for everything else."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pydantic import BaseModel
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from graph.answers.labels import label
from graph.errors import Problem, Rejected, Severity, TheorygraphError

NARROWEST = 40
"""Columns of a pipe, at least."""


def _width() -> int | None:
    # A pipe has no width of its own: give text room, and let the reader's tools cut it.
    if sys.stdout.isatty():
        return None
    return max(shutil.get_terminal_size((100, 24)).columns, NARROWEST)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

out = Console(width=_width(), highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)


def plain(text: str, style: str = "") -> Text:
    """Text from data: never read as markup, and never able to steer the terminal."""
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))
    return Text(shown, style=style)


def say(text: str = "", style: str = "") -> None:
    """A line of an answer; what does not fit goes on below it, two columns further in."""
    words = text.lstrip(" ")
    indent = len(text) - len(words)
    lines = plain(words, style).wrap(out, max(out.width - indent - 2, 20))
    for number, line in enumerate(lines or [Text()]):
        line.rstrip()
        out.print(Text(" " * (indent + (2 if number else 0))).append_text(line), soft_wrap=True)


def next_commands(*commands: str, lead: str = "Next") -> None:
    """What may be done next: each a line that works as it is printed, so it is never wrapped."""
    for line in commands:
        out.print(plain(f"{lead}: {line}", "dim"), soft_wrap=True)


def field(name: str, value: object, indent: int = 2) -> None:
    """A named value on a line of its own, if there is one."""
    if value not in (None, "", [], {}):
        shown = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        say(f"{' ' * indent}{name}: {shown}")


def told(record: BaseModel, *names: str, indent: int = 2) -> None:
    """Fields of a record, each by its one word, where it has a value."""
    for name in names:
        field(label(name), getattr(record, name), indent)


def number(n: int, one: str) -> str:
    """A number of things, in the singular or the plural."""
    return f"{n} {one if n == 1 else one + 's'}"


def more(next_: str | None) -> None:
    """How to see the next page, if there is one."""
    if next_ is not None:
        say(f"More: add --after {next_}", "dim")


def tell(text: str, style: str = "") -> None:
    """A line beside the answer, on standard error."""
    err.print(plain(text, style), soft_wrap=not err.is_terminal)


def show(answer: BaseModel, as_json: bool, render: Callable[[], None]) -> None:
    """An answer as the JSON that HTTP returns, or as text."""
    if as_json:
        # JSON leaves some control characters as they are; as escapes they mean the same.
        json = _CONTROL.sub(
            lambda found: f"\\u{ord(found[0]):04x}", answer.model_dump_json(indent=2)
        )
        sys.stdout.write(json + "\n")
    else:
        render()


def show_problems(problems: list[Problem], most: int) -> None:
    """Problems one by one, errors first, and how many there are."""
    ordered = sorted(problems, key=lambda problem: problem.severity is Severity.WARNING)
    for problem in ordered[:most]:
        warning = problem.severity is Severity.WARNING
        tell(f"{problem.severity.value}: {problem.sentence()}", "yellow" if warning else "red")
    if len(ordered) > most:
        tell(f"... and {len(ordered) - most} more (THEORYGRAPH_MAX_PROBLEMS lists more)")


def show_error(error: TheorygraphError, most: int) -> None:
    """An error of this house, with its hint."""
    if isinstance(error, Rejected):
        show_problems(error.problems, most)
    tell(f"{error.title}: {error.detail}", "bold red")
    if error.hint:
        tell(f"  {error.hint}")


class _Bar:
    """A load as it goes on: what is being done, how much of it, and for how long."""

    def __init__(self, bar: Progress, what: str) -> None:
        self._bar = bar
        self._what = what
        self._task = bar.add_task(f"Reading {what}", total=None)

    def expect(self, total: int) -> None:
        self._bar.update(self._task, description=f"Loading {self._what}", total=total)

    def __call__(self, label: str, count: int) -> None:
        self._bar.update(self._task, advance=count, description=f"Loading {self._what}: {label}")


@contextmanager
def loading(what: str) -> Iterator[_Bar]:
    """Progress of a load on a terminal, with counts; silence in a pipe."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as bar:
        yield _Bar(bar, what)
