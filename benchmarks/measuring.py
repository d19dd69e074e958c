"""Taking times fairly and telling them: interleaved repeats, medians, and tables that pipe well.

What counts is the ratio of two times that were taken alternately in one run, because the absolute
times of a shared machine drift from minute to minute.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

Call = Callable[[], object]
WIDTH_WHEN_PIPED = 118

console = Console(
    width=None if sys.stdout.isatty() else WIDTH_WHEN_PIPED, highlight=False, soft_wrap=False
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the bar: what was measured beside its goal."""

    row: str
    value: float | None
    goal: float
    at_least: bool = False
    note: str = ""

    @property
    def goal_text(self) -> str:
        """The goal as a reader says it."""
        return f"{'≥' if self.at_least else '≤'} {self.goal:g}"

    @property
    def verdict(self) -> str:
        """Met, missed, or why there is no number."""
        if self.value is None:
            return "not measured"
        met = self.value >= self.goal if self.at_least else self.value <= self.goal
        return "met" if met else "missed"


def seconds(call: Call) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def alternately(
    calls: Mapping[str, Call], *, rounds: int, block: int = 1
) -> dict[str, list[float]]:
    """Seconds of each call, taken in turns so that what disturbs one disturbs all.

    Args:
        calls: what to time, by name; each is called once before anything is timed.
        rounds: how many turns each gets.
        block: calls per turn.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    gc.collect()
    for turn in range(rounds):
        order = list(calls.items())
        for name, call in order if turn % 2 == 0 else reversed(order):
            taken[name] += [seconds(call) for _ in range(block)]
    return taken


def by_turn(taken: Sequence[float], block: int) -> list[float]:
    """The median of each turn of :func:`alternately`."""
    return [median(taken[start : start + block]) for start in range(0, len(taken), block)]


def ratio_by_turn(above: Sequence[float], below: Sequence[float], block: int = 1) -> float:
    """The median, over all turns, of the ratio within one turn.

    What slows the machine down for a while slows both sides of a turn, so it cancels out.
    """
    turns = zip(by_turn(above, block), by_turn(below, block), strict=True)
    return median(one / other for one, other in turns)


def percentile(values: Sequence[float], percent: int) -> float:
    """A percentile of at least two values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def reset_peak_memory() -> None:
    """Forget the highest memory use so far, where the system can (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_memory_mb() -> float:
    """The highest memory use of this process since it was last reset, in MiB."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def milliseconds(value: float) -> str:
    """Seconds as milliseconds, with three digits that mean something."""
    thousandths = value * 1000
    return f"{thousandths:.3f}" if thousandths < 10 else f"{thousandths:,.1f}"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows; the first column reads left, the others right."""
    drawn = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for place, head in enumerate(heads):
        drawn.add_column(head, justify="right" if place else "left")
    for row in rows:
        drawn.add_row(*(str(cell) for cell in row))
    console.print(drawn)


def say(text: str) -> None:
    """Print a sentence."""
    console.print(text, markup=False)


def bar(measured: Sequence[Measured]) -> None:
    """Print rows of the bar with their verdicts."""
    drawn = Table(title="The bar", title_justify="left", title_style="bold", header_style="bold")
    drawn.add_column("row", ratio=3)
    drawn.add_column("goal", justify="right", no_wrap=True)
    drawn.add_column("measured", justify="right", no_wrap=True)
    drawn.add_column("verdict", no_wrap=True)
    drawn.add_column("note", ratio=2)
    style = {"met": "green", "missed": "red", "not measured": "yellow"}
    for one in measured:
        value = "–" if one.value is None else f"{one.value:.3g}"
        verdict = f"[{style[one.verdict]}]{one.verdict}[/]"
        drawn.add_row(one.row, one.goal_text, value, verdict, one.note)
    console.print(drawn)
