"""A first draft of ``columns.yaml``: what the headers of a sheet seem to say."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from graph.commands import command
from graph.errors import Problem, Rejected
from graph.settings import Settings
from loaders.cell_values import arrowed, labelled, named_parts, says_above, signed
from loaders.columns_file import MOST_HEADER_ROWS, PARTS
from loaders.header_words import (
    FAIRLY,
    LONGEST_PART,
    SAYS,
    SEVERAL,
    SURE,
    WORDS,
    is_header,
    key_of,
    meaning_of,
    says_against,
)
from loaders.headings import LOOKED_AT, headers_of, not_in_a_row
from loaders.inflating import letters
from loaders.mapped_columns import LABELS
from loaders.mapped_doubts import CONTRADICTS, OF_ROW
from loaders.mapped_sections import ID_LIKE
from loaders.reading import on_one_line
from loaders.sheet_names import passed_over, sheet_called
from loaders.sheets import Line, opened, text_of

_SHOWN = 40
_LONG = 120
"""Names of mechanisms are shorter than this; what is longer tells what people do or think."""

_ROLES = {
    "configurations.context": "C",
    "configurations.mechanism": "M",
    "configurations.resource": "M",
    "configurations.reasoning": "M",
    "configurations.outcome": "O",
}
_ONE_VALUE = frozenset(
    {"configurations.id", "configurations.name", "configurations.polarity"}
    | {to for to in WORDS.values() if to.startswith("evidence.") and to != "evidence.source"}
)
_LONGEST_HEADER = 80
_LONGEST_ID = 40
_REASONING = "configurations.reasoning"
_CHALLENGES = ", stance: challenges"
_BOTH_PARTS = re.compile(r"\bresource.*\b(?:reason|respon|react)")
_HEAD = """\
# Proposed from the headers in {where}. {sure}.
# Look at every line, then:
#   {check}
# A column can be configurations.… or evidence.… with the name of a column of these files, or
# note (kept in the configuration's note), or ignore.
# review: # take away the # of these three lines to begin a review; without, it adds to --review
#   id: # a short id, such as lee2024
#   title: # the title of the report
{sheet}header_row: {row}
{rows}# stance: supports # take the first # away if the references support their configuration;
#                    without a stance they are kept as notes, for the table does not say
columns:
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal: the text of a ``columns.yaml``, and in words how sure it is."""

    text: str
    sure: str


@dataclass(frozen=True, slots=True)
class _Proposal:
    header: str
    to: str
    why: str
    seen: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The first rows of a sheet."""

    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the headers are, and what stands below them."""

    sheet: str
    row: int
    rows: int
    headers: list[str]
    lines: list[Line]


def suggest_map(
    path: Path,
    *,
    max_mb: int = 100,
    sheet: str | None = None,
    header_row: int | None = None,
    called: str = "columns.yaml",
) -> Suggestion:
    """Propose a ``columns.yaml`` for a sheet; each line says how sure it is and what was seen.

    A row is taken for headers where two of context, mechanism and outcome show in it. The file is
    checked with the proposal: what would be an error is proposed as a note.

    Args:
        path: an .xlsx, .ods or .csv file.
        max_mb: how much a workbook may inflate to, in MiB.
        sheet: the sheet that is meant.
        header_row: the row of the headers, whatever they are.
        called: what the proposal will be called.

    Raises:
        Rejected: the file cannot be read, or no row of it looks like headers.
    """
    if not path.is_file():
        raise Rejected([Problem(file=path.name, message=f"{path} does not exist")])
    found = _headers(path, max_mb, sheet, header_row)
    proposals = _settled(path, found, _proposals(found), max_mb)
    return Suggestion(_written(path, found, proposals, called), _sureness(proposals))


def _headers(path: Path, max_mb: int, wanted: str | None, header_row: int | None) -> _Found:
    with opened(path, path.name, max_mb) as (sheets, problems):
        if not sheets:
            raise Rejected(problems)
        if wanted is not None:
            meant = sheet_called(wanted, sheets, path.name)
            if isinstance(meant, Problem):
                raise Rejected([meant])
            sheets = [meant]
        elif header_row is None:
            sheets = [sheet for sheet in sheets if not passed_over(sheet.name)]
        most = max(LOOKED_AT, header_row or 0) + LOOKED_AT
        read = [_Rows(sheet.name, [*islice(sheet.lines, most)]) for sheet in sheets]
    places = (place for one in read for place in _places(one, header_row))
    found = max(places, key=_likely, default=None)
    if found is not None and (header_row is not None or _likely(found)[0] > 1):
        return found
    for one in read if header_row is None else ():
        told = not_in_a_row(one.lines, _role_of, path.name, one.name or None)
        if told is not None:
            raise Rejected([told])
    if header_row is not None:
        problem = Problem(
            file=path.name, message="this row holds nothing", row=header_row, sheet=wanted
        )
    else:
        problem = Problem(
            file=path.name,
            message="no row looks like the headers of a table of configurations",
            expected="headers two of which say context, mechanism or outcome",
            hint="if one is, name it: --header-row, and --sheet in a workbook of several",
        )
    raise Rejected([problem])


def _places(sheet: _Rows, header_row: int | None) -> Iterator[_Found]:
    """Where the headers of a sheet may be."""
    lines = sheet.lines
    for at, line in enumerate(lines[: max(LOOKED_AT, header_row or 0)]):
        if header_row in (None, line.number):
            end = at + _header_rows(lines, at)
            yield _Found(sheet.name, line.number, end - at, headers_of(lines[at:end]), lines[end:])


def _likely(found: _Found) -> tuple[int, int]:
    """How much a row looks like headers: cells below one may hold whole configurations."""
    roles, known = _score(found.headers)
    whole = any(
        header and not named_parts(header) and _share(_below(found, place), named_parts) > 0.5
        for place, header in enumerate(found.headers)
    )
    return (len({*_ROLES.values()}), known + 1) if whole else (roles, known)


def _below(found: _Found, place: int) -> list[str]:
    """The texts of a column below its header."""
    texts = [
        text_of(line.values[place]).strip()
        for line in found.lines
        if place < len(line.values) and place not in line.lent and not _is_alone(line)
    ]
    return [text for text in texts if text]


def _role_of(header: str) -> str | None:
    """Context, mechanism or outcome, if a header says no more than that."""
    return _ROLES.get(meaning_of(header)[0]) if len(header) <= LONGEST_PART else None


def _header_rows(lines: list[Line], at: int) -> int:
    """How many rows the headers take: those below may name parts of what the first names."""
    rows = 1
    if _is_alone(lines[at]):  # a title
        return rows
    while rows < MOST_HEADER_ROWS and at + rows < len(lines):
        below = lines[at + rows]
        texts = {
            place: text_of(value).strip()
            for place, value in enumerate(below.values)
            if place not in below.lent and text_of(value).strip()
        }
        over = headers_of(lines[at : at + rows])
        alone = [*texts] == [0] and over[:1] != [""]  # a heading of the rows below it
        if alone or not texts:
            break
        if not all(map(is_header, texts.values())) and not _parts_of(lines[at], texts):
            break
        if _score(headers_of(lines[at : at + rows + 1])) < _score(over):
            break
        rows += 1
    return rows


def _parts_of(over: Line, texts: dict[int, str]) -> bool:
    """Whether the texts of a row stand below headers over several columns, and nowhere else.

    Such a header is merged over its columns, or is followed by empty cells.
    """
    merged = {place for place, begins in over.lent.items() if place != begins}
    named = {place for place, value in enumerate(over.values) if text_of(value).strip()}
    if not merged:
        merged = texts.keys() - named
    spanned = set(merged)
    for place in sorted(merged, reverse=True):
        before = place - 1
        while before >= 0 and before in merged:
            before -= 1
        spanned.add(before)
    short = all(len(text) <= LONGEST_PART and not text.isdecimal() for text in texts.values())
    return bool(merged) and texts.keys() <= spanned and texts.keys() & merged != set() and short


def _score(headers: Sequence[str]) -> tuple[int, int]:
    """How many of context, mechanism and outcome headers name, and how many are understood."""
    meanings = [meaning_of(header)[0] for header in headers if 0 < len(header) <= _LONGEST_HEADER]
    roles = {_ROLES[to] for to in meanings if to in _ROLES}
    return len(roles), sum(to != "note" for to in meanings)


def _proposals(found: _Found) -> list[_Proposal]:
    proposals: list[_Proposal] = []
    taken: set[str] = set()
    written: set[str] = set()
    width = max([len(found.headers), *(len(line.values) for line in found.lines)])
    for place in range(width):
        header = found.headers[place] if place < len(found.headers) else ""
        texts = _below(found, place)
        if not header and not texts:
            continue
        named = header or f"column {letters(place + 1)}"
        if key_of(named) in written:  # a header that stands twice is called by its letter
            named = f"column {letters(place + 1)}"
        written.add(key_of(named))
        one = _of_column(named, header, texts, first=not proposals)
        if one.to in _ONE_VALUE and one.to in taken:
            one = replace(one, to="note", why=f"not sure: another column is {one.to}", options="")
        taken.add(one.to)
        proposals.append(one)
    certain = {one.to for one in proposals if one.why == SURE and one.to in _ROLES}
    return [
        replace(one, to="note", why=f"not sure: another column is {one.to}", options="")
        if one.to in certain and one.why.startswith(SAYS) and not one.header[-1:].isdecimal()
        else one
        for one in proposals
    ]


def _is_alone(line: Line) -> bool:
    """Whether a row has one cell: a heading, or a note below the table."""
    return sum(bool(text_of(value).strip()) for value in line.values) == 1 or line.heading


def _of_column(named: str, header: str, texts: list[str], *, first: bool) -> _Proposal:
    seen = texts[0] if texts else ""
    ids = bool(texts) and _share(texts, lambda text: ID_LIKE.fullmatch(text)) > 0.8
    if not header:
        to = "configurations.id" if first and ids else "note"
        why = f"{FAIRLY}: no header, but what looks like ids" if first and ids else "no header"
        return _Proposal(named, to, why, seen)
    to, why = meaning_of(header)
    if _share(texts, named_parts) > 0.5:
        parts = [said for text in texts for part, said in named_parts(text) or () if part[0] == "m"]
        long = any(len(said) > _LONG for said in parts)
        options = f", mechanism: {_REASONING}" * long + ", signs: true" * _outcomes_signed(texts)
        return _Proposal(named, PARTS, f"{FAIRLY}: its cells name their parts", seen, options)
    if to == "configurations.id" and any(len(text) > _LONGEST_ID for text in texts):
        return _Proposal(named, "note", "not sure: too long for an id", seen)
    if to == "evidence.source" and len(texts) > 1 and not _share(texts, _may_cite):
        return _Proposal(named, "note", "not sure: its texts do not look like references", seen)
    options = _CHALLENGES if to == "evidence.source" and says_against(header) else ""
    if _BOTH_PARTS.search(key_of(header)):  # `Mechanism (resource → reasoning)`
        arrowed_cells = any(map(arrowed, texts))
        to, why = ("configurations.mechanism", why) if arrowed_cells else ("note", SEVERAL)
    if to == "configurations.mechanism":
        arrows = _share(texts, arrowed) > 0.3 or bool(_BOTH_PARTS.search(key_of(header)))
        if arrows or any(len(text) > _LONG for text in texts):
            to = _REASONING
            why = "not sure: too long for a name; configurations.resource if it is what is offered"
        if arrows:
            why = f"{FAIRLY}: an arrow between resource and reasoning"
            options += ", before_arrow: configurations.resource"
    label = LABELS.get(to.rpartition(".")[2])
    if label is not None and _is_labelled(texts, label):
        options += ", labels: true"
    if to == "configurations.outcome" and _share(texts, signed) > 0.3:
        options += ", signs: true"
    if to in _ROLES and any(map(says_above, texts)):
        options += ", fill_down: true"
        why = f"{FAIRLY}: some cells point to the one above"
    return _Proposal(named, to, why, seen, options)


def _outcomes_signed(texts: list[str]) -> bool:
    """Whether outcomes within whole configurations have signs."""
    said = [one for text in texts for part, one in named_parts(text) or () if part == "outcome"]
    return _share(said, signed) > 0.3


def _is_labelled(texts: list[str], letters: str) -> bool:
    """Whether labels part the values: in most cells, or in one where they can be nothing else."""
    found = [text for text in texts if labelled(text, letters)]
    sure = re.compile(rf"\s*(?:{letters})\s?\d{{1,2}}[a-z]?\s*[:.)]")
    return len(found) > len(texts) / 2 or any(
        sure.match(text) or len(labelled(text, letters) or []) > 1 for text in found
    )


def _may_cite(text: str) -> bool:
    """Whether a text can be a reference: it is short, or has a number in it."""
    return len(text) <= _LONGEST_HEADER or any(char.isdecimal() for char in text)


def _share(texts: list[str], is_so: Callable[[str], object]) -> float:
    return sum(bool(is_so(text)) for text in texts) / max(len(texts), 1)


def _settled(path: Path, found: _Found, proposals: list[_Proposal], max_mb: int) -> list[_Proposal]:
    """The proposals without those with which the file would have errors."""
    from loaders.inputs import How
    from loaders.intake import check

    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        trial = Path(folder) / "columns.yaml"
        for _ in proposals:
            text = _written(path, found, proposals, trial.name)
            # Whether their sources are there is not known yet.
            trial.write_text(text.replace(_CHALLENGES, ""), encoding="utf-8")
            reading = check(path, Settings(max_file_mb=max_mb), how=How(columns=trial))
            wrong = {one.column: one.message for one in reading.errors if one.column}
            varying = {one.column for one in reading.problems if one.message.startswith(OF_ROW)}
            by_evidence = [_of_evidence(one, wrong, varying, proposals) for one in proposals]
            if by_evidence != proposals:
                proposals = by_evidence
                continue
            if any(message.startswith(CONTRADICTS) for message in wrong.values()):
                ids = [one.header for one in proposals if one.to == "configurations.id"]
                wrong = dict.fromkeys(ids, "rows with one id say different things")
            settled = [
                replace(
                    one, to="note", options="", why=f"not sure: {one.to}, but {wrong[one.header]}"
                )
                if one.header in wrong and one.to != "note"
                else one
                for one in proposals
            ]
            if settled == proposals:
                break
            proposals = settled
    return proposals


def _of_evidence(
    one: _Proposal, wrong: dict[str, str], varying: set[str | None], proposals: list[_Proposal]
) -> _Proposal:
    """Levels that differ between the rows of one configuration are those of its evidence."""
    differs = one.header in varying or wrong.get(one.header, "").startswith(CONTRADICTS)
    if one.to != "configurations.level" or not differs:
        return one
    cites = any(other.to == "evidence.source" for other in proposals)
    return replace(
        one,
        to="evidence.levels" if cites else "note",
        why=f"{FAIRLY if cites else 'not sure'}: it differs between rows of one configuration",
    )


def _sureness(proposals: list[_Proposal]) -> str:
    sure = sum(one.why == SURE for one in proposals)
    fairly = sum(one.why.startswith(FAIRLY) for one in proposals)
    counts = {"sure": sure, FAIRLY: fairly, "unsure": len(proposals) - sure - fairly}
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"{len(proposals)} column{'' if len(proposals) == 1 else 's'}: {said}"


def _written(path: Path, found: _Found, proposals: list[_Proposal], called: str) -> str:
    rows = f"rows {found.row} to {found.row + found.rows - 1}"
    where = f"row {found.row}" if found.rows == 1 else rows
    lines = [
        _HEAD.format(
            where=where,
            sure=_sureness(proposals),
            row=found.row,
            rows=f"header_rows: {found.rows}\n" if found.rows > 1 else "",
            check=command("check", path.name, "--map", called),
            sheet=f"sheet: {_quoted(found.sheet)}\n" if found.sheet else "",
        )
    ]
    if not any(_ROLES.get(one.to) == "M" or one.to == PARTS for one in proposals):
        lines.append(
            "  # No column says mechanism, and a configuration needs one: say which it is.\n"
        )
    for one in proposals:
        seen = on_one_line(one.seen, _SHOWN)
        shown = f"; seen: {seen}" if seen else ""
        to = f"{{to: {one.to}{one.options}}}" if one.options else one.to
        lines.append(f"  {_quoted(one.header)}: {to} # {one.why}{shown}\n")
    return "".join(lines)


def _quoted(text: str) -> str:
    """A text as YAML has it, with letters and signs as they are."""
    marked = {"\\": "\\\\", '"': '\\"'}
    kept = (marked.get(one) or (one if one.isprintable() else f"\\U{ord(one):08x}") for one in text)
    return f'"{"".join(kept)}"'
