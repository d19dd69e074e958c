"""The columns of a sheet as a map says what they are, and the values in their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from graph.errors import Problem, Severity
from graph.names import nearest
from loaders.cell_values import (
    arrowed,
    kept_whole,
    labelled,
    parted,
    polarity_of_sign,
    signed,
)
from loaders.columns import OF_SEVERAL, Column, columns
from loaders.columns_file import PARTS, ColumnMap, ColumnUse, targets
from loaders.headings import headers_of, key_of_header, not_in_a_row
from loaders.inflating import column_number, letters
from loaders.sheets import Line

_LETTERS = {"contexts": "C", "mechanisms": "M", "resources": "M|MR|R", "reasonings": "M|MR|R"}
_LETTERS |= {"outcomes": "O"}
LABELS = _LETTERS | {name[:-1]: letters for name, letters in _LETTERS.items()}
"""What labels of values begin with, by the column that the values go to."""


@dataclass(slots=True)
class Telling:
    """Says what is wrong in a sheet, and where."""

    file: str
    sheet: str | None
    problems: list[Problem]

    def __call__(
        self,
        row: int | None,
        column: str | None,
        message: str,
        *,
        severity: Literal[Severity.ERROR, Severity.WARNING] = Severity.ERROR,
        found: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        """Add a problem."""
        self.problems.append(
            Problem(
                severity=severity,
                file=self.file,
                sheet=self.sheet,
                row=row,
                column=column and column[:80],
                message=message,
                found=found and found[:120],
                expected=expected,
                hint=hint,
            )
        )


@dataclass(slots=True)
class MappedColumn:
    """One mapped column: where it is and what it gives."""

    place: int
    header: str
    use: ColumnUse
    file: str = ""
    about: Column | None = None
    parts: dict[str, MappedColumn] = field(default_factory=dict)
    """What the parts that its cells name are, if they hold whole configurations."""

    @property
    def says(self) -> bool:
        """Whether its cells say something of configurations or their evidence."""
        return bool(self.file or self.parts)

    @property
    def key(self) -> str:
        """The column of the review folder that it fills."""
        return self.about.name if self.about is not None else self.use.to

    @property
    def is_id(self) -> bool:
        """Whether its cells are ids of configurations."""
        return self.file == "configurations.csv" and self.key == "id"

    @property
    def is_source(self) -> bool:
        """Whether its cells cite sources."""
        return self.file == "evidence.csv" and self.key == "source"

    @property
    def before(self) -> str | None:
        """The column that what stands before an arrow goes to."""
        return targets()[self.use.before_arrow][1] if self.use.before_arrow is not None else None


class MappedColumns:
    """The columns of a sheet by their places."""

    def __init__(self, column_map: ColumnMap, tell: Telling) -> None:
        self.map = column_map
        self.tell = tell
        self.by_place: dict[int, MappedColumn] = {}
        self.by_header = {
            key_of_header(header): (header, use) for header, use in column_map.columns.items()
        }

    def __iter__(self) -> Iterator[MappedColumn]:
        return iter(self.by_place.values())

    @property
    def has_ids(self) -> bool:
        """Whether a column has the ids of configurations."""
        return any(one.is_id for one in self)

    def headers(self, file: str) -> dict[str, str]:
        """The columns of a file of a review folder that they fill, with their headers."""
        found: dict[str, str] = {}
        for one in (part for whole in self for part in (whole, *whole.parts.values())):
            if one.file != file:
                continue
            keys = [one.key, one.before, "polarity" if one.use.signs else None]
            for key in filter(None, keys):
                found.setdefault(key, one.header)
        return found

    def find(self, lines: list[Line]) -> int | None:
        """The place among the lines of the first row of headers."""
        if self.map.header_row is not None:
            found = [at for at, line in enumerate(lines) if line.number == self.map.header_row]
            if found:
                return found[0]
        counts = [
            len(set(map(key_of_header, self._headers(lines, at))) & set(self.by_header))
            for at in range(len(lines))
        ]
        if max(counts, default=0) < 2:
            told = not_in_a_row(lines, self._named, self.tell.file, self.tell.sheet)
            if told is not None:
                self.tell.problems.append(told)
                return None
        if self.map.header_row is None and counts and max(counts):
            return counts.index(max(counts))
        self.tell(
            self.map.header_row,
            None,
            "no row of this sheet has the headers that the map names",
            expected=", ".join(self.map.columns)[:200],
        )
        return None

    def _named(self, text: str) -> str | None:
        """What the map calls a header; None if it names none such."""
        named = self.by_header.get(key_of_header(text))
        return None if named is None else named[0]

    def _headers(self, lines: list[Line], at: int) -> list[str]:
        return [text for text in headers_of(lines[at : at + self.map.header_rows]) if text]

    def take(self, head: list[Line]) -> None:
        """Take the columns that the rows of headers name."""
        headers = headers_of(head)
        met = {
            self.take_one(place, header, head[0].number)
            for place, header in enumerate(headers)
            if header
        }
        for header in self.map.columns:
            at = place_of(header)
            unnamed = at is not None and not (at < len(headers) and headers[at])
            if header in met or unnamed:
                continue
            close = nearest(header, [text for text in headers if text], limit=1)
            self.tell(
                head[0].number,
                header,
                "the sheet has no such column",
                hint=f"did you mean {close[0]!r}?" if close else None,
            )

    def take_one(self, place: int, header: str, row: int) -> str | None:
        """Take a column as the map says; the header by which the map names it."""
        by_letter = f"column {letters(place + 1)}"
        shown = header or by_letter
        named = self.by_header.get(by_letter.casefold()) or self.by_header.get(key_of_header(shown))
        if named is None:
            self.tell(
                row,
                shown,
                "the map does not say what this column is; it is kept as a note",
                severity=Severity.WARNING,
            )
            self.by_place[place] = MappedColumn(place, shown, ColumnUse(to="note"))
            return None
        one = self.by_place[place] = _column(place, shown, named[1])
        if named[1].to == PARTS:
            one.parts = {
                part: _column(place, shown, named[1].model_copy(update={"to": to}))
                for part, to in _PARTS_ARE.items()
            }
            if named[1].mechanism is not None:
                use = named[1].model_copy(update={"to": named[1].mechanism})
                one.parts["mechanism"] = _column(place, shown, use)
        return named[0]


_PARTS_ARE = {
    part: f"configurations.{part}"
    for part in ("context", "mechanism", "resource", "reasoning", "outcome")
}


def _column(place: int, header: str, use: ColumnUse) -> MappedColumn:
    file, column = targets().get(use.to, ("", ""))
    return MappedColumn(place, header, use, file, columns(file)[column] if file else None)


def values_of(
    one: MappedColumn, text: str, separator: str | None
) -> tuple[list[tuple[str, str]], bool]:
    """The values of a cell, each with the column of the review folder that it goes to.

    The second answer is true if labels of values were taken away.
    """
    if one.about is None or one.about.shape not in OF_SEVERAL:
        sign = polarity_of_sign(text) if one.key == "polarity" else None
        return [(one.key, sign or text)], False
    pieces = labelled(text, LABELS.get(one.key, "[A-Z]")) if one.use.labels else None
    values: list[tuple[str, str]] = []
    polarities = set()
    for piece in pieces if pieces is not None else [text]:
        for part in parted(piece, one.use.separator or separator, signs=one.use.signs):
            found = signed(part) if one.use.signs else None
            value, polarity = found or (part, "")
            polarities.add(polarity)
            sides = arrowed(value) if one.before is not None else None
            if one.before is not None and sides is not None:
                values.append((one.before, kept_whole(sides[0])))
            values.append((one.key, kept_whole(sides[1] if sides else value)))
    polarities.discard("")
    if polarities:
        values.append(("polarity", polarities.pop() if len(polarities) == 1 else "mixed"))
    return values, pieces is not None


def place_of(header: str) -> int | None:
    """The place from 0 of a column that a map calls by its letter: `column B`."""
    found = re.fullmatch(r"column ([a-z]{1,3})", header.strip(), re.IGNORECASE)
    return None if found is None else column_number(found[1].upper()) - 1
