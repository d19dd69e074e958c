"""Findings as text."""

from __future__ import annotations

from collections.abc import Sequence

from api.cli.console import field, say
from graph.answers import FindingView


def findings_text(items: Sequence[FindingView] | None, title: str = "Findings about it") -> None:
    """Findings below what they are about; nothing where there is none."""
    if items:
        say(f"  {title}:")
    for item in items or ():
        finding_text(item, 4)


def finding_text(item: FindingView, indent: int = 0) -> None:
    """One finding."""
    pad = " " * indent
    say(f"{pad}{item.name} ({item.kind})  [{item.id}]", "bold")
    say(f"{pad}  {item.statement}")
    within = indent + 2
    field("about", [f"{target.name} [{target.id}]" for target in item.about], within)
    field("levels", item.levels, within)
    field("perspectives", item.perspectives, within)
    field("kinds of source", item.kinds, within)
    field("missing", item.absence, within)
    field("addressed to", item.audience, within)
    field("said by", [f"{source.citation} [{source.id}]" for source in item.said_by], within)
    field("searched in", item.searched, within)
    field("where", item.locator, within)
