"""Mechanisms that no empirical source supports: why, and who looked where."""

from __future__ import annotations

from graph.answers import (
    EvidenceState,
    EvidenceView,
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
    for review in sorted({view.review for view in views}):
        looked |= searches(store, review)
    ids = [view.id for view in views]
    spoken = _stakeholders(store, ids)
    for view in views:
        stages = {
            entry.stage for entry in view.history if entry.status is not Status.PRELIMINARY
        } | {finding.searched for finding in view.findings or []}
        found = [looked[stage] for stage in sorted(filter(None, stages))]
        view.unsupported = Why(
            reason=_reason(view, found),
            searches=found,
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


def _reason(view: MechanismView, found: list[SearchView]) -> str:
    last = view.history[-1] if view.history else None
    if view.stated is Status.NO_EVIDENCE:
        reason = "The review searched and states that there is no evidence."
    elif view.stated is Status.INCORPORATED:
        names = ", ".join(into.name for into in last.into) if last else ""
        where = f" into {names}" if names else " into others, not stated which"
        reason = f"Evidence was insufficient for a mechanism of its own; incorporated{where}."
    elif view.stated is Status.SUPPORTED:
        reason = "The review states support, but no evidence for it is in the graph."
    elif found:
        reason = "The search that looked brought no empirical support."
    else:
        reason = "Theorised only: no search for it is recorded."
    if view.support is EvidenceState.STAKEHOLDERS_ONLY:
        reason += " Stakeholders speak of it; no empirical source does."
    if view.support is EvidenceState.CHALLENGED:
        reason += " Empirical sources challenge it."
    return reason
