"""Reviews side by side: what they share by declaration, and in what they differ."""

from __future__ import annotations

from graph.answers import (
    CompareAnswer,
    ComparedMechanism,
    Comparison,
    Differs,
    Named,
    Namesakes,
    Page,
    SameAsView,
    SharedConcept,
    Weight,
)
from graph.catalogue import named
from graph.errors import NotFound, TooFew
from graph.names import slug
from graph.questions.mechanisms import mechanism_views
from graph.questions.names import resolve, resolve_review
from graph.questions.records import concept_views
from graph.questions.sameness import Sameness, other_kind, sameness
from graph.questions.weights import weights_together
from graph.store import Store

_SHARED_CONCEPTS = 200


def compare(
    store: Store,
    reviews: list[str],
    *,
    about: str | None = None,
    after: str = "",
    limit: int = 50,
) -> CompareAnswer:
    """Mechanisms of reviews, those that are declared to be the same as one.

    Nothing is taken to be the same because it bears the same name; such mechanisms are listed in
    `undeclared`. Levels are compared by their words: each review has its own.

    Args:
        store: where to look.
        reviews: two reviews or more.
        about: only this mechanism, or the mechanisms whose configurations this concept is in.
        after: the id after which the page begins.
        limit: mechanisms on the page.

    Raises:
        TooFew: fewer than two different reviews are named.
        NotFound: there is no such review, mechanism or concept.
        Ambiguous: several records answer to the name.
    """
    ids = list(dict.fromkeys(str(resolve_review(store, name)) for name in reviews))
    if len(ids) < 2:
        raise TooFew("two different reviews are needed to compare", hint="name them by id or title")
    rows = store.read(named("compared_mechanisms"), reviews=ids)
    names = {row["id"]: row["name"] for row in rows}
    same = sameness(store, "mechanism", names)
    topic, only = _topic(store, about, ids, same)
    groups: dict[str, list[str]] = {}
    for id_ in sorted(names):
        if only is None or same.group[id_] in only:
            groups.setdefault(same.group[id_], []).append(id_)
    ordered = sorted(groups, key=lambda group: groups[group][0])
    begun = [group for group in ordered if groups[group][0] > after]
    page = begun[:limit]
    items = _compared(store, [groups[group] for group in page], same)
    held = {group: sorted({id_.partition(":")[0] for id_ in groups[group]}) for group in ordered}
    rows = store.read(named("review_records"), ids=sorted(ids))
    titles = {row["id"]: row["title"] for row in rows}
    return CompareAnswer(
        reviews=[Named(id=id_, name=titles[id_]) for id_ in ids],
        about=topic,
        shared=sum(len(found) > 1 for found in held.values()),
        only={id_: sum(found == [id_] for found in held.values()) for id_ in ids},
        shared_concepts=_shared_concepts(store, ids) if topic is None else [],
        undeclared=_namesakes(names, same, set(groups)),
        items=items,
        next=items[-1].id if len(begun) > limit else None,
        notes=_notes(ids, held),
    )


def same_as(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> Page[SameAsView]:
    """What is declared to be the same, in the order of ids.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    rows = store.read(named("same_as_page"), review=owner, after=after, limit=limit + 1)
    items = [
        SameAsView(
            id=row["id"],
            review=row["review"],
            kind=row["kind"],
            one=Named(id=row["one"], name=row["one_name"]),
            other=row["other"],
            other_kind=kind,
            other_name=kind and row[kind],
            in_effect=kind is not None,
            declared_by=row["declared_by"],
            note=row["note"],
        )
        for row in rows[:limit]
        for kind in [other_kind(row)]
    ]
    return Page[SameAsView](items=items, next=items[-1].id if len(rows) > limit else None)


def _topic(
    store: Store, about: str | None, reviews: list[str], same: Sameness
) -> tuple[Named | None, set[str] | None]:
    """What is to be compared, and the groups of mechanisms that it stands for."""
    if about is None:
        return None, None
    missing: NotFound | None = None
    for kind in ("mechanism", "concept"):
        found = []
        for review in reviews:
            try:
                found.append(resolve(store, kind, about, review))
            except NotFound as error:
                missing = missing or error
        if not found:
            continue
        (row, *_) = store.read(named(f"{kind}_records"), ids=found[:1])
        topic = Named(id=found[0], name=row["name"])
        if kind == "mechanism":
            return topic, {same.group[id_] for id_ in found}
        concepts = sorted(sameness(store, "concept", found).group)
        rows = store.read(named("mechanisms_of_concepts"), ids=concepts)
        return topic, {same.group[row["id"]] for row in rows if row["id"] in same.group}
    raise missing or NotFound("mechanism", about)


def _compared(store: Store, groups: list[list[str]], same: Sameness) -> list[Comparison]:
    """Groups in full; a few passes whatever their number."""
    ids = sorted(id_ for group in groups for id_ in group)
    if not ids:
        return []
    contexts: dict[str, dict[str, str]] = {}
    for query in ("contexts_of_mechanisms", "observed_contexts_of_mechanisms"):
        for row in store.read(named(query), ids=ids):
            contexts.setdefault(row["id"], {})[row["context"]] = row["name"]
    levels: dict[str, set[str]] = {}
    for row in store.read(named("levels_of_mechanisms"), ids=ids):
        levels.setdefault(row["id"], set()).add(row["level"])
    places = sameness(store, "concept", {one for held in contexts.values() for one in held})
    views = {
        view.id: ComparedMechanism(
            id=view.id,
            review=view.review,
            name=view.name,
            stated=view.stated,
            support=view.support,
            weight=view.weight,
            levels=sorted({*view.levels, *levels.get(view.id, ())}),
            contexts=[
                Named(id=id_, name=name) for id_, name in sorted(contexts.get(view.id, {}).items())
            ],
        )
        for view in mechanism_views(store, ids)
    }
    together = weights_together(store, {group[0]: group for group in groups})
    return [
        _comparison([views[id_] for id_ in group], together[group[0]], same, places)
        for group in groups
    ]


def _comparison(
    mechanisms: list[ComparedMechanism], weight: Weight, same: Sameness, places: Sameness
) -> Comparison:
    reviews = sorted({one.review for one in mechanisms})
    levels, contexts, support = [], [], []
    for review in reviews:
        of_it = [one for one in mechanisms if one.review == review]
        levels.append({slug(level) for one in of_it for level in one.levels})
        contexts.append({places.group[part.id] for one in of_it for part in one.contexts})
        support.append({one.support for one in of_it})
    counts: dict[str, int] = {}
    for held in contexts:
        for place in held:
            counts[place] = counts.get(place, 0) + 1
    compared = ((Differs.LEVELS, levels), (Differs.CONTEXTS, contexts), (Differs.SUPPORT, support))
    return Comparison(
        id=mechanisms[0].id,
        shared=len(reviews) > 1,
        reviews=reviews,
        mechanisms=mechanisms,
        weight=weight,
        shared_contexts=sorted(place for place, n in counts.items() if n > 1),
        differs=[name for name, sides in compared if any(side != sides[0] for side in sides)],
        declarations=same.declarations[same.group[mechanisms[0].id]],
    )


def _shared_concepts(store: Store, reviews: list[str]) -> list[SharedConcept]:
    # Two of the reviews may meet in a record of a third, so all declarations that touch count.
    rows = store.read(named("declared_concepts"), reviews=reviews)
    touched = {id_ for row in rows for id_ in (row["id"], row["other"])}
    same = sameness(store, "concept", touched)
    groups = [
        (group, held)
        for group, members in same.members.items()
        if len({id_.partition(":")[0] for id_ in members} & set(reviews)) > 1
        and (held := [id_ for id_ in members if id_.partition(":")[0] in reviews])
    ][:_SHARED_CONCEPTS]
    ids = sorted(id_ for _, held in groups for id_ in held)
    views = {view.id: view for view in concept_views(store, ids)} if ids else {}
    return [
        SharedConcept(
            concepts=[Named(id=id_, name=views[id_].name) for id_ in held],
            reviews=sorted({views[id_].review for id_ in held}),
            roles={id_: sorted(views[id_].roles) for id_ in held},
            declarations=same.declarations[group],
        )
        for group, held in groups
    ]


def _namesakes(names: dict[str, str], same: Sameness, groups: set[str]) -> list[Namesakes]:
    found: dict[str, list[str]] = {}
    for id_, name in sorted(names.items()):
        found.setdefault(slug(name), []).append(id_)
    return [
        Namesakes(name=names[ids[0]], ids=ids)
        for _, ids in sorted(found.items())
        if len({id_.partition(":")[0] for id_ in ids}) > 1
        and len({same.group[id_] for id_ in ids}) > 1
        and any(same.group[id_] in groups for id_ in ids)
    ]


def _notes(reviews: list[str], held: dict[str, list[str]]) -> list[str]:
    notes = [
        f"No mechanism of {review} is held here."
        for review in reviews
        if not any(review in found for found in held.values())
    ]
    if not any(len(found) > 1 for found in held.values()):
        notes.append(
            "No mechanism is declared to be the same in two of these reviews (same-as.csv)."
        )
    return notes
