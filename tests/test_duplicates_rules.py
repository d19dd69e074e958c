"""What keeps records apart, what does not, and how well known duplicates are found."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.site.headings import HEADINGS
from benchmarks.duplicates import CORPUS, measured
from graph.damaged import damaged_doi, damaged_title
from graph.load import load_review
from graph.model import Finding, FindingKind, MergedBy
from graph.questions.bundle import bundle_of
from graph.questions.records import source
from graph.settings import Settings
from graph.source_fields import COLUMNS, OUTCOME
from graph.store import Store
from graph.stores import scratch_store
from loaders.intake import load
from loaders.merging import unmerge_source
from loaders.similarity import likeness, same

SETTINGS = Settings()
TITLE = "Speaking up about made-up errors on wards"


def ris(title: str, *more: str) -> str:
    """A made-up record."""
    lines = ["TY  - JOUR", f"TI  - {title}", *more, "ER  - ", ""]
    return "\n".join(lines)


def loaded(store: Store, folder: Path, *records: str, review: str = "r") -> None:
    """Load made-up records, each in a file of its own, one by one."""
    for n, text in enumerate(records):
        path = folder / f"{review}-{n}.ris"
        path.write_text(text, encoding="utf-8")
        load(store, path, SETTINGS, review=review, title="Illustrative")


@pytest.mark.parametrize("more", [{"doi": "10.9999/a.1"}, {"pmid": "90000001"}, {"pages": "11-19"}])
def test_what_one_record_alone_says_keeps_nobody_apart(more: dict[str, str]) -> None:
    both = {"year": 2019, "authors": ["Lee A"]}
    for title in (TITLE, TITLE.upper(), f"{TITLE}."):
        one = likeness(TITLE, **both)  # type: ignore[arg-type]
        other = likeness(title, **both, **more)  # type: ignore[arg-type]
        for pair in ((one, other), (other, one)):
            found = same(*pair)
            assert found is not None and found[0] is MergedBy.TITLE


DAMAGED_TITLES = (
    "Speaking up about made-up err\ufffdrs on wards",
    "Speaking up about made-up err?rs on wards",
    "Speaking up about made-up errors on …",
    "Speaking up about made-up errors ...",
    "FÃ¼rsorge auf erfundenen Stationen im Dienst",
    "[Title not available]",
    "No title",
    "Untitled",
    "???",
)
WHOLE_TITLES = (
    TITLE,
    "Who asks? Questions on wards",
    "Why me?",
    "Wait ... and see: an invented ethnography",
    "Title IX and made-up schools",
    "None of us speaks",
    "Fürsorge auf erfundenen Stationen",
    "Âge et santé: une étude fictive",
)
DAMAGED_DOIS = (
    "10.1016/j",
    "10.1016/s0140-6736(19",
    "10.1002/(sici)1097-4571(2000)51:1<1::aid-asi1",
    "10.9999/abc...",
    "10.9999/abc.",
    "10.9999/",
    "10.9999/a\ufffdc",
)
WHOLE_DOIS = (
    "10.9999/a1",
    "10.1016/s0140-6736(19)30123-4",
    "10.1002/(sici)1097-4571(2000)51:1<1::aid-asi1>3.0.co;2-9",
    "10.1672/0277-5212(2000)020[0001:eowlow]2.0.co;2",
    "10.1136/bmj.j1234",
)


def test_what_looks_damaged_merges_nothing() -> None:
    assert [one for one in DAMAGED_TITLES if not damaged_title(one)] == []
    assert [one for one in WHOLE_TITLES if damaged_title(one)] == []
    assert [one for one in DAMAGED_DOIS if not damaged_doi(one)] == []
    assert [one for one in WHOLE_DOIS if damaged_doi(one)] == []
    said = {"year": 2019, "authors": ["Lee A"], "journal": "J Ill", "volume": "7"}
    for title in DAMAGED_TITLES:
        one, other = (likeness(title, **said) for _ in range(2))  # type: ignore[arg-type]
        assert same(one, other) is None
    for doi in DAMAGED_DOIS:
        one = likeness("Made-up handovers by night", doi=doi)
        assert same(one, likeness("Made-up handovers at night", doi=doi)) is None


def test_two_works_stay_two_whatever_record_stands_between_them(tmp_path: Path) -> None:
    by = ("AU  - Lee, A", "PY  - 2019")
    between = ris(TITLE, *by)
    ends = [ris(TITLE, *by, f"DO  - 10.9999/work.{n}") for n in (1, 2)]
    with scratch_store(SETTINGS) as store:
        for n, order in enumerate(permutations([between, *ends])):
            loaded(store, tmp_path, *order, review=f"r{n}")
            held = bundle_of(store, f"r{n}")
            assert sorted(one.doi or "" for one in held.sources) == [
                "10.9999/work.1",
                "10.9999/work.2",
            ]
            assert len(held.references) == 3


def test_contradictions_show_and_spelling_is_none(store: Store, tmp_path: Path) -> None:
    first = ris(TITLE, "AU  - Lee, Anna", "PY  - 2019", "T2  - J Ill Nurs", "VL  - 7", "SP  - 11")
    second = ris(
        f"{TITLE.upper()}.", "AU  - Anna Lee", "PY  - 2020", "T2  - Journal of Illustrative Nursing"
    )
    loaded(store, tmp_path, first, second)
    (held,) = bundle_of(store, "r").sources
    assert (held.title, held.year, held.journal, held.from_records) == (
        TITLE,
        2019,
        "J Ill Nurs",
        ["all"],
    )
    (conflict,) = source(store, held.id).conflicts
    assert conflict.column == "year"
    assert {one.value: len(one.by) for one in conflict.values} == {"2019": 1, "2020": 1}
    record = next(one for one in bundle_of(store, "r").references if one.merged_by is not None)
    unmerge_source(store, record.id, SETTINGS)
    assert all(source(store, one.id).conflicts == [] for one in bundle_of(store, "r").sources)


def test_a_corrected_library_corrects_its_sources(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, ris(TITLE, "AU  - Lee, Anna", "PY  - 2018", "VL  - 7", "SP  - 11"))
    held = bundle_of(store, "r")
    (before,) = held.sources
    about = Finding(
        id="r:gap", kind=FindingKind.GAP, name="Gap", statement="Made up.", said_by=[before.id]
    )
    load_review(store, held.model_copy(update={"findings": [about]}))
    loaded(store, tmp_path, ris(TITLE, "AU  - Lee, Anna", "PY  - 2019", "VL  - 7", "SP  - 11"))
    (after,) = bundle_of(store, "r").sources
    assert (after.id, after.year, after.from_records) == (before.id, 2019, ["all"])
    assert source(store, after.id).conflicts == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
def test_known_duplicates_are_found_and_none_invented() -> None:
    found = {one.file: one for one in measured(CORPUS)}
    for one in found.values():
        print(f"{one.file}: precision {one.precision:.3f}, recall {one.recall:.3f}")
        assert one.wrong == 0
    library = found["iebh__tafenoquine.xml"]
    assert (library.right, library.marked) == (113, 114)
    for name in ("dedup-casebook", "colrev__dedupe_records.bib"):
        assert found[name].recall == 1
    assert [one.marked for one in found.values()] == [114, 5, 2]


def test_the_page_of_a_source_shows_each_value_that_its_records_disagree_about(
    tmp_path: Path,
) -> None:
    title = "Huddles on two illustrative wards"
    more = (
        ("AU  - Lee, Anna", "PY  - 2018", "JO  - Illustrative Journal", "VL  - 3", "IS  - 5"),
        ("AU  - Roy, Ben", "PY  - 2019", "JO  - Other Annals", "VL  - 4", "IS  - 6"),
    )
    with scratch_store(SETTINGS) as store:
        loaded(
            store,
            tmp_path,
            *(ris(title, *said, f"SP  - {n}1", "DO  - 10.9999/x.1") for n, said in enumerate(more)),
        )
        (held,) = bundle_of(store, "r").sources
        conflicts = source(store, held.id).conflicts
        app = create_app(SETTINGS, store)
        with TestClient(app, base_url="http://localhost") as client:
            page = client.get(f"/sources/{held.id}", headers={"Accept": "text/html"})
    assert {one.column for one in conflicts} >= {"authors", "volume", "pages"}
    assert page.status_code == 200
    assert all(said.value in page.text for one in conflicts for said in one.values)
    assert {f"col.{name}" for name in (*COLUMNS, *OUTCOME)} <= HEADINGS.keys()
