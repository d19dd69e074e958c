"""Merging two sources by hand, and taking a merge back.

Both change the review as a whole and load it again, so only what differs is written. What was
decided is kept as a record of its own (`merges.csv`), and holds when the files are loaded again.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from graph.derive_sources import computed_anew
from graph.errors import NotFound, Problem, Rejected
from graph.load import load_review
from graph.load_report import LoadReport
from graph.model import (
    Evidence,
    Finding,
    Merge,
    MergedBy,
    Passage,
    Reference,
    ReviewBundle,
    Verdict,
)
from graph.questions.bundle import bundle_of
from graph.questions.names import resolve
from graph.questions.records import review_ids
from graph.settings import Settings
from graph.source_fields import brought, by_itself, source_of, stated_by_itself
from graph.store import Store

_BOTH = "both"
"""Of a finding that both sources state: the one that stays keeps it when a merge is taken back."""


class Merged(BaseModel):
    """What merging, or taking a merge back, did."""

    review: str
    kept: str
    other: str
    moved: list[str]
    report: LoadReport


def merge_sources(
    store: Store,
    one: str,
    other: str,
    settings: Settings,
    *,
    review: str | None = None,
    declared_by: str | None = None,
    note: str | None = None,
) -> Merged:
    """Let the records of two sources stand for the first of them.

    What was about the other is then about the first. :func:`unmerge_source` takes all of it back.

    Raises:
        NotFound: one of them is no source.
        Rejected: they cannot be merged; the problem says why.
    """
    kept, gone = (resolve(store, "source", name, review=review) for name in (one, other))
    owner = kept.partition(":")[0]
    if kept == gone:
        raise _refused("these are one source already", kept)
    if gone.partition(":")[0] != owner:
        raise _refused(
            "these sources are of two reviews, which never share records", f"{kept}, {gone}"
        )
    bundle = bundle_of(store, owner)
    records = [record for record in bundle.references if record.source == gone]
    if not any(brought(record, gone) for record in records):
        raise _refused(
            f"{gone} is stated in the review's own files, so it is merged there",
            gone,
            hint=f"name it first: theorygraph sources merge {gone} {kept}",
        )
    source = next(one for one in bundle.sources if one.id == gone)
    stated = stated_by_itself(source)
    if stated and source.from_records:  # an earlier version did not keep what came from records
        raise _refused(
            f"the review's own files state something of {gone}, which would be lost",
            ", ".join(sorted(stated)),
            hint=f"name it first: theorygraph sources merge {gone} {kept}",
        )
    moved = [_moved(record) for record in records]
    moved += [piece.id for piece in bundle.evidence if piece.source == gone]
    moved += [passage.id for passage in bundle.passages if passage.source == gone]
    moved += [
        f"{finding.id} {_BOTH}" if kept in finding.said_by else finding.id
        for finding in bundle.findings
        if gone in finding.said_by
    ]
    local = gone.partition(":")[2]
    merge = Merge(
        id=f"{owner}:merge-{local}"[:300],
        one=kept,
        other=gone,
        verdict=Verdict.SAME,
        declared_by=declared_by,
        note=note,
        moved=moved,
    )
    changed = bundle.model_copy(
        update={
            "references": [
                record.model_copy(
                    update={"source": kept, "merged_by": MergedBy.DECLARED, "score": None}
                )
                if record.source == gone
                else record
                for record in bundle.references
            ],
            "merges": [*bundle.merges, merge],
            **_repointed(bundle, gone, kept),
            "sources": [source for source in bundle.sources if source.id != gone],
        }
    )
    report = _written(store, changed, bundle, settings)
    return Merged(review=owner, kept=kept, other=gone, moved=moved, report=report)


def _written(
    store: Store, changed: ReviewBundle, before: ReviewBundle, settings: Settings
) -> LoadReport:
    """Load the review, its sources and flow computed anew of what stands for what now."""
    bundle, _ = computed_anew(changed, before)
    return load_review(store, bundle, batch_rows=settings.batch_rows)


def unmerge_source(
    store: Store,
    name: str,
    settings: Settings,
    *,
    review: str | None = None,
    declared_by: str | None = None,
    note: str | None = None,
) -> Merged:
    """Take a merge back: a source that was merged into another, or a record that a rule merged.

    Args:
        store: where they are.
        name: the id of the merged source, or of the record (`r-…`), with or without its review.
        settings: limits.
        review: the review, if the id does not name it.
        declared_by: who says that they are different.
        note: why.

    Raises:
        NotFound: nothing of that id was merged.
    """
    owner, _, local = name.rpartition(":")
    if not owner:
        owner = resolve(store, "review", review) if review else ""
    candidates = [owner] if owner else review_ids(store)
    for candidate in candidates:
        bundle = bundle_of(store, candidate)
        id_ = f"{candidate}:{local}"
        for merge in bundle.merges:
            if merge.verdict is Verdict.SAME and merge.other == id_:
                return _taken_back(store, bundle, merge, settings)
        for record in bundle.references:
            if record.id == id_ and record.merged_by is not None:
                return _parted(store, bundle, record, settings, declared_by, note)
    raise NotFound("merged source or record", name)


def _taken_back(store: Store, bundle: ReviewBundle, merge: Merge, settings: Settings) -> Merged:
    before = {entry.partition(" ")[0]: entry for entry in merge.moved}
    records = [record for record in bundle.references if record.id in before]
    its = next((record for record in records if brought(record, merge.other)), None)
    if its is None:
        raise _refused("the record that brought this source is not held any more", merge.other)
    if merge.one not in {source.id for source in bundle.sources}:
        raise _refused(
            f"{merge.one} has gone into another source since: take that back first",
            merge.other,
            hint=f"theorygraph sources unmerge {merge.one}",
        )
    restored = source_of(its, merge.other)
    changed = bundle.model_copy(
        update={
            "references": [
                _as_it_was(record, merge.other, before[record.id])
                if record.id in before
                else record
                for record in bundle.references
            ],
            "merges": [one for one in bundle.merges if one.id != merge.id],
            **_pointed_back(bundle, merge),
            "sources": [*bundle.sources, restored],
        }
    )
    report = _written(store, changed, bundle, settings)
    return Merged(
        review=bundle.review.id,
        kept=merge.one,
        other=merge.other,
        moved=sorted(before),
        report=report,
    )


def _parted(
    store: Store,
    bundle: ReviewBundle,
    record: Reference,
    settings: Settings,
    declared_by: str | None,
    note: str | None,
) -> Merged:
    owner = bundle.review.id
    local = by_itself(record.reads_as).get("id", record.local_id)
    own = f"{owner}:{local}"
    verdict = Merge(
        id=f"{owner}:apart-{record.local_id}"[:300],
        one=record.id,
        other=record.source,
        verdict=Verdict.DIFFERENT,
        declared_by=declared_by,
        note=note,
    )
    changed = bundle.model_copy(
        update={
            "references": [
                one.model_copy(update={"source": own, "merged_by": None, "score": None})
                if one.id == record.id
                else one
                for one in bundle.references
            ],
            "merges": [*(one for one in bundle.merges if one.id != verdict.id), verdict],
            "sources": [*bundle.sources, source_of(record, own)],
        }
    )
    report = _written(store, changed, bundle, settings)
    return Merged(review=owner, kept=record.source, other=own, moved=[record.id], report=report)


def _moved(record: Reference) -> str:
    if record.merged_by is None:
        return record.id
    return " ".join(
        [record.id, record.merged_by.value, *([str(record.score)] if record.score else [])]
    )


def _as_it_was(record: Reference, source: str, entry: str) -> Reference:
    _, *how = entry.split(" ")
    return record.model_copy(
        update={
            "source": source,
            "merged_by": MergedBy(how[0]) if how else None,
            "score": int(how[1]) if len(how) > 1 else None,
        }
    )


def _repointed(bundle: ReviewBundle, before: str, after: str) -> dict[str, list[Any]]:
    """What was about one source, about another."""
    return {
        "evidence": [_about(piece, before, after) for piece in bundle.evidence],
        "passages": [_about(passage, before, after) for passage in bundle.passages],
        "findings": [
            _said_by(finding, {before}, {after}) if before in finding.said_by else finding
            for finding in bundle.findings
        ],
    }


def _pointed_back(bundle: ReviewBundle, merge: Merge) -> dict[str, list[Any]]:
    """The same, taken back: only what a merge has moved."""
    moved = dict(entry.partition(" ")[::2] for entry in merge.moved)
    kept, gone = merge.one, merge.other
    return {
        "evidence": [
            _about(piece, kept, gone) if piece.id in moved else piece for piece in bundle.evidence
        ],
        "passages": [
            _about(passage, kept, gone) if passage.id in moved else passage
            for passage in bundle.passages
        ],
        "findings": [
            _said_by(finding, set() if moved[finding.id] == _BOTH else {kept}, {gone})
            if finding.id in moved
            else finding
            for finding in bundle.findings
        ],
    }


R = TypeVar("R", Evidence, Passage)


def _about(record: R, before: str, after: str) -> R:
    return record.model_copy(update={"source": after}) if record.source == before else record


def _said_by(finding: Finding, without: set[str], with_: set[str]) -> Finding:
    """The finding with other sources; the graph does not keep their order."""
    return finding.model_copy(update={"said_by": sorted((set(finding.said_by) - without) | with_)})


def _refused(message: str, found: str, hint: str | None = None) -> Rejected:
    return Rejected([Problem(message=message, found=found, hint=hint)])
