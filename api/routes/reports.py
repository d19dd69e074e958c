"""The tables that papers need, as a document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import Ask, Configured
from api.parameters import Query
from api.pictures import flow_picture
from exports.report.formats import MEDIA_TYPES, ReportFormat, Written, write_report
from exports.report.references import DEFAULT_STYLE
from graph.settings import Settings
from graph.store import Store

router = APIRouter(tags=["export"])


class ReportQuery(BaseModel):
    """How the report is to be written."""

    model_config = ConfigDict(extra="forbid")

    format: ReportFormat = Field(default=ReportFormat.DOCX, description="docx, md, html or xlsx.")
    style: str = Field(
        default=DEFAULT_STYLE,
        min_length=1,
        max_length=120,
        description="Citation style of the references: apa, vancouver, harvard, bmj, …",
    )


@router.get(
    "/reviews/{id:path}/report",
    operation_id="report",
    response_class=Response,
    responses={
        200: {
            "description": "The report.",
            "content": {
                kind.partition(";")[0]: {"schema": {"type": "string"}}
                for kind in MEDIA_TYPES.values()
            },
        }
    },
)
async def get_report(
    asking: Ask,
    settings: Configured,
    id: str,  # noqa: A002
    query: Annotated[ReportQuery, Depends(Query(ReportQuery))],
) -> Response:
    """The tables that papers need, with references and a RAMESES checklist."""
    written = await asking.long(_written, settings, id, query)
    return Response(
        written.data,
        media_type=written.media_type,
        headers={"Content-Disposition": f'attachment; filename="{written.name}"'},
    )


def _written(store: Store, settings: Settings, review: str, query: ReportQuery) -> Written:
    picture = flow_picture(store, settings, review)
    return write_report(store, review, query.format, style=query.style, flow_picture=picture)
