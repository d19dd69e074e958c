"""What routes need: the settings, the store, and a way to ask it a question."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from graph.errors import TooLarge
from graph.settings import Settings
from graph.store import Store
from loaders.sandbox import Room, Visit

R = TypeVar("R")


class Asking:
    """Puts questions to the store: at once where it is in this process, else from a thread.

    A question that may take long goes to a thread in any case, so that others need not wait.
    """

    def __init__(self, store: Store, state: State | None = None) -> None:
        self.store = store
        self._state = state

    async def __call__(self, question: Callable[..., R], *args: Any, **filters: Any) -> R:
        """A question whose cost grows with a page."""
        if self.store.waits_on_network:
            return await self.long(question, *args, **filters)
        return self._told(question(self.store, *args, **filters))

    async def long(self, question: Callable[..., R], *args: Any, **filters: Any) -> R:
        """A question whose cost grows with a review."""
        return self._told(await run_in_threadpool(question, self.store, *args, **filters))

    def _told(self, answer: R) -> R:
        # For what shapes the answer on its way out: links, CSV.
        if self._state is not None:
            self._state.answer = answer
        return answer


class Reading:
    """Reads what is sent: so many uploads at once, each for as long as its sender waits."""

    def __init__(self, room: Room | None, settings: Settings) -> None:
        self.room = room
        self._turns = asyncio.Semaphore(settings.reads_at_once)

    async def __call__(
        self, request: Request, asking: Asking, function: Callable[..., R], *args: Any, **given: Any
    ) -> R:
        """What the function says, with a room to read in and a visit that can be stopped."""
        visit = Visit()
        gone = asyncio.ensure_future(_gone(request, visit))
        try:
            async with self._turns:
                visit.go_on()
                return await asking.long(function, *args, room=self.room, visit=visit, **given)
        finally:
            gone.cancel()
            visit.stop()


async def _gone(request: Request, visit: Visit) -> None:
    # All of the body is read, so what comes next is that its sender goes away.
    while (await request.receive())["type"] != "http.disconnect":
        pass
    visit.stop()


async def sent(request: Request, max_mb: int, setting: str) -> AsyncIterator[bytes]:
    """The body of a request, part by part.

    Raises:
        TooLarge: it is larger than the setting allows, or says that it is.
    """
    allowed = max_mb * 1024 * 1024
    error = TooLarge(f"more than {max_mb} MB were sent", hint=f"raise {setting} on the server")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > allowed:
        raise error
    received = 0
    async for part in request.stream():
        received += len(part)
        if received > allowed:
            raise error
        yield part


async def _reading(request: Request) -> Reading:
    reading: Reading = request.app.state.reading
    return reading


async def _asking(request: Request) -> Asking:
    state = request.state
    state.template = getattr(request.scope.get("route"), "path_format", None)
    asking: Asking = request.app.state.asking
    return Asking(asking.store, state)


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Ask = Annotated[Asking, Depends(_asking)]
Read = Annotated[Reading, Depends(_reading)]
Configured = Annotated[Settings, Depends(_settings)]
