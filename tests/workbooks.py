"""Illustrative workbooks, made in tests. Nothing in them comes from a real review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

Sheets = dict[str, list[Sequence[Any]]]


def good() -> Sheets:
    """A workbook without any mistake, with rows of most kinds."""
    return {
        "Review": [
            ["field", "value"],
            ["id", "illustrative"],
            ["title", "Illustrative review"],
            ["authors", "Lee A; Roy B"],
            ["year", 2024],
        ],
        "Levels": [
            ["id", "name", "aliases"],
            ["team", "Team", "work group; ward team"],
            ["system", "System", None],
        ],
        "Perspectives": [["id", "name"], ["staff", "Staff"]],
        "Search": [["id", "name", "databases"], ["main", "Main search", "Medline; CINAHL"]],
        "Flow": [
            ["id", "stage", "kind", "name", "n"],
            ["found", "main", "entrance", "records found", 10],
            ["excluded", "main", "exit", "records excluded", 8],
            ["included", "main", "total", "records included", 2],
        ],
        "Tallies": [
            ["id", "name", "n", "parts"],
            ["fates", "what became of them", 3, "supported: 2; incorporated: 1"],
        ],
        "Sources": [
            ["id", "kind", "title", "authors", "year", "included", "stage"],
            ["lee", "paper", "An illustrative paper", "Lee A; Roy B", 2019, "yes", "main"],
            ["panel", "consultation", "An illustrative panel", None, None, None, None],
        ],
        "Mechanisms": [
            ["id", "name", "aliases", "levels"],
            ["trust", "Building trust", "faith in others", "team; system"],
            ["time", "Making time", None, "team"],
        ],
        "History": [
            ["mechanism", "status", "into"],
            ["trust", "supported", None],
            ["time", "incorporated", "trust"],
        ],
        "Configurations": [
            ["id", "mechanisms", "contexts", "reasonings", "outcomes", "note"],
            ["c1", "trust", "new team; long shifts", "feeling safe (inferred)", "asking", "a note"],
        ],
        "Evidence": [
            ["source", "mechanism", "configuration", "stance", "levels", "quote", "rigour"],
            ["lee", "trust", None, "supports", "team", "“Illustrative words.”", "high"],
            ["panel", None, "c1", "challenges", "system; team", None, "low"],
        ],
        "Findings": [
            ["kind", "name", "statement", "said_by"],
            ["gap", "Illustrative gap", "Nothing on it.", "lee"],
        ],
        "Reporting": [
            ["id", "item", "statement", "locator"],
            ["paid", 19, "Illustrative: a fund paid.", "p. 9"],
            ["why", 6, "Illustrative: why and for whom.", None],
        ],
    }


def xlsx(path: Path, sheets: Mapping[str, list[Sequence[Any]]], **merged: str) -> Path:
    """The sheets as an .xlsx; ``merged`` names a range of a sheet whose cells are merged."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in merged:
            for cells in merged[name].split():
                sheet.merge_cells(cells)
    book.save(path)
    return path


def ods(
    path: Path,
    sheets: Mapping[str, list[Sequence[Any]]],
    down: Mapping[tuple[str, int, int], int] | None = None,
) -> Path:
    """The sheets as an .ods; ``down`` has cells (sheet, row, column from 1) that span rows."""
    book = OpenDocumentSpreadsheet()
    spans = down or {}
    for name, rows in sheets.items():
        table = Table(name=name)
        covered: set[tuple[int, int]] = set()
        for number, row in enumerate(rows, start=1):
            line = TableRow()
            for place, value in enumerate(row, start=1):
                if (number, place) in covered:
                    line.addElement(CoveredTableCell())
                    continue
                given: dict[str, Any] = {}
                times = spans.get((name, number, place))
                if times:
                    given = {"numberrowsspanned": times, "numbercolumnsspanned": 1}
                    covered |= {(number + more, place) for more in range(1, times)}
                if value is None:
                    cell = TableCell(**given)
                elif isinstance(value, int | float):
                    cell = TableCell(valuetype="float", value=value, **given)
                    cell.addElement(P(text=str(value)))
                else:
                    cell = TableCell(valuetype="string", **given)
                    cell.addElement(P(text=value))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))
    return path
