"""What the words of a question name: records, levels and perspectives; never a guess.

A name counts if a record answers to it: by id, name, slug or alias. A misspelling counts, where
that is allowed, if one record alone is a slip of the pen away. A word that names in the graph use
otherwise is no misspelling.
"""

from __future__ import annotations

import re
from typing import Any

from graph.catalogue import named
from graph.errors import Ambiguous, NotFound
from graph.names import slug
from graph.questions.evidence import NOT_STATED
from graph.questions.names import answering, resolve, resolve_term, suggestions
from graph.questions.records import review_ids
from graph.store import Store

Found = tuple[str, str]
"""A kind of record and an id."""

ANYTHING = ("mechanism", "concept", "configuration", "theory")
"""What evidence can be about, in the order in which a name is looked for."""
_MANY_NAMES = 20_000


class Unnamed(NotFound):
    """Nothing answers to a word of a question, as far as it was understood."""

    def __init__(
        self, kinds: tuple[str, ...], word: str, bare_word: str, review: str | None
    ) -> None:
        super().__init__(kinds[0], word)
        self.kinds = kinds
        self.word = word
        self.bare_word = bare_word
        self.review = review


class Wording:
    """Looks words up, and remembers what it has found and put right."""

    def __init__(self, store: Store, *, lenient: bool) -> None:
        self.store = store
        self.lenient = lenient
        self.corrections: list[str] = []
        self._reviews = review_ids(store)
        self._found: dict[tuple[Any, ...], Any] = {}

    def shared(self, kinds: tuple[str, ...], word: str) -> str | None:
        """A name that several reviews use: to compare them it need not name one record."""
        for kind in kinds:
            try:
                self.record((kind,), word, None, note=False)
            except Ambiguous:
                return slug(word)
        return None

    def one(self, kinds: tuple[str, ...], word: str, review: str | None) -> Found:
        """The one record that a word names.

        Raises:
            NotFound: no record answers to it.
            Ambiguous: several do.
        """
        bare_word, kinds = _of_kind(word, kinds)
        found = self.record(kinds, bare_word, review)
        if found is None and bare_word != word:
            found = self.record(kinds, word, review)
        if found is None:
            raise Unnamed(kinds, word, bare_word, review)
        return found

    def record(
        self, kinds: tuple[str, ...], word: str, review: str | None, *, note: bool = True
    ) -> Found | None:
        """The one record that a word names, or none.

        Raises:
            Ambiguous: several records answer to it.
        """
        key = ("record", kinds, word, review)
        if key not in self._found:
            self._found[key] = self._looked_up(kinds, word, review)
        found, correction = self._found[key]
        if isinstance(found, Ambiguous):
            raise found
        if note and correction:
            self.corrections.append(correction)
        named_record: Found | None = found
        return named_record

    def _looked_up(
        self, kinds: tuple[str, ...], word: str, review: str | None
    ) -> tuple[Found | Ambiguous | None, str | None]:
        without = re.sub(r"^(?:the|an?) ", "", word)
        for name in dict.fromkeys((word, without)):
            for kind in kinds:
                rows = self._exact(kind, name, review)
                if len(rows) == 1:
                    return (kind, rows[0]), None
                if rows:
                    return Ambiguous(kind, word, rows), None
        if not self.lenient:
            return None, None
        near = self._near(kinds, without, review)
        if len(near) > 1:
            kind = next(iter(near.values()))[0]
            return Ambiguous(kind, word, sorted(near)), None
        for id_, (kind, name) in near.items():
            return (kind, id_), f"{word} → {name}"
        return None, None

    def _exact(self, kind: str, name: str, review: str | None) -> list[str]:
        if ":" in name:
            try:
                return [resolve(self.store, kind, name, review)]
            except NotFound:
                return []
            except Ambiguous as error:
                return error.candidates
        reviews = [review] if review is not None else self._reviews
        return answering(self.store, kind, name, reviews)

    def _near(
        self, kinds: tuple[str, ...], word: str, review: str | None
    ) -> dict[str, tuple[str, str]]:
        """Records whose name differs from the word by slips of the pen alone."""
        wanted = slug(word).split("-")
        found: dict[str, tuple[str, str]] = {}
        vocabulary = self._vocabulary(review)
        for kind in kinds:
            for id_, name in self._names(kind, review):
                local = id_.partition(":")[2] or id_
                for form in (name, local):
                    if _alike(wanted, slug(form).split("-"), vocabulary):
                        found[id_] = (kind, name)
            if found:
                break
        return found

    def _names(self, kind: str, review: str | None) -> list[tuple[str, str]]:
        key = ("names", kind, review)
        if key not in self._found:
            rows = self.store.read(named(f"names_{kind}"), review=review, limit=_MANY_NAMES)
            self._found[key] = [(row["id"], str(row["name"])) for row in rows]
        names: list[tuple[str, str]] = self._found[key]
        return names

    def _vocabulary(self, review: str | None) -> set[str]:
        """Every word that names in the graph use: it is spelt as it is meant."""
        key = ("vocabulary", review)
        if key not in self._found:
            self._found[key] = {
                part
                for kind in (*ANYTHING, "source", "review")
                for _, name in self._names(kind, review if kind != "review" else None)
                for part in slug(name).split("-")
            }
        words: set[str] = self._found[key]
        return words

    def told(self, missing: Unnamed) -> NotFound:
        """The error with the nearest names, which are looked for only now: it takes a while."""
        return NotFound(
            missing.kinds[0],
            missing.word,
            self._suggested(missing.kinds, missing.bare_word, missing.review),
        )

    def _suggested(self, kinds: tuple[str, ...], word: str, review: str | None) -> list[str]:
        found = [id_ for kind in kinds for id_ in suggestions(self.store, kind, word, review)]
        if not found and kinds == ("review",):
            found = [id_ for id_, _ in self._names("review", None)]
        return found[:3]

    def term(self, vocabulary: str, word: str, review: str | None) -> str | None:
        """A level or perspective by a word for it, in the singular or the plural."""
        key = ("term", vocabulary, word, review)
        if key not in self._found:
            self._found[key] = None
            for form in dict.fromkeys(
                (word, _singular(word), word.replace("/", " or "), f"{word} {vocabulary}")
            ):
                reviews = [review] if review is not None else self._reviews
                if answering(self.store, vocabulary, form, reviews):
                    self._found[key] = form
                    break
        found: str | None = self._found[key]
        return found

    def said(self, vocabulary: str, word: str, review: str | None) -> str:
        """The word of a vocabulary as evidence has it.

        Raises:
            UnknownValue: no review that is asked knows it.
        """
        if word == NOT_STATED:
            return NOT_STATED
        term = self.term(vocabulary, word, review)
        terms = resolve_term(self.store, vocabulary, term or word, review) or [word]
        return terms[0] if len(terms) == 1 else str(term or word)


def _of_kind(word: str, kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """`the mechanism Trust` as `Trust` among mechanisms alone."""
    said = re.match(
        r"(?:the )?(?P<kind>mechanism|concept|context|resource|reasoning|outcome|configuration|"
        r"theory|source|paper|study|synthesis|review)s? (?:of |called |named )?(?P<rest>.+)",
        word,
    )
    if said is None:
        return word, kinds
    kind = {
        "context": "concept",
        "resource": "concept",
        "reasoning": "concept",
        "outcome": "concept",
        "paper": "source",
        "study": "source",
        "synthesis": "source",
    }.get(said["kind"], said["kind"])
    return (said["rest"], (kind,)) if kind in kinds else (word, kinds)


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


def _alike(wanted: list[str], name: list[str], vocabulary: set[str]) -> bool:
    """Whether two names are the same words, in any order, but for plurals and slips of the pen."""
    if len(wanted) != len(name):
        return False
    left = list(name)
    for word in wanted:
        fitting = next((other for other in left if _same_word(word, other)), None)
        if fitting is None and word not in vocabulary:
            fitting = next((other for other in left if slip(word, other)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def _same_word(word: str, other: str) -> bool:
    return word == other or _singular(word) == _singular(other)


def slip(word: str, other: str) -> bool:
    """Whether one word is the other with a letter or two wrong; short ones must be exact."""
    from rapidfuzz.distance import DamerauLevenshtein  # only where something was misspelt

    least = min(len(word), len(other))
    if least < 4 or word[0] != other[0]:
        return False
    return DamerauLevenshtein.distance(word, other) <= (2 if least >= 8 else 1)
