"""All payloads in every text field of every kind: none runs, and each shows as the text it is.

A crowd (``payloads.crowd``) holds them all, and each of its texts can be told from every other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import lxml.html
import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from map_pages import Visit, visit
from markdown_it import MarkdownIt
from payloads import (
    EXEMPT,
    PAYLOADS,
    Crowd,
    crowd,
    crowd_of_lone_texts,
    hostile,
    texts_of,
    why_no_text,
)
from serving import ROOT, in_thread

from api.site.publish import publish
from exports.report.contents import report_of
from exports.report.formats import ReportFormat, write_report
from exports.report.shape import Report
from graph.cells import restored
from graph.load import load_review
from graph.model import KINDS
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from visualise import write_map
from visualise.network import VIS_NODES

pytestmark = pytest.mark.slow


def words(text: str) -> set[str]:
    """What stands between spaces."""
    return set(text.split())


NOT_IN_REPORTS = words(
    """
    Level.aliases Level.description Perspective.aliases Perspective.description
    Stage.locator Stage.note Tally.part_names Source.authors Source.volume Source.issue
    Source.pages Source.url Source.reference Source.excluded_because
    Source.organisations Source.publisher Source.from_records
    Reference.text Reference.encoding Reference.replaces
    Mechanism.aliases Mechanism.description Mechanism.locator Mechanism.note
    Concept.aliases Concept.description
    Concept.locator Theory.aliases Evidence.note Appraisal.locator Appraisal.note
    SameAs.declared_by SameAs.note Reference.file Reference.database Merge.declared_by
    Merge.note Silence.because Silence.declared_by Code.name Code.scheme Code.description
    Code.file Passage.quote Passage.locator Passage.arm Passage.coder Passage.note
    Passage.file
    """
)
"""What a report leaves out: its tables have what papers need, references what styles ask for."""
HTML = {"Accept": "text/html"}
WORKING = "what it says is used to find, sum, merge or justify records, and is not shown"
CODED = "passages are shown as the evidence that is made of them"
NOT_ON_PAGES = {
    "Level.aliases": WORKING,
    "Level.description": "pages show names of levels",
    "Perspective.aliases": WORKING,
    "Perspective.description": "pages show names of perspectives",
    "Step.track": WORKING,
    "Tally.part_names": WORKING,
    "Source.reference": "pages cite a source by its authors",
    "Source.publisher": "the report's references have it",
    "Reference.text": "pages show what a record says, not its letters; references.csv has them",
    "Reference.encoding": "references.csv has it",
    "Reference.replaces": "references.csv has it; pages show what counts because of it",
    "Source.from_records": "names of fields, and here none that there is; JSON has it",
    "Source.excluded_because": "the report has the reasons for exclusion",
    "Code.name": CODED,
    "Code.scheme": CODED,
    "Code.description": CODED,
    "Code.file": CODED,
    "Passage.quote": CODED,
    "Passage.locator": CODED,
    "Passage.arm": CODED,
    "Passage.coder": CODED,
    "Passage.note": CODED,
    "Passage.file": CODED,
    "Appraisal.locator": WORKING,
    "Appraisal.note": WORKING,
    "Merge.declared_by": WORKING,
    "Merge.note": WORKING,
    "Silence.because": WORKING,
    "Silence.declared_by": WORKING,
}

UNESCAPED = {
    "api/site/publish.py": 1,  # the index of the search, as JSON without `<`
    "api/site/render.py": 2,  # style and script
    "exports/report/html.py": 1,  # style
    "visualise/figure_page.py": 2,  # style, and an SVG that was built as a tree
    "visualise/gap_map.py": 3,  # style, script, and JSON without `<`
    "visualise/page.py": 5,  # style, signs of ours
    "visualise/templates/map.html": 5,  # scripts, JSON without `<`, rows that are escaped already
}
"""Where escaping is left out, how often, and for what; nowhere else."""


def test_escaping_is_left_out_only_where_it_is_said_why() -> None:
    """A text that few reviews have may stand in a place that no test shows."""
    found: dict[str, int] = {}
    for package in ("api", "exports", "loaders", "graph", "visualise"):
        for file in (ROOT / package).rglob("*"):
            name = file.relative_to(ROOT).as_posix()
            if file.suffix in (".html", ".py"):
                text = file.read_text(encoding="utf-8")
                n = len(re.findall(r"\|\s*safe\b|autoescape false|\bMarkup\(", text))
                if n:
                    found[name] = n
            elif file.suffix == ".js" and "vendor" not in file.parts:
                text = file.read_text(encoding="utf-8")
                assert not re.search(r"(inner|outer|Adjacent)HTML|document\.write|\beval\(", text)
    assert found == UNESCAPED


# ---- the crowd itself ----


def test_every_field_holds_any_text_or_it_is_said_why_not() -> None:
    for kind in KINDS:
        filled = {name for name in texts_of(kind) if f"{kind.label}.{name}" not in EXEMPT}
        for name in kind.model_fields:
            assert (name in filled) != bool(why_no_text(kind, name)), f"{kind.label}.{name}"


@pytest.fixture(scope="module")
def crowded() -> Crowd:
    return crowd()


@pytest.fixture(scope="module")
def lone() -> Crowd:
    return crowd_of_lone_texts()


def test_a_crowd_holds_every_payload_in_every_field(crowded: Crowd, lone: Crowd) -> None:
    fields = {f"{kind.label}.{name}" for kind in KINDS for name in texts_of(kind)} - EXEMPT.keys()
    assert every_payload(crowded, crowded.texts) == fields
    few = ("Review", "Stage", "Step", "Appraisal", "Level", "Perspective")
    alone = {name for name in fields - lone.but if name.split(".")[0] not in few}
    assert every_payload(lone, lone.texts) == alone
    written = "\n".join(
        text for review in crowded.reviews for text in strings(review.model_dump(mode="json"))
    )
    assert crowded.found(written) == crowded.texts.keys()


def every_payload(of: Crowd, tags: Iterable[str]) -> set[str]:
    """The fields of which all payloads are among the texts with these tags."""
    wanted = set(PAYLOADS)
    return {field for field, held in of.payloads(tags).items() if held >= wanted}


def stored(of: Crowd, folder: Path) -> Settings:
    settings = Settings(store=str(folder / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        for review in of.reviews:
            load_review(store, review)
    return settings


@pytest.fixture(scope="module")
def held(crowded: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(stored(crowded, tmp_path_factory.mktemp("crowd"))) as store:
        yield store


@pytest.fixture(scope="module")
def held_alone(lone: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(stored(lone, tmp_path_factory.mktemp("lone"))) as store:
        yield store


# ---- pages ----

TAGS = words(
    """
    html head meta title link style script body a header div span nav ul ol li main h1 h2 h3
    h4 p form label input button table thead tbody tr th td dl dt dd section footer code
    strong q bdi blockquote noscript iframe img details summary
    """
)
ATTRIBUTES = words(
    """
    lang charset http-equiv content name rel href class dir id type method role for value
    maxlength required tabindex aria-label aria-labelledby aria-current aria-hidden aria-sort scope
    hidden data-main data-records data-key data-number data-found data-most
    autocomplete action target src title loading alt
    """
)


class Page:
    """A page of the site as a parser sees it; markup that is not ours is an error."""

    def __init__(self, name: str, markup: bytes) -> None:
        self.name = name
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        tree = lxml.html.document_fromstring(markup, parser=parser)
        for element in tree.iter(lxml.etree.Element):
            assert element.tag in TAGS, f"{name}: <{element.tag}>"
            assert set(element.attrib) <= ATTRIBUTES, f"{name}: {element.attrib}"
            if element.tag in ("a", "link"):
                known = ("", "https") if element.tag == "a" else ("", "data")
                where = urlsplit(element.get("href"))
                assert where.scheme in known, f"{name}: {element.attrib}"
                assert where.netloc in ("", "doi.org"), f"{name}: {element.attrib}"
            source = urlsplit(element.get("src", ""))
            assert (source.scheme, source.netloc) == ("", ""), f"{name}: {element.attrib}"
            assert element.get("action", "/ask") == "/ask"
        for element in tree.xpath("//script | //style"):
            element.text = ""
        self.text: str = tree.text_content()
        self.typed = " ".join(tree.xpath("//input/@value"))


@pytest.fixture(scope="module")
def site(held: Store, crowded: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "site"
    # Cells by level have pages all the same; twenty thousand more of their kind show no more.
    with pytest.MonkeyPatch.context() as patch:
        # The letters that any figure has; to cut more for the texts of each is slow.
        patch.setattr("visualise.figures._beyond", lambda _: frozenset())
        publish(held, Settings(max_cell_pages=0), out)
    return out


@pytest.fixture(scope="module")
def pages(site: Path, crowded: Crowd) -> dict[str, set[str]]:
    """The pages of the site, but for maps, with the texts that they show."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if not name.startswith("maps/"):
            found[name] = crowded.found(Page(name, file.read_bytes()).text)
    return found


def test_published_pages_show_every_payload_of_every_field_as_text(
    crowded: Crowd, pages: dict[str, set[str]]
) -> None:
    assert len(pages) > 1000
    shown = set().union(*pages.values())
    assert crowded.fields - every_payload(crowded, shown) == NOT_ON_PAGES.keys()
    assert not NOT_ON_PAGES.keys() & crowded.payloads(shown).keys()


def test_twins_hold_texts_as_they_are(crowded: Crowd, site: Path) -> None:
    told: dict[str, set[str]] = {"json": set(), "csv": set()}
    for file in (each for each in site.rglob("*.json") if each.name != "search.json"):
        for text in strings(json.loads(file.read_bytes())):
            told["json"] |= crowded.found(text)
    for file in site.rglob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")):
            for text in row:
                told["csv"] |= crowded.found(text)
    assert len(every_payload(crowded, told["json"])) > 30
    assert len(every_payload(crowded, told["csv"])) > 20


def test_no_cell_of_a_table_is_a_formula(held_alone: Store, lone: Crowd) -> None:
    told: set[str] = set()
    with in_thread(Settings(), held_alone) as served, served.client() as client:
        for name in (
            "mechanisms",
            "configurations",
            "concepts",
            "theories",
            "findings",
            "evidence",
        ):
            text = client.get(f"/{name}.csv").text
            for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
                told |= lone.found(restored(cell))
    shown = every_payload(lone, told)
    assert shown >= {"Mechanism.name", "Concept.name", "Finding.name", "Evidence.quote"}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


QUIET = """() => ({
    ran: typeof window.__ran,
    text: (() => {
        const whole = document.documentElement.cloneNode(true);
        for (const each of whole.querySelectorAll("script, style")) each.remove();
        return whole.textContent;
    })(),
})"""


def quiet(opened: Visit, folder: Path | None = None) -> None:
    """Nothing ran, nobody was asked, and the browser had nothing to complain of."""
    assert opened.run("() => typeof window.__ran") == "undefined"
    # What the driver says of reading a picture back is about the machine, not the page.
    assert [error for error in opened.errors if "GPU stall" not in error] == []
    assert opened.dialogs == []
    here = opened.address if folder is None else f"{folder.as_uri()}/"
    assert [one for one in opened.requests if not one.startswith((here, "data:"))] == []


@pytest.mark.browser
def test_no_published_page_runs_anything(
    chromium: Any, crowded: Crowd, site: Path, pages: dict[str, set[str]]
) -> None:
    """Opened from disk: pages enough for each payload in each field, and each field in each
    folder."""
    seen: set[tuple[str, str]] = set()
    with visit(chromium, site / "index.html") as opened:
        for name, tags in sorted(pages.items(), key=lambda page: -len(page[1])):
            folder = name.split("/")[0]
            by_field = crowded.payloads(tags)
            new = {(field, payload) for field, held in by_field.items() for payload in held}
            new |= {(folder, field) for field in by_field}
            if new <= seen:
                continue
            seen |= new
            opened.page.goto((site / name).as_uri())
            told = opened.run(QUIET)
            assert told["ran"] == "undefined", name
            assert crowded.found(told["text"]) == tags, name
        quiet(opened, site)


@pytest.mark.browser
def test_the_search_of_the_site_shows_what_it_finds_as_text(
    chromium: Any, crowded: Crowd, site: Path
) -> None:
    with visit(chromium, site / "search.html") as opened:
        told = opened.run(
            """payloads => {
                const field = document.getElementById("find");
                const texts = new Set();
                const links = new Set();
                for (const payload of payloads) {
                    field.value = payload;
                    field.dispatchEvent(new Event("input"));
                    for (const item of document.getElementById("found").children) {
                        texts.add(item.textContent);
                        for (const each of item.querySelectorAll("*")) {
                            if (each.matches("a")) links.add(each.getAttribute("href"));
                            else if (!each.matches("span")) links.add(each.outerHTML);
                        }
                    }
                }
                return [[...texts], [...links]];
            }""",
            PAYLOADS,
        )
        quiet(opened, site)
    tags = set().union(*(crowded.found(even(text), even) for text in told[0]))
    assert every_payload(crowded, tags) >= {"Mechanism.name", "Concept.name", "Finding.name"}
    assert all((site / re.sub("[?#].*", "", link)).is_file() for link in told[1])


@pytest.mark.browser
def test_figures_and_maps_of_the_site_run_nothing(
    chromium: Any, crowded: Crowd, site: Path
) -> None:
    told: set[str] = set()
    files = [*site.glob("maps/gaps/*.html"), *site.glob("reviews/*/flow.svg")]
    assert len(files) > 20
    with visit(chromium, site / "maps/theory.html") as opened:
        opened.wait(60)
        told |= crowded.found(even("\n".join(opened.run(WHAT_NODES_TELL))), even)
        for file in files:
            opened.page.goto(file.as_uri())
            if file.suffix == ".html":
                texts = opened.run(
                    """() => [...document.querySelectorAll("button.cell")].flatMap(cell => {
                        cell.click();
                        return [...document.querySelectorAll("#panel *")]
                            .map(each => each.textContent);
                    })"""
                )
                told |= crowded.found("\n".join(set(texts)))
            assert opened.run("() => typeof window.__ran") == "undefined", file
        quiet(opened, site)
    shown = every_payload(crowded, told)
    assert shown >= {"Mechanism.name", "Level.name", "Evidence.quote", "Evidence.statement"}


WHAT_NODES_TELL = """() => {
    const { source, open, sigma } = theorygraph;
    if (sigma) sigma.refresh = () => sigma;  // drawn it is already; only the words matter here
    const texts = new Set();
    const known = new Set(["H2", "H3", "H4", "P", "UL", "LI", "BUTTON", "DIV", "SPAN", "INPUT",
        "SECTION", "BLOCKQUOTE", "A"]);
    for (const node of source.nodes) {
        open(node.id);
        for (const each of document.querySelectorAll("#panel *")) {
            if (!known.has(each.tagName)) throw new Error(each.outerHTML);
            if (each.matches("a") && !each.href.startsWith("https://doi.org/10.1234/")) {
                throw new Error(each.outerHTML);
            }
            texts.add(each.textContent);
        }
    }
    return [...texts];
}"""
"""What the panel of a map says of each node; markup that is not ours is an error."""


# ---- what a visitor types, live ----


def test_what_is_asked_for_shows_as_text_on_live_pages(tmp_path: Path) -> None:
    """Questions, filters, and names that do not exist, whatever the answer to them is."""
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        load_review(store, hostile("plain"))
        with in_thread(settings, store) as served, served.client(headers=HTML) as client:
            for payload in PAYLOADS:
                for path, asked in (
                    ("/ask", {"q": payload}),
                    ("/mechanisms", {"q": payload, "sort": "name"}),
                    (f"/mechanisms/{quote(payload, safe='')}", {}),
                ):
                    answer = client.get(path, params=asked)
                    assert answer.headers["content-type"].startswith("text/html"), (path, payload)
                    page = Page(f"{path} {payload!r}", answer.content)
                    told = even(f"{page.text} {page.typed}")
                    # A message quotes what it did not understand, with marks for what is unseen.
                    forms = {even(payload), even(repr(payload)[1:-1])}
                    assert any(form in told for form in forms), (path, payload, told)


# ---- the map drawn by WebGL ----


@pytest.mark.browser
def test_a_large_map_shows_every_payload_as_text(
    chromium: Any, lone: Crowd, held_alone: Store, tmp_path: Path
) -> None:
    file = tmp_path / "large.html"
    drawn = theory_map(held_alone)
    assert len(drawn.nodes) > VIS_NODES
    write_map(drawn, file)
    with visit(chromium, file) as opened:
        opened.wait(60)
        shown = every_payload(lone, lone.found(even("\n".join(opened.run(WHAT_NODES_TELL))), even))
        assert shown >= {
            "Mechanism.name", "Mechanism.description", "Configuration.name", "Concept.name",
            "Source.title", "Evidence.quote", "Evidence.statement", "Evidence.locator",
        }  # fmt: skip
        told = opened.run(
            """() => {
                const { sigma, source } = theorygraph;
                const event = { x: 1, y: 1 };
                const texts = [];
                for (const { id } of source.nodes) {
                    sigma.emit("enterNode", { node: String(id), event });
                    const tip = document.querySelector("#map .vis-tooltip");
                    if (tip.querySelector("*:not(div)")) throw new Error(tip.outerHTML);
                    texts.push(tip.querySelector("div > div").textContent);
                }
                return texts;
            }"""
        )
        names = {"Mechanism.name", "Configuration.name", "Concept.name"}
        assert every_payload(lone, lone.found(even("\n".join(told)), even)) >= names
        opened.page.locator(".tables summary").click()
        opened.page.wait_for_selector("#nodes-table tbody tr")
        told = opened.run(
            """() => [...document.querySelectorAll(".tables .scroll")].flatMap(scroll => {
                const texts = [];
                for (;;) {
                    for (const cell of scroll.querySelectorAll("td")) {
                        if (cell.childElementCount) throw new Error(cell.outerHTML);
                        texts.push(cell.textContent);
                    }
                    const next = scroll.nextElementSibling.querySelectorAll("button")[1];
                    if (next.disabled) return texts;
                    next.click();
                }
            })"""
        )
        shown = every_payload(lone, lone.found(even("\n".join(told)), even))
        assert shown >= names | {"Source.title"}
        missed = opened.run(
            """payloads => {
                const field = document.getElementById("find");
                return payloads.filter(payload => {
                    field.value = payload;
                    field.dispatchEvent(new Event("change"));
                    const said = document.getElementById("panel").textContent;
                    return !said.includes(payload.trim());
                });
            }""",
            PAYLOADS,
        )
        assert missed == []
        for name in ("review", "level", "perspective", "mechanism"):
            opened.run(
                """name => {
                    const choice = document.getElementById(`filter-${name}`);
                    for (const option of [...choice.options].slice(0, 40)) {
                        if (option.childElementCount) throw new Error(option.outerHTML);
                        choice.value = option.value;
                        choice.dispatchEvent(new Event("change"));
                    }
                    choice.value = "";
                    choice.dispatchEvent(new Event("change"));
                }""",
                name,
            )
        opened.run("() => window.dispatchEvent(new Event('beforeprint'))")
        opened.page.wait_for_timeout(100)
        quiet(opened)


# ---- reports ----


def even(text: str) -> str:
    return " ".join(text.split())


Told = tuple[str, list[str]]
"""What a reader of a report sees: its text, and apart from that its references."""


def in_docx(data: bytes) -> Told:
    document = Document(io.BytesIO(data))
    body = document.element.body
    kinds = {element.tag for element in body.iter() if isinstance(element.tag, str)}
    assert not kinds & {qn(f"w:{name}") for name in ("hyperlink", "fldSimple", "object", "pict")}
    for code in body.iter(qn("w:instrText")):
        assert re.fullmatch(r" SEQ Table \\\* ARABIC ", code.text), code.text
    assert not [each for each in document.part.rels.values() if each.is_external]
    entries = [
        each for each in document.paragraphs if each.style and each.style.name == "Reference"
    ]
    listed = {each._p for each in entries}
    text = "\n".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
        if paragraph not in listed
    )
    return text, [each.text.partition("\t")[2] or each.text for each in entries]


def in_xlsx(data: bytes) -> Told:
    texts: list[str] = []
    entries: list[str] = []
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert not book.defined_names
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or (cell.data_type, cell.hyperlink) == ("s", None)
            told = [unescaped(str(cell.value)) for cell in row if cell.value is not None]
            if sheet.title != "References":
                texts += told
            elif row[0].row > 3 and told:
                entries.append(told[-1])
    return "\n".join(texts), entries


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def in_html(data: bytes) -> Told:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = lxml.html.document_fromstring(data, parser=parser)
    ours = TAGS - {"script", "form", "input", "button"} | {"caption", "i", "b"}
    for element in tree.iter(lxml.etree.Element):
        assert element.tag in ours, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        assert element.get("href", "#").startswith("#")
    return without(tree, "//ul[@class='references']/li")


def in_markdown(data: bytes) -> Told:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    told = lxml.html.fragment_fromstring(reader.render(data.decode()), create_parent="div")
    known = words("div h1 h2 p strong em br table thead tbody tr th td")
    for element in told.iter():
        assert element.tag in known and not element.attrib, lxml.html.tostring(element)[:200]
    return without(told, "//h2[text()='References']/following-sibling::p", leading=1)


def without(tree: Any, entries: str, leading: int = 0) -> Told:
    """The text but for the list of references, which may begin with some sentences of ours."""
    found = tree.xpath(entries)[leading:]
    listed = [each.text_content() for each in found]
    for each in found:
        each.getparent().remove(each)
    return "\n".join(tree.itertext()), listed


READERS: dict[ReportFormat, Callable[[bytes], Told]] = {
    ReportFormat.DOCX: in_docx,
    ReportFormat.XLSX: in_xlsx,
    ReportFormat.HTML: in_html,
    ReportFormat.MARKDOWN: in_markdown,
}


@pytest.fixture(scope="module")
def made() -> Callable[..., Report]:
    """Makes the report of a review once, as it is the same for every format."""
    known: dict[tuple[int, str], Report] = {}

    def report(store: Store, review: str, *, style: str) -> Report:
        if (id(store), review) not in known:
            known[id(store), review] = report_of(store, review, style=style)
        return known[id(store), review]

    return report


@pytest.mark.usefixtures("usual_fonts")
@pytest.mark.parametrize("kind", ReportFormat)
def test_reports_hold_every_payload_as_text(
    held: Store,
    crowded: Crowd,
    held_alone: Store,
    lone: Crowd,
    kind: ReportFormat,
    made: Callable[..., Report],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("exports.report.formats.report_of", made)
    for of, store, hidden in ((crowded, held, NOT_IN_REPORTS), (lone, held_alone, None)):
        tags: set[str] = set()
        for review in of.reviews:
            written = write_report(store, review.review.id, kind)
            text, listed = READERS[kind](written.data)
            tags |= of.found(even(text), even)
            # Styles change the letters of titles and journals, so there what counts is that every
            # format says the same.
            entries = [each for part in written.report.sections for each in part.references]
            assert [even(each) for each in listed] == [even(each.text) for each in entries]
        shown = every_payload(of, tags)
        if hidden is not None:
            assert of.fields - shown == hidden
        else:
            assert every_payload(of, of.texts) - shown <= NOT_IN_REPORTS


@pytest.mark.browser
def test_a_report_in_a_browser_runs_nothing(
    chromium: Any,
    held: Store,
    held_alone: Store,
    tmp_path: Path,
    crowded: Crowd,
    made: Callable[..., Report],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("exports.report.formats.report_of", made)
    files = []
    reviews = [*((held, each.review.id) for each in crowded.reviews), (held_alone, "lone")]
    for store, review in reviews:
        files.append(tmp_path / f"{review}.html")
        files[-1].write_bytes(write_report(store, review, ReportFormat.HTML).data)
    with visit(chromium, files[0]) as opened:
        for file in files:
            opened.page.goto(file.as_uri())
            assert opened.run("() => typeof window.__ran") == "undefined", file
        quiet(opened, tmp_path)
