"""Workbooks: the template, what is forgiven in a filled one, and what is said of its mistakes."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, Ran
from everything import everything
from folders import reading_of
from laws import examples
from openpyxl import load_workbook
from workbooks import Sheets, good, ods, xlsx

from exports.annotate import annotate
from exports.examples import EXAMPLES as EXAMPLE_ROWS
from exports.examples import REVIEW_EXAMPLE
from exports.workbook import workbook, write_template
from graph.errors import Problem, Severity, TooLarge
from graph.model import Evidence, Mechanism, Review, ReviewBundle, Source
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store import Store
from loaders.columns import FILES, columns
from loaders.intake import check, load
from loaders.parsed_input import Given
from loaders.review_sheets import review_columns
from loaders.sheet_names import REVIEW_SHEETS, TITLES
from loaders.workbook import read_workbook

Command = Callable[..., Ran]
GENERATED = examples(25, shared=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "review.xlsx"


def read(path: Path) -> Given:
    return read_workbook(path, path.name, max_mb=100)


def sentences(problems: list[Problem]) -> list[str]:
    return [problem.sentence() for problem in problems]


def accepted(path: Path) -> ReviewBundle:
    reading = reading_of(path)
    assert sentences(reading.errors) == []
    return reading.accepted()


def bundle_with(path: Path, change: Callable[[Sheets], Any], **merged: str) -> ReviewBundle:
    """What the good workbook says after a change."""
    sheets = good()
    change(sheets)
    return accepted(xlsx(path, sheets, **merged))


def without_notes(bundle: ReviewBundle) -> Any:
    data = bundle.model_dump(mode="json")
    for records in data.values():
        for record in records if isinstance(records, list) else ():
            record.pop("note", None)
    return data


# -- the template -------------------------------------------------------------------------------


def test_the_template_has_a_sheet_per_kind_with_notes_and_frozen_headers(path: Path) -> None:
    write_template(path)
    book = load_workbook(path)
    assert book.sheetnames[0] == "Read me"
    assert {*REVIEW_SHEETS, *TITLES.values()} <= set(book.sheetnames)
    assert "vbaProject" not in " ".join(zipfile.ZipFile(path).namelist())
    expected = {TITLES[file]: columns(file) for file in FILES}
    expected |= {name: review_columns(name) for name in REVIEW_SHEETS if name != "Review"}
    for name, known in expected.items():
        sheet = book[name]
        headers = [cell.value for cell in sheet[1]]
        assert headers == list(known), name
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        for cell, column in zip(sheet[1], known.values(), strict=True):
            assert cell.font.bold
            assert column.description in cell.comment.text
            assert ("Must be filled" in cell.comment.text) == column.required
            assert all(choice in cell.comment.text for choice in column.choices)
        example = {
            column: str(cell.value)
            for column, cell in zip(known, sheet[2], strict=True)
            if cell.value
        }
        assert example["id"].startswith("EXAMPLE")
        assert "llustrative" in " ".join(example.values()) or name in ("Perspectives", "Evidence")
        assert all(cell.font.italic for cell in sheet[2] if cell.value is not None)
        assert {one.name for one in known.values() if one.required} <= set(example), name
        assert sheet.max_row == 2
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_examples_name_columns_that_there_are() -> None:
    assert set(EXAMPLE_ROWS) == {*FILES, *REVIEW_SHEETS} - {"Review"}
    for name, row in EXAMPLE_ROWS.items():
        assert set(row) <= set(columns(name) if name in FILES else review_columns(name))
    assert set(REVIEW_EXAMPLE) <= set(review_columns("Review"))


def test_drop_downs_for_choices_levels_and_known_ids(path: Path) -> None:
    write_template(path)
    book = load_workbook(path)
    found = {}
    for name in ("Evidence", "Sources", "Flow"):
        headers = [cell.value for cell in book[name][1]]
        for check_ in book[name].data_validations.dataValidation:
            letter = re.match(r"[A-Z]+", str(check_.sqref))
            assert letter is not None
            at = book[name][f"{letter[0]}1"].column
            found[name, headers[at - 1]] = (check_.formula1, check_.errorStyle)
    assert found["Evidence", "stance"] == ('"supports,challenges,refines"', "stop")
    assert found["Evidence", "rigour"] == ('"low,moderate,high"', "stop")
    assert found["Sources", "included"] == ('"yes,no"', "stop")
    assert found["Evidence", "levels"] == ("'Levels'!$A$3:$A$2000", "warning")
    assert found["Evidence", "source"] == ("'Sources'!$A$3:$A$2000", "warning")
    assert found["Evidence", "configuration"][0] == "'Configurations'!$A$3:$A$2000"
    assert found["Flow", "stage"][0] == "'Search'!$A$3:$A$2000"
    formula, _ = found["Flow", "counts"]
    sheet, _, cells = formula.partition("!")
    listed = [cell[0].value for cell in book[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == list(review_columns("Flow")["counts"].choices)
    assert book["_Lists"].sheet_state == "hidden"


def test_the_template_as_written_asks_for_id_and_title(path: Path) -> None:
    write_template(path)
    reading = reading_of(path)
    assert sentences(reading.problems) == [
        "review.xlsx, sheet Review, row 2, column value: id is missing",
        "review.xlsx, sheet Review, row 3, column value: title is missing",
    ]
    assert read(path).records == {"rows": 0, "example rows, ignored": 21}


def test_the_template_filled_below_its_examples_is_loaded(path: Path, store: Store) -> None:
    write_template(path)
    book = load_workbook(path)
    for name, rows in good().items():
        sheet = book[name]
        if name == "Review":
            at = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
            for field, value in rows[1:]:
                sheet.cell(at[field], 2).value = value
            continue
        places = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows[1:], start=3):
            for header, value in zip(rows[0], row, strict=True):
                sheet.cell(number, places[header]).value = value
    book.save(path)
    loaded = load(store, path, Settings())
    assert loaded.report.total.new == 25
    assert accepted(path) == accepted(xlsx(path.with_name("plain.xlsx"), good()))


# -- a review as a workbook ---------------------------------------------------------------------


@pytest.mark.parametrize("review", ["harris2021", "richmond2020"])
def test_a_shipped_review_comes_back_unchanged(
    embedded_store: Store, review: str, path: Path
) -> None:
    load(embedded_store, EXAMPLES / review, Settings())
    before = everything(embedded_store)
    write_template(path, bundle=bundle_of(embedded_store, review))
    assert not load(embedded_store, path, Settings()).report.changed_anything
    assert everything(embedded_store) == before


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''-x", "a;b", "a\\;b", "x\\", "- a", "_x0041_"]
HOSTILE += ["a\x0bb", "a\nb", "\ufffe", "“a”", "a\xa0b", "1.0", "TRUE"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_and_are_no_formulas(text: str, path: Path) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title=text),
        sources=[
            Source(id="r:s", kind="paper", title=text, authors=[text.split("\n")[0], "Roy B"])
        ],
        mechanisms=[Mechanism(id="r:m", name=text)],
        evidence=[Evidence(id="r:e", source="r:s", mechanism="r:m", stance="supports", quote=text)],
    )
    path.write_bytes(workbook(bundle))
    assert accepted(path) == bundle
    book = load_workbook(path)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_text_that_no_cell_can_hold_is_refused_by_name(path: Path) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="T"),
        sources=[Source(id="r:s", kind="paper", title="T", note="n" * 40_000)],
    )
    with pytest.raises(TooLarge, match="Sources, s: note has 40,000 characters"):
        workbook(bundle)


def test_the_same_review_gives_the_same_bytes() -> None:
    bundle = ReviewBundle(review=Review(id="r", title="T"))
    assert workbook(bundle) == workbook(bundle)


# -- what is forgiven ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain_bundle(tmp_path_factory: pytest.TempPathFactory) -> ReviewBundle:
    return accepted(xlsx(tmp_path_factory.mktemp("good") / "review.xlsx", good()))


def test_the_order_of_columns_and_sheets_is_free(path: Path, plain_bundle: ReviewBundle) -> None:
    sheets = {
        name: [list(reversed(row)) for row in rows] for name, rows in reversed(good().items())
    }
    assert accepted(xlsx(path, sheets)) == plain_bundle


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Sources", "PAPERS"),
        ("Sources", " studies "),
        ("Sources", "References"),
        ("Sources", "source"),
        ("Configurations", "CMOCs"),
        ("Configurations", "cmo_configurations"),
        ("Mechanisms", "Mechanism"),
    ],
)
def test_sheets_are_known_by_other_names(
    path: Path, plain_bundle: ReviewBundle, sheet: str, name: str
) -> None:
    sheets = {name if one == sheet else one: rows for one, rows in good().items()}
    assert accepted(xlsx(path, sheets)) == plain_bundle


def test_a_misspelt_sheet_is_read_and_told(path: Path, plain_bundle: ReviewBundle) -> None:
    sheets = {"Evidense" if one == "Evidence" else one: rows for one, rows in good().items()}
    reading = reading_of(xlsx(path, sheets))
    assert reading.accepted() == plain_bundle
    (told,) = sentences(reading.problems)
    assert "sheet Evidense: this sheet was read as 'evidence'" in told


def test_other_sheets_are_passed_over_or_told(path: Path, plain_bundle: ReviewBundle) -> None:
    more = {name: [["a", "b"], [1, 2]] for name in ("Notes", "_private", "Read me", "Budget")}
    reading = reading_of(xlsx(path, {**good(), **more}))
    assert reading.accepted() == plain_bundle
    (told,) = reading.problems
    assert (told.sheet, told.severity) == ("Budget", Severity.WARNING)


def test_two_sheets_of_one_kind_are_an_error(path: Path) -> None:
    reading = reading_of(xlsx(path, {**good(), "Papers": [["id"], ["x"]]}))
    (told,) = sentences(reading.errors)
    assert "two sheets hold sources" in told


@pytest.mark.parametrize(
    "header",
    ["SOURCE", " Source ", "source*", "Source:", "source (id)", "So\u00adurce", "\xa0source"],
)
def test_headers_in_other_spellings(path: Path, plain_bundle: ReviewBundle, header: str) -> None:
    def change(sheets: Sheets) -> None:
        sheets["Evidence"][0] = [header, *sheets["Evidence"][0][1:]]

    assert bundle_with(path, change) == plain_bundle


def test_a_misspelt_header_is_read_and_told(path: Path, plain_bundle: ReviewBundle) -> None:
    sheets = good()
    sheets["Evidence"][0] = [*sheets["Evidence"][0][:-1], "rigor"]
    reading = reading_of(xlsx(path, sheets))
    assert reading.accepted() == plain_bundle
    (told,) = sentences(reading.problems)
    assert "sheet Evidence, row 1, column rigor: this column was read as 'rigour'" in told


def test_extra_columns_are_kept_as_notes(path: Path, plain_bundle: ReviewBundle) -> None:
    sheets = good()
    sheets["Configurations"] = [
        [*sheets["Configurations"][0], "Country", None],
        [*sheets["Configurations"][1], "UK", "seen twice"],
    ]
    sheets["Findings"] = [
        [*row, more] for row, more in zip(sheets["Findings"], ("X", 1), strict=True)
    ]
    reading = reading_of(xlsx(path, sheets))
    (configuration,) = reading.accepted().configurations
    assert configuration.note == "a note\nCountry: UK\ncolumn H: seen twice"
    told = sentences(reading.problems)
    assert len(told) == 3
    assert "sheet Findings, row 1, column X: unknown column; it is not kept" in told[2]
    assert without_notes(reading.accepted())["evidence"] == without_notes(plain_bundle)["evidence"]


def test_a_merged_cell_fills_its_rows(path: Path) -> None:
    rows = [["lee", "trust", "supports", "a"], [None, "time", "supports", "b"]]
    sheets = {**good(), "Evidence": [["source", "mechanism", "stance", "quote"], *rows]}
    found = accepted(xlsx(path, sheets, Evidence="A2:A3"))
    assert [(one.source, one.quote) for one in found.evidence] == [
        ("illustrative:lee", "a"),
        ("illustrative:lee", "b"),
    ]
    same = accepted(ods(path.with_suffix(".ods"), sheets, {("Evidence", 2, 1): 2}))
    assert same.evidence == found.evidence


def test_rows_with_a_merged_id_are_one_record(path: Path) -> None:
    head = ["id", "mechanisms", "contexts", "outcomes"]
    rows = [["c1", "trust", "new team", "asking"], [None, None, "long shifts", "asking"]]
    sheets = {**good(), "Configurations": [head, *rows]}
    (found,) = accepted(xlsx(path, sheets, Configurations="A2:A3 B2:B3")).configurations
    assert [part.concept for part in found.contexts] == [
        "illustrative:new-team",
        "illustrative:long-shifts",
    ]
    assert len(found.outcomes) == 1


def test_headings_across_rows_and_titles_above_are_passed_over(path: Path) -> None:
    sheets = good()
    head, *rows = sheets["Sources"]
    sheets["Sources"] = [["Table 1 of the illustrative report"], [], head, ["Papers"], *rows]
    reading = reading_of(xlsx(path, sheets, Sources="A4:G4"))
    assert len(reading.accepted().sources) == 2
    (told,) = sentences(reading.problems)
    assert "row 4: a heading across the row; it was passed over; found 'Papers'" in told


def test_blank_rows_are_passed_over(path: Path, plain_bundle: ReviewBundle) -> None:
    def change(sheets: Sheets) -> None:
        for rows in sheets.values():
            rows[1:1] = [[], [None, " ", "\xa0"]]

    assert bundle_with(path, change) == plain_bundle


def test_lists_may_stand_in_several_columns_and_lines(path: Path) -> None:
    def change(sheets: Sheets) -> None:
        sheets["Configurations"] = [
            ["id", "mechanism", "context 1", "context 2", "outcome"],
            ["c1", "trust", "new team", "long shifts", "asking\nlearning"],
        ]

    (found,) = bundle_with(path, change).configurations
    assert (len(found.contexts), len(found.outcomes)) == (2, 2)


def test_numbers_and_dates_in_any_form(path: Path) -> None:
    head = ["id", "kind", "title", "year", "pmid", "doi", "reference", "volume"]
    rows = [
        ["a", "paper", "T", 2019.0, 35957633, "10.1000/182.10", 7, 12.5],
        ["b", "paper", 1984, " 2019 ", "35957633", "10.1000/1e5", "007", "12"],
        ["c", "paper", "T", dt.date(2019, 5, 1), "2019.0", None, None, None],
    ]
    sheets = {**good(), "Sources": [head, *rows], "Findings": [["kind", "name", "statement"]]}
    sheets["Evidence"] = [["source", "mechanism", "stance"], ["a", "trust", "supports"]]
    sheets["Search"] = [["id", "name", "searched_on"], ["main", "Main", dt.date(2023, 5, 1)]]
    sheets["Sources"][3][4] = None
    found = accepted(xlsx(path, sheets))
    assert [source.year for source in found.sources] == [2019, 2019, 2019]
    assert [source.reference for source in found.sources] == ["7", "007", None]
    assert found.sources[0].pmid == "35957633"
    assert found.sources[0].doi == "10.1000/182.10"
    assert found.sources[0].volume == "12.5"
    assert found.sources[1].title == "1984"
    assert found.stages[0].searched_on == "2023-05-01"


def test_what_a_spreadsheet_may_have_spoilt_is_told(path: Path) -> None:
    sheets = good()
    sheets["Sources"] = [
        ["id", "kind", "title", "pages", "reference"],
        ["lee", "paper", "T", dt.date(2024, 4, 5), 12345678901234567],
        ["panel", "consultation", "T", None, None],
    ]
    told = [
        (one.row, one.column, one.message[:22])
        for one in read(xlsx(path, sheets)).tables["sources.csv"].problems
    ]
    assert told == [
        (2, "pages", "the cell holds a date"),
        (2, "reference", "a spreadsheet keeps 15"),
    ]


def test_quotes_spaces_and_case_of_keywords(path: Path, plain_bundle: ReviewBundle) -> None:
    def change(sheets: Sheets) -> None:
        row = list(sheets["Evidence"][1])
        row[0], row[1], row[3], row[4] = (
            "lee\xa0",
            "“Building\xa0trust” ",
            " “Supports”",
            "TEAM\u200b",
        )
        row[6] = "High "
        sheets["Evidence"][1] = row

    found = bundle_with(path, change)
    cells = {"id"}
    assert [one.model_dump(exclude=cells) for one in found.evidence] == [
        one.model_dump(exclude=cells) for one in plain_bundle.evidence
    ]
    assert found.evidence[0].quote == "“Illustrative words.”"


def test_a_quote_is_kept_to_the_letter(path: Path) -> None:
    quote = " “We\xa0said… \n it” "

    def change(sheets: Sheets) -> None:
        sheets["Evidence"][1] = [*sheets["Evidence"][1][:5], quote, "high"]

    assert bundle_with(path, change).evidence[0].quote == quote


@pytest.mark.parametrize("mark", ["EXAMPLE", "EXAMPLE-x", "EXAMPLE 1"])
def test_example_rows_are_ignored_and_counted(
    path: Path, plain_bundle: ReviewBundle, mark: str
) -> None:
    def change(sheets: Sheets) -> None:
        sheets["Sources"].insert(1, [mark, "no such kind", "T"])
        sheets["Findings"].insert(1, ["example (ignored)", "x", "y", "z"])

    assert bundle_with(path, change) == plain_bundle
    assert read(path).records["example rows, ignored"] == 2


def test_an_id_that_only_resembles_an_example_is_a_record(path: Path) -> None:
    def change(sheets: Sheets) -> None:
        sheets["Sources"].append(["EXAMPLES2019", "paper", "T"])
        sheets["Sources"].append(["example-2019", "paper", "T"])

    assert len(bundle_with(path, change).sources) == 4


def test_what_a_formula_came_to_is_its_value(path: Path) -> None:
    xlsx(path, good())
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet7.xml":
                data, times = re.subn(rb"<v>2019</v>", b"<f>2000+19</f><v>2019</v>", data)
                assert times == 1
            new.writestr(entry, data)
    path.write_bytes(changed.getvalue())
    assert accepted(path).sources[0].year == 2019


@pytest.mark.parametrize("typed", [True, False])
def test_an_error_of_the_spreadsheet_is_an_error_in_its_cell(path: Path, typed: bool) -> None:
    xlsx(path, good())
    book = load_workbook(path)
    book["Sources"]["C2"].value = "#REF!"
    book["Review"]["B3"].value = "#N/A"
    if not typed:
        book["Sources"]["C2"].data_type = book["Review"]["B3"].data_type = "s"
    book.save(path)
    errors = reading_of(path).errors
    places = {(one.sheet, one.row, one.column, one.found) for one in errors}
    assert ("Sources", 2, "title", "#REF!") in places
    assert ("Review", 3, "value", "#N/A") in places


def test_the_same_review_as_ods(tmp_path: Path, plain_bundle: ReviewBundle) -> None:
    assert accepted(ods(tmp_path / "review.ods", good())) == plain_bundle


def test_the_old_and_the_macro_format(path: Path, plain_bundle: ReviewBundle) -> None:
    xlsx(path, good())
    assert accepted(path.rename(path.with_suffix(".xlsm"))) == plain_bundle


# -- what cannot be forgiven --------------------------------------------------------------------


def with_mistakes() -> tuple[Sheets, dict[tuple[str, int, str], str]]:
    """A workbook with different mistakes, and where each of them is: sheet, row, column."""
    sheets = good()
    expected: dict[tuple[str, int, str], str] = {}

    def wrong(sheet: str, row: int, column: str, value: Any, message: str) -> None:
        rows = sheets[sheet] = [list(one) for one in sheets[sheet]]
        while len(rows) < row:
            rows.append([None] * len(rows[0]))
        if column not in rows[0]:
            for one in rows:
                one.append(None)
            rows[0][-1] = column
        at = rows[0].index(column)
        rows[row - 1] += [None] * (len(rows[0]) - len(rows[row - 1]))
        rows[row - 1][at] = value
        expected[sheet, row, column] = message

    def fine(sheet: str, *values: Any) -> int:
        rows = sheets[sheet] = [list(one) for one in sheets[sheet]]
        rows.append([*values, *[None] * (len(rows[0]) - len(values))])
        return len(rows)

    wrong("Review", 5, "value", "last year", "year is not a whole number")
    fine("Review", "doi", None)
    wrong("Review", 6, "value", "https://doi.org/10.1000/x", "doi is not well formed")
    wrong("Levels", 3, "id", "sys tem", "id is not well formed")
    fine("Levels", "ward", "Ward")
    wrong("Levels", 5, "id", "ward", "the id 'ward' is used twice")
    wrong("Levels", 5, "name", "Ward 2", "")
    del expected["Levels", 5, "name"]
    fine("Perspectives", "patient", None)
    expected["Perspectives", 3, "name"] = "this cell must be filled"
    wrong("Flow", 2, "kind", "entry", "unknown kind")
    wrong("Flow", 3, "n", -8, "n is out of range")
    wrong("Flow", 4, "stage", "mian", "unknown stage")
    wrong("Tallies", 2, "parts", "supported 2; incorporated: 1", "a part needs a name")
    fine("Tallies", "many", "Many", "#VALUE!")
    expected["Tallies", 3, "n"] = "the cell holds an error"
    wrong("Reporting", 2, "item", 20, "item is out of range")
    row = fine("Reporting", "paid", 19, "Twice")
    expected["Reporting", row, "id"] = "the id 'paid' is used twice"
    row = fine("Reporting", "late", 19)
    expected["Reporting", row, "statement"] = "this cell must be filled"
    row = fine("Sources", "poe", "paper", "T", "Poe C", "20l9")
    expected["Sources", row, "year"] = "year is not a whole number"
    row = fine("Sources", "ray", "book", "T")
    expected["Sources", row, "kind"] = "unknown kind"
    row = fine("Sources", "lee", "paper", "T")
    expected["Sources", row, "id"] = "the id 'lee' is used twice"
    row = fine("Sources", "kay", "paper", None)
    expected["Sources", row, "title"] = "this cell must be filled"
    row = fine("Sources", "may", "paper", "T", "May D", 2019, "perhaps")
    expected["Sources", row, "included"] = "included is not yes or no"
    row = fine("Sources", "joy", "paper", "T", "Joy E", 2019, "yes", "second")
    expected["Sources", row, "stage"] = "unknown stage"
    row = fine("Sources", "guy", "paper", "#REF!")
    expected["Sources", row, "title"] = "the cell holds an error"
    row = fine("Mechanisms", "hope ful", "Hoping")
    expected["Mechanisms", row, "id"] = "id is not well formed"
    row = fine("Mechanisms", "calm", "Calm", None, "team; planet")
    expected["Mechanisms", row, "levels"] = "unknown level"
    row = fine("Mechanisms", "long", "x" * 300)
    expected["Mechanisms", row, "name"] = "name is too long"
    wrong("History", 2, "into", "calm", "only an incorporated mechanism goes into another")
    row = fine("History", "time", "gone")
    expected["History", row, "status"] = "unknown status"
    row = fine("Configurations", "c2", None, "new team", None, "asking")
    expected["Configurations", row, "id"] = "a configuration needs a mechanism"
    row = fine("Configurations", "c3", "trst")
    expected["Configurations", row, "mechanisms"] = "unknown mechanism"
    row = fine("Configurations", "c4", "trust", "(inferred)")
    expected["Configurations", row, "contexts"] = "what is inferred is missing"
    row = fine("Evidence", "smith", "trust", None, "supports")
    expected["Evidence", row, "source"] = "unknown source"
    row = fine("Evidence", "lee", "trust", None, "likes")
    expected["Evidence", row, "stance"] = "unknown stance"
    row = fine("Evidence", "lee", "trust", "c1", "supports")
    expected["Evidence", row, "source "] = "evidence needs exactly one target"
    row = fine("Evidence", "lee", "trust", None, "supports", None, None, "superb")
    expected["Evidence", row, "rigour"] = "unknown rigour"
    row = fine("Findings", "moral", "Name", "Statement")
    expected["Findings", row, "kind"] = "unknown kind"
    return sheets, expected


def cells_of(sheets: Sheets, places: Any) -> set[tuple[str, str]]:
    """Places as cells; a problem of the whole row is on its first cell."""
    found = set()
    for sheet, row, column in places:
        headers = [str(one) for one in sheets[sheet][0]]
        at = headers.index(column.strip()) if column.strip() in headers else 0
        found.add((sheet, f"{chr(65 + at)}{row}"))
    return found


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_mistakes_of_every_kind_are_told_in_their_cells(tmp_path: Path, ending: str) -> None:
    sheets, expected = with_mistakes()
    assert len(expected) == 33
    path = (xlsx if ending == ".xlsx" else ods)(tmp_path / f"review{ending}", sheets)
    reading = check(path, Settings())
    assert reading.bundle is None
    assert len(reading.errors) == 33, "\n".join(sentences(reading.errors))
    out = tmp_path / "annotated.xlsx"
    annotate(path, reading.problems, out, name=path.name, max_mb=100)
    book = load_workbook(out)
    commented = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert set(commented) == cells_of(sheets, expected)
    for place, message in expected.items():
        ((cell),) = cells_of(sheets, [place])
        assert message in commented[cell]
        assert book[cell[0]][cell[1]].fill.start_color.rgb == "FFFFC7CE"
    listed = book[book.sheetnames[0]]
    assert (listed.title, listed.max_row) == ("Problems", 34)
    links = {(row[1].value, row[2].value) for row in listed.iter_rows(min_row=2)}
    assert links == set(commented)
    location = listed["C2"].hyperlink.location
    assert location == f"'{listed['B2'].value}'!{listed['C2'].value}"


def test_a_copy_is_annotated_again_without_what_was_mended(path: Path) -> None:
    sheets, _ = with_mistakes()
    reading = check(xlsx(path, sheets), Settings())
    copy = path.with_name("copy.xlsx")
    annotate(path, reading.problems, copy, name=path.name, max_mb=100)
    again = check(copy, Settings())
    assert {one.model_copy(update={"file": "review.xlsx"}).sentence() for one in again.errors} == {
        one.sentence() for one in reading.errors
    }
    last = path.with_name("last.xlsx")
    annotate(copy, again.problems[:1], last, name=copy.name, max_mb=100)
    book = load_workbook(last)
    comments = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(comments) == 1
    assert book.sheetnames.count("Problems") == 1


def test_the_notes_of_the_template_outlive_the_comments(path: Path) -> None:
    write_template(path)
    reading = reading_of(path)
    problem = Problem(
        file=path.name, sheet="Sources", row=1, column="kind", message="=1+1 is wrong"
    )
    out = path.with_name("out.xlsx")
    annotate(path, [problem, *reading.problems], out, name=path.name, max_mb=100)
    text = load_workbook(out)["Sources"]["B1"].comment.text
    assert text.startswith("error: =1+1 is wrong")
    assert "Must be filled" in text
    mended = path.with_name("mended.xlsx")
    annotate(out, [], mended, name=out.name, max_mb=100)
    assert "Must be filled" in load_workbook(mended)["Sources"]["B1"].comment.text
    assert "wrong" not in load_workbook(mended)["Sources"]["B1"].comment.text


def test_without_the_review_sheet_the_rest_is_checked_all_the_same(path: Path) -> None:
    sheets = good()
    del sheets["Review"]
    sheets["Evidence"].append(["smith", "trust", None, "supports"])
    assert sentences(reading_of(xlsx(path, sheets)).errors) == [
        "review.xlsx: the sheet 'Review' is missing; it needs at least the fields id and title; "
        "`theorygraph template` has one",
        "review.xlsx, sheet Evidence, row 4, column source: unknown source; found 'smith'; "
        "expected an id of sources.csv",
    ]


def test_a_table_of_configurations_is_pointed_to_the_map(path: Path) -> None:
    xlsx(path, {"Sheet1": [["Context", "Mechanism", "Outcome"], ["a", "b", "c"]]})
    told = " ".join(sentences(reading_of(path).errors))
    assert "suggest-map" in told


# -- damaged and hostile files ------------------------------------------------------------------


def told(path: Path) -> str:
    """The one sentence about a workbook that is not read."""
    given = read(path)
    assert given.tables == {}
    (problem,) = given.problems
    return problem.sentence()


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same zip with other content."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    path.write_bytes(packed.getvalue())
    return path


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"id,title\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"review{ending}"
    path.write_bytes(data)
    assert "workbook" in told(path) or "empty" in told(path)


def test_an_encrypted_workbook_is_said_to_be_one(path: Path) -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    path.write_bytes(locked)
    assert "the workbook is encrypted" in told(path)


def test_damaged_copies_never_end_in_a_traceback(tmp_path: Path) -> None:
    chance = random.Random(20240)
    for ending in (".xlsx", ".ods"):
        whole = (xlsx if ending == ".xlsx" else ods)(tmp_path / f"w{ending}", good()).read_bytes()
        path = tmp_path / f"damaged{ending}"
        for round_ in range(250):
            data = bytearray(whole)
            if round_ % 5 == 0:
                data = data[: chance.randrange(len(data))]
            for _ in range(chance.choice((1, 3, 30))):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(bytes(data))
            reading = reading_of(path)
            assert reading.bundle is not None or reading.errors


def test_damaged_sheets_never_end_in_a_traceback(path: Path) -> None:
    xlsx(path, good())
    whole = path.read_bytes()
    chance = random.Random(7)

    def spoil(name: str, data: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or chance.random() < 0.6:
            return data
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 2, 10))):
            spoilt[chance.randrange(len(spoilt))] = chance.choice(b"<>/\"'=019eA\x00\xff &")
        return bytes(spoilt)

    for _ in range(200):
        path.write_bytes(whole)
        reading = reading_of(rewritten(path, spoil))
        assert reading.bundle is not None or reading.errors


def bomb(path: Path, sheet: bytes) -> Path:
    """A workbook whose only sheet has these rows."""
    whole = b"<sheetData>" + sheet + b"</sheetData>"

    def change(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            return re.sub(rb"<sheetData>.*</sheetData>", whole, data)
        return data

    return rewritten(xlsx(path, {"Sources": [["id"], ["text"]]}), change)


LONG_CELL = b'<c r="A1" t="inlineStr"><is><t>' + b"a" * (120 << 20) + b"</t></is></c>"


def test_what_inflates_too_far_is_refused(path: Path) -> None:
    row = b'<row r="1">' + LONG_CELL + b"</row>"
    assert "too large" in told(bomb(path, row))


@pytest.mark.slow
def test_a_zip_that_lies_about_its_size_is_counted(path: Path) -> None:
    row = b'<row r="1">' + LONG_CELL + b"</row>"
    data = bytearray(bomb(path, row).read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02")) - 46
    assert struct.unpack_from("<I", data, at + 24)[0] > 120 << 20
    struct.pack_into("<I", data, at + 24, 1000)
    path.write_bytes(bytes(data))
    assert "too large" in told(path)


@pytest.mark.parametrize("cell", ['r="XFD1048576"', "s='1' r='XFD1048576'"])
def test_two_cells_far_apart_are_refused(path: Path, cell: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c {cell}><v>1</v></c></row>'
    assert "reaches to row 1,048,576, column 16,384" in told(bomb(path, rows.encode()))


def test_an_empty_cell_far_away_is_no_reason(path: Path) -> None:
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
    rows += b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert [one.sheet for one in read(bomb(path, rows)).problems] == [None]


def test_one_long_text_in_many_cells_is_refused(path: Path) -> None:
    cell = b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>'
    bomb(path, b"".join(cell % (n, n) for n in range(1, 9000)))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        text = b"<sst><si><t>" + b"a" * 100_000 + b"</t></si></sst>"
        archive.writestr("xl/sharedStrings.xml", text)
    assert "MB of text" in told(path)


def test_cells_that_repeat_are_counted(tmp_path: Path) -> None:
    path = ods(tmp_path / "review.ods", {"Sources": [["id"], ["a"]]})

    def change(name: str, data: bytes) -> bytes:
        if name != "content.xml":
            return data
        times = b'table:number-columns-repeated="16000"'
        return data.replace(
            b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">'
        ).replace(b"<table:table-cell ", b"<table:table-cell " + times + b" ")

    assert "repeat too often" in told(rewritten(path, change))


# -- commands -----------------------------------------------------------------------------------


def test_the_commands_write_check_annotate_and_load(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    assert "theorygraph check" in command("template", path).out
    assert "there already" in command("template", path, status=1).err
    assert "title is missing" in command("check", path, status=1).err
    annotated = " ".join(command("annotate", path).out.split())
    assert "2 errors and 0 warnings on 2 cells" in annotated
    assert (tmp_path / "review-annotated.xlsx").is_file()
    assert "replace the workbook" in command("annotate", path, path, status=1).err
    command("load", EXAMPLES / "richmond2020")
    filled = tmp_path / "filled.xlsx"
    command("template", filled, "--from", "richmond2020")
    assert "0 new, 0 changed" in command("load", filled).out
    exported = tmp_path / "exported.xlsx"
    command("export", "richmond2020", exported)
    assert exported.read_bytes() == filled.read_bytes()
    assert "nobody" in command("template", tmp_path / "x.xlsx", "--from", "nobody", status=1).err
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert "not a workbook" in command("annotate", broken, status=1).err
