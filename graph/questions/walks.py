"""Walks over configurations: from an outcome on to the configurations whose context it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.questions.sameness import Sameness

MOST_CHAINS = 5000
"""Chains that are followed at most; a note says when there are more."""
_MOST_OPEN = 4 * MOST_CHAINS


@dataclass(frozen=True, slots=True)
class Arc:
    """A configuration read from one of its contexts to one of its outcomes."""

    context: str
    configuration: str
    outcome: str


Walk = tuple[Arc, ...]


@dataclass(slots=True)
class Web:
    """The configurations within reach, joined where an outcome is a context."""

    same: Sameness
    leaving: dict[str, list[Arc]] = field(default_factory=dict)
    """By the group of the context."""

    def place(self, concept: str) -> str:
        """The group that a concept belongs to."""
        return self.same.group.get(concept, concept)


def walks_of(
    web: Web, firsts: Iterable[Arc], wanted: set[Arc] | None, max_length: int, least: int
) -> tuple[list[Walk], bool]:
    """Chains in order of their length, and whether there are more than are followed.

    A loop is told once, from its least configuration on.
    """
    walks: list[Walk] = []
    looped: set[frozenset[Arc]] = set()
    left = _left(web, wanted)
    wave: list[Walk] = [(arc,) for arc in sorted(set(firsts), key=lambda arc: key_of((arc,)))]
    for length in range(1, max_length + 1):
        following: list[Walk] = []
        for walk in wave:
            loop = is_loop(web, walk)
            told = (loop or length >= least) and (wanted is None or walk[-1] in wanted)
            if told and not (loop and frozenset(walk) in looped):
                if len(walks) == MOST_CHAINS:
                    return walks, True
                walks.append(walk)
                if loop:
                    looped.add(frozenset(walk))
            if loop or length == max_length:
                continue
            here = web.place(walk[-1].outcome)
            passed = {here, *(web.place(arc.context) for arc in walk[1:])}
            held = {arc.configuration for arc in walk}
            for arc in web.leaving.get(here, ()):
                if left is not None and left.get(arc, max_length) > max_length - length:
                    continue
                if arc.configuration not in held and web.place(arc.outcome) not in passed:
                    following.append((*walk, arc))
            if len(following) > _MOST_OPEN:
                return walks, True
        wave = following
    return walks, False


def _left(web: Web, wanted: set[Arc] | None) -> dict[Arc, int] | None:
    """How many configurations it takes from each on to an end that is wanted, itself included."""
    if wanted is None:
        return None
    entering: dict[str, list[Arc]] = {}
    for arcs in web.leaving.values():
        for arc in arcs:
            entering.setdefault(web.place(arc.outcome), []).append(arc)
    left = dict.fromkeys(wanted, 1)
    wave = list(wanted)
    while wave:
        following = []
        for arc in wave:
            for before in entering.get(web.place(arc.context), ()):
                if before not in left:
                    left[before] = left[arc] + 1
                    following.append(before)
        wave = following
    return left


def is_loop(web: Web, walk: Walk) -> bool:
    """Whether a walk ends where it began."""
    return web.place(walk[-1].outcome) == web.place(walk[0].context)


def id_of(walk: Walk) -> str:
    """Concepts and configurations as they follow; `~` joins two that are declared the same."""
    parts = [walk[0].context]
    for arc in walk:
        if parts[-1] != arc.context:
            parts[-1] += f"~{arc.context}"
        parts += [arc.configuration, arc.outcome]
    return ">".join(parts)


def key_of(walk: Walk) -> tuple[int, str]:
    """Where a walk stands in the order of chains: the shortest first."""
    return len(walk), id_of(walk)


def place_of(id_: str) -> tuple[int, str]:
    """The same of a chain's id."""
    return id_.count(">") // 2, id_
