"""Questions about the loaded reviews that are answered: for help, pages and refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from graph.questions.asking.grammar import words
from graph.questions.asking.phrases import OFFERED, SLOTS
from graph.questions.asking.wording import Lexicon, lexicon
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.mechanisms import mechanisms
from graph.questions.records import configurations, review_ids
from graph.questions.revision import remembered
from graph.store import Store

Sample = dict[str, str]
"""Names to put into the slots of a question."""


def examples(store: Store, reviews: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """Every question that can be put, about one of the loaded reviews, with what it brings.

    Args:
        store: the reviews in it give the names.
        reviews: ids of the reviews that may give names; all if not given.
    """
    held = list(reviews) if reviews is not None else review_ids(store)
    samples = [sample(store, review) for review in held]
    whole: Sample = {}
    for one in samples:  # the first review that has a name for a slot gives it
        whole = {**one, **whole}
    if len(held) > 1:
        whole["first"], whole["second"] = held[:2]
    return [
        (filled, brings)
        for pattern, brings in OFFERED
        if (filled := _fullest(pattern, samples, whole)) is not None
    ]


def _fullest(pattern: str, samples: list[Sample], whole: Sample) -> str | None:
    """The pattern with names of one review, since names of two seldom go together."""
    for one in (*samples, whole):
        filled = fill(pattern, one)
        if filled is not None:
            return filled
    return None


def fill(pattern: str, names: Mapping[str, str]) -> str | None:
    """A pattern with names in its slots; none if a name is missing."""
    if any(slot not in names for slot in re.findall(r"\{(\w+)\}", pattern)):
        return None
    return re.sub(r"\{(\w+)\}", lambda slot: names[slot[1]], pattern)


def sample(store: Store, review: str) -> Sample:
    """A name of a review for each slot that it has one for."""
    return remembered(store, review, "sample", partial(_sample, store, review))


def _sample(store: Store, review: str) -> Sample:
    known = lexicon(store)
    held: dict[str, dict[str, str]] = {}
    for found in known.exact.values():
        for kind, ids in found.items():
            for id_, name in ids.items():
                if id_ == review or id_.startswith(f"{review}:"):
                    held.setdefault(kind, {})[id_] = name
    first = {kind: _shortest(known, kind, min(ids), ids[min(ids)]) for kind, ids in held.items()}
    first["review"] = review
    spoken = evidence(store, EvidenceFilter(review=review), limit=1).items
    if spoken:
        id_ = spoken[0].source.id
        first["source"] = _shortest(known, "source", id_, id_.partition(":")[2])
    weighed = mechanisms(store, review=review).items
    if weighed:  # the one with most evidence, since a question about it brings most
        best = max(weighed, key=lambda one: one.weight.pieces)
        first["mechanism"] = _shortest(known, "mechanism", best.id, best.name)
    one: Sample = {
        slot: next(first[kind] for kind in kinds if kind in first)
        for slot, kinds in SLOTS.items()
        if slot not in ("first", "second", "third") and any(kind in first for kind in kinds)
    }
    shown = configurations(store, review=review, limit=1).items
    for slot, parts in (
        [("context", shown[0].contexts), ("start", shown[0].contexts), ("end", shown[0].outcomes)]
        if shown
        else []
    ):
        if parts:
            one[slot] = _shortest(known, "concept", parts[0].id, parts[0].name)
    if not shown:
        for slot in ("context", "start", "end"):
            one.pop(slot, None)
    return one


def _shortest(known: Lexicon, kind: str, id_: str, name: str) -> str:
    """A name by which a record is found and by which no other of its kind is."""
    if kind in ("level", "perspective", "setting", "audience"):
        return name.lower()  # its review is told by what stands beside it
    local = id_.partition(":")[2] or id_
    for called in (name, local, id_):
        span = words(called)
        if len(span) <= 8 and set(known.exact.get(span, {}).get(kind, {})) == {id_}:
            return called
    return id_
