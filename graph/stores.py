"""Opening the store that the one setting names."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal

from graph.errors import StoreHeld, StoreMissing
from graph.load_recovery import recover_all
from graph.settings import Settings
from graph.store import Store
from graph.store_embedded import EmbeddedStore, is_there
from graph.upgrade import bring_up_to_date

Absent = Literal["make", "later", "refuse", "scratch"]


def open_store(settings: Settings, *, absent: Absent = "make") -> Store:
    """The store that ``settings.store`` names: a path is embedded, a URL is Neo4j.

    What an earlier version wrote is brought up to date first: on opening an embedded store, and
    before the first question to a server, which need not be reachable yet. There, what a killed
    load has left is ended too.

    Args:
        settings: which store, and how it is reached.
        absent: what happens where there is no embedded store yet: one is made, or made as soon as
            something is written; it is refused, as for a question; or an empty one stands in that
            is gone when it is closed.

    Raises:
        StoreMissing: there is no store, and none may be made.
        StoreSettingWrong: the setting is neither.
        StoreHeld: another process has the embedded store open; where that is a server of
            this user, and the store need only be read, it is read through the server.
        StoreNewer: a later version wrote to the embedded store.
        StoreOutdated: the embedded store cannot be brought up to date.
    """
    if "://" in settings.store:
        from graph.store_neo4j import Neo4jStore  # the driver is only imported where it is used

        store: Store = Neo4jStore(settings.store, settings)
        store.first(_begin)
        return store
    path = Path(settings.store).expanduser()
    if absent != "make" and not is_there(path):
        if absent == "later":
            return EmbeddedStore(path, settings, later=True)
        if absent == "scratch":
            return scratch_store(settings)
        raise StoreMissing(
            f"there is no store at {path.absolute()}",
            hint="`theorygraph load FOLDER` makes one there; --store or THEORYGRAPH_STORE "
            "names another",
        )
    try:
        store = EmbeddedStore(path, settings)
    except StoreHeld:
        from graph.store_shared import SharedStore

        with contextlib.suppress(OSError, AttributeError):
            held = SharedStore(path)
            if absent in ("refuse", "scratch"):
                return held
            held.close()
            raise held.held() from None
        raise
    try:
        store.upgrading = True
        bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    store.upgrading = False
    return store


def _begin(store: Store) -> None:
    recover_all(store)
    bring_up_to_date(store)


def may_hold_something(settings: Settings) -> bool:
    """False if there is no store yet; a server is not asked."""
    return "://" in settings.store or is_there(Path(settings.store).expanduser())


def scratch_store(settings: Settings) -> Store:
    """An empty store that is gone when it is closed, for looking at what is not to be kept."""
    return EmbeddedStore.scratch(settings)
