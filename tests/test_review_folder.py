"""The review folder: which spellings are read, and that texts are kept exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from folders import REVIEW, Files, checked, good, only_error, table, write
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from graph.model import ReviewBundle
from graph.questions.evidence import EvidenceFilter, evidence
from graph.schema import BUNDLE_FIELDS
from graph.settings import Settings
from graph.store import Store
from loaders.columns import FILES
from loaders.intake import load

MECHANISMS = [
    ["id", "name", "aliases", "description"],
    ["trust", "Building trust", "Trusting; Faith in others", "Café, naïve and 信頼"],
    ["time", "Making time, or not", "", 'Called "slack"; illustrative'],
]


def bundle(folder: Path, files: Files) -> ReviewBundle:
    return checked(folder, files).accepted()


def with_(**changed: str | bytes) -> Files:
    """The good folder with these CSV files instead, by name without the ending."""
    return good() | {f"{name}.csv": content for name, content in changed.items()}


def test_the_good_folder_has_no_mistake_and_every_kind_of_record(tmp_path: Path) -> None:
    reading = checked(tmp_path, good())
    assert reading.problems == []
    found = reading.accepted()
    assert {file.file: file.accepted for file in reading.files} == {
        "sources.csv": 2,
        "mechanisms.csv": 3,
        "history.csv": 3,
        "configurations.csv": 1,
        "theories.csv": 1,
        "evidence.csv": 3,
        "findings.csv": 1,
    }
    assert found.sources[0].entrance == "illustrative:stage-1.found"
    assert found.findings[0].searched == "illustrative:stage-1"


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_way_to_write_a_csv_file_gives_the_same_records(
    tmp_path: Path, mark: str, delimiter: str, end: str
) -> None:
    text = mark + table(*MECHANISMS, delimiter=delimiter, end=end)
    mechanisms = bundle(tmp_path, {"review.yaml": REVIEW, "mechanisms.csv": text}).mechanisms
    assert [(item.id, item.name, item.aliases, item.description) for item in mechanisms] == [
        (
            "illustrative:trust",
            "Building trust",
            ["Trusting", "Faith in others"],
            "Café, naïve and 信頼",
        ),
        ("illustrative:time", "Making time, or not", [], 'Called "slack"; illustrative'),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
def test_review_yaml_is_read_with_every_line_end(tmp_path: Path, mark: str, end: str) -> None:
    found = bundle(tmp_path, {"review.yaml": mark + REVIEW.replace("\n", end)})
    assert (found.review.title, found.review.year) == ("Illustrative review", 2020)
    assert [level.local_id for level in found.levels] == ["system", "team"]
    assert [step.n for step in found.steps] == [10, 6, 4]


@pytest.mark.parametrize("before", ["\n", "\r\n\r\n", ",,\n"])
def test_blank_lines_before_the_header_and_between_rows_are_passed_over(
    tmp_path: Path, before: str
) -> None:
    text = f"{before}id,name\n\ntrust,Building trust\n,\n\ntime,Making time\n"
    files: Files = {"review.yaml": REVIEW, "mechanisms.csv": text}
    reading = checked(tmp_path, files)
    assert [item.local_id for item in reading.accepted().mechanisms] == ["trust", "time"]
    assert reading.files[0].rows == 2


@pytest.mark.parametrize(
    "header",
    ["said_by", "Said by", "SAID BY", " said-by ", "Said_By", "said  by"],
)
def test_a_header_may_be_spelt_with_any_case_and_any_separator(tmp_path: Path, header: str) -> None:
    findings = table(["Kind", "NAME", "Statement", header], ["gap", "Gap", "None.", "smith"])
    found = bundle(tmp_path, with_(findings=findings)).findings
    assert [item.said_by for item in found] == [["illustrative:smith"]]


@pytest.mark.parametrize("header", ["contexts", "context", "Context", "Contexts 1", "context-1"])
def test_a_list_column_may_be_singular_plural_or_numbered(tmp_path: Path, header: str) -> None:
    text = table(["id", header, "resource", "outcome"], ["c", "New team", "Money", "Speed"])
    (found,) = bundle(tmp_path, with_(configurations=text)).configurations
    assert [part.concept for part in found.contexts] == ["illustrative:new-team"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["context", "context"], ["New team", "Old rules"]),
        (["context", "context 2"], ["New team", "Old rules"]),
        (["Context_1", "Context_2"], ["New team", "Old rules"]),
        (["contexts"], ["New team; Old rules"]),
        (["contexts"], ["New team\nOld rules"]),
        (["contexts"], ["New team\r\n Old rules ;; new team"]),
        (["contexts", "context 2"], ["New team", "Old rules; New Team"]),
    ],
)
def test_several_values_come_in_one_cell_or_in_repeated_columns(
    tmp_path: Path, header: list[str], cells: list[str]
) -> None:
    text = table(["id", "mechanisms", *header], ["c", "trust", *cells])
    (found,) = bundle(tmp_path, with_(configurations=text)).configurations
    concepts = [part.concept for part in found.contexts]
    assert list(dict.fromkeys(concepts)) == ["illustrative:new-team", "illustrative:old-rules"]


@pytest.mark.parametrize("mark", ["(inferred)", "[inferred]", "(Inferred)", "[ INFERRED ]"])
def test_a_part_can_be_marked_as_inferred(tmp_path: Path, mark: str) -> None:
    text = table(
        ["id", "contexts", "reasonings"],
        ["c", "New team", f"Feeling safe {mark}; Hope"],
    )
    (found,) = bundle(tmp_path, with_(configurations=text)).configurations
    assert [(part.concept, part.inferred) for part in found.reasonings] == [
        ("illustrative:feeling-safe", True),
        ("illustrative:hope", False),
    ]
    assert not found.contexts[0].inferred


@pytest.mark.parametrize(
    "written",
    ["trust", "TRUST", "Building trust", "building-trust", "BUILDING  TRUST", "faith in others"],
)
def test_a_record_is_referred_to_by_id_name_or_alias(tmp_path: Path, written: str) -> None:
    text = table(["source", "mechanism", "stance"], ["Illustrative Paper", written, "Supports"])
    (found,) = bundle(tmp_path, with_(evidence=text)).evidence
    assert (found.source, found.mechanism) == ("illustrative:smith", "illustrative:trust")


@pytest.mark.parametrize("written", ["team", "Team", "TEAM", "Work group"])
def test_a_level_is_written_by_id_name_or_alias(tmp_path: Path, written: str) -> None:
    text = table(
        ["source", "mechanism", "stance", "levels"], ["smith", "trust", "supports", written]
    )
    assert bundle(tmp_path, with_(evidence=text)).evidence[0].levels == ["team"]


@pytest.mark.parametrize("written", ["found", "stage-1.found", "Stage-1.Found"])
def test_an_entrance_is_a_step_of_the_stage_that_the_row_names(
    tmp_path: Path, written: str
) -> None:
    text = table(
        ["id", "kind", "title", "stage", "entrance"],
        ["smith", "paper", "Illustrative paper", "First stage", written],
        ["panel", "consultation", "Illustrative panel", "", ""],
    )
    (found, _) = bundle(tmp_path, with_(sources=text)).sources
    assert found.entrance == "illustrative:stage-1.found"


def test_without_concepts_csv_the_words_of_configurations_declare_concepts(
    tmp_path: Path,
) -> None:
    text = table(
        ["id", "contexts", "resources", "outcomes"],
        ["c1", "New team", "Money", "Trust"],
        ["c2", "trust", "???", "🙂"],
        ["c3", "???", "Money", "word " * 30],
    )
    found = bundle(tmp_path, with_(configurations=text))
    names = {concept.id: concept.name for concept in found.concepts}
    assert sorted(names.values()) == sorted(
        ["New team", "Money", "Trust", "???", "🙂", ("word " * 30).strip()]
    )
    first, second, third = found.configurations
    assert first.outcomes[0].concept == second.contexts[0].concept == "illustrative:trust"
    assert second.resources[0].concept == third.contexts[0].concept
    assert names[second.outcomes[0].concept] == "🙂"


def test_with_concepts_csv_a_misspelt_concept_is_an_error_with_a_suggestion(
    tmp_path: Path,
) -> None:
    concepts = table(["id", "name"], ["new-team", "New team"], ["speaking-up", "Speaking up"])
    text = table(
        ["id", "contexts", "mechanisms", "outcomes"],
        ["c1", "New team", "trust", "speking-up"],
        ["c2", "new team (inferred)", "trust", "Speaking Up"],
    )
    sentence = only_error(checked(tmp_path, with_(concepts=concepts, configurations=text)))
    assert sentence.startswith("configurations.csv, row 2, column outcomes: unknown concept")
    assert "'speking-up'" in sentence
    assert "concepts.csv" in sentence
    assert "did you mean 'speaking-up'?" in sentence


def test_ids_made_of_content_do_not_depend_on_the_order_of_rows_or_columns(
    tmp_path: Path,
) -> None:
    rows = [["smith", "trust", "supports"], ["panel", "time", "refines"]]
    forth = table(["source", "mechanism", "stance"], *rows)
    back = table(["Stance", "Mechanism", "Source"], *(row[::-1] for row in rows[::-1]))
    more = table(["source", "mechanism", "stance"], ["panel", "humour", "supports"], *rows)
    first, second, third = (
        {
            item.source: item.id
            for item in bundle(tmp_path / str(number), with_(evidence=text)).evidence
            if item.mechanism != "illustrative:humour"
        }
        for number, text in enumerate((forth, back, more))
    )
    assert first == second == third
    assert len(set(first.values())) == 2


def test_another_content_makes_another_id_and_a_given_id_is_kept(tmp_path: Path) -> None:
    text = table(
        ["id", "source", "mechanism", "stance"],
        ["", "smith", "trust", "supports"],
        ["", "smith", "trust", "challenges"],
        ["mine", "smith", "trust", "supports"],
    )
    ids = [item.local_id for item in bundle(tmp_path, with_(evidence=text)).evidence]
    assert len(set(ids)) == 3
    assert ids[2] == "mine"


QUOTES = [
    "one line\nanother line",
    "CRLF\r\nand a lone CR\rhere",
    'she said "no", twice: ""',
    "a\ttab, a comma; a semicolon",
    "  spaces at both ends  ",
    "\n a line end at both ends \n",
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+44",
    "-5",
    "@SUM(A1)",
    "0012",
    "1e5",
    "true",
    "'quoted'",
    "\u2028 line separator \u0085 next line \x0b",
    "naïve 信頼 🙂 e\u0301",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_a_quote_comes_back_exactly(tmp_path: Path, embedded_store: Store, quote: str) -> None:
    text = table(
        ["id", "source", "mechanism", "stance", "quote"],
        ["e", "smith", "trust", "supports", quote],
        quoted=True,
    )
    load(embedded_store, write(tmp_path / "review", with_(evidence=text)), Settings())
    (item,) = evidence(embedded_store, EvidenceFilter(mechanism="trust")).items
    assert item.quote == quote


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_starts_like_a_formula_is_text(tmp_path: Path, start: str) -> None:
    text = table(["id", "name", "description"], ["m", f"{start}SUM(A1)", f"{start}1+1"])
    files: Files = {"review.yaml": REVIEW, "mechanisms.csv": text}
    (found,) = bundle(tmp_path, files).mechanisms
    assert (found.name, found.description) == (f"{start}SUM(A1)", f"{start}1+1")


def test_values_in_review_yaml_are_kept_as_they_are_written(tmp_path: Path) -> None:
    text = REVIEW + "registration: 1.10\nnote: no\nlicence: 2020-99-99\nquestion: 0012\n"
    review = bundle(tmp_path, {"review.yaml": text}).review
    assert (review.registration, review.note) == ("1.10", "no")
    assert (review.licence, review.question) == ("2020-99-99", "0012")


def test_a_step_id_with_a_dot_belongs_to_its_stage(tmp_path: Path) -> None:
    stage = (
        "  - id: {0}\n    name: Illustrative stage\n    steps:\n"
        "      - {{id: '1.1', kind: entrance, name: found, n: 4}}\n"
        "      - {{id: '1.2', kind: total, name: kept, n: 4}}\n"
        "      - {{id: '1.3', kind: entrance, name: taken over, takes: '1.2', track: next}}\n"
    )
    text = "id: illustrative\ntitle: Illustrative review\nsearch:\n"
    sources = table(
        ["id", "kind", "title", "stage", "entrance"],
        ["smith", "paper", "Illustrative paper", "s", "1.1"],
    )
    files: Files = {
        "review.yaml": text + stage.format("s") + stage.format("t"),
        "sources.csv": sources,
    }
    found = bundle(tmp_path, files)
    assert [step.local_id for step in found.steps if step.takes is None] == [
        "s.1.1",
        "s.1.2",
        "t.1.1",
        "t.1.2",
    ]
    taken = [step.takes for step in found.steps if step.takes]
    assert taken == ["illustrative:s.1.2", "illustrative:t.1.2"]
    assert found.sources[0].entrance == "illustrative:s.1.1"


def test_hidden_files_and_files_of_other_kinds_are_let_be(tmp_path: Path) -> None:
    extra: Files = {"._sources.csv": b"\x00\x05", "notes.txt": "Illustrative", "map.html": ""}
    assert checked(tmp_path, good() | extra).problems == []


def test_the_json_of_check_names_counts_and_problems(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    folder = write(tmp_path / "review", good())
    ran = command("check", folder, "--json")
    shown = json.loads(ran.out)
    assert shown["problems"] == []
    counts = {"rows": 3, "accepted": 3, "rejected": 0, "records": 3}
    assert {"file": "evidence.csv", "kind": "evidence.csv", **counts} in shown["files"]


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
SOME_TEXT = ANY_TEXT.filter(lambda text: bool(text.strip()))


@examples(60, shared=True)
@given(
    quotes=st.lists(SOME_TEXT, min_size=1, max_size=4),
    delimiter=st.sampled_from([",", ";", "\t"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_any_text_comes_back_as_it_went_in(
    tmp_path: Path, embedded_store: Store, quotes: list[str], delimiter: str, mark: str
) -> None:
    text = mark + table(
        ["id", "source", "mechanism", "stance", "quote", "statement"],
        *(
            [f"e{number}", "smith", "trust", "supports", quote, quote]
            for number, quote in enumerate(quotes)
        ),
        delimiter=delimiter,
        quoted=True,
    )
    folder = write(tmp_path / "review", with_(evidence=text))
    load(embedded_store, folder, Settings(), replace=True)
    items = evidence(embedded_store, EvidenceFilter(mechanism="trust")).items
    assert [item.quote for item in items] == quotes
    assert [item.statement for item in items] == [quote.strip() for quote in quotes]


CELLS = st.one_of(
    ANY_TEXT,
    st.sampled_from(
        [
            "",
            " ",
            "trust",
            "smith",
            "team",
            "supports",
            "paper",
            "yes",
            "2020",
            "c1",
            "=1",
            "gap",
            "; ; ",
            "(inferred)",
            "a; b",
            "incorporated",
            "x" * 201,
            "-1",
            "9" * 30,
            "stage-1",
        ]
    ),
)


@examples(150, shared=True)
@given(data=st.data(), file=st.sampled_from(sorted(FILES)))
def test_rows_in_are_rows_accepted_and_rejected_whatever_the_cells_hold(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, file: str
) -> None:
    names = sorted(FILES[file].model_fields)
    header = data.draw(
        st.lists(st.sampled_from([*names, "nonsense", "", "context 2"]), min_size=1, max_size=8)
    )
    if not any(header):
        header = ["id"]
    width = st.lists(CELLS, min_size=1, max_size=len(header) + 1)
    rows = data.draw(st.lists(width, max_size=5))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    text = table(header, *rows, quoted=True)
    reading = checked(tmp_path_factory.mktemp("law"), good() | {file: text})
    counts = {count.file: count for count in reading.files}
    for count in counts.values():
        assert count.rows == count.accepted + count.rejected
        assert min(count.accepted, count.rejected) >= 0
    assert counts[file].rows == len(filled)
    located = {
        problem.row
        for problem in reading.errors
        if problem.file == file and problem.row is not None and problem.row > 1
    }
    assert counts[file].rejected >= len(located)
    assert (reading.bundle is None) == bool(reading.errors)
    if reading.bundle is not None:
        assert counts[file].rejected == 0
        assert len(getattr(reading.bundle, _FIELDS[file])) >= counts[file].rows


_FIELDS = {file: BUNDLE_FIELDS[model.label] for file, model in FILES.items()}
