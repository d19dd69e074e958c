"""The gap matrix as text."""

from __future__ import annotations

from rich.table import Table

from api.cli.console import out, plain, say
from api.cli.text.findings import findings_text
from graph.answers import CellState, GapAnswer, GapMatrix

_SIGNS = {
    CellState.SUPPORTED: "+",
    CellState.CHALLENGED: "-",
    CellState.MIXED: "±",
    CellState.SEARCHED_NONE: "0",
    CellState.STAKEHOLDERS_ONLY: "s",
    CellState.THEORISED_ONLY: "?",
}

_NARROWEST = 12
"""A table with columns narrower than this is shown as a list."""


def gaps_text(answer: GapAnswer) -> None:
    """Gap matrices, and the reason for every cell that is not simply supported."""
    for matrix in answer.reviews:
        say(f"{matrix.review}: what there is evidence for, by {' and '.join(matrix.by)}", "bold")
        _table(matrix)
        _reasons(matrix)
        findings_text(matrix.findings, "Gaps that the review states")
        for note in matrix.notes:
            say(f"Note: {note}", "italic")
        say()
    say("Numbers are independent sources, primary + synthesis.", "dim")


def _table(matrix: GapMatrix) -> None:
    if out.width < (len(matrix.columns) + 2) * _NARROWEST:
        _list(matrix)
        return
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("", overflow="fold", ratio=3)
    for column in matrix.columns:
        table.add_column(plain(column.name), overflow="fold", ratio=2)
    for row in matrix.rows:
        cells = []
        for cell in row.cells:
            counted = f" ({cell.primary}+{cell.synthesis})" if cell.primary + cell.synthesis else ""
            cells.append(plain(f"{_SIGNS[cell.state]} {cell.state}{counted}"))
        mark = "" if row.kind == "mechanism" else f" ({row.kind})"
        table.add_row(plain(row.name + mark), *cells)
    out.print(table)


def _list(matrix: GapMatrix) -> None:
    """The same where a table would be too wide to read."""
    for row in matrix.rows:
        mark = "" if row.kind == "mechanism" else f" ({row.kind})"
        say(f"  {row.name}{mark}")
        states: dict[str, list[str]] = {}
        for column, cell in zip(matrix.columns, row.cells, strict=True):
            counted = f" ({cell.primary}+{cell.synthesis})" if cell.primary + cell.synthesis else ""
            states.setdefault(f"{_SIGNS[cell.state]} {cell.state}{counted}", []).append(column.name)
        for state, names in states.items():
            say(f"    {state}: {'; '.join(names)}")


def _reasons(matrix: GapMatrix) -> None:
    """Each reason once, with the rows and columns that it holds for."""
    reasons: dict[str, dict[str, list[str]]] = {}
    for row in matrix.rows:
        for column, cell in zip(matrix.columns, row.cells, strict=True):
            silent = "" in column.at and not cell.evidence  # nobody looks for what is not stated
            if cell.state is not CellState.SUPPORTED and not silent:
                reasons.setdefault(cell.reason, {}).setdefault(row.name, []).append(column.name)
    if reasons:
        say()
        say("Why", "bold")
    for reason, places in reasons.items():
        say(f"  {reason}")
        by_columns: dict[str, list[str]] = {}
        for name, columns in places.items():
            by_columns.setdefault(", ".join(columns), []).append(name)
        for held, names in by_columns.items():
            say(f"    {'; '.join(names)} [{held}]")
