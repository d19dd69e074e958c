"""Pages for people: the front page, the documentation and the maps, as a browser gets them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from serving import TOKEN, fill, illustrative, in_thread

from graph.settings import Settings
from graph.stores import open_store
from loaders.intake import load

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = "</h3><script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} href"
FETCHED = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("source", "src"),
    ("form", "action"),
}


class Page(HTMLParser):
    """What is in a page: elements with their attributes, and the text of inline scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.words = ""
        self._open: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag if tag in self.inline and "src" not in dict(attrs) else None
        if self._open:
            self.inline[self._open].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline[self._open][-1] += data
        else:
            self.words += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.of("a") if "href" in attributes]

    @property
    def fetched(self) -> list[str]:
        """Addresses that a browser asks for by itself, or sends to."""
        return [
            attributes[name]
            for tag, attributes in self.elements
            for wanted, name in FETCHED
            if tag == wanted and name in attributes
        ]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = fill(tmp_path_factory.mktemp("pages") / "store.kgl")
    with in_thread(Settings(store=str(store))) as served, served.client() as opened:
        yield opened


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose one review, made up, has markup wherever text can be."""
    folder = tmp_path_factory.mktemp("hostile")
    review = illustrative(folder / "review", title=HOSTILE)
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    (review / "mechanisms.csv").write_text(
        f"id,name,description\nlistening,{quoted},{quoted}\nworking-with-power,Plain,\n",
        encoding="utf-8",
    )
    (review / "sources.csv").write_text(
        f"id,kind,title,authors\nmade-up,paper,{quoted},{quoted}\n", encoding="utf-8"
    )
    settings = Settings(store=str(folder / "store.kgl"), token=SecretStr(TOKEN))
    with open_store(settings) as store:
        load(store, review, settings)
    with in_thread(settings) as served, served.client() as opened:
        yield opened


def policy_of(response: httpx.Response) -> dict[str, str]:
    parts = response.headers["content-security-policy"].split(";")
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in parts)}


def assert_the_policy_lets_its_own_scripts_run(response: httpx.Response) -> None:
    page = Page(response.text)
    policy = policy_of(response)
    assert policy["default-src"] == "'none'"
    for text in page.inline["script"]:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy["script-src"]
    assert "unsafe-inline" not in policy.get("script-src", "")
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def assert_a_page(response: httpx.Response) -> Page:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(response.text)
    assert page.of("html")[0].get("lang") == "en"
    title = re.search(r"<title>([^<]+)</title>", response.text)
    assert title is not None
    assert "theorygraph" in title[1] or "heory" in title[1]
    assert any(attributes.get("charset", "").lower() == "utf-8" for attributes in page.of("meta"))
    assert_the_policy_lets_its_own_scripts_run(response)
    return page


def test_the_front_page_shows_reviews_questions_and_maps(client: httpx.Client) -> None:
    page = assert_a_page(client.get("/"))
    for review in client.get("/reviews").json()["items"]:
        assert review["title"] in page.words
        assert f"/reviews/{review['id']}" in page.links
        assert f"/reviews/{review['id']}/flow" in page.links
        assert f"/maps/theory?review={review['id']}" in page.links
    assert {"/maps/theory", "/docs", "/health"} <= set(page.links)
    asked = {httpx.URL(link).params.get("q") for link in page.links if link.startswith("/ask?")}
    assert any(one.startswith("evidence for ") and one.endswith(" level") for one in asked)
    assert {"which mechanisms have no empirical support", "gaps in harris2021"} <= asked
    labelled = {attributes.get("for") for attributes in page.of("label")}
    assert {attributes["id"] for attributes in page.of("input")} <= labelled
    assert page.of("main")


def test_every_link_on_the_front_page_works(client: httpx.Client) -> None:
    page = Page(client.get("/").text)
    assert len(page.links) > 15
    for link in page.links:
        assert link.startswith(("/", "#")), "nothing leads elsewhere"
        response = client.get(link, headers=BROWSER)
        assert response.status_code == 200, f"{link}: {response.text[:200]}"


def test_the_form_asks_a_question_that_is_answered(client: httpx.Client) -> None:
    page = Page(client.get("/").text)
    (form,) = page.of("form")
    (field,) = page.of("input")
    assert form["method"] == "get"
    response = client.get(form["action"], params={field["name"]: field["value"]})
    assert response.status_code == 200
    assert policy_of(client.get("/"))["form-action"] == "'self'"


def test_every_link_works_without_the_shipped_reviews(hostile: httpx.Client) -> None:
    page = assert_a_page(hostile.get("/"))
    for link in page.links:
        assert hostile.get(link, headers=BROWSER).status_code == 200, link
    (field,) = page.of("input")
    assert hostile.get("/ask", params={"q": field["value"]}).status_code == 200


def test_an_empty_store_has_a_front_page_that_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "empty.kgl"))
    with in_thread(settings) as served, served.client() as client:
        page = assert_a_page(client.get("/"))
        assert "theorygraph load" in page.words
        for link in page.links:
            assert client.get(link).status_code == 200, link


def test_the_front_page_tells_whether_it_can_be_written(
    client: httpx.Client, hostile: httpx.Client
) -> None:
    assert "switched off" in Page(client.get("/").text).words
    writable = hostile.get("/")
    assert "with the token" in Page(writable.text).words
    assert TOKEN not in writable.text


@pytest.mark.parametrize("path", ["/", "/maps/theory", "/maps/theory?review=illustrative"])
def test_hostile_text_is_text(path: str, hostile: httpx.Client) -> None:
    response = hostile.get(path)
    page = assert_a_page(response)
    assert page.of("img") == [] or all("onerror" not in image for image in page.of("img"))
    assert not any(text.strip() == "alert(1)" for text in page.inline["script"])
    assert "<script>alert(1)" not in response.text
    assert "<img src=x" not in response.text
    if path == "/":
        assert HOSTILE in page.words
        assert page.inline["script"] == []


@pytest.mark.parametrize("path", ["/", "/docs", "/maps/theory"])
def test_pages_fetch_nothing_from_elsewhere(path: str, client: httpx.Client) -> None:
    response = client.get(path)
    page = assert_a_page(response) if path != "/docs" else Page(response.text)
    for address in page.fetched:
        assert address.startswith(("/", "data:")), address
        assert not address.startswith("//")
    policy = response.headers["content-security-policy"]
    assert not re.search(r"https?:|\*", policy)


def test_the_documentation_loads_from_here_only(client: httpx.Client) -> None:
    response = client.get("/docs")
    assert response.status_code == 200
    assert not re.search(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", response.text)
    assert_the_policy_lets_its_own_scripts_run(response)
    assert policy_of(response)["connect-src"] == "'self'"
    page = Page(response.text)
    assert len(page.fetched) >= 3
    for address in page.fetched:
        fetched = client.get(address)
        assert fetched.status_code == 200
        assert fetched.content
    assert "'/openapi.json'" in response.text
    assert '"validatorUrl": null' in response.text, "no badge from a foreign validator"
    styles = client.get("/docs/assets/swagger-ui.css").text
    assert not re.search(r"@import|url\(\s*['\"]?https?:", styles)


@pytest.mark.parametrize(
    "query", ["", "?review=harris2021", "?review=richmond2020", "?mechanism=working-with-power"]
)
def test_a_map_is_one_page_with_its_own_policy(query: str, client: httpx.Client) -> None:
    response = client.get(f"/maps/theory{query}")
    assert_a_page(response)
    policy = policy_of(response)
    assert "connect-src" not in policy, "nothing is connected to: default-src is 'none'"
    assert policy["form-action"] == "'none'"


def test_a_map_shows_what_it_is_asked_for(client: httpx.Client) -> None:
    seed = client.get("/maps/theory", params={"review": "harris2021"}).text
    assert "Working with power" in seed
    assert "Fostering resilience" in seed, "what has no support is drawn as well"
    assert "richmond2020:" not in seed
    other = client.get("/maps/theory", params={"review": "richmond2020", "level": "student"}).text
    assert "Working with power" not in other


LOAD_HERE = '<li><a href="/load">Check and load files</a></li>'


def test_the_first_page_of_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.kgl")
    for token, told, untold in (
        (None, "theorygraph load examples/harris2021", LOAD_HERE),
        ("a-token", LOAD_HERE, "theorygraph load"),
    ):
        settings = Settings(store=path, token=token)  # type: ignore[arg-type]
        with in_thread(settings) as served, served.client() as client:
            text = client.get("/", headers={"Accept": "text/html"}).text
        assert "Load a review first;" in text
        assert "theorygraph template review.xlsx" in text
        assert told in text and untold not in text
        assert "/ask?q=" not in text, "nothing can be asked yet"
