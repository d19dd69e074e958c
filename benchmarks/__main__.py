"""``python -m benchmarks``: everything at small sizes, or one part at the sizes that are named."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import sys
from collections.abc import Callable, Sequence

from benchmarks import ask, files, http, lint, load, maps, opened, planted, questions
from benchmarks.engines import neo4j_settings
from benchmarks.measuring import Measured, bar, say

SMALL = (1_000, 10_000)
USUAL = (1_000, 10_000, 100_000)
LARGEST = 1_000_000
ENGINES = ("embedded", "neo4j")
PACKAGES = ("kglite", "neo4j", "fastapi", "uvicorn", "pydantic", "pyvis")


def _sizes(text: str) -> list[int]:
    sizes = [int(part.replace("_", "")) for part in text.split(",")]
    if not sizes or min(sizes) < SMALL[0] or max(sizes) > LARGEST:
        raise argparse.ArgumentTypeError(f"sizes are {SMALL[0]} to {LARGEST}")
    return sorted(set(sizes))


def _engines(text: str) -> list[str]:
    engines = text.split(",")
    if unknown := sorted(set(engines) - set(ENGINES)):
        raise argparse.ArgumentTypeError(f"not a store: {', '.join(unknown)}")
    return engines


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="The product beside the work that bare engines do, in one run, as ratios.",
        epilog="Neo4j is measured where NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD name a server; "
        "what is loaded there is removed again.",
    )
    parser.add_argument(
        "part",
        nargs="?",
        choices=("load", "ask", "questions", "http", "maps", "opened", "planted", "files", "lint"),
    )
    parser.add_argument(
        "--links",
        type=_sizes,
        help="evidence links of the reviews, as 1000,10000,1000000 "
        "(one part: up to 100000; everything: up to 10000)",
    )
    parser.add_argument(
        "--stores", type=_engines, default=list(ENGINES), help="embedded, neo4j, or both"
    )
    parser.add_argument("--seed", type=int, default=2026, help="what lint's faults fall by")
    return parser.parse_args(given)


def _versions() -> str:
    found = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    server = " with a Neo4j server" if neo4j_settings() else ""
    return f"Python {platform.python_version()}, {', '.join(found)}{server}"


def main(given: Sequence[str] | None = None) -> int:
    """Run what is asked for and print the bar. Times are told, never asserted."""
    arguments = _arguments(given)
    sizes = arguments.links or (SMALL if arguments.part is None else USUAL)
    parts: dict[str, Callable[[], list[Measured]]] = {
        "load": lambda: load.measure(sizes, arguments.stores),
        "ask": lambda: ask.measure(sizes, arguments.stores),
        "questions": lambda: questions.measure(sizes),
        "http": http.measure,
        "maps": maps.measure,
        "opened": opened.measure,
        "planted": planted.measure,
        "files": files.measure,
        "lint": lambda: lint.measure(arguments.seed),
    }
    say(_versions())
    measured: list[Measured] = []
    for name, part in parts.items():
        if arguments.part in (None, name):
            measured += part()
    if measured:
        bar(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
