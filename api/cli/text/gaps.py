"""The gap matrix as text."""

from __future__ import annotations

from rich.table import Table

from api.cli.console import field, out, plain, say
from api.cli.text.findings import findings_text
from graph.answers import Cell, GapAnswer, GapMatrix, GapRow, Mark
from graph.answers.signs import EVIDENCE, REPEATED, TWO_MARKS, WORDS, signed

_NARROWEST = 12
"""A table with columns narrower than this is shown as a list."""


def gaps_text(answer: GapAnswer) -> None:
    """Gap matrices: two marks for each cell, and what the review says with its records."""
    for matrix in answer.reviews:
        say(f"{matrix.review}: what there is evidence for, by {' and '.join(matrix.by)}", "bold")
        for note in matrix.notes:
            say(f"Note: {note}", "italic")
        _table(matrix)
        _beside(matrix)
        _said(matrix)
        say()
    say(f"{TWO_MARKS} {REPEATED}", "dim")


def marks_text(marks: list[Mark], indent: int) -> None:
    """What a review says, each mark with its place, its words and its records."""
    for mark in marks:
        say(f"{' ' * indent}{signed(mark, in_cell=False)} {mark.told}")
        field("says", mark.text, indent + 2)
        field("records", _ids(mark), indent + 2)


def _ids(mark: Mark) -> str:
    return " ".join(f"[{id_}]" for id_ in mark.ids)


def _name(row: GapRow) -> str:
    return row.name if row.kind == "mechanism" else f"{row.name} ({row.kind})"


def _entered(cell: Cell) -> str:
    held = f": {cell.weight.text}" if cell.weight.amounts or cell.weight.apart else ""
    return f"{EVIDENCE[cell.state].sign} {cell.state}{held}"


def _shown(cell: Cell) -> str:
    """Both marks on lines of their own."""
    return "\n".join([_entered(cell), *(f"{signed(mark)} {mark.short}" for mark in cell.marks)])


def _table(matrix: GapMatrix) -> None:
    if not matrix.columns or not matrix.rows:
        return
    if out.width < (len(matrix.columns) + 2) * _NARROWEST:
        _list(matrix)
        return
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("", overflow="fold", ratio=3)
    for column in matrix.columns:
        head = [column.name, *(signed(mark, in_cell=False) for mark in column.marks)]
        table.add_column(plain(" ".join(head)), overflow="fold", ratio=2)
    for row in matrix.rows:
        head = [_name(row), *(f"{signed(mark, in_cell=False)} {mark.short}" for mark in row.marks)]
        table.add_row(plain("\n".join(head)), *(plain(_shown(cell)) for cell in row.cells))
    out.print(table)


def _list(matrix: GapMatrix) -> None:
    """The same where a table would be too wide to read."""
    for row in matrix.rows:
        say(f"  {_name(row)}")
        states: dict[str, list[str]] = {}
        for column, cell in zip(matrix.columns, row.cells, strict=True):
            shown = _shown(cell).replace("\n", "; ")
            states.setdefault(shown, []).append(column.name)
        for state, names in states.items():
            say(f"    {state}: {'; '.join(names)}")


def _beside(matrix: GapMatrix) -> None:
    """Evidence that does not state its column: in no cell, and in no total of one."""
    held = [(row, cell) for row in matrix.rows for cell in row.beside]
    if held:
        say()
        say("Beside the matrix", "bold")
    for row, cell in held:
        shown = f"{EVIDENCE[cell.state].sign} {cell.weight.text}"
        say(f"  {_name(row)}, {matrix.column_of(cell)}: {shown}")
    for row in matrix.rows if not matrix.columns else ():
        if not row.beside:
            state = row.weight.state
            say(f"  {_name(row)}: {EVIDENCE[state].sign} {state}")


def _said(matrix: GapMatrix) -> None:
    """What the review says, each mark once, with the rows and columns that it holds for."""
    places: dict[tuple[str, str | None, str, str], list[str]] = {}
    shown: set[str] = set()

    def add(mark: Mark, about: str) -> None:
        shown.update(mark.ids)
        key = (f"{WORDS[mark.word].sign} {mark.label}", mark.place, mark.text, _ids(mark))
        places.setdefault(key, []).append(about)

    for mark in matrix.marks:
        add(mark, "the review")
    for column in matrix.columns:
        for mark in column.marks:
            add(mark, column.name)
    for row in matrix.rows:
        for mark in row.marks:
            add(mark, row.name)
        for column, cell in zip(matrix.columns, row.cells, strict=True):
            for mark in cell.marks:
                if mark.reach == "cell":
                    add(mark, f"{row.name} [{column.name}]")
    if places:
        say()
        say("What the review says", "bold")
    for (label, place, text, ids), about in places.items():
        say(f"  {label}{f' ({place})' if place else ''}: {'; '.join(about)}")
        field("says", text, 4)
        field("records", ids, 4)
    others = [finding for finding in matrix.findings if finding.id not in shown]
    findings_text(others, "Other gaps that the review states")
