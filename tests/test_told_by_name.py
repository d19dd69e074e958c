"""Contradictions and reports tell levels by name, and count a paper in two rows as one work."""

from __future__ import annotations

from exports.report.contents import report_of
from graph.load import load_review
from graph.model import Evidence, Level, Mechanism, Perspective, Review, ReviewBundle, Source
from graph.questions.contradictions import contradictions
from graph.store import Store

REVIEW = "told"


def disputed() -> ReviewBundle:
    """An illustrative review: one paper in two rows for, one against, one that was excluded."""

    def paper(name: str, *, included: bool = True) -> Source:
        doi = "10.9999/told.1" if name in ("a", "b") else None
        title = "One paper" if doi else f"Paper {name}"
        return Source(id=f"{REVIEW}:{name}", kind="paper", title=title, doi=doi, included=included)

    def piece(source: str, stance: str, level: str, perspective: str) -> Evidence:
        return Evidence(
            id=f"{REVIEW}:e-{source}",
            source=f"{REVIEW}:{source}",
            mechanism=f"{REVIEW}:m",
            stance=stance,
            levels=[level],
            perspective=perspective,
        )

    return ReviewBundle(
        review=Review(id=REVIEW, title="Illustrative"),
        levels=[
            Level(id=f"{REVIEW}:team", name="The ward team"),
            Level(id=f"{REVIEW}:system", name="The trust"),
        ],
        perspectives=[
            Perspective(id=f"{REVIEW}:nurse", name="Nurses"),
            Perspective(id=f"{REVIEW}:patient", name="Patients"),
        ],
        sources=[paper("a"), paper("b"), paper("c"), paper("out", included=False)],
        mechanisms=[Mechanism(id=f"{REVIEW}:m", name="Trust")],
        evidence=[
            piece("a", "supports", "team", "nurse"),
            piece("b", "supports", "team", "nurse"),
            piece("c", "challenges", "system", "patient"),
            piece("out", "challenges", "team", "nurse"),
        ],
    )


def test_what_sets_sides_apart_is_called_as_the_review_calls_it(store: Store) -> None:
    load_review(store, disputed())
    (one,) = contradictions(store, review=REVIEW).items
    told = {(part.id, part.name) for found in one.moderators for part in found.features}
    assert told == {
        ("team", "The ward team"),
        ("system", "The trust"),
        ("nurse", "Nurses"),
        ("patient", "Patients"),
    }


def test_a_report_counts_works_and_not_rows(store: Store) -> None:
    load_review(store, disputed())
    tables = {table.id: table for table in report_of(store, REVIEW).tables}
    (documents,) = [row for row in tables["RAMESES"].rows if row.cells[0] == "13"]
    assert "papers and grey literature: 2" in " ".join(documents.cells)
    perspectives = tables["Evidence primary"].columns.index("Perspective")
    assert {row.cells[perspectives] for row in tables["Evidence primary"].rows} == {
        "Nurses",
        "Patients",
    }
