"""The evidence behind each cell of a gap matrix, all cells at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from graph.answers import Dimension, EvidenceView, GapAnswer
from graph.batches import batches
from graph.catalogue import named
from graph.questions.evidence import evidence_views
from graph.store import Store

BATCH = 1000
Place = tuple[str, tuple[str, ...]]
"""A cell: the key of its row, and its column."""


def gap_evidence(store: Store, answer: GapAnswer) -> dict[Place, list[EvidenceView]]:
    """The evidence that `evidence` lists for the parameters of each cell, in the order of ids.

    Args:
        store: where the answer comes from.
        answer: what `gaps` answered.

    Returns:
        The evidence by row and column; cells without any are not in it.
    """
    found: dict[Place, list[EvidenceView]] = {}
    for matrix in answer.reviews:
        rows = [
            (kind, row)
            for kind in ("mechanism", "concept")
            for row in store.read(named(f"gap_evidence_of_{kind}s"), review=matrix.review)
        ]
        ids = sorted({row["evidence"] for _, row in rows})
        views = {
            view.id: view for some in batches(ids, BATCH) for view in evidence_views(store, some)
        }
        shown = {
            (row.kind, row.id, tuple(cell.at)): row.key for row in matrix.rows for cell in row.cells
        }
        for kind, row in rows:
            view = views[row["evidence"]]
            for at in product(*(_values(view, dimension) for dimension in matrix.by)):
                key = shown.get((kind, row["id"], at))
                if key is not None:
                    found.setdefault((key, at), []).append(view)
    return found


def _values(view: EvidenceView, dimension: Dimension) -> Sequence[str]:
    """Where a piece of evidence stands in a dimension; an empty text where it does not say."""
    if dimension is Dimension.LEVEL:
        return view.levels or [""]
    if dimension is Dimension.PERSPECTIVE:
        return [view.perspective or ""]
    if dimension is Dimension.SETTING:
        return [view.setting or ""]
    return [view.source.kind.value]
