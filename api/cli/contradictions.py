"""The command that shows where sources disagree."""

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
from api.cli.text.contradictions import contradictions_text
from graph.questions.contradictions import contradictions as contradictions_question


@app.command()
def contradictions(
    store: StoreOption = None,
    review: ReviewOption = None,
    about: Annotated[
        str | None,
        typer.Option(help="Only about this mechanism, concept, configuration or theory."),
    ] = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Where sources or configurations disagree, and what sets the sides apart."""
    with opened_store(store) as (opened, _):
        page = contradictions_question(opened, review=review, about=about, after=after, limit=limit)
        show(page, as_json, lambda: contradictions_text(page))
