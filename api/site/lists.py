"""Pages of lists: one table each, to be sorted and filtered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from api.site.cites import cited
from api.site.pages import evidence_part
from api.site.shown import Shown, Table, Twin, View, listed, walk
from api.site.tables import (
    concept_table,
    configuration_table,
    finding_table,
    load_table,
    mechanism_table,
    review_table,
    sensitivity_table,
    source_table,
    theory_table,
)
from api.site.words import word
from graph.answers import Answer, MechanismView, Page, ReviewView, SensitivityAnswer
from graph.model import SourceKind
from graph.questions import records
from graph.questions.evidence import EvidenceFilter
from graph.questions.findings import findings
from graph.questions.loads import loads
from graph.questions.mechanisms import mechanisms
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.questions.unsupported import unsupported
from graph.store import Store

T = TypeVar("T", bound=Answer)


def named(store: Store, review: str | None) -> ReviewView | None:
    """The review that a page is narrowed to, if it is.

    Raises:
        NotFound: there is no such review.
    """
    return records.review(store, review) if review else None


def listing(
    store: Store,
    view: View,
    name: str,
    question: Callable[..., Page[T]],
    drawn: Callable[[Sequence[T]], Table],
    filters: dict[str, Any],
) -> Shown:
    """The page of a list at `/name`; `drawn` makes its table."""
    of = named(store, filters.get("review"))
    if of is not None:
        filters = {**filters, "review": of.id}
    items, more = walk(view, question, store, **filters)
    table = drawn(items)
    table = table.spoken(cited(store, table, of=of)).arranged(view)
    address = listed(f"/{name}", **filters)
    if more is not None:
        table = replace(
            table, more=listed(f"/{name}", **filters, limit=given_limit(view), after=more)
        )
    return Shown(
        "list.html",
        word(f"list.{name}"),
        listed(f"/{name}", **filters, limit=given_limit(view), after=view.after),
        [Twin("page", address, csv=True, listed=True)],
        cites=cited(store, table, of=of),
        table=table,
        after=view.after or None,
        values={"review": of, "first": address},
    )


def given_limit(view: View) -> int | None:
    """How many rows were asked for, if that was said."""
    return None if view.limit == View().limit else view.limit


def review_list(store: Store, view: View) -> Shown:
    """Reviews."""
    return listing(store, view, "reviews", records.reviews, review_table, {})


def mechanism_list(store: Store, view: View, **filters: Any) -> Shown:
    """Mechanisms by support and by what is stated of them."""

    def ask(store: Store, *, support: Any = None, **given: Any) -> Page[MechanismView]:
        if support == "none":
            return unsupported(store, **given)
        return mechanisms(store, **given, support=support)

    return listing(store, view, "mechanisms", ask, mechanism_table, filters)


def configuration_list(store: Store, view: View, **filters: Any) -> Shown:
    """Configurations by mechanism and polarity."""
    return listing(
        store, view, "configurations", records.configurations, configuration_table, filters
    )


def concept_list(store: Store, view: View, **filters: Any) -> Shown:
    """Concepts."""
    return listing(store, view, "concepts", records.concepts, concept_table, filters)


def source_list(store: Store, view: View, **filters: Any) -> Shown:
    """Sources by kind."""
    return listing(store, view, "sources", records.sources, source_table, filters)


def paper_list(store: Store, view: View, **filters: Any) -> Shown:
    """Sources that are papers."""
    return listing(
        store,
        view,
        "papers",
        partial(records.sources, kind=SourceKind.PAPER),
        source_table,
        filters,
    )


def theory_list(store: Store, view: View, **filters: Any) -> Shown:
    """Theories by kind."""
    return listing(store, view, "theories", records.theories, theory_table, filters)


def finding_list(store: Store, view: View, **filters: Any) -> Shown:
    """Findings by any filter."""
    return listing(store, view, "findings", findings, finding_table, filters)


def load_list(store: Store, view: View, **filters: Any) -> Shown:
    """What was loaded."""
    return listing(store, view, "loads", loads, load_table, filters)


def evidence_list(store: Store, view: View, **filters: Any) -> Shown:
    """Evidence by any filter."""
    wanted = EvidenceFilter(**filters)
    answer, table = evidence_part(store, view, wanted)
    of = named(store, filters.get("review"))
    address = listed("/evidence", **filters)
    return Shown(
        "list.html",
        word("list.evidence"),
        listed("/evidence", **filters, after=view.after),
        [Twin("page", address, csv=True, listed=True)],
        cites=cited(store, answer.filter, answer.mechanism, answer.findings, table, of=of),
        table=table,
        after=view.after or None,
        values={
            "review": of,
            "first": address,
            "answer": answer,
            "narrowed": answer.filter,
            "findings": finding_table(answer.findings),
        },
    )


def evidence_of(store: Store, view: View, id_: str, **filters: Any) -> Shown:
    """Evidence about one mechanism."""
    return evidence_list(store, view, mechanism=id_, **filters)


def sensitivity_list(store: Store, view: View, **filters: Any) -> Shown:
    """Mechanisms before and after a narrowing."""
    answers: list[SensitivityAnswer] = []

    def ask(store: Store, *, after: str, limit: int, **given: Any) -> SensitivityAnswer:
        wanted = SensitivityFilter(**given)
        answers.append(sensitivity(store, wanted, after=after, limit=limit))
        return answers[-1]

    shown = listing(store, view, "sensitivity", ask, sensitivity_table, filters)
    shown.values.update(notes=answers[-1].notes, narrowed=answers[-1].filter)
    return shown
