"""The answer to a question in words, as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say
from api.cli.text.chains import chains_text
from api.cli.text.compare import compare_text
from api.cli.text.contradictions import contradictions_text
from api.cli.text.evidence import evidence_text
from api.cli.text.flow import flow_text
from api.cli.text.gaps import gaps_text
from api.cli.text.mechanisms import mechanism_text, unsupported_text
from api.cli.text.sensitivity import sensitivity_text
from graph.answers import AskAnswer, MechanismView, Page


def ask_text(answer: AskAnswer) -> None:
    """How the question was understood, then its answer."""
    say(f"Understood as: {answer.understood}", "italic")
    field("read", answer.reading.corrections, 0)
    say()
    if answer.evidence is not None:
        evidence_text(answer.evidence)
    if answer.mechanisms is not None:
        if answer.reading.filters["support"] == "none":
            unsupported_text(answer.mechanisms)
        else:
            _mechanisms(answer.mechanisms)
    if answer.gaps is not None:
        gaps_text(answer.gaps)
    if answer.chains is not None:
        chains_text(answer.chains)
    if answer.contradictions is not None:
        contradictions_text(answer.contradictions)
    if answer.comparison is not None:
        compare_text(answer.comparison)
    if answer.sensitivity is not None:
        sensitivity_text(answer.sensitivity)
    if answer.flow is not None:
        flow_text(answer.flow)


def _mechanisms(page: Page[MechanismView]) -> None:
    say(number(len(page.items), "mechanism"), "bold")
    for item in page.items:
        say()
        mechanism_text(item)
    more(page.next)
