"""Which sources are one work: a paper in two rows of a review, or in two reviews.

Two sources are one work if they bear one PubMed id, or one DOI and titles that do not contradict
it, or if somebody declares it; what is one work with a third is one with both. Each keeps what
its own review says of it. ``Source.work`` is the least id among those that are one work, so a
count of works is a count of its distinct values, and ``Source.counts`` is false for what a review
excluded. Both are derived in the transaction that loads or removes, for the works it touches.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import uuid4

from graph.batches import batches
from graph.catalogue import named
from graph.model import Source
from graph.store import Store, Transaction

_WORD = re.compile(r"[^\W_]+")
_ALIKE = 60
"""From how much alike, of 100, titles do not contradict a DOI that they share."""

Row = dict[str, Any]
Renewal = Callable[[Sequence[str], Sequence[str]], None]
"""Takes note of sources whose works are to be found anew later, and of those whose works of now may
fall apart by then; ids."""


def words_of(title: str) -> tuple[str, ...]:
    """The words of a title as titles are compared: without case, accents kept apart, no signs."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKD", title).casefold()))


def alike(one: str, other: str) -> float:
    """How alike two titles are, of 100, in the order of their words or in any."""
    if one == other:
        return 100.0
    from rapidfuzz import fuzz  # only where titles differ: it takes a while to import

    return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other, processor=_spaced))


def contradict(one: str, other: str) -> bool:
    """Whether two titles, as :func:`words_of` joined by hyphens, cannot be those of one DOI."""
    return alike(one, other) < _ALIKE


def _spaced(title: str) -> str:
    return title.replace("-", " ")


def placed(source: Source) -> Row:
    """What is kept of a source so that works are found; alone until it is found to be one."""
    row = {"work": source.id, "counts": source.included is not False}
    if source.doi:
        row["doi_key"] = source.doi.casefold()
    if source.pmid:
        row["pmid_key"] = source.pmid.lstrip("0") or "0"
    return row


@dataclass(slots=True)
class Known:
    """What is compared of a source, and the work that the store has for it."""

    id: str
    title: str
    doi: str | None
    pmid: str | None
    work: str | None

    @classmethod
    def written(cls, source: Source) -> Known:
        """A source as a load writes it."""
        row = placed(source)
        return cls(source.id, source.title, row.get("doi_key"), row.get("pmid_key"), row["work"])

    @classmethod
    def of(cls, row: Row) -> Known:
        """A source as the store has it."""
        return cls(row["id"], row["title"], row["doi"], row["pmid"], row["work"])


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows that two sources are one work: ``pmid`` or ``doi`` with it, or a declaration."""

    one: str
    other: str
    by: str
    what: str


def shown_by_identifiers(known: Iterable[Known]) -> Iterator[Shown]:
    """Pairs that a PubMed id or a DOI shows to be one work; all that are one are joined."""
    by_pmid: dict[str, list[str]] = defaultdict(list)
    by_doi: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        if one.pmid:
            by_pmid[one.pmid].append(one.id)
        if one.doi:
            by_doi[one.doi].append(one)
    for pmid, ids in by_pmid.items():
        for other in ids[1:]:
            yield Shown(ids[0], other, "pmid", pmid)
    for doi, held in by_doi.items():
        titles: dict[str, list[str]] = defaultdict(list)
        for one in held if len(held) > 1 else ():
            titles["-".join(words_of(one.title))].append(one.id)
        for ids in titles.values():
            for other in ids[1:]:
                yield Shown(ids[0], other, "doi", doi)
        for title, another in combinations(titles, 2):
            if not contradict(title, another):
                yield Shown(titles[title][0], titles[another][0], "doi", doi)


class _Groups:
    """Sources joined into works."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}

    def of(self, id_: str) -> str:
        """The least id of the work that a source is."""
        while (above := self.root.get(id_, id_)) != id_:
            self.root[id_] = self.root.get(above, above)
            id_ = above
        return id_

    def join(self, one: str, other: str) -> None:
        least, more = sorted((self.of(one), self.of(other)))
        self.root[more] = least


def works_of(known: Iterable[Known], declared: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The work of each source: the least id among those that are one."""
    held = {one.id: one for one in known}
    groups = _Groups()
    for shown in shown_by_identifiers(held.values()):
        groups.join(shown.one, shown.other)
    for one, other in declared:
        if one in held and other in held:
            groups.join(one, other)
    return {id_: groups.of(id_) for id_ in held}


@dataclass(slots=True)
class WorksBefore:
    """What is one work before a review is changed, so that works can be found anew after it.

    Args:
        review: the review that is about to be loaded or removed.
        works: the work of each of its sources that is not the least of its work.
        declared: pairs of sources that the review declares to be one work.
    """

    review: str
    works: dict[str, str]
    declared: set[tuple[str, str]]

    @classmethod
    def of(cls, transaction: Transaction, review: str) -> WorksBefore:
        """Read it, inside the transaction that will change the review."""
        rows = transaction.run(named("works_of_review"), review=review)
        said = transaction.run(named("declared_sources_of_review"), review=review)
        return cls(
            review,
            {row["id"]: row["work"] for row in rows},
            {(row["one"], row["other"]) for row in said},
        )

    def renew(
        self,
        transaction: Transaction,
        *,
        written: Iterable[Known] = (),
        stood: Sequence[str] = (),
        declared: Set[tuple[str, str]] = frozenset(),
        batch: int,
        later: Renewal | None = None,
    ) -> None:
        """Find the works that a change has touched anew, and no others.

        Args:
            transaction: in which the review was changed.
            written: its sources that are new or changed, as they are now.
            stood: the ids of its sources that were there before and are changed or gone.
            declared: pairs of sources that it declares to be one work now.
            batch: rows per statement.
            later: takes note of it instead, where the review is not changed yet.
        """
        ends = sorted({id_ for pair in declared ^ self.declared for id_ in pair})
        if later is not None:
            later([*(one.id for one in written), *ends], [*stood, *ends])
            return
        reach = _Reach(transaction, batch)
        reach.know(written)
        reach.look_up("works_by_id", set(ends))
        if not (reach.known or stood):
            return
        were = {self.works.get(id_, id_) for id_ in (*stood, *ends)}
        were |= {reach.known[id_].work or id_ for id_ in ends if id_ in reach.known}
        reach.look_up("works_by_work", were)
        found = reach.found()
        found.write(transaction, found.rows, batch)
        found.mark(transaction, but=self.review)


@dataclass(frozen=True, slots=True)
class Found:
    """Works that were found anew: the sources that get another one, and all reviews touched."""

    rows: list[Row]
    reviews: set[str]

    def write(self, transaction: Transaction, rows: Sequence[Row], batch: int) -> None:
        """Give these sources their works."""
        for some in batches(rows, batch):
            transaction.run(named("set_works"), rows=some)

    def mark(self, transaction: Transaction, *, but: str) -> None:
        """Renew the marks of the reviews whose answers change, but for one."""
        for other in sorted(self.reviews - {but}):
            transaction.run(named("renew_mark"), review=other, revision=uuid4().hex)


def found_anew(transaction: Transaction, ids: set[str], works: set[str], *, batch: int) -> Found:
    """Find works anew from what is there now.

    Args:
        transaction: in which it is looked up.
        ids: sources that are new or changed, or are declared to be one work no more or at last.
        works: the works that they and removed sources were before.
        batch: rows per statement.
    """
    reach = _Reach(transaction, batch)
    reach.look_up("works_by_id", ids)
    reach.look_up("works_by_work", works)
    return reach.found()


class _Reach:
    """Sources that may be one work with what was touched: read until there are no more."""

    def __init__(self, transaction: Transaction, batch: int) -> None:
        self.transaction = transaction
        self.batch = batch
        self.known: dict[str, Known] = {}
        self.declared: set[tuple[str, str]] = set()
        self.asked: dict[str, set[str]] = {}

    def know(self, found: Iterable[Known]) -> None:
        """Remember sources; one that is known stays as it is."""
        for one in found:
            self.known.setdefault(one.id, one)

    def look_up(self, query: str, keys: set[str]) -> None:
        """Get to know the sources that keys lead to, each key once."""
        for row in self._rows(query, keys):
            self.know([Known.of(row)])

    def spread(self) -> None:
        """Follow PubMed ids, DOIs and declarations until nothing new is reached."""
        some_declared = bool(self.transaction.run(named("any_declared_source")))
        seen: set[str] = set()
        while wave := [one for id_, one in self.known.items() if id_ not in seen]:
            seen |= {one.id for one in wave}
            self.look_up("works_by_doi", {one.doi for one in wave if one.doi})
            self.look_up("works_by_pmid", {one.pmid for one in wave if one.pmid})
            if some_declared:
                ids = {one.id for one in wave}
                for query in ("declared_sources_from", "declared_sources_to"):
                    for row in self._rows(query, ids):
                        self.declared.add((row["one"], row["other"]))
                self.look_up("works_by_id", {end for pair in self.declared for end in pair})

    def found(self) -> Found:
        """The works of all that is reached."""
        self.spread()
        works = works_of(self.known.values(), self.declared)
        rows = [
            {"id": one.id, "work": works[one.id]}
            for one in self.known.values()
            if works[one.id] != one.work
        ]
        return Found(rows, {id_.partition(":")[0] for id_ in self.known})

    def _rows(self, query: str, keys: set[str]) -> Iterator[Row]:
        asked = self.asked.setdefault(query, set())
        fresh = sorted(keys - asked - (self.known.keys() if query == "works_by_id" else set()))
        asked.update(fresh)
        for some in batches(fresh, self.batch):
            yield from self.transaction.run(named(query), ids=some)


def shown_to_be_one(store: Store, ids: Sequence[str]) -> dict[str, list[str]]:
    """What shows that each of some sources of one work is one with the first of them.

    Args:
        store: where they are.
        ids: the sources of one work, the one that is asked about first.

    Returns:
        for each of the others `PMID …`, `DOI …`, `declared in …`, or `through …` with the source
        that stands between both.
    """
    known = [Known.of(row) for row in store.read(named("works_by_id"), ids=list(ids))]
    words = {"pmid": "PMID", "doi": "DOI"}
    beside: dict[str, dict[str, list[str]]] = {id_: {} for id_ in ids}
    for one, other in combinations(known, 2):
        for shown in shown_by_identifiers([one, other]):
            said = f"{words[shown.by]} {shown.what}"
            beside[one.id].setdefault(other.id, []).append(said)
            beside[other.id].setdefault(one.id, []).append(said)
    for row in store.read(named("declared_sources_from"), ids=list(ids)):
        if row["other"] in beside:
            said = f"declared in {row['id']}"
            beside[row["one"]].setdefault(row["other"], []).append(said)
            beside[row["other"]].setdefault(row["one"], []).append(said)
    first, *others = ids
    before = {first: first}
    for id_ in (wave := [first]):
        near = sorted(beside[id_].keys() - before.keys())
        before.update(dict.fromkeys(near, id_))
        wave += near
    return {
        other: beside[first].get(other) or [f"through {before.get(other, first)}"]
        for other in others
    }
