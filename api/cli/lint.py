"""The command that shows what deserves a second look."""

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
from api.cli.text.lint import lint_text, rules_text
from graph.questions.lint import lint as lint_question
from graph.questions.lint import lint_rules


@app.command()
def lint(
    store: StoreOption = None,
    review: ReviewOption = None,
    rule: Annotated[str | None, typer.Option(help="Only this rule, by name.")] = None,
    silenced: Annotated[
        bool, typer.Option("--silenced", help="Also what is silenced, with its justification.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="The rules instead: reason, example, how to silence.")
    ] = False,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """True quotes on wrong claims, and other sins. Status 1 if complaints remain."""
    if rules:
        told = lint_rules()
        show(told, as_json, lambda: rules_text(told))
        return
    with opened_store(store) as (opened, _):
        answer = lint_question(
            opened, review=review, rule=rule, silenced=silenced, after=after, limit=limit
        )
        show(answer, as_json, lambda: lint_text(answer))
    raise typer.Exit(1 if answer.complaints else 0)
