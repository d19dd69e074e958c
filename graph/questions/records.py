"""Looking records up and listing them: reviews, sources, configurations, concepts, theories."""

from __future__ import annotations

from typing import TypeVar

from graph.answers import (
    ConceptView,
    ConfigurationView,
    MechanismView,
    Named,
    Page,
    PartView,
    ReportingView,
    ReviewView,
    SameWork,
    SourceView,
    Target,
    TheoryView,
)
from graph.catalogue import named
from graph.errors import NotFound
from graph.model import Polarity, Role, SourceKind, TheoryKind
from graph.questions.findings import Concerned, findings_about
from graph.questions.names import resolve, resolve_review, suggestions
from graph.questions.paging import page_of
from graph.questions.weights import weights
from graph.rameses import item
from graph.store import Store
from graph.works import shown_to_be_one

COUNTED = (
    "source",
    "mechanism",
    "concept",
    "configuration",
    "theory",
    "evidence",
    "finding",
)
"""Kinds of record that a review is counted by."""

_EVERY = 100_000

_ROLE_OF_LINK = {
    "HAS_CONTEXT": Role.CONTEXT,
    "HAS_RESOURCE": Role.RESOURCE,
    "HAS_REASONING": Role.REASONING,
    "HAS_OUTCOME": Role.OUTCOME,
}
_KIND_OF_LINK = {
    "EXPLAINS_MECHANISM": "mechanism",
    "EXPLAINS_CONFIGURATION": "configuration",
    "EXPLAINS_CONCEPT": "concept",
}


def counts(store: Store) -> dict[str, int]:
    """How many records there are of each kind, of all reviews together."""
    return {
        kind: int(store.read(named(f"count_all_{kind}"))[0]["n"]) for kind in ("review", *COUNTED)
    }


def counts_of(store: Store, reviews: list[str]) -> dict[str, dict[str, int]]:
    """How many records there are of each kind, by review id; one pass per kind."""
    found: dict[str, dict[str, int]] = {review: dict.fromkeys(COUNTED, 0) for review in reviews}
    for kind in COUNTED:
        for row in store.read(named(f"count_of_{kind}"), ids=reviews):
            found[row["review"]][kind] = int(row["n"])
    return found


def review_ids(store: Store) -> list[str]:
    """The ids of all reviews, in order."""
    return [row["id"] for row in store.read(named("review_page"), after="", limit=_EVERY)]


def reviews(store: Store, *, after: str = "", limit: int = 50) -> Page[ReviewView]:
    """Reviews in the order of ids, with what the graph holds of each."""
    items, more = page_of(store, "review_page", review_views, after=after, limit=limit)
    return Page[ReviewView](items=items, next=more)


def review(store: Store, name: str) -> ReviewView:
    """One review by id, title or another of its titles.

    Raises:
        NotFound: there is no such review.
    """
    return review_views(store, [resolve(store, "review", name)])[0]


def review_views(store: Store, ids: list[str]) -> list[ReviewView]:
    """Reviews in full for ids, in the order of ids."""

    def terms(query: str) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for row in store.read(named(query), ids=ids):
            found.setdefault(row["review"], []).append(Named(id=row["id"], name=row["name"]))
        return found

    reporting: dict[str, list[ReportingView]] = {}
    for row in store.read(named("review_reporting"), ids=ids):
        about = item(row["item"])
        reporting.setdefault(row["review"], []).append(
            ReportingView(
                id=row["id"],
                item=about.number,
                part=about.part,
                asks=about.asks,
                statement=row["statement"],
                locator=row["locator"],
                note=row["note"],
            )
        )
    held = counts_of(store, ids)
    levels = terms("review_levels")
    perspectives = terms("review_perspectives")
    stages = terms("review_stages")
    return [
        ReviewView(
            **row,
            levels=levels.get(row["id"], []),
            perspectives=perspectives.get(row["id"], []),
            stages=stages.get(row["id"], []),
            reporting=reporting.get(row["id"], []),
            counts=held[row["id"]],
        )
        for row in store.read(named("review_records"), ids=ids)
    ]


def sources(
    store: Store,
    *,
    review: str | None = None,
    kind: SourceKind | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[SourceView]:
    """Sources in the order of ids, of one kind or of all.

    Raises:
        NotFound: there is no such review.
    """
    items, more = page_of(
        store,
        "source_page",
        source_views,
        after=after,
        limit=limit,
        review=resolve_review(store, review),
        kind=kind and kind.value,
    )
    return Page[SourceView](items=items, next=more)


def source(
    store: Store, name: str, *, review: str | None = None, kind: SourceKind | None = None
) -> SourceView:
    """One source by id, title or DOI; of one kind only, if one is named.

    Raises:
        NotFound: there is no such source, or it is of another kind.
        Ambiguous: several answer to the name.
    """
    found = source_views(store, [resolve(store, "source", name, review)])[0]
    found.same_work = same_work(store, found.id)
    if kind is not None and found.kind is not kind:
        raise NotFound(kind.value, name, suggestions(store, "source", name, review))
    return found


def same_work(store: Store, id_: str) -> list[SameWork]:
    """The other sources that are one work with this one, and what showed each of them."""
    others = store.read(named("sources_of_works"), ids=[id_])
    if not others:
        return []
    shown = shown_to_be_one(store, [id_, *(row["other"] for row in others)])
    return [
        SameWork(
            id=row["other"],
            review=row["review"],
            citation=row["citation"],
            shown_by=shown[row["other"]],
        )
        for row in others
    ]


def source_views(store: Store, ids: list[str]) -> list[SourceView]:
    """Sources in full for ids, in the order of ids."""
    return [SourceView(**row) for row in store.read(named("source_records"), ids=ids)]


def configurations(
    store: Store,
    *,
    review: str | None = None,
    mechanism: str | None = None,
    polarity: Polarity | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[ConfigurationView]:
    """Configurations in the order of ids, with all their parts.

    Raises:
        NotFound: there is no such review or mechanism.
        Ambiguous: several mechanisms answer to the name.
    """
    owner = resolve_review(store, review)
    items, more = page_of(
        store,
        "configuration_page",
        configuration_views,
        after=after,
        limit=limit,
        review=owner,
        mechanism=None if mechanism is None else resolve(store, "mechanism", mechanism, owner),
        polarity=polarity and polarity.value,
    )
    return Page[ConfigurationView](items=with_findings(store, items), next=more)


def configuration(store: Store, name: str, *, review: str | None = None) -> ConfigurationView:
    """One configuration by id or name.

    Raises:
        NotFound: there is no such configuration.
        Ambiguous: several answer to the name.
    """
    id_ = resolve(store, "configuration", name, review)
    return with_findings(store, configuration_views(store, [id_]))[0]


def configuration_views(store: Store, ids: list[str]) -> list[ConfigurationView]:
    """Configurations in full for ids, in the order of ids; five passes whatever their number."""
    parts: dict[tuple[str, Role], list[PartView]] = {}
    for row in store.read(named("configuration_parts"), ids=ids):
        parts.setdefault((row["id"], _ROLE_OF_LINK[row["role"]]), []).append(
            PartView(id=row["concept"], name=row["name"], inferred=row["inferred"])
        )
    mechanisms: dict[str, list[Named]] = {}
    for row in store.read(named("configuration_mechanisms"), ids=ids):
        mechanisms.setdefault(row["id"], []).append(Named(id=row["mechanism"], name=row["name"]))
    weighed = weights(store, "configuration", ids)
    return [
        ConfigurationView(
            **row,
            weight=weighed[row["id"]],
            mechanisms=mechanisms.get(row["id"], []),
            contexts=parts.get((row["id"], Role.CONTEXT), []),
            resources=parts.get((row["id"], Role.RESOURCE), []),
            reasonings=parts.get((row["id"], Role.REASONING), []),
            outcomes=parts.get((row["id"], Role.OUTCOME), []),
        )
        for row in store.read(named("configuration_records"), ids=ids)
    ]


def concepts(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> Page[ConceptView]:
    """Concepts in the order of ids, with the configurations they play a role in.

    Raises:
        NotFound: there is no such review.
    """
    items, more = page_of(
        store,
        "concept_page",
        concept_views,
        after=after,
        limit=limit,
        review=resolve_review(store, review),
    )
    return Page[ConceptView](items=with_findings(store, items), next=more)


def concept(store: Store, name: str, *, review: str | None = None) -> ConceptView:
    """One concept by id, name or alias.

    Raises:
        NotFound: there is no such concept.
        Ambiguous: several answer to the name.
    """
    id_ = resolve(store, "concept", name, review)
    return with_findings(store, concept_views(store, [id_]))[0]


def concept_views(store: Store, ids: list[str]) -> list[ConceptView]:
    """Concepts in full for ids, in the order of ids."""
    roles: dict[str, dict[Role, list[str]]] = {}
    for row in store.read(named("concept_roles"), ids=ids):
        played = roles.setdefault(row["id"], {}).setdefault(_ROLE_OF_LINK[row["role"]], [])
        played.append(row["configuration"])
    weighed = weights(store, "concept", ids)
    return [
        ConceptView(**row, roles=roles.get(row["id"], {}), weight=weighed[row["id"]])
        for row in store.read(named("concept_records"), ids=ids)
    ]


def theories(
    store: Store,
    *,
    review: str | None = None,
    kind: TheoryKind | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[TheoryView]:
    """Theories in the order of ids, with what they explain.

    Raises:
        NotFound: there is no such review.
    """
    items, more = page_of(
        store,
        "theory_page",
        theory_views,
        after=after,
        limit=limit,
        review=resolve_review(store, review),
        kind=kind and kind.value,
    )
    return Page[TheoryView](items=with_findings(store, items), next=more)


def theory(store: Store, name: str, *, review: str | None = None) -> TheoryView:
    """One theory by id, name or alias.

    Raises:
        NotFound: there is no such theory.
        Ambiguous: several answer to the name.
    """
    id_ = resolve(store, "theory", name, review)
    return with_findings(store, theory_views(store, [id_]))[0]


def theory_views(store: Store, ids: list[str]) -> list[TheoryView]:
    """Theories in full for ids, in the order of ids."""
    explained: dict[str, list[Target]] = {}
    for row in store.read(named("theory_explains"), ids=ids):
        explained.setdefault(row["id"], []).append(
            Target(id=row["about"], kind=_KIND_OF_LINK[row["link"]], name=row["name"])
        )
    weighed = weights(store, "theory", ids)
    return [
        TheoryView(**row, explains=explained.get(row["id"], []), weight=weighed[row["id"]])
        for row in store.read(named("theory_records"), ids=ids)
    ]


_KIND_OF_VIEW: dict[type, Concerned] = {
    MechanismView: "mechanism",
    ConfigurationView: "configuration",
    ConceptView: "concept",
    TheoryView: "theory",
}
_Found = TypeVar("_Found", MechanismView, ConfigurationView, ConceptView, TheoryView)


def with_findings(store: Store, views: list[_Found]) -> list[_Found]:
    """Records of one kind, each with the findings about it."""
    if views:
        found = findings_about(store, _KIND_OF_VIEW[type(views[0])], [view.id for view in views])
        for view in views:
            view.findings = found.get(view.id, [])
    return views
