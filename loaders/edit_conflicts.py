"""Two people's copies of one file: cells that a load would change back without knowing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.errors import Problem
from graph.model import Record, ReviewBundle
from graph.provenance import Before, Brought, Past, differing, records_of, stated
from graph.source_fields import ALL
from loaders.record_words import name_of, shown, some_of

_Key = tuple[str, str]

OF_RECORDS = frozenset({"Reference", "Merge", "Silence", "Code", "Passage"})
"""What nobody states cell by cell: it is read from files of other tools, or decided here."""


def ids_of(brought: Brought) -> set[_Key]:
    """All ids that files brought, with their labels."""
    return {
        (label, id_)
        for by_label in brought.values()
        for label, ids in by_label.items()
        for id_ in ids
    }


def changed_back(
    held: ReviewBundle,
    bundle: ReviewBundle,
    here: Sequence[str],
    brought: Brought,
    past: Sequence[Past],
    loads: Sequence[dict[str, Any]],
    stating: bool,
) -> Iterator[Problem]:
    """Cells that another file changed, and that these would change again without knowing of it.

    A file that was loaded after the change has seen it. One that was loaded before has not; nor
    has one that was never loaded and says what stood there before. Of another one that was never
    loaded nobody knows.
    """
    mine = _stated_by(here, brought, held if stating else None)
    last = _last_of(here, loads)
    before = _by_record(one for one in past if one.load > last)
    touched = before.keys() & mine
    if not touched:
        return
    was, now = (_of_labels(one, {label for label, _ in touched}) for one in (held, bundle))
    told: dict[str, tuple[Past, list[str], list[bool]]] = {}
    for key in sorted(touched):
        if key not in now:
            continue
        name = name_of(now[key])
        if key not in was:
            load, one = before[key][-1]
            if one.removed:
                _, cells, sure = told.setdefault(load.load, (load, [], []))
                cells.append(f"{name}: taken out, here again")
                sure.append(bool(last))
            continue
        for column, (stands, says) in _stated_cells(was[key], now[key]):
            entries = [
                (load, one.fields[column])
                for load, one in before[key]
                if not one.removed and column in one.fields
            ]
            if entries:
                _, cells, sure = told.setdefault(entries[-1][0].load, (entries[-1][0], [], []))
                cells.append(f"{name}, {column}: {shown(stands)}, here {shown(says)}")
                sure.append(bool(last) or any(value == says for _, value in entries))
    for load, cells, sure in told.values():
        files = " and ".join(load.files)
        yield Problem(
            file=here[0],
            message=f"{files} changed cells since"
            if any(sure)
            else f"{files} changed cells, and it is not known whether this file has seen that",
            found=some_of(cells),
            expected=f"what {files} said on {load.at}",
            hint="take that over into this file, or add --replace to have what this file says",
        )


def _last_of(here: Sequence[str], loads: Sequence[dict[str, Any]]) -> str:
    """The last load of one of these files; empty if there was none."""
    return max((load["id"] for load in loads if set(here) & set(load["files"])), default="")


def _by_record(past: Iterable[Past]) -> dict[_Key, list[tuple[Past, Before]]]:
    """What records were before loads that changed them, in the order of time."""
    found: dict[_Key, list[tuple[Past, Before]]] = defaultdict(list)
    for load in past:
        for one in load.before:
            found[one.label, one.id].append((load, one))
    return found


def _of_labels(bundle: ReviewBundle, labels: Iterable[str]) -> dict[_Key, Record]:
    return {(label, one.id): one for label in labels for one in records_of(bundle, label)}


def _stated_by(here: Sequence[str], brought: Brought, held: ReviewBundle | None) -> set[_Key]:
    """What these files state cell by cell, and the review itself if they state that."""
    ids = ids_of({file: brought.get(file, {}) for file in here})
    stated = {(label, id_) for label, id_ in ids if label not in OF_RECORDS}
    return stated | ({("Review", held.review.id)} if held is not None else set())


def _stated_cells(was: Record, now: Record) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The cells that differ, but for those that are read from records of reference files."""
    from_records = set(getattr(now, "from_records", ())) | set(getattr(was, "from_records", ()))
    if ALL in from_records:
        return
    for column, cell in differing(was, now).items():
        if column not in from_records | {"from_records"}:
            yield column, cell


def as_before(
    held: ReviewBundle,
    bundle: ReviewBundle,
    here: Sequence[str],
    brought: Brought,
    own: Brought,
    past: Sequence[Past],
    loads: Sequence[dict[str, Any]],
    stating: bool,
) -> Iterator[Problem]:
    """Cells and rows that would be again what they were before a load of a file of this name.

    Two people may call their copies the same. Whether this is another copy, or its owner has
    taken back what she changed herself, the store cannot know: so the cells are named.
    """
    last = _last_of(here, loads)
    known = [one for one in past if one.load <= last]
    if not known:
        return
    mine = _stated_by(here, brought, held if stating else None)
    earlier = _by_record(known)
    told: dict[str, tuple[Past, list[str]]] = {}

    def tell(load: Past, text: str) -> None:
        told.setdefault(load.load, (load, []))[1].append(text)

    was, now = (_of_labels(one, {label for label, _ in earlier}) for one in (held, bundle))
    for key in sorted(earlier.keys() & mine & now.keys()):
        name = name_of(now[key])
        if key in was:
            for column, (stands, says) in _stated_cells(was[key], now[key]):
                for load, one in reversed(earlier[key]):
                    if column in one.fields and not one.removed and one.fields[column] == says:
                        tell(load, f"{name}, {column}: {shown(stands)}, here {shown(says)}")
                        break
        else:
            load, one = earlier[key][-1]
            if one.removed and one.fields == stated(now[key]):
                tell(load, f"{name}: taken out, here again")
    before = [one for one in known if one.load == last and stating]
    theirs = ids_of({file: ids for file, ids in own.items() if file in here})
    for load in before:
        for one in load.before:
            key = one.label, one.id
            if not one.removed and not one.fields and key in was.keys() & theirs - now.keys():
                tell(load, f"{name_of(was[key])}: brought, not here")
    for load, cells in told.values():
        yield Problem(
            file=here[0],
            message=f"this load would undo what a load of {' and '.join(load.files)} changed "
            f"on {load.at}",
            found=some_of(cells),
            expected="what was loaded then, or a word that it may go",
            hint="if that was another copy of this file, take its changes over into this one; "
            "else add --replace",
        )
