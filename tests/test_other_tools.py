"""Reviews for Kumu and for tools that read REFI-QDA, and the names that say what is written."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bundles import bundles
from conftest import EXAMPLES, ROOT, Ran
from hypothesis import given
from laws import examples
from test_out_and_in import CORPUS

from exports.formats import FORMATS, Format
from graph.model import (
    Code,
    Concept,
    Configuration,
    Evidence,
    HistoryEntry,
    Level,
    Mechanism,
    Part,
    Passage,
    Review,
    ReviewBundle,
    SameAs,
    Source,
)
from loaders.coded.mapping import read_mapping
from loaders.coded.refi import read_refi
from loaders.parsed_input import Given

REVIEW = ReviewBundle(
    review=Review(id="r", title="An illustrative review"),
    levels=[Level(id="r:ward", name="Ward")],
    sources=[
        Source(id="r:s1", kind="paper", title="Illustrative paper", year=2019, authors=["Lee A"]),
        Source(id="r:s2", kind="grey", title="Another illustrative paper"),
    ],
    mechanisms=[
        Mechanism(id="r:x", name="Illustrative trust"),
        Mechanism(id="r:m", name="Illustrative pride"),
    ],
    concepts=[Concept(id="r:x", name="Illustrative weather")],
    configurations=[
        Configuration(id="r:k", mechanisms=["r:x"], contexts=[Part(concept="r:x", inferred=True)])
    ],
    history=[
        HistoryEntry(id="r:h", mechanism="r:m", position=0, status="incorporated", into=["r:x"])
    ],
    evidence=[
        Evidence(
            id="r:e1",
            source="r:s1",
            mechanism="r:x",
            stance="supports",
            quote="They “trusted” him —\r\nmostly \U0001f600.",
            statement="Illustrative statement.",
            locator="p. 3",
            levels=["ward"],
            contexts=["r:x"],
            coder="Illustrative A",
        ),
        Evidence(id="r:e2", source="r:s1", concept="r:x", stance="challenges"),
    ],
    codes=[
        Code(id="r:c1", name="Help", file="old.qdpx", description="What helps."),
        Code(id="r:c2", name="At work", parent="r:c1", file="old.qdpx"),
    ],
    passages=[
        Passage(
            id="r:e1",
            source="r:s1",
            code="r:c2",
            quote="words about work",
            span="4-20",
            arm="Illustrative arm",
            coder="Illustrative A",
            note="A note.",
            file="old.qdpx",
        ),
        Passage(id="r:p2", source="r:s1", code="r:c1", arm="Illustrative arm", file="old.qdpx"),
    ],
)
"""Illustrative: a mechanism and a concept share an id, evidence and a passage another."""


# -- Kumu -----------------------------------------------------------------------------------------


def kumu_of(bundle: ReviewBundle) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(FORMATS[Format.KUMU].write(bundle))
    return found


def test_kumu_gets_elements_and_connections() -> None:
    found = kumu_of(REVIEW)
    labels = {element["id"]: element["label"] for element in found["elements"]}
    assert labels["Mechanism/r:x"] == "Illustrative trust"
    assert labels["Concept/r:x"] == "Illustrative weather"
    assert {element["type"] for element in found["elements"]} == {
        *("Source", "Mechanism", "Concept", "Configuration")
    }
    drawn = {(one["from"], one["type"], one["to"]) for one in found["connections"]}
    assert drawn == {
        ("Concept/r:x", "context", "Configuration/r:k"),
        ("Configuration/r:k", "belongs to", "Mechanism/r:x"),
        ("Mechanism/r:m", "incorporated into", "Mechanism/r:x"),
        ("Source/r:s1", "supports", "Mechanism/r:x"),
        ("Source/r:s1", "challenges", "Concept/r:x"),
    }
    (piece,) = (one for one in found["connections"] if one["type"] == "supports")
    assert (piece["locator"], piece["direction"]) == ("p. 3", "directed")
    assert piece["quote"] == REVIEW.evidence[0].quote


def test_kumu_gets_what_is_declared_to_be_the_same_once() -> None:
    concepts = [*REVIEW.concepts, Concept(id="r:c", name="Illustrative climate")]
    declared = [
        SameAs(id="r:a", concept="r:c", same_as="r:x"),
        SameAs(id="r:b", concept="r:x", same_as="r:x"),
        SameAs(id="r:d", concept="r:c", same_as="r:m"),
    ]
    found = kumu_of(REVIEW.model_copy(update={"concepts": concepts, "same_as": declared}))
    drawn = [one for one in found["connections"] if one["type"] == "same as"]
    assert {one["direction"] for one in drawn} == {"undirected"}
    assert sorted((one["from"], one["to"]) for one in drawn) == [
        ("Concept/r:c", "Concept/r:x"),  # of the same kind, though a mechanism has that id too
        ("Concept/r:c", "Mechanism/r:m"),
        ("Concept/r:x", "Mechanism/r:x"),
    ]


@examples(15)
@given(bundle=bundles())
def test_what_kumu_gets_is_whole(bundle: ReviewBundle) -> None:
    """As Kumu documents its blueprints: ids once, ends by id, values that are texts or numbers."""
    found = kumu_of(bundle)
    ids = Counter(element["id"] for element in found["elements"])
    assert set(ids.values()) <= {1}
    kinds = ("mechanisms", "concepts", "configurations", "theories")
    speaking = {one.source for one in bundle.evidence}
    connected = {
        one[end].removeprefix("Source/")
        for one in found["connections"]
        for end in ("from", "to")
        if one[end].startswith("Source/")
    }
    assert connected - speaking <= {
        id_ for one in bundle.same_as if one.source for id_ in (one.one, one.same_as)
    }
    assert ids.total() == sum(len(getattr(bundle, kind)) for kind in kinds) + len(connected)
    assert len({one["id"] for one in found["connections"]}) == len(found["connections"])
    for one in found["connections"]:
        assert one["from"] in ids and one["to"] in ids
    evidence = [one for one in found["connections"] if one["id"].startswith("Evidence/")]
    assert {one["id"] for one in evidence} == {f"Evidence/{one.id}" for one in bundle.evidence}
    for record in (*found["elements"], *found["connections"]):
        assert all(isinstance(value, str | int | bool) for value in record.values())


# -- REFI-QDA -------------------------------------------------------------------------------------


def refi_again(bundle: ReviewBundle, folder: Path, mapping: str = "kind: paper\n") -> Given:
    path = folder / "out.qdpx"
    path.write_bytes(FORMATS[Format.QDPX].write(bundle))
    said, problems = read_mapping(mapping, "codes.yaml")
    assert problems == []
    return read_refi(path, "out.qdpx", mapping=said, max_mb=10)


def cells(given_: Given, file: str) -> list[dict[str, str]]:
    rows = given_.tables[file].rows if file in given_.tables else []
    return [{name: texts[0] for name, texts in row.cells.items()} for row in rows]


def test_a_project_holds_codes_passages_and_cases(tmp_path: Path) -> None:
    given_ = refi_again(REVIEW, tmp_path)
    assert given_.problems == []
    codes = {one["id"]: one for one in cells(given_, "codes.csv")}
    names = {
        one["name"]: codes.get(one.get("parent", ""), {}).get("name") for one in codes.values()
    }
    assert names["At work"] == "Help"
    assert names["Illustrative trust"] == "Mechanisms"
    assert names["Illustrative weather"] == "Concepts"
    assert (names["Ward"], names["supports"]) == ("Levels", "Stances")
    assert [one["title"] for one in cells(given_, "sources.csv")] == ["Illustrative paper"]
    passages = cells(given_, "passages.csv")
    found = {(codes[one["code"]]["name"], one.get("quote")) for one in passages}
    quote = REVIEW.evidence[0].quote
    coded = ("Illustrative trust", "Illustrative weather", "Ward", "supports")
    assert found == {
        ("At work", "words about work"),
        ("Help", None),
        ("Illustrative weather", None),
        ("challenges", None),
        *((name, quote) for name in coded),
    }
    (work,) = (one for one in passages if one.get("quote") == "words about work")
    assert (work["arm"], work["coder"], work["note"]) == (
        *("Illustrative arm", "Illustrative A", "A note."),
    )


def test_a_project_can_be_evidence_again(tmp_path: Path) -> None:
    mapping = (
        "kind: paper\nstances: {supports: supports, challenges: challenges}\n"
        "mechanisms: [Mechanisms > Illustrative trust]\n"
        "contexts: [Concepts > Illustrative weather]\nlevels: [Ward]\n"
    )
    given_ = refi_again(REVIEW, tmp_path, mapping)
    assert given_.problems == []
    (piece,) = (one for one in cells(given_, "evidence.csv") if "quote" in one)
    assert (piece["stance"], piece["levels"]) == ("supports", "Ward")
    assert piece["quote"] == REVIEW.evidence[0].quote


@examples(10)
@given(bundle=bundles())
def test_no_coded_passage_is_lost(
    bundle: ReviewBundle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given_ = refi_again(bundle, tmp_path_factory.mktemp("refi"))
    assert [one for one in given_.problems if one.severity.value == "error"] == []
    names = {one["id"]: one["name"] for one in cells(given_, "codes.csv")}
    found = Counter(
        (names[one["code"]], one.get("quote"), one.get("coder"))
        for one in cells(given_, "passages.csv")
    )
    own = {code.id: code.name for code in bundle.codes}
    for passage in bundle.passages:
        # What is only white space is no words of a source.
        quote = passage.quote if passage.quote and passage.quote.strip() else None
        coder = passage.coder.strip() if passage.coder else None  # as any cell is read
        assert found[own[passage.code].strip(), quote, coder] >= 1


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
@examples(10)
@given(bundle=bundles())
def test_a_project_is_valid_by_the_published_schema(bundle: ReviewBundle) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(CORPUS / "refi-qda" / "Project.xsd")))
    for one in (bundle, REVIEW):
        with zipfile.ZipFile(io.BytesIO(FORMATS[Format.QDPX].write(one))) as archive:
            project = etree.fromstring(archive.read("project.qde"))
            texts = {name for name in archive.namelist() if name != "project.qde"}
        schema.assertValid(project)
        guids = [element.get("guid") for element in project.iter() if element.get("guid")]
        assert len(set(guids)) == len(guids)
        paths = {source.get("plainTextPath") for source in project.iter("{*}TextSource")}
        assert {f"internal://{name.removeprefix('Sources/')}" for name in texts} == paths


# -- names of files -------------------------------------------------------------------------------


def test_a_name_says_what_is_written(command: Callable[..., Ran], tmp_path: Path) -> None:
    command("load", EXAMPLES / "richmond2020")
    for name, kind in {
        "a.kumu.json": "kumu",
        "a.json": "json",
        "a.qdpx": "qdpx",
        "a.csv.zip": "csv",
        "a.zip": "folder",
        "A.XLSX": "xlsx",
        "folder": "folder",
    }.items():
        told = " ".join(command("export", "richmond2020", tmp_path / name).out.split())
        assert f"richmond2020 as {kind}" in told, name
        # Only what holds every record says how many there are.
        assert ("173 records" in told) is (kind not in ("kumu", "qdpx")), name
    for name in ("out.docx", "out.ttl", "richmond.v2"):
        refused = command("export", "richmond2020", tmp_path / name, status=1).err
        assert ".xlsx" in refused and ".graphml" in refused and "--format" in refused
        assert not (tmp_path / name).exists()
    command("export", "richmond2020", tmp_path / "richmond.v2", "--format", "folder")
    assert (tmp_path / "richmond.v2" / "review.yaml").is_file()


def test_a_refused_load_makes_no_store(command: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "review.yaml").write_text("id: r\n", encoding="utf-8")
    store = tmp_path / "new" / "store.kgl"
    store.parent.mkdir()
    assert "title" in command("load", tmp_path / "bad", "--store", store, status=1).err
    assert list(store.parent.iterdir()) == []
    command("load", ROOT / "examples" / "richmond2020", "--store", store)
    assert store.is_file()
