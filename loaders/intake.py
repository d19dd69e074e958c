"""Taking a review in: check it, or check it and load it. Every door uses these two functions."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from graph.errors import Problem, Severity
from graph.load import LoadReport, Progress, load_review
from graph.model import ReviewBundle
from graph.questions.compare import same_as
from graph.questions.flow import flow
from graph.questions.mechanisms import mechanisms
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.columns import REVIEW_FILE
from loaders.review_folder import FileCount, Reading, read_review_folder


class Loaded(BaseModel):
    """What a load did, with the warnings that came with it."""

    report: LoadReport
    files: list[FileCount]
    warnings: list[Problem]


def check(path: Path, settings: Settings) -> Reading:
    """Read a review folder and say everything that is wrong with it, without keeping anything.

    If it can be loaded, it is loaded into a throw-away store and asked the questions whose answers
    are warnings: numbers that do not add up, statements that the evidence does not bear out.
    """
    reading = read_review_folder(path, max_file_mb=settings.max_file_mb)
    if reading.bundle is not None and _worth_asking(reading.bundle):
        with scratch_store(settings) as store:
            load_review(store, reading.bundle, batch_rows=settings.batch_rows)
            reading.problems += warnings_about(store, reading.bundle.review.id)
    return reading


def load(
    store: Store, path: Path, settings: Settings, *, progress: Progress | None = None
) -> Loaded:
    """Load a review folder: all of it, or nothing.

    Raises:
        Rejected: the folder has errors; the store is as it was.
        StoreFull: the store could not be written; it is as it was.
        StoreUnavailable: the store does not answer.
    """
    reading = read_review_folder(path, max_file_mb=settings.max_file_mb)
    bundle = reading.accepted()
    report = load_review(store, bundle, batch_rows=settings.batch_rows, progress=progress)
    warnings = [*reading.problems]
    if _worth_asking(bundle):
        warnings += warnings_about(store, bundle.review.id)
    if bundle.same_as:
        warnings += _without_effect(store, bundle.review.id)
    return Loaded(report=report, files=reading.files, warnings=warnings)


def _without_effect(store: Store, review: str) -> list[Problem]:
    """Declarations of sameness whose other record is not in the store."""
    problems: list[Problem] = []
    after = ""
    while True:
        page = same_as(store, review=review, after=after, limit=200)
        problems += [
            Problem(
                severity=Severity.WARNING,
                file="same-as.csv",
                message=f"{view.one.id} is declared to be the same as a {view.kind} that is not "
                "in this store",
                found=view.other,
                hint="it takes effect once that review is loaded",
            )
            for view in page.items
            if not view.in_effect
        ]
        if page.next is None:
            return problems
        after = page.next


def _worth_asking(bundle: ReviewBundle) -> bool:
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
    after = ""
    while True:
        page = mechanisms(store, review=review, after=after, limit=200)
        problems += [
            Problem(severity=Severity.WARNING, file="history.csv", message=view.disagreement)
            for view in page.items
            if view.disagreement
        ]
        if page.next is None:
            return problems
        after = page.next
