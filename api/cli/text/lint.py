"""Complaints and rules of lint, as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say
from graph.answers import Complaint, LintAnswer, LintRules


def lint_text(answer: LintAnswer) -> None:
    """Each complaint with what it rests on, then how many there are."""
    for item in answer.items:
        say(f"{item.rule}: {item.name}  [{item.record}]", "bold")
        say(f"  {item.message}")
        if item.rule in ("quote-for-many-claims", "mechanism-without-response", "near-duplicates"):
            field("found", "; ".join(f"“{text}”" for text in item.found))
        _related(item)
        if item.silenced:
            by = f" ({item.declared_by})" if item.declared_by else ""
            say(f"  silenced: {item.because}{by}", "dim")
    if answer.items:
        say()
    say(f"{number(answer.complaints, 'complaint')}, {answer.silenced} silenced")
    for count in answer.rules:
        if count.complaints:
            say(f"  {count.complaints:>5} {count.rule}")
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)


def _related(item: Complaint) -> None:
    for record in item.related:
        shown = f": {record.text}" if record.text and record.text != record.name else ""
        say(f"    {record.kind} {record.name} [{record.id}]{shown}")


def rules_text(told: LintRules) -> None:
    """Each rule with its reason, an example, and how to silence it."""
    for place, rule in enumerate(told.items):
        if place:
            say()
        say(rule.id, "bold")
        say(f"  {rule.complains_of}")
        field("reason", rule.reason)
        field("example", rule.example)
        field("silence", rule.silence)
