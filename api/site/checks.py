"""Pages of what deserves a second look: lint, agreement, weakest links, sameness, references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from api.site.addresses import chain_ends
from api.site.check_tables import (
    broken_table,
    complaint_table,
    file_table,
    overlap_table,
    pair_table,
    reference_table,
    rule_table,
    sameness_table,
    unresolved_table,
)
from api.site.cites import cited
from api.site.lists import given_limit, listing, named
from api.site.page_model import Shown, Twin, View, listed, record
from api.site.words import word
from graph.answers import Answer, Page
from graph.questions import records
from graph.questions.agreement import agreement
from graph.questions.chains import LONGEST, weakest_link
from graph.questions.compare import same_as
from graph.questions.evidence import evidence_views
from graph.questions.lint import lint, lint_rules
from graph.questions.paging import WHOLE
from graph.questions.references import overlap, references, references_of
from graph.store import Store

T = TypeVar("T", bound=Answer)


def _kept(answers: list[Any], question: Callable[..., Page[T]]) -> Callable[..., Page[T]]:
    """The question, which leaves its answers behind: a list needs more of them than the items."""

    def ask(*given: Any, **narrowed: Any) -> Page[T]:
        answer = question(*given, **narrowed)
        answers.append(answer)
        return answer

    return ask


def _wanted(filters: dict[str, Any]) -> dict[str, Any]:
    """The filters without switches that are off, so that no address names them."""
    return {name: value for name, value in filters.items() if value is not False}


def lint_list(store: Store, view: View, **filters: Any) -> Shown:
    """What the rules of lint complain of, and how often each speaks."""
    answers: list[Any] = []
    filters = _wanted(filters)
    shown = listing(store, view, "lint", _kept(answers, lint), complaint_table, filters)
    first = answers[0]
    review = shown.values["review"] and shown.values["review"].id
    rules = {rule.id: rule for rule in lint_rules().items}
    also = listed("/lint", **{**filters, "review": review, "silenced": True})
    shown.values.update(
        notes=first.notes,
        complaints=first.complaints,
        silenced=first.silenced,
        also=None if "silenced" in filters or not first.silenced else also,
        rule=filters.get("rule"),
        whole=listed("/lint", review=review),
        rules=rule_table(first.rules, rules, review),
    )
    return replace(shown, template="lint.html")


def agreement_list(store: Store, view: View, **filters: Any) -> Shown:
    """How far appraisers agree, and what they have not settled."""
    answers: list[Any] = []

    def drawn(items: Any) -> Any:
        ids = sorted({item.evidence for item in items})
        pieces = {piece.id: piece for piece in evidence_views(store, ids)} if ids else {}
        return unresolved_table(items, pieces)

    shown = listing(store, view, "agreement", _kept(answers, agreement), drawn, filters)
    first = answers[0]
    shown.values.update(
        notes=first.notes,
        appraised=first.appraised,
        appraisers=list(dict.fromkeys(one.name for one in first.appraisers)),
        pairs=pair_table(first.pairs),
    )
    cites = cited(store, first, of=shown.values["review"])
    return replace(shown, template="agreement.html", cites=cites)


def weakest_page(
    store: Store,
    view: View,
    *,
    start: str | None = None,
    end: str | None = None,
    review: str | None = None,
    max_length: int = LONGEST,
) -> Shown:
    """The sources whose fall breaks most chains."""
    of = named(store, review)
    review = of.id if of else None
    answer = weakest_link(
        store,
        start=start,
        end=end,
        review=review,
        max_length=max_length,
        limit=given_limit(view) or WHOLE,
    )
    ends = chain_ends(start, end, review, max_length)
    address = listed("/weakest-link", **ends)
    return Shown(
        "weakest.html",
        word("list.weakest-link"),
        listed("/weakest-link", **ends, limit=given_limit(view)),
        [Twin("page", address, csv=True, listed=True)],
        cites=cited(store, answer, of=of),
        table=broken_table(answer.items, ends).arranged(view),
        values={
            "answer": answer,
            "whole": listed("/chains", **ends),
            "review": of,
        },
    )


def same_as_list(store: Store, view: View, **filters: Any) -> Shown:
    """What is declared to be the same, and whether it is in effect."""
    shown = listing(store, view, "same-as", same_as, sameness_table, filters)
    return replace(shown, template="same_as.html")


def reference_list(store: Store, view: View, **filters: Any) -> Shown:
    """Records of reference files."""
    shown = listing(store, view, "references", references, reference_table, _wanted(filters))
    shown.values.update(entries=[], of=None)
    return replace(shown, template="references.html")


def references_page(store: Store, view: View, id_: str, *, review: str | None = None) -> Shown:
    """The records that stand for one source, with all that they say."""
    found = records.source(store, id_, review=review)
    items = references_of(store, found.id).items
    address = f"{record('source', found.id)}/references"
    return Shown(
        "references.html",
        word("list.references"),
        address,
        [Twin("page", address, csv=True)],
        cites=[records.review(store, found.review)],
        table=reference_table(items, of_one=True).arranged(view),
        values={
            "review": records.review(store, found.review),
            "first": address,
            "entries": items,
            "of": found,
        },
    )


def overlap_page(store: Store, view: View, id_: str) -> Shown:
    """How far the reference files of a review overlap, and what is left."""
    answer = overlap(store, id_)
    address = f"{record('review', answer.review)}/overlap"
    return Shown(
        "overlap.html",
        word("list.overlap"),
        address,
        [
            Twin("page", address, csv=True),
            Twin("references", listed("/references", review=answer.review), csv=True, listed=True),
        ],
        cites=[records.review(store, answer.review)],
        table=overlap_table(answer.items).arranged(view),
        values={
            "answer": answer,
            "files": file_table(answer.review, answer.files),
            "whole": listed("/references", review=answer.review),
        },
    )
