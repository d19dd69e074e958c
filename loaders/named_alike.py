"""An outcome with the name of a mechanism: worth a warning, for chains end there undeclared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.errors import Problem, Severity
from graph.model import ReviewBundle
from loaders.tables import Row, Table


def outcomes_named_as_mechanisms(
    bundle: ReviewBundle | None, row_of: Mapping[str, tuple[Table, Row]]
) -> Iterator[Problem]:
    """A warning for each outcome that lint would say may be a mechanism.

    Args:
        bundle: the review as it is to be held, if it can be.
        row_of: the table and the row of each configuration that was read; of outcomes of others
            nothing is said.
    """
    if bundle is None or not (bundle.mechanisms and bundle.configurations):
        return
    from graph.questions.linting import alike  # it takes a while, and most files have none

    settled = {one.record for one in bundle.silences if one.rule == alike.RULE}
    for one in alike.outcomes_named_as_mechanisms(bundle):
        if settled & {one.outcome.id, one.mechanism.id}:
            continue
        ends = next((id_ for id_ in one.configurations if id_ in row_of), None)
        if ends is None:
            continue
        table, row = row_of[ends]
        outcome, mechanism = one.outcome.local_id, one.mechanism.local_id
        called, named = one.names
        yield Problem(
            severity=Severity.WARNING,
            file=table.file,
            sheet=table.sheet,
            row=row.number,
            column="outcomes",
            message=f"this outcome bears the name of the mechanism {mechanism}, and nothing says "
            "whether it is the same, so chains end there",
            found=called if called == named else f"{called} / {named}",
            hint=f"if it is, a row of same-as.csv says so (concept: {outcome}, same_as: "
            f"{mechanism}); if not, another name tells them apart",
        )
