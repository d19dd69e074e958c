"""YAML as plain text values, read with distrust; every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.reader import ReaderError

from graph.errors import Problem

Place = tuple[int | str, ...]
"""Where a value stands: `("search", 0, "steps", 2, "takes")`."""

LineOf = Callable[[Place], int | None]
"""The line of a place, or of the nearest thing around it that has one."""

_DEEPEST = 12
"""How deep values may stand in each other; the review file itself needs five levels."""


class _Constructor(RoundTripConstructor):
    """Keeps every value as it is written: 1.10 stays 1.10, and no is a word."""


for _kind in ("int", "float", "bool", "timestamp"):
    _Constructor.add_constructor(
        f"tag:yaml.org,2002:{_kind}", RoundTripConstructor.construct_scalar
    )


def nowhere(place: Place) -> int | None:
    """The line of a place in a text that could not be read."""
    return None


def read_plain_yaml(text: str, name: str) -> tuple[dict[str, Any] | None, LineOf, list[Problem]]:
    """A mapping of names to texts, lists and mappings, or the problem that keeps it unread.

    Nothing is guessed: 1.10 stays `1.10`, and no is a word. Tags and aliases are refused.
    """
    data, problem = _loaded(text, name)
    if problem is not None:
        return None, nowhere, [problem]

    def line_of(place: Place) -> int | None:
        return _line(data, place)

    return _plain(data), line_of, []


def _loaded(text: str, name: str) -> tuple[Any, Problem | None]:
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        problem = _beyond_plain(text, name)
        if problem is not None:
            return None, problem
        data = yaml.load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        found = (error.problem or "").partition('"')[2].partition('"')[0]
        return None, Problem(
            file=name,
            row=mark.line + 1 if mark else None,
            column=found or None,
            message="the name is there twice",
            hint="write it once; several values go into a list",
        )
    except ReaderError as error:
        return None, Problem(
            file=name,
            row=len(re.split(r"\r\n|\r|\n", text[: error.position])),
            message="this is not YAML",
            found=f"the control character U+{ord(text[error.position]):04X}",
            expected="printable text",
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, Problem(
            file=name,
            row=mark.line + 1 if mark else None,
            message="this is not YAML",
            found=(error.problem or error.context or "").split("\n")[0] or None,
            hint="a text with ': ' or '#' in it needs quotes; indent with spaces",
        )
    except YAMLError:
        return None, Problem(file=name, message="this is not YAML")
    if not isinstance(data, dict):
        return None, Problem(
            file=name, row=1, message="expected `name: value` lines, such as `id: …`"
        )
    return data, None


def _beyond_plain(text: str, name: str) -> Problem | None:
    # Events come one by one, so a text made to be expensive is refused before it is read in full.
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        tagged = isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None
        if depth > _DEEPEST:
            message, hint = f"values stand more than {_DEEPEST} deep in each other", None
        elif tagged:
            message = "tags (!name) are not read here"
            hint = "leave the tag out, or put a text that begins with '!' in quotes"
        elif isinstance(event, NodeEvent) and event.anchor is not None:
            message = "aliases (&name, *name) are not read here"
            hint = "write the value out, or put a text that begins with '&' or '*' in quotes"
        else:
            continue
        return Problem(file=name, row=event.start_mark.line + 1, message=message, hint=hint)
    return None


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data if data is None else str(data)


def _line(data: Any, place: Place) -> int | None:
    line: int | None = 1
    for key in place:
        marks = getattr(getattr(data, "lc", None), "data", None) or {}
        if key in marks:
            line = marks[key][0] + 1
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            break
    return line
