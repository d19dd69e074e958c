"""Reference files: every record is a source, stands for one, or is rejected with its reason."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from reading import fields, put, read
from reference_files import BIBTEX, COVIDENCE, CSL, ENDNOTE, FILES, NBIB, RAYYAN, RIS, WOS

from graph.errors import Rejected
from graph.load import load_review
from graph.model import Evidence, Finding, FindingKind, Mechanism, MergedBy, Stance, StepKind
from graph.questions.bundle import bundle_of
from graph.questions.flow import flow
from graph.questions.references import overlap, references, references_of
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.intake import Loaded, load
from loaders.merging import merge_sources, unmerge_source
from loaders.references.identifiers import doi_of, pmid_of, year_of
from loaders.references.names import author_of
from loaders.similarity import likeness, same

CORPUS = Path(os.environ.get("THEORYGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
TITLE = "Debriefs on illustrative wards: what staff say of speaking up"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")


def into(store: Store, *paths: Path, review: str = "illustrative") -> Loaded:
    return load(store, list(paths), Settings(), review=review, title="Illustrative review")


def holds(loaded: Loaded) -> None:
    """Records in = accepted + merged + rejected, and each rejection is named."""
    for count in loaded.references:
        assert count.records == count.accepted + count.merged + count.rejected
    named = [problem for problem in loaded.warnings if "was left out:" in problem.message]
    assert len(named) >= sum(count.rejected for count in loaded.references)


# ---- Formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_same_records_are_read_from_every_format(name: str, tmp_path: Path) -> None:
    given = read(put(tmp_path, name, FILES[name]))
    assert [p.sentence() for p in given.problems] == []
    assert given.records["records"] == 2
    first, second = given.tables["sources.csv"].rows
    assert first.text("title").casefold() == TITLE.casefold()
    assert first.cells["authors"] == ["Lee AB", "Roy C"]
    assert (first.text("year"), first.text("doi")) == ("2019", "10.9999/illustrative.1")
    assert second.text("year") == "2012"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=lambda name: name
)
def test_line_ends_and_encodings_make_no_difference(
    end: str, encoding: str, tmp_path: Path
) -> None:
    text = RIS.replace("Illustrative Trust", "Société illustrative à Genève, café et naïveté")
    path = put(tmp_path, "r.ris", text.replace("\n", end).encode(encoding))
    given = read(path)
    assert given.records["records"] == 2
    assert given.tables["sources.csv"].rows[1].text("authors").startswith("Société illustrative à")
    told = [problem.message for problem in given.problems]
    assert bool(told) == (encoding == "cp1252")
    assert all("not in UTF-8" in message for message in told)
    assert all(problem.found for problem in given.problems)


def test_every_format_loads_and_all_together_are_two_sources(
    tmp_path: Path, embedded_store: Store
) -> None:
    paths = [put(tmp_path, name, text) for name, text in FILES.items()]
    loaded = into(embedded_store, *paths)
    holds(loaded)
    assert sum(count.records for count in loaded.references) == 12
    bundle = bundle_of(embedded_store, "illustrative")
    titles = sorted(source.title.casefold() for source in bundle.sources)
    assert titles == [
        "a report on debriefs in illustrative hospitals",
        TITLE.casefold(),
        "ein bericht über debriefs",
    ]
    answer = overlap(embedded_store, "illustrative")
    assert (answer.records, answer.merged, answer.sources) == (12, 9, 3)
    assert sum(one.sources for one in answer.items) == answer.sources


def test_junk_between_records_and_quirks_inside_are_read(tmp_path: Path) -> None:
    text = (
        "Record #1 of 2\nProvider: Illustrative\n\n1.\nTY  - JOUR\nT1  - First illustrative\n"
        "N2  - An abstract whose next line begins with\nER in capitals, and goes on\n"
        "KW  - one\ntwo without a tag\nDO  - http://dx.doi.org/10.9999/AB(1)2&amp;x=1\n"
        "DO  - 10.9999/other\nPY  - 10 15\nER  - \nNL  - a line of the database's own\n\n"
        "TY - JOUR\nTI - Second illustrative\nER - \n"
        "TI  - A record without its beginning\nAU  - Lee, A\nER  - \n"
        "TY  - JOUR\nAU  - Nobody, N\nER  - \n"
    )
    given = read(put(tmp_path, "r.ris", text))
    assert given.records == {"records": 4, "rejected": 1, "passed_over": 3}
    first, second, third = given.tables["sources.csv"].rows
    assert [row.text("title") for row in (first, second, third)] == [
        "First illustrative",
        "Second illustrative",
        "A record without its beginning",
    ]
    assert first.text("doi") == "10.9999/ab(1)2"
    kept = fields(given.tables["references.csv"].rows[0])
    assert kept["KW"] == ["one two without a tag"]
    assert kept["N2"] == ["An abstract whose next line begins with ER in capitals, and goes on"]
    assert kept["DO"][1] == "10.9999/other"
    assert kept["NL"] == ["a line of the database's own"]
    places = {(problem.row, problem.column) for problem in given.problems}
    assert places == {(5, "year"), (20, None), (23, None)}


def test_a_file_with_surrogates_is_read_as_what_it_means(tmp_path: Path) -> None:
    title = "Illustrative 😀 debriefs"
    broken = title.encode("utf-16", "surrogatepass").decode("utf-16")
    data = "".join(
        char
        if ord(char) < 0x10000
        else chr(0xD800 + ((ord(char) - 0x10000) >> 10))
        + chr(0xDC00 + ((ord(char) - 0x10000) & 0x3FF))
        for char in broken
    )
    text = f"TY  - JOUR\nTI  - {data}\nER  - \n"
    given = read(put(tmp_path, "r.ris", text.encode("utf-8", "surrogatepass")))
    assert given.tables["sources.csv"].rows[0].text("title") == title
    assert ["CESU-8" in problem.message for problem in given.problems] == [True]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.ris", "", "the file is empty"),
        ("r.ris", "nothing of the kind\n", "there is no RIS record"),
        ("r.bib", "nothing", "there is no BibTeX entry"),
        ("r.nbib", "nothing", "there is no PubMed record"),
        ("r.json", '[{"title": "a"}, {"title": ', "not JSON"),
        ("r.json", "[1, 2]", "not a CSL-JSON item"),
        ("r.xml", "<xml><records></records></xml>", "there is no EndNote record"),
        ("r.xml", "<xml><records><record>", "not XML that can be read to its end"),
        (
            "r.xml",
            '<!DOCTYPE x [<!ENTITY a "b">]><xml><records>&a;</records></xml>',
            "which are not read",
        ),
        ("r.dat", b"\x00\x01\x02\x03", "it is not clear what this file is"),
    ],
)
def test_what_is_no_reference_file_is_said(
    name: str, content: str | bytes, said: str, tmp_path: Path
) -> None:
    given = read(put(tmp_path, name, content))
    assert any(said in problem.sentence() for problem in given.problems)
    assert all(name in problem.sentence() for problem in given.problems)


def test_halves_of_characters_in_json_do_no_harm(tmp_path: Path, embedded_store: Store) -> None:
    text = r'[{"title": "Illustrative \ud800 half", "note\udc00": ["\ud83d\ude00", "\u0000"]}]'
    loaded = into(embedded_store, put(tmp_path, "r.json", text))
    holds(loaded)
    (source,) = bundle_of(embedded_store, "illustrative").sources
    assert source.title == "Illustrative ? half"
    (record,) = references(embedded_store).items
    assert record.fields["note?"] == ['["\N{GRINNING FACE}", "\\u0000"]']


def test_entries_that_bibtex_cannot_hold_are_left_out_and_named(tmp_path: Path) -> None:
    text = BIBTEX + "@article{broken,\n  title = {No end\n}\n@book{after, title={After it}}\n"
    given = read(put(tmp_path, "r.bib", text))
    assert given.records["records"] == 2 + given.records["rejected"] + (
        len(given.tables["sources.csv"].rows) - 2
    )
    assert any("braces of this entry do not match" in one.message for one in given.problems)
    assert given.tables["sources.csv"].rows[-1].text("title") == "After it"
    doubled = read(put(tmp_path, "d.bib", BIBTEX + BIBTEX.split("\n@", 2)[2].join(["@", ""])))
    assert doubled.records["rejected"] == 0


# ---- Identifiers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "10.9999/AbC.1",
        "https://doi.org/10.9999/abc.1",
        "http://dx.doi.org/10.9999/ABC.1",
        "doi:10.9999/abc.1.",
        "10.9999/abc.1?via%3Dihub&amp;utm=source#metadata",
        "10.9999/abc.1&amp;utm_source=x",
        "https://doi.org/10.9999%2Fabc.1",
        "  10.9999/abc.1 [doi]",
    ],
)
def test_a_doi_is_one_however_it_is_written(written: str) -> None:
    assert doi_of(written) == "10.9999/abc.1"


@given(st.text(max_size=60))
def test_what_is_read_as_identifier_reads_as_itself(text: str) -> None:
    doi, pmid = doi_of(text), pmid_of(text)
    assert doi is None or doi_of(doi) == doi
    assert pmid is None or pmid_of(pmid) == pmid
    assert year_of(text) is None or 1500 <= (year_of(text) or 0) < 2200
    author = author_of(text)
    assert author is None or 0 < len(author.name) <= 200


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Gifford, Robert", "Gifford R"),
        ("Grau-Andrés, Roger Juan", "Grau-Andrés RJ"),
        ("Lee, A. B.", "Lee AB"),
        ("Lee AB", "Lee AB"),
        ("World Health Organization", "World Health Organization"),
        ("Smith, J., Jr.", "Smith J Jr."),
    ],
)
def test_names_are_kept_as_surname_and_initials(written: str, kept: str) -> None:
    author = author_of(written)
    assert author is not None and author.name == kept


# ---- The law ------------------------------------------------------------------------------------


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("folder", ["ris", "bib", "csl-json", "endnote-xml", "rayyan-csv"])
def test_every_file_of_the_corpus_keeps_the_law(folder: str, embedded_store: Store) -> None:
    for path in sorted((CORPUS / folder).iterdir()):
        if path.name.endswith(".schema.json"):
            continue
        counted = independent_count(path)
        if path.name in NOTHING_LEFT:
            with pytest.raises(Rejected, match=f"{counted} error"):
                into(embedded_store, path, review="corpus")
            continue
        loaded = into(embedded_store, path, review="corpus")
        holds(loaded)
        assert sum(count.records for count in loaded.references) == counted, path.name


NOTHING_LEFT = ("rispy__example_bom.ris", "rispy__example_multiline.ris")
"""Files of which no record has a title."""


def independent_count(path: Path) -> int:
    """Records of a file, counted without any reader of the product's."""
    data = path.read_bytes()
    if path.suffix == ".ris":
        starts = (
            rb"(?:^|[\r\n]|\xef\xbb\xbf)PT "
            if data.startswith(b"FN")
            else rb"(?:^|[\r\n]|\xef\xbb\xbf)TY  ?-"
        )
        return len(re.findall(starts, data))
    if path.suffix == ".bib":
        return len(re.findall(rb"(?:^|\n)@(?!comment|string|preamble)\w+\{", data))
    if path.suffix == ".json":
        return len(json.loads(data))
    if path.suffix == ".xml":
        return data.count(b"<record>")
    return len(data.decode().strip().splitlines()) - 1


@pytest.mark.slow
@needs_corpus
def test_the_eight_files_of_citesource_load_together(store: Store) -> None:
    paths = sorted((CORPUS / "ris").glob("citesource__*"))
    before = [path for path in paths if not re.search("screened|final", path.name)]
    loaded = into(store, *before)
    holds(loaded)
    assert sum(count.records for count in loaded.references) == 1054
    held = bundle_of(store, "illustrative")
    assert len(held.references) == 1054 - sum(count.rejected for count in loaded.references)
    everything = into(store, *paths)
    holds(everything)
    counts = {count.file: count.records for count in everything.references}
    assert [n for name, n in counts.items() if "screened" in name] == [128]
    assert [n for name, n in counts.items() if "final" in name] == [24]
    answer = overlap(store, "illustrative")
    assert answer.records == 1054 + 128 + 24 - 1
    assert {one.file: one.records for one in answer.files}.keys() == counts.keys()
    assert sum(one.sources for one in answer.items) == answer.sources
    assert into(store, *paths).report.changed_anything is False
    assert into(store, paths[0]).report.changed_anything is False


PAPER = {
    "doi": "10.9999/a1",
    "year": 2020,
    "authors": ["Lee AB", "Roy C"],
    "volume": "4",
    "pages": "10-19",
    "journal": "Illustrative Journal",
}
BARE = {**PAPER, "doi": ""}
T = "A theory of speaking up on wards"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((T, PAPER), (T, PAPER), MergedBy.DOI),
        ((T, BARE), ("A Theory of Speaking-up on Wards.", PAPER), MergedBy.TITLE),
        ((f"{T}. Part I", BARE), (f"{T}. Part II", {**BARE, "pages": ""}), None),
        ((T, BARE), (f"Re: {T}", BARE), None),
        ((T, PAPER), (T, {**PAPER, "doi": "10.9999/a1.s001"}), None),
        (("Editorial", {"year": 2020, "journal": "A"}), ("Editorial", {"year": 2020}), None),
        ((T, BARE), (T, {"authors": ["Somebody E"], "year": 2020}), None),
        ((T, PAPER), ("Sausages and their microbes", PAPER), None),
        ((T, {"pmid": "123"}), (T.removeprefix("A "), {"pmid": "123"}), MergedBy.PMID),
    ],
)
def test_what_is_a_duplicate_and_what_only_looks_like_one(
    one: tuple[str, dict[str, object]],
    other: tuple[str, dict[str, object]],
    expected: MergedBy | None,
) -> None:
    records = [likeness(title, **given) for title, given in (one, other)]  # type: ignore[arg-type]
    for pair in (records, records[::-1]):
        why = same(*pair)
        assert (None if why is None else why[0]) == expected


ROOMS = {**FILES, "rayyan.csv": RAYYAN, "covidence.csv": COVIDENCE}


@pytest.mark.slow
@pytest.mark.parametrize("name", ROOMS)
def test_damaged_files_keep_the_law_and_never_end_in_a_traceback(name: str, tmp_path: Path) -> None:
    """Ten thousand damaged files altogether: bytes changed, cut out, doubled, files cut off."""
    rng = random.Random(name)
    whole = ROOMS[name].encode("utf-8")
    for _ in range(10_000 // len(ROOMS)):
        path = put(tmp_path, name, damaged(whole, rng))
        given = read(path)
        sources = given.tables.get("sources.csv")
        kept = len(sources.rows) if sources else 0
        records, rejected = given.records.get("records", 0), given.records.get("rejected", 0)
        assert records == kept + rejected

        assert len(given.problems) >= rejected
        assert kept or given.problems
        assert all(problem.file == name for problem in given.problems)


def damaged(whole: bytes, rng: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(max(len(data), 1))
        match rng.randrange(5):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[at : at + rng.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + rng.randint(1, 80)]
            case 3:
                data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
            case _:
                del data[at:]
    return bytes(data)


@examples(40)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(2000, 2004), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_loaded_again_stays_what_it_was(papers: list[tuple[int, int, bool]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        text = "".join(
            f"TY  - JOUR\nTI  - Illustrative paper number {n} on debriefs\nPY  - {year}\n"
            f"AU  - Lee, A\n{f'DO  - 10.9999/p{n}{chr(10)}' if stated else ''}ER  - \n"
            for n, year, stated in papers
        )
        halves = [put(Path(folder), "a.ris", text), put(Path(folder), "b.ris", text)]
        with open_store(Settings(store=f"{folder}/s.kgl")) as opened:
            first = into(opened, *halves)
            holds(first)
            assert first.references[1].accepted == 0
            for again in (halves, [halves[0]], [halves[1]]):
                assert not into(opened, *again).report.changed_anything


# ---- Merging by hand ---------------------------------------------------------------------------


TWO = """\
TY  - JOUR
TI  - Speaking up on illustrative wards
AU  - Lee, A
PY  - 2019
ER  -
TY  - JOUR
TI  - Voice and silence in illustrative theatres
AU  - Roy, B
PY  - 2020
ER  -
TY  - JOUR
TI  - Speaking up on illustrative wards
AU  - Lee, Anna
PY  - 2019
ER  -
"""


def test_a_merge_by_hand_is_taken_back_exactly(store: Store, tmp_path: Path) -> None:
    path = put(tmp_path, "r.ris", TWO)
    into(store, path)
    before = bundle_of(store, "illustrative")
    one, other = (source.id for source in before.sources)
    done = merge_sources(store, one, other, Settings(), declared_by="illustrative")
    merged = bundle_of(store, "illustrative")
    assert [source.id for source in merged.sources] == [one]
    assert {record.source for record in merged.references} == {one}
    assert [record.fields for record in merged.references] == [
        record.fields for record in before.references
    ]
    assert merged.merges[0].declared_by == "illustrative"
    assert not into(store, path).report.changed_anything
    unmerge_source(store, done.other, Settings())
    assert bundle_of(store, "illustrative") == before


def test_what_a_merge_moves_is_moved_back_and_nothing_else(store: Store, tmp_path: Path) -> None:
    into(store, put(tmp_path, "r.ris", TWO))
    held = bundle_of(store, "illustrative")
    one, other = (source.id for source in held.sources)
    mechanism = Mechanism(id="illustrative:m", name="Illustrative")

    def said(name: str, *sources: str) -> Finding:
        return Finding(
            id=f"illustrative:{name}",
            kind=FindingKind.GAP,
            name=name,
            statement="Illustrative.",
            said_by=list(sources),
        )

    about = {"mechanism": mechanism.id, "stance": Stance.SUPPORTS}
    load_review(
        store,
        held.model_copy(
            update={
                "mechanisms": [mechanism],
                "evidence": [
                    Evidence(id="illustrative:e1", source=one, **about),
                    Evidence(id="illustrative:e2", source=other, **about),
                ],
                "findings": [said("f1", one), said("f2", other), said("f3", one, other)],
            }
        ),
    )
    before = bundle_of(store, "illustrative")
    merge_sources(store, one, other, Settings())
    merged = bundle_of(store, "illustrative")
    assert {piece.source for piece in merged.evidence} == {one}
    assert [finding.said_by for finding in merged.findings] == [[one]] * 3
    unmerge_source(store, other, Settings())
    assert bundle_of(store, "illustrative") == before


def test_a_merge_by_a_rule_is_parted_and_stays_so(store: Store, tmp_path: Path) -> None:
    path = put(tmp_path, "r.ris", TWO)
    into(store, path)
    (record,) = references(store, merged=True).items
    assert record.merged_by is MergedBy.TITLE
    assert [view.id for view in references_of(store, record.source.id).items] == sorted(
        [
            record.id,
            *(v.id for v in references_of(store, record.source.id).items if v.id != record.id),
        ]
    )
    parted = unmerge_source(store, record.id, Settings(), note="illustrative")
    assert len(bundle_of(store, "illustrative").sources) == 3
    again = into(store, path)
    assert not again.report.changed_anything
    assert again.references[0].merged == 0
    merge_sources(store, parted.kept, parted.other, Settings())
    assert len(bundle_of(store, "illustrative").sources) == 2
    assert into(store, path).references[0].merged == 1


def test_what_cannot_be_merged_is_refused(store: Store, tmp_path: Path) -> None:
    into(store, put(tmp_path, "r.ris", TWO))
    one = bundle_of(store, "illustrative").sources[0].id
    with pytest.raises(Rejected, match="1 error"):
        merge_sources(store, one, one, Settings())


# ---- Screening ----------------------------------------------------------------------------------


def test_decisions_of_rayyan_fill_the_flow(store: Store, tmp_path: Path) -> None:
    loaded = into(store, put(tmp_path, "rayyan.csv", RAYYAN))
    holds(loaded)
    bundle = bundle_of(store, "illustrative")
    included = {
        source.title: (source.included, source.excluded_because) for source in bundle.sources
    }
    assert included == {
        TITLE: (True, None),
        "A report on debriefs in illustrative hospitals": (False, "wrong population"),
        "Another report on debriefs": (None, None),
        "A report on something else": (False, "wrong population"),
    }
    report = flow(store, "illustrative")
    assert all(equation.holds for equation in report.equations)
    numbers = {(step.kind, step.name): step.n for step in bundle.steps}
    assert numbers == {
        (StepKind.ENTRANCE, "screened"): 4,
        (StepKind.EXIT, "excluded: wrong population"): 2,
        (StepKind.TOTAL, "not excluded"): 2,
        (StepKind.ENTRANCE, "included"): 1,
        (StepKind.ENTRANCE, "undecided"): 1,
        (StepKind.TOTAL, "together"): 2,
    }


def test_exclusion_reasons_of_covidence_fill_the_flow(store: Store, tmp_path: Path) -> None:
    into(store, put(tmp_path, "covidence.csv", COVIDENCE))
    bundle = bundle_of(store, "illustrative")
    assert {source.excluded_because for source in bundle.sources} == {None, "Wrong outcomes"}
    assert {step.name: step.n for step in bundle.steps}["excluded: Wrong outcomes"] == 1


# ---- Doors --------------------------------------------------------------------------------------


def test_the_command_line_loads_shows_merges_and_parts(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    path = put(tmp_path, "r.ris", TWO)
    refused = command("load", path, status=1).err
    assert "--review" in refused
    ran = command("load", path, "--review", "r", "--title", "Illustrative", "--dry-run").out
    assert "this was a dry run" in ran
    assert "there is no store" in command("loads", status=1).err
    out = command("load", path, "--review", "r", "--title", "Illustrative").out
    assert "3 records = 2 accepted + 1 merged + 0 rejected" in out
    shown = command("sources", "overlap", "r").out
    assert "r: 3 records - 1 merged = 2 sources" in shown
    (record,) = json.loads(command("sources", "records", "--merged", "--json").out)["items"]
    assert record["id"] in command("sources", "records", record["source"]["id"]).out
    command("sources", "unmerge", record["id"])
    assert "3 records - 0 merged = 3 sources" in command("sources", "overlap", "r").out
    history = json.loads(command("loads", "--json").out)["items"]
    assert [load["files"][0]["name"] for load in history] == ["r.ris"]
    assert history[0]["merged"] == 1


def test_wording_is_the_same_for_names_of_every_reader(tmp_path: Path) -> None:
    for name, text in (("w.ris", WOS), ("x.xml", ENDNOTE), ("c.json", CSL), ("p.nbib", NBIB)):
        given = read(put(tmp_path, name, text))
        assert given.file == name
        assert {row.text("file") for row in given.tables["references.csv"].rows} == {name}
