"""The rows of a sheet of configurations: which belong together, and what each cell gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal

from graph.cells import ERRORS
from graph.errors import Severity
from graph.model import Stance
from loaders.cell_tally import CellTally, cells_in
from loaders.cell_values import (
    is_same,
    named_parts,
    parted,
    says_above,
    says_nothing,
    turned_into,
)
from loaders.citations import says_none
from loaders.columns import OF_SEVERAL, columns
from loaders.columns_file import ColumnMap
from loaders.header_words import says_against
from loaders.headings import LOOKED_AT, plain
from loaders.mapped_columns import MappedColumn, MappedColumns, Telling, values_of
from loaders.mapped_doubts import CONTRADICTS, Doubts
from loaders.mapped_sections import Sections
from loaders.mapped_tables import MappedConfiguration, MappedTables
from loaders.parsed_input import Given, References
from loaders.sheets import Line, Sheet, text_of
from loaders.tables import Row


def read_rows(sheet: Sheet, column_map: ColumnMap, given: Given) -> None:
    """Read the rows of a sheet as a map of its columns says.

    Args:
        sheet: the sheet.
        column_map: what its columns are.
        given: where to.
    """
    _Rows(sheet, column_map, given).read()


_Fate = Literal["read", "noted", "merged", "ignored"]


@dataclass(slots=True)
class _Cells:
    """What one row says, by the columns that it fills."""

    number: int
    fate: dict[int, _Fate] = field(default_factory=dict)
    """What becomes of each cell that holds something, without those that are merged from above."""
    id: str = ""
    id_at: int = -1
    id_lent: bool = False
    parts: dict[str, list[str]] = field(default_factory=dict)
    stands_in: dict[str, list[MappedColumn]] = field(default_factory=dict)
    """The columns that each of the parts stands in."""
    own: bool = False
    """Whether it says any of the parts itself; levels alone make no configuration."""
    shared: list[tuple[MappedColumn, str]] = field(default_factory=list)
    said_in: dict[str, int] = field(default_factory=dict)
    """The row in which what is shared is written."""
    sources: list[tuple[MappedColumn, str]] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


class _Rows:
    def __init__(self, sheet: Sheet, column_map: ColumnMap, given: Given) -> None:
        self.sheet = sheet
        self.map = column_map
        self.given = given
        name = sheet.name or None
        self.tables = MappedTables(given, name)
        self.tally = CellTally(given.file, name)
        given.cells.append(self.tally)
        given.said_sources = column_map.sources
        self.tell = Telling(given.file, name, given.problems)
        self.columns = MappedColumns(column_map, self.tell)
        self.made: list[MappedConfiguration] = []
        self.by_id: dict[str, MappedConfiguration] = {}
        self.by_parts: dict[str, MappedConfiguration] = {}
        self.last: dict[int, str] = {}
        """The last text of each column, for those whose empty cells say it again."""
        self.since: dict[int, int] = {}
        """The row in which that text is written."""
        self.sections = Sections(column_map, self.columns, self.tally, self.tell)
        self.header_row = 1
        self.doubts = Doubts(self.tell)

    def read(self) -> None:
        first = list(islice(self.sheet.lines, max(LOOKED_AT, self.map.header_row or 0) + 3))
        at = self.columns.find(first)
        if at is None:
            lines = chain(first, self.sheet.lines)
            self.tally.pass_over("in a sheet without headers", cells_in(lines, self.sheet.errors))
            return
        self.tally.pass_over("above the headers", cells_in(first[:at], self.sheet.errors))
        head = first[at : at + self.map.header_rows]
        self.tally.read += cells_in(head, self.sheet.errors)
        self.header_row = head[0].number
        self.columns.take(head)
        rows = 0
        for line in (*first[at + len(head) :], *self.sheet.lines):
            rows += 1
            self._line(line)
        self.sections.close()
        self._errors(head[-1].number)
        self.doubts.tell_all(self.header_row)
        self.given.problems += self.sheet.marks.told(self.given.file, self.sheet.name or None)
        self.tables.finish(self.made, self.columns, self.header_row)
        self.given.records = {"rows": rows}

    # -- rows ---------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        for place, value in enumerate(line.values):
            if place not in self.columns.by_place and value != "" and text_of(value).strip():
                self.columns.take_one(place, "", self.header_row)
        heading = self.sections.heading(line, self.by_id)
        if heading is not None:
            self.sections.take(heading)
            self.last.clear()
            return
        row = self._cells(line)
        fates = [*row.fate.values()]
        ignored = fates.count("ignored")
        self.tally.pass_over("in a column that the map ignores", ignored)
        if len(fates) == ignored:
            return
        held, how = self._belongs(row)
        if held is None:
            held = MappedConfiguration(line.number)
            self.made.append(held)
            self.sections.stand_over(held)
        if row.id:
            self.by_id.setdefault(row.id.casefold(), held)
        elif row.parts and not how:
            self.by_parts.setdefault(_signature(row.parts), held)
        self._take(row, held, how)
        headers = {place + 1: one.header for place, one in self.columns.by_place.items()}
        held.notes += self.sheet.marks.take(line.number, headers)
        fates = [*row.fate.values()]
        self.tally.row(
            line.number,
            read=fates.count("read"),
            noted=fates.count("noted"),
            merged=fates.count("merged"),
        )

    def _cells(self, line: Line) -> _Cells:
        row = _Cells(line.number)
        for place, one in self.columns.by_place.items():
            text, lent = self._text(line, one), place in line.lent
            above = one.says and says_above(text)
            if above and one.use.fill_down:
                row.fate[place] = "merged"
                text, above = "", False
            if text and not lent:
                row.fate[place] = "ignored" if one.use.to == "ignore" else "read"
            if text:
                self.last[place] = text
                if not lent or place not in self.since:
                    self.since[place] = line.number
            elif one.use.fill_down and place in self.last:
                text, lent = self.last[place], True
            if not text or one.use.to == "ignore":
                continue
            kind = turned_into(line.values[place]) if one.is_source and not lent else None
            if kind is not None:
                self.doubts.turned_into(line.number, one.header, kind, text)
                self.tables.evidence.refused.add(line.number)
            elif above and not one.is_source:
                self.doubts.points_above(line.number, one.header, text)
            elif (
                one.says
                and one.key not in ("id", "source", "polarity", "note")
                and says_nothing(text)
            ):
                self.doubts.empty.setdefault(one.header, []).append(line.number)
                row.notes.append((place, one.header, text))
            elif one.is_id:
                row.id, row.id_at, row.id_lent = text, place, lent
            elif one.is_source:
                row.sources.append((one, text))
            elif one.file == "evidence.csv":
                row.shared.append((one, text))
                row.said_in[one.key] = self.since[place]
            elif one.says:
                if one.parts:
                    self._take_whole(one, text, row)
                else:
                    self._take_part(one, text, row)
                row.own = row.own or (not lent and one.key != "levels")
            else:
                row.notes.append((place, one.header, text))
        return row

    def _take_whole(self, one: MappedColumn, text: str, row: _Cells) -> None:
        """Take a cell that holds a whole configuration and names its parts."""
        parts = named_parts(text)
        names = [part for part, _ in parts or ()]
        again = "outcome" in names and "context" in names[names.index("outcome") :]
        if parts is not None and not again:
            for part, value in parts:
                self._take_part(one.parts[part], value, row)
            return
        self.tell(
            row.number,
            one.header,
            "this cell holds more than one configuration"
            if again
            else "this cell does not name the parts of a configuration",
            found=text,
            expected="C: … M: … O: …",
            hint="give each configuration a row of its own" if again else None,
        )

    def _take_part(self, one: MappedColumn, text: str, row: _Cells) -> None:
        keys = {}
        if one.use.signs:
            separator = one.use.separator or self.map.separator
            self.doubts.signs(row.number, one.header, parted(text, separator, signs=True))
        values, labels = values_of(one, text, self.map.separator)
        said = [one for one in values if one[0] == "polarity" or not says_nothing(one[1])]
        if len(said) < len(values):
            self.doubts.empty.setdefault(one.header, []).append(row.number)
            values = said
        if labels:
            row.labels.append(f"{one.header}: {text}")
        for key, value in values:
            row.parts.setdefault(key, []).append(value)
            keys[key] = True
        for key in keys:
            row.stands_in.setdefault(key, []).append(one)

    def _text(self, line: Line, one: MappedColumn) -> str:
        text = text_of(line.values[one.place]) if one.place < len(line.values) else ""
        if (line.number, one.place + 1) in self.sheet.errors:
            return ""
        if text.strip() in ERRORS:
            self.sheet.errors[line.number, one.place + 1] = text.strip()
            return ""
        return text if one.key == "quote" and text.strip() else text.strip()

    # -- which configuration a row belongs to, and what it adds ---------------------------------

    def _belongs(self, row: _Cells) -> tuple[MappedConfiguration | None, str]:
        """The configuration that a row goes on with and what shows it; None for a new one."""
        before = self.made[-1] if self.made else None
        if row.id:
            held = self.by_id.get(row.id.casefold())
            return held, "" if held is None else "merged" if row.id_lent else "repeated"
        if before is None:
            return None, ""
        if not row.own:
            return before, "empty"
        same = self.by_parts.get(_signature(row.parts))
        if same is not None:
            return same, "repeated"
        if self.columns.has_ids:
            self.tell(
                row.number,
                self.columns.headers("configurations.csv").get("id"),
                "the row has no id; it was read as a configuration of its own",
                severity=Severity.WARNING,
                hint=f"write its id, or that of row {before.number} if it says more of that",
            )
        return None, ""

    def _take(self, row: _Cells, held: MappedConfiguration, how: str) -> None:
        if row.id:
            held.cells.setdefault("id", [row.id])
            if how == "repeated":
                row.fate[row.id_at] = "merged"
        stood, new = set(), set()
        for key, ones in row.stands_in.items():
            places = {one.place for one in ones}
            stood |= places
            if self._take_value(row, held, key, how):
                new |= places
        row.fate |= dict.fromkeys((stood - new) & set(row.fate), "merged")
        behind = "" if row.number == held.number else f" (row {row.number})"
        for place, header, text in row.notes:
            note = f"{header}: {text}"
            if place in row.fate:
                row.fate[place] = "merged" if note in held.notes else "noted"
            if note not in held.notes:
                held.notes.append(note + behind)
        held.notes += [note for note in row.labels if note not in held.notes]
        if not self._cite(row, held):
            for one, text in row.shared:
                if one.place not in row.fate:
                    continue
                row.fate[one.place] = "noted"
                held.notes.append(f"{one.header}: {text}{behind}")
                if not row.sources:
                    self.doubts.sourceless.setdefault(one.header, []).append(row.number)

    def _take_value(self, row: _Cells, held: MappedConfiguration, key: str, how: str) -> bool:
        """Take what a row says of a column of its configuration; whether it was anything new."""
        values, said = row.parts[key], held.cells.get(key)
        if said is None:
            held.cells[key] = list(values)
            held.said_in[key] = row.number
            return True
        if is_same(values, said):
            return False
        about = columns("configurations.csv")[key]
        if key == "note" or (how != "repeated" and about.shape in OF_SEVERAL):
            said += [value for value in values if not is_same([value], said)]
            if key == "levels":
                header = row.stands_in[key][0].header
                self.doubts.varying.setdefault(header, []).append(row.number)
            return True
        other = held.said_in[key]
        name = held.cells.get("id", [""])[0]
        self.tell(
            row.number,
            row.stands_in[key][0].header,
            f"{CONTRADICTS} {other} says of the same configuration",
            found="; ".join(values),
            expected=f"{'; '.join(said)}"[:200],
            hint=(f"{name!r} stands in both rows; two configurations have two ids" if name else "")
            + "; what is about one piece of evidence is evidence.… in the map",
        )
        return True

    def _cite(self, row: _Cells, held: MappedConfiguration) -> bool:
        """Take the references of a row; whether they become evidence."""
        shared: dict[str, list[str]] = {}
        for one, text in row.shared:
            shared.setdefault(one.key, []).append(text)
        stated = [text.casefold() for text in shared.get("stance", [])]
        before = len(held.cited)
        for one, text in row.sources:
            stance = stated[0] if stated else one.use.stance or self.map.stance
            cites = not says_none(text)
            if cites and stance is None:
                self.doubts.unstated.add(one.header)
            elif cites and not stated and stance is Stance.SUPPORTS and says_against(one.header):
                self.doubts.turned.add(one.header)
            if stance is None or not cites:
                if one.place in row.fate:
                    row.fate[one.place] = "noted"
                    held.notes.append(f"{one.header}: {text}")
                    if not cites:
                        self.doubts.citing_none.setdefault(one.header, []).append(row.number)
                continue
            cells = {
                **{name: list(texts) for name, texts in shared.items()},
                "stance": [str(stance)],
            }
            separator = one.use.separator or self.map.separator
            held.cited.append(
                References(Row(row.number, cells), text, one.header, separator, row.said_in)
            )
        return len(held.cited) > before

    # -- the whole ----------------------------------------------------------------------------

    def _errors(self, header_row: int) -> None:
        for (number, place), text in sorted(self.sheet.errors.items()):
            one = self.columns.by_place.get(place - 1)
            if number <= header_row or one is None:
                self.tally.pass_over("with errors of the spreadsheet outside of the rows", 1)
            elif one.use.to == "ignore":
                self.tally.pass_over("in a column that the map ignores", 1)
            else:
                self.tally.refused += 1
                self.tables.configurations.refused.add(number)
                self.tell(
                    number,
                    one.header,
                    "the cell holds an error of the spreadsheet",
                    found=text,
                    hint="mend the formula, or write the value itself",
                )


def _signature(parts: dict[str, list[str]]) -> str:
    """What a configuration says, to be compared with what others say."""
    return repr(
        sorted((key, [plain(one).casefold() for one in said]) for key, said in parts.items())
    )
