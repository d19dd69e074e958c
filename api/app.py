"""The HTTP application: routes, problems and guards around one open store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from api.below import Below
from api.deps import Asking, Reading
from api.guard import Guard, Secured
from api.kept import Kept
from api.openapi import describe
from api.problems import ProblemDetails, add_handlers
from api.routes import (
    chains,
    compare,
    contradictions,
    exports,
    figures,
    keeping,
    lint,
    loads,
    pages,
    questions,
    records,
    references,
    reports,
    sensitivity,
)
from api.shape import Headed, Shape
from api.site.door import Door
from api.watch import Metrics, Watch
from api.watch import router as watching
from graph.questions.health import product_version
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.room import Room

GZIP_BYTES = 1000
GZIP_LEVEL = 5

_DESCRIPTION = """Realist reviews as a graph: papers, configurations, mechanisms and evidence.

Names are resolved by id, name, slug or alias, ignoring case. Lists have `limit` and `after`: pass
the `next` of one page as the `after` of the following one. Errors are problem details (RFC 9457)
with a hint."""


def create_app(settings: Settings, store: Store | None = None, room: Room | None = None) -> FastAPI:
    """The application over the store that the settings name, or over one that is open already.

    What is uploaded is read in the ``room``, if there is one; else where the application runs.

    Raises:
        StoreHeld: another process has the embedded store open.
        StoreSettingWrong: the store setting cannot be used.
    """
    opened = store or open_store(settings)

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[None]:
        with running.state.beside:
            yield
        if room is not None:
            room.close()
        if store is None:
            opened.close()

    app = FastAPI(
        title="theorygraph",
        version=product_version(),
        summary="The knowledge graph of programme theory.",
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        servers=[{"url": settings.root_path}] if settings.root_path else None,
        redoc_url=None,
        responses={
            "4XX": {
                "model": ProblemDetails,
                "description": "What is wrong with the request.",
            },
            "5XX": {
                "model": ProblemDetails,
                "description": "Why there is no answer now.",
            },
        },
    )
    app.state.asking = Asking(opened)
    app.state.settings = settings
    app.state.beside = nullcontext()
    app.state.reading = Reading(room, settings)
    asked = (questions, contradictions, chains, sensitivity, compare, lint)
    modules = (*asked, exports, figures, reports, references, records, pages, loads, keeping)
    routers = [*(module.router for module in modules), watching]
    for router in routers:
        app.include_router(router)
    pages.mount_assets(app)
    describe(app, routers)
    metrics = app.state.metrics = Metrics()
    answering = [
        route for router in routers for route in router.routes if isinstance(route, APIRoute)
    ]
    add_handlers(app, answering)
    # Each stands around those before it, so what is kept is compressed and shaped already.
    app.add_middleware(Shape, routes=answering)
    app.add_middleware(Door, store=opened, settings=settings, routes=answering)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_BYTES, compresslevel=GZIP_LEVEL)
    app.add_middleware(
        Kept,
        store=opened,
        # Limits shape answers too; secrets are not shown in the text of the settings.
        stamp=f"{app.version} {settings!r}",
        most_bytes=settings.cache_mb * 1024 * 1024,
        metrics=metrics,
    )
    app.add_middleware(Headed)
    app.add_middleware(Below, root_path=settings.root_path)
    token = settings.token.get_secret_value() if settings.token else None
    app.add_middleware(Guard, token=token, hosts=settings.hosts)
    if settings.cors_origins:
        # Never with credentials: the token travels in a header that the caller sets itself.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_credentials=False,
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After", "X-Request-Id"],
        )
    app.add_middleware(Secured)
    app.add_middleware(Watch, metrics=metrics, logs=settings.access_log)
    return app
