"""Where each node of a theory map goes: columns that read left to right, reviews below each other.

The columns follow the sentence of a realist explanation: sources, contexts, configurations,
resources, mechanisms that went into others, reasonings and mechanisms, outcomes. Which node stands
above which, and how lines get past the boxes between their ends, is worked out by graphlay, a
layered layout engine. How wide columns are is told here, so that they are so on every map.

The same review has the same places, whatever else is drawn beside it. One that has grown keeps the
order of an earlier map of it, where that is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from math import ceil, inf, sqrt
from typing import Any


class Column(IntEnum):
    """The columns of a review, from left to right; chains repeat them, ``SPAN`` further on."""

    SOURCE = 0
    CONTEXT = 1
    CONFIGURATION = 2
    RESOURCE = 3
    HISTORY = 4
    MECHANISM = 5
    OUTCOME = 6
    NO_ROLE = 7


WIDTH: dict[int, int] = {
    Column.SOURCE: 204,
    Column.CONTEXT: 230,
    Column.CONFIGURATION: 112,
    Column.RESOURCE: 230,
    Column.HISTORY: 230,
    Column.MECHANISM: 250,
    Column.OUTCOME: 230,
    Column.NO_ROLE: 230,
}
"""Width of the boxes in each column, in map units (pixels at zoom 1)."""

SPAN = 10
"""A column and ten times how deep in a chain it is make one number: its place from the left."""

COLUMN_GAP = 84
ROW_GAP = 18
LINE_GAP = 10
"""Between two lines, and between a line and a box, that pass each other in a column."""
LANE_GAP = 30
REVIEW_GAP = 70
HEAD = 96
"""Room above the nodes of a review for its title and the titles of its columns."""
PADDING = 28

CELL = 40
"""Room of a node that is drawn as a dot."""
ASPECT = 1.5

BALANCED_NODES = 250
"""Up to here the engine takes its time to find fewer crossings; a larger map gets its quick way."""
MOST_LANES = 4
DETOUR = 26
"""How far a line leaves its column when it leads to a node of the same one."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of one review; all are as wide as the widest."""

    review: str
    left: float
    top: float
    right: float
    bottom: float
    columns: list[tuple[int, float]]
    """Each column that is in use, with the x of its centre."""
    head: float = HEAD
    """Room for its titles, which are as large as that."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Centres of all nodes, by index, the way of each link, and the area of each review."""

    x: list[float]
    y: list[float]
    routes: list[list[int]]
    """For each link points as x, y, x, y, … from the border of one box to that of the other: level
    where it passes a column, else a slope. Empty where nodes are drawn as dots."""
    frames: list[Frame]


def arrange(
    reviews: Sequence[str],
    columns: Sequence[int],
    heights: Sequence[float],
    links: Iterable[tuple[int, int]],
    first: Sequence[str] = (),
    kept: Mapping[int, float] | None = None,
) -> Arrangement:
    """Place nodes so that no two boxes overlap, and lead links around the boxes between their ends.

    Args:
        reviews: The review of each node; those not in ``first`` follow as they appear.
        columns: The :class:`Column` of each node, plus ``SPAN`` for each step of a chain.
        heights: The height of each node's box, in map units.
        links: Pairs of node indexes; pairs across reviews change no place.
        first: Reviews in the order in which they are stacked.
        kept: The heights that nodes had on an earlier map; they stand above each other as they did.

    Returns:
        The centre of each node, the way of each link, and the frame of each review.
    """
    pairs = list(links)
    count = len(reviews)
    members: dict[str, list[int]] = {review: [] for review in first}
    for node, review in enumerate(reviews):
        members.setdefault(review, []).append(node)
    inside: dict[str, list[int]] = {}
    for number, (start, end) in enumerate(pairs):
        if reviews[start] == reviews[end]:
            inside.setdefault(reviews[start], []).append(number)

    placed = Arrangement([0.0] * count, [0.0] * count, [[] for _ in pairs], [])
    top = 0.0
    for review, nodes in members.items():
        if nodes:
            one = _Review(nodes, columns, heights, pairs, inside.get(review, []), kept or {})
            placed.frames.append(one.place(review, placed, top))
            top = placed.frames[-1].bottom + REVIEW_GAP
    half = [WIDTH[column % SPAN] / 2 for column in columns]
    for number, (start, end) in enumerate(pairs):
        if not placed.routes[number]:
            placed.routes[number] = _around(placed, half, start, end)
    right = max((frame.right for frame in placed.frames), default=0.0)
    return replace(placed, frames=[replace(frame, right=right) for frame in placed.frames])


def gather(
    reviews: Sequence[str],
    columns: Sequence[int],
    order: Sequence[Any],
    first: Sequence[str] = (),
) -> Arrangement:
    """Nodes in blocks, for maps whose nodes are drawn as dots.

    Args:
        reviews: The review of each node; those not in ``first`` follow as they appear.
        columns: The column of each node.
        order: What the nodes of a block are sorted by.
        first: Reviews in the order in which they are stacked.

    Returns:
        Places in which each column is a block of rows, about half as wide again as high.
    """
    members: dict[str, dict[int, list[int]]] = {review: {} for review in first}
    for node in sorted(range(len(reviews)), key=order.__getitem__):
        members.setdefault(reviews[node], {}).setdefault(columns[node], []).append(node)
    x = [0.0] * len(reviews)
    y = [0.0] * len(reviews)
    frames = []
    top = 0.0
    for review, block in members.items():
        if not block:
            continue
        rows = max(1, ceil(sqrt(sum(map(len, block.values())) / ASPECT)))
        head = max(HEAD, rows * CELL * 0.1)
        left = float(PADDING)
        centres = []
        for column in sorted(block):
            nodes = block[column]
            lanes = ceil(len(nodes) / rows)
            for at, node in enumerate(nodes):
                x[node] = left + (at % lanes + 0.5) * CELL
                y[node] = top + head + (at // lanes + 0.5) * CELL
            centres.append((column, left + lanes * CELL / 2))
            left += lanes * CELL + head
        bottom = top + head + rows * CELL + PADDING
        frames.append(Frame(review, 0.0, top, left - head + PADDING, bottom, centres, head))
        top = bottom + REVIEW_GAP
    return Arrangement(x, y, [], frames)


class _Review:
    """The nodes of one review, while they are placed."""

    def __init__(
        self,
        nodes: Sequence[int],
        columns: Sequence[int],
        heights: Sequence[float],
        pairs: Sequence[tuple[int, int]],
        inside: Sequence[int],
        kept: Mapping[int, float],
    ) -> None:
        self.nodes = nodes
        self.columns = columns
        self.heights = heights
        self.pairs = pairs
        self.inside = inside
        self.kept = kept
        self.y: dict[int, float] = {}
        self.steps: dict[int, float] = {node: columns[node] for node in nodes}
        """How far from the left each node is: its column, or below 1 a lane of sources."""
        self._deal_sources()

    def place(self, review: str, placed: Arrangement, top: float) -> Frame:
        """Place them into ``placed``, below ``top``."""
        routes = self._lay_out()
        if not self._as_it_was():
            self._wish()
            routes = self._lay_out()
        centres, right = _across(sorted(set(self.steps.values())))
        highest = min(self.y[node] - self.heights[node] / 2 for node in self.nodes)
        lowest = max(self.y[node] + self.heights[node] / 2 for node in self.nodes)
        shift = top + HEAD - highest
        for node in self.nodes:
            placed.x[node] = centres[self.steps[node]]
            placed.y[node] = round(self.y[node] + shift)
        for number, points in routes.items():
            placed.routes[number] = _told(points, shift)
        lanes = [centre for step, centre in centres.items() if step < 1]
        titles = [(int(step), centre) for step, centre in centres.items() if step >= 1]
        if lanes:
            titles.insert(0, (int(Column.SOURCE), (lanes[0] + lanes[-1]) / 2))
        return Frame(review, 0.0, top, right, round(lowest + shift + PADDING, 1), titles)

    def _deal_sources(self) -> None:
        """Put many sources into several lanes, so that they do not make the map a tower."""
        tall: dict[int, float] = {}
        for node in self.nodes:
            column = self.columns[node]
            tall[column] = tall.get(column, 0.0) + self.heights[node] + ROW_GAP
        sources = [node for node in self.nodes if self.columns[node] == Column.SOURCE]
        rest = max((height for column, height in tall.items() if column), default=0.0)
        lanes = round(tall.get(Column.SOURCE, 0.0) / max(900.0, rest))
        lanes = max(1, min(MOST_LANES, lanes))
        for place, node in enumerate(sources):
            self.steps[node] = (place % lanes) / lanes

    def _as_it_was(self) -> bool:
        """Whether nodes that have been on an earlier map stand above each other as they did."""
        stacked: dict[float, list[int]] = {}
        for node in self.nodes:
            if node in self.kept:
                stacked.setdefault(self.steps[node], []).append(node)
        return all(
            sorted(nodes, key=self.kept.__getitem__) == sorted(nodes, key=self.y.__getitem__)
            for nodes in stacked.values()
        )

    def _wish(self) -> None:
        """Give nodes the height they had, and new ones that of what they are linked to."""
        near: dict[int, list[int]] = {}
        for number in self.inside:
            start, end = self.pairs[number]
            near.setdefault(start, []).append(end)
            near.setdefault(end, []).append(start)
        self.y = {node: self.kept[node] for node in self.nodes if node in self.kept}
        lowest = max(self.y.values())
        while missing := [node for node in self.nodes if node not in self.y]:
            told = {
                node: sum(heights) / len(heights)
                for node in missing
                if (heights := [self.y[other] for other in near.get(node, ()) if other in self.y])
            }
            if not told:
                told = {node: lowest + ROW_GAP * place for place, node in enumerate(missing, 1)}
            self.y |= told

    def _lay_out(self) -> dict[int, list[tuple[float, float]]]:
        """Give each node its height, and links their ways; heights that are told tell the order."""
        routed = [
            number
            for number in self.inside
            if self.steps[self.pairs[number][0]] != self.steps[self.pairs[number][1]]
        ]
        drawn = sorted(
            self.nodes if self.y else {node for one in routed for node in self.pairs[one]}
        )
        routes: dict[int, list[tuple[float, float]]] = {}
        lowest: dict[float, float] = {}
        if drawn:
            routes = self._by_engine(drawn, routed, lowest)
        # Nodes without a link to another column stand below what is in their own.
        for node in sorted(set(self.nodes).difference(drawn)):
            step = self.steps[node]
            begin = lowest.get(step, min(lowest.values(), default=0.0))
            self.y[node] = begin + self.heights[node] / 2
            lowest[step] = begin + self.heights[node] + ROW_GAP
        return routes

    def _by_engine(
        self, drawn: Sequence[int], routed: Sequence[int], lowest: dict[float, float]
    ) -> dict[int, list[tuple[float, float]]]:
        """What graphlay makes of the nodes; ``lowest`` is told where each column ends.

        Nodes that have a height stand above each other accordingly. The engine puts what is not
        connected where it likes; so then everything hangs on one point, which is not drawn.
        """
        # Imported here: only those who draw a map should pay for it.
        import graphlay

        steps = self.steps
        in_order = bool(self.y)
        used = sorted({steps[node] for node in drawn})
        rank = {step: place for place, step in enumerate(used, start=1 if in_order else 0)}
        place = {node: number for number, node in enumerate(drawn)}
        nodes: list[dict[str, Any]] = [
            {
                "size": {"width": _width(steps[node]), "height": self.heights[node]},
                "rank": {"fixed": rank[steps[node]]},
            }
            for node in drawn
        ]
        ends = [(place[start], place[end]) for start, end in (self.pairs[one] for one in routed)]
        edges = [{"source": start, "target": end, "weight": 1.0} for start, end in ends]
        if in_order:
            middle = sum(self.y.values()) / len(self.y)
            nodes.append({"size": {"width": 1.0, "height": 1.0}, "rank": {"fixed": 0}})
            # The engine reads columns from x and order from y.
            for told, y in zip(nodes, [*(self.y[node] for node in drawn), middle], strict=True):
                told["position"] = {"x": 500.0 * told["rank"]["fixed"], "y": y}
            for part in _parts(len(drawn), ends):
                first = min(part, key=lambda number: (steps[drawn[number]], number))
                edges.append({"source": len(drawn), "target": first, "weight": 0.01})
        options = {
            **_OPTIONS,
            "effort": "balanced" if len(drawn) <= BALANCED_NODES else "fast",
            "seed_mode": "structure" if in_order else "placement",
        }
        found = graphlay.layout({"nodes": nodes, "edges": edges}, options=options).raw

        there: dict[float, float] = {}
        for node, told in zip(drawn, found["nodes"], strict=False):
            middle = self.y[node] = told["center"]["y"]
            there[steps[node]] = told["center"]["x"]
            below = middle + self.heights[node] / 2 + ROW_GAP
            lowest[steps[node]] = max(below, lowest.get(steps[node], below))
        centres, _ = _across(sorted(set(steps.values())))
        routes = {}
        for number, edge in zip(routed, found["edges"], strict=False):
            points = [(point["x"], point["y"]) for point in edge["points"]]
            begin, finish = (steps[node] for node in self.pairs[number])
            heights: list[tuple[float, float]] = []
            for step in sorted(centres):
                if min(begin, finish) < step < max(begin, finish):
                    before = heights[-1][1] if heights else points[0 if begin < finish else -1][1]
                    height = _height_at(points, there[step]) if step in there else None
                    heights.append((step, before if height is None else self._clear(step, height)))
                    lowest[step] = max(heights[-1][1] + ROW_GAP, lowest.get(step, -inf))
            routes[number] = _led(points, (begin, finish), heights, centres)
        return routes

    def _clear(self, step: float, y: float) -> float:
        """A height beside the boxes of a column: the engine may let a line graze one."""
        for node, middle in self.y.items():
            half = self.heights[node] / 2 + 2
            if self.steps[node] == step and abs(y - middle) < half:
                return middle + half if y > middle else middle - half
        return y


def _parts(count: int, ends: Sequence[tuple[int, int]]) -> list[set[int]]:
    """The nodes that are connected with each other, by number, in the order of their first."""
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ends)
    return sorted(networkx.connected_components(graph), key=min)


def _height_at(points: Sequence[tuple[float, float]], x: float) -> float | None:
    """Where a way of horizontal and vertical parts passes ``x``; None where it does not."""
    for (left, y), (right, other) in pairwise(points):
        if min(left, right) <= x <= max(left, right) and left != right:
            return y + (other - y) * (x - left) / (right - left)
    return None


def _led(
    points: Sequence[tuple[float, float]],
    ends: tuple[float, float],
    passed: Sequence[tuple[float, float]],
    centres: Mapping[float, float],
) -> list[tuple[float, float]]:
    """The way of a link in the map's columns: level where it passes one, a slope between two."""
    start, end = ends
    onward = 1 if end > start else -1
    way = [(centres[start] + onward * _width(start) / 2, points[0][1])]
    for step, y in passed[::onward]:
        half = onward * _width(step) / 2
        way += [(centres[step] - half, y), (centres[step] + half, y)]
    way.append((centres[end] - onward * _width(end) / 2, points[-1][1]))
    return way


_OPTIONS: dict[str, Any] = {
    "direction": "leftright",
    "spacing": {"layer_gap": float(COLUMN_GAP), "node_gap": float(ROW_GAP), "dummy_gap": LINE_GAP},
    "routing": {"style": "orthogonal", "port_sides": "facing_only", "bundle_parallel": False},
}


def _width(step: float) -> int:
    """The width of the boxes at a place from the left; places below 1 are lanes of sources."""
    return WIDTH[Column.SOURCE if step < 1 else int(step) % SPAN]


def _across(steps: Sequence[float]) -> tuple[dict[float, float], float]:
    """The centre of each place from the left, and where they end on the right."""
    centres: dict[float, float] = {}
    left = float(PADDING)
    for number, step in enumerate(steps):
        width = _width(step)
        centres[step] = left + width / 2
        next_is_lane = number + 1 < len(steps) and steps[number + 1] < 1
        left += width + (LANE_GAP if next_is_lane else COLUMN_GAP)
    return centres, left - COLUMN_GAP + PADDING


def _told(points: Sequence[tuple[float, float]], shift: float) -> list[int]:
    """Points in whole numbers."""
    return [round(value) for x, y in points for value in (x, y + shift)]


def _around(placed: Arrangement, half: Sequence[float], start: int, end: int) -> list[int]:
    """The way of a link within one column, or from one review to another: out, along, and in."""
    x, y = placed.x, placed.y
    right = max(x[start] + half[start], x[end] + half[end]) + DETOUR
    corners = ((x[start] + half[start], y[start]), (right, y[start]), (right, y[end]))
    return _told([*corners, (x[end] + half[end], y[end])], 0.0)
