"""A copy of a workbook with each problem as a comment on its cell, and a sheet that lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import put, saved
from graph.errors import Problem, Severity
from loaders.headings import header_key
from loaders.sheet_names import PROBLEMS
from loaders.sheets import opened, text_of

AUTHOR = "theorygraph check"
"""Who signs the comments; those of an earlier copy are taken off again."""

_LOOKED_AT = 60
_LONGEST = 2000
_COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C"}
_HEADS = ("severity", "sheet", "cell", "column", "problem", "found", "expected", "hint")
_WIDTHS = (10, 18, 8, 18, 60, 30, 40, 50)

Place = tuple[str, int, int]


def annotate(
    path: Path, problems: Sequence[Problem], out: Path, *, name: str, max_mb: int
) -> list[Place | None]:
    """Write the copy; where each problem was put: sheet, row, column, or None for the file's own.

    A problem of a row is put on the row's first cell, one of a sheet on A1. Several problems of
    one cell share a comment.

    Args:
        path: the workbook as it was checked.
        problems: what is wrong with it.
        out: the copy, an .xlsx.
        name: how the problems call the workbook.
        max_mb: how much it may inflate to, in MiB.

    Raises:
        ValueError: the workbook cannot be read at all.
        OSError: the copy cannot be written.
    """
    book = _copy(path, name, max_mb)
    _clean(book)
    by_sheet: dict[str, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.sheet is not None and one.sheet in book.sheetnames:
            by_sheet[one.sheet].append(one)
    finders = {sheet: _Finder(_sheet(book, sheet), found) for sheet, found in by_sheet.items()}
    places: list[Place | None] = []
    at_cell: dict[Place, list[Problem]] = defaultdict(list)
    for one in problems:
        finder = finders.get(one.sheet or "")
        place = finder.place(one) if finder is not None else None
        places.append(place)
        if place is not None:
            at_cell[place].append(one)
    for (sheet, row, column), found in at_cell.items():
        _comment(_sheet(book, sheet), row, column, found)
    _list(book, problems, places)
    out.write_bytes(saved(book))
    return places


def _copy(path: Path, name: str, max_mb: int) -> Workbook:
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        # What is refused by the reader, or is too large for it, is not opened here either.
        with opened(path, name, max_mb) as (sheets, _):
            if not sheets:
                raise ValueError("the workbook cannot be read")
        try:
            return load_workbook(path)
        except Exception:
            pass  # the values are there all the same
    book = Workbook()
    first = book.active
    with opened(path, name, max_mb) as (sheets, _):
        if not sheets:
            raise ValueError("the workbook cannot be read")
        for sheet in sheets:
            written = book.create_sheet(sheet.name[:31])
            for line in sheet.lines:
                for place, value in enumerate(line.values, start=1):
                    if isinstance(value, str):
                        put(written, line.number, place, value)
                    elif not isinstance(value, bool | int | float):
                        put(written, line.number, place, text_of(value))
                    else:
                        written.cell(line.number, place).value = value
            for (row, column), text in sheet.errors.items():
                put(written, row, column, text)
    if first is not None:
        book.remove(first)
    return book


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _clean(book: Workbook) -> None:
    if PROBLEMS in book.sheetnames:
        book.remove(book[PROBLEMS])
    ours = set(_COLOURS.values())
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, Cell) or cell.comment is None:
                    continue
                if cell.comment.author == AUTHOR:
                    kept = cell.comment.text.partition("\n\n— ")[2]
                    cell.comment = Comment(kept, "theorygraph", 140, 320) if kept else None
                    if cell.fill.start_color.rgb in ours:
                        cell.fill = PatternFill()


class _Finder:
    """Where in a sheet a problem stands: its row, and the column under the header it names."""

    def __init__(self, sheet: Worksheet, problems: Sequence[Problem]) -> None:
        self.sheet = sheet
        wanted = {one.column for one in problems if one.column}
        best, self.heads = 0, dict[str, list[int]]()
        for row in sheet.iter_rows(max_row=min(_LOOKED_AT, sheet.max_row)):
            heads: dict[str, list[int]] = defaultdict(list)
            for cell in row:
                if isinstance(cell.value, str) and cell.value.strip():
                    heads[cell.value.strip()[:80]].append(cell.column)
            count = len(wanted & heads.keys())
            if count > best:
                best, self.heads = count, heads

    def place(self, problem: Problem) -> Place:
        row = problem.row or 1
        return self.sheet.title, row, self._column(problem, row) or 1

    def _column(self, problem: Problem, row: int) -> int | None:
        if problem.column is None:
            return None
        places = list(self.heads.get(problem.column, ()))
        if problem.found:
            # A list may have several columns; the one with what was found is meant.
            key = header_key(problem.column)
            alike = [
                at for text, held in self.heads.items() if header_key(text) == key for at in held
            ]
            shown = [at for at in alike if problem.found[:40] in self._text(row, at)]
            places = shown if shown and not set(shown) & set(places) else places
            places = [at for at in places if at in shown] or places
        if places:
            return places[0]
        if problem.column.startswith("column "):
            letters = problem.column.removeprefix("column ")
            known = (at for at in range(1, self.sheet.max_column + 1))
            return next((at for at in known if get_column_letter(at) == letters), None)
        return None

    def _text(self, row: int, column: int) -> str:
        value = self.sheet.cell(row, column).value
        return "" if value is None else str(value)


def _comment(sheet: Worksheet, row: int, column: int, problems: list[Problem]) -> None:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        # Inside a merged cell only the first one shows anything.
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                cell = sheet.cell(merged.min_row, merged.min_col)
                break
    assert isinstance(cell, Cell)
    text = "\n".join(_words(one) for one in problems)[:_LONGEST]
    if cell.comment is not None:
        text = f"{text}\n\n— {cell.comment.text}"
    height = min(60 + 18 * (len(text) // 40 + len(problems)), 500)
    cell.comment = Comment(text, AUTHOR, height=height, width=340)
    worst = Severity.ERROR
    if all(one.severity is Severity.WARNING for one in problems):
        worst = Severity.WARNING
    cell.fill = PatternFill("solid", start_color=_COLOURS[worst])


def _words(problem: Problem) -> str:
    bare = problem.model_copy(update={"file": None, "sheet": None, "row": None, "column": None})
    return f"{problem.severity.value}: {bare.sentence()}"


def _list(book: Workbook, problems: Sequence[Problem], places: Sequence[Place | None]) -> None:
    sheet = book.create_sheet(PROBLEMS, 0)
    for at, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), start=1):
        put(sheet, 1, at, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, (one, place) in enumerate(zip(problems, places, strict=True), start=2):
        cell = f"{get_column_letter(place[2])}{place[1]}" if place else ""
        texts = (
            one.severity.value,
            one.sheet or one.file or "",
            cell,
            one.column or "",
            one.message,
            one.found or "",
            one.expected or "",
            one.hint or "",
        )
        for at, text in enumerate(texts, start=1):
            written = put(sheet, row, at, text[:_LONGEST])
            if at == 1:
                written.fill = PatternFill("solid", start_color=_COLOURS[one.severity])
        if place:
            linked = sheet.cell(row, 3)
            linked.hyperlink = Hyperlink(
                ref=f"C{row}", location=f"{quote_sheetname(place[0])}!{cell}"
            )
            linked.font = Font(underline="single", color="FF0563C1")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADS))}{len(problems) + 1}"
    book.active = 0
