"""Everything stays below one path, where a proxy gives the server a part of its own address.

A proxy may take that path off before it passes a request on, or leave it. The application does not
know of it: it is taken off here, and put in front of the addresses that go out in headers. Pages
are written with it (:func:`api.site.render.live`).
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOCATION = re.compile(rb"^(https?://[^/]*)?(?=/)")


class Below:
    """Takes the path off what comes in, and puts it in front of addresses in headers."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self.app = app
        self.root = root_path
        self._raw = root_path.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or not self.root:
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path == self.root or path.startswith(f"{self.root}/"):
            raw = (scope.get("raw_path") or b"").removeprefix(self._raw)
            scope = {**scope, "path": path.removeprefix(self.root) or "/", "raw_path": raw or b"/"}

        async def send_below(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(name, self._below(name, value)) for name, value in message["headers"]]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_below)

    def _below(self, name: bytes, value: bytes) -> bytes:
        if name == b"location":
            return _LOCATION.sub(lambda host: host[0] + self._raw, value, count=1)
        return value.replace(b"</", b"<" + self._raw + b"/") if name == b"link" else value
