"""Connections on which a request is begun and not sent: closed after a while."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_SECONDS = 20.0
"""How long the head of a request may take, from the first byte or the opening of the line."""


class Prompt(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """uvicorn's protocol, with a limit of time for the head of each request."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A line is open."""
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        """Something came."""
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is closed."""
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    @property
    def _waits(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _look(self) -> None:
        if not self._waits and self._late is not None:
            self._late.cancel()
            self._late = None
        elif self._waits and self._late is None:
            self._late = self.loop.call_later(HEAD_SECONDS, self._close)

    def _close(self) -> None:
        if self._waits:
            self.transport.close()
