"""Chains of configurations: what leads to what, and on how many works it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.answers import (
    BrokenBy,
    Chain,
    ChainAnswer,
    ChainStep,
    Connection,
    LoopKind,
    Named,
    SourceRef,
    Target,
    WeakestLinkAnswer,
)
from graph.catalogue import named
from graph.errors import NotFound
from graph.model import Polarity
from graph.questions.cuts import fewest
from graph.questions.names import resolve, resolve_review
from graph.questions.records import configuration_views, review_ids
from graph.questions.sameness import sameness
from graph.questions.walks import Arc, Walk, Web, id_of, is_loop, key_of, place_of, walks_of
from graph.store import Store

LONGEST = 6
"""Configurations in a chain, unless told otherwise."""
_EXAMPLES = 5
_NO_SOURCE = (
    "Robustness 0: for at least one configuration no paper, grey report or synthesis is held that "
    "supports it; the chain is theorised."
)


@dataclass(slots=True)
class _Found:
    """What both questions begin with."""

    web: Web
    walks: list[Walk]
    start: Target | None
    end: Target | None
    more: bool
    sources: dict[str, dict[str, SourceRef]]
    """Behind each configuration: works, each by one of the sources that stand for it."""


def chains(
    store: Store,
    *,
    start: str | None = None,
    end: str | None = None,
    review: str | None = None,
    max_length: int = LONGEST,
    after: str = "",
    limit: int = 50,
) -> ChainAnswer:
    """Chains from or to a concept or a mechanism, the shortest first.

    The outcome of one configuration is the context of the next: through the same concept, or
    through one that is declared to be the same. No chain passes a concept or a configuration
    twice, but it may end where it began: then it is a loop. A loop is reinforcing if an even
    number of its configurations are negative, balancing if an odd number are, and not determined
    if one is neither positive nor negative.

    Without `start` and `end`, chains of two or more configurations, and loops.

    Args:
        store: where to look.
        start: a concept in which the chain begins, or a mechanism that its first step belongs to.
        end: a concept in which it ends, or a mechanism that its last step belongs to.
        review: only configurations of this review.
        max_length: configurations in a chain, at most.
        after: the id of a chain after which the page begins.
        limit: chains on the page.

    Raises:
        NotFound: there is no such review, concept or mechanism.
        Ambiguous: several records answer to the name.
    """
    found = _followed(store, start, end, review, max_length)
    ranked = sorted((key_of(walk), walk) for walk in found.walks)
    begun = [walk for key, walk in ranked if not after or key > place_of(after)]
    items = _told(store, found, begun[:limit])
    notes = _notes(found, max_length)
    if any(item.robustness == 0 for item in items):
        notes.append(_NO_SOURCE)
    return ChainAnswer(
        start=found.start,
        end=found.end,
        connection=_connection(found) if start and end and not found.more else None,
        items=items,
        next=items[-1].id if len(begun) > limit else None,
        notes=notes,
    )


def weakest_link(
    store: Store,
    *,
    start: str | None = None,
    end: str | None = None,
    review: str | None = None,
    max_length: int = LONGEST,
    limit: int = 50,
) -> WeakestLinkAnswer:
    """The works whose fall breaks most of the chains that :func:`chains` finds.

    A chain stands if each of its configurations has a paper, grey report or synthesis that
    supports or refines it. It breaks with a work if that is the only one of a configuration.

    Raises:
        NotFound: there is no such review, concept or mechanism.
        Ambiguous: several records answer to the name.
    """
    found = _followed(store, start, end, review, max_length)
    standing = [
        walk for walk in found.walks if all(found.sources.get(arc.configuration) for arc in walk)
    ]
    breaks: dict[str, list[Walk]] = {}
    alone: dict[str, set[str]] = {}
    refs: dict[str, SourceRef] = {}
    for walk in standing:
        only: set[str] = set()
        for arc in walk:
            behind = found.sources[arc.configuration]
            if len(behind) == 1:
                (id_,) = behind
                refs[id_] = behind[id_]
                only.add(id_)
                alone.setdefault(id_, set()).add(arc.configuration)
        for id_ in only:
            breaks.setdefault(id_, []).append(walk)
    ranked = sorted(breaks, key=lambda id_: (-len(breaks[id_]), id_))[:limit]
    names = _configuration_names(store, {one for id_ in ranked for one in alone[id_]})
    notes = _notes(found, max_length)
    if found.walks and not standing:
        notes.append("None of these chains stands on at least one work per configuration.")
    elif standing and not breaks:
        notes.append("No chain rests on a single work.")
    return WeakestLinkAnswer(
        start=found.start,
        end=found.end,
        chains=len(found.walks),
        standing=len(standing),
        items=[
            BrokenBy(
                source=refs[id_],
                chains=len(breaks[id_]),
                of=len(standing),
                configurations=[names[one] for one in sorted(alone[id_])],
                examples=[id_of(walk) for walk in sorted(breaks[id_], key=key_of)[:_EXAMPLES]],
            )
            for id_ in ranked
        ],
        notes=notes,
    )


def _followed(
    store: Store, start: str | None, end: str | None, review: str | None, max_length: int
) -> _Found:
    owner = resolve_review(store, review)
    begin = _end(store, start, owner)
    finish = _end(store, end, owner)
    if begin is not None:
        firsts = _first_arcs(store, begin, owner, "steps_from")
        web = _reached(store, firsts, owner, "steps_from", max_length)
    elif finish is not None:
        lasts = _first_arcs(store, finish, owner, "steps_to")
        web = _reached(store, lasts, owner, "steps_to", max_length)
        firsts = [arc for arcs in web.leaving.values() for arc in arcs]
    else:
        reviews = [owner] if owner else review_ids(store)
        firsts = _arcs(store.read(named("steps_of_reviews"), reviews=reviews))
        web = _web(store, firsts, owner)
    wanted: set[Arc] | None = None
    if finish is not None:
        wanted = set(_first_arcs(store, finish, owner, "steps_to"))
    least = 1 if begin or finish else 2
    walks, more = walks_of(web, firsts, wanted, max_length, least)
    behind: dict[str, dict[str, SourceRef]] = {}
    passed = sorted({arc.configuration for walk in walks for arc in walk})
    for row in store.read(named("sources_of_configurations"), ids=passed):
        behind.setdefault(row["id"], {}).setdefault(row["work"], SourceRef.of(row))
    return _Found(web, walks, begin, finish, more, behind)


def _end(store: Store, name: str | None, review: str | None) -> Target | None:
    if name is None:
        return None
    missing: NotFound | None = None
    for kind in ("concept", "mechanism"):
        try:
            id_ = resolve(store, kind, name, review)
        except NotFound as error:
            missing = missing or error
        else:
            (row,) = store.read(named(f"{kind}_records"), ids=[id_])
            return Target(id=id_, kind=kind, name=row["name"])
    raise missing or NotFound("concept", name)


def _first_arcs(store: Store, end: Target, review: str | None, query: str) -> list[Arc]:
    if end.kind == "mechanism":
        rows = store.read(named("steps_of_mechanism"), mechanism=end.id, review=review)
        return _arcs(rows)
    same = sameness(store, "concept", [end.id], review)
    ids = same.members[same.group[end.id]]
    return _arcs(store.read(named(query), ids=ids, review=review))


def _reached(
    store: Store, firsts: list[Arc], review: str | None, query: str, max_length: int
) -> Web:
    """What can be reached in so many steps; a few passes per step, whatever its width."""
    arcs = set(firsts)
    onward = query == "steps_from"
    seen: set[str] = set()
    edge = {arc.outcome if onward else arc.context for arc in firsts}
    for _ in range(max_length - 1):
        same = sameness(store, "concept", edge - seen, review)
        wave = sorted(set(same.group) - seen)
        if not wave:
            break
        seen |= set(wave)
        found = _arcs(store.read(named(query), ids=wave, review=review))
        arcs |= set(found)
        edge = {arc.outcome if onward else arc.context for arc in found}
    return _web(store, arcs, review)


def _web(store: Store, arcs: Iterable[Arc], review: str | None) -> Web:
    ordered = sorted(arcs, key=lambda arc: (arc.configuration, arc.context, arc.outcome))
    ends = {id_ for arc in ordered for id_ in (arc.context, arc.outcome)}
    web = Web(sameness(store, "concept", ends, review))
    for arc in ordered:
        web.leaving.setdefault(web.place(arc.context), []).append(arc)
    return web


def _arcs(rows: Iterable[dict[str, Any]]) -> list[Arc]:
    return [Arc(row["context"], row["configuration"], row["outcome"]) for row in rows]


def _notes(found: _Found, max_length: int) -> list[str]:
    if found.more:
        return [
            f"There are more than {len(found.walks)} chains, and only the shortest were followed: "
            "give both ends, a review, or a smaller greatest length."
        ]
    if not found.walks:
        return [f"No chain of at most {max_length} configurations fits."]
    return []


def _connection(found: _Found) -> Connection | None:
    """The fewest works that hold the ends together, over the configurations of the chains."""
    if not found.walks:
        return None
    after: dict[str, set[str]] = {}
    for walk in found.walks:
        for one, other in pairwise(walk):
            after.setdefault(one.configuration, set()).add(other.configuration)
    cut = fewest(
        firsts={walk[0].configuration for walk in found.walks},
        lasts={walk[-1].configuration for walk in found.walks},
        after=after,
        sources={id_: set(behind) for id_, behind in found.sources.items()},
    )
    refs = {id_: ref for behind in found.sources.values() for id_, ref in behind.items()}
    return Connection(
        at_least=cut.at_least,
        at_most=len(cut.sources),
        exact=cut.at_least == len(cut.sources),
        cut=[refs[id_] for id_ in sorted(cut.sources)],
    )


def _told(store: Store, found: _Found, walks: list[Walk]) -> list[Chain]:
    """Chains in full; two passes whatever their number."""
    if not walks:
        return []
    passed = sorted({arc.configuration for walk in walks for arc in walk})
    ends = sorted({id_ for walk in walks for arc in walk for id_ in (arc.context, arc.outcome)})
    views = {view.id: view for view in configuration_views(store, passed)}
    rows = store.read(named("concept_records"), ids=ends)
    names = {row["id"]: Named(id=row["id"], name=row["name"]) for row in rows}
    items = []
    for walk in walks:
        behind = [found.sources.get(arc.configuration, {}) for arc in walk]
        least = min(map(len, behind))
        polarities = [views[arc.configuration].polarity for arc in walk]
        items.append(
            Chain(
                id=id_of(walk),
                reviews=sorted({views[arc.configuration].review for arc in walk}),
                begins=names[walk[0].context],
                ends=names[walk[-1].outcome],
                steps=[
                    ChainStep(
                        configuration=Named(
                            id=arc.configuration, name=views[arc.configuration].name
                        ),
                        polarity=views[arc.configuration].polarity,
                        context=names[arc.context],
                        outcome=names[arc.outcome],
                        sources=[behind[place][id_] for id_ in sorted(behind[place])],
                        same_as=_declared(found.web, walk, place),
                    )
                    for place, arc in enumerate(walk)
                ],
                loop=_loop_kind(polarities) if is_loop(found.web, walk) else None,
                robustness=least,
                weakest=[
                    arc.configuration
                    for arc, held in zip(walk, behind, strict=True)
                    if len(held) == least
                ],
                sources=len({id_ for held in behind for id_ in held}),
            )
        )
    return items


def _declared(web: Web, walk: Walk, place: int) -> list[str]:
    if place == 0:
        closes = is_loop(web, walk) and walk[-1].outcome != walk[0].context
        return web.same.declarations[web.place(walk[0].context)] if closes else []
    if walk[place - 1].outcome == walk[place].context:
        return []
    return web.same.declarations[web.place(walk[place].context)]


def _loop_kind(polarities: list[Polarity | None]) -> LoopKind:
    if not set(polarities) <= {Polarity.POSITIVE, Polarity.NEGATIVE}:
        return LoopKind.NOT_DETERMINED
    negative = polarities.count(Polarity.NEGATIVE)
    return LoopKind.BALANCING if negative % 2 else LoopKind.REINFORCING


def _configuration_names(store: Store, ids: set[str]) -> dict[str, Named]:
    rows = store.read(named("configuration_records"), ids=sorted(ids)) if ids else []
    return {row["id"]: Named(id=row["id"], name=row["name"]) for row in rows}
