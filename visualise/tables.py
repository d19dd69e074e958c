"""The map's tables: everything that is drawn, as rows for those who cannot see or use a canvas.

A map of thousands of nodes has tens of thousands of cells. They are escaped all at once: joined by
control characters that no cell holds, escaped in one call, and only then cut into cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from markupsafe import escape

from graph.answers import MapPiece, TheoryMap
from visualise.looks import LINES
from visualise.network import LOOKS

_CELL = "\x1f"
_ROW = "\x1e"
_BETWEEN_ROWS = "</td></tr>\n<tr><td>"


def node_rows(theory_map: TheoryMap, groups: Sequence[str]) -> str:
    """One table row for each node, as escaped HTML.

    Args:
        theory_map: The map.
        groups: The look of each of its nodes, in the same order.
    """
    kinds = {group: _kind(group) for group in LOOKS}
    rows = []
    for node, group in zip(theory_map.nodes, groups, strict=True):
        kind = kinds[group]
        if len(node.roles) > 1:
            kind = "concept: " + ", ".join(role.value for role in node.roles)
        # A concept has the levels of its configurations, to be found by them; it states none.
        levels = "" if node.kind == "concept" else ", ".join(node.levels)
        works = ", ".join(f"{sort} {n}" for sort, n in node.works.items())
        details = " · ".join(node.lines)
        rows.append((node.name, kind, node.review, levels, works, details, node.id))
    return _table(rows)


def edge_rows(theory_map: TheoryMap) -> str:
    """One table row for each edge, as escaped HTML; those that cannot be drawn come last."""
    names = {node.key: node.name for node in theory_map.nodes}
    evidence = {kind for kind, line in LINES.items() if line.evidence}
    rows = []
    undrawn = [edge.start not in names or edge.end not in names for edge in theory_map.edges]
    edges = theory_map.edges
    if any(undrawn):
        edges = [edge for _, edge in sorted(zip(undrawn, edges, strict=True), key=itemgetter(0))]
    for edge in edges:
        start, end, kind = edge.start, edge.end, edge.kind
        count = str(edge.count) if kind in evidence else ""
        if edge.inferred:
            kind = f"{kind} (inferred)"
        levels = ", ".join(edge.levels)
        details = " · ".join([*edge.lines, *map(_told, edge.pieces)])
        ends = (names.get(key, key.partition("/")[2]) for key in (start, end))
        rows.append((next(ends), kind, next(ends), count, levels, details))
    return _table(rows)


def _told(piece: MapPiece) -> str:
    """A piece of evidence in a line."""
    text = ": ".join(part for part in (piece.id, piece.statement or piece.quote) if part)
    return f"{text} [{piece.locator}]" if piece.locator else text


def _kind(group: str) -> str:
    kind = group.partition("-")[0]
    words = LOOKS[group].words
    return words if kind == "concept" else f"{kind}: {words}" if words != kind else kind


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows of cells, all equally many, as escaped HTML."""
    if not rows:
        return ""
    text = _ROW.join(map(_CELL.join, rows))
    if text.count(_ROW) >= len(rows) or text.count(_CELL) > len(rows) * (len(rows[0]) - 1):
        # Some cell holds one of the two characters, which no HTML document may hold.
        text = _ROW.join(_CELL.join(map(_without_marks, row)) for row in rows)
    cells = str(escape(text)).replace(_CELL, "</td><td>")
    return f"<tr><td>{cells.replace(_ROW, _BETWEEN_ROWS)}</td></tr>"


def _without_marks(cell: str) -> str:
    return cell.replace(_CELL, " ").replace(_ROW, " ")
