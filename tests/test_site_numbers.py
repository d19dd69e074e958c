"""Every number in every table of the published site is the one that its JSON holds, and no page
claims what the files do not bear out.

That the JSON is what the server answers, byte by byte, is tested with the site.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from claims_of_pages import Page, false_claims, shipped_reviews, words_of
from serving import SHIPPED, shipped_site

pytestmark = pytest.mark.slow


def works(weight: Any, stance: str) -> int:
    """Primary works that take a stance, as the JSON of a weight has them."""
    found = [
        amount["works"]
        for amount in weight["amounts"]
        if (amount["sort"], amount["stance"]) == ("primary", stance)
    ]
    return sum(found)


COLUMNS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "mechanisms": {
        "supporting": lambda item: works(item["weight"], "supports"),
        "challenging": lambda item: works(item["weight"], "challenges"),
        "evidence": lambda item: item["weight"]["pieces"],
    },
    "sources": {"year": lambda item: item["year"], "studies": lambda item: item["studies"]},
    "concepts": {"configurations": lambda item: sum(map(len, item["roles"].values()))},
    "loads": {
        name: lambda item, name=name: item[name]
        for name in ("new", "changed", "unchanged", "removed", "warned")
    },
}
"""The columns of numbers of each table, and where the JSON has them."""


@pytest.fixture(scope="module")
def site() -> Path:
    return shipped_site()


def held(site: Path, name: str) -> Any:
    return json.loads((site / name).read_bytes())


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_number_of_every_table_is_that_of_the_json(site: Path) -> None:
    records = {
        name: {item["id"]: item for item in held(site, f"{name}/index.json")["items"]}
        for name in COLUMNS
    }
    compared: Counter[str] = Counter()
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if name.startswith("maps/"):
            continue
        page = lxml.html.document_fromstring(file.read_bytes())
        for table in page.iter("table"):
            id_ = table.get("id", "")
            kind = id_.removeprefix("t-")
            heads = [head.get("data-key") for head in table.findall("thead/tr/th")]
            numbers = table.xpath(".//td[@class='number']")
            for row in table.findall("tbody/tr"):
                for head, cell in zip(heads, row, strict=True):
                    if cell.get("class") != "number" or kind not in COLUMNS:
                        continue
                    item = records[kind][row.get("id").removeprefix(f"{kind}-")]
                    value = COLUMNS[kind][str(head)](item)
                    assert text_of(cell) == ("" if value is None else str(value)), (name, item)
                    compared[kind] += 1
            if kind == "levels":
                compared[kind] += levels(site, name, table)
            elif name.endswith("flow.html"):
                continue
            elif kind not in COLUMNS and numbers:
                known = numbers_of(file, page)
                told = {text_of(cell) for cell in numbers} - {""}
                assert told <= known, (name, id_, told - known)
                compared["other tables"] += len(numbers)
        if name.endswith("/flow.html"):
            compared["flow"] += flow(site, name, page)
        elif re.fullmatch(r"(embed/)?gaps/.+/\d+\.html", name):
            compared["cells"] += cell_of(site, name, page)
    assert set(compared) == {*COLUMNS, "levels", "flow", "cells", "other tables"}
    assert min(compared.values()) > 5


def numbers_of(file: Path, page: Any) -> set[str]:
    """Every number in the JSON that a page leads to as its twins, as it would be shown."""
    told: set[str] = set()

    def take(value: Any) -> None:
        if isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                take(each)
        elif isinstance(value, int | float):
            told.add(str(value))

    for link in page.xpath("//footer//a[contains(@href, '.json')]/@href"):
        twin = file.parent / unquote(urlsplit(link).path)
        take(json.loads(twin.read_bytes()))
    return told


def levels(site: Path, name: str, table: Any) -> int:
    """The numbers of a mechanism by level, against the gap matrix of its review."""
    mechanism = held(site, name.removeprefix("embed/").replace(".html", ".json"))
    (matrix,) = held(site, f"gaps/{mechanism['review']}/index.json")["reviews"]
    (row,) = [each for each in matrix["rows"] if each["id"] == mechanism["id"]]
    told = [[text_of(cell) for cell in row] for row in table.findall("tbody/tr")]
    for shown, column, cell in zip(told, matrix["columns"], row["cells"], strict=True):
        assert shown[0] == column["name"]
        assert shown[1].endswith(cell["weight"]["text"])
        assert all(mark["label"] in shown[2] for mark in cell["marks"])
    return len(told)


def flow(site: Path, name: str, page: Any) -> int:
    """The boxes of a flow, one by one, in order."""
    report = held(site, name.replace(".html", ".json"))
    told = [text_of(cell) for cell in page.xpath("//td[@class='number']")]
    steps = [step for stage in report["stages"] for step in stage["steps"]]
    wanted = [
        str(step["n"])
        if step["n"] is not None
        else "not stated"
        if step["computed"] is None
        else f"{step['computed']} (taken over from {step['takes']})"
        if step["takes"]
        else f"{step['computed']} (computed)"
        for step in steps
    ]
    assert told[: len(steps)] == wanted
    assert {"", *numbers_of(site / name, page)} >= set(told[len(steps) :])
    stated = {
        (text_of(row[0]), text_of(cell))
        for row in page.xpath("//tbody/tr")
        for cell in row.xpath("td[@class='number']")
    }
    for tally in report["tallies"]:
        assert (tally["name"], str(tally["n"])) in stated
    return len(told)


def cell_of(site: Path, name: str, page: Any) -> int:
    """The counts of one gap cell."""
    folder, row, place = name.removeprefix("embed/").removesuffix(".html").rsplit("/", 2)
    review = folder.split("/")[1]
    (matrix,) = held(site, f"{folder}/index.json")["reviews"]
    (held_row,) = [each for each in matrix["rows"] if each["id"] == f"{review}:{row}"]
    cell = [*held_row["cells"], *held_row["beside"]][int(place) - 1]
    (main,) = page.xpath("//main | //body[not(.//main)]")[:1]
    told = text_of(main)
    assert f"{cell['state']} {cell['weight']['text']}" in told, name
    for mark in cell["marks"]:
        assert mark["label"] in told and mark["text"] in told
    if not name.startswith("embed/"):
        pieces = held(site, name.replace(".html", ".evidence.json"))
        rows = page.xpath("//table[@id='t-evidence']/tbody/tr")
        assert len(rows) == cell["weight"]["pieces"]
        assert pieces["totals"]["evidence"] == len(pieces["items"]) == len(rows)
    return 1


def test_every_table_has_a_row_for_each_record_of_its_json(site: Path) -> None:
    looked = 0
    for file in sorted(site.rglob("*.html")):
        twin = file.with_suffix(".json")
        page = lxml.html.document_fromstring(file.read_bytes())
        for table in page.xpath("//table[@data-main]"):
            name = table.get("id").removeprefix("t-")
            source = file.with_suffix(f".{name}.json")
            if not source.exists():
                source = twin
            if not source.exists() or "items" not in json.loads(source.read_bytes()):
                continue
            ids = [item["id"] for item in json.loads(source.read_bytes())["items"]]
            rows = [row.get("id").removeprefix(f"{name}-") for row in table.findall("tbody/tr")]
            assert rows == ids, file
            looked += 1
    assert looked > 50
    folders = {path.name for path in (site / "gaps").iterdir() if path.is_dir()}
    assert folders == {*SHIPPED, "by"}


FORGED = (
    ("gaps/harris2021/index.html", "stated absent", "stated scarce"),
    ("gaps/richmond2020/index.html", "primary works: 7 for", "primary works: 8 for"),
    ("mechanisms/harris2021/working-with-power.html", "studies, not", "studies, "),
    ("concepts/harris2021/hero-leadership.html", "evidence: 0", "evidence: 1"),
    ("findings/harris2021/power-underestimated.html", "<dl>", "<p>Nobody looked.</p><dl>"),
    ("findings/harris2021/power-underestimated.html", "<dl>", "<p>Too little was found.</p><dl>"),
    ("reviews/harris2021.html", "<h2>", "<p>No mechanism of this review is entered.</p><h2>"),
    ("configurations/richmond2020/index.html", 'href="../../concepts/', 'data-x="'),
    ("sources/harris2021/first-look-summary.html", "36", "37"),
    ("maps/gaps/harris2021.html", "<td>none entered</td>", "<td>supported</td>"),
)
"""Pages with something false put into them."""


def test_a_false_claim_on_a_page_is_noticed(site: Path) -> None:
    reviews = shipped_reviews()
    words = words_of(reviews)
    for name, true, false in FORGED:
        text = (site / name).read_text(encoding="utf-8")
        assert true in text, name
        forged = lxml.html.document_fromstring(text.replace(true, false).encode())
        assert list(false_claims(Page(name, forged, reviews, words))), (name, false)


def test_no_page_claims_what_no_record_says(site: Path) -> None:
    """Each absence, reason and count leads to a record, or the files give it."""
    reviews = shipped_reviews()
    words = words_of(reviews)
    wrong, pages = [], 0
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        page = Page(name, lxml.html.document_fromstring(file.read_bytes()), reviews, words)
        wrong += [f"{name}: {claim}" for claim in false_claims(page)]
        pages += 1
    assert wrong == []
    assert pages > 500
