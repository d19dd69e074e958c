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
            readings.append(("UTF-16 units, with a line end as one", lambda at: outer(inner(at))))
    counted, best = readings[0]
    if len(readings) > 1 and selections:
        scores = _fits(text, [at for _, at in readings], selections)
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


def _fits(
    text: str, readings: Sequence[Callable[[int], int]], selections: Sequence[Selection]
) -> list[float]:
    """How well each reading fits the selections, from 0 to 1."""
    told = [(start, end, words) for start, end, name in selections if (words := _words(name))]
    scores = [
        sum(_flat(text[at(start) : at(end)]).startswith(words) for start, end, words in told)
        / max(len(told), 1)
        for at in readings
    ]
    if any(scores):
        return scores
    return [
        sum(_whole(text, at(start)) + _whole(text, at(end)) for start, end, _ in selections)
        / (2 * len(selections))
        for at in readings
    ]


def _whole(text: str, at: int) -> bool:
    """Whether no word is cut at a position."""
    return not (0 < at < len(text)) or not text[at - 1 : at + 1].isalnum()


def _words(name: str) -> str:
    """The beginning of a selection's name as words to look for, if there is enough of it."""
    flat = _flat(name).rstrip("….")
    return flat if len(flat) >= 8 else ""


def _flat(text: str) -> str:
    return "".join(text.split())
