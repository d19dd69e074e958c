"""The commands that put reviews side by side."""

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
from api.cli.text.compare import compare_text, same_as_text
from graph.questions.compare import compare as compare_question
from graph.questions.compare import same_as as same_as_question


@app.command()
def compare(
    reviews: Annotated[list[str], typer.Argument(help="Two reviews or more.")],
    store: StoreOption = None,
    about: Annotated[
        str | None,
        typer.Option(help="Only this mechanism, or what this concept has a part in."),
    ] = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """What reviews share, by declared sameness, and in what they differ."""
    with opened_store(store) as (opened, _):
        answer = compare_question(opened, reviews, about=about, after=after, limit=limit)
        show(answer, as_json, lambda: compare_text(answer))


@app.command("same-as")
def same_as(
    store: StoreOption = None,
    review: ReviewOption = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """What is declared to be the same, and whether it is in effect."""
    with opened_store(store) as (opened, _):
        page = same_as_question(opened, review=review, after=after, limit=limit)
        show(page, as_json, lambda: same_as_text(page))
