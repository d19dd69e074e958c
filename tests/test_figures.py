"""The gap map and the flow diagram: their numbers, their shape, and that text stays text."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bundles import bundles
from conftest import EXAMPLES, ROOT, Ran
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from map_pages import barriers, read_page, visit
from payloads import PAYLOADS, hostile
from serving import fill, in_thread

from graph.answers import Dimension, EvidenceView, FlowReport, GapAnswer, Sort
from graph.answers.signs import EVIDENCE, class_of, signed
from graph.load import load_review
from graph.model import Review, ReviewBundle, Stage, Step, StepKind
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.flow import flow
from graph.questions.gap_evidence import gap_evidence
from graph.questions.gaps import gaps
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.intake import load
from visualise.figures import to_png
from visualise.flow_diagram import flow_page, flow_rows, flow_svg
from visualise.gap_drawing import gap_map_svg
from visualise.gap_map import caption, gap_rows, render_gap_map, whole_rows
from visualise.mark_styles import looks, style_of_marks

SVG = "{http://www.w3.org/2000/svg}"
SHIPPED = ("harris2021", "richmond2020")
PAGES = examples(20)
FLOWS = examples(60)


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    with scratch_store(Settings()) as store:
        for name in SHIPPED:
            load(store, EXAMPLES / name, Settings())
        yield store


def drawing(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of each box, by step."""
    found = {}
    for rect in drawing(svg).iter(f"{SVG}rect"):
        step = rect.get("data-step")
        if step is not None:
            x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
            assert step not in found
            found[step] = (x, y, x + w, y + h)
    return found


def parts(svg: str) -> dict[str, list[tuple[str, ElementTree.Element]]]:
    """The texts of each box, by step: what each is, and its element."""
    found = {}
    for group in drawing(svg).iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        if rect is not None and rect.get("data-step"):
            found[rect.get("data-step", "")] = [
                (text.get("data-part", ""), text) for text in group.iter(f"{SVG}text")
            ]
    return found


def lines(svg: str) -> Iterator[tuple[float, float, float, float]]:
    """Each straight piece of each line between boxes, as left, top, right, bottom."""
    for path in drawing(svg).iter(f"{SVG}path"):
        if path.get("class") == "wire":
            points = [
                tuple(float(n) for n in point.split())
                for point in path.get("d", "").removeprefix("M").split(" L")
            ]
            for (x1, y1), (x2, y2) in pairwise(points):
                yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def overlap(one: tuple[float, ...], other: tuple[float, ...], by: float = 0.5) -> bool:
    return (
        one[0] < other[2] - by
        and other[0] < one[2] - by
        and one[1] < other[3] - by
        and other[1] < one[3] - by
    )


@st.composite
def flows(draw: st.DrawFn) -> ReviewBundle:
    """Illustrative flows: any number of stages and tracks, entrances that go on from totals."""
    stages, steps = [], []
    totals: list[str] = []
    for at in range(draw(st.integers(1, 3))):
        stage = f"generated:s{at}"
        stages.append(Stage(id=stage, name=f"Stage {at}", position=at, databases=["A", "B"]))
        tracks = draw(st.lists(st.sampled_from("abcde"), min_size=1, max_size=4, unique=True))
        position = 0
        for track in tracks:
            for kind in draw(st.lists(st.sampled_from(StepKind), min_size=1, max_size=7)):
                takes = None
                if kind is StepKind.ENTRANCE and totals and draw(st.booleans()):
                    takes = draw(st.sampled_from(totals))
                n = None if takes else draw(st.none() | st.integers(0, 90))
                id_ = f"{stage}.{position}"
                words = "a longish illustrative name " * draw(st.integers(1, 4))
                steps.append(
                    Step(
                        id=id_,
                        stage=stage,
                        position=position,
                        kind=kind,
                        track=track,
                        name=f"{words.strip()} {position}",
                        n=n,
                        takes=takes,
                        reason=draw(st.none() | st.just("an illustrative reason")),
                    )
                )
                if kind is StepKind.TOTAL:
                    totals.append(id_)
                position += 1
    review = Review(id="generated", title="Illustrative flow")
    return ReviewBundle(review=review, stages=stages, steps=steps)


def asked(bundle: ReviewBundle) -> FlowReport:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        return flow(store, bundle.review.id)


# ---- the flow diagram ----


def assert_drawn_well(report: FlowReport) -> None:
    svg = flow_svg(report)
    placed = boxes(svg)
    said = parts(svg)
    steps = [step for stage in report.stages for step in stage.steps]
    assert set(placed) == {step.id for step in steps}
    for one, other in combinations(placed.values(), 2):
        assert not overlap(one, other)
    root = drawing(svg)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    for left, top, right, bottom in placed.values():
        assert left >= 0 and top >= 0 and right <= width and bottom <= height
    for line in lines(svg):
        assert line[0] >= 0 and line[2] <= width and line[3] <= height
        through = [box for box in placed.values() if overlap(line, box, 0.4)]
        assert not through
    by_id = {step.id: step for step in steps}
    failed = {equation.name for equation in report.equations if not equation.holds}
    implied = {one.step for one in report.implied}
    for id_, step in by_id.items():
        (number,) = [text for part, text in said[id_] if part == "number"]
        value = step.n if step.n is not None else step.computed
        assert number.text == ("n not stated" if value is None else f"n = {value}")
        origin = step
        seen = set()
        while origin.n is None and origin.takes and origin.id not in seen:
            seen.add(origin.id)
            origin = by_id[origin.takes]
        italic = value is not None and origin.n is None
        assert (number.get("font-style") == "italic") == italic
        assert id_ not in implied or italic
        name = f"{id_.partition(':')[2]}: {step.name}"
        marked = [text for part, text in said[id_] if part == "failed"]
        broken = [text for text in failed if text in (name, f"{name} = {step.counts} in the graph")]
        assert bool(marked) == bool(broken)
        if marked:
            assert (marked[0].text or "").startswith("✗")
            assert number.get("fill") == marked[0].get("fill") == "#b00020"
    told = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    for equation in report.equations:
        if not equation.holds:
            assert equation.name.split()[0] in told
    if implied:
        assert "Italic: computed" in told


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_flow_is_drawn_number_by_number(shipped: Store, name: str) -> None:
    assert_drawn_well(flow(shipped, name))


@given(flows())
@FLOWS
def test_any_flow_is_drawn_without_overlaps(bundle: ReviewBundle) -> None:
    assert_drawn_well(asked(bundle))


def test_a_sum_that_does_not_hold_is_red_and_told_below() -> None:
    steps = [
        Step(id=f"x:s.{n}", stage="x:s", position=n, kind=kind, name=f"box {n}", n=number)
        for n, (kind, number) in enumerate(
            [(StepKind.ENTRANCE, 10), (StepKind.EXIT, 3), (StepKind.TOTAL, 8)]
        )
    ]
    stage = Stage(id="x:s", name="Illustrative stage", position=0)
    bundle = ReviewBundle(review=Review(id="x", title="X"), stages=[stage], steps=steps)
    report = asked(bundle)
    assert_drawn_well(report)
    svg = flow_svg(report)
    assert "✗ 10 - 3 = 8" in svg
    assert "adds up to 7, stated as 8" in svg
    assert [row[4] for row in flow_rows(report)] == ["10", "3", "8"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_flow_page_lists_what_is_drawn_and_gives_the_data(shipped: Store, name: str) -> None:
    report = flow(shipped, name)
    document = flow_page(report)
    rows = read_page(document).rows["figure-table"]
    assert {tuple(row) for row in rows} == set(flow_rows(report))
    numbers = Counter(
        (text.text or "").removeprefix("n = ")
        for of_box in parts(flow_svg(report)).values()
        for part, text in of_box
        if part == "number"
    )
    assert numbers == Counter(row[4] or "n not stated" for row in rows)
    link = re.search(r'href="data:application/json;base64,([^"]+)"', document)
    assert link is not None
    assert json.loads(base64.b64decode(link[1])) == report.model_dump(mode="json")
    table = re.search(r'href="data:text/csv;base64,([^"]+)" download="flow-\w+.csv"', document)
    assert table is not None
    told = list(csv.DictReader(io.StringIO(base64.b64decode(table[1]).decode())))
    boxes = [(stage, step) for stage in report.stages for step in stage.steps]
    assert len(told) == len(boxes) > 0
    for row, (stage, step) in zip(told, boxes, strict=True):
        numbers_ = ["" if n is None else str(n) for n in (step.n, step.computed)]
        assert [row["n"], row["computed"]] == numbers_
        assert (row["stage.name"], row["track"], row["kind"], row["name"]) == (
            stage.name,
            step.track,
            step.kind.value,
            step.name,
        )
        assert (row["reason"], row["locator"]) == (step.reason or "", step.locator or "")


# ---- the gap map ----


def assert_same_numbers(answer: GapAnswer) -> None:
    rows = gap_rows(answer)
    cells = [
        (matrix, row, column, cell)
        for matrix in answer.reviews
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    ]
    assert len(rows) == len(cells)
    for shown, (matrix, row, column, cell) in zip(rows, cells, strict=True):
        entered = (cell.state.value, cell.weight.text, str(cell.weight.pieces))
        name = f"{row.name} [{row.id}]"
        start = (matrix.review, name, row.kind, column.name, *entered)
        says, text, ids = shown[len(start) :]
        assert shown[: len(start)] == start
        assert says == "; ".join(mark.told for mark in cell.marks)
        assert set(filter(None, ids.split("; "))) == {
            id_ for mark in cell.marks for id_ in mark.ids
        }
        assert all(mark.text in text for mark in cell.marks)
    root = drawing(gap_map_svg(answer))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("data-cell")]
    assert len(groups) == len(cells)
    legend = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    for group, (_, row, _, cell) in zip(groups, cells, strict=True):
        assert group.get("data-cell") == f"{row.key}@{'|'.join(cell.at)}".strip()
        sign, *said = [text.text for text in group.iter(f"{SVG}text")]
        assert sign == EVIDENCE[cell.state].sign
        wanted = [str(cell.weight.works.get(sort, 0)) for sort in (Sort.PRIMARY, Sort.SYNTHESIS)]
        wanted = [n for n in wanted if n != "0"]
        spoken = cell.weight.works.get(Sort.STAKEHOLDERS)
        wanted += [f"+{spoken}"] if spoken else []
        assert said[: len(wanted)] == wanted
        marked = [(text or "").split(" [") for text in said[len(wanted) :]]
        assert [sign for sign, _ in marked] == [signed(mark) for mark in cell.marks]
        assert all(f"[{note}" in legend for _, note in marked)
    for matrix in answer.reviews:
        told = caption(GapAnswer(reviews=[matrix]))
        here = Counter(cell.state.value for row in matrix.rows for cell in row.cells)
        words = Counter(mark.word.value for mark in matrix.counted())
        for name, count in (*here.items(), *words.items()):
            assert f"{count} {name}" in told
    states = Counter(cell.state.value for *_, cell in cells)
    words = Counter(mark.word.value for one in answer.reviews for mark in one.counted())
    for name, count in (*states.items(), *words.items()):
        assert f"{name} ({count})" in legend


@pytest.mark.slow
@pytest.mark.parametrize("by", [["level"], ["perspective", "source kind"], ["setting"]])
@pytest.mark.parametrize("name", [*SHIPPED, None])
def test_a_gap_map_has_the_numbers_of_gaps(shipped: Store, name: str | None, by: list[str]) -> None:
    assert_same_numbers(gaps(shipped, review=name, by=by))


@pytest.mark.slow
@given(bundles(most=4), st.sampled_from(list(Dimension)))
@PAGES
def test_any_gap_map_has_them_and_its_table_equals_it(bundle: ReviewBundle, by: Dimension) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        answer = gaps(store, by=[by])
        assert_same_numbers(answer)
        behind = gap_evidence(store, answer)
        document = render_gap_map(answer, behind)
        whole = read_page(document).rows.get("gap-whole", [])
        assert len(whole) == len(whole_rows(answer))
        table = read_page(document).rows["gap-table"]
        spaces = [[re.sub(r"\r\n?", "\n", cell) for cell in row] for row in table]
        told = [[re.sub(r"\r\n?", "\n", cell) for cell in row] for row in gap_rows(answer)]
        assert spaces == told
        for matrix in answer.reviews:
            for row in matrix.rows:
                for cell in row.cells:
                    held = behind.get((row.key, tuple(cell.at)), [])
                    apart = sum(sum(one.pieces.values()) for one in cell.weight.apart)
                    assert len(held) == cell.weight.pieces + apart


@pytest.mark.parametrize("by", [["level"], ["source kind"], ["perspective", "level"], ["setting"]])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_evidence_of_a_cell_is_what_its_parameters_list(
    shipped: Store, name: str, by: list[str]
) -> None:
    answer = gaps(shipped, review=name, by=by)
    behind = gap_evidence(shipped, answer)
    for row in answer.reviews[0].rows:
        for cell in row.cells:
            listed = evidence(shipped, EvidenceFilter(**cell.drill_down), limit=1000)  # type: ignore[arg-type]
            held = behind.get((row.key, tuple(cell.at)), [])
            assert [view.id for view in held] == [view.id for view in listed.items]


# ---- as files ----


@pytest.mark.parametrize("name", SHIPPED)
def test_a_picture_has_its_fonts_and_its_text_stays_text(shipped: Store, name: str) -> None:
    for svg in (flow_svg(flow(shipped, name)), gap_map_svg(gaps(shipped, review=name))):
        style = drawing(svg).find(f"{SVG}style")
        assert style is not None and (style.text or "").count("data:font/woff2;base64,") >= 2
        assert not re.search(r"https?:(?!//www\.w3\.org/2000/svg)", svg)
        sizes = [float(text.get("font-size", "0")) for text in drawing(svg).iter(f"{SVG}text")]
        assert min(sizes) >= 12
        png = to_png(svg)
        assert png.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", png[16:24])
        root = drawing(svg)
        assert abs(width - 2 * float(root.get("width", ""))) <= 2
        assert abs(height - 2 * float(root.get("height", ""))) <= 2


@pytest.mark.slow
def test_both_commands_write_every_kind_of_file(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    command("load", EXAMPLES / "harris2021")
    for kind in ("html", "svg", "png"):
        command("gap-map", tmp_path / f"gaps.{kind}", "--by", "level,source kind")
        command("flow-diagram", "harris2021", tmp_path / f"flow.{kind}")
        for name in ("gaps", "flow"):
            data = (tmp_path / f"{name}.{kind}").read_bytes()
            start = {"html": b"<!DOCTYPE html>", "svg": b"<svg", "png": b"\x89PNG"}[kind]
            assert data.lstrip().startswith(start)
    assert "end it in" in command("gap-map", tmp_path / "gaps.pdf", status=2).err
    missing = command("flow-diagram", "nobody", tmp_path / "x.svg", status=1)
    assert "nobody" in missing.err
    assert not (tmp_path / "x.svg").exists()


def test_a_picture_that_would_hold_up_the_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = fill(tmp_path / "store.kgl")
    monkeypatch.setattr("api.routes.figures.MOST_SVG", 1000)
    with in_thread(Settings(store=str(store))) as served, served.client() as client:
        assert client.get("/maps/gaps.svg").status_code == 200
        refused = client.get("/maps/gaps.png")
        assert refused.status_code == 413
        assert "take the SVG" in refused.json()["hint"]


@pytest.mark.slow
def test_the_server_draws_the_same(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.kgl")
    with in_thread(Settings(store=str(store))) as served, served.client() as client:
        page = client.get("/maps/gaps?review=harris2021")
        assert page.status_code == 200
        assert "unsafe" not in page.headers["content-security-policy"].split("style-src")[0]
        block = re.search(r'id="gap-data">(.*?)</script>', page.text, re.DOTALL)
        assert block is not None
        links = [cell["link"] for cell in json.loads(block[1])["cells"] if cell["link"]]
        assert links
        totals = [client.get(link).json()["totals"]["evidence"] for link in links]
        stated = [cell["all"] for cell in json.loads(block[1])["cells"] if cell["all"]]
        assert totals == stated
        for path, kind in (
            ("/maps/gaps.svg", "image/svg+xml"),
            ("/maps/gaps.png", "image/png"),
            ("/reviews/richmond2020/flow.svg", "image/svg+xml"),
            ("/reviews/richmond2020/flow.png", "image/png"),
        ):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert client.get("/reviews/nobody/flow.svg").status_code == 404
        assert client.get("/maps/gaps.svg?by=nothing").status_code == 422
    small = Settings(store=str(store), max_map_nodes=10)
    with in_thread(small) as served, served.client() as client:
        assert client.get("/maps/gaps.png").status_code == 413
        assert client.get("/reviews/harris2021/flow.png").status_code == 413


# ---- text from data ----


@pytest.mark.slow
@pytest.mark.usefixtures("usual_fonts")
def test_no_payload_becomes_an_element() -> None:
    """All payloads, in the HTML and the SVG of both figures."""
    shape: dict[str, Any] = {}
    with scratch_store(Settings()) as store:
        load_review(store, hostile("plain"))
        report, answer = flow(store, "hostile"), gaps(store, review="hostile")
        behind = gap_evidence(store, answer)
    plain = report.model_dump_json(), answer.model_dump_json()
    pieces = {key: [view.model_dump_json() for view in found] for key, found in behind.items()}
    assert any(pieces.values())
    for payload in ["plain", *PAYLOADS]:
        quoted = json.dumps(payload)[1:-1]
        report = FlowReport.model_validate_json(plain[0].replace("plain", quoted))
        answer = GapAnswer.model_validate_json(plain[1].replace("plain", quoted))
        found = {
            key: [EvidenceView.model_validate_json(one.replace("plain", quoted)) for one in of]
            for key, of in pieces.items()
        }
        for kind, document in (
            ("flow page", flow_page(report)),
            ("gap page", render_gap_map(answer, found, linked=True)),
        ):
            tags = [tag for tag in read_page(document).tags if tag not in ("text", "title")]
            assert tags == shape.setdefault(kind, tags), payload
        for kind, svg in (("flow", flow_svg(report)), ("gap", gap_map_svg(answer))):
            root = drawing(svg)
            kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
            assert kinds <= {"svg", "g", "rect", "path", "text", "title", "desc", "style"}, payload
            names = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118
            assert not [name for name in names if name.startswith("on") or "href" in name]
            styles = list(root.iter(f"{SVG}style"))
            assert len(styles) == 1 and "</" not in (styles[0].text or ""), kind


@pytest.fixture(scope="module")
def files(shipped: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    answer = gaps(shipped)
    (folder / "gap.html").write_text(render_gap_map(answer, gap_evidence(shipped, answer)), "utf-8")
    (folder / "flow.html").write_text(flow_page(flow(shipped, "harris2021")), "utf-8")
    (folder / "flow.svg").write_text(flow_svg(flow(shipped, "harris2021")), "utf-8")
    return folder


@pytest.mark.browser
def test_nothing_from_data_runs(chromium: Any, tmp_path: Path) -> None:
    files = []
    for number, payload in enumerate(PAYLOADS[::25]):
        with scratch_store(Settings()) as store:
            load_review(store, hostile(payload))
            answer = gaps(store, review="hostile")
            report = flow(store, "hostile")
            pages = {
                "gap.html": render_gap_map(answer, gap_evidence(store, answer)),
                "flow.html": flow_page(report),
                "gap.svg": gap_map_svg(answer),
                "flow.svg": flow_svg(report),
            }
        for name, text in pages.items():
            file = tmp_path / f"{number}-{name}"
            file.write_text(text, "utf-8")
            files.append(file)
    with visit(chromium, files[0]) as opened:
        for file in files:
            opened.requests.clear()
            opened.page.goto(file.as_uri())
            opened.run(
                "() => document.querySelectorAll('button.cell').forEach(cell => cell.click())"
            )
            assert not opened.run("() => window.__ran"), file
            assert not opened.dialogs and not opened.errors, file
            asked_for = [one for one in opened.requests if not one.startswith(("file:", "data:"))]
            assert asked_for == [], file


# ---- in a browser ----


@pytest.mark.browser
@pytest.mark.parametrize("name", ["gap.html", "flow.html", "flow.svg"])
def test_a_figure_is_offline_and_fits_small_windows(chromium: Any, files: Path, name: str) -> None:
    for width in (1440, 320):
        with visit(chromium, files / name, width) as opened:
            assert [one for one in opened.requests if not one.startswith(("file:", "data:"))] == []
            assert opened.errors == []
            if name.endswith(".html"):
                assert opened.run("() => document.documentElement.scrollWidth") <= width
            assert (
                opened.run(
                    "async () => { await document.fonts.ready; return [...document.fonts]"
                    ".filter(font => font.status === 'error').length }"
                )
                == 0
            )


@pytest.mark.browser
@pytest.mark.parametrize("name", ["gap.html", "flow.html"])
@pytest.mark.parametrize(
    "how",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark", "reduced_motion": "reduce"},
        {"forced_colors": "active"},
    ],
    ids=["light", "dark", "forced"],
)
def test_axe_finds_nothing(chromium: Any, files: Path, name: str, how: dict[str, str]) -> None:
    with visit(chromium, files / name) as opened:
        opened.page.emulate_media(**how)
        if name == "gap.html":
            opened.page.locator("button.cell").first.click()
            opened.page.locator("summary").click()
        assert barriers(opened.page) == []


@pytest.mark.browser
def test_cells_are_reached_and_read_by_keyboard(chromium: Any, files: Path) -> None:
    with visit(chromium, files / "gap.html") as opened:
        page = opened.page
        for _ in range(20):
            page.keyboard.press("Tab")
            if opened.run("() => document.activeElement.matches('button.cell')"):
                break
        assert opened.run("() => document.activeElement.dataset.cell") == "0"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        label = opened.run("() => document.activeElement.getAttribute('aria-label')")
        assert label.startswith(
            "Creating the conditions to work together, Team. Evidence: supported"
        )
        assert opened.run("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert page.locator("#entered").inner_text().startswith("✓ supported: one synthesis")
        pieces = page.locator("#evidence li").all()
        assert len(pieces) == 1
        assert "(synthesis)" in pieces[0].inner_text()


VISIBLE = """() => [...document.querySelectorAll('button.cell')]
    .filter(one => one.checkVisibility({ visibilityProperty: true }))
    .map(one => Number(one.dataset.cell)).sort((a, b) => a - b)"""
LISTED = """() => [...document.querySelectorAll('#gap-table tbody tr')]
    .flatMap((row, at) => row.hidden ? [] : [at])"""
NAMES = """() => [...document.querySelectorAll('.review:not([hidden]) .matrix tbody tr[data-name]')]
    .filter(row => !row.hidden).map(row => row.dataset.name)"""


@pytest.mark.browser
def test_filters_sort_and_the_link_opens_the_same_view(chromium: Any, files: Path) -> None:
    with visit(chromium, files / "gap.html") as opened:
        page = opened.page
        everything = opened.run(VISIBLE)
        assert everything == opened.run(LISTED) and len(everything) == 39
        page.select_option("#state", label="– none entered (20)")
        assert opened.run(VISIBLE) == opened.run(LISTED)
        assert len(opened.run(VISIBLE)) == 20
        page.select_option("#word", label="⊘ stated absent")
        assert opened.run(VISIBLE) == opened.run(LISTED)
        assert len(opened.run(VISIBLE)) == 4
        page.select_option("#word", "")
        page.select_option("#review", "harris2021")
        assert opened.run(VISIBLE) == opened.run(LISTED)
        assert len(opened.run(VISIBLE)) == 10
        page.select_option("#sort", "name")
        named = opened.run(NAMES)
        assert named == sorted(named, key=str.casefold) and len(named) == 5
        page.select_option("#group", "kind")
        assert page.locator("tr.group:visible").count() == 2
        page.fill("#find", "RESILIENCE")
        assert opened.run(NAMES) == ["Fostering resilience"]
        page.locator("button.cell:visible").nth(1).click()
        link = page.url
        why = page.locator("#panel").inner_text()
        view = opened.run(VISIBLE)
        other = page.context.new_page()
        other.goto(link)
        assert other.evaluate(VISIBLE) == view == other.evaluate(LISTED)
        assert other.locator("#panel").inner_text() == why
        assert other.locator("#find").input_value() == "RESILIENCE"
        page.click("#reset")
        assert opened.run(VISIBLE) == everything
        assert opened.errors == []


def test_a_mark_looks_the_same_in_figures_and_on_pages() -> None:
    for dark in (True, False):
        sheet = style_of_marks(dark=dark)
        for mark, look in looks():
            assert f".{class_of(mark)} {{ background: {look.fill};" in sheet
    for sheet in ("visualise/static/figures.css", "api/static/site.css"):
        assert not re.search(r"\.(state|word)-", (ROOT / sheet).read_text(encoding="utf-8"))
