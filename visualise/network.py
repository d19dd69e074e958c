"""From a theory map to a pyvis network: looks, labels and places; nothing here knows HTML."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log2
from typing import Any

from graph.answers import EvidenceState, MapNode, TheoryMap, node_key
from graph.model import Role, Status
from visualise.layout import SPAN, WIDTH, Column, Frame, arrange, gather
from visualise.looks import (
    FONT_SIZE,
    INCORPORATED,
    LINES,
    MARGIN,
    NO_POLARITY,
    NO_ROLE,
    POLARITY,
    ROLES,
    SHAPE_SIZE,
    SOURCES,
    SUPPORT,
    UNKNOWN_LINE,
    UNKNOWN_SOURCE,
    UNKNOWN_SUPPORT,
    Look,
)
from visualise.ripple import depths

_CONCEPT = {role: f"concept-{role}" for role in Role}
_MECHANISM = {support: f"mechanism-{support.replace(' ', '-')}" for support in SUPPORT}
_CONFIGURATION = {polarity: f"configuration-{polarity}" for polarity in POLARITY}
_SOURCE = {kind: f"source-{kind}" for kind in SOURCES}
INCORPORATED_GROUP = "mechanism-incorporated"

LOOKS: dict[str, Look] = {
    **{_CONCEPT[role]: look for role, look in ROLES.items()},
    "concept": NO_ROLE,
    **{_MECHANISM[support]: look for support, look in SUPPORT.items()},
    INCORPORATED_GROUP: INCORPORATED,
    "mechanism": UNKNOWN_SUPPORT,
    **{_CONFIGURATION[polarity]: look for polarity, look in POLARITY.items()},
    "configuration": NO_POLARITY,
    **{_SOURCE[kind]: look for kind, look in SOURCES.items()},
    "source": UNKNOWN_SOURCE,
}
"""Every look, by the name of its vis-network group."""

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"labelHighlightBold": False},
    "interaction": {"hover": True, "keyboard": False},
    "groups": {group: look.options() for group, look in LOOKS.items()},
}
"""vis-network's options for every map. Positions are computed, so there is no physics; links are
painted by the page, because lines of vis-network cannot be led around boxes."""

VIS_NODES = 600
VIS_EDGES = 1_200
"""Up to here vis-network draws, with boxes, wrapped names and lines that are led around boxes; see
docs/performance.md."""

_COLUMN_TITLES: dict[int, str] = {
    Column.SOURCE: "Sources",
    Column.CONTEXT: "Contexts",
    Column.CONFIGURATION: "Configurations",
    Column.RESOURCE: "Resources",
    Column.HISTORY: "Incorporated (history)",
    Column.OUTCOME: "Outcomes",
    Column.NO_ROLE: "Role not stated",
}
_CHARACTER = 0.53
"""Mean width of a character as a part of the font size; the page shrinks lines that are wider."""
_MOST_LINES = 8
_BELOW = 8
"""Room between a shape and the label below it."""
_FROM_CONFIGURATION = frozenset({"resource", "reasoning", "outcome"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A theory map with a look and a place for everything."""

    network: Any
    """A pyvis ``Network``: ``nodes``, ``edges`` and ``options`` as vis-network takes them."""
    frames: list[dict[str, Any]]
    """The area of each review, with its title and the titles of its columns."""
    groups: list[str]
    """The group of each node, in the order of the map."""
    levels: list[str]
    """Every level that a node or edge states, in order."""
    perspectives: list[str]
    """Every perspective that a piece of evidence gives, in order."""
    undrawn: int
    """Edges that lead to a record that is not on the map."""
    large: bool
    """Whether it is more than vis-network draws in comfort, so that WebGL has to."""


def draw(theory_map: TheoryMap, places: Mapping[str, float] | None = None) -> Drawing:
    """Give each node and edge of a theory map its look and its place.

    Nodes are numbered in the order of the map and edges refer to the numbers, so that any text
    can be an id. Both lists are handed to pyvis in one step, because its ``add_node`` and
    ``add_edge`` search everything that is there already.

    Args:
        theory_map: What is drawn.
        places: The heights of records on an earlier map, by key: they keep their order.
    """
    # Imported here: it takes a tenth of a second, which only those who draw a map should pay.
    from pyvis.network import Network

    leading = _leading_roles(theory_map)
    numbers: dict[str, int] = {}
    nodes: list[dict[str, Any]] = []
    groups: list[str] = []
    columns: list[int] = []
    deep = depths(theory_map)
    last = SPAN * max(deep.values(), default=0)
    heights: list[float] = []
    levels: set[str] = set()
    large = len(theory_map.nodes) > VIS_NODES or len(theory_map.edges) > VIS_EDGES
    for number, node in enumerate(theory_map.nodes):
        numbers[node.key] = number
        group = _group(node, leading)
        drawn: dict[str, Any] = {
            "id": number,
            "record": node.id,
            "kind": node.kind,
            "name": node.name,
            "review": node.review,
            "group": group,
        }
        # What is not there is not written: a large map has many nodes and more links.
        if node.levels:
            drawn["levels"] = node.levels
            levels.update(node.levels)
        if node.mechanisms:
            drawn["mechanisms"] = node.mechanisms
        if node.lines:
            drawn["lines"] = node.lines
        if node.doi:
            drawn["doi"] = node.doi
        if node.kind == "mechanism":
            drawn["support"] = node.support
            drawn["stated"] = node.stated
        if len(node.roles) > 1:
            drawn["roles"] = node.roles
        if not large:  # dots have their names beside them, where there is room
            drawn["label"], drawn["h"], size = _text(node, group)
            heights.append(drawn["h"])
            if size is not None:
                drawn["font"] = {"size": size}
        nodes.append(drawn)
        groups.append(group)
        columns.append(_column(node, LOOKS[group].column, deep, last))

    reviews: list[str] = [drawn["review"] for drawn in nodes]
    edges, undrawn = _edges(theory_map, numbers, groups, levels)
    first = [review.id for review in theory_map.reviews]
    if large:
        placed = gather(reviews, columns, _by_mechanism(theory_map, numbers), first)
    else:
        pairs = ((edge["from"], edge["to"]) for edge in edges)
        placed = arrange(reviews, columns, heights, pairs, first, _kept(places or {}, numbers))
        for edge, route in zip(edges, placed.routes, strict=True):
            edge["route"] = route
    for drawn, x, y in zip(nodes, placed.x, placed.y, strict=True):
        drawn["x"] = x
        drawn["y"] = y

    network = Network(directed=True)
    network.options = OPTIONS
    network.nodes = nodes
    network.edges = edges
    titles = {
        review.id: _review_title(review.title, review.authors, review.year)
        for review in theory_map.reviews
    }
    grouped = set(zip(reviews, groups, strict=True))
    frames = [_frame(frame, titles, grouped) for frame in placed.frames]
    perspectives = {
        piece.perspective for edge in theory_map.edges for piece in edge.pieces if piece.perspective
    }
    return Drawing(network, frames, groups, sorted(levels), sorted(perspectives), undrawn, large)


def _by_mechanism(theory_map: TheoryMap, numbers: Mapping[str, int]) -> list[float]:
    """For each node what it is sorted by: the first mechanism that it belongs to, or none."""
    return [
        min(
            [numbers.get(node_key("mechanism", owner), inf) for owner in node.mechanisms],
            default=inf,
        )
        for node in theory_map.nodes
    ]


def _kept(places: Mapping[str, float], numbers: Mapping[str, int]) -> dict[int, float]:
    """Heights by the number of the node."""
    return {numbers[key]: y for key, y in places.items() if key in numbers}


def mechanism_group(support: EvidenceState) -> str:
    """The name of the group, and look, of mechanisms with this support."""
    return _MECHANISM[support]


def _column(node: MapNode, usual: Column, deep: dict[str, int], last: int) -> int:
    """Where a node lies, from the left; ``last`` is the deepest set of columns."""
    if usual is Column.NO_ROLE:
        return usual + last
    if node.kind == "concept" and Role.OUTCOME in node.roles and Role.CONTEXT in node.roles:
        usual = Column.OUTCOME
    return usual + SPAN * deep.get(node.key, 0)


def _group(node: MapNode, leading: dict[str, Role]) -> str:
    """The vis-network group of a node; ``leading`` is the role of concepts that have several."""
    kind = node.kind
    if kind == "concept":
        if len(node.roles) == 1:
            return _CONCEPT[node.roles[0]]
        return _CONCEPT[leading[node.key]] if node.roles else kind
    if kind == "source":
        return _SOURCE[node.source_kind] if node.source_kind else kind
    if kind == "configuration":
        return _CONFIGURATION[node.polarity] if node.polarity else kind
    if kind == "mechanism":
        if node.stated == Status.INCORPORATED:
            return INCORPORATED_GROUP
        return _MECHANISM[node.support] if node.support else kind
    return "concept"


def _leading_roles(theory_map: TheoryMap) -> dict[str, Role]:
    """For concepts with several roles: the one they play most often, else the latest."""
    several = {node.key: node.roles for node in theory_map.nodes if len(node.roles) > 1}
    if not several:
        return {}
    played = Counter(
        (end, edge.kind)
        for edge in theory_map.edges
        for end in (edge.start, edge.end)
        if end in several
    )
    order = list(Role)
    return {
        concept: max(roles, key=lambda role: (played[concept, role.value], order.index(role)))
        for concept, roles in several.items()
    }


def _edges(
    theory_map: TheoryMap, numbers: dict[str, int], groups: Sequence[str], levels: set[str]
) -> tuple[list[dict[str, Any]], int]:
    """Edges by node number, pointing as a configuration is read: context, then what follows.

    Adds the levels that they state to ``levels``.

    Returns:
        The edges, and how many could not be drawn because an end is not on the map.
    """
    edges: list[dict[str, Any]] = []
    undrawn = 0
    number_of = numbers.get
    for edge in theory_map.edges:
        start = number_of(edge.start)
        end = number_of(edge.end)
        if start is None or end is None:
            undrawn += 1
            continue
        kind = edge.kind
        configuration = end if kind in _FROM_CONFIGURATION else start if kind == "context" else None
        if configuration is not None and groups[configuration].startswith("configuration"):
            start, end = end, start
        drawn: dict[str, Any] = {"from": start, "to": end, "kind": kind}
        if edge.count != 1:
            drawn["count"] = edge.count
        if edge.inferred:
            drawn["inferred"] = True
        if edge.levels:
            drawn["levels"] = edge.levels
            levels.update(edge.levels)
        if edge.record:
            drawn["record"] = edge.record
        if edge.lines:
            drawn["lines"] = edge.lines
        if edge.pieces:
            drawn["pieces"] = [piece.model_dump(exclude_defaults=True) for piece in edge.pieces]
        edges.append(drawn)
    return edges, undrawn


def _text(node: MapNode, group: str) -> tuple[str, float, int | None]:
    """A node's label, the height of its box, and its font size where it is its own."""
    look = LOOKS[group]
    name = node.name
    if node.kind == "mechanism":
        # More works, larger letters: the one thing a reader compares at a glance.
        size = FONT_SIZE + min(8, round(2 * log2(1 + max(node.works.values(), default=0))))
        lines = _wrapped(f"{look.sign} {name}", _fit(look.column, size), _MOST_LINES)
        support = node.support or "support not computed"
        told = f"incorporated · {support}" if group == INCORPORATED_GROUP else support
        told += "".join(f" · {n} {sort}" for sort, n in node.works.items())
        lines += _wrapped(told, _fit(look.column, size), 2)
        return "\n".join(lines), len(lines) * size + 2 * MARGIN, size
    if look.sign:
        name = f"{look.sign} {name}"
    if len(node.roles) > 1:
        others = " and ".join(role for role in node.roles if _CONCEPT[role] != group)
        lines = _wrapped(name, _CHARACTERS[group], _MOST_LINES - 1)
        lines.append(f"(also {others})")
    else:
        most = 4 if look.column in (Column.SOURCE, Column.CONFIGURATION) else _MOST_LINES
        lines = _wrapped(name, _CHARACTERS[group], most)
    height = len(lines) * FONT_SIZE + 2 * MARGIN
    if look.shape != "box":
        height = 2 * (SHAPE_SIZE + _BELOW + len(lines) * FONT_SIZE)
    return "\n".join(lines), height, None


def _fit(column: Column, size: int) -> int:
    """How many characters of a font size go into a line of a column's box."""
    return int((WIDTH[column] - 2 * MARGIN) / (size * _CHARACTER))


_CHARACTERS = {group: _fit(look.column, FONT_SIZE) for group, look in LOOKS.items()}
_LINE = {
    width: re.compile(rf"\S.{{0,{width - 1}}}(?!\S)|\S{{1,{width}}}") for width in range(2, 41)
}


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """Text in lines of at most ``width`` characters; what does not fit ends in an ellipsis."""
    if len(text) <= width and text.isprintable():
        return [text]
    if not text.isascii() and any(
        unicodedata.east_asian_width(character) in "WF" for character in text
    ):
        width = max(2, width // 2)
    lines = _LINE[width].findall(text)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: width - 1].rstrip() + "…"
    return lines or [""]


def _review_title(title: str, authors: Sequence[str], year: int | None) -> str:
    """A review's title with who wrote it and when, as far as that is known."""
    who = authors[0] + (" et al." if len(authors) > 1 else "") if authors else ""
    said = " ".join(part for part in (who, str(year) if year else "") if part)
    return f"{title} ({said})" if said else title


def _frame(frame: Frame, titles: dict[str, str], grouped: set[tuple[str, str]]) -> dict[str, Any]:
    """A review's area as the page draws it; ``grouped`` are reviews with the groups they have."""
    here = {group for review, group in grouped if review == frame.review}
    middle = " and ".join(
        words
        for kind, words in (("concept", "reasonings"), ("mechanism", "mechanisms"))
        if any(LOOKS[group].column is Column.MECHANISM and group.startswith(kind) for group in here)
    ).capitalize()
    return {
        "review": frame.review,
        "title": titles.get(frame.review, frame.review),
        "left": frame.left,
        "top": frame.top,
        "right": frame.right,
        "bottom": frame.bottom,
        "head": frame.head,
        "columns": [
            {"title": _COLUMN_TITLES.get(column % SPAN, middle), "x": x}
            for column, x in frame.columns
        ],
    }


def line_styles() -> dict[str, Any]:
    """How each kind of edge is drawn, for the page's script; ``""`` is for any other kind."""
    return {kind: line.options() for kind, line in LINES.items()} | {"": UNKNOWN_LINE.options()}
