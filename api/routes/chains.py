"""Chains of configurations, and the sources that hold them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import Ask
from api.parameters import Paged, Query
from graph.answers import ChainAnswer, WeakestLinkAnswer
from graph.questions.chains import LONGEST, chains, weakest_link

router = APIRouter(tags=["questions"])


class Ends(BaseModel):
    """Between what chains are looked for."""

    model_config = ConfigDict(extra="forbid", validate_by_name=False)

    start: str | None = Field(
        default=None,
        alias="from",
        description="A concept or mechanism with which chains begin.",
    )
    end: str | None = Field(
        default=None,
        alias="to",
        description="A concept or mechanism with which chains end.",
    )
    review: str | None = Field(default=None, description="Only configurations of this review.")
    max_length: int = Field(
        default=LONGEST, ge=1, le=12, description="Configurations in a chain, at most."
    )


class ChainQuery(Ends, Paged):
    """Chains, page by page; a page begins after a chain's id."""


class WeakestLinkQuery(Ends):
    """The sources that most chains break without."""

    limit: int = Field(default=50, ge=1, le=1000, description="Sources at most.")


@router.get("/chains", operation_id="chains")
async def get_chains(
    asking: Ask, query: Annotated[ChainQuery, Depends(Query(ChainQuery))]
) -> ChainAnswer:
    """What leads to what: configurations in a row, loops, and how robust they are."""
    return await asking.long(chains, **query.model_dump())


@router.get("/weakest-link", operation_id="weakest_link")
async def get_weakest_link(
    asking: Ask, query: Annotated[WeakestLinkQuery, Depends(Query(WeakestLinkQuery))]
) -> WeakestLinkAnswer:
    """The sources whose fall breaks most chains."""
    return await asking.long(weakest_link, **query.model_dump())
