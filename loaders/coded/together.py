"""Several coded documents of one load: they share a codebook, a mapping and what codes are named.

A reviewer exports in batches, so the same codes come with each file; and a mechanism that is named
after a code may be one that the review has already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.errors import Problem
from graph.model import ReviewBundle
from loaders.coded.mapping import NONE_BELOW, UNKNOWN_CODE, UNKNOWN_SOURCE
from loaders.naming import Naming, split_list
from loaders.parsed_input import Given
from loaders.tables import Row

_NAMED_AFTER_CODES = {"mechanisms.csv": "mechanisms", "concepts.csv": "concepts"}
_UNKNOWN = {UNKNOWN_CODE, NONE_BELOW, UNKNOWN_SOURCE}


def settle(inputs: Sequence[Given], base: ReviewBundle | None) -> None:
    """Take out what two inputs say alike, and what the review that is held has by the same name.

    An entry of the mapping is wrong only if it names nothing in any of the coded documents.
    """
    coded = [given for given in inputs if given.coded]
    if not coded:
        return
    _once(coded, "codes.csv", Naming("Code"), {})
    for file, kind in _NAMED_AFTER_CODES.items():
        known = Naming(kind)
        held: dict[str, dict[str, Any]] = {}
        for record in [] if base is None else getattr(base, kind):
            stated = record.model_dump(mode="json", exclude_defaults=True, exclude={"position"})
            held[record.local_id] = {**stated, "id": record.local_id}
            known.add(record.local_id, record.name, *record.aliases)
        for given in inputs:
            if not given.coded and file in given.tables:
                for row in given.tables[file].rows:
                    aliases = split_list(row.cells.get("aliases", []))
                    known.add(row.text("id"), row.text("name"), *aliases)
        _once(coded, file, known, held)
    missing = [{_entry(problem) for problem in given.problems} for given in coded]
    everywhere = set.intersection(*missing) - {None}
    said: set[tuple[str | None, ...] | None] = set()
    for given in coded:
        kept: list[Problem] = []
        for problem in given.problems:
            entry = _entry(problem)
            if entry is None or (entry in everywhere and entry not in said):
                kept.append(problem)
                said.add(entry)
        given.problems = kept


def _once(
    coded: Sequence[Given], file: str, known: Naming, held: dict[str, dict[str, Any]]
) -> None:
    """Leave rows to the first that says them. What the review has is said again if it is equal."""
    for given in coded:
        table = given.tables.get(file)
        if table is None:
            continue
        new = [
            row
            for row in table.rows
            if known.find(row.text("id")) is None or _says(row, held.get(row.text("id")))
        ]
        table.rows = new
        for row in new:
            known.add(row.text("id"))
            held.pop(row.text("id"), None)
        if not new:
            del given.tables[file]


def _says(row: Row, record: dict[str, Any] | None) -> bool:
    return record == {column: row.text(column) for column in row.cells}


def _entry(problem: Problem) -> tuple[str | None, ...] | None:
    """The entry of the mapping that names nothing in one document, if that is the problem."""
    if problem.message not in _UNKNOWN:
        return None
    return problem.file, str(problem.row), problem.column, problem.found
