"""The one catalogue of Cypher, read from ``graph/cypher/*.cypher``.

Each statement there starts with ``// name: some_name`` and a comment that says what it answers and
which index carries it. Every statement runs unchanged on both stores and takes parameters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NAME = re.compile(r"^// name: (\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Query:
    """A named Cypher statement with the comment that explains it."""

    name: str
    text: str
    comment: str


@cache
def catalogue() -> dict[str, Query]:
    """Every named statement, in the order of the files.

    Raises:
        ValueError: two statements share a name, or one has no comment.
    """
    queries: dict[str, Query] = {}
    folder = resources.files("graph") / "cypher"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".cypher"):
            continue
        for query in _statements(file.read_text(encoding="utf-8")):
            if query.name in queries:
                raise ValueError(f"{file.name}: two statements are named {query.name}")
            if not query.comment:
                raise ValueError(f"{file.name}: {query.name} does not say what it answers")
            queries[query.name] = query
    return queries


def _statements(text: str) -> Iterator[Query]:
    starts = [*_NAME.finditer(text)]
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        lines = text[start.end() : end].splitlines()
        comment = [line.removeprefix("//").strip() for line in lines if line.startswith("//")]
        body = [line for line in lines if line.strip() and not line.startswith("//")]
        yield Query(start.group(1), "\n".join(body), " ".join(comment))


def named(name: str) -> Query:
    """The statement of that name."""
    return catalogue()[name]
