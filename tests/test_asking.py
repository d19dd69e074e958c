"""Questions in words: each phrasing of the table is understood as it says, or refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bundles import bundles
from conftest import EXAMPLES, Ran
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from serving import fill

from graph.errors import Ambiguous, NotFound, NotUnderstood, TheorygraphError, UnknownValue
from graph.load import load_review
from graph.model import ReviewBundle
from graph.questions.ask import ask
from graph.questions.grammar import EXAMPLES as EXAMPLE_QUESTIONS
from graph.questions.reading import read_question
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store, scratch_store

TABLE = Path(__file__).with_name("asked.csv")
REFUSED = "refused"
_WORDS = """
evidence for against about what which mechanisms no support gaps at level in review from the
perspective of where do sources disagree compare and lead to without generated c0 m0 m1 s0 level0
, : ?
"""
WORDS = _WORDS.split()
REFUSALS = (NotFound, NotUnderstood, UnknownValue, Ambiguous)


def phrasings() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["question"], row["asks"], row["filters"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the shipped reviews, for all phrasings."""
    with open_store(Settings(store=str(fill(tmp_path_factory.mktemp("asked") / "s.kgl")))) as store:
        yield store


def test_the_table_is_as_large_as_it_must_be() -> None:
    table = phrasings()
    assert len(table) >= 300
    assert len({question for question, _, _ in table}) == len(table)
    assert sum(asks == REFUSED for _, asks, _ in table) >= 60


def understood(store: Store, question: str) -> tuple[str, dict[str, str]]:
    """What a question asks, and with which filters; a refusal has a hint."""
    try:
        reading = read_question(store, question)
    except REFUSALS as refusal:
        return REFUSED if refusal.hint else "refused without a hint", {}
    return reading.asks.value, reading.filters


def test_every_phrasing_is_understood_as_the_table_says(shipped: Store) -> None:
    wrong = []
    for question, asks, filters in phrasings():
        told = dict(part.split("=", 1) for part in filters.split("; ") if part)
        found = understood(shipped, question)
        if found != (asks, told):
            wrong.append(f"{question!r} is understood as {found}, not as {(asks, told)}")
    assert wrong == []


def test_both_stores_read_alike(loaded: Store, shipped: Store) -> None:
    for question, asks, _ in phrasings()[::17]:
        if asks != REFUSED:
            assert ask(loaded, question) == ask(shipped, question)


def test_a_misspelling_is_told(shipped: Store) -> None:
    answer = ask(shipped, "evidnce for Workng with power")
    assert answer.reading.corrections == [
        "evidnce → evidence",
        "workng with power → Working with power",
    ]


def test_a_refusal_names_the_nearest(shipped: Store) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_question(shipped, "does the flow of time add to anything")
    assert "does the flow of harris2021 add up" in refused.value.nearest
    with pytest.raises(NotFound) as missing:
        read_question(shipped, "evidence for working without power")
    assert "harris2021:working-with-power" in missing.value.nearest
    with pytest.raises(UnknownValue) as unknown:
        read_question(shipped, "gaps at galaxy level")
    assert "team" in unknown.value.known


def test_each_example_without_a_placeholder_is_understood(shipped: Store) -> None:
    for question in EXAMPLE_QUESTIONS:
        if not any(f" {letter}" in f"{question} " for letter in ("X", "A ", "P ", "S ", "C ")):
            assert ask(shipped, question).understood


@examples(60)
@given(
    bundle=bundles(),
    words=st.lists(
        st.sampled_from(WORDS),
        max_size=9,
    ),
)
def test_no_words_break_it_and_none_are_dropped(bundle: ReviewBundle, words: list[str]) -> None:
    question = " ".join(words)
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        try:
            reading = ask(store, question).reading
        except TheorygraphError as error:
            assert isinstance(error, REFUSALS)
            return
    # What names a record is in the reading: nothing that was said of the graph is passed over.
    said = " ".join(reading.filters.values())
    for name in ("c0", "m0", "m1", "s0", "level0", "generated"):
        if name in words:
            assert name in said or reading.corrections


def test_the_command_shows_how_it_understood(command: Callable[..., Ran]) -> None:
    for review in ("harris2021", "richmond2020"):
        command("load", EXAMPLES / review)
    for question, shown in (
        ("what does C3 lead to", "Understood as: what richmond2020:C3 leads to"),
        ("compare reviews on workng with power", "read: workng with power → Working with power"),
        ("what would change without first-look-summary", "loses support"),
        ("does the flow of harris2021 add up", "search flow of harris2021"),
        ("where do sources disagree", "configurations disagree"),
        ("which mechanisms have weak support", "one empirical source each"),
        ("gaps at team level", "at level team"),
    ):
        assert shown in " ".join(command("ask", question).out.split()), question
    refused = command("ask", "tell me a joke", status=1).err
    assert "questions it does understand" in refused
    assert json.loads(command("ask", "gaps", "--json").out)["reading"]["asks"] == "gaps"
