"""From codes and coded passages to the rows of a review: the same for every coding tool.

Every coded passage is a row of its own. Evidence is made only of what the mapping file declares,
and names the passage that it was made of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from graph.errors import Problem, Severity
from graph.model import LOCAL_ID, Role, SourceKind
from graph.names import nearest, slug
from loaders.coded.mapping import (
    UNKNOWN_SOURCE,
    CodeName,
    Mapping,
    Meaning,
    Part,
    key,
    meanings,
)
from loaders.parsed_input import Given
from loaders.tables import Row, Table

_LINES = re.compile(r"\s*[\r\n]+\s*")
_ROLES = {Part.OUTCOME: Role.OUTCOME, Part.CONTEXT: Role.CONTEXT}

CODED_DOCUMENT = "Coded document: "
"""Before the name of a file that passages of a source were coded in, in the source's note."""

Cells = dict[str, str | None]


@dataclass(slots=True)
class CodeEntry:
    """A code of a codebook, where it stands in its tree, and the row that messages show."""

    local: str
    given: str
    name: str
    number: int
    parent: str | None = None
    scheme: str | None = None
    description: str | None = None
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class Coded:
    """One code on one passage of a source, or on a source as a whole.

    ``place`` is the same for codes that were put on the very same passage.
    """

    id: str
    number: int
    source: str
    code: str
    place: Hashable
    quote: str | None = None
    locator: str | None = None
    span: tuple[int, int] | None = None
    text_hash: str | None = None
    arm: str | None = None
    coder: str | None = None
    note: str | None = None


@dataclass(slots=True)
class CodedDocument:
    """What a reader found in one file, before anything is made of it.

    ``headers`` gives columns the names that the file itself uses, for messages.
    """

    file: str
    codes: list[CodeEntry] = field(default_factory=list)
    passages: list[Coded] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    references: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    named_kinds: set[str] = field(default_factory=set)

    def kind(
        self, mapping: Mapping | None, names: Iterable[str], stated: SourceKind | None
    ) -> str | None:
        """The kind of a source: its own in the mapping, what the file states, or that for all."""
        if mapping is not None and mapping.kinds:
            own = {key(name): name for name in mapping.kinds}
            for name in names:
                if name and key(name) in own:
                    self.named_kinds.add(own[key(name)])
                    return mapping.kinds[own[key(name)]].value
        if stated is None and mapping is not None:
            stated = mapping.kind
        return None if stated is None else stated.value

    def warn(self, message: str, **details: str | int | None) -> None:
        """Note something that does not keep the file from being read."""
        self._note(Severity.WARNING, message, details)

    def refuse(self, message: str, **details: str | int | None) -> None:
        """Note something that keeps the file from being loaded."""
        self._note(Severity.ERROR, message, details)

    def _note(self, how: Severity, message: str, details: dict[str, str | int | None]) -> None:
        found = details.pop("found", None)
        shown = None if found is None else str(found)[:120]
        self.problems.append(
            Problem.model_validate(
                {"severity": how, "file": self.file, "message": message, "found": shown, **details}
            )
        )

    def given(self, mapping: Mapping | None) -> Given:
        """The document as tables of a review folder."""
        rows: dict[str, list[Row]] = {
            "sources.csv": self.sources,
            "references.csv": self.references,
            "codes.csv": [_code(code, self.file) for code in self.codes],
            "passages.csv": [_passage(passage, self.file) for passage in self.passages],
        }
        if mapping is not None:
            names = [CodeName(code.local, code.given, code.name, code.path) for code in self.codes]
            found, problems = meanings(mapping, names, self.file)
            self.problems += problems
            self._unknown_sources(mapping)
            ids = _own_ids(self.codes, found)
            rows["mechanisms.csv"] = _own(self.codes, found, ids, {Part.MECHANISM})
            rows["concepts.csv"] = _own(self.codes, found, ids, {Part.CONTEXT, Part.OUTCOME})
            rows["evidence.csv"] = _Evidence(self, mapping, found, ids).rows()
        given = Given(self.file, coded=True, problems=self.problems, records=self.records)
        for file, kept in rows.items():
            if kept:
                columns = list(dict.fromkeys(column for row in kept for column in row.cells))
                headers = {column: column for column in columns} | self.headers.get(file, {})
                given.tables[file] = Table(self.file, rows=kept, columns=columns, headers=headers)
        return given

    def _unknown_sources(self, mapping: Mapping) -> None:
        titles = [row.text("title") for row in self.sources]
        for name in mapping.kinds:
            if name not in self.named_kinds:
                close = nearest(name, titles, limit=1)
                self.problems.append(
                    mapping.problem(
                        "kinds",
                        name,
                        UNKNOWN_SOURCE,
                        hint=f"did you mean {close[0]!r}?" if close else None,
                    )
                )


def row(number: int, cells: Cells, lists: dict[str, Iterable[str]] | None = None) -> Row:
    """A row as a CSV file would give it; empty cells are left out."""
    kept = {column: [text] for column, text in cells.items() if text}
    for column, values in (lists or {}).items():
        parts = [_LINES.sub(" ", value).replace(";", "\\;") for value in values if value.strip()]
        if parts:
            kept[column] = parts
    return Row(number, kept)


def readable_id(name: str, *rest: str, otherwise: str, longest: int = 60) -> str:
    """An id that begins with a name, as far as a name makes one, and ends with what is unique."""
    start = slug(name)[:longest].strip("-._")
    parts = [start if re.fullmatch(LOCAL_ID, start) else otherwise]
    parts += [part for part in rest if part]
    return "-".join(parts)


def _code(code: CodeEntry, file: str) -> Row:
    return row(
        code.number,
        {
            "id": code.local,
            "name": code.name,
            "parent": code.parent,
            "scheme": code.scheme,
            "description": code.description,
            "file": file,
        },
    )


def _passage(passage: Coded, file: str) -> Row:
    return row(
        passage.number,
        {
            "id": passage.id,
            "source": passage.source,
            "code": passage.code,
            "arm": passage.arm,
            "note": passage.note,
            "file": file,
            **_place(passage),
        },
    )


def _place(passage: Coded) -> Cells:
    return {
        "quote": passage.quote,
        "locator": passage.locator,
        "span": f"{passage.span[0]}-{passage.span[1]}" if passage.span else None,
        "text_hash": passage.text_hash,
        "coder": passage.coder,
    }


def _own_ids(codes: Sequence[CodeEntry], found: dict[str, Meaning]) -> dict[str, str]:
    """The id of the record that each code itself becomes: its name, if that is nobody else's."""
    ids: dict[str, str] = {}
    by: dict[tuple[bool, str], list[CodeEntry]] = defaultdict(list)
    for code in codes:
        meaning = found.get(code.local)
        if meaning is not None and meaning.target is None:
            by[(meaning.part is Part.MECHANISM, slug(code.name))].append(code)
    for (_, start), named in by.items():
        for code in named:
            alone = len(named) == 1 and len(start) <= 100 and re.fullmatch(LOCAL_ID, start)
            ids[code.local] = start if alone else code.local
    return ids


def _own(
    codes: Sequence[CodeEntry], found: dict[str, Meaning], ids: dict[str, str], parts: set[Part]
) -> list[Row]:
    return [
        row(
            code.number,
            {"id": ids[code.local], "name": code.name, "description": code.description},
        )
        for code in codes
        if (meaning := found.get(code.local)) is not None
        and meaning.target is None
        and meaning.part in parts
    ]


class _Evidence:
    """What the mapping makes of coded passages.

    Codes are read together if they are on the same passage, or on passages of one text that
    overlap; never a code on the source as a whole with one on a passage of it.
    """

    def __init__(
        self,
        document: CodedDocument,
        mapping: Mapping,
        found: dict[str, Meaning],
        ids: dict[str, str],
    ) -> None:
        self.document = document
        self.stance = mapping.stance
        self.found = found
        self.ids = ids
        self.names = {code.local: code.name for code in document.codes}
        self.at: dict[Hashable, list[Coded]] = defaultdict(list)
        self.texts: dict[tuple[str, str], _Spans] = {}
        spans: dict[tuple[str, str], list[Coded]] = defaultdict(list)
        for passage in document.passages:
            if passage.code not in found:
                continue
            self.at[(passage.source, passage.place)].append(passage)
            if passage.span is not None:
                spans[(passage.source, passage.text_hash or "")].append(passage)
        self.texts = {text: _Spans(inside) for text, inside in spans.items()}

    def rows(self) -> list[Row]:
        rows = []
        silent = 0
        for passage in self.document.passages:
            meaning = self.found.get(passage.code)
            if meaning is None or meaning.part not in (Part.MECHANISM, *_ROLES):
                continue
            same, near = self._together(passage)
            every = [*same, *near]
            if not self._speaks(meaning.part, every):
                continue
            stances = self._targets(Part.STANCE, same) or self._targets(Part.STANCE, near)
            if len(stances) > 1:
                self.document.warn(
                    "a passage carries codes of several stances; it stays a passage, and no "
                    "evidence is made of it",
                    row=passage.number,
                    found=", ".join(stances),
                    hint="leave one of them in the coding tool, or code two passages",
                )
                continue
            stance = stances[0] if stances else self.stance and self.stance.value
            if stance is None:
                silent += 1
                continue
            rows.append(self._row(passage, meaning, stance, every))
        if silent:
            self.document.warn(
                "coded passages of a mechanism, context or outcome that say no stance stay "
                "passages; no evidence is made of them",
                found=str(silent),
                expected="a code of `stances`, or the reviewer's own word for all: `stance:`",
                hint="add `stance: supports` to the mapping if that is what coding meant",
            )
        return rows

    def _speaks(self, part: Part, others: Sequence[Coded]) -> bool:
        # A mechanism speaks first, then an outcome; a context is a target if it is alone.
        parts = {self.found[other.code].part for other in others}
        before = {
            Part.MECHANISM: set(),
            Part.OUTCOME: {Part.MECHANISM},
            Part.CONTEXT: {Part.MECHANISM, Part.OUTCOME},
        }[part]
        return not parts & before

    def _row(self, passage: Coded, meaning: Meaning, stance: str, every: Sequence[Coded]) -> Row:
        target = self._target(passage.code)
        mechanism = meaning.part is Part.MECHANISM
        contexts = [] if meaning.part is Part.CONTEXT else self._targets(Part.CONTEXT, every)
        return row(
            passage.number,
            {
                "id": f"e-{passage.id}",
                "source": passage.source,
                "mechanism": target if mechanism else None,
                "concept": None if mechanism else target,
                "role": None if mechanism else _ROLES[meaning.part].value,
                "stance": stance,
                "passage": passage.id,
                **_place(passage),
            },
            {"levels": self._targets(Part.LEVEL, every), "contexts": contexts},
        )

    def _together(self, passage: Coded) -> tuple[list[Coded], list[Coded]]:
        same = self.at[(passage.source, passage.place)]
        near: list[Coded] = []
        if passage.span is not None:
            spans = self.texts[(passage.source, passage.text_hash or "")]
            near = [other for other in spans.overlapping(*passage.span) if other not in same]
        return _of_arm(passage, same), _of_arm(passage, near)

    def _target(self, code: str) -> str:
        return self.found[code].target or self.ids.get(code) or self.names[code]

    def _targets(self, part: Part, passages: Iterable[Coded]) -> list[str]:
        return list(
            dict.fromkeys(
                self.names[other.code]
                if part is Part.LEVEL and self.found[other.code].target is None
                else self._target(other.code)
                for other in passages
                if self.found[other.code].part is part
            )
        )


def _of_arm(passage: Coded, others: Iterable[Coded]) -> list[Coded]:
    arm = passage.arm
    return [other for other in others if not arm or not other.arm or other.arm == arm]


class _Spans:
    """Passages of one text, found by what they overlap."""

    def __init__(self, passages: Iterable[Coded]) -> None:
        self.sorted = sorted(passages, key=lambda passage: passage.span or (0, 0))
        self.starts = [passage.span[0] if passage.span else 0 for passage in self.sorted]
        ends = (passage.span[1] if passage.span else 0 for passage in self.sorted)
        self.reach = list(accumulate(ends, max))

    def overlapping(self, start: int, end: int) -> list[Coded]:
        found = []
        at = bisect_left(self.starts, end) - 1
        while at >= 0 and self.reach[at] > start:
            span = self.sorted[at].span
            if span is not None and span[1] > start:
                found.append(self.sorted[at])
            at -= 1
        return found[::-1]
