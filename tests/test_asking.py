"""Questions in words: each phrasing of the table is understood as it says, or refused."""

from __future__ import annotations

import csv
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asked_review import asked_review
from bundles import bundles
from conftest import EXAMPLES, ROOT, Ran
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from laws import examples as so_many
from serving import fill

from api.app import create_app
from graph.answers import Asked
from graph.errors import Ambiguous, NotFound, NotUnderstood, TheorygraphError, UnknownValue
from graph.load import load_review
from graph.model import ReviewBundle
from graph.questions.ask import ask
from graph.questions.asking.grammar import all_forms, narrowing, refused, words
from graph.questions.asking.offers import examples
from graph.questions.asking.reading import Reader, read_question
from graph.questions.gaps import gaps
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store, scratch_store
from loaders.intake import load

TABLE = Path(__file__).with_name("asked.csv")
CASES = Path(os.environ.get("THEORYGRAPH_CASES", ROOT.parent / "shared" / "cases"))
REFUSED = "refused"
REFUSALS = (NotFound, NotUnderstood, UnknownValue, Ambiguous)
_WORDS = """
evidence for against about what which mechanisms no support gaps at level in review from the
perspective of where do sources disagree compare and lead to without generated c0 m0 m1 s0 level0
who looked papers since 2015 recommend how many
"""
WORDS = _WORDS.split()
Row = tuple[str, tuple[str, dict[str, str]] | None]
"""A question, and how it is read; none if it is refused."""


def phrasings() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["question"], reading(row)) for row in csv.DictReader(file)]


def reading(row: dict[str, str]) -> tuple[str, dict[str, str]] | None:
    if row["asks"] == REFUSED:
        return None
    told = (part.split("=", 1) for part in row["filters"].split(" | ") if part)
    return row["asks"], {part[0]: part[1] for part in told}


def understood(store: Store, question: str) -> tuple[str, dict[str, str]] | None:
    found = Reader(store).understood(question)
    return found and (found.asks.value, found.filters)


def wrong(store: Store, rows: list[Row]) -> list[str]:
    """Every question that is read otherwise than the table says."""
    return [
        f"{question!r} is read as {found}, not as {wanted}"
        for question, wanted in rows
        if (found := understood(store, question)) != wanted
    ]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the shipped reviews and the illustrative one, for all phrasings."""
    path = fill(tmp_path_factory.mktemp("asked") / "s.kgl")
    with open_store(Settings(store=str(path))) as store:
        load_review(store, asked_review())
        yield store


def test_the_table_is_as_large_as_it_must_be() -> None:
    table = phrasings()
    assert len(table) >= 800
    assert len({question for question, _ in table}) == len(table)
    assert sum(wanted is None for _, wanted in table) >= 200
    # Whatever can be asked is asked in several ways.
    ways = [wanted[0] for _, wanted in table if wanted is not None]
    assert min(ways.count(asks) for asks in Asked) >= 2


def test_each_phrasing_is_understood_as_the_table_says(shipped: Store) -> None:
    assert wrong(shipped, phrasings()) == []


def test_the_questions_of_the_cases_are_read_alike_beside_the_review_of_the_cases(
    tmp_path: Path,
) -> None:
    if not CASES.is_dir():
        pytest.skip("the cases are not here")
    asked = (CASES / "questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    questions = [line.split("\t")[0] for line in asked]
    assert len(questions) == 56
    table = dict(phrasings())
    with open_store(Settings(store=str(fill(tmp_path / "s.kgl")))) as store:
        load(store, CASES / "reviews" / "linkworkers2026", Settings())
        assert wrong(store, [(question, table[question]) for question in questions]) == []
        for question in questions:
            if table[question] is not None:
                assert ask(store, question).understood


def test_a_question_about_one_row_leaves_the_matrix_whole(shipped: Store) -> None:
    before = [len(matrix.rows) for matrix in gaps(shipped).reviews]
    asked = ask(shipped, "gaps of Working with power").gaps
    assert asked is not None
    assert [len(matrix.rows) for matrix in asked.reviews] == [1]
    assert [len(matrix.rows) for matrix in gaps(shipped).reviews] == before


def test_both_stores_read_alike(loaded: Store, shipped: Store) -> None:
    load_review(loaded, asked_review())
    for question, wanted in phrasings()[::39]:
        if wanted is not None and wanted[0] != Asked.LOADS:  # they were loaded at other times
            assert ask(loaded, question) == ask(shipped, question), question


# Laws: what changes a reading and what does not.

POLITE = ("please ", "could you tell me ", "Hi, can you please show me ", "I'd like to know ")
THANKS = (", please", " thanks", "???", " then?")


def answered(every: int) -> list[tuple[str, tuple[str, dict[str, str]]]]:
    return [(question, wanted) for question, wanted in phrasings()[::every] if wanted is not None]


def test_courtesy_case_and_marks_change_nothing(shipped: Store) -> None:
    chance = random.Random(4)
    for question, wanted in answered(7):
        plain = question.rstrip("?")
        for other in (
            question.upper(),
            f"  {plain}  !",
            plain.replace(" ", "   "),
            f"{plain}{chance.choice(THANKS)}",
            f"{chance.choice(POLITE)}{plain}",
        ):
            assert understood(shipped, other) == wanted, other


@pytest.mark.slow
def test_one_slip_in_a_long_word_changes_nothing(shipped: Store) -> None:
    chance = random.Random(5)
    tried = 0
    for question, wanted in answered(4):
        long_words = [word for word in re.findall(r"[A-Za-z]+", question) if len(word) >= 8]
        if not long_words or any(mark in question for mark in ":-"):
            continue
        word = chance.choice(long_words)
        place = chance.randint(2, len(word) - 3)
        slips = [
            word[:place] + word[place + 1 :],  # a letter left out
            word[:place] + word[place] + word[place:],  # one twice
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],  # two changed
        ]
        slipped = chance.choice([slip for slip in slips if slip != word])
        other = question.replace(word, slipped, 1)
        found = Reader(shipped).understood(other)
        assert found is not None, other
        assert (found.asks.value, found.filters) == wanted, other
        assert any("→" in told for told in found.corrections) or words(other) == words(question)
        tried += 1
    assert tried >= 60


def test_a_word_that_nothing_knows_is_never_passed_over(shipped: Store) -> None:
    chance = random.Random(6)
    for question, _ in answered(4):
        parts = question.split()
        parts.insert(chance.randint(0, len(parts)), "zebrafinch")
        assert understood(shipped, " ".join(parts)) is None, parts


def test_a_denial_never_leaves_the_reading_as_it_was(shipped: Store) -> None:
    chance = random.Random(7)
    either = {
        "history",
        "searches",
        "unknowns",
    }  # `was it kept` and `was it not kept` ask one thing
    for question, wanted in answered(4):
        if wanted[0] in either or "agree" in question.split():  # `do they not agree` asks it too
            continue
        parts = question.split()
        parts.insert(chance.randint(1, len(parts)), "not")
        found = understood(shipped, " ".join(parts))
        assert found != wanted, parts


@pytest.mark.slow
@so_many(60)
@given(bundle=bundles(), said=st.lists(st.sampled_from(WORDS), max_size=9))
def test_no_words_break_it_and_no_name_is_passed_over(
    bundle: ReviewBundle, said: list[str]
) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        try:
            found = ask(store, " ".join(said)).reading
        except TheorygraphError as error:
            assert isinstance(error, REFUSALS)
            return
    told = " ".join(found.filters.values())
    for name in ("c0", "m0", "m1", "s0", "level0", "generated", "2015"):
        assert name not in said or name in told or found.corrections


def test_every_pattern_is_well_formed() -> None:
    every = (*all_forms(), *narrowing(), *refused(by_half=True), *refused(by_half=False))
    for _, pattern in every:
        assert pattern.whole("zebrafinch ", frozenset({"zebrafinch"})) is None
    for _, pattern in (*all_forms(loose=True), *narrowing(loose=True)):
        list(pattern.within("zebrafinch ", frozenset({"zebrafinch"})))


# What an answer says of how it was read.


def test_the_sentence_names_whatever_the_reading_names(shipped: Store) -> None:
    for question, _ in answered(2):
        answer = ask(shipped, question, limit=3)
        for value in answer.reading.filters.values():
            for part in re.split(r", |; |,", value):
                told = answer.understood
                assert said(part) in told or part in told, (question, told)


def said(value: str) -> str:
    """A filter's value as the sentence has it."""
    return {
        "paper": "papers",
        "grey": "grey",
        "synthesis": "syntheses",
        "interview": "interviews",
        "consultation": "consultations",
        "empirical": "papers, grey literature and syntheses",
        "stakeholders": "interviews and consultations",
        "stakeholders only": "only stakeholders",
        "none": "without empirical support",
        "supported": "empirical works support",
        "weak": "weak",
        "low only": "low",
        "moderate only": "moderate",
        "not stated": "",
        "yes": "did not exclude",
        "no": "excluded",
    }.get(value, value)


def test_a_misspelling_and_a_short_name_are_told(shipped: Store) -> None:
    assert ask(shipped, "evidnce for Workng with power").reading.corrections == [
        "evidnce → evidence",
        "workng → working",
    ]
    assert ask(shipped, "evidence for poor coping").reading.corrections == [
        "poor coping → poor coping, or too little confidence"
    ]
    assert ask(shipped, "what do harris and richmond share").reading.corrections == [
        "harris → harris2021",
        "richmond → richmond2020",
    ]


# Refusals.


def refusal(store: Store, question: str) -> TheorygraphError:
    with pytest.raises(REFUSALS) as refused_:
        read_question(store, question)
    error: TheorygraphError = refused_.value
    return error


@pytest.mark.parametrize(
    ("question", "kind", "told", "offered"),
    [
        ("evidence for happiness", NotFound, "happiness", None),
        ("evidence for power", NotFound, "power", "evidence for Working with power"),
        ("resilience", NotFound, "resilience", "Fostering resilience"),
        ("who is Chamberland", Ambiguous, "chamberland-2013", None),
        ("gaps at galaxy level", UnknownValue, "galaxy", None),
        ("evidence for hope and relief", NotUnderstood, "two things", "evidence for relief"),
        ("contradictions about hope excluding interviews", NotUnderstood, "cannot leave out",
         "evidence for hope"),
        ("evidence for hope from patients and carers", NotUnderstood, "narrowed twice", None),
        ("recent evidence for hope", NotUnderstood, "name a year", "evidence for hope"),
        ("should we adopt hope", NotUnderstood, "judgement", None),
        ("what is the most important mechanism", NotUnderstood, "judgement",
         "which mechanism has the most evidence"),
        ("how can I increase hope", NotUnderstood, "advice", "evidence for hope"),
        ("evidence for hope in Germany", NotUnderstood, "without “in germany”",
         "evidence for hope"),
        ("good quality evidence for hope", NotUnderstood, "rigour", "evidence for hope"),
        ("trials of hope", NotUnderstood, "design of studies", "evidence for hope"),
        ("export the papers", NotUnderstood, "command", None),
        ("evidence for hope in harris2021", NotFound, "harris2021", None),
        ("evidence for working with power from carers", UnknownValue, "carers", None),
        ("what is the weather", NotUnderstood, "weather", None),
        ("", NotUnderstood, "not understood", None),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_offers_what_is_answered(
    question: str,
    kind: type[TheorygraphError],
    told: str,
    offered: str | None,
    shipped: Store,
) -> None:
    error = refusal(shipped, question)
    assert isinstance(error, kind), error.detail
    assert told in f"{error.detail} {error.hint}"
    assert error.questions
    assert offered is None or offered in error.questions
    for other in error.questions:
        assert ask(shipped, other, limit=1).understood


def test_every_question_that_is_offered_or_helped_with_is_answered(shipped: Store) -> None:
    helped = [one.question for one in ask(shipped, "help").examples or ()]
    assert len(helped) > 40
    with scratch_store(Settings()) as store:  # about the loaded reviews, whichever they are
        load_review(store, asked_review())
        alone = [question for question, _ in examples(store)]
        assert not [one for one in alone if "harris" in one]
        for question in alone:
            assert ask(store, question, limit=1).understood
    refusals = [question for question, wanted in phrasings()[::5] if wanted is None]
    for question in (
        *helped,
        *(one for asked in refusals for one in refusal(shipped, asked).questions),
    ):
        assert ask(shipped, question, limit=1).understood


def test_nothing_is_offered_where_nothing_is_loaded() -> None:
    with scratch_store(Settings()) as store:
        assert ask(store, "help").examples
        for question in ("evidence for hope", "compare reviews", "what is hope", "gaps"):
            try:
                ask(store, question)
            except TheorygraphError as error:
                assert isinstance(error, REFUSALS)


# The doors.


def test_links_of_answers_and_refusals_lead_on(shipped: Store) -> None:
    html = {"accept": "text/html"}
    with TestClient(
        create_app(Settings(store="unused.kgl"), shipped), base_url="http://localhost"
    ) as client:
        for question in ("evidence for happiness", "tell me a joke", "who is Chamberland"):
            json_ = client.get("/ask", params={"q": question}).json()
            page = client.get("/ask", params={"q": question}, headers=html)
            assert page.status_code == json_["status"] >= 400
            links = re.findall(r'href="(/ask\?q=[^"]+)"', page.text)
            assert len(links) == len(json_["questions"]) > 0
            for link in links:
                assert client.get(link.replace("&amp;", "&"), headers=html).status_code == 200
        for asks in Asked:
            question = next(one for one, wanted in phrasings() if wanted and wanted[0] == asks)
            page = client.get("/ask", params={"q": question}, headers=html)
            assert page.status_code == 200, question
            told = client.get("/ask", params={"q": question}).json()["understood"]
            assert told.split(":")[-1].strip() in re.sub(r"&[#\w]+;", "", page.text), question


def test_the_command_shows_how_it_understood(command: Callable[..., Ran]) -> None:
    for review in ("harris2021", "richmond2020"):
        command("load", EXAMPLES / review)
    for question, shown in (
        ("what does C3 lead to", "Understood as: what richmond2020:C3 leads to"),
        ("compare reviews on workng with power", "read: workng → working"),
        ("who funded harris2021", "[harris2021:funding, Funding]"),
        ("who funded richmond2020", "not stated in what is loaded of richmond2020"),
        ("how many papers did richmond2020 include", "papers included: 28"),
        ("in what context do real cases help", "good coping, or confidence that fits"),
        ("what became of planning and coordinating", "incorporated into"),
        ("what levels does harris2021 use", "System [harris2021:system]"),
    ):
        assert shown in " ".join(command("ask", question).out.split()), question
    refused_ = command("ask", "tell me a joke", status=1).err
    assert "questions it does understand" in refused_
    assert json.loads(command("ask", "gaps", "--json").out)["reading"]["asks"] == "gaps"
