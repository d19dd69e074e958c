"""What is recorded about something, in words: what a claim can be checked against."""

from __future__ import annotations

from graph.store import Store


def claimed(store: Store, kind: str, id_: str) -> list[str]:
    """The texts of a record, of the evidence and of the findings about it."""
    return []
