"""The map as reviewers use it: what a click tells, filters, keyboard, pictures, the tour.

Maps are invented, and say so.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import EXAMPLES
from map_pages import Visit, barriers, visit
from payloads import PAYLOADS, hostile

from graph.answers import EvidenceState, MapEdge, MapNode, MapPiece, ReviewView, TheoryMap
from graph.load import load_review
from graph.model import Grade, Polarity, Role, SourceKind
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.stores import open_store
from visualise import Tour, TourStep, render_map, write_map
from visualise.network import VIS_NODES, draw

pytestmark = pytest.mark.browser
BATCH = 36


def chained_map(more: int = 0) -> TheoryMap:
    """An illustrative review of two configurations, the second a ripple of the first."""
    review = "illustrative"

    def node(local: str, kind: str, **given: Any) -> MapNode:
        name = given.pop("name", f"Illustrative {local}")
        return MapNode(id=f"{review}:{local}", kind=kind, review=review, name=name, **given)

    def edge(start: str, end: str, kind: str, **given: Any) -> MapEdge:
        start, end = (keys[local] for local in (start, end))
        return MapEdge(start=start, end=end, kind=kind, **given)

    piece = MapPiece(
        id=f"{review}:e1",
        statement="Illustrative statement.",
        quote="An illustrative quote.",
        locator="p. 3",
        perspective="staff",
        rigour=Grade.HIGH,
    )
    weak = MapPiece(id=f"{review}:e2", quote="Illustrative doubt.", rigour=Grade.LOW)
    sentence = "If Illustrative c1, then Illustrative o1, because Illustrative r1."
    nodes = [
        node("m1", "mechanism", support=EvidenceState.MIXED, mechanisms=[f"{review}:m1"]),
        node("m2", "mechanism", support=EvidenceState.NONE_ENTERED, mechanisms=[f"{review}:m2"]),
        node(
            "one",
            "configuration",
            polarity=Polarity.POSITIVE,
            lines=[sentence],
            mechanisms=[f"{review}:m1"],
        ),
        node("two", "configuration", polarity=Polarity.NEGATIVE),
        node("c1", "concept", roles=[Role.CONTEXT]),
        node("r1", "concept", roles=[Role.REASONING]),
        node("o1", "concept", roles=[Role.CONTEXT, Role.OUTCOME]),
        node("o2", "concept", roles=[Role.OUTCOME]),
        node(
            "s1",
            "source",
            source_kind=SourceKind.PAPER,
            doi="10.1234/illustrative<1>",
            lines=["Illustrative A. An illustrative paper. doi:10.1234/illustrative<1>"],
        ),
        node("s2", "source", source_kind=SourceKind.SYNTHESIS, lines=["Illustrative B."]),
        *(node(f"x{place}", "concept", roles=[Role.CONTEXT]) for place in range(more)),
    ]
    keys = {node.id.partition(":")[2]: node.key for node in nodes}
    edges = [
        edge("c1", "one", "context"),
        edge("one", "r1", "reasoning"),
        edge("one", "o1", "outcome"),
        edge("one", "m1", "belongs to"),
        edge("o1", "two", "context"),
        edge("two", "o2", "outcome"),
        edge("s1", "m1", "supports", pieces=[piece], lines=["Illustrative A."]),
        edge("s2", "m1", "challenges", pieces=[weak], levels=["team"], lines=["Illustrative B."]),
    ]
    return TheoryMap(
        title="An illustrative chain",
        reviews=[ReviewView(id=review, title="An illustrative review")],
        nodes=nodes,
        edges=edges,
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The chain as vis-network draws it, with a tour, and as WebGL does."""
    folder = tmp_path_factory.mktemp("maps")
    tour = Tour(
        title="Illustrative tour",
        steps=[
            TourStep(records=["illustrative:c1", "one"], says="It begins here <b>."),
            TourStep(records=["Illustrative o2"], says="And ends there."),
        ],
    )
    made = {"small": folder / "small.html", "large": folder / "large.html"}
    write_map(chained_map(), made["small"], tour)
    write_map(chained_map(VIS_NODES), made["large"])
    return made


def texts(opened: Visit, selector: str) -> list[str]:
    found: list[str] = opened.run(
        "where => [...document.querySelectorAll(where)].map(each => each.textContent)", selector
    )
    return found


def state(opened: Visit) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Records and links that are drawn."""
    drawn = opened.run(
        """() => {
            const { state, source } = theorygraph;
            const { shown, drawn } = state();
            const name = id => source.nodes[id].name;
            return [
                source.nodes.filter(node => shown[node.id]).map(node => node.name),
                source.edges.filter(edge => drawn[edge.id])
                    .map(edge => [name(edge.from), edge.kind, name(edge.to)]),
            ];
        }"""
    )
    return set(drawn[0]), {tuple(edge) for edge in drawn[1]}


# ---- what a click tells ----


def test_a_configuration_is_a_sentence_and_evidence_has_all_that_is_known(
    chromium: Any, files: dict[str, Path]
) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        opened.click("illustrative:one")
        assert "If Illustrative c1, then Illustrative o1" in opened.page.inner_text("#panel")
        opened.click("illustrative:m1")
        told = opened.page.inner_text("#panel")
        for part in (
            "Supports: Illustrative s1",
            "Illustrative statement.",
            "An illustrative quote.",
            "Locator: p. 3",
            "Perspective: staff",
            "Appraisal: rigour high",
            "Challenges: Illustrative s2",
            "Illustrative doubt.",
            "belongs to: Illustrative one",
        ):
            assert part in told
        links = opened.run("() => [...document.querySelectorAll('#panel a')].map(a => a.href)")
        assert links == ["https://doi.org/10.1234/illustrative%3C1%3E"]
        assert opened.requests == [opened.address]


def test_a_word_of_a_quote_finds_its_source(chromium: Any, files: dict[str, Path]) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        opened.page.get_by_label("Find").fill("illustrative doubt")
        opened.page.keyboard.press("Enter")
        assert opened.page.inner_text("#panel h2") == "1 found for “illustrative doubt”"
        opened.page.get_by_role("button", name="Illustrative s2").click()
        assert opened.page.inner_text("#panel h2") == "Illustrative s2"


# ---- filters and the address ----


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize(
    ("label", "value", "evidence"),
    [
        ("Perspective", "staff", {"supports"}),
        ("Stance", "challenges", {"challenges"}),
        ("Rigour at least", "moderate", {"supports"}),
        ("Rigour at least", "low", {"supports", "challenges"}),
        ("Level", "team", {"supports", "challenges"}),
    ],
)
def test_a_filter_is_in_the_address_and_a_link_reopens_the_same_view(
    chromium: Any, files: dict[str, Path], size: str, label: str, value: str, evidence: set[str]
) -> None:
    with visit(chromium, files[size]) as opened:
        opened.wait()
        opened.page.get_by_label(label, exact=True).select_option(value)
        opened.page.get_by_label("Evidence links").is_checked()
        opened.run("() => document.getElementById('map').focus()")
        opened.page.keyboard.press("PageDown")
        opened.page.keyboard.press("Enter")
        before = state(opened)
        stances = {kind for _, kind, _ in before[1]} & {"supports", "challenges", "refines"}
        assert stances == evidence
        address = opened.page.url
        selected = opened.page.inner_text("#panel h2")
        assert opened.page.locator("#panel .copy input").input_value() == address
        again = opened.page.context.new_page()
        again.goto(address)
        again.wait_for_function("() => window.theorygraphReady === true")
        other = Visit(again, address)
        assert state(other) == before
        assert again.inner_text("#panel h2") == selected
        assert again.get_by_label(label, exact=True).input_value() == value


def test_an_address_with_unknown_values_opens_everything(
    chromium: Any, files: dict[str, Path]
) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        everything = state(opened)
        opened.page.goto(f"{opened.address}#stance=__proto__&at=%3Cscript%3E&rigour=%00&step=x")
        opened.page.reload()
        opened.wait()
        assert state(opened) == everything
        assert opened.errors == []


# ---- tables, keyboard, axe ----


@pytest.mark.parametrize("stance", ["", "supports"])
def test_the_tables_hold_exactly_what_is_drawn(
    chromium: Any, files: dict[str, Path], stance: str
) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        opened.page.locator(".tables summary").click()
        opened.page.get_by_label("Stance").select_option(stance)
        rows = {
            name: opened.run(
                """name => [...document.getElementById(name).tBodies[0].rows]
                    .filter(row => row.checkVisibility())
                    .map(row => [...row.cells].map(cell => cell.textContent))""",
                name,
            )
            for name in ("nodes-table", "edges-table")
        }
        nodes, edges = state(opened)
        assert {row[0] for row in rows["nodes-table"]} == nodes
        assert {tuple(row[:3]) for row in rows["edges-table"]} == edges
        assert len(rows["edges-table"]) == len(edges)
        visible, painted = opened.run(
            """() => {
                const { data, links, source } = theorygraph;
                const name = id => source.nodes[id].name;
                return [
                    data.nodes.get().filter(node => !node.hidden).map(node => name(node.id)),
                    links.painted().map(id => source.edges[id])
                        .map(edge => [name(edge.from), edge.kind, name(edge.to)]),
                ];
            }"""
        )
        assert set(visible) == nodes
        assert {tuple(link) for link in painted} == edges


def test_the_tables_of_a_large_map_page_through_what_is_drawn(
    chromium: Any, files: dict[str, Path]
) -> None:
    with visit(chromium, files["large"]) as opened:
        opened.wait()
        opened.page.locator(".tables summary").click()
        opened.page.wait_for_selector("#nodes-table tbody tr")  # filled once they are open
        seen: set[str] = set()
        following = opened.page.get_by_role("button", name="Next rows").first
        while True:
            seen.update(texts(opened, "#nodes-table td:first-child"))
            if following.is_disabled():
                break
            following.click()
        nodes, edges = state(opened)
        assert seen == nodes
        assert {
            tuple(cells)
            for cells in opened.run(
                """() => [...document.querySelectorAll("#edges-table tbody tr")]
                    .map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent))"""
            )
        } == edges


@pytest.mark.parametrize("stance", ["", "supports"])
def test_the_keyboard_reaches_every_node_and_each_is_spoken(
    chromium: Any, files: dict[str, Path], stance: str
) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        opened.page.get_by_label("Stance").select_option(stance)
        nodes, _ = state(opened)
        opened.page.locator("#map").focus()
        spoken = set()
        for _ in nodes:
            opened.page.keyboard.press("PageDown")
            told = opened.page.locator("#spoken").text_content()
            spoken.add(told.partition(",")[0])
            ring = opened.page.locator("#ring").bounding_box()
            drawing = opened.page.locator(".drawing").bounding_box()
            assert ring["width"] > 10
            assert drawing["x"] < ring["x"] + ring["width"] / 2 < drawing["x"] + drawing["width"]
            assert drawing["y"] < ring["y"] + ring["height"] / 2 < drawing["y"] + drawing["height"]
        assert spoken == nodes
        opened.page.keyboard.press("Enter")
        assert opened.page.inner_text("#panel h2") == told.partition(",")[0]


@pytest.mark.parametrize(
    ("size", "scheme"), [("small", "light"), ("small", "dark"), ("large", "light")]
)
def test_axe_finds_nothing(chromium: Any, files: dict[str, Path], size: str, scheme: str) -> None:
    context = chromium.new_context(
        offline=True, bypass_csp=True, color_scheme=scheme, viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{files[size].as_uri()}#at=illustrative:m1")
    page.wait_for_function("() => window.theorygraphReady === true")
    page.locator(".tables summary").click()
    page.locator(".help summary").click()
    assert barriers(page) == []
    context.close()


def test_forced_colours_reduced_motion_and_320_pixels(
    chromium: Any, files: dict[str, Path]
) -> None:
    context = chromium.new_context(
        offline=True,
        viewport={"width": 320, "height": 640},
        forced_colors="active",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{files['small'].as_uri()}#at=illustrative:m1")
    page.wait_for_function("() => window.theorygraphReady === true")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert page.locator("#legend").is_visible()
    context.close()


# ---- places ----


def test_a_ripple_goes_on_to_the_right_and_a_map_is_the_same_each_time() -> None:
    drawing = draw(chained_map())
    x = {node["record"].partition(":")[2]: node["x"] for node in drawing.network.nodes}
    assert x["c1"] < x["one"] < x["r1"] < x["o1"] < x["two"] < x["o2"]
    assert render_map(chained_map()) == render_map(chained_map())


def test_a_map_drawn_over_an_earlier_one_keeps_its_order(command: Any, tmp_path: Path) -> None:
    review = tmp_path / "illustrative"
    review.mkdir()
    (review / "review.yaml").write_text("id: illustrative\ntitle: Illustrative\n", "utf-8")
    parts = [(f"k{n}", f"r{n}", f"o{n}") for n in range(6)]
    names = [name for pair in parts for name in pair]
    concepts = "id,name\n" + "".join(f"{name},Illustrative {name}\n" for name in names)
    (review / "concepts.csv").write_text(concepts, "utf-8")
    rows = [f"c{n},{','.join(part)}\n" for n, part in enumerate(parts)]
    head = "id,contexts,reasonings,outcomes\n"
    (review / "configurations.csv").write_text(head + "".join(rows[:5]), "utf-8")
    command("load", review)
    kept, afresh = tmp_path / "kept.html", tmp_path / "afresh.html"
    command("map", kept)
    before = drawn_places(kept)
    assert "keep their order" not in command("map", afresh).out
    crossing = "c6,k0;k1;k2,r5,o5;o4\nc7,k4;k3,r0,o0\n"
    (review / "configurations.csv").write_text(head + "".join(rows) + crossing, "utf-8")
    command("load", review)
    assert f"{len(before)} of its records" in command("map", kept).out
    command("map", afresh, "--afresh")

    def order(file: Path) -> list[str]:
        places = drawn_places(file)
        return sorted(before, key=places.__getitem__)

    def stacked(order: list[str], kind: str) -> list[str]:
        return [record for record in order if record.partition(":")[2].startswith(kind)]

    for kind in ("k", "c", "r", "o"):
        assert stacked(order(kept), kind) == stacked(sorted(before, key=before.__getitem__), kind)
    assert drawn_places(afresh) == drawn_places_of_new_file(command, tmp_path)


def test_a_file_that_is_no_map_is_drawn_over(command: Any, tmp_path: Path) -> None:
    command("load", EXAMPLES / "harris2021")
    block = '<script type="application/json" id="map-data">{}</script>'
    for text in (
        "",
        "<p>",
        block.format("{"),
        block.format("[]"),
        block.format('{"large": false, "nodes": 3}'),
        block.format('{"large": false, "nodes": [1, {"record": 2}, {"record": "x", "y": "1"}]}'),
        block.format('{"large": false, "nodes": [{"record": "x", "y": true}, {"y": 1e400}]}'),
    ):
        (tmp_path / "map.html").write_text(text, "utf-8")
        told = command("map", tmp_path / "map.html").out
        assert "keep their order" not in told
        assert len(drawn_places(tmp_path / "map.html")) == 13


def test_reviews_keep_their_places_when_another_is_loaded(command: Any, tmp_path: Path) -> None:
    command("load", EXAMPLES / "richmond2020")
    command("map", tmp_path / "one.html")
    command("load", EXAMPLES / "harris2021")  # before the other by its id
    command("map", tmp_path / "both.html")
    one, both = drawn_places(tmp_path / "one.html"), drawn_places(tmp_path / "both.html")
    assert one == {record: both[record] for record in one}


def drawn_places(file: Path) -> dict[str, tuple[float, float]]:
    """Where each record is on a map in a file."""
    text = file.read_text(encoding="utf-8")
    block = re.search(r'id="map-data">(.*?)</script>', text, re.S)
    assert block is not None
    return {node["record"]: (node["y"], node["x"]) for node in json.loads(block[1])["nodes"]}


def drawn_places_of_new_file(command: Any, folder: Path) -> dict[str, tuple[float, float]]:
    command("map", folder / "new.html")
    return drawn_places(folder / "new.html")


def test_a_link_answers_to_pointer_and_click(chromium: Any, files: dict[str, Path]) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        for kind, source in (("supports", "Illustrative s1"), ("challenges", "Illustrative s2")):
            at = opened.run(
                """kind => {
                    const { source, network } = theorygraph;
                    const route = source.edges.find(edge => edge.kind === kind).route;
                    const [x, y] = [(route[0] + route[2]) / 2, (route[1] + route[3]) / 2];
                    network.moveTo({ position: { x, y }, scale: 1 });
                    const spot = network.canvasToDOM({ x, y });
                    const frame = document.getElementById("map").getBoundingClientRect();
                    return [frame.x + spot.x, frame.y + spot.y];
                }""",
                kind,
            )
            opened.page.mouse.move(at[0] - 60, at[1] - 60)
            opened.page.mouse.move(*at)
            tip = opened.page.locator(".vis-tooltip").last
            tip.wait_for(state="visible")
            assert f"{source} → Illustrative m1" in tip.inner_text()
            opened.page.mouse.click(*at)
            opened.page.wait_for_timeout(450)
            assert opened.page.inner_text("#panel h2") == f"{source} → Illustrative m1"
        assert opened.errors == []


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_dark_page_has_a_dark_drawing(chromium: Any, files: dict[str, Path], size: str) -> None:
    with visit(chromium, files[size]) as opened:
        opened.wait()

        def brightness() -> float:
            shot = opened.page.locator(".canvas").screenshot()
            picture = opened.run(
                """async shot => {
                    const image = new Image();
                    image.src = `data:image/png;base64,${shot}`;
                    await image.decode();
                    const canvas = document.createElement("canvas");
                    [canvas.width, canvas.height] = [image.width, image.height];
                    const context = canvas.getContext("2d");
                    context.drawImage(image, 0, 0);
                    const data = context.getImageData(0, 0, image.width, image.height).data;
                    let sum = 0;
                    for (let at = 0; at < data.length; at += 4) sum += data[at];
                    return sum / (data.length / 4);
                }""",
                b64encode(shot).decode(),
            )
            return float(picture)

        assert brightness() > 200
        opened.page.emulate_media(color_scheme="dark")
        opened.page.wait_for_timeout(400)
        assert brightness() < 90
        opened.page.emulate_media(color_scheme="light")
        opened.page.wait_for_timeout(400)
        assert brightness() > 200


def test_a_large_map_tells_stance_by_pattern_and_support_by_sign(
    chromium: Any, files: dict[str, Path]
) -> None:
    with visit(chromium, files["large"]) as opened:
        opened.wait()
        types = opened.run(
            """() => Object.fromEntries(theorygraph.source.edges.map(edge => [
                edge.kind, theorygraph.graph.getEdgeAttribute(edge.id, "type")]))"""
        )
        assert types["supports"] == types["outcome"] == "line"
        assert len({types["supports"], types["challenges"], types["belongs to"]}) == 3
        signs = opened.run("() => theorygraph.source.signs")
        assert {signs["mechanism-mixed"], signs["mechanism-none-entered"]} == {"±", "–"}
        opened.run(
            """() => {
                const { source, surface } = theorygraph;
                const node = source.nodes.find(each => each.kind === "mechanism");
                surface.moveTo({ position: { x: node.x, y: node.y }, scale: 1.5 });
            }"""
        )
        opened.page.wait_for_timeout(300)
        inked = opened.run(
            """() => {
                const layer = theorygraph.sigma.getCanvases().signs;
                const { data } = layer.getContext("2d")
                    .getImageData(0, 0, layer.width, layer.height);
                return data.some((value, at) => at % 4 === 3 && value > 0);
            }"""
        )
        assert inked


# ---- pictures and print ----


@pytest.mark.parametrize("size", ["small", "large"])
def test_the_view_is_saved_as_png_and_svg(
    chromium: Any, files: dict[str, Path], tmp_path: Path, size: str
) -> None:
    with visit(chromium, files[size]) as opened:
        opened.wait()
        for name, file in (("Save PNG", tmp_path / "map.png"), ("Save SVG", tmp_path / "map.svg")):
            with opened.page.expect_download() as saved:
                opened.page.get_by_role("button", name=name).click()
            saved.value.save_as(file)
        assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / "map.png").stat().st_size > 5_000
        root = ElementTree.parse(tmp_path / "map.svg").getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        if size == "small":
            written = {
                "".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")
            }
            assert any("Illustrative m2" in text for text in written)
            ways = {path.get("d") for path in root.iter("{http://www.w3.org/2000/svg}path")}
            painted = opened.run("() => theorygraph.links.painted().map(theorygraph.links.way)")
            assert len(painted) == len(chained_map().edges)
            assert ways == {part for way in painted for part in way}
        opened.page.emulate_media(media="print")
        opened.run("() => window.dispatchEvent(new Event('beforeprint'))")
        assert opened.page.locator("#printed svg").is_visible()
        assert not opened.page.locator("#controls").is_visible()


# ---- the tour ----


def test_a_tour_walks_in_order_and_each_step_has_an_address(
    chromium: Any, files: dict[str, Path]
) -> None:
    with visit(chromium, files["small"]) as opened:
        opened.wait()
        page = opened.page
        page.get_by_role("button", name="Start the tour").click()
        assert page.inner_text("#tour-says") == "It begins here <b>."
        assert page.inner_text("#panel h2") == "Illustrative c1"
        page.get_by_role("button", name="Next").click()
        assert page.inner_text("#tour-count") == "Step 2 of 2"
        assert page.inner_text("#panel h2") == "Illustrative o2"
        assert page.url.endswith("#step=2")
        page.reload()
        opened.wait()
        assert page.inner_text("#tour-says") == "And ends there."
        page.get_by_role("button", name="End the tour").click()
        assert page.get_by_role("button", name="Start the tour").is_visible()


def test_the_command_reads_a_tour_and_tells_what_is_wrong_with_one(
    command: Any, tmp_path: Path
) -> None:
    command("load", EXAMPLES / "harris2021")
    good = tmp_path / "tour.yaml"
    good.write_text(
        "title: Illustrative\nsteps:\n"
        "  - records: [harris2021:working-with-power]\n    says: Illustrative.\n",
        encoding="utf-8",
    )
    command("map", tmp_path / "map.html", "--tour", good)
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert re.search(r'id="tour-says"', page)
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "steps:\n  - records: [nobody]\n    says: Illustrative.\n"
        "  - records: [no one]\n    says: Illustrative.\n",
        encoding="utf-8",
    )
    told = command("map", tmp_path / "other.html", "--tour", bad, status=1)
    assert "bad.yaml" in told.err
    assert "nobody" in told.err
    assert "no one" in told.err
    assert not (tmp_path / "other.html").exists()


# ---- hostile text, from the store to the page ----


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), BATCH))
def test_no_payload_runs_and_each_shows_as_text(chromium: Any, tmp_path: Path, first: int) -> None:
    batch = PAYLOADS[first : first + BATCH]
    with open_store(Settings(store=str(tmp_path / "hostile.kgl"))) as store:
        for place, payload in enumerate(batch):
            load_review(store, hostile(payload, f"h{place}"))
        drawn = theory_map(store)
    file = tmp_path / "hostile.html"
    write_map(drawn, file)
    with visit(chromium, file) as opened:
        opened.wait()
        told = opened.run(
            """batch => batch.map((payload, place) => {
                const { source, open } = theorygraph;
                const find = local => source.nodes
                    .find(node => node.record === `h${place}:${local}`).id;
                const panel = document.getElementById("panel");
                const holds = () => [...panel.querySelectorAll("*")]
                    .some(each => each.textContent === payload);
                const missing = [];
                for (const local of ["m", "gone", "cfg", "context", "s-paper"]) {
                    open(find(local));
                    if (!holds()) missing.push(local);
                }
                open(find("m"));
                const quote = panel.querySelector("blockquote");
                if (quote.textContent !== payload) missing.push("quote");
                const rows = [...document.getElementById("nodes-table").tBodies[0].rows];
                if (!rows.some(row => row.cells[0].textContent === payload)) missing.push("table");
                return missing;
            })""",
            batch,
        )
        assert dict(zip(batch, told, strict=True)) == {payload: [] for payload in batch}
        links = opened.run("() => [...document.links].map(link => link.href)")
        assert all(link.startswith("https://doi.org/10.1234/") for link in links)
        assert opened.run("() => document.querySelectorAll('#panel img, #panel svg').length") == 0
        svg = opened.run(
            """() => {
                window.dispatchEvent(new Event("beforeprint"));
                return [...document.querySelectorAll("#printed *")].map(each => each.tagName);
            }"""
        )
        assert set(svg) <= {
            "svg",
            "title",
            "defs",
            "marker",
            "path",
            "rect",
            "text",
            "g",
            "circle",
        } | {"polygon"}
        opened.page.wait_for_timeout(50)
        assert opened.run("() => typeof window.__ran") == "undefined"
        assert (opened.dialogs, opened.errors) == ([], [])
        assert opened.requests == [opened.address]


def test_there_are_five_hundred_different_payloads() -> None:
    assert len(set(PAYLOADS)) == 500
    assert json.loads(json.dumps(PAYLOADS)) == PAYLOADS
