"""Illustrative theory maps and a browser to open them in; nothing here is from a real review."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from graph.answers import EvidenceState, MapEdge, MapNode, ReviewView, Sort, TheoryMap
from graph.model import Polarity, Role, SourceKind, Status

CHROMIUM = Path("/usr/bin/chromium")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def illustrative_map() -> TheoryMap:
    """Two illustrative reviews with every kind of node and edge."""
    one, two = "illustrative-one", "illustrative-two"
    mechanisms = [
        MapNode(
            id=f"{one}:m{place}",
            kind="mechanism",
            review=one,
            name=f"Illustrative mechanism {place}",
            support=support,
            stated=Status.INCORPORATED if place == 5 else None,
            works={Sort.PRIMARY: place} if place else {},
            levels=["team"] if place % 2 else ["system"],
            mechanisms=[f"{one}:m{place}"],
            lines=["Illustrative A (2020), Table 1"],
        )
        for place, support in enumerate([*EvidenceState, EvidenceState.NONE_ENTERED])
    ]
    sources = [
        MapNode(
            id=f"{one}:s-{kind}",
            kind="source",
            review=one,
            name=f"Illustrative {kind}",
            source_kind=kind,
            lines=[f"Illustrative B (2021). A {kind} that does not exist. 1:2-3"],
        )
        for kind in SourceKind
    ]
    evidence = [
        MapEdge(
            start=f"source/{one}:s-paper",
            end=f"mechanism/{one}:m1",
            kind="supports",
            count=3,
            levels=["team"],
        ),
        MapEdge(
            start=f"source/{one}:s-paper",
            end=f"mechanism/{one}:m1",
            kind="challenges",
            levels=["team"],
        ),
        MapEdge(start=f"source/{one}:s-paper", end=f"mechanism/{one}:m1", kind="refines"),
        MapEdge(
            start=f"source/{one}:s-synthesis",
            end=f"mechanism/{one}:m0",
            kind="supports",
            levels=["system"],
        ),
        MapEdge(start=f"source/{one}:s-consultation", end=f"mechanism/{one}:m3", kind="supports"),
        MapEdge(start=f"mechanism/{one}:m5", end=f"mechanism/{one}:m0", kind="incorporated into"),
    ]
    nodes = [*mechanisms, *sources]
    edges = list(evidence)
    ripple = MapNode(
        id=f"{two}:ripple",
        kind="concept",
        review=two,
        name="Illustrative trust, which is an outcome here and a context there",
        roles=[Role.OUTCOME, Role.CONTEXT],
    )
    nodes.append(ripple)
    for place, polarity in enumerate(Polarity):
        configuration = f"{two}:cmo{place}"
        nodes.append(
            MapNode(
                id=configuration,
                kind="configuration",
                review=two,
                name=f"CMO {place}",
                polarity=polarity,
                levels=["student"],
            )
        )
        for role in Role:
            concept = f"{two}:{role}{place}"
            nodes.append(
                MapNode(
                    id=concept,
                    kind="concept",
                    review=two,
                    name=f"An illustrative {role} that takes several words to say, number {place}",
                    roles=[role],
                )
            )
            edges.append(
                MapEdge(
                    start=f"configuration/{configuration}",
                    end=f"concept/{concept}",
                    kind=role.value,
                    inferred=place == 1,
                )
            )
    edges.append(MapEdge(start=f"configuration/{two}:cmo0", end=ripple.key, kind="outcome"))
    edges.append(MapEdge(start=f"configuration/{two}:cmo1", end=ripple.key, kind="context"))
    return TheoryMap(
        title="An illustrative theory map",
        reviews=[
            ReviewView(id=one, title="An illustrative review", authors=["Nobody A"], year=2020),
            ReviewView(id=two, title="Another illustrative review"),
        ],
        nodes=nodes,
        edges=edges,
        notes=["An illustrative note."],
    )


def map_with_text(text: str) -> TheoryMap:
    """An illustrative map that holds ``text`` wherever a review's words can stand."""
    nodes = [
        MapNode(
            id=f"illustrative:{kind}",
            kind=kind,
            review="illustrative",
            name=text,
            roles=[Role.CONTEXT] if kind == "concept" else [],
            source_kind=SourceKind.PAPER if kind == "source" else None,
            support=EvidenceState.MIXED if kind == "mechanism" else None,
            levels=[text],
            mechanisms=["illustrative:mechanism"],
            lines=[text, "illustrative"],
        )
        for kind in ("mechanism", "configuration", "concept", "source")
    ]
    edges = [
        MapEdge(
            start="source/illustrative:source",
            end="mechanism/illustrative:mechanism",
            kind=kind,
            levels=[text],
            lines=[text],
        )
        for kind in ("supports", "challenges", text)
    ]
    return TheoryMap(
        title=text,
        reviews=[ReviewView(id="illustrative", title=text, authors=[text])],
        nodes=nodes,
        edges=edges,
        notes=[text],
    )


class _Rows(HTMLParser):
    """Collects the rows of the tables in a page, and the tags of its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[str, list[list[str]]] = {}
        self.tags: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self._table: list[list[str]] | None = None
        self._cell: list[str] | None = None
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag
        if tag == "table":
            self._table = self.rows[dict(attrs)["id"] or ""] = []
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag == "td" and self._table is not None:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag == "td" and self._table is not None and self._cell is not None:
            self._table[-1].append("".join(self._cell))
            self._cell = None
        elif tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._inside, []).append(data)
        if self._cell is not None:
            self._cell.append(data)


def read_page(document: str) -> _Rows:
    """A page as an HTML parser sees it: ``rows`` of tables by id, ``tags``, ``texts`` by tag."""
    reader = _Rows()
    reader.feed(document)
    reader.close()
    for table, rows in reader.rows.items():
        reader.rows[table] = [row for row in rows if row]
    return reader


@dataclass
class Visit:
    """A page that is open in a browser, with everything that should not have happened."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def run(self, function: str, argument: Any = None) -> Any:
        """The result of a JavaScript function in the page."""
        return self.page.evaluate(function, argument)

    def wait(self, seconds: float = 10.0) -> float:
        """Wait until the map is drawn; how many seconds that took."""
        began = time.perf_counter()
        while not self.run("() => window.theorygraphReady === true"):
            assert time.perf_counter() - began < seconds, f"not drawn in {seconds} s: {self.errors}"
            self.page.wait_for_timeout(20)
        return time.perf_counter() - began

    def node(self, record: str) -> int:
        """The number of a record's node."""
        number = self.run(
            "record => theorygraph.source.nodes.find(node => node.record === record).id",
            record,
        )
        return int(number)

    def click(self, record: str) -> None:
        """Click a record's node on the canvas."""
        self.page.mouse.click(*self.spot(record))
        self.page.wait_for_timeout(450)

    def tip(self, record: str) -> list[str]:
        """What is told beside the pointer while it is over a record's node, line by line."""
        across, down = self.spot(record)
        self.page.mouse.move(across - 3, down)
        self.page.mouse.move(across, down)
        tip = self.page.locator(".vis-tooltip").last
        tip.wait_for(state="visible")
        lines: list[str] = tip.evaluate(
            "tip => [...tip.firstChild.children].map(line => line.textContent)"
        )
        return lines

    def spot(self, record: str) -> tuple[float, float]:
        """Move the map to a record's node; where that is in the window."""
        box = self.run(
            """number => {
                const { network } = theorygraph;
                network.moveTo({ position: network.getPosition(number), scale: 1 });
                const at = network.canvasToDOM(network.getPosition(number));
                const frame = document.getElementById("map").getBoundingClientRect();
                return { x: frame.x + at.x, y: frame.y + at.y };
            }""",
            self.node(record),
        )
        return float(box["x"]), float(box["y"])


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, or a skipped test where there is none; in CI its absence is a failure."""
    if not CHROMIUM.exists():
        reason = f"Chromium is not installed at {CHROMIUM}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield chromium
        chromium.close()


def barriers(page: Any, html: int = 160) -> list[tuple[str, list[str]]]:
    """What axe finds on a page that is open: the rule, and so much of each element's HTML."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
    return [(one["id"], [node["html"][:html] for node in one["nodes"]]) for one in found]


@contextmanager
def visit(chromium: Any, file: Path, width: int = 1440, height: int = 900) -> Iterator[Visit]:
    """Open a file offline and write down every request, error and dialog."""
    context = chromium.new_context(offline=True, viewport={"width": width, "height": height})
    page = context.new_page()
    opened = Visit(page, file.as_uri())
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on(
        "console",
        lambda message: (
            opened.errors.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: opened.errors.append(str(error)))

    def dismiss(dialog: Any) -> None:
        opened.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(opened.address)
    try:
        yield opened
    finally:
        context.close()
