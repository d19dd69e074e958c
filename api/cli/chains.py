"""The commands that follow chains."""

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
from api.cli.text.chains import chains_text, weakest_link_text
from graph.questions.chains import LONGEST
from graph.questions.chains import chains as chains_question
from graph.questions.chains import weakest_link as weakest_link_question

FromOption = Annotated[
    str | None,
    typer.Option("--from", help="A concept or mechanism with which chains begin."),
]
ToOption = Annotated[
    str | None,
    typer.Option("--to", help="A concept or mechanism with which chains end."),
]
LengthOption = Annotated[
    int, typer.Option("--max-length", min=1, max=12, help="Configurations in a chain, at most.")
]


@app.command()
def chains(
    store: StoreOption = None,
    start: FromOption = None,
    end: ToOption = None,
    review: ReviewOption = None,
    max_length: LengthOption = LONGEST,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """What leads to what: chains and loops of configurations, and how robust they are."""
    with opened_store(store) as (opened, _):
        answer = chains_question(
            opened,
            start=start,
            end=end,
            review=review,
            max_length=max_length,
            after=after,
            limit=limit,
        )
        show(answer, as_json, lambda: chains_text(answer))


@app.command("weakest-link")
def weakest_link(
    store: StoreOption = None,
    start: FromOption = None,
    end: ToOption = None,
    review: ReviewOption = None,
    max_length: LengthOption = LONGEST,
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """The sources whose fall breaks most chains."""
    with opened_store(store) as (opened, _):
        answer = weakest_link_question(
            opened, start=start, end=end, review=review, max_length=max_length, limit=limit
        )
        show(answer, as_json, lambda: weakest_link_text(answer))
