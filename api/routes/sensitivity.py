"""How much rests on what, and whether appraisers agree."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.dependencies import Ask
from api.parameters import ListQuery, Paged, Query
from graph.answers import AgreementAnswer, SensitivityAnswer
from graph.questions.agreement import agreement
from graph.questions.sensitivity import SensitivityFilter, sensitivity

router = APIRouter(tags=["questions"])


class SensitivityQuery(SensitivityFilter, Paged):
    """Mechanisms before and after."""


@router.get("/sensitivity", operation_id="sensitivity")
async def get_sensitivity(
    asking: Ask, query: Annotated[SensitivityQuery, Depends(Query(SensitivityQuery))]
) -> SensitivityAnswer:
    """Which mechanisms keep their support if only some of the evidence counts."""
    wanted = SensitivityFilter(**query.model_dump(exclude=set(Paged.model_fields)))
    return await asking.long(sensitivity, wanted, after=query.after, limit=query.limit)


@router.get("/agreement", operation_id="agreement")
async def get_agreement(
    asking: Ask, query: Annotated[ListQuery, Depends(Query(ListQuery))]
) -> AgreementAnswer:
    """How far appraisers agree, and what they have not settled."""
    return await asking.long(agreement, **query.filters())
