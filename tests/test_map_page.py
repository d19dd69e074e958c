"""The theory map's page: complete, safe against any text, offline, usable. Maps are invented."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from map_pages import illustrative_map, map_with_text, read_page, visit

from graph.answers import EvidenceState, MapEdge, MapNode, TheoryMap
from visualise import render_map, write_map
from visualise.layout import WIDTH, Arrangement, Column, arrange
from visualise.looks import DARK, LINES, Look
from visualise.network import LOOKS, draw, mechanism_group

HOSTILE = [
    "</script><script>window.__pwned = 1</script>",
    "<img src=x onerror='window.__pwned = 1'>",
    "</title></style></textarea><svg onload=window.__pwned=1>",
    "<!--<script>window.__pwned = 1",
    "javascript:window.__pwned=1",
    "href <a href='javascript:window.__pwned=1'>href</a>",
    "{{ 7 * 7 }} {% raw %} {{ config }} ${window.__pwned = 1}",
    "\u202egnitsop\u202c \u2066isolate\u2069 \u2028 \u2029 \u0000 \x1e \x1f \ufeff",
    "'\"`&amp;&lt;b&gt; *bold* _it_ `mono` <b>b</b> \\u003c \\",
    "W" * 400 + " 漢字仮名交じり文" * 20 + " 👩🏽‍⚕️",
]


def rows_of(theory_map: TheoryMap) -> tuple[list[list[str]], list[list[str]]]:
    page = read_page(render_map(theory_map))
    return page.rows["nodes-table"], page.rows["edges-table"]


# ---- without a browser ----


def test_every_node_and_edge_is_in_the_tables() -> None:
    theory_map = illustrative_map()
    nodes, edges = rows_of(theory_map)
    assert [(row[0], row[2]) for row in nodes] == [
        (node.name, node.review) for node in theory_map.nodes
    ]
    names = {node.key: node.name for node in theory_map.nodes}
    assert [(row[0], row[1].removesuffix(" (inferred)"), row[2]) for row in edges] == [
        (names[edge.start], edge.kind, names[edge.end]) for edge in theory_map.edges
    ]


def test_the_page_has_title_language_heading_and_notes() -> None:
    document = render_map(illustrative_map())
    page = read_page(document)
    assert '<html lang="en">' in document
    assert page.texts["title"] == page.texts["h1"] == ["An illustrative theory map"]
    assert "An illustrative note." in page.texts["p"]


def test_an_empty_map_says_so() -> None:
    document = render_map(TheoryMap(title="Illustrative", reviews=[], nodes=[], edges=[]))
    assert "This map is empty." in document
    assert 'id="map-data"' not in document


def test_links_to_records_that_are_not_on_the_map_are_told_and_listed() -> None:
    theory_map = illustrative_map()
    theory_map.edges.append(
        MapEdge(start="source/elsewhere:a", end="mechanism/elsewhere:b", kind="supports")
    )
    document = render_map(theory_map)
    assert "1 link leads to a record that is not on this map" in document
    assert read_page(document).rows["edges-table"][-1][:3] == [
        "elsewhere:a",
        "supports",
        "elsewhere:b",
    ]


def test_the_legend_counts_every_state_of_support() -> None:
    document = render_map(illustrative_map())
    for support in EvidenceState:
        # The incorporated one has no evidence, and is counted there as well.
        n = 2 if support is EvidenceState.NONE_ENTERED else 1
        assert re.search(rf"{support.value} <b>{n}</b>", document)
    assert "incorporated (history), by its evidence as well <b>1</b>" in document


def test_a_mechanism_tells_its_support_in_words_and_by_pattern() -> None:
    network = draw(illustrative_map()).network
    for support in EvidenceState:
        node = next(each for each in network.nodes if each.get("support") == support)
        assert support.value in node["label"]
    looks = [network.options["groups"][mechanism_group(support)] for support in EvidenceState]
    patterns = {f"{look['borderWidth']} {look['shapeProperties']}" for look in looks}
    assert len(patterns) == len(EvidenceState)


def test_supports_and_challenges_of_one_pair_are_two_edges() -> None:
    edges = draw(illustrative_map()).network.edges
    pairs = [
        (edge["from"], edge["to"]) for edge in edges if edge["kind"] in ("supports", "challenges")
    ]
    assert len(pairs) - len(set(pairs)) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_configurations_read_from_context_to_outcome_whichever_way_edges_come(turned: bool) -> None:
    theory_map = illustrative_map()
    if turned:
        theory_map.edges = [
            edge.model_copy(update={"start": edge.end, "end": edge.start})
            if edge.kind in ("context", "resource", "reasoning", "outcome")
            else edge
            for edge in theory_map.edges
        ]
    network = draw(theory_map).network
    kinds = [node["kind"] for node in network.nodes]
    for edge in network.edges:
        ends = (kinds[edge["from"]], kinds[edge["to"]])
        if edge["kind"] == "context":
            assert ends == ("concept", "configuration")
        elif edge["kind"] in ("resource", "reasoning", "outcome"):
            assert ends == ("configuration", "concept")


def test_the_page_asks_for_nothing_and_allows_nothing() -> None:
    document = render_map(illustrative_map())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', document)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    page = read_page(document)
    assert not {"iframe", "img", "object", "embed", "base", "form-action"} & set(page.tags)
    assert re.findall(r'<link [^>]*href="([^"]*)"', document) == ["data:,"]
    assert not re.search(r"<script[^>]*\ssrc", document)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element(text: str) -> None:
    plain = read_page(render_map(map_with_text("plain")))
    page = read_page(render_map(map_with_text(text)))
    assert page.tags == plain.tags


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@examples(40)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    document = render_map(map_with_text(text))
    block = re.search(
        r'<script type="application/json" id="map-data">(.*?)</script>', document, re.S
    )
    assert block is not None
    assert block[1].isascii()
    assert not re.search("[<>&]", block[1])
    data = json.loads(block[1])
    assert {node["name"] for node in data["nodes"]} == {text}
    assert data["frames"][0]["title"].startswith(text)
    assert len(read_page(document).rows["nodes-table"]) == 4


REVIEWS = st.sampled_from(["a", "b"])
BOXES = st.lists(
    st.tuples(REVIEWS, st.sampled_from(list(Column)), st.integers(20, 300)),
    min_size=1,
    max_size=40,
)
Area = tuple[float, float, float, float]


def areas_of(placed: Arrangement, columns: list[Column], heights: list[int]) -> list[Area]:
    """Left, top, right and bottom of each box."""
    return [
        (x - WIDTH[column] / 2, y - height / 2, x + WIDTH[column] / 2, y + height / 2)
        for x, y, column, height in zip(placed.x, placed.y, columns, heights, strict=True)
    ]


@given(BOXES, st.data())
@examples(100)
def test_no_two_boxes_overlap_and_links_lead_around_boxes_whatever_the_map(
    boxes: list[tuple[str, Column, int]], data: st.DataObject
) -> None:
    place = st.integers(0, len(boxes) - 1)
    links = data.draw(st.lists(st.tuples(place, place), max_size=80))
    reviews, columns, heights = (list(each) for each in zip(*boxes, strict=True))
    placed = arrange(reviews, columns, heights, links)
    areas = areas_of(placed, columns, heights)
    for one, first in enumerate(areas):
        for second in areas[:one]:
            apart = (
                first[0] >= second[2]
                or second[0] >= first[2]
                or first[1] >= second[3]
                or second[1] >= first[3]
            )
            assert apart
    frames = {frame.review: frame for frame in placed.frames}
    for review, area in zip(reviews, areas, strict=True):
        frame = frames[review]
        assert frame.left <= area[0] and area[2] <= frame.right
        assert frame.top <= area[1] and area[3] <= frame.bottom

    for (start, end), route in zip(links, placed.routes, strict=True):
        points = list(zip(route[::2], route[1::2], strict=True))
        for node, (x, y) in ((start, points[0]), (end, points[-1])):
            assert abs(x - placed.x[node]) == WIDTH[columns[node]] / 2
            assert areas[node][1] - 1 <= y <= areas[node][3] + 1
        if columns[start] == columns[end] or reviews[start] != reviews[end]:
            continue
        for (x, y), (to_x, to_y) in pairwise(points):
            if y == to_y:  # level, so it may pass a column
                for left, top, right, bottom in areas:
                    passes = min(x, to_x) < right and left < max(x, to_x)
                    assert not (passes and top < y < bottom)
            else:
                beside = (
                    area
                    for area, review in zip(areas, reviews, strict=True)
                    if review == reviews[start]
                )
                for left, _, right, _ in beside:
                    assert not (min(x, to_x) < right and left < max(x, to_x)), "a slope in a column"


@given(BOXES, st.data())
@examples(60)
def test_another_review_moves_nothing_in_this_one(
    boxes: list[tuple[str, Column, int]], data: st.DataObject
) -> None:
    place = st.integers(0, len(boxes) - 1)
    links = data.draw(st.lists(st.tuples(place, place), max_size=60))
    both = arrange(*(list(each) for each in zip(*boxes, strict=True)), links, first=["a", "b"])
    own = [number for number, (review, _, _) in enumerate(boxes) if review == "a"]
    numbers = {number: position for position, number in enumerate(own)}
    inside = [
        (numbers[start], numbers[end])
        for start, end in links
        if start in numbers and end in numbers
    ]
    if not own:
        return
    alone = arrange(
        *(list(each) for each in zip(*(boxes[number] for number in own), strict=True)), inside
    )
    assert alone.x == [both.x[number] for number in own]
    assert alone.y == [both.y[number] for number in own]


@given(BOXES, st.data())
@examples(60)
def test_what_was_on_an_earlier_map_keeps_its_order(
    boxes: list[tuple[str, Column, int]], data: st.DataObject
) -> None:
    boxes = [("a", column, height) for _, column, height in boxes]
    reviews, columns, heights = (list(each) for each in zip(*boxes, strict=True))
    place = st.integers(0, len(boxes) - 1)
    links = data.draw(st.lists(st.tuples(place, place), max_size=60))
    known = data.draw(st.integers(1, len(boxes)))
    held = [pair for pair in links if max(pair) < known]
    before = arrange(reviews[:known], columns[:known], heights[:known], held)
    kept = dict(enumerate(before.y))
    if held == links and known == len(boxes):
        assert arrange(reviews, columns, heights, links, kept=kept) == before
    after = arrange(reviews, columns, heights, links, kept=kept)
    for one, other in combinations(kept, 2):
        if after.x[one] == after.x[other]:
            assert (kept[one] < kept[other]) == (after.y[one] < after.y[other])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG tells it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_letters_borders_and_lines_stand_out_by_day_and_by_night(dark: bool) -> None:
    def shown(colour: str) -> str:
        return DARK[colour] if dark else colour

    ground = shown("#fafbfc")

    def legible(look: Look) -> bool:
        letters = look.ink if look.shape == "box" else "#1d2733"
        below = look.fill if look.shape == "box" else "#fafbfc"
        return contrast(shown(letters), shown(below)) >= 4.5

    assert [group for group, look in LOOKS.items() if not legible(look)] == []
    lines = {group: look.border for group, look in LOOKS.items()}
    lines |= {kind: line.colour for kind, line in LINES.items()}
    assert [name for name, colour in lines.items() if contrast(shown(colour), ground) < 3] == []


def test_a_file_is_replaced_as_a_whole_in_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text("before", encoding="utf-8")
    theory_map = map_with_text("Übertragung → 漢字")
    written = write_map(theory_map, file)
    assert file.stat().st_size == written
    assert file.read_bytes().decode("utf-8") == render_map(theory_map)
    assert [each.name for each in tmp_path.iterdir()] == ["map.html"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.mkdir()
    with pytest.raises(OSError, match=r"map\.html"):
        write_map(illustrative_map(), file)
    assert [each.name for each in tmp_path.iterdir()] == ["map.html"]


# ---- in a browser ----


@pytest.fixture(scope="module")
def illustrative_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("maps") / "illustrative.html"
    write_map(illustrative_map(), file)
    return file


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_opens_offline_without_a_request_or_an_error(
    chromium: Any, illustrative_file: Path, size: tuple[int, int]
) -> None:
    with visit(chromium, illustrative_file, *size) as opened:
        assert opened.wait() < 5
        assert opened.requests == [opened.address]
        assert opened.errors == []
        assert opened.run("() => document.documentElement.scrollWidth") <= size[0]


@pytest.mark.browser
def test_everything_is_drawn_and_no_boxes_overlap(chromium: Any, illustrative_file: Path) -> None:
    theory_map = illustrative_map()
    with visit(chromium, illustrative_file) as opened:
        opened.wait()
        assert opened.run("() => theorygraph.data.nodes.length") == len(theory_map.nodes)
        painted = opened.run("() => theorygraph.links.painted()")
        assert sorted(painted) == list(range(len(theory_map.edges)))
        assert _overlaps(opened) == []


def test_supports_challenges_and_refinements_of_one_pair_are_apart() -> None:
    network = draw(illustrative_map()).network
    numbers = {node["record"]: node["id"] for node in network.nodes}
    pair = (numbers["illustrative-one:s-paper"], numbers["illustrative-one:m1"])
    between = [edge for edge in network.edges if (edge["from"], edge["to"]) == pair]
    assert [edge["kind"] for edge in between] == ["supports", "challenges", "refines"]
    ways = [tuple(edge["route"]) for edge in between]
    ends = [edge["route"][-2:] for edge in between]
    assert len(set(ways)) == 3
    assert min(abs(one[1] - other[1]) for one, other in combinations(ends, 2)) >= 5
    looks = [LINES[edge["kind"]] for edge in between]
    assert len({look.colour for look in looks}) == len({look.dashes for look in looks}) == 3


@pytest.mark.browser
def test_a_click_tells_what_is_behind_a_node(chromium: Any, illustrative_file: Path) -> None:
    with visit(chromium, illustrative_file) as opened:
        opened.wait()
        opened.click("illustrative-one:m1")
        panel = opened.page.locator("#panel")
        assert panel.locator("h2").inner_text() == "Illustrative mechanism 1"
        told = panel.inner_text()
        assert "Illustrative A (2020), Table 1" in told
        assert "supports, 3 pieces of evidence: Illustrative paper" in told
        panel.get_by_role("button", name="challenges: Illustrative paper").click()
        assert panel.locator("h2").inner_text() == "Illustrative paper"
        assert opened.errors == []


@pytest.mark.browser
def test_filters_hide_without_moving_anything(chromium: Any, illustrative_file: Path) -> None:
    theory_map = illustrative_map()
    everything = len(theory_map.nodes)
    with visit(chromium, illustrative_file) as opened:
        opened.wait()
        page = opened.page

        def shown() -> tuple[int, int]:
            found = re.fullmatch(
                r"(\d+) of (\d+) nodes, (\d+) of (\d+) links shown",
                page.locator("#count").inner_text(),
            )
            assert found is not None
            assert int(found[2]) == everything
            assert int(found[4]) == len(theory_map.edges)
            drawn = opened.run(
                "() => theorygraph.data.nodes.get().filter(node => !node.hidden).length"
            )
            assert drawn == int(found[1])
            return int(found[1]), int(found[3])

        before = opened.run("() => theorygraph.network.getPositions()")
        assert shown() == (everything, len(theory_map.edges))
        page.get_by_label("Review").select_option("illustrative-one")
        assert shown() == (11, 6)
        page.get_by_label("Mechanism", exact=True).select_option(label="Illustrative mechanism 1")
        assert shown() == (2, 3)
        page.get_by_label("Evidence links").uncheck()
        assert shown() == (2, 0)
        page.get_by_label("Sources").uncheck()
        assert shown() == (1, 0)
        page.get_by_role("button", name="Reset").click()
        assert shown() == (everything, len(theory_map.edges))
        page.get_by_label("Level").select_option("team")
        # Three mechanisms at team level and nodes without a level stay, but of the sources only
        # the two that have a link to what stays; four configurations are at student level.
        assert shown() == (3 + 2 + 17, 4 + 0)
        after = opened.run("() => theorygraph.network.getPositions()")
        assert after == {number: before[number] for number in after}
        assert opened.errors == []


@pytest.mark.browser
def test_the_map_works_from_the_keyboard(chromium: Any, illustrative_file: Path) -> None:
    with visit(chromium, illustrative_file) as opened:
        opened.wait()
        page = opened.page
        page.get_by_label("Find").fill("Illustrative consultation")
        page.get_by_label("Find").press("Enter")
        assert page.locator("#panel h2").inner_text() == "Illustrative consultation"
        page.locator("#map").focus()
        where = "() => theorygraph.network.getViewPosition().x"
        before = opened.run(where)
        page.keyboard.press("Shift+ArrowRight")
        assert opened.run(where) > before
        scale = "() => theorygraph.network.getScale()"
        before = opened.run(scale)
        page.keyboard.press("-")
        assert opened.run(scale) < before


@pytest.mark.browser
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_runs(chromium: Any, tmp_path: Path, text: str) -> None:
    file = tmp_path / "hostile.html"
    write_map(map_with_text(text), file)
    with visit(chromium, file) as opened:
        opened.wait()
        for kind in ("mechanism", "source"):
            record = f"illustrative:{kind}"
            opened.click(record)
            assert opened.run("() => document.querySelector('#panel h2').textContent") == text
            assert opened.run(
                """text => [...document.querySelectorAll("#panel p, #panel .cite span")]
                    .some(line => line.textContent === text)""",
                text,
            )
        opened.page.mouse.move(5, 5)
        assert opened.tip("illustrative:mechanism")[0] == text
        assert _overlaps(opened) == []
        assert opened.run("() => typeof window.__pwned") == "undefined"
        assert (
            opened.run("() => document.querySelectorAll('#panel img, #panel svg, #panel a').length")
            == 0
        )
        assert (opened.dialogs, opened.errors) == ([], [])
        assert opened.requests == [opened.address]


@pytest.mark.browser
def test_an_empty_map_opens_without_an_error(chromium: Any, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    write_map(TheoryMap(title="Illustrative", reviews=[], nodes=[], edges=[]), file)
    with visit(chromium, file) as opened:
        opened.wait()
        assert opened.errors == []
        assert opened.requests == [opened.address]


@pytest.mark.browser
@pytest.mark.slow
def test_a_large_map_is_drawn_within_seconds(chromium: Any, tmp_path: Path) -> None:
    nodes = [
        MapNode(
            id=f"illustrative:{number}",
            kind="source" if number % 2 else "mechanism",
            review="illustrative",
            name=f"Illustrative {number}",
            support=None if number % 2 else EvidenceState.SUPPORTED,
        )
        for number in range(2000)
    ]
    edges = [
        MapEdge(start=nodes[number * 2 + 1].key, end=nodes[number * 2 - far].key, kind="supports")
        for number in range(10, 1000)
        for far in (0, 2, 4, 6)
    ]
    file = tmp_path / "large.html"
    write_map(TheoryMap(title="Illustrative", reviews=[], nodes=nodes, edges=edges), file)
    with visit(chromium, file) as opened:
        assert opened.wait(30) < 15
        assert [error for error in opened.errors if "GPU stall" not in error] == []


def _overlaps(opened: Any) -> Any:
    """Pairs of visible nodes whose boxes overlap, as vis-network measures them."""
    return opened.run(
        """() => {
            const { network, data } = theorygraph;
            const boxes = data.nodes.getIds().map(id => network.getBoundingBox(id));
            const pairs = [];
            boxes.forEach((one, first) => boxes.slice(0, first).forEach((other, second) => {
                const across = one.left < other.right && other.left < one.right;
                const down = one.top < other.bottom && other.top < one.bottom;
                if (across && down) pairs.push([first, second]);
            }));
            return pairs;
        }"""
    )


def test_a_concept_is_said_to_be_at_no_level() -> None:
    """Its configurations are, and the filter finds it by theirs; no record says it of itself."""
    theory_map = illustrative_map()
    for node in theory_map.nodes:
        node.levels = ["team"] if node.kind in ("concept", "mechanism") else []
    rows = read_page(render_map(theory_map)).rows["nodes-table"]
    told = {
        node.kind: row[3] for node, row in zip(theory_map.nodes, rows, strict=True) if node.levels
    }
    assert told == {"concept": "", "mechanism": "team"}
    drawn = draw(theory_map).network.nodes
    assert all(node["levels"] == ["team"] for node in drawn if node["kind"] == "concept")
