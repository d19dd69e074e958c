"""Copying the store and putting a copy back, while it is served; both need the token."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask

from api.dependencies import Ask, Configured, sent
from api.parameters import NoQuery, Query
from graph.answers import Restored
from graph.backup import back_up, restore

router = APIRouter(tags=["loads"])

_FILE = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class RestoreQuery(BaseModel):
    """How a backup is to be put back."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="backup.kgl", max_length=200, description="What the file is called.")
    replace: bool = Field(
        default=False,
        description="Let reviews go that the backup does not have, or has in another state.",
    )


@router.post(
    "/backups",
    operation_id="backup",
    response_class=FileResponse,
    responses={200: {"description": "The whole store, as one file.", "content": _FILE}},
)
async def post_backup(asking: Ask, _: Annotated[NoQuery, Depends(Query(NoQuery))]) -> FileResponse:
    """The whole store, as it is at one moment, in one file. Needs the token."""
    folder = tempfile.mkdtemp(prefix="theorygraph-")
    try:
        file = Path(folder) / "backup.kgl"
        await asking.long(back_up, file)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        file,
        media_type="application/octet-stream",
        filename=file.name,
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )


@router.post(
    "/restore",
    operation_id="restore",
    openapi_extra={"requestBody": {"required": True, "content": _FILE}},
)
async def post_restore(
    request: Request,
    asking: Ask,
    settings: Configured,
    query: Annotated[RestoreQuery, Depends(Query(RestoreQuery))],
) -> Restored:
    """Make the store hold the reviews of a backup, sent as it is. Needs the token."""
    with tempfile.NamedTemporaryFile(prefix="theorygraph-", suffix=".kgl") as file:
        async for part in sent(request, settings.max_backup_mb, "THEORYGRAPH_MAX_BACKUP_MB"):
            file.write(part)
        file.flush()
        path = Path(file.name)
        return await asking.long(restore, path, name=query.name, replace=query.replace)
