"""Small reviews in which much can be said that no record says: the right values, by every door.

Each folder is made up for this test. Its values are asserted on the command line, by HTTP, on the
page, in the figure and in the report, on both stores.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from fastapi.testclient import TestClient
from folders import Files, write

import graph.stores
from api.app import create_app
from graph.settings import Settings
from graph.store import Store
from loaders.intake import load

PAGE = {"accept": "text/html"}

WARD: Files = {
    "review.yaml": (
        "id: ward\ntitle: A made-up review of handovers\n"
        "levels: [{id: ward, name: Ward}, {id: trust, name: Hospital trust}]\n"
        "search:\n"
        "  - {id: books, name: Search of databases, databases: [Made-up Index]}\n"
        "  - {id: visits, name: Conversations on wards}\n"
    ),
    "mechanisms.csv": (
        "id,name,levels\n"
        "candour,Candour,ward\nmap,Knowing who does what,ward\ncraft,Pride in the craft,ward\n"
        "favour,Doing favours,ward\nfaith,Faith in colleagues,ward\nenvy,Envy,trust\n"
    ),
    "configurations.csv": (
        "id,mechanisms,contexts,reasonings,outcomes,polarity\n"
        "calm,candour,the same people on every shift,not minding questions,slips told,positive\n"
        "rush,candour,people from agencies,minding questions,slips kept quiet,negative\n"
    ),
    "sources.csv": (
        "id,kind,title,authors,year,pmid\n"
        "one,paper,A made-up study of handovers,Poe A,2017,90000017\n"
        "again,paper,A made-up study of handovers,Poe A,2017,90000017\n"
        "plan,paper,A made-up protocol,Fry B,2018,\n"
    ),
    "evidence.csv": (
        "id,source,mechanism,configuration,stance,level,statement,locator\n"
        "e1,one,candour,,supports,,No level is named.,p. 2\n"
        "e2,again,candour,,supports,,Nor here.,p. 2\n"
        "e3,one,,calm,challenges,ward,Not on these wards.,p. 4\n"
        "e4,one,faith,,supports,ward,So it was.,p. 6\n"
        "e5,again,faith,,supports,ward,So it was.,p. 6\n"
    ),
    "findings.csv": (
        "id,kind,name,statement,configurations,levels,searched\n"
        "hurry,gap,Agencies not studied,Nothing on agencies across a trust.,rush,trust,books\n"
    ),
    "history.csv": (
        "id,mechanism,status,stage,into,note\n"
        "h1,map,new,visits,,heard on a ward; nobody had searched for it\n"
        "h2,craft,supported,books,,\n"
        "h3,favour,incorporated,books,faith,well supported but a form of faith\n"
        "h4,faith,supported,books,,\n"
    ),
}
NOBODY = "nobody looked on record"
CRAFT = "stated supported, evidence not entered (for the mechanism, level not stated)"
FAVOUR = "incorporated into Faith in colleagues (for the mechanism, level not stated)"
RUSH = "searched, none found (about one of its configurations: rush)"
WHOLE = "search on record, for the mechanism, level not stated"
WARD_CELLS = {
    ("Candour", "Ward"): ("challenged", []),
    ("Candour", "Hospital trust"): ("none entered", [RUSH]),
    ("Knowing who does what", "Ward"): ("none entered", [NOBODY]),
    ("Knowing who does what", "Hospital trust"): ("none entered", [NOBODY]),
    ("Pride in the craft", "Ward"): ("none entered", [CRAFT]),
    ("Pride in the craft", "Hospital trust"): ("none entered", [CRAFT]),
    ("Doing favours", "Ward"): ("none entered", [FAVOUR]),
    ("Doing favours", "Hospital trust"): ("none entered", [FAVOUR]),
    ("Faith in colleagues", "Ward"): ("supported", []),
    ("Faith in colleagues", "Hospital trust"): ("none entered", [WHOLE]),
    ("Envy", "Ward"): ("none entered", [NOBODY]),
    ("Envy", "Hospital trust"): ("none entered", [NOBODY]),
}
RECORDS = {
    WHOLE: ["ward:h4", "ward:books"],
    RUSH: ["ward:hurry", "ward:books"],
    CRAFT: ["ward:h2", "ward:books"],
    FAVOUR: ["ward:h3", "ward:books"],
}

LEFT_OUT: Files = {
    "review.yaml": "id: out\ntitle: A made-up review\nlevels: [{id: ward, name: Ward}]\n",
    "mechanisms.csv": (
        "id,name\nlone,Only from a paper left out\npair,From a synthesis and a paper\n"
    ),
    "sources.csv": (
        "id,kind,title,authors,year,included,excluded_because,studies\n"
        "gone,paper,A made-up paper left out,Poe A,2016,no,another kind of ward,\n"
        "many,synthesis,A made-up synthesis,Fry B,2021,yes,,12\n"
        "mine,paper,A made-up paper,Day C,2019,yes,,\n"
    ),
    "evidence.csv": (
        "id,source,mechanism,stance,level,statement,locator\n"
        "e1,gone,lone,supports,ward,Made up.,p. 1\n"
        "e2,many,pair,supports,ward,Made up.,p. 1\n"
        "e3,mine,pair,supports,ward,Made up.,p. 1\n"
    ),
}
LONE = "no evidence that counts; not counted: 1 piece of evidence from an excluded source"
PAIR = "primary works: 1 for; one synthesis, 12 studies: 1 for"
LEFT_OUT_CELLS = {
    ("Only from a paper left out", "Ward"): ("none entered", [NOBODY]),
    ("From a synthesis and a paper", "Ward"): ("supported", []),
}


def ripple(name: str, pmid: str) -> Files:
    """A made-up review of one configuration on one paper."""
    return {
        "review.yaml": f"id: {name}\ntitle: A made-up review, {name}\n",
        "concepts.csv": "id,name\nrota,a steady rota\nease,ease\ntold,slips told\n",
        "configurations.csv": "id,context,reasoning,outcome\nc,a steady rota,ease,slips told\n",
        "sources.csv": (
            f"id,kind,title,authors,year,pmid\np,paper,One made-up paper,Poe A,2015,{pmid}\n"
        ),
        "evidence.csv": "source,configuration,stance,statement,locator\np,c,supports,Seen.,p. 9\n",
    }


SAME = "concept,same_as,declared_by\nrota,left:rota,Ada\ntold,left:told,Ada\nease,left:ease,Ada\n"


def plain(markup: str) -> str:
    """The words of some HTML or SVG."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def table(page: str, opening: str) -> dict[tuple[str, str], str]:
    """The cells of a table of a page by the names of their row and column, as they are written."""
    (found,) = re.findall(rf"{opening}.*?</table>", page, re.DOTALL)
    rows = [
        re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL)
        for row in re.findall(r"<tr.*?</tr>", found, re.DOTALL)
    ]
    columns = [plain(cell) for cell in rows[0][1:]]
    return {
        (plain(row[0]), column): cell
        for row in rows[1:]
        for column, cell in zip(columns, row[1:], strict=True)
    }


@dataclass(slots=True)
class Doors:
    """Every way to one store."""

    client: TestClient
    command: Callable[..., Ran]
    reports: dict[str, str] = field(default_factory=dict)

    def json(self, path: str, **query: str) -> Any:
        answer = self.client.get(path, params=query, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def page(self, path: str, **query: str) -> str:
        answer = self.client.get(path, params=query, headers=PAGE)
        assert answer.status_code == 200, answer.text
        return answer.text

    def report(self, review: str) -> str:
        if review not in self.reports:
            answer = self.client.get(f"/reviews/{review}/report", params={"format": "html"})
            assert answer.status_code == 200, answer.text
            self.reports[review] = answer.text
        return self.reports[review]

    def told(self, *arguments: str) -> str:
        return " ".join(self.command(*arguments, COLUMNS="240").out.split())


@pytest.fixture
def doors(
    store: Store, command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Doors]:
    @contextmanager
    def opened(*_: object, **__: object) -> Iterator[Store]:
        yield store  # the store is open here, and may be open but once

    monkeypatch.setattr(graph.stores, "open_store", opened)
    with TestClient(
        create_app(Settings(store="unused.kgl"), store), base_url="http://localhost"
    ) as client:
        yield Doors(client, command)


def loaded(store: Store, path: Path, *folders: Files) -> None:
    for n, files in enumerate(folders):
        load(store, write(path / f"folder{n}", files), Settings())


Cells = dict[tuple[str, str], tuple[str, list[str]]]


def assert_the_matrix(doors: Doors, review: str, wanted: Cells) -> dict[str, list[str]]:
    """Every door has these two marks in each cell; the records of each word, by what it says."""
    answer = doors.json("/gaps", review=review)
    (matrix,) = answer["reviews"]
    held = {
        (row["name"], column["name"]): cell
        for row in matrix["rows"]
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
    }

    def told(mark: dict[str, Any]) -> str:
        return mark["label"] + (f" ({mark['place']})" if mark["place"] else "")

    assert {
        place: (cell["state"], [told(mark) for mark in cell["marks"]])
        for place, cell in held.items()
    } == wanted
    assert json.loads(doors.command("gaps", "--review", review, "--json").out) == answer
    page = table(doors.page("/gaps", review=review), f'<table id="gaps-{review}"')
    figure = table(doors.page("/maps/gaps", review=review), '<table class="matrix"')
    text, report = doors.told("gaps", "--review", review), doors.report(review)
    by_level = table(report, r"<caption>Table \d+. Evidence by mechanism and level")
    drawn = plain(doors.client.get("/maps/gaps.svg", params={"review": review}).text)
    listed = csv.DictReader(io.StringIO(doors.page("/gaps.csv", review=review)))
    in_csv = {(row["row.name"], row["at"]): row for row in listed if row["about"] == "cell"}
    assert len(in_csv) == len(wanted)
    records: dict[str, list[str]] = {}
    for place, (state, words) in wanted.items():
        (on_page,) = [
            cell for (row, at), cell in page.items() if at == place[1] and row.startswith(place[0])
        ]
        (in_figure,) = [
            cell
            for (row, at), cell in figure.items()
            if at == place[1] and row.startswith(place[0])
        ]
        (reported,) = [
            cell
            for (row, at), cell in by_level.items()
            if at == place[1] and row.startswith(place[0])
        ]
        label = html.unescape(re.search(r'aria-label="([^"]*)"', in_figure)[1])  # type: ignore[index]
        weight = held[place]["weight"]["text"]
        row = in_csv[place[0], held[place]["at"][0]]
        marks = held[place]["marks"]
        assert (row["state"], row["weight.text"]) == (state, weight)
        assert row["marks"] == "; ".join(mark["label"] for mark in marks)
        assert row["marks.records"] == "; ".join(
            one["id"] for mark in marks for one in mark["records"]
        )
        assert plain(on_page).split(" ", 1)[1].startswith(state)
        assert plain(reported).split(" ", 1)[1].startswith(state)
        assert f"Evidence: {state}; {weight}." in label
        assert ("The review says: no mark beside the evidence." in label) is (not words)
        assert len(re.findall(r'class="mark"', on_page)) == len(words)
        for mark, word in zip(held[place]["marks"], words, strict=True):
            ids = [record["id"] for record in mark["records"]]
            records[word] = ids
            assert word in plain(on_page)
            assert word in plain(reported)
            assert word in label
            assert f'data-records="{" ".join(ids)}"' in on_page
            assert word.split(" (")[0] in text
            for id_ in ids:
                assert f"[{id_}]" in text
                assert id_ in plain(report)
                assert id_ in drawn
    return records


def test_nothing_is_searched_that_nobody_searched(
    store: Store, doors: Doors, tmp_path: Path
) -> None:
    loaded(store, tmp_path, WARD)
    records = assert_the_matrix(doors, "ward", WARD_CELLS)
    assert {word: records[word] for word in RECORDS} == RECORDS
    (matrix,) = doors.json("/gaps", review="ward")["reviews"]
    said = {
        mark["word"] for row in matrix["rows"] for cell in row["cells"] for mark in cell["marks"]
    }
    assert "stated absent" not in said
    (beside,) = [cell for row in matrix["rows"] for cell in row["beside"]]
    assert beside["weight"]["text"] == "primary works: 1 for (2 pieces)", "one work, in no cell"
    reason = "“well supported but a form of faith”"
    (favour,) = [row for row in matrix["rows"] if row["id"] == "ward:favour"]
    assert f"reason: {reason}" in favour["marks"][0]["text"]
    silent = doors.json("/mechanisms", support="none", review="ward")["items"]
    told = doors.told("unsupported", "--review", "ward")
    for one in silent:
        why = one["unsupported"]["reason"]
        assert why in told
        if one["id"] in (
            "ward:favour",
            "ward:envy",
        ):  # a reason that is stated, and one that is not
            assert why in plain(doors.page(f"/mechanisms/{one['id']}"))
    assert [one["id"] for one in silent] == ["ward:map", "ward:craft", "ward:favour", "ward:envy"]


def test_one_work_is_counted_once_whatever_its_rows(
    store: Store, doors: Doors, tmp_path: Path
) -> None:
    loaded(store, tmp_path, WARD)
    for id_, weight, support in (
        ("ward:faith", "primary works: 1 for (2 pieces)", "supported"),
        ("ward:candour", "primary works: 1 for (2 pieces), 1 against, through calm", "mixed"),
    ):
        assert_the_weight(doors, id_, weight, support)
    for one, other in (("ward:one", "ward:again"), ("ward:again", "ward:one")):
        (same,) = doors.json(f"/sources/{one}")["same_work"]
        assert (same["id"], same["shown_by"]) == (other, ["PMID 90000017"])
        assert other in doors.told("show", "sources", one)
        assert other in plain(doors.page(f"/sources/{one}"))


def assert_the_weight(doors: Doors, id_: str, weight: str, support: str) -> None:
    """Each door tells this weight of a mechanism."""
    held = doors.json(f"/mechanisms/{id_}")
    assert (held["support"], held["weight"]["text"]) == (support, weight)
    assert weight in plain(doors.page(f"/mechanisms/{id_}"))
    assert weight in doors.told("show", "mechanisms", id_)
    assert doors.json("/evidence", mechanism=id_)["totals"]["weight"]["text"] == weight
    asked = doors.json("/ask", q=f"how strong is the evidence for {id_}")
    assert asked["strength"]["items"][0]["weight"]["text"] == weight
    review = id_.partition(":")[0]
    name = held["name"]
    reported = plain(doors.report(review))
    told = weight.removeprefix("primary works: ").split(";")[0]
    if held["weight"]["amounts"]:
        assert re.search(rf"{re.escape(name)} .{{0,200}}{re.escape(told)}", reported)


def test_an_excluded_source_stands_apart_and_kinds_are_not_summed(
    store: Store, doors: Doors, tmp_path: Path
) -> None:
    loaded(store, tmp_path, LEFT_OUT)
    assert_the_matrix(doors, "out", LEFT_OUT_CELLS)
    assert_the_weight(doors, "out:lone", LONE, "none entered")
    assert_the_weight(doors, "out:pair", PAIR, "supported")
    for shown in (
        doors.told("show", "mechanisms", "out:lone"),
        plain(doors.page("/mechanisms/out:lone")),
        plain(doors.page("/sources/out:gone")),
        plain(doors.report("out")),
    ):
        assert "another kind of ward" in shown
    shown = plain(doors.page("/maps/theory", review="out"))
    assert "another kind of ward" in shown


def test_a_chain_on_one_paper_of_two_reviews_breaks_with_it(
    store: Store, doors: Doors, tmp_path: Path
) -> None:
    loaded(
        store,
        tmp_path,
        ripple("left", "90000021"),
        ripple("right", "90000021") | {"same-as.csv": SAME},
    )
    found = doors.json("/chains", **{"from": "left:rota", "to": "left:told"})
    assert (found["connection"]["at_least"], found["connection"]["at_most"]) == (1, 1)
    assert [chain["robustness"] for chain in found["items"]] == [1, 1]
    said = "Works that must fall before no chain is left: 1"
    assert said in doors.told("chains", "--from", "left:rota", "--to", "left:told")
    assert said in plain(doors.page("/chains", **{"from": "left:rota", "to": "left:told"}))
    (link,) = doors.json("/weakest-link", **{"from": "left:rota"})["items"]
    assert (link["chains"], link["of"]) == (2, 2)
    assert "without it 2 of 2 break" in doors.told("weakest-link", "--from", "left:rota")
    loaded(store, tmp_path, ripple("left", "90000022"))
    found = doors.json("/chains", **{"from": "left:rota", "to": "left:told"})
    assert found["connection"]["at_most"] == 2, "two papers, two legs"
