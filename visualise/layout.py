"""Where each node of a theory map goes: columns that read left to right, reviews below each other.

The columns follow the sentence of a realist explanation: sources, contexts, configurations,
resources, reasonings and mechanisms, outcomes. Within a column, nodes are ordered by the mean
height of what they are linked to (the barycentre method), which keeps linked nodes side by side
and lines from crossing. networkx has no layout that orders a column (its multipartite and spectral
layouts need numpy and keep the order they are given), so the sweep is written out here: a sort and
one pass per column, which stays near-linear in the size of the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import islice
from math import ceil, inf, sqrt
from operator import mul


class Column(IntEnum):
    """The columns of a review, from left to right; chains repeat them, ``SPAN`` further on."""

    SOURCE = 0
    CONTEXT = 1
    CONFIGURATION = 2
    RESOURCE = 3
    MECHANISM = 4
    OUTCOME = 5
    NO_ROLE = 6


WIDTH: dict[int, int] = {
    Column.SOURCE: 204,
    Column.CONTEXT: 230,
    Column.CONFIGURATION: 112,
    Column.RESOURCE: 230,
    Column.MECHANISM: 250,
    Column.OUTCOME: 230,
    Column.NO_ROLE: 230,
}
"""Width of the boxes in each column, in map units (pixels at zoom 1)."""

SPAN = 10
"""A column and ten times how deep in a chain it is make one number: its place from the left."""

COLUMN_GAP = 84
ROW_GAP = 18
LANE_GAP = 18
REVIEW_GAP = 70
HEAD = 96
"""Room above the nodes of a review for its title and the titles of its columns."""
PADDING = 28

CELL = 40
"""Room of a node that is drawn as a dot."""
ASPECT = 1.5

MOST_SWEEPS = 8
SWEPT_NODES = 3_000
"""Maps that are read by eye get all sweeps; in large ones the first does most of the work."""

MOST_LANES = 4


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
    """Centres of all nodes, by index, and the area of each review."""

    x: list[float]
    y: list[float]
    frames: list[Frame]


def arrange(
    reviews: Sequence[str],
    columns: Sequence[int],
    heights: Sequence[float],
    links: Iterable[tuple[int, int]],
    first: Sequence[str] = (),
) -> Arrangement:
    """Place nodes so that no two boxes overlap.

    Args:
        reviews: The review of each node; those not in ``first`` follow as they appear.
        columns: The :class:`Column` of each node, plus ``SPAN`` for each step of a chain.
        heights: The height of each node's box, in map units.
        links: Pairs of node indexes that should come to lie near each other; pairs across
            reviews change nothing.
        first: Reviews in the order in which they are stacked.

    Returns:
        The centre of each node and the frame of each review.
    """
    count = len(reviews)
    linked: list[list[int]] = [[] for _ in range(count)]
    for start, end in links:
        if reviews[start] == reviews[end]:
            linked[start].append(end)
            linked[end].append(start)
    # A neighbour that many share says little about where one of them belongs.
    weights = [1 / (len(others) or 1) for others in linked]
    members: dict[str, dict[int, list[int]]] = {review: {} for review in first}
    for node, (review, column) in enumerate(zip(reviews, columns, strict=True)):
        block = members.get(review)
        if block is None:
            block = members[review] = {}
        if column in block:
            block[column].append(node)
        else:
            block[column] = [node]

    x = [0.0] * count
    y = [0.0] * count
    frames = []
    top = 0.0
    for review, block in members.items():
        if not block:
            continue
        frame = _arrange_review(review, block, heights, linked, weights, x, y, top)
        frames.append(frame)
        top = frame.bottom + REVIEW_GAP
    right = max((frame.right for frame in frames), default=0.0)
    return Arrangement(x, y, [replace(frame, right=right) for frame in frames])


def gather(placed: Arrangement, reviews: Sequence[str], columns: Sequence[int]) -> Arrangement:
    """The same order in blocks instead of towers: for maps whose nodes are drawn as dots.

    Args:
        placed: Where :func:`arrange` has put each node.
        reviews: The review of each node.
        columns: The column of each node.

    Returns:
        Places in which each column is a block of rows, about half as wide again as high.
    """
    members: dict[str, dict[int, list[int]]] = {frame.review: {} for frame in placed.frames}
    for node in sorted(range(len(reviews)), key=placed.y.__getitem__):
        members[reviews[node]].setdefault(columns[node], []).append(node)
    x = [0.0] * len(reviews)
    y = [0.0] * len(reviews)
    frames = []
    top = 0.0
    for review, block in members.items():
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
    return Arrangement(x, y, frames)


def _arrange_review(
    review: str,
    block: dict[int, list[int]],
    heights: Sequence[float],
    linked: Sequence[Sequence[int]],
    weights: Sequence[float],
    x: list[float],
    y: list[float],
    top: float,
) -> Frame:
    """Place the nodes of one review below ``top``; writes into ``x`` and ``y``."""
    used = sorted(block)
    lanes = _source_lanes(block, heights)
    for column in used:
        middle = 0.0
        for node in block[column]:
            y[node] = middle
            middle += heights[node] + ROW_GAP
        half = middle / 2
        for node in block[column]:
            y[node] -= half

    for sweep in range(max(1, min(MOST_SWEEPS, SWEPT_NODES // len(y)))):
        for column in used if sweep % 2 == 0 else reversed(used):
            nodes = block[column] = _by_barycentre(block[column], linked, weights, y)
            wide = lanes if column == Column.SOURCE else 1
            if wide == 1:
                _stack(nodes, heights, y)
            else:
                _stack_in_lanes(nodes, wide, heights, y)

    centres = []
    left = PADDING
    for column in used:
        width = WIDTH[column % SPAN]
        wide = lanes if column == Column.SOURCE else 1
        for lane in range(wide):
            centre = left + width / 2 + lane * (width + LANE_GAP)
            for node in islice(block[column], lane, None, wide):
                x[node] = centre
        whole = wide * width + (wide - 1) * LANE_GAP
        centres.append((column, left + whole / 2))
        left += whole + COLUMN_GAP

    everybody = [node for column in used for node in block[column]]
    highest = min(y[node] - heights[node] / 2 for node in everybody)
    lowest = max(y[node] + heights[node] / 2 for node in everybody)
    shift = top + HEAD - highest
    for node in everybody:
        y[node] = round(y[node] + shift)
    return Frame(
        review=review,
        left=0.0,
        top=top,
        right=left - COLUMN_GAP + PADDING,
        bottom=round(lowest + shift + PADDING, 1),
        columns=centres,
    )


def _source_lanes(block: dict[int, list[int]], heights: Sequence[float]) -> int:
    """How many sources go side by side, so that many papers do not make the map a thin tower."""
    tall = {
        column: sum(heights[node] + ROW_GAP for node in nodes) for column, nodes in block.items()
    }
    sources = tall.pop(Column.SOURCE, 0.0)
    rest = max(900.0, max(tall.values(), default=0.0))
    return max(1, min(MOST_LANES, round(sources / rest)))


def _by_barycentre(
    nodes: list[int],
    linked: Sequence[Sequence[int]],
    weights: Sequence[float],
    y: list[float],
) -> list[int]:
    """Nodes by the weighted mean height of their neighbours, which becomes their wish in ``y``.

    Nodes without neighbours keep their order and go last.
    """
    height = y.__getitem__
    weight = weights.__getitem__
    wishes = {}
    for node in nodes:
        others = linked[node]
        if len(others) == 1:
            wishes[node] = y[others[0]]
        elif others:
            shares = [*map(weight, others)]
            wishes[node] = sum(map(mul, map(height, others), shares)) / sum(shares)
        else:
            wishes[node] = inf
    for node, wish in wishes.items():
        y[node] = wish
    return sorted(nodes, key=wishes.__getitem__)


def _stack(nodes: Sequence[int], heights: Sequence[float], y: list[float]) -> None:
    """Move nodes as little as needed from their wish in ``y`` until no two of them overlap.

    Nodes that would overlap form a block around the mean of their wishes; blocks that would
    overlap merge (pool adjacent violators), so one pass is enough.
    """
    offsets = []
    blocks: list[tuple[float, int]] = []
    offset = 0.0
    linked = 0
    for node in nodes:
        room = heights[node] + ROW_GAP
        offsets.append(offset + room / 2)
        wish = y[node]
        if wish < inf:
            linked += 1
            total, size = wish - offset - room / 2, 1
            while blocks and blocks[-1][0] * size >= total * blocks[-1][1]:
                before = blocks.pop()
                total += before[0]
                size += before[1]
            blocks.append((total, size))
        offset += room
    start = 0
    shift = -offset / 2
    for total, size in blocks:
        shift = total / size
        for at in range(start, start + size):
            y[nodes[at]] = shift + offsets[at]
        start += size
    for at in range(linked, len(nodes)):
        y[nodes[at]] = shift + offsets[at]


def _stack_in_lanes(
    nodes: Sequence[int], lanes: int, heights: Sequence[float], y: list[float]
) -> None:
    """The same for a column in which ``lanes`` nodes stand side by side in each row."""
    rows = [nodes[start : start + lanes] for start in range(0, len(nodes), lanes)]
    row_heights = [max(heights[node] for node in row) for row in rows]
    row_y = [sum(y[node] for node in row) / len(row) for row in rows]
    _stack(range(len(rows)), row_heights, row_y)
    for row, middle in zip(rows, row_y, strict=True):
        for node in row:
            y[node] = middle
