"""What is doubtful in the cells of a sheet of configurations, told once for each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.errors import Severity
from loaders.cell_values import has_other_sign
from loaders.header_words import says_against
from loaders.mapped_columns import Telling
from loaders.reading import listed

OF_ROW = "this adds to what other rows say of the whole configuration"
"""What is said of levels that differ between rows of one configuration."""
CONTRADICTS = "this is not what row"
"""How it begins, what is said of rows of one configuration that say different things."""
_CHALLENGING = "{to: evidence.source, stance: challenges}"


@dataclass(slots=True)
class Doubts:
    """Headers, and the rows of cells, of which something is to be said."""

    tell: Telling
    unstated: set[str] = field(default_factory=set)
    """References without a stance."""
    turned: set[str] = field(default_factory=set)
    """Headers that say the opposite of the stance for all of the map."""
    sourceless: dict[str, list[int]] = field(default_factory=dict)
    varying: dict[str, list[int]] = field(default_factory=dict)
    """Levels that differ between rows of one configuration."""
    empty: dict[str, list[int]] = field(default_factory=dict)
    """Cells that say that nothing is said."""
    citing_none: dict[str, list[int]] = field(default_factory=dict)
    """Cells of references that say that there is none."""

    def points_above(self, row: int, header: str, text: str) -> None:
        """A cell says that it says what stands above it."""
        self.tell(
            row,
            header,
            "this points to the cell above it",
            found=text,
            expected="what is meant, written out",
            hint="`fill_down: true` for the column: such cells and empty ones say what is above",
        )

    def turned_into(self, row: int, header: str, kind: str, text: str) -> None:
        """A spreadsheet may have made a date of `3-7`, or a decimal of `3, 5`."""
        self.tell(
            row,
            header,
            f"the cell holds {kind}, and no references",
            found=text,
            expected="references such as 3-7 or 3; 5",
            hint="a spreadsheet may have made it of such numbers: format the cells as text and "
            "write them again",
        )

    def signs(self, row: int, header: str, values: Sequence[str]) -> None:
        """A value may have a sign of its own among its words."""
        for value in values:
            if has_other_sign(value):
                self.tell(
                    row,
                    header,
                    "signs of two polarities stand in what looks like one value",
                    found=value,
                    hint="part the values with ; or a line break, or take away the sign or dash",
                )

    def tell_all(self, header_row: int) -> None:
        """Say of each column what was seen in its rows."""
        for header in sorted(self.unstated):
            self.tell(
                header_row,
                header,
                "these references were kept as notes: the map does not say which stance they take",
                severity=Severity.WARNING,
                hint=f"if they challenge, as the header says, write {_CHALLENGING} in the map"
                if says_against(header)
                else "add `stance: supports` to the map to make evidence of them",
            )
        for header in sorted(self.turned):
            self.tell(
                header_row,
                header,
                "the header says that these references challenge, but as the map says they support",
                severity=Severity.WARNING,
                found="stance: supports",
                expected=_CHALLENGING,
            )
        for header, rows in self.sourceless.items():
            self._tell_rows(
                rows,
                header,
                "there is no source beside it; it was kept as a note of the configuration",
            )
        for header, rows in self.varying.items():
            hint = "if it is what the evidence of the row speaks to, map it to evidence.levels"
            self._tell_rows(rows, header, OF_ROW, hint)
        for header, rows in self.empty.items():
            self._tell_rows(
                rows,
                header,
                "a cell says that nothing is said; it was read as empty, and kept as a note",
            )

        for header, rows in self.citing_none.items():
            self._tell_rows(
                rows,
                header,
                "a cell says that it cites nothing; it was read as no reference, and kept as a "
                "note",
            )

    def _tell_rows(
        self, rows: list[int], header: str, message: str, hint: str | None = None
    ) -> None:
        self.tell(
            rows[0],
            header,
            message,
            severity=Severity.WARNING,
            found=listed("row", rows) if len(rows) > 1 else None,
            hint=hint,
        )
