"""Mechanisms and concepts keep the order of their file, whatever their ids and numbers are."""

from __future__ import annotations

from pathlib import Path

from conftest import EXAMPLES
from folders import good, table, write

from exports.report.gathered import gather
from exports.review_folder import folder_files
from graph.load import load_review
from graph.model import Concept, Evidence, Mechanism, Review, ReviewBundle, Source
from graph.questions.bundle import bundle_of
from graph.questions.gaps import gaps
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.intake import load


def review(*order: str) -> ReviewBundle:
    """A made-up review whose mechanisms and concepts stand in this order, not that of numbers."""
    concepts = [Concept(id=f"r:c-{name}", name=f"Concept {name}") for name in order]
    return ReviewBundle(
        review=Review(id="r", title="Illustrative review"),
        sources=[Source(id="r:s", kind="paper", title="Illustrative paper")],
        mechanisms=[
            Mechanism(id=f"r:{name}", name=f"Mechanism {name}", number=ord(name)) for name in order
        ],
        concepts=concepts,
        evidence=[
            Evidence(id=f"r:e-{name}", source="r:s", stance="supports", concept=f"r:c-{name}")
            for name in order
        ],
    )


def rows(store: Store) -> list[str]:
    return [row.id.partition(":")[2] for row in gaps(store, review="r").reviews[0].rows]


def test_rows_of_the_matrix_and_of_the_report_stand_as_in_the_file(store: Store) -> None:
    load_review(store, review("z", "a", "m"))
    assert rows(store) == ["z", "a", "m", "c-z", "c-a", "c-m"]
    assert [one.id for one in gather(store, "r").mechanisms] == ["r:z", "r:a", "r:m"]
    held = bundle_of(store, "r")
    assert [one.id for one in held.mechanisms] == ["r:z", "r:a", "r:m"]
    assert [one.id for one in held.concepts] == ["r:c-z", "r:c-a", "r:c-m"]


def test_another_order_is_kept_and_is_no_change_of_a_record(store: Store) -> None:
    load_review(store, review("z", "a", "m"))
    assert not load_review(store, review("z", "a", "m")).changed_anything
    first = gaps(store, review="r")
    load_review(store, review("m", "z", "a"), dry_run=True)
    assert gaps(store, review="r") == first
    report = load_review(store, review("m", "z", "a"))
    assert report.total.changed == 0
    assert rows(store) == ["m", "z", "a", "c-m", "c-z", "c-a"]
    report = load_review(store, review("a", "n", "m", "z"))
    assert (report.kinds["Mechanism"].new, report.total.changed) == (1, 0)
    assert rows(store) == ["a", "n", "m", "z", "c-a", "c-n", "c-m", "c-z"]
    load_review(store, review("a", "z"))
    assert rows(store) == ["a", "z", "c-a", "c-z"]


def test_files_written_from_a_store_keep_the_order(store: Store, tmp_path: Path) -> None:
    files = good()
    files["mechanisms.csv"] = table(
        ["id", "name"], ["time", "Making time"], ["humour", "Using humour"], ["trust", "Trust"]
    )
    load(store, write(tmp_path / "one", files), Settings())
    before = [row.id for row in gaps(store).reviews[0].rows]
    assert before[:3] == ["illustrative:time", "illustrative:humour", "illustrative:trust"]
    written = folder_files(bundle_of(store, "illustrative"))
    load(store, write(tmp_path / "two" / "illustrative", dict(written)), Settings())
    assert [row.id for row in gaps(store).reviews[0].rows] == before
    with scratch_store(Settings()) as other:
        load(other, tmp_path / "two" / "illustrative", Settings())
        assert [row.id for row in gaps(other).reviews[0].rows] == before


def test_the_mechanisms_of_harris_stand_as_the_summary_lists_them(embedded_store: Store) -> None:
    load(embedded_store, EXAMPLES / "harris2021", Settings())
    held = bundle_of(embedded_store, "harris2021").mechanisms
    assert [one.local_id for one in held] == [
        "inspiring-intent-to-work-together",
        "creating-the-conditions-to-work-together",
        "balancing-multiple-perspectives",
        "working-with-power",
        "taking-a-wider-view",
        "commitment-to-learning-and-development",
        "clarifying-complexity",
        "adaptability-of-leadership-style",
        "planning-and-coordinating",
        "fostering-resilience",
    ]
    assert [one.number for one in held] == [None] * 10, "the summary has bullets, not numbers"
    shown = [row.id for row in gaps(embedded_store).reviews[0].rows]
    assert shown[:10] == [one.id for one in held]
