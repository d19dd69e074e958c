"""Opening the store that the one setting names."""

from __future__ import annotations

from pathlib import Path

from graph.settings import Settings
from graph.store import Store
from graph.store_embedded import EmbeddedStore


def open_store(settings: Settings) -> Store:
    """The store that ``settings.store`` names: a path is embedded, a URL is Neo4j.

    Raises:
        StoreSettingWrong: the setting is neither.
        StoreHeld: another process has the embedded store open.
    """
    if "://" in settings.store:
        from graph.store_neo4j import Neo4jStore  # the driver is only imported where it is used

        return Neo4jStore(settings.store, settings)
    return EmbeddedStore(Path(settings.store).expanduser(), settings)


def scratch_store(settings: Settings) -> Store:
    """An empty store that is gone when it is closed, for looking at what is not to be kept."""
    return EmbeddedStore.scratch(settings)
