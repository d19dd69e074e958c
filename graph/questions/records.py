"""Looking records up and listing them: reviews, sources, configurations, concepts, theories."""

from __future__ import annotations

from collections.abc import Sequence
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
from graph.questions.names import (
    resolve,
    resolve_review,
    resolve_target,
    resolve_term,
    suggestions,
)
from graph.questions.paging import page_of
from graph.questions.references import with_records
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
LINK_OF_ROLE = {role: link for link, role in _ROLE_OF_LINK.items()}
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
    since: int | None = None,
    until: int | None = None,
    included: bool | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[SourceView]:
    """Sources in the order of ids, of one kind or of all.

    Args:
        store: where to look.
        review: only this review.
        kind: only this kind.
        since: only of this year or later; a source without a year does not fit.
        until: only of this year or earlier, likewise.
        included: whether the review included it; a source of which nothing is said counts as
            included.
        after: the id after which the page begins.
        limit: sources on the page.

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
        since=since,
        until=until,
        included=included,
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
    with_records(store, found)
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
    context: str | None = None,
    concept: str | None = None,
    concepts: Sequence[str] = (),
    theory: str | None = None,
    level: str | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[ConfigurationView]:
    """Configurations in the order of files, with all their parts.

    Args:
        store: where to look.
        review: only this review.
        mechanism: only those that belong to this mechanism.
        polarity: only of this polarity.
        context: only those that hold in this context.
        concept: only those in which this concept plays a part, whichever.
        concepts: only those in which each of these does.
        theory: only those that this theory explains.
        level: only those that act at this level.
        after: the id after which the page begins.
        limit: configurations on the page.

    Raises:
        NotFound: there is no such review, mechanism, concept or theory.
        Ambiguous: several records answer to a name.
        UnknownValue: no review that is asked knows the level.
    """
    owner = resolve_review(store, review)
    items, more = page_of(
        store,
        "configuration_page",
        configuration_views,
        after=after,
        limit=limit,
        review=owner,
        mechanism=mechanism and resolve(store, "mechanism", mechanism, owner),
        polarity=polarity and polarity.value,
        context=context and resolve(store, "concept", context, owner),
        concepts=[
            resolve(store, "concept", one, owner) for one in (*concepts, concept) if one is not None
        ],
        theory=theory and resolve(store, "theory", theory, owner),
        levels=resolve_term(store, "level", level, owner),
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
    """Configurations in full for ids, in the order of files; five passes whatever their number."""
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
    store: Store,
    *,
    review: str | None = None,
    role: Role | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[ConceptView]:
    """Concepts in the order of files, with the configurations they play a role in.

    With ``role``, only those that play it in some configuration.

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
        role=role and LINK_OF_ROLE[role],
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
    """Concepts in full for ids, in the order of files."""
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
    explains: str | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[TheoryView]:
    """Theories in the order of files, with what they explain.

    With ``explains``, only those that explain this mechanism, concept or configuration.

    Raises:
        NotFound: there is no such review or record.
        Ambiguous: several records answer to the name.
    """
    owner = resolve_review(store, review)
    items, more = page_of(
        store,
        "theory_page",
        theory_views,
        after=after,
        limit=limit,
        review=owner,
        kind=kind and kind.value,
        explains=explains and resolve_target(store, explains, owner)[1],
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
    """Theories in full for ids, in the order of files."""
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
