"""Maps opened in Chromium: until they can be used, beside what raw pyvis makes of the same map.

Headless, with software rendering and the network blocked. Ours can be used when it has been drawn
and its controls answer; pyvis's page when its layout has settled and the map can be moved.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.maps import raw_pyvis
from benchmarks.measuring import Measured, say, table
from benchmarks.synthetic import theory_map
from visualise import render_map

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {(1_000, 2_000): 1.0, (10_000, 20_000): 3.0, (100_000, 200_000): 15.0}
"""Nodes and edges, with the seconds within which the map is to be usable."""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_PATIENCE = 90
_ROUNDS = 3
_RAW_UP_TO = 10_000
_OURS_READY = "() => window.theorygraphReady === true"
_PYVIS_SETTLES = """\
() => {
  if (typeof network === "undefined") return false;
  if (!window.watched) {
    window.watched = true;
    network.on("stabilized", () => { window.settled = true; });
  }
  return window.settled === true;
}"""


def measure() -> list[Measured]:
    """Open every size, print how long it takes, and return the rows of the bar."""
    if not CHROMIUM.exists():
        say(f"maps in a browser were not measured: no Chromium at {CHROMIUM}")
        return []
    from playwright.sync_api import sync_playwright

    measured = []
    shown = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        for (nodes, edges), goal in SIZES.items():
            drawn = theory_map(nodes, edges)
            ours = _file(Path(folder) / f"ours-{nodes}.html", render_map(drawn))
            times = [_usable(chromium, ours, _OURS_READY) for _ in range(_ROUNDS)]
            took = sorted(times, key=lambda one: one or _PATIENCE)[_ROUNDS // 2]
            beside: float | None = None
            if nodes <= _RAW_UP_TO:
                raw = _file(Path(folder) / f"raw-{nodes}.html", raw_pyvis(drawn))
                beside = _usable(chromium, raw, _PYVIS_SETTLES)
            else:
                raw = None
            size = ours.stat().st_size / 1024 / 1024
            told = "not built" if raw is None else _told(beside)
            shown.append((f"{nodes:,} / {edges:,}", f"{size:.1f}", _told(took), told))
            measured.append(
                Measured(
                    f"map of {nodes:,}/{edges:,} usable in Chromium, s",
                    took,
                    goal,
                    note=f"raw pyvis {told}",
                )
            )
        chromium.close()
    table("maps opened in Chromium", ["nodes / edges", "MB", "ours s", "raw pyvis s"], shown)
    return measured


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _usable(chromium: Any, file: Path, ready: str) -> float | None:
    """Seconds from asking for a page until it can be used; none if that takes too long."""
    from playwright.sync_api import Error

    context = chromium.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    began = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=_PATIENCE * 1000)
        page.wait_for_function(ready, timeout=_PATIENCE * 1000, polling=20)
        return time.perf_counter() - began
    except Error:
        return None
    finally:
        context.close()


def _told(seconds: float | None) -> str:
    return f"more than {_PATIENCE}" if seconds is None else f"{seconds:.2f}"
