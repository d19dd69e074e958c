"""What readers of files share: how large a file may be, halves of characters, texts in brief."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.errors import Problem

PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
"""A character as CESU-8 has it: two halves, each encoded by itself."""
HALF = re.compile("[\ud800-\udfff]")
"""Half a character; after :func:`joined`, one whose other half is missing."""
_LISTED = 8


def too_large(
    name: str,
    size: int,
    max_mb: int,
    hint: str = "split it, or raise THEORYGRAPH_MAX_FILE_MB",
) -> Problem | None:
    """The problem with a file of more than ``max_mb`` MiB; none if it is small enough.

    Args:
        name: the file as messages name it.
        size: its bytes.
        max_mb: how much is read.
        hint: what to do about it.
    """
    if size <= max_mb * 1024 * 1024:
        return None
    return Problem(
        file=name,
        message="the file is too large",
        found=f"{size / 1024 / 1024:.0f} MB",
        expected=f"at most {max_mb} MB",
        hint=hint,
    )


def joined(text: str) -> str:
    """The text with the halves of characters put together."""
    return PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def listed(what: str, places: Sequence[object]) -> str:
    """The first of the rows or cells that something is said of: `rows 3, 5, …`."""
    shown = [*map(str, places[:_LISTED]), *["…"] * (len(places) > _LISTED)]
    return f"{what}{'' if len(places) == 1 else 's'} {', '.join(shown)}"


def on_one_line(text: str, most: int) -> str:
    """The beginning of a text, without what a comment in a file cannot hold."""
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return words if len(words) <= most else f"{words[:most]}…"
