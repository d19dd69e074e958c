"""Commands about workbooks: an empty one, a copy with its problems, what its columns may be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import StoreOption, app, must_be_new, opened_store, settings_of
from api.cli.console import next_commands, number, say, show_error, tell
from api.cli.loading import CodesOption, MapOption
from api.cli.sandboxed import room_of
from graph.commands import command
from graph.errors import Severity, TheorygraphError
from graph.questions.bundle import bundle_of


@app.command()
def template(
    path: Annotated[Path, typer.Argument(help="The workbook to write, an .xlsx.")],
    review: Annotated[
        str | None, typer.Option("--from", help="Fill it with this review, by id or title.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write a workbook to fill: a sheet per kind of record, with drop-downs and notes."""
    from exports.workbook import write_template

    must_be_new(path)
    bundle = None
    if review is not None:
        with opened_store(store) as (opened, _):
            bundle = bundle_of(opened, review)
    try:
        write_template(path, bundle=bundle)
    except TheorygraphError as error:
        show_error(error, 1)
        raise typer.Exit(1) from error
    except OSError as error:
        tell(f"{path} could not be written: {error.strerror or error}", "bold red")
        raise typer.Exit(1) from error
    said = "fill it" if bundle is None else f"it holds {bundle.review.id}; change it"
    say(f"{path}: {said}")
    next_commands(command("check", path))


@app.command()
def annotate(
    path: Annotated[Path, typer.Argument(help="A workbook (.xlsx, .ods).")],
    out: Annotated[
        Path | None, typer.Argument(help="The copy; default: NAME-annotated.xlsx beside it.")
    ] = None,
    columns: MapOption = None,
    codes: CodesOption = None,
) -> None:
    """Write a copy of a workbook with each problem as a comment on its cell."""
    from exports.annotate import annotate as write_copy
    from loaders.detect_format import How
    from loaders.intake import check as check_files

    settings = settings_of(None)
    written = out or path.with_name(f"{path.stem}-annotated.xlsx")
    if written == path or (written.exists() and written.samefile(path)):
        tell("The copy would replace the workbook itself; name another file", "bold red")
        raise typer.Exit(1)
    try:
        how = How(mapping=codes, columns=columns)
        reading = check_files(path, settings, how=how, room=room_of(settings))
        places = write_copy(
            path, reading.problems, written, name=path.name, max_mb=settings.max_file_mb
        )
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error
    except ValueError as error:
        for problem in reading.problems:
            tell(problem.sentence(), "red")
        tell(f"{path} cannot be copied: {error}", "bold red")
        raise typer.Exit(1) from error
    except OSError as error:
        tell(f"{written} could not be written: {error.strerror or error}", "bold red")
        raise typer.Exit(1) from error
    errors = sum(one.severity is Severity.ERROR for one in reading.problems)
    warnings = len(reading.problems) - errors
    cells = len({place for place in places if place is not None})
    say(
        f"{written}: {number(errors, 'error')} and {number(warnings, 'warning')} on "
        f"{number(cells, 'cell')}; the first sheet lists them"
    )


@app.command("suggest-map")
def suggest_map(
    path: Annotated[
        Path,
        typer.Argument(
            help="A sheet of configurations, or a coded document (EPPI-Reviewer JSON, .qdpx, .qdc)."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write, such as columns.yaml.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet that is meant.")] = None,
    header_row: Annotated[
        int | None,
        typer.Option("--header-row", min=1, help="The row of the headers, whatever they are."),
    ] = None,
) -> None:
    """Propose what the columns of a sheet or the codes of a document are, for check and load."""
    from loaders.coded.suggestion import is_coded, suggest_codes
    from loaders.in_sandbox import proposed_apart
    from loaders.map_suggestion import suggest_map as suggested

    settings = settings_of(None)
    if out is not None:
        must_be_new(out)
    room, most = room_of(settings), settings.max_file_mb
    try:
        if is_coded(path):
            option, said = "--codes", "a proposal of what its codes are"
            named = str(out or "codes.yaml")
            text = proposed_apart(room, suggest_codes, path, max_mb=most, called=named)
        else:
            option, called = "--map", str(out or "columns.yaml")
            wanted = {"sheet": sheet, "header_row": header_row, "called": called}
            found = proposed_apart(room, suggested, path, max_mb=most, **wanted)
            text, said = found.text, found.sure
        if out is not None:
            out.write_text(text, encoding="utf-8")
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error
    except OSError as error:
        tell(f"{out} could not be written: {error.strerror or error}", "bold red")
        raise typer.Exit(1) from error
    if out is None:
        typer.echo(text, nl=False)
    else:
        say(f"{out}: {said}; look at it")
        next_commands(command("check", path, option, out))
