"""Who looked for something: the searches whose scope covers it, and what is on record of them."""

from __future__ import annotations

from collections.abc import Iterator

from graph.answers import Look, LookedFor, LookedForAnswer, Strength
from graph.names import node_key
from graph.questions.findings import Concerned
from graph.questions.mechanisms import mechanisms
from graph.questions.names import resolve_review
from graph.questions.paging import every
from graph.questions.records import review_ids
from graph.questions.said import Said, Sayings, sayings
from graph.questions.strength import of_mechanism, strength
from graph.store import Store

_NOBODY = "No record says that any search looked for it."


def looked_for(store: Store, kind: Concerned, name: str) -> LookedForAnswer:
    """The searches that cover one thing: by their own scope, a history row or a finding.

    Raises:
        NotFound: there is no such record.
        Ambiguous: several answer to the name.
    """
    weighed = strength(store, kind, name).items[0]
    spoken = sayings(store, weighed.review)
    one = _looked(weighed, spoken)
    new = spoken.new.get(node_key(one.kind, one.id))
    silence = [_NOBODY, *([f"The review states: {new.says} [{new.id}]."] if new else [])]
    return LookedForAnswer(items=[one], notes=[] if one.looks else silence)


def never_looked_for(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> LookedForAnswer:
    """Mechanisms that no search covers, in the order of ids.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    found: list[LookedFor] = []
    for one in [owner] if owner else review_ids(store):
        said = sayings(store, one)
        held = every(mechanisms, store, review=one)
        found += [_looked(of_mechanism(view), said) for view in held]
    left = sorted(
        (one for one in found if not one.looks and one.id > after), key=lambda one: one.id
    )
    return LookedForAnswer(
        items=left[:limit], next=left[limit - 1].id if len(left) > limit else None
    )


def _looked(one: Strength, spoken: Sayings) -> LookedFor:
    looks = [
        Look(search=spoken.searches[said.stage], record=said.basis, only=_only(said))
        for said in _covering(one, spoken)
        if said.stage is not None
    ]
    apart = {(look.search.stage, look.record.id, look.only): look for look in looks}
    return LookedFor(
        id=one.id,
        review=one.review,
        kind=one.kind,
        name=one.name,
        looks=[apart[key] for key in sorted(apart)],
        weight=one.weight,
    )


def _covering(one: Strength, spoken: Sayings) -> Iterator[Said]:
    for said in spoken.said:
        covered = said.configurations if one.kind == "configuration" else said.rows
        if (one.id if one.kind == "configuration" else node_key(one.kind, one.id)) in covered:
            yield said


def _only(said: Said) -> str:
    bound = (("level", said.levels), ("perspective", said.perspectives))
    return "; ".join(f"{name} {', '.join(words)}" for name, words in bound if words)
