"""The report as a workbook: one sheet per table, texts only."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.report.shape import Report, Section
from exports.workbook import put, repacked, saved
from graph.errors import TooLarge

CONTENTS, REFERENCES = "Contents", "References"
_HEAD_ROW = 3
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", start_color="FFF2F2F2")


def xlsx(report: Report, flow_picture: bytes | None = None) -> bytes:
    """The workbook; the same bytes for the same report.

    On each sheet the caption is in the first row, the header in the third. The flow stands as its
    table only: ``flow_picture`` is for the other formats.

    Raises:
        TooLarge: a text is longer than a cell can be.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = CONTENTS
    try:
        _contents(first, report)
        number = 0
        for section in report.sections:
            for table in section.tables:
                number += 1
                sheet = book.create_sheet(table.id)
                rows = [row.cells for row in table.rows]
                caption = f"Table {number}. {table.caption}"
                _sheet(sheet, caption, table.columns, rows, table.widths, table.notes)
                sheet.page_setup.orientation = "landscape" if table.wide else "portrait"
            if section.references:
                _references(book.create_sheet(REFERENCES), section)
    except TooLarge as error:
        raise TooLarge(
            error.detail, hint="a cell of a workbook is too small for it; take docx, html or md"
        ) from error
    return repacked(saved(book))


def _contents(sheet: Worksheet, report: Report) -> None:
    sheet.column_dimensions["A"].width = 36
    sheet.column_dimensions["B"].width = 100
    _text(sheet, 1, 1, report.title).font = Font(bold=True, size=14)
    _text(sheet, 2, 1, ", ".join(report.authors))
    _text(sheet, 3, 1, report.subtitle)
    row, number = 5, 0
    for section in report.sections:
        _text(sheet, row, 1, section.title).font = Font(bold=True)
        said = [*section.notes]
        for table in section.tables:
            number += 1
            said.append(f"Table {number}, sheet {table.id}: {table.caption}")
        if section.references:
            said.append(
                f"Sheet {REFERENCES}: {len(section.references)} in the style {report.style}"
            )
        for line in said or [""]:
            _text(sheet, row, 2, line).alignment = _WRAPPED
            row += 1


def _sheet(
    sheet: Worksheet,
    caption: str,
    columns: list[str],
    rows: list[list[str]],
    widths: list[int],
    notes: list[str],
) -> None:
    _text(sheet, 1, 1, caption).font = Font(bold=True)
    for place, (name, width) in enumerate(zip(columns, widths, strict=True), start=1):
        head = _text(sheet, _HEAD_ROW, place, name)
        head.font, head.fill, head.alignment = Font(bold=True), _HEAD, _WRAPPED
        sheet.column_dimensions[get_column_letter(place)].width = max(10, width)
    for at, cells in enumerate(rows, start=_HEAD_ROW + 1):
        for place, text in enumerate(cells, start=1):
            _text(sheet, at, place, text).alignment = _WRAPPED
    for at, note in enumerate(notes, start=_HEAD_ROW + len(rows) + 2):
        _text(sheet, at, 1, note).font = Font(italic=True)
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _references(sheet: Worksheet, section: Section) -> None:
    rows = [[entry.label, entry.text] for entry in section.references]
    _sheet(sheet, section.title, ["No.", "Reference"], rows, [5, 50], [])


def _text(sheet: Worksheet, row: int, place: int, text: str) -> Cell:
    return put(sheet, row, place, text, exact=True)
