"""No page that only the server has claims what the files do not bear out.

Answers to questions in words of every kind, refusals with what they offer, lists and matrices that
an address narrows, and pages that are not there: the published pages are walked by
`test_site_numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from claims_of_live_pages import LivePage
from claims_of_pages import false_claims, shipped_reviews, words_of
from fastapi.testclient import TestClient
from serving import fill

from api.app import create_app
from graph.answers import Asked
from graph.settings import Settings
from graph.stores import open_store

QUESTIONS = """
evidence for working with power
evidence for working with power at team level
evidence against fostering resilience
what did stakeholders say about fostering resilience
is there evidence from patients
who said that leaders need political astuteness
how strong is the evidence for C4
which mechanism has the most evidence
which mechanisms have no support
which mechanisms have no evidence at team level
which mechanisms were merged into others
what became of fostering resilience
why was planning and coordinating dropped
who looked for fostering resilience
which mechanisms has nobody looked for
gaps in harris2021
gaps at teacher level
what don't we know about fostering resilience
what future research is needed
what does harris2021 recommend
what triggers confusion
what does working with power lead to
which paper does everything depend on
configurations of working with power
does realistic simulation harm learners with poor coping
in what context does realistic simulation work
where do sources disagree
is working with power contested
compare harris2021 and richmond2020
what is declared the same
which mechanisms are still supported without low rigour studies
what would change without first-look-summary
do the reviewers agree
what needs fixing in harris2021
does the flow of harris2021 add up
how many papers were screened in harris2021
who funded richmond2020
which databases did harris2021 search
what is fostering resilience
tell me about richmond2020
list all papers in richmond2020
how many mechanisms are there
when was harris2021 loaded
help
evidence for happiness
resilience
what is the most important mechanism
evidence for working with power and taking a wider view
recent evidence on working with power
what needs fixing in this review
""".strip().splitlines()
"""At least one for each question that the grammar knows, then some that are refused."""
ADDRESSES = """
/mechanisms/harris2021:nothing
/reviews/nowhere
/evidence?mechanism=harris2021:working-with-power&level=team
/evidence?level=team
/evidence?not_level=student
/mechanisms?support=none
/mechanisms?q=power
/sensitivity?rigour=high
/sensitivity?without_source=harris2021:first-look-summary
/chains?from=richmond2020:C4&to=richmond2020:learning-outcomes-harmed
/contradictions?about=harris2021:working-with-power
/findings?audience=governance
/configurations?polarity=negative
/gaps?review=harris2021&column=team
/sources?since=2010&q=zebra
/compare?reviews=harris2021,richmond2020
/lint?review=richmond2020
/weakest-link
/nothing-here
""".strip().splitlines()
FORGED = (
    ("evidence for working with power", "1 for (2 pieces)", "2 for (2 pieces)"),
    ("evidence for working with power at team level", "of evidence: 1", "of evidence: 2"),
    ("evidence against fostering resilience", ":fostering-resilience]", ":hope]"),
    ("who looked for fostering resilience", "papers included: 36", "papers included: 37"),
    ("what triggers confusion", "supports this step itself", "supports this step at all"),
    ("which databases did harris2021 search", "<table", "<p>Nobody looked elsewhere.</p><table"),
    ("evidence for happiness", "&#39;happiness", "&#39;Working with power"),
    ("configurations of working with power", "Nothing is held.", "Nothing was found."),
)
"""Pages with something false put into them."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The server with the shipped reviews, asked as a browser asks."""
    path = fill(tmp_path_factory.mktemp("live") / "s.kgl")
    with open_store(Settings(store=str(path))) as store:
        app = create_app(Settings(), store)
        with TestClient(app, base_url="http://localhost", headers={"accept": "text/html"}) as asked:
            yield asked


def test_no_live_page_claims_what_no_record_says(client: TestClient) -> None:
    reviews = shipped_reviews()
    words = words_of(reviews)
    wrong, asked = [], set[str]()
    for address in (*(f"/ask?q={question}" for question in QUESTIONS), *ADDRESSES):
        shown = lxml.html.document_fromstring(client.get(address).content)
        page = LivePage(address, shown, reviews, words)
        wrong += [f"{address}: {claim}" for claim in false_claims(page)]
        asked.add(page.asks)
    assert wrong == []
    assert asked == {*map(str, Asked), ""}  # the last are refusals


def test_a_false_claim_on_a_live_page_is_noticed(client: TestClient) -> None:
    reviews = shipped_reviews()
    words = words_of(reviews)
    for question, true, false in FORGED:
        text = client.get(f"/ask?q={question}").text
        assert true in text, (question, true)
        forged = lxml.html.document_fromstring(text.replace(true, false).encode())
        page = LivePage(f"/ask?q={question}", forged, reviews, words)
        assert list(false_claims(page)), (question, false)
