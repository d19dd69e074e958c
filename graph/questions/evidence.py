"""Evidence: for a mechanism, about any target, from a source, by any filter."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.answers import (
    EvidenceAnswer,
    EvidenceTotals,
    EvidenceView,
    FindingView,
    SourceRef,
    Target,
)
from graph.answers.weight import SUPPORTING
from graph.catalogue import named
from graph.errors import Ambiguous, NotFound
from graph.model import EMPIRICAL, FindingKind, Grade, SourceKind, Stance
from graph.questions.findings import Concerned, findings_concerning
from graph.questions.mechanisms import mechanism_view
from graph.questions.names import resolve, resolve_review, resolve_term, suggestions
from graph.questions.records import review_ids, source_views
from graph.questions.revision import remembered
from graph.questions.weights import weight_of
from graph.store import Rows, Store

NOT_STATED = "not stated"
_CONCERNED: tuple[Concerned, ...] = ("mechanism", "configuration", "concept", "theory")


class FromKind(StrEnum):
    """A kind of source, or a sort of kinds: primary, all empirical, or stakeholders' word."""

    PAPER = "paper"
    GREY = "grey"
    SYNTHESIS = "synthesis"
    INTERVIEW = "interview"
    CONSULTATION = "consultation"
    PRIMARY = "primary"
    EMPIRICAL = "empirical"
    STAKEHOLDERS = "stakeholders"


class Graded(StrEnum):
    """Grades of at least one, or one alone, or none."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    LOW_ONLY = "low only"
    MODERATE_ONLY = "moderate only"
    NOT_STATED = "not stated"


AT_LEAST = {
    Grade.LOW: ["low", "moderate", "high"],
    Grade.MODERATE: ["moderate", "high"],
    Grade.HIGH: ["high"],
}
"""The grades that are at least one."""
_GRADES: dict[str, list[str]] = {
    **{grade.value: grades for grade, grades in AT_LEAST.items()},
    "low only": ["low"],
    "moderate only": ["moderate"],
    NOT_STATED: [""],
}
_SORTS: dict[str, list[str]] = {
    "primary": [SourceKind.PAPER, SourceKind.GREY],
    "empirical": sorted(EMPIRICAL),
    "stakeholders": sorted(set(SourceKind) - EMPIRICAL),
}


class EvidenceNarrowing(BaseModel):
    """What narrows evidence about something. Records are named by id, name, slug or alias."""

    model_config = ConfigDict(extra="forbid")

    review: str | None = Field(default=None, description="Only this review.")
    configuration: str | None = Field(default=None, description="About this configuration.")
    concept: str | None = Field(default=None, description="About this concept.")
    theory: str | None = Field(default=None, description="About this theory.")
    context: str | None = Field(
        default=None,
        description="Observed in this context, or about a configuration that holds in it.",
    )
    source: str | None = Field(default=None, description="From this source.")
    level: str | None = Field(
        default=None, description="At this level; `not stated` for evidence that names none."
    )
    stance: Stance | None = Field(default=None, description="supports, challenges or refines.")
    perspective: str | None = Field(
        default=None, description="From this perspective, or `not stated`."
    )
    setting: str | None = Field(
        default=None, description="From this setting, in the evidence's own words; or `not stated`."
    )
    source_kind: FromKind | None = Field(
        default=None,
        description="From this kind of source; `primary`: paper or grey; `empirical`: these and "
        "synthesis; "
        "`stakeholders`: interview or consultation.",
    )
    since: int | None = Field(default=None, description="From sources of this year or later.")
    until: int | None = Field(default=None, description="From sources of this year or earlier.")
    not_level: str | None = Field(
        default=None,
        description="Without what states this level, among others or alone; `not stated`: without "
        "what states none.",
    )
    not_perspective: str | None = Field(
        default=None, description="Not from this perspective, or not without one: `not stated`."
    )
    not_setting: str | None = Field(
        default=None, description="Not from this setting, or not without one: `not stated`."
    )
    not_source: str | None = Field(
        default=None, description="Not from the work that this source is a record of."
    )
    not_source_kind: FromKind | None = Field(
        default=None, description="Not from this kind of source, or sort of kinds."
    )
    relevance: Graded | None = Field(
        default=None,
        description="Relevance at least this; `low only` and `moderate only` no more than that; "
        "`not stated`: nobody graded it, or not all alike.",
    )
    rigour: Graded | None = Field(default=None, description="Rigour, likewise.")
    richness: Graded | None = Field(default=None, description="Richness, likewise.")


class EvidenceFilter(EvidenceNarrowing):
    """What evidence is asked for."""

    mechanism: str | None = Field(default=None, description="About this mechanism.")


def evidence(
    store: Store, wanted: EvidenceFilter, *, after: str = "", limit: int = 50
) -> EvidenceAnswer:
    """Evidence that fits all of a filter, in the order of ids.

    Evidence about a configuration counts for the mechanisms that the configuration belongs to.

    Args:
        store: where to look.
        wanted: the filter.
        after: the id after which the page begins.
        limit: records on the page.

    Raises:
        NotFound: a record that the filter names does not exist.
        Ambiguous: a name stands for several records.
        UnknownValue: no review knows the level or perspective.
    """
    review = resolve_review(store, wanted.review)
    ids: dict[str, str | None] = {
        kind: None if name is None else resolve(store, kind, name, review)
        for kind, name in (
            ("mechanism", wanted.mechanism),
            ("configuration", wanted.configuration),
            ("concept", wanted.concept),
            ("theory", wanted.theory),
            ("source", wanted.source),
        )
    }
    context = wanted.context and resolve(store, "concept", wanted.context, review)
    ids["context"] = context or None
    targets = [kind for kind in ("configuration", "concept", "theory") if ids[kind]]
    about = ids[targets[0]] if targets else None
    narrowed = review or _review_of(ids)
    unplaced, not_unplaced = _unstated(wanted.level), _unstated(wanted.not_level)
    without = wanted.not_source and resolve(store, "source", wanted.not_source, review)
    parameters: dict[str, Any] = {
        "review": review,
        "mechanism": ids["mechanism"],
        "about": about,
        "about_kind": targets[0] if targets else None,
        "source": ids["source"],
        "context": ids["context"],
        "levels": [] if unplaced else resolve_term(store, "level", wanted.level, narrowed),
        "unplaced": unplaced,
        "stance": wanted.stance and wanted.stance.value,
        "perspectives": _perspectives(store, wanted.perspective, narrowed),
        "setting": _words(wanted.setting),
        "relevance": wanted.relevance and _GRADES[wanted.relevance],
        "rigour": wanted.rigour and _GRADES[wanted.rigour],
        "richness": wanted.richness and _GRADES[wanted.richness],
        "source_kinds": _kinds(wanted),
        "not_levels": []
        if not_unplaced
        else resolve_term(store, "level", wanted.not_level, narrowed),
        "not_unplaced": not_unplaced,
        "not_perspectives": _perspectives(store, wanted.not_perspective, narrowed),
        "not_setting": _words(wanted.not_setting),
        "not_work": source_views(store, [without])[0].work if without else None,
        "since": wanted.since,
        "until": wanted.until,
    }
    anchor = _anchor(parameters)
    if len(targets) > 1:  # evidence has one target, so nothing is about two
        parameters["about"] = ""
    page = store.read(named(f"evidence_page_{anchor}"), **parameters, after=after, limit=limit + 1)
    found = [row["id"] for row in page[:limit]]
    items = evidence_views(store, found)
    answer = EvidenceAnswer(
        filter=_understood(wanted, {**ids, "not_source": without}, review, parameters),
        totals=_summed(store, narrowed, anchor, parameters),
        items=items,
        next=found[-1] if len(page) > limit else None,
    )
    if ids["mechanism"] is not None:
        id_ = ids["mechanism"]
        answer.mechanism = remembered(
            store, id_.partition(":")[0], ("mechanism", id_), partial(mechanism_view, store, id_)
        )
    answer.findings = findings_concerning(
        store,
        [(kind, held) for kind in _CONCERNED if (held := ids[kind]) is not None],
        levels=parameters["levels"],
        perspectives=parameters["perspectives"],
        review=narrowed,
    )
    answer.notes = [*_notes(answer), *_unsaid(store, wanted, anchor, parameters)]
    return answer


def evidence_by_id(store: Store, id_: str) -> EvidenceView:
    """One piece of evidence by its id, with or without its review.

    Raises:
        NotFound: there is none with that id; the error names the nearest.
        Ambiguous: several reviews have one with that id.
    """
    ids = [id_]
    if ":" not in id_:
        ids = [f"{review}:{id_}" for review in review_ids(store)]
    found = evidence_views(store, ids)
    if len(found) > 1:
        raise Ambiguous("evidence", id_, [view.id for view in found])
    if not found:
        raise NotFound("evidence", id_, suggestions(store, "evidence", id_))
    return found[0]


def evidence_views(store: Store, ids: list[str]) -> list[EvidenceView]:
    """Evidence in full for ids, in the order of ids."""
    if not ids:
        return []
    return [_view(row) for row in store.read(named("evidence_records"), ids=ids)]


def _view(row: dict[str, Any]) -> EvidenceView:
    return EvidenceView(
        id=row["id"],
        review=row["review"],
        about=Target(
            id=row["about_id"], kind=row["about_kind"], name=row["about_name"], role=row["role"]
        ),
        stance=row["stance"],
        extent=row["extent"],
        levels=row["levels"],
        perspective=row["perspective"],
        setting=row["setting"],
        quote=row["quote"],
        statement=row["statement"],
        locator=row["locator"],
        relevance=row["relevance"],
        rigour=row["rigour"],
        richness=row["richness"],
        coder=row["coder"],
        note=row["note"],
        source=SourceRef.of(row),
    )


def _anchor(parameters: dict[str, Any]) -> str:
    if parameters["mechanism"]:
        return "of_mechanism"
    if parameters["about"]:
        return "about"
    if parameters["source"]:
        return "from_source"
    return "of_review" if parameters["review"] else "anywhere"


def _review_of(ids: dict[str, str | None]) -> str | None:
    owners = {id_.partition(":")[0] for id_ in ids.values() if id_}
    return owners.pop() if len(owners) == 1 else None


def _perspectives(store: Store, word: str | None, review: str | None) -> list[str] | None:
    if word is None:
        return None
    if word.casefold() == NOT_STATED:
        return [""]
    if not store.read(named("names_perspective"), review=review, limit=1):
        return [word]
    return resolve_term(store, "perspective", word, review)


def _unstated(word: str | None) -> bool:
    return word is not None and word.casefold() == NOT_STATED


def _words(setting: str | None) -> str | None:
    return "" if _unstated(setting) else setting


def _kinds(wanted: EvidenceFilter) -> list[str] | None:
    """The kinds of source that are asked for, without those that are to be left out."""
    if wanted.source_kind is None and wanted.not_source_kind is None:
        return None
    kinds = _SORTS.get(wanted.source_kind or "", [wanted.source_kind or ""])
    without = _SORTS.get(wanted.not_source_kind or "", [wanted.not_source_kind or ""])
    return [
        kind.value
        for kind in SourceKind
        if (wanted.source_kind is None or kind in kinds) and kind not in without
    ]


def _unsaid(
    store: Store, wanted: EvidenceFilter, anchor: str, parameters: dict[str, Any]
) -> list[str]:
    """How much of what is left does not say whether it belongs to what is left out."""
    notes = []
    if wanted.not_setting is not None and not _unstated(wanted.not_setting):
        there = {**parameters, "not_setting": None, "setting": parameters["not_setting"]}
        if not store.read(named(f"evidence_weight_{anchor}"), **there):
            notes.append(f"No evidence states the setting {wanted.not_setting}: none is left out.")
    unsaid: tuple[tuple[str, str | None, str | None, dict[str, Any]], ...] = (
        ("level", wanted.level, wanted.not_level, {"levels": [], "unplaced": True}),
        ("perspective", wanted.perspective, wanted.not_perspective, {"perspectives": [""]}),
        ("setting", wanted.setting, wanted.not_setting, {"setting": ""}),
    )
    for name, within, left_out, none in unsaid:
        if left_out is None or _unstated(left_out) or within is not None:
            continue
        rows = store.read(named(f"evidence_weight_{anchor}"), **{**parameters, **none})
        if pieces := sum(row["pieces"] for row in rows):
            notes.append(
                f"{pieces} {'piece' if pieces == 1 else 'pieces'} of this evidence "
                f"{'states' if pieces == 1 else 'state'} no {name}, and may be about {left_out} "
                "all the same."
            )
    return notes


def _understood(
    wanted: EvidenceFilter,
    ids: dict[str, str | None],
    review: str | None,
    parameters: dict[str, Any],
) -> dict[str, str]:
    said = {name: str(value) for name, value in wanted.model_dump(exclude_none=True).items()}
    said |= {kind: id_ for kind, id_ in ids.items() if id_}
    if review is not None:
        said["review"] = review
    for sign in ("", "not_"):
        if f"{sign}level" in said and not parameters[f"{sign}unplaced"]:
            said[f"{sign}level"] = ", ".join(parameters[f"{sign}levels"])
        if f"{sign}perspective" in said:
            said[f"{sign}perspective"] = ", ".join(parameters[f"{sign}perspectives"]) or NOT_STATED
    return said


def _summed(
    store: Store, review: str | None, anchor: str, parameters: dict[str, Any]
) -> EvidenceTotals:
    """The totals, from memory for as long as no load touches the one review they are about."""
    if review is None:
        return _totals(store, anchor, parameters)
    key = ("totals", anchor, repr(sorted(parameters.items())))
    return remembered(store, review, key, partial(_totals, store, anchor, parameters))


def _totals(store: Store, anchor: str, parameters: dict[str, Any]) -> EvidenceTotals:
    def asked(part: str) -> Rows:
        return store.read(named(f"evidence_{part}_{anchor}"), **parameters)

    weight = weight_of(
        counted=asked("weight"),
        through=asked("through") if anchor == "of_mechanism" else [],
        sources=asked("named"),
    )
    apart = sum(sum(one.pieces.values()) for one in weight.apart)
    return EvidenceTotals(evidence=weight.pieces + apart, weight=weight)


def _stated(gap: FindingView) -> str:
    searched = f", having searched ({gap.searched})" if gap.searched else ""
    return f"The review {gap.review} states it{searched}: {gap.name} [{gap.id}]."


def _notes(answer: EvidenceAnswer) -> list[str]:
    notes = []
    mechanism = answer.mechanism
    if not answer.totals.evidence:
        notes.append("The graph holds no evidence that fits.")
        notes += [_stated(one) for one in answer.findings if one.kind is FindingKind.GAP]
    for source in {item.source.id: item.source for item in answer.items}.values():
        if source.collectively:
            notes.append(f"Reported by {source.collectively}: {source.cited} [{source.id}]")
    if mechanism is not None:
        if mechanism.support not in SUPPORTING:
            notes.append(
                f"No empirical work that counts supports {mechanism.name} [{mechanism.id}]."
            )
        if mechanism.disagreement:
            notes.append(mechanism.disagreement)
    return notes
