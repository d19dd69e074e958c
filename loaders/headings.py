"""Which column of a sheet is which: the header row is found, and what it says understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.errors import Problem
from loaders.sheets import Line, text_of
from loaders.tables import column_key

LOOKED_AT = 30
"""Rows in which a header row is looked for."""

_CLOSE = 84
_CLEAR = 5
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‐": "-"}
    | {"‑": "-", "–": "-", "—": "-", "\u200b": None, "\ufeff": None, "\u2060": None, "\xad": None}
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One header cell: its place from 0, its text, the column it stands for if it is known.

    ``guessed`` is true if the spelling is not one that is listed.
    """

    place: int
    text: str
    column: str | None
    guessed: bool = False


def plain(text: str) -> str:
    """A text with typewriter quotes, hyphens and spaces, without outer white space."""
    return re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFKC", text.translate(_QUOTES))).strip()


def header_key(text: str) -> str:
    """A header as it is compared: `Levels (if stated) *` is `levels`."""
    words = plain(text).replace("\n", " ")
    bare = _IN_BRACKETS.sub("", words).strip(" *:.?\"'")
    return column_key(bare or words)


def words_of(text: str) -> str:
    """All words of a header: `Mechanism (reasoning)` is `mechanism reasoning`."""
    return re.sub(r"[\W_]+", " ", plain(text).casefold()).strip()


def key_of_header(text: str) -> str:
    """A header as a map of columns is compared with it; of one without words, its signs."""
    return words_of(text) or plain(text)


def headers_of(lines: Sequence[Line]) -> list[str]:
    """The headers that one row gives, or several together: `Mechanism / Resource`.

    A header that is merged over several columns, or that stands before empty cells above headers
    of the row below, is that of each of them.
    """
    rows = [[text_of(value).strip() for value in line.values] for line in lines]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    for line, row, below in zip(lines, rows, rows[1:], strict=False):
        for at in range(1, width) if not line.lent else ():
            if not row[at] and below[at] and row[at - 1] and below[at - 1]:
                row[at] = row[at - 1]
    found = []
    for place in range(width):
        texts: list[str] = []
        for row in rows:
            if row[place] and row[place] not in texts:
                texts.append(row[place])
        found.append(" / ".join(texts))
    return found


def not_in_a_row(
    lines: Sequence[Line], meaning: Callable[[str], str | None], file: str, sheet: str | None
) -> Problem | None:
    """What to say of a table whose headers stand below each other, in its first or second column.

    Args:
        lines: its first rows.
        meaning: what a header is; None if it is none.
        file: the file as messages name it.
        sheet: the sheet.
    """
    for place in (0, 1):
        found = [
            (line, text)
            for line in lines
            if place < len(line.values) and any(value != "" for value in line.values[place + 1 :])
            if (text := text_of(line.values[place]).strip()) and meaning(text)
        ]
        if len({meaning(text) for _, text in found}) < 2:
            continue
        again = len({header_key(text) for _, text in found}) < len(found)
        return Problem(
            file=file,
            sheet=sheet,
            row=found[0][0].number,
            column="AB"[place],
            message="each part of a configuration has a row of its own here"
            if again
            else "this table lies on its side: its headers stand below each other",
            found=", ".join(dict.fromkeys(text for _, text in found))[:120],
            expected="headers in one row, and a configuration in each row below",
            hint="make one row of the rows of a configuration"
            if again
            else "copy it, then Paste Special with Transpose, and save that as a sheet",
        )
    return None


def find_header(lines: Sequence[Line], known: dict[str, str]) -> int | None:
    """The place among the lines of the one that names most columns; the first of equals."""
    best, found = 0, None
    for place, line in enumerate(lines[:LOOKED_AT]):
        texts = {text_of(value) for value in line.values if value != ""}
        count = len({known[key] for text in texts if (key := header_key(text)) in known})
        if count > best:
            best, found = count, place
    if found is not None or not lines:
        return found
    for place, line in enumerate(lines[:LOOKED_AT]):
        if any(one.column for one in read_headings(line, known)):
            return place
    return None


def read_headings(line: Line, known: dict[str, str]) -> list[Heading]:
    """What the cells of a header row stand for; a misspelt one only where nothing else fits.

    Args:
        line: the header row.
        known: every spelling that is understood, with its column.
    """
    headings = []
    taken = set()
    for place, value in enumerate(line.values):
        text = text_of(value).strip()
        if not text:
            continue
        column = known.get(header_key(text))
        headings.append(Heading(place, text, column))
        taken.add(column)
    return [one if one.column is not None else _guess(one, known, taken) for one in headings]


def _guess(heading: Heading, known: dict[str, str], taken: set[str | None]) -> Heading:
    column = closest(header_key(heading.text), known)
    if column is None or column in taken:
        return heading
    taken.add(column)
    return Heading(heading.place, heading.text, column, guessed=True)


def closest(key: str, known: dict[str, str]) -> str | None:
    """What a misspelt word stands for, if one thing is near and nothing else nearly as near."""
    from rapidfuzz import fuzz, process  # only where something was misspelt: it takes a while

    found = process.extract(key, list(known), scorer=fuzz.ratio, score_cutoff=_CLOSE - _CLEAR)
    if not found or found[0][1] < _CLOSE:
        return None
    best = known[found[0][0]]
    rivals = [score for word, score, _ in found if known[word] != best]
    return best if not rivals or rivals[0] <= found[0][1] - _CLEAR else None
