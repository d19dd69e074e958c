"""Is the store there, and what does it hold."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from graph.answers import Health
from graph.questions.records import counts
from graph.store import Store


def product_version() -> str:
    """The version of theorygraph that is installed."""
    try:
        return version("theorygraph")
    except PackageNotFoundError:
        return "0+unknown"


def health(store: Store, *, writable: bool = False) -> Health:
    """Store, counts and versions.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    return Health(
        status="ok",
        counts=counts(store),
        store=store.info(),
        version=product_version(),
        writable=writable,
        notices=list(store.notices),
    )
