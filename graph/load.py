"""Writing a review into a store: one load, one transaction.

What the store holds is compared with what the load brings by a fingerprint per record, so loading
the same review again writes nothing, and loading a corrected one touches only what changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic
from typing import Any, TypeVar
from uuid import uuid4

from graph import load_size
from graph.batches import batches
from graph.catalogue import named
from graph.derived import Derived
from graph.errors import TheorygraphError
from graph.load_report import Change, KindCounts, LoadedFile, LoadReport, record_load
from graph.memory import give_back
from graph.model import Part, Record, ReviewBundle, Source
from graph.provenance import Said, forget_said, write_said
from graph.schema import BUNDLE_FIELDS, FORMAT, ORDERED, Kind, LinkField, kinds, snake
from graph.staging import weighed, written
from graph.store import Store, Transaction
from graph.works import Known, Renewal, WorksBefore, placed

Progress = Callable[[str, int], None]
"""Called with a label and the number of its records that were just written, or found unchanged."""

_MOST_CHANGES = 1000
T = TypeVar("T")
Row = dict[str, Any]


_Ends = tuple[str, tuple[Any, ...], Sequence[str]]
"""Of a record that was written: its id, what its links lead to, and what it bears on."""

_OFTEN_EMPTY = frozenset({"decisions", "replaces", "from_records"})
"""Lists of kinds of which there are very many: a property that is not there takes no room."""


class _Writing:
    """One load under way: what is derived from the bundle, and the batches."""

    def __init__(
        self,
        bundle: ReviewBundle,
        batch: int,
        progress: Progress | None,
        *,
        dry_run: bool = False,
        recorded: Row | None = None,
        afresh: bool = False,
        spend: bool = False,
        said: Said | None = None,
    ) -> None:
        self.said = said
        self.dry_run = dry_run
        self.spend = spend
        self.afresh = afresh
        self.recorded = recorded
        self.changes: list[Change] = []
        self.review = bundle.review.id
        self.bundle = bundle
        self.batch = batch
        self.progress = progress
        self.derived = Derived(bundle)
        self.places = {
            label: {record.id: n for n, record in enumerate(self.records(label))}
            for label in ORDERED
        }

    def records(self, label: str) -> Iterable[Record]:
        if label == "Review":
            return [self.bundle.review]
        found: Iterable[Record] = getattr(self.bundle, BUNDLE_FIELDS[label])
        return found

    def fingerprint(self, record: Record, derived: Row) -> str:
        stated = record.__pydantic_serializer__.to_json(_in_order(record))
        digest = hashlib.blake2b(stated, digest_size=12)
        if derived or self.derived.belongs:
            digest.update(repr((derived, self.derived.bears_on(record))).encode())
        return digest.hexdigest()

    def row(self, kind: Kind, record: Record, derived: Row, fingerprint: str) -> Row:
        # What is not stated is left out: rows replace all properties of a node.
        row: Row = record.__pydantic_serializer__.to_python(
            record, mode="json", exclude_none=True, exclude=kind.link_fields
        )
        for name in _OFTEN_EMPTY & row.keys():
            if not row[name]:
                del row[name]
        row.update(derived)
        if isinstance(record, Source):  # not of the review alone, so not in its fingerprint
            row.update(placed(record))
        if kind.label in ORDERED:  # moving a record is no change of it
            row["position"] = self.places[kind.label][record.id]
        row["review"] = self.review
        row["fingerprint"] = fingerprint
        return row

    def run(self, transaction: Transaction, later: Renewal | None = None) -> LoadReport:
        done = {label: KindCounts() for label in kinds()}
        links: list[tuple[Kind, list[_Ends]]] = []
        gone: list[tuple[Kind, list[str]]] = []
        works = None if self.dry_run else WorksBefore.of(transaction, self.review)
        written: list[Known] = []
        stood: list[str] = []
        said = {(one.one, one.same_as) for one in self.bundle.same_as if one.kind == "source"}
        for label, kind in kinds().items():
            held = {
                row["id"]: "" if self.afresh else row["fingerprint"]
                for row in transaction.run(
                    named(f"fingerprints_{snake(label)}"), review=self.review
                )
            }
            counts = done[label]
            touched: list[_Ends] = []
            changed: list[str] = []
            once = self.spend and not held and label != "Review"

            def rows(
                wanted: str,
                label: str = label,
                kind: Kind = kind,
                held: dict[str, str] = held,
                once: bool = once,
            ) -> Iterator[tuple[Record, Row]]:
                for record in self._let_go(label) if once else self.records(label):
                    before = held.get(record.id)
                    if (before is None) is not (wanted == "new"):
                        continue
                    derived = self.derived.of(record)
                    fingerprint = self.fingerprint(record, derived)
                    if fingerprint != before:
                        yield record, self.row(kind, record, derived, fingerprint)

            for batch in batches(rows("new"), self.batch):
                self._put(transaction, f"create_{snake(label)}", [row for _, row in batch])
                self._touch(kind, batch, touched, written)
                counts.new += len(batch)
                self._tell(label, len(batch))
            if held:
                for batch in batches(rows("changed"), self.batch):
                    self._put(transaction, f"change_{snake(label)}", [row for _, row in batch])
                    self._touch(kind, batch, touched, written)
                    changed.extend(record.id for record, _ in batch)
                    counts.changed += len(batch)
                    self._tell(label, len(batch))
                brought = {record.id for record in self.records(label)}
                missing = sorted(id_ for id_ in held if id_ not in brought)
                gone.append((kind, missing))
                counts.removed = len(missing)
                counts.unchanged = len(held) - len(missing) - counts.changed
                if counts.unchanged:
                    self._tell(label, counts.unchanged)
            self._note(label, "new", (id_ for id_, _, _ in touched if id_ not in held))
            self._note(label, "changed", changed)
            self._note(label, "removed", gone[-1][1] if held else ())
            if label == "Source":
                stood += [*changed, *(gone[-1][1] if held else ())]
            if kind.links:
                for ids in () if self.dry_run else batches(changed, self.batch):
                    transaction.run(named(f"unlink_{snake(label)}"), ids=ids)
                links.append((kind, touched))
        for kind, missing in () if self.dry_run else reversed(gone):
            for ids in batches(missing, self.batch):
                transaction.run(named(f"remove_{snake(kind.label)}"), ids=ids)
        for kind, touched in () if self.dry_run else links:
            self._link(transaction, kind, touched)
            if self.spend:
                touched.clear()
        if self.spend:
            for name in BUNDLE_FIELDS.values():
                getattr(self.bundle, name).clear()
            give_back()
        if works is not None:
            works.renew(
                transaction,
                written=written,
                stood=stood,
                declared=said,
                batch=self.batch,
                later=later,
            )
        total = KindCounts()
        for counts in done.values():
            for name in KindCounts.model_fields:
                setattr(total, name, getattr(total, name) + getattr(counts, name))
        report = LoadReport(
            review=self.review,
            total=total,
            kinds=done,
            dry_run=self.dry_run,
            changes=self.changes,
        )
        moved = not self.dry_run and self._arrange(transaction)
        if moved or (report.changed_anything and not self.dry_run):
            transaction.run(
                named("mark_review"), review=self.review, revision=uuid4().hex, format=FORMAT
            )
        if self.recorded is not None:
            report.load = self._record(transaction, total)
        return report

    def _let_go(self, label: str) -> Iterator[Record]:
        """Each record of a kind, which the bundle has no more then."""
        records: list[Record] = getattr(self.bundle, BUNDLE_FIELDS[label])
        records.reverse()
        while records:
            yield records.pop()

    def _touch(
        self, kind: Kind, batch: list[tuple[Record, Row]], to: list[_Ends], written: list[Known]
    ) -> None:
        """Remember of records that were written what their links and works need, and no more."""
        for record, _ in batch:
            if kind.links:
                ends = tuple(getattr(record, link.field) for link in kind.links)
                to.append((record.id, ends, self.derived.bears_on(record)))
            else:
                to.append((record.id, (), ()))
            if isinstance(record, Source):
                written.append(Known.written(record))

    def _record(self, transaction: Transaction, total: KindCounts) -> str:
        begun = self.recorded or {}
        id_, at = record_load(transaction, self.review, total, **begun)
        if self.said is not None:
            write_said(transaction, self.review, id_, at[:10], begun["files"], self.said)
        return id_

    def _note(self, label: str, change: Any, ids: Iterable[str]) -> None:
        if self.dry_run or change == "removed":
            room = _MOST_CHANGES - len(self.changes)
            self.changes += [
                Change(kind=label, id=id_, change=change) for id_ in islice(ids, max(room, 0))
            ]

    def _link(self, transaction: Transaction, kind: Kind, touched: list[_Ends]) -> None:
        label = snake(kind.label)
        for place, link in enumerate(kind.links):
            ends = (row for id_, ends, _ in touched for row in _rows(id_, ends[place], link))
            for batch in batches(ends, self.batch):
                self._put(transaction, f"link_{label}_{link.field}", batch)
        if kind.label == "Evidence" and self.derived.belongs:
            bearing = (
                {"from_id": id_, "to_id": mechanism}
                for id_, _, mechanisms in touched
                for mechanism in mechanisms
            )
            for batch in batches(bearing, self.batch):
                self._put(transaction, "link_evidence_bears_on", batch)

    def _arrange(self, transaction: Transaction) -> bool:
        """Keep the order of the files; whether records stood in another one."""
        moved = False
        for label, places in self.places.items():
            before = transaction.run(named(f"positions_{snake(label)}"), review=self.review)
            rows = [
                {"id": row["id"], "position": places[row["id"]]}
                for row in before
                if row["position"] != places.get(row["id"], row["position"])
            ]
            for batch in batches(rows, self.batch):
                self._put(transaction, f"place_{snake(label)}", batch)
            moved = moved or bool(rows)
        return moved

    def _put(self, transaction: Transaction, name: str, rows: list[Row]) -> None:
        if self.dry_run:
            return
        answer = transaction.run(named(name), rows=rows)
        done = answer[0]["done"] if answer else 0
        if done != len(rows):
            raise TheorygraphError(
                f"{name} reached {done} of {len(rows)} records, so nothing was loaded",
                hint="a record points to one that is not there",
            )

    def _tell(self, label: str, count: int) -> None:
        if self.progress is not None:
            self.progress(label, count)


def _in_order(record: Record) -> Record:
    """The record with its lists of links sorted: the graph does not keep their order."""
    unsorted = {
        link.field: sorted(value)
        for link in kinds()[record.label].links
        if link.many
        and not link.parts
        and len(value := getattr(record, link.field)) > 1
        and value != sorted(value)
    }
    return record.model_copy(update=unsorted) if unsorted else record


def load_review(
    store: Store,
    bundle: ReviewBundle,
    *,
    batch_rows: int = 1000,
    progress: Progress | None = None,
    files: Sequence[LoadedFile] = (),
    since: float | None = None,
    merged: int = 0,
    rejected: int = 0,
    warned: int = 0,
    dry_run: bool = False,
    spend: bool = False,
    said: Said | None = None,
) -> LoadReport:
    """Make the store hold exactly this of the review: all of it, or nothing changes.

    Args:
        store: where to.
        bundle: all of the review.
        batch_rows: rows per statement.
        progress: called with a label and a number of records as they are written.
        files: where the bundle was read from; if there are any, the load is recorded.
        since: when reading began, on the clock of ``time.monotonic``.
        merged: records of reference files that stand for another's source.
        rejected: records of reference files that were left out.
        warned: how many warnings there were.
        dry_run: only say what would change.
        spend: the bundle is needed no more: its lists are emptied while they are written, if the
            store writes once. Before a large load is committed, its memory is free again.
        said: what the files brought and what was there before, kept with the record of the load.

    Raises:
        StoreBusy: another load came in between.
        StoreFull: the store could not be written; it is as it was.
        StoreUnavailable: the store does not answer.
    """
    recorded: Row | None = None
    if files and not dry_run:
        recorded = {
            "since": monotonic() if since is None else since,
            "files": [file.name for file in files],
            "hashes": [file.sha256 for file in files],
            "merged": merged,
            "rejected": rejected,
            "warned": warned,
        }

    def writing(*, told: Progress | None = progress, spends: bool = False) -> _Writing:
        return _Writing(
            bundle,
            batch_rows,
            told,
            dry_run=dry_run,
            recorded=recorded,
            spend=spends,
            said=said,
        )

    if dry_run:
        return store.write(writing().run)
    store.prepare()

    def need(most: int) -> int:
        held = int(store.read(named("held_records"), review=bundle.review.id)[0]["n"])
        needed = load_size.of_bundle(bundle, most) + load_size.REMOVED * held
        return weighed(store, writing(told=None).run) if held and needed > most else needed

    def work(transaction: Transaction, later: Renewal | None) -> LoadReport:
        # A store may run this again, so every run begins with nothing done; staging runs it once.
        once = later is not None or not store.waits_on_network
        return writing(spends=spend and once).run(transaction, later)

    return written(store, bundle.review.id, work, need=need)


def write_anew(transaction: Transaction, bundle: ReviewBundle, *, batch_rows: int = 1000) -> None:
    """Write every record and link of a review that the store holds, whether or not it changed.

    What is derived is derived anew; ids and everything that the review states stay.
    """
    _Writing(bundle, batch_rows, None, afresh=True).run(transaction)


def remove_review(store: Store, review: str, *, batch_rows: int = 1000) -> int:
    """Take a review and all its records out of the store; returns how many records went."""

    def work(transaction: Transaction, later: Renewal | None) -> int:
        count = 0
        before = WorksBefore.of(transaction, review)
        stood: list[str] = []
        for label in reversed(kinds()):
            held = transaction.run(named(f"fingerprints_{snake(label)}"), review=review)
            for ids in batches((row["id"] for row in held), batch_rows):
                transaction.run(named(f"remove_{snake(label)}"), ids=ids)
            count += len(held)
            if label == "Source":
                stood = [row["id"] for row in held]
        before.renew(transaction, stood=stood, batch=batch_rows, later=later)
        forget_said(transaction, review)
        return count

    def need(_: int) -> int:
        return load_size.REMOVED * int(store.read(named("held_records"), review=review)[0]["n"])

    if store.budget is not None:
        store.prepare()
    return written(store, review, work, need=need)


def _rows(id_: str, value: Any, link: LinkField) -> Iterator[Row]:
    if value is None:
        return
    if not link.many:
        yield {"from_id": id_, "to_id": value}
    elif link.parts:
        part: Part
        for position, part in enumerate(value):
            yield {
                "from_id": id_,
                "to_id": part.concept,
                "position": position,
                "inferred": part.inferred,
            }
    else:
        for end in value:
            yield {"from_id": id_, "to_id": end}
