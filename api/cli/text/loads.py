"""What was read and loaded, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.console import field, more, number, say, show_problems, tell
from graph.answers import LoadView, Page
from graph.answers.labels import label

if TYPE_CHECKING:
    from graph.load_report import Change, KindCounts
    from loaders.cell_tally import FileCount, SheetCount
    from loaders.duplicates import ReferenceCount
    from loaders.intake import Checked, Loaded

_MOST_CHANGES = 20
_LONGEST = 120
MOST_WARNINGS = 20


def checked_text(reading: Checked) -> None:
    """How many rows each table has, and whether the files can be loaded."""
    _files(reading.files, reading.references)
    _sheets(reading.sheets)
    warnings = len(reading.problems) - len(reading.errors)
    if reading.errors:
        errors = number(len(reading.errors), "error")
        say(f"{errors}, {number(warnings, 'warning')}. It cannot be loaded yet.")
    else:
        say(f"No errors, {number(warnings, 'warning')}.")


def loaded_text(loaded: Loaded, most: int = MOST_WARNINGS) -> None:
    """What a load did, or would do, after the first of its warnings."""
    show_problems(loaded.warnings[:most], most)
    if len(loaded.warnings) > most:
        more_than_shown = len(loaded.warnings) - most
        tell(f"... and {number(more_than_shown, 'warning')} more: theorygraph check lists all")
    if loaded.references:
        _references(loaded.references)
    _sheets(loaded.sheets)
    report = loaded.report
    merged = sum(count.merged for count in loaded.references)
    rejected = sum(count.rejected for count in loaded.references)
    of_records = f", {merged} merged, {rejected} rejected" if loaded.references else ""
    say(f"{report.review}: {_counts(report.total)}{of_records}")
    if report.dry_run:
        for kind, counts in report.kinds.items():
            if counts.new or counts.changed or counts.removed:
                say(f"  {kind}: {_counts(counts)}")
    for change in report.changes[:_MOST_CHANGES]:
        _change(change)
    touched = report.total.removed
    if report.dry_run:
        touched += report.total.new + report.total.changed
    if touched > _MOST_CHANGES:
        say(f"  … and {touched - _MOST_CHANGES:,} more (--json lists up to 1,000)")
    if report.dry_run:
        say("Nothing was changed: this was a dry run.", "dim")


def _change(change: Change) -> None:
    again = ", known again by the rest of its row" if change.paired else ""
    say(f"  {change.change} {change.kind} {change.id}{again}")
    for cell in change.cells:
        before, now = (_short(text) or "nothing" for text in (cell.before, cell.now))
        say(f"    {label(cell.column)}: {before} → {now}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def loads_text(page: Page[LoadView]) -> None:
    """Loads, newest first."""
    if not page.items:
        say("Nothing has been loaded into this store yet.")
    for view in page.items:
        say(f"{view.at}  {view.review or 'no review named'}  ({view.seconds:.1f} s)")
        if view.refused is not None:
            say(f"  nothing was loaded: {view.refused}")
            for file in view.files:
                say(f"  {file.name}", "dim")
            continue
        say(
            f"  {view.new:,} new, {view.changed:,} changed, {view.unchanged:,} unchanged, "
            f"{view.removed:,} removed"
        )
        if view.merged or view.rejected:
            say(f"  {number(view.merged, 'record')} merged, {view.rejected:,} rejected")
        field(label("warned"), view.warned)
        for file in view.files:
            say(f"  {file.name}  {file.sha256[:16]}…", "dim")
    more(page.next)


def _files(files: list[FileCount], references: list[ReferenceCount]) -> None:
    of_references = {count.file for count in references}
    _references(references)
    for file in files:
        if file.file in of_references:
            continue
        rejected = f", {file.rejected} rejected" if file.rejected else ""
        name = file.file if file.file == file.kind else f"{file.file}, {file.kind[:-4]}"
        more = f"; {number(file.records, 'record')}" if file.records != file.accepted else ""
        say(f"{name}: {number(file.rows, 'row')}, {file.accepted} accepted{rejected}{more}")


def _sheets(sheets: list[SheetCount]) -> None:
    """What became of the cells of each file, and of each sheet that is not all read."""
    from loaders.cell_tally import USUAL  # it brings readers that other commands need not

    for file in dict.fromkeys(sheet.file for sheet in sheets):
        of_file = [sheet for sheet in sheets if sheet.file == file]
        say(f"{file}: {_cells(of_file)}")
        for sheet in of_file if len(of_file) > 1 else ():
            usual = sum(sheet.passed_over.get(reason, 0) for reason in USUAL)
            if sheet.read + usual < sheet.cells:
                say(f"  sheet {sheet.sheet}: {_cells([sheet])}")


def _cells(sheets: list[SheetCount]) -> str:
    """`40 cells = 30 read + 8 kept as notes + 2 passed over (2 above the headers)`."""
    passed: dict[str, int] = {}
    for sheet in sheets:
        for reason, cells in sheet.passed_over.items():
            passed[reason] = passed.get(reason, 0) + cells
    ends = {
        "read": sum(sheet.read for sheet in sheets),
        "kept as notes": sum(sheet.noted for sheet in sheets),
        "merged": sum(sheet.merged for sheet in sheets),
        "refused": sum(sheet.refused for sheet in sheets),
        "passed over": sum(passed.values()),
    }
    cells = sum(sheet.cells for sheet in sheets)
    total = f"{cells:,} cell{'' if cells == 1 else 's'}"
    said = " + ".join(f"{n:,} {end}" for end, n in ends.items() if n or end == "read")
    reasons = ", ".join(f"{cells:,} {reason}" for reason, cells in passed.items())
    return f"{total} = {said} ({reasons})" if reasons else f"{total} = {said}"


def _references(counts: list[ReferenceCount]) -> None:
    for count in counts:
        between = number(count.passed_over, "line")
        belong = "belongs" if count.passed_over == 1 else "belong"
        say(
            f"{count.file}: {number(count.records, 'record')} = {count.accepted} accepted + "
            f"{count.merged} merged + {count.rejected} rejected"
            + (f"; {between} {belong} to no record" if count.passed_over else "")
        )
    if len(counts) > 1:
        total = [
            sum(getattr(count, name) for count in counts)
            for name in ("records", "accepted", "merged", "rejected")
        ]
        say("together: {} records = {} accepted + {} merged + {} rejected".format(*total))


def _counts(counts: KindCounts) -> str:
    return (
        f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
        f"{counts.removed} removed"
    )
