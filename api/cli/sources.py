"""Commands about sources that came from reference files: overlap, merging, taking a merge back."""

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
from api.cli.text.sources import merged_text, overlap_text, references_text
from graph.questions.references import overlap as overlap_question
from graph.questions.references import references as references_question
from graph.questions.references import references_of

sources = typer.Typer(
    help="Sources from reference files: their records, the overlap of files, merges.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(sources, name="sources")

ByOption = Annotated[str | None, typer.Option("--by", help="Who says so.")]
NoteOption = Annotated[str | None, typer.Option("--note", help="Why.")]


@sources.command()
def records(
    source: Annotated[str | None, typer.Argument(help="Only those of this source.")] = None,
    store: StoreOption = None,
    review: ReviewOption = None,
    file: Annotated[str | None, typer.Option(help="Only of this file.")] = None,
    merged: Annotated[bool, typer.Option("--merged", help="Only what was merged.")] = False,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Records of reference files, each with the source that it stands for."""
    with opened_store(store) as (opened, _):
        page = (
            references_question(
                opened, review=review, file=file, merged=merged, after=after, limit=limit
            )
            if source is None
            else references_of(opened, source, review=review)
        )
        show(page, as_json, lambda: references_text(page))


@sources.command()
def overlap(
    review: Annotated[str, typer.Argument(help="The review, by id or title.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """How many records each file has, how far files overlap, and how many sources are left."""
    with opened_store(store) as (opened, _):
        answer = overlap_question(opened, review)
        show(answer, as_json, lambda: overlap_text(answer))


@sources.command()
def merge(
    one: Annotated[str, typer.Argument(help="The source that stays.")],
    other: Annotated[str, typer.Argument(help="The source that goes into it.")],
    store: StoreOption = None,
    review: ReviewOption = None,
    by: ByOption = None,
    note: NoteOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let the records of two sources stand for one; nothing is lost, `unmerge` takes it back."""
    from loaders.merging import merge_sources

    with opened_store(store) as (opened, settings):
        done = merge_sources(opened, one, other, settings, review=review, declared_by=by, note=note)
        show(done, as_json, lambda: merged_text(done, taken_back=False))


@sources.command()
def unmerge(
    name: Annotated[str, typer.Argument(help="The merged source, or a record (r-…), by id.")],
    store: StoreOption = None,
    review: ReviewOption = None,
    by: ByOption = None,
    note: NoteOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a merge back, by hand or by a rule; the decision holds when files are loaded again."""
    from loaders.merging import unmerge_source

    with opened_store(store) as (opened, settings):
        done = unmerge_source(opened, name, settings, review=review, declared_by=by, note=note)
        show(done, as_json, lambda: merged_text(done, taken_back=True))
