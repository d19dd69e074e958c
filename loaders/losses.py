"""What a load would take away, or change back, that its files did not bring.

A folder or workbook states a review as a whole, so what it no longer has goes. That holds for what
it brought itself. What other files brought, what was decided at the tool and what somebody has
changed since are told by name, and the load is refused until somebody says that they may go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.catalogue import named
from graph.commands import command
from graph.computing import counted
from graph.errors import Problem
from graph.load_report import CellChange, LoadReport
from graph.model import Code, Passage, Record, ReviewBundle
from graph.provenance import (
    Before,
    Brought,
    Cells,
    Past,
    Said,
    brought_before,
    changes,
    past_of,
    records_of,
)
from graph.schema import BUNDLE_FIELDS, kinds
from graph.store import Rows, Store
from loaders.assembly import Reading
from loaders.columns import FILES
from loaders.copies import OF_RECORDS, as_before, changed_back, ids_of
from loaders.given import Given
from loaders.pairing import PAIRED, paired, renamed
from loaders.record_words import listed, text_of_cell

_FILE_OF = {model.label: file for file, model in FILES.items()}
_CURATED = ("SameAs", "Merge", "Silence")
"""What people have decided about records, beside what a review says."""
_BY_MAP = "Map"
"""Stands among the labels of what a file brought if a map of columns said what it is."""
_OF_MAPS = {
    "Configuration": ("configuration", "configurations"),
    "Evidence": ("piece of evidence", "pieces of evidence"),
}
_GO_WITH_THEIR_FILE = ("Evidence", "Finding", "Configuration", "Mechanism", "Concept")
"""What a sheet or coded document adds to a review; what points to others goes first."""


@dataclass(slots=True)
class Settled:
    """What is kept of a load beside its records, and what is told of it."""

    said: Said
    problems: list[Problem] = field(default_factory=list)
    paired: set[tuple[str, str]] = field(default_factory=set)
    cells: dict[tuple[str, str], Cells] = field(default_factory=dict)

    def tell(self, report: LoadReport) -> None:
        """Say of each record that changed which cells did, and whether its row was found again."""
        for change in report.changes:
            key = (change.kind, change.id)
            change.paired = key in self.paired and change.change == "changed"
            change.cells = [
                CellChange(column=column, before=text_of_cell(before), now=text_of_cell(now))
                for column, (before, now) in self.cells.get(key, {}).items()
            ]


@dataclass(slots=True)
class Earlier:
    """What is known of earlier loads of a review.

    ``before`` is what each file brought when it was loaded last, ``own`` the same of the files of
    this load, ``past`` what loads changed, ``loads`` their files.
    """

    before: Brought = field(default_factory=dict)
    own: Brought = field(default_factory=dict)
    past: list[Past] = field(default_factory=list)
    loads: Rows = field(default_factory=list)

    def of_others(self, held: ReviewBundle | None, *files: str) -> dict[str, set[str]]:
        """Configurations that are held and that none of these files brought, and their parts.

        By their local ids in small letters; parts are local ids of concepts and mechanisms.
        """
        own = {id_ for file in files for id_ in self.own.get(file, {}).get("Configuration", ())}
        found = {}
        for one in held.configurations if held is not None else ():
            if one.id not in own:
                parts = [*one.contexts, *one.resources, *one.reasonings, *one.outcomes]
                ids = [*one.mechanisms, *(part.concept for part in parts)]
                found[one.local_id.casefold()] = {id_.partition(":")[2] for id_ in ids}
        return found

    def of_tables(self, held: ReviewBundle | None, *files: str) -> set[str]:
        """Those of them that were brought by tables of which a map says what they are."""
        by_map = {
            id_.partition(":")[2].casefold()
            for ids in self.before.values()
            if _BY_MAP in ids
            for id_ in ids.get("Configuration", ())
        }
        return by_map & self.of_others(held, *files).keys()


def earlier(
    look: Callable[..., Any], held: ReviewBundle | None, inputs: Sequence[Given]
) -> Earlier:
    """What is known of earlier loads of a review, if it is held, and of the files of this one."""
    if held is None:
        return Earlier()
    before, past, loads = look(_past, held.review.id)
    own = _own(held, [given.file for given in inputs], before, loads)
    return Earlier(before, own, past, loads)


def settled(
    known: Earlier,
    held: ReviewBundle | None,
    bundle: ReviewBundle,
    reading: Reading,
    inputs: Sequence[Given],
    *,
    replace: bool,
) -> tuple[ReviewBundle, Settled]:
    """The review with rows that keep their ids, and what the load would take from what is held.

    Args:
        known: what is known of earlier loads.
        held: the review as it is held, if it is.
        bundle: the review as the files would have it.
        reading: what the files brought.
        inputs: the files.
        replace: what they did not bring may go.
    """
    brought, made = reading.origin
    for given in inputs:
        if given.mapped:
            brought.setdefault(given.file, {})[_BY_MAP] = [f"{bundle.review.id}:columns"]
    if held is None:
        return bundle, Settled(Said(brought))
    names = [given.file for given in inputs]
    before, own, past, loads = known.before, known.own, known.past, known.loads
    ids = paired(bundle, held, own, made)
    if ids:
        bundle = renamed(bundle, ids)
        brought = {
            file: {
                label: [ids.get(label, {}).get(id_, id_) for id_ in of_label]
                for label, of_label in by_label.items()
            }
            for file, by_label in brought.items()
        }
    problems: list[Problem] = []
    stating = [given.file for given in inputs if given.states_review]
    if stating and not replace:
        tables = {file for given in inputs for file in given.tables}
        first = [*stating, *(name for name in names if name not in stating)]
        mapped = any(given.mapped for given in inputs)
        problems += _lost(held, bundle, first, tables, before, own, mapped=mapped)
    elif not stating:
        bundle = _without_what_is_gone(bundle, inputs, own, before, brought)
    _still_brought(bundle, brought, own, before)
    if not replace:
        stated = [given.file for given in inputs if given.states_review or given.mapped]
        problems += _read_otherwise(inputs, own, brought)
        problems += changed_back(held, bundle, stated, brought, past, loads, bool(stating))
        problems += as_before(held, bundle, stated, brought, own, past, loads, bool(stating))
    cells: dict[tuple[str, str], Cells] = {}
    past_cells = []
    for one, differs in changes(held, bundle):
        past_cells.append(one)
        if differs:
            cells[one.label, one.id] = differs
    if stating:
        past_cells += _added(held, stating, brought)
    found = {
        (model.label, ids.get(model.label, {}).get(id_, id_)) for model in PAIRED for id_ in made
    }
    told = Settled(Said(brought, past_cells), problems, found & cells.keys(), cells)
    return bundle, told


def _still_brought(bundle: ReviewBundle, brought: Brought, own: Brought, before: Brought) -> None:
    """Let files go on having brought what they find there by now, as others need it too.

    What another file has brought is that one's.
    """
    others = ids_of({file: ids for file, ids in before.items() if file not in own})
    now = ids_of(brought) | others
    for label in BUNDLE_FIELDS:
        there = {record.id for record in records_of(bundle, label)}
        for file, by_label in own.items():
            kept = [
                id_ for id_ in by_label.get(label, ()) if id_ in there and (label, id_) not in now
            ]
            if kept:
                brought.setdefault(file, {}).setdefault(label, []).extend(kept)


def _read_otherwise(inputs: Sequence[Given], own: Brought, brought: Brought) -> Iterator[Problem]:
    """Files of which a map read records, and now there is no map, or none that reads these."""
    mapped = {given.file for given in inputs if given.mapped}
    for file in dict.fromkeys(given.file for given in inputs):
        was, now = own.get(file, {}), brought.get(file, {})
        if _BY_MAP not in was:
            continue
        gone = {label: len(was[label]) for label in _OF_MAPS if was.get(label)}
        gone = {label: count for label, count in gone.items() if not now.get(label)}
        if file not in mapped:
            yield Problem(
                file=file,
                message="this file was loaded with a map of columns last time, and now without",
                found=_counts(gone) or None,
                hint="add --map and the map; or add --replace to have only what is read without",
            )
        elif gone:
            yield Problem(
                file=file,
                message="with this map nothing is left of what the file brought last time",
                found=_counts(gone),
                hint="look whether the map has its columns and, for evidence, its stance; "
                "or add --replace",
            )


def _counts(gone: dict[str, int]) -> str:
    return ", ".join(f"{count} {_OF_MAPS[label][count != 1]}" for label, count in gone.items())


def _added(held: ReviewBundle, stating: Sequence[str], brought: Brought) -> Iterator[Before]:
    """Of records that a folder or workbook adds: that there was nothing of them before."""
    there = {(label, one.id) for label in BUNDLE_FIELDS for one in records_of(held, label)}
    for label, id_ in sorted(ids_of({file: brought.get(file, {}) for file in stating}) - there):
        if label in BUNDLE_FIELDS and label not in OF_RECORDS:
            yield Before(label, id_, False, {})


def _past(store: Store | None, review: str) -> tuple[Brought, list[Past], Rows]:
    """What is kept of earlier loads of a review: what files brought, what changed, their names."""
    if store is None:
        return {}, [], []
    loads = store.read(named("files_of_loads"), review=review)
    return brought_before(store.read, review), past_of(store.read, review), loads


def lost_files(held: ReviewBundle, inputs: Sequence[Given]) -> list[Problem]:
    """The same of whole files, for a load that cannot be read yet."""
    here = {given.file for given in inputs}
    tables = {file for given in inputs for file in given.tables}
    of: dict[str, list[Record]] = defaultdict(list)
    for kind, records in (("references.csv", held.references), ("codes.csv", held.codes)):
        for record in records if kind not in tables else ():
            if record.file not in here:
                of[record.file].append(record)
    mapped = any(given.mapped for given in inputs)
    return [*_of_other_files(held, [given.file for given in inputs], of, mapped=mapped)]


def _own(
    held: ReviewBundle, names: Sequence[str], before: Brought, loads: Sequence[dict[str, Any]]
) -> Brought:
    """What the files of a load brought when they were loaded before.

    Of a file that was loaded before this was kept, that is what no other file is known to have
    brought, but for what is decided at the tool.
    """
    own = {name: before[name] for name in names if name in before}
    loaded = {file for load in loads for file in load["files"]}
    for name in names:
        if name in before or name not in loaded:
            continue
        known = ids_of(before)
        own[name] = {
            label: [
                record.id
                for record in records_of(held, label)
                if (label, record.id) not in known and getattr(record, "file", name) == name
            ]
            for label in BUNDLE_FIELDS
            if label != "Merge"
        }
        break
    return own


# -- what would go ------------------------------------------------------------------------------


def _lost(
    held: ReviewBundle,
    bundle: ReviewBundle,
    here: Sequence[str],
    tables: set[str],
    before: Brought,
    own: Brought,
    *,
    mapped: bool,
) -> Iterator[Problem]:
    """Records that a load which states the review would take out unasked."""
    mine = ids_of(own) | counted(held)
    of: dict[str, list[Record]] = defaultdict(list)
    decided: dict[str, list[Record]] = defaultdict(list)
    for label in BUNDLE_FIELDS:
        kept = {record.id for record in records_of(bundle, label)}
        for record in records_of(held, label):
            if record.id in kept:
                continue
            if (label, record.id) not in mine:
                of[_brought_by(record, before)].append(record)
            elif label in _CURATED and _FILE_OF[label] not in tables:
                decided[_FILE_OF[label]].append(record)
    by_map = {file for file, ids in before.items() if _BY_MAP in ids}
    yield from _of_other_files(held, here, of, mapped=mapped, by_map=by_map)
    for file, records in decided.items():
        yield Problem(
            file=here[0],
            message=f"{file} is not there any more, and this load would take out what it declared",
            found=listed(records),
            hint=f"put {file} back, leave its header alone to take them back, or add --replace",
        )


def _brought_by(record: Record, before: Brought) -> str:
    of_file: str | None = getattr(record, "file", None)
    if of_file is not None:
        return of_file
    found = (file for file, ids in before.items() if record.id in ids.get(record.label, ()))
    return next(found, "")


def _of_other_files(
    held: ReviewBundle,
    here: Sequence[str],
    of: dict[str, list[Record]],
    *,
    mapped: bool,
    by_map: Collection[str] = (),
) -> Iterator[Problem]:
    again = [
        file
        for file, records in of.items()
        if file in by_map or any(getattr(record, "file", None) == file for record in records)
    ]
    how = ["--map", "MAP"] if mapped or set(again) & set(by_map) else []
    coded = (isinstance(one, Code | Passage) for file in again for one in of[file])
    how += ["--codes", "CODES"] if any(coded) else []
    files = [*dict.fromkeys([*here, *again])]
    together = f"load {'both' if len(files) == 2 else 'all'} together: "
    together += f"{command('load', *files, *how)}; or add --replace"
    for file, records in of.items():
        one = len(records) == 1
        them = "it" if one else "them"
        if not file:
            hint = "go on from what theorygraph export writes, or add --replace"
        else:
            hint = f"take {them} over into {here[0]}, or add --replace"
        yield Problem(
            file=file or None,
            message=f"{len(records)} record{'' if one else 's'}"
            f"{' of this file' if file else ' that no file brought'} {'is' if one else 'are'} "
            f"held for {held.review.id}, and this load would take {them} out",
            found=listed(records),
            hint=together if file in again else hint,
        )


def _without_what_is_gone(
    bundle: ReviewBundle, inputs: Sequence[Given], own: Brought, before: Brought, now: Brought
) -> ReviewBundle:
    """A sheet or coded document that is loaded again no longer says what is gone from it.

    What something else in the review is about stays.
    """
    names = {given.file for given in inputs if given.mapped or given.coded}
    mine = ids_of({name: ids for name, ids in own.items() if name in names})
    others = ids_of({file: ids for file, ids in before.items() if file not in own})
    gone = mine - others - ids_of(now)
    for label in _GO_WITH_THEIR_FILE:
        records = records_of(bundle, label)
        going = {record.id for record in records if (label, record.id) in gone}
        if not going:
            continue
        going -= set(_pointed_to(bundle, label))
        update = {BUNDLE_FIELDS[label]: [record for record in records if record.id not in going]}
        bundle = bundle.model_copy(update=update)
    return bundle


def _pointed_to(bundle: ReviewBundle, label: str) -> Iterator[str]:
    for kind in kinds().values():
        for link in kind.links:
            if link.to != label:
                continue
            for record in records_of(bundle, kind.label):
                value = getattr(record, link.field)
                for one in value if link.many else [value]:
                    yield one.concept if link.parts else one
