"""A review on its way out, in the formats of other tools."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.content_negotiation import preferred
from api.dependencies import Ask
from api.parameters import NoQuery, Query
from exports.formats import FORMATS, Format
from exports.jsonld import context
from graph.errors import NotAcceptable
from graph.questions.bundle import bundle_of

router = APIRouter(tags=["export"])

_BY_TYPE = {written.media_type: kind for kind, written in reversed(FORMATS.items())}
_OFFERED = list(dict.fromkeys(written.media_type for written in FORMATS.values()))


class ExportQuery(BaseModel):
    """How a review is to be written."""

    model_config = ConfigDict(extra="forbid")

    format: Format | None = Field(
        default=None,
        description="folder and csv come as a zip. Without it, the header Accept decides.",
    )


@router.get(
    "/reviews/{id:path}/export",
    operation_id="export",
    response_class=Response,
    responses={
        200: {
            "description": "The review.",
            "content": {
                kind: {"schema": {"type": "object" if kind.endswith("json") else "string"}}
                for kind in _OFFERED
            },
        }
    },
)
async def get_export(
    asking: Ask,
    id: str,  # noqa: A002
    query: Annotated[ExportQuery, Depends(Query(ExportQuery))],
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """A review as a folder, workbook, tables, JSON, GraphML, JSON-LD, RIS, REFI-QDA or for Kumu."""
    wanted = query.format
    if wanted is None:
        kind = preferred(accept, _OFFERED)
        if kind is None:
            raise NotAcceptable(
                f"a review is not written as {accept!r}", hint=f"known: {', '.join(_OFFERED)}"
            )
        wanted = _BY_TYPE[kind]
    bundle = await asking.long(bundle_of, id)
    written = FORMATS[wanted]
    body = await run_in_threadpool(written.write, bundle)
    name = f"{bundle.review.id}{written.ending}"
    return Response(
        body,
        media_type=written.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _JsonLd(JSONResponse):
    media_type = "application/ld+json"


@router.get("/context.jsonld", operation_id="jsonld_context", response_class=_JsonLd)
async def get_context(_: Annotated[NoQuery, Depends(Query(NoQuery))]) -> Response:
    """What each name in JSON-LD means."""
    return _JsonLd(context())
