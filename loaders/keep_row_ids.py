"""Rows without an id that were corrected: found again by what did not change of them.

A row that states no id gets one made of its number or its content. When a cell is corrected, or a
row is moved, that would be another record. So rows are compared with what the same file brought
before, and keep the id that they had: those that are equal first, then those of which most is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from graph.model import Appraisal, Configuration, Evidence, Finding, Record, ReviewBundle
from graph.provenance import NOT_STATED, Brought, records_of, unordered_links
from graph.schema import BUNDLE_FIELDS, ORDERED, kinds
from loaders.naming import free_id
from loaders.similarity import most_alike

Renamed = dict[str, dict[str, str]]
"""By label: the id that was made of a row, and the id that the record has kept."""

PAIRED: tuple[type[Record], ...] = (Configuration, Evidence, Appraisal, Finding)
"""Kinds whose rows need no id, targets before what points to them."""

_MADE = re.compile(r"r-[0-9a-f]{12}|row-\d+(?:-\d+)?|cmoc-[0-9a-f]{8}")
_ALIKE = 0.5
"""From how much of it alike a row is the same one."""
_ALIKE_IN_PLACE = 0.3
"""The same for a row that stands where it stood."""
_NEARLY = 60
_NEAREST = 4
_MOST_OF_A_GROUP = 500
_MOST_COMPARED = 2_000_000
_LONGEST = 2_000
_WORDS = ("quote", "statement")
"""Where the words are others altogether, it is another record, however alike the rest is."""


def paired(bundle: ReviewBundle, held: ReviewBundle, own: Brought, made: set[str]) -> Renamed:
    """The ids that rows without one keep.

    Args:
        bundle: the review as the load would have it.
        held: the review as it is held.
        own: what the files of this load brought before.
        made: ids of the bundle that were made of rows.
    """
    found: Renamed = {}
    for model in PAIRED:
        label = model.label
        before = {id_ for by_label in own.values() for id_ in by_label.get(label, ())}
        was = {
            record.id: (at, record)
            for at, record in enumerate(records_of(held, label))
            if record.id in before and _MADE.fullmatch(record.local_id)
        }
        now = [
            (at, _with(record, found))
            for at, record in enumerate(records_of(bundle, label))
            if record.id in made
        ]
        if renamed := _kept(now, was, {record.id for record in records_of(bundle, label)}):
            found[label] = renamed
    return found


def _kept(
    now: Sequence[tuple[int, Record]], was: Mapping[str, tuple[int, Record]], taken: set[str]
) -> dict[str, str]:
    """For each new record the id it keeps, where that is another than the one made of its row."""
    # Most rows are as they were, where they were.
    kept = {
        record.id: record.id
        for _, record in now
        if record.id in was and record == was[record.id][1]
    }
    equal: dict[str, list[str]] = defaultdict(list)
    for id_, (_, record) in was.items():
        if id_ not in kept:
            equal[_content(record)].append(id_)
    rest: list[tuple[int, Record]] = []
    for at, record in now:
        if record.id in kept:
            continue
        same = equal.get(_content(record), [])
        if same:
            kept[record.id] = same.pop(same.index(record.id) if record.id in same else 0)
        else:
            rest.append((at, record))
    free = {id_: was[id_] for id_ in was.keys() - set(kept.values())}
    for id_, old in _alike(rest, free):
        kept[id_] = old
    # A row that is new may not have the id that another one keeps.
    used = taken - {record.id for _, record in now} | set(kept.values()) | was.keys()
    for _, record in now:
        if record.id in kept:
            continue
        id_ = free_id(record.id, used)
        used.add(id_)
        kept[record.id] = id_
    return {new: old for new, old in kept.items() if new != old}


@dataclass(slots=True)
class _Row:
    """What is compared of a record."""

    id: str
    at: int
    stated: dict[str, Any]
    links: tuple[tuple[str, str], ...]
    text: str
    in_place: bool

    @classmethod
    def of(cls, record: Record, at: int) -> _Row:
        stated = _stated(record)
        to = {link.field for link in kinds()[record.label].links if not link.parts}
        links = tuple(sorted((name, repr(one)) for name, one in stated.items() if name in to))
        text = " ".join(str(one) for name, one in stated.items() if name not in to)
        return cls(record.id, at, stated, links, text[:_LONGEST], record.label in ORDERED)

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """Its values one by one: a corrected row shares one with what it was, at least."""
        for name, value in self.stated.items():
            for one in value if isinstance(value, list) else [value]:
                yield name, one["concept"] if isinstance(one, dict) else str(one)


def _alike(
    rest: Sequence[tuple[int, Record]], free: Mapping[str, tuple[int, Record]]
) -> Iterator[tuple[str, str]]:
    """Pairs of a new record and an old one, the most alike first, each once."""
    old = {id_: _Row.of(record, at) for id_, (at, record) in free.items()}
    new = [_Row.of(record, at) for at, record in rest]
    scored = []
    for row, near in _near(new, old):
        score = _score(row.stated, near.stated)
        away = abs(near.at - row.at)
        if score >= (_ALIKE_IN_PLACE if row.in_place and not away else _ALIKE):
            scored.append((-score, away, row.id, near.id))
    return most_alike(scored)


def _near(new: Sequence[_Row], old: Mapping[str, _Row]) -> Iterator[tuple[_Row, _Row]]:
    """What is worth comparing: never each with each, however much of a large file has changed.

    Rows about the same things are near if their words are; else those that share most values.
    """
    about: dict[tuple[tuple[str, str], ...], list[_Row]] = defaultdict(list)
    by: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in old.values():
        about[row.links].append(row)
        for key in row.keys:
            by[key].append(row.id)
    left = _MOST_COMPARED
    for row in new:
        group = about[row.links][:_MOST_OF_A_GROUP] if row.links else []
        if group:
            texts = [one.text for one in group]
            found = process.extract(row.text, texts, scorer=fuzz.ratio, limit=_NEAREST)
            yield from ((row, group[at]) for _, _, at in found)
            if found and found[0][1] >= _NEARLY:
                continue
        shared: Counter[str] = Counter()
        for key in row.keys:
            shared.update(by[key][:_MOST_OF_A_GROUP])
        left -= len(shared)
        if left < 0:
            return
        best = sorted(shared, key=lambda id_: (-shared[id_], abs(old[id_].at - row.at), id_))
        yield from ((row, old[id_]) for id_ in best[:_NEAREST])


def _score(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> float:
    names = mine.keys() | theirs.keys()
    if any(
        name in mine and name in theirs and not _same(mine[name], theirs[name]) for name in _WORDS
    ):
        return 0.0
    return sum(_same(mine.get(name), theirs.get(name)) for name in names) / max(len(names), 1)


def _same(one: Any, other: Any) -> float:
    if one == other:
        return 1.0
    if one is None or other is None:
        return 0.0
    texts = str(one), str(other)
    alike = fuzz.ratio(*(text[:_LONGEST] for text in texts))
    return alike / 100 if alike >= _NEARLY else 0.0


def _content(record: Record) -> str:
    return repr(sorted(_stated(record).items()))


def _stated(record: Record) -> dict[str, Any]:
    unordered = unordered_links(record.label)
    stated = record.model_dump(mode="json", exclude_defaults=True)
    return {
        name: sorted(value) if name in unordered else value
        for name, value in stated.items()
        if name not in NOT_STATED
    }


def _with(record: Record, renamed: Renamed) -> Record:
    """The record with the ids that it, and what it points to, have kept."""
    update: dict[str, Any] = {}
    kept = renamed.get(record.label, {}).get(record.id)
    if kept is not None:
        update["id"] = kept
    for link in kinds()[record.label].links:
        ids = renamed.get(link.to)
        value = getattr(record, link.field)
        if not ids or not value or link.parts:
            continue
        new = [ids.get(id_, id_) for id_ in value] if link.many else ids.get(value, value)
        if new != value:
            update[link.field] = new
    return record.model_copy(update=update) if update else record


def renamed(bundle: ReviewBundle, ids: Renamed) -> ReviewBundle:
    """The review with the ids that its records have kept, wherever these stand."""
    return bundle.model_copy(
        update={
            name: [_with(record, ids) for record in getattr(bundle, name)]
            for label, name in BUNDLE_FIELDS.items()
            if label in ids or any(link.to in ids for link in kinds()[label].links)
        }
    )
