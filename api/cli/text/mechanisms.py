"""Mechanisms as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say, told
from api.cli.text.evidence import evidence_item, mechanism_head, weight_lines
from api.cli.text.findings import findings_text
from api.cli.text.gaps import marks_text
from graph.answers import MechanismView, Page


def mechanism_text(item: MechanismView) -> None:
    """One mechanism."""
    mechanism_head(item)
    told(item, "number", "aliases", "description", "levels")
    weight_lines(item.weight)
    for entry in item.history:
        into = f" into {', '.join(name.name for name in entry.into)}" if entry.into else ""
        stage = f" ({entry.stage})" if entry.stage else ""
        only = f", {entry.only}" if entry.only else ""
        field("history", f"{entry.status}{into}{stage}{only} [{entry.id}]")
        told(entry, "note", indent=4)
    told(item, "disagreement", "locator", "note")
    if item.unsupported is not None:
        why = item.unsupported
        field("why", why.reason)
        marks_text(why.marks, 2)
        for search in why.searches:
            searched_on = f" {search.searched_on}" if search.searched_on else ""
            field("who looked", f"{search.name} [{search.stage}]{searched_on}")
            told(search, "databases", "handsearched", indent=4)
            field("numbers", [f"{name}: {n}" for name, n in search.totals.items()], 4)
        for piece in why.stakeholders:
            say("  stakeholders:")
            evidence_item(piece, 4)
    findings_text(item.findings)


def unsupported_text(page: Page[MechanismView]) -> None:
    """Mechanisms without empirical support."""
    say(f"{number(len(page.items), 'mechanism')} without empirical support", "bold")
    for item in page.items:
        say()
        mechanism_text(item)
    more(page.next)
