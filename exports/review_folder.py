"""A review as the folder that it is loaded from: ``review.yaml`` and CSV files.

Loading what is written here gives the same records. The columns are the reader's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from graph.cells import csv_text, neutral
from graph.model import HistoryEntry, Part, Record, ReviewBundle, SameAs
from graph.schema import BUNDLE_FIELDS, ORDERED
from loaders.columns import FILES, IDS_AS_WRITTEN, REVIEW_FILE, Column, columns

_SCOPE = {"mechanisms", "concepts", "configurations"}
_TERM = {"id", "name", "aliases", "description"}


def folder_files(bundle: ReviewBundle) -> dict[str, str]:
    """The files of the folder by name; a kind without records has none."""
    files = {REVIEW_FILE: _review_file(bundle)}
    for name in FILES:
        rows = rows_of(bundle, name)
        if rows:
            files[name] = _table(name, rows)
    return files


def rows_of(bundle: ReviewBundle, file: str) -> list[dict[str, str]]:
    """The rows of one file, as the text of each column."""
    records: list[Record] = getattr(bundle, BUNDLE_FIELDS[FILES[file].label])
    return [
        {
            name: _cell(column, getattr(record, name), bundle.review.id, record)
            for name, column in columns(file).items()
        }
        for record in (records if FILES[file].label in ORDERED else _by_id(records))
    ]


def _by_id(records: list[Record]) -> list[Record]:
    """By id; history in the order of time, for the rows of one mechanism are read in that order."""

    def key(record: Record) -> tuple[str, int, str]:
        if isinstance(record, HistoryEntry):
            return record.mechanism, record.position, record.id
        return "", 0, record.id

    return sorted(records, key=key)


def _table(file: str, rows: list[dict[str, str]]) -> str:
    names = [
        name
        for name, column in columns(file).items()
        if column.required or any(row[name] for row in rows)
    ]
    return csv_text([names, *([neutral(row[name]) for name in names] for row in rows)])


def _cell(column: Column, value: Any, review: str, record: Record) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return listed(_part(column, part, review) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if column.name == "same_as" and isinstance(record, SameAs):
        return str(value)
    if column.name == "id" or column.name in IDS_AS_WRITTEN or column.target is not None:
        return _local(str(value), review)
    return str(value)


def listed(values: Iterable[str]) -> str:
    """Values in one cell, as a list is read back; what parts a list is marked within them."""
    parts = list(values)
    # A backslash keeps a semicolon from parting the list, so none may stand before one.
    between = " ; " if any(part.endswith("\\") for part in parts) else "; "
    return between.join(parts)


def _part(column: Column, value: Any, review: str) -> str:
    if isinstance(value, Part):
        inferred = " (inferred)" if value.inferred else ""
        return f"{_local(value.concept, review)}{inferred}"
    text = str(value)
    return _local(text, review) if column.target is not None else within_list(text)


def within_list(text: str) -> str:
    """A text as a value of a list: a semicolon or line end in it parts nothing."""
    return re.sub(r"[;\n\r]", r"\\\g<0>", text)


def _local(id_: str, review: str) -> str:
    return id_.removeprefix(f"{review}:")


def review_data(bundle: ReviewBundle) -> dict[str, Any]:
    """What ``review.yaml`` says, as plain data."""
    review = bundle.review.id
    data: dict[str, Any] = _stated(bundle.review)
    vocabularies = (("levels", bundle.levels), ("perspectives", bundle.perspectives))
    for name, terms in vocabularies:
        if terms:
            data[name] = [
                {**_stated(term, only=_TERM), "id": term.local_id}
                for term in sorted(terms, key=lambda term: (term.position, term.id))
            ]
    if bundle.stages:
        data["search"] = [
            _stage(bundle, stage.id)
            for stage in sorted(bundle.stages, key=lambda stage: (stage.position, stage.id))
        ]
    if bundle.tallies:
        data["tallies"] = [
            {
                **_stated(tally, without={"position", "part_names", "parts"}),
                "id": tally.local_id,
                **({"of": _local(tally.of, review)} if tally.of else {}),
                **(
                    {"parts": dict(zip(tally.part_names, tally.parts, strict=True))}
                    if tally.parts
                    else {}
                ),
            }
            for tally in sorted(bundle.tallies, key=lambda tally: (tally.position, tally.id))
        ]
    if bundle.reporting:
        data["reporting"] = [
            {**_stated(said, without={"position"}), "id": said.local_id}
            for said in sorted(bundle.reporting, key=lambda said: (said.position, said.id))
        ]
    return data


def _review_file(bundle: ReviewBundle) -> str:
    from ruamel.yaml import YAML  # imported where a folder is written

    text = io.StringIO()
    yaml = YAML(typ="rt")
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.dump(_quoted(review_data(bundle)), text)
    return text.getvalue()


def _quoted(data: Any) -> Any:
    """The data with quotes around texts of which YAML would take a letter for something else."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(data, dict):
        return {_quoted(name): _quoted(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_quoted(value) for value in data]
    # Where a long text is folded, a run of spaces would be one.
    if isinstance(data, str) and (not data.isprintable() or "  " in data):
        return DoubleQuotedScalarString(data)
    return data


def _stage(bundle: ReviewBundle, id_: str) -> dict[str, Any]:
    review = bundle.review.id
    (stage,) = (stage for stage in bundle.stages if stage.id == id_)
    steps = sorted(
        (step for step in bundle.steps if step.stage == id_),
        key=lambda step: (step.position, step.id),
    )
    data = {**_stated(stage, without={"position"}), "id": stage.local_id}
    for scope in _SCOPE & data.keys():
        data[scope] = [_local(id_, review) for id_ in data[scope]]
    if steps:
        data["steps"] = [
            {
                **_stated(step, without={"position", "stage"}),
                "id": step.local_id.removeprefix(f"{stage.local_id}."),
                **({"takes": _local(step.takes, review)} if step.takes else {}),
            }
            for step in steps
        ]
    return data


def _stated(
    record: Record, *, only: set[str] | None = None, without: set[str] | None = None
) -> dict[str, Any]:
    data = record.model_dump(mode="json", exclude_none=True, include=only, exclude=without)
    return {name: value for name, value in data.items() if value not in ([], "")}
