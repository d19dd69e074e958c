"""What is the same by declaration; nothing is the same by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.catalogue import named
from graph.store import Store

Sorted = Literal["concept", "mechanism"]

_MECHANISM = "mechanism:"
_MANY = 1000
"""Records for which it is worth asking first whether there is any declaration."""


@dataclass(slots=True)
class Sameness:
    """Groups of records that are declared to be the same, directly or through others."""

    group: dict[str, str] = field(default_factory=dict)
    """For each record that was asked for or reached: the first id of its group."""
    members: dict[str, list[str]] = field(default_factory=dict)
    """The records of each group, by its first id."""
    declarations: dict[str, list[str]] = field(default_factory=dict)
    """The declarations that hold each group together, by its first id."""


def key_of(kind: str, id_: str) -> str:
    """A concept or a mechanism among both: the two may have the same id."""
    return f"{_MECHANISM}{id_}" if kind == "mechanism" else id_


def of_key(key: str) -> tuple[Sorted, str]:
    """The kind and the id of a concept or a mechanism."""
    if key.startswith(_MECHANISM):
        return "mechanism", key.removeprefix(_MECHANISM)
    return "concept", key


def sameness(store: Store, kind: Sorted, ids: Iterable[str], review: str | None = None) -> Sameness:
    """The groups that records of one kind belong to; see :func:`sameness_of_both`."""
    both = sameness_of_both(store, {key_of(kind, id_) for id_ in ids}, review)
    found = Sameness()
    for key, members in both.members.items():
        own = [id_ for sort, id_ in map(of_key, members) if sort == kind]
        if own:
            found.members[own[0]] = own
            found.declarations[own[0]] = both.declarations[key]
            found.group.update(dict.fromkeys(own, own[0]))
    return found


def sameness_of_both(store: Store, keys: Iterable[str], review: str | None = None) -> Sameness:
    """The groups that concepts and mechanisms belong to; two passes per round of declarations.

    A concept may be declared to be the same as a mechanism: an outcome here is a mechanism there.

    Args:
        store: where to look.
        keys: the records, as :func:`key_of` names them; so do the groups.
        review: only what this review declares among its own records.
    """
    near: dict[str, set[str]] = {}
    said: dict[str, set[str]] = {}
    wave = sorted(set(keys))
    while wave:
        near.update((key, set()) for key in wave)
        if len(wave) > _MANY and not store.read(named("same_any")):
            break
        ids = sorted({of_key(key)[1] for key in wave})
        for name in ("same_declared", "same_declaring"):
            for row in store.read(named(name), ids=ids, review=review):
                pair = _pair(row, review)
                if pair is None:
                    continue
                for one, other in (pair, pair[::-1]):
                    if one in near:
                        near[one].add(other)
                        said.setdefault(one, set()).add(row["declaration"])
        wave = sorted({other for key in wave for other in near[key]} - near.keys())
    found = Sameness()
    for key in sorted(near):
        if key in found.group:
            continue
        if not near[key]:
            found.group[key] = key
            found.members[key], found.declarations[key] = [key], []
            continue
        group, open_ = {key}, [key]
        while open_:
            for other in near[open_.pop()] - group:
                group.add(other)
                open_.append(other)
        # The first key is the least: keys are taken in order, and a group is taken whole.
        found.members[key] = sorted(group)
        found.declarations[key] = sorted({one for member in group for one in said.get(member, ())})
        found.group.update(dict.fromkeys(group, key))
    return found


def _pair(row: dict[str, Any], review: str | None) -> tuple[str, str] | None:
    """The two records of a declaration, if both are there; both of one review, if it is named."""
    if review is not None and not row["other"].startswith(f"{review}:"):
        return None
    other = None if row["kind"] == "source" else other_kind(row)
    if other is None:
        return None
    return key_of(row["kind"], row["one"]), key_of(other, row["other"])


def other_kind(row: Mapping[str, Any]) -> str | None:
    """What kind of record a declaration names as the other one; none while it is not held.

    It is of the same kind. If there is none, or if it would be the record itself, a concept may be
    the same as a mechanism, and the other way round.

    Args:
        row: `kind`, `one` and `other` of the declaration, and by each kind something of the
            record of that kind that has the other's id; null where there is none.
    """
    kind: str = row["kind"]
    kinds = [kind] if row["one"] != row["other"] else []
    if kind != "source":
        kinds.append("concept" if kind == "mechanism" else "mechanism")
    return next((one for one in kinds if row[one] is not None), None)


@dataclass(frozen=True, slots=True)
class Join:
    """A declaration both of whose records are there, as :func:`key_of` names them."""

    declaration: str
    one: str
    other: str
    declared_by: str | None
    note: str | None


def joins(store: Store, keys: Collection[str]) -> list[Join]:
    """The declarations that join two of these concepts and mechanisms, in the order of ids."""
    if not store.read(named("same_any")):
        return []
    ids = sorted({of_key(key)[1] for key in keys})
    found: dict[str, Join] = {}
    for row in store.read(named("same_declared"), ids=ids, review=None):
        pair = _pair(row, None)
        if pair is not None and pair[0] in keys and pair[1] in keys:
            id_ = row["declaration"]
            found[id_] = Join(id_, *pair, row["declared_by"], row["note"])
    return [found[id_] for id_ in sorted(found)]
