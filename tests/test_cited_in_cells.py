"""What a cell of references means: all of it, or it is told what is left. All of it is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from folders import mapped
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from workbooks import xlsx

from graph.settings import Settings
from loaders.citations import cited
from loaders.intake import Checked, check
from loaders.known_sources import KnownSources

SOURCES = [
    ["id", "kind", "title", "authors", "year", "reference", "doi", "pmid", "date"],
    [
        "s-ash",
        "paper",
        "On illustrative wards",
        "Ash A; Elm B; Oak C",
        2019,
        "11",
        None,
        None,
        None,
    ],
    [
        "s-elm",
        "paper",
        "On made-up trusts",
        "Elm B; Fir C",
        2021,
        "12",
        "10.9999/ab.CO;2-X",
        7,
        None,
    ],
    ["s-oak", "grey", "A report on things", "Office of Made-up Statistics", 2010, "13"],
    ["yew-2018a", "paper", "One of two", "Yew D", 2018, "14"],
    ["yew-2018b", "paper", "The other of two", "Yew D", 2018, "15"],
    ["s-van", "paper", "Yet to come", "van den Berg L", None, "16", None, None, "in press"],
    ["s-talks", "interview", "Talks with people who do not exist", None, None, "interview data"],
    ["s-hay1", "paper", "The first by two people of one name", "Hay A", 2015, "17"],
    ["s-hay2", "paper", "The second by two people of one name", "Hay Z", 2015, "18"],
    ["s-figs", "paper", "How figs are grown on wards that nobody has seen", "Fig A", 2012, "S1"],
    ["s-nuts", "paper", "How nuts are grown", "Fig B; Nut C", 2013, "S2", None, None, "2013a"],
]
MAP = """\
review: {id: cited, title: A made-up review}
sheet: CMOs
stance: supports
columns: {No: configurations.id, Reasoning: configurations.reasoning, Refs: evidence.source}
"""

MEANT = {
    "Ash et al., 2019; Elm & Fir (2021)": "s-ash s-elm",
    "Ash et al. (2019), Elm and Fir (2021)": "s-ash s-elm",
    "Ash et al. (2019) and Elm & Fir (2021)": "s-ash s-elm",
    "(Ash et al., 2019)": "s-ash",
    "Ash, 2019 & Elm, 2021": "s-ash s-elm",
    "s-ash, s-elm": "s-ash s-elm",
    "Ash A, Elm B, 2019": "s-ash",
    "A. Ash (2019)": "s-ash",
    "[11–13]": "s-ash s-elm s-oak",
    "[11, 13-15]; interview data": "s-ash s-oak yew-2018a yew-2018b s-talks",
    "[11, 12] + interview data": "s-ash s-elm s-talks",
    "11,12 and 17": "s-ash s-elm s-hay1",
    "refs 11, 12": "s-ash s-elm",
    "Interview data": "s-talks",
    "interview data and Ash 2019": "s-talks s-ash",
    "Office of Made-up Statistics (2010)": "s-oak",
    "Yew 2018a/b": "yew-2018a yew-2018b",
    "Yew 2018a, b; Ash 2019": "yew-2018a yew-2018b s-ash",
    "Yew (2018b)": "yew-2018b",
    "Fig and Nut 2013a": "s-nuts",
    "van den Berg (in press)": "s-van",
    "10.9999/ab.CO;2-X": "s-elm",
    "https://doi.org/10.9999/AB.co;2-X, Ash 2019": "s-elm s-ash",
    "PMID: 7": "s-elm",
    "S1-S2": "s-figs s-nuts",
    "• Ash 2019\n• Elm 2021": "s-ash s-elm",
    "Ash 2019 [11]": "s-ash",
    "Ash et al. [11], Elm and Fir [12]": "s-ash s-elm",
    "On illustrative wards": "s-ash",
    "Fig A. How figs are grown on wards that nobody has seen. J Made Up 2012;4:12-19.": "s-figs",
}
LEFT = {
    "Ash 2019a": (["Ash 2019a"], "no source has this letter behind its year"),
    "Hay 2015": (["Hay 2015"], "this can be any of several sources"),
    "Yew 2018": (["Yew 2018"], "this can be any of several sources"),
    "Nobody 1999": (["Nobody 1999"], "this names no source"),
    "Ash & Nobody 2019": (["Ash & Nobody 2019"], "this names no source"),
    "Ash 2019, some talks, Elm 2021": (["some talks"], "this part of the cell names no source"),
    "[11, 12, 99]": (["99"], "this part of the cell names no source"),
    "Ash 2019-2021": (["Ash 2019-2021"], "this names no source"),
    "Ash et al. [12]": (["Ash et al. [12]"], "this can be any of several sources"),
    "Nobody et al. [12]": (["Nobody et al"], "this part of the cell names no source"),
    "Nobody and Ash 2019": (["Nobody"], "this part of the cell names no source"),
    "Ash 2019 (unpublished data); 2010": (["(unpublished data)", "2010"], "part of the cell"),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Checked]:
    folder = tmp_path_factory.mktemp("cited")

    def run(cells: list[str], columns: str = MAP) -> Checked:
        rows = [[number, "trust", cell] for number, cell in enumerate(cells, start=1)]
        sheets = {"CMOs": [["No", "Reasoning", "Refs"], *rows], "Sources": SOURCES}
        path = xlsx(folder / "cited.xlsx", sheets)
        return check(path, Settings(), how=mapped(folder, columns))

    return run


def meant(reading: Checked) -> list[list[str]]:
    """The sources of each configuration, in the order of the cell."""
    found: dict[str, list[str]] = {}
    for one in reading.accepted().evidence:
        found.setdefault(str(one.configuration), []).append(one.source.partition(":")[2])
    return [found[key] for key in sorted(found, key=lambda key: int(key.partition(":")[2]))]


def test_all_of_a_cell_is_understood(checked: Callable[..., Checked]) -> None:
    assert meant(checked([*MEANT])) == [sources.split() for sources in MEANT.values()]


def test_what_is_left_of_a_cell_is_an_error_that_says_it(checked: Callable[..., Checked]) -> None:
    errors = checked([*LEFT]).errors
    told: dict[int | None, list[tuple[str | None, str]]] = {}
    for one in errors:
        assert (one.file, one.sheet, one.column) == ("cited.xlsx", "CMOs", "Refs")
        told.setdefault(one.row, []).append((one.found, one.message))
    for row, (parts, message) in enumerate(LEFT.values(), start=2):
        assert [found for found, _ in told.pop(row)] == parts
        assert any(message in one.message for one in errors if one.row == row)
    assert told == {}


def test_the_map_says_what_a_text_means(checked: Callable[..., Checked]) -> None:
    said = MAP + "sources: {Ash 2019a: s-ash, Hay 2015: s-hay2, some talks: s-talks}\n"
    cells = ["Ash 2019a; Elm 2021", "Hay 2015, some talks", "Some talks"]
    assert meant(checked(cells, said)) == [
        ["s-ash", "s-elm"],
        ["s-hay2", "s-talks"],
        ["s-talks"],
    ]


def test_pages_beside_a_citation_are_its_locator(checked: Callable[..., Checked]) -> None:
    evidence = checked(["Ash 2019, p. 4; Elm (2021), pp. 12-13; van den Berg (in press: 5)"])
    assert [(one.source, one.locator) for one in evidence.accepted().evidence] == [
        ("cited:s-ash", "p. 4"),
        ("cited:s-elm", "pp. 12-13"),
        ("cited:s-van", "5"),
    ]


def test_a_cell_that_says_none_is_kept_as_a_note(checked: Callable[..., Checked]) -> None:
    bundle = checked(["n/a", "–", "Ash 2019"]).accepted()
    assert len(bundle.evidence) == 1
    assert [one.note for one in bundle.configurations] == ["Refs: n/a", "Refs: –", None]


def test_without_sources_it_is_said_where_they_may_come_from(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    (tmp_path / "c.csv").write_text("No,Reasoning,Refs\n1,a,[1-3]\n2,b,[4]\n", encoding="utf-8")
    (tmp_path / "columns.yaml").write_text(MAP.replace("sheet: CMOs\n", ""), encoding="utf-8")
    told = " ".join(command("check", "c.csv", "--map", "columns.yaml", status=1).err.split())
    assert "row 2, column Refs: 2 cells cite references, and no sources are known" in told
    assert "found '[1-3]'" in told and "load the references together with this file" in told
    assert told.count("error:") == 1 and "--review" not in told
    # A sheet that adds to a review may name the one that has them; one that does is told no more.
    columns = MAP.replace("sheet: CMOs\n", "").partition("review:")[2].partition("\n")[2]
    (tmp_path / "columns.yaml").write_text(columns, encoding="utf-8")
    told = " ".join(command("check", "c.csv", "--map", "columns.yaml").err.split())
    assert told.count("warning:") == 1 and told.count("--review") == 1
    given = ("--review", "new", "--title", "New")
    told = command("check", "c.csv", "--map", "columns.yaml", *given, status=1).err
    assert "new holds no source" in told and "--review" not in told


KNOWN = KnownSources()
for _row in SOURCES[1:]:
    _one = dict(zip(SOURCES[0], _row, strict=False))
    KNOWN.add(
        str(_one["id"]),
        title=str(_one["title"]),
        reference=str(_one["reference"]),
        authors=str(_one.get("authors") or "").split("; ") if _one.get("authors") else [],
        year=_one["year"],  # type: ignore[arg-type]
        date=str(_one.get("date") or ""),
    )

ALONE = {
    "s-ash": [
        "Ash et al., 2019",
        "Ash, Elm & Oak (2019)",
        "(Ash 2019)",
        "[11]",
        "s-ash",
        "ASH 2019",
    ],
    "s-elm": ["Elm 2021", "Elm and Fir (2021)", "12", "Elm & Fir, 2021"],
    "s-oak": ["Office of Made-up Statistics, 2010", "13"],
    "yew-2018b": ["Yew 2018b", "15", "yew-2018b"],
    "s-talks": ["interview data", "s-talks"],
}
PAIRS = st.sampled_from([(source, text) for source, texts in ALONE.items() for text in texts])
BETWEEN = st.sampled_from(["; ", ", ", " and ", " & ", " + ", "\n", ";", "; and "])
JUNK = st.sampled_from(["foo", "unpublished", "some more people", "Zed 1999", "98", "Elm 1980"])


@given(st.data())
@examples(60)
def test_citations_in_any_order_are_all_found_and_anything_else_is_left(
    data: st.DataObject,
) -> None:
    pairs = data.draw(st.lists(PAIRS, min_size=1, max_size=6))
    junk = data.draw(st.none() | JUNK)
    at = data.draw(st.integers(0, len(pairs)))
    texts = [text for _, text in pairs]
    if junk is not None:
        texts.insert(at, junk)
    cell = texts[0] + "".join(data.draw(BETWEEN) + text for text in texts[1:])
    found = cited(cell, KNOWN)
    expected = dict.fromkeys(source for source, _ in pairs)
    assert [one.source for one in found.mentions] == [*expected]
    assert [one.text for one in found.unclear] == ([junk] if junk is not None else [])
