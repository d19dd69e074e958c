"""The command that holds quotes against their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import JsonOption, ReviewOption, StoreOption, app, opened_store
from api.cli.console import show
from api.cli.sandboxed import room_of
from graph.errors import Severity, TooFew
from graph.questions.bundle import bundle_of
from graph.questions.records import review_ids


@app.command()
def verify_quotes(
    folder: Annotated[
        Path,
        typer.Argument(
            exists=True,
            file_okay=False,
            help="The folder with the sources: .pdf, .docx, .txt, .md, .html; named after their "
            "id, DOI or number, or by texts.csv (columns source, file).",
        ),
    ],
    store: StoreOption = None,
    review: ReviewOption = None,
    allow_nearly: Annotated[
        bool, typer.Option("--allow-nearly", help="Status 0 where other words differ a little.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find each quote again in its source, and list those that do not stand there. Status 1 then.

    White space, hyphens at line ends, ligatures and quotation marks may differ. Status 1 too if a
    file cannot be read, or if the folder has the text of no source.
    """
    from api.cli.text.quotes import quotes_text
    from loaders.coded.verify import verify_quotes as verify

    with opened_store(store) as (opened, settings):
        name = review
        if name is None:
            held = review_ids(opened)
            if len(held) != 1:
                raise TooFew("name the review", hint=f"--review, one of: {', '.join(held[:20])}")
            (name,) = held
        answer = verify(
            bundle_of(opened, name),
            folder,
            max_mb=settings.max_file_mb,
            room=room_of(settings),
        )
        show(answer, as_json, lambda: quotes_text(answer))
    unread = any(problem.severity is Severity.ERROR for problem in answer.problems)
    nothing = bool(answer.quotes) and answer.no_text == answer.quotes
    if answer.not_found or unread or nothing or (answer.nearly and not allow_nearly):
        raise typer.Exit(1)
