"""Labels, properties and relationships, read off the models; nothing is declared twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from graph.model import KINDS, Link, Part, Record


@dataclass(frozen=True, slots=True)
class LinkField:
    """A field of a model that is stored as a relationship.

    ``many`` is true for lists; ``parts`` for links that carry ``position`` and ``inferred``.
    """

    field: str
    type: str
    to: str
    many: bool
    parts: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """How one model is stored: its label, its plain properties and its relationships."""

    model: type[Record]
    label: str
    properties: tuple[str, ...]
    links: tuple[LinkField, ...]
    link_fields: set[str]

    @property
    def stored(self) -> tuple[str, ...]:
        """Every property of the node: what the model states, and what is derived for questions."""
        derived = (*DERIVED.get(self.label, ()), "review", "fingerprint")
        return (*self.properties, *(name for name in derived if name not in self.properties))


def _link_of(name: str, info: FieldInfo) -> LinkField | None:
    link = next((mark for mark in info.metadata if isinstance(mark, Link)), None)
    if link is None:
        return None
    annotation: Any = info.annotation
    many = getattr(annotation, "__origin__", None) is list
    return LinkField(name, link.type, link.to, many, many and get_args(annotation)[0] is Part)


FORMAT = 6
"""The form in which a review is kept, as a number that its node carries; version 0.1.0 wrote none.

Raise it with every change of what is derived, linked or kept, so that ``graph.upgrade`` writes
reviews of earlier forms anew. Where that is not enough, add a step there.
"""

DERIVED: dict[str, tuple[str, ...]] = {
    "Review": ("keys",),
    "Level": ("keys",),
    "Perspective": ("keys",),
    "Source": ("citation", "name", "keys", "work", "counts", "doi_key", "pmid_key"),
    "Mechanism": ("stated", "keys", "position"),
    "Concept": ("keys", "position"),
    "Configuration": ("name", "keys", "position"),
    "Theory": ("keys", "position"),
    "Evidence": ("about", "about_kind", "agreed_relevance", "agreed_rigour", "agreed_richness"),
    "Finding": ("keys", "position"),
    "SameAs": ("one", "kind"),
}
"""Properties kept beside the stated ones so that questions need no second look, by label."""

ORDERED = ("Mechanism", "Concept", "Configuration", "Theory", "Finding")
"""Labels whose records keep the order of their file, as `position`, from 0."""


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of record by label, targets before the records that point to them."""
    found = {}
    for model in KINDS:
        links = []
        properties = []
        for name, info in model.model_fields.items():
            link = _link_of(name, info)
            if link is None:
                properties.append(name)
            else:
                links.append(link)
        found[model.label] = Kind(
            model, model.label, tuple(properties), tuple(links), {link.field for link in links}
        )
    return found


BUNDLE_FIELDS: dict[str, str] = {
    "Level": "levels",
    "Perspective": "perspectives",
    "Stage": "stages",
    "Step": "steps",
    "Tally": "tallies",
    "Reporting": "reporting",
    "Source": "sources",
    "Mechanism": "mechanisms",
    "HistoryEntry": "history",
    "Concept": "concepts",
    "Configuration": "configurations",
    "Theory": "theories",
    "Evidence": "evidence",
    "Appraisal": "appraisals",
    "Finding": "findings",
    "SameAs": "same_as",
    "Reference": "references",
    "Merge": "merges",
    "Code": "codes",
    "Passage": "passages",
    "Silence": "silences",
}
"""Which list of a :class:`graph.model.ReviewBundle` holds which label."""


def snake(label: str) -> str:
    """`HistoryEntry` as `history_entry`, the way statements are named."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", label).lower()
