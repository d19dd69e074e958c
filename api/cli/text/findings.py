"""Findings as text."""

from __future__ import annotations

from collections.abc import Sequence

from api.cli.console import field, say, told
from graph.answers import FindingView
from graph.answers.labels import label


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
    field(label("about"), [f"{target.name} [{target.id}]" for target in item.about], within)
    told(item, "levels", "perspectives", "kinds", "absence", "audience", indent=within)
    field(label("said_by"), [f"{source.cited} [{source.id}]" for source in item.said_by], within)
    told(item, "searched", "locator", indent=within)
