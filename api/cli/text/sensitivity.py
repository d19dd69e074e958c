"""What rests on what, as text."""

from __future__ import annotations

from api.cli.console import field, more, say
from graph.answers import AgreementAnswer, SensitivityAnswer
from graph.answers.weight import described
from graph.model import SourceKind


def sensitivity_text(answer: SensitivityAnswer) -> None:
    """Each mechanism before and after."""
    if answer.filter:
        say(
            "Counted: "
            + ", ".join(f"{name.replace('_', ' ')} {one}" for name, one in answer.filter.items()),
            "italic",
        )
    if not answer.items:
        say("no mechanisms")
    for item in answer.items:
        say(f"{item.name}: {item.verdict}  [{item.id}]", "bold")
        say(f"  before: {item.before.state} ({item.before.text})")
        if item.after != item.before:
            say(f"  after:  {item.after.state} ({item.after.text})")
        if item.rests_on is not None:
            source = item.rests_on
            what = described([source]) if source.kind is SourceKind.SYNTHESIS else "one work"
            say(f"  rests on {what}: {source.cited} [{source.id}]")
        for source in item.lost:
            field("no longer counts", f"{source.cited} [{source.id}]")
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)


def agreement_text(answer: AgreementAnswer) -> None:
    """Each pair of appraisers, then what is not settled."""
    for pair in answer.pairs:
        kappa = "not defined" if pair.kappa is None else f"{pair.kappa:.2f}"
        say(f"{pair.review}, {pair.quality}: {pair.one} and {pair.other}", "bold")
        say(f"  Cohen's kappa {kappa}; alike on {pair.same} of {pair.both} graded by both")
    if answer.items:
        say("Not settled", "bold")
    for item in answer.items:
        grades = ", ".join(f"{given.appraiser} {given.grade}" for given in item.grades)
        say(f"  {item.evidence}, {item.quality}: {grades}")
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)
