"""What a load did: counts by kind of record, and the records that it touched."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class KindCounts(BaseModel):
    """What a load did to the records of one kind."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def any(self) -> bool:
        """True if the review has records of the kind after the load."""
        return bool(self.new or self.changed or self.unchanged)


class CellChange(BaseModel):
    """One field of a record that a load changes: what it held, and what it holds now."""

    column: str
    before: str
    now: str


class Change(BaseModel):
    """One record that a load touches.

    ``cells`` are the fields that change of one that is held. ``paired`` is true if its row has no
    id, and was found again by what did not change of it.
    """

    kind: str
    id: str
    change: Literal["new", "changed", "removed"]
    paired: bool = False
    cells: list[CellChange] = []


class LoadedFile(BaseModel):
    """A file that was loaded, with the SHA-256 of what was in it."""

    name: str
    sha256: str


class LoadReport(BaseModel):
    """What a load did: counts per kind of record, and in total.

    ``load`` is the id under which it is recorded; ``changes`` are the first thousand records that
    were removed or, for a dry run, that would be touched in any way.
    """

    review: str
    total: KindCounts
    kinds: dict[str, KindCounts]
    load: str | None = None
    dry_run: bool = False
    changes: list[Change] = []

    @property
    def changed_anything(self) -> bool:
        """False when the store already held exactly this."""
        return bool(self.total.new or self.total.changed or self.total.removed)
