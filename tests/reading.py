"""Reading one reference file through the loaders' door, and what its records are kept as."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from graph.record_fields import fields_of
from graph.settings import Settings
from loaders.detect_format import How, read_input
from loaders.parsed_input import Given
from loaders.references.text import bytes_of
from loaders.tables import Row

SHARED = Path(os.environ.get("THEORYGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
"""Files of others that tests may look at where they are, and are not copied."""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(path: Path, encoding: str | None = None) -> Given:
    """What a file gives."""
    (given,) = read_input(path, Settings(), How(encoding=encoding))
    return given


def read_text(folder: Path, name: str, content: str | bytes, encoding: str | None = None) -> Given:
    """What a file of this content gives."""
    return read(put(folder, name, content), encoding)


def sources(given: Given) -> list[dict[str, Any]]:
    """The sources of a file, with their cells as text or lists."""
    lists = ("authors", "organisations")
    rows = given.tables["sources.csv"].rows if "sources.csv" in given.tables else []
    return [
        {name: cells if name in lists else cells[0] for name, cells in row.cells.items()}
        for row in rows
    ]


def one(folder: Path, name: str, content: str | bytes) -> dict[str, Any]:
    """The one source of a file."""
    (source,) = sources(read_text(folder, name, content))
    return source


def fields(reference: Row) -> dict[str, list[str]]:
    """The fields that a record is kept with."""
    return fields_of(reference.cells["fields"][0], reference.cells["text"][0])


def references(given: Given) -> list[Row]:
    """The records of a file."""
    return given.tables["references.csv"].rows if "references.csv" in given.tables else []


def told(given: Given) -> list[str]:
    """The problems of a file as sentences."""
    return [problem.sentence() for problem in given.problems]


def keeps_its_bytes(given: Given, data: bytes) -> bytes:
    """Each record's text, encoded again, stands in the file, in order; returns what is left."""
    at = 0
    left = b""
    for row in references(given):
        kept = bytes_of(row.cells["text"][0], row.cells["encoding"][0])
        assert kept, row.number
        found = data.find(kept, at)
        assert found >= 0, (given.file, row.number, row.cells["encoding"][0])
        left += data[at:found]
        at = found + len(kept)
    return left + data[at:]
