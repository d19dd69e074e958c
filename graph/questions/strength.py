"""How strong the evidence is: how many works are for something and against it, by sort."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from graph.answers import MechanismView, Strength, StrengthAnswer, Weight
from graph.answers.weight import SUPPORTING, Sort
from graph.catalogue import named
from graph.questions.findings import Concerned
from graph.questions.mechanisms import SupportFilter, mechanism_view, mechanisms
from graph.questions.names import resolve, resolve_review, resolve_term
from graph.questions.paging import every
from graph.questions.records import concept, configuration, review_ids, theory
from graph.questions.weights import weights, weights_by
from graph.store import Store

_LOOK_UP: dict[str, Callable[..., Any]] = {
    "concept": concept,
    "configuration": configuration,
    "theory": theory,
}
_ORDER = (
    "In the order of primary works that support or refine, then of syntheses, then of pieces of "
    "evidence; works of different sorts are not added up."
)

_THERE = (
    "Only evidence that states this {by} counts here. Where none is entered, the gap matrix says "
    "whether anybody looked."
)


def strength(store: Store, kind: Concerned, name: str) -> StrengthAnswer:
    """The weight of the evidence about one record.

    Raises:
        NotFound: there is no such record.
        Ambiguous: several answer to the name.
    """
    id_ = resolve(store, kind, name)
    if kind == "mechanism":
        return StrengthAnswer(items=[of_mechanism(mechanism_view(store, id_))])
    held = _LOOK_UP[kind](store, id_)
    one = Strength(
        id=id_,
        review=id_.partition(":")[0],
        kind=kind,
        name=held.name,
        weight=weights(store, kind, [id_])[id_],
    )
    return StrengthAnswer(items=[one])


def ranked(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> StrengthAnswer:
    """Mechanisms by how much is behind them, the most first.

    Args:
        store: where to look.
        review: only this review.
        after: the id of the mechanism after which the page begins.
        limit: mechanisms on the page.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    held = [of_mechanism(view) for view in every(mechanisms, store, review=owner)]
    held.sort(key=_rank)
    begun = next((place + 1 for place, one in enumerate(held) if one.id == after), 0)
    shown = held[begun : begun + limit]
    return StrengthAnswer(
        items=shown,
        next=shown[-1].id if shown and begun + limit < len(held) else None,
        notes=[_ORDER],
    )


def placed(
    store: Store,
    by: Literal["level", "perspective"],
    word: str,
    support: SupportFilter,
    *,
    review: str | None = None,
) -> StrengthAnswer:
    """Mechanisms by what the evidence at one level, or from one perspective, makes of them.

    Only mechanisms of reviews that know the level or perspective are looked at. That no evidence
    is entered there does not say that there is none: that is for the gap matrix.

    Args:
        store: where to look.
        by: whether it is a level or a perspective.
        word: which one; several with `; ` between them, as reviews name it differently.
        support: what the evidence makes of them there.
        review: only this review.

    Raises:
        NotFound: there is no such review.
        UnknownValue: no review that is asked knows the level or perspective.
    """
    owner = resolve_review(store, review)
    words = resolve_term(store, by, word, owner) or []
    found: list[Strength] = []
    for one in [owner] if owner else review_ids(store):
        known = {term.partition(":")[2] for term in _terms(store, one, by)} & {*words}
        held = [*every(mechanisms, store, review=one)] if known else []
        weighed = weights_by(store, "mechanism", [view.id for view in held], [by])
        for view in held:
            for term in sorted(known):
                weight = weighed.get(view.id, {}).get((term,), Weight())
                if _fits(weight, support):
                    part = of_mechanism(view)
                    found.append(part.model_copy(update={"weight": weight, "at": term}))
    return StrengthAnswer(items=found, notes=[_THERE.format(by=by)])


def _terms(store: Store, review: str, by: str) -> list[str]:
    return [row["id"] for row in store.read(named(f"called_{by}"), review=review)]


def _fits(weight: Weight, support: SupportFilter) -> bool:
    if support == "none":
        return weight.state not in SUPPORTING
    return weight.weak if support == "weak" else weight.state == support


def _rank(one: Strength) -> tuple[int, int, int, str]:
    backing = one.weight.backing
    return (
        -backing.get(Sort.PRIMARY, 0),
        -backing.get(Sort.SYNTHESIS, 0),
        -one.weight.pieces,
        one.id,
    )


def of_mechanism(view: MechanismView) -> Strength:
    """The weight that a mechanism is shown with."""
    return Strength(
        id=view.id,
        review=view.review,
        kind="mechanism",
        name=view.name,
        stated=view.stated,
        weight=view.weight,
    )
