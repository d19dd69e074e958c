"""What of the support is left if only some of the evidence counts."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.answers import (
    SensitivityAnswer,
    SensitivityRow,
    SourceRef,
    SupportCounts,
    Verdict,
)
from graph.catalogue import named
from graph.model import EMPIRICAL, QUALITIES, Grade, SourceKind
from graph.questions.evidence import AT_LEAST
from graph.questions.mechanisms import support_state
from graph.questions.names import resolve, resolve_review, resolve_term
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
    """Mechanisms in the order of ids, with their support before and after a narrowing.

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
    source = None
    if wanted.without_source is not None:
        source = resolve(store, "source", wanted.without_source, review)
        # Other reviews cannot rest on it.
        review = review or source.partition(":")[0]
    parameters: dict[str, Any] = {
        **{
            quality: (grade := getattr(wanted, quality)) and AT_LEAST[grade]
            for quality in QUALITIES
        },
        "source": source,
        "source_kind": wanted.without_source_kind and wanted.without_source_kind.value,
        "levels": resolve_term(store, "level", wanted.without_level, review),
    }
    rows = store.read(
        named("mechanism_page"), review=review, stated=None, after=after, limit=limit + 1
    )
    ids = [row["id"] for row in rows[:limit]]
    behind: dict[str, list[dict[str, Any]]] = {}
    for row in store.read(named("support_by_source"), ids=ids, **parameters):
        behind.setdefault(row["id"], []).append(row)
    records = store.read(named("mechanism_records"), ids=ids) if ids else []
    items = [_row(row, behind.get(row["id"], [])) for row in records]
    narrowed = any(value is not None for value in parameters.values())
    return SensitivityAnswer(
        filter=_understood(wanted, review, parameters),
        items=items,
        next=ids[-1] if len(rows) > limit else None,
        notes=_notes(wanted, items, narrowed),
    )


def _row(record: dict[str, Any], behind: list[dict[str, Any]]) -> SensitivityRow:
    before = _counts(behind, "evidence")
    after = _counts(behind, "kept")
    sources = {row["source_id"]: row for row in behind}
    supported, left = _supporting(behind, "evidence"), _supporting(behind, "kept")
    if not before.supporting_sources:
        verdict = Verdict.NONE
    elif not after.supporting_sources:
        verdict = Verdict.LOSES
    else:
        verdict = Verdict.UNCHANGED if before == after else Verdict.KEEPS
    return SensitivityRow(
        id=record["id"],
        review=record["review"],
        name=record["name"],
        verdict=verdict,
        before=before,
        after=after,
        rests_on=SourceRef.of(sources[next(iter(left))]) if len(left) == 1 else None,
        lost=[SourceRef.of(sources[id_]) for id_ in sorted(supported - left)],
        not_appraised=sum(row["ungraded"] for row in behind),
    )


def _counts(behind: list[dict[str, Any]], column: str) -> SupportCounts:
    counted = [row for row in behind if row[column]]
    supporting = _supporting(counted, column)
    challenging = {row["source_id"] for row in counted if row["against"] and _is_empirical(row)}
    return SupportCounts(
        support=support_state(len(supporting), len(challenging), bool(counted)),
        evidence=sum(row[column] for row in counted),
        supporting_sources=len(supporting),
        challenging_sources=len(challenging),
    )


def _supporting(behind: list[dict[str, Any]], column: str) -> set[str]:
    return {
        row["source_id"]
        for row in behind
        if row[column] and not row["against"] and _is_empirical(row)
    }


def _is_empirical(row: dict[str, Any]) -> bool:
    return SourceKind(row["source_kind"]) in EMPIRICAL


def _understood(
    wanted: SensitivityFilter, review: str | None, parameters: dict[str, Any]
) -> dict[str, str]:
    told = {"review": review}
    told |= {quality: getattr(wanted, quality) for quality in QUALITIES}
    told["without_source"] = parameters["source"]
    told["without_level"] = "; ".join(parameters["levels"] or ()) or None
    told["without_source_kind"] = parameters["source_kind"]
    return {name: str(value) for name, value in told.items() if value is not None}


def _notes(wanted: SensitivityFilter, items: list[SensitivityRow], narrowed: bool) -> list[str]:
    if not narrowed:
        return ["Nothing is left out. A mechanism that rests on one source names it."]
    asked = [quality for quality in QUALITIES if getattr(wanted, quality) is not None]
    left_out = sum(item.not_appraised for item in items)
    if left_out:
        return [
            f"{left_out} pieces of evidence here have no grade of {' and '.join(asked)}; they do "
            "not count, which says nothing of their worth."
        ]
    return []
