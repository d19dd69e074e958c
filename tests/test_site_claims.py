"""A walk through every page of the published site of the shipped reviews.

No word of absence stands there that does not lead to a record, and to one that can say it; no
reason that is not the words of a record whose id stands behind it; no count of evidence without a
way to the evidence. What records say is read from the files of the reviews, not from the graph.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import lxml.html
import yaml
from serving import EXAMPLES, SHIPPED, shipped_site

Row = dict[str, str]
Says = Callable[["Raw"], bool]


@dataclass(slots=True)
class Raw:
    """A record as its file has it: the table, and the row."""

    table: str
    row: dict[str, Any]

    def has(self, table: str, **wanted: str) -> bool:
        return self.table == table and all(
            str(self.row.get(name) or "") == value for name, value in wanted.items()
        )


@dataclass(slots=True)
class Held:
    """All that the files of the shipped reviews hold."""

    records: dict[str, Raw] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    """Every text in them, with single spaces."""


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif value is not None:
        yield " ".join(str(value).split())
        yield from (" ".join(part.split()) for part in str(value).split(";"))


@cache
def held() -> Held:
    """The files of the shipped reviews, read by themselves."""
    found = Held()
    for review in SHIPPED:
        for file in (EXAMPLES / review).glob("*.csv"):
            with file.open(encoding="utf-8", newline="") as opened:
                for row in csv.DictReader(opened):
                    if row.get("id"):
                        found.records[f"{review}:{row['id']}"] = Raw(file.stem, dict(row))
                    found.texts.update(texts_of(dict(row)))
        told = yaml.safe_load((EXAMPLES / review / "review.yaml").read_text(encoding="utf-8"))
        for stage in told["search"]:
            found.records[f"{review}:{stage['id']}"] = Raw("stage", stage)
        found.texts.update(texts_of(told))
    return found


CAN_SAY: dict[str, Says] = {
    "stated absent": lambda raw: (
        raw.has("findings", kind="gap", absence="absent")
        or raw.has("history", status="no evidence")
    ),
    "stated scarce": lambda raw: raw.has("findings", kind="gap", absence="scarce"),
    "stated unclear": lambda raw: raw.has("findings", kind="gap", absence="unclear"),
    "gap stated": lambda raw: raw.has("findings", kind="gap", absence=""),
    "incorporated": lambda raw: raw.has("history", status="incorporated"),
    "stated supported": lambda raw: raw.has("history", status="supported"),
    "reported by a synthesis": lambda raw: raw.has("sources", attribution="collective"),
    "searched": lambda raw: raw.table == "stage",
    "cannot be filled": lambda raw: raw.table == "stage",
}
"""Which record can say a word, by how the word begins."""
NOBODY = "nobody looked on record"

ABSENCE = re.compile(
    r"none found|no (?:empirical )?evidence|no support|stated absent|searched|nobody|"
    r"nothing (?:was|is) (?:found|known)|never|insufficient|too little|not supported",
    re.IGNORECASE,
)
OF_THE_GRAPH = re.compile(
    r"no evidence entered|had no support$|no evidence of their own is held|"
    r"The graph holds no evidence that fits|in the graph$|each counted once",
    re.IGNORECASE,
)
"""What is said of the graph, and not of the world."""
OF_NO_RECORD = {
    "Journals searched by hand:",
    "Where and when was searched, for what, how often.",
    "Strengths and limitations, and what should be researched.",
}
"""Names of fields, and what an item of RAMESES asks for."""
BESIDE = ("legend", "mark", "said", "links")
"""Classes of what explains signs, and of marks, whose words are looked at by themselves."""
REASON = re.compile(r"“(.+?)”\s*\[([\w.-]+:[\w.-]+)\]")
COUNTED = re.compile(r"\b\d+ (?:for|against|refining)\b")


@cache
def pages() -> dict[str, Any]:
    site = shipped_site()
    found = {}
    for file in sorted(site.rglob("*.html")):
        page = lxml.html.fromstring(file.read_bytes())
        for apart in page.xpath("//script|//style|//head|//*[@id='controls']"):
            apart.drop_tree()
        found[str(file.relative_to(site))] = page
    return found


def plain(text: str | None) -> str:
    return " ".join((text or "").split())


def inside(element: Any, *classes: str) -> bool:
    return any(
        not set(str(one.get("class") or "").split()).isdisjoint(classes)
        for one in (element, *element.iterancestors())
    )


def texts(page: Any) -> Iterator[tuple[Any, str]]:
    """Every text of a page with the element that it stands in."""
    for element in page.iter():
        if isinstance(element.tag, str):
            for said in (element.text, *(child.tail for child in element)):
                if plain(said):
                    yield element, plain(said)


@cache
def spoken() -> list[str]:
    """The texts of the files in which a word of absence stands, long ones first."""
    return sorted((text for text in held().texts if ABSENCE.search(text)), key=len, reverse=True)


def own_words(said: str) -> str:
    """What of a text is not the words of the files, and no id."""
    for text in spoken():
        said = said.replace(text, "").replace(text.rstrip("."), "")
    return re.sub(r"“.*?”|\[?[\w.-]+:[\w.-]+\]?", "", said)


def leads(page: Any, element: Any, said: str) -> bool:
    """Whether an id of a record stands in a text, in its row, or in a row that repeats it."""
    rows = [one for one in (element, *element.iterancestors()) if one.tag in ("tr", "li", "p")]
    label = said.split(": ")[0]
    rows += [one for one in page.xpath("//tr") if label in plain(one.text_content())]
    return any(
        id_ in held().records
        for one in rows
        for id_ in re.findall(r"[\w.-]+:[\w.-]+", plain(one.text_content()))
    )


def test_every_word_of_a_review_leads_to_a_record_that_says_it() -> None:
    seen: Counter[str] = Counter()
    for name, page in pages().items():
        for mark in page.xpath("//*[@data-records]"):
            label = plain("".join(mark.xpath(".//bdi//text()")))
            ids = str(mark.get("data-records")).split()
            raw = [held().records.get(id_) for id_ in ids]
            assert None not in raw, (name, label, ids)
            if label == NOBODY:
                continue  # it is said of the records themselves
            (begins,) = [one for one in CAN_SAY if label.startswith(one)]
            assert any(one and CAN_SAY[begins](one) for one in raw), (name, label, ids)
            seen[begins] += 1
    assert seen["stated absent"] > 50, "the walk must see them"
    assert len(seen) >= 4


def test_no_word_of_absence_stands_beside_the_marks() -> None:
    walked, odd = 0, []
    for name, page in pages().items():
        for element, said in texts(page):
            walked += 1
            if inside(element, *BESIDE) or not ABSENCE.search(said):
                continue
            own = own_words(said)
            if not ABSENCE.search(own) or OF_THE_GRAPH.search(own) or own in OF_NO_RECORD:
                continue
            if not leads(page, element, said):
                odd.append((name, said))
    assert not odd
    assert walked > 10_000


def test_every_reason_is_the_words_of_its_record() -> None:
    told = 0
    for name, page in pages().items():
        for element in page.xpath("//p|//dd|//li|//td"):
            said = plain(element.text_content())
            for quote, id_ in REASON.findall(said):
                record = held().records[id_]
                assert quote in {plain(str(value)) for value in record.row.values()}, (name, quote)
                told += 1
            for reason in re.findall(r"reason: (.)", said):
                assert reason == "“", (name, said)
    assert told >= 3


def test_every_count_of_evidence_has_a_way_to_the_evidence() -> None:
    counted = 0
    for name, page in pages().items():
        for element, said in texts(page):
            if not COUNTED.search(said) or inside(element, *BESIDE):
                continue
            counted += 1
            if name.startswith(("maps/of/", "maps/theory")):
                continue  # the map lists its links between works and what they speak of itself
            assert page.xpath(WAYS) or page.xpath("//*[@data-cell]"), (name, said)
    assert counted > 100


WAYS = " | ".join(
    f"//a[contains(@href, '{folder}')]" for folder in ("evidence", "gaps/", "mechanisms/")
)
"""Links to evidence, or to pages that list it."""
