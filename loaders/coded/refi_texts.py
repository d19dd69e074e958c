"""Texts of a REFI-QDA project, and how the tool that wrote it counts their characters.

The standard counts Unicode code points. NVivo counts UTF-16 units, so behind an emoji its numbers
are off by one; tools differ about line ends too. The reading that fits the selections is taken:
first by the words that they carry as their names, then by where words begin and end.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_CLEARLY = 0.1
"""By how much of all selections another reading must fit better than the standard's."""

Selection = tuple[int, int, str]
"""First position, the position after the last, and the selection's name."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source's text, its hash, and where a position of the project file is in it."""

    text: str
    hash: str
    at: Callable[[int], int]
    counted: str
    """How the positions were read, in words; empty if that is the standard's way."""

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """A selection as characters of the text; nothing if it is not inside the text."""
        if not 0 <= start < end:
            return None
        first, last = self.at(start), self.at(end)
        return (first, last) if first < last <= len(self.text) else None


def source_text(text: str, selections: Sequence[Selection]) -> SourceText:
    """A text with the reading of positions that fits its selections."""
    plain: Callable[[int], int] = _same
    readings: list[tuple[str, Callable[[int], int]]] = [("", plain)]
    if _WIDE.search(text):
        readings.append(("UTF-16 units", _utf16(text)))
    if "\r\n" in text:
        readings.append(("characters, with a line end as one", _one_line_end(text)))
        if _WIDE.search(text):
            narrow = text.replace("\r\n", "\n")
            inner, outer = _utf16(narrow), _one_line_end(text)
            readings.append(
                ("UTF-16 units, with a line end as one", lambda at: outer(inner(at)))
            )
    counted, best = readings[0]
    if len(readings) > 1 and selections:
        scores = [_fit(text, at, selections) for _, at in readings]
        top = max(range(len(scores)), key=lambda one: (scores[one], -one))
        if scores[top] - scores[0] > _CLEARLY:
            counted, best = readings[top]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceText(text, digest, best, counted)


def _same(at: int) -> int:
    return at


def _utf16(text: str) -> Callable[[int], int]:
    wide = [found.start() for found in _WIDE.finditer(text)]
    units = [place + before for before, place in enumerate(wide)]
    return lambda at: at - bisect_left(units, at)


def _one_line_end(text: str) -> Callable[[int], int]:
    ends = [found.start() for found in re.finditer("\r\n", text)]
    shorter = [place - before for before, place in enumerate(ends)]
    return lambda at: at + bisect_left(shorter, at)


def _fit(text: str, at: Callable[[int], int], selections: Sequence[Selection]) -> float:
    """How well selections fit, from 0 to 1: by their names if they have any, else by words."""
    named = [one for one in selections if _told(one)]
    if named:
        hits = sum(_flat(text[at(start) : at(end)]).startswith(_told(one)) for one in named
                   for start, end, _ in [one])
        return hits / len(named)
    hits = 0
    for start, end, _ in selections:
        first, last = at(start), at(end)
        hits += first == 0 or not (text[first - 1 : first] + "x").isalnum() or not text[
            first : first + 1
        ].isalnum()
        hits += not text[last : last + 1].isalnum() or not text[last - 1 : last].isalnum()
    return hits / (2 * len(selections))


def _told(selection: Selection) -> str:
    start, end, name = selection
    flat = _flat(name.rstrip("….\u2026 "))
    return flat if len(flat) >= 8 and len(flat) <= end - start else ""


def _flat(text: str) -> str:
    return "".join(text.split())
