"""What is the same by declaration; nothing is the same by its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from graph.catalogue import named
from graph.store import Store

Sorted = Literal["concept", "mechanism"]


@dataclass(slots=True)
class Sameness:
    """Groups of records that are declared to be the same, directly or through others."""

    group: dict[str, str] = field(default_factory=dict)
    """For each record that was asked for or reached: the first id of its group."""
    members: dict[str, list[str]] = field(default_factory=dict)
    """The records of each group, by its first id."""
    declarations: dict[str, list[str]] = field(default_factory=dict)
    """The declarations that hold each group together, by its first id."""


def sameness(store: Store, kind: Sorted, ids: Iterable[str], review: str | None = None) -> Sameness:
    """The groups that records belong to; two passes per round of declarations.

    Args:
        store: where to look.
        kind: concept or mechanism.
        ids: the records.
        review: only what this review declares among its own records.
    """
    near: dict[str, set[str]] = {}
    said: dict[str, set[str]] = {}
    wave = sorted(set(ids))
    while wave:
        near.update((id_, set()) for id_ in wave)
        for name in (f"same_{kind}s", f"{kind}s_same_as"):
            for row in store.read(named(name), ids=wave, review=review):
                near[row["id"]].add(row["other"])
                said.setdefault(row["id"], set()).add(row["declaration"])
        wave = sorted({other for id_ in wave for other in near[id_]} - near.keys())
    found = Sameness()
    for id_ in sorted(near):
        if id_ in found.group:
            continue
        group, open_ = {id_}, [id_]
        while open_:
            for other in near[open_.pop()] - group:
                group.add(other)
                open_.append(other)
        # The first id is the least: ids are taken in order, and a group is taken whole.
        found.members[id_] = sorted(group)
        found.declarations[id_] = sorted({one for member in group for one in said.get(member, ())})
        found.group.update(dict.fromkeys(group, id_))
    return found
