"""Reviews side by side, and declarations of sameness."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from api.dependencies import Ask
from api.parameters import ListQuery, Paged, Query
from graph.answers import CompareAnswer, Page, SameAsView
from graph.questions.compare import compare, same_as

router = APIRouter(tags=["questions"])


class CompareQuery(Paged):
    """Two reviews or more, and on what they are compared."""

    reviews: str = Field(description="Two reviews or more, with commas between them.")
    about: str | None = Field(
        default=None, description="Only this mechanism, or what this concept has a part in."
    )


@router.get("/compare", operation_id="compare")
async def get_compare(
    asking: Ask, query: Annotated[CompareQuery, Depends(Query(CompareQuery))]
) -> CompareAnswer:
    """Shared and differing mechanisms, by declared sameness."""
    names = [name.strip() for name in query.reviews.split(",") if name.strip()]
    return await asking.long(
        compare, names, about=query.about, after=query.after, limit=query.limit
    )


@router.get("/same-as", operation_id="same_as")
async def get_same_as(
    asking: Ask, query: Annotated[ListQuery, Depends(Query(ListQuery))]
) -> Page[SameAsView]:
    """What is declared to be the same, and whether it is in effect."""
    return await asking(same_as, **query.filters())
