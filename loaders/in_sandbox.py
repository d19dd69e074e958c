"""Reading and checking the files of a load in a room of their own (:mod:`loaders.sandbox`)."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.memory import give_back
from graph.model import ReviewBundle
from graph.schema import BUNDLE_FIELDS
from loaders.sandbox import Inside, Room, Visit, size_of

if TYPE_CHECKING:
    from loaders.intake import Checked

Look = Callable[..., Any]
"""Looks in the store: called with a function and what comes after the store among its arguments.

Where files are read there is no store, so whatever reading wants of it goes through this."""

_PART = 500
"""Records that leave the room at once."""


def checked_apart(
    room: Room, visit: Visit | None, look: Look, check: Callable[..., Checked], *asked: Any
) -> Checked:
    """What a check says, done in the room; the bundle is an empty one, if there is one."""
    reading: Checked = room.visit(
        _check, check, *asked, size=size_of(_paths(asked)), answer=look, visit=visit
    )
    return reading


def read_apart(
    room: Room,
    visit: Visit | None,
    look: Look,
    read: Callable[..., tuple[Checked, bool]],
    *asked: Any,
) -> tuple[Checked, bool]:
    """What reading gives, done in the room; what can be loaded comes out part by part."""
    parts: dict[str, _Packed] = {}
    reading: Checked
    reading, stated = room.visit(
        _read,
        read,
        *asked,
        size=size_of(_paths(asked)),
        answer=look,
        take=lambda part: parts.setdefault(part[0], _Packed()).add(*part[1:]),
        visit=visit,
    )
    if reading.bundle is not None:
        reading.bundle = reading.bundle.model_copy(update=parts)
    if visit is not None:
        visit.go_on()
    return reading, stated


class _Packed(list[Any]):
    """Records as they came out of the room, in parts; each is unpacked while it is looked at.

    Packed they take less than half. What a load does with a list is what this one can: its
    length, going through it, letting go of records from its end, and emptying it.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[bytes, int]] = []
        self._open: list[Any] = []
        self._turned = False

    def add(self, part: bytes, size: int) -> None:
        """A further part, with the number of its records."""
        self._parts.append((part, size))

    def __len__(self) -> int:
        return sum(size for _, size in self._parts) + len(self._open)

    def __bool__(self) -> bool:
        return bool(self._parts or self._open)

    def __iter__(self) -> Iterator[Any]:
        for part, _ in self._parts:
            records = pickle.loads(part)
            yield from reversed(records) if self._turned else records
        yield from self._open

    def reverse(self) -> None:
        self._parts.reverse()
        self._turned = not self._turned

    def pop(self, *_: Any) -> Any:
        if not self._open:
            part, _size = self._parts.pop()
            self._open = pickle.loads(part)
            if self._turned:
                self._open.reverse()
        return self._open.pop()

    def clear(self) -> None:
        self._parts.clear()
        self._open.clear()


def proposed_apart(
    room: Room | None, propose: Callable[..., Any], path: Path, **wanted: Any
) -> Any:
    """What is proposed for a file, done in the room if there is one."""
    if room is None:
        return propose(path, **wanted)
    return room.visit(_propose, propose, path, wanted, size=size_of([path]))


def _propose(
    inside: Inside, propose: Callable[..., Any], path: Path, wanted: dict[str, Any]
) -> Any:
    inside.at(path.name)
    return propose(path, **wanted)


def _paths(asked: tuple[Any, ...]) -> list[Path]:
    paths: list[Path] = asked[0]
    return paths


def _check(inside: Inside, check: Callable[..., Checked], *asked: Any) -> Checked:
    reading = check(inside.ask, *asked, at=inside.at)
    if reading.bundle is not None:
        reading.bundle = ReviewBundle(review=reading.bundle.review)
    return reading


def _read(
    inside: Inside, read: Callable[..., tuple[Checked, bool]], *asked: Any
) -> tuple[Checked, bool]:
    gc.disable()
    reading, stated = read(inside.ask, *asked, at=inside.at)
    bundle = reading.bundle
    if bundle is not None and reading.errors:
        reading.bundle = ReviewBundle(review=bundle.review)
    elif bundle is not None:
        for name in BUNDLE_FIELDS.values():
            records = getattr(bundle, name)
            records.reverse()
            while records:  # what has gone out is let go
                part = records[: -_PART - 1 : -1]
                inside.tell((name, pickle.dumps(part, pickle.HIGHEST_PROTOCOL), len(part)))
                del part
                del records[-_PART:]
                give_back()
    return reading, stated
