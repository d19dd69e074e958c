"""How marks look and what they mean: one table for pages, figures, maps, reports, text and legends.

No two signs are alike, so that a state is told without colour; the word is always there as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.answers.marks import Mark, Reach, Word
from graph.answers.weight import EvidenceState


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign with what it means, and its colours on light and on dark ground."""

    sign: str
    means: str
    fill: str
    border: str
    dark: str
    edge: Literal["solid", "dashed", "dotted", "double"] = "solid"


_ABSENT = ("#fbe3d6", "#9a4300", "#4b2a17")
_LITTLE = ("#f4efdc", "#655000", "#3a3317")
_HELD = ("#e6e9f5", "#3d4a86", "#262c4d")
_SILENT = ("#f2f3f5", "#4c5661", "#262c33")

EVIDENCE: dict[EvidenceState, Sign] = {
    EvidenceState.SUPPORTED: Sign(
        "✓", "an empirical work supports or refines it", "#d3e9f8", "#00578a", "#12395a"
    ),
    EvidenceState.MIXED: Sign(
        "±", "empirical works for it and against it", "#fdeccb", "#7a5300", "#46350f", "double"
    ),
    EvidenceState.CHALLENGED: Sign(
        "✗", "empirical works against it, none for it", "#f7dbe8", "#882255", "#4a1c33"
    ),
    EvidenceState.STAKEHOLDERS_ONLY: Sign(
        "◌", "interviews or consultations only", *_LITTLE, "dotted"
    ),
    EvidenceState.NONE_ENTERED: Sign("–", "no evidence that counts is entered", *_SILENT, "dashed"),
}
"""What evidence is entered."""

WORDS: dict[Word, Sign] = {
    Word.SEARCHED_NONE: Sign(
        "∅",
        "a search looked exactly there, and no evidence that counts is entered",
        *_ABSENT,
        "dashed",
    ),
    Word.STATED_ABSENT: Sign("⊘", "the review states that there is none", *_ABSENT),
    Word.STATED_SCARCE: Sign("◔", "the review states that there is little", *_LITTLE),
    Word.STATED_UNCLEAR: Sign("?", "the review leaves a question open", *_LITTLE, "dashed"),
    Word.GAP_STATED: Sign(
        "◇",
        "the review names a gap, not saying if there is none or little",
        *_LITTLE,
        "dotted",
    ),
    Word.NOT_ENTERED: Sign(
        "(✓)", "the review states support; its evidence is not in the graph", *_HELD
    ),
    Word.INCORPORATED: Sign("↳", "the review made it part of others", *_HELD, "dashed"),
    Word.NOT_BY_THIS_SEARCH: Sign(
        "⊗", "the search that looked cannot find this kind of source", *_SILENT, "double"
    ),
    Word.NOT_ATTRIBUTED: Sign(
        "◑", "a synthesis reports on it, not saying which of its studies do", *_HELD, "dotted"
    ),
    Word.OUTCOME_OPEN: Sign("⊙", "a search looked there; what it found is not on record", *_SILENT),
    Word.SEARCH_ON_RECORD: Sign(
        "⊝",
        "a search looked for more or for less; no record says that it covered exactly this",
        *_SILENT,
        "dashed",
    ),
    Word.NOBODY_LOOKED: Sign("○", "no record says that anybody looked there", *_SILENT, "dotted"),
}
"""What the review says."""

FROM = {Reach.ROW: "←", Reach.COLUMN: "↑"}
"""In a cell: the mark is that of its row or column as a whole."""
PART = "⊂"
"""The mark is about a part of its cell, row or column only."""
REPEATED = (
    f"{FROM[Reach.ROW]} said of the row as a whole, {FROM[Reach.COLUMN]} of the column as a whole, "
    f"{PART} of a part only, which is named; each is counted once."
)
NO_MARK = "no mark beside the evidence"
"""Said where a review says no more than its evidence does."""
TWO_MARKS = (
    "A cell has two marks: what evidence is entered, and what the review says of it. Neither "
    "overrides the other."
)


def signed(mark: Mark, *, in_cell: bool = True) -> str:
    """The sign of a mark, with where it comes from."""
    part = PART if mark.part else ""
    return f"{FROM.get(mark.reach, '') if in_cell else ''}{part}{WORDS[mark.word].sign}"


def class_of(state: EvidenceState | Word) -> str:
    """The class that style sheets know a state or a word by."""
    kind = "state" if isinstance(state, EvidenceState) else "word"
    return f"{kind}-{state.name.lower().replace('_', '-')}"
