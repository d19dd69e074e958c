"""Reading a review folder: ``review.yaml`` and CSV files, into one bundle or a list of problems.

Everything that is wrong is found in one go; rows in = rows accepted + rows rejected.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from graph.errors import Problem, Rejected, Severity
from graph.model import LOCAL_ID, Concept, HistoryEntry, Record, ReviewBundle
from graph.names import nearest, slug
from graph.schema import BUNDLE_FIELDS
from loaders.columns import FILES, ID_IS_OPTIONAL, REVIEW_FILE, Column, columns, spellings
from loaders.explain import explain
from loaders.review_file import ReviewFile, read_review_file
from loaders.tables import Row, Table, read_table, read_text

_MAX_REVIEW_FILE_MB = 1
_MOST_SUGGESTIONS = 500
_DECLARED_HERE = ("Stage", "Step", "Level", "Perspective")
_SEPARATORS = re.compile(r"(?<!\\);|[\n\r]")
_INFERRED = re.compile(r"\s*[(\[]\s*inferred\s*[)\]]\s*$", re.IGNORECASE)
_KEPT_EXACTLY = frozenset({"quote"})
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_VOCABULARIES = {"levels": "level", "perspective": "perspective", "perspectives": "perspective"}


class FileCount(BaseModel):
    """What became of the rows of one file: ``rows`` = ``accepted`` + ``rejected``."""

    file: str
    rows: int
    accepted: int
    rejected: int


class Reading(BaseModel):
    """What reading a folder gave: a bundle if there was no error, and every problem."""

    bundle: ReviewBundle | None
    files: list[FileCount]
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep the folder from being loaded."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def accepted(self) -> ReviewBundle:
        """The bundle.

        Raises:
            Rejected: the folder has errors; it carries all problems.
        """
        if self.bundle is None or self.errors:
            raise Rejected(self.problems)
        return self.bundle


@dataclass(slots=True)
class _Index:
    """The records of one kind by everything that a cell may call them."""

    label: str
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    complete: bool = True
    """False if records could not be read: then an id that is not here may still be right."""
    suggested: int = 0

    def add(self, local: str, *names: str) -> None:
        self.ids.setdefault(local.casefold(), local)
        for name in filter(None, names):
            owners = self.names.setdefault(slug(name), [])
            if local not in owners:
                owners.append(local)

    def find(self, text: str) -> str | None:
        """The local id that a cell means: an id, or a name or alias that is nobody else's."""
        local = self.ids.get(text.casefold())
        if local is not None:
            return local
        owners = self.names.get(slug(text), [])
        return owners[0] if len(owners) == 1 else None

    def unknown(self, text: str) -> tuple[str, str | None]:
        owners = self.names.get(slug(text), [])
        what = self.label.casefold()
        if len(owners) > 1:
            return f"{text!r} names several {what}s", f"use an id: {', '.join(sorted(owners))}"
        self.suggested += 1
        if self.suggested > _MOST_SUGGESTIONS:
            return f"unknown {what}", None
        close = nearest(text, [*self.ids.values(), *self.names], limit=1)
        if not close:
            return f"unknown {what}", None
        local = close[0] if close[0] in self.ids.values() else self.names[close[0]][0]
        return f"unknown {what}", f"did you mean {local!r}?"


class _Folder:
    def __init__(self, path: Path, max_file_mb: int) -> None:
        self.path = path
        self.max_file_mb = max_file_mb
        self.problems: list[Problem] = []
        self.tables: dict[str, Table] = {}
        self.index = {model.label: _Index(model.label) for model in FILES.values()}
        self.index |= {label: _Index(label) for label in _DECLARED_HERE}
        self.bad: set[tuple[str, int]] = set()
        self.row_of: dict[str, Row] = {}
        self.new_concepts: dict[str, Concept] = {}
        self.review = ReviewFile(id="unknown", title="unknown")

    # -- reading ------------------------------------------------------------------------------

    def read(self) -> Reading:
        if not self.path.is_dir():
            what = "is a file, not a folder" if self.path.exists() else "does not exist"
            self.problems.append(
                Problem(
                    message=f"{self.path} {what}",
                    expected=f"a folder with {REVIEW_FILE} and CSV files",
                )
            )
            return Reading(bundle=None, files=[], problems=self.problems)
        self._look_around()
        readable = self._read_review_file()
        for file in FILES:
            if (self.path / file).is_file():
                self._read_table(file)
        self._index_records()
        records = {file: self._records(file) for file in FILES}
        self._check_history(
            [entry for entry in records["history.csv"] if isinstance(entry, HistoryEntry)]
        )
        self._check_tallies()
        counts = [self._count(file) for file in self.tables]
        wrong = any(problem.severity is Severity.ERROR for problem in self.problems)
        bundle = None if wrong or not readable else self._bundle(records)
        return Reading(bundle=bundle, files=counts, problems=self.problems)

    def _count(self, file: str) -> FileCount:
        rows = len(self.tables[file].row_numbers)
        rejected = len({row for name, row in self.bad if name == file})
        return FileCount(file=file, rows=rows, accepted=rows - rejected, rejected=rejected)

    def _look_around(self) -> None:
        expected = [REVIEW_FILE, *FILES]
        for entry in sorted(self.path.iterdir()):
            if entry.name in expected or entry.name.startswith("."):
                continue
            if entry.suffix.casefold() not in (".csv", ".yaml", ".yml"):
                continue
            close = nearest(entry.name, expected, limit=1)
            if close and not (self.path / close[0]).exists():
                self._incomplete(close[0])
            self.problems.append(
                Problem(
                    file=entry.name,
                    message="this file is not part of a review folder and was not read",
                    expected=f"one of {', '.join(expected)}",
                    hint=f"did you mean {close[0]!r}?" if close else None,
                )
            )

    def _incomplete(self, file: str) -> None:
        labels = _DECLARED_HERE if file == REVIEW_FILE else (FILES[file].label,)
        if file == "configurations.csv" and not (self.path / "concepts.csv").is_file():
            labels = (*labels, "Concept")
        for label in labels:
            self.index[label].complete = False

    def _read_review_file(self) -> bool:
        path = self.path / REVIEW_FILE
        if not path.is_file():
            self.problems.append(
                Problem(
                    file=REVIEW_FILE,
                    message="the file is missing",
                    hint="it needs at least `id:` and `title:`",
                )
            )
            self._incomplete(REVIEW_FILE)
            return False
        text, problem = read_text(
            path,
            REVIEW_FILE,
            min(self.max_file_mb, _MAX_REVIEW_FILE_MB),
            hint="records belong into the CSV files",
        )
        if problem is not None:
            self.problems.append(problem)
        found, problems = (None, []) if text is None else read_review_file(text, REVIEW_FILE)
        self.problems += problems
        if found is None:
            self._incomplete(REVIEW_FILE)
            return False
        self.review = found
        for stage in found.search:
            self.index["Stage"].add(stage.id, stage.name)
            for step in stage.steps:
                self.index["Step"].add(f"{stage.id}.{step.id}")
        for level in found.levels:
            self.index["Level"].add(level.id, level.name, *level.aliases)
        for perspective in found.perspectives:
            self.index["Perspective"].add(perspective.id, perspective.name, *perspective.aliases)
        return True

    def _read_table(self, file: str) -> None:
        table = read_table(self.path / file, file, spellings(file), self.max_file_mb)
        self.tables[file] = table
        self.bad |= {(file, number) for number in table.refused}
        self.problems += table.problems
        no_ids = "id" not in table.columns and file not in ID_IS_OPTIONAL
        if not table.complete or no_ids:
            self._incomplete(file)
        if table.columns:
            for column in columns(file).values():
                if column.required and column.name not in table.columns:
                    self.problems.append(
                        Problem(
                            file=file,
                            row=table.header_row,
                            column=column.name,
                            message="this column is missing",
                            hint=f"it holds: {column.description}",
                        )
                    )

    def _index_records(self) -> None:
        for file, table in self.tables.items():
            index = self.index[FILES[file].label]
            seen: dict[str, int] = {}
            for row in table.rows:
                local = row.text("id")
                if not local:
                    continue
                first = seen.setdefault(local.casefold(), row.number)
                if first != row.number:
                    self._wrong(
                        file,
                        row,
                        "id",
                        f"the id {local!r} is used twice",
                        hint=f"first in row {first}",
                    )
                aliases = _split(row.cells.get("aliases", []))
                index.add(local, row.text("name"), row.text("title"), *aliases)

    # -- rows to records ----------------------------------------------------------------------

    def _records(self, file: str) -> list[Record]:
        table = self.tables.get(file)
        if table is None:
            return []
        model = FILES[file]
        kinds = columns(file)
        found: list[Record] = []
        content: dict[str, int] = {}
        positions: dict[str, int] = {}
        for row in table.rows:
            if row.number in table.refused:
                continue
            before = len(self.problems)
            values = {
                name: value
                for name, column in kinds.items()
                if (value := self._value(file, row, column)) is not None
            }
            if file in ID_IS_OPTIONAL and "id" not in values:
                made = _content_id(row)
                first = content.setdefault(made, row.number)
                if first != row.number:
                    self._wrong(
                        file,
                        row,
                        None,
                        "the row repeats an earlier one",
                        hint=f"it equals row {first}; delete it, or give both an id",
                    )
                values["id"] = self._full(made)
            if model is HistoryEntry:
                mechanism = str(values.get("mechanism"))
                values["position"] = positions.get(mechanism, 0)
                positions[mechanism] = values["position"] + 1
            required = [column for column in kinds.values() if column.required]
            missing = [
                column.name
                for column in required
                if column.name in table.columns and not row.text(column.name)
            ]
            for name in missing:
                self._wrong(file, row, name, "this cell must be filled")
            incomplete = len(self.problems) > before or any(
                column.name not in table.columns for column in required
            )
            if incomplete:
                self.bad.add((file, row.number))
            try:
                record = model(**values)
            except ValidationError as error:
                self._not_a_record(file, row, model, error, incomplete)
                continue
            if not incomplete:
                found.append(record)
                if file == "history.csv":
                    self.row_of[record.id] = row
        return found

    def _not_a_record(
        self,
        file: str,
        row: Row,
        model: type[Record],
        error: ValidationError,
        incomplete: bool,
    ) -> None:
        problems = explain(
            error, model, file=file, row_of=_always(row.number), wrong_values_only=incomplete
        )
        for problem in problems:
            cells = row.cells.get(problem.column or "", [])
            found = "; ".join(cells) if problem.found is not None and cells else problem.found
            self._wrong(
                file,
                row,
                problem.column,
                problem.message,
                found=found,
                expected=problem.expected,
                hint=problem.hint,
            )

    def _value(self, file: str, row: Row, column: Column) -> Any:
        if column.name in _KEPT_EXACTLY:
            cells = row.cells.get(column.name, [])
            return cells[0] if cells and cells[0].strip() else None
        if column.shape in ("list", "references", "parts"):
            values = _split(row.cells.get(column.name, []))
            return self._listed(file, row, column, values)
        if len(row.cells.get(column.name, [])) > 1:
            self._wrong(file, row, column.name, "this column takes one value, and is there twice")
            return None
        text = row.text(column.name)
        if not text:
            return None
        if column.name in _VOCABULARIES:
            return self._term(file, row, column, text)
        if column.name == "id" or (column.name == "record" and ":" not in text):
            return self._full(text)
        if column.name == "same_as":
            return self._other(file, row, column, text)
        if column.shape == "reference":
            return self._reference(file, row, column, text)
        if column.shape == "choice":
            return text.casefold().replace("_", " ")
        if column.shape == "yes/no":
            word = text.casefold()
            return True if word in _YES else False if word in _NO else text
        return text

    def _listed(self, file: str, row: Row, column: Column, values: list[str]) -> list[Any] | None:
        if not values:
            return None
        if column.name in _VOCABULARIES:
            return _present(self._term(file, row, column, value) for value in values)
        if column.shape == "list":
            return values
        if column.shape == "references":
            return _present(self._reference(file, row, column, value) for value in values)
        parts = []
        for value in values:
            text, inferred = _INFERRED.subn("", value)
            if not text:
                self._wrong(file, row, column.name, "what is inferred is missing", found=value)
                continue
            concept = self._reference(file, row, column, text, declares=True)
            if concept is not None:
                parts.append({"concept": concept, "inferred": bool(inferred)})
        return parts

    def _term(self, file: str, row: Row, column: Column, text: str) -> str | None:
        label = _VOCABULARIES[column.name]
        index = self.index[label.capitalize()]
        if label == "perspective" and not index.ids:
            return text
        found = index.find(text)
        if found is None and not index.complete:
            return text
        if found is None:
            known = ", ".join(index.ids.values()) or f"none: {REVIEW_FILE} declares no {label}s"
            message, hint = index.unknown(text)
            self._wrong(file, row, column.name, message, found=text, expected=known, hint=hint)
        return found

    def _reference(
        self, file: str, row: Row, column: Column, text: str, *, declares: bool = False
    ) -> str | None:
        label = column.target or ""
        index = self.index[label]
        found = index.find(text)
        if found is None and label == "Step":
            stage = self.index["Stage"].find(row.text("stage"))
            found = index.find(f"{stage}.{text}")
        if found is None and label == "Concept" and "concepts.csv" not in self.tables and declares:
            found = self._declare_concept(file, row, column, text)
            if found is None:
                return None
        badly_named = found is not None and not re.fullmatch(LOCAL_ID, found)
        if badly_named or (found is None and not index.complete):
            # What is wrong is said where the record is, or would be; once is enough.
            return self._full(f"unread-{_digest(text)}")
        if found is None:
            message, hint = index.unknown(text)
            where = _declared_in(label)
            self._wrong(
                file,
                row,
                column.name,
                message,
                found=text,
                expected=f"an id of {where}",
                hint=hint,
            )
            return None
        return self._full(found)

    def _other(self, file: str, row: Row, column: Column, text: str) -> str | None:
        # Of another review only the form of an id can be checked; an id of this one must exist.
        review, _, local = text.rpartition(":")
        if review and review != self.review.id:
            return text
        kind = "Mechanism" if row.text("mechanism") else "Concept"
        return self._reference(file, row, replace(column, target=kind), local)

    def _declare_concept(self, file: str, row: Row, column: Column, text: str) -> str | None:
        # Without concepts.csv a configuration's own words declare its concepts.
        local = slug(text)
        if not re.fullmatch(LOCAL_ID, local):
            local = f"concept-{_digest(text)}"
        elif len(local) > 100:
            local = f"{local[:80].strip('-')}-{_digest(text)}"
        try:
            concept = Concept(id=self._full(local), name=text)
        except ValidationError as error:
            for problem in explain(error, Concept, file=file, row_of=_always(row.number)):
                self._wrong(
                    file,
                    row,
                    column.name,
                    "the words of a part become a concept's name, and these are too long",
                    found=text,
                    expected=problem.expected,
                    hint="name it in a few words; concepts.csv has room for a description",
                )
            return None
        self.new_concepts.setdefault(local, concept)
        self.index["Concept"].add(local, text)
        return local

    def _full(self, local: str) -> str:
        return f"{self.review.id}:{local}"

    def _wrong(
        self, file: str, row: Row, column: str | None, message: str, **details: str | None
    ) -> None:
        self.bad.add((file, row.number))
        found = details.pop("found", None)
        self.problems.append(
            Problem(
                file=file,
                row=row.number,
                column=self.tables[file].headers.get(column or "", column),
                message=message,
                found=found and found[:120],
                **details,
            )
        )

    # -- the whole ----------------------------------------------------------------------------

    def _check_history(self, entries: list[HistoryEntry]) -> None:
        import networkx as nx  # takes as long to import as the rest of this package

        edges: nx.DiGraph[str] = nx.DiGraph(
            (entry.mechanism, into) for entry in entries for into in entry.into
        )
        # One circle per knot: a knot of n mechanisms can hold more circles than there is time for.
        for knot in nx.strongly_connected_components(edges):
            inside = [(one, into) for one in sorted(knot) for into in edges[one] if into in knot]
            if not inside:
                continue
            circle = [start for start, _ in nx.find_cycle(nx.DiGraph(inside))]
            last = next(
                entry
                for entry in reversed(entries)
                if entry.mechanism in circle and any(into in circle for into in entry.into)
            )
            at = circle.index(last.mechanism)
            names = [id_.partition(":")[2] for id_ in (*circle[at:], *circle[: at + 1])]
            if len(circle) == 1:
                message = f"{names[0]!r} is incorporated into itself"
            else:
                message = f"a circle of incorporations: {' -> '.join(names)}"
            self._wrong(
                "history.csv",
                self.row_of[last.id],
                "into",
                message,
                hint="name the mechanism that is left in the end",
            )
        for entry in entries:
            if entry.into and entry.status.value != "incorporated":
                self._wrong(
                    "history.csv",
                    self.row_of[entry.id],
                    "into",
                    "only an incorporated mechanism goes into another",
                    found=f"status {entry.status.value!r}",
                    expected="status 'incorporated', or an empty cell",
                )

    def _check_tallies(self) -> None:
        places = [self.index["Stage"], self.index["Concept"]]
        known = [local for index in places for local in index.ids.values()]
        for at, tally in enumerate(self.review.tallies):
            unsure = any(not index.complete for index in places)
            if tally.of is None or tally.of in known or unsure:
                continue
            close = nearest(tally.of, known, limit=1)
            self.problems.append(
                Problem(
                    file=REVIEW_FILE,
                    row=tally.line_of,
                    column=f"tallies.{at}.of",
                    message="unknown stage or concept",
                    found=tally.of,
                    expected="an id of a stage of the search, or of a concept",
                    hint=f"did you mean {close[0]!r}?" if close else None,
                )
            )

    def _bundle(self, records: dict[str, list[Record]]) -> ReviewBundle:
        concepts = [*records["concepts.csv"], *self.new_concepts.values()]
        lists: dict[str, Any] = {
            BUNDLE_FIELDS[FILES[file].label]: found for file, found in records.items()
        }
        return ReviewBundle.model_construct(
            review=self.review.review(),
            levels=self.review.level_records(),
            perspectives=self.review.perspective_records(),
            stages=self.review.stage_records(),
            steps=self.review.step_records(),
            tallies=self.review.tally_records(),
            **{**lists, "concepts": concepts},
        )


def read_review_folder(path: Path, *, max_file_mb: int = 100) -> Reading:
    """Read and validate a review folder without writing anything.

    Args:
        path: the folder with ``review.yaml`` and the CSV files.
        max_file_mb: the largest file that is read, in MiB.
    """
    return _Folder(path, max_file_mb).read()


def _always(row: int) -> Callable[[object], int]:
    return lambda _: row


def _split(cells: Iterable[str]) -> list[str]:
    values: list[str] = []
    for cell in cells:
        for part in _SEPARATORS.split(cell):
            text = part.strip().replace("\\;", ";")
            if text and text not in values:
                values.append(text)
    return values


def _present(values: Iterable[str | None]) -> list[str]:
    found: list[str] = []
    for value in values:
        if value is not None and value not in found:
            found.append(value)
    return found


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def _content_id(row: Row) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for column in sorted(row.cells):
        digest.update(f"{column}={row.cells[column]!r}".encode())
    return f"r-{digest.hexdigest()}"


def _declared_in(label: str) -> str:
    files: dict[str, str] = {model.label: file for file, model in FILES.items()}
    return files.get(label, REVIEW_FILE)
