"""The figures of a published site: gap maps and flow diagrams, beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from api.pictures import drawable_flow, drawable_gaps
from api.site.file_names import safe_name
from api.site.page_model import listed, record
from graph.answers import ReviewView
from graph.settings import Settings
from graph.store import Store
from visualise.flow_diagram import flow_svg
from visualise.gap_map import render_gap_map


def drawings(
    files: dict[str, str], store: Store, settings: Settings, reviews: Sequence[ReviewView]
) -> dict[str, tuple[str, Callable[[], str]]]:
    """The gap map and the flow diagram of each review, by file, with their addresses.

    Args:
        files: the site's files by address; those of the figures are added.
        store: where the reviews are.
        settings: how large a figure may be.
        reviews: whose figures.
    """
    drawn: dict[str, tuple[str, Callable[[], str]]] = {}
    for review in reviews:
        name = safe_name(review.id)
        for file, address, draw in (
            (
                f"maps/gaps/{name}.html",
                listed("/maps/gaps", review=review.id),
                partial(_gap_map, store, settings, review.id),
            ),
            (
                f"reviews/{name}/flow.svg",
                f"{record('review', review.id)}/flow.svg",
                partial(_flow_svg, store, settings, review.id),
            ),
        ):
            files[address] = file
            drawn[file] = (address, draw)
    return drawn


def _gap_map(store: Store, settings: Settings, review: str) -> str:
    return render_gap_map(drawable_gaps(store, settings, review=review, by="level", column=None))


def _flow_svg(store: Store, settings: Settings, review: str) -> str:
    return flow_svg(drawable_flow(store, settings, review))
