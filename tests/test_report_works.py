"""Two records of one work in the report: a row each, and a note that they are one.

The review is made up.
"""

from __future__ import annotations

from exports.report.contents import report_of
from graph.load import load_review
from graph.model import Evidence, Mechanism, Review, ReviewBundle, Source
from graph.store import Store


def reviewed(doi: str) -> ReviewBundle:
    """Three papers, of which the second has a DOI that is given."""
    made = (("a", "10.1000/one"), ("b", doi), ("c", "10.1000/three"))
    return ReviewBundle(
        review=Review(id="made-up", title="An illustrative review"),
        sources=[
            Source(
                id=f"made-up:{local}",
                kind="paper",
                title="Trust on the ward" if local != "c" else "Another paper",
                authors=["Aoki A"],
                year=2010,
                doi=one,
                included=True,
            )
            for local, one in made
        ],
        mechanisms=[Mechanism(id="made-up:trust", name="Trust")],
        evidence=[
            Evidence(
                id=f"made-up:e-{local}",
                source=f"made-up:{local}",
                mechanism="made-up:trust",
                stance="supports",
                statement="An illustration.",
            )
            for local, _ in made
        ],
    )


def told(store: Store, doi: str) -> tuple[list[str], list[str]]:
    """The records of the rows of the table, and the notes below."""
    load_review(store, reviewed(doi))
    (section,) = [one for one in report_of(store, "made-up").sections if one.id == "sources"]
    rows = [row.records[0] for table in section.tables for row in table.rows]
    return rows, section.notes


def test_rows_of_one_work_are_named_in_a_note_and_others_in_none(store: Store) -> None:
    every = ["made-up:a", "made-up:b", "made-up:c"]
    rows, notes = told(store, "10.1000/one")
    assert rows == every
    (one,) = [note for note in notes if note.startswith("One work in 2 rows, counted once: ")]
    assert "[made-up:a]; " in one
    assert "[made-up:b]. What shows it: DOI 10.1000/one." in one
    assert "made-up:c" not in one
    rows, notes = told(store, "10.1000/two")
    assert rows == every
    assert not any("One work" in note for note in notes)
