"""Records: reviews, sources, configurations, concepts, theories, findings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.dependencies import Ask
from api.parameters import (
    ConceptQuery,
    ConfigurationQuery,
    FindingQuery,
    NoQuery,
    OfReview,
    Paged,
    PaperQuery,
    Query,
    SourceQuery,
    TheoryQuery,
)
from graph.answers import (
    ConceptView,
    ConfigurationView,
    FindingView,
    Page,
    ReviewView,
    SourceView,
    TheoryView,
)
from graph.model import SourceKind
from graph.questions import records
from graph.questions.findings import finding, findings

router = APIRouter(tags=["records"])


@router.get("/reviews", operation_id="reviews")
async def get_reviews(
    asking: Ask, query: Annotated[Paged, Depends(Query(Paged))]
) -> Page[ReviewView]:
    """Reviews, with what the graph holds of each."""
    return await asking(records.reviews, **query.page())


@router.get("/reviews/{id:path}", operation_id="review")
async def get_review(
    asking: Ask,
    id: str,  # noqa: A002
    _: Annotated[NoQuery, Depends(Query(NoQuery))],
) -> ReviewView:
    """One review by id, title or another of its titles."""
    return await asking(records.review, id)


@router.get("/papers", operation_id="papers")
async def get_papers(
    asking: Ask, query: Annotated[PaperQuery, Depends(Query(PaperQuery))]
) -> Page[SourceView]:
    """Sources that are papers; `/sources` has all kinds."""
    return await asking(records.sources, kind=SourceKind.PAPER, **query.filters())


@router.get("/papers/{id:path}", operation_id="paper")
async def get_paper(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> SourceView:
    """One paper by id, title or DOI; `/sources/{id}` has all kinds."""
    return await asking(records.source, id, review=query.review, kind=SourceKind.PAPER)


@router.get("/sources", operation_id="sources")
async def get_sources(
    asking: Ask, query: Annotated[SourceQuery, Depends(Query(SourceQuery))]
) -> Page[SourceView]:
    """Sources of all kinds: paper, grey, synthesis, interview, consultation."""
    return await asking(records.sources, **query.filters())


@router.get("/sources/{id:path}", operation_id="source")
async def get_source(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> SourceView:
    """One source by id or title."""
    return await asking(records.source, id, review=query.review)


@router.get("/configurations", operation_id="configurations")
async def get_configurations(
    asking: Ask, query: Annotated[ConfigurationQuery, Depends(Query(ConfigurationQuery))]
) -> Page[ConfigurationView]:
    """Configurations with their contexts, resources, reasonings and outcomes."""
    return await asking(records.configurations, **query.filters())


@router.get("/configurations/{id:path}", operation_id="configuration")
async def get_configuration(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> ConfigurationView:
    """One configuration by id or name."""
    return await asking(records.configuration, id, review=query.review)


@router.get("/concepts", operation_id="concepts")
async def get_concepts(
    asking: Ask, query: Annotated[ConceptQuery, Depends(Query(ConceptQuery))]
) -> Page[ConceptView]:
    """Concepts with the configurations in which they play each role."""
    return await asking(records.concepts, **query.filters())


@router.get("/concepts/{id:path}", operation_id="concept")
async def get_concept(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> ConceptView:
    """One concept by id, name or alias."""
    return await asking(records.concept, id, review=query.review)


@router.get("/theories", operation_id="theories")
async def get_theories(
    asking: Ask, query: Annotated[TheoryQuery, Depends(Query(TheoryQuery))]
) -> Page[TheoryView]:
    """Programme theories and substantive theories, with what they explain."""
    return await asking(records.theories, **query.filters())


@router.get("/theories/{id:path}", operation_id="theory")
async def get_theory(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> TheoryView:
    """One theory by id, name or alias."""
    return await asking(records.theory, id, review=query.review)


@router.get("/findings", operation_id="findings")
async def get_findings(
    asking: Ask, query: Annotated[FindingQuery, Depends(Query(FindingQuery))]
) -> Page[FindingView]:
    """Findings: gaps, recommendations, implications, future research."""
    return await asking(findings, **query.filters())


@router.get("/findings/{id:path}", operation_id="finding")
async def get_finding(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> FindingView:
    """One finding by id, name or slug."""
    return await asking(finding, id, review=query.review)
