"""Reading a question in words: a form of the grammar, and the records that its names stand for.

Nothing is guessed and nothing is passed over. Every word must belong to a form, to a phrase that
narrows it, to a courtesy or to a name. A misspelling is accepted where one word alone is a slip of
the pen away, and the reading says so; a word that the grammar or the names of the graph use is
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from graph.answers import Asked, Reading
from graph.errors import Ambiguous, NotFound, NotUnderstood, TheorygraphError, UnknownValue
from graph.names import slug
from graph.questions.asking import phrases
from graph.questions.asking.grammar import (
    Match,
    bare,
    grammar_words,
    marks_of,
    matches,
    narrowing,
    taken,
    words,
)
from graph.questions.asking.wording import (
    DENIALS,
    EXACT,
    Lexicon,
    Mark,
    Marked,
    lexicon,
    marked,
    singular,
    slip,
)
from graph.questions.claims import claimed
from graph.questions.facts import counted_words, stems
from graph.questions.records import review_ids
from graph.store import Store

_TERMS = ("level", "perspective")
_PLACED = {"review", "level", "perspective"}
NARROWED_BY: dict[Asked, set[str]] = {
    Asked.EVIDENCE: _PLACED
    | {"context", "setting", "source", "source_kind", "since", "to", "rigour", "quality", "least"},
    Asked.SAID: {"review"},
    Asked.STRENGTH: {"review"},
    Asked.MECHANISMS: _PLACED,
    Asked.FINDINGS: _PLACED | {"audience", "source", "topic"},
    Asked.SENSITIVITY: {"review", "rigour", "quality", "least"},
    Asked.LIST: {"review", "since", "to"},
    Asked.COUNT: {"review", "since", "to"},
    Asked.CONFIGURATIONS: {"review", "context", "level"},
    Asked.GAPS: _PLACED | {"topic"},
    Asked.FACTS: {"review", "stage"},
    Asked.BOXES: {"review", "stage"},
    Asked.COMPARE: set(),
    Asked.HELP: set(),
}
"""What may narrow each question; a review alone if nothing is said. Anything else is refused."""

_DEPTH = 5
"""How many narrowing phrases a question may have."""
_WAYS = 48
"""In how many ways names are looked for in a question."""
_RESPELT = 16
"""Spellings of a whole question that are tried."""


@dataclass(frozen=True, slots=True)
class _State:
    """What is left of a question once some phrases are taken out."""

    text: str
    slots: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)


class _Unfit(Exception):  # noqa: N818 - no error: the next form is tried
    """A form does not fit after all; the reason is worth telling, if there is one."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class Reader:
    """Reads one question against the names in a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: Lexicon = lexicon(store)
        self.complaints: list[TheorygraphError] = []
        self.reasons: list[str] = []

    def understood(self, question: str) -> Reading | None:
        """The reading of a question, misspellings put right; or nothing.

        Then the complaints say what was in the way.
        """
        asked = words(question)
        reading = self.read(asked)
        if reading is not None:
            return reading
        for respelt, corrections in _respelt(self.known, asked):
            reading = Reader(self.store).read(respelt)
            if reading is not None:
                told = [*corrections, *reading.corrections]
                return reading.model_copy(update={"corrections": told})
        return None

    def read(self, asked: tuple[str, ...]) -> Reading | None:
        """The reading of words as they stand, or nothing."""
        lenient = not SAYING.isdisjoint(asked)
        for one in islice(marked(self.known, asked, lenient=lenient), _WAYS):
            for text in bare(one.text):
                for state in _states(_State(text)):
                    for match in matches(state.text):
                        reading = self._tried(one, match, state)
                        if reading is not None:
                            return reading
        return None

    def _tried(self, one: Marked, match: Match, state: _State) -> Reading | None:
        try:
            return _Resolving(self, one, match, state).reading()
        except _Unfit as unfit:
            if unfit.reason:
                self.reasons.append(unfit.reason)
        except (NotFound, Ambiguous, UnknownValue) as error:
            self.complaints.append(error)
        return None


def _states(state: _State) -> Iterator[_State]:
    """The question as it stands, then with ever more narrowing phrases taken out."""
    wave, seen = [state], {(state.text, *state.slots)}
    for _ in range(_DEPTH + 1):
        yield from wave
        following = []
        for one in wave:
            for shorter in _shorter(one):
                key = (shorter.text, *sorted((*shorter.slots.items(), *shorter.says.items())))
                if key not in seen:
                    seen.add(key)
                    following.append(shorter)
        wave = following


def _shorter(state: _State) -> Iterator[_State]:
    marks = marks_of(state.text)
    for name, pattern in narrowing():
        for match in pattern.within(state.text, marks):
            found = taken(match, pattern.says)
            if found is None:
                continue
            slots, says = found
            if state.slots.keys() & slots or state.says.keys() & says:
                continue
            yield _State(
                state.text[: match.start()] + state.text[match.end() :],
                {**state.slots, **slots},
                {**state.says, **says},
            )


class _Resolving:
    """A form that fits, on its way to a reading."""

    def __init__(self, reader: Reader, one: Marked, match: Match, state: _State) -> None:
        self.store = reader.store
        self.one = one
        self.asks = match.asks
        if match.slots.keys() & state.slots or match.says.keys() & state.says:
            raise _Unfit("it says one thing twice, and only one of them could be answered")
        self.slots = {**match.slots, **state.slots}
        self.says = {**match.says, **state.says}
        self.state = state
        self.filters: dict[str, str] = {}
        self.corrections: list[str] = []
        self.review: str | None = None

    def reading(self) -> Reading:
        """The reading.

        Raises:
            _Unfit: it lacks something, or is narrowed by what it cannot be narrowed by.
            NotFound, Ambiguous, UnknownValue: a name stands for nothing here, or for too much.
        """
        self._reviews()
        self._records()
        self._carried()
        self._terms()
        self._rest()
        if (needs := self.filters.pop("needs", None)) and needs not in self.filters:
            raise _Unfit
        allowed = NARROWED_BY.get(self.asks, {"review"})
        for name in self._narrowed():
            if name not in allowed:
                told = name.replace("_", " ")
                raise _Unfit(f"the question “{self.asks.value}” cannot be narrowed by {told}")
        return Reading(
            asks=self.asks,
            filters=self.filters,
            corrections=list(dict.fromkeys(self.corrections)),
        )

    def _narrowed(self) -> Iterator[str]:
        """What phrases around the form narrow it by, which the form itself may not be made for."""
        for name in (*self.state.slots, *self.state.says):
            yield from {"year": ("since",), "grade": ("rigour",), "years": ()}.get(name, (name,))

    def _pick(self, slot: str, mark: Mark, kinds: tuple[str, ...]) -> tuple[str, str]:
        """The one record of the first kind that has any, within the review that is asked."""
        several: tuple[str, list[str]] | None = None
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
        raise _Unfit

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
                    raise _Unfit("it names two reviews")
                self.review = self.filters["review"] = id_
                if slot == "topic":
                    self.corrections.append(f"{mark.text} → the subject of {id_}")
                elif mark.how != EXACT:
                    self.corrections.append(f"{mark.text} → {id_}")
        if (number := self.says.pop("number", None)) and int(number) != len(review_ids(self.store)):
            raise _Unfit(f"{len(review_ids(self.store))} reviews are loaded, not {number}")
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
                raise _Unfit("two different reviews are needed to compare")
            self.filters["reviews"] = ",".join(named)

    def _records(self) -> None:
        for slot, mark in ((slot, self._mark(slot)) for slot in self.slots):
            if mark is None or slot in _OTHER_SLOTS:
                continue
            if slot == "about_that" and self.asks is Asked.COMPARE:
                self.filters["about"] = self._shared(mark)
                continue
            kind, id_ = self._pick(slot, mark, phrases.SLOTS[slot])
            by_kind = slot in _BY_KIND or (slot == "about_that" and self.asks is Asked.FINDINGS)
            self.filters[kind if by_kind else _FILTER_OF_SLOT.get(slot, slot)] = id_
            if self.review is None and slot != "record" and slot != "without":
                self.review = id_.partition(":")[0]

    def _shared(self, mark: Mark) -> str:
        try:
            return self._pick("about_that", mark, ("mechanism", "concept"))[1]
        except Ambiguous:
            return slug(mark.text)

    def _terms(self) -> None:
        """Levels, perspectives and settings: the word that evidence goes by."""
        for slot in (*_TERMS, "without_level", "setting"):
            mark = self._mark(slot)
            if mark is None:
                continue
            kind = slot.removeprefix("without_")
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
                raise _Unfit("what counts is a grade of at least one, not low ones alone")
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
            raise _Unfit(f"{kind} have no year, and are not included or excluded")
        if kind != "configurations" and "polarity" in self.filters:
            raise _Unfit(f"{kind} have no polarity; configurations have")

    def _counted(self) -> None:
        """What a number counts: words of boxes and tallies, or what happens to papers in a flow."""
        named = [
            word
            for word in words(self.one.plain(self.slots["counted"]))
            if word not in phrases.PAPERS
        ]
        if boxed := self.filters.pop("boxed", None):
            named.append(boxed)
        known = counted_words(self.store, self.review)
        unknown = [word for word in named if word not in phrases.BOXES and not stems(word) <= known]
        if unknown or not named:
            raise _Unfit
        self.filters["counted"] = " ".join(named)

    def _claim(self) -> None:
        """A claim names one thing, and its other words stand in what is recorded about it."""
        claim = self.slots["claim"].split()
        named = [word for word in claim if word.startswith("<")]
        kinds = phrases.SLOTS["thing"]
        about = [
            mark
            for word in named
            if any(
                kind in (mark := self.one.marks[int(re.sub(r"\D", "", word))]).found
                for kind in kinds
            )
        ]
        if len(about) != 1 or not DENIALS.isdisjoint(words(self.one.plain(self.slots["claim"]))):
            raise _Unfit
        kind, id_ = self._pick("claim", about[0], kinds)
        said = {singular(word) for text in claimed(self.store, kind, id_) for word in words(text)}
        others = " ".join(
            mark.text if word.startswith("<") else word
            for word in claim
            if (mark := self._of(word)) is not about[0]
        )
        missing = [
            word for word in words(others) if singular(word) not in said and word not in _EMPTY
        ]
        if missing:
            raise _Unfit(f"no record about {id_} has the words {', '.join(missing)}")
        self.filters[kind] = id_

    def _of(self, word: str) -> Mark | None:
        return self.one.marks[int(re.sub(r"\D", "", word))] if word.startswith("<") else None

    def _carried(self) -> None:
        """Whoever a context is about (`students with …`) belongs to the same review."""
        mark = self._mark("whose")
        if mark is not None and not any(
            self._within(id_) for kind in phrases.SLOTS["whose"] for id_ in mark.found.get(kind, ())
        ):
            raise _Unfit(f"{mark.text} and what they are said to have are of different reviews")


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
    "whose",
    *phrases.FREE,
}
SOURCES = {"papers", "sources", "interviews", "consultations", "syntheses", "grey"}
"""Lists of sources."""
SAYING = frozenset(re.findall(r"[a-z]+", phrases.MACROS["says"]))
"""Words after which a claim may follow, in words of its own."""
_AUDIENCES = ("audience", "audience_too")
_BY_KIND = {"thing", "record"}
_FILTER_OF_SLOT = {"about_that": "about", "without": "without_source"}
_EMPTY = frozenset("a an the of to in on for with by at and is are be it that this do does".split())


def read_question(store: Store, question: str) -> Reading:
    """How a question in words is understood.

    Args:
        store: its names and vocabularies are what a question may be about.
        question: the question.

    Raises:
        NotUnderstood: the grammar does not cover it; the error says why, as far as that is known.
        NotFound: it names a record that does not exist.
        Ambiguous: it names several records at once.
        UnknownValue: it names a level or perspective that no review knows.
        Each of them carries nearest questions that are answered.
    """
    from graph.questions.asking.refusing import refusal  # it needs a reader in its turn

    reader = Reader(store)
    reading = reader.understood(question)
    if reading is None:
        raise refusal(reader, question)
    return reading


def unknown_words(known: Lexicon, asked: Iterable[str]) -> list[str]:
    """Words that neither the grammar nor any name in the graph uses."""
    plain = grammar_words()
    return [
        word
        for word in dict.fromkeys(asked)
        if not {word, singular(word)} & (plain | known.vocabulary) and not word.isdigit()
    ]


def _respelt(known: Lexicon, asked: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The question with each word that nothing knows put right, where it can be; likely ones first."""
    meant: dict[str, list[str]] = {}
    closed = grammar_words() | known.closed
    for word in unknown_words(known, asked):
        near = {
            other
            for others, few in ((closed, True), (known.vocabulary, False))
            for other in others
            if any(slip(one, other, closed=few) for one in {word, singular(word)})
        }
        if not near:
            return
        meant[word] = sorted(
            near, key=lambda one: (sorted(one) != sorted(word), abs(len(one) - len(word)), one)
        )[:4]
    for chosen in islice(product(*meant.values()), _RESPELT) if meant else ():
        put = dict(zip(meant, chosen, strict=True))
        yield (
            tuple(put.get(word, word) for word in asked),
            [f"{word} → {other}" for word, other in put.items()],
        )
