"""Opening the store that the one setting names."""

from __future__ import annotations

from pathlib import Path

from graph.settings import Settings
from graph.store import Store
from graph.store_embedded import EmbeddedStore
from graph.upgrade import bring_up_to_date


def open_store(settings: Settings) -> Store:
    """The store that ``settings.store`` names: a path is embedded, a URL is Neo4j.

    What an earlier version wrote is brought up to date first: on opening an embedded store, and
    before the first question to a server, which need not be reachable yet.

    Raises:
        StoreSettingWrong: the setting is neither.
        StoreHeld: another process has the embedded store open.
        StoreNewer: a later version wrote to the embedded store.
        StoreOutdated: the embedded store cannot be brought up to date.
    """
    if "://" in settings.store:
        from graph.store_neo4j import Neo4jStore  # the driver is only imported where it is used

        store: Store = Neo4jStore(settings.store, settings)
        store.first(bring_up_to_date)
        return store
    store = EmbeddedStore(Path(settings.store).expanduser(), settings)
    try:
        bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def scratch_store(settings: Settings) -> Store:
    """An empty store that is gone when it is closed, for looking at what is not to be kept."""
    return EmbeddedStore.scratch(settings)
