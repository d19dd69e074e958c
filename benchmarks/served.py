"""Applications that the HTTP benchmark serves, each from a factory that uvicorn calls."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import FastAPI, Response

from api.app import create_app
from graph.settings import Settings


async def empty() -> dict[str, str]:
    """A route that does nothing."""
    return {}


def bare() -> FastAPI:
    """FastAPI with one empty route, and one that returns the bytes of a file."""
    app = FastAPI()
    app.add_api_route("/empty", empty)
    if same := os.environ.get("BENCHMARK_SAME_BYTES"):
        body = Path(same).read_bytes()

        async def same_bytes() -> Response:
            return Response(body, media_type="application/json")

        app.add_api_route("/same", same_bytes)
    return app


def product() -> FastAPI:
    """The product over the store of the environment, with an empty route before its own."""
    app = create_app(Settings())
    app.add_api_route("/empty", empty, include_in_schema=False)
    app.router.routes.insert(0, app.router.routes.pop())
    return app


def unguarded() -> FastAPI:
    """The same without any of the product's middleware."""
    app = product()
    app.user_middleware.clear()
    return app
