"""Why a question is refused, and the nearest ones that are answered."""

from __future__ import annotations

import re
from itertools import islice

from graph.errors import Ambiguous, NotFound, NotUnderstood, TheorygraphError, UnknownValue
from graph.questions.asking.grammar import Match, bare, marks_of, matches, narrowing, refused, taken, words
from graph.questions.asking.offers import examples, fill, sample
from graph.questions.asking.phrases import INSTEAD, SLOTS
from graph.questions.asking.reading import Reader, unknown_words
from graph.questions.asking.wording import Marked, marked, nearly, partly
from graph.answers import Asked

_OFFERED = 4
_LOOKED_AT = 40
"""Words of a question that are looked at for what is meant; longer ones are only refused."""
_THINGS = SLOTS["thing"]
_VOCABULARIES = ("level", "perspective")


def refusal(reader: Reader, question: str) -> TheorygraphError:
    """The error for a question that was not understood; it carries questions that are."""
    asked = words(question)[:_LOOKED_AT]
    one = next(iter(marked(reader.known, asked, lenient=True)), Marked("", ()))
    error, offered = _reason(reader, question, one)
    close = [*offered, *_near(reader, question, one)]
    error.questions = [
        text for text in dict.fromkeys(close) if Reader(reader.store).read(words(text)) is not None
    ][:_OFFERED]
    if error.questions:
        told = f"questions it does understand: {'; '.join(error.questions)}"
        error.hint = f"{error.hint}; {told}" if error.hint else told
    return error


def _reason(reader: Reader, question: str, one: Marked) -> tuple[TheorygraphError, list[str]]:
    for kind in (Ambiguous, UnknownValue):
        found = [error for error in reader.complaints if isinstance(error, kind)]
        if found:
            return found[-1], _narrowed_down(found[-1], question)
    texts = [*bare(one.text)]
    missing = _unknown_term(reader, one, texts)
    if missing is not None:
        return missing, []
    unnamed = _unnamed(reader, one, texts)
    if unnamed is not None and unnamed[1]:
        return unnamed
    for text in texts:
        marks = marks_of(text)
        for reason, pattern in refused():
            if pattern.whole(text, marks):
                return NotUnderstood(question, reason), _each(one)
    if unnamed is not None:
        return unnamed
    if reader.complaints:
        return reader.complaints[-1], []
    if reader.reasons:
        return NotUnderstood(question, reader.reasons[0]), []
    strange = unknown_words(reader.known, words(question))
    reason = None
    if strange:
        told = ", ".join(f"“{word}”" for word in strange[:6])
        reason = f"no question and no name in the loaded reviews has the words {told}"
    return NotUnderstood(question, reason), []


def _unknown_term(reader: Reader, one: Marked, texts: list[str]) -> TheorygraphError | None:
    """A level, perspective or review that nobody knows, in a question that fits without it."""
    for text in texts:
        marks = marks_of(text)
        for name, pattern in narrowing(loose=True):
            if name not in ("level", "perspective", "review"):
                continue
            for match in pattern.within(text, marks):
                found = taken(match, pattern.says)
                frame = {"level": "level", "perspective": "perspective", "review": "review"}[name]
                if found is None or name not in found[0] or frame not in match[0].split():
                    continue
                rest = text[: match.start()] + text[match.end() :]
                if rest == text or not any(True for _ in matches(rest)):
                    continue
                word = one.plain(found[0][name])
                if name == "review":
                    near = nearly(reader.known, word, ("review",), 3)
                    return NotFound("review", word, near or _ids(reader, "review"))
                return UnknownValue(name, word, _local(_ids(reader, name)))
    return None


def _ids(reader: Reader, kind: str) -> list[str]:
    return sorted({id_ for found in reader.known.exact.values() for id_ in found.get(kind, {})})


def _local(ids: list[str]) -> list[str]:
    return sorted({id_.partition(":")[2] for id_ in ids})


def _unnamed(
    reader: Reader, one: Marked, texts: list[str]
) -> tuple[TheorygraphError, list[str]] | None:
    """A name that no record bears, where a form has a place for one; and names that are near."""
    for text in texts:
        best: tuple[int, Match, str] | None = None
        for match in matches(text, loose=True):
            if match.asks in (Asked.FACTS, Asked.BOXES, Asked.SAID):
                continue
            missing = [slot for slot, said in match.slots.items() if slot in SLOTS and not _fits(said, slot)]
            if len(missing) == 1:
                size = len(match.slots[missing[0]].split())
                if best is None or size < best[0]:
                    best = (size, match, missing[0])
        if best is None:
            continue
        _, match, slot = best
        word = one.plain(match.slots[slot])
        if match.asks is Asked.RECORD and len(words(word)) > 3 and not partly(reader.known, word, SLOTS[slot]):
            continue
        kinds = SLOTS[slot]
        held = partly(reader.known, word, kinds)
        near = held or nearly(reader.known, word, kinds, 3)
        error = NotFound(_told(kinds), word, list(near)[:6])
        offered = [text.replace(match.slots[slot], name, 1) for name in near.values()]
        return error, [one.plain(text) for text in offered[:_OFFERED]]
    return None


def _fits(said: str, slot: str) -> bool:
    letters = re.fullmatch(r"<([a-z]+)\d+>", said)
    from graph.questions.asking.grammar import KINDS

    return letters is not None and any(KINDS[kind] in letters[1] for kind in SLOTS[slot])


def _told(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _narrowed_down(error: TheorygraphError, question: str) -> list[str]:
    """The question again, with each of the records that a name stands for."""
    if not isinstance(error, Ambiguous):
        return []
    called = re.compile(r"[\W_]+".join(map(re.escape, error.name.split())), re.IGNORECASE)
    return [called.sub(id_, question, count=1) for id_ in error.candidates[:_OFFERED]]


def _each(one: Marked) -> list[str]:
    """Each thing that a question names, asked about by itself."""
    return [
        f"evidence for {mark.text}"
        for mark in one.marks
        if any(kind in mark.found for kind in _THINGS)
    ]


def _near(reader: Reader, question: str, one: Marked) -> list[str]:
    """Examples that are most like a question, about what it names if it names anything."""
    from rapidfuzz import fuzz, process

    named = {
        slot: mark.text
        for mark in one.marks
        for slot, kinds in SLOTS.items()
        if any(kind in mark.found for kind in kinds)
    }
    owners = {
        id_.partition(":")[0] for mark in one.marks for ids in mark.found.values() for id_ in ids
    }
    about = sample(reader.store, owners.pop()) if len(owners) == 1 else {}
    asked: list[str] = []
    for pattern, _ in INSTEAD:
        filled = fill(pattern, {**about, **named}) if about else None
        if filled is not None:
            asked.append(filled)
    asked += [text for text, _ in examples(reader.store)]
    found = process.extract(question, asked, scorer=fuzz.token_set_ratio, limit=3 * _OFFERED)
    return [text for text, _, _ in found]
