"""Sheets as reviewers keep them: a row per piece of evidence, headings, labels, other sheets.

Everything in them is made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from fastapi.testclient import TestClient
from folders import mapped
from pydantic import SecretStr
from reading import SHARED
from workbooks import Sheets, ods, xlsx

from api.app import create_app
from graph.model import Configuration
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store import Store
from loaders.detect_format import How
from loaders.intake import Checked, check, load

CASES = SHARED / "cases" / "tables"
SOURCES = [
    ["id", "kind", "title", "authors", "year", "reference"],
    ["ash", "paper", "A made-up paper", "Ash A; Elm B", 2019, "1"],
    ["fir", "paper", "Another made-up paper", "Fir C", 2021, "2"],
]
HEAD = ["CMO", "Context", "Mechanism", "Outcome", "Study", "Quote", "Page"]
MAP = """\
review: {id: kept, title: A made-up review}
sheet: CMOs
stance: supports
columns:
  CMO: configurations.id
  Context: configurations.context
  Mechanism: configurations.mechanism
  Outcome: configurations.outcome
  Study: evidence.source
  Quote: evidence.quote
  Page: evidence.locator
"""
ONE = ["k1", "stable team", "trust", "slips told", "Ash 2019", "The same day.", "p. 4"]
TWO = ["k2", "agency staff", "fear", "silence", "Fir 2021", "Better keep quiet.", "p. 2"]
MORE = ["Fir 2021", "I knew them.", "p. 5"]
NO_KIND = "in a sheet whose name is that of no kind of record"
WAYS: dict[str, tuple[list[Sequence[Any]], str]] = {
    "merged": ([ONE, [None] * 4 + MORE, TWO], "A2:A3 B2:B3 C2:C3 D2:D3"),
    "id merged": ([ONE, [None, *ONE[1:4], *MORE], TWO], "A2:A3"),
    "repeated": ([ONE, [*ONE[:4], *MORE], TWO], ""),
    "repeated with empty parts": ([ONE, ["k1", None, None, None, *MORE], TWO], ""),
    "repeated further down": ([ONE, TWO, ["K1", *ONE[1:4], *MORE]], ""),
    "empty below": ([ONE, [None] * 4 + MORE, TWO], ""),
}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Checked]:
    def run(
        rows: list[Sequence[Any]], columns: str = MAP, merged: str = "", **more: Any
    ) -> Checked:
        sheets: Sheets = {"CMOs": rows, "Sources": SOURCES, **more}
        path = xlsx(tmp_path / "kept.xlsx", sheets, **({"CMOs": merged} if merged else {}))
        return check(path, Settings(), how=mapped(tmp_path, columns))

    return run


def parts(configuration: Configuration) -> dict[str, list[str]]:
    """The parts of a configuration by the ids that their words become."""
    return {
        name: [part.concept.partition(":")[2] for part in getattr(configuration, name)]
        for name in ("contexts", "resources", "reasonings", "outcomes")
        if getattr(configuration, name)
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_row_for_each_piece_of_evidence(read: Callable[..., Checked], way: str) -> None:
    rows, merged = WAYS[way]
    found = read([HEAD, *rows], merged=merged)
    assert [one.sentence() for one in found.problems] == []
    bundle = found.accepted()
    assert [(one.local_id, parts(one)) for one in bundle.configurations] == [
        ("k1", {"contexts": ["stable-team"], "outcomes": ["slips-told"]}),
        ("k2", {"contexts": ["agency-staff"], "outcomes": ["silence"]}),
    ]
    said = {(one.configuration, one.source, one.quote, one.locator) for one in bundle.evidence}
    assert said == {
        ("kept:k1", "kept:ash", "The same day.", "p. 4"),
        ("kept:k1", "kept:fir", "I knew them.", "p. 5"),
        ("kept:k2", "kept:fir", "Better keep quiet.", "p. 2"),
    }
    assert len(bundle.evidence) == 3


def test_without_ids_the_same_words_are_one_configuration(read: Callable[..., Checked]) -> None:
    columns = MAP.replace("  CMO: configurations.id\n", "")
    rows = [HEAD[1:], ONE[1:], [*ONE[1:4], *MORE], TWO[1:], [None, None, None, "Ash 2019"]]
    bundle = read(rows, columns).accepted()
    assert len(bundle.configurations) == 2
    names = {one.id: one.contexts[0].concept for one in bundle.configurations}
    assert sorted((names[str(one.configuration)], one.source) for one in bundle.evidence) == [
        ("kept:agency-staff", "kept:ash"),
        ("kept:agency-staff", "kept:fir"),
        ("kept:stable-team", "kept:ash"),
        ("kept:stable-team", "kept:fir"),
    ]


def test_rows_that_contradict_each_other_are_located(read: Callable[..., Checked]) -> None:
    found = read([HEAD, ONE, TWO, ["k1", "new team", *ONE[2:4], *MORE]])
    (error,) = found.errors
    assert (error.sheet, error.row, error.column, error.found) == ("CMOs", 4, "Context", "new team")
    assert error.message == "this is not what row 2 says of the same configuration"
    assert error.expected == "stable team"


def test_rows_of_one_merged_id_add_up(read: Callable[..., Checked]) -> None:
    rows = [HEAD, ONE, [None, "long shifts", "hope", None, *MORE]]
    (one,) = read(rows, merged="A2:A3").accepted().configurations
    assert parts(one)["contexts"] == ["stable-team", "long-shifts"]
    assert one.mechanisms == ["kept:trust", "kept:hope"]


def test_a_row_without_id_that_says_something_else_is_told(read: Callable[..., Checked]) -> None:
    found = read([HEAD, ONE, [None, *TWO[1:]]])
    assert len(found.accepted().configurations) == 2
    (warning,) = found.problems
    assert (warning.row, warning.message) == (
        3,
        "the row has no id; it was read as a configuration of its own",
    )


def test_a_quote_without_a_source_is_a_note_and_told(read: Callable[..., Checked]) -> None:
    found = read([HEAD, ONE, [None, None, None, None, None, "Who said it?"]])
    (warning,) = found.problems
    assert (warning.row, warning.column) == (3, "Quote")
    assert "no source beside it" in warning.message
    assert found.accepted().configurations[0].note == "Quote: Who said it? (row 3)"


@pytest.mark.parametrize("merged", ["A2:G2 A5:G5", ""])
def test_headings_group_what_is_below(read: Callable[..., Checked], merged: str) -> None:
    rows: list[Sequence[Any]] = [HEAD, ["Leading"], ONE, [None] * 4 + MORE, ["Time"], TWO]
    rows.append(["CMO: configuration of made-up things"])
    found = read(rows, merged=merged)
    notes = [one.note for one in found.accepted().configurations]
    assert notes == ["Under the heading: Leading", "Under the heading: Time"]
    told = [(one.row, one.message) for one in found.problems]
    assert (7, "a heading with no rows below it; it was passed over") in told
    assert len(told) == (1 if merged else 3)
    as_mechanisms = MAP.replace("  Mechanism: configurations.mechanism\n", "  Mechanism: note\n")
    as_mechanisms += "sections: configurations.mechanism\n"
    bundle = read(rows, as_mechanisms, merged=merged).accepted()
    assert [one.mechanisms for one in bundle.configurations] == [["kept:leading"], ["kept:time"]]
    ignored = read(rows, MAP + "sections: ignore\n", merged=merged)
    assert [one.note for one in ignored.accepted().configurations] == [None, None]
    (cells,) = [one for one in ignored.sheets if one.sheet == "CMOs"]
    assert cells.passed_over == {"in headings that the map ignores": 3}


VALUES = """\
review: {id: kept, title: A made-up review}
sheet: CMOs
columns:
  No: configurations.id
  Context: {to: configurations.context, labels: true}
  Mechanism: {to: configurations.reasoning, before_arrow: configurations.resource, labels: true}
  Outcome: {to: configurations.outcome, signs: true, labels: true}
"""
VALUE_HEAD = ["No", "Context", "Mechanism", "Outcome"]


def test_labels_arrows_bullets_brackets_and_signs(read: Callable[..., Checked]) -> None:
    rows = [
        VALUE_HEAD,
        [1, "C1 new team / C2 long shifts", "M1: debriefs → trust\nM2: fear", "+ O1 is not first"],
        [
            2,
            "• a ward (small; busy)\n• nights",
            "- talks -> hope\n- ease",
            "asking (+); silence (−)",
        ],
        [3, "1. one\n2. two; three", "time ⇒ rest ⇒ thought", "− quiet"],
    ]
    bundle = read(rows, VALUES).accepted()
    names = {one.id.partition(":")[2]: one.name for one in bundle.concepts}
    said = [
        {name: [names[one] for one in found] for name, found in parts(configuration).items()}
        for configuration in bundle.configurations
    ]
    assert said == [
        {
            "contexts": ["new team", "long shifts"],
            "resources": ["debriefs"],
            "reasonings": ["trust", "fear"],
            "outcomes": ["O1 is not first"],
        },
        {
            "contexts": ["a ward (small; busy)", "nights"],
            "resources": ["talks"],
            "reasonings": ["hope", "ease"],
            "outcomes": ["asking", "silence"],
        },
        {
            "contexts": ["1. one", "2. two", "three"],
            "resources": ["time"],
            "reasonings": ["rest ⇒ thought"],
            "outcomes": ["quiet"],
        },
    ]
    assert [str(one.polarity) for one in bundle.configurations] == ["positive", "mixed", "negative"]
    note = bundle.configurations[0].note or ""
    assert "Context: C1 new team / C2 long shifts" in note  # the labels are kept
    assert "Mechanism: M1: debriefs → trust\nM2: fear" in note


def test_signs_in_a_column_of_their_own(read: Callable[..., Checked]) -> None:
    columns = VALUES + "  Effect: configurations.polarity\n"
    rows = [[*VALUE_HEAD, "Effect"]]
    rows += [[str(at), "a", "m", "o", sign] for at, sign in enumerate(["+", "−", "+/-", "Mixed"])]
    polarities = [str(one.polarity) for one in read(rows, columns).accepted().configurations]
    assert polarities == ["positive", "negative", "mixed", "mixed"]


def test_a_merged_cell_of_a_note_counts_for_every_row(read: Callable[..., Checked]) -> None:
    columns = VALUES.replace("columns:\n", "columns:\n  Area: note\n")
    rows = [["Area", *VALUE_HEAD], ["Leading", 1, "c1", "m1", "o1"], [None, 2, "c2", "m2", "o2"]]
    found = read(rows, columns, merged="A2:A3")
    notes = [one.note for one in found.accepted().configurations]
    assert notes == ["Area: Leading", "Area: Leading"]
    assert [(one.cells, one.noted) for one in found.sheets if one.sheet == "CMOs"] == [(14, 1)]


def test_an_empty_cell_may_say_what_the_one_above_says(read: Callable[..., Checked]) -> None:
    columns = VALUES.replace("labels: true}\n  Mech", "fill_down: true}\n  Mech")
    rows = [VALUE_HEAD, [1, "a ward", "m1", "o1"], [2, None, "m2", "o2"]]
    found = [parts(one)["contexts"] for one in read(rows, columns).accepted().configurations]
    assert found == [["a-ward"], ["a-ward"]]


def test_headers_in_two_rows_a_title_and_columns_without_a_name(
    read: Callable[..., Checked],
) -> None:
    rows: list[Sequence[Any]] = [
        ["Table 9. Made-up configurations"],
        [None, "Context", "Mechanism", None, "Outcome", None],
        [None, None, "Resource", "Response", None, None],
        ["k1", "a ward", "debriefs", "trust", "asking", "seen twice"],
    ]
    columns = """\
review: {id: kept, title: A made-up review}
sheet: CMOs
header_rows: 2
columns:
  column A: configurations.id
  Context: configurations.context
  Mechanism / Resource: configurations.resource
  Mechanism / Response: configurations.reasoning
  Outcome: configurations.outcome
"""
    for merged in ("C2:D2 B2:B3 E2:E3", ""):
        found = read(rows, columns, merged=merged)
        (one,) = found.accepted().configurations
        assert (one.local_id, one.note) == ("k1", "column F: seen twice")
        assert parts(one) == {
            "contexts": ["a-ward"],
            "resources": ["debriefs"],
            "reasonings": ["trust"],
            "outcomes": ["asking"],
        }
        assert [problem.column for problem in found.problems] == ["column F"]


def test_what_else_the_workbook_holds(read: Callable[..., Checked]) -> None:
    beside: dict[str, Any] = {
        "Review": [["field", "value"], ["id", "other"], ["title", "Another made-up title"]],
        "Levels": [["id", "name"], ["ward", "Ward"]],
        "Mechanisms": [["id", "name", "description"], ["m1", "trust", "Made up."]],
        "Findings": [["kind", "name", "statement"], ["gap", "Nights", "Nothing on nights."]],
        "Theories": [["What we think"], ["that it works"]],
        "Budget": [["a", "b"], [1, None]],
        "Notes": [["remember"]],
    }
    without = MAP.replace("review: {id: kept, title: A made-up review}\n", "")
    found = read(
        [[*HEAD, "Level"], [*ONE, "ward"]], without + "  Level: configurations.levels\n", **beside
    )
    bundle = found.accepted()
    assert (bundle.review.id, bundle.review.title) == ("other", "Another made-up title")
    assert bundle.configurations[0].mechanisms == ["other:m1"]
    assert [one.description for one in bundle.mechanisms] == ["Made up."]
    assert [one.name for one in bundle.findings] == ["Nights"]
    assert bundle.configurations[0].levels == ["ward"]
    told = {one.sheet: one.message for one in found.problems}
    assert set(told) == {"Budget", "Theories"}
    cells = {one.sheet: (one.cells, one.passed_over) for one in found.sheets}
    assert cells["Budget"] == (3, {NO_KIND: 3})
    assert cells["Theories"] == (2, {"in a sheet not read: no Theories: it has no column id": 2})
    assert cells["Notes"][0] == 1
    stated = read([HEAD, ONE], MAP, **beside)
    assert stated.accepted().review.id == "kept"
    assert [one.local_id for one in stated.accepted().levels] == ["ward"]
    assert {one.sheet for one in stated.problems} == {"Budget", "Theories", "Review"}


def test_mechanisms_that_the_review_has_are_meant_and_kept(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "review.yaml").write_text("id: kept\ntitle: A made-up review\n", encoding="utf-8")
    (folder / "mechanisms.csv").write_text(
        "id,name,aliases,description\nm1,Trust in others,trust,Made up.\nhope,Hope,,Also.\n",
        encoding="utf-8",
    )
    load(store, folder, Settings())
    (tmp_path / "c.csv").write_text(
        "CMO,Mechanism\n1,trust\n2,hope\n3,ease\n4,Trust in others; m1\n", encoding="utf-8"
    )
    columns = "columns: {CMO: configurations.id, Mechanism: configurations.mechanism}\n"
    how = mapped(tmp_path, columns)
    for _ in range(2):
        report = load(store, tmp_path / "c.csv", Settings(), how=how, review="kept").report
        held = bundle_of(store, "kept")
        assert {(one.local_id, one.name, one.description) for one in held.mechanisms} == {
            ("m1", "Trust in others", "Made up."),
            ("hope", "Hope", "Also."),
            ("ease", "ease", None),
        }
        named = {one.local_id: one.mechanisms for one in held.configurations}
        assert named == {
            "1": ["kept:m1"],
            "2": ["kept:hope"],
            "3": ["kept:ease"],
            "4": ["kept:m1"],
        }
    assert report.total.changed == report.total.new == report.total.removed == 0


def test_the_cells_of_each_sheet_are_counted_and_printed(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    rows: list[Sequence[Any]] = [
        ["Made up"],
        HEAD,
        ONE,
        [*ONE[:4], *MORE],
        [*TWO[:4], "Nobody 1999"],
    ]
    xlsx(tmp_path / "kept.xlsx", {"CMOs": rows, "Sources": SOURCES, "Budget": [["a"]]})
    (tmp_path / "columns.yaml").write_text(MAP, encoding="utf-8")
    refused = " ".join(command("check", "kept.xlsx", "--map", "columns.yaml", status=1).out.split())
    assert (
        "kept.xlsx: 46 cells = 35 read + 4 merged + 5 refused + 2 passed over (1 in a sheet whose "
        "name is that of no kind of record, 1 above the headers) "
        "sheet Budget: 1 cell = 0 read + 1 passed over (1 in a sheet whose name is that of no kind "
        "of record) "
        "sheet CMOs: 27 cells = 17 read + 4 merged + 5 refused + 1 passed over (1 above the "
        "headers)"
    ) in refused
    xlsx(tmp_path / "kept.xlsx", {"CMOs": rows[1:4], "Sources": SOURCES})
    loaded = command("load", "kept.xlsx", "--map", "columns.yaml").out
    assert "kept.xlsx: 39 cells = 35 read + 4 merged" in loaded
    answer = json.loads(command("check", "kept.xlsx", "--map", "columns.yaml", "--json").out)
    assert [one["sheet"] for one in answer["sheets"]] == ["Sources", "CMOs"]


def test_merged_cells_of_libreoffice(tmp_path: Path) -> None:
    rows = [HEAD, ONE, [None] * 4 + MORE, TWO]
    down = {("CMOs", 2, column): 2 for column in range(1, 5)}
    path = ods(tmp_path / "kept.ods", {"CMOs": rows, "Sources": SOURCES}, down)
    bundle = check(path, Settings(), how=mapped(tmp_path, MAP)).accepted()
    assert (len(bundle.configurations), len(bundle.evidence)) == (2, 3)


# -- the shared cases ---------------------------------------------------------------------------

needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")


@needs_cases
@pytest.mark.parametrize("name", ["ext-mrg", "ext-rep"])
def test_the_shared_sheets_with_a_row_for_each_piece_of_evidence(store: Store, name: str) -> None:
    how = How(columns=CASES / "ext-mrg.yaml")
    load(store, CASES / f"{name}.xlsx", Settings(), how=how)
    bundle = check(CASES / f"{name}.xlsx", Settings(), how=how).accepted()
    assert [one.local_id for one in bundle.configurations] == ["CMO1", "CMO2"]
    assert len(bundle.evidence) == 3


@needs_cases
def test_the_shared_references_in_cells(tmp_path: Path) -> None:
    found = check(CASES / "refs4.xlsx", Settings(), how=How(columns=CASES / "refs.yaml"))
    assert [(one.row, one.found) for one in found.errors] == [(5, "Lee 2019a")]
    said = (CASES / "refs.yaml").read_text(encoding="utf-8") + "sources: {Lee 2019a: p1}\n"
    bundle = check(CASES / "refs4.xlsx", Settings(), how=mapped(tmp_path, said)).accepted()
    of_rows: dict[str | None, list[str]] = {}
    for one in bundle.evidence:
        of_rows.setdefault(one.configuration, []).append(one.source.partition(":")[2])
    assert of_rows == {
        "refs:1": ["p1", "p2"],
        "refs:2": ["p1", "p2"],
        "refs:3": ["p1"],
        "refs:4": ["p1"],
    }


@needs_cases
def test_the_shared_table_of_a_report(store: Store) -> None:
    token = "made-up-token-for-this-test"
    settings = Settings(token=SecretStr(token))
    load(store, CASES / "cmoc-refs-review", settings)
    client = TestClient(create_app(settings, store), base_url="http://127.0.0.1")
    answer = client.post(
        "/loads?review=debrun",
        headers={"authorization": f"Bearer {token}"},
        files=[
            ("file", ("cmoc.csv", (CASES / "cmoc.csv").read_bytes())),
            ("map", ("map2.yaml", (CASES / "map2.yaml").read_bytes())),
        ],
    )
    assert answer.status_code == 201, answer.text
    assert [one["cells"] for one in answer.json()["sheets"]] == [25]
    counted: dict[str | None, list[str]] = {}
    for one in bundle_of(store, "debrun").evidence:
        counted.setdefault(one.configuration, []).append(one.source)
    of_papers = {
        row: sum(not source.endswith(":interviews") for source in sources)
        for row, sources in counted.items()
    }
    assert of_papers == {"debrun:1": 7, "debrun:2": 6, "debrun:3": 5, "debrun:4": 6}
    talks = {row for row, sources in counted.items() if "debrun:interviews" in sources}
    assert talks == {"debrun:2", "debrun:3", "debrun:4"}
