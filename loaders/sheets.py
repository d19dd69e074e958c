"""The sheets of a workbook as rows of values, merged cells filled, whatever program wrote it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from graph.errors import Problem, Severity
from loaders.inflating import Inflated, damaged, encrypted, inflate
from loaders.reading import too_large
from loaders.tables import DELIMITERS, not_csv, read_text
from loaders.workbook_marks import Marks, marks_of

Value = str | float | int | bool | dt.date | dt.time | dt.timedelta

NO_CHARACTER = "_x005F_xFFF"
"""How the spelling of a code point begins that XML has no place for."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MARK = "_x005F"
_TO_SPELL = re.compile(rf"(?<!{_MARK})((?:{_MARK})*)(?:([\ufffe\uffff])|_x(FFF[EF])_)")
_SPELT = re.compile(rf"(?<!{_MARK})((?:{_MARK})+)_x(FFF[EF])_")
_TALLEST = 1 << 20
_SHOWN = 15
"""Digits of a number that a spreadsheet keeps."""


@dataclass(slots=True)
class Line:
    """One row: its number, its values from column A on, and where merged cells were filled.

    ``lent`` are the places (from 0) whose value comes from a merged cell, each with the place at
    which that cell begins; ``heading`` is true if a merged cell is all there is in the row.
    """

    number: int
    values: list[Value]
    lent: dict[int, int] = field(default_factory=dict)
    heading: bool = False


@dataclass(slots=True)
class Sheet:
    """A sheet by name. ``errors`` are cells that hold an error, by row and column from 1."""

    name: str
    lines: Iterator[Line]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)


@contextmanager
def opened(
    path: Path, name: str, max_mb: int, encoding: str | None = None
) -> Iterator[tuple[list[Sheet], list[Problem]]]:
    """The sheets of a workbook while it is open, or the problems that keep it closed.

    Args:
        path: an .xlsx, .xlsm, .xls or .ods file, or a .csv file as a workbook of one sheet.
        name: how messages call it.
        max_mb: how much it may inflate to, in MiB.
        encoding: what a .csv file is in that is not in Unicode.
    """
    if path.suffix.casefold() == ".csv":
        yield _of_csv(path, name, max_mb, encoding)
        return
    problem, inside = _safe(path, name, max_mb)
    if problem is not None:
        yield [], [problem]
        return
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = []
            marked = inside is not None and inside.marked
            marks = marks_of(path, inside.paths) if inside is not None and marked else {}
            for place, about in enumerate(book.sheets_metadata):
                if about.typ is SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_index(place)
                    spans, errors = _extras(path, about.name, place, inside)
                    spans = [*spans, *(sheet.merged_cell_ranges or [])]
                    of_it = marks.get(about.name) or Marks()
                    sheets.append(Sheet(about.name, _lines(sheet, spans), errors, of_it))
    except PasswordError:
        yield [], [encrypted(name)]
    except (CalamineError, OSError, ValueError, TypeError, OverflowError):
        yield [], [damaged(name)]
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        yield [], [damaged(name)]
    else:
        warned = [_old_format(name)] if inside is None else []
        yield sheets, warned if sheets else [damaged(name)]


def _safe(path: Path, name: str, max_mb: int) -> tuple[Problem | None, Inflated | None]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        found = error.strerror or "an error"
        return Problem(file=name, message="the file cannot be read", found=found), None
    if not size:
        return Problem(file=name, message="the file is empty"), None
    beyond = too_large(name, size, max_mb)
    if beyond is not None:
        return beyond, None
    if head == _OLD:
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return encrypted(name), None
        return None, None
    inside, problem = inflate(path, name, max_mb)
    return problem, inside


def _old_format(name: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        file=name,
        message="in this old format a cell with an error such as #REF! looks like an empty one",
        hint="save it as .xlsx",
    )


Span = tuple[tuple[int, int], tuple[int, int]]


def _lines(sheet: Any, spans: list[Span]) -> Iterator[Line]:
    if sheet.start is None:
        return
    if sheet.total_height > _TALLEST:
        raise ValueError("more rows than a sheet has")
    left: int = sheet.start[1]
    lead: list[Value] = [""] * left
    waiting = sorted(span for span in spans if span[0] != span[1])
    active: list[tuple[Span, Value]] = []
    at = 0
    for number, read in enumerate(sheet.iter_rows()):
        filled = any(value != "" and not _blank(value) for value in read)
        if not filled and (at == len(waiting) or waiting[at][0][0] > number):
            continue  # rows without content are made up as wide as the sheet; there may be millions
        values = lead + read if left else read
        if not waiting:
            yield Line(number + 1, values)
            continue
        while at < len(waiting) and waiting[at][0][0] <= number:
            span = waiting[at]
            at += 1
            column = span[0][1]
            if span[0][0] == number and column < len(values):
                active.append((span, values[column]))
        active = [(span, value) for span, value in active if span[1][0] >= number]
        if not filled:
            continue
        own = sum(value != "" for value in values)
        heading = False
        lent = {}
        for ((top, first), (_, last)), value in active:
            if value == "":
                continue
            heading = heading or (own == 1 and top == number and last > first)
            for column in range(first, min(last + 1, len(values))):
                if values[column] == "":
                    values[column] = value
                    lent[column] = first
        yield Line(number + 1, values, lent, heading)


def _blank(value: Value) -> bool:
    return isinstance(value, str) and not value.strip()


def _extras(
    path: Path, sheet: str, place: int, inside: Inflated | None
) -> tuple[list[Span], dict[tuple[int, int], str]]:
    """What the reader of the format does not tell: errors in cells, and merged cells of .ods."""
    if inside is None:
        return [], {}
    if inside.spans:
        return _of_odf(path, place)
    found = inside.errors.get(inside.paths.get(sheet, ""), [])
    return [], {(row, column): text for row, column, text in found}


def _of_odf(path: Path, place: int) -> tuple[list[Span], dict[tuple[int, int], str]]:
    spans: list[Span] = []
    errors: dict[tuple[int, int], str] = {}
    with zipfile.ZipFile(path) as archive:
        tables = list(
            ElementTree.fromstring(archive.read("content.xml"), forbid_dtd=True).iter(
                f"{_ODF}table"
            )
        )
    row = 0
    for line in tables[place].iter(f"{_ODF}table-row") if place < len(tables) else ():
        column = 0
        for cell in line:
            down = _times(cell, "rows-spanned")
            across = _times(cell, "columns-spanned")
            if down * across > 1:
                spans.append(((row, column), (row + down - 1, column + across - 1)))
            if any(key.endswith("}value-type") and one == "error" for key, one in cell.items()):
                errors[row + 1, column + 1] = "".join(cell.itertext()).strip() or "an error"
            column += _times(cell, "columns-repeated")
        row += _times(line, "rows-repeated")
    return spans, errors


def _times(element: Any, what: str) -> int:
    text = element.get(f"{_ODF}number-{what}", "1")
    return max(int(text), 1) if text.isdecimal() else 1


def _of_csv(
    path: Path, name: str, max_mb: int, encoding: str | None
) -> tuple[list[Sheet], list[Problem]]:
    text, problem = read_text(path, name, max_mb, encoding=encoding)
    if text is None:
        return [], [problem] if problem is not None else []
    head = text[:20_000]
    delimiter = max(DELIMITERS, key=lambda one: head.count(one))
    lines = []
    number = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            if any(cell.strip() for cell in row):
                lines.append(Line(number, list(row)))
    except csv.Error as error:
        return [], [not_csv(name, number + 1, error)]
    return [Sheet("", iter(lines))], []


def text_of(value: Value) -> str:
    """A value as the text that a CSV file would hold: 2019.0 as `2019`, dates in ISO form."""
    if isinstance(value, str):
        return unescaped(value) if NO_CHARACTER in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        shown = f"{value:.{_SHOWN}g}"
        return f"{Decimal(shown):f}" if "e" in shown else shown
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        return str(value)
    return value.isoformat()


def spelt(text: str) -> str:
    """A text with the two code points spelt out that XML has no place for.

    Their usual spelling, `_xFFFE_`, is no more than a text to those who read workbooks. So an odd
    number of marks stands before one that is spelt out, and an even one before a text like that.
    """

    def marked(found: re.Match[str]) -> str:
        marks = 2 * len(found[1]) // len(_MARK)
        if found[2]:
            return f"{_MARK * (marks + 1)}_x{ord(found[2]):04X}_"
        return f"{_MARK * marks}_x{found[3]}_"

    return _TO_SPELL.sub(marked, text)


def unescaped(text: str) -> str:
    """The text that :func:`spelt` was given."""

    def meant(found: re.Match[str]) -> str:
        half, odd = divmod(len(found[1]) // len(_MARK), 2)
        return _MARK * half + (chr(int(found[2], 16)) if odd else f"_x{found[2]}_")

    return _SPELT.sub(meant, text)
