"""Findings: gaps, recommendations, implications, future research, and who states them."""

from __future__ import annotations

from graph.answers import FindingView, Page, SourceRef, Target
from graph.catalogue import named
from graph.model import FindingKind
from graph.questions.names import resolve, resolve_review
from graph.questions.records import page_of
from graph.store import Store

_KIND_OF_LINK = {
    "CONCERNS_MECHANISM": "mechanism",
    "CONCERNS_CONFIGURATION": "configuration",
    "CONCERNS_CONCEPT": "concept",
    "CONCERNS_THEORY": "theory",
}


def findings(
    store: Store,
    *,
    review: str | None = None,
    kind: FindingKind | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[FindingView]:
    """Findings in the order of ids, of one review or of all.

    Raises:
        NotFound: there is no such review.
    """
    items, more = page_of(
        store,
        "finding_page",
        finding_views,
        after=after,
        limit=limit,
        review=resolve_review(store, review),
        kind=kind and kind.value,
    )
    return Page[FindingView](items=items, next=more)


def finding(store: Store, name: str, *, review: str | None = None) -> FindingView:
    """One finding by id, name or slug.

    Raises:
        NotFound: there is no such finding; the error names the nearest.
        Ambiguous: several answer to the name.
    """
    return finding_views(store, [resolve(store, "finding", name, review)])[0]


def findings_about(store: Store, mechanism: str) -> list[FindingView]:
    """Findings that are about one mechanism."""
    return findings_by_mechanism(store, [mechanism]).get(mechanism, [])


def findings_by_mechanism(store: Store, mechanisms: list[str]) -> dict[str, list[FindingView]]:
    """Findings about each of several mechanisms, in two passes whatever their number."""
    rows = store.read(named("findings_of"), ids=mechanisms)
    views = {view.id: view for view in finding_views(store, sorted({row["id"] for row in rows}))}
    found: dict[str, list[FindingView]] = {}
    for row in rows:
        found.setdefault(row["about"], []).append(views[row["id"]])
    return found


def finding_views(store: Store, ids: list[str]) -> list[FindingView]:
    """Findings in full for ids, in the order of ids."""
    if not ids:
        return []
    about: dict[str, list[Target]] = {}
    for row in store.read(named("finding_targets"), ids=ids):
        about.setdefault(row["id"], []).append(
            Target(id=row["about"], kind=_KIND_OF_LINK[row["link"]], name=row["name"])
        )
    said_by: dict[str, list[SourceRef]] = {}
    for row in store.read(named("finding_sources"), ids=ids):
        said_by.setdefault(row["id"], []).append(SourceRef.of(row))
    return [
        FindingView(**row, about=about.get(row["id"], []), said_by=said_by.get(row["id"], []))
        for row in store.read(named("finding_records"), ids=ids)
    ]
