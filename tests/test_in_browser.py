"""What people open: the shipped reviews' map from a file, and the pages that the server gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from map_pages import visit
from serving import EXAMPLES, Served, fill, in_thread

from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from visualise import write_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = fill(tmp_path_factory.mktemp("served") / "store.kgl")
    with in_thread(Settings(store=str(store))) as running:
        yield running


class Watched:
    """A page of the server, with what it asked for and what went wrong."""

    def __init__(self, chromium: Any, address: str) -> None:
        self.page = chromium.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        self.page.goto(address)


def test_the_map_of_the_shipped_reviews_opens_with_the_network_blocked(
    chromium: Any, loaded: Store, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    drawn = theory_map(loaded)
    write_map(drawn, file)
    with visit(chromium, file) as opened:
        opened.wait()
        assert opened.requests == [opened.address]
        assert opened.errors == []
        held = opened.run(
            """() => theorygraph.data.nodes.get()
                .map(node => theorygraph.source.nodes[node.id].record)"""
        )
        assert {node.id for node in drawn.nodes} == set(held)
        assert len(drawn.nodes) == 108
        opened.click("harris2021:fostering-resilience")
        assert "no evidence" in opened.page.inner_text("body")


def test_the_command_line_writes_the_same_map(
    chromium: Any, command: Callable[..., Ran], tmp_path: Path
) -> None:
    command("load", EXAMPLES / "harris2021")
    told = command("map", tmp_path / "map.html", "--level", "team")
    assert "13 nodes" in told.out
    with visit(chromium, tmp_path / "map.html", 390, 844) as opened:
        opened.wait()
        assert opened.errors == []
        assert opened.requests == [opened.address]


@pytest.mark.parametrize("path", ["/", "/maps/theory?review=harris2021"])
def test_a_page_asks_nobody_else_and_has_no_errors(
    chromium: Any, served: Served, path: str
) -> None:
    watched = Watched(chromium, served.url + path)
    watched.page.wait_for_load_state("networkidle")
    assert watched.errors == []
    assert all(url.startswith((served.url, "data:")) for url in watched.requests)
    assert watched.page.title()


def test_the_documentation_of_the_api_is_readable(chromium: Any, served: Served) -> None:
    watched = Watched(chromium, f"{served.url}/docs")
    watched.page.wait_for_selector("#operations-questions-mechanism_evidence")
    assert watched.errors == []
    assert all(url.startswith((served.url, "data:")) for url in watched.requests)


def test_a_question_on_the_front_page_is_answered(chromium: Any, served: Served) -> None:
    watched = Watched(chromium, f"{served.url}/")
    watched.page.fill("#q", "evidence for clarifying complexity at system level")
    watched.page.click("text=Ask >> nth=-1")
    assert "harris2021:clarifying-complexity-system" in watched.page.inner_text("body")
