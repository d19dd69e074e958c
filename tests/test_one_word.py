"""A field is called by one word at every door, and a state has one sign.

A made-up review has, in each field that holds free words, a text that names the field. Wherever a
door shows such a text with a name before it, or above it, that name has to be the field's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from commands import run_here
from fastapi.testclient import TestClient
from site_pages import HTML

from api.app import create_app
from exports.report.contents import report_of
from graph.answers import EvidenceState, Word
from graph.answers.labels import OTHER, heading, label
from graph.answers.signs import EVIDENCE, WORDS
from graph.load import load_review
from graph.model import ReviewBundle
from graph.questions.flow import flow
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from visualise.figure_words import FLOW_HEADS
from visualise.flow_diagram import flow_rows
from visualise.node_styles import INCORPORATED, POLARITY, SUPPORT
from visualise.words import SCRIPT

VALUE = re.compile(r"word of the field (\w+)")
NAMED = re.compile(r"^(.*?): word of the field (\w+)\W*$")
LISTS = ["aliases", "audience", "keywords", "objectives", "databases", "handsearched"]
COUNTED = ("locator", "note", "excluded_because", "statement")


def spelled(model: dict[str, Any], *fields: str) -> dict[str, Any]:
    """A record with a text in each of the fields that names the field."""
    told = {name: f"word of the field {name}" for name in fields}
    return {**model, **{name: [text] if name in LISTS else text for name, text in told.items()}}


def review() -> ReviewBundle:
    """An illustrative review that says which field is which."""
    part = [{"concept": "words:c"}]
    return ReviewBundle.model_validate(
        {
            "review": spelled(
                {"id": "words", "title": "Illustrative review of words"},
                *("registration", "question", "licence", "acknowledgement", "citation", "note"),
                *("keywords", "objectives", "aliases"),
            ),
            "stages": [
                spelled(
                    {"id": "words:s", "name": "Illustrative stage", "position": 0},
                    *("purpose", "searched_on", "locator", "note", "databases", "handsearched"),
                )
            ],
            "steps": [
                spelled(
                    {"id": "words:box", "stage": "words:s", "position": 0, "kind": "exit"}
                    | {"track": "main", "name": "illustrative box", "n": 3},
                    *("reason", "locator"),
                )
            ],
            "sources": [
                spelled(
                    {"id": "words:p", "kind": "paper", "title": "Illustrative paper"}
                    | {"included": False, "year": 2000},
                    *("excluded_because", "journal", "reference", "locator", "note", "url"),
                ),
                {"id": "words:q", "kind": "paper", "title": "Illustrative other", "included": True},
            ],
            "mechanisms": [
                spelled(
                    {"id": "words:m", "name": "Illustrative mechanism"},
                    *("description", "locator", "note", "aliases"),
                )
            ],
            "concepts": [
                spelled(
                    {"id": "words:c", "name": "illustrative concept"},
                    *("description", "locator", "aliases"),
                )
            ],
            "configurations": [
                spelled(
                    {"id": "words:k", "name": "Illustrative k", "mechanisms": ["words:m"]}
                    | {"contexts": part, "reasonings": part, "outcomes": part},
                    *("locator", "note"),
                )
            ],
            "theories": [
                spelled(
                    {"id": "words:t", "kind": "programme", "name": "Illustrative theory"},
                    *("description", "locator", "aliases"),
                )
            ],
            "evidence": [
                spelled(
                    {"id": f"words:e{n}", "source": f"words:{source}", "mechanism": "words:m"}
                    | {"stance": "supports"},
                    *("statement", "setting", "locator", "coder", "note"),
                )
                for n, source in enumerate("pq")
            ],
            "findings": [
                spelled(
                    {"id": "words:f", "kind": "gap", "name": "Illustrative gap"}
                    | {"mechanisms": ["words:m"], "said_by": ["words:p"]},
                    *("statement", "locator", "audience"),
                )
            ],
        }
    )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("words") / "words.kgl"
    with open_store(Settings(store=str(path))) as store:
        load_review(store, review())
        yield store


def wrong(named: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """The names that are not those of their fields."""
    return {(name, field) for name, field in named if name not in (label(field), heading(field))}


PAGES = [
    "/reviews/words",
    "/reviews/words/flow",
    "/mechanisms/words:m",
    "/mechanisms?review=words",
    "/concepts/words:c",
    "/configurations/words:k",
    "/configurations?review=words",
    "/theories/words:t",
    "/sources/words:p",
    "/sources?review=words",
    "/evidence/words:e0",
    "/evidence?review=words",
    "/findings/words:f",
    "/findings?review=words",
    "/gaps?review=words",
    "/ask?q=evidence+for+words:m",
]


def on_page(text: str) -> Iterator[tuple[str, str]]:
    """Each value of a page with its name: the head of its column, the term or the words before."""
    page = lxml.html.document_fromstring(text)
    for element in page.iter("td", "dd", "p", "li", "span"):
        own = " ".join((element.text or "").split())
        if found := NAMED.match(own):
            yield found[1].rpartition(", ")[2], found[2]
        if not VALUE.fullmatch(own):
            continue
        field = VALUE.fullmatch(own)[1]  # type: ignore[index]
        if element.tag == "dd":
            yield element.getprevious().text_content().strip(), field
        elif element.tag == "td":
            table = next(element.iterancestors("table"))
            heads = table.xpath("./thead/tr/th")
            name = heads[list(element.getparent()).index(element)].text_content()
            if name.strip() not in ("What it says", "What the report says"):
                yield name.strip(), field


def test_pages_call_a_field_by_its_word(held: Store) -> None:
    seen: Counter[str] = Counter()
    client = TestClient(create_app(Settings(), held), base_url="http://localhost")
    for address in PAGES:
        response = client.get(address, headers=HTML)
        assert response.status_code == 200, address
        named = list(on_page(response.text))
        assert wrong(named) == set(), address
        seen.update(field for _, field in named)
    assert min(seen[field] for field in ("locator", "excluded_because", "coder")) > 0
    assert seen["locator"] > 6


COMMANDS = [
    "show reviews",
    "show mechanisms",
    "show concepts",
    "show configurations",
    "show theories",
    "show sources",
    "show findings",
    "evidence",
    "flow words",
    "unsupported",
    "gaps",
]


def test_commands_call_a_field_by_its_word(tmp_path: Path) -> None:
    path = tmp_path / "words.kgl"
    with open_store(Settings(store=str(path))) as store:
        load_review(store, review())
    seen: Counter[str] = Counter()
    for command in COMMANDS:
        given = {"THEORYGRAPH_STORE": str(path), "COLUMNS": "200"}
        ran = run_here(*command.split(), cwd=tmp_path, variables=given)
        assert ran.status == 0, (command, ran.both)
        named = [
            (found[1].strip().rpartition(", ")[2], found[2])
            for line in ran.out.splitlines()
            if (found := NAMED.match(line))
        ]
        named = [(name, field) for name, field in named if not name.startswith("objective ")]
        assert wrong(named) == set(), command
        seen.update(field for _, field in named)
    assert all(seen[field] for field in (*COUNTED, "audience", "handsearched", "coder"))


def test_reports_call_a_field_by_its_word(held: Store) -> None:
    report = report_of(held, "words")
    named: list[tuple[str, str]] = []
    for table in report.tables:
        for row in table.rows:
            for head, cell in zip(table.columns, row.cells, strict=True):
                if (found := VALUE.fullmatch(cell)) and head not in ("What is reported", "Why"):
                    named.append((row.cells[0] if head == "What is stated" else head, found[1]))
    assert wrong(named) == set()
    seen = Counter(field for _, field in named)
    assert all(seen[field] for field in (*COUNTED, "journal", "audience", "question"))


def test_maps_and_figures_call_a_field_by_its_word(held: Store) -> None:
    drawn = theory_map(held, review="words")
    lines = [line for node in drawn.nodes for line in node.lines]
    named = [
        (found[1].rpartition(", ")[2], found[2]) for line in lines if (found := NAMED.match(line))
    ]
    assert wrong(named) == set() and ("Locator", "locator") in named
    excluded = f"{label('excluded_because')}: word of the field excluded_because"
    assert any(excluded in line for line in lines)
    rows = flow_rows(flow(held, "words"))
    shown = [(head, cell) for row in rows for head, cell in zip(FLOW_HEADS, row, strict=True)]
    assert (heading("locator"), "word of the field locator") in shown
    fields = ("locator", "perspective", "levels")
    for text in SCRIPT.values():
        if (found := re.fullmatch(r"(.*): \{(\w+)\}", text)) and found[2] in fields:
            assert found[1] == heading(found[2])


def test_columns_of_files_are_the_same_words(held: Store) -> None:
    """What a door shows is the column's name; where it is not, the table of labels says so."""
    client = TestClient(create_app(Settings(), held), base_url="http://localhost")
    for address in ("/evidence.csv", "/sources.csv", "/findings.csv", "/mechanisms.csv"):
        columns = client.get(address).text.splitlines()[0].split(",")
        names = {column.rpartition(".")[2] for column in columns}
        assert "locator" in names
        assert all(label(name) == name.replace("_", " ") for name in names - set(OTHER))


def test_one_sign_stands_for_one_state() -> None:
    signs = {state.value: look.sign for state, look in EVIDENCE.items()}
    signs |= {word.value: look.sign for word, look in WORDS.items()}
    assert len(set(signs.values())) == len(signs) == len(EvidenceState) + len(Word)
    for state, look in SUPPORT.items():
        assert (look.sign, look.fill) == (EVIDENCE[state].sign, EVIDENCE[state].fill)
    assert INCORPORATED.sign == WORDS[Word.INCORPORATED].sign
    assert {look.sign for look in POLARITY.values()}.isdisjoint(signs.values())
