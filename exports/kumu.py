"""A review as a Kumu blueprint: its theory and evidence as elements and connections."""

from __future__ import annotations

import json
from typing import Any

from exports.flat import flat
from exports.graphml import records_of
from exports.jsonld import kind_of_other
from graph.model import Configuration, Evidence, HistoryEntry, Part, Record, ReviewBundle, SameAs
from graph.names import node_key
from graph.schema import kinds

ELEMENTS = frozenset({"Mechanism", "Concept", "Configuration", "Theory", "Source"})
"""The kinds that become elements; evidence and history become connections between them."""

_NAMES = ("name", "title")
_ROLES = {
    "contexts": "context",
    "resources": "resource",
    "reasonings": "reasoning",
    "outcomes": "outcome",
    "mechanisms": "belongs to",
}


def kumu(bundle: ReviewBundle) -> bytes:
    """Elements with the stated fields of their records, and directed connections between them.

    An element's id is `Kind/review:id`, as an id is unique among its kind alone; `type` is its
    kind. A connection's `type` is what it plays in a configuration, or the stance of a piece of
    evidence, whose fields it carries. Sources that no line leads to, and other records of the
    review, are not in the file.
    """
    records = [(label, record) for label, record in records_of(bundle) if label in ELEMENTS]
    held = {(label.casefold(), record.id) for label, record in records}
    elements = {node_key(label, record.id): _element(label, record) for label, record in records}
    others = [*bundle.history, *bundle.evidence, *bundle.same_as]
    drawn = {  # two records may say one thing
        connection["id"]: connection
        for label, record in [*records, *(("", one) for one in others)]
        for connection in _connections(label, record, held)
        if {connection["from"], connection["to"]} <= elements.keys()
    }
    connected = {one[end] for one in drawn.values() for end in ("from", "to")}
    document = {
        "elements": [
            one for key, one in elements.items() if one["type"] != "Source" or key in connected
        ],
        "connections": list(drawn.values()),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _element(label: str, record: Record) -> dict[str, Any]:
    links = {link.field for link in kinds()[label].links}
    fields = {name: value for name, value in flat(record).items() if name not in links}
    name = next((fields.pop(one) for one in _NAMES if one in fields), record.local_id)
    return {**fields, "id": node_key(label, record.id), "label": name, "type": label}


def _connections(label: str, record: Record, held: set[tuple[str, str]]) -> list[dict[str, Any]]:
    if isinstance(record, Evidence):
        kind, target = record.target
        links = {link.field for link in kinds()["Evidence"].links} | {"stance"}
        fields = {name: value for name, value in flat(record).items() if name not in links}
        ends = node_key("Source", record.source), node_key(kind.capitalize(), target)
        return [
            {**fields, **_connection(*ends, record.stance.value), "id": f"Evidence/{record.id}"}
        ]
    if isinstance(record, HistoryEntry):
        start = node_key("Mechanism", record.mechanism)
        return [
            _connection(start, node_key("Mechanism", into), "incorporated into")
            for into in record.into
        ]
    if isinstance(record, SameAs):
        start = node_key(record.kind.capitalize(), record.one)
        end = node_key(kind_of_other(record, held).capitalize(), record.same_as)
        return [_connection(start, end, "same as") | {"direction": "undirected"}]
    own = node_key(label, record.id)
    found = []
    for link in kinds()[label].links:
        value = getattr(record, link.field)
        for end in value if isinstance(value, list) else []:
            inferred = isinstance(end, Part) and end.inferred
            other = node_key(link.to, end.concept if isinstance(end, Part) else end)
            words = _ROLES[link.field] if isinstance(record, Configuration) else "explains"
            # A context leads into the configuration; what else is part of it follows from it.
            ends = (other, own) if words == "context" else (own, other)
            found.append(_connection(*ends, words) | ({"inferred": True} if inferred else {}))
    return found


def _connection(start: str, end: str, words: str) -> dict[str, Any]:
    return {
        "id": f"{start} {words} {end}",
        "from": start,
        "to": end,
        "type": words,
        "direction": "directed",
    }
