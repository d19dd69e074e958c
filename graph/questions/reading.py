"""Reading a question in words: a form of the grammar, and the records that its slots name.

Nothing is guessed. A slot must name a record by id, name, slug or alias. A misspelling is
accepted if one record alone is as near as a slip of the pen, and the reading says so; a word that
the names of the graph use otherwise is no misspelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from graph.answers import Asked, Reading
from graph.errors import Ambiguous, NotFound, NotUnderstood, TheorygraphError, UnknownValue
from graph.names import nearest
from graph.questions.grammar import EXAMPLES, GRAMMAR_WORDS, SOURCE_KINDS, bare, matches
from graph.questions.records import review_ids
from graph.questions.wording import ANYTHING, Unnamed, Wording, slip
from graph.store import Store

_ENDS = ("concept", "mechanism")
_NARROWED_BY = {
    Asked.EVIDENCE: {
        "review",
        "level",
        "context",
        "perspective",
        "relevance",
        "rigour",
        "richness",
    },
    Asked.SUPPORT: {"review"},
    Asked.GAPS: {"review", "level", "perspective"},
    Asked.CHAINS: {"review"},
    Asked.CONTRADICTIONS: {"review"},
    Asked.COMPARE: set(),
    Asked.SENSITIVITY: {"review", "relevance", "rigour", "richness"},
    Asked.FLOW: {"review"},
}
"""What may narrow each question; anything else is refused, never dropped."""

_DEPTH = 5
"""How many narrowing phrases a question may have."""
_TOLD = 4
"""Complaints that the nearest names are looked up for, at most."""
_RESPELT = 16
"""Spellings of a whole question that are tried."""
_GRADE = r"(?P<grade>low|moderate|high)"
_QUALITY = r"(?P<quality>relevance|rigou?r|richness)"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase that narrows a question, wherever it stands."""

    name: str
    pattern: re.Pattern[str]
    implied: bool = False
    """Whether it is one only if its word is known: `in teams`, `in harris2021`."""


def _phrase(name: str, pattern: str, *, implied: bool = False) -> _Phrase:
    return _Phrase(name, re.compile(rf"(?:^|(?<=[\s,])){pattern}(?=$|[\s,:])"), implied)


_PHRASES = (
    _phrase("review", r"(?:in|from|of|within|for) (?:the )?review (?:of |by )?(?P<word>\S.*)"),
    _phrase("review", r"(?:in|from|of|within|for) (?:the )?(?P<word>\S+) review"),
    _phrase("review", r"(?:in|from|of|within|according to) (?P<word>[^\s,:]+)", implied=True),
    _phrase("level", r"(?:at|on|for|of) (?:the )?level (?:of )?(?:the )?(?P<word>not stated)"),
    _phrase("level", r"(?:at|on|for|of) (?:the )?level (?:of )?(?:the )?(?P<word>[\w-]+)"),
    _phrase("level", r"(?:at|on|for|of) (?:the |an? )?(?P<word>\w+(?:[ /]\w+)?)[ -]levels?"),
    _phrase("level", r"(?P<word>\w+)[ -]levels?"),
    _phrase("level", r"(?:in|among|within|for|across) (?:the )?(?P<word>\w+)", implied=True),
    _phrase(
        "perspective",
        r"from (?:the |an? )?(?:perspective|viewpoint|point of view|view) of (?:the |an? )?"
        r"(?P<word>[^,:]+)",
    ),
    _phrase(
        "perspective",
        r"from (?:the |an? )?(?P<word>[^,:]+?)(?:'s|s'|')? "
        r"(?:perspective|viewpoint|point of view)",
    ),
    _phrase(
        "grade",
        rf"(?:with|of|having|at) (?:an? )?(?:at least (?:an? )?)?{_GRADE}"
        rf"(?: or (?:higher|better|more))? {_QUALITY}",
    ),
    _phrase(
        "grade",
        rf"(?:with |whose )?{_QUALITY} (?:is |of )?(?:at least ){_GRADE}",
    ),
    _phrase("context", r"in (?:the )?contexts? (?:of |that |where )?(?P<word>.+)"),
    _phrase("context", r"(?:where|when|given) (?P<word>.+)"),
)


@dataclass(frozen=True, slots=True)
class _State:
    """What is left of a question once some phrases are taken out."""

    text: str
    narrowed: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Reads one question."""

    def __init__(self, store: Store, *, lenient: bool) -> None:
        self.store = store
        self.words = Wording(store, lenient=lenient)
        self.complaints: list[TheorygraphError] = []

    def understood(self, text: str) -> Reading | None:
        """The reading of a question, or nothing; then the complaints say what was in the way."""
        for state in self._states(_State(text)):
            found: list[Reading] = []
            for match in matches(state.text):
                self.words.corrections = []
                if found and found[0].asks is not match.asks:
                    break
                filters = self._filters(match.asks, match.slots, match.said, state.narrowed)
                if filters is not None:
                    reading = Reading(
                        asks=match.asks,
                        filters=filters,
                        corrections=list(dict.fromkeys(self.words.corrections)),
                    )
                    if reading not in found:
                        found.append(reading)
                    if "start" not in match.slots or "end" not in match.slots:
                        break
            if len(found) == 1:
                return found[0]
            if found:  # two ways to part the ends: neither is taken
                return None
        return None

    def _states(self, state: _State) -> Iterator[_State]:
        """The question as it stands, then with ever more narrowing phrases taken out."""
        wave, seen = [state], {state.text}
        for _ in range(_DEPTH + 1):
            yield from wave
            following = []
            for one in wave:
                for shorter in self._shorter(one):
                    if shorter.text not in seen:
                        seen.add(shorter.text)
                        following.append(shorter)
            wave = following

    def _shorter(self, state: _State) -> Iterator[_State]:
        for phrase in _PHRASES:
            for match in phrase.pattern.finditer(state.text):
                groups = match.groupdict()
                name = phrase.name
                if name == "grade":
                    name = groups["quality"].replace("rigor", "rigour")
                    words = [(groups["grade"], match.end())]
                else:
                    words = self._words(phrase, match)
                if name in state.narrowed:
                    continue
                for word, end in words:
                    rest = f"{state.text[: match.start()]} {state.text[end:]}"
                    rest = re.sub(r"\s+", " ", rest).strip(" ,:")
                    yield _State(rest, {**state.narrowed, name: word})

    def _words(self, phrase: _Phrase, match: re.Match[str]) -> list[tuple[str, int]]:
        word, begin = match["word"], match.start("word")
        if phrase.implied:
            known = self._known(phrase.name, word)
            return [(word, match.end())] if known else []
        if phrase.name not in ("review", "context", "perspective") or match.end() > match.end(
            "word"
        ):
            return [(word, match.end())]
        # Open to the right: what ends the name is not known, so the longest known one counts.
        parts = [*re.finditer(r"[^\s,:]+", word)]
        for part in reversed(parts):
            if self._known(phrase.name, word[: part.end()]):
                return [(word[: part.end()], begin + part.end())]
        return [(word, match.end())]

    def _known(self, name: str, word: str) -> bool:
        try:
            if name in ("level", "perspective"):
                return self.words.term(name, word, None) is not None
            kind = "concept" if name == "context" else name
            return self.words.record((kind,), word, None, note=False) is not None
        except TheorygraphError:
            return True  # it names several

    def _filters(
        self, asks: Asked, slots: dict[str, str], said: dict[str, str], narrowed: dict[str, str]
    ) -> dict[str, str] | None:
        if narrowed.keys() - _NARROWED_BY[asks]:
            return None
        try:
            return self._resolved(asks, dict(slots), dict(said), dict(narrowed))
        except (NotFound, Ambiguous, UnknownValue) as error:
            self.complaints.append(error)
            return None

    def _resolved(
        self, asks: Asked, slots: dict[str, str], filters: dict[str, str], narrowed: dict[str, str]
    ) -> dict[str, str] | None:
        """The filters of a question; none if it lacks something.

        Raises:
            NotFound, Ambiguous, UnknownValue: a slot names nothing, or too much.
        """
        review = None
        if "review" in (slots | narrowed):
            word = slots.pop("review", None) or narrowed.pop("review")
            review = filters["review"] = self.words.one(("review",), word, None)[1]
        for quality in ("relevance", "rigour", "richness"):
            if quality in narrowed:
                filters[quality] = narrowed[quality]
        if "what" in slots:
            kind, id_ = self.words.one(ANYTHING, slots["what"], review)
            filters[kind] = id_
            review = review or id_.partition(":")[0]
        for name in ("start", "end"):
            if name in slots:
                filters[name] = self.words.one(_ENDS, slots[name], review)[1]
        if "about" in slots:
            kinds = ("mechanism", "concept") if asks is Asked.COMPARE else ANYTHING
            found = self.words.shared(kinds, slots["about"]) if asks is Asked.COMPARE else None
            filters["about"] = found or self.words.one(kinds, slots["about"], review)[1]
        if "context" in narrowed:
            filters["context"] = self.words.one(("concept",), narrowed["context"], review)[1]
        for vocabulary in ("level", "perspective"):
            if vocabulary in narrowed:
                filters[vocabulary] = self.words.said(vocabulary, narrowed[vocabulary], review)
        if "by" in slots:
            filters["by"] = slots["by"]
        if "without" in slots:
            self._without(slots["without"], review, filters)
        if asks is Asked.COMPARE:
            reviews = self._reviews(slots.get("reviews"))
            if reviews is None:
                return None
            filters["reviews"] = ",".join(reviews)
        if asks is Asked.FLOW and review is None:
            held = review_ids(self.store)
            if len(held) != 1:
                raise Ambiguous("review", "the flow", held)
            filters["review"] = held[0]
        return filters

    def _without(self, word: str, review: str | None, filters: dict[str, str]) -> None:
        kind = SOURCE_KINDS.get(word)
        level = re.fullmatch(r"(?:the )?(?:level (?P<one>.+)|(?P<other>.+?)[ -]level)", word)
        if kind is not None:
            filters["without_source_kind"] = kind
        elif level is not None:
            name = level["one"] or level["other"]
            filters["without_level"] = self.words.said("level", name, review)
        else:
            filters["without_source"] = self.words.one(("source",), word, review)[1]

    def _reviews(self, words: str | None) -> list[str] | None:
        if words is None:
            held = review_ids(self.store)
            return held if len(held) > 1 else None
        parts = re.split(r"\s*,\s*(?:and )?|\s+(?:and|with|to|vs\.?|versus|against)\s+", words)
        found = [self.words.one(("review",), part, None)[1] for part in parts if part]
        return found if len(set(found)) > 1 else None


def read_question(store: Store, question: str) -> Reading:
    """How a question in words is understood.

    Args:
        store: its names and vocabularies are what slots may be.
        question: the question.

    Raises:
        NotUnderstood: the grammar does not cover it; the error names the nearest questions.
        NotFound: it names a record that does not exist.
        Ambiguous: it names several records at once.
        UnknownValue: it names a level or perspective that no review knows.
    """
    text = bare(question)
    complaints: list[TheorygraphError] = []
    for lenient in (False, True):
        reader = _Reader(store, lenient=lenient)
        reading = reader.understood(text)
        if reading is not None:
            return reading
        complaints += reader.complaints
    for respelt, corrections in _respelt(text):
        reader = _Reader(store, lenient=True)
        reading = reader.understood(respelt)
        if reading is not None:
            return reading.model_copy(update={"corrections": [*corrections, *reading.corrections]})
    for kind in (Ambiguous, UnknownValue, NotFound):
        of_kind = [error for error in complaints if isinstance(error, kind)]
        if of_kind:
            # The last complaint is about the shortest slot: every phrase was taken out before.
            error = _telling(Wording(store, lenient=False), of_kind)
            error.hint = error.hint or _understandable(question)
            raise error
    raise NotUnderstood(question, _nearest_examples(question))


def _nearest_examples(question: str) -> list[str]:
    return nearest(question, EXAMPLES, limit=3, score=0)


def _understandable(question: str) -> str:
    return f"questions it does understand: {'; '.join(_nearest_examples(question))}"


def _telling(words: Wording, errors: list[Any]) -> TheorygraphError:
    """Of the complaints of one kind the last, or one before it that can name what is near."""
    told: list[TheorygraphError] = []
    for error in reversed(errors[-_TOLD:]):
        full = words.told(error) if isinstance(error, Unnamed) else error
        if getattr(full, "nearest", True):
            return full
        told.append(full)
    return told[0]


def _respelt(text: str) -> Iterator[tuple[str, list[str]]]:
    """The question with words that are a slip away from one of the grammar: all, then each."""
    meant: dict[str, list[str]] = {}
    for word in dict.fromkeys(re.findall(r"[a-z]{4,}", text)):
        near = [] if word in GRAMMAR_WORDS else [one for one in GRAMMAR_WORDS if slip(word, one)]
        if near:
            near.sort(key=lambda one: (sorted(one) != sorted(word), -len(one), one))
            meant[word] = near[:3]
    together = islice(product(*meant.values()), _RESPELT) if meant else ()
    for chosen in (
        *(dict(zip(meant, words, strict=True)) for words in together),
        *({word: one} for word, near in meant.items() for one in near),
    ):
        respelt = text
        for word, other in chosen.items():
            respelt = re.sub(rf"\b{word}\b", other, respelt)
        yield respelt, [f"{word} → {other}" for word, other in chosen.items()]
