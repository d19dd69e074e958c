"""Cells of sheets that say less, more or other than they seem to. All of it is made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from folders import mapped
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from workbooks import xlsx

from graph.errors import Problem
from graph.settings import Settings
from loaders.intake import Checked, check
from loaders.map_suggestion import suggest_map

Read = Callable[..., Checked]
SOURCES: list[Sequence[Any]] = [
    ["id", "kind", "title", "authors", "year", "reference"],
    *(
        [name.casefold(), "paper", f"On {name}", f"{name} A", 2011 + number, str(number)]
        for number, name in enumerate(("Ash", "Elm", "Oak"), start=1)
    ),
]
MAP = """\
review: {id: r, title: A made-up review}
sheet: CMOs
stance: supports
columns: {No: configurations.id, Context: configurations.context,
  Reasoning: configurations.reasoning, Refs: evidence.source, %s}
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Check rows of No, Context, Reasoning, Refs and what the map says that there is beside."""

    def run(header: str, meaning: str, *rows: Sequence[Any]) -> Checked:
        head = ["No", "Context", "Reasoning", "Refs", header]
        sheets = {"CMOs": [head, *rows], "Sources": SOURCES}
        how = mapped(tmp_path, MAP % f"{header}: {meaning}")
        return check(xlsx(tmp_path / "r.xlsx", sheets), Settings(), how=how)

    return run


def told(problems: Sequence[Problem]) -> list[str]:
    return [" ".join(str(one).split()) for one in problems]


@pytest.mark.parametrize(
    "header",
    ["Refuting references", "Evidence against", "Contradictory studies", "Disconfirming sources",
     "Challenging refs", "Negative evidence"],
)  # fmt: skip
def test_sources_that_challenge_are_never_proposed_as_support(
    read: Read, tmp_path: Path, header: str
) -> None:
    row = ["1", "a ward", "trust", "Ash 2012", "Elm 2013"]
    reading = read(header, "evidence.source", row)
    assert [one for one in told(reading.problems) if "the header says" in one]
    text = suggest_map(tmp_path / "r.xlsx").text
    assert f'"{header}": {{to: evidence.source, stance: challenges}}' in text
    assert '"Refs": evidence.source ' in text
    columns = MAP.replace("stance: supports\n", "") % f"{header}: evidence.source"
    kept = check(tmp_path / "r.xlsx", Settings(), how=mapped(tmp_path, columns)).problems
    hints = {one.column: str(one.hint) for one in kept}
    assert "supports" in hints["Refs"]
    assert "supports" not in hints[header] and "stance: challenges" in hints[header]


def test_a_quote_beside_several_sources_is_nobodys_unless_it_says_whose(read: Read) -> None:
    reading = read(
        "Quote",
        "evidence.quote",
        ["1", "a ward", "trust", "[1, 2]", "“nobody asked”"],
        ["2", "a trust", "trust", "Ash 2012; Oak 2014", "“we spoke” (3, p. 4)"],
        ["3", "a unit", "trust", "Ash 2012", "“so it was”"],
        ["4", "a team", "trust", "[1, 2]", "“one” (1) and “another” (2)"],
    )
    bundle = reading.accepted()
    quotes = {(str(one.configuration), one.source): one.quote for one in bundle.evidence}
    assert {key: quote for key, quote in quotes.items() if quote} == {
        ("r:2", "r:oak"): "“we spoke” (3, p. 4)",
        ("r:3", "r:ash"): "“so it was”",
    }
    assert len(quotes) == 7
    notes = [one.note for one in bundle.configurations]
    assert notes[0] == "Quote, beside ash, elm (row 2): “nobody asked”"
    assert notes[1:3] == [None, None]
    told_of = [one for one in reading.problems if one.column == "Quote"]
    assert [one.row for one in told_of] == [2, 5]
    assert "does not say whose it is" in told_of[0].message
    assert [(one.cells, one.noted) for one in reading.sheets if one.sheet == "CMOs"] == [(25, 2)]


NOTHING = ["n/a", "N/A", "-", "–", "?", "not stated", "Not reported", "none reported", "TBC", "tbd"]


def test_a_cell_that_says_nothing_is_empty_and_told_once(read: Read) -> None:
    rows = [[str(at), f"ward {at}", "trust", None, text] for at, text in enumerate(NOTHING, 1)]
    reading = read("Result", "configurations.outcome", *rows, ["x", "?", "trust", "TBC", "asking"])
    bundle = reading.accepted()
    names = {one.name for one in bundle.concepts}
    assert names == {"trust", "asking", *(f"ward {at}" for at in range(1, 11))}
    assert [one.note for one in bundle.configurations[:10]] == [f"Result: {one}" for one in NOTHING]
    assert [one.sentence() for one in reading.problems] == [
        f"r.xlsx, sheet CMOs, row {row}, column {column}: a cell says that nothing is said; it was "
        f"read as empty, and kept as a note{rows}"
        for row, column, rows in (
            (2, "Result", "; found 'rows 2, 3, 4, 5, 6, 7, 8, 9, …'"),
            (12, "Context", ""),
        )
    ] + [
        "r.xlsx, sheet CMOs, row 12, column Refs: a cell says that it cites nothing; it was read "
        "as no reference, and kept as a note"
    ]


def test_as_above_is_written_out_or_filled_down(read: Read) -> None:
    rows = [
        [str(at), f"ward {at}", "trust", None, text]
        for at, text in enumerate(["asking", "As above", "ditto", '"'], start=1)
    ]
    errors = read("Result", "configurations.outcome", *rows).errors
    assert [(one.row, one.column) for one in errors] == [(row, "Result") for row in (3, 4, 5)]
    assert all("fill_down: true" in str(one.hint) for one in errors)
    filled = read("Result", "{to: configurations.outcome, fill_down: true}", *rows).accepted()
    assert {part.concept for one in filled.configurations for part in one.outcomes} == {"r:asking"}
    assert len(filled.configurations) == 4


def test_signs_of_two_polarities_are_mixed_or_an_error(read: Read) -> None:
    meaning = "{to: configurations.outcome, signs: true}"
    two = {"asking", "silence"}
    for text, polarity, outcomes in (
        ("+ asking, - silence", "mixed", two),
        ("asking (+), silence (−)", "mixed", two),
        ("+ asking / − silence", "mixed", two),
        ("+ asking, + silence", "positive", two),
        ("+ asking, silence", "positive", {"asking, silence"}),
        ("+/- asking", "mixed", {"asking"}),
    ):
        bundle = read("Result", meaning, ["1", "a ward", "trust", None, text]).accepted()
        assert bundle.configurations[0].polarity == polarity, text
        assert {one.name for one in bundle.concepts} == {"a ward", "trust", *outcomes}, text
    (error,) = read("Result", meaning, ["1", "a", "trust", None, "+ asking - silence"]).errors
    assert (error.row, error.column, error.found) == (2, "Result", "+ asking - silence")
    assert "two polarities" in error.message


def test_levels_that_differ_between_rows_of_one_configuration_are_of_the_evidence(
    tmp_path: Path,
) -> None:
    for again in (None, "1"):  # the id is empty, or repeated
        sheets = {
            "CMOs": [
                ["No", "Context", "Reasoning", "Refs", "Level"],
                ["1", "a ward", "trust", "Ash 2012", "Team"],
                [again, None, None, "Elm 2013", "System"],
            ],
            "Sources": SOURCES,
            "Levels": [["id", "name"], ["team", "Team"], ["system", "System"]],
            "Review": [["field", "value"], ["id", "r"], ["title", "A made-up review"]],
        }
        path = xlsx(tmp_path / "levels.xlsx", sheets)
        text = suggest_map(path).text
        assert '"Level": evidence.levels # fairly sure: it differs between rows' in text
        assert '"No": configurations.id # sure' in text
        how = mapped(tmp_path, text.replace("evidence.levels", "configurations.level"))
        reading = check(path, Settings(), how=how)
        said = [one for one in reading.problems if one.column == "Level"]
        assert [one.row for one in said] == [3], again
        assert "evidence." in str(said[0].hint)


def test_a_proposal_sees_arrows_labels_and_cells_that_point_above(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    path.write_text(
        "No;Context;Mechanism (resource → reasoning);Outcome\n"
        "1;C1: a ward; talks → trust;O1: asking\n2;a trust;audit → fear;silence\n"
        "3;a unit;talks;O1 asking / O2 telling\n4;as above;audit → fear;hope\n",
        encoding="utf-8",
    )
    text = suggest_map(path).text
    assert "{to: configurations.context, labels: true, fill_down: true}" in text
    assert "{to: configurations.reasoning, before_arrow: configurations.resource}" in text
    assert "{to: configurations.outcome, labels: true}" in text


def test_references_that_became_dates_or_decimals_are_told(read: Read) -> None:
    cells = [dt.datetime(2024, 7, 3), 3.5, "7-Mar", "03/07/2024", "1.2", 3, 2.0, "3, 1"]
    rows = [[str(at), f"ward {at}", "trust", cell] for at, cell in enumerate(cells, start=1)]
    errors = read("Remarks", "note", *rows).errors
    assert [(one.row, one.column, one.found) for one in errors] == [
        (row, "Refs", found)
        for row, found in enumerate(["2024-07-03", "3.5", "7-Mar", "03/07/2024", "1.2"], start=2)
    ]
    kinds = [one.message.partition(",")[0].split()[-1] for one in errors]
    assert kinds == ["date", "decimal", "date", "date", "decimal"]
    assert all("as text" in str(one.hint) for one in errors)


def test_what_may_have_been_meant(read: Read) -> None:
    rows = [
        [str(at), f"ward {at}", "trust", cell]
        for at, cell in enumerate(["[9]", "[3-2]", "[1]; ~", "Asch 2012"], start=1)
    ]
    hints = {one.row: (one.found, str(one.hint)) for one in read("Remarks", "note", *rows).errors}
    assert hints[2][1].startswith("the list has 1 to 3; ")
    assert hints[3][0] == "3-2"
    assert "did you mean" not in hints[4][1]


def test_levels_parted_by_something_else_are_shown_as_a_list(tmp_path: Path) -> None:
    found = [
        ["id", "levels", "resources"],
        *(
            [f"k{at}", text, "talks"]
            for at, text in enumerate(["Team, System", "Team/System", "-"])
        ),
    ]
    sheets = {
        "Review": [["field", "value"], ["id", "r"], ["title", "A made-up review"]],
        "Levels": [["id", "name"], ["team", "Team"], ["system", "System"]],
        "Concepts": [["id", "name"], ["talks", "talks"]],
        "Configurations": found,
    }
    errors = check(xlsx(tmp_path / "l.xlsx", sheets), Settings()).errors
    assert [(one.row, one.hint) for one in errors] == [
        (2, "for several, write 'Team; System'"),
        (3, "for several, write 'Team; System'"),
        (4, None),
    ]


def test_pages_marks_of_numbers_and_how_many_took_part_are_understood(read: Read) -> None:
    rows = [
        [str(at), f"ward {at}", "trust", cell]
        for at, cell in enumerate(["[2], p. 14", "#1, #2", "Ash 2012 (n=12)"], start=1)
    ]
    evidence = read("Remarks", "note", *rows).accepted().evidence
    assert [(one.source, one.locator) for one in evidence] == [
        ("r:elm", "p. 14"),
        ("r:ash", None),
        ("r:elm", None),
        ("r:ash", None),
    ]


def test_comments_and_what_is_hidden_or_struck_through_are_told(tmp_path: Path) -> None:
    head = ["No", "Context", "Reasoning", "Refs"]
    rows = [[str(at), f"ward {at}", "trust", "Ash 2012"] for at in range(1, 5)]
    path = xlsx(tmp_path / "m.xlsx", {"CMOs": [head, *rows], "Sources": SOURCES})
    book = load_workbook(path)
    sheet = book["CMOs"]
    sheet["B3"].comment = Comment("Not agency, bank staff!", "Somebody")
    sheet["B4"].comment = Comment("Of our own making", "theorygraph check")
    sheet["A1"].comment = Comment("In the headers", "Somebody")
    sheet["C5"].font = Font(strike=True)
    sheet.row_dimensions[2].hidden = True
    book["Sources"]["C2"].comment = Comment("Which title?", "Somebody")
    book.save(path)
    reading = check(path, Settings(), how=mapped(tmp_path, MAP % ""))
    said = {one.sentence() for one in reading.problems}
    assert said == {
        "m.xlsx, sheet Sources: comments of cells are not read; found 'cell C2'",
        "m.xlsx, sheet CMOs, row 2: rows that the spreadsheet hides were read like the others; "
        "found 'row 2'; delete what is not to count",
        "m.xlsx, sheet CMOs, row 5: what is struck through in these rows was read like the rest; "
        "found 'row 5'; delete what is not to count",
        "m.xlsx, sheet CMOs, row 3: comments of cells were kept as notes; found 'row 3'",
        "m.xlsx, sheet CMOs: comments of cells are not read; found 'cell A1'",
    }
    notes = [one.note for one in reading.accepted().configurations]
    assert notes == [None, "Comment on Context (row 3): Not agency, bank staff!", None, None]


def test_a_row_with_an_error_is_accepted_nowhere_and_records_are_counted(read: Read) -> None:
    rows = [["1", "a ward", "trust", "[1-3]"], ["2", "a unit", "trust", "[1]; nobody"]]
    counts = {one.kind: one for one in read("Remarks", "note", *rows).files}
    for kind, records in {"configurations.csv": 1, "evidence.csv": 3}.items():
        one = counts[kind]
        assert (one.rows, one.accepted, one.rejected, one.records) == (2, 1, 1, records), kind
