"""Out again: what is exported holds what was loaded, read back by the tools it is meant for."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import networkx as nx
import pytest
import rdflib
import rispy
from bundles import bundles
from conftest import EXAMPLES, Ran
from everything import everything
from folders import reading_of
from hypothesis import given
from laws import examples
from serving import fill, in_thread

from exports.flat import flat
from exports.formats import FORMATS, Format
from exports.graphml import records_of
from exports.jsonld import iri
from exports.review_folder import folder_files
from exports.ris import reference
from exports.tables import table_files
from graph.load import load_review
from graph.model import Evidence, Mechanism, Review, ReviewBundle, Source
from graph.names import node_key
from graph.questions.bundle import bundle_of
from graph.schema import kinds
from graph.settings import Settings
from graph.store import Store

GENERATED = examples(40)
VOCABULARY = "urn:theorygraph:vocabulary:"


def in_folder(files: dict[str, str], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def read(folder: Path) -> ReviewBundle:
    return reading_of(folder).accepted()


@pytest.mark.parametrize("review", ["harris2021", "richmond2020"])
def test_a_shipped_review_comes_back_unchanged(loaded: Store, review: str, tmp_path: Path) -> None:
    before = everything(loaded)
    folder = in_folder(folder_files(bundle_of(loaded, review)), tmp_path / review)
    assert not load_review(loaded, read(folder)).changed_anything
    assert everything(loaded) == before


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''-x", "'quoted'", "a;b", "a\\;b", "x\\", "- a"],
)
def test_formulas_semicolons_and_quotes_come_back(store: Store, text: str, tmp_path: Path) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title=text, objectives=[text, "y"]),
        sources=[Source(id="r:s", kind="paper", title=text, authors=[text, "Roy B"])],
        mechanisms=[Mechanism(id="r:m", name=text, aliases=["z", text])],
        evidence=[Evidence(id="r:e", source="r:s", mechanism="r:m", stance="supports", quote=text)],
    )
    load_review(store, bundle)
    files = folder_files(bundle_of(store, "r"))
    for name, content in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(content)):
                assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert not load_review(store, read(in_folder(files, tmp_path / "r"))).changed_anything


@GENERATED
@given(bundle=bundles())
def test_graphml_is_what_networkx_reads(bundle: ReviewBundle) -> None:
    graph = nx.read_graphml(io.BytesIO(FORMATS[Format.GRAPHML].write(bundle)))
    records = records_of(bundle)
    assert set(graph.nodes) == {node_key(label, record.id) for label, record in records}
    for label, record in records:
        node = graph.nodes[node_key(label, record.id)]
        expected = {
            name: value.replace("\r\n", "\n").replace("\r", "\n")
            if isinstance(value, str)
            else value
            for name, value in flat(record).items()
        }
        expected = {name: _of_xml(value) for name, value in expected.items()}
        assert {name: node[name] for name in expected} == expected
        assert set(node) == {*expected, "type", "label"}
    assert Counter(data["type"] for _, _, data in graph.edges(data=True)) == _links(bundle)


def _of_xml(value: Any) -> Any:
    """A text as XML can hold it: the characters that it has no place for are marked."""
    if not isinstance(value, str):
        return value
    return "".join(one if one >= " " and one not in "\ufffe\uffff" else "\ufffd" for one in value)


def _links(bundle: ReviewBundle) -> Counter[str]:
    found: Counter[str] = Counter()
    for label, record in records_of(bundle):
        for link in kinds()[label].links:
            value = getattr(record, link.field)
            found[link.type] += len(value) if isinstance(value, list) else value is not None
    return +found


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@GENERATED
@given(bundle=bundles())
def test_json_ld_is_what_rdflib_reads(bundle: ReviewBundle) -> None:
    graph = rdflib.Graph()
    graph.parse(data=FORMATS[Format.JSONLD].write(bundle).decode(), format="json-ld")
    records = records_of(bundle)
    for label in {label for label, _ in records}:
        held = {iri(label, record.id) for kind, record in records if kind == label}
        kind = rdflib.URIRef(VOCABULARY + label)
        assert {str(one) for one in graph.subjects(rdflib.RDF.type, kind)} == held
    concepts = set(graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept))
    assert {iri("Concept", one.id) for one in bundle.concepts} <= {str(one) for one in concepts}
    for piece in bundle.evidence:
        node = rdflib.URIRef(iri("Evidence", piece.id))
        derived = {str(one) for one in graph.objects(node, rdflib.PROV.wasDerivedFrom)}
        assert derived == {iri("Source", piece.source)}
        quotes = [str(one) for one in graph.objects(node, rdflib.URIRef(VOCABULARY + "quote"))]
        assert quotes == ([piece.quote] if piece.quote is not None else [])
        kind, target = piece.target
        about = {str(one) for one in graph.objects(node, rdflib.URIRef(VOCABULARY + kind))}
        assert about == {iri(kind.capitalize(), target)}
    for one in bundle.mechanisms:
        node = rdflib.URIRef(iri("Mechanism", one.id))
        assert {str(name) for name in graph.objects(node, rdflib.SKOS.prefLabel)} == {one.name}
        (numbers,) = [list(graph.objects(node, rdflib.URIRef(VOCABULARY + "number")))]
        assert [number.toPython() for number in numbers] == (
            [one.number] if one.number is not None else []
        )


@GENERATED
@given(bundle=bundles())
def test_ris_is_what_rispy_reads(bundle: ReviewBundle) -> None:
    found = rispy.loads(FORMATS[Format.RIS].write(bundle).decode())
    assert len(found) == len(bundle.sources)
    for source, read_back in zip(bundle.sources, found, strict=True):
        expected = reference(source)
        assert {name: read_back.get(name) for name in expected} == expected


def test_tables_have_a_row_for_each_record(loaded: Store) -> None:
    bundle = bundle_of(loaded, "richmond2020")
    tables = {
        name: list(csv.DictReader(io.StringIO(text))) for name, text in table_files(bundle).items()
    }
    assert len(tables["source.csv"]) == len(bundle.sources)
    (row,) = (row for row in tables["configuration.csv"] if row["id"] == "richmond2020:F2-C3")
    assert row["contexts"] == "richmond2020:C3"
    assert len(tables) == len(kinds())


@pytest.mark.slow
def test_the_command_writes_every_format(command: Callable[..., Ran], tmp_path: Path) -> None:
    command("load", EXAMPLES / "richmond2020")
    for ending in ("json", "graphml", "jsonld", "ris", "zip"):
        path = tmp_path / f"out.{ending}"
        assert "richmond2020" in command("export", "richmond2020", path).out
        assert path.stat().st_size > 1000
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert "review.yaml" in archive.namelist()
    folder = tmp_path / "folder"
    command("export", "richmond2020", folder)
    assert "0 new, 0 changed" in command("load", folder).out
    refused = command("export", "richmond2020", folder, status=1).err
    assert "not empty" in refused
    command("export", "nobody", tmp_path / "x.json", status=1)
    command("export", "richmond2020", tmp_path / "tables", "--format", "csv")
    assert (tmp_path / "tables" / "source.csv").is_file()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with the shipped reviews."""
    path = fill(tmp_path_factory.mktemp("export") / "s.kgl")
    with in_thread(Settings(store=str(path))) as served, served.client() as client:
        yield client


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/ld+json", "application/ld+json"),
        ("application/graphml+xml, */*;q=0.1", "application/graphml+xml"),
        ("application/x-research-info-systems", "application/x-research-info-systems"),
        ("application/zip;q=0.9, application/json;q=0.2", "application/zip"),
        ("application/*;q=0.5, application/json;q=0", "application/zip"),
    ],
)
def test_the_header_decides_what_is_sent(client: httpx.Client, accept: str, kind: str) -> None:
    response = client.get("/reviews/richmond2020/export", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == kind
    assert "attachment" in response.headers["content-disposition"]
    again = client.get(
        "/reviews/richmond2020/export",
        headers={"Accept": accept, "If-None-Match": response.headers["etag"]},
    )
    assert again.status_code == 304


def test_a_format_that_is_not_offered_is_refused(client: httpx.Client) -> None:
    refused = client.get("/reviews/richmond2020/export", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "application/json" in refused.json()["hint"]
    assert client.get("/reviews/richmond2020/export?format=docx").status_code == 422
    assert client.get("/reviews/nobody/export").status_code == 404


def test_each_format_by_name_is_what_the_command_writes(client: httpx.Client, store: Store) -> None:
    load_review(store, read(EXAMPLES / "richmond2020"))
    bundle = bundle_of(store, "richmond2020")
    for kind in Format:
        sent = client.get(f"/reviews/richmond2020/export?format={kind}")
        assert sent.content == FORMATS[kind].write(bundle), kind


def test_the_context_is_published(client: httpx.Client) -> None:
    published = client.get("/context.jsonld").json()
    document = json.loads(client.get("/reviews/harris2021/export?format=jsonld").content)
    assert published["@context"] == document["@context"]


def test_a_list_as_a_table_by_its_header(client: httpx.Client) -> None:
    table = client.get("/papers", headers={"Accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text == client.get("/papers.csv").text
    both = {"Accept": "text/csv;q=0.5, application/json"}
    assert client.get("/papers", headers=both).headers["content-type"] == "application/json"
