"""What is the matter with what counts: excluded sources, and a status that nothing bears out."""

from __future__ import annotations

from collections.abc import Iterator

from graph.answers.lint import Complaint, LintedRecord
from graph.questions.linting.reviewed import Reviewed


def excluded(review: Reviewed) -> Iterator[Complaint]:
    """Evidence from a source that the review excluded."""
    for piece in review.bundle.evidence:
        source = review.sources[piece.source]
        if source.included is not False:
            continue
        why = f" because: {source.excluded_because}" if source.excluded_because else ""
        yield review.complaint(
            "evidence-from-excluded-source",
            LintedRecord(id=piece.id, kind="evidence", name=review.target(piece).name),
            f"The review excluded its source{why}.",
            found=[source.excluded_because or "included: no"],
            related=[
                LintedRecord(id=source.id, kind="source", name=source.title, text=source.citation)
            ],
        )


def status(review: Reviewed) -> Iterator[Complaint]:
    """A stated status that the evidence does not bear out."""
    for view in review.views:
        if view.disagreement is not None:
            yield review.complaint(
                "status-not-borne-out",
                LintedRecord(id=view.id, kind="mechanism", name=view.name),
                view.disagreement,
                found=[str(view.stated), str(view.support)],
            )
