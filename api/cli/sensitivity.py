"""The commands that show how much rests on what."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.app import (
    AfterOption,
    JsonOption,
    LimitOption,
    ReviewOption,
    StoreOption,
    app,
    opened_store,
)
from api.cli.console import show
from api.cli.text.sensitivity import agreement_text, sensitivity_text
from graph.model import Grade, SourceKind
from graph.questions.agreement import agreement as agreement_question
from graph.questions.sensitivity import SensitivityFilter
from graph.questions.sensitivity import sensitivity as sensitivity_question

GradeOption = Annotated[Grade | None, typer.Option(help="Count only evidence of at least this.")]


@app.command()
def sensitivity(
    store: StoreOption = None,
    review: ReviewOption = None,
    relevance: GradeOption = None,
    rigour: GradeOption = None,
    richness: GradeOption = None,
    without_source: Annotated[str | None, typer.Option(help="Without this source.")] = None,
    without_level: Annotated[
        str | None, typer.Option(help="Without evidence that speaks to this level only.")
    ] = None,
    without_source_kind: Annotated[
        SourceKind | None, typer.Option(help="Without this kind of source.")
    ] = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Which mechanisms keep their support if only some of the evidence counts."""
    wanted = SensitivityFilter(
        review=review,
        relevance=relevance,
        rigour=rigour,
        richness=richness,
        without_source=without_source,
        without_level=without_level,
        without_source_kind=without_source_kind,
    )
    with opened_store(store) as (opened, _):
        answer = sensitivity_question(opened, wanted, after=after, limit=limit)
        show(answer, as_json, lambda: sensitivity_text(answer))


@app.command()
def agreement(
    store: StoreOption = None,
    review: ReviewOption = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """How far appraisers agree (Cohen's kappa), and what they have not settled."""
    with opened_store(store) as (opened, _):
        answer = agreement_question(opened, review=review, after=after, limit=limit)
        show(answer, as_json, lambda: agreement_text(answer))
