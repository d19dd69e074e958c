"""The command that writes the site as plain files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import ReviewOption, StoreOption, app, opened_store
from api.cli.console import number, say, tell


@app.command()
def publish(
    path: Annotated[Path, typer.Argument(help="A new or empty folder; with --zip, the zip file.")],
    store: StoreOption = None,
    review: ReviewOption = None,
    as_zip: Annotated[bool, typer.Option("--zip", help="Write one zip instead.")] = False,
) -> None:
    """Write the site as plain files: for any web host, a memory stick or an e-mail."""
    from api.site.publish import publish as write

    with opened_store(store) as (opened, settings):
        if as_zip and path.suffix.casefold() != ".zip":
            path = path.with_name(f"{path.name}.zip")
        try:
            done = write(opened, settings, path, review=review, zipped=as_zip)
        except OSError as error:
            tell(f"{path} could not be written: {error.strerror or error}", "bold red")
            raise typer.Exit(1) from error
        say(
            f"{path}: {number(done.pages, 'page')}, {number(done.files, 'file')}, "
            f"{done.bytes / 1024 / 1024:.1f} MB."
        )
        say("Open the zip's index.html." if as_zip else f"Open {path / 'index.html'}.")
