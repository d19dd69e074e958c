"""What of the support is left if only some of the evidence counts."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.answers import (
    SensitivityAnswer,
    SensitivityRow,
    SourceRef,
    Verdict,
    Weight,
)
from graph.catalogue import named
from graph.model import QUALITIES, Grade, SourceKind
from graph.questions.evidence import AT_LEAST
from graph.questions.names import resolve, resolve_review, resolve_term
from graph.questions.records import source_views
from graph.questions.weights import weights, weights_left
from graph.store import Store


class SensitivityFilter(BaseModel):
    """What is to count, and what is to be left out."""

    model_config = ConfigDict(extra="forbid")

    review: str | None = Field(default=None, description="Only this review.")
    relevance: Grade | None = Field(default=None, description="Only relevance of at least this.")
    rigour: Grade | None = Field(default=None, description="Only rigour of at least this.")
    richness: Grade | None = Field(default=None, description="Only richness of at least this.")
    without_source: str | None = Field(default=None, description="Without this source.")
    without_level: str | None = Field(
        default=None, description="Without evidence that speaks to this level only."
    )
    without_source_kind: SourceKind | None = Field(
        default=None, description="Without this kind of source."
    )


def sensitivity(
    store: Store, wanted: SensitivityFilter, *, after: str = "", limit: int = 50
) -> SensitivityAnswer:
    """Mechanisms in the order of files, with their support before and after a narrowing.

    A grade is the one that the review states, or else the one that all its appraisers gave.
    Evidence without a grade does not count where one is asked for.

    Args:
        store: where to look.
        wanted: what counts; without any narrowing, `rests_on` still names single sources.
        after: the id after which the page begins.
        limit: mechanisms on the page.

    Raises:
        NotFound: there is no such review or source.
        Ambiguous: several sources answer to the name.
        UnknownValue: no review knows the level.
    """
    review = resolve_review(store, wanted.review)
    source = work = None
    if wanted.without_source is not None:
        source = resolve(store, "source", wanted.without_source, review)
        # The whole work falls; a review without a record of it cannot rest on it.
        work = source_views(store, [source])[0].work
        others = {row["review"] for row in store.read(named("sources_of_works"), ids=[source])}
        owner = source.partition(":")[0]
        review = review or (owner if others <= {owner} else None)
    parameters: dict[str, Any] = {
        **{
            quality: (grade := getattr(wanted, quality)) and AT_LEAST[grade]
            for quality in QUALITIES
        },
        "source": work,
        "source_kind": wanted.without_source_kind and wanted.without_source_kind.value,
        "levels": resolve_term(store, "level", wanted.without_level, review),
    }
    rows = store.read(
        named("mechanism_page"), review=review, stated=None, after=after, limit=limit + 1
    )
    ids = [row["id"] for row in rows[:limit]]
    weighed = weights(store, "mechanism", ids)
    weighed_left = weights_left(store, ids, parameters)
    stood = _backing(store, ids, dict.fromkeys(parameters))
    left = _backing(store, ids, parameters)
    grades = {quality: parameters[quality] for quality in QUALITIES}
    ungraded = {
        row["id"]: row["ungraded"]
        for row in (store.read(named("ungraded_of_mechanisms"), ids=ids, **grades) if ids else [])
    }
    items = [
        _row(row, weighed[id_], weighed_left[id_], stood[id_], left[id_], ungraded.get(id_, 0))
        for row in (store.read(named("mechanism_records"), ids=ids) if ids else [])
        for id_ in [row["id"]]
    ]
    narrowed = any(value is not None for value in parameters.values())
    return SensitivityAnswer(
        filter=_understood(wanted, review, source, parameters),
        items=items,
        next=ids[-1] if len(rows) > limit else None,
        notes=_notes(wanted, items, narrowed),
    )


def _backing(
    store: Store, ids: list[str], narrowing: dict[str, Any]
) -> dict[str, dict[str, SourceRef]]:
    """The empirical works that stand for mechanisms, each by one of its sources."""
    found: dict[str, dict[str, SourceRef]] = {id_: {} for id_ in ids}
    for row in store.read(named("backing_of_mechanisms"), ids=ids, **narrowing) if ids else []:
        found[row["id"]].setdefault(row["work"], SourceRef.of(row))
    return found


def _row(
    record: dict[str, Any],
    before: Weight,
    after: Weight,
    stood: dict[str, SourceRef],
    left: dict[str, SourceRef],
    ungraded: int,
) -> SensitivityRow:
    if not before.backing:
        verdict = Verdict.NONE
    elif not after.backing:
        verdict = Verdict.LOSES
    else:
        verdict = Verdict.UNCHANGED if before.amounts == after.amounts else Verdict.KEEPS
    return SensitivityRow(
        id=record["id"],
        review=record["review"],
        name=record["name"],
        verdict=verdict,
        before=before,
        after=after,
        rests_on=next(iter(left.values())) if len(left) == 1 else None,
        lost=[stood[work] for work in sorted(stood.keys() - left.keys())],
        not_appraised=ungraded,
    )


def _understood(
    wanted: SensitivityFilter, review: str | None, source: str | None, parameters: dict[str, Any]
) -> dict[str, str]:
    told = {"review": review}
    told |= {quality: getattr(wanted, quality) for quality in QUALITIES}
    told["without_source"] = source
    told["without_level"] = "; ".join(parameters["levels"] or ()) or None
    told["without_source_kind"] = parameters["source_kind"]
    return {name: str(value) for name, value in told.items() if value is not None}


def _notes(wanted: SensitivityFilter, items: list[SensitivityRow], narrowed: bool) -> list[str]:
    if not narrowed:
        return ["Nothing is left out. A mechanism that rests on one work names it."]
    asked = [quality for quality in QUALITIES if getattr(wanted, quality) is not None]
    left_out = sum(item.not_appraised for item in items)
    if left_out:
        return [
            f"{left_out} pieces of evidence here have no grade of {' and '.join(asked)}; they do "
            "not count, which says nothing of their worth."
        ]
    return []
