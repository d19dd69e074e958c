"""Where commands read the files of strangers: in a process of its own, if the command has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.settings import Settings
    from loaders.sandbox import Room

OWN_PROCESS = False
"""True once ``theorygraph`` runs as a program; called from Python, commands read where they are."""


def room_of(settings: Settings) -> Room | None:
    """Where the files of a command are read; none where that is this process."""
    if not OWN_PROCESS:
        return None
    from loaders.sandbox import Room

    return Room(settings)
