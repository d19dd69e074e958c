"""A review as it was loaded: every record with every field, read back from the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.catalogue import named
from graph.model import Configuration, Part, Review, ReviewBundle
from graph.questions.names import resolve
from graph.schema import BUNDLE_FIELDS, Kind, kinds, snake
from graph.store import Rows, Store

Row = dict[str, Any]


def bundle_of(store: Store, review: str) -> ReviewBundle:
    """All records of a review; one pass per kind and link.

    Mechanisms, concepts and parts of configurations come in their own order, others in that of ids.

    Raises:
        NotFound: there is no such review.
    """
    return read_bundle(store.read, resolve(store, "review", review))


def read_bundle(read: Callable[..., Rows], id_: str) -> ReviewBundle:
    """The same of the review with that id, by whatever reads: a store, or a transaction."""
    records: dict[str, Any] = {}
    for label, kind in kinds().items():
        rows = _rows(read, kind, id_)
        if kind.model is Review:
            records["review"] = Review(**rows[0])
        else:
            records[BUNDLE_FIELDS[label]] = [kind.model(**row) for row in rows]
    return ReviewBundle(**records)


def _rows(read: Callable[..., Rows], kind: Kind, review: str) -> list[Row]:
    name = snake(kind.label)
    rows = {
        row["id"]: {field: value for field, value in row.items() if value is not None}
        for row in read(named(f"all_of_{name}"), review=review)
    }
    for link in kind.links:
        for row in read(named(f"all_of_{name}_{link.field}"), review=review):
            record = rows[row["from_id"]]
            if link.parts:
                part = Part(concept=row["to_id"], inferred=row["inferred"])
                record.setdefault(link.field, []).append(part)
            elif link.many:
                record.setdefault(link.field, []).append(row["to_id"])
            else:
                record[link.field] = row["to_id"]
    if kind.model is Configuration:
        for id_, row in rows.items():
            # The store names a configuration by its id if the review gives it no name.
            if row.get("name") == id_.partition(":")[2]:
                del row["name"]
    return list(rows.values())
