"""The sheet that says of a review itself what ``review.yaml`` says: a field per row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.cells import ERRORS, restored
from graph.errors import Problem, Severity
from graph.model import Review
from loaders.cell_tally import ASIDES, UNFILLED, CellTally, cells_in
from loaders.columns import Column, columns_of
from loaders.headings import closest, header_key
from loaders.inflating import letters
from loaders.naming import split_list
from loaders.plain_yaml import Place
from loaders.sheets import Line, Sheet, text_of

FIELD, VALUE = "field", "value"
"""The columns of the sheet of the review itself: one field per row."""
ASIDE = ("meaning", "example")
"""What the template says beside them, which is not read."""

_HEADS = frozenset({"field", "fields", "name", "item"})
_VALUES = frozenset({"value", "values", "text", "entry"})


@dataclass(slots=True)
class Stated:
    """What the sheets say, as the data of the model, and where each of it stands."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Place, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: list[CellTally] = field(default_factory=list)
    examples: int = 0
    rows: int = 0


def read_fields(sheet: Sheet, file: str, stated: Stated) -> None:
    """Read the fields of a review into what its sheets state."""
    known = columns_of(Review, {})
    spellings = {name: name for name in known} | {
        name.removesuffix("s"): name for name, column in known.items() if column.shape == "list"
    }
    at, value_at = 0, 1
    header: str | None = None
    headers: list[str] = []
    extra: list[str] = []
    tally = CellTally(file, sheet.name or None)
    stated.cells.append(tally)
    for line in sheet.lines:
        texts = [_text(value) for value in line.values]
        if header is None and (places := _head(texts)) is not None:
            at, value_at = places
            headers, header = texts, texts[value_at]
            tally.read += cells_in([line], sheet.errors)
            continue
        name = texts[at] if at < len(texts) else ""
        text = texts[value_at] if value_at < len(texts) else ""
        place = {"file": file, "sheet": sheet.name, "row": line.number, "column": header}
        shown = line.values[value_at] if value_at < len(line.values) else ""
        error = sheet.errors.get((line.number, value_at + 1)) or (text if shown in ERRORS else None)
        key = header_key(name)
        column = spellings.get(key) or (closest(key, spellings) if key else None)
        held = cells_in([line], sheet.errors)
        beside, aside = _beside(line, texts, headers, {at, value_at})
        tally.pass_over(ASIDES, aside)
        held -= aside
        extra += beside
        noted = len(beside)
        if column is None and text:
            extra.append(f"{name}: {text}" if name else text)
            noted += 2 if name else 1
        if column is not None and (error or text):
            tally.row(line.number, read=held - noted, noted=noted)
        else:
            tally.row(line.number, noted=noted)
            tally.pass_over(UNFILLED, held - noted)
        if column is None:
            if text or beside:
                stated.problems.append(
                    Problem(
                        severity=Severity.WARNING,
                        **{**place, "column": None},
                        message="unknown field; it is kept in the note of the review",
                        found=(name or text or beside[0])[:120],
                        expected=f"one of {', '.join(known)}",
                    )
                )
            continue
        stated.places.setdefault((column,), place)
        if error:
            stated.problems.append(
                Problem(
                    **place,
                    message="the cell holds an error of the spreadsheet",
                    found=error,
                    hint="mend the formula, or write the value itself",
                )
            )
        elif text:
            _put(stated, column, known[column], text, line, place)
    tally.refused += len(sheet.errors)
    if extra:
        noted_before = stated.data.get("note")
        stated.data["note"] = "\n".join([*([noted_before] if noted_before else []), *extra])


def _beside(
    line: Line, texts: list[str], headers: list[str], places: set[int]
) -> tuple[list[str], int]:
    """Cells beside a field and its value, as they are kept; how many are the template's own."""
    found = []
    aside = 0
    for place, text in enumerate(texts):
        if text and place not in places and place not in line.lent:
            header = headers[place] if place < len(headers) else ""
            if header_key(header) in ASIDE:
                aside += 1
            else:
                found.append(f"{header or f'column {letters(place + 1)}'}: {text}")
    return found, aside


def _put(
    stated: Stated, column: str, about: Column, text: str, line: Line, place: dict[str, Any]
) -> None:
    if about.shape == "list":
        held = stated.data.setdefault(column, [])
        for value in split_list([text]):
            stated.places[column, len(held)] = place
            held.append(value)
    elif column in stated.data:
        stated.problems.append(
            Problem(
                **place,
                message=f"the field {column} is there twice",
                found=text[:120],
                hint=f"first in row {stated.places[column,]['row']}",
            )
        )
    else:
        stated.places[column,] = place
        stated.data[column] = text.removesuffix(".0") if about.shape == "number" else text


def _head(texts: list[str]) -> tuple[int, int] | None:
    keys = [header_key(text) for text in texts]
    at = next((place for place, key in enumerate(keys) if key in _HEADS), None)
    value = next((place for place, key in enumerate(keys) if key in _VALUES), None)
    return None if at is None or value is None else (at, value)


def _text(value: Any) -> str:
    return restored(text_of(value).strip()) if value != "" else ""
