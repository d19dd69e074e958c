"""A map of columns beside files that have a reader of their own, and tables of unusual shapes.

All files are made up.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from folders import good, mapped, table, write
from reference_files import RAYYAN, RIS
from workbooks import good as good_workbook
from workbooks import xlsx

from graph.errors import Rejected
from graph.settings import Settings
from loaders.intake import Checked, check
from loaders.map_suggestion import suggest_map

COLUMNS = """\
columns:
  No: configurations.id
  Context: configurations.context
  Reasoning: configurations.reasoning
  Outcome: configurations.outcome
"""
TABLE = table(["No", "Context", "Reasoning", "Outcome"], ["k1", "alone", "tea", "stays"])


def told(reading: Checked) -> list[str]:
    return [one.sentence() for one in reading.problems]


def test_a_map_is_for_the_files_whose_columns_it_names(tmp_path: Path) -> None:
    own = write(tmp_path / "own", good())
    write(tmp_path, {"t.csv": TABLE, "dec.csv": RAYYAN, "lib.ris": RIS})
    paths = [own, *(tmp_path / name for name in ("dec.csv", "t.csv", "lib.ris"))]
    reading = check(paths, Settings(), how=mapped(tmp_path, COLUMNS))
    assert reading.errors == [] and reading.bundle is not None
    assert [(one.file, one.records) for one in reading.references] == [
        ("dec.csv", 4),
        ("lib.ris", 2),
    ]
    assert "illustrative:k1" in {one.id for one in reading.bundle.configurations}


def test_a_workbook_of_a_review_keeps_its_own_reader(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    xlsx(tmp_path / "review.xlsx", good_workbook())
    xlsx(tmp_path / "cmos.xlsx", {"Any": [line.split(",") for line in TABLE.splitlines()]})
    mapped(tmp_path, COLUMNS)
    command("load", "review.xlsx", "cmos.xlsx", "--map", "columns.yaml")
    shown = command("show", "configurations", "k1").out
    assert "If alone, then stays, because tea." in shown


def test_a_map_that_names_some_columns_of_a_known_kind_is_asked_about(tmp_path: Path) -> None:
    write(tmp_path, {"dec.csv": RAYYAN})
    how = mapped(
        tmp_path, "columns: {title: configurations.name, Reasoning: configurations.reasoning}"
    )
    (error,) = check(tmp_path / "dec.csv", Settings(), how=how, review="r", title="R").errors
    assert (error.file, error.row) == ("dec.csv", 1)
    assert error.found == "title; not Reasoning"
    assert "read without a map" in error.message


def test_a_map_that_is_for_no_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"lib.ris": RIS})
    how = mapped(tmp_path, COLUMNS)
    (error,) = check(tmp_path / "lib.ris", Settings(), how=how, review="r", title="R").errors
    assert error.file == "columns.yaml" and "for none of these files" in error.message


def test_a_map_that_cannot_be_read_is_told_beside_a_review(tmp_path: Path) -> None:
    own = write(tmp_path / "own", good())
    write(tmp_path, {"t.csv": TABLE})
    how = mapped(tmp_path, "columns: {Context: configurations.contxt}")
    (error,) = check([own, tmp_path / "t.csv"], Settings(), how=how).errors
    assert (error.file, error.row, error.column) == ("columns.yaml", 1, "Context")


def test_check_says_whether_it_looked_into_a_store(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    write(tmp_path / "own", good())
    write(tmp_path, {"t.csv": TABLE})
    mapped(tmp_path, COLUMNS)
    kept = "--store", str(tmp_path / "command.kgl")
    assert "not looked at" not in command("check", "own").out  # there is nothing to be compared
    command("load", "own", "t.csv", "--map", "columns.yaml", *kept)
    alone = " ".join(command("check", "own").out.split())
    assert "holds was not looked at; this does: theorygraph check own --store" in alone
    compared = command("check", "own", *kept, status=1)
    assert "not looked at" not in compared.out
    words = " ".join(compared.err.split())
    assert "t.csv: 4 records of this file are held for illustrative" in words
    assert "load both together: theorygraph load own t.csv --map MAP" in words
    both = command("check", "own", "t.csv", "--map", "columns.yaml", *kept)
    assert "No errors" in both.out


CITING = ["1; 2", "n/a", "-", "none", "No references", "(–)", ""]


def test_what_is_read_as_no_reference_is_counted_and_told_once(tmp_path: Path) -> None:
    rows = [[f"k{at}", "alone", "tea", f"way {at}", text] for at, text in enumerate(CITING)]
    head = ["No", "Context", "Reasoning", "Outcome", "Refs"]
    sources = [["id", "kind", "title", "reference"], *([n, "paper", n, n] for n in "12")]
    book = xlsx(tmp_path / "t.xlsx", {"T": [head, *rows], "Sources": sources})
    columns = f"sheet: T\nstance: supports\n{COLUMNS}  Refs: evidence.source\n"
    reading = check(book, Settings(), how=mapped(tmp_path, columns), review="r", title="R")
    assert reading.errors == [] and reading.bundle is not None
    assert told(reading) == [
        "t.xlsx, sheet T, row 3, column Refs: a cell says that it cites nothing; it was read as no "
        "reference, and kept as a note; found 'rows 3, 4, 5, 6, 7'"
    ]
    (count,) = [one for one in reading.sheets if one.sheet == "T"]
    assert (count.cells, count.noted, count.read) == (5 + 7 * 4 + 6, 5, 5 + 7 * 4 + 1)
    notes = [one.note for one in reading.bundle.configurations]
    assert notes == [None, *(f"Refs: {text}" for text in CITING[1:6]), None]


def test_headers_over_two_rows_are_seen_by_where_they_stand(tmp_path: Path) -> None:
    rows = [
        ["No", "Context", "Mechanism", None, "Outcome", "Refs", None, "Quote"],
        [None, None, "Offered", "Felt", None, "For", "Against", None],
        ["k1", "alone", "a caller", "expected", "stays", "1", "2", "So it was."],
    ]
    merged = xlsx(tmp_path / "m.xlsx", {"CMOs": rows}, CMOs="C1:D1 F1:G1")
    plain = xlsx(tmp_path / "p.xlsx", {"CMOs": rows})
    for book in (merged, plain):
        text = suggest_map(book).text
        assert "header_rows: 2" in text
        assert '"Refs / Against": {to: evidence.source, stance: challenges}' in text
        assert '"Mechanism / Felt": ' in text
        (tmp_path / "columns.yaml").write_text(text)
        assert check(book, Settings(), how=mapped(tmp_path, text)).errors == []
    data = [rows[0], ["k1", "alone", "a caller", "expected", "stays", "1", "2", "So."]]
    assert "header_rows" not in suggest_map(xlsx(tmp_path / "d.xlsx", {"CMOs": data})).text


WHOLE = [
    ["1", "C: new team; nights\nM: trust\nO: + errors told", "Lee 2019"],
    ["2", "Context: alone. M (resource): a list → M (reasoning): calm; Outcome: - asks", ""],
    ["3", "C1: few staff C2: no time M1: fear O1: − silence", ""],
]


def test_a_whole_configuration_in_one_cell(tmp_path: Path) -> None:
    write(tmp_path, {"w.csv": table(["No", "CMO configuration", "Sources"], *WHOLE)})
    text = suggest_map(tmp_path / "w.csv").text
    assert '"CMO configuration": {to: parts, signs: true} # fairly sure: its cells name' in text
    reading = check(tmp_path / "w.csv", Settings(), how=mapped(tmp_path, text))
    assert reading.errors == [] and reading.bundle is not None
    names = {one.id: one.name for one in reading.bundle.concepts + reading.bundle.mechanisms}
    found = [
        (
            [names[part.concept] for part in one.contexts],
            [names[id_] for id_ in one.mechanisms],
            [names[part.concept] for part in (*one.resources, *one.reasonings)],
            [names[part.concept] for part in one.outcomes],
            one.polarity,
        )
        for one in reading.bundle.configurations
    ]
    assert found == [
        (["new team", "nights"], ["trust"], [], ["errors told"], "positive"),
        (["alone."], [], ["a list", "calm"], ["asks"], "negative"),
        (["few staff", "no time"], ["fear"], [], ["silence"], "negative"),
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("If alone (C) then fear (M)", "does not name the parts"),
        ("As seen on C: drive", "does not name the parts"),
        ("C: alone M: O: silence", "does not name the parts"),
        ("C: a M: b O: c C: d M: e O: f", "holds more than one configuration"),
    ],
)
def test_a_cell_whose_parts_are_not_clear_is_an_error(
    tmp_path: Path, cell: str, message: str
) -> None:
    write(tmp_path, {"w.csv": table(["No", "CMO", "Sources"], WHOLE[0], ["4", cell, ""])})
    how = mapped(tmp_path, "columns: {No: configurations.id, CMO: parts, Sources: note}")
    reading = check(tmp_path / "w.csv", Settings(), how=how)
    first = reading.errors[0]
    assert (first.row, first.column) == (3, "CMO") and message in first.message


SIDEWAYS = table(
    ["", "CMOC 1", "CMOC 2"], ["Context", "alone", "together"], ["Mechanism", "fear", "trust"],
    ["Outcome", "silence", "speech"],
)  # fmt: skip
LONG = table(
    ["CMOC", "Part", "Text"],
    *([n, part, f"{part} {n}"] for n in "12" for part in ("Context", "Mechanism", "Outcome")),
)
PARTS = "columns: {Context: configurations.context, Mechanism: configurations.mechanism}"


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        (SIDEWAYS, "this table lies on its side", "A"),
        (LONG, "each part of a configuration has a row of its own here", "B"),
    ],
)
def test_a_table_without_headers_in_a_row_is_told_with_what_to_do(
    tmp_path: Path, text: str, message: str, column: str
) -> None:
    write(tmp_path, {"t.csv": text})
    with pytest.raises(Rejected) as refused:
        suggest_map(tmp_path / "t.csv")
    read = check(tmp_path / "t.csv", Settings(), how=mapped(tmp_path, PARTS)).errors
    for problems in (refused.value.problems, read):
        (error,) = problems
        assert (error.row, error.column) == (2, column)
        assert error.message.startswith(message) and error.hint


def test_any_header_is_proposed_as_it_stands(tmp_path: Path) -> None:
    head = ["No", 'Context "→" 😀', "Mecha\nnism \\ (response)", "Out­come", "Outcome"]
    write(tmp_path, {"t.csv": table(head, ["k1", "alone", "tea", "", "stays"])})
    text = suggest_map(tmp_path / "t.csv").text
    assert '"Context \\"→\\" 😀": configurations.context' in text
    assert check(tmp_path / "t.csv", Settings(), how=mapped(tmp_path, text)).errors == []
