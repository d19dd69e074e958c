"""When an empty place that a search covers means that nothing was found, and when it does not.

Each cause is tried alone, on both stores. All reviews are made up.
"""

from __future__ import annotations

from typing import Any

from test_gap_marks import OTHER, TEAM, M, cell_of, made, matrix, piece, row, words

from graph.answers import Word
from graph.load import load_review
from graph.model import Absence, Configuration, Finding, ReviewBundle, Stage
from graph.store import Store

ELSEWHERE = "organisation"


def gap(review: str, *, about: str | None = M, levels: tuple[str, ...] = (), **more: Any) -> Any:
    """A gap that the review states, without a search of its own."""
    return Finding(
        id=f"{review}:f",
        kind="gap",
        name="Illustrative gap",
        statement="Illustrative.",
        mechanisms=[f"{review}:{about}"] if about else [],
        levels=list(levels),
        **more,
    )


def searched(review: str, **more: Any) -> ReviewBundle:
    """A review that looked for the mechanism at team level, and says nothing else of it."""
    stage = Stage(
        id=f"{review}:lit",
        name="Search",
        position=0,
        databases=["Medline"],
        mechanisms=[f"{review}:{M}"],
        levels=[TEAM],
    )
    silent = more.pop("silent", False)
    made_up = made(review, stages=[stage], **more)
    return made_up.model_copy(update={"evidence": []}) if silent else made_up


def unsettled(review: str) -> dict[str, ReviewBundle]:
    """By its cause, a review in which the empty place says nothing of what was found."""

    def with_gap(**given: Any) -> ReviewBundle:
        return searched(review, findings=[gap(review, **given)])

    return {
        "no evidence of the review is entered": searched(review, silent=True),
        "evidence without a level": searched(review, evidence=[piece(review, "e1", M)]),
        "little, for the mechanism": with_gap(absence=Absence.SCARCE),
        "open, for the mechanism": with_gap(absence=Absence.UNCLEAR),
        "a gap, for the mechanism": with_gap(),
        "a searched gap, for the mechanism": with_gap(searched=f"{review}:lit"),
        "little, for the column": with_gap(about=None, levels=(TEAM,), absence=Absence.SCARCE),
        "stated supported": searched(review, **row(review, "supported")),
        "incorporated": searched(review, **row(review, "incorporated", into=[f"{review}:{OTHER}"])),
    }


def settled(review: str) -> dict[str, ReviewBundle]:
    """By what else is said, a review in which it means that nothing was found."""
    of_mechanism = Configuration(id=f"{review}:k", mechanisms=[f"{review}:{M}"])

    def with_gap(**given: Any) -> ReviewBundle:
        return searched(review, configurations=[of_mechanism], findings=[gap(review, **given)])

    apart = piece(review, "e1", M, ELSEWHERE)
    return {
        "nothing": searched(review),
        "evidence at another level": searched(review, evidence=[apart]),
        "absence, for the mechanism": with_gap(absence=Absence.ABSENT),
        "little, of another mechanism": with_gap(about=OTHER, absence=Absence.SCARCE),
        "little, at another level": with_gap(levels=(ELSEWHERE,), absence=Absence.SCARCE),
        "little, of the review as a whole": with_gap(about=None, absence=Absence.SCARCE),
        "little, from one perspective": with_gap(perspectives=["patient"], absence=Absence.SCARCE),
        "little, of a configuration": with_gap(
            about=None, configurations=[of_mechanism.id], absence=Absence.SCARCE
        ),
        "preliminary": searched(review, **row(review, "preliminary")),
    }


def of_the_cell(store: Store, bundle: ReviewBundle) -> set[Word]:
    """What the cell itself bears, not its row, its column or a configuration."""
    load_review(store, bundle)
    review = bundle.review.id
    cell = cell_of(matrix(store, review), f"{review}:{M}", TEAM)
    return words([mark for mark in cell.marks if mark.reach == "cell" and not mark.configurations])


def test_an_empty_place_may_say_nothing_of_what_was_found(store: Store) -> None:
    for cause, bundle in unsettled("u").items():
        assert of_the_cell(store, bundle) == {Word.OUTCOME_OPEN}, cause


def test_what_is_said_of_other_places_unsettles_nothing(store: Store) -> None:
    for other, bundle in settled("s").items():
        assert of_the_cell(store, bundle) == {Word.SEARCHED_NONE}, other


def test_without_the_record_there_is_no_such_word(store: Store) -> None:
    open_, found = unsettled("w"), settled("w")
    for bundle in (open_["evidence without a level"], open_["stated supported"], found["nothing"]):
        stages = [one.model_copy(update={"mechanisms": [], "levels": []}) for one in bundle.stages]
        left = of_the_cell(store, bundle.model_copy(update={"stages": stages}))
        assert left <= {Word.NOBODY_LOOKED}, bundle
