"""How much memory a load takes from a server that keeps a transaction whole until it is committed.

Measured on Neo4j 5.26, where memory peaks at the commit, at about twice what writing takes: see
docs/neo4j.md. The estimate is a few per cent too high, so that it is not too low.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.model import Evidence, ReviewBundle
from graph.provenance import records_of
from graph.schema import DERIVED, kinds

MIB = 1024 * 1024
RECORD, PROPERTY, LETTER, LINK, REMOVED = 1500, 500, 3, 1150, 8800
"""Bytes that a new or changed record takes, each of its properties, each byte of text, each link,
and a record that is removed."""
LINK_ALONE = 4 * LINK
"""A link takes more in a transaction that does not make its ends as well."""
_OF_NAMES = 25
"""Bytes of text in a derived property: a name, an id, words of a title."""


def of_row(row: Mapping[str, Any]) -> int:
    """Bytes that a record takes to be written, by the row that it is written from."""
    return RECORD + sum(PROPERTY + LETTER * _text(value) for value in row.values())


def of_bundle(bundle: ReviewBundle, most: int) -> int:
    """Bytes that all of a review takes to be written anew; counting ends beyond ``most``."""
    belongs = {one.id: len(one.mechanisms) for one in bundle.configurations}
    needed = 0
    for label, kind in kinds().items():
        derived = (2 + len(DERIVED.get(label, ()))) * (PROPERTY + LETTER * _OF_NAMES)
        for record in records_of(bundle, label):
            needed += RECORD + derived
            for name, value in record.__dict__.items():
                if value is None:
                    continue
                if name in kind.link_fields:
                    needed += LINK * (len(value) if isinstance(value, list) else 1)
                else:
                    needed += PROPERTY + LETTER * _text(value)
            if isinstance(record, Evidence) and record.configuration is not None:
                needed += LINK * belongs.get(record.configuration, 0)
            if needed > most:
                return needed
    return needed


def of_statement(name: str, parameters: Mapping[str, Any]) -> int:
    """Bytes that a writing statement of the catalogue takes."""
    verb = name.partition("_")[0]
    rows: Sequence[Any] = parameters.get("rows", ())
    if verb in ("create", "change"):
        return sum(map(of_row, rows))
    if verb == "link":
        return LINK * len(rows)
    ids: Sequence[Any] = parameters.get("ids", ())
    if ids:
        return REMOVED * len(ids)
    return (
        RECORD
        + (PROPERTY + LETTER * _OF_NAMES) * len(rows)
        + LETTER * sum(map(_text, parameters.values()))
    )


def _text(value: Any) -> int:
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode())
    if isinstance(value, list):
        return sum(map(_text, value))
    return 8
