"""Questions in words: each is understood as one of the questions of this house, or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from graph.answers import (
    AskAnswer,
    Asked,
    ConfigurationView,
    Example,
    GapAnswer,
    GapMatrix,
    Named,
    Page,
    Reading,
)
from graph.model import FindingKind, Polarity, Role, SourceKind, Status, TheoryKind
from graph.questions import records
from graph.questions.agreement import agreement
from graph.questions.asking.offers import examples
from graph.questions.asking.reading import read_question
from graph.questions.asking.sentences import sentence
from graph.questions.chains import chains, weakest_link
from graph.questions.compare import compare, same_as
from graph.questions.contradictions import contradictions
from graph.questions.counts import counted
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.facts import boxes, facts
from graph.questions.findings import Concerned, finding, findings
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.lint import lint
from graph.questions.loads import loads
from graph.questions.looked import looked_for, never_looked_for
from graph.questions.mechanisms import mechanisms
from graph.questions.paging import every
from graph.questions.parts import configurations_of, parts
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.questions.strength import placed, ranked, strength
from graph.questions.unsupported import mechanism, unsupported
from graph.store import Store

_PLACES: tuple[Literal["level", "perspective"], ...] = ("level", "perspective")
Answering = Callable[[Store, AskAnswer, dict[str, str], dict[str, Any]], None]
"""Fills in an answer: the store, the answer, what was asked for, and the page."""

TARGETS: tuple[Concerned, ...] = ("mechanism", "concept", "configuration", "theory")


def ask(store: Store, question: str, *, after: str = "", limit: int = 50) -> AskAnswer:
    """Answer a question in words, and say how it was understood.

    ``evidence for X`` is all evidence about X, whatever its stance; ``evidence against X`` only
    what challenges it. The answer is the one of the question that it is understood as.

    Args:
        store: where to look.
        question: the question.
        after: where the page begins, for an answer that is a list.
        limit: records on the page.

    Raises:
        NotUnderstood: the grammar does not cover it; the error says why, as far as that is known.
        NotFound: it names a record that does not exist.
        Ambiguous: it names several records at once.
        UnknownValue: it names a level or perspective that no review knows.
    """
    reading = read_question(store, question)
    answer = AskAnswer(question=question, understood=sentence(reading), reading=reading)
    _ANSWERS[reading.asks](store, answer, reading.filters, {"after": after, "limit": limit})
    return answer


def _target(filters: dict[str, str]) -> tuple[Concerned, str] | None:
    return next(((kind, filters[kind]) for kind in TARGETS if kind in filters), None)


def _targeted(filters: dict[str, str]) -> tuple[Concerned, str]:
    """What a question is about that its form names in any case."""
    return next((kind, filters[kind]) for kind in TARGETS if kind in filters)


def _only(filters: dict[str, str], *names: str) -> dict[str, Any]:
    return {name: filters[name] for name in names if name in filters}


def _owned(filters: dict[str, str], name: str) -> dict[str, Any]:
    """The review that is asked, or that the record under ``name`` is of; and that record."""
    given = _only(filters, "review", name)
    if name in given:
        given["review"] = given[name].partition(":")[0]
    return given


def _evidence(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.evidence = evidence(store, EvidenceFilter.model_validate(filters), **page)
    source = filters.get("source")
    if source is not None and _target(filters) is None:
        answer.findings = findings(store, said_by=source, **page)


def _strength(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    target = _target(filters)
    if target is None:
        answer.strength = ranked(store, **_only(filters, "review"), **page)
    else:
        answer.strength = strength(store, *target)


def _mechanisms(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    given: dict[str, Any] = {"review": filters.get("review"), **page}
    place = next((by for by in _PLACES if by in filters), None)
    if place is not None and "support" in filters:
        support: Any = filters["support"]
        answer.strength = placed(store, place, filters[place], support, **_only(filters, "review"))
    elif "stated" in filters:
        stated = [Status(one) for one in filters["stated"].split(", ")]
        answer.mechanisms = mechanisms(store, stated=stated, **given)
    elif filters["support"] == "none":
        answer.mechanisms = unsupported(store, **given)
    else:
        answer.mechanisms = mechanisms(store, **_only(filters, "support"), **given)


def _searches(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.looked = looked_for(store, *_targeted(filters))


def _unsearched(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.looked = never_looked_for(store, **_only(filters, "review"), **page)


def _gaps(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    place = "perspective" if "perspective" in filters else "level"
    by = filters.get("by") or place
    column = filters.get("level") or filters.get("perspective")
    dimensions = [by] if column is None or by in filters else [by, place]
    found: dict[str, GapMatrix] = {}
    for one in column.split("; ") if column else [None]:  # reviews may name a column differently
        held = gaps(store, by=dimensions, column=one, **_reviewed(filters))
        found |= {matrix.review: matrix for matrix in held.reviews}
    answer.gaps = GapAnswer(reviews=[found[review] for review in sorted(found)])
    _keep_row(answer.gaps, filters.get("mechanism"))


def _reviewed(filters: dict[str, str]) -> dict[str, Any]:
    """The review that is asked, or that the mechanism is of."""
    given = _owned(filters, "mechanism")
    given.pop("mechanism", None)
    return given


def _keep_row(held: GapAnswer, mechanism: str | None) -> None:
    """Only the row of a mechanism, if one is asked about; the matrix is remembered, so a copy.

    Of the gaps and searches, those are left that its marks rest on, and gaps that are about it.
    """
    if mechanism is not None:
        held.reviews = [_of_row(matrix, mechanism) for matrix in held.reviews]


def _of_row(matrix: GapMatrix, mechanism: str) -> GapMatrix:
    kept = matrix.model_copy(update={"rows": [row for row in matrix.rows if row.key == mechanism]})
    marks = kept.counted()
    said = {id_ for mark in marks for id_ in mark.of_kind("finding")}
    looked = {id_ for mark in marks for id_ in mark.of_kind("stage")}
    of_it = [
        one
        for one in matrix.findings
        if one.id in said or ("mechanism", mechanism) in [(it.kind, it.id) for it in one.about]
    ]
    searches = [one for one in matrix.searches if one.stage in looked]
    return kept.model_copy(update={"findings": of_it, "searches": searches})


def _unknowns(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    kind, id_ = _targeted(filters)
    open_ = [FindingKind.GAP, FindingKind.FUTURE_RESEARCH]
    answer.findings = findings(store, kinds=open_, about=id_, about_kind=kind, **page)
    if kind == "mechanism":
        answer.gaps = gaps(store, review=id_.partition(":")[0])
        _keep_row(answer.gaps, id_)


def _findings(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    kinds = [FindingKind(one) for one in filters.get("kind", "").split(", ") if one]
    given: dict[str, Any] = _only(filters, "review", "audience", "level", "perspective")
    if target := _target(filters):
        given["about_kind"], given["about"] = target
    said_by = filters.get("source")
    answer.findings = findings(store, kinds=kinds, said_by=said_by, **given, **page)


def _history(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    held = mechanism(store, filters["mechanism"])
    if "stage" in filters:
        at = [entry for entry in held.history if entry.stage == filters["stage"]]
        held = held.model_copy(update={"history": at})
    answer.mechanisms = Page(items=[held])


def _chains(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.chains = chains(store, **_only(filters, "start", "end", "review"), **page)


def _weakest(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    given = _only(filters, "review")
    answer.weakest = weakest_link(store, **given, limit=page["limit"])


def _configurations(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    polarity = filters.get("polarity")
    given: dict[str, Any] = {
        **_only(filters, "review", "context", "mechanism", "theory", "level"),
        "concepts": [filters[name] for name in ("concept", "part", "with") if name in filters],
        "polarity": polarity and Polarity(polarity),
    }
    if "configuration" in filters:
        one = records.configuration(store, filters["configuration"])
        answer.configurations = Page[ConfigurationView](items=[one])
        return
    answer.configurations = records.configurations(store, **given, **page)
    if polarity is None and "context" in filters:
        held = [one.polarity for one in every(records.configurations, store, **given)]
        known = Counter(one.value if one else "not stated" for one in held)
        told = "; ".join(
            f"{known[name]} {name}" for name in (*Polarity, "not stated") if known[name]
        )
        if told:
            answer.notes.append(f"By polarity: {told}.")


def _parts(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    kind, id_ = _targeted(filters)
    polarity = Polarity(filters["polarity"]) if "polarity" in filters else None
    answer.parts = parts(store, id_, Role(filters["role"]), polarity=polarity, kind=kind)


def _contradictions(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.contradictions = contradictions(store, **_only(filters, "review", "about"), **page)


def _compare(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    reviews = filters["reviews"].split(",")
    answer.comparison = compare(store, reviews, about=filters.get("about"), **page)


def _same_as(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.same_as = same_as(store, **_only(filters, "review"), **page)


def _sensitivity(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    given = dict(filters)
    mechanism = given.pop("mechanism", None)
    wanted = SensitivityFilter.model_validate(given | _reviewed(filters))
    if mechanism is None:
        answer.sensitivity = sensitivity(store, wanted, **page)
        return
    answer.sensitivity = sensitivity(store, wanted, limit=1000)
    held = answer.sensitivity
    held.items, held.next = [one for one in held.items if one.id == mechanism], None


def _agreement(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.agreement = agreement(store, **_only(filters, "review"), **page)


def _lint(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.lint = lint(store, **_only(filters, "review"), **page)


def _flow(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.flow = flow(store, filters["review"])


def _boxes(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.facts = boxes(store, filters["counted"], **_owned(filters, "stage"))


def _facts(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.facts = facts(store, filters["item"], **_owned(filters, "stage"))


def _record(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    kind, id_ = next(
        (kind, filters[kind])
        for kind in (*TARGETS, "source", "finding", "review")
        if kind in filters
    )
    answer.record = _LOOK_UP[kind](store, id_)
    if kind == "mechanism":
        answer.configurations = Page(items=configurations_of(store, kind, id_))


def _list(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    field, question = LISTED[filters["kind"]]
    given: dict[str, Any] = _only(filters, "review", "polarity")
    given |= {name: int(filters[name]) for name in ("since", "until") if name in filters}
    if "included" in filters:
        given["included"] = filters["included"] == "yes"
    if target := _target(filters):
        given["explains"] = target[1]
    setattr(answer, field, question(store, **given, **page))


def _count(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    given: dict[str, Any] = {
        name: int(filters[name]) for name in ("since", "until") if name in filters
    }
    if "polarity" in filters:
        given["polarity"] = Polarity(filters["polarity"])
    if "included" in filters:
        given["included"] = filters["included"] == "yes"
    kind = filters["kind"]
    question = None if kind in ("everything", "pieces of evidence") else LISTED[kind][1]
    answer.counts = counted(store, kind, question, review=filters.get("review"), **given)


def _loads(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.loads = loads(store, **_only(filters, "review"), **page)


def _help(store: Store, answer: AskAnswer, filters: dict[str, str], page: Any) -> None:
    answer.examples = [
        Example(question=question, brings=brings) for question, brings in examples(store)
    ]


def _vocabulary(field: str, store: Store, *, review: str | None = None, **page: Any) -> Page[Named]:
    held = records.reviews(store, limit=1000).items
    items = [
        Named(id=one.id, name=one.name)
        for view in held
        if review in (None, view.id)
        for one in getattr(view, field)
        if one.id > page["after"]
    ]
    return Page[Named](
        items=items[: page["limit"]],
        next=items[page["limit"] - 1].id if len(items) > page["limit"] else None,
    )


LISTED: dict[str, tuple[str, Callable[..., Page[Any]]]] = {
    "mechanisms": ("mechanisms", mechanisms),
    "sources": ("sources", records.sources),
    "papers": ("sources", partial(records.sources, kind=SourceKind.PAPER)),
    "interviews": ("sources", partial(records.sources, kind=SourceKind.INTERVIEW)),
    "consultations": ("sources", partial(records.sources, kind=SourceKind.CONSULTATION)),
    "syntheses": ("sources", partial(records.sources, kind=SourceKind.SYNTHESIS)),
    "grey": ("sources", partial(records.sources, kind=SourceKind.GREY)),
    "configurations": ("configurations", records.configurations),
    "concepts": ("concepts", records.concepts),
    "contexts": ("concepts", partial(records.concepts, role=Role.CONTEXT)),
    "resources": ("concepts", partial(records.concepts, role=Role.RESOURCE)),
    "reasonings": ("concepts", partial(records.concepts, role=Role.REASONING)),
    "outcomes": ("concepts", partial(records.concepts, role=Role.OUTCOME)),
    "theories": ("theories", records.theories),
    "programme theories": ("theories", partial(records.theories, kind=TheoryKind.PROGRAMME)),
    "substantive theories": ("theories", partial(records.theories, kind=TheoryKind.SUBSTANTIVE)),
    "findings": ("findings", findings),
    "recommendations": ("findings", partial(findings, kinds=[FindingKind.RECOMMENDATION])),
    "implications": ("findings", partial(findings, kinds=[FindingKind.IMPLICATION])),
    "gaps": ("findings", partial(findings, kinds=[FindingKind.GAP])),
    "reviews": ("reviews", records.reviews),
    "levels": ("names", partial(_vocabulary, "levels")),
    "perspectives": ("names", partial(_vocabulary, "perspectives")),
    "stages": ("names", partial(_vocabulary, "stages")),
}
"""What can be listed and counted: the field of the answer, and the question that lists it."""

_LOOK_UP: dict[str, Callable[..., Any]] = {
    "mechanism": mechanism,
    "concept": records.concept,
    "configuration": records.configuration,
    "theory": records.theory,
    "source": records.source,
    "finding": finding,
    "review": records.review,
}

_ANSWERS: dict[Asked, Answering] = {
    Asked.EVIDENCE: _evidence,
    Asked.SAID: _evidence,
    Asked.STRENGTH: _strength,
    Asked.MECHANISMS: _mechanisms,
    Asked.HISTORY: _history,
    Asked.SEARCHES: _searches,
    Asked.UNSEARCHED: _unsearched,
    Asked.GAPS: _gaps,
    Asked.UNKNOWNS: _unknowns,
    Asked.FINDINGS: _findings,
    Asked.CHAINS: _chains,
    Asked.WEAKEST: _weakest,
    Asked.CONFIGURATIONS: _configurations,
    Asked.PARTS: _parts,
    Asked.CONTRADICTIONS: _contradictions,
    Asked.COMPARE: _compare,
    Asked.SAME_AS: _same_as,
    Asked.SENSITIVITY: _sensitivity,
    Asked.AGREEMENT: _agreement,
    Asked.LINT: _lint,
    Asked.FLOW: _flow,
    Asked.BOXES: _boxes,
    Asked.FACTS: _facts,
    Asked.RECORD: _record,
    Asked.LIST: _list,
    Asked.COUNT: _count,
    Asked.LOADS: _loads,
    Asked.HELP: _help,
}


__all__ = ["LISTED", "Reading", "ask"]
