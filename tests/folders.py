"""Illustrative review folders, written to disk. Nothing in them comes from a real review."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from graph.settings import Settings
from loaders.build_records import Reading, assembled
from loaders.detect_format import How, read_input
from loaders.intake import check

Files = dict[str, str | bytes]

REVIEW = """\
id: illustrative
title: Illustrative review
year: 2020
levels:
  - {id: system, name: System}
  - {id: team, name: Team, aliases: [work group]}
search:
  - id: stage-1
    name: First stage
    steps:
      - {id: found, kind: entrance, name: records found, n: 10}
      - {id: excluded, kind: exit, name: records excluded, n: 6}
      - {id: included, kind: total, name: records included, n: 4}
tallies:
  - {id: outcomes, name: what became of them, n: 3, parts: {supported: 2, incorporated: 1}}
"""


def table(*rows: Iterable[str], delimiter: str = ",", end: str = "\n", quoted: bool = False) -> str:
    """Rows of cells as CSV text; the first row is the header."""
    out = io.StringIO(newline="")
    how: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=how).writerows(rows)
    return out.getvalue()


def good() -> Files:
    """A folder without any mistake, with a row of every kind."""
    return {
        "review.yaml": REVIEW,
        "sources.csv": table(
            ["id", "kind", "title", "year", "included", "stage", "entrance"],
            ["smith", "paper", "Illustrative paper", "2011", "yes", "stage-1", "found"],
            ["panel", "consultation", "Illustrative panel", "", "", "", ""],
        ),
        "mechanisms.csv": table(
            ["id", "name", "aliases", "levels"],
            ["trust", "Building trust", "Trusting; Faith in others", "system; team"],
            ["time", "Making time", "", "team"],
            ["humour", "Using humour", "", ""],
        ),
        "history.csv": table(
            ["mechanism", "status", "into"],
            ["trust", "supported", ""],
            ["time", "supported", ""],
            ["humour", "incorporated", "trust"],
        ),
        "configurations.csv": table(
            ["id", "mechanisms", "contexts", "reasonings", "outcomes"],
            ["c1", "trust", "New team", "Feeling safe (inferred)", "Speaking up"],
        ),
        "theories.csv": table(
            ["id", "kind", "name", "mechanisms"],
            ["exchange", "substantive", "Illustrative exchange theory", "trust"],
        ),
        "evidence.csv": table(
            ["id", "source", "mechanism", "stance", "levels", "quote", "rigour"],
            ["e1", "smith", "trust", "supports", "team", "Illustrative words.", "high"],
            ["e2", "smith", "time", "supports", "", "", ""],
            ["e3", "panel", "humour", "challenges", "system", "", "low"],
        ),
        "findings.csv": table(
            ["id", "kind", "name", "statement", "mechanisms", "said_by", "searched"],
            ["gap", "gap", "Illustrative gap", "Nothing on it.", "time", "smith", "stage-1"],
        ),
    }


def write(folder: Path, files: Files) -> Path:
    """The files as a folder on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / name).write_bytes(data)
    return folder


def zip_of(files: Mapping[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def mapped(folder: Path, columns: str) -> How:
    """How files are read with this map of columns, which is written into the folder."""
    path = folder / "columns.yaml"
    path.write_text(columns, encoding="utf-8")
    return How(columns=path)


def checked(folder: Path, files: Files | None = None) -> Reading:
    """What ``check`` finds in the folder, after the files were written into it."""
    return check(write(folder, files or {}), Settings())


def reading_of(path: Path) -> Reading:
    """What the files say, validated, without asking whether their numbers add up."""
    return assembled(read_input(path, Settings(), How()))


Place = tuple[str | None, int | None, str | None]


def places(reading: Reading) -> set[Place]:
    """Where the errors are: file, row, column."""
    return {(problem.file, problem.row, problem.column) for problem in reading.errors}


def only_error(reading: Reading) -> str:
    """The one error's place and message in one sentence."""
    assert len(reading.errors) == 1, [problem.sentence() for problem in reading.problems]
    assert reading.bundle is None
    return reading.errors[0].sentence()


@contextmanager
def memory_below(megabytes: int) -> Iterator[None]:
    """What happens inside takes less memory than this at any moment."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes * 1024 * 1024, f"{peak / 1024 / 1024:.0f} MB"
