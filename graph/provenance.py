"""Where what a review holds came from: which file brought a record, and what it said before.

Two things are kept beside the records, in the transaction of the load. Of each file the ids of
what it brought when it was loaded last; and of each load the cells that it changed, as they were
before. From the two follows what each file last said, so two people's copies can be told apart.
A first load keeps no more than ids.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from graph.batches import batches
from graph.catalogue import named
from graph.model import Record, ReviewBundle
from graph.schema import BUNDLE_FIELDS, kinds
from graph.store import Rows, Store, Transaction

Brought = dict[str, dict[str, list[str]]]
"""Ids of what files brought: by the file's name, then by label."""
Cells = dict[str, tuple[Any, Any]]
"""What differs of a record: by field, as it was and as it is, as JSON has it."""

_IDS_OF_A_PAGE = 20_000
_RECORDS_OF_A_PAGE = 1_000
NOT_STATED = frozenset({"id", "position"})
"""Fields that are made of where a record stands, or name it."""


@dataclass(frozen=True, slots=True)
class Before:
    """A record as it was before a load: of a changed one what differs, of a removed one all."""

    label: str
    id: str
    removed: bool
    fields: Mapping[str, Any]


@dataclass(slots=True)
class Said:
    """What a load says for later ones: what its files brought, and what was there before."""

    brought: Brought = field(default_factory=dict)
    before: Sequence[Before] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """One load of the past: when, from which files, and what it changed."""

    load: str
    at: str
    files: Sequence[str]
    before: list[Before]


def records_of(bundle: ReviewBundle, label: str) -> list[Record]:
    """The records of a label; of `Review` the one there is."""
    if label == "Review":
        return [bundle.review]
    found: list[Record] = getattr(bundle, BUNDLE_FIELDS[label])
    return found


def unordered_links(label: str) -> set[str]:
    """The fields of a kind that link to several records, in an order that says nothing."""
    return {link.field for link in kinds()[label].links if link.many and not link.parts}


def stated(record: Record) -> dict[str, Any]:
    """What is stated of a record, as it is kept of one that a load removes."""
    return record.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def differing(before: Record, now: Record) -> Cells:
    """The stated fields that differ; the order of links to other records is none of them."""
    if before == now:
        return {}
    unordered = unordered_links(now.label)
    found: Cells = {}
    was, is_ = (record.model_dump(mode="json") for record in (before, now))
    for name in type(now).model_fields:
        one, other = was[name], is_[name]
        if name in NOT_STATED or one == other:
            continue
        if name in unordered and sorted(one) == sorted(other):
            continue
        found[name] = (one, other)
    return found


def changes(held: ReviewBundle, bundle: ReviewBundle) -> Iterator[tuple[Before, Cells]]:
    """What a load would change of what is held, and remove, kind by kind; new records are none."""
    for label in kinds():
        now = {record.id: record for record in records_of(bundle, label)}
        for record in records_of(held, label):
            same = now.get(record.id)
            if same is None:
                yield Before(label, record.id, True, stated(record)), {}
            elif cells := differing(record, same):
                was = {name: one for name, (one, _) in cells.items()}
                yield Before(label, record.id, False, was), cells


def write_said(
    transaction: Transaction, review: str, load: str, at: str, files: Sequence[str], said: Said
) -> None:
    """Keep what a load says; of its files, what they said before is replaced."""
    for file, by_label in said.brought.items():
        pages = [packed(page) for page in _id_pages(by_label, review)]
        held = [
            row["body"] for row in transaction.run(named("file_pages"), review=review, file=file)
        ]
        if pages == held:
            continue
        transaction.run(named("remove_file_pages"), review=review, file=file)
        for number, body in enumerate(pages):
            transaction.run(
                named("keep_file_page"),
                id=f"{review}/{file}/{number}",
                review=review,
                file=file,
                number=number,
                load=load,
                body=body,
            )
    for number, page in enumerate(batches(said.before, _RECORDS_OF_A_PAGE)):
        transaction.run(
            named("keep_change_page"),
            id=f"{load}/{number}",
            review=review,
            number=number,
            load=load,
            at=at,
            files=list(files),
            body=packed([[one.label, one.id, one.removed, one.fields] for one in page]),
        )


def forget_said(transaction: Transaction, review: str) -> None:
    """Let go of what is kept of a review that is taken out."""
    transaction.run(named("remove_pages_of_files"), review=review)
    transaction.run(named("remove_pages_of_changes"), review=review)


def copy_said(read: Callable[..., Rows], transaction: Transaction, review: str) -> None:
    """Let a store keep of a review what another one keeps of it."""
    forget_said(transaction, review)
    for pages, keep in (
        ("pages_of_files", "keep_file_page"),
        ("pages_of_changes", "keep_change_page"),
    ):
        for row in read(named(pages), review=review):
            transaction.run(named(keep), review=review, **row)


def brought_before(read: Callable[..., Rows], review: str) -> Brought:
    """What each file brought when it was loaded last."""
    found: Brought = {}
    for row in read(named("pages_of_files"), review=review):
        of_file = found.setdefault(row["file"], {})
        for label, ids in unpacked(row["body"]).items():
            of_file.setdefault(label, []).extend(f"{review}:{id_}" for id_ in ids)
    return found


def past_of(read: Callable[..., Rows], review: str) -> list[Past]:
    """Loads that changed what was there, in the order of time."""
    found: dict[str, Past] = {}
    for row in read(named("pages_of_changes"), review=review):
        one = found.setdefault(row["load"], Past(row["load"], row["at"], row["files"], []))
        one.before.extend(Before(*entry) for entry in unpacked(row["body"]))
    return list(found.values())


def _id_pages(by_label: Mapping[str, Sequence[str]], review: str) -> Iterator[dict[str, list[str]]]:
    page: dict[str, list[str]] = {}
    room = _IDS_OF_A_PAGE
    for label, ids in sorted(by_label.items()):
        rest: Iterable[str] = iter(ids)
        while some := list(islice(rest, room)):
            page[label] = [id_.removeprefix(f"{review}:") for id_ in some]
            room -= len(some)
            if not room:
                yield page
                page, room = {}, _IDS_OF_A_PAGE
    if page:
        yield page


def packed(value: Any) -> str:
    """What can be said in JSON as a short text, the one form of such a thing that stores take."""
    stated = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(stated.encode(), 1)).decode()


def unpacked(body: str) -> Any:
    """What was packed."""
    return json.loads(zlib.decompress(base64.b64decode(body)))


def warned_of(store: Store, load: str, warned: int) -> None:
    """Put on record how many warnings a load came with, those too that the store gave rise to.

    Raises:
        StoreBusy, StoreFull, StoreUnavailable: as for a load.
    """
    store.write(lambda transaction: transaction.run(named("warned_of"), id=load, warned=warned))
