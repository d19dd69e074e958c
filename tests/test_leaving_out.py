"""Evidence without a level, a perspective, a setting, a source or a kind of source.

Whoever leaves something out is told how much does not say whether it belongs to that. The review
here is made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from fastapi.testclient import TestClient
from folders import Files, write

from api.app import create_app
from graph.errors import NotFound, NotUnderstood, UnknownValue
from graph.questions.ask import ask
from graph.questions.evidence import EvidenceFilter, evidence
from graph.settings import Settings
from graph.store import Store
from loaders.intake import load

MADE_UP: Files = {
    "review.yaml": (
        "id: garden\ntitle: A made-up review of school gardens\n"
        "levels: [{id: class, name: Class}, {id: school, name: School}]\n"
        "perspectives: [{id: pupil, name: Pupil}, {id: teacher, name: Teacher}]\n"
    ),
    "mechanisms.csv": "id,name\npride,Pride in growing\ncalm,Calm\n",
    "sources.csv": (
        "id,kind,title,authors,year,doi\n"
        "poe,paper,A made-up garden,Poe A,2011,10.9999/garden\n"
        "copy,paper,A made-up garden,Poe A,2011,10.9999/garden\n"
        "fry,grey,A made-up report,Fry B,2015,\n"
        "talk,interview,Made-up interviews,,2016,\n"
    ),
    "evidence.csv": (
        "id,source,mechanism,stance,levels,perspective,setting,statement\n"
        "e1,poe,pride,supports,class,pupil,inner city,Made up.\n"
        "e2,copy,pride,supports,class; school,teacher,village,Made up.\n"
        "e3,fry,pride,challenges,school,teacher,,Made up.\n"
        "e4,talk,pride,supports,,,inner city,Made up.\n"
        "e5,talk,calm,supports,school,pupil,,Made up.\n"
    ),
}
ASKED = [
    ("evidence for pride in growing, but not at class level", "not_level", "e3 e4"),
    ("evidence for pride in growing except at class level", "not_level", "e3 e4"),
    ("quotes on pride in growing outside the class", "not_level", "e3 e4"),
    ("evidence for pride in growing from everyone but teachers", "not_perspective", "e1 e4"),
    ("everything on pride in growing except what teachers say", "not_perspective", "e1 e4"),
    ("evidence for pride in growing, not from the inner city", "not_setting", "e2 e3"),
    ("evidence for pride in growing apart from Fry 2015", "not_source", "e1 e2 e4"),
    ("evidence for pride in growing without copy", "not_source", "e3 e4"),
    ("evidence for pride in growing without interviews", "not_source_kind", "e1 e2 e3"),
    ("evidence for pride in growing but no grey literature", "not_source_kind", "e1 e2 e4"),
    ("evidence against pride in growing excluding interviews", "not_source_kind", "e3"),
]
HALF = [
    "how strong is the evidence for pride in growing without interviews",
    "which mechanisms have no support outside the class",
    "contradictions about pride in growing except from teachers",
    "evidence for pride in growing without interviews and without papers",
    "evidence for pride in growing but not in Poe or Fry",
    "configurations of calm except at class level",
    "list sources except interviews",
    "how many papers are there without interviews",
    "evidence for pride in growing at neither class nor school level",
    "evidence for pride in growing, not calm",
]


@pytest.fixture
def garden(store: Store, tmp_path: Path) -> Store:
    load(store, write(tmp_path / "garden", MADE_UP), Settings())
    return store


def test_what_is_left_out_is_left_out_and_nothing_else(garden: Store) -> None:
    for question, name, left in ASKED:
        answer = ask(garden, question)
        assert name in answer.reading.filters, question
        assert answer.evidence is not None
        assert [one.id for one in answer.evidence.items] == [
            f"garden:{id_}" for id_ in left.split()
        ]
        assert "not" in answer.understood


def test_what_does_not_say_whether_it_belongs_there_is_told(garden: Store) -> None:
    def notes(**wanted: str) -> list[str]:
        return evidence(garden, EvidenceFilter(mechanism="pride", **wanted)).notes

    said = "1 piece of this evidence states no level, and may be about class all the same."
    assert said in notes(not_level="class")
    assert any(
        "1 piece of this evidence states no perspective" in one
        for one in notes(not_perspective="pupil")
    )
    assert any(
        "1 piece of this evidence states no setting" in one for one in notes(not_setting="village")
    )
    assert any("states the setting galaxy" in one for one in notes(not_setting="galaxy"))
    assert not any("states no" in one for one in notes(not_level="not stated"))
    assert not any("states no" in one for one in notes(not_level="class", level="school"))


def test_a_wrong_name_is_told(garden: Store) -> None:
    for wanted, error in (
        ({"not_level": "galaxy"}, UnknownValue),
        ({"not_perspective": "astronaut"}, UnknownValue),
        ({"not_source": "nobody-1999"}, NotFound),
    ):
        with pytest.raises(error):
            evidence(garden, EvidenceFilter(mechanism="pride", **wanted))


def test_no_question_is_answered_by_half(garden: Store) -> None:
    for question in HALF:
        with pytest.raises(NotUnderstood) as refused:
            ask(garden, question)
        assert refused.value.questions, question


def test_every_door_leaves_the_same_out(
    embedded_store: Store, command: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = write(tmp_path / "garden", MADE_UP)
    load(embedded_store, folder, Settings())
    command("load", folder)
    given = {"mechanism": "pride", "not_level": "class", "not_source_kind": "interview"}
    with TestClient(
        create_app(Settings(store="unused.kgl"), embedded_store), base_url="http://localhost"
    ) as client:
        answer = client.get("/evidence", params=given)
        page = client.get("/evidence", params=given, headers={"accept": "text/html"})
        table = client.get("/evidence.csv", params=given)
    assert [one["id"] for one in answer.json()["items"]] == ["garden:e3"]
    assert 'id="evidence-garden:e3"' in page.text
    assert 'id="evidence-garden:e1"' not in page.text
    assert table.text.count("garden:e3") == 1
    options = ("--mechanism", "pride", "--not-level", "class", "--not-source-kind", "interview")
    assert json.loads(command("evidence", *options, "--json").out) == answer.json()
