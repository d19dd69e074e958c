"""Commands that take reviews in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.app import JsonOption, StoreOption, app, opened_store, settings_of
from api.cli.console import loading, say, show, show_error, show_problems
from graph.errors import TheorygraphError
from graph.load import remove_review
from graph.questions.names import resolve


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A review folder.")],
    as_json: JsonOption = False,
) -> None:
    """Say everything that is wrong with a review folder, without loading it."""
    from loaders.intake import check as check_folder

    settings = settings_of(None)
    try:
        reading = check_folder(path, settings)
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error

    def render() -> None:
        show_problems(reading.problems, settings.max_problems)
        for file in reading.files:
            rejected = f", {file.rejected} rejected" if file.rejected else ""
            rows = "row" if file.rows == 1 else "rows"
            say(f"{file.file}: {file.rows} {rows}, {file.accepted} accepted{rejected}")
        warnings = len(reading.problems) - len(reading.errors)
        warned = f"{warnings} warning{'' if warnings == 1 else 's'}"
        if reading.errors:
            errors = len(reading.errors)
            say(f"{errors} error{'' if errors == 1 else 's'}, {warned}. It cannot be loaded yet.")
        else:
            say(f"No errors, {warned}. Load it: theorygraph load {path}")

    shown = reading.model_copy(update={"bundle": None})
    show(shown, as_json, render)
    raise typer.Exit(1 if reading.errors else 0)


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Review folders.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load review folders; each is loaded as a whole, or not at all."""
    from loaders.intake import load as load_folder

    with opened_store(store) as (opened, settings):
        for path in paths:
            with loading(f"Loading {path}") as progress:
                loaded = load_folder(opened, path, settings, progress=progress)
            total = loaded.report.total

            def render(loaded: Any = loaded, total: Any = total) -> None:
                show_problems(loaded.warnings, settings.max_problems)
                say(
                    f"{loaded.report.review}: {total.new} new, {total.changed} changed, "
                    f"{total.unchanged} unchanged, {total.removed} removed"
                )

            show(loaded, as_json, render)
        if not as_json:
            say("Next: theorygraph gaps, theorygraph unsupported, theorygraph map map.html", "dim")


@app.command()
def remove(
    review: Annotated[str, typer.Argument(help="The review, by id or title.")],
    store: StoreOption = None,
) -> None:
    """Take a review and everything that belongs to it out of the store."""
    with opened_store(store) as (opened, settings):
        id_ = resolve(opened, "review", review)
        count = remove_review(opened, id_, batch_rows=settings.batch_rows)
        say(f"{id_}: {count} records removed")
