"""What is proposed for sheets of many makes, and that `check` takes it as it stands."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from folders import mapped
from workbooks import xlsx

from graph.errors import Rejected
from graph.settings import Settings
from loaders.columns_file import read_map
from loaders.intake import check
from loaders.map_suggestion import suggest_map

Rows = list[Sequence[Any]]
ROLES = ["a ward", "trust", "asking"]
PLURALS = ["Contexts", "Mechanisms", "Outcomes"]
MORE = ["No. of studies", "Strength of evidence", "Polarity"]

MAKES: dict[str, tuple[Rows, str, dict[str, str]]] = {
    "words within names": (
        [
            ["cmo_id", "context_statement", "mechanismStatement", "outcome_statement", "country"],
            ["c1", *ROLES, "UK"],
        ],
        "",
        {
            "cmo_id": "configurations.id",
            "context_statement": "configurations.context",
            "mechanismStatement": "configurations.mechanism",
            "outcome_statement": "configurations.outcome",
            "country": "note",
        },
    ),
    "two of three, and studies": (
        [
            ["Enabling contexts", "Key mechanism(s)", "Studies that provide (partial) evidence"],
            ["a ward", "trust", "Ash 2019"],
        ],
        "",
        {
            "Enabling contexts": "configurations.context",
            "Key mechanism(s)": "configurations.mechanism",
            "Studies that provide (partial) evidence": "evidence.source",
        },
    ),
    "a title, no name of the first column, arrows and signs": (
        [
            ["Table 2. Context-mechanism-outcome configurations"],
            [],
            [None, "Context", "Mechanism", "Outcome"],
            ["C1", "a ward", "talks → trust", "+ asking"],
            ["C2", "a trust", "audit → fear", "− silence"],
            ["C: context"],
        ],
        "header_row: 3",
        {
            "column A": "configurations.id",
            "Context": "configurations.context",
            "Mechanism": "{to: configurations.reasoning, before_arrow: configurations.resource}",
            "Outcome": "{to: configurations.outcome, signs: true}",
        },
    ),
    "labels": (
        [
            ["No.", "C", "M", "O"],
            [1, "C1 a ward / C2 a trust", "M1: trust\nM2: hope", "O1 asking; O2 telling"],
        ],
        "",
        {
            "No.": "configurations.id",
            "C": "{to: configurations.context, labels: true}",
            "M": "{to: configurations.mechanism, labels: true}",
            "O": "{to: configurations.outcome, labels: true}",
        },
    ),
    "two rows of headers": (
        [
            ["ID", "Context", "Mechanism", None, "Outcome", "Evidence", None],
            [None, None, "Resource", "Reasoning", None, "Source", "Quote"],
            ["k1", "a ward", "talks", "trust", "asking", "Ash 2019", "So it was."],
        ],
        "header_rows: 2",
        {
            "ID": "configurations.id",
            "Context": "configurations.context",
            "Mechanism / Resource": "configurations.resource",
            "Mechanism / Reasoning": "configurations.reasoning",
            "Outcome": "configurations.outcome",
            "Evidence / Source": "evidence.source",
            "Evidence / Quote": "evidence.quote",
        },
    ),
    "tags beside statements, and long texts that are no references": (
        [
            ["context", "mechanism", "outcome", "context_tags", "supporting_evidence", "Quality"],
            [*ROLES, "ward;night", "what somebody said of it, at some length " * 3, "high"],
            ["b", "m", "o", "ward", "and what somebody else said of it, at length " * 3, "low"],
        ],
        "",
        {
            "context": "configurations.context",
            "mechanism": "configurations.mechanism",
            "outcome": "configurations.outcome",
            "context_tags": "note",
            "supporting_evidence": "note",
            "Quality": "note",
        },
    ),
    "numbers, authors, and what is no source": (
        [
            ["#", "Programme area", *PLURALS, "Author, year", *MORE],
            [1, "Leading", *ROLES, "Ash et al., 2019", 3, "strong", "+"],
        ],
        "",
        {
            "#": "configurations.id",
            "Programme area": "note",
            "Contexts": "configurations.context",
            "Mechanisms": "configurations.mechanism",
            "Outcomes": "configurations.outcome",
            "Author, year": "evidence.source",
            "No. of studies": "note",
            "Strength of evidence": "note",
            "Polarity": "configurations.polarity",
        },
    ),
    "headers that stand twice, levels that nobody has declared, ids of several configurations": (
        [
            ["CMO", "Context", "Mechanism", "Outcome", "Paper", "Paper", "Level"],
            ["Leading", *ROLES, "Ash 2019", "Fir 2021", "ward"],
            ["Leading", "a trust", "hope", "telling", "Ash 2019", None, "trust"],
        ],
        "",
        {
            "CMO": "note",
            "Context": "configurations.context",
            "Mechanism": "configurations.mechanism",
            "Outcome": "configurations.outcome",
            "Paper": "evidence.source",
            "column F": "evidence.source",
            "Level": "note",
        },
    ),
}


@pytest.mark.parametrize("make", MAKES)
def test_what_is_proposed_and_that_check_takes_it(tmp_path: Path, make: str) -> None:
    rows, line, columns = MAKES[make]
    path = xlsx(tmp_path / "made.xlsx", {"Read me": [["Context", "Mechanism"]], "Sheet": rows})
    found = suggest_map(path)
    proposed = dict(
        one.strip().split(": ", 1) for one in found.text.splitlines() if one[:3] == '  "'
    )
    assert {name.strip('"'): to.partition(" #")[0] for name, to in proposed.items()} == columns
    assert line in found.text.splitlines() or not line
    assert all(" # " in to for to in proposed.values())  # each says how sure it is
    assert f"{len(columns)} column" in found.sure
    how = mapped(tmp_path, found.text)
    assert read_map(tmp_path / "columns.yaml")[1] == []
    reading = check(path, Settings(), how=how)
    assert [one.sentence() for one in reading.errors] == []
    assert reading.accepted().configurations


@pytest.mark.parametrize(
    "rows",
    [
        [["Title", "Authors", "Year", "Notes"], ["A", "B", 1, "c"]],
        [["Context"], ["a ward"]],
        [["Context, mechanism and outcome", "Study"], ["a ward", "Ash 2019"]],
        [["In this context, the mechanism of change is said to be such that an outcome " * 2, "x"]],
    ],
)
def test_other_tables_are_not_taken_for_configurations(tmp_path: Path, rows: Rows) -> None:
    with pytest.raises(Rejected) as refused:
        suggest_map(xlsx(tmp_path / "made.xlsx", {"Sheet": rows}))
    assert "no row looks like the headers" in refused.value.problems[0].message


def test_where_nothing_says_mechanism_it_is_told(tmp_path: Path) -> None:
    rows: Rows = [["Context", "Outcome", "Why"], ["a ward", "asking", "trust"]]
    text = suggest_map(xlsx(tmp_path / "made.xlsx", {"Sheet": rows})).text
    assert "# No column says mechanism, and a configuration needs one" in text
    assert '"Why": note # not known; seen: trust' in text


def test_a_person_may_name_the_row_and_the_sheet(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    rows: Rows = [["What", "Why", "Wozu"], ["a ward", "trust", "asking"]]
    xlsx(tmp_path / "made.xlsx", {"One": [["Context", "Mechanism"], ["a", "b"]], "Two": rows})
    told = " ".join(command("suggest-map", "made.xlsx", "--sheet", "Two", status=1).err.split())
    assert "if one is, name it: --header-row" in told
    forced = command("suggest-map", "made.xlsx", "--sheet", "Two", "--header-row", 1).out
    assert 'sheet: "Two"' in forced
    assert '"Why": note # not known; seen: trust' in forced
    told = command("suggest-map", "made.xlsx", "--sheet", "Three", status=1).err
    assert "there is no such sheet" in told
    assert (
        "this row holds nothing"
        in command("suggest-map", "made.xlsx", "--sheet", "Two", "--header-row", 9, status=1).err
    )


def test_the_command_writes_a_file_and_none_that_is_there(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    (tmp_path / "made.csv").write_text("Context,Mechanism,Land\na,b,c\n", encoding="utf-8")
    said = " ".join(command("suggest-map", "made.csv", "-o", "map.yaml").out.split())
    assert said == (
        "map.yaml: 3 columns: 2 sure, 1 unsure; look at it Next: "
        "theorygraph check made.csv --map map.yaml"
    )
    told = " ".join(command("check", "made.csv", status=1).err.split())
    assert "of a table of configurations, `theorygraph suggest-map` proposes" in told
    assert "No errors" in command("check", "made.csv", "--map", "map.yaml").out
    told = command("suggest-map", "made.csv", "-o", "map.yaml", status=1).err
    assert "map.yaml is there already" in told


@pytest.mark.parametrize(
    "name", ["cmos.csv", "two words.csv", "Ann's $HOME.csv", "a\nstance: x.csv"]
)
def test_the_command_in_a_proposal_is_one_line_that_a_shell_reads_as_it_is_meant(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text("Context,Mechanism,Outcome\na ward,trust,asking\n", encoding="utf-8")
    head, _, _ = suggest_map(path, called="my map.yaml").text.partition("\ncolumns:\n")
    (line,) = [one for one in head.splitlines() if "theorygraph check" in one]
    assert line.startswith("#")
    words = shlex.split(line.removeprefix("#"))
    assert words[:2] == ["theorygraph", "check"] and words[3:] == ["--map", "my map.yaml"]
    assert words[2] == name or "\n" in name
    proposed = tmp_path / "columns.yaml"
    proposed.write_text(suggest_map(path).text, encoding="utf-8")
    column_map, problems = read_map(proposed)
    assert not problems and column_map is not None and column_map.stance is None
