"""The one catalogue of Cypher, read from ``graph/cypher/*.cypher``.

Each statement there starts with ``// name: some_name`` and a comment that says what it answers and
which index carries it. Every statement runs unchanged on both stores and takes parameters only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NAME = re.compile(r"^// name: (\w+)$")


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
        ValueError: two statements share a name, or text stands before the first name.
    """
    queries: dict[str, Query] = {}
    folder = resources.files("graph") / "cypher"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".cypher"):
            continue
        name, comment, body = "", [], []

        def keep(where: str = file.name) -> None:
            if name:
                if name in queries:
                    raise ValueError(f"{where}: two statements are named {name}")
                queries[name] = Query(name, "\n".join(body).strip(), " ".join(comment))
            elif body:
                raise ValueError(f"{where}: a statement stands before the first name")

        for line in file.read_text(encoding="utf-8").splitlines():
            named = _NAME.match(line)
            if named:
                keep()
                name, comment, body = named.group(1), [], []
            elif line.startswith("//"):
                comment.append(line.removeprefix("//").strip())
            elif line.strip():
                body.append(line)
        keep()
    return queries


def named(name: str) -> Query:
    """The statement of that name."""
    return catalogue()[name]
