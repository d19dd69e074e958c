"""Out and in again: a review that is exported and loaded is the same review, whatever it says."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from bundles import bundles
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from exports.formats import FORMATS, Format
from exports.review_folder import folder_files
from graph.cells import csv_text, neutral, restored
from graph.errors import Rejected, TooLarge
from graph.load import load_review
from graph.model import KINDS, Configuration, Mechanism, Record, Review, ReviewBundle, Source
from graph.questions.bundle import bundle_of
from graph.schema import BUNDLE_FIELDS, kinds
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.columns import columns_of
from loaders.detect_format import How
from loaders.intake import check, load
from loaders.sheets import spelt, unescaped

SETTINGS = Settings()
SHARED = Path(os.environ.get("THEORYGRAPH_CORPUS", ROOT.parent / "shared" / "corpus")).parent
CORPUS = SHARED / "corpus"
COMES_BACK = {Format.FOLDER: "out.zip", Format.XLSX: "out.xlsx"}
"""The formats that are loaded again, each under the name of its file."""

# -- any text -------------------------------------------------------------------------------------

TRAPS = [
    *("a\rb", "a\r\nb", "a\nb", "\ra", "a\tb", "\tb", " a ", "\u00a0a\u00a0", "\u2028a", "a\x85b"),
    *("=1+1", "+1", "-1", "- a", "@SUM(A1)", "'=1+1", "''-x", "'a", "'", '"', 'a"b', '""', "`a`"),
    *("_x000D_", "_x005F_", "_x005F_x000D_", "_xFFFE_", "_x005F_xFFFE_", "\ufffe", "a\uffffb"),
    *(
        "#N/A",
        "'#REF!",
        "#DIV/0!",
        "# a",
        "a # b",
        "a: b",
        "a:",
        "? a",
        "! a",
        "&a",
        "*a",
        "|",
        ">",
    ),
    *("a;b", "a; b", "a\\;b", "a\\", "\\", "a\\\nb", "a (inferred)", "r:m0", "{a}", "[a]", "%a"),
    *("null", "~", "no", "yes", "TRUE", "2020", "1.10", "1e5", "2020-01-01", "0o7", ".inf", "<<"),
    *(
        "\ufeffa",
        "a\u200bb",
        "a\u00adb",
        "\x01",
        "a\x0bb",
        "\x1fa",
        "\x7f",
        "e\u0301",
        "\U0001f468\u200d\U0001f469",
    ),
    *("a\u202eb", "\ue000", "\ud7ff", "\U0010ffff", "---", "...", "a" * 90 + " b  c " + "d" * 90),
]
anything = st.lists(
    st.one_of(
        st.sampled_from(TRAPS),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: "".join(parts)[:190])
"""Every category of Unicode; half a character is no text, and NUL is in no file that is read."""

_NO_WORDS = frozenset(
    {"id", "doi", "pmid", "span", "text_hash", "same_as", "one", "other", "record", "of", "rule"}
    | {"levels", "perspective", "perspectives", "part_names", "parts", "moved", "fields"}
    | {"reads_as", "from_records", "decisions"}
)
"""Texts that stand for a record or have a form of their own."""
_EXACT = frozenset({"quote", "text"})


def in_words(model: type[Record]) -> dict[str, str]:
    """The fields of a kind that hold whatever somebody wrote, with their shape."""
    links = {link.field: link.to for link in kinds()[model.label].links}
    return {
        name: column.shape
        for name, column in columns_of(model, links).items()
        if column.shape in ("text", "list") and not column.choices and name not in _NO_WORDS
    }


def saying(bundle: ReviewBundle, texts: list[str]) -> ReviewBundle:
    """The review with these texts in every field that holds words, as loading keeps them.

    What stands around a text is no part of it, but for words that are kept letter by letter; a
    list has each value once, and nothing is the same as an empty text.
    """
    words = cycle(texts)
    data = bundle.model_dump(mode="json")
    for model in KINDS:
        records = [data["review"]] if model is Review else data[BUNDLE_FIELDS[model.label]]
        for record in records:
            for name, shape in in_words(model).items():
                if shape == "list":
                    said = [kept(name, next(words)) for _ in record[name] or "."]
                    record[name] = list(dict.fromkeys(one for one in said if one))
                else:
                    word = kept(name, next(words))
                    if name == "because" and word:  # a justification has three letters at least
                        word = f"{word}..."
                    needed = model.model_fields[name].default is not None
                    record[name] = kept(name, record[name]) if needed and not word else word
        for place, record in enumerate(records):
            for role in ("contexts", "resources", "reasonings", "outcomes"):
                if model is Configuration:
                    parts = {part["concept"]: part for part in record[role]}
                    record[role] = list(parts.values())
            if "part_names" in record:
                said = [kept("name", next(words)) for _ in range(2)]
                record["part_names"] = list(dict.fromkeys(one for one in said if one))
                record["parts"] = list(range(len(record["part_names"])))
            if "organisations" in record:
                record["organisations"] = record["authors"][:1]
            if "position" in record and model.label != "HistoryEntry" and model.label != "Step":
                record["position"] = place
    for entry in data["same_as"]:
        own = entry["same_as"].startswith("generated:")
        held = {one["id"] for kind in ("concepts", "mechanisms") for one in data[kind]}
        if own and entry["same_as"] not in held:
            entry["same_as"] = "elsewhere:c0"
    for entry in data["history"]:
        entry["into"] = []  # only what is incorporated goes into another, and in no circle
    positions: dict[str, int] = {}
    for step in sorted(data["steps"], key=lambda step: (step["stage"], step["position"])):
        step["position"] = positions.get(step["stage"], 0)
        positions[step["stage"]] = step["position"] + 1
    return ReviewBundle.model_validate(data)


def kept(name: str, text: str) -> str | None:
    """A text as a field keeps it."""
    if not text.strip():
        return None
    return text if name in _EXACT else text.strip()


def test_the_words_of_every_kind_are_tried() -> None:
    assert {"note", "title", "locator", "authors", "publisher"} <= in_words(Source).keys()
    assert {"name", "aliases", "description"} <= in_words(Mechanism).keys()
    assert {"objectives", "keywords", "question"} <= in_words(Review).keys()


@examples(8)
@given(bundle=bundles(most=3), texts=st.lists(anything, min_size=5, max_size=25))
def test_what_is_exported_and_loaded_is_unchanged(
    bundle: ReviewBundle, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = saying(bundle, texts)
    folder = tmp_path_factory.mktemp("out")
    with scratch_store(SETTINGS) as store:
        load_review(store, said)
        held = bundle_of(store, "generated")
        assert ReviewBundle.model_validate_json(FORMATS[Format.JSON].write(held)) == held
        assert_it_comes_back(store, "generated", folder)


def assert_it_comes_back(store: Store, review: str, folder: Path) -> None:
    """A review in a store is the same after each format of it has been loaded again."""
    held = bundle_of(store, review)
    for kind, name in COMES_BACK.items():
        try:
            written = FORMATS[kind].write(held)
        except TooLarge as refused:  # a cell of a workbook has its limit
            assert kind is Format.XLSX and "folder" in (refused.hint or "")
            continue
        (folder / name).write_bytes(written)
        report = load(store, folder / name, SETTINGS).report
        changed = {label: n for label, n in report.kinds.items() if n.new or n.changed or n.removed}
        assert changed == {}, kind
    assert bundle_of(store, review) == held


# -- each trap by itself --------------------------------------------------------------------------


@given(text=st.text())
def test_a_neutralised_cell_is_restored_exactly(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(
    parts=st.lists(st.sampled_from(["\ufffe", "\uffff", "_xFFFE_", "_xFFFF_", "_x005F", "_", "x"]))
)
def test_code_points_that_xml_has_no_place_for_come_back(parts: list[str]) -> None:
    text = "".join(parts)
    assert unescaped(spelt(text)) == text
    assert "\ufffe" not in spelt(text) and "\uffff" not in spelt(text)


@given(rows=st.lists(st.lists(st.sampled_from([*TRAPS, "", "a"]), min_size=2), min_size=1))
def test_any_text_in_a_csv_file_comes_back(rows: list[list[str]]) -> None:
    written = csv_text(rows)
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == rows


def test_a_cell_that_looks_like_an_escape_is_what_it_shows(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Review"
    for row in (["field", "value"], ["id", "r"], ["title", "Illustrative _xFFFE_"]):
        book.active.append(row)
    book.create_sheet("Mechanisms").append(["id", "name"])
    book["Mechanisms"].append(["m", "_xFFFE_"])
    book.save(tmp_path / "book.xlsx")
    with scratch_store(SETTINGS) as store:
        load(store, tmp_path / "book.xlsx", SETTINGS)
        held = bundle_of(store, "r")
    assert (held.review.title, held.mechanisms[0].name) == ("Illustrative _xFFFE_", "_xFFFE_")


def test_no_cell_of_a_folder_is_a_formula() -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative"),
        mechanisms=[Mechanism(id=f"r:m{n}", name=text) for n, text in enumerate(TRAPS)],
    )
    for row in csv.reader(io.StringIO(folder_files(bundle)["mechanisms.csv"], newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


# -- reviews made of real files -------------------------------------------------------------------


def real_files() -> Iterator[Path]:
    for folder in ("eppi-json", "refi-qda", "ris", "bib", "csl-json", "endnote-xml", "rayyan-csv"):
        for path in sorted((CORPUS / folder).glob("*")):
            if path.suffix not in (".xsd", ".pdf") and "schema" not in path.name:
                yield path


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
def test_a_review_made_of_a_real_file_comes_back(tmp_path: Path) -> None:
    codes = tmp_path / "codes.yaml"
    codes.write_text("kind: paper\nstance: supports\n", encoding="utf-8")
    tried = 0
    for path in real_files():
        with scratch_store(SETTINGS) as store:
            how = How(mapping=codes) if path.parent.name in ("eppi-json", "refi-qda") else How()
            try:
                load(store, path, SETTINGS, how=how, review="r", title="Illustrative")
            except Rejected:  # nothing of it came in
                continue
            assert_it_comes_back(store, "r", tmp_path)
        tried += 1
    assert tried > 30


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
def test_a_review_with_carriage_returns_comes_back(tmp_path: Path) -> None:
    with scratch_store(SETTINGS) as store:
        load(store, SHARED / "cases" / "reviews" / "cr-review", SETTINGS)
        assert_it_comes_back(store, "r", tmp_path)


def test_what_is_written_for_other_tools_is_named_when_it_is_loaded(tmp_path: Path) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative"),
        mechanisms=[Mechanism(id="r:m", name="Illustrative trust")],
    )
    for kind in (Format.JSON, Format.JSONLD, Format.KUMU, Format.GRAPHML):
        path = tmp_path / f"out{FORMATS[kind].ending}"
        path.write_bytes(FORMATS[kind].write(bundle))
        (problem,) = check(path, SETTINGS, review="r", title="Illustrative").errors
        assert "which is not read" in problem.message, kind
        assert "out.xlsx" in (problem.hint or "")
