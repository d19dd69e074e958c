"""Pages of single records, and the home page: which questions make which page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from api.site.cites import cited
from api.site.shown import Shown, Table, Twin, View, listed, record, walk
from api.site.tables import (
    configuration_table,
    evidence_table,
    finding_table,
    mechanism_table,
)
from graph.answers import (
    ConceptView,
    ConfigurationView,
    Contradiction,
    EvidenceAnswer,
    FindingView,
    SourceView,
    TheoryView,
)
from graph.questions import records
from graph.questions.asking.offers import examples
from graph.questions.contradictions import contradictions
from graph.questions.evidence import EvidenceFilter, evidence, evidence_by_id
from graph.questions.findings import finding, findings
from graph.questions.gaps import gaps
from graph.questions.health import health
from graph.questions.mechanisms import mechanisms
from graph.questions.paging import WHOLE, every
from graph.questions.references import references_of
from graph.questions.unsupported import mechanism
from graph.questions.weights import Weighed
from graph.store import Store

HOME_REVIEWS = 200
_EXAMPLES_SHOWN = 16
"""Questions on the first page; the last of them brings all."""
_AT_MOST = 200
"""Configurations and findings shown on the page of something they belong to."""


def home(
    store: Store, view: View, *, review: str | None = None, writable: bool | None = None
) -> Shown:
    """The reviews, what can be asked, and the maps; of one review if files of one are written."""
    held = (
        [records.review(store, review)]
        if review
        else walk(
            replace(view, limit=HOME_REVIEWS, after="", sort="", q=""), records.reviews, store
        )[0]
    )
    return Shown(
        "home.html",
        "theorygraph",
        "/",
        [Twin("page", "/reviews", csv=True, listed=True)],
        cites=held,
        values={
            "reviews": held,
            "examples": [
                one for one, _ in examples(store, [review.id for review in held])[:_EXAMPLES_SHOWN]
            ],
            "health": None if writable is None else health(store, writable=writable),
        },
    )


def review_page(store: Store, view: View, id_: str) -> Shown:
    """A review, and where its parts are."""
    found = records.review(store, id_)
    items, _ = walk(replace(view, limit=WHOLE), mechanisms, store, review=found.id)
    return Shown(
        "review.html",
        found.title,
        record("review", found.id),
        [
            Twin("page", record("review", found.id)),
            Twin("mechanisms", listed("/mechanisms", review=found.id), csv=True, listed=True),
        ],
        cites=[found],
        table=mechanism_table(items).spoken([found]).arranged(view),
        values={
            "review": found,
            "findings": finding_table(
                [
                    one
                    for one in every(findings, store, review=found.id)
                    if one.levels or one.perspectives
                ]
            ),
        },
    )


def evidence_part(
    store: Store, view: View, wanted: EvidenceFilter, *, about: bool = True, source: bool = True
) -> tuple[EvidenceAnswer, Table]:
    """The evidence that fits, as the main table of a page."""
    answers: list[EvidenceAnswer] = []

    def ask(**page: Any) -> EvidenceAnswer:
        answers.append(evidence(store, wanted, **page))
        return answers[-1]

    items, more = walk(view, ask)
    table = evidence_table(items, about=about, source=source)
    table = table.spoken(cited(store, table)).arranged(view)
    if more is not None:
        given = {name: value for name, value in wanted.model_dump().items() if value is not None}
        table = replace(
            table,
            held=answers[0].totals.evidence,
            more=listed("/evidence", **given, after=more),
        )
    return answers[0], table


def mechanism_page(
    store: Store,
    view: View,
    id_: str,
    *,
    review: str | None = None,
) -> Shown:
    """A mechanism: definition, history, support by level, evidence, and what is around it."""
    found = mechanism(store, id_, review=review)
    address = record("mechanism", found.id)
    if view.embed:
        return Shown(
            "embed_mechanism.html",
            found.name,
            address,
            cites=[records.review(store, found.review)],
            values={"mechanism": found},
            embed=True,
        )
    review_ = records.review(store, found.review)
    matrix = gaps(store, review=found.review).reviews[0]
    row = next((row for row in matrix.rows if row.key == found.id), None)
    answer, table = evidence_part(store, view, EvidenceFilter(mechanism=found.id))
    around = View(limit=_AT_MOST, whole=view.whole)
    its, more = walk(around, records.configurations, store, mechanism=found.id)
    disputed = _disputed(store, view, "mechanism", found.id)
    return Shown(
        "mechanism.html",
        found.name,
        address,
        [
            Twin("page", address),
            Twin("evidence", f"{address}/evidence", csv=True, listed=True),
            Twin(
                "configurations",
                listed("/configurations", mechanism=found.id),
                csv=True,
                listed=True,
            ),
            Twin(
                "contradictions", listed("/contradictions", about=found.id), csv=True, listed=True
            ),
        ],
        cites=cited(store, found, answer, its, disputed, of=review_),
        table=table,
        values={
            "mechanism": found,
            "answer": answer,
            "levels": list(zip(matrix.columns, row.cells, strict=True)) if row else [],
            "row": row,
            "matrix": matrix,
            "configurations": replace(
                configuration_table(its),
                more=more and listed("/configurations", mechanism=found.id, after=more),
            ),
            "contradictions": disputed,
            "findings": finding_table(found.findings or ()),
            "map": listed("/maps/theory", review=found.review, mechanism=found.id),
        },
    )


def _with_evidence(
    store: Store,
    view: View,
    kind: str,
    found: ConfigurationView | SourceView | ConceptView | TheoryView,
    title: str,
    **values: Any,
) -> Shown:
    """The page of a record, with the evidence about it, or from it, as its table."""
    wanted = EvidenceFilter(**{kind: found.id})
    of_source = kind == "source"
    answer, table = evidence_part(store, view, wanted, about=of_source, source=not of_source)
    address = record(kind, found.id)
    evidence_twin = Twin("evidence", listed("/evidence", **{kind: found.id}), csv=True, listed=True)
    return Shown(
        f"{kind}.html",
        title,
        address,
        [Twin("page", address), evidence_twin],
        cites=cited(store, found, table, values, of=records.review(store, found.review)),
        table=table,
        values={
            kind: found,
            "answer": answer,
            "findings": finding_table(
                _said(store, found.id) if isinstance(found, SourceView) else found.findings or ()
            ),
            **values,
        },
    )


def _disputed(store: Store, view: View, kind: Weighed, id_: str) -> list[Contradiction]:
    around = View(limit=_AT_MOST, whole=view.whole)
    return walk(around, contradictions, store, about=id_, of=kind)[0]


def _said(store: Store, source: str) -> list[FindingView]:
    return list(every(findings, store, said_by=source))


def configuration_page(store: Store, view: View, id_: str, *, review: str | None = None) -> Shown:
    """A configuration: its parts in their roles, and the evidence about it."""
    found = records.configuration(store, id_, review=review)
    disputed = _disputed(store, view, "configuration", found.id)
    return _with_evidence(store, view, "configuration", found, found.name, contradictions=disputed)


def source_page(store: Store, view: View, id_: str, *, review: str | None = None) -> Shown:
    """A source: what is known of it, and what it says."""
    found = records.source(store, id_, review=review)
    its = len(references_of(store, found.id).items)
    return _with_evidence(store, view, "source", found, found.title, records_of=its)


def concept_page(store: Store, view: View, id_: str, *, review: str | None = None) -> Shown:
    """A concept: the roles it plays, and the evidence about it."""
    found = records.concept(store, id_, review=review)
    ids = sorted({each for played in found.roles.values() for each in played})
    names = {each.id: each.name for each in records.configuration_views(store, ids)} if ids else {}
    disputed = _disputed(store, view, "concept", found.id)
    return _with_evidence(
        store, view, "concept", found, found.name, names=names, contradictions=disputed
    )


def theory_page(store: Store, view: View, id_: str, *, review: str | None = None) -> Shown:
    """A theory: what it explains, and the evidence about it."""
    found = records.theory(store, id_, review=review)
    disputed = _disputed(store, view, "theory", found.id)
    return _with_evidence(store, view, "theory", found, found.name, contradictions=disputed)


def finding_page(store: Store, view: View, id_: str, *, review: str | None = None) -> Shown:
    """A finding, and who states it."""
    found = finding(store, id_, review=review)
    review_ = records.review(store, found.review)
    address = record("finding", found.id)
    return Shown(
        "finding.html",
        found.name,
        address,
        [Twin("page", address)],
        cites=cited(store, found, of=review_),
        values={
            "finding": found,
            "stages": {stage.id: stage.name for stage in review_.stages},
        },
    )


def evidence_page(store: Store, view: View, id_: str) -> Shown:
    """One piece of evidence."""
    found = evidence_by_id(store, id_)
    address = record("evidence", found.id)
    return Shown(
        "evidence.html",
        found.id,
        address,
        [Twin("page", address)],
        cites=cited(store, found, of=records.review(store, found.review)),
        values={"evidence": found},
    )
