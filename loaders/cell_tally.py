"""What became of rows and cells: each is counted once, wherever it went."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Set
from dataclasses import dataclass, field

from pydantic import BaseModel

from graph.errors import Problem, Severity
from loaders.sheets import Line, Sheet, text_of

EXAMPLES = "in example rows"
ASIDES = "in what the template says of fields"
UNFILLED = "in fields without a value"
FOR_PEOPLE = "in sheets for people, by their names"
USUAL = (EXAMPLES, ASIDES, UNFILLED, FOR_PEOPLE)
"""Why cells are passed over in any workbook that was made of the template."""


class FileCount(BaseModel):
    """What became of the rows of one table: ``rows`` = ``accepted`` + ``rejected``.

    ``kind`` is the file of a review folder that holds such rows. A row that has an error is
    rejected, whatever else it brings; ``records`` is how many records those accepted come to.
    """

    file: str
    kind: str
    rows: int
    accepted: int
    rejected: int
    records: int


class SheetCount(BaseModel):
    """What became of the cells of a sheet that hold something.

    ``cells`` = ``read`` + ``noted`` + ``merged`` + ``refused`` + the numbers of ``passed_over``,
    which gives each reason. Headers count as read; ``noted`` are kept as a note of a record,
    ``merged`` repeat what another cell said, ``refused`` stand in rows that have an error. Of
    merged cells the first counts. ``sheet`` is None for a CSV file.
    """

    file: str
    sheet: str | None
    cells: int
    read: int
    noted: int
    merged: int
    refused: int
    passed_over: dict[str, int]


@dataclass(slots=True)
class CellTally:
    """The count of a sheet while it is read."""

    file: str
    sheet: str | None
    read: int = 0
    refused: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)
    _rows: array[int] = field(default_factory=lambda: array("l"))

    def row(self, number: int, *, read: int = 0, noted: int = 0, merged: int = 0) -> None:
        """The cells of a row; they count as refused if the row has an error."""
        self._rows.extend((number, read, noted, merged))

    def pass_over(self, reason: str, cells: int) -> None:
        """Cells that are not looked at, and why."""
        if cells:
            self.passed_over[reason] = self.passed_over.get(reason, 0) + cells

    def counted(self, wrong: Set[int]) -> SheetCount:
        """The whole count.

        Args:
            wrong: the numbers of the rows that have an error.
        """
        read, noted, merged, refused = self.read, 0, 0, self.refused
        rows = iter(self._rows)
        for number, of_row, in_notes, repeated in zip(rows, rows, rows, rows, strict=True):
            if number in wrong:
                refused += of_row + in_notes + repeated
            else:
                read += of_row
                noted += in_notes
                merged += repeated
        return SheetCount(
            file=self.file,
            sheet=self.sheet,
            cells=read + noted + merged + refused + sum(self.passed_over.values()),
            read=read,
            noted=noted,
            merged=merged,
            refused=refused,
            passed_over=self.passed_over,
        )


def wrong_rows(
    problems: Iterable[Problem],
) -> defaultdict[tuple[str | None, str | None], set[int]]:
    """The numbers of the rows that have an error, by file and sheet; others have none."""
    wrong: defaultdict[tuple[str | None, str | None], set[int]] = defaultdict(set)
    for one in problems:
        if one.severity is Severity.ERROR and one.row is not None:
            wrong[one.file, one.sheet].add(one.row)
    return wrong


def cells_in(lines: Iterable[Line], errors: Container[tuple[int, int]] = ()) -> int:
    """How many cells of rows hold something; of merged cells the first, of errors none."""
    return sum(
        place not in line.lent
        and value != ""
        and (line.number, place + 1) not in errors
        and bool(text_of(value).strip())
        for line in lines
        for place, value in enumerate(line.values)
    )


def all_passed_over(sheet: Sheet, file: str, reason: str) -> CellTally:
    """The count of a sheet that is not read at all."""
    tally = CellTally(file, sheet.name or None)
    tally.pass_over(reason, cells_in(sheet.lines, sheet.errors) + len(sheet.errors))
    return tally
