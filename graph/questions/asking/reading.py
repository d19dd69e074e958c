"""Reading a question in words: a form of the grammar, and the records that its names stand for.

Nothing is guessed and nothing is passed over. Every word must belong to a form, to a phrase that
narrows it, to a courtesy or to a name. A misspelling is accepted where one word alone is a slip of
the pen away, and the reading says so; a word that the grammar or the names of the graph use is
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product

from graph.answers import Reading
from graph.errors import Ambiguous, NotFound, TheorygraphError, UnknownValue
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
from graph.questions.asking.phrases import SAYING
from graph.questions.asking.resolving import LEFT_OUT, Denied, Resolving, State, Unfit
from graph.questions.asking.wording import (
    Lexicon,
    Marked,
    lexicon,
    marked,
    singular,
    slip,
)
from graph.questions.facts import stems
from graph.store import Store

_DEPTH = 5
"""How many narrowing phrases a question may have."""
_WAYS = 48
"""In how many ways names are looked for in a question."""
_HARMLESS = {*LEFT_OUT, "review", "noise", "topic"}
"""Phrases that may follow what is to be left out, since they can belong to the whole alone."""
_SCOPE = "“{}” may belong to what is left out or to all of it: put it before what is left out"
_FRAMED = 40
"""How many words a question may have that is read by a frame."""
_RESPELT = 16
"""Spellings of a whole question that are tried."""


class Reader:
    """Reads one question against the names in a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: Lexicon = lexicon(store)
        self.complaints: list[TheorygraphError] = []
        self.reasons: list[str] = []
        self.denied = ""

    def understood(self, question: str) -> Reading | None:
        """The reading of a question, misspellings put right; or nothing.

        Then the complaints say what was in the way.
        """
        asked = words(question)
        reading = self.taken(asked)
        if reading is not None:
            return reading
        for respelt, corrections in _respelt(self.known, asked):
            reading = Reader(self.store).taken(respelt)
            if reading is not None:
                told = [*corrections, *reading.corrections]
                return reading.model_copy(update={"corrections": told})
        return None

    def taken(self, asked: tuple[str, ...]) -> Reading | None:
        """The reading of words as they stand, or nothing."""
        try:
            return self._taken(asked)
        except Denied as denied:
            self.denied = denied.reason
            return None

    def _taken(self, asked: tuple[str, ...]) -> Reading | None:
        lenient = not SAYING.isdisjoint(asked)
        left: dict[tuple[object, ...], tuple[Marked, State]] = {}
        for one in islice(marked(self.known, asked, lenient=lenient), _WAYS):
            for text in bare(one.text):
                for state in _states(State(text)):
                    left.setdefault((id(one), *_key(state)), (one, state))
                    for match in matches(state.text):
                        reading = self._tried(one, match, state)
                        if reading is not None:
                            return reading
        if len(asked) > _FRAMED:
            return None
        for one, state in left.values():
            for match in matches(state.text, frames=True):
                reading = self._tried(one, match, state)
                if reading is not None:
                    return reading
        return None

    def _tried(self, one: Marked, match: Match, state: State) -> Reading | None:
        try:
            reading = Resolving(self.store, one, match, state).reading()
            if not LEFT_OUT.isdisjoint(reading.filters) and (further := _followed(one.text)):
                raise Denied(_SCOPE.format(one.plain(further)))
            return reading
        except Denied:
            raise
        except Unfit as unfit:
            if unfit.reason:
                self.reasons.append(unfit.reason)
        except (NotFound, Ambiguous, UnknownValue) as error:
            self.complaints.append(error)
        return None


def _followed(text: str) -> str:
    """The narrowing phrase that stands right after what is to be left out, if there is one."""
    marks = marks_of(text)
    for name, pattern in narrowing():
        for match in pattern.within(text, marks) if name in LEFT_OUT else ():
            rest = text[match.end() :]
            for other, following in narrowing():
                if other not in _HARMLESS:
                    found = next(following.within(rest, marks_of(rest)), None)
                    if found is not None and found.start() == 0 and found[0]:
                        return found[0]
    return ""


def _states(state: State) -> Iterator[State]:
    """The question as it stands, then with ever more narrowing phrases taken out."""
    wave, seen = [state], set[tuple[object, ...]]()
    for _ in range(_DEPTH + 1):
        yield from wave
        following = []
        for one in wave:
            for shorter in _shorter(one):
                key = _key(shorter)
                if key not in seen:
                    seen.add(key)
                    following.append(shorter)
        wave = following


def _key(state: State) -> tuple[object, ...]:
    return (state.text, *sorted((*state.slots.items(), *state.says.items())))


def _shorter(state: State) -> Iterator[State]:
    marks = marks_of(state.text)
    for _, pattern in narrowing():
        for match in pattern.within(state.text, marks):
            found = taken(match, pattern.says)
            if found is None:
                continue
            slots, says = found
            if state.slots.keys() & slots or state.says.keys() & says:
                continue
            yield State(
                state.text[: match.start()] + state.text[match.end() :],
                {**state.slots, **slots},
                {**state.says, **says},
            )


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


@cache
def _by_stem() -> dict[str, list[str]]:
    """The words of the grammar by what they have in common with their other forms."""
    found: dict[str, list[str]] = {}
    for word in sorted(grammar_words()):
        found.setdefault("".join(stems(word)), []).append(word)
    return found


def _inflected(word: str) -> set[str]:
    """Words of the grammar that have another ending, if both or neither say what is done."""
    if len(word) < 5:
        return set()
    near = _by_stem().get("".join(stems(word)), ())
    return {other for other in near if other.endswith("ed") == word.endswith("ed")}


def _respelt(known: Lexicon, asked: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The question with each word put right that nothing knows, likely spellings first."""
    meant: dict[str, list[str]] = {}
    closed = grammar_words() | known.closed
    for word in unknown_words(known, asked):
        near = {
            other
            for others, few in ((closed, True), (known.vocabulary, False))
            for other in others
            if any(slip(one, other, closed=few) for one in {word, singular(word)})
        } or _inflected(word)
        if not near:
            return
        from rapidfuzz.distance.DamerauLevenshtein import distance  # only where one is misspelt

        meant[word] = sorted(
            near,
            key=lambda one: (
                distance(word, one),
                sorted(one) != sorted(word),
                abs(len(one) - len(word)),
                one,
            ),
        )[:4]
    for chosen in islice(product(*meant.values()), _RESPELT) if meant else ():
        put = dict(zip(meant, chosen, strict=True))
        yield (
            tuple(put.get(word, word) for word in asked),
            [f"{word} → {other}" for word, other in put.items()],
        )
