"""The fewest sources whose fall breaks every chain between two ends.

A configuration stands as long as one of its sources does; a connection, as long as one chain of
standing configurations does. A source may stand behind several configurations. Finding the fewest
is then harder than a minimum cut, so two cuts give bounds, and a bounded search closes the gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm
from typing import Any

_SEARCHED = 2000
"""Sets of sources that the search looks at, at most."""

_FIRST, _LAST = ("first",), ("last",)


@dataclass(frozen=True, slots=True)
class Cut:
    """Sources whose fall breaks every chain, and how many it takes at least."""

    sources: frozenset[str]
    at_least: int


@dataclass(slots=True)
class _Net:
    firsts: set[str]
    lasts: set[str]
    after: Mapping[str, set[str]]
    sources: Mapping[str, set[str]]

    def standing(self, fallen: frozenset[str]) -> list[str] | None:
        """A shortest chain of configurations that still have a source."""
        before: dict[str, str | None] = {}
        wave = [one for one in sorted(self.firsts) if self._stands(one, fallen)]
        before.update(dict.fromkeys(wave))
        while wave:
            following = []
            for one in wave:
                if one in self.lasts:
                    chain: list[str] = []
                    step: str | None = one
                    while step is not None:
                        chain.append(step)
                        step = before[step]
                    return chain
                for other in sorted(self.after.get(one, ())):
                    if other not in before and self._stands(other, fallen):
                        before[other] = one
                        following.append(other)
            wave = following
        return None

    def _stands(self, one: str, fallen: frozenset[str]) -> bool:
        return not self.sources.get(one, set()) <= fallen

    def cut(self, weight: Mapping[str, int]) -> tuple[int, set[str]]:
        """A minimum cut through configurations, each with its weight."""
        import networkx as nx  # imported where chains are cut

        graph: Any = nx.DiGraph()
        held = [one for one in self.sources if self.sources[one]]
        for one in held:
            graph.add_edge((one, "in"), (one, "out"), capacity=weight[one])
            if one in self.firsts:
                graph.add_edge(_FIRST, (one, "in"))
            if one in self.lasts:
                graph.add_edge((one, "out"), _LAST)
            for other in self.after.get(one, ()):
                if self.sources.get(other):
                    graph.add_edge((one, "out"), (other, "in"))
        if _FIRST not in graph or _LAST not in graph:
            return 0, set()
        value, (near, _) = nx.minimum_cut(graph, _FIRST, _LAST)
        return int(value), {one for one in held if (one, "in") in near and (one, "out") not in near}


def fewest(
    *,
    firsts: set[str],
    lasts: set[str],
    after: Mapping[str, set[str]],
    sources: Mapping[str, set[str]],
) -> Cut:
    """The fewest sources whose fall leaves no chain from the first to the last configurations.

    Args:
        firsts: configurations, each as read from one part to another, that a chain may begin with.
        lasts: those that it may end with.
        after: those that may follow each.
        sources: the sources behind each; one without sources stands in no chain.
    """
    net = _Net(firsts, lasts, after, sources)
    if net.standing(frozenset()) is None:
        return Cut(frozenset(), 0)
    behind: dict[str, int] = {}
    for held in sources.values():
        for source in held:
            behind[source] = behind.get(source, 0) + 1
    _, through = net.cut({one: len(held) for one, held in sources.items()})
    best = _without_idle(net, frozenset(id_ for one in through for id_ in sources[one]))
    # Each source is spread over its configurations: no cut of whole sources can be smaller.
    scale = lcm(*behind.values())
    spread = {one: sum(scale // behind[id_] for id_ in held) for one, held in sources.items()}
    value, _ = net.cut(spread)
    at_least = max(1, -(-value // scale))
    if at_least < len(best):
        best, whole = _searched(net, best, at_least)
        at_least = len(best) if whole else at_least
    return Cut(best, at_least)


def _without_idle(net: _Net, cut: frozenset[str]) -> frozenset[str]:
    """The cut without sources that it does not need."""
    for source in sorted(cut):
        if net.standing(cut - {source}) is None:
            cut -= {source}
    return cut


def _searched(net: _Net, best: frozenset[str], at_least: int) -> tuple[frozenset[str], bool]:
    """A smaller cut, if there is one; and whether the search came to its end."""
    seen: set[frozenset[str]] = set()
    open_: list[frozenset[str]] = [frozenset()]
    while open_:
        fallen = open_.pop()
        if fallen in seen or len(fallen) >= len(best):
            continue
        seen.add(fallen)
        if len(seen) > _SEARCHED:
            return best, False
        chain = net.standing(fallen)
        if chain is None:
            best = fallen
            if len(best) == at_least:
                return best, True
            continue
        branches = sorted(
            (fallen | net.sources[one] for one in chain), key=lambda cut: (-len(cut), sorted(cut))
        )
        open_ += [branch for branch in branches if len(branch) < len(best)]
    return best, True
