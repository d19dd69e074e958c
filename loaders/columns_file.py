"""``columns.yaml``: what the columns of a sheet with one row per configuration are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import Problem
from graph.model import Stance
from graph.names import nearest
from loaders.columns import spellings
from loaders.explain import explain
from loaders.plain_yaml import read_plain_yaml
from loaders.tables import read_text

_TARGET_KINDS = {"configurations": "configurations.csv", "evidence": "evidence.csv"}
_OWN = ("note", "ignore")


class ColumnUse(BaseModel):
    """What one column of the sheet is."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(
        description="`configurations.context`, `evidence.source`, …, `note` or `ignore`."
    )
    stance: Stance | None = Field(
        default=None, description="For `evidence.source`: what the sources do to the configuration."
    )
    separator: str | None = Field(
        default=None, description="What parts several values in a cell; default: `;` or a new line."
    )


class ReviewOfMap(BaseModel):
    """The review that the sheet belongs to, as ``review.yaml`` would say."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: str


class ColumnMap(BaseModel):
    """What the columns of a sheet with one row per configuration are."""

    model_config = ConfigDict(extra="forbid")

    review: ReviewOfMap | None = Field(default=None, description="The review; see review.yaml.")
    sheet: str | None = Field(default=None, description="Name of the sheet; default: the first.")
    header_row: int | None = Field(
        default=None, ge=1, description="Row of the headers; default: found by the headers."
    )
    stance: Stance | None = Field(
        default=None, description="What supporting references do to the configuration of their row."
    )
    separator: str | None = Field(
        default=None, description="What parts several values in a cell; default: `;` or a new line."
    )
    columns: dict[str, ColumnUse] = Field(description="Header: what it is.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("columns"), dict):
            uses = {
                header: {"to": use} if isinstance(use, str) else use
                for header, use in data["columns"].items()
            }
            return {**data, "columns": uses}
        return data


def targets() -> dict[str, tuple[str, str]]:
    """What a column can be: `configurations.context` and so on, as file and column."""
    found = {}
    for kind, file in _TARGET_KINDS.items():
        for spelling, column in spellings(file).items():
            found[f"{kind}.{spelling}"] = (file, column)
    for own in ("configuration", "mechanism", "concept", "concepts", "theory", "id"):
        found.pop(f"evidence.{own}", None)
    return found


def read_map(path: Path) -> tuple[ColumnMap | None, list[Problem]]:
    """Read a ``columns.yaml``; every problem has the line it is on."""
    name = path.name or str(path)
    if not path.is_file():
        return None, [Problem(file=name, message=f"{path} does not exist")]
    text, problem = read_text(path, name, 1)
    if text is None:
        return None, [problem] if problem is not None else []
    data, line_of, problems = read_plain_yaml(text, name)
    if data is None:
        return None, problems
    try:
        found = ColumnMap.model_validate(data)
    except ValidationError as error:
        return None, explain(error, ColumnMap, file=name, row_of=line_of, whole_path=True)
    known = targets()
    for header, use in found.columns.items():
        if use.to not in known and use.to not in _OWN:
            close = nearest(use.to, [*known, *_OWN], limit=1)
            problems.append(
                Problem(
                    file=name,
                    row=line_of(("columns", header)),
                    column=header,
                    message="a column cannot be that",
                    found=use.to,
                    expected="configurations.…, evidence.source, note or ignore",
                    hint=f"did you mean {close[0]!r}?" if close else None,
                )
            )
    return (None if problems else found), problems
