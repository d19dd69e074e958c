"""The pages of questions about soundness and neighbours, of gaps by any dimension, of the map."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from map_pages import barriers
from serving import Served, copied, fill, in_thread
from site_pages import HTML, Seen, illustrative_pair

from api.site.publish import MANIFEST, publish
from api.site.words import WORDS
from graph.answers import Dimension
from graph.load import load_review
from graph.settings import Settings
from graph.stores import open_store

PAGES = (
    "/lint?review=one",
    "/lint?review=one&rule=near-duplicates",
    "/agreement?review=one",
    "/weakest-link?review=one",
    "/same-as?review=two",
    "/references?review=one",
    "/sources/one:paper/references",
    "/reviews/one/overlap",
    "/compare",
    "/compare?reviews=one",
    "/compare?reviews=one%2Ctwo",
    "/mechanisms/one:trust",
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped reviews, and two that are made up so that every question has an answer."""
    path = fill(tmp_path_factory.mktemp("questions") / "store.kgl")
    with open_store(Settings(store=str(path))) as store:
        for bundle in illustrative_pair():
            load_review(store, bundle)
    return path


def published(stored: Path, out: Path, **limits: int) -> Path:
    own = copied(stored, out.parent, "own.kgl")  # a server may hold the other
    settings = Settings(store=str(own), **limits)  # type: ignore[arg-type]
    with open_store(settings) as store:
        publish(store, settings, out)
    return out


@pytest.fixture(scope="module")
def site(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(stored, tmp_path_factory.mktemp("published") / "site")


@pytest.fixture(scope="module")
def without_more(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site where no pair and no cell but those by level may have a page."""
    out = tmp_path_factory.mktemp("fewer") / "site"
    return published(stored, out, max_pair_pages=0, max_cell_pages=0)


@pytest.fixture(scope="module")
def served(stored: Path) -> Iterator[Served]:
    with in_thread(Settings(store=str(stored))) as running:
        yield running


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as opened:
        yield opened


def shown(client: httpx.Client, address: str) -> Seen:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return Seen(answer.text)


def rows(text: str, name: str) -> list[list[str]]:
    """The words of each cell of a table, without what stands below them."""
    found = re.search(rf'<table id="t-{name}".*?</table>', text, re.DOTALL)
    assert found is not None, name
    body = re.sub(r'<span class="below".*?</span>', "", found[0].partition("<tbody>")[2])
    return [
        [Seen(cell).words.strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def files_of(site: Path) -> dict[str, str]:
    """The site's pages by address."""
    told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["files"]
    return {address: name for name, address in told.items() if name.endswith(".html")}


def test_complaints_lead_to_the_records_they_are_about(client: httpx.Client) -> None:
    answer = client.get("/lint?review=one").json()
    page = shown(client, "/lint?review=one")
    (complaint,) = answer["items"]
    assert complaint["message"] in page.words
    assert f"Complaints that remain: {answer['complaints']}" in page.words
    about = {complaint["record"], *(one["id"] for one in complaint["related"])}
    assert {f"/mechanisms/{id_}" for id_ in about} <= set(page.links)
    for rule in client.get("/lint/rules").json()["items"]:
        assert rule["reason"].replace("`", "") in page.words
    narrowed = shown(client, "/lint?review=one&rule=outcome-is-a-plan")
    assert WORDS["li.none"] in narrowed.words
    assert "/lint?review=one" in narrowed.links


def test_agreement_is_told_pair_by_pair_with_what_is_not_settled(client: httpx.Client) -> None:
    answer = client.get("/agreement?review=one").json()
    text = client.get("/agreement?review=one", headers=HTML).text
    (pair,) = answer["pairs"]
    assert rows(text, "pairs") == [
        ["one", pair["quality"], "Ada, Bo", *(str(pair[key]) for key in ("both", "same", "kappa"))]
    ]
    (item,) = answer["items"]
    assert rows(text, "agreement")[0][-1] == "Ada: low, Bo: moderate"
    assert f"/evidence/{item['evidence']}" in Seen(text).links
    assert "No appraisals by appraiser are held" in shown(client, "/agreement?review=two").words


def test_weakest_links_name_what_rests_on_them(client: httpx.Client) -> None:
    answer = client.get("/weakest-link?review=one").json()
    page = shown(client, "/weakest-link?review=one")
    (item,) = answer["items"]
    assert f"Chains: {answer['chains']}." in page.words
    wanted = {f"/sources/{item['source']['id']}"}
    wanted |= {f"/configurations/{one['id']}" for one in item["configurations"]}
    assert wanted <= set(page.links)
    (chain,) = [link for link in page.links if "chain=" in link]
    assert "Illustrative c" in shown(client, chain).words
    nothing = shown(client, "/weakest-link?review=two")
    assert WORDS["wl.none"] in nothing.words
    assert "No chain of at most 6 configurations fits." in nothing.words


def test_declarations_say_whether_they_are_in_effect(client: httpx.Client) -> None:
    text = client.get("/same-as?review=two", headers=HTML).text
    told = {row[1]: row[3] for row in rows(text, "same-as")}
    answer = client.get("/same-as?review=two").json()["items"]
    assert [row["in_effect"] for row in answer] == [True, True, False]
    assert list(told.values()) == ["yes", "yes", "no"]
    assert "/mechanisms/one:trust" in Seen(text).links
    assert "/concepts/three:a" not in Seen(text).links
    assert WORDS["sa.none"] in shown(client, "/same-as?review=one").words


def test_records_of_files_and_their_overlap(client: httpx.Client) -> None:
    answer = client.get("/reviews/one/overlap").json()
    text = client.get("/reviews/one/overlap", headers=HTML).text
    assert [[int(cell) for cell in row[1:]] for row in rows(text, "files")] == [
        [one["records"], one["sources"], one["unique"]] for one in answer["files"]
    ]
    assert sum(int(row[-1]) for row in rows(text, "overlap")) == answer["sources"] == 2
    listed = [link for link in Seen(text).links if "file=b.ris" in link]
    assert len(rows(client.get(listed[0], headers=HTML).text, "references")) == 2
    page = shown(client, "/sources/one:paper/references")
    assert "Illustrative title A" in page.words
    assert "Illustrative title B" in page.words
    assert "/sources/one:paper" in page.links
    assert "/sources/one:paper/references" in shown(client, "/sources/one:paper").links
    assert WORDS["rf.none"] in shown(client, "/reviews/two/overlap").words
    loaded = shown(client, "/sources/first-look-summary/references")
    assert WORDS["rf.none_of"] in loaded.words


def test_reviews_stand_side_by_side(client: httpx.Client) -> None:
    answer = client.get("/compare?reviews=one,two").json()
    text = client.get("/compare?reviews=one,two", headers=HTML).text
    page = Seen(text)
    assert f"Mechanisms that two or more of them share: {answer['shared']}." in page.words
    assert len(rows(text, "compare")) == len(answer["items"])
    for item in answer["items"]:
        assert {f"/mechanisms/{one['id']}" for one in item["mechanisms"]} <= set(page.links)
    (shared,) = answer["shared_concepts"]
    assert {f"/concepts/{one['id']}" for one in shared["concepts"]} <= set(page.links)
    (namesake,) = answer["undeclared"]
    assert {f"/mechanisms/{id_}" for id_ in namesake["ids"]} <= set(page.links)
    unknown = client.get("/compare?reviews=one,tow", headers=HTML)
    assert unknown.status_code == 404


def test_comparing_begins_with_a_form(client: httpx.Client) -> None:
    for address, chosen in (("/compare", "harris2021"), ("/compare?reviews=two", "two")):
        text = client.get(address, headers=HTML).text
        picked = re.findall(r'<option value="([^"]+)" selected', text)
        assert picked[0] == chosen
        assert picked[1] != chosen
    sent = shown(client, "/compare?reviews=one&other=two&about=Trust+among+staff")
    assert "Trust among staff" in sent.words
    assert "/compare?reviews=two" in shown(client, "/reviews/two").links
    assert "/compare" in shown(client, "/").links


@pytest.mark.parametrize("address", PAGES)
def test_new_pages_have_twins_and_say_how_to_cite(address: str, client: httpx.Client) -> None:
    page = shown(client, address)
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert "script" not in {tag for tag, _ in page.tags}
    assert WORDS["cite"] in page.words
    twins = [link for link in page.links if re.search(r"\.(json|csv)(\?|$)", link)]
    assert len(twins) >= (0 if address in ("/compare", "/compare?reviews=one") else 2)
    for link in twins:
        twin = client.get(link)
        assert twin.status_code == 200, link
        assert ("json" if ".json" in link else "csv") in twin.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("/lint?review=one", "record"),
        ("/agreement?review=one", "evidence_about"),
        ("/weakest-link?review=one", "broken"),
        ("/same-as?review=two", "other"),
        ("/references?review=one", "row"),
        ("/reviews/one/overlap", "files_n"),
        ("/compare?reviews=one%2Ctwo", "mechanisms"),
    ],
)
def test_new_tables_sort_and_filter_by_address(
    path: str, column: str, client: httpx.Client
) -> None:
    name = {"/reviews/one/overlap": "overlap"}.get(path, path.partition("?")[0].lstrip("/"))
    mark = "&" if "?" in path else "?"

    def read(query: str) -> list[list[str]]:
        text = client.get(f"{path}{mark}{query}", headers=HTML).text
        return rows(text, name)

    def heads() -> list[str]:
        text = client.get(path, headers=HTML).text
        table = re.search(rf'<table id="t-{name}".*?</thead>', text, re.DOTALL)
        assert table is not None
        return re.findall(r'data-key="(\w+)"', table[0])

    place = heads().index(column)
    up, down = read(f"sort={column}"), read(f"sort=-{column}")
    assert up
    assert sorted(up) == sorted(down)
    values = [row[place] for row in up]
    order = sorted(values, key=int) if values[0].isdigit() else sorted(values, key=str.casefold)
    assert values == order
    assert [row[place] for row in down] == order[::-1]
    page = Seen(client.get(f"{path}{mark}q=zzz", headers=HTML).text)
    kept_ = [link for link in page.links if f"sort={column}" in link]
    assert kept_
    assert all("q=zzz" in link for link in kept_)


@pytest.mark.slow
def test_new_pages_are_published_with_the_answers_of_the_server(
    site: Path, client: httpx.Client
) -> None:
    pages = files_of(site)
    for address in PAGES:
        if address not in ("/lint?review=one&rule=near-duplicates", "/compare?reviews=one"):
            assert address in pages, address
    told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["files"]
    compared = [
        name
        for name, address in told.items()
        if (
            name.endswith((".json", ".csv"))
            and address.startswith(
                ("/lint", "/agreement", "/weakest", "/same-as", "/ref", "/compare")
            )
        )
        or name.endswith(("overlap.json", "overlap.csv", "flow.json", "flow.csv"))
        or name.endswith(("/references.json", "/references.csv"))
    ]
    for name in compared:
        assert (site / name).read_bytes() == client.get(told[name]).content, name
    reviews = 4
    assert sum(name.endswith("flow.csv") for name in compared) == reviews
    pairs = [address for address in pages if address.startswith("/compare?reviews=")]
    assert len(pairs) == reviews * (reviews - 1) / 2
    assert len(compared) > 2 * (5 * (reviews + 1) + len(pairs) + 2 * reviews)


@pytest.mark.slow
def test_an_answer_that_several_pages_lead_to_is_written_once(site: Path) -> None:
    told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["files"]
    answers = [address for name, address in told.items() if name.endswith((".json", ".csv"))]
    held = [address for address in answers if address]
    assert len(held) == len(set(held)) > 300


@pytest.mark.slow
def test_what_would_be_too_many_files_is_said_instead(without_more: Path) -> None:
    pages = files_of(without_more)
    assert not [address for address in pages if address.startswith("/compare?reviews=")]
    words = Seen((without_more / "compare/index.html").read_text(encoding="utf-8")).words
    assert "There are 6 pairs, more than this site has pages for" in words
    assert [address for address in pages if "row=" in address]
    assert not [address for address in pages if "row=" in address and "by=" in address]
    matrix = without_more / "gaps/harris2021/by/source-kind/index.html"
    page = Seen(matrix.read_text(encoding="utf-8"))
    assert WORDS["g.no_pages"] in page.words
    listed = [link for link in page.links if link.endswith("evidence/harris2021/index.html")]
    assert (matrix.parent / listed[0]).is_file()


@pytest.mark.slow
@pytest.mark.parametrize("by", list(Dimension))
@pytest.mark.parametrize("review", ["harris2021", "richmond2020", "one"])
def test_gaps_by_any_dimension_live_and_as_files(
    review: str, by: Dimension, client: httpx.Client, site: Path
) -> None:
    query = {"review": review} | ({} if by is Dimension.LEVEL else {"by": by.value})
    matrix = client.get("/gaps", params=query).json()["reviews"][0]
    address = str(httpx.URL("/gaps", params=query)).replace("%20", "+")
    file = site / files_of(site)[address]
    live = client.get("/gaps", params=query, headers=HTML).text
    for text in (live, file.read_text(encoding="utf-8")):
        found = [Seen(cell).words for cell in re.findall(r'<td class="gap .*?</td>', text, re.S)]
        held = [cell for row in matrix["rows"] for cell in row["cells"]]
        assert len(found) == len(held)
        for words, cell in zip(found, held, strict=True):
            assert cell["state"] in words
            assert (cell["weight"]["text"] in words) == bool(cell["weight"]["pieces"])
            assert all(mark["label"] in words for mark in cell["marks"])
    switches = re.findall(r'<a class="tag" href="([^"]+)"', live)
    assert len(switches) == len(Dimension)
    links = re.findall(r'<td class="gap [^>]*><a href="([^"]+)"', file.read_text(encoding="utf-8"))
    cells = [(row, cell) for row in matrix["rows"] for cell in row["cells"]]
    for link, (row, cell) in zip(links, cells, strict=True):
        page = Seen((file.parent / link).read_text(encoding="utf-8"))
        assert row["name"] in page.words
        for mark in cell["marks"]:
            assert mark["text"] in page.words
            assert all(one["id"] in page.words for one in mark["records"])
        evidence = client.get("/evidence", params={**cell["drill_down"], "limit": "1000"}).json()
        assert len(evidence["items"]) == cell["weight"]["pieces"]
        for item in evidence["items"]:
            assert f"evidence-{item['id']}" in page.ids
    other = {address for address in files_of(site) if address.startswith("/gaps?by=")}
    assert len(other) == len(Dimension) - 1


def test_the_flow_page_shows_what_is_computed_and_leads_to_its_data(client: httpx.Client) -> None:
    page = shown(client, "/reviews/harris2021/flow")
    assert "406 (computed)" in page.words
    assert {"/reviews/harris2021/flow.csv", "/reviews/harris2021/flow.svg"} <= set(page.links)
    assert WORDS["fl.none"] in shown(client, "/reviews/two/flow").words


def test_ids_are_shown_as_the_review_names_them(client: httpx.Client) -> None:
    gap = shown(client, "/findings/harris2021:no-patient-or-service-user-perspective")
    assert "Patient or service user" in gap.words
    page = shown(client, "/mechanisms/working-with-power")
    assert "System, Team" in page.words
    assert "Stage 1" in page.words
    assert "harris2021:stage-1" not in page.words
    matrix = shown(client, "/ask?q=gaps")
    assert "Understanding key mechanisms of successfully leading" in matrix.words


def test_a_page_that_is_missing_leads_to_the_list(client: httpx.Client) -> None:
    missing = client.get("/mechanisms/nothing-like-it", headers=HTML)
    assert missing.status_code == 404
    assert "/mechanisms" in Seen(missing.text.partition("<main")[2]).links


def test_an_empty_store_is_told_in_sentences(tmp_path: Path) -> None:
    path = tmp_path / "empty.kgl"
    with open_store(Settings(store=str(path))) as store:
        store.prepare()
    said = {
        "/lint": WORDS["li.none"],
        "/agreement": "No appraisals by appraiser are held",
        "/weakest-link": WORDS["wl.none"],
        "/same-as": WORDS["sa.none"],
        "/references": WORDS["rf.none"],
        "/compare": WORDS["cp.too_few"],
        "/gaps?by=setting": WORDS["empty"],
    }
    with in_thread(Settings(store=str(path))) as served, served.client() as client:
        for address, words in said.items():
            assert words in shown(client, address).words, address


@pytest.mark.browser
@pytest.mark.parametrize("live", [True, False])
def test_a_mechanism_shows_its_part_of_the_map(
    live: bool, chromium: Any, served: Served, site: Path
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=not live)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    file = site / "mechanisms/harris2021/working-with-power.html"
    page.goto(f"{served.url}/mechanisms/working-with-power" if live else file.as_uri())
    frame_ = page.locator("iframe.map")
    assert frame_.get_attribute("title") == "Theory map: Working with power"
    assert frame_.get_attribute("loading") == "lazy"
    frame_.scroll_into_view_if_needed()
    inside = page.frame_locator("iframe.map")
    inside.get_by_text("nodes, ").first.wait_for()
    drawn = inside.locator("body").evaluate(
        """() => {
            const { source, state } = window.theorygraph;
            return source.nodes.filter(node => state().shown[node.id]).map(node => node.name);
        }"""
    )
    assert "Working with power" in drawn
    assert "Taking a wider view" not in drawn
    if not live:
        inside.get_by_text("Filters", exact=True).click()
        chosen = inside.get_by_label("Mechanism", exact=True)
        assert chosen.input_value() == "harris2021:working-with-power"
    alone = page.get_by_role("link", name=WORDS["m.map.open"]).get_attribute("href")
    assert alone == frame_.get_attribute("src")
    assert urljoin(page.url, str(alone)) in [one.url for one in page.frames]
    assert wrong == []
    context.close()


@pytest.mark.browser
def test_the_form_compares_without_javascript(chromium: Any, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/compare")
    page.select_option("#reviews", "one")
    page.select_option("#other", "two")
    page.click("main button")
    assert "Mechanisms that two or more of them share: 1." in page.inner_text("main")
    page.goto(f"{served.url}/mechanisms/working-with-power")
    assert page.locator("#t-levels tbody tr").count() == 2
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_new_page_has_a_barrier(chromium: Any, served: Served, site: Path, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    wrong = []
    made = [site / name for name in ("compare/index.html", "lint/one/index.html")]
    for address in [*(served.url + one for one in PAGES), *(file.as_uri() for file in made)]:
        page.goto(address)
        wrong += [(address, *one) for one in barriers(page)]
    narrow = chromium.new_page(viewport={"width": 320, "height": 640})
    for address in PAGES:
        narrow.goto(served.url + address)
        over = narrow.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, address
    narrow.close()
    context.close()
    assert wrong == []
