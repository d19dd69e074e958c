"""An earlier map as a file, so that one drawn anew keeps its order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.answers import node_key

_BLOCK = re.compile(
    r'<script type="application/json" id="map-data">(?P<data>[^<]*)</script>', re.ASCII
)
_MOST_BYTES = 64 * 1024 * 1024


def places_of(path: Path) -> dict[str, float]:
    """The height of each record on the map in a file, by key.

    Empty where there is no such file, where it is none of our maps, and for maps of dots, whose
    nodes stand in the order of their names anyway.

    Raises:
        OSError: the file is there, but cannot be read.
    """
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return {}
    block = _BLOCK.search(path.read_text(encoding="utf-8", errors="replace"))
    try:
        data = json.loads(block["data"]) if block else None
    except ValueError:
        return {}
    if not isinstance(data, Mapping) or data.get("large") is not False:
        return {}
    nodes = data.get("nodes")
    return {
        node_key(node["kind"], node["record"]): float(node["y"])
        for node in (nodes if isinstance(nodes, list) else [])
        if isinstance(node, Mapping)
        and isinstance(node.get("record"), str)
        and isinstance(node.get("kind"), str)
        and _is_number(node.get("y"))
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
