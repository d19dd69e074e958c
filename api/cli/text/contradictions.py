"""Contradictions as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say
from graph.answers import Contradiction, Page


def contradictions_text(page: Page[Contradiction]) -> None:
    """Each contradiction with its sides, and the difference that sets them apart."""
    if not page.items:
        say("no contradiction fits")
    for place, item in enumerate(page.items):
        if place:
            say()
        role = f" as {item.about.role}" if item.about.role else ""
        say(f"{item.about.name}{role}: {item.kind} disagree  [{item.id}]", "bold")
        for side in item.sides:
            rest = f" and {side.n - len(side.records)} more" if side.n > len(side.records) else ""
            sources = number(side.source_count, "work")
            say(f"  {side.stance}: {side.n}, from {sources}: {', '.join(side.records)}{rest}")
            for source in side.sources:
                field("source", f"{source.cited} [{source.id}]", 4)
        for moderator in item.moderators:
            what = " and ".join(f"{part.dimension} {part.name}" for part in moderator.features)
            counts = "; ".join(
                f"{share.having} of {share.of} {share.stance}" for share in moderator.shares
            )
            say(f"  goes with {moderator.goes_with}: {what} ({counts})")
        for note in item.notes:
            say(f"  Note: {note}", "italic")
    more(page.next)
