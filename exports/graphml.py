"""A review as GraphML, for Gephi, Cytoscape and networkx."""

from __future__ import annotations

import io
import re
from typing import Any

from exports.flat import flat
from graph.model import Part, Record, Review, ReviewBundle
from graph.names import node_key
from graph.schema import BUNDLE_FIELDS, kinds

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(bundle: ReviewBundle) -> bytes:
    """A node per record and an edge per link, both with `type`; nodes with all stated fields.

    A node is named `Kind/review:id`, since an id is unique among its kind alone. An edge to a
    record of another review is left out, as that record is not part of this file.
    """
    import networkx as nx  # imported where a graph is written

    graph: Any = nx.MultiDiGraph()
    for label, record in records_of(bundle):
        values = {
            name: fit_for_xml(value) if isinstance(value, str) else value
            for name, value in flat(record).items()
        }
        name = values.get("name") or values.get("title") or record.id
        graph.add_node(node_key(label, record.id), **{**values, "type": label, "label": name})
    for label, record in records_of(bundle):
        for link in kinds()[label].links:
            value = getattr(record, link.field)
            for end in value if isinstance(value, list) else [value]:
                carries: dict[str, Any] = {"type": link.type}
                if isinstance(end, Part):
                    carries["inferred"] = end.inferred
                    end = end.concept
                if end is not None:
                    graph.add_edge(node_key(label, record.id), node_key(link.to, end), **carries)
    text = io.BytesIO()
    nx.write_graphml_xml(graph, text, named_key_ids=True)
    return text.getvalue()


def records_of(bundle: ReviewBundle) -> list[tuple[str, Record]]:
    """Every record of a bundle with its kind."""
    found: list[tuple[str, Record]] = []
    for label, kind in kinds().items():
        if kind.model is Review:
            found.append((label, bundle.review))
        else:
            found += [(label, record) for record in getattr(bundle, BUNDLE_FIELDS[label])]
    return found


def fit_for_xml(text: str) -> str:
    """A text as XML can hold it: it has no place for some characters, not even escaped."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
