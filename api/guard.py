"""What stands before every request: who may write, how much is read, which headers go out.

Plain ASGI, because wrapping each request costs a multiple of the request itself.
"""

from __future__ import annotations

import ipaddress
import logging
import secrets
from collections.abc import Iterable
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import details_of, headers_of, problem_response, unexpected
from api.representations import Broken
from graph.errors import Denied, Misdirected, TheorygraphError

READING = frozenset({"GET", "HEAD", "OPTIONS"})

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CLOSED = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
"""The content policy of everything that is not a page; pages bring their own."""

_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_RAW_CLOSED = (b"content-security-policy", CLOSED.encode())

log = logging.getLogger("theorygraph.http")


class Secured:
    """Puts security headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                headers.extend(_RAW_HEADERS)
                if not any(name == b"content-security-policy" for name, _ in headers):
                    headers.append(_RAW_CLOSED)
            await send(message)

        await self.app(scope, receive, send_secured)


class Guard:
    """Refuses to write without the token.

    A request that names a host which is none of this server's is refused, whatever it asks: a page
    elsewhere that has its own name point here could read the graph otherwise. A fault in the
    product is answered here too.
    """

    def __init__(self, app: ASGIApp, token: str | None, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.token = token
        self.hosts = frozenset(map(host_name, hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        asked = Headers(scope=scope).get("host", "")
        target = scope.get("raw_path") or b""
        if target.startswith((b"http://", b"https://")):  # as requests to a proxy have it
            asked, slash, path = target.partition(b"//")[2].decode("latin-1").partition("/")
            scope["raw_path"] = (slash + path or "/").encode("latin-1")
            scope["path"] = unquote(slash + path or "/")
        if asked and not self._is_ours(host_name(asked)):
            elsewhere = Misdirected(
                f"this server does not answer for the host {asked[:200]!r}",
                hint="ask for it by 127.0.0.1 or localhost; if readers reach it by another name, "
                """start it with that name: THEORYGRAPH_HOSTS='["graph.example.org"]'""",
            )
            response = problem_response(details_of(elsewhere, scope["path"]))
            await response(scope, receive, send)
            return
        if scope["method"] not in READING and not self._may_write(scope):
            error = (
                Denied(
                    "this server only reads: no token is configured",
                    hint="start it with THEORYGRAPH_TOKEN set, and send that token",
                )
                if self.token is None
                else Denied(
                    "writing needs the header 'Authorization: Bearer <token>'",
                    hint="send the token that the server was started with",
                )
            )
            response = problem_response(details_of(error, scope["path"]), headers_of(error))
            await response(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send_noted)
        except (TheorygraphError, Broken) as error:
            # The store went away where no route was at work, or behind the first part of an answer.
            id_ = scope.get("state", {}).get("request_id")
            log.warning("%s %r: %s (request %s)", scope["method"], scope["path"], error, id_)
            if started or not isinstance(error, TheorygraphError):
                return  # not to its end, so the connection is cut
            response = problem_response(details_of(error, scope["path"]), headers_of(error))
            await response(scope, receive, send)
        except Exception as error:
            id_ = scope.get("state", {}).get("request_id")
            log.error(
                "%s %r failed (request %s)", scope["method"], scope["path"], id_, exc_info=error
            )
            if started:
                raise
            await problem_response(unexpected(scope["path"]))(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        if host == "localhost" or host in self.hosts or "*" in self.hosts:
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def _may_write(self, scope: Scope) -> bool:
        given = Headers(scope=scope).get("authorization", "")
        kind, _, token = given.partition(" ")
        return (
            self.token is not None
            and kind.lower() == "bearer"
            and secrets.compare_digest(token.strip().encode(), self.token.encode())
        )


def host_name(given: str) -> str:
    """A host as hosts are compared: without its port, the brackets of IPv6 and a last dot."""
    if given.startswith("["):
        given = given[1:].partition("]")[0]
    name, colon, port = given.rpartition(":")
    has_port = colon and ":" not in name and (port.isdecimal() or not port)
    host = (name if has_port else given).lower().rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host
