"""What both doors to the figures share: how large one may be, and the picture in a report."""

from __future__ import annotations

from graph.answers import FlowReport, GapAnswer
from graph.errors import TooLarge
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.settings import Settings
from graph.store import Store


def drawable_gaps(
    store: Store, settings: Settings, *, review: str | None, by: str, column: str | None = None
) -> GapAnswer:
    """The gap matrices, if a map of them can be drawn.

    Raises:
        NotFound: there is no such review.
        UnknownValue: a dimension or a column is not known.
        TooLarge: the map would have more cells than may be drawn.
    """
    answer = gaps(store, review=review, by=by.split(","), column=column)
    cells = sum(len(matrix.rows) * len(matrix.columns) for matrix in answer.reviews)
    if cells > settings.max_map_nodes:
        raise TooLarge(
            f"the gap map would have {cells} cells; {settings.max_map_nodes} is the limit",
            hint="ask for one review, one column or one dimension, or raise "
            "THEORYGRAPH_MAX_MAP_NODES",
        )
    return answer


def drawable_flow(store: Store, settings: Settings, review: str) -> FlowReport:
    """The checked flow of a review, if a diagram of it can be drawn.

    Raises:
        NotFound: there is no such review.
        TooLarge: the diagram would have more boxes than may be drawn.
    """
    report = flow(store, review)
    boxes = sum(len(stage.steps) for stage in report.stages)
    if boxes > settings.max_map_nodes:
        raise TooLarge(
            f"the diagram would have {boxes} boxes; {settings.max_map_nodes} is the limit",
            hint="raise THEORYGRAPH_MAX_MAP_NODES",
        )
    return report


def flow_picture(store: Store, settings: Settings, review: str) -> bytes | None:
    """The flow diagram of a review as PNG; nothing if it has no flow, or one too large to draw.

    Raises:
        NotFound: there is no such review.
    """
    from visualise.figures import to_png  # imported where something is drawn: it takes a while
    from visualise.flow_diagram import flow_svg

    try:
        report = drawable_flow(store, settings, review)
    except TooLarge:
        return None
    if not any(stage.steps for stage in report.stages):
        return None
    return to_png(flow_svg(report))
