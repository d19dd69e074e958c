"""What a record of a reference file says, field by field: kept once, beside its text.

Most values stand in the record's text as they are. Of those the place is kept, so that a record
takes the room of its text and not twice of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pydantic_core import to_json

_SHORT = 10
"""A value of fewer letters takes less room than its place."""


def placed(fields: Mapping[str, Sequence[str]], text: str) -> str:
    """Fields as :class:`graph.model.Reference` keeps them beside a text."""
    at = 0
    kept: dict[str, list[str | tuple[int, int]]] = {}
    for name, values in fields.items():
        here = kept[name] = []
        for value in values:
            first = text.find(value, at) if len(value) >= _SHORT else -1
            if first < 0:
                here.append(value)
            else:
                at = first + len(value)
                here.append((first, at))
    return to_json(kept).decode()


def fields_of(fields: str, text: str | None) -> dict[str, list[str]]:
    """The fields of a record with their values, whichever way these are kept."""
    kept: dict[str, list[str | list[int]]] = json.loads(fields)
    return {
        name: [
            value if isinstance(value, str) else (text or "")[value[0] : value[1]]
            for value in values
        ]
        for name, values in kept.items()
    }
