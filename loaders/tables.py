"""Reading one CSV file into rows of cells, or saying exactly why it cannot be read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.cells import restored
from graph.errors import Problem
from graph.names import nearest
from loaders.budget import spend
from loaders.reading import too_large
from loaders.references.encodings import codec_named

DELIMITERS = (",", ";", "\t")
csv.field_size_limit(2**31 - 1)  # how long a text may be is the models' business, not the parser's

_ENDING_NUMBER = re.compile(r"[\s_-]*\d+$")
_ARCHIVES = {
    b"PK\x03\x04": "an Excel workbook or another zip",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
}


@dataclass(slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by column, in file order."""

    number: int
    cells: dict[str, list[str]]

    def __post_init__(self) -> None:
        """Count it: whatever its format, what is read becomes rows."""
        spend("rows")
        spend("text", sum(sum(map(len, cells)) for cells in self.cells.values()))

    def text(self, column: str) -> str:
        """The first cell of a column without outer white space; empty if there is none."""
        cells = self.cells.get(column)
        return cells[0].strip() if cells else ""


@dataclass(slots=True)
class Table:
    """A file's rows under known column names, with what was wrong with the file itself.

    ``headers`` gives each column the header that the file itself uses, for messages. ``refused``
    are the numbers of rows that do not fit the header, ``wrong`` of those that were found to be no
    records later on; ``complete`` is false if rows were not read.
    ``file`` is the file as messages name it, ``sheet`` the sheet if it is a workbook.
    """

    file: str
    sheet: str | None = None
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    header_row: int = 1
    refused: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)
    complete: bool = True

    @property
    def row_numbers(self) -> set[int]:
        """Every row that was met, the refused ones included."""
        return self.refused.union(row.number for row in self.rows)


def read_text(
    path: Path,
    name: str,
    max_mb: int,
    hint: str = "split it, or raise THEORYGRAPH_MAX_FILE_MB",
    encoding: str | None = None,
) -> tuple[str | None, Problem | None]:
    """The text of a file in UTF-8, or UTF-16 that says so, or the problem that it cannot be read.

    ``hint`` says what to do with a file of more than ``max_mb``; ``encoding`` is what a person
    says that a file is in which is not in Unicode.
    """
    beyond = too_large(name, path.stat().st_size, max_mb, hint)
    if beyond is not None:
        return None, beyond
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, Problem(
            file=name, message="the file cannot be read", found=error.strerror or "an error"
        )
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return None, Problem(
            file=name,
            message="the file is empty",
            hint="write a header row and the records, or delete the file",
        )
    for magic, what in _ARCHIVES.items():
        if data.startswith(magic):
            return None, Problem(
                file=name,
                message="this is not a text file",
                found=what,
                expected="a text file in UTF-8",
                hint="in the spreadsheet, save the sheet as 'CSV UTF-8'",
            )
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            return None, _encoding_problem(name, 1, "UTF-16 that is damaged")
        if b"\x00" in data[:4096]:
            return None, Problem(
                file=name,
                message="this is not a text file",
                found="binary data",
                expected="a text file in UTF-8",
            )
        if encoding is not None:
            return _said_to_be(data, name, encoding)
        before = data[: error.start].decode("utf-8-sig")
        line = len(before.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        return None, _encoding_problem(name, line, f"the byte 0x{data[error.start]:02X}")
    if "\x00" in text:
        return None, Problem(
            file=name,
            message="this is not a text file",
            found="binary data",
            expected="a text file in UTF-8",
        )
    return text, None


def _said_to_be(data: bytes, name: str, encoding: str) -> tuple[str | None, Problem | None]:
    codec = codec_named(encoding)
    if codec is None:
        return None, Problem(
            file=name,
            column="--encoding",
            message="there is no such encoding",
            found=encoding,
            expected="one such as cp1252, cp1250, cp1251, mac_roman",
        )
    try:
        return data.decode(codec), None
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n|\r|\n", data[: error.start]))
        return None, Problem(
            file=name,
            row=line,
            message=f"the file is neither in UTF-8 nor in {encoding}",
            found=f"the byte 0x{data[error.start]:02X}",
            hint="in the spreadsheet, save it as 'CSV UTF-8'",
        )


def _encoding_problem(name: str, line: int, found: str) -> Problem:
    return Problem(
        file=name,
        row=line,
        message="the file is not in UTF-8",
        found=found,
        expected="UTF-8",
        hint="in the spreadsheet, save it as 'CSV UTF-8', or say what it is in: --encoding cp1252 "
        "is what Excel for Windows writes in Western Europe",
    )


def column_key(header: str) -> str:
    """`Context 2` as `context`, `Said by` as `said_by`: how headers are compared."""
    words = _ENDING_NUMBER.sub("", header.strip().casefold())
    return re.sub(r"[\s_-]+", "_", words)


def read_table(
    path: Path, name: str, known: dict[str, str], max_mb: int, encoding: str | None = None
) -> Table:
    """Read a CSV file whose headers are in ``known`` (spelling -> column).

    Comma, semicolon or tab, any line end, with or without a byte-order mark. Cells keep their text
    exactly; blank rows are passed over. All problems of the file are in the table.
    """
    table = Table(name)
    text, problem = read_text(path, name, max_mb, encoding=encoding)
    if text is None:
        if problem is not None:
            table.problems.append(problem)
        table.complete = False
        return table
    delimiter = _delimiter(text, known)
    records = _records(text, delimiter, table)
    table.header_row, header = next(
        ((number, cells) for number, cells in records if any(cell.strip() for cell in cells)),
        (1, []),
    )
    if not header and not table.problems:
        table.problems.append(
            Problem(
                file=name,
                message="the file has no header row",
                expected=f"the names of columns, such as {', '.join(list(known)[:3])}",
            )
        )
        table.complete = False
    columns = _columns(header, known, table)
    unnamed = [index for index, cell in enumerate(header) if not cell.strip()]
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        stray = [cell for cell in cells[len(header) :] if cell.strip()]
        stray += [cells[index] for index in unnamed if index < len(cells) and cells[index].strip()]
        if stray:
            table.problems.append(
                Problem(
                    file=name,
                    row=number,
                    message="the row has more cells than the header",
                    found=stray[0][:80],
                    expected=f"{len(header) - len(unnamed)} cells",
                    hint="is a cell with a delimiter in it missing its quotes?",
                )
            )
            table.refused.add(number)
        row: dict[str, list[str]] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column is not None and cell:
                row.setdefault(column, []).append(restored(cell))
        table.rows.append(Row(number, row))
    return table


def _delimiter(text: str, known: dict[str, str]) -> str:
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]

    def recognised(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(column_key(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=recognised)


def not_csv(file: str, row: int, error: csv.Error) -> Problem:
    """What to say of a file with a row that is no CSV."""
    return Problem(
        file=file,
        row=row,
        message="the row cannot be read as CSV, so nothing after it was read",
        found=str(error),
        hint='a quotation mark inside a cell is written twice: ""',
    )


def _records(text: str, delimiter: str, table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.problems.append(not_csv(table.file, number + 1, error))
            table.refused.add(number + 1)
            table.complete = False
            return
        number += 1
        yield number, cells


def _columns(header: Sequence[str], known: dict[str, str], table: Table) -> list[str | None]:
    columns: list[str | None] = []
    for cell in header:
        column = known.get(column_key(cell))
        columns.append(column)
        if column is None and cell.strip():
            names = sorted(set(known.values()))
            close = nearest(cell, names, limit=1)
            table.problems.append(
                Problem(
                    file=table.file,
                    row=table.header_row,
                    column=cell.strip()[:80],
                    message="unknown column",
                    expected=f"one of {', '.join(names)}",
                    hint=f"did you mean {close[0]!r}?" if close else None,
                )
            )
        elif column is not None:
            table.headers.setdefault(column, cell.strip())
    table.columns = list(table.headers)
    return columns
