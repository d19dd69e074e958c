"""The sheets that say of a review what ``review.yaml`` says, as the same model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from graph.errors import Problem
from graph.model import LOCAL_ID, Review
from graph.names import nearest, slug
from loaders.cell_tally import CellTally
from loaders.columns import Column, columns_of
from loaders.naming import split_list
from loaders.plain_yaml import Place
from loaders.review_fields import Stated, read_fields
from loaders.review_file import (
    ReportingEntry,
    ReviewFile,
    StageEntry,
    StepEntry,
    TallyEntry,
    TermEntry,
    within,
)
from loaders.sheet_tables import read_sheet
from loaders.sheets import Sheet
from loaders.tables import Row, Table
from loaders.validation_messages import explain

_MISSING = "this cell must be filled"
_STAGE = Column(
    "stage", "reference", True, "The stage of the search that it belongs to.", (), "Stage"
)


def review_columns(sheet: str) -> dict[str, Column]:
    """The columns of one of these sheets; for `Review` its fields, one per row."""
    if sheet == "Review":
        return columns_of(Review, {})
    if sheet in ("Levels", "Perspectives"):
        return columns_of(TermEntry, {})
    if sheet == "Search":
        found = columns_of(StageEntry, {})
        del found["steps"]
        return found
    if sheet == "Flow":
        found = columns_of(StepEntry, {"takes": "Step"})
        return {"id": found.pop("id"), "stage": _STAGE, **found}
    if sheet == "Reporting":
        return columns_of(ReportingEntry, {})
    found = columns_of(TallyEntry, {})
    found["parts"] = replace(found["parts"], shape="list")
    return found


def read_review_sheets(
    sheets: dict[str, Sheet],
    file: str,
    cells: list[CellTally],
    said: ReviewFile | None = None,
) -> tuple[ReviewFile | None, list[Problem], dict[str, int]]:
    """The review that the sheets state, what is wrong with it, and how many rows there were.

    With problems the review is what could be understood, so that the rest can be checked with it.

    Args:
        sheets: the sheets by the names of :data:`loaders.sheet_names.REVIEW_SHEETS`.
        file: the workbook as messages name it.
        cells: takes a count of the cells of each sheet.
        said: what is said of the review elsewhere, if it is not the sheet `Review` that says it.
    """
    stated = Stated(cells=cells)
    if said is not None:
        stated.data = said.model_dump(exclude_defaults=True)
    elif "Review" in sheets:
        read_fields(sheets["Review"], file, stated)
    else:
        stated.problems.append(
            Problem(
                file=file,
                message="the sheet 'Review' is missing",
                hint="it needs at least the fields id and title; `theorygraph template` has one",
            )
        )
    for name, part in (("Levels", "levels"), ("Perspectives", "perspectives")):
        if name in sheets:
            stated.data[part] = _entries(sheets[name], name, part, file, stated)
    stages: list[dict[str, Any]] = []
    if "Search" in sheets:
        stages = stated.data["search"] = _entries(
            sheets["Search"], "Search", "search", file, stated
        )
    if "Flow" in sheets:
        _steps(sheets["Flow"], file, stages, stated)
    for name, part in (("Tallies", "tallies"), ("Reporting", "reporting")):
        if name in sheets:
            stated.data[part] = _entries(sheets[name], name, part, file, stated)
    review, problems = _validated(stated, file, "Review" in sheets or said is not None)
    counts = {"rows": stated.rows, "examples": stated.examples}
    return review, [*stated.problems, *problems], counts


# -- its vocabulary, search and numbers ---------------------------------------------------------


def _entries(sheet: Sheet, name: str, part: str, file: str, stated: Stated) -> list[dict[str, Any]]:
    known = review_columns(name)
    rows, table = _rows(sheet, file, known, stated)
    entries = []
    for number, row in enumerate(rows):
        entry: dict[str, Any] = {}
        for column in known:
            place = _place(table, row, column)
            stated.places[part, number, column] = place
            value = _value(known[column], row, part, place, stated)
            if value is not None:
                entry[column] = value
        stated.places[part, number] = _place(table, row, None)
        entries.append(entry)
    return entries


def _rows(
    sheet: Sheet, file: str, known: dict[str, Column], stated: Stated
) -> tuple[list[Row], Table]:
    tally = CellTally(file, sheet.name or None)
    stated.cells.append(tally)
    read = read_sheet(sheet, file, known, tally)
    table = read.table
    stated.problems += table.problems
    stated.examples += read.examples
    stated.rows += len(table.row_numbers)
    return table.rows, table


def _place(table: Table, row: Row, column: str | None) -> dict[str, Any]:
    header = table.headers.get(column, column) if column else None
    return {"file": table.file, "sheet": table.sheet, "row": row.number, "column": header}


def _value(about: Column, row: Row, part: str, place: dict[str, Any], stated: Stated) -> Any:
    if about.name == "parts":
        return _parts(row, place, stated)
    if about.shape == "list":
        values = split_list(row.cells.get(about.name, []))
        return ([value.casefold() for value in values] if about.choices else values) or None
    text = row.text(about.name)
    if about.shape == "choice":
        text = text.casefold() if part != "tallies" and about.name != "counts" else text
    return text or None


def _parts(row: Row, place: dict[str, Any], stated: Stated) -> dict[str, Any] | None:
    parts: dict[str, Any] = {}
    for value in split_list(row.cells.get("parts", [])):
        name, colon, number = value.rpartition(":")
        if not colon or not number.strip().isdecimal() or name.strip() in parts:
            twice = name.strip() in parts
            stated.problems.append(
                Problem(
                    **place,
                    message=f"a part {'is named twice' if twice else 'needs a name and a number'}",
                    found=value[:120],
                    expected="parts such as `supported: 7; incorporated: 2`",
                )
            )
            continue
        parts[name.strip()] = number.strip()
    return parts or None


def _steps(sheet: Sheet, file: str, stages: list[dict[str, Any]], stated: Stated) -> None:
    known = review_columns("Flow")
    rows, table = _rows(sheet, file, known, stated)
    by_name = {
        slug(str(stage[key])): at
        for key in ("name", "id")
        for at, stage in enumerate(stages)
        if stage.get(key)
    }
    for row in rows:
        text = row.text("stage")
        place = _place(table, row, "stage")
        at = by_name.get(slug(text)) if text else 0 if len(stages) == 1 else None
        if at is None:
            ids = [str(stage.get("id", "")) for stage in stages]
            close = nearest(text, ids, limit=1) if text else []
            stated.problems.append(
                Problem(
                    **place,
                    message="unknown stage" if text else _MISSING,
                    found=text or None,
                    expected="an id of the sheet Search",
                    hint=f"did you mean {close[0]!r}?" if close else None,
                )
            )
            continue
        steps = stages[at].setdefault("steps", [])
        here: Place = ("search", at, "steps", len(steps))
        entry = {}
        for column in known:
            if column == "stage":
                continue
            stated.places[*here, column] = _place(table, row, column)
            value = _value(known[column], row, "flow", stated.places[*here, column], stated)
            if value is not None:
                entry[column] = value
        stated.places[here] = _place(table, row, None)
        steps.append(entry)


# -- the whole ----------------------------------------------------------------------------------


def _validated(
    stated: Stated, file: str, has_sheet: bool
) -> tuple[ReviewFile | None, list[Problem]]:
    def at(place: Place) -> dict[str, Any]:
        for length in range(len(place), 0, -1):
            found = stated.places.get(place[:length])
            if found is not None:
                return found
        return {"file": file, "sheet": "Review" if has_sheet else None, "row": None, "column": None}

    try:
        review = ReviewFile.model_validate(stated.data)
    except ValidationError as error:
        problems = _located(error, file, at, has_sheet)
        told = {_cell(one, one.column) for one in stated.problems}
        problems = [
            one for one in problems if one.message != _MISSING or _cell(one, one.column) not in told
        ]
        understood = _as_far_as_understood(stated.data, error)
        if understood is not None:
            rows = {_cell(one) for one in problems}
            more = within(understood, at)
            problems += [one for one in more if _cell(one) not in rows]
        return understood, problems
    return review, within(review, at)


def _cell(problem: Problem, column: str | None = None) -> tuple[str | None, int | None, str | None]:
    return problem.sheet, problem.row, column


def _located(
    error: ValidationError, file: str, at: Callable[[Place], dict[str, Any]], has_sheet: bool
) -> list[Problem]:
    places: list[Place] = []

    def row_of(place: Place) -> None:
        places.append(place)

    found = explain(error, ReviewFile, file=file, row_of=row_of, whole_path=True)
    problems = []
    for problem, place in zip(found, places, strict=True):
        if not has_sheet and len(place) == 1:
            continue  # that the sheet is missing has been said
        missing = problem.message.endswith(" is missing") and len(place) > 1
        message = _MISSING if missing else problem.message
        problems.append(problem.model_copy(update={**at(place), "message": message}))
    return problems


def _as_far_as_understood(data: dict[str, Any], error: ValidationError) -> ReviewFile | None:
    """The review without what is wrong in it, so that levels and stages are known all the same."""
    kept = {name: _copied(value) for name, value in data.items()}
    for complaint in error.errors(include_url=False):
        _mend(kept, complaint["loc"])
    try:
        return ReviewFile.model_validate(kept)
    except ValidationError:
        return None


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


_STAND_INS = {
    "id": "unread",
    "title": "unread",
    "name": "unread",
    "statement": "unread",
    "n": "0",
    "item": "1",
    "kind": "total",
}


def _mend(kept: dict[str, Any], place: Place) -> None:
    *way, last = place
    inside: Any = kept
    for step in way:
        try:
            inside = inside[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(inside, list) and isinstance(last, int):
        inside[last] = "unread"
    elif isinstance(inside, dict) and last in _STAND_INS:
        said = inside.get(last)
        inside[last] = _STAND_INS[last]
        if last == "id" and way:
            near = slug(str(said or ""))
            fits = re.fullmatch(LOCAL_ID, near) and len(near) <= 120
            inside["id"] = near if fits else f"unread-{'-'.join(str(step) for step in way)}"
            if way[0] in ("levels", "perspectives") and said:
                inside.setdefault("aliases", []).append(str(said)[:200])
    elif isinstance(inside, dict):
        inside.pop(last, None)
