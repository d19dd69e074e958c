"""No cell is lost: each is read, kept as a note, merged, refused or passed over, and counted.

Workbooks are generated, and their cells counted from the raw file by a program of its own. Each
text is of its own, so that it can be looked for in the review that comes of it.
"""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path
from typing import Any

from folders import mapped
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from openpyxl import load_workbook
from workbooks import Sheets, good, xlsx

from graph.settings import Settings
from loaders.cell_tally import SheetCount
from loaders.intake import check

SOURCES = [
    ["id", "kind", "title", "authors", "year", "reference"],
    ["ash", "paper", "T", "Ash A", 2019, 1],
    ["fir", "paper", "U", "Fir B", 2021, 2],
]
USES = {
    "No": "configurations.id",
    "Context": "configurations.context",
    "Mechanism": "configurations.mechanism",
    "Response": "configurations.reasoning",
    "Outcome": "configurations.outcome",
    "Study": "evidence.source",
    "Quote": "evidence.quote",
    "Where": "evidence.locator",
    "Country": "note",
    "Budget": "ignore",
    "Odd": None,
    "": None,
}
CITED = st.sampled_from(["Ash 2019", "[1, 2]", "fir; Ash 2019", "Nobody 1999", "n/a", "fir [2]"])
TOKEN = re.compile(r"w\d+x")


class Words:
    """Texts none of which is there twice."""

    def __init__(self) -> None:
        self.number = 0

    def new(self) -> str:
        self.number += 1
        return f"w{self.number}x"


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Sheets, str, str]:
    """A workbook, the cells of its sheet that are merged, and the map of its columns."""
    words = Words()
    chosen = draw(st.lists(st.sampled_from([*USES]), min_size=4, max_size=9, unique=True))
    for needed in ("Response", "Study"):
        if needed not in chosen:
            chosen.append(needed)
    rows: list[list[Any]] = []
    for _ in range(draw(st.integers(0, 2))):
        rows.append([words.new(), None] if draw(st.booleans()) else [])
    head = len(rows) + 1
    rows.append([name or None for name in chosen])
    merged: list[str] = []
    before = 0
    for at in range(draw(st.integers(1, 7))):
        number = len(rows) + 1
        what = draw(st.sampled_from(["row"] * 5 + ["below", "again", "heading", "across", "blank"]))
        if what == "blank":
            rows.append([])
            continue
        if what in ("heading", "across"):
            rows.append([words.new()])
            if what == "across":
                merged.append(f"A{number}:{chr(64 + len(chosen))}{number}")
            continue
        row: list[Any] = []
        for place, name in enumerate(chosen):
            use = USES[name] or ""
            column = chr(65 + place)
            if name == "No":
                row.append(f"k{at}" if what != "again" or not before else rows[before - 1][place])
            elif what == "below" and before and use.startswith("configurations"):
                row.append(None)
                if before == number - 1 and draw(st.booleans()):
                    merged.append(f"{column}{before}:{column}{number}")
            elif what == "again" and before and use.startswith("configurations"):
                row.append(draw(st.sampled_from([rows[before - 1][place], None])))
            elif name == "Study":
                row.append(draw(st.none() | CITED))
            else:
                some = st.sampled_from([words.new(), f"{words.new()}; {words.new()}", None, "#N/A"])
                needed = name == "Response"
                row.append(words.new() if needed or draw(st.booleans()) else draw(some))
        if what == "below" and before and "No" in chosen:
            row[chosen.index("No")] = None
        row += [words.new()] if draw(st.integers(0, 5)) == 5 else []
        rows.append(row)
        if what == "row":
            before = number
    book: Sheets = {"CMOs": rows, "Sources": SOURCES}
    if draw(st.booleans()):
        book["Money"] = [[words.new(), None, words.new()]]
    if draw(st.booleans()):
        book["Notes"] = [[words.new()], [], [None, words.new()]]
    if draw(st.booleans()):
        book["Levels"] = [["id", "name", "extra"], ["ward", words.new(), words.new()]]
    uses = "".join(f'  "{name}": {use}\n' for name, use in USES.items() if name in chosen and use)
    review = "review: {id: law, title: A made-up review}\n"
    stance = draw(st.sampled_from(["stance: supports\n", ""]))
    sections = draw(
        st.sampled_from(["", "sections: ignore\n", "sections: configurations.mechanism\n"])
    )
    columns = f"{review}sheet: CMOs\nheader_row: {head}\n{stance}{sections}columns:\n{uses}"
    return book, " ".join(merged), columns


def counted(path: Path) -> dict[str, int]:
    """The cells of each sheet that hold something, from the raw file."""
    book = load_workbook(path)
    return {
        sheet.title: sum(
            cell.value is not None and bool(str(cell.value).strip())
            for row in sheet.iter_rows()
            for cell in row
        )
        for sheet in book.worksheets
    }


def ends(one: SheetCount) -> int:
    """All ends that cells of a sheet came to, together."""
    return one.read + one.noted + one.merged + one.refused + sum(one.passed_over.values())


@given(sheets())
@examples(40)
def test_no_cell_of_a_mapped_sheet_is_lost(made: tuple[Sheets, str, str]) -> None:
    book, merged, columns = made
    with tempfile.TemporaryDirectory() as folder:
        path = xlsx(Path(folder) / "law.xlsx", book, CMOs=merged)
        found = check(path, Settings(), how=mapped(Path(folder), columns))
        raw = counted(path)
    assert {str(one.sheet): one.cells for one in found.sheets} == raw
    assert [ends(one) for one in found.sheets] == [one.cells for one in found.sheets]
    if found.bundle is None or found.errors:
        assert any(one.refused for one in found.sheets)
        return
    assert sum(one.refused for one in found.sheets) == 0
    there = set(TOKEN.findall(found.bundle.model_dump_json()))
    cells = {
        name: [
            str(cell)
            for row in rows
            for cell in row
            if cell is not None and TOKEN.search(str(cell))
        ]
        for name, rows in book.items()
    }
    for one in found.sheets:
        lost = [text for text in cells[str(one.sheet)] if not there.issuperset(TOKEN.findall(text))]
        assert len(lost) <= sum(one.passed_over.values()), (lost, one.passed_over)


@given(st.data())
@examples(15)
def test_no_cell_of_any_other_workbook_is_lost(data: st.DataObject) -> None:
    words = Words()
    book = {name: [list(row) for row in rows] for name, rows in good().items()}
    heads = {name: rows[0] for name, rows in book.items()}
    for rows in book.values():
        if data.draw(st.integers(0, 2)) == 0:
            rows[data.draw(st.integers(0, len(rows) - 1))].extend([words.new(), None, words.new()])
        if data.draw(st.integers(0, 3)) == 0:
            rows.insert(0, [words.new()])
    spoilt = data.draw(st.none() | st.sampled_from([name for name in book if name != "Review"]))
    if spoilt is not None:
        rows = book[spoilt]
        at = data.draw(st.integers(1, len(rows) - 1))
        rows[at][data.draw(st.integers(0, len(rows[at]) - 1))] = data.draw(
            st.sampled_from(["#REF!", words.new(), None])
        )
    for name in data.draw(st.sets(st.sampled_from(["Budget", "Notes", "Levels of care"]))):
        book[name] = [[words.new()], [None, words.new()]]
    with tempfile.TemporaryDirectory() as folder:
        path = xlsx(Path(folder) / "law.xlsx", book)
        found = check(path, Settings())
        raw = counted(path)
    assert {str(one.sheet): one.cells for one in found.sheets} == raw
    assert [ends(one) for one in found.sheets] == [one.cells for one in found.sheets]
    if found.bundle is not None and not found.errors:
        there = set(TOKEN.findall(found.bundle.model_dump_json()))
        for one in found.sheets:
            rows = [row for row in book[str(one.sheet)] if row is not heads.get(str(one.sheet))]
            texts = [str(cell) for row in rows for cell in row if cell is not None]
            lost = [text for text in texts if not there.issuperset(TOKEN.findall(text))]
            assert len(lost) <= sum(one.passed_over.values()), (lost, one.passed_over)


@given(st.lists(st.lists(st.sampled_from(["", " ", "w", "a b", "1"]), min_size=3, max_size=6)))
@examples(40)
def test_no_cell_of_a_csv_file_is_lost(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "law.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["No", "Response", "Refs"], *rows])
        columns = (
            "review: {id: law, title: T}\ncolumns: {No: configurations.id, "
            "Response: configurations.reasoning, Refs: note}\n"
        )
        (one,) = check(path, Settings(), how=mapped(Path(folder), columns)).sheets
    assert one.cells == ends(one) == 3 + sum(bool(cell.strip()) for row in rows for cell in row)
