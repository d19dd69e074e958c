"""Which version this is."""

from __future__ import annotations

from importlib.metadata import version as installed

from api.cli.app import app


@app.command()
def version() -> None:
    """The version."""
    print(installed("theorygraph"))
