"""One configuration per row: what a map of the columns makes of a table, and what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from folders import mapped
from workbooks import ods, xlsx

from graph.errors import Rejected, Severity
from graph.settings import Settings
from graph.store import Store
from loaders.detect_format import How
from loaders.intake import check, load
from loaders.map_suggestion import suggest_map

Command = Callable[..., Ran]
Rows = list[Sequence[Any]]

HEAD = ["CMOC no.", "Context (C)", "Mechanism", "Mechanism (reasoning)", "Outcome(s)", "Refs"]
HEAD += ["Quote", "Country"]
ROW = ["CMOC 1", "a stable team; long shifts", "Speaking up", "trust (inferred)", "asking"]
ROW += ["Lee et al., 2019; doi:10.1000/X", "“We said.” (Lee et al., 2019) ", "UK"]
PAPERS: Rows = [
    ["id", "kind", "title", "authors", "year", "doi"],
    ["lee", "paper", "An illustrative paper", "Lee A; Roy B", 2019, None],
    ["poe", "paper", "Another one", "Poe C", 2020, "10.1000/x"],
]
MAP = """\
review:
  id: illustrative
  title: Illustrative review
stance: supports
columns:
  CMOC no.: configurations.id
  Context (C): configurations.context
  Mechanism: configurations.mechanism
  Mechanism (reasoning): configurations.reasoning
  Outcome(s): configurations.outcome
  Refs: evidence.source
  Quote: evidence.quote
  Country: note
"""


@pytest.fixture
def how(tmp_path: Path) -> Callable[[str], How]:
    return partial(mapped, tmp_path)


def table(path: Path, *rows: Sequence[Any], head: Sequence[Any] = HEAD) -> Path:
    sheets = {"CMOCs": [["Table 2"], [], head, *rows], "Papers": PAPERS}
    return (ods if path.suffix == ".ods" else xlsx)(path, sheets)


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_rows_become_configurations_with_evidence(
    embedded_store: Store, tmp_path: Path, how: Callable[[str], How], ending: str
) -> None:
    path = table(tmp_path / f"cmocs{ending}", ROW)
    found = check(path, Settings(), how=how(MAP))
    assert [one.sentence() for one in found.problems] == []
    bundle = found.accepted()
    (configuration,) = bundle.configurations
    assert (configuration.local_id, configuration.name) == ("cmoc-1", "CMOC 1")
    assert configuration.note == "Country: UK"
    assert configuration.mechanisms == ["illustrative:speaking-up"]
    assert [part.concept for part in configuration.contexts] == [
        "illustrative:a-stable-team",
        "illustrative:long-shifts",
    ]
    assert [part.inferred for part in configuration.reasonings] == [True]
    assert [one.name for one in bundle.mechanisms] == ["Speaking up"]
    assert {one.name for one in bundle.concepts} == {
        *("a stable team", "long shifts", "trust", "asking")
    }
    assert [(one.source, one.quote) for one in bundle.evidence] == [
        ("illustrative:lee", "“We said.” (Lee et al., 2019) "),
        ("illustrative:poe", None),
    ]
    report = load(embedded_store, path, Settings(), how=how(MAP)).report
    assert report.total.new == 1 + 1 + 4 + 1 + 2 + 2


def test_the_same_from_a_csv_file(tmp_path: Path, how: Callable[[str], How]) -> None:
    path = tmp_path / "cmocs.csv"
    path.write_text("No;Context;Reasoning\n1;new team;fear\n2;old team;trust\n", encoding="utf-8")
    text = "review: {id: r, title: T}\ncolumns: {No: configurations.id, "
    text += "Context: configurations.context, Reasoning: configurations.reasoning}\n"
    bundle = check(path, Settings(), how=how(text)).accepted()
    assert [one.id for one in bundle.configurations] == ["r:1", "r:2"]


def test_without_a_stance_references_stay_notes(tmp_path: Path, how: Callable[[str], How]) -> None:
    path = table(tmp_path / "cmocs.xlsx", ROW)
    found = check(path, Settings(), how=how(MAP.replace("stance: supports\n", "")))
    bundle = found.accepted()
    assert bundle.evidence == []
    assert bundle.configurations[0].note is not None
    assert "Refs: Lee et al., 2019; doi:10.1000/X" in bundle.configurations[0].note
    assert "Quote: “We said.”" in bundle.configurations[0].note
    (warning,) = found.problems
    assert (warning.severity, warning.column) == (Severity.WARNING, "Refs")


def test_a_column_may_have_a_stance_and_a_separator_of_its_own(
    tmp_path: Path, how: Callable[[str], How]
) -> None:
    head = [*HEAD[:5], "For", "Against"]
    path = table(tmp_path / "cmocs.xlsx", [*ROW[:5], "Lee 2019", "Poe (2020) / lee"], head=head)
    text = MAP.replace("  Refs: evidence.source\n  Quote: evidence.quote\n  Country: note\n", "")
    text += "  For: evidence.source\n"
    text += "  Against: {to: evidence.source, stance: challenges, separator: /}\n"
    bundle = check(path, Settings(), how=how(text)).accepted()
    assert {(one.source, one.stance.value) for one in bundle.evidence} == {
        ("illustrative:lee", "supports"),
        ("illustrative:poe", "challenges"),
        ("illustrative:lee", "challenges"),
    }


@pytest.mark.parametrize(
    ("cell", "source"),
    [("Lee 2019", "lee"), ("Lee and Roy (2019)", "lee"), ("LEE", "lee"), ("(Poe, 2020)", "poe")],
)
def test_references_in_free_text_find_their_source(
    tmp_path: Path, how: Callable[[str], How], cell: str, source: str
) -> None:
    path = table(tmp_path / "cmocs.xlsx", [*ROW[:5], cell, None, None])
    (one,) = check(path, Settings(), how=how(MAP)).accepted().evidence
    assert one.source == f"illustrative:{source}"


def test_free_text_means_sources_of_a_reference_file_too(
    tmp_path: Path, how: Callable[[str], How]
) -> None:
    path = table(tmp_path / "cmocs.xlsx", [*ROW[:5], "Moe et al., 2021; Lee 2019", None, None])
    ris = tmp_path / "r.ris"
    ris.write_text(
        "TY  - JOUR\nAU  - Moe, Ida\nTI  - An illustrative paper of Moe's\nPY  - 2021\nER  -\n",
        encoding="utf-8",
    )
    bundle = check([path, ris], Settings(), how=how(MAP)).accepted()
    titles = {source.id: source.title for source in bundle.sources}
    assert {titles[one.source] for one in bundle.evidence} >= {"An illustrative paper of Moe's"}
    assert len(bundle.evidence) == 2


def test_a_reference_that_means_no_source_or_several_is_told_in_its_cell(
    tmp_path: Path, how: Callable[[str], How]
) -> None:
    more = [["ann", "paper", "T", "Lee Z", 2019, None]]
    sheets = {"CMOCs": [HEAD, [*ROW[:5], "Lee 2019; Nobody 1999"]], "Papers": [*PAPERS, *more]}
    found = check(xlsx(tmp_path / "cmocs.xlsx", sheets), Settings(), how=how(MAP))
    assert [(one.sheet, one.row, one.column, one.found) for one in found.errors] == [
        ("CMOCs", 2, "Refs", "Lee 2019"),
        ("CMOCs", 2, "Refs", "Nobody 1999"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("configurations.id", "configurations.idd", "did you mean 'configurations.id'?"),
        ("  Country: note", "  Land: note", "the sheet has no such column"),
        ("stance: supports", "stance: likes", "unknown stance"),
        ("columns:", "sheet: Nowhere\ncolumns:", "there is no such sheet"),
        ("columns:", "header_row: 1\ncolumns:", "the sheet has no such column"),
        ("  id: illustrative", "  id: no good", "id is not well formed"),
        ("stance: supports", "stance: !x supports", "tags"),
        ("columns:", "colums:", "columns is missing"),
    ],
)
def test_what_is_wrong_with_a_map_is_told(
    tmp_path: Path, how: Callable[[str], How], old: str, new: str, said: str
) -> None:
    path = table(tmp_path / "cmocs.xlsx", ROW)
    found = check(path, Settings(), how=how(MAP.replace(old, new)))
    assert found.bundle is None
    assert said in " ".join(one.sentence() for one in found.errors)


def test_columns_that_the_map_leaves_out_are_kept_and_told(
    tmp_path: Path, how: Callable[[str], How]
) -> None:
    path = table(tmp_path / "cmocs.xlsx", ROW)
    found = check(path, Settings(), how=how(MAP.replace("  Country: note\n", "")))
    assert found.accepted().configurations[0].note == "Country: UK"
    assert [one.column for one in found.problems] == ["Country"]


def test_a_proposal_reads_the_headers_and_is_a_map(
    tmp_path: Path, how: Callable[[str], How]
) -> None:
    head = ["CMOC no.", "Context (C)", "Mechanism - resource", "Mechanism (reasoning)"]
    head += ["Outcome(s)", "Supporting refs", "Quotte", "Page", "Level", "Country", "Study"]
    head += ["Refuting studies"]
    row = ["1", "new team", "debriefs", "trust", "asking", "Lee 2019", "words", 4, None, "UK", "x"]
    path = table(tmp_path / "cmocs.xlsx", row, head=head)
    text = suggest_map(path).text
    lines = dict(line.strip().split(": ", 1) for line in text.splitlines() if line[:3] == '  "')
    assert {header.strip('"'): to.partition(" #")[0] for header, to in lines.items()} == {
        "CMOC no.": "configurations.id",
        "Context (C)": "configurations.context",
        "Mechanism - resource": "configurations.resource",
        "Mechanism (reasoning)": "configurations.reasoning",
        "Outcome(s)": "configurations.outcome",
        "Supporting refs": "evidence.source",
        "Quotte": "evidence.quote",
        "Page": "evidence.locator",
        "Level": "configurations.level",
        "Country": "note",
        "Study": "evidence.source",
        "Refuting studies": "{to: evidence.source, stance: challenges}",
    }
    assert lines['"Context (C)"'].endswith("# sure; seen: new team")
    assert "fairly sure" in lines['"Quotte"']
    assert "not known" in lines['"Country"']
    assert check(path, Settings(), how=how(text)).errors == []
    filled = text.replace("# review:", "review:").replace("#   id:", "  id: r")
    filled = filled.replace("#   title:", "  title: T")
    assert check(path, Settings(), how=how(filled)).accepted().configurations[0].id == "r:1"


def test_long_texts_are_not_proposed_as_names_of_mechanisms(tmp_path: Path) -> None:
    row = ["1", "c", "because people feel " * 20]
    path = xlsx(tmp_path / "t.xlsx", {"S": [["No", "Context", "Mechanism"], row]})
    assert '"Mechanism": configurations.reasoning # not sure' in suggest_map(path).text


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsx", {"S": [["Budget", "Euro"], ["x", 1]]})
    with pytest.raises(Rejected) as refused:
        suggest_map(path)
    assert "no row looks like the headers" in refused.value.problems[0].message


def test_the_commands(command: Command, tmp_path: Path) -> None:
    path = table(tmp_path / "cmocs.xlsx", ROW)
    assert '"Refs": evidence.source' in command("suggest-map", path).out
    (tmp_path / "columns.yaml").write_text(MAP, encoding="utf-8")
    assert "No errors" in command("check", path, "--map", "columns.yaml").out
    assert "12 new" not in command("annotate", path, "--map", "columns.yaml").out
    assert "11 new" in command("load", path, "--map", "columns.yaml").out
    assert "does not exist" in command("suggest-map", "nothing.xlsx", status=1).err
