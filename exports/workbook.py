"""A review as a workbook, and the empty workbook that a review is written into.

One sheet per kind of record, as :mod:`loaders.workbook` reads them. Nothing in it is run: no
macros, no formulas, and no text from data can become one.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.examples import EXAMPLES, REVIEW_EXAMPLE
from exports.review_folder import listed, review_data, rows_of, within_list
from exports.zipped import zipped
from graph.cells import neutral
from graph.errors import TooLarge
from graph.model import ReviewBundle
from loaders.columns import FILES, OF_SEVERAL, Column, columns
from loaders.review_fields import ASIDE, FIELD, VALUE
from loaders.review_sheets import review_columns
from loaders.sheet_names import LISTS, READ_ME, REVIEW_SHEETS, TITLES
from loaders.sheets import spelt

AUTHOR = "theorygraph"
MOST_CHARACTERS = 32_767
"""What a cell holds."""

_ROOM = 2000
"""Rows that have drop-downs, and more if the review has more."""
_FIRST = 3
"""The row after the header and the example."""
_LONGEST_LIST = 250
_SHEET_OF = {model.label: TITLES[file] for file, model in FILES.items()}
_SHEET_OF |= {"Stage": "Search", "Step": "Flow"}
_VOCABULARY = {"levels": "Levels", "perspective": "Perspectives", "perspectives": "Perspectives"}
_AS_TEXT = frozenset({"id", "pages", "issue", "volume", "locator", "reference", "span", "pmid"})
_LONG = frozenset({"quote", "statement", "description", "note", "title", "name", "because"})
_STEPS = (
    "1. On the sheet Review fill id and title. List the review's levels on Levels and, if it has "
    "them, perspectives, search and flow. What the report does not say is left empty.",
    "2. Fill one row per record on the other sheets; leave those empty that you do not need. Point "
    "at a header to read what it holds. Several values in one cell are parted by ;",
    "3. Save the workbook and run: theorygraph check review.xlsx. If there are problems, "
    "theorygraph annotate review.xlsx writes a copy with each of them on its cell. Then: "
    "theorygraph load review.xlsx",
)
_READ_ME = (
    "Rows whose id begins with EXAMPLE are illustrative: no such review exists. They are ignored "
    "on load; write below them, or delete them.",
    "Columns may stand in any order. Columns of your own are kept in the note of each row. Sheets "
    "whose names begin with _ are not read.",
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

_HEAD = Font(bold=True)
_ASIDE = Font(italic=True, color="808080")
_MUST = PatternFill("solid", start_color="FFD9E1F2")
_MAY = PatternFill("solid", start_color="FFF2F2F2")


def write_template(path: Path, *, bundle: ReviewBundle | None = None) -> None:
    """Write the workbook, empty but for an example on each sheet, or filled with a review.

    Raises:
        TooLarge: a text of the review is longer than a cell can be.
        OSError: the file cannot be written.
    """
    path.write_bytes(workbook(bundle))


_BY_THE_TOOL = frozenset({"from_records", "from_decisions"})


def workbook(bundle: ReviewBundle | None) -> bytes:
    """The workbook; the same bytes for the same review.

    Raises:
        TooLarge: a text of the review is longer than a cell can be.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _read_me(first)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    filled = _review_rows(bundle) if bundle is not None else {}
    _review(book.create_sheet("Review"), filled.get("Review"))
    plan: list[tuple[str, dict[str, Column], dict[str, str], list[dict[str, str]]]] = [
        (name, review_columns(name), EXAMPLES[name], filled.get(name, []))
        for name in REVIEW_SHEETS
        if name != "Review"
    ]
    plan += [
        (TITLES[file], columns(file), EXAMPLES[file], rows_of(bundle, file) if bundle else [])
        for file in FILES
    ]
    longest = max(len(rows) for *_, rows in plan)
    last = max(_ROOM, longest + _FIRST + 500)
    for title, known, example, rows in plan:
        sheet = book.create_sheet(title)
        _header(sheet, known)
        _rows(sheet, known, example, rows)
        _drop_downs(sheet, known, lists, last)
    book.move_sheet(lists, len(book.sheetnames))
    return _packed(book)


# -- sheets -------------------------------------------------------------------------------------


def _read_me(sheet: Worksheet) -> None:
    sheet.title = READ_ME
    sheet.column_dimensions["A"].width = 100
    put(sheet, 1, 1, "How to fill this workbook")
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for row, text in enumerate((*_STEPS, *_READ_ME), start=2):
        put(sheet, row, 1, text)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _review(sheet: Worksheet, stated: list[dict[str, str]] | None) -> None:
    known = review_columns("Review")
    heads = {
        FIELD: "A field of the review; a field with several values may stand in several rows.",
        VALUE: "What the report says. Leave it empty if it does not say.",
        ASIDE[0]: "What the field holds. Not read.",
        ASIDE[1]: "Illustrative: no such review exists. Not read.",
    }
    for place, (name, text) in enumerate(heads.items(), start=1):
        _head(sheet, place, name, text, required=place <= 2)
    given = {row[FIELD]: row for row in stated or []}
    rows = [*(stated or []), *({FIELD: name, VALUE: ""} for name in known if name not in given)]
    order = list(known)
    for at, row in enumerate(sorted(rows, key=lambda row: order.index(row[FIELD])), start=2):
        column = known[row[FIELD]]
        put(sheet, at, 1, column.name)
        put(sheet, at, 2, row[VALUE], number=column.shape == "number")
        sheet.cell(at, 2).alignment = Alignment(wrap_text=True, vertical="top")
        must = " Must be filled." if column.required else ""
        put(sheet, at, 3, f"{column.description}{must}")
        put(sheet, at, 4, REVIEW_EXAMPLE.get(column.name, ""))
        sheet.cell(at, 1).fill = _MUST if column.required else _MAY
        sheet.cell(at, 3).font = sheet.cell(at, 4).font = _ASIDE
    for letter, width in zip("ABCD", (16, 70, 50, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"


def _header(sheet: Worksheet, known: dict[str, Column]) -> None:
    for place, column in enumerate(known.values(), start=1):
        _head(sheet, place, column.name, meaning(column), required=column.required)
        letter = get_column_letter(place)
        wide = column.name in _LONG or column.shape == "parts"
        sheet.column_dimensions[letter].width = 40 if wide else 18
        sheet.column_dimensions[letter].hidden = column.name in _BY_THE_TOOL
        if _is_text(column):
            sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "B2"


def _head(sheet: Worksheet, place: int, name: str, text: str, *, required: bool) -> None:
    cell = put(sheet, 1, place, name)
    cell.font = _HEAD
    cell.fill = _MUST if required else _MAY
    cell.comment = Comment(text, AUTHOR, height=140, width=320)


def meaning(column: Column) -> str:
    """What a column holds, as the note on its header says it."""
    parts = [column.description]
    if column.required:
        parts.append("Must be filled.")
    if column.choices:
        parts.append(f"One of: {', '.join(column.choices)}.")
    if column.shape == "yes/no":
        parts.append("yes or no.")
    if column.target in _SHEET_OF:
        parts.append(f"An id of the sheet {_SHEET_OF[column.target]}.")
    if column.name in _VOCABULARY:
        parts.append(f"An id of the sheet {_VOCABULARY[column.name]}.")
    if column.shape in OF_SEVERAL:
        parts.append("Several values are parted by ;")
    if column.shape == "parts":
        parts.append("Without rows on the sheet Concepts the words themselves declare concepts.")
    return "\n".join(parts)


def _rows(
    sheet: Worksheet, known: dict[str, Column], example: dict[str, str], rows: list[dict[str, str]]
) -> None:
    for number, row in enumerate([example, *rows], start=2):
        for place, column in enumerate(known.values(), start=1):
            text = row.get(column.name, "")
            if not text:
                continue
            try:
                cell = put(sheet, number, place, text, number=column.shape == "number")
            except TooLarge as error:
                raise TooLarge(
                    f"{sheet.title}, {row.get('id')}: {column.name} has {len(text):,} characters",
                    hint=error.hint,
                ) from error
            if number == 2:
                cell.font = _ASIDE
            if _is_text(column):
                cell.number_format = "@"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(known))}{max(len(rows) + 2, 2)}"


def _is_text(column: Column) -> bool:
    return column.name in _AS_TEXT or column.shape in ("reference", "references")


def put(
    sheet: Worksheet, row: int, place: int, text: str, *, number: bool = False, exact: bool = False
) -> Cell:
    """Write a text as a text: it is shown, never worked out.

    Args:
        sheet: where.
        row: from 1.
        place: the column, from 1.
        text: what it says.
        number: whether digits are written as a number.
        exact: for people, not to be loaded: an apostrophe in front stays as it is.

    Raises:
        TooLarge: it is longer than a cell can be.
    """
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    if not text:
        return cell
    if number and text.isdecimal():
        cell.value = int(text)
        return cell
    if not exact:
        text = spelt(text)
        if text[0] in "'#":
            text = neutral(text)  # the reader takes one apostrophe off
    written = _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(written.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        raise TooLarge(
            f"a text has {len(text):,} characters",
            hint=f"a cell of a workbook holds {MOST_CHARACTERS:,}; export a review folder instead",
        )
    cell.value = written
    cell.data_type = "s"
    if written.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    return cell


# -- drop-downs ---------------------------------------------------------------------------------


def _drop_downs(sheet: Worksheet, known: dict[str, Column], lists: Worksheet, last: int) -> None:
    for place, column in enumerate(known.values(), start=1):
        choices = ("yes", "no") if column.shape == "yes/no" else column.choices
        target = _VOCABULARY.get(column.name) or _SHEET_OF.get(column.target or "")
        if choices:
            check = DataValidation("list", formula1=_choices(choices, lists), allow_blank=True)
            check.errorStyle = "warning" if column.shape == "list" else "stop"
            check.error = f"One of: {', '.join(choices)}"[:250]
        elif target is not None:
            formula = f"{quote_sheetname(target)}!$A${_FIRST}:$A${last}"
            check = DataValidation("list", formula1=formula, allow_blank=True)
            check.errorStyle = "warning"
            check.error = (
                f"Not an id of the sheet {target}. A name or, where a list is allowed, several "
                "values parted by ; are fine."
            )
        else:
            continue
        check.errorTitle = column.name
        check.showErrorMessage = True
        letter = get_column_letter(place)
        check.add(f"{letter}{_FIRST}:{letter}{last}")
        sheet.add_data_validation(check)


def _choices(choices: tuple[str, ...], lists: Worksheet) -> str:
    text = ",".join(choices)
    if len(text) <= _LONGEST_LIST and not any("," in choice for choice in choices):
        return f'"{text}"'
    place = next(
        (at for at in range(1, lists.max_column + 1) if lists.cell(1, at).value == choices[0]),
        lists.max_column + 1 if lists.cell(1, 1).value is not None else 1,
    )
    for row, choice in enumerate(choices, start=1):
        put(lists, row, place, choice)
    letter = get_column_letter(place)
    return f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(choices)}"


# -- the review's own sheets --------------------------------------------------------------------


def _review_rows(bundle: ReviewBundle) -> dict[str, list[dict[str, str]]]:
    data = review_data(bundle)
    stages = data.pop("search", [])
    found: dict[str, list[dict[str, str]]] = {"Search": [], "Flow": []}
    for stage in stages:
        steps = stage.pop("steps", [])
        found["Search"].append(_texts(stage))
        found["Flow"] += [{**_texts(step), "stage": stage["id"]} for step in steps]
    for part in ("levels", "perspectives", "tallies", "reporting"):
        found[part.capitalize()] = [_texts(entry) for entry in data.pop(part, [])]
    found["Review"] = [
        {FIELD: name, VALUE: text}
        for name, value in data.items()
        for text in (map(within_list, value) if isinstance(value, list) else [str(value)])
    ]
    return found


def _texts(entry: dict[str, Any]) -> dict[str, str]:
    return {name: _text(value) for name, value in entry.items()}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return listed(within_list(f"{name}: {n}") for name, n in value.items())
    if isinstance(value, list):
        return listed(within_list(str(one)) for one in value)
    return str(value)


# -- bytes --------------------------------------------------------------------------------------


def _packed(book: Workbook) -> bytes:
    return repacked(saved(book))


def saved(book: Workbook) -> bytes:
    """The workbook as bytes."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def repacked(data: bytes) -> bytes:
    """The same workbook without the time of its making."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", files[core])
    return zipped(files)
