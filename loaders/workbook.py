"""A workbook as what it says of a review: one sheet per kind of record, and the review's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import Problem, Severity
from graph.names import nearest
from loaders.cell_tally import FOR_PEOPLE, CellTally, all_passed_over
from loaders.columns import FILES, REVIEW_FILE, columns
from loaders.inflating import damaged
from loaders.parsed_input import Given
from loaders.review_file import ReviewFile
from loaders.review_sheets import read_review_sheets
from loaders.sheet_names import REVIEW_SHEETS, TITLES, kind_of, passed_over, sheet_titles
from loaders.sheet_tables import read_sheet
from loaders.sheets import Sheet, opened


def read_workbook(path: Path, name: str, *, max_mb: int) -> Given:
    """Read a workbook; nothing in it is run, and what a formula last came to is its value.

    Args:
        path: an .xlsx, .xlsm, .xls or .ods file.
        name: how messages call it.
        max_mb: how much it may inflate to, in MiB.
    """
    with opened(path, name, max_mb) as (sheets, problems):
        given = Given(name, states_review=True, problems=problems)
        if not sheets:
            given.unread = {REVIEW_FILE, *FILES}
            return given
        try:
            _read(sheets, given)
        except (ValueError, OverflowError):
            given.unread = {REVIEW_FILE, *FILES}
            given.problems.append(damaged(name))
    return given


_PARTS = {"Review": "id", "Flow": "search"} | {
    name: name.casefold() for name in REVIEW_SHEETS if name not in ("Review", "Flow")
}
"""The part of a review that each of its sheets states."""


def read_beside(sheets: list[Sheet], given: Given, said: set[str] | None) -> None:
    """Read the other sheets of a workbook one sheet of which is read as a map of columns says.

    What is of a known kind is read as in any workbook; the rest is named.

    Args:
        sheets: the other sheets.
        given: where to; if the map states the review, it is there already.
        said: the parts of the review that the map states; None if it states none.
    """
    found = _sort(sheets, given)
    if said is None:
        why = "there is no sheet Review beside it"
        kept = found.review if "Review" in found.review else {}
    else:
        why = "the map says what it would say"
        kept = {name: one for name, one in found.review.items() if _PARTS.get(name) not in said}
    for name, sheet in found.review.items():
        if name not in kept:
            given.problems.append(_not_read(sheet, given.file, why))
            given.cells.append(all_passed_over(sheet, given.file, f"in a sheet not read: {why}"))
    if kept:
        given.states_review = True
        _read_review(kept, given, given.review)
    for file, sheet in found.records.items():
        tally = CellTally(given.file, sheet.name or None)
        table = read_sheet(sheet, given.file, columns(file), tally).table
        missing = [
            column.name
            for column in columns(file).values()
            if column.required and column.name not in table.columns
        ]
        if missing:
            why = f"no {TITLES[file]}: it has no column {missing[0]}"
            given.problems.append(_not_read(sheet, given.file, why))
            cells = tally.counted(set()).cells
            tally = CellTally(given.file, sheet.name or None)
            tally.pass_over(f"in a sheet not read: {why}", cells)
        elif table.row_numbers or not table.complete:
            given.tables[file] = table
        given.cells.append(tally)


def _not_read(sheet: Sheet, file: str, why: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        file=file,
        sheet=sheet.name,
        message=f"this sheet was not read: {why}",
    )


@dataclass(slots=True)
class _Sorted:
    """The sheets by what they hold."""

    review: dict[str, Sheet] = field(default_factory=dict)
    records: dict[str, Sheet] = field(default_factory=dict)


def _read(sheets: list[Sheet], given: Given) -> None:
    found = _sort(sheets, given)
    if not found.review and not found.records:
        given.problems.append(
            Problem(
                file=given.file,
                message="no sheet of this workbook holds a kind of record that is known",
                found=", ".join(sheet.name for sheet in sheets)[:120],
                expected=f"sheets such as {', '.join(sheet_titles()[:9])}",
                hint="`theorygraph template` writes a workbook; for one row per configuration, "
                "`theorygraph suggest-map` proposes what each column is",
            )
        )
        return
    rows, examples = _read_review(found.review, given)
    for file, sheet in found.records.items():
        tally = CellTally(given.file, sheet.name or None)
        given.cells.append(tally)
        read = read_sheet(sheet, given.file, columns(file), tally)
        examples += read.examples
        rows += len(read.table.row_numbers)
        if read.table.row_numbers or not read.table.complete:
            given.tables[file] = read.table
        else:
            given.problems += read.table.problems
    given.records = {"rows": rows, "example rows, ignored": examples}


def _read_review(
    sheets: dict[str, Sheet], given: Given, said: ReviewFile | None = None
) -> tuple[int, int]:
    """Read the sheets that state the review; how many rows and example rows they have."""
    review, problems, counts = read_review_sheets(sheets, given.file, given.cells, said)
    given.review = review
    given.problems += problems
    if review is None:
        given.unread.add(REVIEW_FILE)
    return counts["rows"], counts["examples"]


def _sort(sheets: list[Sheet], given: Given) -> _Sorted:
    found = _Sorted()
    guessed: list[tuple[Sheet, str]] = []
    for sheet in sheets:
        if passed_over(sheet.name):
            given.cells.append(all_passed_over(sheet, given.file, FOR_PEOPLE))
            continue
        kind, misspelt = kind_of(sheet.name)
        if kind is None:
            _unknown(sheet, given)
        elif misspelt:
            guessed.append((sheet, kind))
        else:
            _take(sheet, kind, found, given)
    for sheet, kind in guessed:
        if kind in found.review or kind in found.records:
            _unknown(sheet, given)
            continue
        _take(sheet, kind, found, given)
        given.problems.append(
            Problem(
                severity=Severity.WARNING,
                file=given.file,
                sheet=sheet.name,
                message=f"this sheet was read as {kind.removesuffix('.csv')!r}",
                hint="name it so, or begin its name with _ if it is not to be read",
            )
        )
    return found


def _take(sheet: Sheet, kind: str, found: _Sorted, given: Given) -> None:
    held = found.review if kind in REVIEW_SHEETS else found.records
    if kind in held:
        given.problems.append(
            Problem(
                file=given.file,
                sheet=sheet.name,
                message=f"two sheets hold {kind.removesuffix('.csv')}, and only one is read",
                found=f"{held[kind].name}, {sheet.name}",
                hint="put their rows into one sheet",
            )
        )
        given.unread.add(kind if kind in FILES else REVIEW_FILE)
        given.cells.append(
            all_passed_over(sheet, given.file, f"in a second sheet of {kind.removesuffix('.csv')}")
        )
        return
    held[kind] = sheet


def _unknown(sheet: Sheet, given: Given) -> None:
    given.cells.append(
        all_passed_over(sheet, given.file, "in a sheet whose name is that of no kind of record")
    )
    close = nearest(sheet.name, sheet_titles(), limit=1)
    given.problems.append(
        Problem(
            severity=Severity.WARNING,
            file=given.file,
            sheet=sheet.name,
            message="this sheet is none that is known, and was not read",
            expected=f"one of {', '.join(sheet_titles())}",
            hint=f"did you mean {close[0]!r}?"
            if close
            else "begin its name with _ to pass it over",
        )
    )
