"""Which word of the review a place bears: one table, for every door and for the documentation.

A place is a mechanism or concept, a column, a cell where both meet, or a configuration. What is
entered as evidence is told beside it and overrides no word; what a word rests on is a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.answers.marks import Word


class Says(StrEnum):
    """What a record says of a place."""

    ABSENT = "a finding: gap, absent; or a history row: no evidence"
    SCARCE = "a finding: gap, scarce"
    UNCLEAR = "a finding: gap, unclear"
    GAP = "a finding: gap, `absence` empty"
    SEARCHED_GAP = "a finding: gap, `absence` empty, `searched` filled"
    SUPPORTED = "a history row: supported"
    INCORPORATED = "a history row: incorporated"
    SEARCHED = "only that a search looked: the scope of a stage, or a history row with a stage"
    ELSEWHERE = "a search looked, among other kinds of source"
    COLLECTIVE = "a synthesis reports, not saying which of its studies do"
    OPEN = "a search looked for its row or column as a whole, or for a part of it"
    NOTHING = "nothing: no record says anything of it, and no search looked for its row or column"


UNSETTLING = frozenset(
    {
        Says.SCARCE,
        Says.UNCLEAR,
        Says.GAP,
        Says.SEARCHED_GAP,
        Says.SUPPORTED,
        Says.INCORPORATED,
    }
)
"""What a review may say of a row or column as a whole so that a search within it may have found
something that nobody entered."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table; ``None`` stands for either."""

    says: Says
    entered: bool | None
    """Whether evidence that it speaks of is entered there: support for `supported`, for a search
    what such a search can bring, for what is left any empirical evidence."""
    settled: bool | None
    """Whether an empty place means that nothing was found. It does not if no evidence of the review
    is entered at all, if evidence that does not say its place may belong there, or if the review
    states for the whole row or column that there is something, or leaves it open."""
    word: Word | None
    because: str


RULES = (
    Rule(Says.ABSENT, None, None, Word.STATED_ABSENT, "the review states it"),
    Rule(Says.SCARCE, None, None, Word.STATED_SCARCE, "rarely is not never"),
    Rule(Says.UNCLEAR, None, None, Word.STATED_UNCLEAR, "the review leaves it open"),
    Rule(Says.GAP, None, None, Word.GAP_STATED, "the review names a gap, not saying which"),
    Rule(
        Says.SEARCHED_GAP,
        False,
        True,
        Word.SEARCHED_NONE,
        "a search looked exactly there and nothing is entered",
    ),
    Rule(
        Says.SEARCHED_GAP,
        False,
        False,
        Word.GAP_STATED,
        "what the search found there is not on record",
    ),
    Rule(Says.SEARCHED_GAP, True, None, Word.GAP_STATED, "something was found, and a gap stated"),
    Rule(
        Says.SUPPORTED,
        False,
        None,
        Word.NOT_ENTERED,
        "the file is silent, the review is not",
    ),
    Rule(Says.SUPPORTED, True, None, None, "the evidence says it"),
    Rule(Says.INCORPORATED, None, None, Word.INCORPORATED, "the review states it"),
    Rule(
        Says.SEARCHED,
        False,
        True,
        Word.SEARCHED_NONE,
        "a search looked exactly there and nothing is entered",
    ),
    Rule(
        Says.SEARCHED,
        False,
        False,
        Word.OUTCOME_OPEN,
        "what the search found there is not on record",
    ),
    Rule(Says.SEARCHED, True, None, None, "the evidence says it"),
    Rule(
        Says.ELSEWHERE,
        False,
        None,
        Word.NOT_BY_THIS_SEARCH,
        "databases hold no interviews, and interviews no papers",
    ),
    Rule(Says.ELSEWHERE, True, None, None, "the evidence came in another way"),
    Rule(
        Says.COLLECTIVE,
        False,
        None,
        Word.NOT_ATTRIBUTED,
        "studies stand behind it, and nobody says which",
    ),
    Rule(Says.COLLECTIVE, True, None, None, "the evidence says it"),
    Rule(
        Says.OPEN,
        False,
        None,
        Word.SEARCH_ON_RECORD,
        "somebody looked, and whether exactly there nobody says",
    ),
    Rule(Says.OPEN, True, None, None, "the evidence says it"),
    Rule(Says.NOTHING, False, None, Word.NOBODY_LOOKED, "silence is no search"),
    Rule(Says.NOTHING, True, None, None, "the evidence says it"),
)
"""The decision table. For each thing that a record can say exactly one row fits."""


def word_for(says: Says, *, entered: bool, settled: bool = True) -> Word | None:
    """The word for a place of which a record says something; none if the evidence says it all."""
    return next(
        rule.word
        for rule in RULES
        if rule.says is says and rule.entered in (None, entered) and rule.settled in (None, settled)
    )
