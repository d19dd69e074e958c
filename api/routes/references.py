"""Records of reference files, their overlap, and what was loaded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from api.dependencies import Ask
from api.parameters import ListQuery, NoQuery, OfReview, Query
from graph.answers import LoadView, OverlapAnswer, Page, ReferenceView
from graph.questions.loads import loads
from graph.questions.references import overlap, references, references_of

router = APIRouter(tags=["records"])


class ReferenceQuery(ListQuery):
    """Records of reference files."""

    file: str | None = Field(default=None, description="Only of this file.")
    merged: bool = Field(
        default=False, description="Only records that stand for a source another one brought."
    )


@router.get("/references", operation_id="references")
async def get_references(
    asking: Ask, query: Annotated[ReferenceQuery, Depends(Query(ReferenceQuery))]
) -> Page[ReferenceView]:
    """Records of reference files as they came, each with the source it stands for."""
    return await asking(references, **query.filters())


@router.get("/sources/{id:path}/references", operation_id="source_references")
async def get_source_references(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[OfReview, Depends(Query(OfReview))],
) -> Page[ReferenceView]:
    """The records that stand for one source."""
    return await asking(references_of, id, review=query.review)


@router.get("/reviews/{id:path}/overlap", operation_id="overlap")
async def get_overlap(
    asking: Ask,
    id: str,  # noqa: A002
    _: Annotated[NoQuery, Depends(Query(NoQuery))],
) -> OverlapAnswer:
    """How many records each reference file has, how far they overlap, and what is left."""
    return await asking.long(overlap, id)


@router.get("/loads", operation_id="loads")
async def get_loads(
    asking: Ask, query: Annotated[ListQuery, Depends(Query(ListQuery))]
) -> Page[LoadView]:
    """What was loaded, when and from which files, newest first."""
    return await asking(loads, **query.filters())
