"""What HTTP adds to an answer: unchanged ones, parts, tables, links, and what an operator sees."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from prometheus_client.parser import text_string_to_metric_families
from serving import (
    COMMAND,
    PATIENCE,
    ROOT,
    TOKEN,
    as_process,
    copied,
    environment,
    fill,
    illustrative,
    in_thread,
    patiently,
    zipped,
)
from two_hundred import questions

from api.content_negotiation import preferred
from api.routes import chains, compare, contradictions, records, sensitivity
from api.routes import questions as questions_
from graph.answers.rows import columns, item_of
from graph.load import load_review
from graph.model import Mechanism, Reference, Review, ReviewBundle, Source
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.intake import load

LISTS = (
    "/reviews",
    "/papers",
    "/sources",
    "/mechanisms",
    "/configurations",
    "/concepts",
    "/theories",
    "/findings",
    "/evidence",
    "/contradictions",
    "/chains?from=C3",
    "/sensitivity",
    "/agreement",
    "/compare?reviews=harris2021,richmond2020",
    "/same-as",
    "/mechanisms/working-with-power/evidence",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("shape") / "store.kgl")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[httpx.Client]:
    with in_thread(Settings(store=str(store))) as served, served.client() as opened:
        yield opened


def with_query(path: str, **more: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"{path}{'&' if '?' in path else '?'}{query}"


def as_table(path: str) -> str:
    address, mark, query = path.partition("?")
    return f"{address}.csv{mark}{query}"


# ---- Unchanged answers ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*LISTS, "/gaps", "/reviews/harris2021", "/maps/theory", "/"])
def test_an_unchanged_answer_is_not_sent_again(path: str, client: httpx.Client) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(path, headers={"If-None-Match": 'W/"another"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_a_load_changes_what_was_asked_before(store: Path, tmp_path: Path) -> None:
    settings_ = Settings(store=str(copied(store, tmp_path)), token=TOKEN)
    authorised = {"Authorization": f"Bearer {TOKEN}"}
    with in_thread(settings_) as served, served.client() as client:
        before = {path: client.get(path) for path in (*LISTS, "/gaps", "/health")}
        folder = illustrative(tmp_path / "folder")
        loaded = client.post("/loads", content=zipped(folder), headers=authorised)
        assert loaded.status_code == 201
        for path in (*LISTS, "/gaps"):
            now = client.get(path, headers={"If-None-Match": before[path].headers["etag"]})
            # A name that two reviews use now stands for two records.
            assert now.status_code == (409 if "working-with-power" in path else 200), path
            if now.status_code != 200:
                continue
            assert now.headers["etag"] != before[path].headers["etag"]
        assert len(client.get("/reviews").json()["items"]) == 3
        etag = client.get("/papers").headers["etag"]
        again = client.post("/loads", content=zipped(folder), headers=authorised)
        assert again.json()["report"]["total"]["changed"] == 0
        same = client.get("/papers", headers={"If-None-Match": etag})
        assert same.status_code == 304  # a load that changes nothing keeps every answer


def test_an_answer_from_memory_is_the_one_that_was_made(
    client: httpx.Client, store: Path, tmp_path: Path
) -> None:
    unkept = Settings(store=str(copied(store, tmp_path)), cache_mb=0)
    with in_thread(unkept) as served, served.client() as bare:
        for path in (*LISTS, "/gaps", "/maps/theory"):
            answers = [client.get(path), client.get(path), bare.get(path), bare.get(path)]
            assert len({answer.content for answer in answers}) == 1, path
            assert len({answer.headers["content-type"] for answer in answers}) == 1


# ---- Parts, tables, links ------------------------------------------------------------------------


@pytest.mark.parametrize("path", LISTS)
def test_only_the_fields_that_are_named_come(path: str, client: httpx.Client) -> None:
    whole = client.get(path).json()
    narrowed = client.get(with_query(path, fields="id")).json()
    assert narrowed["items"] == [{"id": item["id"]} for item in whole["items"]]
    assert {name: part for name, part in narrowed.items() if name != "items"} == {
        name: part for name, part in whole.items() if name != "items"
    }
    refused = client.get(with_query(path, fields="id,nope"))
    assert refused.status_code == 422
    assert "id" in refused.json()["known"]


def test_fields_of_a_record(client: httpx.Client) -> None:
    assert client.get("/reviews/harris2021?fields=year,id").json() == {
        "id": "harris2021",
        "year": 2021,
    }
    assert client.get("/reviews/harris2021?fields=id&fields=year").status_code == 422


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_a_table_too(path: str, client: httpx.Client) -> None:
    table = client.get(as_table(path))
    assert table.status_code == 200
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    items: list[Any] = []
    after = ""
    while True:
        page = client.get(with_query(path, limit=3, **({"after": after} if after else {}))).json()
        items += page["items"]
        after = page["next"]
        if not after:
            break
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["id"] for row in rows] == [item["id"] for item in items]
    for row, item in zip(rows, items, strict=True):
        for name, value in item.items():
            if isinstance(value, str):
                assert row[name] == value
            elif isinstance(value, bool):
                assert row[name] == ("yes" if value else "no")
            elif isinstance(value, int):
                assert row[name] == str(value)


def test_a_table_of_chosen_columns_and_of_one_page(client: httpx.Client) -> None:
    table = client.get("/papers.csv?fields=id,year&limit=2")
    assert len(list(csv.reader(io.StringIO(table.text)))) == 3
    assert table.text.startswith("id,year\r\n")
    assert client.get("/reviews/harris2021.csv").status_code == 404
    gaps = list(csv.DictReader(io.StringIO(client.get("/gaps.csv?review=harris2021").text)))
    matrix = client.get("/gaps?review=harris2021").json()["reviews"][0]
    about = Counter(row["about"] for row in gaps)
    assert about == {
        "cell": sum(len(row["cells"]) for row in matrix["rows"]),
        "beside": sum(len(row["beside"]) for row in matrix["rows"]),
        "row": sum(len(row["marks"]) for row in matrix["rows"]),
        "review": len(matrix["marks"]),
    }
    said = {(row["row.name"], row["marks"], row["marks.records"]) for row in gaps}
    assert (
        "Fostering resilience",
        "stated absent",
        "harris2021:fostering-resilience-stage-2; harris2021:fostering-resilience-no-evidence; "
        "harris2021:stage-2",
    ) in said


def test_a_list_without_pages_is_a_table_too(tmp_path: Path) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative review"),
        sources=[Source(id="r:s", kind="paper", title="Illustrative")],
        references=[Reference(id="r:ref", source="r:s", file="a.ris", fields='{"TI": ["A"]}')],
    )
    path = tmp_path / "references.kgl"
    with open_store(Settings(store=str(path))) as opened:
        load_review(opened, bundle)
    with in_thread(Settings(store=str(path))) as served, served.client() as client:
        for address, shown in (
            ("/reviews/r/overlap", {"files": "a.ris", "sources": "1"}),
            ("/sources/r:s/references", {"id": "r:ref", "source.id": "r:s", "file": "a.ris"}),
        ):
            table = client.get(f"{address}.csv")
            assert table.status_code == 200, table.text
            (row,) = csv.DictReader(io.StringIO(table.text))
            assert shown.items() <= row.items()


def test_a_flow_is_a_table_of_its_boxes(client: httpx.Client) -> None:
    table = client.get("/reviews/harris2021/flow.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    stages = client.get("/reviews/harris2021/flow").json()["stages"]
    steps = [step for stage in stages for step in stage["steps"]]
    assert [row["id"] for row in rows] == [step["id"] for step in steps]
    for row, step in zip(rows, steps, strict=True):
        for name, value in step.items():
            if isinstance(value, bool):
                value = "yes" if value else "no"
            assert row[name] == ("" if value is None else str(value)), name
    told = {(row["stage.name"], row["name"]): row for row in rows}
    assert told["Stage 2", "papers found, abstracts read"]["n"] == "5673"
    excluded = told["Stage 2", "papers excluded on the full text (number not stated)"]
    assert (excluded["n"], excluded["computed"]) == ("", "406")
    chosen = client.get("/reviews/harris2021/flow.csv?fields=name,n").text
    assert chosen.startswith("name,n\r\n")
    assert client.get("/gaps.csv?review=harris2021&fields=row,state").text.startswith("row.id,")


def test_a_table_runs_no_formula(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain"]
    path = tmp_path / "formulas.kgl"
    with open_store(Settings(store=str(path))) as opened:
        load_review(
            opened,
            ReviewBundle(
                review=Review(id="r", title="Illustrative review"),
                sources=[Source(id="r:s", kind="paper", title="=HYPERLINK(1)")],
                mechanisms=[Mechanism(id=f"r:m{n}", name=name) for n, name in enumerate(names)],
            ),
        )
    with in_thread(Settings(store=str(path))) as served, served.client() as client:
        rows = list(csv.DictReader(io.StringIO(client.get("/mechanisms.csv").text)))
        assert [row["name"] for row in rows] == [*(f"'{name}" for name in names[:-1]), "plain"]


@pytest.mark.parametrize("path", ["/papers", "/evidence?review=richmond2020", "/chains?from=C3"])
def test_links_lead_through_the_pages(path: str, client: httpx.Client) -> None:
    seen: list[str] = []
    following: str | None = with_query(path, limit=2)
    while following is not None:
        page = client.get(following)
        seen += [item["id"] for item in page.json()["items"]]
        following = page.links.get("next", {}).get("url")
        assert (following is None) is (page.json()["next"] is None)
        if following is not None:
            first = client.get(page.links["first"]["url"]).json()["items"]
            assert [item["id"] for item in first] == seen[:2]
    assert seen == [item["id"] for item in client.get(with_query(path, limit=1000)).json()["items"]]


@pytest.mark.parametrize("path", ["/papers", "/", "/maps/theory", "/papers.csv", "/nowhere"])
def test_head_is_get_without_the_body(path: str, client: httpx.Client) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers.get("etag") == whole.headers.get("etag")


def test_large_answers_are_compressed_for_those_who_take_it(client: httpx.Client) -> None:
    plain = client.get("/evidence?limit=1000", headers={"Accept-Encoding": "identity"})
    packed = client.get("/evidence?limit=1000", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert "content-encoding" not in client.get("/health").headers


@given(
    ranges=st.lists(
        st.tuples(st.sampled_from(["a/b", "a/c", "x/y", "a/*", "*/*"]), st.integers(0, 10)),
        max_size=4,
        unique_by=lambda one: one[0],
    )
)
@examples(100)
def test_what_is_preferred_is_wanted_most(ranges: list[tuple[str, int]]) -> None:
    offered = ("a/b", "a/c", "x/y")
    header = ", ".join(f"{name};q={quality / 10}" for name, quality in ranges)
    weight = dict(ranges)

    def wanted(kind: str) -> int:
        for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
            if name in weight:
                return weight[name]
        return 0

    found = preferred(header, offered)
    if not ranges:
        assert found == "a/b"
    elif found is None:
        assert not any(wanted(kind) for kind in offered)
    else:
        assert wanted(found) == max(map(wanted, offered)) > 0


# ---- What an operator sees -----------------------------------------------------------------------


def test_each_answer_has_a_request_id(client: httpx.Client) -> None:
    given_id = "from-the-caller.1"
    for path in ("/papers", "/nowhere", "/papers.csv", "/"):
        assert client.get(path, headers={"X-Request-Id": given_id}).headers["x-request-id"] == (
            given_id
        )
        made = {client.get(path).headers["x-request-id"] for _ in range(3)}
        assert len(made) == 3
    strange = client.get("/papers", headers={"X-Request-Id": "a b\x7f" + "x" * 99})
    assert re.fullmatch(r"[0-9a-f]{20}", strange.headers["x-request-id"])


@pytest.mark.process
def test_the_access_log_is_a_line_of_json_per_request(store: Path, tmp_path: Path) -> None:
    own = copied(store, tmp_path)
    process = subprocess.Popen(
        [*COMMAND, "serve", "--store", str(own), "--port", "0"],
        cwd=ROOT,
        env=environment(THEORYGRAPH_ACCESS_LOG="true"),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert found is not None
        url = found[0]
        patiently(lambda: _up(url), "the server did not answer")
        asked = [("/papers?limit=1", "first-1"), ("/nowhere", "second-2")]
        for path, id_ in asked:
            httpx.get(url + path, headers={"X-Request-Id": id_}, timeout=PATIENCE)
    finally:
        time.sleep(0.2)
        process.terminate()
        _, rest = process.communicate(timeout=PATIENCE)
    lines = {line["request_id"]: line for line in map(json.loads, rest.splitlines())}
    one, other = lines["first-1"], lines["second-2"]
    assert (one["method"], one["path"], one["status"]) == ("GET", "/papers", 200)
    assert one["bytes"] > 100
    assert one["milliseconds"] > 0
    assert (other["path"], other["status"]) == ("/nowhere", 404)


def _up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=PATIENCE).status_code == 200
    except httpx.TransportError:
        return False


def test_metrics_count_what_was_asked(store: Path, tmp_path: Path) -> None:
    with (
        in_thread(Settings(store=str(copied(store, tmp_path)))) as served,
        served.client() as client,
    ):
        for path in ("/papers", "/papers", "/papers/nobody", "/nowhere", "/a/b/c"):
            client.get(path)
        etag = client.get("/papers").headers["etag"]
        client.get("/papers", headers={"If-None-Match": etag})
        text = client.get("/metrics")
    assert text.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text.text)
        for sample in family.samples
    }

    def counted(route: str, status: str) -> float:
        labels = sorted({"method": "GET", "route": route, "status": status}.items())
        return samples[("theorygraph_requests_total", *labels)]

    assert counted("/papers", "200") == 3
    assert counted("/papers", "304") == 1
    assert counted("/papers/{id}", "404") == 1
    assert counted("other", "404") == 2  # made-up addresses make no series of their own
    assert samples[("theorygraph_kept_answers_total", ("result", "hit"))] == 2
    assert samples[("theorygraph_kept_answers_total", ("result", "unchanged"))] == 1
    assert samples[("theorygraph_request_seconds_count", ("route", "/papers"))] == 4
    assert samples[("theorygraph_requests_in_flight",)] == 1


def test_origins_are_closed_unless_they_are_named(store: Path, tmp_path: Path) -> None:
    origin = {"Origin": "https://example.org"}
    own = copied(store, tmp_path)
    with in_thread(Settings(store=str(own))) as served, served.client() as client:
        assert "access-control-allow-origin" not in client.get("/papers", headers=origin).headers
    named = Settings(store=str(own), cors_origins=["https://example.org"])
    with in_thread(named) as served, served.client() as client:
        allowed = client.get("/papers?limit=1", headers=origin).headers
        assert allowed["access-control-allow-origin"] == "https://example.org"
        assert "ETag" in allowed["access-control-expose-headers"]
        other = client.get("/papers", headers={"Origin": "https://example.com"}).headers
        assert "access-control-allow-origin" not in other


def test_a_question_of_too_many_rows_says_what_to_narrow(store: Path, tmp_path: Path) -> None:
    few = Settings(store=str(copied(store, tmp_path)), max_rows=20)
    with in_thread(few) as served, served.client() as client:
        refused = client.get("/evidence?limit=1000")
        assert refused.status_code == 422
        problem = refused.json()
        assert problem["type"].endswith("too-many-rows")
        assert "20" in problem["detail"]
        assert problem["hint"]
        assert client.get("/papers?limit=5").status_code == 200


@pytest.mark.neo4j
def test_the_ceiling_holds_on_a_server_too(neo4j_settings: Settings, neo4j_store: Store) -> None:
    load(neo4j_store, ROOT / "examples" / "richmond2020", Settings())
    few = neo4j_settings.model_copy(update={"max_rows": 20})
    with in_thread(few) as served, served.client() as client:
        assert client.get("/evidence?limit=1000").json()["type"].endswith("too-many-rows")


def test_every_answer_with_items_has_columns() -> None:
    modules = (questions_, contradictions, chains, sensitivity, compare, records)
    listed = [
        route.response_model
        for module in modules
        for route in module.router.routes
        if isinstance(route, APIRoute) and item_of(route.response_model) is not None
    ]
    assert len(listed) > 15
    for model in listed:
        names = columns(model)
        assert len(names) == len(set(names)) > 2


@pytest.mark.process
def test_answers_are_the_same_whatever_was_asked_before(
    client: httpx.Client, store: Path, tmp_path: Path
) -> None:
    with as_process(copied(store, tmp_path)) as served, served.client() as fresh:
        paths = [
            (f"/{operation.replace('_', '-')}", given)
            for operation, given in questions()
            if operation in ("evidence", "chains", "gaps", "sensitivity", "compare")
        ]
        for path, given in paths[::3]:
            assert fresh.get(path, params=given).content == client.get(path, params=given).content
