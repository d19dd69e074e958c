"""The HTTP application: routes, problems and guards around one open store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.deps import Asking
from api.guard import Guard
from api.openapi import describe
from api.problems import ProblemDetails, add_handlers
from api.routes import loads, pages, questions, records
from graph.questions.health import product_version
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store

_DESCRIPTION = """Realist reviews as a graph: papers, configurations, mechanisms and evidence.

Names are resolved by id, name, slug or alias, ignoring case. Lists have `limit` and `after`: pass
the `next` of one page as the `after` of the following one. Errors are problem details (RFC 9457)
with a hint."""


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """The application over the store that the settings name, or over one that is open already.

    Raises:
        StoreHeld: another process has the embedded store open.
        StoreSettingWrong: the store setting cannot be used.
    """
    opened = store or open_store(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if store is None:
            opened.close()

    app = FastAPI(
        title="theorygraph",
        version=product_version(),
        summary="The knowledge graph of programme theory.",
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
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
    add_handlers(app)
    routers = [module.router for module in (questions, records, pages, loads)]
    for router in routers:
        app.include_router(router)
    pages.mount_assets(app)
    describe(app, routers)
    if settings.cors_origins:
        # Never with credentials: the token travels in a header that the caller sets itself.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_credentials=False,
            allow_methods=["GET"],
        )
    token = settings.token.get_secret_value() if settings.token else None
    app.add_middleware(Guard, token=token)
    return app
