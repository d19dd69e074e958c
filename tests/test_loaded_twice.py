"""Loading the same thing again changes nothing: no record, no link, and not whose they are.

Every way in is tried by itself, and into a review that is there already. What is compared is all
that the store keeps: records as they are exported, answers, and what each file is known to have
brought and changed. All files are made up.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from folders import good, mapped, table, write, zip_of
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from reference_files import COVIDENCE, FILES, RAYYAN
from test_coded import (
    MAPPING,
    SCHEME,
    coded,
    export,
    item,
    packed,
    page,
    selection,
    text_source,
)
from workbooks import good as good_workbook
from workbooks import xlsx

from graph.load import remove_review
from graph.provenance import brought_before, past_of
from graph.questions.bundle import bundle_of
from graph.questions.flow import flow
from graph.questions.records import review_ids
from graph.settings import Settings
from graph.store import Store
from loaders.inputs import How
from loaders.intake import Paths, load

HEAD = ["No", "Context", "Mechanism", "Reasoning", "Outcome", "Studies", "Quote"]
COLUMNS = """\
columns:
  No: configurations.id
  Context: configurations.context
  Mechanism: configurations.mechanism
  Reasoning: configurations.reasoning
  Outcome: configurations.outcome
  Studies: {to: evidence.source, stance: supports}
  Quote: evidence.quote
"""
ROWS = [
    ["k1", "Hospital", "Building trust", "trust in seniors", "Speaking up", "smith", "So we did."],
    ["", "few staff; Hospital", "", "fear of blame", "Silence", "panel; smith", ""],
]
"""Some words are those of the review that is there, some are new."""
WORDS = ["Hospital", "Speaking up", "ward", "silence", "Silence", "trust", "Building trust"]

Way = Callable[[Path], tuple[Paths, dict[str, Any]]]
"""Writes files into a folder; what to load, and how."""


def _folder(folder: Path) -> tuple[Paths, dict[str, Any]]:
    return write(folder / "own", good()), {}


def _folder_with_concepts(folder: Path) -> tuple[Paths, dict[str, Any]]:
    concepts = table(["id", "name", "description"], ["hospital", "Hospital", ""])
    configurations = table(["mechanisms", "contexts"], ["trust", "hospital"], ["time", "Hospital"])
    files = {**good(), "concepts.csv": concepts, "configurations.csv": configurations}
    return write(folder / "own", files), {}


def _zip(folder: Path) -> tuple[Paths, dict[str, Any]]:
    path = folder / "own.zip"
    path.write_bytes(zip_of(good()))
    return path, {}


def _workbook(folder: Path) -> tuple[Paths, dict[str, Any]]:
    return xlsx(folder / "book.xlsx", good_workbook()), {}


def _table(folder: Path) -> tuple[Paths, dict[str, Any]]:
    path = folder / "cmos.csv"
    path.write_text(table(HEAD[1:-2], *(row[1:-2] for row in ROWS)), encoding="utf-8")
    parts = COLUMNS.replace("  No: configurations.id\n", "").partition("  Studies:")[0]
    return path, {"how": mapped(folder, parts)}


def _mapped_workbook(folder: Path) -> tuple[Paths, dict[str, Any]]:
    sources = [["id", "kind", "title"], ["smith", "paper", "A paper"], ["panel", "interview", "P"]]
    book = xlsx(folder / "cmos.xlsx", {"CMOs": [HEAD, *ROWS], "Sources": sources})
    return book, {"how": mapped(folder, f"sheet: CMOs\n{COLUMNS}")}


def _mapped_review(folder: Path) -> tuple[Paths, dict[str, Any]]:
    book, how = _mapped_workbook(folder)
    mapped(folder, f"review: {{id: own, title: Made up}}\nsheet: CMOs\n{COLUMNS}")
    return book, how


def _references(name: str, text: str) -> Way:
    def way(folder: Path) -> tuple[Paths, dict[str, Any]]:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path, {}

    return way


def _coded(folder: Path) -> tuple[Paths, dict[str, Any]]:
    path = folder / "coded.json"
    codes = [coded(id_, page(1, "one", "two")) for id_ in (11, 21, 31, 51)]
    path.write_text(json.dumps(export(item(1, *codes), sets=(SCHEME,))), encoding="utf-8")
    (folder / "codes.yaml").write_text(MAPPING.partition("levels:")[0] + "stance: supports\n")
    return path, {"how": How(mapping=folder / "codes.yaml")}


def _project(folder: Path) -> tuple[Paths, dict[str, Any]]:
    path = folder / "p.qdpx"
    inside = selection(70, "we trusted each other", 11, 21)
    path.write_bytes(zip_of(packed(text_source(inside))))
    text = "kind: interview\nstance: supports\nmechanisms: [Trust]\ncontexts: [Ward]\n"
    (folder / "codes.yaml").write_text(text, encoding="utf-8")
    return path, {"how": How(mapping=folder / "codes.yaml")}


def _folder_with_files(folder: Path) -> tuple[Paths, dict[str, Any]]:
    own, _ = _folder(folder)
    paths = [own, *(_references(n, t)(folder)[0] for n, t in [*FILES.items(), ("r.csv", RAYYAN)])]
    return paths, {}


STATING: dict[str, Way] = {
    "folder": _folder,
    "folder with concepts": _folder_with_concepts,
    "zip": _zip,
    "workbook": _workbook,
    "mapped review": _mapped_review,
    "folder with files": _folder_with_files,
}
ADDING: dict[str, Way] = {
    "table": _table,
    "mapped workbook": _mapped_workbook,
    "Rayyan": _references("rayyan.csv", RAYYAN),
    "Covidence": _references("covidence.csv", COVIDENCE),
    "coded": _coded,
    "project": _project,
} | {name: _references(name, text) for name, text in FILES.items()}


def kept(store: Store) -> dict[str, Any]:
    """All that a store keeps, but the list of its loads."""
    return {
        id_: {
            "records": bundle_of(store, id_).model_dump(mode="json"),
            "brought": {
                (file, label): sorted(ids)
                for file, by_label in brought_before(store.read, id_).items()
                for label, ids in by_label.items()
            },
            "changed": past_of(store.read, id_),
            "flow": flow(store, id_),
        }
        for id_ in review_ids(store)
    }


def again(store: Store, paths: Paths, given: dict[str, Any]) -> None:
    """Load again what has been loaded: everything is as it was, and nothing is asked."""
    before = kept(store)
    total = load(store, paths, Settings(), **given).report.total
    assert (total.new, total.changed, total.removed) == (0, 0, 0)
    assert kept(store) == before


def stated_twice(folder: Path, store: Store, way: str) -> None:
    """Load a whole review, and again."""
    paths, given = STATING[way](folder)
    load(store, paths, Settings(), **given)
    again(store, paths, given)


def added_twice(folder: Path, store: Store, way: str) -> None:
    """Load a file into a review of its own, and into one that is there, each again."""
    paths, given = ADDING[way](folder)
    alone = {**given, "review": "new", "title": "Made up"}
    load(store, paths, Settings(), **alone)
    again(store, paths, alone)
    own, _ = _folder(folder)
    load(store, own, Settings())
    added = {**given, "review": "illustrative"}
    load(store, paths, Settings(), **added)
    again(store, paths, added)


@pytest.mark.parametrize("way", STATING)
def test_a_review_that_is_loaded_again(tmp_path: Path, embedded_store: Store, way: str) -> None:
    stated_twice(tmp_path, embedded_store, way)


@pytest.mark.parametrize("way", ADDING)
def test_a_file_that_is_loaded_again(tmp_path: Path, embedded_store: Store, way: str) -> None:
    added_twice(tmp_path, embedded_store, way)


def test_either_store_keeps_whose_records_are(tmp_path: Path, store: Store) -> None:
    stated_twice(tmp_path, store, "mapped review")


@given(st.lists(st.sampled_from([*ADDING]), min_size=2, max_size=4, unique=True), st.booleans())
@examples(6)
def test_files_of_one_review_that_are_loaded_again(
    shelf: Store, ways: list[str], begun: bool
) -> None:
    for id_ in review_ids(shelf):
        remove_review(shelf, id_)
    with tempfile.TemporaryDirectory() as folder:
        if begun:
            load(shelf, _folder(Path(folder))[0], Settings())
        made = []
        for way in ways:
            place = Path(folder) / way
            place.mkdir()
            paths, given = ADDING[way](place)
            made.append((paths, {**given, "review": "illustrative", "title": "Made up"}))
        for paths, given in made:
            load(shelf, paths, Settings(), **given)
        for paths, given in made:
            again(shelf, paths, given)


@pytest.mark.parametrize("together", [True, False])
def test_rows_of_two_sheets_are_never_taken_for_each_other(
    tmp_path: Path, embedded_store: Store, together: bool
) -> None:
    """Rows that both have no id are called by their numbers, which are those of their file."""
    rows = {"one.csv": [["alone", "", "tea"], ["new", "", "ale"]], "two.csv": [["old", "", "milk"]]}
    how = mapped(tmp_path, COLUMNS.replace("  No: configurations.id\n", "").split("  Outcome")[0])
    write(tmp_path, {name: table(HEAD[1:4], *found) for name, found in rows.items()})
    paths = [tmp_path / name for name in rows]
    own, _ = _folder(tmp_path)
    write(own, {"configurations.csv": table(["mechanisms", "contexts"], ["time", "night"])})
    load(embedded_store, own, Settings())

    def loaded() -> set[tuple[str, ...]]:
        for some in [paths] if together else [[path] for path in paths]:
            load(embedded_store, some, Settings(), how=how, review="illustrative")
        return {
            tuple(part.concept.partition(":")[2] for part in (*one.contexts, *one.reasonings))
            for one in bundle_of(embedded_store, "illustrative").configurations
        }

    every = {("night",), ("alone", "tea"), ("new", "ale"), ("old", "milk")}
    assert loaded() == every
    before = kept(embedded_store)
    assert loaded() == every
    assert kept(embedded_store) == before
    write(tmp_path, {"two.csv": table(HEAD[1:4], ["old", "", "cream"])})
    assert loaded() == every - {("old", "milk")} | {("old", "cream")}


def test_a_copy_under_another_name_is_compared_and_not_doubled(
    tmp_path: Path, embedded_store: Store
) -> None:
    """Rows without ids of a copy are those of the file that it was made of."""
    head = HEAD[1:5]
    how = mapped(tmp_path, COLUMNS.replace("  No: configurations.id\n", "").split("  Studies")[0])
    write(tmp_path, {"a.csv": table(head, ["alone", "", "tea", "stays"], ["new", "", "ale", "go"])})
    write(tmp_path, {"b.csv": table(head, ["alone", "", "tea", "goes"], ["new", "", "ale", "go"])})
    into = {"how": how, "review": "r", "title": "R"}
    for name in ("a.csv", "b.csv"):
        load(embedded_store, tmp_path / name, Settings(), **into)
    assert len(bundle_of(embedded_store, "r").configurations) == 2
    rows = (
        ["mechanisms", "contexts", "outcomes"],
        ["trust", "Day", "Calm"],
        ["time", "Night", "Awe"],
    )
    for name in ("own", "copy"):
        own = write(tmp_path / name, {**good(), "configurations.csv": table(*rows)})
        total = load(embedded_store, own, Settings()).report.total
    assert (total.new, total.changed, total.removed) == (0, 0, 0)
