"""What the files of one load may come to together, however they are nested."""

from __future__ import annotations

from pathlib import Path

import hostile
import pytest
from folders import zip_of

from graph.errors import Rejected, TooLarge
from graph.settings import Settings
from loaders.intake import check

RIS = hostile.records("PY  - 2019")
ROWS = hostile.folder(sources_csv="id,kind,title\n" + "a,b,c\n" * 200)
TWO = zip_of({"a/one.ris": RIS, "b/two.ris": RIS})
LONG = hostile.workbook(
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si><t>{'x' * 3_000_000}</t></si>"
)

BEYOND = [
    ("a.zip", ROWS, "max_load_rows", 100, "100 rows and records"),
    ("a.ris", RIS * 3, "max_load_rows", 5, "5 rows and records"),
    ("a.bib", hostile.entry("note={x}"), "max_load_rows", 1, "1 rows and records"),
    ("a.zip", TWO, "max_load_files", 2, "2 files"),
    ("a.zip", ROWS, "max_load_files", 1, "1 files"),
    (
        "a.zip",
        hostile.folder(concepts_csv="id,name\n" + f"c,{'x' * 1_100_000}\n"),
        "max_load_text",
        1,
        "1 million characters",
    ),
    (
        "a.zip",
        zip_of({"one.ris": RIS + b" " * 700_000, "two.ris": b" " * 700_000}),
        "max_unpacked_mb",
        1,
        "1 MB when they are unpacked",
    ),
    ("a.xlsx", LONG, "max_unpacked_mb", 1, "1 MB when they are unpacked"),
]


def test_what_goes_beyond_is_refused_with_the_setting(tmp_path: Path) -> None:
    for number, (name, data, setting, most, said) in enumerate(BEYOND):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_bytes(data)
        with pytest.raises(TooLarge) as told:
            check(path, Settings(**{setting: most}))
        assert f"come to more than {said}" in told.value.detail
        assert f"THEORYGRAPH_{setting.upper()}" in str(told.value.hint)
        check(path, Settings())


def test_it_is_one_budget_for_all_files_of_a_load(tmp_path: Path) -> None:
    paths = []
    for name in ("one.ris", "two.ris"):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(RIS)
    enough = Settings(max_load_rows=2)
    for path in paths:
        check(path, enough)
    with pytest.raises(TooLarge):
        check(paths, enough)
    check(paths, Settings(max_load_rows=4))


def test_of_too_many_problems_the_first_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(ROWS)
    with pytest.raises(Rejected) as told:
        check(path, Settings(max_problems_kept=100, max_problems=10))
    first, *others = told.value.problems
    assert first.message == "there are more than 100 problems, so no further was looked"
    assert "THEORYGRAPH_MAX_PROBLEMS_KEPT" in str(first.hint)
    assert len(others) == 10
    found = check(path, Settings())
    assert len(found.errors) > 100
    assert found.problems[0] in others or others[0] in found.problems


def test_names_are_bounded_in_bytes_and_depth(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for name, said in (
        (f"{'中' * 67}.ris", "is too long"),
        (f"{'/'.join(['x' * 150] * 7)}.ris", "is too long"),
        (f"{'a/' * 21}library.ris", "lies in 21 folders"),
        ("\x1b[2J.ris", "is no name of a file"),
    ):
        path.write_bytes(zip_of({name: RIS}))
        with pytest.raises(Rejected) as told:
            check(path, Settings())
        assert said in told.value.problems[0].message
    path.write_bytes(zip_of({f"{'a/' * 19}{'中' * 65}.ris": RIS}))
    assert check(path, Settings()).errors == []


def test_an_archive_in_an_archive_is_seen_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for levels, ending in ((2, ""), (2, ".x"), (3, ".zip"), (60, ".txt")):
        path.write_bytes(hostile.nested(levels, ending))
        with pytest.raises(Rejected, match="1 error") as told:
            check(path, Settings())
        assert "is an archive inside the zip" in told.value.problems[0].message


def test_a_row_that_is_far_away_is_not_filled_up(tmp_path: Path) -> None:
    """A million rows of sixteen thousand empty cells were made for it."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        hostile.workbook(
            '<row r="1"><c r="A1"/></row><row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>'
        )
    )
    assert check(path, Settings()).errors
