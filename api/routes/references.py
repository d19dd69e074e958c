"""Records of reference files, their overlap, and what was loaded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from api.deps import Ask
from api.parameters import ListQuery, Query
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


@router.get("/sources/{name:path}/references", operation_id="source_references")
async def get_source_references(
    name: str, asking: Ask, review: str | None = None
) -> Page[ReferenceView]:
    """The records that stand for one source."""
    return await asking(references_of, name, review=review)


@router.get("/reviews/{review}/overlap", operation_id="overlap")
async def get_overlap(review: str, asking: Ask) -> OverlapAnswer:
    """How many records each reference file has, how far they overlap, and what is left."""
    return await asking.long(overlap, review)


@router.get("/loads", operation_id="loads")
async def get_loads(
    asking: Ask, query: Annotated[ListQuery, Depends(Query(ListQuery))]
) -> Page[LoadView]:
    """What was loaded, when and from which files, newest first."""
    return await asking(loads, **query.filters())
