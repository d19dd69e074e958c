"""The command line: the same questions as over HTTP, as text or as the same JSON."""

from api.cli import (
    asking,
    chains,
    compare,
    contradictions,
    drawing,
    exporting,
    figures,
    lint,
    loading,
    quotes,
    sensitivity,
    serving,
    showing,
    sources,
    workbooks,
)
from api.cli.main import main

__all__ = [
    "asking",
    "chains",
    "compare",
    "contradictions",
    "drawing",
    "exporting",
    "figures",
    "lint",
    "loading",
    "main",
    "quotes",
    "sensitivity",
    "serving",
    "showing",
    "sources",
    "workbooks",
]
