"""Commands that take files in and reviews out, and say what was loaded."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import (
    AfterOption,
    JsonOption,
    LimitOption,
    ReviewOption,
    StoreOption,
    app,
    opened_store,
    settings_of,
)
from api.cli.console import (
    loading,
    next_commands,
    say,
    show,
    show_error,
    show_problems,
)
from api.cli.sandboxed import room_of
from api.cli.text.loads import checked_text, loaded_text, loads_text
from graph.commands import command
from graph.errors import TheorygraphError
from graph.load import remove_review
from graph.questions.loads import loads as loads_question
from graph.questions.names import resolve
from graph.stores import may_hold_something

if TYPE_CHECKING:
    from loaders.intake import Loaded


class Said(StrEnum):
    """What a person may say of records that do not say it."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="A review folder or workbook; reference files (RIS, BibTeX, CSL-JSON, EndNote XML, "
        ".nbib, Web of Science, Rayyan or Covidence CSV); coded documents (EPPI-Reviewer JSON, "
        ".qdpx, .qdc)."
    ),
]
IntoOption = Annotated[
    str | None,
    typer.Option("--review", help="The review that files without one of their own add to."),
]
TitleOption = Annotated[
    str | None, typer.Option("--title", help="Title of that review, if it is a new one.")
]
MapOption = Annotated[
    Path | None,
    typer.Option("--map", help="What the columns of a sheet are (see suggest-map)."),
]
CodesOption = Annotated[
    Path | None,
    typer.Option("--codes", help="What the codes of coded documents stand for."),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        help="What files are in that are not in Unicode: cp1252, cp1251, gb18030, …",
    ),
]
DecisionOption = Annotated[
    Said | None,
    typer.Option(
        "--decision",
        help="What was decided of the records of reference files that do not say it.",
    ),
]
StageOption = Annotated[
    str | None,
    typer.Option(
        "--stage",
        help='The stage of screening at which reference files decide: "title and abstract", '
        '"full text", "stage 2".',
    ),
]
ReplacesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--replaces",
        help="A file whose decisions at the same stage give way to those loaded now.",
    ),
]


def _options(**given: object) -> list[object]:
    """Options as they were given, for a command that is to be typed next."""
    return [part for name, one in given.items() if one is not None for part in (f"--{name}", one)]


@app.command()
def check(
    paths: PathsArgument,
    store: StoreOption = None,
    review: IntoOption = None,
    title: TitleOption = None,
    columns: MapOption = None,
    codes: CodesOption = None,
    encoding: EncodingOption = None,
    decision: DecisionOption = None,
    stage: StageOption = None,
    replaces: ReplacesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say everything that is wrong with files, without loading them.

    With --store or --review they are compared with what the store holds.
    """
    from loaders.detect_format import How
    from loaders.intake import check as check_files
    from loaders.references.deciding import Screened
    from loaders.source_matching import UNNAMED

    screened = Screened(decision, stage, tuple(replaces or ()))
    how = How(mapping=codes, columns=columns, encoding=encoding, screened=screened)
    settings = settings_of(store)
    room = room_of(settings)
    try:
        compared = store is not None or (review is not None and title is None)
        if not compared:
            reading = check_files(paths, settings, how=how, review=review, title=title, room=room)
        else:
            with opened_store(store) as (opened, settings):
                reading = check_files(
                    paths,
                    settings,
                    how=how,
                    store=opened,
                    review=review,
                    title=title,
                    replace=False,
                    room=room,
                )
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error
    shown = reading.model_copy(update={"bundle": None})
    given = _options(
        map=columns,
        codes=codes,
        encoding=encoding,
        decision=decision,
        stage=stage,
        review=review,
        title=title,
        store=store,
    )
    given += [part for name in replaces or () for part in ("--replaces", name)]

    def render() -> None:
        show_problems(reading.problems, settings.max_problems)
        checked_text(reading)
        if not (compared or reading.errors) and may_hold_something(settings):
            looking = command("check", *paths, *given, "--store", settings.store)
            say(f"What {settings.store} holds was not looked at; this does: {looking}", "dim")
        if reading.bundle is not None and reading.bundle.review.id == UNNAMED:
            say("To load it, add the review that it belongs to: --review ID, and --title if new.")
        elif not reading.errors:
            next_commands(command("load", *paths, *given))

    show(shown, as_json, render)
    raise typer.Exit(1 if reading.errors else 0)


@app.command()
def load(
    paths: PathsArgument,
    store: StoreOption = None,
    review: IntoOption = None,
    title: TitleOption = None,
    columns: MapOption = None,
    codes: CodesOption = None,
    encoding: EncodingOption = None,
    decision: DecisionOption = None,
    stage: StageOption = None,
    replaces: ReplacesOption = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Let records that files left out here had brought go."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Load files: several reviews one by one, or a review with the files that belong to it.

    Each review is loaded as a whole, or not at all.
    """
    from loaders.detect_format import How
    from loaders.intake import load as load_files
    from loaders.intake import states_review
    from loaders.references.deciding import Screened

    screened = Screened(decision, stage, tuple(replaces or ()))
    how = How(mapping=codes, columns=columns, encoding=encoding, screened=screened)
    # With a map, a workbook may be the table that it is for.
    one_by_one = len(paths) > 1 and columns is None and all(map(states_review, paths))
    groups = [[path] for path in paths] if one_by_one else [paths]
    with opened_store(store, absent="scratch" if dry_run else "later") as (opened, settings):
        for group in groups:
            with loading(", ".join(path.name for path in group)) as progress:
                loaded = load_files(
                    opened,
                    group,
                    settings,
                    how=how,
                    review=review,
                    title=title,
                    replace=replace,
                    dry_run=dry_run,
                    progress=progress,
                    room=room_of(settings),
                )

            def render(loaded: Loaded = loaded) -> None:
                loaded_text(loaded)

            show(loaded, as_json, render)
        if not as_json and not dry_run:
            of = _options(review=loaded.report.review, store=store)
            if loaded.report.kinds["Mechanism"].any:
                asking = [("gaps",), ("unsupported",), ("map", f"{loaded.report.review}.html")]
                next_commands(*(command(*words, *of) for words in asking))
            else:
                at = _options(store=store)
                overlap = command("sources", "overlap", loaded.report.review, *at)
                shown = command("show", "sources", *of)
                next_commands(*([overlap] if loaded.report.kinds["Reference"].any else []), shown)


@app.command()
def loads(
    store: StoreOption = None,
    review: ReviewOption = None,
    after: AfterOption = "",
    limit: LimitOption = 20,
    as_json: JsonOption = False,
) -> None:
    """What was loaded, when and from which files, newest first."""
    with opened_store(store) as (opened, _):
        answer = loads_question(opened, review=review, after=after, limit=limit)
        show(answer, as_json, lambda: loads_text(answer))


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
