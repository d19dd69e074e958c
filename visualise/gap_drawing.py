"""The gap map as a drawing: SVG for papers, with its legend and with what the review says."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from graph.answers import Cell, GapAnswer, GapMatrix, Mark
from graph.answers.signs import EVIDENCE, REPEATED, TWO_MARKS, Sign, signed
from visualise import figure_words as words
from visualise.figures import INK, LINE_HEIGHT, SOFT, Figure, wrapped
from visualise.gap_map import (
    beside,
    caption,
    cells,
    counted_states,
    counted_words,
    halves,
    key,
    label,
    most_works,
    own_caption,
    title_of,
    works,
)

MARGIN, NAMES, COLUMN, ROW = 16.0, 250.0, 112.0, 40.0
MARK = 17.0
"""Height of a line of marks."""
SIZE, SMALL, TITLE = 13.0, 12.0, 17.0
MOST_NOTES = 60


def gap_map_svg(answer: GapAnswer) -> str:
    """The gap maps of an answer as one SVG for a paper, with legend, caption and notes.

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
    most = most_works(answer)
    told: dict[str, int] = {}
    for matrix in answer.reviews:
        y = _draw_matrix(figure, matrix, own_caption(answer, matrix), y, most, told)
    y = _draw_legend(figure, answer, y + 6)
    if told:
        y = figure.lines(MARGIN, y + 10, [words.GAP_NOTES], size=SIZE, face="bold")
    for said, note in list(told.items())[:MOST_NOTES]:
        y = figure.lines(MARGIN, y + 2, [f"[{note}]"], size=SMALL) - SMALL * LINE_HEIGHT
        y = figure.lines(MARGIN + 34, y, wrapped(said, inner - 34, SMALL), size=SMALL)
    if len(told) > MOST_NOTES:
        more = words.GAP_MORE.format(n=len(told) - MOST_NOTES)
        y = figure.lines(MARGIN, y + 2, wrapped(more, inner, SMALL), size=SMALL)
    figure.height = y + MARGIN
    return figure.text()


def _draw_matrix(
    figure: Figure,
    matrix: GapMatrix,
    notes: Sequence[str],
    y: float,
    most: int,
    told: dict[str, int],
) -> float:
    inner = figure.width - 2 * MARGIN
    y = figure.lines(MARGIN, y + 6, wrapped(matrix.title, inner, 14, "bold"), size=14, face="bold")
    for note in notes:
        y = figure.lines(MARGIN, y, wrapped(note, inner, SMALL), size=SMALL, fill=SOFT)
    for mark in matrix.marks:
        line = f"{signed(mark)} {mark.told} [{_noted(mark, told)}]"
        y = figure.lines(MARGIN, y + 1, wrapped(line, inner, SMALL), size=SMALL)
    if not matrix.columns and not any(row.beside for row in matrix.rows):
        return y + 8
    heads = [
        (
            wrapped(column.name, COLUMN - 10, SMALL, "bold", 4),
            [f"{signed(mark, in_cell=False)} [{_noted(mark, told)}]" for mark in column.marks],
        )
        for column in matrix.columns
    ]
    tall = max((len(lines) + len(marks) for lines, marks in heads), default=0)
    tall = int(tall * SMALL * LINE_HEIGHT) + 1
    for number, (lines, marks) in enumerate(heads):
        x = MARGIN + NAMES + number * COLUMN + COLUMN / 2
        top = y + 4 + tall - (len(lines) + len(marks)) * SMALL * LINE_HEIGHT
        top = figure.lines(x, top, lines, size=SMALL, face="bold", anchor="middle")
        figure.lines(x, top, marks, size=SMALL, anchor="middle")
    y += tall + 8
    for row in matrix.rows:
        name = wrapped(row.name, NAMES - 12, SIZE, most=4)
        below = [
            line
            for mark in row.marks
            for line in wrapped(
                f"{signed(mark, in_cell=False)} {mark.short} [{_noted(mark, told)}]",
                NAMES - 12,
                SMALL,
            )
        ]
        below += [
            line
            for state, text in beside(matrix, row)
            for line in wrapped(f"{EVIDENCE[state].sign} {text}", NAMES - 12, SMALL)
        ]
        lines_of_marks = max(((len(cell.marks) + 1) // 2 for cell in row.cells), default=0)
        own = len(name) * SIZE * LINE_HEIGHT + len(below) * SMALL * LINE_HEIGHT
        height = max(ROW + MARK * lines_of_marks, own + 10)
        top = figure.lines(MARGIN, y + (height - own) / 2, name, size=SIZE)
        figure.lines(MARGIN, top, below, size=SMALL, fill=SOFT)
        for number, (column, cell) in enumerate(zip(matrix.columns, row.cells, strict=True)):
            x = MARGIN + NAMES + number * COLUMN
            group = figure.group(tip=label(row, column.name, cell), data_cell=key(row, cell))
            _draw_cell(figure, group, cell, (x, y, height), most, told)
        y += height
    return y + 10


def _noted(mark: Mark, told: dict[str, int]) -> int:
    """The number of the note that says what a mark says, with its records."""
    ids = f" [{'; '.join(mark.ids)}]" if mark.ids else ""
    place = f" ({mark.place})" if mark.place else ""
    return told.setdefault(f"{mark.label}{place}: {mark.text}{ids}", len(told) + 1)


def _draw_cell(
    figure: Figure,
    group: Element,
    cell: Cell,
    at: tuple[float, float, float],
    most: int,
    told: dict[str, int],
) -> None:
    x, y, height = at
    look = EVIDENCE[cell.state]
    _tile(figure, look, x + 1, y + 1, COLUMN - 2, height - 2, group)
    lines = (len(cell.marks) + 1) // 2
    middle = y + (height - MARK * lines) / 2
    base = middle + SIZE * 0.36
    figure.write(x + 8, base, look.sign, size=15, face="bold", fill=look.border, parent=group)
    primary, synthesis, stakeholders = works(cell.weight)
    if primary or synthesis:
        left, right = halves(cell, most)
        centre = x + 62
        _half(figure, centre, middle, left or right, False, group, empty=not left)
        _half(figure, centre, middle, right or left, True, group, empty=not right)
        if left:
            figure.write(
                centre - left - 5, base, str(primary), size=SIZE, anchor="end", parent=group
            )
        if right:
            figure.write(centre + right + 5, base, str(synthesis), size=SIZE, parent=group)
    if stakeholders:
        end = x + COLUMN - 6
        said = f"+{stakeholders}"
        figure.write(end, base, said, size=SMALL, anchor="end", fill=SOFT, parent=group)
    for number, mark in enumerate(cell.marks):
        low = y + height - 8 - MARK * (lines - 1 - number // 2)
        said = f"{signed(mark)} [{_noted(mark, told)}]"
        place = x + 8 + (number % 2) * (COLUMN - 14) / 2
        figure.write(place, low, said, size=SMALL, parent=group)


def _tile(
    figure: Figure,
    look: Sign,
    x: float,
    y: float,
    width: float,
    height: float,
    parent: Element | None = None,
) -> None:
    dashes = {"dashed": "5 3", "dotted": "1.5 2.5", "double": "9 2"}
    edge = {"stroke_dasharray": dashes[look.edge]} if look.edge in dashes else {}
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
        **edge,
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
    y = figure.lines(x, y, wrapped(TWO_MARKS, inner, SMALL), size=SMALL, fill=SOFT) + 4
    groups = (
        (words.EVIDENCE_SIGNS, counted_states(answer)),
        (words.WORD_SIGNS, counted_words(answer)),
    )
    for head, found in groups:
        if not found:
            continue
        y = figure.lines(x, y + 2, [head], size=SMALL, face="bold") + 3
        for number, (mark, look, n) in enumerate(found):
            at = x + (number % 2) * step
            _tile(figure, look, at, y, 26, 18)
            sign: dict[str, str] = {"face": "bold", "fill": look.border, "anchor": "middle"}
            figure.lines(at + 13, y + 1, [look.sign], size=SIZE, **sign)
            figure.write(at + 34, y + 13.5, f"{mark.value} ({n})", size=SMALL)
            y += 24 if number % 2 else 0
        y += 24 if len(found) % 2 else 0
    if counted_words(answer):
        y = figure.lines(x, y, wrapped(REPEATED, inner, SMALL), size=SMALL, fill=SOFT) + 4
    if any(row.beside for matrix in answer.reviews for row in matrix.rows):
        note = wrapped(words.BESIDE_NOTE, inner, SMALL)
        y = figure.lines(x, y, note, size=SMALL, fill=SOFT) + 4
    held = [works(cell.weight) for *_, cell in cells(answer)]
    if any(primary or synthesis for primary, synthesis, _ in held):
        for at, right, text in ((x, False, words.PRIMARY), (x + step, True, words.SYNTHESES)):
            _half(figure, at + 13, y + 9, 9, right)
            _half(figure, at + 13, y + 9, 9, not right, empty=True)
            figure.write(at + 34, y + 13.5, text, size=SMALL)
        y = figure.lines(x + 34, y + 24, wrapped(words.BUBBLE, inner - 34, SMALL), size=SMALL) + 4
    if any(stakeholders for *_, stakeholders in held):
        y = figure.lines(x + 34, y, wrapped(words.STAKEHOLDERS, inner - 34, SMALL), size=SMALL)
    return y
