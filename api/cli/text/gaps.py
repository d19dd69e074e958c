"""The gap matrix as text."""

from __future__ import annotations

from rich.table import Table

from api.cli.console import out, plain, say
from graph.answers import GapAnswer

_SIGNS = {
    "supported": "+",
    "challenged": "-",
    "mixed": "±",
    "searched, none found": "0",
    "searched, insufficient": "<",
    "level not stated": "~",
    "not searched, stakeholders only": "s",
    "not searched, theorised only": "?",
}


def gaps_text(answer: GapAnswer) -> None:
    """Gap matrices, and the reason for every cell that is not simply supported."""
    for matrix in answer.reviews:
        say(f"{matrix.review}: what there is evidence for, at which level", "bold")
        table = Table(show_edge=False, pad_edge=False, header_style="bold")
        table.add_column("", overflow="fold", ratio=3)
        for level in matrix.levels:
            table.add_column(plain(level.name), overflow="fold", ratio=2)
        for row in matrix.rows:
            cells = []
            for cell in row.cells:
                sources = cell.primary + cell.synthesis
                counted = f" ({sources})" if sources else ""
                cells.append(plain(f"{_SIGNS[cell.state.value]} {cell.state.value}{counted}"))
            mark = "" if row.kind == "mechanism" else f" ({row.kind})"
            table.add_row(plain(row.name + mark), *cells)
        out.print(table)
        reasons: dict[str, list[str]] = {}
        for row in matrix.rows:
            for cell in row.cells:
                if cell.state.value != "supported":
                    reasons.setdefault(f"{row.name}: {cell.reason}", []).append(cell.level)
        if reasons:
            say()
            say("Why", "bold")
        for reason, levels in reasons.items():
            say(f"  {reason} [{', '.join(levels)}]")
        for row in matrix.rows:
            stated = [cell for cell in row.cells if cell.state.value != "level not stated"]
            if row.without_level is not None and stated:
                cell = row.without_level
                say(f"  {row.name}, level not stated: {cell.state.value}: {cell.reason}")
        for note in matrix.notes:
            say(f"Note: {note}", "italic")
        say()
    say("Numbers are independent sources.", "dim")
