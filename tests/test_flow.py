"""The search flow: every stated number is held against the others, and a slip is named."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import EXAMPLES
from folders import REVIEW, checked

from graph.errors import Severity
from graph.questions.flow import flow
from graph.settings import Settings
from graph.store import Store
from loaders.intake import check, load

SHIPPED = ("harris2021", "richmond2020")
UNCHECKED = {
    "harris2021": [
        "stage-1.beyond-health-and-social-care: studies from outside health and social care (12)"
    ],
    "richmond2020": [
        "search.full-texts: full texts retrieved (149)",
        "participants: participants (1495)",
    ],
}
Path_ = tuple[str | int, ...]


def stated(name: str) -> dict[str, Any]:
    text = (EXAMPLES / name / "review.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def numbers(review: dict[str, Any]) -> Iterator[tuple[str, Path_, int]]:
    """Every number of the flow: the local id of what holds it, its path, and itself."""
    for at, stage in enumerate(review["search"]):
        for on, step in enumerate(stage["steps"]):
            if "n" in step:
                yield f"{stage['id']}.{step['id']}", ("search", at, "steps", on, "n"), step["n"]
    for at, tally in enumerate(review["tallies"]):
        yield tally["id"], ("tallies", at, "n"), tally["n"]
        for part, n in tally.get("parts", {}).items():
            yield tally["id"], ("tallies", at, "parts", part), n


def changed(review: dict[str, Any], path: Path_, value: int) -> dict[str, Any]:
    """The review with another number at one place."""
    other = copy.deepcopy(review)
    inner: Any = other
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return other


def copied(name: str, to: Path, review: dict[str, Any]) -> Path:
    """A shipped folder with another review.yaml."""
    shutil.copytree(EXAMPLES / name, to)
    text = yaml.safe_dump(review, allow_unicode=True, sort_keys=False)
    (to / "review.yaml").write_text(text, encoding="utf-8")
    return to


SLIPS = [
    (name, id_, path, n, n + by)
    for name in SHIPPED
    for id_, path, n in numbers(stated(name))
    for by in (-1, 1)
]


def unchecked(name: str, id_: str) -> bool:
    return any(text.startswith(f"{id_}: ") for text in UNCHECKED[name])


def test_both_reviews_have_all_their_numbers_in_the_sweep() -> None:
    sweep = {name: [n for _, _, n in numbers(stated(name))] for name in SHIPPED}
    harris = "1446 532 914 848 66 43 23 41 27 14 37 12 5673 5253 420 22 2 11 3 458 16 442 36"
    assert sweep["harris2021"][:23] == [int(n) for n in harris.split()]
    assert sweep["richmond2020"][:5] == [149, 25, 2, 1, 28]
    assert len(SLIPS) == 2 * sum(map(len, sweep.values())) > 120


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_review_adds_up(tmp_path: Path, name: str) -> None:
    assert check(copied(name, tmp_path / name, stated(name)), Settings()).problems == []


@pytest.mark.slow
def test_a_slip_of_one_in_any_number_is_reported_by_name(
    tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for place, (name, id_, path, n, slip) in enumerate(SLIPS):
        with subtests.test(f"{name} {'.'.join(map(str, path))}: {n} as {slip}"):
            folder = copied(name, tmp_path / str(place), changed(stated(name), path, slip))
            reading = check(folder, Settings())
            assert reading.errors == []
            if unchecked(name, id_):
                assert reading.problems == []
                continue
            assert reading.problems
            owner = id_.partition(".")[0]
            for warning in reading.problems:
                assert warning.severity is Severity.WARNING
                assert re.match(rf"the flow does not add up: {re.escape(owner)}\b", warning.message)
                assert re.search(rf"\b{slip}\b", warning.found or "")


@pytest.mark.parametrize("name", SHIPPED)
def test_what_nothing_can_check_is_listed_and_nothing_else(loaded: Store, name: str) -> None:
    report = flow(loaded, name)
    assert report.adds_up
    assert report.unchecked == UNCHECKED[name]


def test_what_is_implied_is_computed_and_marked_never_stated(loaded: Store) -> None:
    report = flow(loaded, "harris2021")
    assert {(item.step, item.n, item.text) for item in report.implied} == {
        ("harris2021:stage-1.included", 49, "37 + 12 = [49]"),
        ("harris2021:stage-2.excluded-on-full-text", 406, "442 - [406] = 36"),
    }
    steps = {step.id: step for stage in report.stages for step in stage.steps}
    for id_, n in (
        ("harris2021:stage-1.included", 49),
        ("harris2021:stage-2.excluded-on-full-text", 406),
    ):
        assert steps[id_].n is None
        assert steps[id_].computed == n
    said = [step.n for step in steps.values()] + [tally.n for tally in report.tallies]
    assert not {49, 406} & set(said)
    assert flow(loaded, "richmond2020").implied == []


def test_the_equations_of_the_first_stage_are_those_of_the_report(loaded: Store) -> None:
    texts = [item.text for item in flow(loaded, "harris2021").equations]
    assert texts[:10] == [
        "1446 - 532 = 914",
        "914 - 848 = 66",
        "66 - 43 = 23",
        "41 - 27 = 14",
        "23 + 14 = 37",
        "5673 - 5253 = 420",
        "420 + 22 + 2 + 11 + 3 = 458",
        "458 - 16 = 442",
        "36 = 36",
        "5 = 5",
    ]
    assert "7 + 2 + 1 = 10" in texts


def test_a_number_that_would_be_negative_is_reported(tmp_path: Path) -> None:
    review = stated("harris2021")
    (path,) = [path for id_, path, _ in numbers(review) if id_ == "stage-2.included"]
    reading = check(copied("harris2021", tmp_path / "x", changed(review, path, 443)), Settings())
    (found,) = [item.found for item in reading.problems if "would be -1" in (item.found or "")]
    assert "442 - ? = 443" in str(found)


def test_the_lists_behind_a_count_are_counted_each_stage_by_itself(tmp_path: Path) -> None:
    review = stated("harris2021")
    review["search"][1]["databases"].pop()
    review["objectives"].append("An illustrative sixth objective.")
    reading = check(copied("harris2021", tmp_path / "x", review), Settings())
    assert sorted(item.message.partition(": ")[2].split(":")[0] for item in reading.problems) == [
        "databases-stage-2",
        "objectives",
    ]


def test_a_corrected_flow_replaces_the_wrong_one(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "review"
    checked(folder, {"review.yaml": REVIEW.replace("n: 6", "n: 7")})
    assert load(store, folder, Settings()).warnings
    assert not flow(store, "illustrative").adds_up
    checked(folder, {"review.yaml": REVIEW})
    assert not load(store, folder, Settings()).warnings
    assert flow(store, "illustrative").adds_up


def test_two_unknown_numbers_in_one_equation_imply_nothing(tmp_path: Path, store: Store) -> None:
    text = REVIEW.replace(", n: 10", "").replace(", n: 6", "")
    folder = tmp_path / "review"
    reading = checked(folder, {"review.yaml": text})
    assert reading.problems == []
    load(store, folder, Settings())
    report = flow(store, "illustrative")
    assert report.implied == []
    assert report.unchecked == ["stage-1.included: records included (4)"]
