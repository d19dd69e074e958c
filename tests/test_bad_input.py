"""Bad input: each mistake is named with its place, and the store stays as it was."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from everything import everything
from folders import (
    REVIEW,
    Files,
    checked,
    good,
    memory_below,
    only_error,
    places,
    reading_of,
    table,
    write,
    zip_of,
)
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from graph.errors import Rejected, Severity
from graph.settings import Settings
from graph.store import Store
from graph.store_embedded import EmbeddedStore
from loaders.columns import FILES
from loaders.intake import load

Command = Callable[..., Ran]
TARGETS = ["source", "mechanism", "concept", "stance", "levels", "role"]
HISTORY = ["mechanism", "status", "into"]


def evidence_row(**cells: str) -> str:
    """One row of evidence that is right but for the given cells."""
    row = {"source": "smith", "mechanism": "trust", "stance": "supports"} | cells
    return table(TARGETS, [row.get(name, "") for name in TARGETS])


def history(*rows: list[str]) -> str:
    return table(HISTORY, *rows)


def workbook() -> bytes:
    return zip_of({"xl/workbook.xml": "<workbook/>"})


ONE_MISTAKE: dict[str, tuple[Files, str, list[str]]] = {
    "unknown source": (
        {"evidence.csv": evidence_row(source="smyth")},
        "evidence.csv, row 2, column source: unknown source",
        ["'smyth'", "sources.csv", "did you mean 'smith'?"],
    ),
    "unknown mechanism": (
        {"evidence.csv": evidence_row(mechanism="Bilding trust")},
        "evidence.csv, row 2, column mechanism: unknown mechanism",
        ["'Bilding trust'", "mechanisms.csv", "did you mean 'trust'?"],
    ),
    "unknown stage": (
        {
            "findings.csv": table(
                ["kind", "name", "statement", "searched"], ["gap", "Gap", "None.", "stage-11"]
            )
        },
        "findings.csv, row 2, column searched: unknown stage",
        ["'stage-11'", "review.yaml", "did you mean 'stage-1'?"],
    ),
    "unknown level": (
        {"evidence.csv": evidence_row(levels="team; teamm")},
        "evidence.csv, row 2, column levels: unknown level",
        ["'teamm'", "system, team", "did you mean 'team'?"],
    ),
    "unknown stance": (
        {"evidence.csv": evidence_row(stance="Suports")},
        "evidence.csv, row 2, column stance: unknown stance",
        ["'Suports'", "supports, challenges, refines", "did you mean 'supports'?"],
    ),
    "a name that two records share": (
        {
            "mechanisms.csv": table(
                ["id", "name", "aliases"],
                ["trust", "Building trust", "warmth"],
                ["time", "Making time", "Warmth"],
                ["humour", "Using humour", ""],
            ),
            "evidence.csv": evidence_row(mechanism="warmth"),
        },
        "evidence.csv, row 2, column mechanism: 'warmth' names several mechanisms",
        ["time, trust"],
    ),
    "duplicate id": (
        {
            "sources.csv": table(
                ["id", "kind", "title"],
                ["smith", "paper", "Illustrative paper"],
                ["panel", "consultation", "Illustrative panel"],
                ["Smith", "paper", "Another illustrative paper"],
            )
        },
        "sources.csv, row 4, column id: the id 'Smith' is used twice",
        ["first in row 2"],
    ),
    "row repeated without an id": (
        {
            "evidence.csv": table(
                ["source", "mechanism", "stance"],
                ["smith", "trust", "supports"],
                ["smith", "trust", "supports"],
            )
        },
        "evidence.csv, row 3: the row repeats an earlier one",
        ["row 2"],
    ),
    "id with a space": (
        {
            "sources.csv": table(["id", "kind", "title"], ["a b", "paper", "T"]),
            "evidence.csv": evidence_row(source="a b"),
            "findings.csv": table(["kind", "name", "statement"]),
        },
        "sources.csv, row 2, column id: id is not well formed",
        ["found 'a b'", "letters, digits"],
    ),
    "evidence without a target": (
        {"evidence.csv": evidence_row(mechanism="")},
        "evidence.csv, row 2: evidence needs exactly one target",
        ["mechanism, configuration, concept, theory", "found none"],
    ),
    "evidence with two targets": (
        {"evidence.csv": evidence_row(concept="New team")},
        "evidence.csv, row 2: evidence needs exactly one target",
        ["found 2"],
    ),
    "role without a concept": (
        {"evidence.csv": evidence_row(role="context")},
        "evidence.csv, row 2: role belongs to a concept",
        ["fill concept"],
    ),
    "incorporated into itself": (
        {"history.csv": history(["trust", "incorporated", "Building trust"])},
        "history.csv, row 2, column into: 'trust' is incorporated into itself",
        ["left in the end"],
    ),
    "a circle of two": (
        {
            "history.csv": history(
                ["trust", "incorporated", "time"], ["time", "incorporated", "trust"]
            )
        },
        "history.csv, row 3, column into: a circle of incorporations",
        ["time -> trust -> time"],
    ),
    "a circle of three": (
        {
            "history.csv": history(
                ["trust", "incorporated", "time"],
                ["time", "incorporated", "humour"],
                ["humour", "incorporated", "trust"],
            )
        },
        "history.csv, row 4, column into: a circle of incorporations",
        ["humour -> trust -> time -> humour"],
    ),
    "supported, and yet gone into another": (
        {
            "history.csv": history(
                ["trust", "supported", "time"], ["trust", "incorporated", "humour"]
            )
        },
        "history.csv, row 2, column into: only an incorporated mechanism goes into another",
        ["status 'supported'", "status 'incorporated'"],
    ),
    "configuration without a mechanism": (
        {
            "configurations.csv": table(
                ["id", "contexts", "outcomes"], ["c1", "New team", "Speaking up"]
            )
        },
        "configurations.csv, row 2: a configuration needs a mechanism",
        ["mechanisms", "resource or reasoning"],
    ),
    "nothing but the mark of inference": (
        {"configurations.csv": table(["id", "resources"], ["c1", "Money; (inferred)"])},
        "configurations.csv, row 2, column resources: what is inferred is missing",
        ["'(inferred)'"],
    ),
    "a whole paragraph as the name of a concept": (
        {"configurations.csv": table(["id", "resources"], ["c1", "word " * 500])},
        "configurations.csv, row 2, column resources: the words of a part become",
        ["at most", "concepts.csv"],
    ),
    "Latin-1": (
        {"theories.csv": "id,kind,name\nt,substantive,Na\xefve theory\n".encode("latin-1")},
        "theories.csv, row 2: the file is not in UTF-8",
        ["0xEF", "UTF-8", "CSV UTF-8"],
    ),
    "UTF-16": (
        {"theories.csv": "id,kind,name\n".encode("utf-16")[:-1]},
        "theories.csv, row 1: the file is not in UTF-8",
        ["UTF-16", "CSV UTF-8", "--encoding"],
    ),
    "a picture": (
        {"theories.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))},
        "theories.csv: this is not a text file",
        ["binary data", "a text file in UTF-8"],
    ),
    "text with zero bytes": (
        {"theories.csv": b"id,kind,name\nt,substantive,a\x00b\n"},
        "theories.csv: this is not a text file",
        ["binary data", "a text file in UTF-8"],
    ),
    "a workbook named .csv": (
        {"theories.csv": workbook()},
        "theories.csv: this is not a text file",
        ["an Excel workbook", "CSV UTF-8"],
    ),
    "an old workbook named .csv": (
        {"theories.csv": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)},
        "theories.csv: this is not a text file",
        ["an old Excel file", "CSV UTF-8"],
    ),
    "an empty file": ({"theories.csv": ""}, "theories.csv: the file is empty", ["header row"]),
    "a file of white space": (
        {"theories.csv": "\ufeff \r\n\n"},
        "theories.csv: the file is empty",
        ["header row"],
    ),
    "a file of empty cells": (
        {"theories.csv": ",,\n,,\n"},
        "theories.csv: the file has no header row",
        ["id, kind, name"],
    ),
    "a misspelt header": (
        {"evidence.csv": table(["source", "mechanism", "stance", "Locater"])},
        "evidence.csv, row 1, column Locater: unknown column",
        ["one of coder, concept,", "did you mean 'locator'?"],
    ),
    "a missing column": (
        {"evidence.csv": table(["source", "mechanism"], ["smith", "trust"])},
        "evidence.csv, row 1, column stance: this column is missing",
        ["supports, challenges or refines"],
    ),
    "an empty cell that must be filled": (
        {"evidence.csv": evidence_row(stance=" ")},
        "evidence.csv, row 2, column stance: this cell must be filled",
        [],
    ),
    "a cell too many": (
        {"theories.csv": "id,kind,name\nt,substantive,Illustrative theory, and more\n"},
        "theories.csv, row 2: the row has more cells than the header",
        ["' and more'", "3 cells", "quotes"],
    ),
    "a quotation mark that is never closed": (
        {"theories.csv": 'id,kind,name\nt,substantive,"Illustrative\nu,substantive,b\n'},
        "theories.csv, row 2: the row cannot be read as CSV",
        ["nothing after it was read", '""'],
    ),
    "two values where one belongs": (
        {
            "evidence.csv": table(
                ["source", "mechanism", "stance", "stance 2"],
                ["smith", "trust", "supports", "refines"],
            )
        },
        "evidence.csv, row 2, column stance: this column takes one value",
        ["twice"],
    ),
    "no number": (
        {
            "theories.csv": table(["id", "kind", "name"], ["t", "substantive", "T"]),
            "mechanisms.csv": table(
                ["id", "name", "Number"],
                ["trust", "Building trust", "three"],
                ["time", "Making time", ""],
                ["humour", "Using humour", ""],
            ),
        },
        "mechanisms.csv, row 2, column Number: number is not a whole number",
        ["'three'", "a whole number"],
    ),
    "a DOI with a resolver": (
        {
            "sources.csv": table(
                ["id", "kind", "title", "DOI"],
                ["smith", "paper", "T", "https://doi.org/10.1000/xyz"],
                ["panel", "consultation", "T", ""],
            )
        },
        "sources.csv, row 2, column DOI: doi is not well formed",
        ["'https://doi.org/10.1000/xyz'", "10.1000/xyz"],
    ),
    "neither yes nor no": (
        {
            "sources.csv": table(
                ["id", "kind", "title", "included"],
                ["smith", "paper", "T", "perhaps"],
                ["panel", "consultation", "T", "No"],
            )
        },
        "sources.csv, row 2, column included: included is not yes or no",
        ["'perhaps'", "yes or no"],
    ),
    "a name that is too long": (
        {"theories.csv": table(["id", "kind", "name"], ["t", "substantive", "x" * 5000])},
        "theories.csv, row 2, column name: name is too long",
        ["at most", "characters"],
    ),
    "a file of an unknown name": (
        {"evidences.csv": table(["a"])},
        "evidences.csv: this file is not part of a review folder",
        ["not read", "evidence.csv", "did you mean 'evidence.csv'?"],
    ),
    "not YAML": (
        {"review.yaml": "id: illustrative\ntitle: Illustrative: review\n"},
        "review.yaml, row 2: this is not YAML",
        ["quotes"],
    ),
    "YAML that is a list": (
        {"review.yaml": "- id: illustrative\n"},
        "review.yaml, row 1: expected `name: value` lines",
        ["`id: …`"],
    ),
    "YAML with a control character": (
        {"review.yaml": "id: illustrative\ntitle: Illustrative \x07 review\n"},
        "review.yaml, row 2: this is not YAML",
        ["U+0007", "printable"],
    ),
    "a name twice in YAML": (
        {"review.yaml": REVIEW + "title: Another illustrative review\n"},
        "review.yaml, row 16, column title: the name is there twice",
        ["once"],
    ),
    "an unknown name in YAML": (
        {"review.yaml": REVIEW + "licens: none\n"},
        "review.yaml, row 16, column licens: unknown name 'licens'",
        ["did you mean 'licence'?"],
    ),
    "an unknown name deep in YAML": (
        {"review.yaml": REVIEW.replace("n: 10", "n: 10, locater: p. 3")},
        "review.yaml, row 11, column search.0.steps.0.locater: unknown name 'locater'",
        ["did you mean 'locator'?"],
    ),
    "a missing title": (
        {"review.yaml": REVIEW.replace("title: Illustrative review\n", "")},
        "review.yaml, row 1, column title: title is missing",
        [],
    ),
    "a word where a number belongs": (
        {"review.yaml": REVIEW.replace("n: 10", "n: ten")},
        "review.yaml, row 11, column search.0.steps.0.n: n is not a whole number",
        ["'ten'", "a whole number"],
    ),
    "a yes where a number belongs": (
        {"review.yaml": REVIEW.replace("n: 10", "n: true")},
        "review.yaml, row 11, column search.0.steps.0.n: n is not a whole number",
        ["'true'"],
    ),
    "a number of 5,000 digits": (
        {"review.yaml": REVIEW.replace("n: 10", f"n: {'9' * 5000}")},
        "review.yaml, row 11, column search.0.steps.0.n: n is not a whole number",
        ["'999"],
    ),
    "a negative number": (
        {"review.yaml": REVIEW.replace("n: 10", "n: -10")},
        "review.yaml, row 11, column search.0.steps.0.n: n is out of range",
        ["'-10'", "at least 0"],
    ),
    "a text where a list belongs": (
        {"review.yaml": REVIEW + "authors: Smith J\n"},
        "review.yaml, row 16, column authors: this has the wrong shape",
        ["'Smith J'", "a list"],
    ),
    "words where entries belong": (
        {"review.yaml": REVIEW + "perspectives: [staff]\n"},
        "review.yaml, row 16, column perspectives.0: this has the wrong shape",
        ["'staff'", "`name: value` lines"],
    ),
    "an unknown kind of step": (
        {"review.yaml": REVIEW.replace("kind: exit", "kind: exits")},
        "review.yaml, row 12, column search.0.steps.1.kind: unknown kind",
        ["'exits'", "entrance, exit, total", "did you mean 'exit'?"],
    ),
    "a step id twice": (
        {"review.yaml": REVIEW.replace("{id: excluded", "{id: found")},
        "review.yaml, row 12, column search.0.steps.1.id: the id 'stage-1.found' is used twice",
        ["line 11"],
    ),
    "an entrance that takes over what is no total": (
        {"review.yaml": REVIEW.replace("name: records found, n: 10", "name: x, takes: includde")},
        "review.yaml, row 11, column takes: takes must name a total",
        ["'includde'", "stage-1.included"],
    ),
    "a tally about something unknown": (
        {
            "review.yaml": REVIEW
            + "  - {id: d, name: databases, n: 0, counts: databases, of: stage-2}\n"
        },
        "review.yaml, row 16, column tallies.1.of: unknown stage or concept",
        ["'stage-2'", "did you mean 'stage-1'?"],
    ),
    "an item that RAMESES does not have": (
        {"review.yaml": REVIEW + "reporting:\n  - {id: paid, item: 20, statement: x}\n"},
        "review.yaml, row 17, column reporting.0.item: item is out of range",
        ["'20'", "19"],
    ),
    "an item without a statement": (
        {"review.yaml": REVIEW + "reporting:\n  - {id: paid, item: 19}\n"},
        "review.yaml, row 17, column reporting.0.statement: statement is missing",
        [],
    ),
    "a statement whose id is used twice": (
        {
            "review.yaml": REVIEW
            + "reporting:\n  - {id: paid, item: 19, statement: x}\n"
            + "  - {id: paid, item: 6, statement: y}\n"
        },
        "review.yaml, row 18, column reporting.1.id: the id 'paid' is used twice",
        ["line 17"],
    ),
    "a bomb of aliases": (
        {
            "review.yaml": "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
            + "".join(
                f"{chr(99 + i)}: &{chr(99 + i)} [{', '.join([f'*{chr(98 + i)}'] * 8)}]\n"
                for i in range(12)
            )
        },
        "review.yaml, row 1: aliases (&name, *name) are not read here",
        ["write the value out"],
    ),
    "a tag": (
        {"review.yaml": REVIEW + "note: !!python/object:os.system x\n"},
        "review.yaml, row 16: tags (!name) are not read here",
        ["leave the tag out"],
    ),
    "brackets in brackets": (
        {"review.yaml": "id: " + "[" * 100_000},
        "review.yaml, row 1: values stand more than 12 deep in each other",
        [],
    ),
}


@pytest.mark.parametrize("mistake", ONE_MISTAKE)
def test_a_single_mistake_gives_a_single_message_with_its_place(
    tmp_path: Path, mistake: str
) -> None:
    files, place, said = ONE_MISTAKE[mistake]
    started = time.monotonic()
    sentence = only_error(checked(tmp_path, good() | files))
    assert sentence.startswith(place)
    for words in said:
        assert words in sentence
    assert time.monotonic() - started < 5


def test_a_header_without_rows_is_no_mistake(tmp_path: Path) -> None:
    reading = checked(tmp_path, good() | {"theories.csv": "id,kind,name\n"})
    assert reading.problems == []
    assert [
        (file.rows, file.accepted) for file in reading.files if file.file == "theories.csv"
    ] == [(0, 0)]


def test_a_missing_review_yaml_is_the_one_thing_that_is_said(tmp_path: Path) -> None:
    files = good()
    del files["review.yaml"]
    sentence = only_error(checked(tmp_path, files))
    assert sentence == "review.yaml: the file is missing; it needs at least `id:` and `title:`"


@pytest.mark.parametrize("name", ["nowhere", "file.txt"])
def test_a_path_that_is_no_folder_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("Illustrative", encoding="utf-8")
    sentence = only_error(reading_of(tmp_path / name))
    assert name in sentence
    assert "expected a review folder, a workbook" in sentence


def test_rows_are_numbered_as_a_spreadsheet_does_also_after_a_cell_of_many_lines(
    tmp_path: Path,
) -> None:
    text = table(
        ["source", "mechanism", "stance", "quote"],
        ["smith", "trust", "supports", "one\ntwo\r\nthree\nfour"],
        ["smith", "time", "wrong", "five\nsix"],
        ["", "", "", ""],
        ["smith", "humour", "wrong", ""],
    )
    reading = checked(tmp_path, good() | {"evidence.csv": text})
    assert places(reading) == {("evidence.csv", 3, "stance"), ("evidence.csv", 5, "stance")}


def test_mistakes_in_many_files_are_all_found_at_once(tmp_path: Path) -> None:
    files = good() | {
        "review.yaml": REVIEW.replace("{id: excluded", "{id: found"),
        "sources.csv": table(
            ["id", "Kind", "title", "year"],
            ["smith", "papper", "Illustrative paper", "20111"],
            ["panel", "consultation", "Illustrative panel", ""],
            ["panel", "consultation", "", ""],
        ),
        "mechanisms.csv": table(
            ["id", "name", "level"],
            ["trust", "Building trust", "team; globe"],
            ["time", "Making time", ""],
            ["humour", "Using humour", ""],
        ),
        "configurations.csv": table(
            ["id", "Context", "Outcome", "Polarity"],
            ["c1", "New team", "Speaking up", ""],
            ["c2", "New team", "Speaking up", "upwards"],
        ),
        "evidence.csv": table(
            ["source", "mechanism", "stance", "Rigor"],
            ["smith", "trust", "supports", "high"],
            ["nobody", "nothing", "maybe", ""],
            ["smith", "", "supports", ""],
            ["smith", "trust", "supports", "high", "one cell more"],
        ),
        "extra.yaml": "a: b",
    }
    reading = checked(tmp_path, files)
    assert places(reading) == {
        ("extra.yaml", None, None),
        ("review.yaml", 12, "search.0.steps.1.id"),
        ("sources.csv", 2, "Kind"),
        ("sources.csv", 2, "year"),
        ("sources.csv", 4, "id"),
        ("sources.csv", 4, "title"),
        ("mechanisms.csv", 2, "level"),
        ("configurations.csv", 2, None),
        ("configurations.csv", 3, "Polarity"),
        ("evidence.csv", 1, "Rigor"),
        ("evidence.csv", 3, "source"),
        ("evidence.csv", 3, "mechanism"),
        ("evidence.csv", 3, "stance"),
        ("evidence.csv", 4, None),
        ("evidence.csv", 5, None),
    }
    assert {
        file.file: (file.rows, file.accepted, file.rejected)
        for file in reading.files
        if file.rejected
    } == {
        "sources.csv": (3, 1, 2),
        "mechanisms.csv": (3, 2, 1),
        "configurations.csv": (2, 0, 2),
        "evidence.csv": (4, 1, 3),
    }


@pytest.mark.parametrize("file", ["sources.csv", "mechanisms.csv", "review.yaml"])
def test_a_file_that_cannot_be_read_makes_no_false_mistakes_elsewhere(
    tmp_path: Path, file: str
) -> None:
    sentence = only_error(checked(tmp_path, good() | {file: b"\xff\xfe\x00broken"}))
    assert sentence.startswith(f"{file}, row 1: the file is not in UTF-8")


def test_a_file_of_another_name_makes_no_false_mistakes_elsewhere(tmp_path: Path) -> None:
    files = good()
    files["mechanism.csv"] = files.pop("mechanisms.csv")
    sentence = only_error(checked(tmp_path, files))
    assert sentence.endswith("did you mean 'mechanisms.csv'?")


def test_a_knot_of_many_circles_is_said_in_no_time(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(30)]
    rows = [[name, "incorporated", "; ".join(set(names) - {name})] for name in names]
    files: Files = {
        "review.yaml": REVIEW,
        "mechanisms.csv": table(["id", "name"], *([name, name] for name in names)),
        "history.csv": history(*rows),
    }
    started = time.monotonic()
    sentence = only_error(checked(tmp_path, files))
    assert "a circle of incorporations" in sentence
    assert time.monotonic() - started < 5


def test_a_thousand_misspelt_ids_are_said_in_no_time(tmp_path: Path) -> None:
    sources = [[f"source-{number}", "paper", "Illustrative paper"] for number in range(2000)]
    rows = [[f"sorce-{number}x", "trust", "supports"] for number in range(2000)]
    files = good() | {
        "sources.csv": table(["id", "kind", "title"], *sources),
        "evidence.csv": table(["source", "mechanism", "stance"], *rows),
        "findings.csv": table(["kind", "name", "statement"]),
    }
    started = time.monotonic()
    reading = checked(tmp_path, files)
    assert len(reading.errors) == 2000
    assert reading.errors[0].hint == "did you mean 'source-0'?"
    assert time.monotonic() - started < 10


def test_a_cell_of_a_million_characters_is_located_and_not_cut(tmp_path: Path) -> None:
    text = table(
        ["source", "mechanism", "stance", "quote"],
        ["smith", "trust", "supports", "x" * 99_999],
        ["smith", "time", "supports", "x" * 1_000_000],
    )
    sentence = only_error(checked(tmp_path, good() | {"evidence.csv": text}))
    assert sentence.startswith("evidence.csv, row 3, column quote: quote is too long")
    assert "at most 100000 characters" in sentence
    assert len(sentence) < 400


def test_a_header_of_a_million_characters_is_an_unknown_column(tmp_path: Path) -> None:
    text = table(["source", "mechanism", "stance", "x" * 1_000_000])
    sentence = only_error(checked(tmp_path, good() | {"evidence.csv": text}))
    assert "unknown column" in sentence


def test_a_file_over_the_limit_is_refused_and_the_limit_is_a_setting(
    tmp_path: Path, command: Command
) -> None:
    folder = write(tmp_path / "review", good())
    with (folder / "evidence.csv").open("ab") as file:
        file.write(b"\n" * (2 * 1024 * 1024))
    refused = command("check", folder, status=1, THEORYGRAPH_MAX_FILE_MB="1")
    assert "evidence.csv: the file is too large; found '2 MB'; expected at most 1 MB" in refused.err
    assert "THEORYGRAPH_MAX_FILE_MB" in refused.err
    command("check", folder, status=0)


@pytest.mark.parametrize("file", ["evidence.csv", "review.yaml"])
def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path, file: str) -> None:
    folder = write(tmp_path / "review", good())
    os.truncate(folder / file, 200 * 1024 * 1024)
    started = time.monotonic()
    with memory_below(20):
        sentence = only_error(reading_of(folder))
    assert sentence.startswith(f"{file}: the file is too large; found '200 MB'; expected at most")
    assert time.monotonic() - started < 3


def test_a_flow_that_does_not_add_up_is_a_warning_that_names_the_equation(
    tmp_path: Path, command: Command
) -> None:
    files = good() | {"review.yaml": REVIEW.replace("n: 6", "n: 5")}
    reading = checked(tmp_path / "review", files)
    assert reading.bundle is not None
    (warning,) = reading.problems
    assert warning.severity is Severity.WARNING
    assert "stage-1.included: records included" in warning.message
    assert (warning.file, warning.found) == ("review.yaml", "10 - 5 = 4")
    for step in ("check", "load"):
        ran = command(step, tmp_path / "review")
        assert "warning: review.yaml: the flow does not add up: stage-1.included" in ran.err
        assert "10 - 5 = 4" in ran.err


def test_check_writes_nothing(tmp_path: Path, command: Command) -> None:
    folder = write(tmp_path / "review", good())
    before = sorted(tmp_path.rglob("*"))
    ran = command("check", folder)
    assert "No errors, 0 warnings" in ran.out
    write(folder, {"evidence.csv": evidence_row(stance="wrong")})
    command("check", folder, status=1)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_load_with_errors_exits_1_and_leaves_every_answer_as_it_was(
    tmp_path: Path, command: Command
) -> None:
    folder = write(tmp_path / "review", good())
    command("load", folder)
    asked = [("evidence", "--json"), ("show", "reviews", "--json")]
    before = [command(*words).out for words in asked]
    assert "Illustrative words." in before[0]
    write(
        folder,
        {
            "review.yaml": REVIEW.replace("Illustrative review", "Another illustrative review"),
            "evidence.csv": evidence_row(source="smyth"),
        },
    )
    refused = command("load", folder, status=1)
    assert "evidence.csv, row 2, column source" in refused.err
    assert "nothing was loaded" in refused.err
    assert "Traceback" not in refused.err
    assert [command(*words).out for words in asked] == before


def test_the_exit_status_says_what_happened(tmp_path: Path, command: Command) -> None:
    folder = write(tmp_path / "review", good())
    command("check", folder, status=0)
    command("check", tmp_path / "nowhere", status=1)
    command("check", status=2)
    command("check", folder, "--no-such-option", status=2)


GARBAGE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
LIKELY = st.sampled_from(
    [
        "",
        "trust",
        "time",
        "humour",
        "smith",
        "panel",
        "c1",
        "team",
        "supports",
        "refines",
        "gap",
        "incorporated",
        "preliminary",
        "New team",
        "a; b",
        "=1",
        "(inferred)",
        "1999",
        "no",
        "e1",
    ]
)
OFTEN = examples(60, shared=True)


@pytest.mark.slow
@OFTEN
@given(data=st.data())
def test_a_folder_loads_as_a_whole_or_leaves_the_store_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, embedded_store: Store, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("whole")
    load(embedded_store, write(folder, good()), Settings(), replace=True)
    before = everything(embedded_store)
    files = good()
    for _ in range(data.draw(st.integers(1, 3))):
        file = data.draw(st.sampled_from(sorted(FILES.keys() & files.keys())))
        lines = str(files[file]).splitlines()
        row = data.draw(st.integers(1, len(lines) - 1))
        cells = lines[row].split(",")
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(LIKELY | GARBAGE)
        lines[row] = table(cells).removesuffix("\n")
        files[file] = "\n".join(lines) + "\n"
    write(folder, files)
    try:
        load(embedded_store, folder, Settings())
    except Rejected as error:
        assert error.problems
        assert everything(embedded_store) == before
    else:
        with EmbeddedStore.scratch(Settings()) as fresh:
            load(fresh, folder, Settings())
            assert everything(embedded_store) == everything(fresh)


YAML_LINES = st.lists(
    st.sampled_from([*"ab1 :-[]{},'\"|>#&*!%@?~\n\t.", "\n  - ", "id: ", "title: ", "n: "]),
    max_size=60,
).map("".join)


@examples(120, shared=True)
@given(data=st.data())
def test_no_file_of_any_content_ends_in_anything_but_located_problems(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(["review.yaml", "review.yaml", *FILES]))
    text = st.one_of(GARBAGE, YAML_LINES, YAML_LINES.map(lambda lines: REVIEW + lines))
    content = data.draw(st.one_of(st.binary(), text.map(lambda drawn: drawn.encode("utf-8"))))
    reading = checked(tmp_path_factory.mktemp("any"), good() | {file: content})
    assert (reading.bundle is None) == bool(reading.errors)
    for problem in reading.errors:
        assert problem.file
        assert problem.message
        assert problem.row is None or problem.row >= 1
    for count in reading.files:
        assert count.rows == count.accepted + count.rejected
        assert min(count.accepted, count.rejected) >= 0


def test_a_missing_column_or_an_unknown_id_hides_no_other_problem_of_the_row(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "review"
    folder.mkdir()
    (folder / "review.yaml").write_text("id: r\ntitle: Illustrative review\n", encoding="utf-8")
    (folder / "sources.csv").write_text("id,kind\ns1,papr\ns2,paper\n", encoding="utf-8")
    (folder / "mechanisms.csv").write_text("id,name\nm1,Illustrative\n", encoding="utf-8")
    (folder / "evidence.csv").write_text(
        "source,mechanism,stance,rigour\ns1,m9,suports,hihg\n", encoding="utf-8"
    )
    problems = reading_of(folder).problems
    assert {(problem.file, problem.row, problem.column) for problem in problems} == {
        ("sources.csv", 1, "title"),
        ("sources.csv", 2, "kind"),
        ("evidence.csv", 2, "mechanism"),
        ("evidence.csv", 2, "stance"),
        ("evidence.csv", 2, "rigour"),
    }
