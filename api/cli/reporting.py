"""The command that writes the tables that papers need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import StoreOption, app, opened_store
from api.cli.console import number, say, tell
from api.pictures import flow_picture
from exports.report.formats import ReportFormat, write_report
from exports.report.references import DEFAULT_STYLE

_ENDINGS = {f".{kind.value}": kind for kind in ReportFormat} | {
    ".htm": ReportFormat.HTML,
    ".markdown": ReportFormat.MARKDOWN,
}


@app.command()
def report(
    review: Annotated[str, typer.Argument(help="The review, by id or title.")],
    path: Annotated[Path, typer.Argument(help="The file to write.")],
    store: StoreOption = None,
    format: Annotated[  # noqa: A002
        ReportFormat | None,
        typer.Option(help="Default: what the ending of the file says, else `docx`."),
    ] = None,
    style: Annotated[
        str, typer.Option(help="Citation style: apa, vancouver, harvard, bmj, …")
    ] = DEFAULT_STYLE,
) -> None:
    """Write the tables that papers need, with references and a RAMESES checklist."""
    kind = format or _ENDINGS.get(path.suffix.casefold(), ReportFormat.DOCX)
    with opened_store(store) as (opened, settings):
        picture = flow_picture(opened, settings, review)
        written = write_report(opened, review, kind, style=style, flow_picture=picture)
    try:
        path.write_bytes(written.data)
    except OSError as error:
        tell(f"{path} could not be written: {error.strerror or error}", "bold red")
        raise typer.Exit(1) from error
    tables = number(len(written.report.tables), "table")
    listed = sum(len(section.references) for section in written.report.sections)
    cited = f"{number(listed, 'reference')} in the style {written.report.style}"
    say(f"{path}: {tables} and {cited}, as {kind.value}")
