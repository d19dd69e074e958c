"""Headings between the rows of a sheet of configurations: what they say of the rows below."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from graph.cells import ERRORS
from graph.errors import Severity
from loaders.cell_tally import CellTally
from loaders.cell_values import kept_whole
from loaders.columns import OF_SEVERAL, columns
from loaders.columns_file import ColumnMap, targets
from loaders.mapped_columns import MappedColumns, Telling
from loaders.mapped_tables import MappedConfiguration
from loaders.sheets import Line, text_of

ID_LIKE = re.compile(r"[^\W\d]{0,8}[\s.#:_-]*\d+(?:\.\d+)*[a-z]?\.?")
"""What ids of configurations look like: `CMO 3`, `12a`."""


@dataclass(slots=True)
class Section:
    """A heading between rows, and whether rows stand below it."""

    number: int
    text: str
    alone: bool
    """True if it was seen as one only because its row has no other cell."""
    used: bool = False


class Sections:
    """The headings that the row that is being read stands below."""

    def __init__(
        self, column_map: ColumnMap, columns: MappedColumns, tally: CellTally, tell: Telling
    ) -> None:
        self.map = column_map
        self.columns = columns
        self.tally = tally
        self.tell = tell
        self.open: list[Section] = []

    def heading(self, line: Line, ids: Container[str]) -> Section | None:
        """A row that is a heading for the rows below it.

        Args:
            line: the row.
            ids: the ids of configurations that rows above it have, in small letters.
        """
        if line.heading:
            text = next(text_of(value).strip() for value in line.values if value != "")
            return Section(line.number, text, alone=False)
        own = [
            place
            for place, value in enumerate(line.values)
            if place not in line.lent and text_of(value).strip()
        ]
        if (
            len(own) != 1
            or line.lent
            or len(self.columns.by_place) < 3
            or own[0] != min(self.columns.by_place)
        ):
            return None
        one, text = self.columns.by_place[own[0]], text_of(line.values[own[0]]).strip()
        if one.file == "evidence.csv" or one.use.to == "ignore" or text in ERRORS:
            return None
        if one.is_id and (ID_LIKE.fullmatch(text) or text.casefold() in ids):
            return None
        return Section(line.number, text, alone=True)

    def take(self, section: Section) -> None:
        """A heading begins."""
        if any(one.used for one in self.open):  # rows stand between: a new heading
            self.close()
        self.open.append(section)

    def close(self) -> None:
        """Say what became of headings, now that it is known whether rows stand below them."""
        for one in self.open:
            if self.map.sections == "ignore":
                self.tally.pass_over("in headings that the map ignores", 1)
            elif one.used:
                noted = self.map.sections == "note"
                self.tally.row(one.number, noted=int(noted), read=int(not noted))
                if one.alone:
                    self.tell(
                        one.number,
                        None,
                        "the row has one cell; it was read as a heading of the rows below it",
                        severity=Severity.WARNING,
                        found=one.text[:80],
                    )
            else:
                self.tally.pass_over("in headings without rows below them", 1)
                self.tell(
                    one.number,
                    None,
                    "a heading with no rows below it; it was passed over",
                    severity=Severity.WARNING,
                    found=one.text[:80],
                )
        self.open = []

    def stand_over(self, held: MappedConfiguration) -> None:
        """Say of a configuration that it stands below these headings."""
        for one in self.open:
            one.used = True
        if not self.open or self.map.sections == "ignore":
            return
        texts = [one.text for one in self.open]
        if self.map.sections == "note":
            held.notes.append(f"Under the heading: {' / '.join(texts)}")
            return
        column = targets()[self.map.sections][1]
        shape = columns("configurations.csv")[column].shape
        held.cells[column] = (
            [*map(kept_whole, texts)] if shape in OF_SEVERAL else [" / ".join(texts)]
        )
        held.said_in[column] = self.open[-1].number
