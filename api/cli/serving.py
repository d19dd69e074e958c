"""Commands about the server and the version."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from api.cli.app import StoreOption, app, opened_store, settings_of, tell_notices
from api.cli.console import show_error, tell
from graph.errors import StoreRefused, StoreUnavailable, TheorygraphError
from graph.questions.health import product_version

_LEAVE_SECONDS = 5
"""How long answers that are being sent may go on when the server ends."""


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    root_path: Annotated[
        str | None,
        typer.Option(
            help="Path below which a proxy shows it, as /reviews/graph; every link stays below it."
        ),
    ] = None,
) -> None:
    """Serve the API, the pages and the maps over HTTP; read-only unless a token is set."""
    import ipaddress
    import socket

    import uvicorn

    from api.app import create_app
    from api.header_timeout import Prompt
    from api.observability import log_access_to_stderr
    from loaders.sandbox import READY, Room

    settings = settings_of(store, **({} if root_path is None else {"root_path": root_path}))
    local = host == "localhost"
    with contextlib.suppress(ValueError):
        local = local or ipaddress.ip_address(host).is_loopback
    if not local and not settings.token:
        tell(f"To listen on {host}, which others can reach, a token is required.", "bold red")
        tell("  Set THEORYGRAPH_TOKEN, or listen on 127.0.0.1.")
        raise typer.Exit(2)
    settings = settings.model_copy(update={"hosts": [*settings.hosts, host]})
    room = Room(settings, "forkserver", ready=[f"{__package__}.loading", *READY])
    try:
        application = create_app(settings, room=room)
        with contextlib.suppress(StoreUnavailable, StoreRefused):  # requests say so, one by one
            tell_notices(application.state.asking.store)
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # Connections inherit this; without it each answer waits for the reader's delayed ACK.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        tell(f"{host}, port {port}, cannot be listened on: {error.strerror}", "bold red")
        tell("  Name another with --port; --port 0 takes any that is free.")
        raise typer.Exit(1) from error
    if settings.access_log:
        log_access_to_stderr()
    address = f"[{host}]" if ":" in host else host
    port = listener.getsockname()[1]
    where = f"http://{address}:{port}{settings.root_path}"
    tell(f"theorygraph {product_version()} on {where} (Ctrl-C ends it)")
    config = uvicorn.Config(
        application,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_LEAVE_SECONDS,
        http=Prompt,
    )

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            room.close()  # nobody waits for what is read now
            super().handle_exit(sig, frame)

    if "://" not in settings.store:
        from graph.store_shared import shared

        opened, path = application.state.asking.store, Path(settings.store).expanduser()
        application.state.beside = shared(opened, path, where, writable=bool(settings.token))
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])


@app.command()
def mcp(store: StoreOption = None) -> None:
    """Offer the questions as tools to an assistant that starts this command; read-only."""
    import asyncio

    from api.app import create_app
    from api.mcp_server import serve_on_stdio, server_for

    with opened_store(store) as (opened, settings):
        application = create_app(settings, opened)
        server = server_for(
            application, version=product_version(), most_chars=settings.mcp_answer_kb * 1000
        )
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve_on_stdio(server))
