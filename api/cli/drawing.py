"""The command that draws the map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import ReviewOption, StoreOption, app, opened_store
from api.cli.console import say, tell
from graph.questions.theory_map import theory_map


@app.command("map")
def draw_map(
    path: Annotated[Path, typer.Argument(help="The HTML file to write.")],
    store: StoreOption = None,
    review: ReviewOption = None,
    of_mechanism: Annotated[str | None, typer.Option("--mechanism", help="Only this one.")] = None,
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
    tour: Annotated[
        Path | None, typer.Option(help="A YAML file with an argument tour: steps and sentences.")
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Give up the order of the map that is in the file.")
    ] = False,
) -> None:
    """Draw the theory map as one HTML file that opens anywhere, offline too.

    Where the file holds an earlier map, its records stand above each other as they did there.
    """
    from api.cli.tours import read_tour
    from visualise import places_of, write_map

    with opened_store(store) as (opened, settings):
        drawn = theory_map(
            opened,
            review=review,
            mechanism=of_mechanism,
            level=level,
            max_nodes=settings.max_map_nodes,
        )
        try:
            places = {} if afresh else places_of(path)
            walk = None if tour is None else read_tour(tour, drawn)
            size = write_map(drawn, path, walk, places)
        except OSError as error:
            tell(f"{path} could not be written: {error.strerror}", "bold red")
            raise typer.Exit(1) from error
        say(
            f"{path}: {len(drawn.nodes)} nodes, {len(drawn.edges)} edges, {size / 1024:.0f} KB. "
            "Open it in a browser, or send it by e-mail."
        )
        kept = sum(node.key in places for node in drawn.nodes)
        if kept:
            say(
                f"{kept} of its records were on the map that was in the file and keep their order; "
                "--afresh orders them anew."
            )
