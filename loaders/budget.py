"""What reading the files of one load, check or text may come to, however they are nested.

Readers spend as they go; what goes beyond is refused with the setting that allows more. Outside of
:func:`within` nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from graph.errors import Problem, Rejected, TooLarge, problems_go_to
from graph.settings import Settings

_SAID = {
    "unpacked": ("{most:,} MB when they are unpacked", "MAX_UNPACKED_MB"),
    "files": ("{most:,} files", "MAX_LOAD_FILES"),
    "rows": ("{most:,} rows and records", "MAX_LOAD_ROWS"),
    "text": ("{most:,} million characters in cells and records", "MAX_LOAD_TEXT"),
}
_MILLION = {"unpacked": 1 << 20, "text": 1_000_000}


@dataclass(slots=True)
class Budget:
    """What is left of each thing that is counted, and the first problems that were met."""

    settings: Settings
    left: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    met: int = 0

    @classmethod
    def of(cls, settings: Settings) -> Budget:
        """A budget of which nothing is spent."""
        return cls(
            settings, {what: _most(settings, what) * _MILLION.get(what, 1) for what in _SAID}
        )

    def note(self, problem: Problem) -> None:
        """A problem was made.

        Raises:
            Rejected: there are more than are kept; it carries the first.
        """
        self.met += 1
        if self.met <= self.settings.max_problems:
            self.problems.append(problem)
        if self.met == self.settings.max_problems_kept + 1:
            most = self.settings.max_problems_kept
            last = Problem(
                message=f"there are more than {most:,} problems, so no further was looked",
                hint="mend those first, or raise THEORYGRAPH_MAX_PROBLEMS_KEPT",
            )
            raise Rejected([last, *self.problems])


_HERE: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def within(settings: Settings) -> Iterator[None]:
    """Count what is read in the body against one budget; a budget that is open already goes on."""
    if _HERE.get() is not None:
        yield
        return
    budget = Budget.of(settings)
    token, noted = _HERE.set(budget), problems_go_to.set(budget.note)
    try:
        yield
    finally:
        problems_go_to.reset(noted)
        _HERE.reset(token)


def spend(what: str, amount: int = 1) -> None:
    """Take from what may be read: `unpacked` bytes, `files`, `rows`, characters of `text`.

    Raises:
        TooLarge: that is more than is left.
    """
    budget = _HERE.get()
    if budget is None:
        return
    budget.left[what] -= amount
    if budget.left[what] < 0:
        said, name = _SAID[what]
        raise TooLarge(
            f"the files come to more than {said.format(most=_most(budget.settings, what))}",
            hint=f"split them, or raise THEORYGRAPH_{name}",
        )


def foresee(what: str, amount: int) -> None:
    """Refuse at once what :func:`spend` would refuse later; nothing is taken.

    Raises:
        TooLarge: that is more than is left.
    """
    budget = _HERE.get()
    if budget is not None and amount > budget.left[what]:
        spend(what, amount)


def _most(settings: Settings, what: str) -> int:
    most: int = getattr(settings, _SAID[what][1].lower())
    return most
