"""Records of reference files, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.console import field, more, number, say
from graph.answers import OverlapAnswer, Page, ReferenceView

if TYPE_CHECKING:
    from loaders.merging import Merged

_MOST = 20


def references_text(page: Page[ReferenceView]) -> None:
    """Records, each with its source and why it stands for it."""
    if not page.items:
        say("No record of a reference file is held.")
    for view in page.items:
        say(f"{view.id}")
        field("source", f"{view.source.name} [{view.source.id}]")
        row = "" if view.row is None else f", row {view.row}"
        field("from", f"{view.file}{row}")
        if view.merged_by is not None:
            alike = "" if view.score is None else f", titles {view.score} of 100 alike"
            field("merged by", f"{view.merged_by.value}{alike}")
        field("decisions", view.decisions)
    more(page.next)


def overlap_text(answer: OverlapAnswer) -> None:
    """Files, then the sets of files that share sources."""
    if not answer.records:
        say("No record of a reference file is held.")
        return
    for one in answer.files:
        say(
            f"{one.file}: {number(one.records, 'record')}, {number(one.sources, 'source')}, "
            f"{one.unique} in no other file"
        )
    say(
        f"{answer.review}: {answer.records} records - {answer.merged} merged = "
        f"{number(answer.sources, 'source')}",
        "bold",
    )
    shared = [one for one in answer.items if len(one.files) > 1]
    for overlap in shared[:_MOST]:
        say(f"  {overlap.sources} in {' + '.join(overlap.files)}")
    if len(shared) > _MOST:
        say(f"  … and {len(shared) - _MOST} more combinations (--json lists all)", "dim")


def merged_text(done: Merged, *, taken_back: bool) -> None:
    """What a merge did."""
    if taken_back:
        say(f"{done.other} is a source of its own again, beside {done.kept}.")
    else:
        say(f"{done.other} went into {done.kept}: {number(len(done.moved), 'record')} moved.")
        say(f"Take it back: theorygraph sources unmerge {done.other}", "dim")
