"""Loads that come to nothing are on record too: what was sent, when, and why it was refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from graph.errors import Rejected, Severity, StoreUnavailable, TheorygraphError
from graph.load_report import KindCounts, record_load
from graph.store import Store

_LONGEST = 500


@dataclass(slots=True)
class Under:
    """The review that a load is on record under; the files may name it, once they are read."""

    review: str | None


@contextmanager
def on_record(store: Store, paths: Sequence[Path], review: str | None) -> Iterator[Under]:
    """Put on record that a load failed, if it does; a store is not made for that.

    Args:
        store: where the load goes to.
        paths: the files.
        review: the review that was named for them, if one was.
    """
    since, under = monotonic(), Under(review)
    try:
        yield under
    except TheorygraphError as error:
        if store.is_made and not isinstance(error, StoreUnavailable):
            why = _why(error)
            problems = error.problems if isinstance(error, Rejected) else []
            warned = sum(problem.severity is Severity.WARNING for problem in problems)
            with suppress(TheorygraphError):  # what could not be written has been said already
                store.write(
                    lambda transaction: record_load(
                        transaction,
                        under.review or "",
                        KindCounts(),
                        since=since,
                        files=[path.name for path in paths],
                        hashes=["" for _ in paths],
                        refused=why,
                        warned=warned,
                    )
                )
        raise


def _why(error: TheorygraphError) -> str:
    told = error.detail
    if isinstance(error, Rejected) and error.problems:
        lead = "; the first: " if len(error.problems) > 1 else "; "
        told = f"{told}{lead}{error.problems[0].sentence()}"
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
