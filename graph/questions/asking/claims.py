"""What is recorded about something, in words: what a claim about it can be checked against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.findings import Concerned, findings
from graph.questions.records import concept, theory
from graph.questions.unsupported import mechanism
from graph.store import Store

_LOOK_UP: dict[str, Callable[..., Any]] = {
    "mechanism": mechanism,
    "concept": concept,
    "theory": theory,
}
_AT_MOST = 1000


def claimed(store: Store, kind: Concerned, id_: str) -> Iterator[str]:
    """The texts of a record, and of the evidence and the findings about it.

    Args:
        store: where to look.
        kind: mechanism, concept, configuration or theory.
        id_: its full id.
    """
    if kind in _LOOK_UP:
        held = _LOOK_UP[kind](store, id_)
        yield from (held.name, held.description or "")
    about = EvidenceFilter.model_validate({kind: id_})
    for piece in evidence(store, about, limit=_AT_MOST).items:
        yield from (piece.quote or "", piece.statement or "")
    for finding in findings(store, about=id_, about_kind=kind, limit=_AT_MOST).items:
        yield from (finding.name, finding.statement)
