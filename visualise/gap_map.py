"""The gap map: the gap matrix to look at, as a page that works offline and as SVG for papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pydantic_core import to_json

from graph.answers import (
    Cell,
    EvidenceState,
    EvidenceView,
    GapAnswer,
    GapMatrix,
    GapRow,
    Mark,
    Sort,
    Weight,
    Word,
)
from graph.answers.signs import (
    EVIDENCE,
    REPEATED,
    TWO_MARKS,
    WORDS,
    Sign,
    class_of,
    signed,
)
from visualise import figure_words as words
from visualise.figure_page import asset, data_block, render
from visualise.figures import INK, LINE_HEIGHT, SOFT, Figure, wrapped
from visualise.states import style_of_marks

CellKey = tuple[str, tuple[str, ...]]
"""A cell: the id of its row, and its place among the columns."""


MARGIN, NAMES, COLUMN, ROW = 16.0, 250.0, 112.0, 40.0
_FIRST = 10**6
"""Primary works come before any number of syntheses where rows are sorted."""
MARK = 17.0
"""Height of a line of marks."""
RADIUS = 15.0
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
    most = _most(answer)
    told: dict[str, int] = {}
    for matrix in answer.reviews:
        y = _draw_matrix(figure, matrix, _own_caption(answer, matrix), y, most, told)
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
        more_style=Markup(style_of_marks(dark=False)),
        title=title_of(answer),
        caption=caption(answer),
        answer=answer,
        notes=lambda matrix: _own_caption(answer, matrix),
        numbered=lambda cell: numbered[id(cell)],
        key=_key,
        label=_label,
        total=_totals,
        shape=lambda cell: _halves(cell, most),
        states=_counted_states(answer),
        said=_counted_words(answer),
        signs=EVIDENCE,
        signed=signed,
        class_of=class_of,
        works=_works,
        beside=_beside,
        heads=words.GAP_HEADS,
        rows=gap_rows(answer),
        whole_heads=words.WHOLE_HEADS,
        whole_rows=whole_rows(answer),
        repeated=REPEATED,
        two_marks=TWO_MARKS,
        data=Markup(_data(answer, evidence, linked)),
        script=Markup(asset("gap_map.js")),
        words=words,
    )


def gap_rows(answer: GapAnswer) -> list[tuple[str, ...]]:
    """What the map shows, a row for each cell."""
    return [
        (matrix.review, row.name, row.kind, column, *_entered(cell), *_said(cell.marks))
        for matrix, row, column, cell in _cells(answer)
    ]


def whole_rows(answer: GapAnswer) -> list[tuple[str, ...]]:
    """What is said of rows, columns and reviews as wholes, and the evidence beside the matrix."""
    return [row for matrix in answer.reviews for row in _whole_rows(matrix)]


def _whole_rows(matrix: GapMatrix) -> Iterator[tuple[str, ...]]:
    said = [
        (words.REVIEW, "", matrix.marks),
        *(("", column.name, column.marks) for column in matrix.columns),
        *((row.name, "", row.marks) for row in matrix.rows),
    ]
    for about, column, marks in said:
        for mark in marks:
            yield (matrix.review, about, column, "", "", "", *_said([mark]))
    for row in matrix.rows:
        for cell in row.beside:
            yield (matrix.review, row.name, _open(matrix, cell), *_entered(cell), *_said([]))


def _entered(cell: Cell) -> tuple[str, str, str]:
    return cell.state.value, cell.weight.text, str(cell.weight.pieces)


def _said(marks: Sequence[Mark]) -> tuple[str, str, str]:
    ids = dict.fromkeys(id_ for mark in marks for id_ in mark.ids)
    return (
        "; ".join(mark.told for mark in marks),
        " ".join(mark.text for mark in marks),
        "; ".join(ids),
    )


def _open(matrix: GapMatrix, cell: Cell) -> str:
    """Which column evidence beside the matrix leaves open: `level not stated`."""
    told = [
        f"{by.value} {value or 'not stated'}" for by, value in zip(matrix.by, cell.at, strict=True)
    ]
    return ", ".join(told)


def _beside(matrix: GapMatrix, row: GapRow) -> list[tuple[EvidenceState, str]]:
    """Evidence beside the matrix, in words."""
    return [(cell.state, f"{_open(matrix, cell)}: {cell.weight.text}") for cell in row.beside]


def _works(weight: Weight) -> tuple[int, int, int]:
    """Primary works, syntheses and stakeholders; never summed."""
    primary, synthesis, stakeholders = (weight.works.get(sort, 0) for sort in Sort)
    return primary, synthesis, stakeholders


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
    states, said = _counted_states(answer), _counted_words(answer)
    told = {
        "cells": sum(n for *_, n in states),
        "states": "; ".join(f"{n} {state.value}" for state, _, n in states) or "–",
        "words": "; ".join(f"{n} {word.value}" for word, _, n in said) or words.NOTHING_SAID,
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


def _counted_states(answer: GapAnswer) -> list[tuple[EvidenceState, Sign, int]]:
    """The states of evidence that occur, with the number of their cells."""
    counts = Counter(cell.state for _, _, _, cell in _cells(answer))
    return [(state, look, counts[state]) for state, look in EVIDENCE.items() if counts[state]]


def _counted_words(answer: GapAnswer) -> list[tuple[Word, Sign, int]]:
    """The words of the reviews that occur, each mark counted once."""
    counts = Counter(mark.word for matrix in answer.reviews for mark in matrix.counted())
    return [(word, look, counts[word]) for word, look in WORDS.items() if counts[word]]


def _most(answer: GapAnswer) -> int:
    """The number that the largest half-circle stands for."""
    return max((max(_works(cell.weight)[:2]) for *_, cell in _cells(answer)), default=0) or 1


def _totals(row: GapRow) -> tuple[int, int]:
    """What a row is sorted by: works that stand for it, and works at all; primary ones first."""
    backing = [row.weight.backing.get(sort, 0) for sort in (Sort.PRIMARY, Sort.SYNTHESIS)]
    works = _works(row.weight)
    return backing[0] * _FIRST + backing[1], works[0] * _FIRST + works[1]


def _key(row: GapRow, cell: Cell) -> str:
    return f"{row.id}@{'|'.join(cell.at)}"


def _label(row: GapRow, column: str, cell: Cell) -> str:
    said = " ".join(f"{mark.told}. {mark.text}" for mark in cell.marks)
    return words.CELL.format(
        row=row.name,
        column=column,
        state=cell.state.value,
        works=cell.weight.text,
        words=said.removesuffix(".") or words.NOTHING_SAID,
    )


def _halves(cell: Cell, most: int) -> tuple[float, float]:
    """Radii of the two half-circles, areas by number; at least visible."""
    left, right = (
        max(3.0, round(RADIUS * (n / most) ** 0.5, 1)) if n else 0.0
        for n in _works(cell.weight)[:2]
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
                "all": cell.weight.pieces + _apart(cell.weight),
                "link": f"/evidence?{urlencode(cell.drill_down)}"
                if linked and (cell.weight.pieces or cell.weight.apart)
                else "",
                "marks": [
                    {
                        "class": class_of(mark.word),
                        "sign": signed(mark),
                        "told": mark.told,
                        "text": mark.text,
                        "records": mark.ids,
                    }
                    for mark in cell.marks
                ],
            }
        )
    held = {
        "cells": cells,
        "pieces": shown,
        "words": words.SCRIPT,
        "held": evidence is not None,
    }
    return data_block(to_json(held).decode("utf-8"))


def _apart(weight: Weight) -> int:
    """Pieces of evidence from sources that the review excluded."""
    return sum(sum(one.pieces.values()) for one in weight.apart)


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
                f"{signed(mark, in_cell=False)} {mark.label} [{_noted(mark, told)}]",
                NAMES - 12,
                SMALL,
            )
        ]
        below += [
            line
            for state, text in _beside(matrix, row)
            for line in wrapped(f"{EVIDENCE[state].sign} {text}", NAMES - 12, SMALL)
        ]
        lines_of_marks = max(((len(cell.marks) + 1) // 2 for cell in row.cells), default=0)
        own = len(name) * SIZE * LINE_HEIGHT + len(below) * SMALL * LINE_HEIGHT
        height = max(ROW + MARK * lines_of_marks, own + 10)
        top = figure.lines(MARGIN, y + (height - own) / 2, name, size=SIZE)
        figure.lines(MARGIN, top, below, size=SMALL, fill=SOFT)
        for number, (column, cell) in enumerate(zip(matrix.columns, row.cells, strict=True)):
            x = MARGIN + NAMES + number * COLUMN
            group = figure.group(tip=_label(row, column.name, cell), data_cell=_key(row, cell))
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
    primary, synthesis, stakeholders = _works(cell.weight)
    if primary or synthesis:
        left, right = _halves(cell, most)
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
        (words.EVIDENCE_SIGNS, _counted_states(answer)),
        (words.WORD_SIGNS, _counted_words(answer)),
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
    if _counted_words(answer):
        y = figure.lines(x, y, wrapped(REPEATED, inner, SMALL), size=SMALL, fill=SOFT) + 4
    if any(row.beside for matrix in answer.reviews for row in matrix.rows):
        note = wrapped(words.BESIDE_NOTE, inner, SMALL)
        y = figure.lines(x, y, note, size=SMALL, fill=SOFT) + 4
    held = [_works(cell.weight) for *_, cell in _cells(answer)]
    if any(primary or synthesis for primary, synthesis, _ in held):
        for at, right, text in ((x, False, words.PRIMARY), (x + step, True, words.SYNTHESES)):
            _half(figure, at + 13, y + 9, 9, right)
            _half(figure, at + 13, y + 9, 9, not right, empty=True)
            figure.write(at + 34, y + 13.5, text, size=SMALL)
        y = figure.lines(x + 34, y + 24, wrapped(words.BUBBLE, inner - 34, SMALL), size=SMALL) + 4
    if any(stakeholders for *_, stakeholders in held):
        y = figure.lines(x + 34, y, wrapped(words.STAKEHOLDERS, inner - 34, SMALL), size=SMALL)
    return y
