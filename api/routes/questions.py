"""Questions: ask, evidence, mechanisms and their support, gaps, flow, health."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.dependencies import Ask, Configured
from api.parameters import (
    AskQuery,
    EvidenceQuery,
    GapQuery,
    MechanismEvidenceQuery,
    MechanismQuery,
    NoQuery,
    OfReview,
    Query,
)
from graph.answers import (
    AskAnswer,
    EvidenceAnswer,
    EvidenceView,
    FlowReport,
    GapAnswer,
    Health,
    MechanismView,
    Page,
)
from graph.questions.ask import ask
from graph.questions.evidence import evidence, evidence_by_id
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.health import health
from graph.questions.mechanisms import mechanisms
from graph.questions.unsupported import mechanism, unsupported

router = APIRouter(tags=["questions"])

# A name in a path may hold a slash (a DOI does), hence `{id:path}`; what follows such a name, as in
# `/mechanisms/{id}/evidence`, is declared before the name alone.


@router.get("/health", operation_id="health")
async def get_health(
    asking: Ask, settings: Configured, _: Annotated[NoQuery, Depends(Query(NoQuery))]
) -> Health:
    """The store, what it holds, and which versions answer."""
    return await asking(health, writable=bool(settings.token))


@router.get("/ask", operation_id="ask")
async def get_ask(asking: Ask, query: Annotated[AskQuery, Depends(Query(AskQuery))]) -> AskAnswer:
    """A question in words, with how it was understood; what is not understood is refused."""
    return await asking.long(ask, query.q, **query.page())


@router.get("/evidence", operation_id="evidence")
async def get_evidence(
    asking: Ask, query: Annotated[EvidenceQuery, Depends(Query(EvidenceQuery))]
) -> EvidenceAnswer:
    """Evidence that fits all of the filters."""
    return await asking(evidence, query.wanted(), **query.page())


@router.get("/evidence/{id:path}", operation_id="evidence_by_id")
async def get_evidence_by_id(
    asking: Ask,
    id: str,  # noqa: A002
    _: Annotated[NoQuery, Depends(Query(NoQuery))],
) -> EvidenceView:
    """One piece of evidence."""
    return await asking(evidence_by_id, id)


@router.get("/mechanisms", operation_id="mechanisms")
async def get_mechanisms(
    asking: Ask, query: Annotated[MechanismQuery, Depends(Query(MechanismQuery))]
) -> Page[MechanismView]:
    """Mechanisms with their computed support; `support=none` says why and who looked."""
    filters = query.filters()
    if query.support == "none":
        del filters["support"]
        return await asking.long(unsupported, **filters)
    return await asking(mechanisms, **filters)


@router.get("/mechanisms/{id:path}/evidence", operation_id="mechanism_evidence")
async def get_mechanism_evidence(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[MechanismEvidenceQuery, Depends(Query(MechanismEvidenceQuery))],
) -> EvidenceAnswer:
    """Evidence about a mechanism, or about a configuration that belongs to it."""
    return await asking(evidence, query.about(id), **query.page())


@router.get("/mechanisms/{id:path}", operation_id="mechanism")
async def get_mechanism(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> MechanismView:
    """One mechanism by id, name, slug or alias."""
    return await asking(mechanism, id, review=query.review)


@router.get("/gaps", operation_id="gaps")
async def get_gaps(asking: Ask, query: Annotated[GapQuery, Depends(Query(GapQuery))]) -> GapAnswer:
    """The gap matrix, mechanism by level or otherwise, with a reason for every cell."""
    by = query.by.split(",")
    return await asking.long(gaps, review=query.review, by=by, column=query.column)


@router.get("/reviews/{id:path}/flow", operation_id="flow")
async def get_flow(
    asking: Ask,
    id: str,  # noqa: A002
    _: Annotated[NoQuery, Depends(Query(NoQuery))],
) -> FlowReport:
    """Does the review's search flow add up?"""
    return await asking(flow, id)
