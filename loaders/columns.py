"""Which columns each CSV file has: read off the models, so documentation and reader agree."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from graph.model import (
    Appraisal,
    Code,
    Concept,
    Configuration,
    Evidence,
    Finding,
    HistoryEntry,
    Mechanism,
    Merge,
    Part,
    Passage,
    Record,
    Reference,
    SameAs,
    Silence,
    Source,
    Theory,
)
from graph.schema import kinds

FILES: dict[str, type[Record]] = {
    "sources.csv": Source,
    "mechanisms.csv": Mechanism,
    "history.csv": HistoryEntry,
    "concepts.csv": Concept,
    "configurations.csv": Configuration,
    "theories.csv": Theory,
    "codes.csv": Code,
    "passages.csv": Passage,
    "evidence.csv": Evidence,
    "appraisals.csv": Appraisal,
    "findings.csv": Finding,
    "same-as.csv": SameAs,
    "references.csv": Reference,
    "merges.csv": Merge,
    "silenced.csv": Silence,
}
"""The CSV files of a review folder, targets before what points to them."""

REVIEW_FILE = "review.yaml"

ID_IS_OPTIONAL = frozenset(
    {
        "history.csv",
        "evidence.csv",
        "appraisals.csv",
        "findings.csv",
        "same-as.csv",
        "references.csv",
        "merges.csv",
        "passages.csv",
        "silenced.csv",
    }
)
"""Files whose rows get an id made of their content when they have none."""

CALLED_BY_ROW = frozenset({"configurations.csv"})
"""Files whose rows are called by their number, `row-4`, when they have no id."""

IDS_AS_WRITTEN = frozenset({"one", "other", "record"})
"""Columns that name a record which need not be there: what it is about may be loaded later."""

_COUNTED_BY_ROW = frozenset({"position"})

Shape = Literal["text", "number", "yes/no", "choice", "reference", "list", "references", "parts"]
OF_SEVERAL: frozenset[Shape] = frozenset({"list", "references", "parts"})
"""Shapes of columns whose cells hold several values."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read and what they may hold."""

    name: str
    shape: Shape
    required: bool
    description: str
    choices: tuple[str, ...] = ()
    target: str | None = None


def _bare(annotation: Any) -> Any:
    while True:
        origin = get_origin(annotation)
        if origin in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        elif origin is not None and hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
        else:
            return annotation


def _shape(annotation: Any, target: str | None) -> Shape:
    if get_origin(annotation) is list:
        if _bare(get_args(annotation)[0]) is Part:
            return "parts"
        return "references" if target else "list"
    if target:
        return "reference"
    if annotation is bool:
        return "yes/no"
    if annotation is int:
        return "number"
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return "choice"
    return "text"


@cache
def columns(file: str) -> dict[str, Column]:
    """The columns of a file by name, in the order that documentation shows."""
    model = FILES[file]
    targets = {link.field: link.to for link in kinds()[model.label].links}
    return columns_of(model, targets, ids_optional=file in ID_IS_OPTIONAL | CALLED_BY_ROW)


def columns_of(
    model: type[BaseModel], targets: dict[str, str], *, ids_optional: bool = False
) -> dict[str, Column]:
    """The fields of a model as columns; ``targets`` has the kind that a field points to."""
    found = {}
    for name, info in model.model_fields.items():
        if name in _COUNTED_BY_ROW:
            continue
        annotation = _bare(info.annotation)
        shape = _shape(annotation, targets.get(name))
        one = _bare(get_args(annotation)[0]) if shape == "list" else annotation
        enumerated = isinstance(one, type) and issubclass(one, StrEnum)
        choices = tuple(member.value for member in one) if enumerated else ()
        required = info.is_required() and not (name == "id" and ids_optional)
        found[name] = Column(
            name, shape, required, info.description or "", choices, targets.get(name)
        )
    return found


@cache
def spellings(file: str) -> dict[str, str]:
    """Every spelling of a header that is understood, with the column it stands for."""
    return spellings_of(columns(file))


def spellings_of(known: dict[str, Column]) -> dict[str, str]:
    """Every spelling of these columns that is understood, with the column it stands for."""
    found = {}
    for name, column in known.items():
        found[name] = name
        if column.shape in OF_SEVERAL and _singular(name) not in known:
            found[_singular(name)] = name
    return found


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-2] if name.endswith("ses") else name.removesuffix("s")
