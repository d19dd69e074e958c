"""The commands that draw figures: the gap map and the flow diagram."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import ReviewOption, StoreOption, app, opened_store
from api.cli.console import say, tell
from api.pictures import drawable_flow, drawable_gaps
from graph.questions.gap_evidence import gap_evidence

PathArgument = Annotated[
    Path, typer.Argument(help="The file to write; it ends in .html, .svg or .png.")
]


@app.command("gap-map")
def gap_map(
    path: PathArgument,
    store: StoreOption = None,
    review: ReviewOption = None,
    by: Annotated[
        str,
        typer.Option(help="Columns: level, perspective, source kind or setting; or two, as a,b."),
    ] = "level",
    column: Annotated[str | None, typer.Option(help="Only columns with this value.")] = None,
) -> None:
    """Draw the gap matrix: as a page with its evidence, or as SVG or PNG for a paper."""
    _known(path)
    from visualise.gap_drawing import gap_map_svg
    from visualise.gap_map import render_gap_map

    with opened_store(store) as (opened, settings):
        answer = drawable_gaps(opened, settings, review=review, by=by, column=column)
        _write(
            path,
            lambda: gap_map_svg(answer),
            lambda: render_gap_map(answer, gap_evidence(opened, answer)),
        )


@app.command("flow-diagram")
def flow_diagram(
    review: Annotated[str, typer.Argument(help="The review.")],
    path: PathArgument,
    store: StoreOption = None,
) -> None:
    """Draw a review's search flow; sums that do not hold are red, computed numbers italic."""
    _known(path)
    from visualise.flow_diagram import flow_page, flow_svg

    with opened_store(store) as (opened, settings):
        report = drawable_flow(opened, settings, review)
        _write(path, lambda: flow_svg(report), lambda: flow_page(report))


def _known(path: Path) -> None:
    if path.suffix.lower() not in (".html", ".svg", ".png"):
        tell(f"{path} says not what it is to be; end it in .html, .svg or .png", "bold red")
        raise typer.Exit(2)


def _write(path: Path, svg: Callable[[], str], page: Callable[[], str]) -> None:
    from visualise.atomic_files import write_whole
    from visualise.figures import to_png

    kind = path.suffix.lower()
    if kind == ".html":
        data = page().encode("utf-8")
    else:
        data = to_png(svg()) if kind == ".png" else svg().encode("utf-8")
    try:
        write_whole(path, data)
    except OSError as error:
        tell(f"{path} could not be written: {error.strerror}", "bold red")
        raise typer.Exit(1) from error
    say(f"{path}: {len(data) / 1024:.0f} KB.")
