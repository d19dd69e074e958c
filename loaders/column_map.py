"""A sheet with configurations in free text, read as somebody's ``columns.yaml`` says.

One row is a configuration, or a piece of evidence under one: rows whose id is merged or repeated,
and rows that leave all of the configuration empty, belong to one. The words of its parts declare
concepts, and the names of mechanisms declare mechanisms. References become evidence only if the map
says which stance they take: nothing in such a table states it.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from graph.errors import Problem
from loaders.cell_tally import all_passed_over
from loaders.columns import FILES, REVIEW_FILE
from loaders.columns_file import ColumnMap, read_map
from loaders.explain import explain
from loaders.given import Given
from loaders.mapped_rows import read_rows
from loaders.review_file import ReviewFile
from loaders.sheet_names import sheet_called
from loaders.sheets import Sheet, opened
from loaders.workbook import read_beside


def read_mapped(
    path: Path, name: str, columns_file: Path, *, max_mb: int, encoding: str | None = None
) -> list[Given]:
    """Read a sheet of configurations, and what else the workbook holds of our kinds.

    Args:
        path: an .xlsx, .ods or .csv file.
        name: how messages call it.
        columns_file: the ``columns.yaml`` that says what its columns are.
        max_mb: how much a workbook may inflate to, in MiB.
        encoding: what a .csv file is in that is not in Unicode.
    """
    rest, given = Given(name), Given(name, mapped=True)
    column_map, problems = read_map(columns_file)
    rest.problems += problems
    if column_map is None:
        return [_unread(rest)]
    with opened(path, name, max_mb, encoding) as (sheets, found):
        given.problems += found
        sheet = _sheet(sheets, column_map, given)
        others = [other for other in sheets if other is not sheet]
        said = _review_of(column_map, columns_file, rest)
        if sheet is None:
            rest.cells += [
                all_passed_over(other, name, "in a sheet that was not looked at")
                for other in others
            ]
            rest.problems += given.problems
            return [_unread(rest, states_review=rest.states_review)]
        read_beside(others, rest, said)
        read_rows(sheet, column_map, given)
    return [rest, given]


def _unread(given: Given, *, states_review: bool = True) -> Given:
    given.states_review = states_review
    given.unread = {REVIEW_FILE, *FILES}
    return given


def _review_of(column_map: ColumnMap, file: Path, given: Given) -> set[str] | None:
    """Take the review that the map states; the parts of it that it says, if it states one."""
    if column_map.review is None:
        return None
    given.states_review = True
    data = column_map.review.model_dump()
    try:
        given.review = ReviewFile.model_validate(data)
    except ValidationError as error:
        given.unread.add(REVIEW_FILE)
        given.problems += explain(
            error, ReviewFile, file=file.name, row_of=lambda _: None, whole_path=True
        )
    return set(data)


def _sheet(sheets: list[Sheet], column_map: ColumnMap, given: Given) -> Sheet | None:
    if not sheets:
        return None
    if column_map.sheet is None or (len(sheets) == 1 and not sheets[0].name):
        return sheets[0]
    found = sheet_called(column_map.sheet, sheets, given.file)
    if isinstance(found, Problem):
        given.problems.append(found)
        return None
    return found
