"""Where sources disagree."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from api.dependencies import Ask
from api.parameters import ListQuery, Query
from graph.answers import Contradiction, Page
from graph.questions.contradictions import contradictions

router = APIRouter(tags=["questions"])


class ContradictionQuery(ListQuery):
    """Contradictions about something."""

    about: str | None = Field(
        default=None, description="Only about this mechanism, concept, configuration or theory."
    )


@router.get("/contradictions", operation_id="contradictions")
async def get_contradictions(
    asking: Ask, query: Annotated[ContradictionQuery, Depends(Query(ContradictionQuery))]
) -> Page[Contradiction]:
    """Opposed evidence and opposed configurations, with what sets the sides apart."""
    return await asking.long(contradictions, **query.filters())
