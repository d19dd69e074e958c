"""What may set the two sides of a contradiction apart: moderators, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph.answers import Feature, Moderator, Separates, Share, SideRecord, Sort, SourceRef
from graph.answers.weight import SORT_OF

SHOWN = 50
"""How many records and sources of a side are named; all are counted."""
_MODERATORS = 5
_PAIRED = 12
"""How many of the best single features are tried two by two."""
_BETTER = 0.05
"""How much better than each of its features a pair must separate to be worth telling."""
Mark = tuple[Separates, str]
"""A feature as it is counted: its dimension, and an id or a word."""
Work = tuple[str, Sort]
"""A work as it is counted: one that is a paper here and a synthesis there counts among both."""


@dataclass(slots=True)
class Entry:
    """What one record states of one unit of a side: of a work, or of a configuration."""

    unit: str
    record: str
    marks: frozenset[Mark]
    work: Work | None = None


@dataclass(slots=True)
class Half:
    """One side on its way: its records, and what is compared of them."""

    side: str
    n: int = 0
    records: list[SideRecord] = field(default_factory=list)
    """The first ones of its records."""
    works: dict[Work, SourceRef] = field(default_factory=dict)
    """Behind it, each by the first of its sources."""
    entries: list[Entry] = field(default_factory=list)

    def stand(self, row: dict[str, Any]) -> Work:
        """Put the work of a row of evidence behind it."""
        work = (row["work"], SORT_OF[row["source_kind"]])
        if work not in self.works:
            self.works[work] = SourceRef.of(row)
        return work


def by_sort(works: Collection[Work]) -> dict[Sort, int]:
    """How many works there are of each sort."""
    sorts = [sort for _, sort in works]
    return {sort: sorts.count(sort) for sort in Sort if sort in sorts}


Counted = list[tuple[int, int]]
"""For each side how many have it, of how many that state anything of the kind."""


class _Masks:
    """One side of a dispute: for each feature and dimension its entries, as bits of a number."""

    def __init__(self, side: Half) -> None:
        self.side = side.side
        self.entries = side.entries
        self.having: dict[Mark, int] = {}
        self.stating: dict[Separates, int] = {}
        for place, entry in enumerate(side.entries):
            for mark in entry.marks:
                self.having[mark] = self.having.get(mark, 0) | 1 << place
                self.stating[mark[0]] = self.stating.get(mark[0], 0) | 1 << place
        units: dict[str, int] = {}
        for place, entry in enumerate(side.entries):
            units[entry.unit] = units.get(entry.unit, 0) | 1 << place
        self.several = [mask for mask in units.values() if mask.bit_count() > 1]
        self.alone = sum(mask for mask in units.values() if mask.bit_count() == 1)
        self.known: dict[int, int] = {}

    def has(self, parts: tuple[Mark, ...]) -> int:
        """The entries that have all of these features."""
        return _all(self.having.get(part, 0) for part in parts)

    def states(self, parts: tuple[Mark, ...]) -> int:
        """The entries that state something of the kind of each."""
        return _all(self.stating.get(part[0], 0) for part in parts)

    def of(self, mask: int) -> list[Entry]:
        """Entries by their bits."""
        return [entry for place, entry in enumerate(self.entries) if mask >> place & 1]

    def units(self, mask: int) -> int:
        """How many works, or configurations, these entries are of."""
        if mask not in self.known:
            found = (mask & self.alone).bit_count()
            self.known[mask] = found + sum(1 for unit in self.several if mask & unit)
        return self.known[mask]

    def counted(self, parts: tuple[Mark, ...]) -> tuple[int, int]:
        """How many have them, of how many that state anything of the kind."""
        return self.units(self.has(parts)), self.units(self.states(parts))

    def share(self, parts: tuple[Mark, ...]) -> Share:
        """The same, with the works behind it and the records that state it."""
        having, of = self.counted(parts)
        entries = self.of(self.has(parts))
        return Share(
            side=self.side,
            having=having,
            of=of,
            works=len({entry.work[0] for entry in entries if entry.work}),
            records=sorted({entry.record for entry in entries})[:SHOWN],
        )


def _all(masks: Iterable[int]) -> int:
    found = -1
    for mask in masks:
        found &= mask
    return found


@dataclass(slots=True)
class _Found:
    """A difference: what it is made of, and how often each side has it."""

    parts: tuple[Mark, ...]
    counted: Counted
    apart: float = field(init=False)

    def __post_init__(self) -> None:
        (one, of_one), (other, of_other) = self.counted
        self.apart = abs(one / of_one - other / of_other)

    def rank(self) -> tuple[float, int, int, tuple[Mark, ...]]:
        """The clearest first; then the plainest, and what rests on most."""
        return (
            -self.apart,
            len(self.parts),
            -sum(of for _, of in self.counted),
            self.parts,
        )


def moderators(sides: Sequence[Half], names: Mapping[str, str]) -> list[Moderator]:
    """The best differences: single features, then pairs if no single one separates completely.

    Args:
        sides: the two.
        names: of the contexts that are stated, by id.
    """
    masks = [_Masks(side) for side in sides]
    marks = sorted({mark for side in masks for mark in side.having})
    single = [one for mark in marks if (one := _compared(masks, (mark,)))]
    ranked = sorted((one for one in single if one.apart > 0), key=_Found.rank)
    found = list(ranked)
    if ranked and ranked[0].apart < 1:
        for one, other in combinations(ranked[:_PAIRED], 2):
            pair = _compared(masks, one.parts + other.parts)
            if pair and pair.apart > max(one.apart, other.apart) + _BETTER:
                found.append(pair)
    return [_moderator(names, masks, one) for one in sorted(found, key=_Found.rank)[:_MODERATORS]]


def _compared(sides: Sequence[_Masks], parts: tuple[Mark, ...]) -> _Found | None:
    """How often each side has it; nothing where one side states nothing of the kind."""
    counted = [side.counted(parts) for side in sides]
    return _Found(parts, counted) if all(of for _, of in counted) else None


def _moderator(names: Mapping[str, str], sides: Sequence[_Masks], found: _Found) -> Moderator:
    shares = [side.share(found.parts) for side in sides]
    compared = {
        entry.work for side in sides for entry in side.of(side.states(found.parts)) if entry.work
    }
    return Moderator(
        features=[
            Feature(dimension=dimension, id=id_, name=names.get(id_, id_))
            for dimension, id_ in found.parts
        ],
        goes_with=max(shares, key=lambda share: share.having / share.of).side,
        separation=round(found.apart, 4),
        shares=shares,
        works=by_sort(compared),
    )
