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
    publishing,
    quotes,
    reporting,
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
    "publishing",
    "quotes",
    "reporting",
    "sensitivity",
    "serving",
    "showing",
    "sources",
    "workbooks",
]
