"""Which of several media types a request wants."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that an ``Accept`` header wants most; none if it takes none.

    Among equals the one that is offered first. Without a header, that one.
    """
    ranges = [part for part in accept.split(",") if part.strip()]
    if not ranges:
        return offered[0]
    best, found = 0.0, None
    for kind in offered:
        quality = _quality(kind, ranges)
        if quality > best:
            best, found = quality, kind
    return found


def _quality(kind: str, ranges: Sequence[str]) -> float:
    """How much a media type is wanted: the narrowest range that it falls in decides."""
    narrowest, quality = -1, 0.0
    for part in ranges:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        main, _, sub = name.casefold().partition("/")
        if name.casefold() == kind:
            narrow = 2
        elif sub == "*" and main == kind.partition("/")[0]:
            narrow = 1
        elif (main, sub) == ("*", "*"):
            narrow = 0
        else:
            continue
        if narrow > narrowest:
            narrowest, quality = narrow, _weight(parameters)
    return quality


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
