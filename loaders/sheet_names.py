"""The sheets of a workbook: what each is called, and which kind of record a name stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from graph.errors import Problem
from loaders.columns import FILES
from loaders.headings import closest, plain
from loaders.sheets import Sheet

REVIEW_SHEETS = ("Review", "Levels", "Perspectives", "Search", "Flow", "Tallies", "Reporting")
"""Sheets that together say what ``review.yaml`` says."""

_OTHER_TITLES = {"references.csv": "Reference records"}

TITLES: dict[str, str] = {
    file: _OTHER_TITLES.get(file, file.removesuffix(".csv").replace("-", " ").capitalize())
    for file in FILES
}
"""The sheet of each kind of record, by the name of its file in a review folder."""

LISTS = "_Lists"
PROBLEMS = "Problems"
READ_ME = "Read me"

_PASSED_OVER = frozenset({"notes", "note", "readme", "lists", "list", "problems", "instructions"})
_ALSO = {
    "sources.csv": ("papers", "studies", "references", "included studies", "included papers"),
    "configurations.csv": ("cmocs", "cmoc", "cmos", "cmo", "cmo configurations"),
    "theories.csv": ("programme theories", "program theories", "programme theory"),
    "evidence.csv": ("evidence table", "extraction", "data extraction"),
    "history.csv": ("history of mechanisms", "mechanism history"),
    "appraisals.csv": ("appraisal", "quality appraisal"),
    "silenced.csv": ("silences",),
    "same-as.csv": ("sameness",),
    "Search": ("stages", "searches", "search stages"),
    "Flow": ("steps", "search flow", "prisma", "flow diagram"),
    "Tallies": ("stated numbers",),
    "Reporting": ("rameses", "rameses checklist", "reporting checklist"),
}


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", plain(name).casefold())


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    titles = {**TITLES, **{name: name for name in REVIEW_SHEETS}}
    for kind, title in titles.items():
        for name in (title, kind.removesuffix(".csv"), *_ALSO.get(kind, ())):
            key = _key(name)
            found.setdefault(key, kind)
            if key.endswith("ies"):
                found.setdefault(f"{key[:-3]}y", kind)
            elif key.endswith("s") and not key.endswith("ss"):
                found.setdefault(key[:-1], kind)
            else:
                found.setdefault(f"{key}s", kind)
    found["reference"] = found["references"] = "sources.csv"
    return found


def sheet_called(name: str, sheets: Sequence[Sheet], file: str) -> Sheet | Problem:
    """The sheet that somebody names; if there is none of that name, the problem."""
    wanted = plain(name).casefold()
    for sheet in sheets:
        if plain(sheet.name).casefold() == wanted:
            return sheet
    return Problem(
        file=file,
        message="there is no such sheet",
        found=name,
        expected=f"one of {', '.join(sheet.name for sheet in sheets)}",
    )


def passed_over(name: str) -> bool:
    """Whether a sheet is for people only: `Notes`, `Read me`, or a name that begins with `_`."""
    return name.startswith("_") or _key(name) in _PASSED_OVER


def kind_of(name: str) -> tuple[str | None, bool]:
    """The file of a review folder or the sheet of the review that a name stands for.

    The second value is true if the name is misspelt.
    """
    key = _key(name)
    kind = _known().get(key)
    if kind is not None:
        return kind, False
    return closest(key, _known()), True


def sheet_titles() -> list[str]:
    """Every title there is, as messages list them."""
    return [*REVIEW_SHEETS, *TITLES.values()]
