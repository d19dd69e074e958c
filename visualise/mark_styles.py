"""The style sheet of marks, made from the one table of their signs."""

from __future__ import annotations

from collections.abc import Iterator

from graph.answers.marks import Word
from graph.answers.signs import EVIDENCE, WORDS, Sign, class_of
from graph.answers.weight import EvidenceState


def looks() -> Iterator[tuple[EvidenceState | Word, Sign]]:
    """Every mark with its look: of evidence first, then of the review."""
    yield from EVIDENCE.items()
    yield from WORDS.items()


def style_of_marks(*, dark: bool) -> str:
    """A rule for each mark: its colours and its edge.

    Args:
        dark: whether a page on dark ground has darker fills; figures keep those for paper.
    """
    rules = [
        f".{class_of(mark)} {{ background: {look.fill}; border-color: {look.border}; "
        f"border-style: {look.edge}; }}"
        for mark, look in looks()
    ]
    if dark:
        rules.append("@media (prefers-color-scheme: dark) {")
        rules += [f"  .{class_of(mark)} {{ background: {look.dark}; }}" for mark, look in looks()]
        rules.append("}")
    return "\n".join(rules) + "\n"
