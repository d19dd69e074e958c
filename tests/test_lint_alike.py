"""Near-duplicates: what is alike is shown, and a copied description alone is not enough."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_lint import a_review
from typer.testing import CliRunner

from api.cli.main import app
from graph.load import load_review
from graph.model import Concept
from graph.questions.lint import lint
from graph.settings import Settings
from graph.stores import open_store, scratch_store

STOCK = "As the illustrative papers use it; some of them call it by other names."
WORDED = "As illustrative papers use it, and some of them call it by other names."
NAMES = ("hope", "rural practice", "funding that ends", "a warm handover", "being known")


def alike(*concepts: tuple[str, str | None]) -> list[tuple[str, list[str]]]:
    """The messages of near-duplicates, with the texts that gave rise to them."""
    held = [
        Concept(id=f"r:n{n:03}", name=name, description=told)
        for n, (name, told) in enumerate(concepts)
    ]
    with scratch_store(Settings()) as store:
        load_review(store, a_review(concepts=held))
        page = lint(store, rule="near-duplicates", limit=1000)
        return [(item.message, item.found) for item in page.items]


@pytest.mark.parametrize("many", [2, 3, 5])
def test_a_copied_description_makes_no_two_things_one(many: int) -> None:
    assert alike(*((name, STOCK) for name in NAMES[:many])) == []


def test_a_hundred_records_with_one_description_are_not_complained_of() -> None:
    assert alike(*((f"illustrative thing {n}", STOCK) for n in range(100))) == []


def test_a_stock_sentence_that_is_worded_in_several_ways_is_one() -> None:
    told = (STOCK, WORDED, STOCK, WORDED)
    assert alike(*zip(NAMES, told, strict=False)) == []


def test_a_copied_description_and_a_name_that_holds_the_other_are_alike() -> None:
    ((message, found),) = alike(("hope", STOCK), ("hope among staff", STOCK))
    assert "descriptions alike: 100 of 100" in message
    assert found == [STOCK]


def test_two_wordings_of_one_description_are_alike_and_shown() -> None:
    ((message, found),) = alike(("hope", STOCK), ("a warm handover", WORDED))
    assert "descriptions alike" in message
    assert found == [STOCK, WORDED]


def test_names_and_aliases_that_match_are_shown() -> None:
    ((message, found),) = alike(("trust in managers", None), ("Trust in the manager", None))
    assert "names alike: 100 of 100" in message
    assert found == ["trust in managers", "Trust in the manager"]


def test_the_command_shows_what_matched(tmp_path: Path) -> None:
    store = str(tmp_path / "store.kgl")
    with open_store(Settings(store=store)) as opened:
        held = [
            Concept(id="r:one", name="hope", aliases=["trust in managers"]),
            Concept(id="r:other", name="a warm handover", aliases=["trust in the manager"]),
        ]
        load_review(opened, a_review(concepts=held))
    said = CliRunner().invoke(app, ["lint", "--store", store], env={"COLUMNS": "100"}).stdout
    assert "found: “trust in managers”; “trust in the manager”" in said
