"""A review as JSON-LD: SKOS for concepts and vocabularies, PROV for sources and who coded."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from exports.graphml import records_of
from graph.model import Appraisal, Evidence, Part, Record, ReviewBundle, SameAs
from graph.questions.sameness import other_kind
from graph.schema import kinds

BASE = "urn:theorygraph:"
"""What records are named under: nobody's web address, so none is claimed."""
_TYPES = {
    "Review": ["Review", "prov:Entity"],
    "Level": ["Level", "skos:Concept"],
    "Perspective": ["Perspective", "skos:Concept"],
    "Concept": ["Concept", "skos:Concept"],
    "Mechanism": ["Mechanism", "skos:Concept"],
    "Source": ["Source", "prov:Entity"],
    "Evidence": ["Evidence", "prov:Entity"],
    "Appraisal": ["Appraisal", "prov:Entity"],
}


@cache
def context() -> dict[str, Any]:
    """The published context: what each name means."""
    text = (resources.files(__package__) / "context.jsonld").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def jsonld(bundle: ReviewBundle) -> bytes:
    """Every record with every stated field; the context is in the file, so it needs no network."""
    records = list(records_of(bundle))
    held = {(label.casefold(), record.id) for label, record in records}
    graph = [_node(label, record, held) for label, record in records]
    people = {
        name
        for _, record in records
        for name in (
            getattr(record, "coder", None),
            getattr(record, "appraiser", None),
            getattr(record, "declared_by", None),
        )
        if name
    }
    graph += [
        {"@id": _person(bundle.review.id, name), "@type": "prov:Agent", "name": name}
        for name in sorted(people)
    ]
    document = {**context(), "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def iri(label: str, id_: str) -> str:
    """What a record is named: its kind is part of it, as ids are unique within a kind."""
    return f"{BASE}{label}:{id_}"


def _node(label: str, record: Record, held: set[tuple[str, str]]) -> dict[str, Any]:
    links = {link.field: link for link in kinds()[label].links}
    node: dict[str, Any] = {
        "@id": iri(label, record.id),
        "@type": _TYPES.get(label, [label]),
        "id": record.id,
    }
    if label != "Review":
        node["inReview"] = iri("Review", record.id.partition(":")[0])
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "id" or value is None or value == []:
            continue
        if name in links:
            values = value if isinstance(value, list) else [value]
            ends = [part.concept if isinstance(part, Part) else part for part in values]
            node[name] = [iri(links[name].to, end) for end in ends]
            inferred = [part.concept for part in values if isinstance(part, Part) and part.inferred]
            if inferred:
                node[f"inferred_{name}"] = [iri(links[name].to, end) for end in inferred]
        elif isinstance(value, list):
            node[name] = {"@list": [str(one) if not isinstance(one, int) else one for one in value]}
        else:
            node[name] = value if isinstance(value, bool | int) else str(value)
    if isinstance(record, SameAs):
        node["same_as"] = iri(kind_of_other(record, held).capitalize(), record.same_as)
    review = record.id.partition(":")[0]
    who = (
        record.coder
        if isinstance(record, Evidence)
        else record.appraiser
        if isinstance(record, Appraisal)
        else None
    )
    if who:
        node["attributedTo"] = _person(review, who)
    return node


def kind_of_other(said: SameAs, held: set[tuple[str, str]]) -> str:
    """As the graph reads it; a record of another review is taken to be of the same kind.

    Args:
        said: the declaration.
        held: the records of the review, by kind in small letters and id.
    """
    there: dict[str, bool | None] = {
        kind: (kind, said.same_as) in held or None for kind in ("concept", "mechanism", "source")
    }
    row = {"kind": said.kind, "one": said.one, "other": said.same_as, **there}
    return other_kind(row) or said.kind


def _person(review: str, name: str) -> str:
    return f"{BASE}agent:{review}:{quote(name, safe='')}"
