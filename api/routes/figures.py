"""Figures for people and for papers: the gap map and the flow diagram."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import Ask, Asking, Configured
from api.parameters import GapQuery, NoQuery, Query
from api.pictures import drawable_flow, drawable_gaps
from api.routes.pages import map_policy
from graph.answers import GapAnswer
from graph.errors import TooLarge
from graph.settings import Settings
from visualise.figures import to_png
from visualise.flow_diagram import flow_svg
from visualise.gap_drawing import gap_map_svg
from visualise.gap_map import render_gap_map

router = APIRouter(tags=["pages"])

SVG = "image/svg+xml"
PNG = "image/png"
MOST_SVG = 1_000_000
"""Characters of an SVG that is drawn as PNG: resvg lets nobody else work meanwhile, up to 2 s."""
_SVG_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'"
)


def _picture(kind: str) -> dict[int | str, dict[str, Any]]:
    schema: dict[str, str] = {"type": "string"}
    if kind == PNG:
        schema["format"] = "binary"
    return {200: {"description": "The picture.", "content": {kind: {"schema": schema}}}}


@router.get("/maps/gaps", operation_id="gap_map", response_class=HTMLResponse)
async def get_gap_map(
    asking: Ask, settings: Configured, query: Annotated[GapQuery, Depends(Query(GapQuery))]
) -> HTMLResponse:
    """The gap map, to sort, filter and ask for the evidence of a cell."""
    answer = await _gaps(asking, settings, query)
    drawn = await run_in_threadpool(render_gap_map, answer, linked=True)
    return HTMLResponse(drawn, headers={"Content-Security-Policy": map_policy(drawn)})


@router.get(
    "/maps/gaps.svg",
    operation_id="gap_map_svg",
    response_class=Response,
    responses=_picture(SVG),
)
async def get_gap_map_svg(
    asking: Ask, settings: Configured, query: Annotated[GapQuery, Depends(Query(GapQuery))]
) -> Response:
    """The gap map for a paper, as SVG with its font inside."""
    return _svg(await run_in_threadpool(gap_map_svg, await _gaps(asking, settings, query)))


@router.get(
    "/maps/gaps.png",
    operation_id="gap_map_png",
    response_class=Response,
    responses=_picture(PNG),
)
async def get_gap_map_png(
    asking: Ask, settings: Configured, query: Annotated[GapQuery, Depends(Query(GapQuery))]
) -> Response:
    """The gap map for a paper, as PNG."""
    drawn = await run_in_threadpool(gap_map_svg, await _gaps(asking, settings, query))
    return await _png(drawn)


@router.get(
    "/reviews/{id:path}/flow.svg",
    operation_id="flow_svg",
    response_class=Response,
    responses=_picture(SVG),
)
async def get_flow_svg(
    asking: Ask,
    settings: Configured,
    id: str,  # noqa: A002
    _: Annotated[NoQuery, Depends(Query(NoQuery))],
) -> Response:
    """The search flow as a diagram, as SVG with its font inside."""
    return _svg(await run_in_threadpool(flow_svg, await asking.long(drawable_flow, settings, id)))


@router.get(
    "/reviews/{id:path}/flow.png",
    operation_id="flow_png",
    response_class=Response,
    responses=_picture(PNG),
)
async def get_flow_png(
    asking: Ask,
    settings: Configured,
    id: str,  # noqa: A002
    _: Annotated[NoQuery, Depends(Query(NoQuery))],
) -> Response:
    """The search flow as a diagram, as PNG."""
    drawn = await run_in_threadpool(flow_svg, await asking.long(drawable_flow, settings, id))
    return await _png(drawn)


async def _gaps(asking: Asking, settings: Settings, query: GapQuery) -> GapAnswer:
    return await asking.long(
        drawable_gaps, settings, review=query.review, by=query.by, column=query.column
    )


def _svg(text: str) -> Response:
    return Response(text, media_type=SVG, headers={"Content-Security-Policy": _SVG_POLICY})


async def _png(svg: str) -> Response:
    if len(svg) > MOST_SVG:
        raise TooLarge(
            "the figure is too large to be drawn as PNG here",
            hint="take the SVG, narrow the question, or draw it on the command line",
        )
    return Response(await run_in_threadpool(to_png, svg), media_type=PNG)
