"""Contradictions: all of them, nothing else, and the difference that sets the sides apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLES, Ran
from fastapi.testclient import TestClient
from folders import write

from api.app import create_app
from benchmarks.planted import GOAL, plant, recall
from exports.report.contents import report_of
from graph.errors import NotFound
from graph.questions.contradictions import contradictions
from graph.questions.unsupported import mechanism
from graph.settings import Settings
from graph.store import Store
from loaders.intake import load


def test_one_resource_with_opposite_outcomes_is_told_apart_by_context(loaded: Store) -> None:
    page = contradictions(loaded)
    (found,) = page.items
    assert page.next is None
    assert found.kind == "configurations"
    assert found.about.id == "richmond2020:realistic-or-forgiving-settings"
    assert found.about.role == "resource"
    assert {side.side: [held.id for held in side.records] for side in found.sides} == {
        "positive": ["richmond2020:F2-C3"],
        "negative": ["richmond2020:F2-C4"],
    }
    told = {
        (moderator.features[0].id, moderator.goes_with, moderator.separation)
        for moderator in found.moderators
    }
    assert told == {
        ("richmond2020:C3", "positive", 1.0),
        ("richmond2020:C4", "negative", 1.0),
    }
    assert [side.works for side in found.sides] == [{}, {}]
    assert found.notes[0].startswith("No paper, grey report or synthesis that counts supports")


@pytest.mark.parametrize(
    ("about", "n"),
    [("F2-C3", 1), ("realistic-or-forgiving-settings", 1), ("C1", 0), ("working with power", 0)],
)
def test_contradictions_about_something(loaded: Store, about: str, n: int) -> None:
    assert len(contradictions(loaded, about=about).items) == n


def test_an_unknown_target_is_refused(loaded: Store) -> None:
    with pytest.raises(NotFound):
        contradictions(loaded, about="working without power")


SPEAKING = {
    "review.yaml": "id: speaking\ntitle: A made-up review\nlevels: [{id: team, name: Team}]\n",
    "mechanisms.csv": "id,name\nspeaking-up,Speaking up\nlistening,Listening\n",
    "concepts.csv": (
        "id,name\nspeaking-up,speaking up at all\nstable,stable teams\nagency,agency staff\n"
        "safe,feeling safe\nblame,fearing blame\nreported,errors reported\nhidden,errors hidden\n"
    ),
    "configurations.csv": (
        "id,mechanisms,contexts,reasonings,outcomes,polarity\n"
        "k1,speaking-up,stable teams,feeling safe,errors reported,positive\n"
        "k2,speaking-up,agency staff,fearing blame,errors hidden,negative\n"
    ),
    "sources.csv": (
        "id,kind,title,authors,year,doi,included,excluded_because\n"
        "a,paper,The one made-up paper,Lee A,2019,10.9999/same,,\n"
        "b,paper,The one made-up paper,Lee A,2019,10.9999/same,,\n"
        "out,paper,Another made-up paper,Roy B,2020,,no,wrong setting\n"
        "nurses,interview,Made-up interviews,,2020,,,\n"
        "c,paper,A third made-up paper,Kim C,2021,,,\n"
    ),
    "evidence.csv": (
        "id,source,mechanism,configuration,concept,stance,level,setting,statement,locator\n"
        "e1,a,speaking-up,,,supports,,ward,Made up.,p. 1\n"
        "e2,b,speaking-up,,,supports,,ward,Made up.,p. 1\n"
        "e3,a,,k1,,challenges,team,clinic,Made up.,p. 2\n"
        "e4,out,listening,,,challenges,team,,Made up.,p. 3\n"
        "e5,nurses,listening,,,challenges,team,,Made up.,p. 3\n"
        "e6,c,listening,,,refines,team,,Made up.,p. 3\n"
        "e7,nurses,,,speaking-up,supports,,,Made up.,p. 3\n"
        "e8,a,,,speaking-up,challenges,,,Made up.,p. 4\n"
    ),
}


@pytest.fixture
def speaking(store: Store, tmp_path: Path) -> Store:
    """A mechanism that one paper is for, and against through a configuration; on each store."""
    load(store, write(tmp_path / "speaking", SPEAKING), Settings())
    return store


def test_a_mixed_mechanism_is_listed_with_the_evidence_about_its_configurations(
    speaking: Store,
) -> None:
    found = {one.id: one for one in contradictions(speaking).items}
    assert set(found) == {
        "configurations:speaking:speaking-up",
        "evidence:mechanism:speaking:speaking-up",
    }, "stakeholders and excluded sources make nothing mixed"
    one = found["evidence:mechanism:speaking:speaking-up"]
    assert one.weight == mechanism(speaking, "speaking-up").weight
    assert one.weight.text == "primary works: 1 for (2 pieces), 1 against, through k1"
    told = [
        (side.side, [(r.id, r.through) for r in side.records], side.works) for side in one.sides
    ]
    assert told == [
        ("for", [("speaking:e1", None), ("speaking:e2", None)], {"primary": 1}),
        ("against", [("speaking:e3", "speaking:k1")], {"primary": 1}),
    ]
    assert "Works on both sides: speaking:a." in one.notes


def test_only_what_both_sides_state_is_compared(speaking: Store) -> None:
    (_, one) = contradictions(speaking, about="speaking-up").items
    assert {(m.features[0].dimension, m.features[0].id) for m in one.moderators} == {
        ("setting", "ward"),
        ("setting", "clinic"),
    }, "evidence for it states no level, so the level of the other side sets nothing apart"
    assert all(moderator.works == {"primary": 1} for moderator in one.moderators)
    assert [(share.having, share.of) for share in one.moderators[0].shares] == [(0, 1), (1, 1)]
    assert "Stated on one side only, so not compared: context, level." in one.notes


def test_what_challenges_a_configuration_is_no_source_for_its_side(speaking: Store) -> None:
    one = contradictions(speaking).items[0]
    positive, negative = one.sides
    assert (positive.side, positive.works, positive.sources) == ("positive", {}, [])
    (held,) = positive.records
    assert held.weight is not None
    assert (held.id, held.weight.text) == ("speaking:k1", "primary works: 1 against")
    assert negative.records[0].weight is not None
    assert negative.records[0].weight.text == "no evidence entered"
    assert {moderator.features[0].dimension for moderator in one.moderators} == {"context"}
    assert all(moderator.works == {} for moderator in one.moderators), "a level of e3 is no feature"


def test_configurations_are_compared_by_what_supports_them(store: Store, tmp_path: Path) -> None:
    evidence = (
        "id,source,configuration,stance,level,setting,statement,locator\n"
        "e1,a,k1,supports,team,ward,Made up.,p. 1\n"
        "e2,b,k1,refines,team,ward,Made up.,p. 1\n"
        "e3,c,k2,supports,team,clinic,Made up.,p. 2\n"
        "e4,c,k1,challenges,,clinic,Made up.,p. 2\n"
    )
    load(store, write(tmp_path / "speaking", SPEAKING | {"evidence.csv": evidence}), Settings())
    one = contradictions(store).items[0]
    assert [side.works for side in one.sides] == [{"primary": 1}, {"primary": 1}]
    told = {
        (part.dimension.value, part.name, moderator.goes_with)
        for moderator in one.moderators
        for part in moderator.features
    }
    assert told == {
        ("setting", "ward", "positive"),
        ("setting", "clinic", "negative"),
        ("context", "stable teams", "positive"),
        ("context", "agency staff", "negative"),
    }, "where e4 says that k1 did not hold is no feature of the positive side"
    assert all(moderator.works == {"primary": 2} for moderator in one.moderators)


def test_a_concept_of_the_same_id_is_another_thing(speaking: Store) -> None:
    page = contradictions(speaking, about="speaking:speaking-up", of="concept")
    assert page.items == []


def test_planted_contradictions_are_found_with_what_sets_them_apart() -> None:
    told = recall(plant(4000))
    assert told.found == told.planted > 30
    assert told.false == 0
    assert told.in_three >= GOAL * told.planted


def test_the_command_names_both_sides(command: Callable[..., Ran]) -> None:
    command("load", EXAMPLES / "richmond2020")
    text = " ".join(command("contradictions", COLUMNS="40").out.split())
    assert "positive: 1 configuration, no works: richmond2020:F2-C3" in text
    assert "goes with “negative”: context poor coping" in text
    assert "rests on no work, only on what the configurations state" in text
    assert json.loads(command("contradictions", "--about", "C1", "--json").out)["items"] == []


def test_the_command_says_how_much_is_on_each_side(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    command("load", write(tmp_path / "speaking", SPEAKING))
    text = " ".join(command("contradictions", COLUMNS="200").out.split())
    assert "primary works: 1 for (2 pieces), 1 against, through k1" in text
    assert "against: 1 piece, 1 primary work: speaking:e3 (through speaking:k1)" in text
    assert (
        "goes with “against”: setting clinic "
        "(0 of 1 work for; 1 of 1 work against; rests on 1 primary work)"
    ) in text


def test_pages_tables_and_reports_say_it_too(speaking: Store) -> None:
    client = TestClient(create_app(Settings(), speaking), base_url="http://localhost")
    weight = "primary works: 1 for (2 pieces), 1 against, through k1"
    for address in ("/contradictions", "/mechanisms/speaking-up"):
        page = client.get(address, headers={"Accept": "text/html"}).text
        assert page.count(weight) >= 1, address
        assert "rests on 1 primary work" in page
        assert 'href="/configurations/speaking:k1"' in page
    page = client.get("/configurations/k1", headers={"Accept": "text/html"}).text
    assert "rests on no work, only on what the configurations state" in page
    assert weight in client.get("/contradictions.csv").text
    report = report_of(speaking, "speaking")
    (section,) = [one for one in report.sections if one.id == "contradictions"]
    mixed, opposed = section.tables
    assert mixed.rows[0].cells[1] == "1 for (2 pieces), 1 against, through k1"
    assert mixed.rows[0].records == ["speaking:e1", "speaking:e2", "speaking:e3"]
    assert opposed.rows[0].cells[1] == "speaking:k1: primary works: 1 against"
