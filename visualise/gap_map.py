"""The gap map: the gap matrix to look at, as a page that works offline and as SVG for papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pydantic_core import to_json

from graph.answers import Cell, CellState, EvidenceView, GapAnswer, GapMatrix, GapRow
from visualise import figure_words as words
from visualise.figure_page import asset, data_block, render
from visualise.figures import INK, LINE_HEIGHT, SOFT, Figure, wrapped
from visualise.states import STATES, State, state_class

CellKey = tuple[str, tuple[str, ...]]
"""A cell: the id of its row, and its place among the columns."""


_EMPIRICAL = (CellState.SUPPORTED, CellState.MIXED, CellState.CHALLENGED)

MARGIN, NAMES, COLUMN, ROW = 16.0, 250.0, 112.0, 44.0
RADIUS = 15.0
SIZE, SMALL, TITLE = 13.0, 12.0, 17.0
MOST_REASONS = 60


def gap_map_svg(answer: GapAnswer) -> str:
    """The gap maps of an answer as one SVG for a paper, with legend, caption and reasons.

    Args:
        answer: What `gaps` answers; any text in it is drawn as text.

    Returns:
        The document; it needs no other file.
    """
    columns = max((len(matrix.columns) for matrix in answer.reviews), default=0)
    width = 2 * MARGIN + NAMES + COLUMN * max(columns, 4)
    figure = Figure(width, title_of(answer), caption(answer))
    inner = width - 2 * MARGIN
    y = figure.lines(
        MARGIN, MARGIN, wrapped(title_of(answer), inner, TITLE, "bold"), size=TITLE, face="bold"
    )
    y = figure.lines(MARGIN, y + 2, wrapped(caption(answer), inner, SIZE), size=SIZE, fill=SOFT) + 8
    if not answer.reviews:
        y = figure.lines(MARGIN, y, [words.GAP_EMPTY], size=SIZE)
    most = _most(answer)
    reasons: dict[str, int] = {}
    for matrix in answer.reviews:
        y = _draw_matrix(figure, matrix, _own_caption(answer, matrix), y, most, reasons)
    y = _draw_legend(figure, answer, y + 6)
    if reasons:
        y = figure.lines(MARGIN, y + 10, [words.GAP_NOTES], size=SIZE, face="bold")
    for reason, note in list(reasons.items())[:MOST_REASONS]:
        y = figure.lines(MARGIN, y + 2, [f"[{note}]"], size=SMALL) - SMALL * LINE_HEIGHT
        y = figure.lines(MARGIN + 34, y, wrapped(reason, inner - 34, SMALL), size=SMALL)
    if len(reasons) > MOST_REASONS:
        more = words.GAP_MORE.format(n=len(reasons) - MOST_REASONS)
        y = figure.lines(MARGIN, y + 2, wrapped(more, inner, SMALL), size=SMALL)
    figure.height = y + MARGIN
    return figure.text()


def render_gap_map(
    answer: GapAnswer,
    evidence: Mapping[CellKey, Sequence[EvidenceView]] | None = None,
    *,
    linked: bool = False,
) -> str:
    """The gap maps of an answer as one HTML page that makes no request by itself.

    Args:
        answer: What `gaps` answers; any text in it is shown as text.
        evidence: The evidence of each cell, to be read in the page; nothing where it is not given.
        linked: Whether cells link to `/evidence` of the server that the page comes from.

    Returns:
        The document.
    """
    most = _most(answer)
    numbered = {id(cell): number for number, (_, _, _, cell) in enumerate(_cells(answer))}
    return render(
        "gap_map.html",
        title=title_of(answer),
        caption=caption(answer),
        answer=answer,
        notes=lambda matrix: _own_caption(answer, matrix),
        numbered=lambda cell: numbered[id(cell)],
        key=_key,
        label=_label,
        total=_totals,
        shape=lambda cell: _halves(cell, most),
        states=[
            (state.value, look.sign, state_class(state), n) for state, look, n in _counted(answer)
        ],
        look=lambda state: (state_class(state), STATES[state].sign),
        heads=words.GAP_HEADS,
        rows=gap_rows(answer),
        data=Markup(_data(answer, evidence, linked)),
        script=Markup(asset("gap_map.js")),
        words=words,
    )


def gap_rows(answer: GapAnswer) -> list[tuple[str, ...]]:
    """What the map shows, a row for each cell."""
    return [
        (
            matrix.review,
            row.name,
            row.kind,
            column,
            cell.state.value,
            cell.reason,
            *(
                str(n)
                for n in (
                    cell.supporting,
                    cell.challenging,
                    cell.refining,
                    cell.primary,
                    cell.synthesis,
                    cell.stakeholders,
                    cell.evidence,
                )
            ),
        )
        for matrix, row, column, cell in _cells(answer)
    ]


def title_of(answer: GapAnswer) -> str:
    """What the map is of."""
    kinds = {row.kind for matrix in answer.reviews for row in matrix.rows}
    rows = (
        words.BOTH
        if len(kinds) > 1
        else words.CONCEPTS
        if kinds == {"concept"}
        else words.MECHANISMS
    )
    by = [dimension.value for dimension in answer.reviews[0].by] if answer.reviews else ["level"]
    return words.GAP_TITLE.format(rows=rows, by=" and ".join(by))


def caption(answer: GapAnswer) -> str:
    """How much there is of what."""
    if not answer.reviews:
        return words.GAP_EMPTY
    found = _counted(answer)
    told = {
        "cells": sum(n for *_, n in found),
        "states": "; ".join(f"{n} {words.STATES[state]}" for state, _, n in found) or "–",
    }
    if len(answer.reviews) > 1:
        return words.GAP_CAPTION_ALL.format(reviews=len(answer.reviews), **told)
    (matrix,) = answer.reviews
    return words.GAP_CAPTION.format(rows=len(matrix.rows), columns=len(matrix.columns), **told)


def _own_caption(answer: GapAnswer, matrix: GapMatrix) -> list[str]:
    """What stands below the name of a review; one alone has it in the caption of all."""
    alone = len(answer.reviews) == 1
    return [*matrix.notes] if alone else [caption(GapAnswer(reviews=[matrix])), *matrix.notes]


def _cells(answer: GapAnswer) -> Iterator[tuple[GapMatrix, GapRow, str, Cell]]:
    for matrix in answer.reviews:
        for row in matrix.rows:
            for column, cell in zip(matrix.columns, row.cells, strict=True):
                yield matrix, row, column.name, cell


def _counted(answer: GapAnswer) -> list[tuple[CellState, State, int]]:
    """The states that occur, with the number of their cells."""
    counts = Counter(cell.state for _, _, _, cell in _cells(answer))
    return [(state, look, counts[state]) for state, look in STATES.items() if counts[state]]


def _most(answer: GapAnswer) -> int:
    """The number that the largest half-circle stands for."""
    return max((max(cell.primary, cell.synthesis) for *_, cell in _cells(answer)), default=0) or 1


def _totals(row: GapRow) -> tuple[int, int]:
    """A row by support and by sources, added up over its cells."""
    supporting = sum(cell.supporting + cell.refining - cell.challenging for cell in row.cells)
    return supporting, sum(cell.primary + cell.synthesis for cell in row.cells)


def _key(row: GapRow, cell: Cell) -> str:
    return f"{row.id}@{'|'.join(cell.at)}"


def _label(row: GapRow, column: str, cell: Cell) -> str:
    return words.CELL.format(
        row=row.name, column=column, state=cell.state.value, reason=cell.reason
    )


def _halves(cell: Cell, most: int) -> tuple[float, float]:
    """Radii of the two half-circles, areas by number; at least visible."""
    left, right = (
        max(3.0, round(RADIUS * (n / most) ** 0.5, 1)) if n else 0.0
        for n in (cell.primary, cell.synthesis)
    )
    return left, right


def _data(
    answer: GapAnswer,
    evidence: Mapping[CellKey, Sequence[EvidenceView]] | None,
    linked: bool,
) -> str:
    pieces: dict[str, int] = {}
    shown: list[dict[str, str]] = []
    cells = []
    for _, row, _, cell in _cells(answer):
        of_it = (evidence or {}).get((row.id, tuple(cell.at)), ())
        for piece in of_it:
            if piece.id not in pieces:
                pieces[piece.id] = len(shown)
                shown.append(_piece(piece))
        cells.append(
            {
                "pieces": [pieces[piece.id] for piece in of_it],
                "all": cell.evidence,
                "link": f"/evidence?{urlencode(cell.drill_down)}"
                if linked and cell.evidence
                else "",
            }
        )
    held = {
        "cells": cells,
        "pieces": shown,
        "words": words.SCRIPT,
        "held": evidence is not None,
    }
    return data_block(to_json(held).decode("utf-8"))


def _piece(piece: EvidenceView) -> dict[str, str]:
    return {
        "id": piece.id,
        "stance": piece.stance.value,
        "source": f"{piece.source.citation} ({piece.source.kind.value})",
        "said": piece.quote or "",
        "statement": piece.statement or "",
        "where": piece.locator or "",
        "about": piece.about.name or piece.about.id,
    }


def _draw_matrix(
    figure: Figure,
    matrix: GapMatrix,
    notes: Sequence[str],
    y: float,
    most: int,
    reasons: dict[str, int],
) -> float:
    inner = figure.width - 2 * MARGIN
    y = figure.lines(MARGIN, y + 6, wrapped(matrix.title, inner, 14, "bold"), size=14, face="bold")
    for note in notes:
        y = figure.lines(MARGIN, y, wrapped(note, inner, SMALL), size=SMALL, fill=SOFT)
    if not matrix.columns:
        return y + 8
    heads = [wrapped(column.name, COLUMN - 10, SMALL, "bold", 4) for column in matrix.columns]
    tall = max(len(lines) for lines in heads) * SMALL * LINE_HEIGHT
    for number, lines in enumerate(heads):
        x = MARGIN + NAMES + number * COLUMN + COLUMN / 2
        top = y + 4 + tall - len(lines) * SMALL * LINE_HEIGHT
        figure.lines(x, top, lines, size=SMALL, face="bold", anchor="middle")
    y += tall + 8
    for row in matrix.rows:
        name = wrapped(row.name, NAMES - 12, SIZE, most=4)
        height = max(ROW, len(name) * SIZE * LINE_HEIGHT + 10)
        top = y + (height - len(name) * SIZE * LINE_HEIGHT) / 2
        figure.lines(MARGIN, top, name, size=SIZE)
        for number, (column, cell) in enumerate(zip(matrix.columns, row.cells, strict=True)):
            x = MARGIN + NAMES + number * COLUMN
            group = figure.group(tip=_label(row, column.name, cell), data_cell=_key(row, cell))
            _draw_cell(figure, group, cell, (x, y, height), most, reasons)
        y += height
    return y + 10


def _draw_cell(
    figure: Figure,
    group: Element,
    cell: Cell,
    at: tuple[float, float, float],
    most: int,
    reasons: dict[str, int],
) -> None:
    x, y, height = at
    look = STATES[cell.state]
    _tile(figure, look, x + 1, y + 1, COLUMN - 2, height - 2, group)
    middle = y + height / 2
    base = middle + SIZE * 0.36
    figure.write(x + 8, base, look.sign, size=15, face="bold", fill=look.border, parent=group)
    if cell.state in _EMPIRICAL:
        left, right = _halves(cell, most)
        centre = x + 62
        _half(figure, centre, middle, left or right, False, group, empty=not left)
        _half(figure, centre, middle, right or left, True, group, empty=not right)
        if left:
            told = str(cell.primary)
            figure.write(centre - left - 5, base, told, size=SIZE, anchor="end", parent=group)
        if right:
            figure.write(centre + right + 5, base, str(cell.synthesis), size=SIZE, parent=group)
    else:
        note = reasons.setdefault(cell.reason, len(reasons) + 1)
        figure.write(x + 28, base, f"[{note}]", size=SMALL, parent=group)
    if cell.stakeholders:
        told = f"+{cell.stakeholders}"
        low = y + height - 7
        end = x + COLUMN - 6
        figure.write(end, low, told, size=SMALL, anchor="end", fill=SOFT, parent=group)


def _tile(
    figure: Figure,
    look: State,
    x: float,
    y: float,
    width: float,
    height: float,
    parent: Element | None = None,
) -> None:
    figure.shape(
        "rect",
        parent,
        x=x,
        y=y,
        width=width,
        height=height,
        fill=look.fill,
        stroke=look.border,
        stroke_width=0.8,
    )


def _half(
    figure: Figure,
    x: float,
    y: float,
    radius: float,
    right: bool,
    parent: Element | None = None,
    *,
    empty: bool = False,
) -> None:
    """Half a circle around a centre: left and dark for primary sources, else right and light.

    Where there are none, a dashed line makes the circle whole, so that the other half reads as one.
    """
    r = f"{radius:.1f}"
    arc = f"M{x:.1f} {y - radius:.1f} A{r} {r} 0 0 {int(right)} {x:.1f} {y + radius:.1f}"
    if empty:
        dashed = {"fill": "none", "stroke": SOFT, "stroke_dasharray": "2 2"}
        figure.shape("path", parent, d=arc, stroke_width=0.9, **dashed)
        return
    fill = "#ffffff" if right else INK
    figure.shape("path", parent, d=f"{arc} Z", fill=fill, stroke=INK, stroke_width=1.2)


def _draw_legend(figure: Figure, answer: GapAnswer, y: float) -> float:
    inner = figure.width - 2 * MARGIN
    x = MARGIN
    step = inner / 2
    for number, (state, look, n) in enumerate(_counted(answer)):
        at = x + (number % 2) * step
        _tile(figure, look, at, y, 22, 18)
        sign: dict[str, str] = {"face": "bold", "fill": look.border, "anchor": "middle"}
        figure.lines(at + 11, y + 1, [look.sign], size=SIZE, **sign)
        figure.write(at + 30, y + 13.5, f"{words.STATES[state]} ({n})", size=SMALL)
        y += 24 if number % 2 else 0
    y += 24 if len(_counted(answer)) % 2 else 0
    if any(cell.state in _EMPIRICAL for *_, cell in _cells(answer)):
        for at, right, text in ((x, False, words.PRIMARY), (x + step, True, words.SYNTHESES)):
            _half(figure, at + 11, y + 9, 9, right)
            _half(figure, at + 11, y + 9, 9, not right, empty=True)
            figure.write(at + 30, y + 13.5, text, size=SMALL)
        y = figure.lines(x + 30, y + 24, wrapped(words.BUBBLE, inner - 30, SMALL), size=SMALL) + 4
    if any(cell.stakeholders for *_, cell in _cells(answer)):
        y = figure.lines(x + 30, y, wrapped(words.STAKEHOLDERS, inner - 30, SMALL), size=SMALL)
    return y
