"""What a reference file decides of its records: words in notes, and what a person says of the file.

Rayyan, Covidence and ASReview write decisions into notes or columns. A file that holds none but in
its name takes the decision that a person confirms.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.decisions import EXCLUDED, INCLUDED, UNDECIDED, Decision, rank_of
from graph.errors import Problem, Severity
from graph.model import LOCAL_ID, Reference, ReviewBundle, Stage
from graph.names import slug
from loaders.naming import digest
from loaders.parsed_input import Given
from loaders.review_file import StageEntry
from loaders.tables import Row, Table

_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\\?\{(.*?)\\?\}", re.DOTALL)
_VOTE = re.compile(r'=>\s*"?(Included|Excluded|Maybe)', re.IGNORECASE)
_RAYYAN_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|\r\n]*)")
_COVIDENCE_REASON = re.compile(r"\bexclusion reason:\s*([^;|\r\n]*)", re.IGNORECASE)
_ASREVIEW = re.compile(r"\bASReview_(relevant|irrelevant|not_seen)\b", re.IGNORECASE)
_OF_ASREVIEW = {"relevant": INCLUDED, "irrelevant": EXCLUDED, "not_seen": UNDECIDED}
_MAY_DECIDE = re.compile(r"RAYYAN-|exclusion reason:|ASReview_", re.IGNORECASE)
_IN_NAMES = {
    INCLUDED: frozenset({"included", "include", "includes"}),
    EXCLUDED: frozenset({"excluded", "exclude", "excludes", "irrelevant"}),
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Screened:
    """What a person says of the decisions in the files of a load.

    Attributes:
        decision: what records without a decision of their own are: `included` or `excluded`.
        stage: the stage at which the files decide, by name or id.
        replaces: names of files whose decisions at the same stage give way to these.
    """

    decision: str | None = None
    stage: str | None = None
    replaces: tuple[str, ...] = ()


def decision_in(notes: Iterable[str]) -> str:
    """The decision that notes of a record hold, as `excluded: reason`; empty if they hold none."""
    found = [note for note in notes if _MAY_DECIDE.search(note)]
    if not found:
        return ""
    text = html.unescape(" | ".join(found)).replace("\\_", "_").replace('\\"', '"')
    reasons = [part for told in _RAYYAN_REASONS.findall(text) for part in told.split(",")]
    reasons += _COVIDENCE_REASON.findall(text)
    because = reason_of(reasons)
    asreview = _ASREVIEW.search(text)
    if _RAYYAN.search(text):
        votes = {vote.casefold() for vote in _VOTE.findall(" ".join(_RAYYAN.findall(text)))}
        if votes == {"included"}:
            return INCLUDED
        return _excluded(because) if votes == {"excluded"} else UNDECIDED
    if because:
        return _excluded(because)
    return _OF_ASREVIEW[asreview[1].casefold()] if asreview else ""


def _excluded(because: str) -> str:
    return f"{EXCLUDED}: {because}" if because else EXCLUDED


def reason_of(reasons: Iterable[str]) -> str:
    """Reasons in one, each once, whatever the order in which they were given."""
    plain = {" ".join(reason.split()).strip(" .;,") for reason in reasons}
    return "; ".join(sorted(plain - {""}))[:_LONGEST].strip()


def excluded(*reasons: str) -> str:
    """An exclusion with its reasons, as a record's decision."""
    return _excluded(reason_of(reasons))


def decide(given: Given, screened: Screened, *, export: bool = False) -> None:
    """Put the decisions of a reference file at its stage; changes its rows.

    What a person says fills in what the file does not say, and what its name says is proposed.
    An ``export`` of a screening tool that holds no decision is told whatever it is called.
    """
    references = given.tables.get("references.csv")
    if references is None or given.states_review or not references.rows:
        return
    rows = [row for row in references.rows if not _placed(row.cells.get("decisions", []))]
    held = any(row.cells.get("decisions") for row in rows)
    if screened.replaces:
        for row in references.rows:
            row.cells["replaces"] = list(screened.replaces)
        _add(references.columns, "replaces")
    if not held and screened.decision is None:
        if len(rows) == len(references.rows):
            _propose(given, screened, export)
        return
    stage = _stage(given.file, screened.stage)
    given.stages.append(stage)
    _add(references.columns, "decisions")
    for row in rows:
        said = row.text("decisions") or screened.decision or UNDECIDED
        row.cells["decisions"] = [f"{stage.id}: {said}".replace(";", "\\;")]


def _add(columns: list[str], name: str) -> None:
    if name not in columns:
        columns.append(name)


def _placed(decisions: Sequence[str]) -> bool:
    return any(text.partition(": ")[0] not in (INCLUDED, EXCLUDED, UNDECIDED) for text in decisions)


def stage_id(name: str) -> str:
    """The id of a stage that somebody names."""
    local = slug(name)[:100].strip("-._")
    return local if re.fullmatch(LOCAL_ID, local) else f"stage-{digest(name)}"


def _stage(file: str, name: str | None) -> StageEntry:
    if name is None:
        local = f"screening-{slug(Path(file).stem)}"[:100].strip("-._")
        if not re.fullmatch(LOCAL_ID, local):
            local = f"screening-{digest(file)}"
        return StageEntry(id=local, name=f"Screening in {file}"[:200], from_decisions=True)
    shown = " ".join(name.replace("-", " ").split())[:200]
    return StageEntry(id=stage_id(name), name=shown[:1].upper() + shown[1:], from_decisions=True)


def _propose(given: Given, screened: Screened, export: bool) -> None:
    """Say what the name of a file without decisions says, for a person to confirm."""
    words = re.findall(r"[a-z]+", Path(given.file).stem.casefold())
    named = next((one for one, known in _IN_NAMES.items() if not known.isdisjoint(words)), None)
    if named is None and screened.stage is None and not export:
        return
    rank = 1 if "irrelevant" in words else rank_of(given.file)
    stage = screened.stage or {1: "title and abstract"}.get(rank or 0, "full text")
    decision = named or INCLUDED
    given.problems.append(
        Problem(
            severity=Severity.WARNING,
            file=given.file,
            message="its records hold no decision"
            + (
                f", but its name says that they are {named}"
                if named
                else ", so --stage does nothing" * (screened.stage is not None)
            ),
            hint=f'if they were {decision}, load it with --decision {decision} --stage "{stage}"'
            if named or screened.stage
            else "if all of them were included, or excluded, say so with --decision and --stage",
        )
    )


def as_said_before(inputs: Sequence[Given], held: ReviewBundle | None) -> None:
    """Keep what a person said of a file when it was loaded last, where nothing is said now.

    That is the stage at which it decides, which files its decisions take the place of, and what
    records are that state no decision themselves.
    """
    by_file: dict[str, dict[str, Reference]] = defaultdict(dict)
    for record in held.references if held is not None else ():
        by_file[record.file][record.local_id] = record
    for given in inputs:
        was = by_file.get(given.file)
        if (
            held is not None
            and was
            and not given.states_review
            and "references.csv" in given.tables
        ):
            _as_before(given, was, held.stages)


def _as_before(given: Given, was: Mapping[str, Reference], stages: Sequence[Stage]) -> None:
    table = given.tables["references.csv"]
    decided = {Decision.kept(text).stage for one in was.values() for text in one.decisions}
    unsaid = _stage(given.file, None).id
    if len(decided) == 1 and [stage.id for stage in given.stages] == [unsaid]:
        _move(given, unsaid, *decided)
        given.stages = []
    without = [row for row in table.rows if not row.text("decisions")]
    told: set[tuple[str, ...]] = set()
    for row in without:
        before = was.get(row.text("id"))
        if before is not None and before.decisions:
            told.add(tuple(before.decisions))
            _decide(table, row, before.decisions)
    if len(told) == 1:  # what somebody said of the file, it says of records that are new to it
        for row in without:
            if not row.text("decisions"):
                _decide(table, row, *told)
    there = {entry.id for entry in given.stages}
    given.stages += [
        StageEntry(id=stage.local_id, name=stage.name, from_decisions=True)
        for stage in stages
        if stage.local_id in decided - there
    ]
    replaced = sorted({name for one in was.values() for name in one.replaces})
    if replaced and "replaces" not in table.columns:
        for row in table.rows:
            row.cells["replaces"] = [*replaced]
        _add(table.columns, "replaces")


def _decide(table: Table, row: Row, decisions: Iterable[str]) -> None:
    row.cells["decisions"] = [text.replace(";", "\\;") for text in decisions]
    _add(table.columns, "decisions")


def at_known_stages(inputs: Sequence[Given], base: ReviewBundle | None) -> None:
    """Let files decide at the stages that the review has by that name; others are new."""
    known: dict[str, str] = {}
    for given in inputs:
        for entry in given.review.search if given.review else ():
            known |= {stage_id(entry.name): entry.id, entry.id.casefold(): entry.id}
    for stage in base.stages if base is not None else ():
        known |= {stage_id(stage.name): stage.local_id, stage.local_id.casefold(): stage.local_id}
    for given in inputs:
        new = []
        for entry in given.stages:
            there = known.get(entry.id.casefold())
            if there is None:
                known |= {stage_id(entry.name): entry.id, entry.id.casefold(): entry.id}
                new.append(entry)
            elif there != entry.id:
                _move(given, entry.id, there)
        given.stages = new


def _move(given: Given, before: str, after: str) -> None:
    for row in given.tables["references.csv"].rows:
        row.cells["decisions"] = [
            after + text.removeprefix(before) if text.startswith(f"{before}: ") else text
            for text in row.cells.get("decisions", [])
        ]


def unknown_files(inputs: Sequence[Given], base: ReviewBundle | None) -> list[Problem]:
    """What is said to be replaced and is not there."""
    there = {given.file for given in inputs}
    there |= {record.file for record in base.references} if base is not None else set()
    wanted = {
        name
        for given in inputs
        if not given.states_review and "references.csv" in given.tables
        for row in given.tables["references.csv"].rows[:1]
        for name in row.cells.get("replaces", ())
    }
    return [
        Problem(
            severity=Severity.WARNING,
            message="no file of this name has been loaded, so nothing is replaced",
            found=name,
            expected=", ".join(sorted(there)[:20]) or None,
        )
        for name in sorted(wanted - there)
    ]
