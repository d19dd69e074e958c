"""Questions in words: each is understood as one of the questions of this house, or refused."""

from __future__ import annotations

from collections.abc import Callable

from graph.answers import AskAnswer, Asked, Reading
from graph.questions.chains import chains
from graph.questions.compare import compare
from graph.questions.contradictions import contradictions
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.mechanisms import SupportFilter, mechanisms
from graph.questions.reading import read_question
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.questions.unsupported import unsupported
from graph.store import Store

_SUPPORT = {
    "none": "mechanisms without empirical support",
    "weak": "mechanisms with weak support: one empirical source each",
    "mixed": "mechanisms with mixed support: empirical sources for and against",
}
_TARGETS = ("mechanism", "concept", "configuration", "theory")


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
        NotUnderstood: the grammar does not cover it; the error names the nearest questions.
        NotFound: it names a record that does not exist.
        Ambiguous: it names several records at once.
        UnknownValue: it names a level or perspective that no review knows.
    """
    reading = read_question(store, question)
    answer = AskAnswer(question=question, understood=_sentence(reading), reading=reading)
    _ANSWERS[reading.asks](store, answer, after, limit)
    return answer


def _evidence(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    wanted = EvidenceFilter.model_validate(answer.reading.filters)
    answer.evidence = evidence(store, wanted, after=after, limit=limit)


def _mechanisms(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    filters = answer.reading.filters
    review = filters.get("review")
    if filters["support"] == "none":
        answer.mechanisms = unsupported(store, review=review, after=after, limit=limit)
    else:
        support: SupportFilter = "weak" if filters["support"] == "weak" else "mixed"
        answer.mechanisms = mechanisms(
            store, review=review, support=support, after=after, limit=limit
        )


def _gaps(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    filters = answer.reading.filters
    by = filters.get("by") or ("perspective" if "perspective" in filters else "level")
    column = filters.get("level") or filters.get("perspective")
    dimensions = [by] if column is None or by in filters else [by, _place(filters)]
    answer.gaps = gaps(store, review=filters.get("review"), by=dimensions, column=column)


def _place(filters: dict[str, str]) -> str:
    return "level" if "level" in filters else "perspective"


def _chains(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    filters = answer.reading.filters
    answer.chains = chains(
        store,
        start=filters.get("start"),
        end=filters.get("end"),
        review=filters.get("review"),
        after=after,
        limit=limit,
    )


def _contradictions(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    filters = answer.reading.filters
    answer.contradictions = contradictions(
        store,
        review=filters.get("review"),
        about=filters.get("about"),
        after=after,
        limit=limit,
    )


def _compare(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    filters = answer.reading.filters
    reviews = filters["reviews"].split(",")
    answer.comparison = compare(
        store, reviews, about=filters.get("about"), after=after, limit=limit
    )


def _sensitivity(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    wanted = SensitivityFilter.model_validate(answer.reading.filters)
    answer.sensitivity = sensitivity(store, wanted, after=after, limit=limit)


def _flow(store: Store, answer: AskAnswer, after: str, limit: int) -> None:
    answer.flow = flow(store, answer.reading.filters["review"])


_ANSWERS: dict[Asked, Callable[[Store, AskAnswer, str, int], None]] = {
    Asked.EVIDENCE: _evidence,
    Asked.SUPPORT: _mechanisms,
    Asked.GAPS: _gaps,
    Asked.CHAINS: _chains,
    Asked.CONTRADICTIONS: _contradictions,
    Asked.COMPARE: _compare,
    Asked.SENSITIVITY: _sensitivity,
    Asked.FLOW: _flow,
}


def _sentence(reading: Reading) -> str:
    """The reading in words, each filter by its id or word."""
    filters = reading.filters
    told = [_head(reading)]
    if "stance" in filters:
        told.append(f"that {filters['stance']} it")
    if reading.asks is Asked.EVIDENCE:
        if "level" in filters:
            told.append(f"at level {filters['level']}")
        if "context" in filters:
            told.append(f"in context {filters['context']}")
        if "perspective" in filters:
            told.append(f"from perspective {filters['perspective']}")
    for quality in ("relevance", "rigour", "richness"):
        if quality in filters:
            told.append(f"with {quality} of at least {filters[quality]}")
    named = any(kind in filters for kind in _TARGETS)
    if "review" in filters and not named and reading.asks is not Asked.FLOW:
        told.append(f"in review {filters['review']}")
    return " ".join(told)


def _head(reading: Reading) -> str:
    filters = reading.filters
    if reading.asks is Asked.EVIDENCE:
        kind = next(kind for kind in _TARGETS if kind in filters)
        return f"evidence about the {kind} {filters[kind]}"
    if reading.asks is Asked.SUPPORT:
        return _SUPPORT[filters["support"]]
    if reading.asks is Asked.GAPS:
        by = filters.get("by") or ("perspective" if "perspective" in filters else "level")
        at = [f"at {name} {filters[name]}" for name in ("level", "perspective") if name in filters]
        return " ".join([f"the gap matrix: mechanism by {by}", *at])
    if reading.asks is Asked.CHAINS:
        if "start" in filters and "end" in filters:
            return f"chains from {filters['start']} to {filters['end']}"
        if "start" in filters:
            return f"what {filters['start']} leads to"
        return f"what leads to {filters['end']}"
    about = f" about {filters['about']}" if "about" in filters else ""
    if reading.asks is Asked.CONTRADICTIONS:
        return f"where sources disagree{about}"
    if reading.asks is Asked.COMPARE:
        return f"reviews compared{about}: {filters['reviews'].replace(',', ', ')}"
    if reading.asks is Asked.FLOW:
        return f"the search flow of {filters['review']}"
    without = [
        f"without {name.removeprefix('without_').replace('_', ' ')} {value}"
        for name, value in filters.items()
        if name.startswith("without_")
    ]
    return " ".join(["mechanisms before and after", *without])
