"""Which records of reference files stand for one source.

A record is compared with those that share a DOI, a PubMed id, a title, or first author and year
with it; never with all. Two records are the same if a DOI or PubMed id says so and their titles do
not contradict it, or if title, authors, year and pages agree and nothing tells them apart: another
DOI, another part of a series, a comment and the paper it is about (:mod:`loaders.similarity`). What
people have declared goes before all of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from pydantic import BaseModel

from graph.model import MergedBy, Reference, ReviewBundle, Verdict
from loaders.parsed_input import Given
from loaders.similarity import (
    GENERIC,
    Likeness,
    agreements,
    likeness_of_record,
    likeness_of_row,
    likeness_of_source,
    same,
    two_works,
)
from loaders.tables import Row


class ReferenceCount(BaseModel):
    """What became of the records of one file: records = accepted + merged + rejected.

    ``accepted`` records brought a source, ``merged`` ones stand for a source that another record
    brought, ``rejected`` ones are named among the problems. ``passed_over`` are lines of the file
    that belong to no record: headings, numbers, comments.
    """

    file: str
    records: int
    accepted: int
    merged: int
    rejected: int
    passed_over: int = 0


@dataclass(slots=True)
class _Known:
    source: str
    like: Likeness


@dataclass(slots=True)
class _Books:
    """What is known so far, by everything that a duplicate may share."""

    all: list[_Known] = field(default_factory=list)
    of: dict[str, list[Likeness]] = field(default_factory=lambda: defaultdict(list))
    by: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: _Known) -> None:
        at = len(self.all)
        self.all.append(known)
        self.of[known.source].append(known.like)
        for key in _keys(known.like):
            self.by[key].append(at)

    def near(self, like: Likeness) -> Iterable[_Known]:
        seen: set[int] = set()
        for key in _keys(like):
            for at in self.by.get(key, ())[:200]:
                if at not in seen:
                    seen.add(at)
                    yield self.all[at]


def _keys(like: Likeness) -> list[tuple[str, str]]:
    keys = [("doi", like.doi)] if like.doi else []
    if like.pmid:
        keys.append(("pmid", like.pmid))
    keys.append(("title", like.title))
    if len(like.words) > GENERIC:
        keys.append(("words", " ".join(like.words[:4])))
        keys.append(("last", " ".join(like.words[-4:])))
    if like.authors and like.year:
        keys.append(("author", f"{like.authors[0].family[-1]} {like.year}"))
    return keys


def without_files(base: ReviewBundle, files: set[str]) -> ReviewBundle:
    """The review without what these files brought before: they are being loaded again.

    A source goes with its last record unless something in the review is about it.
    """
    references = [one for one in base.references if one.file not in files]
    gone = {one.source for one in base.references if one.file in files}
    gone -= {one.source for one in references}
    codes = [code for code in base.codes if code.file not in files]
    passages = [passage for passage in base.passages if passage.file not in files]
    dropped = {passage.id for passage in base.passages if passage.file in files}
    evidence = [one for one in base.evidence if one.passage not in dropped or not one.passage]
    kept = {one.source for one in evidence} | {one.source for one in passages}
    kept |= {source for finding in base.findings for source in finding.said_by}
    return base.model_copy(
        update={
            "references": references,
            "sources": [one for one in base.sources if one.id not in gone or one.id in kept],
            "codes": codes,
            "passages": passages,
            "evidence": evidence,
        }
    )


def deduplicated(
    inputs: Sequence[Given], base: ReviewBundle | None, held: ReviewBundle | None = None
) -> tuple[list[ReferenceCount], ReviewBundle | None]:
    """Let records of reference files that are one source stand for one; changes the inputs' rows.

    A record that is held already goes on standing for what it stood for, whatever has been loaded
    since, unless somebody has declared otherwise, or a folder or workbook states a source for it.

    Args:
        inputs: what was read.
        base: the review that they add to, or the decisions that stay.
        held: the review as it was before.

    Returns:
        one count per file that holds records of references, and the decisions with the sources
        that they are about now.
    """
    state = _State(
        declared=_Declared(_merges_of(inputs, base)),
        before={one.local_id: one for one in held.references} if held is not None else {},
    )
    for source in base.sources if base else ():
        state.sources.add(source.local_id)
        state.books.add(_Known(source.local_id, likeness_of_source(source)))
    for one in base.references if base else ():
        if one.merged_by is not None and one.reads_as:  # it may call the source something else
            state.books.add(_Known(one.source.partition(":")[2], likeness_of_record(one)))
    # A folder or workbook that lists references says itself what they stand for.
    of_references = [
        given for given in inputs if "records" in given.records and "references.csv" in given.tables
    ]
    for given in inputs:
        if given in of_references or "sources.csv" not in given.tables:
            continue
        for row in given.tables["sources.csv"].rows:
            state.sources.add(row.text("id"))
            state.books.add(_Known(row.text("id"), likeness_of_row(row)))
    if any(given.states_review for given in inputs):
        _give_way(of_references, state)
    files = [_Merging.of(given, state) for given in of_references]
    for turn in _Turn:
        for file in files:
            file.take(state, turn)
    return [file.count() for file in files], _of_sources_now(base, state)


class _Turn(Enum):
    """Which records are taken up first, whatever the order of files."""

    ALONE = "those that were a source of their own"
    OTHERS = "those that are new, or stood for another one's source"
    MERGED = "those whose source people have merged into another"


@dataclass(slots=True)
class _State:
    """What records stand for, so far."""

    declared: _Declared
    before: Mapping[str, Reference]
    books: _Books = field(default_factory=_Books)
    sources: set[str] = field(default_factory=set)
    gone_into: dict[str, tuple[str, tuple[MergedBy, int]]] = field(default_factory=dict)
    """What a source that a record brought is in the review's own files, and what showed that."""
    turned: dict[str, str] = field(default_factory=dict)
    """Of these, where the files state what people had merged into it: that source."""

    @property
    def homes(self) -> dict[str, str]:
        """The same without what showed it."""
        return {one: into for one, (into, _) in self.gone_into.items()}

    def turn_of(self, reference: str, source: str) -> _Turn:
        """When a record is taken up, so that what it stood for is there by then."""
        if source in self.declared.into:
            return _Turn.MERGED
        held = self.before.get(reference)
        alone = held is not None and held.source.partition(":")[2] == source
        return _Turn.ALONE if alone else _Turn.OTHERS

    def merged(self, source: str) -> bool:
        """True if people have merged something into the source, or what it has gone into."""
        stated, _ = self.gone_into.get(source, (source, None))
        return self.declared.holds(stated)

    def parted(self, reference: str, source: str) -> bool:
        """True if somebody declared that the record does not stand for the source."""
        return (reference, source) in self.declared.apart


class _Declared:
    """What people said: which source goes into which, and which record stands for another."""

    def __init__(self, merges: Iterable[tuple[str, str, Verdict]]) -> None:
        self.into: dict[str, str] = {}
        self.apart: set[tuple[str, str]] = set()
        for one, other, verdict in merges:
            if verdict is Verdict.SAME:
                self.into[other] = one
            else:
                self.apart.add((one, other))

    def holds(self, source: str) -> bool:
        """True if people have merged something into the source."""
        return any(self.home(other) == source for other in self.into)

    def now(self, gone_into: Mapping[str, str]) -> None:
        """Take what was said of sources for said of those that they have gone into."""
        self.into = {other: gone_into.get(one, one) for other, one in self.into.items()}
        self.apart = {(record, gone_into.get(one, one)) for record, one in self.apart}

    def home(self, source: str) -> str:
        """The source that this one has gone into, if it has."""
        seen = {source}
        while (into := self.into.get(source)) is not None and into not in seen:
            source = into
            seen.add(source)
        return source


def _merges_of(
    inputs: Sequence[Given], base: ReviewBundle | None
) -> Iterator[tuple[str, str, Verdict]]:
    for merge in base.merges if base else ():
        yield merge.one.partition(":")[2], merge.other.partition(":")[2], merge.verdict
    for given in inputs:
        for row in given.tables["merges.csv"].rows if "merges.csv" in given.tables else ():
            word = row.text("verdict").casefold()
            if word in ("same", "different"):
                one, other = (row.text(name).rpartition(":")[2] for name in ("one", "other"))
                yield one, other, Verdict(word)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A record that stood for a source, with the source that it is by itself."""

    id: str
    local: str
    like: Likeness
    declared: bool


def _give_way(of_references: Sequence[Given], state: _State) -> None:
    """Let sources that records have brought go into those that the review's own files state."""
    standing: dict[str, list[_Standing]] = defaultdict(list)
    for given in of_references:
        rows = {row.text("id"): row for row in given.tables["sources.csv"].rows}
        for reference in given.tables["references.csv"].rows:
            held = state.before.get(reference.text("id"))
            source = "" if held is None else held.source.partition(":")[2]
            if held is None or source in state.sources:
                continue
            declared = held.merged_by is MergedBy.DECLARED
            if declared and not state.declared.holds(source):
                continue
            local = reference.text("source")
            like = likeness_of_row(rows[local])
            standing[source].append(_Standing(reference.text("id"), local, like, declared))
    for source, records in standing.items():
        found = []
        for one in records:
            stated, why = _found(one.id, source, one.like, state)
            if why is None or (
                why[0] is MergedBy.TITLE
                and any(
                    two_works(other.like, known)
                    for other in records
                    for known in state.books.of[stated]
                    if other.declared == one.declared
                )
            ):
                continue
            found.append((not one.declared, _STRENGTH[why[0]] + why[1], stated, why, one))
        if found:
            _, _, stated, why, one = max(found, key=lambda each: each[:3])
            state.gone_into[source] = stated, why
            if one.declared:
                state.turned[source] = one.local
    state.declared.now(state.homes)


def _of_sources_now(base: ReviewBundle | None, state: _State) -> ReviewBundle | None:
    """The review with what people decided of a source said of what it has gone into.

    Where the files state the one of two merged sources that had gone into the other, it is the
    other that goes now.
    """
    if base is None or not state.gone_into:
        return base
    review = base.review.id
    into = {f"{review}:{one}": f"{review}:{to}" for one, to in state.homes.items()}
    names = {Verdict.SAME: "one", Verdict.DIFFERENT: "other"}
    merges = []
    for merge in base.merges:
        name = names[merge.verdict]
        source = getattr(merge, name)
        update: dict[str, object] = {name: into.get(source, source)}
        turned = state.turned.get(source.partition(":")[2])
        if merge.verdict is Verdict.SAME and merge.other == f"{review}:{turned}":
            records = (one for one in state.before.values() if one.source == source)
            moved = [one.id for one in records if one.merged_by is not MergedBy.DECLARED]
            update |= {"other": source, "moved": moved}
        merges.append(merge.model_copy(update=update))
    return base.model_copy(update={"merges": merges})


@dataclass(slots=True)
class _Merging:
    """The records of a file as they are taken up, one by one."""

    given: Given
    rows: dict[str, Row]
    """The sources that they bring, by id; those that no record stands for are left."""
    turns: dict[_Turn, list[Row]]
    kept: list[Row] = field(default_factory=list)
    merged: int = 0

    @classmethod
    def of(cls, given: Given, state: _State) -> _Merging:
        rows = {row.text("id"): row for row in given.tables["sources.csv"].rows}
        turns: dict[_Turn, list[Row]] = {turn: [] for turn in _Turn}
        for reference in given.tables["references.csv"].rows:
            turns[state.turn_of(reference.text("id"), reference.text("source"))].append(reference)
        return cls(given, rows, turns)

    def take(self, state: _State, turn: _Turn) -> None:
        """Take up the records whose turn it is."""
        for reference in self.turns[turn]:
            self._take(reference, state)

    def _take(self, reference: Row, state: _State) -> None:
        id_, local = reference.text("id"), reference.text("source")
        row = self.rows.pop(local)
        like = likeness_of_row(row)
        target, why = _home_before(id_, local, state) or _found(id_, local, like, state)
        home = state.declared.home(local if local in state.declared.into else target)
        if home != target and home in state.sources:
            target, why = home, (MergedBy.DECLARED, 100)
        if target not in state.sources:
            self.kept.append(row)
            state.sources.add(target)
        if target != local:
            self.given.same_source[local] = target
            reference.cells["source"] = [target]
        if why is not None:
            self.merged += 1
            reference.cells["merged_by"] = [why[0].value]
            if why[0] is MergedBy.TITLE:
                reference.cells["score"] = [str(why[1])]
        state.books.add(_Known(target, like))

    def count(self) -> ReferenceCount:
        """What became of them; sources that went into others are gone from the file's rows."""
        given = self.given
        given.tables["sources.csv"].rows = [*self.kept, *self.rows.values()]
        records = given.records.get("records", 0)
        rejected = given.records.get("rejected", 0)
        return ReferenceCount(
            file=given.file,
            records=records,
            accepted=records - rejected - self.merged,
            merged=self.merged,
            rejected=rejected,
            passed_over=given.records.get("passed_over", 0),
        )


_Why = tuple[MergedBy, int] | None


def _home_before(id_: str, local: str, state: _State) -> tuple[str, _Why] | None:
    """What the record stood for when it was loaded last, if that is still there."""
    held = state.before.get(id_)
    if held is None:
        return None
    source = held.source.partition(":")[2]
    if held.merged_by is MergedBy.DECLARED and not state.merged(source):
        return None
    why: _Why = None if held.merged_by is None else (held.merged_by, held.score or 100)
    if source in state.gone_into:
        turned = state.turned.get(source)
        source, shown = state.gone_into[source]
        if turned is not None:
            why = shown if local == turned else (MergedBy.DECLARED, 100)
        why = why or shown
    if state.parted(id_, source) or (source not in state.sources and source != local):
        return None
    return source, why


def _found(id_: str, local: str, like: Likeness, state: _State) -> tuple[str, _Why]:
    best: tuple[tuple[int, int], str, _Why] | None = None
    for known in state.books.near(like):
        why = same(like, known.like)
        if why is None or state.parted(id_, known.source):
            continue
        rank = _STRENGTH[why[0]] + why[1], agreements(like, known.like)
        if best is not None and rank <= best[0]:
            continue
        if why[0] is MergedBy.TITLE and any(
            two_works(like, other) for other in state.books.of[known.source]
        ):
            continue  # another record of the source tells them apart
        best = (rank, known.source, why)
    return (local, None) if best is None else (best[1], best[2])


_STRENGTH = {MergedBy.DOI: 300, MergedBy.PMID: 200, MergedBy.TITLE: 0, MergedBy.DECLARED: 0}
