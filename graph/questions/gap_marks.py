"""Where what a review says falls in a matrix: at a cell, a row, a column, or beside it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from graph.answers import Basis, Dimension, Mark, Named, Reach, Weight, Word
from graph.answers.weight import SUPPORTING
from graph.model import EMPIRICAL, SourceKind
from graph.questions.gap_rules import UNSETTLING, Says, word_for
from graph.questions.gap_sentences import of_cell, sentence
from graph.questions.said import Said, Sayings, of_search

At = tuple[str, ...]
"""A column: a value for each dimension of the matrix, in its order."""
Place = tuple[str | None, ...]
"""The same, where None stands for a dimension that a record does not name."""
Held = Mapping[At, tuple[frozenset[SourceKind], bool]]
"""By column, the kinds of source of the evidence that is entered, and whether any supports."""

_FIELD = {
    Dimension.LEVEL: "levels",
    Dimension.PERSPECTIVE: "perspectives",
    Dimension.SOURCE_KIND: "kinds",
}
_OF_A_SEARCH = frozenset(Word) - {Word.INCORPORATED, Word.NOT_ATTRIBUTED, Word.NOBODY_LOOKED}
"""What follows from what a search found, and so holds only for what it can find."""
_NAMED = 2
"""Into how many mechanisms something goes that are named where there is little room."""


def held_by(weights: Mapping[At, Weight]) -> Held:
    """What is entered, from the weight of each column."""
    return {
        at: (frozenset(weight.works_by_kind), weight.state in SUPPORTING)
        for at, weight in weights.items()
        if weight.works_by_kind
    }


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with where it holds."""

    mark: Mark
    row: str | None
    at: Place
    stages: frozenset[str]
    """The searches that it follows from."""


@dataclass(frozen=True, slots=True)
class _Key:
    """Records with one key speak of one place."""

    row: str | None
    part: str | None
    """The configuration of the row that it is about, if it is about no more than that."""
    at: Place
    only: str
    """What it is bound to besides, of what the matrix does not show."""


@dataclass(slots=True)
class Marks:
    """The marks of a matrix, from what a review says and what is entered.

    Args:
        said: what the review says.
        by: the dimensions; none for what is said of mechanisms as wholes.
        kinds: the rows by key, each a mechanism or a concept.
        held: what is entered of each row, by column.
        parts: the same of each configuration that is named.
        everywhere: the same of the whole review.
        silent: whether no evidence of the review is entered at all.
        names: how the values of each dimension are shown.
        words: how levels and perspectives are shown.
    """

    said: Sayings
    by: Sequence[Dimension]
    kinds: Mapping[str, str]
    held: Mapping[str, Held]
    parts: Mapping[str, Held]
    everywhere: Held
    silent: bool
    names: Sequence[Mapping[str, str]]
    words: Mapping[str, str] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    _spoken: dict[_Key, list[Said]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.said.said:
            for key in self._keys(one):
                self._spoken.setdefault(key, []).append(one)
        for key, spoken in self._spoken.items():
            self.placed += self._of_place(key, spoken)

    # -- where a record speaks ------------------------------------------------------------------

    def _keys(self, one: Said) -> Iterator[_Key]:
        values = [getattr(one, _FIELD[by], ()) if by in _FIELD else () for by in self.by]
        only = self._only(one)
        rows: list[tuple[str | None, str | None]] = [(id_, None) for id_ in sorted(one.rows)]
        for part in sorted(one.configurations):
            owners = self.said.belongs.get(part, frozenset()) & self.kinds.keys()
            rows += [(owner, part) for owner in sorted(owners)]
            rows += [(None, part)] if not owners else []
        if one.theories and not rows:
            only = "; ".join([*([only] if only else []), f"theory {', '.join(one.theories)}"])
        for row, its in rows or [(None, None)]:
            if row is None or row in self.kinds:
                for at in product(*(found or (None,) for found in values)):
                    yield _Key(row, its, at, only)

    def _only(self, one: Said) -> str:
        """What a record is bound to beyond what the matrix shows; a search may be among papers."""
        told = []
        for dimension, name in _FIELD.items():
            values: tuple[str, ...] = getattr(one, name)
            if dimension in self.by or not values:
                continue
            if name == "kinds" and one.says is Says.SEARCHED and EMPIRICAL & set(values):
                continue
            words = [self.words.get(value, value) for value in values]
            told.append(f"only {dimension.value} {', '.join(words)}")
        return "; ".join(told)

    def _reach_of(self, key: _Key) -> Reach:
        """What a mark is about: a part of a cell is counted in its cell, if there is that cell."""
        if key.row is not None:
            known = zip(self.names or ({},) * len(self.by), key.at, strict=True)
            cell = all(value is not None and value in names for names, value in known)
            return Reach.CELL if cell else Reach.ROW
        loose = key.part is not None or all(value is None for value in key.at)
        return Reach.REVIEW if loose else Reach.COLUMN

    # -- what is said of a place ----------------------------------------------------------------

    def _of_place(self, key: _Key, spoken: list[Said]) -> Iterator[Placed]:
        looked = [one for one in spoken if one.says is Says.SEARCHED]
        stated = [one for one in spoken if one.says is not Says.SEARCHED]
        words: dict[tuple[Word, str], list[Said]] = {}
        # Of no place in particular, each finding is a word of its own.
        alone = key.row is None and key.part is None and all(value is None for value in key.at)
        for one in stated:
            entered = self._entered(key, one)
            settled = not key.only and self._settled(key)
            word = word_for(one.says, entered=entered, settled=settled)
            if word is not None:
                words.setdefault((word, one.basis.id if alone else ""), []).append(one)
        if looked and not key.only and not stated and not alone:
            entered = any(self._entered(key, one) for one in looked)
            word = word_for(Says.SEARCHED, entered=entered, settled=self._settled(key))
            if word is not None:
                words[word, ""] = looked
        order = list(Word)
        for word, id_ in sorted(words, key=lambda one: (order.index(one[0]), one[1])):
            yield self._made(key, word, words[word, id_])

    def _held(self, key: _Key) -> Held:
        if key.part is not None:
            return self.parts.get(key.part, {})
        return self.everywhere if key.row is None else self.held.get(key.row, {})

    def _entered(self, key: _Key, one: Said) -> bool:
        """Whether evidence that a record speaks of is entered where it speaks."""
        there = [held for at, held in self._held(key).items() if key.only or _within(at, key.at)]
        if one.says is Says.SUPPORTED:
            return any(supporting for _, supporting in there)
        kinds = frozenset().union(*(kinds for kinds, _ in there))
        reach = self._reach(one)
        return bool(kinds & (reach | EMPIRICAL if reach & EMPIRICAL else reach))

    def _reach(self, one: Said) -> frozenset[SourceKind]:
        reach = self.said.reaches.get(one.stage or "", EMPIRICAL)
        return reach & frozenset(map(SourceKind, one.kinds)) if one.kinds else reach

    def _settled(self, key: _Key) -> bool:
        """Whether nothing entered there means that nothing was found."""
        if self.silent:
            return False
        if any(_may_belong(at, key.at) for at in self._held(key)):
            return False
        wider = (
            one.says
            for other, spoken in self._spoken.items()
            if not other.only and other.part is None and _holds(other, key) and other != key
            for one in spoken
            if (other.row, other.at) != (None, (None,) * len(self.by))
        )
        return UNSETTLING.isdisjoint(wider)

    def _made(self, key: _Key, word: Word, spoken: list[Said]) -> Placed:
        into = {one.id: one for said in spoken for one in said.into}
        names = " and ".join(one.name for one in into.values())
        if len(into) > _NAMED:
            names = f"{len(into)} mechanisms"
        label = f"{word.value} into {names}" if names else word.value
        stages = frozenset(one.stage for one in spoken if one.stage is not None)
        records = {(one.basis.kind, one.basis.id): one.basis for one in spoken}
        for stage in sorted(stages):
            records.setdefault(("stage", stage), of_search(self.said.searches[stage]))
        bases = list(records.values())
        part = key.part and Named(id=key.part, name=self.said.names.get(key.part) or key.part)
        reach = self._reach_of(key)
        named = reach is Reach.ROW and any(value is not None for value in key.at)
        mark = Mark(
            word=word,
            label=label,
            reach=reach,
            place=self._place(key) or None,
            part=bool(part or key.only or named),
            text=sentence(word, bases),
            records=bases,
            into=list(into.values()),
            configurations=[part] if part else [],
        )
        return Placed(mark, key.row, key.at, stages)

    def _place(self, key: _Key) -> str:
        """What a mark is about, where it is not the cell alone."""
        reach = self._reach_of(key)
        told = []
        if key.part is not None:
            name = self.said.names.get(key.part) or key.part.partition(":")[2]
            whose = "about one of its configurations" if key.row else "about the configuration"
            told.append(f"{whose}: {name}")
        elif reach is Reach.ROW:
            told.append(f"for the {self.kinds[key.row or '']}")
        elif reach is Reach.COLUMN:
            told.append("for the column as a whole")
        elif reach is Reach.REVIEW:
            told.append("for the review as a whole" if not key.only else "for the review")
        named = [
            f"{by.value} {self.names[number].get(value, value)}"
            for number, (by, value) in enumerate(zip(self.by, key.at, strict=True))
            if value is not None and (reach is Reach.ROW or len(self.by) > 1)
        ]
        if named and reach is not Reach.CELL:
            told.append(", ".join(named))
        if key.only:
            told.append(key.only)
        open_ = [by.value for by, value in zip(self.by, key.at, strict=True) if value is None]
        if open_ and reach in (Reach.ROW, Reach.COLUMN):
            told.append(f"{' and '.join(open_)} not stated")
        return ", ".join(told)

    def _where(self, key: _Key) -> str:
        """Where else than in a cell a search looked."""
        if self._reach_of(key) is not Reach.CELL:
            return self._place(key)
        at = zip(self.by, self.names or ({},) * len(self.by), key.at, strict=True)
        told = [f"{by.value} {names.get(value or '', value)}" for by, names, value in at]
        return ", ".join([*told, *([key.only] if key.only else [])])

    # -- rows, columns, cells -------------------------------------------------------------------

    def of_review(self) -> list[Mark]:
        """What is about no row and no column."""
        return [one.mark for one in self.placed if one.mark.reach is Reach.REVIEW]

    def of_row(self, row: str) -> list[Mark]:
        """What is about a row as a whole, and about its configurations."""
        return [one.mark for one in self.placed if one.row == row and one.mark.reach is Reach.ROW]

    def of_column(self, at: At) -> list[Mark]:
        """What is about a column as a whole."""
        return [
            one.mark
            for one in self.placed
            if one.mark.reach is Reach.COLUMN and _within(at, one.at)
        ]

    def of_cell(self, row: str, at: At, syntheses: Sequence[Basis] = ()) -> list[Mark]:
        """What is about a cell, with what is about its row or column as a whole.

        Args:
            row: the row.
            at: the column.
            syntheses: for a column of papers, the syntheses that report on the row at this place
                without saying which of their studies do.
        """
        kind = self._kind(at)
        here = [
            one
            for one in self.placed
            if one.mark.reach is not Reach.REVIEW and one.row in (row, None) and _within(at, one.at)
        ]
        kept = [one.mark for one in here if self._can_hold(one, kind)]
        kinds = self.held.get(row, {}).get(at, (frozenset(), False))[0]
        elsewhere = self._elsewhere(row, at, kind)
        for says, entered, bases in (
            (Says.ELSEWHERE, bool(kinds), elsewhere),
            (Says.COLLECTIVE, bool(kinds), syntheses),
        ):
            word = word_for(says, entered=entered) if bases else None
            if word is not None:
                kept.append(of_cell(word, list(bases)))
        return kept or self._silence(row, at, kinds)

    def _silence(self, row: str, at: At, kinds: frozenset[SourceKind]) -> list[Mark]:
        """Where no record says anything of a cell: which search looked for more or less, if any."""
        kind = self._kind(at)
        looked = [
            (key, one)
            for key, spoken in self._spoken.items()
            if self._reach_of(key) is not Reach.REVIEW and key.row in (row, None)
            if _within(at, key.at)
            for one in spoken
            if one.stage is not None and (kind is None or kind in self._reach(one))
        ]
        exactly = any(key == _Key(row, None, at, "") for key, _ in looked)
        says = Says.OPEN if looked else Says.NOTHING
        word = word_for(says, entered=exactly or bool(kinds & EMPIRICAL))
        if word is None:
            return []
        if not looked:
            return [self._nobody(row)]
        records = {(one.basis.kind, one.basis.id): one.basis for _, one in looked}
        for stage in sorted({one.stage for _, one in looked if one.stage is not None}):
            records.setdefault(("stage", stage), of_search(self.said.searches[stage]))
        where = "; ".join(sorted({self._place(key) for key, _ in looked}))
        mark = of_cell(word, list(records.values()))
        return [mark.model_copy(update={"label": f"{word.value}, {where}"})]

    def _kind(self, at: At) -> SourceKind | None:
        found = dict(zip(self.by, at, strict=True)).get(Dimension.SOURCE_KIND)
        return SourceKind(found) if found else None

    def _can_hold(self, one: Placed, kind: SourceKind | None) -> bool:
        if kind is None or not one.stages or one.mark.word not in _OF_A_SEARCH:
            return True
        return any(kind in self.said.reaches[stage] for stage in one.stages)

    def _elsewhere(self, row: str, at: At, kind: SourceKind | None) -> list[Basis]:
        """The searches for this place that cannot bring this kind of source, if none can."""
        if kind is None:
            return []
        place = [
            None if by is Dimension.SOURCE_KIND else value
            for by, value in zip(self.by, at, strict=True)
        ]
        looked = [
            one
            for key, spoken in self._spoken.items()
            if key.row in (row, None) and key.part is None and not key.only
            if all(
                mine in (None, other) or by is Dimension.SOURCE_KIND
                for by, mine, other in zip(self.by, key.at, place, strict=True)
            )
            if key.row is not None or any(value is not None for value in key.at)
            for one in spoken
            if one.stage is not None
        ]
        if any(kind in self._reach(one) for one in looked):
            return []
        return [
            of_search(self.said.searches[stage])
            for stage in sorted({one.stage for one in looked if one.stage is not None})
        ]

    def _nobody(self, row: str) -> Mark:
        """That nobody looked here on record; searches that looked for it elsewhere are named."""
        stages: dict[str, set[str]] = {}
        for key, spoken in self._spoken.items():
            if key.row == row and key.part is None:
                for one in spoken:
                    if one.stage is not None:
                        stages.setdefault(one.stage, set()).add(self._where(key))
        bases = []
        for stage, places in sorted(stages.items()):
            basis = of_search(self.said.searches[stage])
            where = "; ".join(sorted(places - {""}))
            says = f"{basis.says} ({where})" if where else basis.says
            bases.append(basis.model_copy(update={"says": says}))
        if row in self.said.new:
            bases.append(self.said.new[row])
        return of_cell(Word.NOBODY_LOOKED, bases)


def _within(at: At, place: Place) -> bool:
    """Whether a column lies in a place."""
    return all(mine in (None, value) for mine, value in zip(place, at, strict=True))


def _holds(wide: _Key, narrow: _Key) -> bool:
    """Whether what is said of one place is said of the whole row or column that another is in."""
    return wide.row in (None, narrow.row) and all(
        mine in (None, value) for mine, value in zip(wide.at, narrow.at, strict=True)
    )


def _may_belong(at: At, place: Place) -> bool:
    """Whether evidence in a column may belong to a place and leaves open that it does."""
    named = [(value, mine) for value, mine in zip(at, place, strict=True) if mine is not None]
    return all(value in (mine, "") for value, mine in named) and any(
        value == "" for value, _ in named
    )
