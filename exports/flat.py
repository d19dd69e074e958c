"""A record as flat values: what has no lists is kept, a list is joined with `; `."""

from __future__ import annotations

from typing import Any

from graph.model import Part, Record

Flat = str | int | bool


def flat(record: Record) -> dict[str, Flat]:
    """The stated fields of a record; one that is not stated is not there."""
    found: dict[str, Flat] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value is None or value == []:
            continue
        found[name] = "; ".join(map(_text, value)) if isinstance(value, list) else _plain(value)
    return found


def _text(value: Any) -> str:
    if isinstance(value, Part):
        return f"{value.concept} (inferred)" if value.inferred else value.concept
    return str(value)


def _plain(value: Any) -> Flat:
    return value if isinstance(value, bool | int) else str(value)
