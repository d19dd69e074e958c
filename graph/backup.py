"""A store to keep: a copy of all of it, the way back, and whether all of it is whole.

A backup is one file, of either kind of store: an embedded store, which can be asked like any other.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from pydantic import ValidationError

from graph.answers import Backup, CopiedReview, Restored, ReviewCheck, StoreCheck
from graph.catalogue import named
from graph.derived import Derived
from graph.errors import (
    NotFound,
    StoreBusy,
    StoreDamaged,
    StoreDiffers,
    StoreFull,
    StoreMissing,
    StoreSettingWrong,
)
from graph.load import load_review, remove_review
from graph.load_recovery import left, under_way
from graph.load_report import LoadedFile
from graph.model import ReviewBundle
from graph.provenance import copy_said
from graph.questions.bundle import read_bundle
from graph.questions.records import counts, review_ids
from graph.questions.revision import review_revision, revisions
from graph.schema import BUNDLE_FIELDS, kinds, snake
from graph.settings import Settings
from graph.store import Rows, Store, Transaction
from graph.store_embedded import EmbeddedStore
from graph.upgrade import bring_up_to_date

_TIMES = 20
"""How often reviews that change while they are copied are copied again."""
_TORN = (ValidationError, KeyError, IndexError, TypeError)
"""What reading a review meets whose records do not fit together."""


def back_up(store: Store, path: Path) -> Backup:
    """Copy all of a store, as it is at one moment, into a file; others may go on loading.

    An embedded store is copied by its engine. From a server each review is read, and read again if
    it changed meanwhile, until nothing has.

    Args:
        store: what is copied.
        path: the file; one that is there is replaced, once the copy is whole.

    Raises:
        StoreMissing: there is nothing to be copied.
        StoreDamaged: a review of the server cannot be read whole.
        StoreBusy: the server's reviews went on changing.
        StoreFull: the file could not be written.
    """
    store.begin()
    if not path.absolute().parent.is_dir():
        raise StoreFull(f"there is no folder {path.absolute().parent}", hint="make it first")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.absolute().parent) as folder:
            draft = Path(folder) / "backup.kgl"
            if not store.copy(draft):
                with EmbeddedStore(draft, Settings()) as draft_store:
                    _copy_reviews(store, draft_store)
            told = described(draft)
            draft.replace(path)
    except OSError as error:
        raise StoreFull(f"{path} could not be written: {error.strerror or error}") from error
    return told.model_copy(update={"file": str(path)})


def described(path: Path) -> Backup:
    """What a backup holds, whether or not it is whole.

    Raises:
        StoreDamaged: the file is no backup.
    """
    with _opened(path) as kept:
        reviews = [
            CopiedReview(review=id_, records=_records(kept, id_)) for id_ in review_ids(kept)
        ]
        size = path.stat().st_size
        return Backup(file=str(path), bytes=size, reviews=reviews, loads=len(_loads(kept)))


def restore(store: Store, path: Path, *, name: str = "", replace: bool = False) -> Restored:
    """Make a store hold the reviews of a backup, each as a whole; loads on record are kept.

    Args:
        store: what is written to.
        path: the backup.
        name: what the loads on record call it; else the file's name.
        replace: let reviews go that the backup does not have, or has in another state.

    Raises:
        StoreDamaged: the file is no backup, or not all of it is whole.
        StoreDiffers: something would be lost, and ``replace`` does not allow it.
        StoreFull: the store could not be written; the reviews until then are restored.
    """
    with _opened(path) as kept:
        file = LoadedFile(name=name or path.name, sha256=_digest(path))
        found = verify(kept)
        if not found.whole:
            said = [*found.problems, *(one for held in found.reviews for one in held.problems)]
            raise StoreDamaged(f"{file.name} is not whole: {said[0]}")
        store.begin()
        held = review_ids(store)
        wanted = [one.review for one in found.reviews]
        gone = [id_ for id_ in held if id_ not in wanted]
        if not replace:
            other = [
                id_
                for id_ in wanted
                if id_ in held
                and load_review(
                    _looked_at(store), read_bundle(kept.read, id_), dry_run=True
                ).changed_anything
            ]
            if gone or other:
                raise StoreDiffers(_differing(gone, other), hint="--replace lets the backup win")
        written = {
            id_: load_review(store, read_bundle(kept.read, id_), files=[file]).changed_anything
            for id_ in wanted
        }
        for id_ in gone:
            remove_review(store, id_)
        _put_loads(store, _loads(kept))
        _put_said(kept, store, [id_ for id_, changed in written.items() if changed])
    return Restored(
        file=file.name,
        restored=[id_ for id_, changed in written.items() if changed],
        unchanged=[id_ for id_, changed in written.items() if not changed],
        removed=gone,
    )


def verify(store: Store) -> StoreCheck:
    """Read everything, and hold each record against the mark that was made when it was written."""
    store.begin()
    checked = []
    kinds_held: Counter[str] = Counter()
    for id_ in review_ids(store):
        bundle = None
        try:
            bundle = _steady(store, id_)
            report = load_review(_looked_at(store), bundle, dry_run=True)
            wrong = [f"{one.kind} {one.id} is not as it was written" for one in report.changes]
            wrong += _astray(store, bundle)
        except NotFound:
            continue  # it was removed meanwhile
        except _TORN as error:
            wrong = [_unreadable(error)]
        held = {} if bundle is None else _sizes(bundle)
        kinds_held.update(held)
        checked.append(ReviewCheck(review=id_, records=sum(held.values()), problems=wrong))
    problems = []
    if not any(one.problems for one in checked):
        problems = [
            f"{kind}: of {number} records, {number - kinds_held[kind]} belong to no review"
            for kind, number in counts(store).items()
            if number != kinds_held[kind]
        ]
    problems += [
        f"{head['id']}: a large load was left half-way ({head['state']}); the next command that "
        "may write ends it"
        for head in under_way(store)
        if left(head)
    ]
    whole = not problems and not any(one.problems for one in checked)
    return StoreCheck(whole=whole, reviews=checked, loads=len(_loads(store)), problems=problems)


def _looked_at(store: Store) -> Store:
    """The store for a load that only looks: it begins no write."""
    looked = copy(store)
    transaction = cast(Transaction, SimpleNamespace(run=store.read))
    looked.write = lambda work: work(transaction)  # type: ignore[method-assign]
    return looked


def _copy_reviews(store: Store, to: Store) -> None:
    """Bring a copy to what a server holds, until nothing changed while that was done."""
    held: dict[str, str] = {}
    for _ in range(_TIMES):
        now = revisions(store)
        if now == held:
            _put_loads(to, _loads(store))
            _put_said(store, to, list(held))
            return
        for id_ in held.keys() - now.keys():
            remove_review(to, id_)
        for id_, mark in now.items():
            if held.get(id_) == mark:
                continue
            try:
                load_review(to, _steady(store, id_))
            except NotFound:  # it was removed meanwhile; the next time tells
                continue
            except _TORN as error:
                raise StoreDamaged(f"{id_} cannot be copied: {_unreadable(error)}") from error
        held = now
    raise StoreBusy(
        f"reviews were loaded again each of the {_TIMES} times that they were copied",
        hint="try again when nobody loads",
    )


def _steady(store: Store, id_: str) -> ReviewBundle:
    """A review that was in one state from its first record read to its last."""
    for _ in range(_TIMES):
        mark = review_revision(store, id_)
        if not mark and id_ not in revisions(store):
            raise NotFound("review", id_)
        try:
            bundle = read_bundle(store.read, id_)
        except _TORN:
            if review_revision(store, id_) == mark:
                raise
            continue
        if review_revision(store, id_) == mark:
            return bundle
    raise StoreBusy(f"{id_} was loaded again each of the {_TIMES} times that it was read")


def _astray(store: Store, bundle: ReviewBundle) -> list[str]:
    """Evidence whose link to a mechanism, through a configuration, is not what follows from it."""
    derived = Derived(bundle)
    should = {(one.id, to) for one in bundle.evidence for to in derived.bears_on(one)}
    rows = store.read(named("bearing_of_review"), review=bundle.review.id)
    differ = should ^ {(row["from_id"], row["to_id"]) for row in rows}
    return [
        f"Evidence {one}: its link to {to} is not as it was written" for one, to in sorted(differ)
    ]


@contextmanager
def _opened(path: Path) -> Iterator[Store]:
    """A backup, opened as a copy of it, so that nothing is changed or made where it is."""
    if not path.is_file():
        raise StoreMissing(f"there is no file {path}")
    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        draft = Path(folder) / path.name
        shutil.copyfile(path, draft)
        try:
            kept = EmbeddedStore(draft, Settings())
        except StoreSettingWrong as error:
            raise StoreDamaged(f"{path.name} is no backup, or a damaged one") from error
        with kept:
            bring_up_to_date(kept)
            yield kept


def _unreadable(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"a link leads from or to {error}, which is not there"
    first = error.errors()[0]
    given, place = first["input"], ".".join(str(part) for part in first["loc"])
    which = f" {given['id']}" if isinstance(given, dict) and "id" in given else ""
    return f"{error.title}{which} cannot be read: {place}{': ' if place else ''}{first['msg']}"


def _records(store: Store, review: str) -> int:
    return sum(
        len(store.read(named(f"fingerprints_{snake(label)}"), review=review)) for label in kinds()
    )


def _sizes(bundle: ReviewBundle) -> dict[str, int]:
    return {"review": 1} | {
        snake(label): len(getattr(bundle, field)) for label, field in BUNDLE_FIELDS.items()
    }


def _loads(store: Store) -> Rows:
    return store.read(named("loads_of_all"), after="", limit=Settings().max_rows)


def _put_loads(store: Store, rows: Rows) -> None:
    there = {row["id"] for row in _loads(store)}

    def work(transaction: Transaction) -> None:
        for row in rows:
            if row["id"] not in there:
                transaction.run(named("record_load"), **row)

    store.write(work)


def _put_said(store: Store, to: Store, reviews: Sequence[str]) -> None:
    """Keep which file brought what of these reviews, and what loads changed of them."""

    def work(transaction: Transaction) -> None:
        for id_ in reviews:
            copy_said(store.read, transaction, id_)

    if reviews:
        to.write(work)


def _differing(gone: Sequence[str], other: Sequence[str]) -> str:
    parts = [f"{', '.join(gone)}: not in the backup"] if gone else []
    parts += [f"{', '.join(other)}: in the backup in another state"] if other else []
    return "; ".join(parts)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
