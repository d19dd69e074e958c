"""Mechanisms that are incorporated into others: never in a circle, and only where it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import HistoryEntry


def wrong_incorporations(
    entries: Sequence[HistoryEntry],
) -> Iterator[tuple[HistoryEntry, str, dict[str, str | None]]]:
    """The entries whose `into` cannot be, with what is wrong and what would be right."""
    incorporated = [entry for entry in entries if entry.into]
    if not incorporated:
        return
    import networkx as nx  # takes as long to import as the rest of this package

    edges: nx.DiGraph[str] = nx.DiGraph(
        (entry.mechanism, into) for entry in incorporated for into in entry.into
    )
    # One circle per knot: a knot of n mechanisms can hold more circles than there is time for.
    for knot in nx.strongly_connected_components(edges):
        inside = [(one, into) for one in sorted(knot) for into in edges[one] if into in knot]
        if not inside:
            continue
        circle = [start for start, _ in nx.find_cycle(nx.DiGraph(inside))]
        last = next(
            entry
            for entry in reversed(incorporated)
            if entry.mechanism in circle and any(into in circle for into in entry.into)
        )
        at = circle.index(last.mechanism)
        names = [id_.partition(":")[2] for id_ in (*circle[at:], *circle[: at + 1])]
        if len(circle) == 1:
            message = f"{names[0]!r} is incorporated into itself"
        else:
            message = f"a circle of incorporations: {' -> '.join(names)}"
        yield last, message, {"hint": "name the mechanism that is left in the end"}
    for entry in incorporated:
        if entry.status.value != "incorporated":
            yield (
                entry,
                "only an incorporated mechanism goes into another",
                {
                    "found": f"status {entry.status.value!r}",
                    "expected": "status 'incorporated', or an empty cell",
                },
            )
