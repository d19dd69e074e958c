"""A sheet with configurations in free text, read as somebody's ``columns.yaml`` says.

One row is a configuration, or a piece of evidence under one: rows whose id is merged or repeated,
and rows that leave all of the configuration empty, belong to one. The words of its parts declare
concepts, and the names of mechanisms declare mechanisms. References become evidence only if the map
says which stance they take: nothing in such a table states it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from graph.cells import ERRORS
from graph.errors import Problem, Severity
from graph.model import LOCAL_ID
from graph.names import nearest, slug
from loaders.cell_tally import CellTally, all_passed_over, cells_in
from loaders.cell_values import (
    arrowed,
    is_same,
    kept_whole,
    labelled,
    parted,
    polarity_of_sign,
    signed,
)
from loaders.citations import says_none
from loaders.columns import FILES, REVIEW_FILE, Column, columns
from loaders.columns_file import ColumnMap, ColumnUse, read_map, targets
from loaders.explain import explain
from loaders.given import Given, References
from loaders.headings import LOOKED_AT, headers_of, key_of_header, letters, plain
from loaders.naming import Naming, split_list
from loaders.review_file import ReviewFile
from loaders.sheets import Line, Sheet, opened, text_of
from loaders.tables import Row, Table
from loaders.workbook import read_beside

_LETTERS = {
    "contexts": "C",
    "mechanisms": "M",
    "resources": "M|MR|R",
    "reasonings": "M|MR|R",
    "outcomes": "O",
}
LABELS = _LETTERS | {name[:-1]: letters for name, letters in _LETTERS.items()}
"""What labels of values begin with, by the column that the values go to."""
ID_LIKE = re.compile(r"[^\W\d]{0,8}[\s.#:_-]*\d+(?:\.\d+)*[a-z]?\.?")
"""What ids of configurations look like: `CMO 3`, `12a`."""

_LISTS = ("list", "references", "parts")
_SHOWN = 8


def read_mapped(path: Path, name: str, columns_file: Path, *, max_mb: int) -> list[Given]:
    """Read a sheet of configurations, and what else the workbook holds of our kinds.

    Args:
        path: an .xlsx, .ods or .csv file.
        name: how messages call it.
        columns_file: the ``columns.yaml`` that says what its columns are.
        max_mb: how much a workbook may inflate to, in MiB.
    """
    rest, given = Given(name), Given(name)
    column_map, problems = read_map(columns_file)
    rest.problems += problems
    if column_map is None:
        return [_unread(rest)]
    with opened(path, name, max_mb) as (sheets, found):
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
        _Rows(sheet, column_map, given, rest.tables.get("mechanisms.csv")).read()
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
    if column_map.sheet is None or (len(sheets) == 1 and not sheets[0].name):
        return sheets[0] if sheets else None
    wanted = plain(column_map.sheet).casefold()
    found = next((sheet for sheet in sheets if plain(sheet.name).casefold() == wanted), None)
    if found is None and sheets:
        given.problems.append(
            Problem(
                file=given.file,
                message="there is no such sheet",
                found=column_map.sheet,
                expected=f"one of {', '.join(sheet.name for sheet in sheets)}",
            )
        )
    return found


@dataclass(slots=True)
class _Column:
    """One mapped column: where it is and what it gives."""

    place: int
    header: str
    use: ColumnUse
    file: str = ""
    about: Column | None = None

    @property
    def key(self) -> str:
        """The column of the review folder that it fills."""
        return self.about.name if self.about is not None else self.use.to

    @property
    def is_id(self) -> bool:
        """Whether its cells are ids of configurations."""
        return self.file == "configurations.csv" and self.key == "id"

    @property
    def is_source(self) -> bool:
        """Whether its cells cite sources."""
        return self.file == "evidence.csv" and self.key == "source"


@dataclass(slots=True)
class _Configuration:
    """A configuration as far as its rows have been read."""

    number: int
    cells: dict[str, list[str]] = field(default_factory=dict)
    said_in: dict[str, int] = field(default_factory=dict)
    """For each column the row that said it first."""
    notes: list[str] = field(default_factory=list)
    cited: list[References] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """A heading between rows, and whether rows stand below it."""

    number: int
    text: str
    alone: bool
    """True if it was seen as one only because its row has no other cell."""
    used: bool = False


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
    stands_in: dict[str, list[_Column]] = field(default_factory=dict)
    """The columns that each of the parts stands in."""
    own: bool = False
    """Whether it says any of the parts itself."""
    shared: list[tuple[_Column, str]] = field(default_factory=list)
    sources: list[tuple[_Column, str]] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


class _Rows:
    def __init__(
        self, sheet: Sheet, column_map: ColumnMap, given: Given, mechanisms: Table | None
    ) -> None:
        self.sheet = sheet
        self.map = column_map
        self.given = given
        name = sheet.name or None
        self.configurations = Table(given.file, sheet=name)
        self.mechanisms = Table(given.file, sheet=name)
        self.evidence = Table(given.file, sheet=name)
        self.tally = CellTally(given.file, name)
        given.cells.append(self.tally)
        given.said_sources = column_map.sources
        self.columns: dict[int, _Column] = {}
        self.by_header = {
            key_of_header(header): (header, use) for header, use in column_map.columns.items()
        }
        self.made: list[_Configuration] = []
        self.by_id: dict[str, _Configuration] = {}
        self.by_parts: dict[str, _Configuration] = {}
        self.last: dict[int, str] = {}
        """The last text of each column, for those whose empty cells say it again."""
        self.sections: list[_Section] = []
        self.unstated: set[str] = set()
        self.sourceless: dict[str, list[int]] = {}
        self.known_mechanisms = Naming("Mechanism")
        for row in mechanisms.rows if mechanisms is not None else ():
            aliases = split_list(row.cells.get("aliases", []))
            self.known_mechanisms.add(row.text("id"), row.text("name"), *aliases)
        self.own_mechanisms: set[str] = set()

    def read(self) -> None:
        first = list(islice(self.sheet.lines, max(LOOKED_AT, self.map.header_row or 0) + 3))
        at = self._header(first)
        if at is None:
            lines = chain(first, self.sheet.lines)
            self.tally.pass_over("in a sheet without headers", cells_in(lines, self.sheet.errors))
            return
        self.tally.pass_over("above the headers", cells_in(first[:at], self.sheet.errors))
        head = first[at : at + self.map.header_rows]
        self.tally.read += cells_in(head, self.sheet.errors)
        for table in (self.configurations, self.mechanisms, self.evidence):
            table.header_row = head[0].number
        self._take_columns(head)
        rows = 0
        for line in (*first[at + len(head) :], *self.sheet.lines):
            rows += 1
            self._line(line)
        self._close_sections()
        self._errors(head[-1].number)
        self._finish()
        self.given.records = {"rows": rows}

    # -- headers ------------------------------------------------------------------------------

    def _header(self, lines: list[Line]) -> int | None:
        if self.map.header_row is not None:
            found = [at for at, line in enumerate(lines) if line.number == self.map.header_row]
            if found:
                return found[0]
        counts = [
            len(set(map(key_of_header, self._headers(lines, at))) & set(self.by_header))
            for at in range(len(lines))
        ]
        if self.map.header_row is None and counts and max(counts):
            return counts.index(max(counts))
        self._say(
            self.map.header_row,
            None,
            "no row of this sheet has the headers that the map names",
            expected=", ".join(self.map.columns)[:200],
        )
        return None

    def _headers(self, lines: list[Line], at: int) -> list[str]:
        return [text for text in headers_of(lines[at : at + self.map.header_rows]) if text]

    def _take_columns(self, head: list[Line]) -> None:
        headers = headers_of(head)
        met = {
            self._take_column(place, header, head[0].number)
            for place, header in enumerate(headers)
            if header
        }
        for header in self.map.columns:
            at = place_of(header)
            unnamed = at is not None and not (at < len(headers) and headers[at])
            if header in met or unnamed:
                continue
            close = nearest(header, [text for text in headers if text], limit=1)
            self._say(
                head[0].number,
                header,
                "the sheet has no such column",
                hint=f"did you mean {close[0]!r}?" if close else None,
            )

    def _take_column(self, place: int, header: str, row: int) -> str | None:
        """Take a column as the map says; the header by which the map names it."""
        by_letter = f"column {letters(place + 1)}"
        shown = header or by_letter
        named = self.by_header.get(by_letter.casefold()) or self.by_header.get(key_of_header(shown))
        if named is None:
            self._say(
                row,
                shown,
                "the map does not say what this column is; it is kept as a note",
                severity=Severity.WARNING,
            )
            self.columns[place] = _Column(place, shown, ColumnUse(to="note"))
            return None
        known = targets()
        file, column = known.get(named[1].to, ("", ""))
        about = columns(file)[column] if file else None
        one = self.columns[place] = _Column(place, shown, named[1], file, about)
        if file == "configurations.csv":
            self.configurations.headers.setdefault(one.key, shown)
            if one.use.before_arrow is not None:
                before = known[one.use.before_arrow][1]
                self.configurations.headers.setdefault(before, shown)
            if one.use.signs:
                self.configurations.headers.setdefault("polarity", shown)
        elif file == "evidence.csv":
            self.evidence.headers.setdefault(one.key, shown)
        if one.key == "mechanisms":
            self.mechanisms.headers |= {"id": shown, "name": shown}
        return named[0]

    # -- rows ---------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        for place, value in enumerate(line.values):
            if place not in self.columns and value != "" and text_of(value).strip():
                self._take_column(place, "", self.configurations.header_row)
        heading = self._heading(line)
        if heading is not None:
            self._take_section(heading)
            return
        row = self._cells(line)
        fates = [*row.fate.values()]
        ignored = fates.count("ignored")
        self.tally.pass_over("in a column that the map ignores", ignored)
        if len(fates) == ignored:
            return
        held, how = self._belongs(row)
        if held is None:
            held = _Configuration(line.number)
            self.made.append(held)
            self._head_with_sections(held)
        if row.id:
            self.by_id.setdefault(row.id.casefold(), held)
        elif row.parts and not how:
            self.by_parts.setdefault(_signature(row.parts), held)
        self._take(row, held, how)
        fates = [*row.fate.values()]
        self.tally.row(
            line.number,
            read=fates.count("read"),
            noted=fates.count("noted"),
            merged=fates.count("merged"),
        )

    def _heading(self, line: Line) -> _Section | None:
        """A row that is a heading for the rows below it."""
        if line.heading:
            text = next(text_of(value).strip() for value in line.values if value != "")
            return _Section(line.number, text, alone=False)
        own = [
            place
            for place, value in enumerate(line.values)
            if place not in line.lent and text_of(value).strip()
        ]
        if len(own) != 1 or line.lent or len(self.columns) < 3 or own[0] != min(self.columns):
            return None
        one, text = self.columns[own[0]], text_of(line.values[own[0]]).strip()
        if one.file == "evidence.csv" or one.use.to == "ignore" or text in ERRORS:
            return None
        if one.is_id and (ID_LIKE.fullmatch(text) or text.casefold() in self.by_id):
            return None
        return _Section(line.number, text, alone=True)

    def _take_section(self, section: _Section) -> None:
        if any(one.used for one in self.sections):  # rows stand between: a new heading
            self._close_sections()
        self.sections.append(section)
        self.last.clear()

    def _close_sections(self) -> None:
        """Say what became of headings, now that it is known whether rows stand below them."""
        for one in self.sections:
            if self.map.sections == "ignore":
                self.tally.pass_over("in headings that the map ignores", 1)
            elif one.used:
                noted = self.map.sections == "note"
                self.tally.row(one.number, noted=int(noted), read=int(not noted))
                if one.alone:
                    self._say(
                        one.number,
                        None,
                        "the row has one cell; it was read as a heading of the rows below it",
                        severity=Severity.WARNING,
                        found=one.text[:80],
                    )
            else:
                self.tally.pass_over("in headings without rows below them", 1)
                self._say(
                    one.number,
                    None,
                    "a heading with no rows below it; it was passed over",
                    severity=Severity.WARNING,
                    found=one.text[:80],
                )
        self.sections = []

    def _head_with_sections(self, held: _Configuration) -> None:
        for one in self.sections:
            one.used = True
        if not self.sections or self.map.sections == "ignore":
            return
        texts = [one.text for one in self.sections]
        if self.map.sections == "note":
            held.notes.append(f"Under the heading: {' / '.join(texts)}")
            return
        column = targets()[self.map.sections][1]
        shape = columns("configurations.csv")[column].shape
        held.cells[column] = [*map(kept_whole, texts)] if shape in _LISTS else [" / ".join(texts)]
        held.said_in[column] = self.sections[-1].number
        self.configurations.headers.setdefault(column, column)

    def _cells(self, line: Line) -> _Cells:
        row = _Cells(line.number)
        for place, one in self.columns.items():
            text, lent = self._text(line, one), place in line.lent
            if text and not lent:
                row.fate[place] = "ignored" if one.use.to == "ignore" else "read"
            if text:
                self.last[place] = text
            elif one.use.fill_down and place in self.last:
                text, lent = self.last[place], True
            if not text or one.use.to == "ignore":
                continue
            if one.is_id:
                row.id, row.id_at, row.id_lent = text, place, lent
            elif one.is_source:
                row.sources.append((one, text))
            elif one.file == "evidence.csv":
                row.shared.append((one, text))
            elif one.file:
                self._take_part(one, text, row)
                row.own = row.own or not lent
            elif not lent:
                row.notes.append((place, one.header, text))
        return row

    def _take_part(self, one: _Column, text: str, row: _Cells) -> None:
        keys = {}
        for key, value in self._values(one, text, row):
            row.parts.setdefault(key, []).append(value)
            keys[key] = True
        for key in keys:
            row.stands_in.setdefault(key, []).append(one)

    def _values(self, one: _Column, text: str, row: _Cells) -> Iterator[tuple[str, str]]:
        """The values of a cell, each with the column of the review folder that it goes to."""
        if one.about is None or one.about.shape not in _LISTS:
            sign = polarity_of_sign(text) if one.key == "polarity" else None
            yield one.key, sign or text
            return
        separator = one.use.separator or self.map.separator
        pieces = labelled(text, LABELS.get(one.key, "[A-Z]")) if one.use.labels else None
        if pieces is not None:
            row.labels.append(f"{one.header}: {text}")
        polarities = set()
        for piece in pieces if pieces is not None else [text]:
            for part in parted(piece, separator, signs=one.use.signs):
                found = signed(part) if one.use.signs else None
                value, polarity = found or (part, "")
                polarities.add(polarity)
                sides = arrowed(value) if one.use.before_arrow is not None else None
                if sides is not None:
                    yield targets()[one.use.before_arrow or ""][1], kept_whole(sides[0])
                yield one.key, kept_whole(sides[1] if sides else value)
        polarities.discard("")
        if polarities:
            yield "polarity", polarities.pop() if len(polarities) == 1 else "mixed"

    def _text(self, line: Line, one: _Column) -> str:
        text = text_of(line.values[one.place]) if one.place < len(line.values) else ""
        if (line.number, one.place + 1) in self.sheet.errors:
            return ""
        if text.strip() in ERRORS:
            self.sheet.errors[line.number, one.place + 1] = text.strip()
            return ""
        return text if one.key == "quote" and text.strip() else text.strip()

    # -- which configuration a row belongs to, and what it adds ---------------------------------

    def _belongs(self, row: _Cells) -> tuple[_Configuration | None, str]:
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
        if any(one.is_id for one in self.columns.values()):
            self._say(
                row.number,
                self.configurations.headers.get("id"),
                "the row has no id; it was read as a configuration of its own",
                severity=Severity.WARNING,
                hint=f"write its id, or that of row {before.number} if it says more of that",
            )
        return None, ""

    def _take(self, row: _Cells, held: _Configuration, how: str) -> None:
        if row.id:
            held.cells.setdefault("id", [row.id])
            if how == "repeated":
                row.fate[row.id_at] = "merged"
        new = {key: self._take_value(row, held, key, how) for key in row.parts}
        for place in {one.place for said_in in row.stands_in.values() for one in said_in}:
            says = [key for key, ones in row.stands_in.items() if place in {o.place for o in ones}]
            if place in row.fate and not any(new[key] for key in says):
                row.fate[place] = "merged"
        behind = "" if row.number == held.number else f" (row {row.number})"
        for place, header, text in row.notes:
            note = f"{header}: {text}"
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
                    self.sourceless.setdefault(one.header, []).append(row.number)

    def _take_value(self, row: _Cells, held: _Configuration, key: str, how: str) -> bool:
        """Take what a row says of a column of its configuration; whether it was anything new."""
        values, said = row.parts[key], held.cells.get(key)
        if said is None:
            held.cells[key] = list(values)
            held.said_in[key] = row.number
            return True
        if is_same(values, said):
            return False
        about = columns("configurations.csv")[key]
        if key == "note" or (how != "repeated" and about.shape in _LISTS):
            said += [value for value in values if not is_same([value], said)]
            return True
        other = held.said_in[key]
        name = held.cells.get("id", [""])[0]
        self._say(
            row.number,
            row.stands_in[key][0].header,
            f"this is not what row {other} says of the same configuration",
            found="; ".join(values),
            expected=f"{'; '.join(said)}"[:200],
            hint=(f"{name!r} stands in both rows; two configurations have two ids" if name else "")
            + "; what is about one piece of evidence is evidence.… in the map",
        )
        return True

    def _cite(self, row: _Cells, held: _Configuration) -> bool:
        """Take the references of a row; whether they become evidence."""
        shared: dict[str, list[str]] = {}
        for one, text in row.shared:
            shared.setdefault(one.key, []).append(text)
        stated = [text.casefold() for text in shared.get("stance", [])]
        before = len(held.cited)
        for one, text in row.sources:
            stance = stated[0] if stated else one.use.stance or self.map.stance
            if stance is None:
                self.unstated.add(one.header)
            if stance is None or says_none(text):
                if one.place in row.fate:
                    row.fate[one.place] = "noted"
                    held.notes.append(f"{one.header}: {text}")
                continue
            cells = {
                **{name: list(texts) for name, texts in shared.items()},
                "stance": [str(stance)],
            }
            separator = one.use.separator or self.map.separator
            held.cited.append(References(Row(row.number, cells), text, one.header, separator))
        return len(held.cited) > before

    # -- the whole ----------------------------------------------------------------------------

    def _errors(self, header_row: int) -> None:
        for (number, place), text in sorted(self.sheet.errors.items()):
            one = self.columns.get(place - 1)
            if number <= header_row or one is None:
                self.tally.pass_over("with errors of the spreadsheet outside of the rows", 1)
            elif one.use.to == "ignore":
                self.tally.pass_over("in a column that the map ignores", 1)
            else:
                self.tally.refused += 1
                self.configurations.refused.add(number)
                self._say(
                    number,
                    one.header,
                    "the cell holds an error of the spreadsheet",
                    found=text,
                    hint="mend the formula, or write the value itself",
                )

    def _finish(self) -> None:
        for held in self.made:
            self._identify(held.cells)
            self._declare(held.number, held.cells)
            if held.notes:
                held.cells["note"] = ["\n".join([*held.cells.get("note", []), *held.notes])]
            self.configurations.rows.append(Row(held.number, held.cells))
            for one in held.cited:
                one.row.cells["configuration"] = held.cells["id"]
                self.given.cited.append(one)
        self._tell()
        self.configurations.headers.setdefault("id", "id")
        self.evidence.headers |= {
            name: self.evidence.headers.get(name, name)
            for name in ("source", "configuration", "stance")
        }
        for file, table in (
            ("mechanisms.csv", self.mechanisms),
            ("configurations.csv", self.configurations),
            ("evidence.csv", self.evidence),
        ):
            table.columns = list(table.headers)
            if table.rows or table.refused or (table is self.evidence and self.given.cited):
                self.given.tables[file] = table

    def _tell(self) -> None:
        for header in sorted(self.unstated):
            self._say(
                self.configurations.header_row,
                header,
                "these references were kept as notes: the map does not say which stance they take",
                severity=Severity.WARNING,
                hint="add `stance: supports` to the map to make evidence of them",
            )
        for header, rows in self.sourceless.items():
            shown = ", ".join(map(str, rows[:_SHOWN])) + (", …" if len(rows) > _SHOWN else "")
            self._say(
                rows[0],
                header,
                "there is no source beside it; it was kept as a note of the configuration",
                severity=Severity.WARNING,
                found=f"rows {shown}" if len(rows) > 1 else None,
            )

    def _identify(self, cells: dict[str, list[str]]) -> None:
        said = cells.get("id", [""])[0]
        if re.fullmatch(LOCAL_ID, said):
            return
        made = slug(said) if said else ""
        if said and "name" not in cells:
            cells["name"] = [said]
        if not re.fullmatch(LOCAL_ID, made):
            digest = hashlib.blake2b(repr(sorted(cells.items())).encode(), digest_size=4)
            made = f"cmoc-{digest.hexdigest()}"
        cells["id"] = [made[:120]]

    def _declare(self, row: int, cells: dict[str, list[str]]) -> None:
        found = []
        for name in split_list(cells.get("mechanisms", [])):
            local = self.known_mechanisms.find(name)
            if local is not None:
                found.append(local)
                continue
            local = slug(name)
            if not re.fullmatch(LOCAL_ID, local) or len(local) > 100:
                digest = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
                local = f"mechanism-{digest}"
            found.append(local)
            if local not in self.own_mechanisms:
                self.own_mechanisms.add(local)
                self.mechanisms.rows.append(Row(row, {"id": [local], "name": [name]}))
        if found:
            cells["mechanisms"] = found

    def _say(
        self,
        row: int | None,
        column: str | None,
        message: str,
        *,
        severity: Literal[Severity.ERROR, Severity.WARNING] = Severity.ERROR,
        found: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.given.problems.append(
            Problem(
                severity=severity,
                file=self.given.file,
                sheet=self.sheet.name or None,
                row=row,
                column=column and column[:80],
                message=message,
                found=found and found[:120],
                expected=expected,
                hint=hint,
            )
        )


def place_of(header: str) -> int | None:
    """The place from 0 of a column that a map calls by its letter: `column B`."""
    found = re.fullmatch(r"column ([a-z]{1,3})", header.strip(), re.IGNORECASE)
    if found is None:
        return None
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _signature(parts: dict[str, list[str]]) -> str:
    """What a configuration says, to be compared with what others say."""
    return repr(
        sorted((key, [plain(one).casefold() for one in said]) for key, said in parts.items())
    )
