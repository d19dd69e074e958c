"""Chains of configurations: what leads to what, and on how many works it stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from graph.answers import (
    BrokenBy,
    Chain,
    ChainAnswer,
    ChainPart,
    ChainStep,
    ConfigurationView,
    Connection,
    LoopKind,
    Named,
    SourceRef,
    Target,
    WeakestLinkAnswer,
)
from graph.catalogue import named
from graph.errors import NotFound
from graph.model import Polarity, Role
from graph.questions.chain_graph import all_arcs, arcs_of, leaving, reached, web_of, with_same
from graph.questions.chain_search import (
    Arc,
    Walk,
    Web,
    fronts,
    id_of,
    is_loop,
    order_of,
    place_of,
    walks_of,
)
from graph.questions.names import resolve, resolve_review
from graph.questions.records import configuration_views, review_ids
from graph.questions.sameness import key_of
from graph.questions.weakest_link import fewest
from graph.store import Store

LONGEST = 6
"""Configurations in a chain, unless told otherwise."""
_EXAMPLES = 5
_NO_SOURCE = (
    "Robustness 0: for at least one configuration there is no paper, grey report or synthesis that "
    "counts and supports it."
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

    Within a configuration a chain runs from context to resource to reasoning to outcome, and on
    where the outcome is a context, a resource, a reasoning or a named mechanism of another: the
    same concept, or one that is declared to be the same. It may begin with any of these, and end
    with a resource, a reasoning or a mechanism as well as with an outcome. No chain goes on twice
    from one concept, nor through a configuration twice, but it may end where it began: then it is
    a loop. A configuration alone is one where its outcome is its own context. A loop is
    reinforcing if an even number of its configurations are negative, balancing if an odd number
    are, and not determined if one is neither positive nor negative.

    Where no `start` is named, a chain begins with the contexts of its first configuration; with
    its resources, its reasoning or its mechanism where it states none. Without `start` and `end`,
    chains of two or more configurations, and loops.

    Args:
        store: where to look.
        start: a concept or mechanism with which the chain begins.
        end: a concept or mechanism with which it ends.
        review: only configurations of this review.
        max_length: configurations in a chain, at most.
        after: the id of a chain after which the page begins.
        limit: chains on the page.

    Raises:
        NotFound: there is no such review, concept or mechanism.
        Ambiguous: several records answer to the name.
    """
    found = _followed(store, start, end, review, max_length)
    ranked = sorted((order_of(walk), walk) for walk in found.walks)
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
                examples=[id_of(walk) for walk in sorted(breaks[id_], key=order_of)[:_EXAMPLES]],
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
    lasts: list[Arc] = []
    short: list[Arc] = []
    if finish is not None:
        keys = with_same(store, [key_of(finish.kind, finish.id)], owner)
        lasts = arcs_of(store, "steps_to", keys, owner)
        full = set(lasts)
        short = [
            arc
            for query in ("steps_into", "steps_into_mechanisms")
            for arc in arcs_of(store, query, keys, owner)
            if arc not in full
        ]
    inner: list[Arc] = []
    if begin is not None:
        keys = with_same(store, [key_of(begin.kind, begin.id)], owner)
        arcs = reached(store, leaving(store, keys, owner), owner, max_length)
        web = web_of(store, [*arcs, *short], owner)
        firsts = web.leaving.get(web.place(keys[0]), [])
    else:
        arcs = (
            reached(store, [*lasts, *short], owner, max_length, back=True)
            if finish is not None
            else all_arcs(store, [owner] if owner else review_ids(store), owner)
        )
        web = web_of(store, arcs, owner)
        inner = list(web.arcs())
        firsts = list(fronts(inner))
    web.short = frozenset(short)
    wanted = {*lasts, *short} if finish is not None else None
    least = 1 if begin or finish else 2
    walks, more = walks_of(web, firsts, wanted, max_length, least, inner)
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
    """The fewest works that hold the ends together, over the chains between them."""
    if not found.walks:
        return None

    def step(arc: Arc) -> str:
        # A configuration may begin one chain and end another, and be no chain by itself.
        return f"{arc.begins} {arc.configuration} {arc.ends}"

    after: dict[str, set[str]] = {}
    for walk in found.walks:
        for one, other in pairwise(walk):
            after.setdefault(step(one), set()).add(step(other))
    cut = fewest(
        firsts={step(walk[0]) for walk in found.walks},
        lasts={step(walk[-1]) for walk in found.walks},
        after=after,
        sources={
            step(arc): set(found.sources.get(arc.configuration, ()))
            for walk in found.walks
            for arc in walk
        },
    )
    refs = {id_: ref for behind in found.sources.values() for id_, ref in behind.items()}
    return Connection(
        at_least=cut.at_least,
        at_most=len(cut.sources),
        exact=cut.at_least == len(cut.sources),
        cut=[refs[id_] for id_ in sorted(cut.sources)],
    )


def _told(store: Store, found: _Found, walks: list[Walk]) -> list[Chain]:
    """Chains in full; a few passes whatever their number."""
    if not walks:
        return []
    passed = sorted({arc.configuration for walk in walks for arc in walk})
    views = {view.id: view for view in configuration_views(store, passed)}
    items = []
    for walk in walks:
        behind = [found.sources.get(arc.configuration, {}) for arc in walk]
        least = min(map(len, behind))
        polarities = [views[arc.configuration].polarity for arc in walk]
        steps = [
            _step(
                views[arc.configuration],
                arc,
                sources=[behind[place][id_] for id_ in sorted(behind[place])],
                same_as=_declared(found.web, walk, place),
            )
            for place, arc in enumerate(walk)
        ]
        items.append(
            Chain(
                id=id_of(walk),
                reviews=sorted({views[arc.configuration].review for arc in walk}),
                begins=steps[0].begins,
                ends=steps[-1].ends,
                steps=steps,
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


def _step(
    view: ConfigurationView, arc: Arc, *, sources: list[SourceRef], same_as: list[str]
) -> ChainStep:
    parts = [
        ChainPart(id=part.id, name=part.name, kind="concept", role=role, inferred=part.inferred)
        for role in Role
        for part in getattr(view, f"{role.value}s")
    ]
    parts += [
        ChainPart(id=one.id, name=one.name, kind="mechanism", role=_MECHANISM)
        for one in view.mechanisms
    ]
    begins = min(_of(parts, arc.begins), key=lambda part: _AFTER[part.role])
    ends = max(_of(parts, arc.ends), key=lambda part: _BEFORE[part.role])
    after, before = _AFTER[begins.role], _BEFORE[ends.role]
    other = [part for part in parts if part not in (begins, ends)]
    through = [
        part
        for part in other
        if part.role in (Role.RESOURCE, Role.REASONING) and after < _AFTER[part.role] < before
    ]
    return ChainStep(
        configuration=Named(id=view.id, name=view.name),
        polarity=view.polarity,
        begins=begins,
        through=through,
        ends=ends,
        given=[
            part
            for part in other
            if part not in through and (part.role == _MECHANISM or _AFTER[part.role] <= after)
        ],
        weight=view.weight,
        sources=sources,
        same_as=same_as,
    )


_MECHANISM = "mechanism"
_AFTER = {Role.CONTEXT: 0, Role.RESOURCE: 1, _MECHANISM: 1, Role.REASONING: 2, Role.OUTCOME: 3}
"""How far a step is that begins with it: a mechanism has its reasoning before it."""
_BEFORE = {**_AFTER, _MECHANISM: 2}
"""How far a step is that ends with it: a mechanism has its resource behind it."""


def _of(parts: list[ChainPart], key: str) -> list[ChainPart]:
    return [part for part in parts if key_of(part.kind, part.id) == key]


def _declared(web: Web, walk: Walk, place: int) -> list[str]:
    if place == 0:
        closes = is_loop(web, walk) and walk[-1].ends != walk[0].begins
        return web.same.declarations[web.place(walk[0].begins)] if closes else []
    if walk[place - 1].ends == walk[place].begins:
        return []
    return web.same.declarations[web.place(walk[place].begins)]


def _loop_kind(polarities: list[Polarity | None]) -> LoopKind:
    if not set(polarities) <= {Polarity.POSITIVE, Polarity.NEGATIVE}:
        return LoopKind.NOT_DETERMINED
    negative = polarities.count(Polarity.NEGATIVE)
    return LoopKind.BALANCING if negative % 2 else LoopKind.REINFORCING


def _configuration_names(store: Store, ids: set[str]) -> dict[str, Named]:
    rows = store.read(named("configuration_records"), ids=sorted(ids)) if ids else []
    return {row["id"]: Named(id=row["id"], name=row["name"]) for row in rows}
