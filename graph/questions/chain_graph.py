"""What chains are followed over: the configurations within reach, as the statements answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.catalogue import named
from graph.questions.chain_search import Arc, Web
from graph.questions.sameness import key_of, of_key, sameness_of_both
from graph.store import Store

_NAMED = 3
"""The rank of a step that begins with a named mechanism."""


def web_of(store: Store, arcs: Iterable[Arc], review: str | None) -> Web:
    """Arcs, joined by what is declared to be the same.

    A configuration that has its outcome as a resource, a reasoning or a mechanism too does not
    lead on to itself; one whose outcome is its own context does.
    """
    ordered = sorted(set(arcs), key=lambda arc: (arc.configuration, arc.begins, arc.ends))
    parts = {part for arc in ordered for part in (arc.begins, arc.ends)}
    web = Web(sameness_of_both(store, parts, review))
    for arc in ordered:
        place = web.place(arc.begins)
        if arc.rank == 0 or place != web.place(arc.ends):
            web.leaving.setdefault(place, []).append(arc)
    return web


def all_arcs(store: Store, reviews: list[str], review: str | None) -> set[Arc]:
    """What chains of reviews may be made of: what a configuration states first, and what joins."""
    arcs = {
        _arc(row)
        for query in ("steps_of_reviews", "steps_joined_in_reviews", "steps_without_context")
        for row in store.read(named(query), reviews=reviews)
    }
    ends = {arc.ends for arc in arcs}
    return arcs | set(leaving(store, set(with_same(store, ends, review)) - ends, review))


def reached(
    store: Store, firsts: list[Arc], review: str | None, max_length: int, *, back: bool = False
) -> set[Arc]:
    """What can be reached in so many steps; a few passes per step, whatever its width."""
    arcs = set(firsts)
    seen: set[str] = set()
    edge = {arc.begins if back else arc.ends for arc in firsts}
    for _ in range(max_length - 1):
        wave = sorted(set(with_same(store, edge - seen, review)) - seen) if edge - seen else []
        if not wave:
            break
        seen |= set(wave)
        found = arcs_of(store, "steps_to", wave, review) if back else leaving(store, wave, review)
        arcs |= set(found)
        edge = {arc.begins if back else arc.ends for arc in found}
    return arcs


def leaving(store: Store, keys: Iterable[str], review: str | None) -> list[Arc]:
    """The configurations that begin with concepts or mechanisms, to their outcomes."""
    held = list(keys)
    return [
        arc
        for query in ("steps_from", "steps_from_mechanisms")
        for arc in arcs_of(store, query, held, review)
    ]


def arcs_of(store: Store, query: str, keys: Iterable[str], review: str | None) -> list[Arc]:
    """The arcs that a statement answers for the concepts, or the mechanisms, among these."""
    kind = "mechanism" if query.endswith("_mechanisms") else "concept"
    ids = [id_ for sort, id_ in map(of_key, keys) if sort == kind]
    if not ids:
        return []
    into = kind if query.startswith("steps_into") else "concept"
    rows = store.read(named(query), ids=ids, review=review)
    return [_arc(row, into=into) for row in rows]


def with_same(store: Store, keys: Iterable[str], review: str | None) -> list[str]:
    """Concepts and mechanisms, and what is declared to be the same."""
    return sorted(sameness_of_both(store, keys, review).group)


def _arc(row: dict[str, Any], into: str = "concept") -> Arc:
    begins = "mechanism" if row["rank"] == _NAMED else "concept"
    return Arc(
        key_of(begins, row["from_id"]),
        row["configuration"],
        key_of(into, row["to_id"]),
        row["rank"],
    )
