"""The tables of contradictions: how much is on each side, and what goes with it."""

from __future__ import annotations

from exports.report.evidence_tables import by_sort
from exports.report.gathered import Gathered
from exports.report.shape import Section, joined, table
from graph.answers import Contradiction, Side, Sort
from graph.answers.contradictions import rests_told


def contradictions(held: Gathered) -> Section:
    """Works for and against one thing, and configurations with opposed outcomes."""

    def goes_with(one: Contradiction) -> str | None:
        told = []
        for moderator in one.moderators:
            parts = [f"{part.dimension} {part.name}" for part in moderator.features]
            told.append(
                f"{moderator.goes_with}: {' and '.join(parts)} ({rests_told(moderator, one.kind)})"
            )
        return joined(told, "\n")

    def named(one: Contradiction) -> str:
        return f"{one.about.name} ({one.about.role or one.about.kind})"

    def records(one: Contradiction) -> list[str]:
        return [record.id for side in one.sides for record in side.records]

    def side_of(side: Side) -> str:
        told = [f"{one.id}: {one.weight.text}" for one in side.records if one.weight]
        rest = side.n - len(side.records)
        return joined([*told, *([f"and {rest} more"] if rest else [])]) or ""

    of_evidence = [(one, one.weight) for one in held.contradictions if one.weight]
    opposed = [one for one in held.contradictions if not one.weight]
    made = table(
        "For and against",
        "Evidence for and against one thing",
        ["About", "Primary works", "Syntheses", "Stakeholders", "Goes with one side", "Note"],
        (
            (
                [
                    named(one),
                    *(by_sort(weight, sort) for sort in Sort),
                    goes_with(one),
                    joined(one.notes, "\n"),
                ],
                records(one),
            )
            for one, weight in of_evidence
        ),
        notes=(
            "Counts are of works, each once. Only what both sides state is compared; what goes "
            "with one side may be chance.",
        ),
        keep=("Primary works", "Syntheses"),
        quiet=("Goes with one side", "Note"),
    )
    made += table(
        "Opposed configurations",
        "Configurations that share something and have opposed outcomes",
        ["They share", "Positive", "Negative", "Goes with one side", "Note"],
        (
            (
                [named(one), *map(side_of, one.sides), goes_with(one), joined(one.notes, "\n")],
                records(one),
            )
            for one in opposed
        ),
        quiet=("Goes with one side", "Note"),
    )
    notes = [] if made else ["The graph holds no contradiction of this review."]
    return Section(id="contradictions", title="Contradictions", tables=made, notes=notes)
