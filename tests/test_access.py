"""Everything that is opened from disk: without barriers, in every window, offline, silent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from map_pages import barriers
from serving import fill, illustrative

from api.site.publish import publish
from exports.report.formats import ReportFormat, write_report
from graph.answers import MapNode
from graph.model import Role
from graph.questions.flow import flow
from graph.questions.gap_evidence import gap_evidence
from graph.questions.gaps import gaps
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from visualise import Tour, TourStep, write_map
from visualise.flow_diagram import flow_page
from visualise.gap_map import render_gap_map
from visualise.network import VIS_NODES

pytestmark = pytest.mark.browser
ARABIC = {
    "mechanisms.csv": "id,name,description,levels\n"
    "working-with-power,العمل مع السلطة,وصف توضيحي,ward\nlistening,الاستماع (Listening),,ward\n",
    "concepts.csv": "id,name\nquiet-room,غرفة هادئة\n",
    "sources.csv": "id,kind,title,included\nmade-up,paper,ورقة توضيحية,yes\n",
    "evidence.csv": "id,source,mechanism,stance,levels,statement,quote\n"
    "e1,made-up,working-with-power,challenges,ward,بيان توضيحي.,اقتباس توضيحي (2020).\n",
    "findings.csv": "id,kind,name,statement\nf1,gap,فجوة توضيحية,لا يقال شيء حقيقي.\n",
}
"""An illustrative review in a script that runs from right to left."""
ONE_OF_EACH = (
    "index.html",
    "search.html?q=power",
    "reviews/harris2021.html",
    "reviews/harris2021/flow.html",
    "mechanisms/index.html?q=w",
    "mechanisms/harris2021/working-with-power.html",
    "mechanisms/illustrative/working-with-power.html",
    "configurations/richmond2020/F2-C3.html",
    "concepts/richmond2020/C3.html",
    "sources/harris2021/first-look-summary.html",
    "evidence/index.html",
    "evidence/illustrative/e1.html",
    "findings/illustrative/f1.html",
    "gaps/index.html",
    "gaps/harris2021/working-with-power/1.html",
    "contradictions/index.html",
    "chains/index.html",
    "sensitivity/index.html",
    "loads/index.html",
    "embed/mechanisms/harris2021/working-with-power.html",
    "embed/gaps/harris2021/working-with-power/1.html",
)
"""A page of the published site of each kind."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What may be opened: a file, how to tell that it is ready, and what to do in it first."""

    address: str
    ready: str = "() => document.readyState === 'complete'"
    then: tuple[str, ...] = ()
    """Selectors of what to click."""


@dataclass(slots=True)
class Files:
    """Every kind of file, of the shipped reviews and of an illustrative one in Arabic."""

    site: Path
    by_name: dict[str, Opened] = field(default_factory=dict)


MAP_READY = "() => window.theorygraphReady === true"
GAPS_READY = "() => window.gapMapReady === true"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("access")
    review = illustrative(folder / "review", title="مراجعة توضيحية")
    for name, text in ARABIC.items():
        (review / name).write_text(text, encoding="utf-8")
    with open_store(Settings(store=str(fill(folder / "store.kgl", [review])))) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("files")
    found = Files(folder / "site")
    publish(store, Settings(), found.site)
    drawn = theory_map(store)
    arabic = "illustrative:working-with-power"
    tour = Tour(
        title="Illustrative tour",
        steps=[TourStep(records=["harris2021:working-with-power", arabic], says="Illustrative.")],
    )
    more = [
        MapNode(
            id=f"richmond2020:x{n}",
            kind="concept",
            review="richmond2020",
            name=f"Illustrative concept {n}",
            roles=[Role.CONTEXT],
        )
        for n in range(VIS_NODES)
    ]
    write_map(drawn, folder / "map.html", tour)
    write_map(
        drawn.model_copy(update={"nodes": [*drawn.nodes, *more]}), folder / "large.html", tour
    )
    answer = gaps(store)
    pages = {
        "gaps.html": render_gap_map(answer, gap_evidence(store, answer)),
        "flow.html": flow_page(flow(store, "harris2021")),
        "report.html": write_report(store, "richmond2020", ReportFormat.HTML).data.decode(),
        "report-ar.html": write_report(store, "illustrative", ReportFormat.HTML).data.decode(),
    }
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    tables = (".tables summary", ".help summary")
    small, large = ((folder / f"{name}.html").as_uri() for name in ("map", "large"))
    supported = "#stance=supports&at=harris2021%3Aworking-with-power"
    found.by_name["map"] = Opened(f"{small}#at={arabic}", MAP_READY, tables)
    found.by_name["map, filtered"] = Opened(f"{small}{supported}", MAP_READY, tables)
    found.by_name["map, on tour"] = Opened(small, MAP_READY, ("#tour-start",))
    # What stands around the drawing is the same; drawing without a graphics card takes its time.
    found.by_name["large"] = Opened(f"{large}#at={arabic}", MAP_READY, tables)
    found.by_name["gaps"] = Opened(
        (folder / "gaps.html").as_uri(), GAPS_READY, ("button.cell >> nth=3", ".tables summary")
    )
    found.by_name["gaps, in Arabic"] = Opened(
        (folder / "gaps.html").as_uri(),
        GAPS_READY,
        ("[data-review=illustrative] .cell.state-challenged",),
    )
    found.by_name["gaps, filtered"] = Opened(
        f"{(folder / 'gaps.html').as_uri()}#state=state-none-entered&group=kind", GAPS_READY
    )
    for name in ("flow", "report", "report-ar"):
        found.by_name[name] = Opened((folder / f"{name}.html").as_uri())
    for name in ONE_OF_EACH:
        path, _, query = name.partition("?")
        assert (found.site / path).is_file(), name
        address = (found.site / path).as_uri()
        found.by_name[name] = Opened(f"{address}?{query}" if query else address)
    return found


@dataclass(slots=True)
class Window:
    """A window, and whatever it asked for or said."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, wanted: Opened) -> None:
        """Open a file and bring it to the state that is wanted."""
        self.page.goto("about:blank")
        self.page.goto(wanted.address)
        self.page.wait_for_function(wanted.ready, timeout=60_000)
        for selector in wanted.then:
            self.page.locator(selector).click()


@contextmanager
def window(chromium: Any, width: int = 1440, height: int = 900, **how: Any) -> Iterator[Window]:
    context = chromium.new_context(offline=True, viewport={"width": width, "height": height}, **how)
    opened = Window(context.new_page())
    opened.page.on("request", lambda request: opened.asked.append(request.url))
    opened.page.on("console", lambda message: opened.said.append(message.text))
    opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_in_any_kind_of_file(
    chromium: Any, made: Files, scheme: str, width: int
) -> None:
    wrong = []
    with window(chromium, width, color_scheme=scheme, bypass_csp=True) as opened:
        for name, wanted in made.by_name.items():
            opened.open(wanted)
            wrong += [(name, rule, nodes[:3]) for rule, nodes in barriers(opened.page)]
    assert wrong == []


BEYOND = """() => [...document.body.querySelectorAll("*")].filter(each => {
    const box = each.getBoundingClientRect();
    if (!box.width || box.right <= innerWidth + 1 && box.left >= -1) return false;
    for (let up = each.parentElement; up; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible" && up !== document.body) return false;
    }
    const style = getComputedStyle(each);
    return style.position !== "absolute" || !each.matches(".skip, .unseen");
}).map(each => each.outerHTML.slice(0, 120))"""
"""What stands beyond the window, outside of regions that scroll."""


@pytest.mark.parametrize("forced", ["active", "none"])
def test_everything_fits_a_window_of_320_pixels(chromium: Any, made: Files, forced: str) -> None:
    """Which is a window of 1280 pixels at 400 % zoom, too."""
    wrong = []
    with window(chromium, 320, 640, forced_colors=forced, reduced_motion="reduce") as opened:
        for name, wanted in made.by_name.items():
            opened.open(wanted)
            if opened.page.evaluate("() => document.documentElement.scrollWidth") > 320:
                wrong.append((name, "scrolls"))
            wrong += [(name, each) for each in opened.page.evaluate(BEYOND)]
            moving = opened.page.evaluate(
                "() => document.getAnimations().filter(each => each.playState === 'running').length"
            )
            assert moving == 0, name
    assert wrong == []


def test_files_open_from_disk_without_a_request_or_a_word_in_the_console(
    chromium: Any, made: Files
) -> None:
    with window(chromium) as opened:
        for name, wanted in made.by_name.items():
            opened.asked.clear()
            opened.open(wanted)
            own = wanted.address.partition("#")[0]
            told = [url for url in opened.asked if not url.startswith(("data:", "about:"))]
            others = {url.partition("#")[0] for url in told} - {own}
            if name not in ONE_OF_EACH:
                assert not others, name
            assert all(url.startswith(f"{made.site.as_uri()}/maps/") for url in others), name
            # What the driver says of reading a picture back is about the machine.
            assert [each for each in opened.said if "GPU stall" not in each] == [], name
        every = sorted(made.site.rglob("*.html"))
        assert len(every) > 300
        for file in every:
            opened.asked.clear()
            opened.page.goto(file.as_uri())
            told = [url for url in opened.asked if not url.startswith("data:")]
            assert told[0] == file.as_uri()
            assert all(url.startswith(f"{made.site.as_uri()}/maps/") for url in told[1:]), file
            assert [each for each in opened.said if "GPU stall" not in each] == [], file


# ---- the keyboard ----


@pytest.mark.parametrize("name", ["map", "large"])
def test_every_node_is_reached_by_keyboard_spoken_and_ringed(
    chromium: Any, made: Files, name: str
) -> None:
    with window(chromium) as opened:
        opened.open(
            Opened(f"{made.by_name[name].address.partition('#')[0]}#stance=supports", MAP_READY)
        )
        page = opened.page
        wanted = page.evaluate(
            """() => {
                const { source, state } = theorygraph;
                return source.nodes.filter(node => state().shown[node.id]).map(node => node.name);
            }"""
        )
        assert len(wanted) > 50
        page.locator("#map").focus()
        told = set()
        for _ in wanted[:200]:
            page.keyboard.press("PageDown")
            found = page.evaluate(
                """() => {
                    const ring = document.getElementById("ring").getBoundingClientRect();
                    const drawing = document.querySelector(".drawing").getBoundingClientRect();
                    const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
                    return [document.getElementById("spoken").textContent, ring.width > 10
                        && x > drawing.left && x < drawing.right
                        && y > drawing.top && y < drawing.bottom];
                }"""
            )
            assert found[1], found[0]
            told.add(found[0])
        assert len(told) == len(wanted[:200])
        if len(wanted) <= 200:
            assert all(any(each.startswith(name) for each in told) for name in wanted)


def test_every_gap_cell_is_reached_by_keyboard_with_a_name_and_visible_focus(
    chromium: Any, made: Files
) -> None:
    with window(chromium) as opened:
        opened.open(Opened(made.by_name["gaps"].address, GAPS_READY))
        page = opened.page
        cells = page.locator("button.cell").count()
        page.locator("button.cell[tabindex='0']").focus()
        names = {}
        key = "ArrowRight"
        here = None
        for _ in range(4 * cells):
            at, label, outline = page.evaluate(
                """() => {
                    const cell = document.activeElement;
                    return [cell.dataset.cell, cell.getAttribute("aria-label"),
                        getComputedStyle(cell).outlineStyle];
                }"""
            )
            assert outline == "solid"
            names[at] = label
            if at == here:  # the end of a row: to its first cell, and down
                row = page.locator("tr", has=page.locator(":focus"))
                for _ in range(row.locator("button.cell").count()):
                    page.keyboard.press("ArrowLeft")
                page.keyboard.press("ArrowDown")
                here = None
                continue
            here = at
            page.keyboard.press(key)
        assert len(names) == cells
        assert len(set(names.values())) == cells and all(names.values())


# ---- names from right to left ----


def test_names_from_right_to_left_are_isolated(chromium: Any, made: Files) -> None:
    """Every element that holds such a name keeps it from turning its neighbours round."""
    wrong = []
    with window(chromium) as opened:
        for name, wanted in made.by_name.items():
            opened.open(wanted)
            wrong += [
                (name, each)
                for each in opened.page.evaluate(
                    """() => {
                        const arabic = /[\\u0600-\\u06ff]/;
                        const kept = ["isolate", "plaintext", "isolate-override"];
                        const walk = document.createTreeWalker(document.body, 4);
                        const found = [];
                        while (walk.nextNode()) {
                            if (!arabic.test(walk.currentNode.data)) continue;
                            const holder = walk.currentNode.parentElement;
                            if (holder.matches("script, style, text, title")) continue;
                            let up = holder;
                            while (up && getComputedStyle(up).display === "inline"
                                && !kept.includes(getComputedStyle(up).unicodeBidi)) {
                                up = up.parentElement;
                            }
                            const inside = getComputedStyle(up);
                            const mixed = /[A-Za-z]/.test(up.textContent);
                            if (mixed && !kept.includes(inside.unicodeBidi)) {
                                found.push(holder.outerHTML.slice(0, 160));
                            }
                        }
                        return found;
                    }"""
                )
            ]
    assert wrong == []


READS = """() => {
    const walk = document.createTreeWalker(document.body, 4);
    const found = [];
    const left = (node, from) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + 1);
        return range.getBoundingClientRect().left;
    };
    while (walk.nextNode()) {
        const node = walk.currentNode;
        const text = node.data.trim();
        const shown = node.parentElement.checkVisibility();
        if (!shown || !/^[\u0600-\u06ff].*[.]$/.test(text)) continue;
        const begin = node.data.indexOf(text);
        found.push([left(node, begin) > left(node, begin + text.length - 1), text,
            node.parentElement.outerHTML.slice(0, 120)]);
    }
    return found;
}"""
"""Texts that begin in Arabic and end in a full stop, and whether it stands at their left end."""


@pytest.mark.parametrize(
    "name", ["gaps, in Arabic", "report-ar", "evidence/illustrative/e1.html", "map", "large"]
)
def test_a_sentence_from_right_to_left_ends_at_its_left(
    chromium: Any, made: Files, name: str
) -> None:
    with window(chromium, 1440, 4000) as opened:
        opened.open(made.by_name[name])
        told = opened.page.evaluate(READS)
        assert told
        assert [each for each in told if not each[0]] == []
