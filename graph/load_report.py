"""What a load did, by kind of record and record by record, and how it is put on record."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import Any, Literal
from uuid import uuid4

from pydantic import BaseModel

from graph.catalogue import named
from graph.store import Transaction


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


def record_load(
    transaction: Transaction, review: str, total: KindCounts, *, since: float, **told: Any
) -> tuple[str, str]:
    """Put a load on record, whatever became of it; its id and when it ended, as UTC."""
    now = datetime.now(UTC)
    id_ = f"{now:%Y%m%dT%H%M%S.%f}Z-{uuid4().hex[:8]}"
    at = now.isoformat(timespec="seconds")
    given: dict[str, Any] = {"merged": 0, "rejected": 0, "warned": 0, "refused": None, **told}
    transaction.run(
        named("record_load"),
        id=id_,
        review=review,
        at=at,
        seconds=round(monotonic() - since, 3),
        created=total.new,
        changed=total.changed,
        unchanged=total.unchanged,
        removed=total.removed,
        **given,
    )
    return id_, at
