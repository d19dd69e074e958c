"""Mechanisms that no empirical source supports: why, and who looked where."""

from __future__ import annotations

from graph.answers import (
    EvidenceView,
    Mark,
    MechanismView,
    Page,
    SearchView,
    Why,
)
from graph.answers.weight import SUPPORTING
from graph.catalogue import named
from graph.model import Status
from graph.questions.evidence import evidence_views
from graph.questions.flow import searches
from graph.questions.gap_sentences import reason_of
from graph.questions.gaps import marks_of
from graph.questions.mechanisms import mechanism_view, mechanisms
from graph.questions.names import resolve
from graph.questions.records import with_findings
from graph.store import Store

_STAKEHOLDER_ROWS = 20
"""How many pieces of stakeholders' evidence an unsupported mechanism is shown with, at most."""


def unsupported(
    store: Store,
    *,
    review: str | None = None,
    stated: Status | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[MechanismView]:
    """Mechanisms that no empirical source supports, each with the reason and who looked where.

    Raises:
        NotFound: there is no such review.
    """
    page = mechanisms(store, review=review, support="none", stated=stated, after=after, limit=limit)
    return Page[MechanismView](items=_explained(store, page.items), next=page.next)


def mechanism(store: Store, name: str, *, review: str | None = None) -> MechanismView:
    """One mechanism by id, name, slug or alias; with the reason if nothing supports it.

    Raises:
        NotFound: there is no such mechanism; the error names the nearest.
        Ambiguous: several answer to the name.
    """
    id_ = resolve(store, "mechanism", name, review)
    (view,) = with_findings(store, [mechanism_view(store, id_)])
    if view.support in SUPPORTING:
        return view
    return _explained(store, [view])[0]


def _explained(store: Store, views: list[MechanismView]) -> list[MechanismView]:
    if not views:
        return []
    looked: dict[str, SearchView] = {}
    marked: dict[str, list[Mark]] = {}
    for review in sorted({view.review for view in views}):
        looked |= searches(store, review)
        marked |= marks_of(store, review, [view.id for view in views if view.review == review])
    ids = [view.id for view in views]
    spoken = _stakeholders(store, ids)
    for view in views:
        marks = marked[view.id]
        stages = sorted({id_ for mark in marks for id_ in mark.of_kind("stage")})
        view.unsupported = Why(
            reason=reason_of(marks),
            marks=marks,
            searches=[looked[stage] for stage in stages],
            stakeholders=spoken.get(view.id, []),
            findings=view.findings or [],
        )
    return views


def _stakeholders(store: Store, ids: list[str]) -> dict[str, list[EvidenceView]]:
    """What stakeholders say of each of several mechanisms, in two passes whatever their number."""
    chosen: dict[str, list[str]] = {}
    for row in store.read(named("mechanism_stakeholders"), ids=ids):
        said = chosen.setdefault(row["id"], [])
        if len(said) < _STAKEHOLDER_ROWS:
            said.append(row["evidence"])
    wanted = sorted({id_ for said in chosen.values() for id_ in said})
    views = {view.id: view for view in evidence_views(store, wanted)}
    return {mechanism: [views[id_] for id_ in said] for mechanism, said in chosen.items()}
