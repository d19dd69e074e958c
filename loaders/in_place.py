"""Where records stand that a file brings again: where they stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.model import Record


def in_place(kept: Sequence[Record], found: Sequence[Record]) -> list[Record]:
    """What is held with what files bring, which keeps its place, in the order of the files.

    What is new stands behind what it follows in its file.
    """
    held = {one.id for one in kept}
    again = {one.id for one in found} & held
    new: dict[str | None, list[Record]] = defaultdict(list)
    after = None
    for one in found:
        if one.id in again:
            after = one.id
        else:
            new[after].append(one)
    first = new.pop(None, [])
    rest = (one for one in found if one.id in again)
    together: list[Record] = []
    for one in kept:
        if one.id not in again:
            together.append(one)
            continue
        together += first
        first = []
        same = next(rest)
        together += [same, *new[same.id]]
    return together + first
