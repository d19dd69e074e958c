"""From what the inputs of a load say to one review, or to a list of all that is wrong.

A load may bring a folder or a workbook together with reference files and coded documents. Their
rows are put together here, resolved against each other and against what is already held, and
validated. Rows in = rows accepted + rows rejected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, PrivateAttr, ValidationError

from graph.errors import Problem, Rejected, Severity
from graph.model import LOCAL_ID, Concept, HistoryEntry, Record, ReviewBundle, Stage
from graph.names import slug
from graph.provenance import Brought
from graph.schema import BUNDLE_FIELDS
from loaders.cell_tally import FileCount, SheetCount, wrong_rows
from loaders.columns import (
    CALLED_BY_ROW,
    FILES,
    ID_IS_OPTIONAL,
    IDS_AS_WRITTEN,
    OF_SEVERAL,
    REVIEW_FILE,
    Column,
    columns,
)
from loaders.in_place import in_place
from loaders.incorporations import wrong_incorporations
from loaders.named_alike import outcomes_named_as_mechanisms
from loaders.naming import (
    Naming,
    called_by_row,
    declared_in,
    digest,
    id_of_cells,
    named_only,
    split_list,
)
from loaders.one_work import rows_of_one_work
from loaders.parsed_input import Given
from loaders.review_file import ReviewFile
from loaders.scopes import scope_of, unknown_in_tallies
from loaders.tables import Row, Table
from loaders.validation_messages import explain

_DECLARED_HERE = ("Stage", "Step", "Level", "Perspective")
_LOCATED = ("history.csv", "sources.csv", "configurations.csv")
_INFERRED = re.compile(r"\s*[(\[]\s*inferred\s*[)\]]\s*$", re.IGNORECASE)
_ACROSS = {"Concept": "Mechanism", "Mechanism": "Concept"}
"""What else something may be declared the same as."""
_KEPT_EXACTLY = frozenset({"quote", "text"})
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_VOCABULARIES = {"levels": "level", "perspective": "perspective", "perspectives": "perspective"}


class Reading(BaseModel):
    """What reading a folder gave: a bundle if there was no error, and every problem."""

    bundle: ReviewBundle | None
    files: list[FileCount]
    sheets: list[SheetCount]
    problems: list[Problem]
    _origin: tuple[Brought, set[str]] = PrivateAttr(default=({}, set()))

    @property
    def origin(self) -> tuple[Brought, set[str]]:
        """The ids that each input brings, by label; and those that were made of rows."""
        return self._origin

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


class _Assembly:
    others: Collection[str] = ()

    def __init__(self, inputs: Sequence[Given], base: ReviewBundle | None, stated: bool) -> None:
        self.inputs = inputs
        self.base = base
        self.stated = stated
        self.problems: list[Problem] = [one for given in inputs for one in given.problems]
        self.told = {(one.file, one.sheet, one.row) for one in self.problems}
        self.tables: dict[str, list[Table]] = {
            file: [given.tables[file] for given in inputs if file in given.tables] for file in FILES
        }
        self.index = {model.label: Naming(model.label) for model in FILES.values()}
        self.index |= {label: Naming(label) for label in _DECLARED_HERE}
        self.row_of: dict[str, dict[str, tuple[Table, Row]]] = {file: {} for file in _LOCATED}
        self.new_concepts: dict[str, Concept] = {}
        self.bare: set[str] = set()
        """Concepts of the base of which no more is known than a cell says that names them."""
        self.brought: Brought = {}
        self.named: dict[str, dict[str, None]] = {}
        """The concepts that cells of each file declare by naming them."""
        self.input_of = {
            id(table): given.file for given in inputs for table in given.tables.values()
        }
        adds_to = base.review if base is not None and not stated else None
        self.review = next(
            (given.review for given in inputs if given.review is not None),
            ReviewFile(
                id=adds_to.id if adds_to else "unknown",
                title=adds_to.title if adds_to else "unknown",
            ),
        )
        self.id = self.review.id
        self.made = {self._full(local) for given in inputs for local in given.made}
        known = {stage.id for stage in self.review.search}
        implied = [stage for given in inputs for stage in given.stages if stage.id not in known]
        if implied:
            search = [*self.review.search, *implied]
            self.review = self.review.model_copy(update={"search": search})

    def read(self) -> Reading:
        self._index_base()
        for given in self.inputs:
            for file in sorted(given.unread):
                self._incomplete(file)
        self._index_review_file()
        for file, tables in self.tables.items():
            for table in tables:
                self._open_table(file, table)
        self._index_records()
        records = {file: self._records(file) for file in FILES}
        for file, concepts in self.named.items():
            self._bring(file, "Concept", concepts)
        self._check_history(
            [entry for entry in records["history.csv"] if isinstance(entry, HistoryEntry)]
        )
        self.problems += unknown_in_tallies(self.review.tallies, self.index)
        self.problems += rows_of_one_work(
            records["sources.csv"], records["same-as.csv"], self.base, self.row_of["sources.csv"]
        )
        stages = self.review.stage_records(
            lambda stage: scope_of(stage, self.index, self.id, self.problems)
        )
        wrong_in = wrong_rows(self.problems)
        counts = [
            self._count(file, one, wrong_in[one.file, one.sheet])
            for file, tables in self.tables.items()
            for one in tables
        ]
        tallies = [tally for given in self.inputs for tally in given.cells]
        sheets = [tally.counted(wrong_in[tally.file, tally.sheet]) for tally in tallies]
        wrong = any(problem.severity is Severity.ERROR for problem in self.problems)
        unstated = any(given.states_review and given.review is None for given in self.inputs)
        bundle = None if wrong or unstated else self._bundle(records, stages)
        self.problems += outcomes_named_as_mechanisms(bundle, self.row_of["configurations.csv"])
        reading = Reading(bundle=bundle, files=counts, sheets=sheets, problems=self.problems)
        reading._origin = self.brought, self.made
        return reading

    def _count(self, file: str, table: Table, wrong: set[int]) -> FileCount:
        rejected = table.wrong | table.refused | (wrong & table.row_numbers)
        return FileCount(
            file=table.file,
            kind=file,
            rows=len(table.row_numbers),
            accepted=len(table.row_numbers - rejected),
            rejected=len(rejected),
            records=sum(row.number not in rejected for row in table.rows),
        )

    def _incomplete(self, file: str) -> None:
        labels = _DECLARED_HERE if file == REVIEW_FILE else (FILES[file].label,)
        if file == "configurations.csv" and not self.tables["concepts.csv"]:
            labels = (*labels, "Concept")
        for label in labels:
            self.index[label].complete = False

    def _index_base(self) -> None:
        if self.base is None:
            return
        for label, index in self.index.items():
            for record in getattr(self.base, BUNDLE_FIELDS[label]):
                names = [getattr(record, name, None) or "" for name in ("name", "title", "doi")]
                index.add(record.local_id, *names, *getattr(record, "aliases", []))
        self.bare = named_only(self.base.concepts)

    def _index_review_file(self) -> None:
        found = self.review
        for stage in found.search:
            self.index["Stage"].add(stage.id, stage.name)
            for step in stage.steps:
                self.index["Step"].add(f"{stage.id}.{step.id}")
        for level in found.levels:
            self.index["Level"].add(level.id, level.name, *level.aliases)
        for perspective in found.perspectives:
            self.index["Perspective"].add(perspective.id, perspective.name, *perspective.aliases)

    def _open_table(self, file: str, table: Table) -> None:
        self.problems += table.problems
        no_ids = "id" not in table.columns and file not in ID_IS_OPTIONAL | CALLED_BY_ROW
        if not table.complete or no_ids:
            self._incomplete(file)
        if table.columns:
            for column in columns(file).values():
                if column.required and column.name not in table.columns:
                    self.problems.append(
                        Problem(
                            file=table.file,
                            sheet=table.sheet,
                            row=table.header_row,
                            column=column.name,
                            message="this column is missing",
                            hint=f"it holds: {column.description}",
                        )
                    )

    def _index_records(self) -> None:
        for file in CALLED_BY_ROW:
            self.made |= {*map(self._full, called_by_row(self.tables[file], self.others))}
        for file, tables in self.tables.items():
            index = self.index[FILES[file].label]
            seen: dict[str, tuple[Table, int]] = {}
            for table in tables:
                for row in table.rows:
                    local = row.text("id")
                    if not local:
                        continue
                    first, number = seen.setdefault(local.casefold(), (table, row.number))
                    if first is not table or number != row.number:
                        where = f"row {number}" if first is table else f"{first.file}, row {number}"
                        self._wrong(
                            table,
                            row,
                            "id",
                            f"the id {local!r} is used twice",
                            hint=f"first in {where}",
                        )
                    aliases = split_list(row.cells.get("aliases", []))
                    doi = row.text("doi")
                    index.add(local, row.text("name"), row.text("title"), doi, *aliases)
        for given in self.inputs:
            for alias, local in given.same_source.items():
                self.index["Source"].ids.setdefault(alias.casefold(), local)

    # -- rows to records ----------------------------------------------------------------------

    def _records(self, file: str) -> list[Record]:
        found: list[Record] = []
        content: dict[str, int] = {}
        positions: dict[str, int] = {}
        for table in self.tables[file]:
            new = [*self._records_of(file, table, content, positions)]
            self._bring(self.input_of[id(table)], FILES[file].label, (one.id for one in new))
            found += new
        return found

    def _bring(self, file: str, label: str, ids: Iterable[str]) -> None:
        if ids := [*ids]:
            self.brought.setdefault(file, {}).setdefault(label, []).extend(ids)

    def _records_of(
        self, file: str, table: Table, content: dict[str, int], positions: dict[str, int]
    ) -> Iterator[Record]:
        model = FILES[file]
        kinds = columns(file)
        required = [column for column in kinds.values() if column.required]
        headless = any(column.name not in table.columns for column in required)
        as_written = {name for name, column in kinds.items() if _is_as_written(column)}
        for row in table.rows:
            if row.number in table.refused:
                continue
            before = len(self.problems)
            cells = row.cells
            values: dict[str, Any] = {}
            for name, column in kinds.items():
                if name not in cells:
                    continue
                value = (
                    cells[name][0].strip() or None
                    if name in as_written and len(cells[name]) == 1
                    else self._value(file, table, row, column)
                )
                if value is not None:
                    values[name] = value
            if file in ID_IS_OPTIONAL and "id" not in values:
                made = id_of_cells(row.cells)
                first = content.setdefault(made, row.number)
                if first != row.number:
                    self._wrong(
                        table,
                        row,
                        None,
                        "the row repeats an earlier one",
                        hint=f"it equals row {first}; delete it, or give both an id",
                    )
                values["id"] = self._full(made)
                self.made.add(values["id"])
            if model is HistoryEntry:
                mechanism = str(values.get("mechanism"))
                values["position"] = positions.get(mechanism, 0)
                positions[mechanism] = values["position"] + 1
            for column in required:
                if column.name in table.columns and not row.text(column.name):
                    self._wrong(table, row, column.name, "this cell must be filled")
            incomplete = headless or len(self.problems) > before
            if incomplete:
                table.wrong.add(row.number)
            try:
                record = model(**values)
            except ValidationError as error:
                self._not_a_record(table, row, model, error, incomplete)
                continue
            if not incomplete:
                if file in self.row_of:
                    self.row_of[file][record.id] = (table, row)
                if (table.file, table.sheet, row.number) not in self.told:
                    row.cells = {}  # the record has it all; a large load need not hold it twice
                yield record

    def _not_a_record(
        self,
        table: Table,
        row: Row,
        model: type[Record],
        error: ValidationError,
        incomplete: bool,
    ) -> None:
        problems = explain(
            error, model, file=table.file, row_of=_always(row.number), wrong_values_only=incomplete
        )
        for problem in problems:
            cells = row.cells.get(problem.column or "", [])
            found = "; ".join(cells) if problem.found is not None and cells else problem.found
            self._wrong(
                table,
                row,
                problem.column,
                problem.message,
                found=found,
                expected=problem.expected,
                hint=problem.hint,
            )

    def _value(self, file: str, table: Table, row: Row, column: Column) -> Any:
        if column.name in _KEPT_EXACTLY:
            cells = row.cells.get(column.name, [])
            return cells[0] if cells and cells[0].strip() else None
        if column.shape in OF_SEVERAL:
            # Two authors of one paper may have one name.
            values = split_list(row.cells.get(column.name, []), repeats=column.name == "authors")
            return self._listed(table, row, column, values)
        if len(row.cells.get(column.name, [])) > 1:
            self._wrong(table, row, column.name, "this column takes one value, and is there twice")
            return None
        text = row.text(column.name)
        if not text:
            return None
        if column.name in _VOCABULARIES:
            return self._term(table, row, column, text)
        if column.name == "id":
            return self._full(text)
        if column.name in IDS_AS_WRITTEN:
            return text if ":" in text else self._full(text)
        if column.name == "same_as":
            return self._other(table, row, column, text)
        if column.shape == "reference":
            return self._reference(table, row, column, text)
        if column.shape == "choice":
            return text.casefold().replace("_", " ")
        if column.shape == "yes/no":
            word = text.casefold()
            return True if word in _YES else False if word in _NO else text
        return text

    def _listed(
        self, table: Table, row: Row, column: Column, values: list[str]
    ) -> list[Any] | None:
        if not values:
            return None
        if column.name in _VOCABULARIES:
            return _present(self._term(table, row, column, value) for value in values)
        if column.shape == "list":
            return [value.casefold() for value in values] if column.choices else values
        if column.shape == "references":
            return _present(self._reference(table, row, column, value) for value in values)
        parts = []
        for value in values:
            text, inferred = _INFERRED.subn("", value)
            if not text:
                self._wrong(table, row, column.name, "what is inferred is missing", found=value)
                continue
            concept = self._reference(table, row, column, text, declares=True)
            if concept is not None:
                parts.append({"concept": concept, "inferred": bool(inferred)})
        return parts

    def _term(self, table: Table, row: Row, column: Column, text: str) -> str | None:
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
            self._wrong(table, row, column.name, message, found=text, expected=known, hint=hint)
        return found

    def _reference(
        self, table: Table, row: Row, column: Column, text: str, *, declares: bool = False
    ) -> str | None:
        label = column.target or ""
        index = self.index[label]
        found = index.find(text)
        if found is None and label == "Step":
            stage = self.index["Stage"].find(row.text("stage"))
            found = index.find(f"{stage}.{text}")
        if found is None and label == "Concept" and not self.tables["concepts.csv"] and declares:
            found = self._declare_concept(table, row, column, text)
            if found is None:
                return None
        if declares and (found in self.new_concepts or found in self.bare):
            # Whoever names it brings it, whether or not another file has named it before.
            self.named.setdefault(self.input_of[id(table)], {})[self._full(found)] = None
        badly_named = found is not None and not re.fullmatch(LOCAL_ID, found)
        if badly_named or (found is None and not index.complete):
            # What is wrong is said where the record is, or would be; once is enough.
            return self._full(f"unread-{digest(text)}")
        if found is None:
            message, hint = index.unknown(text)
            where = declared_in(label)
            self._wrong(
                table,
                row,
                column.name,
                message,
                found=text,
                expected=f"an id of {where}",
                hint=hint,
            )
            return None
        return self._full(found)

    def _other(self, table: Table, row: Row, column: Column, text: str) -> str | None:
        # Of another review only the form of an id can be checked; an id of this one must exist.
        review, _, local = text.rpartition(":")
        if review and review != self.id:
            return text
        filled = (kind for kind in ("Mechanism", "Source") if row.text(kind.casefold()))
        kind = next(filled, "Concept")
        found, across = self.index[kind].find(local), _ACROSS.get(kind)
        itself = found is not None and found == self.index[kind].find(row.text(kind.casefold()))
        # A concept may be the same as a mechanism, also as the one that has its id.
        if across and (found is None or itself) and self.index[across].find(local) is not None:
            kind = across
        elif itself:
            message = "a record is the same as itself without being declared so"
            self._wrong(table, row, column.name, message, found=text)
            return None
        return self._reference(table, row, replace(column, target=kind), local)

    def _declare_concept(self, table: Table, row: Row, column: Column, text: str) -> str | None:
        # Without concepts.csv a configuration's own words declare its concepts.
        local = slug(text)
        if not re.fullmatch(LOCAL_ID, local):
            local = f"concept-{digest(text)}"
        elif len(local) > 100:
            local = f"{local[:80].strip('-')}-{digest(text)}"
        try:
            concept = Concept(id=self._full(local), name=text)
        except ValidationError as error:
            for problem in explain(error, Concept, file=table.file, row_of=_always(row.number)):
                self._wrong(
                    table,
                    row,
                    column.name,
                    "the words of a part become a concept's name, and these are too long",
                    found=text,
                    expected=problem.expected,
                    hint="name it in a few words; concepts.csv has room for a description",
                )
            return None
        if local not in self.new_concepts:
            self.new_concepts[local] = concept
        self.index["Concept"].add(local, text)
        return local

    def _full(self, local: str) -> str:
        return f"{self.id}:{local}"

    def _wrong(
        self, table: Table, row: Row, column: str | None, message: str, **details: str | None
    ) -> None:
        table.wrong.add(row.number)
        found = details.pop("found", None)
        self.problems.append(
            Problem(
                file=table.file,
                sheet=table.sheet,
                row=row.number,
                column=table.headers.get(column or "", column),
                message=message,
                found=found and found[:120],
                **details,
            )
        )

    # -- the whole ----------------------------------------------------------------------------

    def _check_history(self, entries: list[HistoryEntry]) -> None:
        for last, message, details in wrong_incorporations(entries):
            table, row = self.row_of["history.csv"][last.id]
            self._wrong(table, row, "into", message, **details)

    def _bundle(self, records: dict[str, list[Record]], new: list[Stage]) -> ReviewBundle:
        records["concepts.csv"] = [*records["concepts.csv"], *self.new_concepts.values()]
        lists: dict[str, Any] = {
            BUNDLE_FIELDS[FILES[file].label]: found for file, found in records.items()
        }
        if self.base is not None:
            for field_name, found in lists.items():
                lists[field_name] = in_place(getattr(self.base, field_name), found)
        if self.base is not None and not self.stated:
            brought = {stage.id for stage in new}
            stages = [stage for stage in self.base.stages if stage.id not in brought]
            steps = [step for step in self.base.steps if step.stage not in brought]
            after = max((stage.position + 1 for stage in stages), default=0)
            lists["stages"] = [
                *stages,
                *(
                    stage.model_copy(update={"position": after + at})
                    for at, stage in enumerate(new)
                ),
            ]
            lists["steps"] = [*steps, *self.review.step_records()]
            return self.base.model_copy(update=lists)
        stated: dict[str, Any] = {
            "levels": self.review.level_records(),
            "perspectives": self.review.perspective_records(),
            "stages": new,
            "steps": self.review.step_records(),
            "tallies": self.review.tally_records(),
            "reporting": self.review.reporting_records(),
        }
        for states in (given.file for given in self.inputs if given.states_review):
            for label, name in BUNDLE_FIELDS.items():
                self._bring(states, label, (one.id for one in stated.get(name, ())))
        return ReviewBundle.model_construct(review=self.review.review(), **stated, **lists)


def assembled(
    inputs: Sequence[Given],
    *,
    base: ReviewBundle | None = None,
    stated: bool = True,
    others: Collection[str] = (),
) -> Reading:
    """One review made of what the inputs say, validated, without writing anything.

    Args:
        inputs: what was read; at most one of them states the review.
        base: the review as it is held, or the part of it that stays.
        stated: an input states the review; otherwise the inputs only add to ``base``.
        others: local ids of configurations that other files have brought.
    """
    assembly = _Assembly(inputs, base, stated)
    assembly.others = others
    return assembly.read()


def _is_as_written(column: Column) -> bool:
    """True if a cell of the column means its text and nothing else."""
    special = {"id", "same_as"} | _KEPT_EXACTLY | IDS_AS_WRITTEN | set(_VOCABULARIES)
    return column.shape in ("text", "number") and column.name not in special


def _always(row: int) -> Callable[[object], int]:
    return lambda _: row


def _present(values: Iterable[str | None]) -> list[str]:
    found: list[str] = []
    for value in values:
        if value is not None and value not in found:
            found.append(value)
    return found
