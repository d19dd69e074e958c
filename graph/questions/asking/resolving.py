"""Resolving a form that fits: which records its names stand for, and which filters it sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from graph.answers import Asked, Reading
from graph.errors import Ambiguous, NotFound, UnknownValue
from graph.names import slug
from graph.questions.asking import phrases
from graph.questions.asking.claims import claimed
from graph.questions.asking.grammar import Match, words
from graph.questions.asking.wording import DENIALS, EXACT, Mark, Marked, lexicon, singular
from graph.questions.facts import counted_words, stems
from graph.questions.findings import Concerned
from graph.questions.records import review_ids
from graph.store import Store

K = TypeVar("K", bound=str)
CONCERNED: tuple[Concerned, ...] = ("mechanism", "concept", "configuration", "theory")
_TERMS = ("level", "perspective")
_PLACED = {"review", "level", "perspective"}
LEFT_OUT = {"not_level", "not_perspective", "not_setting", "not_source", "not_source_kind"}
"""What evidence can be asked without."""
NARROWED_BY: dict[Asked, set[str]] = {
    Asked.EVIDENCE: _PLACED
    | {"context", "setting", "source", "source_kind", "since", "to", "rigour", "quality", "least"}
    | LEFT_OUT,
    Asked.SAID: {"review"},
    Asked.STRENGTH: {"review"},
    Asked.MECHANISMS: _PLACED,
    Asked.FINDINGS: _PLACED | {"audience", "source", "topic"},
    Asked.SENSITIVITY: {"review", "rigour", "quality", "least"},
    Asked.LIST: {"review", "since", "to"},
    Asked.COUNT: {"review", "since", "to"},
    Asked.CONFIGURATIONS: {"review", "context", "level"},
    Asked.GAPS: _PLACED | {"topic"},
    Asked.HISTORY: {"review", "stage"},
    Asked.FACTS: {"review", "stage"},
    Asked.BOXES: {"review", "stage"},
    Asked.COMPARE: set(),
    Asked.HELP: set(),
}
"""What may narrow each question; a review alone if nothing is said. Anything else is refused."""
_WRITERS = phrases.LISTS["writers"]
_THIS = re.compile(r"\b(?:this|that|our|your) (?:realist )?(?:review|synthesis|report)\b")
_MARK = re.compile(r"<\w+>")
_BACKING = re.compile(
    r"\b(?:un)?(?:support|evidenc|back|proof|proven|test|case|stud|paper|source|research|nothing|show"
    r"|confirm|borne)"
)
"""Of what there is none: `mechanisms without harris2021` asks for no mechanism without support."""
_BY_ANOTHER_NAME = {"year": ("since",), "grade": ("rigour",), "years": (), "this": ()}


@dataclass(frozen=True, slots=True)
class State:
    """What is left of a question once some phrases are taken out."""

    text: str
    slots: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)


class Unfit(Exception):
    """A form does not fit after all; the reason is worth telling, if there is one."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class Denied(Unfit):
    """What is to be left out cannot be: another form that fits would answer another question."""


class Resolving:
    """A form that fits, on its way to a reading."""

    def __init__(self, store: Store, one: Marked, match: Match, state: State) -> None:
        self.store = store
        self.one = one
        self.asks = match.asks
        if match.slots.keys() & state.slots or match.says.keys() & state.says:
            raise Unfit("it says one thing twice, and only one of them could be answered")
        self.slots = {**match.slots, **state.slots}
        self.says = {**match.says, **state.says}
        self.state = state
        self.filters: dict[str, str] = {}
        self.corrections: list[str] = []
        self.review: str | None = None

    def reading(self) -> Reading:
        """The reading.

        Raises:
            Unfit: it lacks something, or is narrowed by what it cannot be narrowed by.
            NotFound, Ambiguous, UnknownValue: a name stands for nothing here, or for too much.
        """
        this = self.says.pop("this", None) or _THIS.search(self.one.text)
        self._reviews()
        self._records()
        if this and self.review is None and len(held := review_ids(self.store)) > 1:
            raise Ambiguous("review", "this review", held)
        self._carried()
        self._terms()
        self._rest()
        if self.filters.get("support") == "none" and not _BACKING.search(
            _MARK.sub(" ", self.one.text)
        ):
            raise Unfit
        if "stated" in self.filters and (place := self.filters.keys() & {*_TERMS}):
            raise Unfit(f"what a review states of a mechanism is stated of no {place.pop()}")
        if self.asks is Asked.GAPS and self.filters.keys() >= {*_TERMS}:
            raise Unfit("gaps are asked for at one level or from one perspective at a time")
        bare = self.asks is Asked.EVIDENCE and not self.filters
        if bare and not _WRITERS.isdisjoint(self.one.text.split()):
            raise Unfit
        needs = self.filters.pop("needs", None)
        if needs and self.filters.keys().isdisjoint(needs.split(" or ")):
            raise Unfit
        allowed = NARROWED_BY.get(self.asks, {"review"})
        for name in self._narrowed():
            if name not in allowed:
                told = name.removeprefix("not_").replace("_", " ")
                if name in LEFT_OUT and self.asks is not Asked.RECORD:  # `what is there on X`
                    if self.asks is Asked.SENSITIVITY:
                        raise Denied("it leaves out two things, and is answered for one at a time")
                    raise Denied(f"the question “{self.asks.value}” cannot leave out a {told}")
                raise Unfit(f"the question “{self.asks.value}” cannot be narrowed by {told}")
        return Reading(
            asks=self.asks,
            filters=self.filters,
            corrections=list(dict.fromkeys(self.corrections)),
        )

    def _narrowed(self) -> Iterator[str]:
        """What phrases around the form narrow it by, which the form itself may not be made for."""
        for name in (*self.state.slots, *self.state.says):
            yield from _BY_ANOTHER_NAME.get(name, (name,))

    def _pick(self, slot: str, mark: Mark, kinds: tuple[K, ...]) -> tuple[K, str]:
        """The one record of the first kind that has any, within the review that is asked."""
        several: tuple[K, list[str]] | None = None
        for kind in kinds:
            ids = {
                id_: name
                for id_, name in mark.found.get(kind, {}).items()
                if self.review is None or kind == "review" or id_.startswith(f"{self.review}:")
            }
            if len(ids) == 1:
                ((id_, name),) = ids.items()
                if mark.how != EXACT:
                    self.corrections.append(f"{mark.text} → {name}")
                return kind, id_
            if ids and several is None:
                several = kind, sorted(ids)
        if several is not None:
            raise Ambiguous(several[0], mark.text, several[1])
        for kind in kinds:
            if kind in mark.found:
                raise NotFound(f"{kind} in {self.review}", mark.text, sorted(mark.found[kind]))
        raise Unfit

    def _mark(self, slot: str) -> Mark | None:
        written = self.slots.get(slot, "")
        return self._of(written) if slot not in phrases.FREE else None

    def _reviews(self) -> None:
        for slot in ("review", "topic"):
            mark = self._mark(slot)
            if mark is not None:
                found = mark.found[slot]
                if len(found) > 1:
                    raise Ambiguous("review", mark.text, sorted(found))
                (id_,) = found
                if self.review not in (None, id_):
                    raise Unfit("it names two reviews")
                self.review = self.filters["review"] = id_
                if slot == "topic":
                    self.corrections.append(f"{mark.text} → the subject of {id_}")
                elif mark.how != EXACT:
                    self.corrections.append(f"{mark.text} → {id_}")
        if (number := self.says.pop("number", None)) and int(number) != len(review_ids(self.store)):
            raise Unfit(f"{len(review_ids(self.store))} reviews are loaded, not {number}")
        compared = [
            mark.found["review"]
            for slot in ("first", "second", "third")
            if (mark := self._mark(slot))
        ]
        for slot in ("first", "second", "third"):
            mark = self._mark(slot)
            if mark is not None and mark.how != EXACT:
                self.corrections += [f"{mark.text} → {id_}" for id_ in mark.found["review"]]
        if self.asks is Asked.COMPARE:
            named = [next(iter(one)) for one in compared if len(one) == 1] or review_ids(self.store)
            if len(set(named)) < 2 or len(named) != max(len(compared), len(set(named))):
                raise Unfit("two different reviews are needed to compare")
            self.filters["reviews"] = ",".join(named)

    def _records(self) -> None:
        for slot, mark in ((slot, self._mark(slot)) for slot in self.slots):
            if mark is None or slot in _OTHER_SLOTS:
                continue
            if slot == "about_that" and self.asks is Asked.COMPARE:
                self.filters["about"] = self._shared(mark)
                continue
            kind, id_ = self._pick(slot, mark, phrases.SLOTS[slot])
            by_kind = (
                slot in _BY_KIND
                or (slot == "about_that" and self.asks is Asked.FINDINGS)
                or (slot in ("part", "with") and kind == "mechanism")
            )
            if by_kind and kind in self.filters:
                raise Unfit("it names two mechanisms, and this question is about one")
            self.filters[kind if by_kind else _FILTER_OF_SLOT.get(slot, slot)] = id_
            if self.review is None and slot not in ("record", "without", "not_source"):
                self.review = id_.partition(":")[0]

    def _shared(self, mark: Mark) -> str:
        try:
            return self._pick("about_that", mark, ("mechanism", "concept"))[1]
        except Ambiguous:
            return slug(mark.text)

    def _terms(self) -> None:
        """Levels, perspectives and settings: the word that evidence goes by."""
        for slot in (*_TERMS, "without_level", "setting", *sorted(LEFT_OUT)):
            mark = self._mark(slot)
            kind = slot.removeprefix("without_").removeprefix("not_")
            if mark is None or kind == "source":
                continue
            found = mark.found[kind]
            if kind == "setting":
                self.filters[slot] = next(iter(found))
                continue
            held = sorted({id_.partition(":")[2] for id_ in found if self._within(id_)})
            if not held:
                raise UnknownValue(kind, mark.text, self._known(kind))
            self.filters[slot] = "; ".join(held)
        marks = [mark for slot in _AUDIENCES if (mark := self._mark(slot)) is not None]
        if marks:
            named = {name for mark in marks for name in mark.found["audience"].values()}
            self.filters["audience"] = "; ".join(sorted(named))

    def _within(self, id_: str) -> bool:
        return self.review is None or id_.startswith(f"{self.review}:")

    def _known(self, kind: str) -> list[str]:
        reader = lexicon(self.store)
        return sorted(
            {
                id_.partition(":")[2]
                for found in reader.exact.values()
                for id_ in found.get(kind, {})
                if self._within(id_)
            }
        )

    def _rest(self) -> None:
        says = dict(self.says)
        quality, grade = says.pop("quality", None), says.pop("grade", None)
        least = says.pop("least", None)
        if quality is not None:
            self._grade(quality, grade, least is not None)
        years = says.pop("years", None)
        if years is not None:
            self._years(years)
        if self.asks is Asked.SENSITIVITY and "source_kind" in says:
            says["without_source_kind"] = says.pop("source_kind")
        for name, value in says.items():
            if value:
                self.filters[name] = value
        if self.asks in (Asked.LIST, Asked.COUNT):
            self._listed()
        if "counted" in self.slots:
            self._counted()
        if "claim" in self.slots:
            self._claim()
        if self.asks is Asked.FLOW and self.review is None:
            held = review_ids(self.store)
            if len(held) != 1:
                raise Ambiguous("review", "the flow", held)
            self.filters["review"] = held[0]

    def _grade(self, quality: str, grade: str | None, least: bool) -> None:
        if self.asks is Asked.SENSITIVITY and grade is None:
            self.filters[quality] = "moderate"  # without what is of low rigour
        elif self.asks is Asked.SENSITIVITY:
            if not least and grade == "low":
                raise Unfit("what counts is a grade of at least one, not low ones alone")
            self.filters[quality] = str(grade)
        elif least or grade in ("high", "not stated"):
            self.filters[quality] = str(grade)
        else:
            self.filters[quality] = f"{grade} only"

    def _years(self, how: str) -> None:
        year = int(self.slots["year"])
        since, until = {
            "since": (year, None),
            "after": (year + 1, None),
            "before": (None, year - 1),
            "until": (None, year),
            "in": (year, year),
            "between": (year, int(self.slots.get("to", year))),
        }[how]
        self.filters |= {
            name: str(one) for name, one in (("since", since), ("until", until)) if one
        }

    def _listed(self) -> None:
        """Only sources have years and are included or not; only configurations have a polarity."""
        kind = self.filters["kind"]
        if kind not in SOURCES and self.filters.keys() & {"since", "until", "included"}:
            raise Unfit(f"{kind} have no year, and are not included or excluded")
        if kind != "configurations" and "polarity" in self.filters:
            raise Unfit(f"{kind} have no polarity; configurations have")

    def _counted(self) -> None:
        """What a number counts: words of boxes and tallies, or what happens to papers in a flow."""
        named = [
            word
            for word in words(self.one.plain(self.slots["counted"]))
            if word not in phrases.LISTS["papers"]
        ]
        if boxed := self.filters.pop("boxed", None):
            named.append(boxed)
        known = counted_words(self.store, self.review)
        if not DENIALS.isdisjoint(named):
            raise Unfit("no box counts what did not happen to papers")
        unknown = [
            word
            for word in named
            if word not in phrases.LISTS["boxes"] and not stems(word) <= known
        ]
        if unknown or not named:
            raise Unfit
        self.filters["counted"] = " ".join(named)

    def _claim(self) -> None:
        """A claim names one thing, and its other words stand in what is recorded about it."""
        parts = [(word, self._of(word)) for word in self.slots["claim"].split()]
        about = [mark for _, mark in parts if mark and not mark.found.keys().isdisjoint(CONCERNED)]
        if len(about) != 1 or not DENIALS.isdisjoint(words(self.one.plain(self.slots["claim"]))):
            raise Unfit
        kind, id_ = self._pick("claim", about[0], CONCERNED)
        said = {singular(word) for text in claimed(self.store, kind, id_) for word in words(text)}
        others = (mark.text if mark else word for word, mark in parts if mark is not about[0])
        missing = [
            word
            for word in words(" ".join(others))
            if singular(word) not in said and word not in _EMPTY
        ]
        if missing:
            raise Unfit(f"no record about {id_} has the words {', '.join(missing)}")
        self.filters[kind] = id_

    def _of(self, word: str) -> Mark | None:
        return self.one.marks[int(re.sub(r"\D", "", word))] if word.startswith("<") else None

    def _carried(self) -> None:
        """Whoever a context is about (`students with …`) belongs to the same review."""
        mark = self._mark("whose")
        if mark is not None and not any(
            self._within(id_) for kind in phrases.SLOTS["whose"] for id_ in mark.found.get(kind, ())
        ):
            raise Unfit(f"{mark.text} and what they are said to have are of different reviews")


_OTHER_SLOTS = {
    "review",
    "topic",
    "first",
    "second",
    "third",
    "level",
    "perspective",
    "setting",
    "audience",
    "audience_too",
    "without_level",
    "not_level",
    "not_perspective",
    "not_setting",
    "whose",
    *phrases.FREE,
}
SOURCES = {"papers", "sources", "interviews", "consultations", "syntheses", "grey"}
"""Lists of sources."""
_AUDIENCES = ("audience", "audience_too")
_BY_KIND = {"thing", "record"}
_FILTER_OF_SLOT = {"about_that": "about", "without": "without_source"}
_EMPTY = phrases.LISTS["empty"]
