"""A sheet with configurations in free text, read as somebody's ``columns.yaml`` says.

One row is a configuration, or a piece of evidence under one: rows whose id is merged or repeated,
and rows that leave all of the configuration empty, belong to one. The words of its parts declare
concepts, and the names of mechanisms declare mechanisms. References become evidence only if the map
says which stance they take: nothing in such a table states it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from pydantic import ValidationError

from graph.errors import Problem, Severity
from loaders.cell_tally import all_passed_over
from loaders.columns import FILES, REVIEW_FILE
from loaders.columns_file import ColumnMap, read_map
from loaders.headings import LOOKED_AT, headers_of, key_of_header
from loaders.mapped_columns import place_of
from loaders.mapped_rows import read_rows
from loaders.parsed_input import Given
from loaders.review_file import ReviewFile
from loaders.sheet_names import kind_of, sheet_called
from loaders.sheets import Sheet, opened
from loaders.validation_messages import explain
from loaders.workbook import read_beside


def read_mapped(
    path: Path,
    name: str,
    columns_file: Path,
    *,
    max_mb: int,
    encoding: str | None = None,
    known: bool = False,
) -> list[Given] | None:
    """Read a sheet of configurations, and what else the workbook holds of our kinds.

    The answer is None if the map is not for this file: it names none of its columns, and the file
    is of a kind that is read without a map, or is a workbook with a sheet `Review`.

    Args:
        path: an .xlsx, .ods or .csv file.
        name: how messages call it.
        columns_file: the ``columns.yaml`` that says what its columns are.
        max_mb: how much a workbook may inflate to, in MiB.
        encoding: what a .csv file is in that is not in Unicode.
        known: the file is of a kind that is read, or named, without a map.
    """
    rest, given = Given(name), Given(name, mapped=True)
    column_map, problems = read_map(columns_file)
    rest.problems += problems
    if column_map is None:
        return [_unread(rest)]
    with opened(path, name, max_mb, encoding) as (sheets, found):
        given.problems += found
        sheet = _sheet(sheets, column_map, given)
        if known or any(kind_of(one.name)[0] == "Review" for one in sheets):
            here, missing = _columns_there(sheet, column_map)
            if not here:
                return None
            if known and missing:
                return [_unclear(rest, here, missing, columns_file)]
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


def _columns_there(sheet: Sheet | None, column_map: ColumnMap) -> tuple[list[str], list[str]]:
    """Which columns of a map a sheet has, in the row that has most of them, and which not."""
    named = [header for header in column_map.columns if place_of(header) is None]
    if sheet is None:
        return [], named
    first = [*islice(sheet.lines, LOOKED_AT)]
    sheet.lines = chain(first, sheet.lines)
    rows = column_map.header_rows
    found = [{*map(key_of_header, headers_of(first[at : at + rows]))} for at in range(len(first))]
    most = max(found, key=lambda keys: len(keys & {*map(key_of_header, named)}), default=set())
    here = [header for header in named if key_of_header(header) in most]
    return here, [header for header in named if header not in here]


def _unclear(given: Given, here: list[str], missing: list[str], columns_file: Path) -> Given:
    given.problems.append(
        Problem(
            file=given.file,
            row=1,
            message="this file is of a kind that is read without a map, and it has only some of "
            f"the columns that {columns_file.name} names",
            found=f"{', '.join(here)}; not {', '.join(missing)}"[:120],
            expected="all of them, if the map is for this file, or none",
            hint="load it without --map, in a command of its own; or put the map right",
        )
    )
    return given


def tell_unused(columns_file: Path, inputs: Sequence[Given]) -> None:
    """Say so if a map is for none of the files that it was given with."""
    wrong = (one.severity is Severity.ERROR for given in inputs for one in given.problems)
    if not inputs or any(wrong) or any(given.mapped for given in inputs):
        return
    problem = Problem(
        file=columns_file.name or str(columns_file),
        message="this map is for none of these files: they have none of the columns that it names, "
        "or are read without a map",
        hint="name the table that it is for, or leave --map out",
    )
    inputs[0].problems.append(problem)


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
