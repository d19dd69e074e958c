"""The sentences of marks: a word of the review, and what its records say."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answers import Basis, Mark, Reach, Word
from graph.answers.base import NO_REASON

_LEAD = {
    Word.SEARCHED_NONE: "Searched, and no empirical evidence is entered",
    Word.OUTCOME_OPEN: "Searched; whether anything was found is not on record",
    Word.NOT_BY_THIS_SEARCH: "The search looked among other kinds of source",
    Word.NOT_ATTRIBUTED: "A synthesis reports on it and does not say which of its studies do",
    Word.SEARCH_ON_RECORD: "No record says that this search covered exactly this",
    Word.NOBODY_LOOKED: "No record says that anybody looked here",
}


def of_cell(word: Word, bases: list[Basis]) -> Mark:
    """A mark of one cell."""
    return Mark(
        word=word,
        label=word.value,
        reach=Reach.CELL,
        text=sentence(word, bases),
        records=bases,
    )


def sentence(word: Word, bases: Sequence[Basis]) -> str:
    """A word in a sentence, with what its records say."""
    lead = _LEAD.get(word)
    said = "; ".join(_quoted(base, reason=word is Word.INCORPORATED) for base in bases)
    if word is Word.NOBODY_LOOKED and bases:
        return _ended(f"{lead}; what is on record of it: {said}")
    if lead is None:
        return _ended(said[:1].upper() + said[1:])
    return _ended(f"{lead}: {said}" if said else lead)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".”", "?”", "!”")) else f"{sentence}."


def _quoted(base: Basis, *, reason: bool = False) -> str:
    """What a record says, its own words in quotation marks; a reason is quoted or not stated."""
    if base.kind == "history":
        head = f"the review states: {base.says}"
        if reason:
            return f"{head}; reason: “{base.quote}”" if base.quote else f"{head}; {NO_REASON}"
        return f"{head}: “{base.quote}”" if base.quote else head
    if base.kind == "finding":
        return f"{base.says}: “{base.quote}”"
    return f"search: {base.says}" if base.kind == "stage" else base.says


def reason_of(marks: Sequence[Mark]) -> str:
    """Why there is no evidence, quoted from the records of marks, or that nobody says why.

    What is said of a part only is quoted with that.
    """
    quotes = dict.fromkeys(
        f"“{record.quote}”{f' ({mark.place})' if mark.part else ''} [{record.id}]"
        for mark in marks
        for record in mark.records
        if record.quote
    )
    return "; ".join(quotes) or NO_REASON
