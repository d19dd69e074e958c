"""What earlier versions made still opens: stores, folders, workbooks, maps, sites and addresses."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import neo4j
import pytest
from everything import everything
from serving import EARLIER, in_thread, of_version

from api.app import create_app
from api.site.publish import publish
from graph import schema, upgrade
from graph.catalogue import Query, named
from graph.errors import StoreNewer, StoreOutdated
from graph.questions.bundle import bundle_of
from graph.questions.loads import loads
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.intake import load
from visualise import places_of, write_map

VERSIONS = ("0.1.0",)
REVIEWS = ("harris2021", "illustrative", "richmond2020")
FORMS = Query("forms", "MATCH (r:Review) RETURN r.id AS id, r.format AS format ORDER BY id", "")

pytestmark = pytest.mark.parametrize("version", VERSIONS)


def rows_of(version: str) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads(
        gzip.decompress((EARLIER / version / "graph.json.gz").read_bytes())
    )
    return rows


def written_raw(settings: Settings, rows: dict[str, Any]) -> None:
    """Make a server hold just these, node by node, as an earlier version left them there."""
    auth = (settings.store_user, settings.password() or "")
    with neo4j.GraphDatabase.driver(settings.store, auth=auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        for label, nodes in rows["nodes"].items():
            driver.execute_query(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=nodes)
        for ends, links in rows["links"].items():
            one, type_, other = ends.split()
            driver.execute_query(
                "UNWIND $rows AS row "
                f"MATCH (a:{one} {{id: row.one}}), (b:{other} {{id: row.other}}) "
                f"CREATE (a)-[r:{type_}]->(b) "
                "SET r.position = row.position, r.inferred = row.inferred",
                rows=links,
            )


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def kept(version: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where a store is that the version filled, on both kinds; nobody has opened it since."""
    if request.param == "embedded":
        yield Settings(store=str(of_version(version, "store.kgl", tmp_path)))
        return
    request.getfixturevalue("neo4j_store")
    settings: Settings = request.getfixturevalue("neo4j_settings")
    written_raw(settings, rows_of(version))
    yield settings
    written_raw(settings, {"nodes": {}, "links": {}})


def by_id(value: Any) -> Any:
    """An answer with its records in the order of ids: 0.1.0 did not keep the order of files."""
    if isinstance(value, dict):
        return {name: by_id(inner) for name, inner in value.items()}
    if isinstance(value, list):
        inner = [by_id(one) for one in value]
        named = all(isinstance(one, dict) and "id" in one for one in inner)
        return sorted(inner, key=lambda one: one["id"]) if named else inner
    return value


def unopened(settings: Settings) -> Store:
    """The store as it stands: nothing brings it up to date."""
    from graph.store_embedded import EmbeddedStore
    from graph.store_neo4j import Neo4jStore

    if "://" in settings.store:
        return Neo4jStore(settings.store, settings)
    return EmbeddedStore(Path(settings.store), settings)


def test_every_answer_is_that_of_a_store_loaded_today(
    version: str, kept: Settings, tmp_path: Path
) -> None:
    with open_store(kept) as store:
        store.begin()
        assert [row["format"] for row in store.read(FORMS)] == [schema.FORMAT] * len(REVIEWS)
        told = everything(store)
        order = [load.review for load in reversed(loads(store).items)]
        assert sorted(order) == [*REVIEWS], "what was loaded is still known"
    with open_store(Settings(store=str(tmp_path / "today.kgl"))) as today:
        for review in order:
            load(today, EARLIER / version / f"{review}.zip", Settings())
        wanted = everything(today)
    assert set(told) == set(wanted)
    for name in wanted:
        assert by_id(told[name]) == by_id(wanted[name]), name


def test_records_and_their_marks_stay_what_they_were(version: str, kept: Settings) -> None:
    raw = unopened(kept)
    before = {review: bundle_of(raw, review) for review in REVIEWS}
    raw.close()
    with open_store(kept) as store:
        assert {review: bundle_of(store, review) for review in REVIEWS} == before
        assert any("harris2021, illustrative and richmond2020" in said for said in store.notices)
        assert any("Load the files of illustrative again" in said for said in store.notices)
    with open_store(kept) as again:
        again.begin()
        assert again.notices == (), "once is enough"


def test_all_reviews_are_brought_up_to_date_or_none(
    version: str, kept: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def state() -> list[Any]:
        raw = unopened(kept)
        try:
            return [raw.read(FORMS), raw.read(named("revisions"))]
        finally:
            raw.close()

    before = state()
    genuine = upgrade.read_bundle

    def failing(read: Callable[..., Any], review: str) -> Any:
        if review == REVIEWS[-1]:
            raise StoreOutdated("an illustrative reason", [])
        return genuine(read, review)

    with monkeypatch.context() as broken:
        broken.setattr(upgrade, "read_bundle", failing)
        with (
            pytest.raises(StoreOutdated, match="an illustrative reason") as raised,
            open_store(kept) as store,
        ):
            bundle_of(store, REVIEWS[0])
        assert raised.value.reviews == [*REVIEWS]
        assert raised.value.hint
        assert "load again" in raised.value.hint
    assert state() == before
    with open_store(kept) as store:
        assert bundle_of(store, REVIEWS[0])
    assert [row["format"] for row in state()[0]] == [schema.FORMAT] * len(REVIEWS)


def test_what_no_longer_fits_is_named_with_the_reviews_to_load_again(
    version: str, kept: Settings
) -> None:
    raw = unopened(kept)
    spoilt = "MATCH (s:Source {review: 'richmond2020'}) SET s.kind = 'no such kind'"
    raw.write(lambda transaction: transaction.run(Query("spoil", spoilt, "")))
    raw.close()
    with (
        pytest.raises(StoreOutdated, match=r"cannot be brought up to date.*Source, kind") as raised,
        open_store(kept) as store,
    ):
        bundle_of(store, "harris2021")
    assert raised.value.reviews == [*REVIEWS]


def test_a_step_repairs_what_is_stored_before_it_is_read(
    version: str, kept: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair = Query(
        "repair",
        "MATCH (r:Review) WHERE r.id IN $reviews SET r.title = 'Repaired: ' + r.title",
        "Illustrative.",
    )
    monkeypatch.setattr(upgrade, "named", lambda name: repair if name == "repair" else named(name))
    step = upgrade.Step(to=schema.FORMAT, statements=["repair"])
    monkeypatch.setattr(upgrade, "STEPS", (*upgrade.STEPS, step))
    with open_store(kept) as store:
        assert bundle_of(store, "illustrative").review.title == "Repaired: Illustrative review"


def from_later(settings: Settings) -> None:
    with open_store(settings) as store:
        store.begin()
        later = "MATCH (r:Review {id: 'harris2021'}) SET r.format = 99"
        store.write(lambda transaction: transaction.run(Query("later", later, "")))


def test_what_a_later_version_wrote_is_left_alone(version: str, kept: Settings) -> None:
    from_later(kept)
    with pytest.raises(StoreNewer, match="harris2021"), open_store(kept) as store:
        bundle_of(store, "harris2021")


def test_the_command_line_says_what_was_done_and_what_cannot_be(
    version: str, tmp_path: Path, command: Callable[..., Any]
) -> None:
    path = of_version(version, "store.kgl", tmp_path)
    first = command("show", "reviews", "--store", path)
    assert "written by 0.1.0, are now kept as today" in " ".join(first.err.split())
    assert "kept as today" not in first.out
    assert command("show", "reviews", "--store", path).err == ""
    from_later(Settings(store=str(path)))
    refused = command("gaps", "--store", path, status=1)
    assert "A later version wrote this store" in refused.err


def test_http_says_so_too(version: str, tmp_path: Path) -> None:
    settings = Settings(store=str(of_version(version, "store.kgl", tmp_path)))
    with in_thread(settings) as served, served.client() as client:
        assert "written by 0.1.0" in client.get("/health").json()["notices"][0]


@pytest.mark.neo4j
@pytest.mark.parametrize("kept", ["neo4j"], indirect=True)
def test_http_refuses_questions_to_a_server_that_a_later_version_wrote_to(
    version: str, kept: Settings
) -> None:
    from_later(kept)
    with in_thread(kept) as served, served.client() as client:
        for address in ("/reviews", "/gaps", "/ask?q=help"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert answer.json()["type"].endswith("store-newer")


def test_folders_and_workbooks_load_as_the_same_reviews(version: str, tmp_path: Path) -> None:
    with open_store(Settings(store=str(of_version(version, "store.kgl", tmp_path)))) as old:
        for review in REVIEWS:
            wanted = bundle_of(old, review)
            for ending in ("zip", "xlsx"):
                fresh = Settings(store=str(tmp_path / f"{review}.{ending}.kgl"))
                with open_store(fresh) as store:
                    load(store, EARLIER / version / f"{review}.{ending}", fresh)
                    found = bundle_of(store, review).model_dump()
                    assert by_id(found) == by_id(wanted.model_dump()), f"{review}.{ending}"


def test_a_map_drawn_over_an_earlier_one_keeps_its_order(version: str, tmp_path: Path) -> None:
    earlier = places_of(of_version(version, "map.html", tmp_path))
    assert len(earlier) > 50
    with open_store(Settings(store=str(of_version(version, "store.kgl", tmp_path)))) as store:
        drawn = theory_map(store, review="richmond2020")
    write_map(drawn, tmp_path / "map.html", None, earlier)
    now = places_of(tmp_path / "map.html")
    columns: dict[str, list[str]] = {}
    for node in drawn.nodes:
        if node.key in earlier:
            columns.setdefault(node.kind, []).append(node.key)
    for kind, keys in columns.items():
        assert sorted(keys, key=now.__getitem__) == sorted(keys, key=earlier.__getitem__), kind


def test_a_site_is_published_over_an_earlier_one_and_keeps_its_files(
    version: str, tmp_path: Path
) -> None:
    settings = Settings(store=str(of_version(version, "store.kgl", tmp_path)))
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(EARLIER / version / "site.json", site / "addresses.json")
    with open_store(settings) as store:
        publish(store, settings, site, review="illustrative")
    files = json.loads((EARLIER / version / "site.json").read_text(encoding="utf-8"))["files"]
    # What names no level is no column any more: a cell of it has a page where there is evidence.
    wanted = [name for name, told in files.items() if "at=not+stated" not in told]
    cells = {name.partition(".")[0].removeprefix("embed/") for name in files.keys() - {*wanted}}
    assert all(name.startswith("gaps/") for name in cells)
    wanted = [name for name in wanted if name.partition(".")[0] not in cells]
    assert [name for name in wanted if not (site / name).is_file()] == []


def addresses(version: str) -> list[str]:
    return (EARLIER / version / "addresses.txt").read_text(encoding="utf-8").splitlines()


def test_every_operation_takes_the_parameters_that_it_took(version: str, tmp_path: Path) -> None:
    with open_store(Settings(store=str(tmp_path / "store.kgl"))) as store:
        paths = create_app(Settings(), store).openapi()["paths"]
    for line in addresses(version):
        if line.startswith("/"):
            continue
        method, path, *names = line.split()
        assert method.lower() in paths.get(path, {}), line
        taken = {given["name"] for given in paths[path][method.lower()].get("parameters", ())}
        assert set(names) <= taken, line


@pytest.mark.slow
def test_every_address_still_answers(version: str, tmp_path: Path) -> None:
    settings = Settings(store=str(of_version(version, "store.kgl", tmp_path)))
    site = json.loads((EARLIER / version / "site.json").read_text(encoding="utf-8"))["files"]
    wanted = {line for line in addresses(version) if line.startswith("/")} | set(site.values())
    with in_thread(settings) as served, served.client() as client:
        for address in sorted(wanted - {""}):
            page, place = urldefrag(address)
            answer = client.get(page, headers={"Accept": "text/html, */*;q=0.5"})
            if "row=" in page and "at=not+stated" in page and answer.status_code == 404:
                continue  # nothing stands beside the matrix for this row, which the changelog tells
            assert answer.status_code in (200, 307), f"{address}: {answer.status_code}"
            if place and "text/html" in answer.headers["content-type"]:
                assert re.search(rf'\sid="{re.escape(place)}"', answer.text), address
