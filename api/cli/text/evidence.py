"""Evidence as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say
from api.cli.text.findings import findings_text
from graph.answers import EvidenceAnswer, EvidenceView, MechanismView, Weight


def mechanism_head(item: MechanismView) -> None:
    """A mechanism by its name, with its support."""
    say(f"{item.name}  [{item.id}]", "bold")
    stated = f"; the review states: {item.stated}" if item.stated else ""
    say(f"  support, computed from the evidence: {item.support}{stated}")


def weight_lines(weight: Weight, indent: int = 2) -> None:
    """How much evidence there is, and what of it does not count, source by source."""
    field("evidence", weight.text, indent)
    for one in weight.apart:
        because = one.source.excluded_because or "no reason stated"
        said = f"{one.source.citation} [{one.source.id}], excluded: {because}"
        field("not counted", said, indent)


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
    field("statement", item.statement, indent + 2)
    field("quote", item.quote, indent + 2)
    field("where", item.locator, indent + 2)
    field("source", f"{item.source.citation} ({item.source.kind}) [{item.source.id}]", indent + 2)
    if not item.source.counts:
        because = item.source.excluded_because or "no reason stated"
        field("not counted", f"the review excluded this source: {because}", indent + 2)
    field("extent", item.extent, indent + 2)
    field("perspective", item.perspective, indent + 2)
    field("setting", item.setting, indent + 2)
    appraised = [
        f"{name} {value}"
        for name, value in (
            ("relevance", item.relevance),
            ("rigour", item.rigour),
            ("richness", item.richness),
        )
        if value
    ]
    field("appraisal", appraised, indent + 2)
    field("coder", item.coder, indent + 2)
    field("note", item.note, indent + 2)
