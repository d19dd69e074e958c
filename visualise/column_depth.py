"""How far to the right each configuration of a map lies: chains read from left to right.

Where the outcome of one configuration is a context of another, or declared to be the same as one,
the other follows to its right, a whole set of columns further. Configurations that lead back to
each other share a set of columns.
"""

from __future__ import annotations

from graph.answers import TheoryMap
from graph.model import Role


def depths(theory_map: TheoryMap) -> dict[str, int]:
    """For each node that lies to the right of the first columns, by key: how many sets of columns.

    Configurations have the depth of the longest chain that leads to them. Their parts, and the
    mechanisms that they belong to, have that of the first configuration that they are in, and an
    outcome that of the last configuration before it.
    """
    both = {Role.CONTEXT, Role.OUTCOME}
    # What is the same as something of another review moves nothing: that review may not be there.
    of = {node.key: node.review for node in theory_map.nodes}
    joined = [
        edge
        for edge in theory_map.edges
        if edge.kind == "same as" and of.get(edge.start) == of.get(edge.end)
    ]
    if not joined and not any(both.issubset(node.roles) for node in theory_map.nodes):
        return {}
    # Imported here: only maps with chains need it.
    import networkx

    kinds = {node.key: node.kind for node in theory_map.nodes}
    chains: networkx.DiGraph[str] = networkx.DiGraph()
    for edge in joined:
        chains.add_edge(edge.start, edge.end)
        chains.add_edge(edge.end, edge.start)
    parts: list[tuple[str, str, str]] = []
    for edge in theory_map.edges:
        if edge.kind not in _PARTS:
            continue
        configuration, other = edge.start, edge.end
        if kinds.get(configuration) != "configuration":
            configuration, other = other, configuration
        if kinds.get(configuration) != "configuration" or other not in kinds:
            continue
        parts.append((configuration, edge.kind, other))
        if edge.kind == Role.CONTEXT:
            chains.add_edge(other, configuration)
        elif edge.kind == Role.OUTCOME:
            chains.add_edge(configuration, other)
    loops = networkx.condensation(chains)
    deep: dict[int, int] = {}
    for loop in networkx.topological_sort(loops):
        deep[loop] = max(
            (
                deep[before]
                + any(kinds[m] == "configuration" for m in loops.nodes[before]["members"])
                for before in loops.predecessors(loop)
            ),
            default=0,
        )
    member = loops.graph["mapping"]
    found = {
        configuration: deep[member[configuration]] if configuration in member else 0
        for configuration, _, _ in parts
    }
    outcomes: dict[str, int] = {}
    others: dict[str, int] = {}
    for configuration, kind, other in parts:
        depth = found[configuration]
        if kind == Role.OUTCOME:
            outcomes[other] = max(depth, outcomes.get(other, 0))
        else:
            others[other] = min(depth, others.get(other, depth))
    return {record: depth for record, depth in (found | others | outcomes).items() if depth}


_PARTS = frozenset({*(role.value for role in Role), "belongs to"})
