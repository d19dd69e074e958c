"""A sheet with one row per configuration, read as somebody's ``columns.yaml`` says.

The free text of a row becomes a configuration; the words of its parts declare concepts, and the
names of mechanisms declare mechanisms. Supporting references become evidence only if the map says
which stance they take: nothing in such a table states it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from graph.cells import ERRORS
from graph.errors import Problem, Severity
from graph.model import LOCAL_ID
from graph.names import nearest, slug
from loaders.columns import FILES, REVIEW_FILE, Column, columns
from loaders.columns_file import ColumnMap, ColumnUse, read_map, targets
from loaders.explain import explain
from loaders.given import Given
from loaders.headings import LOOKED_AT, plain, words_of
from loaders.naming import split_list
from loaders.review_file import ReviewFile
from loaders.sheet_names import kind_of, passed_over
from loaders.sheet_tables import read_sheet
from loaders.sheets import Line, Sheet, opened, text_of
from loaders.tables import Row, Table

_REFERENCE_SEPARATORS = re.compile(r"[;\n\r]")


def read_mapped(path: Path, name: str, columns_file: Path, *, max_mb: int) -> Given:
    """Read a sheet with one row per configuration.

    Args:
        path: an .xlsx, .ods or .csv file.
        name: how messages call it.
        columns_file: the ``columns.yaml`` that says what its columns are.
        max_mb: how much a workbook may inflate to, in MiB.
    """
    given = Given(name, free_sources=True)
    column_map, problems = read_map(columns_file)
    given.problems += problems
    if column_map is None:
        given.states_review = True
        given.unread = {REVIEW_FILE, *FILES}
        return given
    _take_review(column_map, columns_file, given)
    with opened(path, name, max_mb) as (sheets, found):
        given.problems += found
        sheet = _sheet(sheets, column_map, given)
        if sheet is None:
            given.unread |= {REVIEW_FILE, *FILES}
            return given
        _Rows(sheet, column_map, given).read()
        for other in sheets:
            _beside(other, sheet, given)
    return given


def _take_review(column_map: ColumnMap, file: Path, given: Given) -> None:
    if column_map.review is None:
        return
    given.states_review = True
    try:
        given.review = ReviewFile.model_validate(column_map.review.model_dump())
    except ValidationError as error:
        given.unread.add(REVIEW_FILE)
        given.problems += explain(
            error, ReviewFile, file=file.name, row_of=lambda _: None, whole_path=True
        )


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


def _beside(other: Sheet, mapped: Sheet, given: Given) -> None:
    """Another sheet of the workbook that holds a kind of record is read as such."""
    kind, guessed = kind_of(other.name)
    if other is mapped or guessed or passed_over(other.name) or kind not in FILES:
        return
    if kind in given.tables:
        return
    read = read_sheet(other, given.file, columns(kind))
    if read.table.row_numbers:
        given.tables[kind] = read.table


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


@dataclass(slots=True)
class _Made:
    """The tables that the rows give."""

    configurations: Table
    mechanisms: Table
    evidence: Table
    names: dict[str, str] = field(default_factory=dict)


class _Rows:
    def __init__(self, sheet: Sheet, column_map: ColumnMap, given: Given) -> None:
        self.sheet = sheet
        self.map = column_map
        self.given = given
        self.columns: list[_Column] = []
        name = sheet.name or None
        self.made = _Made(
            configurations=Table(given.file, sheet=name),
            mechanisms=Table(given.file, sheet=name),
            evidence=Table(given.file, sheet=name),
        )
        self.unstated: set[str] = set()

    def read(self) -> None:
        first = list(islice(self.sheet.lines, max(LOOKED_AT, self.map.header_row or 0)))
        at = self._header(first)
        if at is None:
            return
        for table in (self.made.configurations, self.made.mechanisms, self.made.evidence):
            table.header_row = first[at].number
        self._take_columns(first[at])
        rows = 0
        for line in (*first[at + 1 :], *self.sheet.lines):
            if not line.heading:
                rows += 1
                self._row(line)
        self._finish()
        self.given.records = {"rows": rows}

    def _header(self, lines: list[Line]) -> int | None:
        if self.map.header_row is not None:
            found = [at for at, line in enumerate(lines) if line.number == self.map.header_row]
            if found:
                return found[0]
        wanted = {words_of(header) for header in self.map.columns}
        counts = [
            len({words_of(text_of(value)) for value in line.values if value != ""} & wanted)
            for line in lines
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

    def _take_columns(self, line: Line) -> None:
        known = targets()
        by_key = {words_of(header): (header, use) for header, use in self.map.columns.items()}
        met = set()
        for place, value in enumerate(line.values):
            header = text_of(value).strip()
            if not header:
                continue
            named = by_key.get(words_of(header))
            if named is None:
                self._say(
                    line.number,
                    header,
                    "the map does not say what this column is; it is kept as a note",
                    severity=Severity.WARNING,
                )
                self.columns.append(_Column(place, header, ColumnUse(to="note")))
                continue
            met.add(named[0])
            use = named[1]
            if use.to == "ignore":
                continue
            file, column = known.get(use.to, ("", ""))
            about = columns(file)[column] if file else None
            self.columns.append(_Column(place, header, use, file, about))
        for header in self.map.columns:
            if header not in met:
                texts = [text_of(value).strip() for value in line.values if value != ""]
                close = nearest(header, texts, limit=1)
                self._say(
                    line.number,
                    header,
                    "the sheet has no such column",
                    hint=f"did you mean {close[0]!r}?" if close else None,
                )
        for one in self.columns:
            if one.file == "configurations.csv":
                self.made.configurations.headers.setdefault(one.key, one.header)
            elif one.file == "evidence.csv":
                self.made.evidence.headers.setdefault(one.key, one.header)
            if one.key == "mechanisms":
                self.made.mechanisms.headers |= {"id": one.header, "name": one.header}

    def _row(self, line: Line) -> None:
        cells: dict[str, list[str]] = {}
        shared: dict[str, list[str]] = {}
        notes: list[str] = []
        sources: list[tuple[_Column, str]] = []
        for one in self.columns:
            text = self._text(line, one)
            if not text:
                continue
            if one.file == "evidence.csv" and one.key == "source":
                sources.append((one, text))
            elif one.file == "evidence.csv":
                shared.setdefault(one.key, []).append(text)
            elif one.file:
                cells.setdefault(one.key, []).extend(self._values(one, text))
            else:
                notes.append(f"{one.header}: {text}")
        if not (cells or shared or sources):
            return
        self._identify(line.number, cells)
        self._declare(line.number, cells)
        made = len(self.made.evidence.rows)
        self._evidence(line.number, cells["id"][0], sources, shared, notes)
        if shared and len(self.made.evidence.rows) == made:
            headers = {one.key: one.header for one in self.columns if one.file == "evidence.csv"}
            notes += [f"{headers[key]}: {'; '.join(texts)}" for key, texts in shared.items()]
        if notes:
            cells["note"] = ["\n".join([*cells.get("note", []), *notes])]
        self.made.configurations.rows.append(Row(line.number, cells))

    def _text(self, line: Line, one: _Column) -> str:
        value = line.values[one.place] if one.place < len(line.values) else ""
        text = text_of(value)
        error = self.sheet.errors.get((line.number, one.place + 1)) or (
            text.strip() if text.strip() in ERRORS else None
        )
        if error is not None:
            self._say(
                line.number,
                one.header,
                "the cell holds an error of the spreadsheet",
                found=error,
                hint="mend the formula, or write the value itself",
            )
            self.made.configurations.refused.add(line.number)
            return ""
        return text if one.key == "quote" and text.strip() else text.strip()

    def _values(self, one: _Column, text: str) -> list[str]:
        separator = one.use.separator or self.map.separator
        if separator is None or one.about is None:
            return [text]
        if one.about.shape not in ("list", "references", "parts"):
            return [text]
        return [part.strip().replace(";", "\\;") for part in text.split(separator) if part.strip()]

    def _identify(self, row: int, cells: dict[str, list[str]]) -> None:
        said = cells.get("id", [""])[0]
        if re.fullmatch(LOCAL_ID, said):
            return
        made = slug(said) if said else ""
        if said and "name" not in cells:
            cells["name"] = [said]
        if not re.fullmatch(LOCAL_ID, made):
            made = f"row-{row}"
            self.given.made.add(made)
        cells["id"] = [made[:120]]

    def _declare(self, row: int, cells: dict[str, list[str]]) -> None:
        found = []
        for name in split_list(cells.get("mechanisms", [])):
            local = slug(name)
            if not re.fullmatch(LOCAL_ID, local) or len(local) > 100:
                digest = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
                local = f"mechanism-{digest}"
            found.append(local)
            if local not in self.made.names:
                self.made.names[local] = name
                self.made.mechanisms.rows.append(Row(row, {"id": [local], "name": [name]}))
        if found:
            cells["mechanisms"] = found

    def _evidence(
        self,
        row: int,
        configuration: str,
        sources: list[tuple[_Column, str]],
        shared: dict[str, list[str]],
        notes: list[str],
    ) -> None:
        stated = [text.casefold() for text in shared.get("stance", [])]
        seen = set()
        for one, text in sources:
            stance = stated[0] if stated else one.use.stance or self.map.stance
            if stance is None:
                self.unstated.add(one.header)
                notes.append(f"{one.header}: {text}")
                continue
            separator = one.use.separator or self.map.separator
            parts = text.split(separator) if separator else _REFERENCE_SEPARATORS.split(text)
            for part in parts:
                source = part.strip()
                if not source or (source.casefold(), stance) in seen:
                    continue
                seen.add((source.casefold(), stance))
                cells = {
                    **{name: list(texts) for name, texts in shared.items()},
                    "source": [source],
                    "configuration": [configuration],
                    "stance": [str(stance)],
                }
                self.made.evidence.rows.append(Row(row, cells))

    def _finish(self) -> None:
        for header in sorted(self.unstated):
            self._say(
                self.made.configurations.header_row,
                header,
                "these references were kept as notes: the map does not say which stance they take",
                severity=Severity.WARNING,
                hint="add `stance: supports` to the map to make evidence of them",
            )
        self.made.configurations.headers.setdefault("id", "id")
        self.made.evidence.headers |= {
            name: self.made.evidence.headers.get(name, name) for name in ("configuration", "stance")
        }
        for file, table in (
            ("mechanisms.csv", self.made.mechanisms),
            ("configurations.csv", self.made.configurations),
            ("evidence.csv", self.made.evidence),
        ):
            table.columns = list(table.headers)
            if table.rows or table.refused:
                self.given.tables[file] = table

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
                found=found,
                expected=expected,
                hint=hint,
            )
        )
