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
            number = "?" if step.number is None else str(step.number)
            note = "" if step.given == "stated" else f"  ({step.given})"
            say(f"  {sign} {number:>7}  {step.name}{note}")
    say()
    broken = [equation for equation in report.equations if not equation.holds]
    say(report.verdict, "green" if report.equations and report.adds_up else "bold")
    for equation in broken:
        say(f"DOES NOT ADD UP  {equation.name}: {equation.text}", "red")
        for mend in equation.mended_by:
            say(f"  would add up with {mend}")
    for implied in report.implied:
        say(f"Not stated, computed: {implied.name}: {implied.n}  ({implied.text})")
    for name in report.unchecked:
        say(f"Stated, not checkable: {name}")
