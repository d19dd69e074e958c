"""The command line: the same questions as over HTTP, as text or as the same JSON."""

from api.cli.main import main

__all__ = ["main"]
