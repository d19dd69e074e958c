"""The answer to a question in words, as text."""

from __future__ import annotations

from api.cli.console import say
from api.cli.text.evidence import evidence_text
from api.cli.text.gaps import gaps_text
from api.cli.text.mechanisms import unsupported_text
from graph.answers import AskAnswer


def ask_text(answer: AskAnswer) -> None:
    """The answer to a question in words."""
    say(f"Understood as: {answer.understood}", "italic")
    say()
    if answer.evidence is not None:
        evidence_text(answer.evidence)
    if answer.mechanisms is not None:
        unsupported_text(answer.mechanisms)
    if answer.gaps is not None:
        gaps_text(answer.gaps)
