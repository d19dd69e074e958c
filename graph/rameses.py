"""The 19 items of the RAMESES publication standard for realist syntheses, in own words.

After Wong et al., RAMESES publication standards: realist syntheses, BMC Med 2013;11:21.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the standard."""

    number: int
    part: str
    asks: str


ITEMS = (
    Item(1, "Title", "The title says that this is a realist synthesis or review."),
    Item(2, "Abstract", "A summary with background, question, methods, findings."),
    Item(3, "Introduction", "Why the review is needed, and what it adds."),
    Item(4, "Introduction", "Objectives, questions and focus of the review."),
    Item(5, "Methods", "What was changed after the start, and why."),
    Item(6, "Methods", "Why a realist synthesis was the right choice."),
    Item(7, "Methods", "How the literature was scoped at first."),
    Item(8, "Methods", "Where and when was searched, for what, how often."),
    Item(9, "Methods", "How documents were selected and appraised."),
    Item(10, "Methods", "What was extracted, how, and by whom."),
    Item(11, "Methods", "How the material was analysed and synthesised."),
    Item(12, "Results", "A diagram of documents found, excluded and included."),
    Item(13, "Results", "Characteristics of the documents."),
    Item(14, "Results", "Main findings, as theory building and testing."),
    Item(15, "Discussion", "A summary of the findings."),
    Item(16, "Discussion", "Strengths and limitations, and what should be researched."),
    Item(17, "Discussion", "Comparison with existing literature and theory."),
    Item(18, "Discussion", "Conclusions, implications and recommendations."),
    Item(
        19,
        "Discussion",
        "Who funded the review, what part they had, and conflicts of interest.",
    ),
)
"""In the order of their numbers, from 1."""


def item(number: int) -> Item:
    """An item by its number, from 1."""
    return ITEMS[number - 1]
