"""Walks over configurations: from an outcome on to the configurations that begin with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.questions.sameness import Sameness

MOST_CHAINS = 5000
"""Chains that are followed at most; a note says when there are more."""
_MOST_OPEN = 4 * MOST_CHAINS


@dataclass(frozen=True, slots=True)
class Arc:
    """A configuration read from one of its parts to another: to an outcome, or less far."""

    begins: str
    configuration: str
    ends: str
    rank: int = field(default=0, compare=False)
    """Which part it begins with: 0 context, 1 resource, 2 reasoning, 3 mechanism."""


Walk = tuple[Arc, ...]


@dataclass(slots=True)
class Web:
    """The configurations within reach, joined where an outcome is what another begins with."""

    same: Sameness
    leaving: dict[str, list[Arc]] = field(default_factory=dict)
    """By the group of what they begin with."""
    short: frozenset[Arc] = frozenset()
    """Those that end before an outcome: with them a walk ends."""

    def place(self, part: str) -> str:
        """The group that a part belongs to."""
        return self.same.group.get(part, part)

    def arcs(self) -> Iterable[Arc]:
        """All of them."""
        return (arc for arcs in self.leaving.values() for arc in arcs)


def fronts(arcs: Iterable[Arc]) -> set[Arc]:
    """The arcs that begin with what stands first in their configuration.

    These are its contexts; its resources, its reasoning or its mechanism where it states none.
    """
    ordered = list(arcs)
    least: dict[tuple[str, str], int] = {}
    for arc in ordered:
        key = (arc.configuration, arc.ends)
        least[key] = min(least.get(key, arc.rank), arc.rank)
    return {arc for arc in ordered if arc.rank == least[arc.configuration, arc.ends]}


def walks_of(
    web: Web,
    firsts: Iterable[Arc],
    wanted: set[Arc] | None,
    max_length: int,
    least: int,
    inner: Iterable[Arc] = (),
) -> tuple[list[Walk], bool]:
    """Chains in order of their length, and whether there are more than are followed.

    A loop is told once, from its least configuration on.

    Args:
        web: what is within reach.
        firsts: what a chain may begin with.
        wanted: what it must end with; anything if none is named.
        max_length: configurations in a chain, at most.
        least: configurations in a chain that is no loop, at least.
        inner: what only a loop may begin with.
    """
    walks: list[Walk] = []
    looped: set[frozenset[Arc]] = set()
    left = _left(web, wanted)
    begun = set(firsts)
    only_loops = set(inner) - begun
    ring = _ring(web) if only_loops else {}
    begun |= {arc for arc in only_loops if _in_ring(web, ring, arc)}
    wave: list[Walk] = [(arc,) for arc in sorted(begun, key=lambda arc: order_of((arc,)))]
    for length in range(1, max_length + 1):
        following: list[Walk] = []
        for walk in wave:
            loop = is_loop(web, walk)
            inside = walk[0] in only_loops
            told = (loop or (length >= least and not inside)) and (
                wanted is None or walk[-1] in wanted
            )
            if told and not (loop and frozenset(walk) in looped):
                if len(walks) == MOST_CHAINS:
                    return walks, True
                walks.append(walk)
                if loop:
                    looped.add(frozenset(walk))
            if loop or length == max_length or walk[-1] in web.short:
                continue
            here = web.place(walk[-1].ends)
            passed = {here, *(web.place(arc.begins) for arc in walk[1:])}
            held = {arc.configuration for arc in walk}
            for arc in web.leaving.get(here, ()):
                if left is not None and left.get(arc, max_length) > max_length - length:
                    continue
                if inside and not _in_ring(web, ring, arc):
                    continue
                if arc.configuration not in held and web.place(arc.ends) not in passed:
                    following.append((*walk, arc))
            if len(following) > _MOST_OPEN:
                return walks, True
        wave = following
    return walks, False


def _ring(web: Web) -> dict[str, int]:
    """For each place the number of the places from which it is reached and which it reaches."""
    import networkx as nx  # imported where loops are looked for

    graph: Any = nx.DiGraph()
    graph.add_edges_from((web.place(arc.begins), web.place(arc.ends)) for arc in web.arcs())
    rings = nx.strongly_connected_components(graph)
    return {place: number for number, ring in enumerate(rings) for place in ring}


def _in_ring(web: Web, ring: dict[str, int], arc: Arc) -> bool:
    return ring.get(web.place(arc.begins)) == ring.get(web.place(arc.ends))


def _left(web: Web, wanted: set[Arc] | None) -> dict[Arc, int] | None:
    """How many configurations it takes from each on to an end that is wanted, itself included."""
    if wanted is None:
        return None
    entering: dict[str, list[Arc]] = {}
    for arc in web.arcs():
        if arc not in web.short:
            entering.setdefault(web.place(arc.ends), []).append(arc)
    left = dict.fromkeys(wanted, 1)
    wave = list(wanted)
    while wave:
        following = []
        for arc in wave:
            for before in entering.get(web.place(arc.begins), ()):
                if before not in left:
                    left[before] = left[arc] + 1
                    following.append(before)
        wave = following
    return left


def is_loop(web: Web, walk: Walk) -> bool:
    """Whether a walk ends where it began."""
    return web.place(walk[-1].ends) == web.place(walk[0].begins)


def id_of(walk: Walk) -> str:
    """Parts and configurations as they follow; `~` joins two that are declared the same."""
    parts = [walk[0].begins]
    for arc in walk:
        if parts[-1] != arc.begins:
            parts[-1] += f"~{arc.begins}"
        parts += [arc.configuration, arc.ends]
    return ">".join(parts)


def order_of(walk: Walk) -> tuple[int, str]:
    """Where a walk stands in the order of chains: the shortest first."""
    return len(walk), id_of(walk)


def place_of(id_: str) -> tuple[int, str]:
    """The same of a chain's id."""
    return id_.count(">") // 2, id_
