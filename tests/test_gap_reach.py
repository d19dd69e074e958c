"""A mark says how far its record reaches: no search is denied, and no part stands for a whole."""

from __future__ import annotations

from typing import Any

from test_gap_marks import TEAM, M, cell_of, gap, made, matrix, piece, row, words

from graph.answers import Mark, Reach, Word
from graph.answers.signs import PART, signed
from graph.load import load_review
from graph.model import Configuration, ReviewBundle, Stage
from graph.questions.gap_sentences import reason_of
from graph.questions.gaps import gaps, marks_of
from graph.store import Store

REVIEW, ELSEWHERE = "r", "organisation"


def search(**scope: Any) -> dict[str, Any]:
    return {
        "stages": [
            Stage(id=f"{REVIEW}:lit", name="Search", position=0, databases=["Medline"], **scope)
        ]
    }


def marks(store: Store, at: str = TEAM, **lists: Any) -> list[Mark]:
    bundle = made(REVIEW, **lists)
    load_review(store, bundle)
    return cell_of(matrix(store, REVIEW), f"{REVIEW}:{M}", at).marks


def held(*levels: str) -> list[Any]:
    return [piece(REVIEW, "e1", M, *levels)]


def test_a_search_that_does_not_say_where_it_looked_is_told_and_not_denied(store: Store) -> None:
    mechanism = {"mechanisms": [f"{REVIEW}:{M}"]}
    stated = row(REVIEW, "supported", stage=f"{REVIEW}:lit")
    part = Configuration(id=f"{REVIEW}:k", name="k", mechanisms=[f"{REVIEW}:{M}"])
    whole = "search on record, for the mechanism, level not stated"
    told: dict[str, tuple[dict[str, Any], set[str]]] = {
        whole: (stated, {f"{REVIEW}:h", f"{REVIEW}:lit"}),
        f"{whole} ": (search(**mechanism), {f"{REVIEW}:lit"}),
        "search on record, for the column as a whole": (search(levels=[TEAM]), {f"{REVIEW}:lit"}),
        "search on record, only perspective patient": (
            search(**mechanism, levels=[TEAM], perspectives=["patient"]),
            {f"{REVIEW}:lit"},
        ),
        "search on record, about one of its configurations: k, level not stated": (
            {"configurations": [part], **search(configurations=[part.id])},
            {f"{REVIEW}:lit"},
        ),
    }
    for label, (lists, ids) in told.items():
        evidence = held(ELSEWHERE)
        if "configurations" in lists:
            more = {"mechanism": None, "configuration": part.id}
            evidence = [*evidence, evidence[0].model_copy(update={**more, "id": f"{REVIEW}:e2"})]
        (mark,) = marks(store, **lists, evidence=evidence)
        assert mark.label == label.strip()
        assert mark.reach is Reach.CELL
        assert set(mark.ids) == ids, label
        assert mark.text.startswith("No record says that this search covered exactly this: ")
    without = marks(store, **row(REVIEW, "supported"), evidence=held(ELSEWHERE))
    assert words(without) == {Word.NOBODY_LOOKED}


def test_a_search_of_another_level_is_named_with_that_level(store: Store) -> None:
    scope = search(mechanisms=[f"{REVIEW}:{M}"], levels=[ELSEWHERE])
    (mark,) = marks(store, **scope, evidence=held(ELSEWHERE))
    assert mark.word is Word.NOBODY_LOOKED
    assert mark.text.endswith("what is on record of it: search: r, Search (level organisation).")


def test_a_search_that_found_what_it_looked_for_is_not_denied(store: Store) -> None:
    """A search for anything looked exactly here, and an interview is what is entered."""
    stage = search(mechanisms=[f"{REVIEW}:{M}"], levels=[TEAM])["stages"][0]
    scope = {"stages": [stage.model_copy(update={"databases": []})]}
    talk = [piece(REVIEW, "e1", M, TEAM, source="talk")]
    assert marks(store, **scope, evidence=talk) == []


def narrow(review: str, **scope: Any) -> ReviewBundle:
    (finding,) = gap(review)["findings"]
    narrowed = finding.model_copy(update={"perspectives": ["patient"], **scope})
    return made(review, findings=[narrowed])


def test_a_gap_from_one_perspective_is_of_a_part_of_its_cell(store: Store) -> None:
    load_review(store, narrow(REVIEW))
    found = matrix(store, REVIEW)
    (line,) = [one for one in found.rows if one.id == f"{REVIEW}:{M}"]
    assert line.marks == []
    (mark,) = cell_of(found, f"{REVIEW}:{M}", TEAM).marks
    assert (mark.reach, mark.part, mark.place) == (Reach.CELL, True, "only perspective patient")
    assert mark.short == "gap stated (only perspective patient)"
    assert signed(mark).startswith(PART)
    assert [one.word for one in found.counted()].count(Word.GAP_STATED) == 1
    of_whole = marks_of(store, REVIEW, [f"{REVIEW}:{M}"])[f"{REVIEW}:{M}"]
    assert [one.place for one in of_whole] == ["only level team; only perspective patient"]
    told = "“Illustrative.” (only level team; only perspective patient) [r:f]"
    assert reason_of(of_whole) == told, "what is said of a part is no reason for the whole"


def test_a_gap_from_one_perspective_is_of_a_part_of_its_row(store: Store) -> None:
    load_review(store, narrow(REVIEW, levels=[]))
    (line,) = [one for one in matrix(store, REVIEW).rows if one.id == f"{REVIEW}:{M}"]
    (mark,) = line.marks
    assert mark.part
    assert signed(mark, in_cell=False).startswith(PART)
    assert mark.short == (
        "gap stated (for the mechanism, only perspective patient, level not stated)"
    )
    whole = made(REVIEW, findings=[gap(REVIEW)["findings"][0].model_copy(update={"levels": []})])
    load_review(store, whole)
    (line,) = [one for one in matrix(store, REVIEW).rows if one.id == f"{REVIEW}:{M}"]
    assert [one.part for one in line.marks] == [False]


def test_a_gap_at_one_level_is_of_a_part_of_a_row_by_level_and_perspective(store: Store) -> None:
    load_review(store, narrow(REVIEW, perspectives=[]))
    (found,) = gaps(store, review=REVIEW, by=("level", "perspective")).reviews
    (line,) = [one for one in found.rows if one.id == f"{REVIEW}:{M}"]
    assert [(one.part, one.place) for one in line.marks] == [
        (True, "for the mechanism, level team, perspective not stated")
    ]
