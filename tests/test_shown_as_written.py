"""What is written is shown as it is: lines of a note, levels by their names, no author made up."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from fastapi.testclient import TestClient
from folders import good, table, write

from api.app import create_app
from graph.model import Source
from graph.settings import Settings
from graph.stores import open_store
from loaders.intake import load
from visualise.figure_page import asset

REVIEW = """id: made
title: Illustrative
levels: [{id: team, name: The ward team}, {id: system, name: The trust}]
perspectives: [{id: nurse, name: Nurses}]
"""
NOTE = "First line.\nSecond line."


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("shown")
    files = {name: text for name, text in good().items() if name == "mechanisms.csv"}
    files |= {
        "review.yaml": REVIEW,
        "sources.csv": table(["id", "kind", "title"], ["anon", "grey", "A leaflet"]),
        "configurations.csv": table(
            ["id", "mechanisms", "contexts", "outcomes", "levels", "note"],
            ["c1", "trust", "New team", "Speaking up", "team", NOTE],
        ),
        "evidence.csv": table(
            ["id", "source", "mechanism", "stance", "levels", "perspective", "statement"],
            ["e1", "anon", "trust", "supports", "system", "nurse", NOTE],
        ),
        "findings.csv": table(
            ["id", "kind", "name", "statement", "levels"], ["g", "gap", "Gap", NOTE, "team"]
        ),
    }
    settings = Settings(store=str(folder / "shown.kgl"))
    with open_store(settings) as store:
        load(store, write(folder / "made", files), settings)
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        yield client


def page(client: TestClient, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 200, address
    return lxml.html.document_fromstring(answer.content)


def test_the_lines_of_a_text_stay_lines(pages: TestClient) -> None:
    rule = ':is(p, dd, td, li, span, blockquote)[dir="auto"] { white-space: pre-line; }'
    for address in ("/configurations/made:c1", "/evidence/made:e1", "/findings/made:g"):
        shown = page(pages, address)
        assert rule in "".join(shown.xpath("//style/text()"))
        holding = [one for one in shown.iter() if NOTE in (one.text or "")]
        assert holding, address
        for one in holding:
            assert one.get("dir") == "auto", address
            assert one.tag in ("p", "dd", "td", "li", "span", "blockquote")
    assert "#panel p, #panel li, #panel blockquote { white-space: pre-line; }" in asset(
        "figures.css"
    )
    assert "#panel blockquote, .vis-tooltip div { white-space: pre-line; }" in asset("map.css")


def test_lists_name_levels_and_perspectives_as_the_review_does(pages: TestClient) -> None:
    wanted = {
        "/mechanisms?review=made": {"The trust, The ward team", "The ward team"},
        "/reviews/made": {"The trust, The ward team", "The ward team", "Levels: The ward team"},
        "/evidence?review=made": {"The trust", "Nurses"},
        "/findings?review=made": {"Levels: The ward team"},
        "/ask?q=evidence+for+building+trust": {"The trust", "Nurses"},
        "/mechanisms?review=made&q=ward+team": {"The trust, The ward team", "The ward team"},
        "/mechanisms/made:trust": {"The trust", "Nurses"},
    }
    for address, texts in wanted.items():
        cells = {" ".join(cell.text_content().split()) for cell in page(pages, address).iter("td")}
        assert texts <= cells, (address, texts - cells)
        assert not cells & {"team", "system", "system, team", "nurse", "Levels: team"}, address


def test_a_source_without_an_author_is_cited_by_its_title() -> None:
    def cited(**given: object) -> str:
        one = {"id": "r:s", "kind": "grey", "title": "A leaflet."}
        return Source.model_validate({**one, **given}).citation

    assert cited() == "A leaflet"
    assert cited(year=2014) == "A leaflet (2014)"
    assert cited(year=2014, journal="J") == "A leaflet (2014). J"
    assert cited(year=2014, authors=["Lee A"]) == "Lee A (2014). A leaflet"
