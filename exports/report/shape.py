"""What a report is made of, before it is written in any format."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict, Field

NOT_REPORTED = "not reported"
SILENT = "–"
"""What stands in a cell where the graph is silent."""

_UPRIGHT, _ON_ITS_SIDE = 105, 160
"""Characters of table text that stand side by side on a page, upright and on its side."""
_LONGEST_WORD = 18
_BETWEEN = 4
_UNSHOWN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\ue00f\ufdd0-\ufdef\ufffe\uffff]"
)


class Part(BaseModel):
    """What every part of a report is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Part):
    """A row of a table."""

    cells: list[str]
    records: list[str] = Field(description="Ids of the records, or fields, that it rests on.")


class Table(Part):
    """A table: a caption, a header and rows of text."""

    id: str = Field(description="Short and unique in the report; the name of a sheet.")
    caption: str
    columns: list[str]
    widths: list[int] = Field(description="How wide each column is, beside the others.")
    rows: list[Row]
    notes: list[str] = []
    wide: bool = Field(default=False, description="Needs a page on its side.")


class Run(Part):
    """A piece of a reference in one kind of letters."""

    text: str
    italic: bool = False
    bold: bool = False


class Reference(Part):
    """An entry of the list of references."""

    source: str = Field(description="The id of the source.")
    label: str = Field(description="The number of a numbered style; else empty.")
    runs: list[Run]

    @property
    def text(self) -> str:
        """The entry without its number."""
        return "".join(run.text for run in self.runs)


class Section(Part):
    """A part of the report under a heading of its own."""

    id: str
    title: str
    tables: list[Table] = []
    notes: list[str] = Field(default=[], description="Sentences that stand before the tables.")
    references: list[Reference] = []


class Report(Part):
    """The whole report."""

    review: str
    title: str
    subtitle: str
    authors: list[str]
    style: str = Field(description="The citation style of the references, by its name.")
    sections: list[Section]

    @property
    def tables(self) -> list[Table]:
        """All tables, in order; the first has the number 1."""
        return [table for section in self.sections for table in section.tables]


def shown(value: object) -> str:
    """A value as a cell shows it; a dash where there is none.

    White space is evened out and line ends are kept. Characters that a document cannot hold are
    marked.
    """
    if value is None:
        return SILENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(str(value)) or SILENT


def plain(text: str) -> str:
    """A text as every format can hold it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    even = (" ".join(_UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", line).split()) for line in lines)
    return "\n".join(line for line in even if line)


def joined(values: Iterable[object], between: str = "; ") -> str | None:
    """Several values in one cell; none if there are none."""
    return between.join(str(value) for value in values) or None


def table(
    id_: str,
    caption: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Sequence[object], Sequence[str]]],
    *,
    notes: Sequence[str] = (),
    keep: Sequence[str] = (),
    quiet: Sequence[str] = (),
) -> list[Table]:
    """A table, or none if it has no rows.

    A column in which the graph is silent throughout is left out, and a note names it.

    Args:
        id_: the table's short name.
        caption: what it shows.
        columns: headers.
        rows: values and the ids of the records behind them.
        notes: what a reader must know.
        keep: columns that stay even where they are empty.
        quiet: columns that are left out without a note, since nobody is to report them.
    """
    made = [([shown(value) for value in values], list(records)) for values, records in rows]
    if not made:
        return []
    told = [
        name in keep or any(cells[place] != SILENT for cells, _ in made)
        for place, name in enumerate(columns)
    ]
    left = [
        name for name, stays in zip(columns, told, strict=True) if not stays and name not in quiet
    ]

    def those(values: Sequence[str]) -> list[str]:
        return [value for value, stays in zip(values, told, strict=True) if stays]

    silent = [f"Not reported for any row: {', '.join(left)}."] if left else []
    shown_rows = [Row(cells=those(cells), records=records) for cells, records in made]
    if any(SILENT in row.cells for row in shown_rows):
        silent.append(f"{SILENT} {NOT_REPORTED}.")
    heads = [plain(name) for name in those(columns)]
    widths, wide = _widths(
        [[head, *(row.cells[place] for row in shown_rows)] for place, head in enumerate(heads)]
    )
    return [
        Table(
            id=id_,
            caption=plain(caption),
            columns=heads,
            widths=widths,
            rows=shown_rows,
            notes=[*map(plain, notes), *silent],
            wide=wide,
        )
    ]


def _widths(columns: Sequence[Sequence[str]]) -> tuple[list[int], bool]:
    """How wide each column is, in characters, and whether that needs a page on its side.

    Each has room for its longest word; what is left goes by the root of the usual length, which
    keeps rows low.
    """
    least: list[float] = []
    wished: list[float] = []
    for head, *texts in columns:
        words = [word for text in texts for word in text.replace("-", "- ").split()]
        longest = max([*map(len, words), *(round(1.2 * len(word)) for word in head.split())])
        usual = math.sqrt(sum(len(text) ** 2 for text in texts) / max(len(texts), 1))
        least.append(min(longest, _LONGEST_WORD) + _BETWEEN)
        wished.append(max(least[-1], 4 * math.sqrt(usual)))
    wide = sum(wished) > _UPRIGHT
    left = max((_ON_ITS_SIDE if wide else _UPRIGHT) - sum(least), 0)
    more = sum(wished) - sum(least)
    by = left / more if more else 0.0
    found = [round(low + by * (wish - low)) for low, wish in zip(least, wished, strict=True)]
    return found, wide
