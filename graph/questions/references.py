"""Records of reference files: what stands for what, and how far files overlap."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.answers import (
    Conflict,
    DecidedView,
    FileOverlap,
    Named,
    Overlap,
    OverlapAnswer,
    Page,
    ReferenceView,
    SaidValue,
    SourceView,
)
from graph.catalogue import named
from graph.decisions import Decision, Made, closed
from graph.questions.names import resolve, resolve_review
from graph.record_fields import fields_of
from graph.source_fields import Said, by_itself, contradictions, differing, stated_by_itself
from graph.store import Store


def references(
    store: Store,
    *,
    review: str | None = None,
    file: str | None = None,
    merged: bool = False,
    after: str = "",
    limit: int = 50,
) -> Page[ReferenceView]:
    """Records of reference files in the order of ids.

    Args:
        store: where to look.
        review: only of this review.
        file: only of this file.
        merged: only those that stand for a source which another record brought.
        after: the id after which the page begins.
        limit: records on the page.

    Raises:
        NotFound: there is no such review.
    """
    rows = store.read(
        named("reference_page"),
        review=resolve_review(store, review),
        file=file,
        merged=merged,
        after=after,
        limit=limit + 1,
    )
    items = [_view(row) for row in rows[:limit]]
    return Page[ReferenceView](items=items, next=items[-1].id if len(rows) > limit else None)


def references_of(store: Store, source: str, *, review: str | None = None) -> Page[ReferenceView]:
    """The records that stand for one source, all of them.

    Raises:
        NotFound: there is no such source.
        Ambiguous: the name stands for several.
    """
    id_ = resolve(store, "source", source, review=review)
    rows = store.read(named("references_of_source"), id=id_)
    return Page[ReferenceView](items=[_view(row) for row in rows])


def overlap(store: Store, review: str) -> OverlapAnswer:
    """How many records each file has, how far files overlap, and how many sources are left.

    Raises:
        NotFound: there is no such review.
    """
    id_ = resolve(store, "review", review)
    rows = store.read(named("files_of_sources"), review=id_)
    files: dict[str, set[str]] = {}
    for row in rows:
        files.setdefault(row["source"], set()).add(row["file"])
    records: Counter[str] = Counter()
    for row in rows:
        records[row["file"]] += row["records"]
    sets = Counter(frozenset(found) for found in files.values())
    total = sum(records.values())
    return OverlapAnswer(
        review=id_,
        records=total,
        sources=len(files),
        merged=total - len(files),
        files=[
            FileOverlap(
                file=file,
                records=records[file],
                sources=sum(count for found, count in sets.items() if file in found),
                unique=sets[frozenset({file})],
            )
            for file in sorted(records)
        ],
        items=[
            Overlap(files=names, sources=count)
            for count, names in sorted(
                ((count, sorted(found)) for found, count in sets.items()),
                key=lambda one: (-one[0], one[1]),
            )
        ],
    )


def with_records(store: Store, found: SourceView) -> None:
    """Add what its records decide of a source, and where they say different things."""
    rows = store.read(named("said_of_source"), id=found.id)
    if not rows:
        return
    made = [
        Made(row["id"], row["file"], Decision.kept(text))
        for row in rows
        for text in row["decisions"]
    ]
    found.decisions = [
        DecidedView(
            stage=f"{found.review}:{one.decision.stage}",
            outcome=one.decision.outcome,
            reason=one.decision.reason or None,
            record=one.record,
            file=one.file,
        )
        for one in sorted(made, key=lambda one: (one.decision.stage, one.file, one.record))
    ]
    stated = stated_by_itself(found)
    said = [Said(row["id"], row["file"], by_itself(row["reads_as"])) for row in rows]
    replaced = closed({row["file"]: row["replaces"] for row in rows})
    found.conflicts = [
        Conflict(
            column=one.column,
            values=[SaidValue(value=value, by=by) for value, by in one.values.items()],
        )
        for one in [
            *contradictions(found.id, stated, said),
            *differing(found.id, stated.get("included"), made, replaced),
        ]
    ]


_AS_THEY_ARE = (
    "id",
    "review",
    "file",
    "row",
    "database",
    "merged_by",
    "score",
    "decisions",
    "text",
    "encoding",
)


def _view(row: dict[str, Any]) -> ReferenceView:
    return ReferenceView(
        source=Named(id=row["source_id"], name=row["citation"]),
        fields=fields_of(row["fields"], row["text"]),
        **{name: row[name] for name in _AS_THEY_ARE},
    )
