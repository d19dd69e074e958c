"""Findings: gaps, recommendations, implications, future research, and who states them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from graph.answers import FindingView, Page, SourceRef, Target
from graph.catalogue import named
from graph.errors import UnknownValue
from graph.model import FindingKind
from graph.names import slug
from graph.questions.names import resolve, resolve_review, resolve_target, resolve_term
from graph.questions.paging import page_of
from graph.store import Store

Concerned = Literal["mechanism", "configuration", "concept", "theory"]
"""What a finding can be about; also levels and perspectives, which are words."""

_PLURAL: dict[Concerned, str] = {
    "mechanism": "mechanisms",
    "configuration": "configurations",
    "concept": "concepts",
    "theory": "theories",
}
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
    kinds: Sequence[FindingKind] = (),
    about: str | None = None,
    about_kind: Concerned | None = None,
    audience: str | None = None,
    said_by: str | None = None,
    level: str | None = None,
    perspective: str | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[FindingView]:
    """Findings that fit all filters, in the order of files.

    Args:
        store: where to look.
        review: only this review.
        kind: only this kind.
        kinds: only these kinds.
        about: only what is about this mechanism, concept, configuration or theory itself.
        about_kind: what ``about`` is, where several kinds may answer to the name.
        audience: only what is addressed to it: the words of the review, or some of them.
        said_by: only what this source says.
        level: only what is about this level.
        perspective: only what is about this perspective.
        after: the id after which the page begins.
        limit: findings on the page.

    Raises:
        NotFound: there is no such review, record or source.
        Ambiguous: several records answer to a name.
        UnknownValue: no finding is addressed to that audience, or no review knows the level or
            perspective.
    """
    owner = resolve_review(store, review)
    concerned: str | None = None
    id_ = None
    if about is not None and about_kind is not None:
        concerned, id_ = about_kind, resolve(store, about_kind, about, owner)
    elif about is not None:
        concerned, id_ = resolve_target(store, about, owner)
    items, more = page_of(
        store,
        "finding_page",
        finding_views,
        after=after,
        limit=limit,
        review=owner,
        kinds=[one.value for one in (kind and [kind]) or kinds] or None,
        about=id_,
        link=concerned and f"CONCERNS_{concerned.upper()}",
        audience=_audiences(store, audience, owner),
        said_by=said_by and resolve(store, "source", said_by, owner),
        levels=resolve_term(store, "level", level, owner),
        perspectives=resolve_term(store, "perspective", perspective, owner),
    )
    return Page[FindingView](items=items, next=more)


def _audiences(store: Store, word: str | None, review: str | None) -> list[str] | None:
    """The audiences that a word stands for: the one it names, else those that have its words.

    Several words, with `; ` between them, mean any of them.
    """
    if word is None:
        return None
    known = [row["audience"] for row in store.read(named("finding_audiences"), review=review)]
    key = slug(word)
    found = [one for one in known if slug(one) == key]
    found = found or [one for one in known if key and f"-{key}-" in f"-{slug(one)}-"]
    if not found and "; " in word:
        several = (_audiences(store, one, review) for one in word.split("; "))
        found = [one for ones in several for one in ones or ()]
    if not found:
        raise UnknownValue("audience", word, known)
    return found


def finding(store: Store, name: str, *, review: str | None = None) -> FindingView:
    """One finding by id, name or slug.

    Raises:
        NotFound: there is no such finding; the error names the nearest.
        Ambiguous: several answer to the name.
    """
    return finding_views(store, [resolve(store, "finding", name, review)])[0]


def findings_about(
    store: Store, kind: Concerned, ids: Iterable[str]
) -> dict[str, list[FindingView]]:
    """Findings about each of several records of one kind, in a few passes whatever their number."""
    rows = store.read(named(f"findings_of_{_PLURAL[kind]}"), ids=sorted(ids))
    views = {view.id: view for view in finding_views(store, sorted({row["id"] for row in rows}))}
    found: dict[str, list[FindingView]] = {}
    for row in rows:
        found.setdefault(row["about"], []).append(views[row["id"]])
    return found


def findings_concerning(
    store: Store,
    targets: Iterable[tuple[Concerned, str]],
    *,
    levels: list[str] | None = None,
    perspectives: list[str] | None = None,
    review: str | None = None,
) -> list[FindingView]:
    """Findings about any of some records, levels and perspectives, in the order of ids.

    Beside records, the gaps of a level or perspective as a whole; without records, all that name
    one of these. A finding about a record that names other levels, or other perspectives, only
    is left out.

    Args:
        store: where to look.
        targets: records by kind and id.
        levels: levels, as evidence writes them.
        perspectives: perspectives, likewise.
        review: only this review's.
    """
    wanted = list(targets)
    found = {
        view.id: view
        for kind, id_ in wanted
        for view in findings_about(store, kind, [id_]).get(id_, [])
        if _fits(view.levels, levels) and _fits(view.perspectives, perspectives)
    }
    if levels or perspectives:
        rows = store.read(
            named("findings_of_columns"),
            review=review,
            levels=levels or [],
            perspectives=perspectives or [],
            every=not wanted,
        )
        found |= {view.id: view for view in finding_views(store, [row["id"] for row in rows])}
    return [found[id_] for id_ in sorted(found)]


def _fits(stated: list[str], asked: list[str] | None) -> bool:
    return not asked or not stated or bool(set(stated) & set(asked))


def finding_views(store: Store, ids: list[str]) -> list[FindingView]:
    """Findings in full for ids, in the order of files."""
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
