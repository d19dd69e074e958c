"""A first draft of ``columns.yaml``: what the headers of a sheet seem to say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.errors import Problem, Rejected
from loaders.headings import LOOKED_AT, closest, plain, words_of
from loaders.sheet_names import passed_over
from loaders.sheets import Line, opened, text_of

_SHOWN = 40
_LONG = 120
"""Names of mechanisms are shorter than this; what is longer tells what people do or think."""

_WORDS: dict[str, str] = {
    "id": "configurations.id",
    "no": "configurations.id",
    "cmoc": "configurations.id",
    "cmo": "configurations.id",
    "cmoc no": "configurations.id",
    "cmoc number": "configurations.id",
    "cmoc id": "configurations.id",
    "cmo no": "configurations.id",
    "cmo number": "configurations.id",
    "configuration": "configurations.id",
    "configuration number": "configurations.id",
    "title": "configurations.name",
    "name": "configurations.name",
    "cmoc title": "configurations.name",
    "cmoc name": "configurations.name",
    "context": "configurations.context",
    "c": "configurations.context",
    "contextual factors": "configurations.context",
    "circumstances": "configurations.context",
    "mechanism": "configurations.mechanism",
    "m": "configurations.mechanism",
    "mechanism resource": "configurations.resource",
    "resource": "configurations.resource",
    "resources offered": "configurations.resource",
    "intervention": "configurations.resource",
    "intervention strategy": "configurations.resource",
    "strategy": "configurations.resource",
    "mechanism reasoning": "configurations.reasoning",
    "mechanism response": "configurations.reasoning",
    "mechanism reaction": "configurations.reasoning",
    "reasoning": "configurations.reasoning",
    "response": "configurations.reasoning",
    "outcome": "configurations.outcome",
    "o": "configurations.outcome",
    "outcomes": "configurations.outcome",
    "level": "configurations.level",
    "levels": "configurations.level",
    "polarity": "configurations.polarity",
    "direction of outcome": "configurations.polarity",
    "source": "evidence.source",
    "sources": "evidence.source",
    "study": "evidence.source",
    "studies": "evidence.source",
    "reference": "evidence.source",
    "references": "evidence.source",
    "ref": "evidence.source",
    "refs": "evidence.source",
    "supporting refs": "evidence.source",
    "supporting references": "evidence.source",
    "supporting evidence": "evidence.source",
    "supporting studies": "evidence.source",
    "supporting papers": "evidence.source",
    "paper": "evidence.source",
    "papers": "evidence.source",
    "citation": "evidence.source",
    "citations": "evidence.source",
    "evidence": "evidence.source",
    "quote": "evidence.quote",
    "quotes": "evidence.quote",
    "quotation": "evidence.quote",
    "illustrative quote": "evidence.quote",
    "data extract": "evidence.quote",
    "page": "evidence.locator",
    "pages": "evidence.locator",
    "page number": "evidence.locator",
    "locator": "evidence.locator",
    "stance": "evidence.stance",
    "setting": "evidence.setting",
    "perspective": "evidence.perspective",
    "stakeholder": "evidence.perspective",
    "relevance": "evidence.relevance",
    "rigour": "evidence.rigour",
    "rigor": "evidence.rigour",
    "richness": "evidence.richness",
    "note": "note",
    "notes": "note",
    "comment": "note",
    "comments": "note",
}
_PLURAL_MARK = re.compile(r"\((s|es)\)")
_LETTER = re.compile(r"\([CMO]\)")
_AGAINST = re.compile(r"\b(challeng|contradict|refut|oppos)\w*")
_ONE_VALUE = frozenset(
    {"configurations.id", "configurations.name", "configurations.polarity"}
    | {to for to in _WORDS.values() if to.startswith("evidence.") and to != "evidence.source"}
)
_HEAD = """\
# Proposed from the headers in row {row}. Look at every line, then:
#   theorygraph check {file} --map columns.yaml
# A column can be configurations.… or evidence.… with the name of a column of these files, or
# note (kept in the configuration's note), or ignore.
review: # leave this part out to add to a review that is loaded already (--review)
  id: # a short id, such as lee2024
  title: # the title of the report
{sheet}header_row: {row}
# stance: supports # take the first # away if the references support their configuration; without
#                    a stance they are kept as notes, for the table itself does not say
columns:
"""


@dataclass(frozen=True, slots=True)
class _Proposal:
    header: str
    to: str
    why: str
    seen: str


def suggest_map(path: Path, *, max_mb: int = 100) -> str:
    """The text of a ``columns.yaml`` for a sheet; each line says how sure it is and what was seen.

    Args:
        path: an .xlsx, .ods or .csv file.
        max_mb: how much a workbook may inflate to, in MiB.

    Raises:
        Rejected: the file cannot be read, or no row of it looks like headers.
    """
    if not path.is_file():
        raise Rejected([Problem(file=path.name, message=f"{path} does not exist")])
    with opened(path, path.name, max_mb) as (sheets, problems):
        if not sheets:
            raise Rejected(problems)
        best, found = 0, None
        for sheet in sheets:
            lines = [] if passed_over(sheet.name) else list(islice(sheet.lines, LOOKED_AT))
            for at, line in enumerate(lines):
                count = sum(_key(text_of(value)) in _WORDS for value in line.values)
                if count > best:
                    best, found = count, (sheet.name, lines, at)
    if found is None:
        raise Rejected(
            [
                Problem(
                    file=path.name,
                    message="no row looks like the headers of a table of configurations",
                    expected="headers such as Context, Mechanism, Outcome, Supporting references",
                )
            ]
        )
    name, lines, at = found
    return _written(path, name, lines[at].number, _proposals(lines[at], lines[at + 1 :]))


def _key(header: str) -> str:
    return words_of(_PLURAL_MARK.sub(r"\1", _LETTER.sub("", plain(header))))


def _proposals(headers: Line, lines: list[Line]) -> list[_Proposal]:
    found = []
    taken: set[str] = set()
    for place, value in enumerate(headers.values):
        header = text_of(value).strip()
        if not header:
            continue
        texts = [text_of(line.values[place]).strip() for line in lines if place < len(line.values)]
        texts = [text for text in texts if text]
        to, why = _meaning(header, texts)
        if to in _ONE_VALUE and to in taken:
            to, why = "note", f"not sure: another column is {to}"
        taken.add(to)
        found.append(_Proposal(header, to, why, texts[0] if texts else ""))
    return found


def _meaning(header: str, texts: list[str]) -> tuple[str, str]:
    key = _key(header)
    to, why = _WORDS.get(key), "sure"
    if to is None and _AGAINST.search(key):
        return (
            "evidence.source",
            "fairly sure: write {to: evidence.source, stance: challenges} if they do",
        )
    if to is None:
        to = closest(key, _WORDS)
        why = "fairly sure: nearly that word"
    if to is None:
        return "note", "not known"
    if to == "configurations.mechanism" and any(len(text) > _LONG for text in texts):
        return (
            "configurations.reasoning",
            "not sure: too long for a name; configurations.resource if it is what is offered",
        )
    return to, why


def _written(path: Path, sheet: str, row: int, proposals: list[_Proposal]) -> str:
    named = f"sheet: {_quoted(sheet)}\n" if sheet else ""
    lines = [_HEAD.format(row=row, file=path.name, sheet=named)]
    for one in proposals:
        seen = " ".join("".join(char if char.isprintable() else " " for char in one.seen).split())
        shown = f"; seen: {seen[:_SHOWN]}{'…' if len(seen) > _SHOWN else ''}" if seen else ""
        lines.append(f"  {_quoted(one.header)}: {one.to} # {one.why}{shown}\n")
    return "".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text)
