"""Rows of a text that commas, semicolons or tabs part, each with its place in the text."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.errors import Problem

DELIMITERS = ",;\t"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(slots=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells, and where it stands."""

    number: int
    cells: list[str]
    first: int
    after: int


@dataclass(slots=True)
class Rows:
    """The rows of a text; ``broken`` says what ended them early, and in which row."""

    text: str
    delimiter: str
    broken: tuple[int, str] | None = field(default=None)

    def __iter__(self) -> Iterator[Line]:
        """The rows that are not empty."""
        after = 0

        def lines() -> Iterator[str]:
            nonlocal after
            for line in _LINE.finditer(self.text):
                after = line.end()
                yield line[0]

        reader = csv.reader(lines(), delimiter=self.delimiter, strict=False)
        number, first = 0, 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.broken = (number + 1, str(error))
                return
            number += 1
            if after == len(self.text) and (wrong := _left_open(self.text[first:], self.delimiter)):
                self.broken = (number, wrong)
                return
            if any(cell.strip() for cell in cells):
                yield Line(number, cells, first, after)
            first = after


def left_out(file: str, row: int, error: str) -> Problem:
    """What to say of the row that ended a table early: what follows it cannot be told apart."""
    return Problem(
        file=file,
        row=row,
        message="this record was left out: it cannot be read as CSV, nor what follows",
        found=error[:80],
        hint='a quotation mark inside a cell is written twice: ""',
    )


def _left_open(last: str, delimiter: str) -> str | None:
    """What is wrong with the last row of a text, if a quotation mark in it is never closed.

    Then it has swallowed what follows that mark.
    """
    try:
        deque(csv.reader(io.StringIO(last, newline=""), delimiter=delimiter, strict=True), 0)
    except csv.Error as error:
        return str(error) if "end of data" in str(error) else None
    return None


def headers(start: str) -> Iterator[tuple[str, list[str]]]:
    """The first row of a text as each delimiter would part it."""
    line = next((line for line in re.split(r"[\r\n]+", start) if line.strip()), "")
    for delimiter in DELIMITERS:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        if len(cells) > 1:
            yield delimiter, [cell.strip().strip("\ufeff") for cell in cells]
