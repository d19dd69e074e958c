"""One sheet with records as a table: forgiving about its form, never about what it says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from graph.cells import ERRORS, restored
from graph.errors import Problem, Severity
from loaders.cell_tally import EXAMPLES, CellTally, cells_in
from loaders.columns import Column, spellings_of
from loaders.headings import LOOKED_AT, Heading, find_header, plain, read_headings
from loaders.inflating import letters
from loaders.sheets import NO_CHARACTER, Line, Sheet, Value, text_of, unescaped
from loaders.tables import Row, Table

EXAMPLE = "EXAMPLE"
"""What the id of a row begins with that is an example and is passed over."""

EXAMPLE_MARK = "example (ignored)"
"""What the first cell of such a row may say instead."""

_EXAMPLE_ID = re.compile(rf"{EXAMPLE}(?![A-Za-z])")
_WHOLE = re.compile(r"-?\d+\.0+")
_UNSEEN = str.maketrans({"\xa0": " ", "\u202f": " ", "\u200b": None, "\ufeff": None, "\xad": None})
_EXACT = frozenset({"quote"})
_KEYWORDS = frozenset({"choice", "yes/no", "number", "reference", "references"})
_KEYED = frozenset({"id", "same_as", "levels", "span", "text_hash", "pmid"})
_NO_DATES = frozenset({"id", "locator", "pages", "issue", "volume", "span", "reference", "number"})
_DIGITS = 10**15


@dataclass(frozen=True, slots=True)
class _Reads:
    """How the cells of one column are read: as they are, if there is no ``text``."""

    place: int
    column: Column
    header: str
    name: str
    text: Callable[[str], str] | None


def _reader_of(column: Column) -> Callable[[str], str] | None:
    if column.name in _EXACT:
        return None
    if column.shape == "number":
        return _number
    if column.shape in ("choice", "yes/no"):
        return _choice
    if column.shape in _KEYWORDS or column.name in _KEYED:
        return _keyword
    return _part if column.shape == "parts" else None


def _keyword(text: str) -> str:
    return text.strip() if text.isascii() else plain(text)


def _number(text: str) -> str:
    written = _keyword(text)
    return written.partition(".")[0] if _WHOLE.fullmatch(written) else written


def _choice(text: str) -> str:
    return text if text.isalpha() else _keyword(text).strip("\"' ")


def _part(text: str) -> str:
    return text if text.isascii() else text.translate(_UNSEEN)


@dataclass(slots=True)
class ReadSheet:
    """A sheet's rows under known columns; ``examples`` were passed over."""

    table: Table
    examples: int = 0


def read_sheet(sheet: Sheet, file: str, known: dict[str, Column], tally: CellTally) -> ReadSheet:
    """Read the records of a sheet.

    Args:
        sheet: the sheet.
        file: the workbook as messages name it.
        known: the columns it may have, by name.
        tally: the count of its cells.
    """
    return _Reader(sheet, file, known, tally).read()


class _Reader:
    def __init__(self, sheet: Sheet, file: str, known: dict[str, Column], tally: CellTally) -> None:
        self.sheet = sheet
        self.tally = tally
        self.known = known
        self.table = Table(file, sheet=sheet.name or None)
        self.examples = 0
        self.reads: list[_Reads] = []
        self.extra: dict[int, str] = {}
        self.used_extra: set[int] = set()

    def read(self) -> ReadSheet:
        first = list(islice(self.sheet.lines, LOOKED_AT))
        if not first:
            return ReadSheet(self.table)
        spellings = spellings_of(self.known)
        at = find_header(first, spellings)
        if at is None:
            self._say(
                first[0].number,
                None,
                "no row of this sheet names its columns",
                expected=f"columns such as {', '.join(list(self.known)[:4])}",
            )
            self.table.complete = False
            cells = cells_in(chain(first, self.sheet.lines), self.sheet.errors)
            self.tally.pass_over("in a sheet without headers", cells + len(self.sheet.errors))
            return ReadSheet(self.table)
        self.tally.pass_over("above the headers", cells_in(first[:at], self.sheet.errors))
        self.tally.read += cells_in([first[at]], self.sheet.errors)
        self.table.header_row = first[at].number
        self._take_headings(read_headings(first[at], spellings))
        self._rows(chain(first[at + 1 :], self.sheet.lines))
        self._errors()
        self._tell_extra()
        self.table.problems += self.sheet.marks.told(self.table.file, self.table.sheet)
        return ReadSheet(self.table, self.examples)

    def _take_headings(self, headings: list[Heading]) -> None:
        for one in headings:
            if one.column is None:
                self.extra[one.place] = one.text
                continue
            column = self.known[one.column]
            reads = _Reads(one.place, column, one.text, column.name, _reader_of(column))
            self.reads.append(reads)
            self.table.headers.setdefault(one.column, one.text)
            if one.guessed:
                self._warn(
                    self.table.header_row,
                    one.text,
                    f"this column was read as {one.column!r}",
                    hint=f"write {one.column!r}, or another name if it is something else",
                )
        self.table.columns = list(self.table.headers)

    def _rows(self, lines: Iterator[Line]) -> None:
        headed = {one.place for one in self.reads} | set(self.extra)
        widest = 0
        id_at = next((one.place for one in self.reads if one.column.name == "id"), None)
        before: Row | None = None
        for line in lines:
            if len(line.values) > widest:
                for place in set(range(widest, len(line.values))) - headed:
                    self.extra[place] = f"column {letters(place + 1)}"
                widest = len(line.values)
            if line.heading:
                shown = next(text_of(value) for value in line.values if value != "")
                self._warn(
                    line.number, None, "a heading across the row; it was passed over", found=shown
                )
                self.tally.pass_over("in headings across the row", 1)
                continue
            if self._is_example(line, id_at):
                self.examples += 1
                self.tally.pass_over(EXAMPLES, cells_in([line], self.sheet.errors))
                continue
            row = self._row(line)
            if id_at in line.lent and before is not None:
                _join(before, row)
                continue
            self.table.rows.append(row)
            before = row

    def _is_example(self, line: Line, id_at: int | None) -> bool:
        if id_at is not None and id_at < len(line.values):
            found = line.values[id_at]
            if isinstance(found, str) and _EXAMPLE_ID.match(found.strip()):
                return True
        first = next((value for value in line.values if value != ""), "")
        return isinstance(first, str) and first.strip().casefold().startswith(EXAMPLE_MARK)

    def _row(self, line: Line) -> Row:
        cells: dict[str, list[str]] = {}
        values = line.values
        width = len(values)
        read = unseen = 0
        for one in self.reads:
            if one.place >= width or (value := values[one.place]) == "":
                continue
            if not isinstance(value, str):
                value = self._plain(value, line.number, one)
            elif value[0] in "#'":
                if value.strip() in ERRORS:
                    self.sheet.errors.setdefault((line.number, one.place + 1), value.strip())
                    continue
                value = restored(value)
            if NO_CHARACTER in value:
                value = unescaped(value)
            text = value if one.text is None else one.text(value)
            if text and not text.isspace():
                read += one.place not in line.lent
                if one.name in cells:
                    cells[one.name].append(text)
                else:
                    cells[one.name] = [text]
            elif value.strip():
                unseen += one.place not in line.lent
            if line.lent and line.lent.get(one.place, one.place) != one.place:
                self._tell_lent(line, one)
        noted = self._keep_extra(line, cells) if self.extra else 0
        self.tally.row(line.number, read=read, noted=noted)
        self.tally.pass_over("whose characters cannot be seen", unseen)
        return Row(line.number, cells)

    def _plain(self, value: Value, row: int, one: _Reads) -> str:
        text = text_of(value)
        name, shape = one.column.name, one.column.shape
        if isinstance(value, dt.date):
            if name == "year":
                return str(value.year)
            if name in _NO_DATES or shape in ("number", "reference", "references", "parts"):
                self._warn(
                    row,
                    one.header,
                    "the cell holds a date",
                    found=text,
                    hint="a spreadsheet makes dates of texts such as 4-5; format it as text",
                )
        elif isinstance(value, float | int) and abs(value) >= _DIGITS:
            self._warn(
                row,
                one.header,
                "a spreadsheet keeps 15 digits of a number, and this has more",
                found=text,
                hint="format the cell as text and write it again",
            )
        return text

    def _tell_lent(self, line: Line, one: _Reads) -> None:
        begins = line.lent[one.place]
        other = next((read.column.name for read in self.reads if read.place == begins), None)
        if other is not None and other != one.column.name:
            self._warn(
                line.number,
                one.header,
                f"merged cells: the value was taken for {other} and for {one.column.name}",
                hint="split the merged cell if only one of them is meant",
            )

    def _keep_extra(self, line: Line, cells: dict[str, list[str]]) -> int:
        """Keep the cells of unknown columns as a note, and say how many were kept."""
        kept = []
        for place, header in self.extra.items():
            if place >= len(line.values):
                continue
            text = text_of(line.values[place]).strip()
            if text and place not in line.lent:
                self.used_extra.add(place)
                kept.append(f"{header}: {text}")
        if "note" not in self.known:
            self.tally.pass_over("in unknown columns, of records that have no note", len(kept))
            return 0
        if kept:
            cells["note"] = ["\n".join([*cells.get("note", []), *kept])]
        return len(kept)

    def _errors(self) -> None:
        reads = {one.place + 1: one for one in self.reads}
        for (row, place), text in sorted(self.sheet.errors.items()):
            if row <= self.table.header_row:
                self.tally.pass_over("with errors of the spreadsheet above the rows", 1)
                continue
            self.tally.refused += 1
            one = reads.get(place)
            severity = Severity.WARNING if one is None else Severity.ERROR
            header = one.header if one else self.extra.get(place - 1)
            self._say(
                row,
                header,
                "the cell holds an error of the spreadsheet",
                severity=severity,
                found=text,
                hint="mend the formula, or write the value itself",
            )
            if one is not None:
                self.table.refused.add(row)

    def _tell_extra(self) -> None:
        for place in sorted(self.used_extra):
            header = self.extra[place]
            kept = "note" in self.known
            self._warn(
                self.table.header_row,
                header,
                "unknown column; its cells are kept in the note of each row"
                if kept
                else "unknown column; it is not kept, for these records have no note",
                expected=f"one of {', '.join(self.known)}",
            )

    def _say(
        self,
        row: int,
        column: str | None,
        message: str,
        *,
        severity: Severity = Severity.ERROR,
        found: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.table.problems.append(
            Problem(
                severity=severity,
                file=self.table.file,
                sheet=self.table.sheet,
                row=row,
                column=column and column[:80],
                message=message,
                found=found and found[:120],
                expected=expected,
                hint=hint,
            )
        )

    def _warn(
        self,
        row: int,
        column: str | None,
        message: str,
        *,
        found: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self._say(
            row,
            column,
            message,
            severity=Severity.WARNING,
            found=found,
            expected=expected,
            hint=hint,
        )


def _join(row: Row, more: Row) -> None:
    # An id that is merged over several rows is one record that was written on several.
    for name, texts in more.cells.items():
        held = row.cells.setdefault(name, [])
        held += [text for text in texts if text not in held]
        if name == "note":
            held[:] = ["\n".join(held)]
