"""Search flows as text."""

from __future__ import annotations

from api.cli.console import field, say, told
from graph.answers import FlowReport
from graph.answers.labels import label
from graph.model import StepKind


def flow_text(report: FlowReport) -> None:
    """A search flow with its equations."""
    say(f"{report.title}  [{report.review}]", "bold")
    for stage in report.stages:
        say()
        say(f"{stage.name}  [{stage.id}]", "bold")
        told(stage, "databases", "handsearched")
        field(label("looked_for"), [one.name for one in stage.looked_for])
        told(stage, "levels", "perspectives", "kinds", "note")
        track = None
        for step in stage.steps:
            if step.track != track and step.track != "main":
                say(f"  {step.track}", "underline")
            track = step.track
            sign = {StepKind.ENTRANCE: "+", StepKind.EXIT: "-", StepKind.TOTAL: "="}[step.kind]
            number = str(step.n) if step.n is not None else "?"
            note = ""
            if step.n is None and step.computed is not None:
                number = str(step.computed)
                note = f"  (taken over from {step.takes})" if step.takes else "  (computed)"
            say(f"  {sign} {number:>7}  {step.name}{note}")
    say()
    broken = [equation for equation in report.equations if not equation.holds]
    if not report.equations:
        say("There is no sum to check.")
    elif report.adds_up:
        say(f"All {len(report.equations)} equations hold.", "green")
    for equation in broken:
        say(f"DOES NOT ADD UP  {equation.name}: {equation.text}", "red")
        for mend in equation.mended_by:
            say(f"  would add up with {mend}")
    for implied in report.implied:
        say(f"Not stated, computed: {implied.name}: {implied.n}  ({implied.text})")
    for name in report.unchecked:
        say(f"Stated, not checkable: {name}")
