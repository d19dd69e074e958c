"""What a load warns of once a store holds the review: numbers that do not add up, and the like."""

from __future__ import annotations

from graph.errors import Problem, Severity
from graph.model import ReviewBundle
from graph.questions.compare import same_as
from graph.questions.flow import flow
from graph.questions.mechanisms import mechanisms
from graph.questions.paging import every
from graph.store import Store
from loaders.columns import REVIEW_FILE


def without_effect(store: Store, review: str) -> list[Problem]:
    """Declarations of sameness whose other record is not in the store."""
    return [
        Problem(
            severity=Severity.WARNING,
            file="same-as.csv",
            message=f"{view.kind} {view.one.id} is declared to be the same as something that is "
            "not in this store",
            found=view.other,
            hint="it takes effect once that review is loaded",
        )
        for view in every(same_as, store, review=review)
        if not view.in_effect
    ]


def worth_asking(bundle: ReviewBundle) -> bool:
    """Whether a review has anything that those warnings are about."""
    return bool(bundle.steps or bundle.tallies or bundle.history)


def warnings_about(store: Store, review: str) -> list[Problem]:
    """What does not add up in a review that the store holds, by name."""
    problems = [
        Problem(
            severity=Severity.WARNING,
            file=REVIEW_FILE,
            message=f"the flow does not add up: {equation.name}",
            found=equation.text,
            expected=f"{equation.left}, which is what the left side gives",
            hint=(
                f"it would add up with {', or '.join(equation.mended_by[:3])}"
                if equation.mended_by
                else "correct the number, or leave it if the report itself says so"
            ),
        )
        for equation in flow(store, review).equations
        if not equation.holds
    ]
    problems += [
        Problem(severity=Severity.WARNING, file="history.csv", message=view.disagreement)
        for view in every(mechanisms, store, review=review)
        if view.disagreement
    ]
    return problems
