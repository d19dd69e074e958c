"""Reading a review folder: ``review.yaml`` and CSV files, as they are."""

from __future__ import annotations

from pathlib import Path

from graph.errors import Problem
from graph.names import nearest
from loaders.budget import spend
from loaders.columns import FILES, REVIEW_FILE, spellings
from loaders.parsed_input import Given
from loaders.review_file import read_review_file
from loaders.tables import read_table, read_text

_MAX_REVIEW_FILE_MB = 1


def read_folder(path: Path, *, max_file_mb: int = 100, encoding: str | None = None) -> Given:
    """Read the files of a review folder without checking them against each other.

    Args:
        path: the folder with ``review.yaml`` and the CSV files.
        max_file_mb: the largest file that is read, in MiB.
        encoding: what files are in that are not in Unicode.
    """
    given = Given(path.name or str(path), states_review=True)
    _look_around(path, given)
    _read_review_file(path, given, max_file_mb, encoding)
    for file in FILES:
        if (path / file).is_file():
            spend("files")
            given.tables[file] = read_table(
                path / file, file, spellings(file), max_file_mb, encoding
            )
    return given


def _look_around(path: Path, given: Given) -> None:
    expected = [REVIEW_FILE, *FILES]
    for entry in sorted(path.iterdir()):
        if entry.name in expected or entry.name.startswith("."):
            continue
        if entry.suffix.casefold() not in (".csv", ".yaml", ".yml"):
            continue
        close = nearest(entry.name, expected, limit=1)
        if close and not (path / close[0]).exists():
            given.unread.add(close[0])
        given.problems.append(
            Problem(
                file=entry.name,
                message="this file is not part of a review folder and was not read",
                expected=f"one of {', '.join(expected)}",
                hint=f"did you mean {close[0]!r}?" if close else None,
            )
        )


def _read_review_file(path: Path, given: Given, max_file_mb: int, encoding: str | None) -> None:
    file = path / REVIEW_FILE
    if not file.is_file():
        given.problems.append(
            Problem(
                file=REVIEW_FILE,
                message="the file is missing",
                hint="it needs at least `id:` and `title:`",
            )
        )
        given.unread.add(REVIEW_FILE)
        return
    text, problem = read_text(
        file,
        REVIEW_FILE,
        min(max_file_mb, _MAX_REVIEW_FILE_MB),
        hint="records belong into the CSV files",
        encoding=encoding,
    )
    if problem is not None:
        given.problems.append(problem)
    given.review, problems = (None, []) if text is None else read_review_file(text, REVIEW_FILE)
    given.problems += problems
    if given.review is None:
        given.unread.add(REVIEW_FILE)
