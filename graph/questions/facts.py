"""Facts of a review: funder, registration, objectives, databases, and the numbers of its flow.

They come from the records of the review, its stages and what its report says for the items of
RAMESES, and from nothing else. What no record says is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.answers import Fact, FactAnswer, FlowReport, ReviewView, StageView, Statement
from graph.errors import UnknownValue
from graph.names import slug
from graph.questions.flow import flow
from graph.questions.names import resolve_review
from graph.questions.records import review_ids, review_views
from graph.store import Store

_FIELDS = {
    "registration": "registration",
    "objectives": "objectives",
    "question": "question",
    "authors": "authors",
    "year": "year",
    "citation": "citation",
    "doi": "doi",
    "title": "title",
    "licence": "licence",
    "note": "note",
    "keywords": "keywords",
    "acknowledgement": "acknowledgement",
}
"""Items that are fields of the review."""
_OF_STAGES = {
    "databases": "databases",
    "handsearched": "handsearched",
    "searched on": "searched_on",
    "purpose": "purpose",
}
"""Items that are fields of its stages."""
_REPORTED: dict[str, tuple[tuple[int, ...], str]] = {
    "funding": ((19,), r"\b(funded|funding|grants?|sponsored|financed|commissioned|awarded)\b"),
    "interests": ((19,), r"\b(interest|compet|conflict|declar)"),
    "rationale": ((3,), ""),
    "search strategy": ((7, 8), ""),
    "methods of selection and appraisal": ((9,), ""),
    "extraction": ((10,), ""),
    "synthesis": ((11,), ""),
    "methods": ((5, 6, 7, 8, 9, 10, 11), ""),
    "limitations": ((16,), ""),
}
"""Items of RAMESES by number, and the words by which a statement among several is told."""
ITEMS = (*_FIELDS, *_OF_STAGES, *_REPORTED)
"""What can be asked of a review."""


def facts(
    store: Store, item: str, *, review: str | None = None, stage: str | None = None
) -> FactAnswer:
    """What one review, or each, states for an item.

    Args:
        store: where to look.
        item: one of `ITEMS`.
        review: only this review.
        stage: only what is stated of this stage, by its full id.

    Raises:
        NotFound: there is no such review.
        UnknownValue: there is no such item.
    """
    if item not in ITEMS:
        raise UnknownValue("item", item, ITEMS)
    owner = resolve_review(store, review)
    views = review_views(store, [owner] if owner else review_ids(store))
    return FactAnswer(items=[_fact(store, view, item, stage) for view in views])


def _fact(store: Store, view: ReviewView, item: str, stage: str | None) -> Fact:
    found: Iterable[Statement]
    if item in _FIELDS:
        found = _of_review(view, item)
    elif item in _OF_STAGES:
        stages = flow(store, view.id).stages
        found = _of_stages([one for one in stages if stage in (None, one.id)], item)
    else:
        found = _reported(view, item)
    statements = [*found]
    note = None if statements else f"not stated in what is loaded of {view.id}"
    return Fact(review=view.id, item=item, statements=statements, note=note)


def _of_review(view: ReviewView, item: str) -> Iterator[Statement]:
    value = getattr(view, _FIELDS[item])
    values = value if isinstance(value, list) else [value]
    if item == "authors":
        values = [", ".join(values)]
    for one in values:
        if one not in (None, ""):
            yield Statement(text=str(one), record=view.id, kind="review", name=item)


def _of_stages(stages: Iterable[StageView], item: str) -> Iterator[Statement]:
    for stage in stages:
        value = getattr(stage, _OF_STAGES[item])
        text = ", ".join(value) if isinstance(value, list) else value
        if text:
            yield Statement(
                text=text, record=stage.id, kind="stage", name=stage.name, locator=stage.locator
            )


def _reported(view: ReviewView, item: str) -> list[Statement]:
    numbers, marks = _REPORTED[item]
    said = [one for one in view.reporting if one.item in numbers]
    telling = [one for one in said if re.search(marks, one.statement, re.IGNORECASE)]
    return [
        Statement(
            text=one.statement,
            record=one.id,
            kind="reporting",
            name=f"RAMESES {one.item}",
            locator=one.locator,
        )
        for one in telling
    ]


def boxes(
    store: Store, counted: str, *, review: str | None = None, stage: str | None = None
) -> FactAnswer:
    """The stated numbers that count something, from the flow and the tallies of reviews.

    Args:
        store: where to look.
        counted: what they count, in words; each must stand in the name of a box or a tally.
        review: only this review.
        stage: only boxes of this stage, by its full id.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    wanted = stems(counted)
    if "full" in wanted:  # what is read in full is a full text
        wanted.discard("text")
    found = []
    for one in [owner] if owner else review_ids(store):
        report = flow(store, one)
        statements = [said for name, said in _numbers(report, stage) if wanted <= stems(name)]
        note = None
        if not statements:
            note = f"no box or tally of {one} is called so; the whole flow is shown by `flow {one}`"
        found.append(Fact(review=one, item=counted, statements=statements, note=note))
    return FactAnswer(items=found)


def counted_words(store: Store, review: str | None) -> set[str]:
    """The stems of all words in the names of boxes and tallies."""
    reports = (flow(store, one) for one in ([review] if review else review_ids(store)))
    return {stem for report in reports for name, _ in _numbers(report) for stem in stems(name)}


def _numbers(report: FlowReport, only: str | None = None) -> Iterator[tuple[str, Statement]]:
    for stage in report.stages:
        for step in stage.steps if only in (None, stage.id) else ():
            n = step.n if step.n is not None else step.computed
            how = "" if step.n is not None else " (not stated; it follows from the others)"
            text = f"{step.name}: {'not stated' if n is None else f'{n}{how}'}"
            name = f"{stage.name}, {step.kind.value}"
            yield (
                f"{step.name} {step.reason or ''}",
                Statement(text=text, record=step.id, kind="step", name=name, locator=step.locator),
            )
    for tally in report.tallies if only is None else ():
        parts = ", ".join(f"{name} {n}" for name, n in tally.parts.items())
        text = f"{tally.name}: {tally.n}" + (f" ({parts})" if parts else "")
        yield (
            tally.name,
            Statement(
                text=text, record=tally.id, kind="tally", name="tally", locator=tally.locator
            ),
        )


def stems(text: str) -> set[str]:
    """The words of a text without the endings of verbs and plurals."""
    return {_stem(word) for word in slug(text).split("-") if word}


_ENDINGS = re.compile(r"(?<=\w{3})(?:ies|ied|ying|y|es|ed|ing|s|e|ion|ions)$")


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)
