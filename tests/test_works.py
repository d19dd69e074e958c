"""One work counts once, an excluded source never, a synthesis beside what it may rest on.

All reviews here are made up for the tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Ran

from exports.review_folder import folder_files
from graph.errors import Problem
from graph.load import remove_review
from graph.questions.bundle import bundle_of
from graph.questions.chains import chains, weakest_link
from graph.questions.compare import compare, same_as
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.mechanisms import mechanisms
from graph.questions.records import source
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.questions.unsupported import mechanism
from graph.settings import Settings
from graph.store import Store
from loaders.intake import check, load

EXCLUDED = {
    "review.yaml": "id: made-up\ntitle: A made-up review\nlevels: [{id: team, name: Team}]\n",
    "mechanisms.csv": "id,name\nm1,Only from an excluded paper\nm2,From a synthesis and a paper\n",
    "sources.csv": (
        "id,kind,title,year,included,excluded_because,studies,attribution\n"
        "out,paper,A made-up paper,2018,no,wrong setting,,\n"
        "syn,synthesis,A made-up synthesis,2020,yes,,36,collective\n"
        "p,paper,Another made-up paper,2019,yes,,,\n"
    ),
    "evidence.csv": (
        "id,source,mechanism,stance,level,statement,locator\n"
        "e1,out,m1,supports,team,Made up.,p. 1\n"
        "e2,syn,m2,supports,team,Made up.,p. 1\n"
        "e3,p,m2,supports,team,Made up.,p. 1\n"
    ),
}
TWICE = {
    "review.yaml": "id: twice\ntitle: A made-up review with one paper in two rows\n",
    "mechanisms.csv": "id,name\nspeaking,Speaking up\ntrust,Trust\n",
    "configurations.csv": (
        "id,mechanisms,contexts,reasonings,outcomes,polarity\n"
        "k1,speaking,stable teams,feeling safe,errors reported,positive\n"
    ),
    "sources.csv": (
        "id,kind,title,authors,year,doi,pmid\n"
        "a,paper,The one made-up paper,Lee A,2019,10.9999/SAME,\n"
        "b,paper,The one made-up paper,Lee A,2019,10.9999/same,\n"
        "c,paper,A book with the same DOI by mistake: editorial,Roy B,2019,10.9999/same,\n"
    ),
    "evidence.csv": (
        "id,source,mechanism,configuration,stance,statement,locator\n"
        "e1,a,speaking,,supports,Made up.,p. 1\n"
        "e2,b,speaking,,supports,Made up.,p. 1\n"
        "e3,a,,k1,challenges,Made up.,p. 2\n"
        "e4,a,trust,,supports,Made up.,p. 3\n"
        "e5,b,trust,,supports,Made up.,p. 3\n"
    ),
}


def _ripple(name: str, doi: str = "10.1000/shared") -> dict[str, str]:
    """A made-up review of one configuration, which rests on one paper."""
    return {
        "review.yaml": f"id: {name}\ntitle: A made-up review, {name}\n",
        "concepts.csv": "id,name\nstable-team,stable team\ntrust,trust\nreported,errors reported\n",
        "configurations.csv": (
            "id,context,reasoning,outcome\nc,stable team,trust,errors reported\n"
        ),
        "sources.csv": f"id,kind,title,authors,year,doi\np,paper,One paper,Lee A,2019,{doi}\n",
        "evidence.csv": (
            "source,configuration,stance,statement,locator\np,c,supports,Seen.,p. 4\n"
        ),
    }


FIRST = _ripple("first")
SECOND = _ripple("second") | {
    "same-as.csv": (
        "concept,same_as,declared_by\nstable-team,first:stable-team,Anna\n"
        "reported,first:reported,Anna\ntrust,first:trust,Anna\n"
    )
}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a made-up review, some of its files replaced."""

    def write(files: dict[str, str], **replaced: str) -> Path:
        given = {
            **files,
            **{name.replace("__", "-") + ".csv": text for name, text in replaced.items()},
        }
        path = tmp_path / given["review.yaml"].split("\n")[0].removeprefix("id: ")
        path.mkdir(exist_ok=True)
        for name, text in given.items():
            (path / name).write_text(text, encoding="utf-8")
        return path

    return write


Folder = Callable[..., Path]


def test_evidence_of_an_excluded_source_is_shown_apart(store: Store, folder: Folder) -> None:
    load(store, folder(EXCLUDED), Settings())
    one = mechanism(store, "made-up:m1")
    assert one.support.value == "none entered"
    assert one.weight.amounts == []
    (apart,) = one.weight.apart
    assert (apart.source.id, apart.source.excluded_because) == ("made-up:out", "wrong setting")
    assert one.unsupported is not None
    answer = evidence(store, EvidenceFilter(mechanism="made-up:m1"))
    assert [item.id for item in answer.items] == ["made-up:e1"], "it is shown"
    assert answer.items[0].source.excluded_because == "wrong setting"
    assert answer.totals.weight.pieces == 0
    assert [row.id for row in mechanisms(store, support="none").items] == ["made-up:m1"]


def test_a_synthesis_and_a_paper_stand_side_by_side(store: Store, folder: Folder) -> None:
    load(store, folder(EXCLUDED), Settings())
    weight = mechanism(store, "made-up:m2").weight
    assert weight.works == {"primary": 1, "synthesis": 1}
    assert weight.text == ("primary works: 1 for; one synthesis, 36 studies, not attributed: 1 for")
    assert not mechanisms(store, support="weak").items, "a synthesis is never one weak source"
    without = SensitivityFilter(without_source="made-up:p")
    row = next(row for row in sensitivity(store, without).items if row.id == "made-up:m2")
    assert row.rests_on is not None
    assert row.rests_on.id == "made-up:syn"


def test_two_rows_of_one_paper_are_one_work(store: Store, folder: Folder) -> None:
    load(store, folder(TWICE), Settings())
    trust = mechanism(store, "twice:trust").weight
    assert trust.text == "primary works: 1 for (2 pieces)"
    assert trust.weak
    speaking = mechanism(store, "twice:speaking")
    assert speaking.support.value == "mixed"
    assert speaking.weight.text == "primary works: 1 for (2 pieces), 1 against, through k1"
    (other,) = source(store, "twice:b").same_work
    assert (other.id, other.shown_by) == ("twice:a", ["DOI 10.9999/same"])
    assert source(store, "twice:c").same_work == [], "titles that contradict a DOI keep works apart"


def test_a_chain_that_rests_on_one_work_breaks_with_it(store: Store, folder: Folder) -> None:
    load(store, folder(FIRST), Settings())
    load(store, folder(SECOND), Settings())
    found = chains(store, start="first:stable-team", end="first:reported")
    assert found.connection is not None
    assert (found.connection.at_least, found.connection.at_most) == (1, 1)
    assert {chain.robustness for chain in found.items} == {1}
    (link,) = weakest_link(store, start="first:stable-team").items
    assert link.chains == link.of == len(found.items)
    remove_review(store, "first")
    assert source(store, "second:p").same_work == []
    assert source(store, "second:p").work == "second:p"


def test_sources_are_declared_to_be_one_work_and_parted_again(store: Store, folder: Folder) -> None:
    load(store, folder(FIRST), Settings())
    other = _ripple("second", doi="10.1000/another")
    path = folder(other, same__as="id,source,same_as,declared_by\nd1,p,first:p,Anna\n")
    load(store, path, Settings())
    (same,) = source(store, "first:p").same_work
    assert (same.id, same.shown_by) == ("second:p", ["declared in second:d1"])
    (said,) = same_as(store).items
    assert (said.kind, said.one.id, said.other, said.in_effect) == (
        "source",
        "second:p",
        "first:p",
        True,
    )
    bundle = bundle_of(store, "second")
    again = folder_files(bundle)
    assert "p,first:p" in again["same-as.csv"].replace(",,", ",")
    (path / "same-as.csv").write_text("id,source,same_as\n", encoding="utf-8")
    load(store, path, Settings())
    assert source(store, "first:p").same_work == []


def test_reviews_side_by_side_count_a_shared_work_once(store: Store, folder: Folder) -> None:
    for name in ("first", "second"):
        files = _ripple(name) | {
            "mechanisms.csv": "id,name\nm,Trusting\n",
            "evidence.csv": "source,mechanism,stance,statement\np,m,supports,Made up.\n",
        }
        if name == "second":
            files["same-as.csv"] = "mechanism,same_as\nm,first:m\n"
        load(store, folder(files), Settings())
    (item,) = compare(store, ["first", "second"]).items
    assert [one.weight.text for one in item.mechanisms] == ["primary works: 1 for"] * 2
    assert item.weight.text == "primary works: 1 for (2 pieces)"


def test_rows_that_are_one_work_are_told(folder: Folder) -> None:
    def told(path: Path) -> list[Problem]:
        return [one for one in check(path, Settings()).problems if "same work" in one.message]

    (problem,) = told(folder(TWICE))
    assert (problem.file, problem.row, problem.column) == ("sources.csv", 3, "doi")
    assert "row 2" in problem.message
    said = folder(TWICE, same__as="source,same_as\nb,a\n")
    assert not told(said)


def test_every_door_says_what_does_not_count(folder: Folder, command: Callable[..., Ran]) -> None:
    command("load", folder(EXCLUDED))
    command("load", folder(TWICE))
    told = command("show", "mechanisms", "made-up:m1").out
    assert "not counted: 1 piece of evidence from an excluded source" in told
    assert "wrong setting" in told
    assert "wrong setting" in command("evidence", "--mechanism", "made-up:m1").out
    shown = " ".join(command("show", "sources", "twice:b").out.split())
    assert "the same work: twice:a (DOI 10.9999/same)" in shown
    view = json.loads(command("show", "mechanisms", "twice:speaking", "--json").out)
    assert view["weight"]["amounts"][1]["through"] == [
        {"configuration": "twice:k1", "works": 1, "pieces": 1}
    ]
