"""What routes need: the settings, the store, and a way to ask it a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from graph.settings import Settings
from graph.store import Store

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


async def _asking(request: Request) -> Asking:
    state = request.state
    state.template = getattr(request.scope.get("route"), "path_format", None)
    asking: Asking = request.app.state.asking
    return Asking(asking.store, state)


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Ask = Annotated[Asking, Depends(_asking)]
Configured = Annotated[Settings, Depends(_settings)]
