"""No question sees what is staged: its labels are known to no question, and no link leads to it.

Links that a staged record has lead from it. So a statement sees none if each place of a pattern
has a label of its own, or is reached along the arrow from one that has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from graph.catalogue import Query, catalogue
from graph.schema import kinds

NODE = re.compile(r"(?<![\w)])\((?P<name>\w*)(?P<label>:[\w|]+)?\s*(\{[^{}]*\})?\)")
LINK = re.compile(r"\s*(?P<back><)?-(\[[^\[\]]*\])?-(?P<on>>)?\s*")


def chains(text: str) -> Iterator[list[tuple[str, str, str]]]:
    """Each pattern as its places: name, label, and the arrow before it (`>`, `<`, or `-`)."""
    end = 0
    for start in NODE.finditer(text):
        if start.start() < end:
            continue
        chain, at = [(start["name"], start["label"] or "", "")], start.end()
        while (link := LINK.match(text, at)) and (node := NODE.match(text, link.end())):
            arrow = "<" if link["back"] else ">" if link["on"] else "-"
            chain.append((node["name"], node["label"] or "", arrow))
            at = node.end()
        end = at
        alone = len(chain) == 1
        if not alone or re.search(r"(MATCH|,)\s*$", text[: start.start()]):
            yield chain


def unseeing(text: str) -> list[str]:
    """Places of patterns that a staged record could take."""
    found = [*chains(text)]
    known = {name for chain in found for name, label, _ in chain if name and label}
    wrong: list[str] = []
    for _ in range(len(found) + 1):  # what is reached in one pattern is where another begins
        wrong = []
        for chain in found:
            held = [bool(label) or name in known for name, label, _ in chain]
            for _ in chain:
                for n, (_, _, arrow) in enumerate(chain[1:], 1):
                    held[n] |= arrow == ">" and held[n - 1]
                    held[n - 1] |= arrow == "<" and held[n]
            known |= {name for (name, _, _), seen in zip(chain, held, strict=True) if name and seen}
            wrong += [
                name or "()" for (name, _, _), seen in zip(chain, held, strict=True) if not seen
            ]
    return wrong


def asking() -> list[Query]:
    return [
        query
        for query in catalogue().values()
        if not query.writes and not query.name.startswith(("head", "staged_"))
    ]


def test_no_question_reaches_a_record_against_the_arrow_without_its_label() -> None:
    assert {query.name: wrong for query in asking() if (wrong := unseeing(query.text))} == {}
    assert len(asking()) > 200
    assert sum(len([*chains(query.text)]) for query in asking()) > 300


def test_no_question_knows_a_label_of_staged_records() -> None:
    labels = {label for query in asking() for label in re.findall(r":\s*(\w+)", query.text)}
    assert not labels & ({f"Staged{label}" for label in kinds()} | {"StagedPage"})
    assert {"Evidence", "Source"} <= labels


def test_links_to_staged_records_come_from_staged_ones() -> None:
    ties = [query for query in catalogue().values() if query.name.startswith("tie_")]
    assert len(ties) == 2 * sum(name.startswith("link_") for name in catalogue())
    for query in ties:
        assert re.search(r"\(a:Staged\w+ \{id: row\.from_id\}\)", query.text), query.name
        assert ("(b:Staged" in query.text) is not query.name.endswith("_held"), query.name
        assert "CREATE (a)-[" in query.text, query.name


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("MATCH (e:Evidence)-[:ABOUT]->(t) RETURN t.id AS id", []),
        ("MATCH (t)<-[:ABOUT]-(e:Evidence) RETURN t.id AS id", []),
        ("MATCH (s:Source)<-[:FROM]-(e) RETURN e.id AS id", ["e"]),
        ("MATCH (s:Source)-[:FROM]-(e) RETURN e.id AS id", ["e"]),
        ("MATCH (s:Source) RETURN COUNT { (s)<-[:FROM]-() } AS n", ["()"]),
        ("MATCH (n) WHERE n.id = $id RETURN n.id AS id", ["n"]),
        ("MATCH (e:Evidence)-[:A]->(t) MATCH (t)-[:B]->(u)<-[:C]-(v) RETURN v.id AS id", ["v"]),
    ],
)
def test_what_would_be_seen_is_found(text: str, wrong: list[str]) -> None:
    assert unseeing(text) == wrong
