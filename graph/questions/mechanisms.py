"""Mechanisms: what reviews state of them, and what the evidence in the graph makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from graph.answers import (
    HistoryView,
    MechanismView,
    Named,
    Page,
    Weight,
)
from graph.answers.weight import SUPPORTING, EvidenceState
from graph.catalogue import named
from graph.model import Status
from graph.questions.names import resolve_review
from graph.questions.records import with_findings
from graph.questions.weights import weights
from graph.store import Store

SupportFilter = Literal[
    "none", "weak", "supported", "mixed", "challenged", "stakeholders only", "none entered"
]
"""`none` means that no empirical work supports it, `weak` that exactly one primary work does and no
synthesis; the others are the computed states."""


def mechanisms(
    store: Store,
    *,
    review: str | None = None,
    support: SupportFilter | None = None,
    stated: Status | Sequence[Status] | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[MechanismView]:
    """Mechanisms in the order of files, with their support computed.

    Args:
        store: where to look.
        review: only this review.
        support: only what the evidence makes of them.
        stated: only what the review states of them in the end: this, or any of these.
        after: the id after which the page begins.
        limit: mechanisms on the page.

    Raises:
        NotFound: there is no such review.
    """
    parameters: dict[str, Any] = {
        "review": resolve_review(store, review),
        "stated": [stated] if isinstance(stated, Status) else stated and [*stated],
    }
    query = named("mechanisms_unsupported" if support == "none" else "mechanism_page")
    found: list[MechanismView] = []
    while True:
        page = store.read(query, **parameters, after=after, limit=limit + 1)
        ids = [row["id"] for row in page[:limit]]
        more = len(page) > limit
        views = mechanism_views(store, ids)
        found += [view for view in views if _fits(view, support)]
        if len(found) > limit or (len(found) == limit and more):
            found = with_findings(store, found[:limit])
            return Page[MechanismView](items=found, next=found[-1].id)
        if not more:
            return Page[MechanismView](items=with_findings(store, found), next=None)
        after = ids[-1]


def _fits(view: MechanismView, support: SupportFilter | None) -> bool:
    if support == "weak":
        return view.weight.weak
    return support in (None, "none") or view.support.value == support


def mechanism_view(store: Store, id_: str) -> MechanismView:
    """One mechanism by its full id, which must exist."""
    return mechanism_views(store, [id_])[0]


def mechanism_views(store: Store, ids: list[str]) -> list[MechanismView]:
    """Mechanisms in full for ids, in the order of files; seven passes whatever their number."""
    if not ids:
        return []
    into: dict[str, list[Named]] = {}
    for row in store.read(named("mechanism_incorporations"), ids=ids):
        into.setdefault(row["entry"], []).append(Named(id=row["into_id"], name=row["into_name"]))
    bound: dict[str, list[Named]] = {}
    for row in store.read(named("mechanism_history_configurations"), ids=ids):
        bound.setdefault(row["entry"], []).append(Named(id=row["configuration"], name=row["name"]))
    history: dict[str, list[HistoryView]] = {}
    for row in store.read(named("mechanism_history"), ids=ids):
        history.setdefault(row["id"], []).append(
            HistoryView(
                id=row["entry"],
                status=row["status"],
                stage=row["stage"],
                into=into.get(row["entry"], []),
                configurations=bound.get(row["entry"], []),
                levels=row["levels"] or [],
                perspectives=row["perspectives"] or [],
                kinds=row["kinds"] or [],
                locator=row["locator"],
                note=row["note"],
            )
        )
    weighed = weights(store, "mechanism", ids)
    return [
        _view(row, history.get(row["id"], []), weighed[row["id"]])
        for row in store.read(named("mechanism_records"), ids=ids)
    ]


def _view(row: dict[str, Any], history: list[HistoryView], weight: Weight) -> MechanismView:
    stated = Status(row["stated"]) if row["stated"] else None
    return MechanismView(
        **row,
        history=history,
        support=weight.state,
        weight=weight,
        disagreement=disagreement(row["name"], stated, weight.state),
    )


def disagreement(name: str, stated: Status | None, support: EvidenceState) -> str | None:
    """Where what a review states and what its evidence bears out differ, in a sentence."""
    borne_out = support in SUPPORTING
    if stated is Status.SUPPORTED and not borne_out:
        return f"The review states that {name} is supported; the evidence in the graph: {support}."
    if stated is Status.NO_EVIDENCE and borne_out:
        return f"The review states no evidence for {name}; the evidence in the graph: {support}."
    return None
