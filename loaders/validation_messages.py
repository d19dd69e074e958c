"""Turning a model's complaints into located problems in the reviewer's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from graph.errors import Problem
from graph.names import nearest

_PATTERNS = {
    "doi": "a DOI such as 10.1000/xyz, without a resolver in front",
    "pmid": "a PubMed id: digits only",
    "id": "letters, digits, '.', '_' and '-', beginning and ending with a letter or digit",
}
_SHAPES = {
    "list_type": "a list: lines that begin with '- ', or [one, two]",
    "dict_type": "`name: value` lines",
    "model_type": "`name: value` lines, such as `id: ...` and `name: ...`",
}


def explain(
    error: ValidationError,
    model: type[BaseModel],
    *,
    file: str,
    row_of: Callable[[tuple[int | str, ...]], int | None],
    whole_path: bool = False,
    wrong_values_only: bool = False,
) -> list[Problem]:
    """One problem for each complaint; ``row_of`` knows the row of a place in the input.

    With ``wrong_values_only`` nothing is said of what is missing: the caller has said it.
    """
    problems = []
    for complaint in error.errors(include_url=False):
        if wrong_values_only and complaint["type"] in ("missing", "value_error"):
            continue
        place = complaint["loc"]
        names = [str(part) for part in place if whole_path is False or isinstance(part, str)]
        name = (names[-1] if whole_path else names[0]) if names else ""
        column = ".".join(str(part) for part in place) if whole_path else name
        message, expected, hint = _words(complaint, name, _model_at(model, place))
        missing = complaint["type"] in ("missing", "value_error")
        problems.append(
            Problem(
                file=file,
                row=row_of(place),
                column=column or None,
                message=message,
                found=None if missing else _shown(complaint.get("input")),
                expected=expected,
                hint=hint,
            )
        )
    return problems


def _model_at(model: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel]:
    for key in place[:-1]:
        info = model.model_fields.get(str(key))
        inner = get_args(info.annotation) if info is not None else ()
        if inner and isinstance(inner[0], type) and issubclass(inner[0], BaseModel):
            model = inner[0]
    return model


def _words(complaint: Any, name: str, model: type[BaseModel]) -> tuple[str, str | None, str | None]:
    kind = complaint["type"]
    context = complaint.get("ctx", {})
    if kind == "missing":
        return f"{name} is missing", None, None
    if kind == "extra_forbidden":
        known = list(model.model_fields)
        close = nearest(name, known, limit=1)
        return f"unknown name {name!r}", None, f"did you mean {close[0]!r}?" if close else None
    if kind == "enum":
        choices = [choice.strip("' ") for choice in _choices(context["expected"])]
        close = nearest(str(complaint["input"]), choices, limit=1)
        hint = f"did you mean {close[0]!r}?" if close else None
        return f"unknown {name}", f"one of {', '.join(choices)}", hint
    if kind == "string_pattern_mismatch":
        return f"{name} is not well formed", _PATTERNS.get(name, _PATTERNS["id"]), None
    if kind.startswith("int_") or kind == "bool_parsing":
        what = "yes or no" if kind == "bool_parsing" else "a whole number"
        return f"{name} is not {what}", what, None
    if kind in ("string_too_long", "string_too_short"):
        bound = "at most" if kind == "string_too_long" else "at least"
        limit = context.get("max_length", context.get("min_length"))
        return f"{name} is {kind[7:].replace('_', ' ')}", f"{bound} {limit} characters", None
    if kind == "string_type":
        return f"{name} must be a text", "a text", None
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = "at least" if kind == "greater_than_equal" else "at most"
        return f"{name} is out of range", f"{bound} {context.get('ge', context.get('le'))}", None
    if kind in _SHAPES:
        return "this has the wrong shape", _SHAPES[kind], None
    if kind == "value_error":
        return str(context["error"]), None, None
    return f"{name}: {complaint['msg']}", None, None


def _choices(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)[:120]
