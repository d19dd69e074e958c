"""Pages for people: the front page, the maps, and the documentation of the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.dependencies import Ask, Configured
from api.parameters import MapQuery, Query
from api.site.page_model import View
from api.site.pages import home
from api.site.render import live, render
from api.templating import hashes, page_policy
from graph.questions.theory_map import theory_map
from graph.store import Store
from visualise import render_map

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)

_SWAGGER = "/docs/assets"


@router.get("/", operation_id="front_page")
async def get_front_page(asking: Ask, settings: Configured) -> HTMLResponse:
    """The reviews, the questions as links, and the maps."""
    shown = await asking.long(home, View(), writable=bool(settings.token))
    text = render(shown, live(settings.root_path))
    return HTMLResponse(text, headers={"Content-Security-Policy": page_policy(text)})


@router.get("/maps/theory", operation_id="theory_map")
async def get_theory_map(
    asking: Ask, settings: Configured, query: Annotated[MapQuery, Depends(Query(MapQuery))]
) -> HTMLResponse:
    """The interactive theory map: one page that works offline too."""
    drawn = await asking.long(_map, query, settings.max_map_nodes)
    return HTMLResponse(drawn, headers={"Content-Security-Policy": map_policy(drawn)})


def _map(store: Store, query: MapQuery, max_nodes: int) -> str:
    return render_map(
        theory_map(
            store,
            review=query.review,
            mechanism=query.mechanism,
            level=query.level,
            max_nodes=max_nodes,
        )
    )


@router.get("/docs", operation_id="documentation", include_in_schema=False)
async def get_docs(settings: Configured) -> HTMLResponse:
    """The API, to be tried; nothing of it comes from elsewhere."""
    assets = f"{settings.root_path}{_SWAGGER}"
    shown = get_swagger_ui_html(
        openapi_url=f"{settings.root_path}/openapi.json",
        title="theorygraph: the API",
        swagger_js_url=f"{assets}/swagger-ui-bundle.js",
        swagger_css_url=f"{assets}/swagger-ui.css",
        swagger_favicon_url=f"{assets}/favicon.png",
        swagger_ui_parameters={"validatorUrl": None},
    )
    policy = (
        f"default-src 'none'; script-src 'self' {hashes(bytes(shown.body).decode(), 'script')}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )
    shown.headers["Content-Security-Policy"] = policy
    return shown


def mount_assets(app: FastAPI) -> None:
    """Serve the documentation's script and style from the installed package."""
    app.mount(_SWAGGER, StaticFiles(packages=[("fastapi_offline", "static")]), name="docs")


def map_policy(drawn: str) -> str:
    """A content policy for a map: its own inline scripts by hash, and no connection anywhere."""
    return (
        f"default-src 'none'; script-src {hashes(drawn, 'script')}; style-src 'unsafe-inline'; "
        "img-src data: blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
