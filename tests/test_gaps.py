"""The gap matrix: six states, a reason for every cell, and the evidence behind each of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from bundles import bundles
from conftest import EXAMPLES, Ran
from hypothesis import given
from laws import examples

from graph.answers import Cell, CellState, Dimension, GapMatrix
from graph.errors import UnknownValue
from graph.load import load_review
from graph.model import EMPIRICAL, Evidence, Mechanism, Review, ReviewBundle, Source, Stance
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.gaps import gaps
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

EVERY_BY = [
    *([dimension] for dimension in Dimension),
    *(list(pair) for pair in combinations(Dimension, 2)),
]
GENERATED = examples(25)


def matrix(store: Store, review: str, *by: str, column: str | None = None) -> GapMatrix:
    (found,) = gaps(store, review=review, by=by or ("level",), column=column).reviews
    return found


def cells(found: GapMatrix) -> Iterator[tuple[str, str, Cell]]:
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            assert cell.at == column.at
            yield row.name, column.name, cell


def states(found: GapMatrix) -> dict[tuple[str, str], str]:
    return {(row, column): cell.state.value for row, column, cell in cells(found)}


def test_the_seed_says_why_each_cell_is_empty(loaded: Store) -> None:
    found = states(matrix(loaded, "harris2021"))
    for level in ("System", "Team"):
        assert found["Fostering resilience", level] == "searched, none found"
        assert found["political astuteness", level] == "not searched, stakeholders only"
        assert found["Working with power", level] == "supported"
    by_perspective = states(matrix(loaded, "harris2021", "perspective"))
    patients = {
        state for (_, column), state in by_perspective.items() if column.startswith("Patient")
    }
    assert patients == {"searched, none found"}
    assert len(by_perspective) == 11 * 3
    assert by_perspective["political astuteness", "Stakeholder"] == (
        "not searched, stakeholders only"
    )


def test_a_search_is_named_by_review_stage_and_numbers(loaded: Store) -> None:
    found = matrix(loaded, "harris2021")
    cell = next(cell for row, _, cell in cells(found) if row == "Fostering resilience")
    assert cell.searches == ["harris2021:stage-2"]
    assert "harris2021, Stage 2" in cell.reason
    assert "papers included: 36" in cell.reason
    (search,) = found.searches
    assert search.stage == "harris2021:stage-2"
    assert search.totals["papers included"] == 36


def test_primary_and_synthesis_are_counted_apart(loaded: Store) -> None:
    harris = [cell for _, _, cell in cells(matrix(loaded, "harris2021")) if cell.evidence]
    assert {(cell.primary, cell.synthesis) for cell in harris} == {(0, 1), (0, 0)}
    richmond = matrix(loaded, "richmond2020", column="student")
    assert [cell.primary for _, _, cell in cells(richmond)] == [22, 7, 5, 4, 9]
    assert {cell.synthesis for _, _, cell in cells(richmond)} == {0}


def test_kinds_of_source_are_columns(loaded: Store) -> None:
    found = matrix(loaded, "harris2021", "source kind")
    assert [column.name for column in found.columns] == ["synthesis", "consultation"]
    told = states(found)
    assert told["Working with power", "synthesis"] == "supported"
    assert told["Working with power", "consultation"] == "not searched, theorised only"
    assert told["political astuteness", "consultation"] == "not searched, stakeholders only"


def test_no_paper_is_claimed_where_a_synthesis_names_none(store: Store) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative review"),
        sources=[
            Source(id="r:all", kind="synthesis", title="Illustrative", attribution="collective"),
            Source(id="r:one", kind="paper", title="Illustrative paper"),
        ],
        mechanisms=[Mechanism(id="r:m", name="Illustrative mechanism")],
        evidence=[Evidence(id="r:e", source="r:all", mechanism="r:m", stance="supports")],
    )
    load_review(store, bundle)
    paper = matrix(store, "r", "source kind", column="paper").rows[0].cells[0]
    assert paper.state is CellState.THEORISED_ONLY
    assert "does not say which of its studies" in paper.reason


@pytest.mark.parametrize("by", EVERY_BY, ids=lambda by: "+".join(by))
def test_each_cell_drills_down_to_its_evidence(loaded: Store, by: list[Dimension]) -> None:
    for review in ("harris2021", "richmond2020"):
        for _, _, cell in cells(matrix(loaded, review, *by)):
            listed = evidence(loaded, EvidenceFilter(**cell.drill_down), limit=1000)
            assert listed.totals.evidence == cell.evidence


@GENERATED
@given(bundle=bundles())
def test_every_cell_has_one_state_a_reason_and_its_counts(bundle: ReviewBundle) -> None:
    stages = {stage.id for stage in bundle.stages}
    belongs = {one.id: one.mechanisms for one in bundle.configurations}
    kinds = {source.id: source.kind for source in bundle.sources}
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        for by in EVERY_BY:
            found = matrix(store, bundle.review.id, *by)
            expected = counted(bundle, by, belongs, kinds)
            shown: Counter[tuple[str, tuple[str, ...]]] = Counter()
            for row in found.rows:
                for cell in row.cells:
                    assert cell.reason
                    key = (row.id, tuple(cell.at))
                    shown[key] += cell.evidence
                    sources = expected.get(key, {})
                    check(cell, sources, found, stages)
            assert {key for key, n in shown.items() if n} == set(expected)


def check(cell: Cell, sources: dict[str, set[str]], found: GapMatrix, stages: set[str]) -> None:
    for_it = sources.get("supports", set()) | sources.get("refines", set())
    against = sources.get("challenges", set())
    assert cell.supporting == len(sources.get("supports", ()))
    assert cell.challenging == len(against)
    assert cell.stakeholders == len(sources.get("stakeholders", ()))
    if for_it or against:
        wanted = (
            CellState.MIXED
            if for_it and against
            else CellState.SUPPORTED
            if for_it
            else CellState.CHALLENGED
        )
        assert cell.state is wanted
    else:
        assert cell.primary == cell.synthesis == 0
        assert cell.state in (
            CellState.SEARCHED_NONE,
            CellState.STAKEHOLDERS_ONLY,
            CellState.THEORISED_ONLY,
        )
    if cell.state is CellState.SEARCHED_NONE:
        assert cell.searches
        assert set(cell.searches) <= stages & {search.stage for search in found.searches}
    if cell.state is CellState.STAKEHOLDERS_ONLY:
        assert "stakeholders" in cell.reason


def counted(
    bundle: ReviewBundle,
    by: list[Dimension],
    belongs: dict[str, list[str]],
    kinds: dict[str, str],
) -> dict[tuple[str, tuple[str, ...]], dict[str, set[str]]]:
    """Works by row, column and stance, counted without a store: each source is a work here."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, set[str]]] = {}
    excluded = {source.id for source in bundle.sources if source.included is False}
    for piece in bundle.evidence:
        if piece.source in excluded:
            continue
        kind, target = piece.target
        rows = {"mechanism": [target], "concept": [target]}.get(kind, belongs.get(target, []))
        values = {
            Dimension.LEVEL: piece.levels or [""],
            Dimension.PERSPECTIVE: [piece.perspective or ""],
            Dimension.SETTING: [piece.setting or ""],
            Dimension.SOURCE_KIND: [kinds[piece.source].value],
        }
        columns = [(one,) for one in values[by[0]]]
        if len(by) == 2:
            columns = [(*one, other) for one in columns for other in values[by[1]]]
        said = piece.stance.value if kinds[piece.source] in EMPIRICAL else "stakeholders"
        for row in rows:
            for at in columns:
                found.setdefault((row, at), {}).setdefault(said, set()).add(piece.source)
    return found


def test_the_matrix_follows_a_load(store: Store) -> None:
    review = Review(id="r", title="Illustrative review")
    source = Source(id="r:s", kind="paper", title="Illustrative paper")
    mechanism = Mechanism(id="r:m", name="Illustrative mechanism")
    for stance, state in ((Stance.SUPPORTS, "supported"), (Stance.CHALLENGES, "challenged")):
        piece = Evidence(id="r:e", source="r:s", mechanism="r:m", stance=stance)
        load_review(
            store,
            ReviewBundle(review=review, sources=[source], mechanisms=[mechanism], evidence=[piece]),
        )
        for _ in range(2):
            assert set(states(matrix(store, "r")).values()) == {state}


@pytest.mark.parametrize("by", [[], ["level", "level"], ["colour"], ["level", "setting", "level"]])
def test_dimensions_that_make_no_matrix_are_refused(loaded: Store, by: list[str]) -> None:
    with pytest.raises(UnknownValue):
        gaps(loaded, by=by)


def test_an_unknown_column_is_refused_with_those_that_are_known(loaded: Store) -> None:
    with pytest.raises(UnknownValue) as caught:
        gaps(loaded, column="ward")
    assert "Team" in caught.value.known


def test_the_command_narrows_and_fits_a_narrow_terminal(command: Callable[..., Ran]) -> None:
    command("load", EXAMPLES / "harris2021")
    told = command("gaps", "--by", "perspective,level", "--column", "team", "--json").out
    (found,) = json.loads(told)["reviews"]
    assert {tuple(column["at"])[1] for column in found["columns"]} == {"team"}
    shown = command("gaps", "--by", "level,perspective", COLUMNS="40").out
    assert max(len(line) for line in shown.splitlines()) <= 40
