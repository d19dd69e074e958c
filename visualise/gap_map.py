"""The gap map: the gap matrix as a page that works offline, and what is counted of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

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
from graph.answers.labels import heading
from graph.answers.signs import (
    EVIDENCE,
    NO_MARK,
    REPEATED,
    TWO_MARKS,
    WORDS,
    Sign,
    class_of,
    signed,
)
from visualise import figure_words as words
from visualise.figure_page import asset, data_block, render
from visualise.states import style_of_marks

CellKey = tuple[str, tuple[str, ...]]
"""A cell: the id of its row, and its place among the columns."""


_FIRST = 10**6
"""Primary works come before any number of syntheses where rows are sorted."""
RADIUS = 15.0
"""Of the half-circle for the largest number."""


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
    most = most_works(answer)
    numbered = {id(cell): number for number, (_, _, _, cell) in enumerate(cells(answer))}
    return render(
        "gap_map.html",
        more_style=Markup(style_of_marks(dark=False)),
        title=title_of(answer),
        caption=caption(answer),
        answer=answer,
        notes=lambda matrix: own_caption(answer, matrix),
        numbered=lambda cell: numbered[id(cell)],
        key=key,
        label=label,
        total=_totals,
        shape=lambda cell: halves(cell, most),
        states=counted_states(answer),
        said=counted_words(answer),
        signs=EVIDENCE,
        signed=signed,
        class_of=class_of,
        works=works,
        beside=beside,
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
        (matrix.review, called(row), row.kind, column, *_entered(cell), *_said(cell.marks))
        for matrix, row, column, cell in cells(answer)
    ]


def called(row: GapRow) -> str:
    """A row by its name and its record's id."""
    return f"{row.name} [{row.id}]"


def whole_rows(answer: GapAnswer) -> list[tuple[str, ...]]:
    """What is said of rows, columns and reviews as wholes, and the evidence beside the matrix."""
    return [row for matrix in answer.reviews for row in _whole_rows(matrix)]


def _whole_rows(matrix: GapMatrix) -> Iterator[tuple[str, ...]]:
    said = [
        (words.REVIEW, "", matrix.marks),
        *(("", column.name, column.marks) for column in matrix.columns),
        *((called(row), "", row.marks) for row in matrix.rows),
    ]
    for about, column, marks in said:
        for mark in marks:
            yield (matrix.review, about, column, "", "", "", *_said([mark]))
    for row in matrix.rows:
        for cell in row.beside:
            yield (matrix.review, called(row), matrix.column_of(cell), *_entered(cell), *_said([]))


def _entered(cell: Cell) -> tuple[str, str, str]:
    return cell.state.value, cell.weight.text, str(cell.weight.pieces)


def _said(marks: Sequence[Mark]) -> tuple[str, str, str]:
    ids = dict.fromkeys(id_ for mark in marks for id_ in mark.ids)
    return (
        "; ".join(mark.told for mark in marks),
        " ".join(mark.text for mark in marks),
        "; ".join(ids),
    )


def beside(matrix: GapMatrix, row: GapRow) -> list[tuple[EvidenceState, str]]:
    """Evidence beside the matrix, in words."""
    return [(cell.state, f"{matrix.column_of(cell)}: {cell.weight.text}") for cell in row.beside]


def works(weight: Weight) -> tuple[int, int, int]:
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
    states, said = counted_states(answer), counted_words(answer)
    told = {
        "cells": sum(n for *_, n in states),
        "states": "; ".join(f"{n} {state.value}" for state, _, n in states) or "–",
        "words": "; ".join(f"{n} {word.value}" for word, _, n in said) or NO_MARK,
    }
    if len(answer.reviews) > 1:
        return words.GAP_CAPTION_ALL.format(reviews=len(answer.reviews), **told)
    (matrix,) = answer.reviews
    return words.GAP_CAPTION.format(rows=len(matrix.rows), columns=len(matrix.columns), **told)


def own_caption(answer: GapAnswer, matrix: GapMatrix) -> list[str]:
    """What stands below the name of a review; one alone has it in the caption of all."""
    alone = len(answer.reviews) == 1
    return [*matrix.notes] if alone else [caption(GapAnswer(reviews=[matrix])), *matrix.notes]


def cells(answer: GapAnswer) -> Iterator[tuple[GapMatrix, GapRow, str, Cell]]:
    """Every cell with its matrix, its row and the name of its column."""
    for matrix in answer.reviews:
        for row in matrix.rows:
            for column, cell in zip(matrix.columns, row.cells, strict=True):
                yield matrix, row, column.name, cell


def counted_states(answer: GapAnswer) -> list[tuple[EvidenceState, Sign, int]]:
    """The states of evidence that occur, with the number of their cells."""
    counts = Counter(cell.state for _, _, _, cell in cells(answer))
    return [(state, look, counts[state]) for state, look in EVIDENCE.items() if counts[state]]


def counted_words(answer: GapAnswer) -> list[tuple[Word, Sign, int]]:
    """The words of the reviews that occur, each mark counted once."""
    counts = Counter(mark.word for matrix in answer.reviews for mark in matrix.counted())
    return [(word, look, counts[word]) for word, look in WORDS.items() if counts[word]]


def most_works(answer: GapAnswer) -> int:
    """The number that the largest half-circle stands for."""
    return max((max(works(cell.weight)[:2]) for *_, cell in cells(answer)), default=0) or 1


def _totals(row: GapRow) -> tuple[int, int]:
    """What a row is sorted by: works that stand for it, and works at all; primary ones first."""
    backing = [row.weight.backing.get(sort, 0) for sort in (Sort.PRIMARY, Sort.SYNTHESIS)]
    held = works(row.weight)
    return backing[0] * _FIRST + backing[1], held[0] * _FIRST + held[1]


def key(row: GapRow, cell: Cell) -> str:
    """What an address calls a cell."""
    return f"{row.key}@{'|'.join(cell.at)}"


def label(row: GapRow, column: str, cell: Cell) -> str:
    """A cell in words, for those who do not see it."""
    said = " ".join(f"{mark.told}. {mark.text}" for mark in cell.marks)
    return words.CELL.format(
        row=row.name,
        column=column,
        state=cell.state.value,
        works=cell.weight.text,
        words=said.removesuffix(".") or NO_MARK,
    )


def halves(cell: Cell, most: int) -> tuple[float, float]:
    """Radii of the two half-circles, areas by number; at least visible."""
    left, right = (
        max(3.0, round(RADIUS * (n / most) ** 0.5, 1)) if n else 0.0 for n in works(cell.weight)[:2]
    )
    return left, right


def _data(
    answer: GapAnswer,
    evidence: Mapping[CellKey, Sequence[EvidenceView]] | None,
    linked: bool,
) -> str:
    pieces: dict[str, int] = {}
    shown: list[dict[str, str]] = []
    listed: list[dict[str, Any]] = []
    for _, row, _, cell in cells(answer):
        of_it = (evidence or {}).get((row.key, tuple(cell.at)), ())
        for piece in of_it:
            if piece.id not in pieces:
                pieces[piece.id] = len(shown)
                shown.append(_piece(piece))
        listed.append(
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
        "cells": listed,
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
        "source": f"{piece.source.cited} ({piece.source.kind.value})",
        "said": piece.quote or "",
        "statement": piece.statement or "",
        "where": f"{heading('locator')}: {piece.locator}" if piece.locator else "",
        "about": piece.about.name or piece.about.id,
    }
