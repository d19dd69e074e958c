"""Bringing what an earlier version wrote up to date, when a store is opened.

Each review carries the number of the form that it is kept in (:data:`graph.schema.FORMAT`). Those
of an earlier form are read back, repaired by the steps that lie between, and written anew with
everything that is derived, all of them in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from graph.catalogue import named
from graph.errors import StoreFull, StoreNewer, StoreOutdated, StoreUnavailable, TheorygraphError
from graph.load import write_anew
from graph.questions.bundle import read_bundle
from graph.schema import FORMAT
from graph.store import Store, Transaction

VERSIONS = {1: "0.1.0"}
"""The last version that wrote a form."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What an earlier form needs beside being written anew.

    Attributes:
        to: the form that it leads to.
        statements: names of statements that repair what is stored, before it is read; each takes
            ``$reviews``, the ids.
        again: name of a statement that finds, by ``id``, reviews whose files say more than was
            kept of them; they should be loaded again.
        because: why, as the end of a sentence.
    """

    to: int
    statements: Sequence[str] = ()
    again: str | None = None
    because: str = ""


STEPS: tuple[Step, ...] = (
    Step(
        to=2,
        again="reviews_with_files_of_others",
        because="more is read of reference files and coded documents than before",
    ),
    Step(to=5, statements=("widen_loads",)),
)
"""In the order of forms."""


def bring_up_to_date(store: Store) -> None:
    """Write every review of an earlier form anew, all or none; what was done is a notice.

    Raises:
        StoreNewer: a later version wrote one of the reviews.
        StoreOutdated: one cannot be brought up to date; the store is as it was.
        StoreFull: the store could not be written; it is as it was.
        StoreUnavailable: the store does not answer.
    """
    held = {row["id"]: row["format"] or 1 for row in store.read(named("formats"))}
    newer = [id_ for id_, form in held.items() if form > FORMAT]
    if newer:
        raise StoreNewer(
            f"a later version of theorygraph wrote {_listed(newer)}",
            hint="use that version, or load the reviews into a new store with this one",
        )
    old = [id_ for id_, form in held.items() if form < FORMAT]
    if not old:
        return
    store.prepare()
    try:
        if done := store.write(_upgraded):
            store.notices = [*store.notices, *done]
    except (StoreFull, StoreUnavailable):
        raise
    except (TheorygraphError, ValidationError) as error:
        why = error.detail if isinstance(error, TheorygraphError) else _complaint(error)
        raise StoreOutdated(
            f"{_listed(old)} cannot be brought up to date, and nothing was changed: {why}", old
        ) from error


def _upgraded(transaction: Transaction) -> list[str]:
    held = {row["id"]: row["format"] or 1 for row in transaction.run(named("hold_reviews"))}
    old = {id_: form for id_, form in held.items() if form < FORMAT}
    if not old:
        return []  # another process has done it
    again: list[str] = []
    for step in STEPS:
        before = [id_ for id_, form in old.items() if form < step.to]
        for statement in step.statements if before else ():
            transaction.run(named(statement), reviews=before)
        if step.again is not None:
            found = {row["id"] for row in transaction.run(named(step.again))}
            if repeated := [id_ for id_ in before if id_ in found]:
                again.append(f"Load the files of {_listed(repeated)} again: {step.because}.")
    for id_ in old:
        write_anew(transaction, read_bundle(transaction.run, id_))
    versions = sorted({VERSIONS.get(form, "an earlier version") for form in old.values()})
    are = "are" if len(old) > 1 else "is"
    done = f"{_listed(list(old))}, written by {_listed(versions)}, {are} now kept as today."
    return [done, *again]


def _listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; of many, the first few."""
    shown = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN + 1 else names
    *others, last = shown
    return f"{', '.join(others)} and {last}" if others else last


def _complaint(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{error.title}{', ' if place else ''}{place}: {first['msg']}"
