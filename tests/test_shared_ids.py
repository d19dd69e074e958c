"""An id is unique among its kind alone: records of two kinds that share one stay two everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from map_pages import read_page, visit

from graph.load import load_review
from graph.model import Concept, Configuration, Mechanism, Part, Review, ReviewBundle
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from visualise.earlier_map import places_of
from visualise.page import render_map, write_map
from visualise.tour import called

TWO = ReviewBundle(
    review=Review(id="illustrative", title="An illustrative review"),
    mechanisms=[Mechanism(id="illustrative:x", name="Illustrative trust")],
    concepts=[
        Concept(id="illustrative:x", name="Illustrative weather"),
        Concept(id="illustrative:y", name="Illustrative sun"),
    ],
    configurations=[
        Configuration(
            id="illustrative:y",
            name="CMO 1",
            mechanisms=["illustrative:x"],
            contexts=[Part(concept="illustrative:y")],
            outcomes=[Part(concept="illustrative:x")],
        )
    ],
)
"""Illustrative: a mechanism and a concept are both called x, a configuration and a concept y."""


def test_they_are_two_things_on_the_map_and_in_its_tables(store: Store) -> None:
    load_review(store, TWO)
    drawn = theory_map(store)
    assert sorted((node.kind, node.name) for node in drawn.nodes) == [
        ("concept", "Illustrative sun"),
        ("concept", "Illustrative weather"),
        ("configuration", "CMO 1"),
        ("mechanism", "Illustrative trust"),
    ]
    rows = read_page(render_map(drawn)).rows
    assert sorted(row[:3] for row in rows["edges-table"]) == [
        ["CMO 1", "belongs to", "Illustrative trust"],
        ["CMO 1", "outcome", "Illustrative weather"],
        ["Illustrative sun", "context", "CMO 1"],
    ]
    assert len(rows["nodes-table"]) == 4


def test_a_map_drawn_anew_and_a_tour_tell_them_apart(store: Store, tmp_path: Path) -> None:
    load_review(store, TWO)
    drawn = theory_map(store)
    write_map(drawn, tmp_path / "map.html")
    assert set(places_of(tmp_path / "map.html")) == {node.key for node in drawn.nodes}
    both = ["concept/illustrative:x", "mechanism/illustrative:x"]
    assert sorted(called("illustrative:x", drawn)) == both
    assert called("mechanism/illustrative:x", drawn) == both[1:]
    assert called("Illustrative weather", drawn) == both[:1]


@pytest.mark.browser
def test_the_panel_tells_them_apart_also_by_a_link_of_an_earlier_map(
    chromium: Any, tmp_path: Path
) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, TWO)
        write_map(theory_map(store), tmp_path / "map.html")
    told = {
        "mechanism/illustrative:x": "Illustrative trust",
        "concept/illustrative:x": "Illustrative weather",
        "illustrative:x": "Illustrative trust",  # an earlier map showed the mechanism
    }
    with visit(chromium, tmp_path / "map.html") as opened:
        for key, name in told.items():
            opened.page.goto("about:blank")
            opened.page.goto(f"{(tmp_path / 'map.html').as_uri()}#at={key}")
            opened.wait()
            assert opened.page.inner_text("#panel h2") == name
            assert opened.errors == []
        opened.page.select_option("#filter-mechanism", "illustrative:x")
        shown = "() => theorygraph.state().shown.filter(Boolean).length"
        assert opened.run(shown) == 4
