"""The `csv` export of a review, brought back: named, with what can be loaded in its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from graph.errors import Problem
from graph.model import KINDS, LOCAL_ID, Review

_FULL_ID = re.compile(rf"({LOCAL_ID})(?::{LOCAL_ID})?")
_HEADS = {tuple(model.model_fields): model for model in KINDS}
_LOOKED_AT = 1 << 16


def own_tables(files: Iterable[Path], name: str) -> Problem | None:
    """What to say of a folder or zip, if it holds the tables that `export` writes as `csv`.

    The table of the review itself tells: a review folder has none, its review is `review.yaml`.
    """
    for path in files:
        table = path.suffix.casefold() == ".csv" and path.is_file()
        review = _review_of(path, Review) if table else None
        if review is not None:
            return _problem(name, review)
    return None


def own_table(path: Path, name: str) -> Problem | None:
    """The same of one table by itself: it has every field of a kind, and ids with their review."""
    review = _review_of(path, None)
    return None if review is None else _problem(name, review)


def _review_of(path: Path, wanted: type | None) -> str | None:
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT).decode("utf-8-sig", "replace")
    try:
        rows = csv.reader(io.StringIO(start))
        model = _HEADS.get(tuple(next(rows, ())))
        first = next(rows, [])
    except csv.Error:
        return None
    if model is None or not first or (wanted is not None and model is not wanted):
        return None
    found = _FULL_ID.fullmatch(first[0])
    if found is None or (":" in first[0]) is (model is Review):
        return None
    return found[1]


def _problem(name: str, review: str) -> Problem:
    return Problem(
        file=name,
        message="this is a review as theorygraph export writes it as `csv`: tables for "
        "spreadsheets and programs, which are not read",
        expected="a review folder, a zip of one, or a workbook",
        hint=f"write one from the store that this came from: theorygraph export {review} "
        f"{review}.xlsx, or {review}.folder.zip",
    )
