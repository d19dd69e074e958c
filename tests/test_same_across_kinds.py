"""An outcome may be declared to be a mechanism: on every door, and never by its name alone.

The review is made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Ran
from fastapi.testclient import TestClient
from folders import Files, write

from api.app import create_app
from exports.jsonld import jsonld
from exports.review_folder import folder_files
from graph.answers import MapEdge, MapNode, TheoryMap
from graph.errors import Problem
from graph.model import Role
from graph.questions.bundle import bundle_of
from graph.questions.chains import chains
from graph.questions.compare import same_as
from graph.questions.lint import lint
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from loaders.intake import check, load
from visualise.column_depth import depths
from visualise.network import draw
from visualise.node_styles import LINES
from visualise.page import render_map

TRUSTING: Files = {
    "review.yaml": "id: trusting\ntitle: A made-up review\n",
    "mechanisms.csv": "id,name\ntrust,Trust among staff\n",
    "concepts.csv": (
        "id,name\nteams,stable teams\nsafe,feeling safe\ntrust,trust among the staff\n"
        "reported,errors reported\nkept,same teams for years\nopenly,talking openly\n"
    ),
    "configurations.csv": (
        "id,mechanisms,contexts,reasonings,outcomes\n"
        "k1,,teams,safe,trust\n"
        "k2,trust,kept,openly,reported\n"
    ),
}
OF_ONE_ID = "concept,mechanism,same_as,declared_by\ntrust,,trust,Anna\nteams,,kept,\n"


def folder(path: Path, same: str | None = OF_ONE_ID) -> Path:
    return write(path / "trusting", {**TRUSTING, **({"same-as.csv": same} if same else {})})


@pytest.fixture
def trusting(store: Store, tmp_path: Path) -> Store:
    loaded = load(store, folder(tmp_path), Settings())
    assert not [one for one in loaded.warnings if one.file == "same-as.csv"]
    return store


def test_a_concept_and_a_mechanism_of_one_id_are_joined_by_declaration(trusting: Store) -> None:
    said = {one.other: one for one in same_as(trusting).items}
    view = said["trusting:trust"]
    assert (view.kind, view.other_kind, view.other_name) == (
        "concept",
        "mechanism",
        "Trust among staff",
    )
    assert view.in_effect
    found = chains(trusting, start="teams", end="reported").items
    (chain,) = [one for one in found if len(one.steps) == 2]
    assert [step.configuration.id for step in chain.steps] == ["trusting:k1", "trusting:k2"]
    assert chain.steps[1].same_as == [view.id]
    assert chain.steps[1].begins.kind == "mechanism"


def test_without_a_row_nothing_is_joined_and_lint_asks(store: Store, tmp_path: Path) -> None:
    load(store, folder(tmp_path, same=None), Settings())
    assert chains(store, start="teams", end="reported").items == []
    (one,) = lint(store, rule="near-duplicates").items
    assert [about.kind for about in one.related] == ["concept", "mechanism"]
    assert one.found == ["trust among the staff", "Trust among staff"]
    assert "same-as.csv" in one.message


def test_a_declaration_settles_it(trusting: Store) -> None:
    assert lint(trusting, rule="near-duplicates").items == []


def test_it_comes_back_from_an_export(trusting: Store, tmp_path: Path) -> None:
    before = bundle_of(trusting, "trusting")
    linked = {node["same_as"] for node in json.loads(jsonld(before))["@graph"] if "same_as" in node}
    assert "urn:theorygraph:Mechanism:trusting:trust" in linked
    write(tmp_path / "again", folder_files(before))
    load(trusting, tmp_path / "again", Settings())
    assert bundle_of(trusting, "trusting") == before


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("reported,,reported,", "a record is the same as itself"),
        (",trust,nobody,", "nobody"),
        ("nobody,,trust,", "nobody"),
    ],
)
def test_what_is_no_other_record_is_refused(tmp_path: Path, row: str, found: str) -> None:
    said = f"concept,mechanism,same_as,declared_by\n{row}\n"
    reading = check(folder(tmp_path, same=said), Settings())
    told: list[Problem] = [one for one in reading.problems if one.file == "same-as.csv"]
    assert [one.row for one in told] == [2]
    assert found in f"{told[0].message} {told[0].found}"


@pytest.mark.parametrize("row", ["trust,,trust,", ",trust,safe,", "reported,,trust,"])
def test_either_may_name_the_other(tmp_path: Path, row: str) -> None:
    said = f"concept,mechanism,same_as,declared_by\n{row}\n"
    told = check(folder(tmp_path, same=said), Settings()).problems
    assert [one for one in told if one.file == "same-as.csv"] == []


def test_the_map_draws_what_is_declared(trusting: Store) -> None:
    drawn = theory_map(trusting)
    joins = {edge.record: edge for edge in drawn.edges if edge.kind == "same as"}
    declared = {one.id: one for one in same_as(trusting).items}
    assert {(edge.start, edge.end) for edge in joins.values()} == {
        ("concept/trusting:trust", "mechanism/trusting:trust"),
        ("concept/trusting:teams", "concept/trusting:kept"),
    }
    assert joins.keys() == declared.keys()
    assert all(id_ in edge.lines[0] for id_, edge in joins.items())
    drawing = draw(drawn)
    assert drawing.undrawn == 0
    kinds = [edge["kind"] for edge in drawing.network.edges]
    assert kinds.count("same as") == 2
    assert [kind for kind, line in LINES.items() if not line.arrow] == ["same as"]
    page = render_map(drawn)
    assert "declared to be the same" in page
    assert all(id_ in page for id_ in declared)


def test_a_join_leads_on_to_the_right_within_a_review_alone() -> None:
    def part_of(review: str, name: str, kind: str = "concept") -> MapNode:
        return MapNode(id=f"{review}:{name}", kind=kind, review=review, name=name)

    def joined(other: str) -> dict[str, int]:
        one, gives = part_of("one", "k1", "configuration"), part_of("one", "gives")
        two, holds = part_of(other, "k2", "configuration"), part_of(other, "holds")
        nodes = [one, gives, two, holds]
        gives.roles, holds.roles = [Role.OUTCOME], [Role.CONTEXT]
        ends = [(one, gives, "outcome"), (holds, two, "context"), (holds, gives, "same as")]
        edges = [MapEdge(start=a.key, end=b.key, kind=kind) for a, b, kind in ends]
        return depths(TheoryMap(title="Made up", reviews=[], nodes=nodes, edges=edges))

    assert joined("one") == {"configuration/one:k2": 1, "concept/one:holds": 1}
    assert joined("two") == {}


def test_pages_and_commands_tell_both_kinds(
    command: Callable[..., Ran], trusting: Store, tmp_path: Path
) -> None:
    client = TestClient(create_app(Settings(), trusting), base_url="http://localhost")
    page = client.get("/same-as", headers={"Accept": "text/html"}).text
    assert 'href="/mechanisms/trusting:trust"' in page
    assert "concept, mechanism" in page
    command("load", tmp_path / "trusting")
    text = " ".join(command("same-as", COLUMNS="200").out.split())
    assert "is a concept, and the same as the mechanism Trust among staff" in text
    kinds = [one["other_kind"] for one in json.loads(command("same-as", "--json").out)["items"]]
    assert sorted(kinds) == ["concept", "mechanism"]
