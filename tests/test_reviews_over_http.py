"""Every number of the shipped reviews comes back out of both stores over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from facts_of_reviews import assert_richmond, assert_seed
from serving import in_thread

from graph.settings import Settings
from graph.store import Store


@pytest.fixture
def http(loaded: Store) -> Iterator[httpx.Client]:
    with in_thread(Settings(), loaded) as served, served.client() as client:
        yield client


def test_the_leadership_review(http: httpx.Client) -> None:
    assert_seed(http.get)


def test_the_clinical_reasoning_review(http: httpx.Client) -> None:
    assert_richmond(http.get)


def test_an_absent_perspective_is_answered_with_the_search_that_looked(http: httpx.Client) -> None:
    answer = http.get("/evidence", params={"perspective": "patients"}).json()
    assert answer["items"] == []
    assert answer["totals"]["evidence"] == 0
    assert any(
        "harris2021:stage-2" in note and "No patient or service-user perspective" in note
        for note in answer["notes"]
    )
