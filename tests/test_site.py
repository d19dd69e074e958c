"""The pages of records and questions, live and as files: complete, linked, accessible, inert."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import pytest
from conftest import Ran
from map_pages import barriers
from payloads import PAYLOADS, hostile
from ruamel.yaml import YAML
from serving import EXAMPLES, ROOT, Served, copied, fill, illustrative, in_thread, shipped_site
from site_pages import HTML, Seen

from api.site import pages, questions
from api.site.page_model import View
from api.site.page_routes import WAYS
from api.site.publish import MANIFEST, NotASite, publish
from api.site.render import NAVIGATION, live, render
from api.site.words import WORDS
from graph.load import load_review
from graph.model import Concept, Configuration, Mechanism, Part, Review, ReviewBundle
from graph.settings import Settings
from graph.stores import open_store

pytestmark = pytest.mark.slow

REVIEWS = ("harris2021", "richmond2020")
TYPES = (
    "/",
    "/reviews",
    "/reviews/harris2021",
    "/reviews/richmond2020",
    "/reviews/harris2021/flow",
    "/mechanisms",
    "/mechanisms/working-with-power",
    "/mechanisms/fostering-resilience",
    "/mechanisms/working-with-power/evidence",
    "/mechanisms/working-with-power?embed=1",
    "/configurations",
    "/configurations/richmond2020:F2-C3",
    "/concepts",
    "/concepts/richmond2020:C3",
    "/sources",
    "/papers",
    "/sources/first-look-summary",
    "/theories",
    "/findings",
    "/evidence",
    "/evidence/harris2021:clarifying-complexity-system",
    "/gaps",
    "/gaps?by=level,perspective",
    "/gaps?review=harris2021&row=harris2021%3Aworking-with-power&at=team",
    "/gaps?review=harris2021&row=harris2021%3Aworking-with-power&at=team&embed=1",
    "/contradictions",
    "/chains?from=richmond2020%3AC3",
    "/sensitivity",
    "/gaps?review=richmond2020&by=source+kind",
    "/gaps?review=harris2021&by=perspective&row=harris2021%3Apolitical-astuteness&at=stakeholder",
    "/compare?reviews=harris2021%2Crichmond2020",
    "/same-as",
    "/lint?review=harris2021",
    "/agreement",
    "/weakest-link?review=richmond2020",
    "/references",
    "/reviews/richmond2020/overlap",
    "/sources/first-look-summary/references",
    "/ask?q=evidence+for+Working+with+power+at+team+level",
    "/ask?q=gaps",
    "/ask?q=what+does+C3+lead+to",
    "/ask?q=compare+reviews",
    "/ask?q=does+the+flow+of+harris2021+add+up",
    "/loads",
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("site") / "store.kgl")


@pytest.fixture(scope="module")
def site() -> Path:
    """The published site of both shipped reviews."""
    return shipped_site()


@pytest.fixture(scope="module")
def served(stored: Path) -> Iterator[Served]:
    with in_thread(Settings(store=str(stored), frame_ancestors="https://example.org")) as running:
        yield running


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as opened:
        yield opened


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def plain_host(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_one_address_answers_people_and_programs(client: httpx.Client) -> None:
    address = "/mechanisms/working-with-power"
    page = client.get(address, headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept" in page.headers["vary"]
    plain = client.get(address)
    assert plain.headers["content-type"] == "application/json"
    twin = client.get(f"{address}.json", headers=HTML)
    assert twin.content == plain.content
    assert (
        client.get(f"{address}/evidence.csv", headers=HTML)
        .headers["content-type"]
        .startswith("text/csv")
    )
    assert client.get(address, headers={"Accept": "application/json, text/html;q=0.5"}).json()


@pytest.mark.parametrize("address", TYPES)
def test_every_type_of_page_has_twins_a_citation_and_headings(
    address: str, client: httpx.Client
) -> None:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    seen = Seen(answer.text)
    assert [tag for tag, _ in seen.tags].count("h1") == 1
    assert not any(name.startswith("on") for _, given in seen.tags for name in given)
    assert "script" not in {tag for tag, _ in seen.tags}, "nothing live is behind JavaScript"
    if "embed=1" not in address and address != "/":
        assert WORDS["cite"] in seen.words
        assert WORDS["col.licence"] in seen.words
    for link in seen.links:
        if re.search(r"\.(json|csv)(\?|$)", link):
            twin = client.get(link)
            assert twin.status_code == 200, link
            kind = "json" if ".json" in link else "csv"
            assert kind in twin.headers["content-type"]


def test_addresses_without_a_page_answer_browsers_as_they_answer_programs(
    client: httpx.Client,
) -> None:
    pages = {way.template for way in WAYS}
    paths = client.get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        if path in pages or "get" not in operations or path in ("/", "/metrics"):
            continue
        examples = {
            one["name"]: one["example"]
            for one in operations["get"].get("parameters", [])
            if "example" in one
        }
        address = path.format(**examples)
        query = {name: value for name, value in examples.items() if f"{{{name}}}" not in path}
        plain = client.get(address, params=query)
        assert plain.status_code == 200, address
        browsed = client.get(address, params=query, headers=HTML)
        assert browsed.status_code == 200, address
        assert browsed.headers["content-type"] == plain.headers["content-type"], address


def test_every_kind_of_page_is_among_those_looked_at(client: httpx.Client) -> None:
    shown = [urlsplit(address).path for address in TYPES]
    patterns = {way.template: way.template.replace("{id}", ".+") for way in WAYS}
    seen = {
        template
        for template, pattern in patterns.items()
        for path in shown
        if re.fullmatch(pattern, path)
    }
    missing = {way.template for way in WAYS} - seen - {"/papers/{id}", "/chains"}
    assert missing <= {"/theories/{id}", "/findings/{id}"}, missing
    for kind in ("theories", "findings"):
        for item in client.get(f"/{kind}").json()["items"][:3]:
            page = client.get(f"/{kind}/{item['id']}", headers=HTML)
            assert item["name"] in Seen(page.text).words


def test_every_link_of_the_live_site_leads_somewhere(client: httpx.Client) -> None:
    todo, known = ["/"], {"/"}
    pages: dict[str, Seen] = {}
    fragments: list[tuple[str, str]] = []
    while todo:
        address = todo.pop()
        answer = client.get(address, headers=HTML)
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
        if "html" not in answer.headers["content-type"] or address.startswith(("/maps", "/docs")):
            continue
        pages[address] = Seen(answer.text)
        for link in pages[address].links:
            if urlsplit(link).scheme:
                assert urlsplit(link).scheme in ("https", "data"), link
                continue
            target, fragment = urldefrag(urljoin(address, link))
            if fragment:
                fragments.append((target, fragment))
            if target not in known and "sort=" not in target:
                known.add(target)
                todo.append(target)
    assert len(pages) > 250
    assert all(fragment in pages[target].ids for target, fragment in fragments)
    assert {address for _, address in NAVIGATION} <= known


@pytest.mark.parametrize("review", [None, "richmond2020"])
def test_every_link_of_the_files_leads_to_a_file(
    review: str | None, site: Path, stored: Path, tmp_path: Path
) -> None:
    if review is not None:
        site = tmp_path / "one"
        settings = Settings(store=str(copied(stored, tmp_path / "copy")))
        with open_store(settings) as store:
            publish(store, settings, site, review=review)
        assert "harris2021" not in (site / MANIFEST).read_text(encoding="utf-8")
    looked = 0
    with plain_host(site) as host, httpx.Client(base_url=host) as client:
        for file in sorted(site.rglob("*.html")):
            name = file.relative_to(site).as_posix()
            if name.startswith("maps/"):
                continue
            seen = Seen(file.read_text(encoding="utf-8"))
            for link in seen.links:
                if urlsplit(link).scheme:
                    assert urlsplit(link).scheme in ("https", "data"), link
                    continue
                assert not link.startswith("/"), f"{name}: {link} leaves the folder"
                target, fragment = urldefrag(link)
                assert not fragment or target or fragment in seen.ids
                if target:
                    found = (file.parent / unquote(target)).resolve()
                    assert found.is_file(), f"{name}: {link}"
                    looked += 1
        for page in ("/index.html", "/maps/theory.html", "/search.html"):
            assert client.get(page).status_code == 200
    assert looked > 1000


def test_the_files_hold_what_the_server_answers(site: Path, client: httpx.Client) -> None:
    told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["files"]
    compared = 0
    for name, address in told.items():
        if address and name.endswith((".json", ".csv")):
            assert (site / name).read_bytes() == client.get(address).content, name
            compared += 1
    assert compared > 400
    held = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    assert held == set(told) | {MANIFEST}


@pytest.mark.parametrize("review", REVIEWS)
def test_numbers_on_pages_are_those_of_the_api(
    review: str, client: httpx.Client, site: Path
) -> None:
    matrix = client.get("/gaps", params={"review": review}).json()["reviews"][0]
    for text in (
        client.get("/gaps", params={"review": review}, headers=HTML).text,
        (site / f"gaps/{review}/index.html").read_text(encoding="utf-8"),
    ):
        cells = re.findall(r'<td class="gap .*?</td>', text, re.DOTALL)
        shown = [Seen(cell).words for cell in cells]
        held = [cell for row in matrix["rows"] for cell in row["cells"]]
        assert len(shown) == len(held) > 0
        for words, cell in zip(shown, held, strict=True):
            assert cell["state"] in words
            assert (cell["weight"]["text"] in words) == bool(cell["weight"]["pieces"])
            assert all(mark["label"] in words for mark in cell["marks"])
    for item in client.get("/mechanisms", params={"review": review, "limit": 1000}).json()["items"]:
        totals = client.get(f"/mechanisms/{item['id']}/evidence").json()["totals"]
        name = item["id"].partition(":")[2]
        for text in (
            client.get(f"/mechanisms/{item['id']}", headers=HTML).text,
            (site / f"mechanisms/{review}/{name}.html").read_text(encoding="utf-8"),
        ):
            words = Seen(text).words
            told = f"Pieces of evidence: {totals['evidence']}. Works, each once: "
            assert told + totals["weight"]["text"] in words
            assert text.count('<tr id="evidence-') == totals["evidence"]
            assert item["weight"]["text"] in words


def test_tables_sort_and_filter_by_their_address(client: httpx.Client) -> None:
    def names(query: str) -> list[str]:
        text = client.get(f"/mechanisms?{query}", headers=HTML).text
        return re.findall(r'<tr id="mechanisms-([^"]+)"', text)

    items = client.get("/mechanisms?limit=1000").json()["items"]
    counts = {item["id"]: item["weight"]["pieces"] for item in items}
    falling = [counts[name] for name in names("sort=-evidence")]
    assert falling == sorted(counts.values(), reverse=True)
    assert names("q=POWER&sort=name") == [
        item["id"] for item in items if "power" in item["name"].lower()
    ]
    page = Seen(client.get("/mechanisms?review=harris2021&q=with&sort=name", headers=HTML).text)
    again = [link for link in page.links if link.startswith("?") and "sort=-name" in link]
    assert again == ["?review=harris2021&q=with&sort=-name"]


def test_what_cannot_be_answered_is_a_page_that_helps(client: httpx.Client) -> None:
    missing = client.get("/mechanisms/workng-with-powr", headers=HTML)
    assert missing.status_code == 404
    near = "/mechanisms/harris2021%3Aworking-with-power"
    assert near in Seen(missing.text).links
    assert client.get(near, headers=HTML).status_code == 200
    unknown = client.get("/mechanisms?colour=red", headers=HTML)
    assert unknown.status_code == 422
    assert "unknown parameter 'colour'" in Seen(unknown.text).words
    joke = client.get("/ask", params={"q": "tell me a joke"}, headers=HTML)
    assert joke.status_code == 422
    assert any(link.startswith("/ask?q=") for link in Seen(joke.text).links)


def test_only_views_for_frames_may_stand_in_others_pages(client: httpx.Client) -> None:
    whole = client.get("/mechanisms/working-with-power", headers=HTML)
    assert "frame-ancestors 'self'" in whole.headers["content-security-policy"]
    framed = client.get("/mechanisms/working-with-power?embed=1", headers=HTML)
    assert "frame-ancestors https://example.org;" in framed.headers["content-security-policy"]
    assert "<nav" not in framed.text
    assert "Working with power" in framed.text
    listed = client.get("/chains", params={"from": "richmond2020:C3"}).json()["items"]
    chain = {"from": "richmond2020:C3", "chain": listed[0]["id"], "embed": "1"}
    one = client.get("/chains", params=chain, headers=HTML)
    assert listed[0]["ends"]["name"] in Seen(one.text).words


def test_chains_have_files_and_views_for_frames(tmp_path: Path) -> None:
    def part(name: str) -> list[Part]:
        return [Part(concept=f"illustrative:{name}")]

    bundle = ReviewBundle(
        review=Review(id="illustrative", title="An illustrative review"),
        concepts=[
            Concept(id=f"illustrative:{name}", name=f"Illustrative {name}") for name in "abc"
        ],
        mechanisms=[Mechanism(id="illustrative:m", name="M")],
        configurations=[
            Configuration(
                id=f"illustrative:{one}{two}",
                mechanisms=["illustrative:m"],
                contexts=part(one),
                outcomes=part(two),
            )
            for one, two in ("ab", "bc")
        ],
    )
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        load_review(store, bundle)
        publish(store, settings, tmp_path / "out")
    whole = Seen((tmp_path / "out/chains/illustrative/1.html").read_text(encoding="utf-8"))
    framed = Seen((tmp_path / "out/embed/chains/illustrative/1.html").read_text(encoding="utf-8"))
    assert "Illustrative a" in whole.words
    assert "Illustrative c" in framed.words
    assert "../../../chains/illustrative/1.html" in framed.links


def test_files_say_whose_work_they_are(site: Path, client: httpx.Client) -> None:
    cff = YAML(typ="safe").load((site / "CITATION.cff").read_text(encoding="utf-8"))
    reviews = client.get("/reviews").json()["items"]
    assert [one.get("doi") for one in cff["references"]] == [one["doi"] for one in reviews]
    assert [one["title"] for one in cff["references"]] == [one["title"] for one in reviews]
    crate = json.loads((site / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    parts = {one["@id"]: one for one in crate}
    assert parts["./"]["isBasedOn"] == [{"@id": f"#review-{one['id']}"} for one in reviews]
    assert parts["index.html"]["encodingFormat"] == "text/html"
    held = [part["@id"] for part in parts["./"]["hasPart"]]
    assert all((site / unquote(name)).is_file() for name in held)


def test_file_names_are_safe_everywhere(site: Path) -> None:
    names = [file.relative_to(site).as_posix() for file in site.rglob("*")]
    assert len({name.casefold() for name in names}) == len(names)
    assert not any(re.search(r'[<>:"\\|?*]|[. ]$', name) for name in names)


def test_ids_that_differ_by_case_or_are_reserved_keep_files_of_their_own(tmp_path: Path) -> None:
    bundle = ReviewBundle(
        review=Review(id="illustrative", title="An illustrative review"),
        mechanisms=[
            Mechanism(id=f"illustrative:{local}", name=local) for local in ("Ab", "aB", "con")
        ],
    )
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        load_review(store, bundle)
        publish(store, settings, tmp_path / "out", review="illustrative")
    made = {file.name.casefold() for file in (tmp_path / "out/mechanisms/illustrative").iterdir()}
    assert "con_.html" in made
    assert len([name for name in made if name.startswith("ab") and name.endswith(".html")]) == 2
    assert "not stated" in (tmp_path / "out/CITATION.cff").read_text(encoding="utf-8")


def test_a_record_that_bears_one_of_our_words_keeps_its_name(tmp_path: Path) -> None:
    """Illustrative names that are keys of the pages' own words."""
    names = ("number", "g.title", "list.gaps", "p.search")
    bundle = ReviewBundle(
        review=Review(id="illustrative", title="filter"),
        mechanisms=[Mechanism(id=f"illustrative:m{n}", name=name) for n, name in enumerate(names)],
    )
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        load_review(store, bundle)
        for n, name in enumerate(names):
            text = render(pages.mechanism_page(store, View(), f"illustrative:m{n}"), live())
            assert f"<title>{name} – theorygraph</title>" in text
        assert "<title>filter – " in render(
            pages.review_page(store, View(), "illustrative"), live()
        )


def test_a_folder_that_is_no_site_is_left_alone(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    command("load", EXAMPLES / "richmond2020")
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("mine", encoding="utf-8")
    told = command("publish", out, status=1)
    assert "not a site" in told.err
    assert [file.name for file in out.iterdir()] == ["thesis.docx"]
    (out / "thesis.docx").unlink()
    assert "pages" in command("publish", out).out
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    command("load", EXAMPLES / "harris2021")
    command("publish", out, "--review", "richmond2020")
    assert not any("harris2021" in file.name for file in out.rglob("*"))
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"
    command("publish", tmp_path / "mail", "--zip")
    with zipfile.ZipFile(tmp_path / "mail.zip") as archive:
        assert archive.testzip() is None
        assert {"index.html", "maps/theory.html", "CITATION.cff"} <= set(archive.namelist())
    assert issubclass(NotASite, Exception)


def test_every_text_that_pages_name_is_among_the_words() -> None:
    named: set[str] = set()
    for file in (ROOT / "api/templates/site").glob("*.html"):
        named |= set(re.findall(r'\bw\("([\w.]+)"[,)]', file.read_text(encoding="utf-8")))
    for file in (ROOT / "api/site").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        named |= set(re.findall(r'\bword\("([\w.]+)"', text))
        named |= {f"data.{name}" for name in re.findall(r'Twin\(\s*"(\w+)"', text)}
    assert len(named) > 100
    assert named <= set(WORDS), named - set(WORDS)


def inert(text: str, payload: str) -> None:
    """No element, attribute or address of a page comes from a payload."""
    seen = Seen(text)
    known = (
        "html head meta title link style body a header div span nav ul li main h1 h2 h3 h4 p form "
        "label input button table thead tbody tr th td dl dt dd ol section footer code strong q "
        "bdi blockquote noscript script iframe details summary img"
    )
    allowed = set(known.split())
    found = {tag for tag, _ in seen.tags}
    assert found <= allowed, f"{payload!r}: {found - allowed}"
    assert not any(name.startswith("on") for _, given in seen.tags for name in given), payload
    for link in seen.links:
        assert not re.match(r"(?i)\s*(javascript|vbscript|data:text)", link), payload
    for tag, given in seen.tags:
        if tag in ("iframe", "img"):
            assert re.match(r"(/|(\.\./)*)(maps|reviews|flow)\b", str(given["src"])), payload


@pytest.mark.usefixtures("usual_fonts")
def test_hostile_text_is_text_on_every_page(tmp_path: Path) -> None:
    chosen = PAYLOADS[::40]
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        for payload in chosen:
            load_review(store, hostile(payload))
            publish(store, settings, tmp_path / "out")
            files_ = [
                file
                for file in (tmp_path / "out").rglob("*.html")
                if "maps" not in file.relative_to(tmp_path / "out").parts
            ]
            assert len(files_) > 15
            for file in files_:
                text = file.read_text(encoding="utf-8")
                inert(text, payload)
                assert text.count("<script") == (
                    0 if file.is_relative_to(tmp_path / "out/embed") else 1
                ) + (file.name == "search.html"), payload


def test_every_payload_is_text_where_most_of_a_review_is_shown(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store.kgl"))
    with open_store(settings) as store:
        store.prepare()
        for payload in PAYLOADS:
            bundle = hostile(payload)
            load_review(store, bundle)
            of = bundle.review.id
            for shown in (
                pages.mechanism_page(store, View(), f"{of}:m"),
                pages.source_page(store, View(sort="-said"), f"{of}:s-paper"),
                pages.configuration_page(store, View(), f"{of}:cfg"),
                questions.gap_page(store, View()),
            ):
                text = render(shown, live())
                inert(text, payload)
                assert "<script" not in text, payload


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier(chromium: Any, served: Served, site: Path, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    wrong = []
    made = ("index.html", "search.html", "mechanisms/harris2021/working-with-power.html")
    addresses = [served.url + address for address in (*TYPES, "/mechanisms/nope")]
    for address in [*addresses, *((site / name).as_uri() for name in made)]:
        page.goto(address)
        wrong += [(address, *one) for one in barriers(page)]
    context.close()
    assert wrong == []


@pytest.mark.browser
def test_pages_fit_narrow_windows_and_ask_nobody_else(chromium: Any, served: Served) -> None:
    # 320 px is also a window of 1280 px at 400 % zoom.
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, forced_colors="active", reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    for address in TYPES:
        page.goto(served.url + address)
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address
    context.close()
    assert wrong == []
    assert all(url.startswith((served.url, "data:")) for url in asked)


@pytest.mark.browser
def test_the_keyboard_reaches_everything_and_focus_is_seen(chromium: Any, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=True)
    page = context.new_page()
    page.goto(f"{served.url}/mechanisms?review=harris2021")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    wanted = page.evaluate(
        "() => document.querySelectorAll('main a, main input, main button').length"
    )
    reached = set()
    for _ in range(wanted + 3):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.outerHTML"))
        seen = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert seen != "none"
    assert len(reached) >= wanted
    context.close()


@pytest.mark.browser
def test_the_files_sort_filter_and_search_without_a_server(chromium: Any, site: Path) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto((site / "mechanisms/index.html").as_uri())
    page.click("th[data-key=evidence] button")
    page.click("th[data-key=evidence] button")
    shown = page.locator("#t-mechanisms tbody tr td:nth-child(7)").all_inner_texts()
    assert shown == sorted(shown, key=int, reverse=True)
    page.fill("#filter", "power")
    assert page.locator("#t-mechanisms tbody tr:visible").count() == 1
    assert "sort=-evidence" in page.url
    page.reload()
    assert page.locator("#t-mechanisms tbody tr:visible").count() == 1
    page.goto((site / "search.html").as_uri())
    page.fill("#find", "working power")
    assert page.locator("#found a").count() >= 1
    page.locator("#found a").first.click()
    page.wait_for_load_state()
    assert "power" in page.inner_text("h1").lower()
    assert wrong == []
    assert all(url.startswith(("file:", "data:")) for url in asked)
    context.close()


@pytest.mark.browser
def test_everything_but_the_search_is_there_without_javascript(chromium: Any, site: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "mechanisms/harris2021/working-with-power.html").as_uri())
    assert page.locator("#t-evidence tbody tr").count() == 2
    assert not page.locator("#filter").is_visible()
    page.click("text=Gaps")
    assert page.locator("td.gap").count() > 20
    context.close()


@pytest.mark.browser
def test_names_that_run_from_right_to_left_do(chromium: Any, tmp_path: Path) -> None:
    folder = illustrative(tmp_path / "review", title="مراجعة توضيحية")
    (folder / "mechanisms.csv").write_text(
        "id,name,description\nworking-with-power,العمل مع السلطة,وصف توضيحي\n", encoding="utf-8"
    )
    store = fill(tmp_path / "store.kgl", [folder])
    with in_thread(Settings(store=str(store))) as served:
        page = chromium.new_page()
        page.goto(f"{served.url}/mechanisms/illustrative:working-with-power")
        assert (
            page.evaluate("() => getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        )
        assert page.inner_text("h1") == "العمل مع السلطة"
        page.goto(f"{served.url}/mechanisms?review=illustrative")
        cell = "() => getComputedStyle(document.querySelector('tbody td')).direction"
        assert page.evaluate(cell) == "rtl"
        page.close()
