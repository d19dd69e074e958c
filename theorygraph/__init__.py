"""The knowledge graph of programme theory, for notebooks and other programs.

from theorygraph import Client

with Client("http://127.0.0.1:8000") as client:
    answer = client.unsupported(review="harris2021")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client import Client, Refused, records

__all__ = ["Client", "Refused", "__version__", "records"]


def __getattr__(name: str) -> Any:
    # Imported when it is asked for: the command needs none of it.
    if name == "__version__":
        from importlib.metadata import version

        return version("theorygraph")
    if name in __all__:
        from api import client

        return getattr(client, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
