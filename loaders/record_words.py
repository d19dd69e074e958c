"""What messages call records and cells of a review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.model import Record, Reference
from graph.source_fields import by_itself

_MOST_NAMED = 20
_MOST_SHOWN = 60


def name_of(record: Record) -> str:
    """A record as messages call it: `mechanism trust (Building trust)`."""
    kind = "".join(f" {one.lower()}" if one.isupper() else one for one in record.label).strip()
    local = record.id.rpartition(":")[2]
    words = [*_source_of(record), *_words_of(record)]
    name = ": ".join(one[:_MOST_SHOWN] for one in words if one != local)
    return f"{kind} {local} ({name})" if name else f"{kind} {local}"


def _source_of(record: Record) -> Iterator[str]:
    """The source that a piece of evidence, a passage or an appraisal is of."""
    source = getattr(record, "source", None)
    if source and not isinstance(record, Reference):
        yield source.rpartition(":")[2]


def _words_of(record: Record) -> Iterator[str]:
    """The name of a record, or the first of its words."""
    found = by_itself(record.reads_as).get("title") if isinstance(record, Reference) else None
    for field in ("name", "title", "quote", "statement"):
        found = found or getattr(record, field, None)
    if found:
        yield " ".join(str(found).split())


def listed(records: Iterable[Record]) -> str:
    """Records by name, of many the first."""
    return some_of([name_of(record) for record in records])


def some_of(names: Sequence[str]) -> str:
    """Names in one line, of many the first."""
    shown = list(names[:_MOST_NAMED])
    more = len(names) - len(shown)
    return "; ".join([*shown, f"and {more} more"] if more else shown)


def text_of_cell(value: Any) -> str:
    """A value as a cell has it."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return "; ".join(text_of_cell(one) for one in value)
    if isinstance(value, dict):  # a part of a configuration
        local = str(value["concept"]).rpartition(":")[2]
        return f"{local} (inferred)" if value["inferred"] else local
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def shown(value: Any) -> str:
    """The beginning of a value, as messages show it."""
    text = text_of_cell(value)
    return repr(text[:_MOST_SHOWN]) if text else "nothing"
