"""Both marks of a gap cell: the decision table row by row, brute force, and the made-up cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from bundles import bundles
from commands import Ran
from gaps_by_hand import ByHand
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from graph.answers import Cell, Dimension, EvidenceState, GapMatrix, Mark, Reach, Word
from graph.answers.signs import EVIDENCE, FROM, PART, WORDS
from graph.load import load_review
from graph.model import (
    Absence,
    Concept,
    Configuration,
    Evidence,
    Finding,
    HistoryEntry,
    Level,
    Mechanism,
    Part,
    Review,
    ReviewBundle,
    Source,
    Stage,
)
from graph.questions.gap_rules import RULES, Says, word_for
from graph.questions.gaps import gaps
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store, scratch_store

GENERATED = examples(40)
EVERY_BY = [
    *([dimension] for dimension in Dimension),
    *(list(pair) for pair in combinations(Dimension, 2)),
]
ABSENCE = (Word.SEARCHED_NONE, Word.STATED_ABSENT)


def matrix(store: Store, review: str, *by: str) -> GapMatrix:
    (found,) = gaps(store, review=review, by=by or ("level",)).reviews
    return found


def cell_of(found: GapMatrix, row: str, *at: str) -> Cell:
    return next(
        cell for one in found.rows if one.id == row for cell in one.cells if cell.at == list(at)
    )


def words(marks: list[Mark]) -> set[Word]:
    return {mark.word for mark in marks}


# ---- the table, row by row ----

M, OTHER, TEAM = "m", "other", "team"


def made(review: str, **lists: Any) -> ReviewBundle:
    """An illustrative review: two mechanisms, a paper, a search, and evidence elsewhere."""
    base: dict[str, Any] = {
        "levels": [Level(id=f"{review}:{name}", name=name) for name in (TEAM, "organisation")],
        "stages": [Stage(id=f"{review}:lit", name="Search", position=0, databases=["Medline"])],
        "sources": [
            Source(id=f"{review}:p", kind="paper", title="Illustrative paper"),
            Source(id=f"{review}:talk", kind="interview", title="Illustrative interview"),
            Source(
                id=f"{review}:all",
                kind="synthesis",
                title="Illustrative synthesis",
                attribution="collective",
                studies=3,
            ),
        ],
        "mechanisms": [Mechanism(id=f"{review}:{name}", name=name) for name in (M, OTHER)],
        "evidence": [piece(review, "e0", OTHER, TEAM)],
    }
    base |= {
        name: [*base.get(name, []), *found] if name == "evidence" else found
        for name, found in lists.items()
    }
    return ReviewBundle(review=Review(id=review, title="Illustrative review"), **base)


def piece(review: str, name: str, about: str, *levels: str, source: str = "p") -> Evidence:
    return Evidence(
        id=f"{review}:{name}",
        source=f"{review}:{source}",
        mechanism=f"{review}:{about}",
        stance="supports",
        levels=list(levels),
    )


def gap(review: str, **more: Any) -> dict[str, Any]:
    one = Finding(
        id=f"{review}:f",
        kind="gap",
        name="Illustrative gap",
        statement="Illustrative.",
        mechanisms=[f"{review}:{M}"],
        levels=[TEAM],
        **more,
    )
    return {"findings": [one]}


def row(review: str, status: str, **more: Any) -> dict[str, Any]:
    return {
        "history": [
            HistoryEntry(
                id=f"{review}:h", mechanism=f"{review}:{M}", position=0, status=status, **more
            )
        ]
    }


def scope(review: str, *levels: str) -> dict[str, Any]:
    stage = Stage(
        id=f"{review}:lit",
        name="Search",
        position=0,
        databases=["Medline"],
        mechanisms=[f"{review}:{M}"],
        levels=list(levels),
    )
    return {"stages": [stage]}


Case = Callable[[str], tuple[ReviewBundle, str, str]]
"""Makes the review of an id, and says by what its matrix is asked and in which column."""


def at_team(lists: Callable[[str], dict[str, Any]], *evidence: str | None) -> Case:
    """Evidence about the mechanism at these levels; at none for None."""

    def case(review: str) -> tuple[ReviewBundle, str, str]:
        pieces = [
            piece(review, f"e{n}", M, *filter(None, [level]))
            for n, level in enumerate(evidence, start=1)
        ]
        return made(review, **lists(review), evidence=pieces), "level", TEAM

    return case


def by_kind(kind: str, sources: list[str], lists: Callable[[str], dict[str, Any]]) -> Case:
    """Evidence about the mechanism from these sources; the matrix is by kind of source."""

    def case(review: str) -> tuple[ReviewBundle, str, str]:
        pieces = [
            piece(review, f"e{n}", M, source=source) for n, source in enumerate(sources, start=1)
        ]
        return made(review, **lists(review), evidence=pieces), "source kind", kind

    return case


def nothing(_: str) -> dict[str, Any]:
    return {}


def searched_gap(review: str) -> dict[str, Any]:
    return gap(review, searched=f"{review}:lit")


CASES: dict[tuple[Says, bool | None, bool | None], Case] = {
    (Says.ABSENT, None, None): at_team(lambda r: gap(r, absence=Absence.ABSENT), TEAM),
    (Says.SCARCE, None, None): at_team(lambda r: gap(r, absence=Absence.SCARCE), TEAM),
    (Says.UNCLEAR, None, None): at_team(lambda r: gap(r, absence=Absence.UNCLEAR)),
    (Says.GAP, None, None): at_team(gap),
    (Says.SEARCHED_GAP, False, True): at_team(searched_gap),
    (Says.SEARCHED_GAP, False, False): at_team(searched_gap, None),
    (Says.SEARCHED_GAP, True, None): at_team(searched_gap, TEAM),
    (Says.SUPPORTED, False, None): at_team(lambda r: row(r, "supported", stage=f"{r}:lit")),
    (Says.SUPPORTED, True, None): at_team(lambda r: row(r, "supported", stage=f"{r}:lit"), TEAM),
    (Says.INCORPORATED, None, None): at_team(
        lambda r: row(r, "incorporated", into=[f"{r}:{OTHER}"]), TEAM
    ),
    (Says.SEARCHED, False, True): at_team(lambda r: scope(r, TEAM)),
    (Says.SEARCHED, False, False): at_team(lambda r: scope(r, TEAM), None),
    (Says.SEARCHED, True, None): at_team(lambda r: scope(r, TEAM), TEAM),
    (Says.ELSEWHERE, False, None): by_kind("interview", ["p"], scope),
    (Says.ELSEWHERE, True, None): by_kind("interview", ["talk"], scope),
    (Says.COLLECTIVE, False, None): by_kind("paper", ["all"], nothing),
    (Says.COLLECTIVE, True, None): by_kind("paper", ["all", "p"], nothing),
    (Says.OPEN, False, None): at_team(
        lambda r: row(r, "supported", stage=f"{r}:lit"), "organisation"
    ),
    (Says.OPEN, True, None): at_team(
        lambda r: row(r, "supported", stage=f"{r}:lit"), "organisation", TEAM
    ),
    (Says.NOTHING, False, None): at_team(nothing),
    (Says.NOTHING, True, None): at_team(nothing, TEAM),
}


WANTED: dict[tuple[Says, bool | None, bool | None], str | None] = {
    (Says.ABSENT, None, None): "stated absent",
    (Says.SCARCE, None, None): "stated scarce",
    (Says.UNCLEAR, None, None): "stated unclear",
    (Says.GAP, None, None): "gap stated",
    (Says.SEARCHED_GAP, False, True): "searched, none found",
    (Says.SEARCHED_GAP, False, False): "gap stated",
    (Says.SEARCHED_GAP, True, None): "gap stated",
    (Says.SUPPORTED, False, None): "stated supported, evidence not entered",
    (Says.SUPPORTED, True, None): None,
    (Says.INCORPORATED, None, None): "incorporated",
    (Says.SEARCHED, False, True): "searched, none found",
    (Says.SEARCHED, False, False): "searched, outcome not on record",
    (Says.SEARCHED, True, None): None,
    (Says.ELSEWHERE, False, None): "cannot be filled by this search",
    (Says.ELSEWHERE, True, None): None,
    (Says.COLLECTIVE, False, None): "reported by a synthesis, not attributed",
    (Says.COLLECTIVE, True, None): None,
    (Says.OPEN, False, None): "search on record",
    (Says.OPEN, True, None): None,
    (Says.NOTHING, False, None): "nobody looked on record",
    (Says.NOTHING, True, None): None,
}
"""The word of each row, written down a second time."""


def test_every_row_of_the_table_gives_its_word(store: Store) -> None:
    assert len(RULES) == len({(one.says, one.entered, one.settled) for one in RULES})
    assert set(CASES) == {(one.says, one.entered, one.settled) for one in RULES}
    for number, rule in enumerate(RULES):
        review = f"r{number}"
        bundle, by, at = CASES[rule.says, rule.entered, rule.settled](review)
        load_review(store, bundle)
        marks = cell_of(matrix(store, review, by), f"{review}:{M}", at).marks
        wanted = {WANTED[rule.says, rule.entered, rule.settled]} - {None}
        if rule.says is Says.ELSEWHERE and rule.entered:
            # What a search of papers makes of the row as a whole stays out of such a column.
            assert Word.NOT_BY_THIS_SEARCH not in words(marks)
            continue
        assert {word.value for word in words(marks)} == wanted, rule


def test_for_whatever_a_record_says_exactly_one_row_fits() -> None:
    for says in Says:
        for entered in (True, False):
            for settled in (True, False):
                fitting = [
                    rule
                    for rule in RULES
                    if rule.says is says
                    and rule.entered in (None, entered)
                    and rule.settled in (None, settled)
                ]
                assert len(fitting) == 1
                assert word_for(says, entered=entered, settled=settled) is fitting[0].word


def test_no_two_marks_share_a_sign() -> None:
    signs = [look.sign for look in (*EVIDENCE.values(), *WORDS.values())]
    signs += [*FROM.values(), PART]
    assert len(set(signs)) == len(signs)
    assert set(EVIDENCE) == set(EvidenceState)
    assert set(WORDS) == set(Word)


# ---- brute force ----


def shown(marks: list[Mark]) -> Counter[Any]:
    return Counter(
        (
            mark.word.value,
            mark.reach.value,
            mark.configurations[0].id if mark.configurations else "",
            frozenset(mark.ids),
        )
        for mark in marks
    )


@GENERATED
@given(bundle=bundles(most=3), by=st.sampled_from(EVERY_BY))
def test_a_second_program_comes_to_the_same_marks(bundle: ReviewBundle, by: list[str]) -> None:
    with scratch_store(Settings()) as store:
        assert_marks(store, bundle, by)


@pytest.mark.neo4j
@examples(5, shared=True)
@given(bundle=bundles(most=2), by=st.sampled_from(EVERY_BY))
def test_a_server_comes_to_them_too(
    neo4j_store: Store, bundle: ReviewBundle, by: list[str]
) -> None:
    assert_marks(neo4j_store, bundle, by)


def assert_marks(store: Store, bundle: ReviewBundle, by: list[str]) -> None:
    """The matrix has the marks that the second program finds, each where it finds them."""
    load_review(store, bundle)
    found = matrix(store, bundle.review.id, *by)
    hand = ByHand(bundle, [str(one) for one in by])
    assert {one.id for one in found.rows} == hand.rows
    assert shown(found.marks) == Counter(hand.of_review())
    for column in found.columns:
        assert shown(column.marks) == Counter(hand.of_column(tuple(column.at)))
    for one in found.rows:
        assert shown(one.marks) == Counter(hand.of_row(one.id))
        for cell in one.cells:
            assert shown(cell.marks) == Counter(hand.of_cell(one.id, tuple(cell.at)))


def covers(bundle: ReviewBundle, record: str, found: str, at: dict[str, str]) -> bool:
    """Whether a stage, history row or gap names exactly this row, and these values."""
    held = [*bundle.stages, *bundle.history, *bundle.findings]
    one: Any = next(each for each in held if each.id == record)
    rows = [*getattr(one, "mechanisms", []), *getattr(one, "concepts", [])]
    if isinstance(one, HistoryEntry) and one.status not in ("preliminary", "new"):
        rows.append(one.mechanism)  # these two are no search, and state nothing of evidence
    fields = {"level": "levels", "perspective": "perspectives", "source kind": "kinds"}
    return found in rows and all(
        value in [str(word) for word in getattr(one, fields.get(name, ""), [])]
        for name, value in at.items()
    )


@GENERATED
@given(bundle=bundles(most=3), by=st.sampled_from(EVERY_BY))
def test_no_cell_claims_absence_without_a_record_that_covers_exactly_it(
    bundle: ReviewBundle, by: list[str]
) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        claimed = []
        for one in matrix(store, bundle.review.id, *by).rows:
            for cell in one.cells:
                for mark in cell.marks:
                    whole = mark.reach is not Reach.CELL or mark.configurations
                    if mark.word not in ABSENCE or whole:
                        continue
                    place = dict(zip(map(str, by), cell.at, strict=True))
                    told = [id_ for id_ in mark.ids if covers(bundle, id_, one.id, place)]
                    assert told, (mark, place)
                    claimed.append((one.id, cell.at, mark, set(told)))
        for id_, at, mark, told in claimed[:2]:
            less = bundle.model_copy(
                update={
                    "findings": [each for each in bundle.findings if each.id not in told],
                    "history": [each for each in bundle.history if each.id not in told],
                    "stages": [
                        each.model_copy(
                            update={"mechanisms": [], "concepts": [], "configurations": []}
                        )
                        if each.id in told
                        else each
                        for each in bundle.stages
                    ],
                }
            )
            load_review(store, less)
            rows = {one.id: one for one in matrix(store, bundle.review.id, *by).rows}
            left = [cell for cell in rows[id_].cells if cell.at == at] if id_ in rows else []
            again = [one for cell in left for one in cell.marks if one.reach is Reach.CELL]
            assert not [one for one in again if one.word is mark.word and not one.configurations], (
                "without the records that cover it the claim falls"
            )


# ---- what no row holds ----


def test_evidence_that_no_row_holds_is_told_and_a_row_without_evidence_is_listed(
    store: Store, command: Callable[..., Ran], tmp_path: Path
) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative"),
        sources=[Source(id="r:p", kind="paper", title="Illustrative paper")],
        mechanisms=[Mechanism(id="r:hope", name="Hope")],
        concepts=[Concept(id="r:calm", name="Calm"), Concept(id="r:rest", name="Rest")],
        configurations=[
            Configuration(
                id=f"r:k{n}",
                name=f"k{n}",
                contexts=[Part(concept="r:calm")],
                reasonings=[Part(concept="r:rest")],
                outcomes=[Part(concept="r:rest")],
                mechanisms=["r:hope"] * n,
            )
            for n in (0, 1)
        ],
        evidence=[
            Evidence(id=f"r:e{n}", source="r:p", configuration=f"r:k{n}", stance="supports")
            for n in (0, 1)
        ],
    )
    load_review(store, bundle)
    assert matrix(store, "r").notes[-1] == (
        "1 piece of evidence is about a configuration or theory alone, and in no row."
    )
    first = {"configurations": bundle.configurations[:1], "evidence": bundle.evidence[:1]}
    load_review(
        store, bundle.model_copy(update={"mechanisms": [], "concepts": bundle.concepts, **first})
    )
    assert matrix(store, "r").notes[-2:] == [
        "No mechanism and no evidence about a concept is entered: there are no rows.",
        "1 piece of evidence is about a configuration or theory alone, and in no row.",
    ]
    with open_store(Settings(store=str(tmp_path / "command.kgl"))) as kept:
        load_review(kept, bundle.model_copy(update={"evidence": [], "configurations": []}))
    assert "Hope: – none entered" in command("gaps").out
