"""How long a map takes in the browser until it can be used, beside raw pyvis.

python -m benchmarks.maps_in_browser [sizes …]

Headless Chromium with software rendering and without a network opens the file. Ours can be used
when it is drawn and its controls answer; raw pyvis, when its physics has come to rest and it is
drawn. What takes longer than a minute is given up.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from pyvis.network import Network

from benchmarks.measuring import table
from benchmarks.synthetic import theory_map
from graph.answers import TheoryMap
from visualise import write_map

SIZES = (1_000, 10_000, 100_000)
GOALS = {1_000: 1.0, 10_000: 3.0, 100_000: 15.0}
CHROMIUM = "/usr/bin/chromium"
GIVEN_UP = 60.0
OURS = """() => window.theorygraphReady === true"""
RAW = """() => typeof network === "object" && network !== null && network.physics.stabilized"""


def raw_page(drawn: TheoryMap, path: Path) -> None:
    """The same map by pyvis's own template, with its own physics."""
    network = Network(directed=True, cdn_resources="in_line")
    # Handed over in one step: add_node and add_edge search all that is there, each time.
    network.nodes = [
        {"id": node.id, "label": node.name, "title": "\n".join(node.lines), "group": node.kind}
        for node in drawn.nodes
    ]
    network.edges = [
        {"from": edge.start, "to": edge.end, "title": "\n".join(edge.lines)} for edge in drawn.edges
    ]
    path.write_text(str(network.generate_html()), encoding="utf-8")


def seconds(chromium: Any, path: Path, ready: str) -> float | None:
    """From the address to a map that answers; none if it took longer than a minute."""
    context = chromium.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    began = time.perf_counter()
    try:
        page.goto(path.as_uri(), timeout=GIVEN_UP * 1000, wait_until="commit")
        page.wait_for_function(ready, timeout=GIVEN_UP * 1000, polling=20)
        # It answers: a frame is painted, and a script gets its turn.
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        return time.perf_counter() - began
    except Exception as error:
        if "Timeout" not in type(error).__name__:
            raise
        return None
    finally:
        context.close()


def told(taken: list[float | None]) -> str:
    """The median, or that it was given up."""
    known = [each for each in taken if each is not None]
    return f"{median(known):.2f}" if len(known) == len(taken) else f"> {GIVEN_UP:.0f}"


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    """Print one row for each size."""
    from playwright.sync_api import sync_playwright

    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for nodes in sizes:
            drawn = theory_map(nodes, 2 * nodes)
            ours, raw = Path(folder) / "ours.html", Path(folder) / "raw.html"
            began = time.perf_counter()
            write_map(drawn, ours)
            written = time.perf_counter() - began
            raw_page(drawn, raw)
            chromium = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            ours_taken = [seconds(chromium, ours, OURS) for _ in range(3)]
            raw_taken = [seconds(chromium, raw, RAW)]
            chromium.close()
            rows.append(
                [
                    f"{nodes:,} / {2 * nodes:,}",
                    told(ours_taken),
                    f"{GOALS.get(nodes, 0):.0f}",
                    told(raw_taken),
                    f"{written:.1f}",
                    f"{ours.stat().st_size / 2**20:.1f}",
                ]
            )
    table(
        "maps: seconds until usable in Chromium, software rendering, no network",
        ["nodes / edges", "ours", "goal", "raw pyvis", "written in s", "MiB"],
        rows,
    )


if __name__ == "__main__":
    measure(tuple(int(size) for size in sys.argv[1:]) or SIZES)
