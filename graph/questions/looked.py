"""Who looked for something: the searches that a record ties to it, and what there is."""

from __future__ import annotations

from graph.answers import LookedFor, LookedForAnswer
from graph.model import Status
from graph.questions.findings import Concerned, findings_about
from graph.questions.flow import searches
from graph.questions.mechanisms import mechanism_view, mechanisms
from graph.questions.names import resolve_review
from graph.questions.paging import every
from graph.questions.strength import strength
from graph.store import Store

_NOBODY = "No record says that any search looked for it."


def looked_for(store: Store, kind: Concerned, name: str) -> LookedForAnswer:
    """The searches that are recorded to have looked for one thing.

    A search is, if a history row of the mechanism rests on it, or if a finding about the thing is
    bounded by it. A first list of mechanisms that a search was for is none for any of them.

    Raises:
        NotFound: there is no such record.
        Ambiguous: several answer to the name.
    """
    weighed = strength(store, kind, name).items[0]
    history = []
    if kind == "mechanism":
        history = [
            entry
            for entry in mechanism_view(store, weighed.id).history
            if entry.stage and entry.status is not Status.PRELIMINARY
        ]
    found = findings_about(store, kind, [weighed.id]).get(weighed.id, [])
    bounded = [one for one in found if one.searched]
    held = searches(store, weighed.review)
    stages = {str(entry.stage) for entry in history} | {str(one.searched) for one in bounded}
    one = LookedFor(
        id=weighed.id,
        review=weighed.review,
        kind=kind,
        name=weighed.name,
        searches=[held[stage] for stage in sorted(stages)],
        history=history,
        findings=bounded,
        weight=weighed.weight,
    )
    return LookedForAnswer(items=[one], notes=[] if stages else [_NOBODY])


def never_looked_for(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> LookedForAnswer:
    """Mechanisms that no search is recorded to have looked for, in the order of ids.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    found = [
        one
        for view in every(mechanisms, store, review=owner)
        if view.id > after
        for one in looked_for(store, "mechanism", view.id).items
        if not one.searches
    ]
    return LookedForAnswer(
        items=found[:limit], next=found[limit - 1].id if len(found) > limit else None
    )
