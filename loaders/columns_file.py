"""``columns.yaml``: what the columns of a sheet with one row per configuration are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import Problem
from graph.model import Stance
from graph.names import nearest
from loaders.columns import spellings
from loaders.plain_yaml import read_plain_yaml
from loaders.tables import read_text
from loaders.validation_messages import explain

_TARGET_KINDS = {"configurations": "configurations.csv", "evidence": "evidence.csv"}
PARTS = "parts"
"""A column whose cells hold whole configurations that name their parts: `C: … M: … O: …`."""
_OWN = ("note", "ignore")
_ID = "configurations.id"
MOST_HEADER_ROWS = 3
"""How many rows the headers of a sheet may take."""


class ColumnUse(BaseModel):
    """What one column of the sheet is."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(
        description="`configurations.context`, `evidence.source`, …, `note` or `ignore`; `parts` "
        "of a whole configuration in one cell: `C: … M: … O: …`."
    )
    mechanism: str | None = Field(
        default=None,
        description="For `parts`: what `M:` is; default: `configurations.mechanism`.",
    )
    stance: Stance | None = Field(
        default=None, description="For `evidence.source`: what the sources do to the configuration."
    )
    separator: str | None = Field(
        default=None, description="What parts several values in a cell; default: `;` or a new line."
    )
    before_arrow: str | None = Field(
        default=None,
        description="What stands before an arrow in a value, such as `configurations.resource`.",
    )
    labels: bool = Field(
        default=False,
        description="`C1`, `M2` and the like before values are labels that part them.",
    )
    signs: bool = Field(
        default=False, description="`+` or `-` before or behind a value is the polarity."
    )
    fill_down: bool = Field(
        default=False, description="An empty cell says what the cell above it says."
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
    header_rows: int = Field(
        default=1,
        ge=1,
        le=MOST_HEADER_ROWS,
        description="How many rows the headers take; default: 1.",
    )
    sections: str = Field(
        default="note",
        description="What a heading between rows says of those below it: `note`, `ignore`, or "
        "`configurations.mechanism` and so on.",
    )
    sources: dict[str, str] = Field(
        default={}, description="What texts in cells of references mean: text and id of a source."
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


@cache
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
    anything = [*targets(), *_OWN, PARTS]
    parts = [to for to in targets() if to.startswith("configurations.") and to != _ID]
    uses = found.columns.items()
    asked: list[tuple[tuple[str, ...], str, list[str]]] = [
        (("columns", header), use.to, anything) for header, use in uses
    ]
    asked += [
        (("columns", header), said, parts)
        for header, use in uses
        for said in (use.before_arrow, use.mechanism)
        if said is not None
    ]
    asked.append((("sections",), found.sections, [*parts, *_OWN]))
    for place, to, allowed in asked:
        if to in allowed:
            continue
        whole = allowed is anything
        close = [] if to in anything else nearest(to, allowed, limit=1)
        problems.append(
            Problem(
                file=name,
                row=line_of(place),
                column=place[-1],
                message="a column cannot be that" if whole else "it cannot be that",
                found=to,
                expected="configurations.…, evidence.source, parts, note or ignore"
                if whole
                else "configurations.context and the like",
                hint=f"did you mean {close[0]!r}?" if close else None,
            )
        )
    return (None if problems else found), problems
