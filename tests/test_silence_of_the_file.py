"""Where a file holds nothing, no text says that the review, or the world, has nothing.

A review may well define, name or state what nobody entered.
"""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.load import load_review
from graph.model import Mechanism, Review, ReviewBundle
from graph.settings import Settings
from graph.stores import scratch_store

CLAIMS = re.compile(r"\b[Rr]eviews? (gives?|names?|has|have|states?|mentions?|reports?) no\b")
BARE = ReviewBundle(
    review=Review(id="bare", title="A made-up review of which little is entered"),
    mechanisms=[Mechanism(id="bare:m", name="A made-up mechanism")],
)
PAGES = (
    "/reviews/bare", "/reviews/bare/flow", "/mechanisms/bare:m", "/gaps?review=bare",
    "/agreement?review=bare", "/chains?review=bare", "/weakest-link?review=bare",
    "/contradictions?review=bare", "/mechanisms?review=bare&support=none",
    "/evidence?mechanism=bare:m",
    "/same-as?review=bare", "/lint?review=bare", "/sensitivity?review=bare",
)  # fmt: skip


@pytest.mark.parametrize("bare", [BARE, BARE.model_copy(update={"mechanisms": []})])
def test_no_page_of_a_bare_review_says_what_the_review_lacks(bare: ReviewBundle) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bare)
        client = TestClient(create_app(Settings(), store), base_url="http://localhost")
        for address in PAGES:
            page = client.get(address, headers={"Accept": "text/html"})
            if not bare.mechanisms and "bare:m" in address:
                continue
            assert page.status_code == 200, address
            assert not CLAIMS.search(page.text), (address, CLAIMS.search(page.text))
            assert "Only one appraiser" not in page.text
