"""What the words of a question name: records, levels, perspectives and the like; never a guess.

A name counts if a record answers to it: by id, name, alias, or author and year. The same words in
another order or number count, and so does the *opening* of a long name, where a new phrase begins
(`being known as a person`, of "… rather than as a list of conditions"), if no other name opens so.
A part of a name from its middle or end does not count; it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from graph.catalogue import named
from graph.questions.asking import phrases
from graph.questions.asking.grammar import KINDS, grammar_words, words
from graph.questions.records import review_ids
from graph.questions.revision import remembered
from graph.store import Store

Words = tuple[str, ...]
K = TypeVar("K")
Found = dict[str, dict[str, str]]
"""By kind, the ids of what answers, each with the name it bears."""

EXACT, ALIKE, OPENING = "exact", "alike", "opening"

_JOINING = phrases.LISTS["joining"]
"""Words that say nothing by themselves when two names are compared."""
_BOUNDARY = phrases.LISTS["boundary"]
"""Words that begin a new phrase, so that what stands before them is a name by itself."""
DENIALS = phrases.LISTS["denials"]
_ROLES = phrases.LISTS["roles"]
_PLAYING = phrases.LISTS["playing"]
_KINDS_OF_NAMES = tuple(kind for kind in KINDS if kind != "topic")
_LONGEST = 40


KIND_WORDS = {
    **dict.fromkeys(("mechanism", "mechanism called", "mechanism of"), "mechanism"),
    **dict.fromkeys(("concept", "context", "resource", "reasoning", "outcome"), "concept"),
    **dict.fromkeys(("configuration", "cmo", "cmoc"), "configuration"),
    **dict.fromkeys(("source", "paper", "study", "synthesis", "article"), "source"),
    "theory": "theory",
    "finding": "finding",
    "review": "review",
}
"""Words that say what kind of record the name after them is of."""


@dataclass(slots=True)
class Lexicon:
    """Every name in the loaded reviews."""

    exact: dict[Words, Found] = field(default_factory=dict)
    alike: dict[frozenset[str], Found] = field(default_factory=dict)
    openings: dict[Words, Found] = field(default_factory=dict)
    topics: dict[str, set[str]] = field(default_factory=dict)
    """Reviews by the words of their titles and questions."""
    vocabulary: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    """The words of levels and perspectives, of which there are few."""
    counted: set[str] = field(default_factory=set)
    """The words of the boxes and tallies of flows."""
    longest: int = 0

    def add(self, other: Lexicon) -> None:
        """Take in the names of another review."""
        _taken_in(self.exact, other.exact)
        _taken_in(self.alike, other.alike)
        _taken_in(self.openings, other.openings)
        for word, reviews in other.topics.items():
            self.topics.setdefault(word, set()).update(reviews)
        self.vocabulary |= other.vocabulary
        self.closed |= other.closed
        self.counted |= other.counted
        self.longest = max(self.longest, other.longest)

    def names(self, span: Words) -> tuple[Found, str]:
        """What a run of words names, and how; `the mechanism Trust` names mechanisms alone."""
        if span in self.exact:
            return self.exact[span], EXACT
        if len(span) > 1 and span[0] in ("the", "a", "an"):
            found, how = self.names(span[1:])
            return ({}, how) if "topic" in found else (found, how)
        for size in (1, 2):
            kind = KIND_WORDS.get(" ".join(span[:size])) if len(span) > size else None
            if kind is not None:
                found, how = self.names(span[size:])
                if kind in found:
                    return {kind: found[kind]}, how
        whole = len(span) > 1 and _JOINING.isdisjoint((span[0], span[-1]))
        plays = not (_ROLES.isdisjoint(span) or _PLAYING.isdisjoint(span))
        if whole and not plays and (alike := self.alike.get(_content(span))):
            return alike, ALIKE
        if opening := self.openings.get(span):
            return opening, OPENING
        about = self._topic(span)
        return ({"topic": about} if about else {}), EXACT

    def _topic(self, span: Words) -> dict[str, str]:
        """The review whose title or question has all the words of content in a run."""
        if span[0] in _JOINING or span[-1] in _JOINING:
            return {}
        content = [singular(word) for word in span if word not in _JOINING]
        held = [self.topics.get(word, set()) for word in content]
        reviews = set.intersection(*held) if held else set()
        return dict.fromkeys(sorted(reviews), " ".join(span))


def _taken_in(mine: dict[K, Found], theirs: Mapping[K, Found]) -> None:
    for key, found in theirs.items():
        for kind, ids in found.items():
            mine.setdefault(key, {}).setdefault(kind, {}).update(ids)


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words of a question that names something."""

    text: str
    found: Found
    how: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A question in which names stand as marks."""

    text: str
    marks: tuple[Mark, ...]

    def plain(self, text: str) -> str:
        """A part of it with the words that it was put in."""
        return re.sub(r"<[a-z]+(\d+)>", lambda mark: self.marks[int(mark[1])].text, text).strip()


def lexicon(store: Store) -> Lexicon:
    """The names in the loaded reviews; they are read again when a load has changed them."""
    return remembered(store, None, "lexicon", partial(_whole, store))


def marked(known: Lexicon, question: Words, *, lenient: bool = False) -> Iterator[Marked]:
    """A question with its names as marks, in every way to set them: long names first.

    A word that is neither part of a name nor of the grammar can belong to no question; if there is
    one, there is no way, unless it is ``lenient``.
    """
    spans: dict[int, list[tuple[int, Mark]]] = {}
    for begin in range(len(question)):
        for end in range(min(len(question), begin + min(known.longest + 3, _LONGEST)), begin, -1):
            found, how = known.names(question[begin:end])
            if found:
                mark = Mark(" ".join(question[begin:end]), found, how)
                spans.setdefault(begin, []).append((end, mark))
    plain = [
        lenient or word in grammar_words() or word in known.counted or word.isdigit()
        for word in question
    ]
    open_ = {len(question)}
    for begin in reversed(range(len(question))):
        ends = {end for end, _ in spans.get(begin, ())} | ({begin + 1} if plain[begin] else set())
        if ends & open_:
            open_.add(begin)

    def ways(begin: int) -> Iterator[list[str | Mark]]:
        if begin == len(question):
            yield []
        if begin not in open_ or begin == len(question):
            return
        subjects = [(end, mark) for end, mark in spans.get(begin, ()) if "topic" in mark.found]
        named_: list[tuple[int, str | Mark]] = [
            one for one in spans.get(begin, ()) if one not in subjects
        ]
        if plain[begin]:
            named_.append((begin + 1, question[begin]))
        for end, part in (*named_, *subjects):  # the subject of a review only if nothing else fits
            for rest in ways(end):
                yield [part, *rest]

    for way in ways(0):
        marks: list[Mark] = []
        parts = []
        for part in way:
            if isinstance(part, str):
                parts.append(part)
            else:
                letters = "".join(sorted(KINDS[kind] for kind in part.found))
                parts.append(f"<{letters}{len(marks)}>")
                marks.append(part)
        yield Marked("".join(f"{part} " for part in parts), tuple(marks))


def _whole(store: Store) -> Lexicon:
    whole = Lexicon()
    for review in review_ids(store):
        whole.add(remembered(store, review, "lexicon", partial(_of_review, store, review)))
    return whole


def _of_review(store: Store, review: str) -> Lexicon:
    own = Lexicon()
    for kind in _KINDS_OF_NAMES:
        for row in store.read(named(f"called_{kind}"), review=review):
            _enter(own, kind, row)
    for row in store.read(named("called_counted"), review=review):
        own.counted.update(words(row["name"]))
    own.vocabulary |= own.counted
    return own


def _enter(own: Lexicon, kind: str, row: dict[str, Any]) -> None:
    id_, name = row["id"], row["name"] or row["id"]
    forms = {words(one) for one in _called(kind, row) if one} - {()}
    for form in forms:
        own.exact.setdefault(form, {}).setdefault(kind, {})[id_] = name
        own.longest = max(own.longest, len(form))
        own.vocabulary.update(form)
        if kind in ("level", "perspective"):
            own.closed.update(form)
            for last in (plural(form[-1]), f"{form[-1]}al"):  # `organisations`, `organisational`
                found = own.exact.setdefault((*form[:-1], last), {})
                found.setdefault(kind, {})[id_] = name
                own.closed.add(last)
                own.vocabulary.add(last)
    for written in (name, *(row.get("aliases") or ())):  # not ids, whose parts say other things
        content = _content(words(written))
        if len(content) > 1:
            own.alike.setdefault(content, {}).setdefault(kind, {})[id_] = name
    for opening in {words(one) for one in _openings(kind, row)} - forms - {()}:
        own.openings.setdefault(opening, {}).setdefault(kind, {})[id_] = name
        own.vocabulary.update(opening)
    if kind == "review":
        for text in (name, *(row["aliases"] or ()), row["question"] or ""):
            for word in words(text):
                if word not in _JOINING and word not in grammar_words():
                    own.topics.setdefault(singular(word), set()).add(id_)
                    own.vocabulary.add(word)


def _called(kind: str, row: dict[str, Any]) -> Iterator[str | None]:
    """All that a record is called, whole."""
    id_ = str(row["id"])
    yield row["name"]
    yield from row.get("aliases") or ()
    if kind == "audience":  # of which there are few, each with words that tell it
        yield from (word for word in words(id_) if word not in _JOINING)
        yield from re.split(r"\s+and\s+|,\s+", id_)
    if kind in ("setting", "audience"):
        return
    yield id_
    yield id_.partition(":")[2]
    yield row.get("doi")
    surnames, year = _surnames(row), row.get("year")
    if surnames and year is not None:
        yield f"{surnames[0]} {year}"
        if len(surnames) > 1:
            yield f"{surnames[0]} and {surnames[1]} {year}"
    split = re.fullmatch(r"([A-Za-z]+)[-_]?(\d+)", id_)
    if kind == "review" and split:
        yield f"{split[1]} {split[2]}"


def _openings(kind: str, row: dict[str, Any]) -> Iterator[str]:
    """What a record may be called for short, if nothing else is."""
    name = str(row["name"] or "")
    if kind in ("source", "review"):
        surnames = _surnames(row)
        if surnames:
            yield surnames[0]
        if kind == "review" and (letters := re.match(r"[A-Za-z]{3,}(?=[-_]?\d+$)", row["id"])):
            yield letters[0]
        titled = re.split(r"[:?.]\s", name)
        if len(titled) > 1 and len(_content(words(titled[0]))) > 2:
            yield titled[0]
        return
    if kind not in ("mechanism", "concept", "theory"):
        return
    for one in (name, *(row.get("aliases") or ())):
        aside = re.fullmatch(r"(.+?)\s*\((.+)\)", one)
        if aside:
            yield from aside.groups()
        whole = aside[1] if aside else one
        if ", or " in whole:
            yield from re.split(r",\s+(?:or\s+)?", whole)
        head = re.split(r"[,;:–—]\s", whole)[0]
        for opening in (*([head] if head != one else ()), *_phrases(words(whole))):
            if len(_content(words(opening))) > 1:
                yield opening


def _phrases(name: Words) -> Iterator[str]:
    """What stands before each word that begins a new phrase, unless a denial would be cut off."""
    for place in range(2, len(name)):
        if name[place] in _BOUNDARY and not DENIALS & set(name[place:]):
            yield " ".join(name[:place])


def _surnames(row: dict[str, Any]) -> list[str]:
    """Surnames of authors that are written as `Surname AB`."""
    return [
        found[1]
        for one in row.get("authors") or ()
        if (found := re.match(r"(.+?) [A-Z]{1,4}$", one))
    ]


def _content(name: Iterable[str]) -> frozenset[str]:
    """The words of content of a name, in the singular, without the words for roles."""
    kept = (singular(word) for word in name if word not in _JOINING)
    return frozenset(word for word in kept if word not in _ROLES)


def singular(word: str) -> str:
    """A word without the ending of its plural."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


def plural(word: str) -> str:
    """The plural of a word, as most words form it."""
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def partly(known: Lexicon, text: str, kinds: tuple[str, ...]) -> dict[str, str]:
    """Records of some kinds whose names have all the words of content of a text, by id."""
    wanted = _content(words(text))
    found: dict[str, str] = {}
    if wanted:
        for name, by_kind in known.exact.items():
            if wanted <= _content(name):
                for kind in kinds:
                    found |= by_kind.get(kind, {})
    return found


def nearly(known: Lexicon, text: str, kinds: tuple[str, ...], most: int) -> dict[str, str]:
    """Records of some kinds whose names are nearest to a text, by id, the nearest first."""
    from rapidfuzz import fuzz, process  # only where a name is not found: it takes a while

    called = {
        " ".join(name): (id_, written)
        for name, by_kind in known.exact.items()
        for kind in kinds
        for id_, written in by_kind.get(kind, {}).items()
    }
    asked = " ".join(words(text))
    near = process.extract(asked, list(called), scorer=fuzz.ratio, limit=most)
    return dict(called[name] for name, _, _ in near)


def slip(word: str, other: str, *, closed: bool) -> bool:
    """Whether one word is the other with a slip of the pen.

    One letter that is wrong, missing, too many, or two that changed places; two in words of ten
    letters or more. In short words a wrong letter often makes another word (`home`, `hope`), so
    there it counts only where `closed`: the other is one of few words that may stand there. Another
    number is another thing: `CMOC12` is no slip for `CMOC1`.
    """
    from rapidfuzz.distance import DamerauLevenshtein  # only where something was misspelt

    least = min(len(word), len(other))
    if least < 4 or word[0] != other[0] or re.sub(r"\D", "", word) != re.sub(r"\D", "", other):
        return False
    if least < 6 and len(word) == len(other) and sorted(word) != sorted(other) and not closed:
        return False
    return DamerauLevenshtein.distance(word, other) <= (2 if least >= 10 else 1)
