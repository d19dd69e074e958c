"""Writing: a zipped review folder comes in, and located problems or a report go out."""

from __future__ import annotations

import io

from fastapi import APIRouter, Request

from api.deps import Ask, Configured
from graph.errors import TooLarge
from graph.settings import Settings
from graph.store import Store
from loaders.archive import unpacked
from loaders.intake import Loaded, load

router = APIRouter(tags=["loads"])


@router.post(
    "/loads",
    operation_id="load",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A zip of one review folder.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def post_load(request: Request, asking: Ask, settings: Configured) -> Loaded:
    """Load a zipped review folder: all of it, or nothing. Needs the token."""
    body = await _body(request, settings.max_upload_mb)
    return await asking.long(_load, body, settings)


def _load(store: Store, body: bytes, settings: Settings) -> Loaded:
    with unpacked(io.BytesIO(body), max_mb=settings.max_file_mb) as folder:
        return load(store, folder, settings)


async def _body(request: Request, max_mb: int) -> bytes:
    allowed = max_mb * 1024 * 1024
    error = TooLarge(
        f"more than {max_mb} MB were sent", hint="raise THEORYGRAPH_MAX_UPLOAD_MB on the server"
    )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > allowed:
        raise error
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > allowed:
            raise error
    return bytes(body)
