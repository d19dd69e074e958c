"""Each page is to be cited with the reviews whose records it shows, and with no others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from serving import fill
from site_pages import HTML, Seen, illustrative_pair

from api.app import create_app
from api.site.page_model import FOLDERS
from api.site.render import live, render
from api.site.site_files import Plan, plan_pages
from graph.load import load_review
from graph.questions.records import reviews
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store

RECORD = re.compile(rf"/(?:{'|'.join(FOLDERS.values())})/([\w.-]+)(?::[^/?#]+)?(?:[/?#]|$)")

ASKED = {
    "/evidence": "harris2021 richmond2020 one",
    "/evidence?limit=3": "harris2021",
    "/evidence?q=nothing+holds+this": "harris2021 one richmond2020 two",
    "/evidence?mechanism=one:trust": "one",
    "/evidence?mechanism=harris2021:fostering-resilience": "harris2021",
    "/evidence?review=two": "two",
    "/mechanisms": "harris2021 one two",
    "/mechanisms?q=namesake": "one two",
    "/mechanisms?q=namesake&review=one": "one",
    "/mechanisms/one:trust/evidence": "one",
    "/configurations": "one richmond2020",
    "/papers": "one richmond2020",
    "/findings": "harris2021 richmond2020",
    "/theories": "richmond2020",
    "/contradictions?review=one": "one",
    "/contradictions?about=one:trust": "harris2021 one richmond2020 two",
    "/chains": "one",
    "/chains?from=one:a": "one",
    "/weakest-link": "one",
    "/sensitivity": "harris2021 one two",
    "/sensitivity?without_source=one:paper": "one",
    "/agreement": "one",
    "/agreement?review=two": "two",
    "/references": "one",
    "/same-as": "one two",
    "/lint?rule=near-duplicates": "one",
    "/compare?reviews=one,two": "one two",
    "/compare?reviews=harris2021,two": "harris2021 two",
    "/gaps": "harris2021 one richmond2020 two",
    "/gaps?review=one": "one",
    "/ask?q=evidence+for+Working+with+power": "harris2021",
    "/ask?q=where+do+sources+disagree": "richmond2020",
    "/ask?q=gaps+in+two": "two",
    "/reviews": "harris2021 one richmond2020 two",
    "/reviews/harris2021/flow": "harris2021",
    "/concepts/two:a": "two",
}
"""Addresses, and the reviews that what they show is taken from; read off the files by hand.

That there is nothing is said of every review that is held."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = fill(tmp_path_factory.mktemp("cite") / "store.kgl")
    with open_store(Settings(store=str(path))) as opened:
        for bundle in illustrative_pair():
            load_review(opened, bundle)
        yield opened


@pytest.fixture(scope="module")
def titles(store: Store) -> dict[str, str]:
    """What each review is cited by."""
    return {one.id: one.citation or one.title for one in reviews(store).items}


def cited(text: str, titles: dict[str, str]) -> set[str]:
    """The reviews that the page says it is taken from."""
    part = text.partition('<section aria-labelledby="cite">')[2].partition("</section>")[0]
    framed = " ".join(re.findall(r'<p class="quiet" dir="auto">.*?</p>', text))
    words = Seen(part or framed).words
    return {id_ for id_, title in titles.items() if title in words}


def linked(text: str) -> set[str]:
    """The reviews of the records that the page leads to in its main part."""
    main = text.partition("<main")[2].partition("</main>")[0]
    links = [unquote(link) for link in Seen(f"<main{main}").links]
    named = {found for link in links for found in re.findall(r"[?&]review=([\w.-]+)", link)}
    return named | {found[1] for link in links for found in RECORD.finditer(link)}


def test_an_answer_is_cited_with_its_reviews(store: Store, titles: dict[str, str]) -> None:
    client = TestClient(create_app(Settings(), store), base_url="http://localhost")
    wrong = {}
    for address, reviews_ in ASKED.items():
        response = client.get(address, headers=HTML)
        assert response.status_code == 200, (address, response.text)
        found = cited(response.text, titles)
        if found != set(reviews_.split()):
            wrong[address] = sorted(found)
    assert wrong == {}


def test_every_kind_of_page_is_cited_with_what_it_leads_to(
    store: Store, titles: dict[str, str], tmp_path: Path
) -> None:
    plan = Plan(store, Settings())
    plan_pages(plan, reviews(store).items, one=False)
    seen: Counter[str] = Counter()
    for address, make in plan.made.values():
        kind = (address.partition("?")[0].split("/")[1], "review=" in address, "embed" in address)
        key = f"{kind} {address.count('/')} {re.search(r'one|two|harris|richmond', address)}"
        seen[key] += 1
        if seen[key] > 1 or address in ("/", "/compare"):  # they list what there is
            continue
        shown = make()
        text = render(shown, live())
        of = owner(address, titles) | {one for one in titles if f"review={one}" in address}
        wanted = linked(text) | of or set(titles)
        assert {one.id for one in shown.cites} == wanted, address
        assert cited(text, titles) == wanted, address
        assert not of or shown.cites[0].id in of, address
    assert len(seen) > 60


def owner(address: str, titles: dict[str, str]) -> set[str]:
    """The review that a record's own page is of."""
    found = RECORD.match(unquote(address))
    return {found[1]} if found and found[1] in titles else set()
