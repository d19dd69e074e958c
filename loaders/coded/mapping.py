"""The mapping file: which codes of a coding scheme are mechanisms, contexts, outcomes, levels.

A coding tool knows codes and nothing else. What a code stands for in programme theory is the
reviewer's to say, and this is where it is said. A code that is not named stays a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
)

from graph.errors import Problem
from graph.model import SourceKind, Stance
from graph.names import nearest
from loaders.plain_yaml import read_plain_yaml
from loaders.tables import read_text
from loaders.validation_messages import explain

_ARROW = re.compile(r"\s*>\s*")
_ALL_BELOW = " > *"
_MOST_SUGGESTIONS = 100
_MAX_MB = 1


class Part(StrEnum):
    """What a code can stand for; the names are those of the mapping file."""

    MECHANISM = "mechanisms"
    CONTEXT = "contexts"
    OUTCOME = "outcomes"
    LEVEL = "levels"
    STANCE = "stances"


def _named(value: Any) -> Any:
    """A list of codes is a mapping whose codes are named after themselves."""
    if not isinstance(value, list):
        return value
    if not all(isinstance(code, str) for code in value):
        raise ValueError("a list holds names of codes; write `code: name` without dashes")
    return dict.fromkeys(value)


UNKNOWN_CODE = "no code goes by this name"
NONE_BELOW = "no code stands below this one"
UNKNOWN_SOURCE = "no source goes by this name"
"""What is wrong with an entry only if no coded document of a load has what it names."""

Codes = Annotated[dict[str, str | None], BeforeValidator(_named)]


class Mapping(BaseModel):
    """What the codes of a coded document stand for.

    A code is written as its name, as its path ``Scheme > Parent > Code`` (or the end of it), or as
    the id that the coding tool gave it. ``Parent > *`` stands for every code below one.
    """

    model_config = ConfigDict(extra="forbid")

    kind: SourceKind | None = Field(
        default=None,
        description="Kind of the sources: paper, grey, synthesis, interview or consultation. "
        "May be left out where the document itself says it.",
    )
    kinds: dict[str, SourceKind] = Field(
        default={}, description="Kinds of single sources, by the name that the document gives them."
    )
    stance: Stance | None = Field(
        default=None,
        description="What a coded passage does to its target if no code of `stances` is on it: "
        "supports, challenges or refines. Without it such a passage stays a passage.",
    )
    mechanisms: Codes = Field(
        default={},
        description="Codes that are mechanisms, each with the mechanism's id or name; with "
        "nothing after the colon, a mechanism is named after the code.",
    )
    contexts: Codes = Field(
        default={}, description="Codes that are contexts, each with the concept's id or name."
    )
    outcomes: Codes = Field(
        default={}, description="Codes that are outcomes, each with the concept's id or name."
    )
    levels: Codes = Field(
        default={}, description="Codes that are levels, each with the level of review.yaml."
    )
    stances: dict[str, Stance] = Field(
        default={}, description="Codes that say supports, challenges or refines."
    )
    _file: str = PrivateAttr(default="mapping")
    _lines: dict[tuple[str, str], int | None] = PrivateAttr(default_factory=dict)

    def problem(self, part: str, code: str, message: str, **details: str | None) -> Problem:
        """Something wrong with an entry, at its line."""
        return Problem(
            file=self._file,
            row=self._lines.get((part, code)),
            column=part,
            message=message,
            found=code[:120],
            **details,
        )

    def entries(self) -> Iterable[tuple[Part, str, str | None]]:
        """Every code that is named: its part, the code as written, what it is mapped to."""
        for part in Part:
            for code, target in getattr(self, part.value).items():
                yield part, code, None if target is None else str(target)


def read_mapping(text: str, name: str) -> tuple[Mapping | None, list[Problem]]:
    """Read a mapping file; every problem has the line it is on."""
    data, line_of, problems = read_plain_yaml(text, name)
    if data is None:
        return None, problems
    try:
        mapping = Mapping.model_validate(
            {key: value for key, value in data.items() if value is not None}
        )
    except ValidationError as error:
        return None, explain(error, Mapping, file=name, row_of=line_of, whole_path=True)
    mapping._file = name
    for part in (*(part.value for part in Part), "kinds"):
        inside = data.get(part)
        keys: list[Any] = list(enumerate(inside)) if isinstance(inside, list) else []
        if isinstance(inside, dict):
            keys = [(key, key) for key in inside]
        for key, code in keys:
            mapping._lines[(part, str(code))] = line_of((part, key))
    return mapping, []


def opened_mapping(mapping: Mapping | Path | None) -> tuple[Mapping | None, list[Problem]]:
    """The mapping itself, read if it is a file; none and what is wrong if it cannot be read."""
    if not isinstance(mapping, Path):
        return mapping, []
    if not mapping.is_file():
        return None, [Problem(file=mapping.name, message="there is no such mapping file")]
    text, problem = read_text(mapping, mapping.name, _MAX_MB, "a mapping names codes, no more")
    if text is None:
        return None, [] if problem is None else [problem]
    return read_mapping(text, mapping.name)


@dataclass(frozen=True, slots=True)
class CodeName:
    """A code as the mapping may call it: by the tool's id, its local id, its name or its path."""

    local: str
    given: str
    name: str
    path: tuple[str, ...]
    """Names from the code set down to the code itself."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for, and the record that it names; none if it is named after itself."""

    part: Part
    target: str | None


@dataclass(slots=True)
class _Names:
    """Codes by everything that they may be called, and by what stands above them."""

    ids: dict[str, list[CodeName]] = field(default_factory=dict)
    names: dict[str, list[CodeName]] = field(default_factory=dict)
    above: dict[str, list[CodeName]] = field(default_factory=dict)

    def add(self, code: CodeName) -> None:
        for id_ in {key(code.local), key(code.given)} - {""}:
            self.ids.setdefault(id_, []).append(code)
        for end in _endings(code.path):
            self.names.setdefault(end, []).append(code)
        for depth in range(1, len(code.path)):
            for end in _endings(code.path[:depth]):
                self.above.setdefault(end, []).append(code)

    def find(self, text: str) -> list[CodeName]:
        wanted = key(text)
        return self.ids.get(wanted) or self.names.get(wanted) or []

    def below(self, text: str) -> list[CodeName]:
        return self.above.get(key(text), [])


def key(text: str) -> str:
    """How codes are compared: ignoring case and white space."""
    return _ARROW.sub(" > ", " ".join(text.split())).casefold()


def _endings(path: Sequence[str]) -> Iterable[str]:
    # The whole path is there twice at most, so a code of a deep tree stays cheap to add.
    for at in range(max(len(path) - 12, 0), len(path)):
        yield key(" > ".join(path[at:]))


def meanings(
    mapping: Mapping, codes: Sequence[CodeName], file: str
) -> tuple[dict[str, Meaning], list[Problem]]:
    """What each code stands for, by its local id, and what of the mapping names no code of it.

    An entry that names a code beats one that names all below a parent.
    """
    names = _Names()
    for code in codes:
        names.add(code)
    found: dict[str, Meaning] = {}
    by: dict[str, tuple[Part, str, bool]] = {}
    problems: list[Problem] = []
    entries = sorted(mapping.entries(), key=lambda entry: _is_below(entry[1]))
    for part, text, target in entries:
        below = _is_below(text)
        meant = names.below(text.rstrip()[: -len("*")].rstrip(" >")) if below else names.find(text)
        if not meant:
            problems.append(_unknown(mapping, part, text, codes, len(problems)))
            continue
        if not below and len(meant) > 1:
            paths = "; ".join(" > ".join(code.path) for code in meant[:5])
            problems.append(
                mapping.problem(
                    part,
                    text,
                    f"{len(meant)} codes of {file} go by this name",
                    hint=f"write the path: {paths}",
                )
            )
            continue
        for code in meant:
            before = by.get(code.local)
            if before is not None and below and not before[2]:
                continue
            if before is not None:
                problems.append(
                    mapping.problem(
                        part,
                        text,
                        f"the code {code.name!r} is mapped twice",
                        hint=f"it is in {before[0].value} too, as {before[1]!r}",
                    )
                )
                continue
            by[code.local] = (part, text, below)
            found[code.local] = Meaning(part, target)
    return found, problems


def _is_below(text: str) -> bool:
    return key(text).endswith(_ALL_BELOW)


def _unknown(
    mapping: Mapping, part: Part, text: str, codes: Sequence[CodeName], before: int
) -> Problem:
    message = NONE_BELOW if _is_below(text) else UNKNOWN_CODE
    close: list[str] = []
    if before < _MOST_SUGGESTIONS:
        wanted = key(text).removesuffix(_ALL_BELOW)
        above = {name for code in codes for name in code.path[:-1]}
        known = above if _is_below(text) else {code.name for code in codes}
        close = nearest(wanted, sorted(known), limit=1)
        if not close and " > " in wanted:
            close = nearest(wanted.rpartition(" > ")[2], sorted(known), limit=1)
    return mapping.problem(
        part,
        text,
        message,
        hint=f"did you mean {close[0]!r}?" if close else "name it, give its path or its id",
    )
