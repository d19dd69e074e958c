"""Why a question is refused, and the nearest ones that are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from graph.answers import Asked
from graph.errors import Ambiguous, NotFound, NotUnderstood, TheorygraphError, UnknownValue
from graph.questions.asking import phrases
from graph.questions.asking.grammar import (
    KINDS,
    Match,
    bare,
    marks_of,
    matches,
    narrowing,
    refused,
    taken,
    words,
)
from graph.questions.asking.offers import examples, fill, sample
from graph.questions.asking.phrases import JUDGED, OFFERED, SLOTS
from graph.questions.asking.reading import Reader, unknown_words
from graph.questions.asking.wording import Marked, marked, nearly, partly

_OFFERED = 4
_LOOKED_AT = 40
"""Words of a question that are looked at for what is meant; longer ones are only refused."""
_LEFT_OUT = 48
"""Shorter questions that are tried, for the words that stand in the way."""
_LONGEST_NAME = 8
_FRAMES = {
    "level": {"level", "levels"},
    "perspective": {"perspective", "perspectives", "viewpoint", "view", "views"},
    "review": {"review", "synthesis", "report", "study"},
}
"""Words by which an unknown name is told to be one of a level, a perspective or a review."""

_NAMES = {*SLOTS} - {"level", "perspective", "setting", "audience", "topic", "whose"}
"""Slots in which a name that nobody bears is told as one."""
_SMALL = phrases.LISTS["small"]
"""Words that are no name by themselves."""
_HANGING = phrases.LISTS["hanging"]
"""Words with which no question that is offered may end."""
_DENIALS = phrases.LISTS["denials"]
_VERBS = phrases.LISTS["verbs"]
"""Words that are hardly in what was meant as a name."""

Reason = tuple[TheorygraphError, list[str]]
"""An error, and questions that it gives rise to."""


def refusal(reader: Reader, question: str) -> TheorygraphError:
    """The error for a question that was not understood; it carries questions that are."""
    asked = words(question)[:_LOOKED_AT]
    one = next(iter(marked(reader.known, asked, lenient=True)), Marked("", ()))
    error, offered = next(_reasons(reader, question, asked, one))
    close = [*offered, *_near(reader, question, one)]
    error.questions = [
        text
        for text in dict.fromkeys(close)
        if words(text)[-1:] and words(text)[-1] not in _HANGING
        if Reader(reader.store).taken(words(text)) is not None
    ][:_OFFERED]
    if error.questions:
        told = f"questions it does understand: {'; '.join(error.questions)}"
        error.hint = f"{error.hint}; {told}" if error.hint else told
    return error


def _reasons(
    reader: Reader, question: str, asked: tuple[str, ...], one: Marked
) -> Iterator[Reason]:
    """What stands in the way, the most telling first."""
    if reader.denied:
        yield NotUnderstood(question, reader.denied), _each(one)
    for kind in (Ambiguous, UnknownValue, NotFound):
        for error in reader.complaints[::-1]:
            if isinstance(error, kind):
                yield error, _narrowed_down(error, question)
    texts = [*bare(one.text)]
    yield from _unknown_terms(reader, one, texts)
    missing = [*_unnamed(reader, one, texts)]
    yield from (found for found in missing if found[1])
    plain = f"{' '.join(asked)} "  # a word that tells why may be a name too
    yield from _refused(question, one, [*texts, plain], by_half=False)
    yield from missing
    yield from _refused(question, one, texts, by_half=True)
    if reader.reasons:
        yield NotUnderstood(question, reader.reasons[0]), []
    for left_out, rest in _without(reader, asked, one):
        yield NotUnderstood(question, f"it would be understood without “{left_out}”"), [rest]
    strange = ", ".join(f"“{word}”" for word in unknown_words(reader.known, asked)[:6])
    told = f"no question and no name in the loaded reviews has the words {strange}"
    yield NotUnderstood(question, told if strange else None), []


def _refused(question: str, one: Marked, texts: list[str], *, by_half: bool) -> Iterator[Reason]:
    for text in texts:
        marks = marks_of(text)
        for reason, pattern in refused(by_half=by_half):
            if pattern.whole(text, marks):
                about = ["which mechanism has the most evidence"] if reason == JUDGED else []
                yield NotUnderstood(question, reason), [*_each(one), *about]


def _unknown_terms(reader: Reader, one: Marked, texts: list[str]) -> Iterator[Reason]:
    """A level, perspective or review that nobody knows, in a question that fits without it."""
    for text in texts:
        marks = marks_of(text)
        for name, pattern in narrowing(loose=True):
            for match in pattern.within(text, marks) if name in _FRAMES else ():
                found = taken(match, pattern.says)
                said = (found or ({}, {}))[0].get(name, "")
                framed = not _FRAMES[name].isdisjoint(match[0].split())
                rest = text[: match.start()] + text[match.end() :]
                if not (framed and _nameless(said) and any(True for _ in matches(rest))):
                    continue
                word = one.plain(said)
                if name == "review":
                    near = nearly(reader.known, word, ("review",), 3) or _ids(reader, "review")
                    yield NotFound("review", word, near), []
                else:
                    yield UnknownValue(name, word, _local(_ids(reader, name))), []


def _nameless(said: str) -> bool:
    """Whether words of a place for a name can be a name that nobody bears."""
    parts = said.split()
    return (
        0 < len(parts) <= _LONGEST_NAME
        and "<" not in said
        and not _SMALL.issuperset(parts)
        and parts[-1] not in _DENIALS
        and _VERBS.isdisjoint(parts)
    )


def _ids(reader: Reader, kind: str) -> list[str]:
    return sorted({id_ for found in reader.known.exact.values() for id_ in found.get(kind, {})})


def _local(ids: list[str]) -> list[str]:
    return sorted({id_.partition(":")[2] for id_ in ids})


def _unnamed(reader: Reader, one: Marked, texts: list[str]) -> Iterator[Reason]:
    """A name that no record bears, where a form has a place for one, and records that are near."""
    best: dict[str, tuple[tuple[int, bool], Match, str]] = {}
    for text in texts:
        wider = ((match, True) for match in matches(text, loose=True, frames=True))
        for match, frame in chain(((m, False) for m in matches(text, loose=True)), wider):
            missing = [slot for slot, said in match.slots.items() if not _fits(said, slot)]
            if len(missing) == 1 and missing[0] in _NAMES and _nameless(match.slots[missing[0]]):
                said = match.slots[missing[0]]
                held = partly(reader.known, one.plain(said), SLOTS[missing[0]])
                if frame and not held:
                    continue  # a frame has room for much that is no name
                rank = len(said.split()), not held  # of names as long, one that is part of another
                if text not in best or rank < best[text][0]:
                    best[text] = rank, match, missing[0]
    for text, (_, match, slot) in best.items():
        said = match.slots[slot]
        word, kinds = one.plain(said), SLOTS[slot]
        held = partly(reader.known, word, kinds)
        if match.asks is Asked.RECORD and not held:
            continue
        near = held or nearly(reader.known, word, kinds, 3)
        offered = [one.plain(text.replace(said, name, 1)) for name in near.values()]
        called = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
        yield NotFound(called, word, [*near][:6]), offered[:_OFFERED] if held else []


def _fits(said: str, slot: str) -> bool:
    if slot not in SLOTS:
        return True
    letters = re.fullmatch(r"<([a-z]+)\d+>", said)
    return letters is not None and any(KINDS[kind] in letters[1] for kind in SLOTS[slot])


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
        if any(kind in mark.found for kind in SLOTS["thing"])
    ]


def _without(reader: Reader, asked: tuple[str, ...], one: Marked) -> Iterator[tuple[str, str]]:
    """A run of words without which the question is understood, the shortest first."""
    names = {word for mark in one.marks for word in mark.text.split()}
    runs = (
        (begin, begin + size)
        for size in range(1, 6)
        for begin in range(len(asked) - size + 1)
        if size < len(asked) and names.isdisjoint(asked[begin : begin + size])
    )
    for begin, end in islice(runs, _LEFT_OUT):
        rest = (*asked[:begin], *asked[end:])
        if Reader(reader.store).taken(rest) is not None:
            yield " ".join(asked[begin:end]), " ".join(rest)


def _near(reader: Reader, question: str, one: Marked) -> list[str]:
    """Examples that are most like a question, about what it names if it names anything."""
    from rapidfuzz import fuzz, process  # only where a question is refused: it takes a while

    named = {
        slot: min(mark.found[kind].values()).lower() if kind in _FRAMES else mark.text
        for mark in one.marks
        for slot in ("thing", "mechanism", "start", "source", "review", "level", "perspective")
        for kind in SLOTS[slot]
        if kind in mark.found
    }
    held = {id_ for mark in one.marks for ids in mark.found.values() for id_ in ids}
    owners = {id_.partition(":")[0] for id_ in held} & {*_ids(reader, "review")}
    about = sample(reader.store, owners.pop()) if len(owners) == 1 else {}
    asked = [text for text, _ in examples(reader.store)]
    asked += [filled for pattern, _ in OFFERED if (filled := fill(pattern, {**about, **named}))]
    found = process.extract(question, asked, scorer=fuzz.token_set_ratio, limit=3 * _OFFERED)
    return [text for text, _, _ in found]
