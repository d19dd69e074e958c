"""Writing: files come in, and located problems or a report of what was loaded go out."""

from __future__ import annotations

import contextlib
import logging
import re
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.dependencies import Ask, Configured, Read, sent
from api.parameters import Query
from api.templating import page
from graph.errors import Problem, Rejected, TheorygraphError
from graph.settings import Settings
from graph.store import Store
from loaders.detect_format import How
from loaders.intake import CheckReport, Loaded, check, load, report_of
from loaders.references.deciding import Screened

log = logging.getLogger("theorygraph.loads")
router = APIRouter(tags=["loads"])

_MOST_FILES = 50
_UNSAFE = re.compile(r"[^\w.() -]+")
_HOW = ("map", "codes")
_BODY = {
    "requestBody": {
        "required": True,
        "description": "A file as it is, or several as multipart/form-data: fields named `file`, "
        "and `map` or `codes` for the files that say what columns and codes stand for.",
        "content": {
            "application/zip": {"schema": {"type": "string", "format": "binary"}},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                        },
                        "map": {"type": "string", "format": "binary"},
                        "codes": {"type": "string", "format": "binary"},
                    },
                }
            },
        },
    }
}


class LoadQuery(BaseModel):
    """What is to be done with the files."""

    name: str | None = Field(
        default=None, max_length=200, description="Name of a file that is sent as it is."
    )
    review: str | None = Field(
        default=None, description="The review that files without one of their own add to."
    )
    title: str | None = Field(default=None, description="Title of that review, if it is new.")
    encoding: str | None = Field(
        default=None,
        max_length=40,
        description="What reference files are in that are not in Unicode: `cp1252`, `gb18030`.",
    )
    decision: Literal["included", "excluded"] | None = Field(
        default=None,
        description="What was decided of the records of reference files that do not say it.",
    )
    stage: str | None = Field(
        default=None,
        max_length=200,
        description="The stage of screening at which reference files decide: `full text`.",
    )
    replaces: str | None = Field(
        default=None,
        max_length=2000,
        description="Files whose decisions at the same stage give way to these, by name, with "
        "semicolons between them.",
    )
    replace: bool = Field(
        default=False, description="Let records that files left out here had brought go."
    )
    dry_run: bool = Field(default=False, description="Say what would change; change nothing.")


Wanted = Annotated[LoadQuery, Depends(Query(LoadQuery))]


@router.post("/loads", operation_id="load", status_code=201, openapi_extra=_BODY)
async def post_load(
    request: Request, asking: Ask, reading: Read, settings: Configured, query: Wanted
) -> Loaded:
    """Load a zipped review folder, a workbook, reference files or coded documents.

    All of it, or nothing. Needs the token.
    """
    async with _received(request, settings, query) as files:
        return await reading(
            request,
            asking,
            _loaded,
            files,
            settings,
            review=query.review,
            title=query.title,
            replace=query.replace,
            dry_run=query.dry_run,
        )


@router.post("/checks", operation_id="check", openapi_extra=_BODY)
async def post_check(
    request: Request, asking: Ask, reading: Read, settings: Configured, query: Wanted
) -> CheckReport:
    """Say everything that is wrong with files, with the rows it is in; nothing is kept.

    Needs the token.
    """
    async with _received(request, settings, query) as files:
        return await reading(
            request, asking, _checked, files, settings, review=query.review, title=query.title
        )


@router.get("/load", operation_id="load_page", response_class=HTMLResponse)
async def get_load_page(settings: Configured) -> HTMLResponse:
    """A page that files are dropped on: their problems are shown next to their rows."""
    return page(
        "load.html",
        root=settings.root_path,
        writable=settings.token is not None,
        most_mb=settings.max_upload_mb,
    )


@dataclass(frozen=True, slots=True)
class _Received:
    paths: list[Path]
    how: How


def _loaded(store: Store, files: _Received, settings: Settings, **wanted: Any) -> Loaded:
    try:
        return load(store, files.paths, settings, how=files.how, **wanted)
    except TheorygraphError as error:
        names = ", ".join(path.name for path in files.paths)
        log.warning("load of %r came to nothing: %s: %s", names, error.title, error.detail)
        raise


def _checked(store: Store, files: _Received, settings: Settings, **wanted: Any) -> CheckReport:
    reading = check(files.paths, settings, how=files.how, store=store, **wanted)
    return report_of(reading, most=settings.max_problems)


@contextlib.asynccontextmanager
async def _received(
    request: Request, settings: Settings, query: LoadQuery
) -> AsyncIterator[_Received]:
    body = bytearray()
    async for part in sent(request, settings.max_upload_mb, "THEORYGRAPH_MAX_UPLOAD_MB"):
        body += part
    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            received = await _parts(request, bytes(body), Path(folder))
        else:
            path = Path(folder) / _safe(query.name or ("upload.zip" if "zip" in kind else "upload"))
            path.write_bytes(body)
            received = _Received([path], How())
        names = tuple(name.strip() for name in (query.replaces or "").split(";"))
        screened = Screened(query.decision, query.stage, tuple(filter(None, names)))
        how = replace(received.how, encoding=query.encoding, screened=screened)
        yield replace(received, how=how)


async def _parts(request: Request, body: bytes, folder: Path) -> _Received:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    # Every part is within the body, whose size is bounded already.
    parser = MultiPartParser(
        request.headers, stream(), max_files=_MOST_FILES, max_part_size=len(body) + 1
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Rejected([Problem(message=f"the form cannot be read: {error.message}")]) from error
    except (KeyError, ValueError, AssertionError) as error:
        raise Rejected([Problem(message="the form cannot be read")]) from error
    paths: list[Path] = []
    how: dict[str, Path] = {}
    for number, (field, part) in enumerate(form.multi_items()):
        if not isinstance(part, UploadFile):
            continue
        place = folder / (field if field in _HOW else "files")
        place = place / str(number)  # two files of one name stay two files
        place.mkdir(parents=True)
        path = place / _safe(part.filename or "upload")
        path.write_bytes(await part.read())
        if field in _HOW:
            how[field] = path
        else:
            paths.append(path)
    await form.close()
    if not paths:
        raise Rejected([Problem(message="no file was sent", expected="a field named file")])
    return _Received(paths, How(mapping=how.get("codes"), columns=how.get("map")))


def _safe(name: str) -> str:
    last = re.split(r"[\\/]", name)[-1]
    return _UNSAFE.sub("_", last).lstrip(".")[:150] or "upload"
