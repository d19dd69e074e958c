"""Evidence as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say, told
from api.cli.text.findings import findings_text
from graph.answers import EvidenceAnswer, EvidenceView, MechanismView, Weight
from graph.answers.labels import label
from graph.model import QUALITIES


def mechanism_head(item: MechanismView) -> None:
    """A mechanism by its name, with its support."""
    say(f"{item.name}  [{item.id}]", "bold")
    stated = f"; {label('stated')}: {item.stated}" if item.stated else ""
    say(f"  {label('support')}: {item.support}{stated}")


def weight_lines(weight: Weight, indent: int = 2) -> None:
    """How much evidence there is, and what of it does not count, source by source."""
    field(label("weight"), weight.text, indent)
    for one in weight.apart:
        source = one.source
        why = f"{label('excluded_because')}: {source.why_excluded}"
        field("not counted", f"{source.citation} [{source.id}], {why}", indent)


def evidence_text(answer: EvidenceAnswer) -> None:
    """Evidence with its sources."""
    totals = answer.totals
    if answer.mechanism is not None:
        mechanism_head(answer.mechanism)
    if totals.evidence:
        say(f"{number(totals.evidence, 'piece')} of evidence: {totals.weight.text}")
    else:
        say("no evidence fits")
    for item in answer.items:
        say()
        evidence_item(item)
    if answer.findings:
        say()
        findings_text(answer.findings, "Findings about what was asked for")
    if answer.notes:
        say()
        for note in answer.notes:
            say(f"Note: {note}", "italic")
    more(answer.next)


def evidence_item(item: EvidenceView, indent: int = 0) -> None:
    """One piece of evidence."""
    pad = " " * indent
    levels = f" at level {', '.join(item.levels)}" if item.levels else ""
    role = f" as {item.about.role}" if item.about.role else ""
    say(f"{pad}{item.stance} {item.about.name}{role}{levels}  [{item.id}]", "bold")
    told(item, "statement", "quote", "locator", indent=indent + 2)
    field(
        label("source"),
        f"{item.source.citation} ({item.source.kind}) [{item.source.id}]",
        indent + 2,
    )
    field(label("excluded_because"), item.source.why_excluded, indent + 2)
    told(item, "extent", "perspective", "setting", indent=indent + 2)
    told(item, *QUALITIES, "coder", "note", indent=indent + 2)
