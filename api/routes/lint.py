"""What in a review deserves a second look."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from api.dependencies import Ask
from api.parameters import ListQuery, NoQuery, Query
from graph.answers import LintAnswer, LintRules
from graph.questions.lint import lint, lint_rules

router = APIRouter(tags=["questions"])


class LintQuery(ListQuery):
    """Complaints by rule."""

    rule: str | None = Field(default=None, description="Only this rule, by name.")
    silenced: bool = Field(
        default=False, description="Also complaints that are silenced, with their justification."
    )


@router.get("/lint", operation_id="lint")
async def get_lint(
    asking: Ask, query: Annotated[LintQuery, Depends(Query(LintQuery))]
) -> LintAnswer:
    """True quotes on wrong claims, and other sins: what the rules complain of."""
    return await asking.long(lint, **query.filters())


@router.get("/lint/rules", operation_id="lint_rules")
async def get_lint_rules(asking: Ask, _: Annotated[NoQuery, Depends(Query(NoQuery))]) -> LintRules:
    """The rules of lint, with a reason and an example of each."""
    return await asking(lambda _: lint_rules())
