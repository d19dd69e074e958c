"""Mechanisms that a sheet of configurations names: those that are there already, or new ones."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import ReviewBundle
from loaders.naming import Naming, named_only, split_list
from loaders.parsed_input import Given


def match_mechanisms(inputs: Sequence[Given], base: ReviewBundle | None = None) -> None:
    """Let a mapped sheet mean the mechanisms that the review has, by id, name or alias.

    What it names and nobody has declared, it declares itself. A mechanism of which more is known
    than a name is never replaced by its name.

    Args:
        inputs: what was read; mapped sheets among them are changed.
        base: the review that they add to.
    """
    known = Naming("Mechanism")
    held = base.mechanisms if base is not None else []
    bare = named_only(held)
    for one in held:
        known.add(one.local_id, one.name, *one.aliases)
    for given in inputs:
        table = None if given.mapped else given.tables.get("mechanisms.csv")
        for row in table.rows if table is not None else ():
            aliases = split_list(row.cells.get("aliases", []))
            known.add(row.text("id"), row.text("name"), *aliases)
    for given in inputs:
        if given.mapped and "mechanisms.csv" in given.tables:
            _match(given, known, bare)


def _match(given: Given, known: Naming, bare: set[str]) -> None:
    means: dict[str, str] = {}
    table = given.tables["mechanisms.csv"]
    for row in table.rows:
        found = known.find(row.text("name"))
        if found is not None and not (found == row.text("id") and found in bare):
            means[row.text("id")] = found
    table.rows = [row for row in table.rows if row.text("id") not in means]
    if not table.rows:
        del given.tables["mechanisms.csv"]
    for row in given.tables["configurations.csv"].rows if means else ():
        named = [means.get(one, one) for one in row.cells.get("mechanisms", [])]
        if named:
            row.cells["mechanisms"] = [*dict.fromkeys(named)]
