"""The command that writes a review for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import StoreOption, app, opened_store
from api.cli.console import next_commands, number, say, tell
from exports.formats import FORMATS, Format
from exports.review_folder import folder_files
from exports.tables import table_files
from graph.commands import command
from graph.model import ReviewBundle
from graph.questions.bundle import bundle_of

_FILES = {Format.FOLDER: folder_files, Format.CSV: table_files}
_ENDINGS = {".zip": Format.FOLDER} | {written.ending: kind for kind, written in FORMATS.items()}
"""What a file is by its ending, the longest that fits; a name without one is that of a folder."""


@app.command()
def export(
    review: Annotated[str, typer.Argument(help="The review, by id or title.")],
    path: Annotated[
        Path, typer.Argument(help="The file to write; a folder for `folder` and `csv`, or a .zip.")
    ],
    store: StoreOption = None,
    format: Annotated[  # noqa: A002
        Format | None,
        typer.Option(help="Default: what the ending of the file says, else `folder`."),
    ] = None,
) -> None:
    """Write a review as a folder, workbook, tables, JSON, GraphML, JSON-LD, RIS, .qdpx or Kumu."""
    with opened_store(store) as (opened, _):
        kind = format or _meant(path)
        bundle = bundle_of(opened, review)
        try:
            count = _write(bundle, path, kind)
        except OSError as error:
            tell(f"{path} could not be written: {error.strerror or error}", "bold red")
            raise typer.Exit(1) from error
        # Of what these hold, some is several records, and some records are left out.
        part = kind in (Format.QDPX, Format.KUMU)
        held = bundle.review.id if part else f"{number(count, 'record')} of {bundle.review.id}"
        say(f"{path}: {held} as {kind.value}")
        if kind in (Format.FOLDER, Format.XLSX):
            next_commands(command("load", path), lead="To take it in again")


def _meant(path: Path) -> Format:
    """The format that a name says; a folder needs no ending, and one that is there may have any."""
    if not path.suffix or path.is_dir():
        return Format.FOLDER
    fitting = [ending for ending in _ENDINGS if path.name.casefold().endswith(ending)]
    if not fitting:
        tell(f"{path}: no format has the ending {path.suffix}", "bold red")
        tell(
            f"  Endings that say what to write: {', '.join(_ENDINGS)}; a name without an ending is "
            "a folder. --format goes before the ending."
        )
        raise typer.Exit(1)
    return _ENDINGS[max(fitting, key=len)]


def _write(bundle: ReviewBundle, path: Path, kind: Format) -> int:
    count = sum(len(part) for _, part in bundle if isinstance(part, list)) + 1
    if kind not in _FILES or path.suffix.casefold() == ".zip":
        path.write_bytes(FORMATS[kind].write(bundle))
        return len(bundle.sources) if kind is Format.RIS else count
    files = _FILES[kind](bundle)
    if path.exists() and any(path.iterdir()):
        # What another file here says would be read as part of the review.
        raise FileExistsError(0, "the folder is not empty; name a new one")
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8", newline="")
    return count
