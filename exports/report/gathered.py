"""Everything that a report tells, asked through the questions of this house."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.answers import (
    AgreementAnswer,
    ConfigurationView,
    Contradiction,
    EvidenceView,
    FindingView,
    FlowReport,
    GapMatrix,
    MechanismView,
    ReviewView,
    SourceView,
    TheoryView,
    Unresolved,
)
from graph.model import EMPIRICAL, SourceKind
from graph.questions.agreement import agreement
from graph.questions.contradictions import contradictions
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.findings import findings
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.mechanisms import mechanisms
from graph.questions.paging import every
from graph.questions.records import configurations, review, same_work, sources, theories
from graph.questions.unsupported import unsupported
from graph.store import Store

PRIMARY = frozenset({SourceKind.PAPER, SourceKind.GREY})
SYNTHESES = frozenset({SourceKind.SYNTHESIS})
STAKEHOLDERS = frozenset(SourceKind) - EMPIRICAL
GROUPS = {"primary": PRIMARY, "syntheses": SYNTHESES, "stakeholders": STAKEHOLDERS}
"""Kinds of source that are never added up or put into one table."""
GROUP_NAMES = {
    "primary": "papers and grey literature",
    "syntheses": "syntheses",
    "stakeholders": "interviews and consultations",
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers that a report is made of."""

    review: ReviewView
    mechanisms: list[MechanismView]
    unsupported: list[MechanismView]
    configurations: list[ConfigurationView]
    theories: list[TheoryView]
    evidence: list[EvidenceView]
    contradictions: list[Contradiction]
    sources: list[SourceView]
    findings: list[FindingView]
    flow: FlowReport
    matrix: GapMatrix
    agreement: AgreementAnswer
    unresolved: list[Unresolved]

    def included(self) -> list[SourceView]:
        """Sources that are included, or that evidence or a finding comes from."""
        used = {piece.source.id for piece in self.evidence}
        used |= {source.id for finding in self.findings for source in finding.said_by}
        return [source for source in self.sources if source.included or source.id in used]


def gather(store: Store, name: str) -> Gathered:
    """Ask all that a report needs; each list page by page, so no question is put per record.

    Raises:
        NotFound: there is no such review.
    """
    found = review(store, name)
    id_ = found.id
    matrix = gaps(store, review=id_).reviews[0]
    places = {row.key: place for place, row in enumerate(matrix.rows)}  # the order of the review
    return Gathered(
        review=found,
        mechanisms=sorted(every(mechanisms, store, review=id_), key=lambda one: places[one.id]),
        unsupported=list(every(unsupported, store, review=id_)),
        configurations=list(every(configurations, store, review=id_)),
        theories=list(every(theories, store, review=id_)),
        evidence=list(every(evidence, store, EvidenceFilter(review=id_))),
        contradictions=list(every(contradictions, store, review=id_)),
        sources=_with_same_work(store, list(every(sources, store, review=id_))),
        findings=list(every(findings, store, review=id_)),
        flow=flow(store, id_),
        matrix=matrix,
        agreement=agreement(store, review=id_, limit=1),
        unresolved=list(every(agreement, store, review=id_)),
    )


def _with_same_work(store: Store, held: list[SourceView]) -> list[SourceView]:
    """The sources; the first of each work that has several with what showed them to be one."""
    rows = Counter(source.work for source in held)
    for source in held:
        if rows.pop(source.work, 1) > 1:
            source.same_work = same_work(store, source.id)
    return held
