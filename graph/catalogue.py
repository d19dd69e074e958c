"""The one catalogue of Cypher, read from ``graph/cypher/*.cypher``.

Each statement there starts with ``// name: some_name`` and a comment that says what it answers and
which index carries it. Every statement runs unchanged on both stores and takes parameters only.
Lines that several statements of a file share stand once, under ``// fragment: some_name``; where a
statement has the line ``// include: some_name`` they are read in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_START = re.compile(r"^// (name|fragment): (\w+)$", re.MULTILINE)
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE)\b")
_INCLUDE = re.compile(r"// include: (\w+)")


@dataclass(frozen=True, slots=True)
class Query:
    """A named Cypher statement with the comment that explains it."""

    name: str
    text: str
    comment: str

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return _WRITES.search(self.text) is not None


@cache
def catalogue() -> dict[str, Query]:
    """Every named statement, in the order of the files.

    Raises:
        ValueError: two statements share a name, one has no comment, or a fragment is not there.
    """
    queries: dict[str, Query] = {}
    folder = resources.files(__package__) / "cypher"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".cypher"):
            continue
        try:
            for query in statements(file.read_text(encoding="utf-8")):
                if query.name in queries:
                    raise ValueError(f"two statements are named {query.name}")
                queries[query.name] = query
        except ValueError as error:
            raise ValueError(f"{file.name}: {error}") from error
    return queries


def statements(text: str) -> Iterator[Query]:
    """The named statements of one file, whole: with the lines of the fragments they include.

    Raises:
        ValueError: one does not say what it answers, or includes what does not stand above it.
    """
    fragments: dict[str, list[str]] = {}
    starts = [*_START.finditer(text)]
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        kind, name = start.groups()
        comment, body = [], []
        for line in text[start.end() : end].splitlines():
            included = _INCLUDE.fullmatch(line)
            if included and included[1] not in fragments:
                raise ValueError(f"{name} includes {included[1]}, which does not stand above it")
            if included:
                body += fragments[included[1]]
            elif line.startswith("//"):
                comment.append(line.removeprefix("//").strip())
            elif line.strip():
                body.append(line)
        if not any(comment):
            raise ValueError(f"{name} does not say what it answers")
        if kind == "fragment":
            fragments[name] = body
        else:
            yield Query(name, "\n".join(body), " ".join(comment))


def named(name: str) -> Query:
    """The statement of that name."""
    return catalogue()[name]
