"""What a cell may call a record: its id, its name or an alias; and lists within a cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Record
from graph.names import nearest, slug
from loaders.columns import FILES, REVIEW_FILE
from loaders.given import Given
from loaders.tables import Row, Table

_MOST_SUGGESTIONS = 500
_SEPARATORS = re.compile(r"(?<!\\)[;\n\r]")
_OTHER_SEPARATORS = re.compile(r"[,/&+|]|\band\b", re.IGNORECASE)
_MARKED = re.compile(r"\\([;\n\r])")


@dataclass(slots=True)
class Naming:
    """The records of one kind by everything that a cell may call them."""

    label: str
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    complete: bool = True
    """False if records could not be read: then an id that is not here may still be right."""
    suggested: int = 0
    unslugged: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Names that nobody has asked for yet: most references are by id."""

    def add(self, local: str, *names: str) -> None:
        """A record by its id in the review's files, and what else it goes by."""
        self.ids.setdefault(local.casefold(), local)
        self.unslugged.append((local, names))

    def _owners(self, name: str) -> list[str]:
        for local, names in self.unslugged:
            for one in filter(None, names):
                owners = self.names.setdefault(slug(one), [])
                if local not in owners:
                    owners.append(local)
        self.unslugged.clear()
        return self.names.get(slug(name), [])

    def find(self, text: str) -> str | None:
        """The local id that a cell means: an id, or a name or alias that is nobody else's."""
        local = self.ids.get(text.casefold())
        if local is not None:
            return local
        owners = self._owners(text)
        return owners[0] if len(owners) == 1 else None

    def unknown(self, text: str) -> tuple[str, str | None]:
        """What is to be said of a cell that names no record, and a hint."""
        owners = self._owners(text)
        what = self.label.casefold()
        if len(owners) > 1:
            return f"{text!r} names several {what}s", f"use an id: {', '.join(sorted(owners))}"
        parts = [part for part in _OTHER_SEPARATORS.split(text) if part.strip()]
        if len(parts) > 1 and all(self.find(part.strip()) is not None for part in parts):
            return f"unknown {what}", f"for several, write '{'; '.join(map(str.strip, parts))}'"
        if not any(map(str.isalnum, text)):
            return f"unknown {what}", None
        self.suggested += 1
        if self.suggested > _MOST_SUGGESTIONS:
            return f"unknown {what}", None
        close = nearest(text, [*self.ids.values(), *self.names], limit=1)
        if not close:
            return f"unknown {what}", None
        local = close[0] if close[0] in self.ids.values() else self.names[close[0]][0]
        return f"unknown {what}", f"did you mean {local!r}?"


def named_only(records: Iterable[Record]) -> set[str]:
    """Local ids of records of which no more is known than a name."""
    said = {"id", "name", "position"}
    return {one.local_id for one in records if one.model_dump(exclude_defaults=True).keys() <= said}


def split_list(cells: Iterable[str], *, repeats: bool = False) -> list[str]:
    """The values of a list column, from one cell or several; each once, unless it may repeat.

    A semicolon or line end parts two values, unless a backslash stands before it.
    """
    values: list[str] = []
    for cell in cells:
        for part in _SEPARATORS.split(cell):
            text = _MARKED.sub(r"\1", part.strip())
            if text and (repeats or text not in values):
                values.append(text)
    return values


def digest(text: str) -> str:
    """A short text that stands for a long one, or for one that is no id."""
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def id_of_cells(cells: Mapping[str, list[str]]) -> str:
    """The local id of a row that needs none: the same for the same cells."""
    made = hashlib.blake2b(digest_size=6)
    for column in sorted(cells):
        made.update(f"{column}={cells[column]!r}".encode())
    return f"r-{made.hexdigest()}"


def declared_in(label: str) -> str:
    """The file of a review folder that declares records of a kind."""
    files: dict[str, str] = {model.label: file for file, model in FILES.items()}
    return files.get(label, REVIEW_FILE)


def called_by_row(tables: Sequence[Table], others: Collection[str] = ()) -> Iterator[str]:
    """Call the rows that state no id by their numbers; gives the ids that were made.

    ``others`` are ids that other files have brought: a row never takes the place of theirs.
    """
    taken = {row.text("id").casefold() for table in tables for row in table.rows} | {*others}
    for table in tables:
        for row in table.rows:
            if row.text("id") or not row.cells:
                continue
            made = free_id(f"row-{row.number}", taken)
            taken.add(made)
            row.cells["id"] = [made]
            yield made


def free_id(made: str, taken: Collection[str]) -> str:
    """An id that was made, with a number behind it if somebody else has it."""
    free, n = made, 1
    while free in taken:
        n += 1
        free = f"{made}-{n}"
    return free


_COPIED = 0.4
"""From how many parts alike a row is that of a copy under another name."""
_PARTS = ("mechanisms", "contexts", "resources", "reasonings", "outcomes")


def called_apart(inputs: Sequence[Given], others: Mapping[str, Mapping[str, set[str]]]) -> None:
    """Let rows of mapped sheets that are called by their numbers not be those of other files.

    A row that says what the other one says is that of a copy, and keeps the id.

    Args:
        inputs: what was read; ids that were made are changed, wherever they stand.
        others: for each file the ids that are held and that it did not bring, with their parts.
    """
    stated = [(given, row) for given in inputs for row in given.rows_of("configurations.csv")]
    for given in inputs:
        rows = {row.text("id").casefold(): row for row in given.rows_of("configurations.csv")}
        here = {row.text("id").casefold() for one, row in stated if one is not given}
        held = others.get(given.file, {})
        taken = {*here, *held}
        ids = {
            made: free_id(made, taken | rows.keys())
            for made in given.made
            if made in here or (made in held and not _is_copy(rows[made], held[made]))
        }
        if not ids:
            continue
        given.made = {ids.get(made, made) for made in given.made}
        evidence = (*given.rows_of("evidence.csv"), *(one.row for one in given.cited))
        for column, found in (("id", rows.values()), ("configuration", evidence)):
            for row in found:
                if row.text(column) in ids:
                    row.cells[column] = [ids[row.text(column)]]


def _is_copy(row: Row, parts: set[str]) -> bool:
    said = {slug(value) for name in _PARTS for value in split_list(row.cells.get(name, []))}
    return len(said & parts) >= _COPIED * max(len(said | parts), 1)
