"""The gap matrix: what evidence each cell has, what stands beside it, and what the seed says."""

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

from graph.answers import Cell, Dimension, GapMatrix, Mark, Sort
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


def told(marks: list[Mark]) -> list[str]:
    return [mark.told for mark in marks]


def test_the_seed_states_one_absence_and_two_incorporations_none_at_a_level(loaded: Store) -> None:
    found = matrix(loaded, "harris2021")
    rows = {row.name: row for row in found.rows}
    whole = {name: told(row.marks) for name, row in rows.items() if row.marks}
    assert whole == {
        "Fostering resilience": ["stated absent (for the mechanism, level not stated)"],
        "Adaptability of leadership style": [
            "incorporated into 7 mechanisms (for the mechanism, level not stated)"
        ],
        "Planning and coordinating": [
            "incorporated into 7 mechanisms (for the mechanism, level not stated)"
        ],
        "Working with power": ["stated unclear (for the mechanism, level not stated)"],
        "political astuteness": ["stated absent (for the concept, level not stated)"],
        "pre-existing networks": ["gap stated (for the concept, level not stated)"],
    }
    assert Counter(states(found).values()) == {"supported": 14, "none entered": 10}
    for row in found.rows:
        for cell in row.cells:
            assert cell.marks == row.marks, "no word of the summary is about one level"
    counted = Counter(mark.word.value for mark in found.counted())
    assert counted == {
        "stated scarce": 2,
        "gap stated": 1,
        "stated absent": 3,
        "stated unclear": 1,
        "incorporated": 2,
    }
    (resilience,) = rows["Fostering resilience"].marks
    assert resilience.ids == [
        "harris2021:fostering-resilience-stage-2",
        "harris2021:fostering-resilience-no-evidence",
        "harris2021:stage-2",
    ]
    note = "Too little evidence for a mechanism of its own."
    assert note in rows["Planning and coordinating"].marks[0].text
    assert len(rows["Planning and coordinating"].marks[0].into) == 7


def test_the_perspective_that_is_missing_is_missing_as_a_column(loaded: Store) -> None:
    found = matrix(loaded, "harris2021", "perspective")
    patients, stakeholders = found.columns
    assert told(patients.marks) == ["stated absent (for the column as a whole)"]
    assert patients.marks[0].ids == [
        "harris2021:no-patient-or-service-user-perspective",
        "harris2021:stage-2",
    ]
    assert stakeholders.marks == []
    for name, column, cell in cells(found):
        said = {mark.word.value for mark in cell.marks}
        if column == patients.name:
            assert patients.marks[0] in cell.marks
            assert cell.state.value == "none entered"
        else:
            assert "searched, none found" not in said, "the review consulted them throughout"
        if name == "political astuteness" and column == stakeholders.name:
            assert cell.state.value == "stakeholders only"


def test_rarely_is_scarce_and_not_absent(loaded: Store) -> None:
    found = matrix(loaded, "richmond2020")
    assert [told(column.marks) for column in found.columns] == [
        [],
        ["stated scarce (for the column as a whole)"],
        ["stated scarce (for the column as a whole)"],
    ]
    for _, column, cell in cells(found):
        assert [mark.word.value for mark in cell.marks] == (
            [] if column == "Student" else ["stated scarce"]
        )
    assert len({mark.text for mark in found.counted()}) == 1


def test_a_search_is_named_by_review_stage_and_numbers(loaded: Store) -> None:
    found = matrix(loaded, "harris2021")
    row = next(row for row in found.rows if row.name == "Fostering resilience")
    assert "search: harris2021, Stage 2" in row.marks[0].text
    assert "papers included: 36" in row.marks[0].text
    (search,) = found.searches
    assert search.stage == "harris2021:stage-2"
    assert search.totals["papers included"] == 36


def test_primary_and_synthesis_are_counted_apart(loaded: Store) -> None:
    harris = [
        cell.weight for _, _, cell in cells(matrix(loaded, "harris2021")) if cell.weight.pieces
    ]
    assert {weight.text for weight in harris} == {
        "one synthesis, 36 studies, not attributed: 1 for"
    }
    richmond = matrix(loaded, "richmond2020", column="student")
    assert [cell.weight.works for _, _, cell in cells(richmond)] == [
        {"primary": n} for n in (22, 7, 5, 4, 9)
    ]


def test_kinds_of_source_are_columns_and_databases_fill_none_of_stakeholders(loaded: Store) -> None:
    found = matrix(loaded, "harris2021", "source kind")
    assert [column.name for column in found.columns] == ["synthesis", "consultation"]
    place = {(row, column): cell for row, column, cell in cells(found)}
    assert place["Taking a wider view", "synthesis"].state.value == "supported"
    assert told(place["Taking a wider view", "consultation"].marks) == [
        "cannot be filled by this search"
    ]
    assert place["political astuteness", "consultation"].state.value == "stakeholders only"


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
    assert told(paper.marks) == ["reported by a synthesis, not attributed"]
    assert paper.marks[0].ids == ["r:all"]


def test_each_cell_drills_down_to_its_evidence(loaded: Store) -> None:
    for by in EVERY_BY:
        for review in ("harris2021", "richmond2020"):
            for row in matrix(loaded, review, *by).rows:
                for cell in (*row.cells, *row.beside):
                    listed = evidence(loaded, EvidenceFilter(**cell.drill_down), limit=1)
                    assert listed.totals.evidence == cell.weight.pieces


@GENERATED
@given(bundle=bundles())
def test_evidence_is_in_its_cell_or_beside_the_matrix_and_counted_by_works(
    bundle: ReviewBundle,
) -> None:
    # Here each source is a work of its own; sources that are one work have a law of their own.
    apart = [one for one in bundle.same_as if one.source is None]
    bundle = bundle.model_copy(update={"same_as": apart})
    belongs = {one.id: one.mechanisms for one in bundle.configurations}
    kinds = {source.id: source.kind for source in bundle.sources}
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        for by in EVERY_BY:
            found = matrix(store, bundle.review.id, *by)
            expected = counted(bundle, by, belongs, kinds)
            shown = set()
            for row in found.rows:
                assert all("" not in cell.at for cell in row.cells)
                assert all("" in cell.at for cell in row.beside)
                for cell in (*row.cells, *row.beside):
                    key = (row.id, tuple(cell.at))
                    check(cell, expected.get(key, {}))
                    if cell.weight.pieces:
                        shown.add(key)
            assert shown == set(expected)
            assert found.entered is bool(bundle.evidence)
            assert any("silence of the file" in note for note in found.notes) is not found.entered


def check(cell: Cell, works: dict[str, set[str]]) -> None:
    for_it = works.get("supports", set()) | works.get("refines", set())
    against = works.get("challenges", set())
    empirical = [cell.weight.amount(sort, stance) for sort in Sort for stance in Stance]
    of = {
        stance: sum(
            one.works
            for one in empirical
            if one.stance is stance and one.sort is not Sort.STAKEHOLDERS
        )
        for stance in Stance
    }
    assert of == {stance: len(works.get(stance.value, ())) for stance in Stance}
    assert cell.weight.works.get(Sort.STAKEHOLDERS, 0) == len(works.get("stakeholders", ()))
    assert cell.state.value == (
        "mixed"
        if for_it and against
        else "supported"
        if for_it
        else "challenged"
        if against
        else "stakeholders only"
        if works
        else "none entered"
    )


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
        piece = Evidence(id="r:e", source="r:s", mechanism="r:m", stance=stance, setting="ward")
        load_review(
            store,
            ReviewBundle(review=review, sources=[source], mechanisms=[mechanism], evidence=[piece]),
        )
        for _ in range(2):
            assert set(states(matrix(store, "r", "setting")).values()) == {state}


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
    beside = json.loads(command("gaps", "--column", "not stated", "--json").out)["reviews"][0]
    assert beside["columns"] == []
    assert [row["name"] for row in beside["rows"]] == ["political astuteness"]
    shown = command("gaps", "--by", "level,perspective", COLUMNS="40").out
    assert max(len(line) for line in shown.splitlines()) <= 40
