"""A review as plain tables: one CSV file per kind, full ids, every field."""

from __future__ import annotations

from exports.flat import flat
from graph.cells import csv_text, neutral
from graph.model import Record, Review, ReviewBundle
from graph.schema import BUNDLE_FIELDS, kinds, snake


def table_files(bundle: ReviewBundle) -> dict[str, str]:
    """The tables by file name; a kind without records has a table of its header alone."""
    files = {}
    for label, kind in kinds().items():
        records: list[Record] = (
            [bundle.review] if kind.model is Review else getattr(bundle, BUNDLE_FIELDS[label])
        )
        names = list(kind.model.model_fields)
        rows = [names]
        for record in records:
            cells = flat(record)
            rows.append([_cell(cells.get(name)) for name in names])
        files[f"{snake(label)}.csv"] = csv_text(rows)
    return files


def _cell(value: str | int | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else neutral(str(value))
