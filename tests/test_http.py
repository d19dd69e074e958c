"""Questions over HTTP: the shipped reviews' facts, names, pages, errors, and loads."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from facts_of_reviews import answer, assert_richmond, assert_seed, every
from jsonschema import Draft202012Validator
from pydantic import SecretStr
from serving import (
    EXAMPLES,
    SHIPPED,
    TOKEN,
    Served,
    as_process,
    copied,
    fill,
    illustrative,
    in_thread,
    zipped,
)

from api.examples import EXAMPLES as EXAMPLE_REQUESTS
from api.problems import PROBLEM_JSON
from graph.settings import Settings

AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}
SILENT = {"weakest_link", "agreement", "lint", "same_as", "references", "source_references"}
SILENT |= {"overlap"}
"""The shipped reviews hold no appraisals, declarations, or evidence of configurations."""
PAGING = {"after", "limit", "fields"}
LISTS = (
    "/reviews",
    "/papers",
    "/sources",
    "/mechanisms",
    "/mechanisms?support=none",
    "/configurations",
    "/concepts",
    "/theories",
    "/findings",
    "/evidence",
    "/mechanisms/harris2021:working-with-power/evidence",
)
KINDS = (
    "reviews",
    "papers",
    "sources",
    "mechanisms",
    "configurations",
    "concepts",
    "theories",
    "findings",
    "evidence",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("http") / "store.kgl")


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Served]:
    with in_thread(Settings(store=str(store))) as running:
        yield running


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as opened:
        yield opened


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> Any:
    return client.get("/openapi.json").json()


@pytest.fixture
def writable(store: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client with the token, of a server with a store of its own."""
    settings = Settings(store=str(copied(store, tmp_path / "own")), token=SecretStr(TOKEN))
    with in_thread(settings) as running, running.client(headers=AUTHORISED) as opened:
        yield opened


@pytest.fixture(scope="module")
def two_named_alike(
    store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A server with a made-up review beside the shipped ones: one mechanism's name is in two."""
    folder = tmp_path_factory.mktemp("alike")
    settings = Settings(store=str(copied(store, folder / "own")), token=SecretStr(TOKEN))
    with in_thread(settings) as running, running.client(headers=AUTHORISED) as opened:
        made_up = zipped(illustrative(folder / "review"))
        assert opened.post("/loads", content=made_up).status_code == 201
        yield opened


def validator(document: Any, schema: Any) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document["components"]})


# ---- The shipped reviews ------------------------------------------------------------------------


def test_the_seed_answers_with_every_fact(client: httpx.Client) -> None:
    assert_seed(client.get)


def test_richmond_answers_with_its_five_numbers(client: httpx.Client) -> None:
    assert_richmond(client.get)


@pytest.mark.process
def test_the_real_command_serves_the_same_facts(store: Path, tmp_path: Path) -> None:
    own = copied(store, tmp_path)
    with as_process(own) as running, running.client() as client:
        assert_seed(client.get)
        assert_richmond(client.get)


def test_health_tells_store_counts_and_versions(client: httpx.Client) -> None:
    health = answer(client.get, "/health")
    assert health["status"] == "ok"
    assert health["store"]["kind"] == "embedded"
    assert health["store"]["engine"].startswith("KGLite ")
    assert health["version"]
    assert health["writable"] is False
    assert health["counts"]["review"] == 2
    for kind, path in (("source", "/sources"), ("evidence", "/evidence"), ("finding", "/findings")):
        assert health["counts"][kind] == len(every(client.get, path))


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_in_a_list_can_be_looked_up(kind: str, client: httpx.Client) -> None:
    for item in every(client.get, f"/{kind}", limit=100):
        assert answer(client.get, f"/{kind}/{item['id']}")["id"] == item["id"]


def test_every_id_in_an_answer_can_be_looked_up(client: httpx.Client) -> None:
    for item in every(client.get, "/evidence", limit=100):
        assert item["source"]["citation"]
        assert item["locator"]
        about = item["about"]
        plural = {"theory": "theories"}.get(about["kind"], f"{about['kind']}s")
        assert answer(client.get, f"/{plural}/{about['id']}")["name"] == about["name"]
        assert answer(client.get, f"/sources/{item['source']['id']}")["citation"]


# ---- The description of the API -----------------------------------------------------------------


def requests_of(document: Any) -> list[tuple[str, Any, str, dict[str, Any]]]:
    """Each reading operation as a request made of its examples."""
    found = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method != "get":
                continue
            url, params = path, {}
            for parameter in operation.get("parameters", []):
                value = parameter.get("example")
                if parameter["in"] == "path":
                    assert value is not None, f"{path}: no example for {parameter['name']}"
                    url = url.replace("{" + parameter["name"] + "}", quote(value, safe=""))
                elif value is not None:
                    params[parameter["name"]] = value
            found.append((operation["operationId"], operation, url, params))
    return found


def test_every_operation_has_examples(document: Any) -> None:
    by_id = {operation: described for operation, described, _, _ in requests_of(document)}
    assert set(EXAMPLE_REQUESTS) <= set(by_id)
    for name, operation in by_id.items():
        parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert set(EXAMPLE_REQUESTS.get(name, {})) <= parameters
        if parameters - PAGING:
            assert EXAMPLE_REQUESTS.get(name), f"{name} has no example"
        assert operation["description"]


def test_every_example_is_answered_as_described(client: httpx.Client, document: Any) -> None:
    for name, operation, url, params in requests_of(document):
        response = client.get(url, params=params)
        assert response.status_code == 200, f"{name}: {response.text}"
        kind = response.headers["content-type"].partition(";")[0]
        described = operation["responses"]["200"]["content"][kind]
        if kind == "application/json":
            body = response.json()
            validator(document, described["schema"]).validate(body)
            assert body.get("items") != [] or name in SILENT, f"{name}: the example shows nothing"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/mechanisms/nobody", 404),
        ("/nowhere", 404),
        ("/mechanisms?support=x", 422),
        ("/mechanisms?nope=1", 422),
        ("/evidence?level=nowhere", 422),
        ("/ask?q=tell+me+a+joke", 422),
        ("/ask", 422),
        ("/evidence?perspective=nobody&review=harris2021", 422),
        ("/reviews/nobody/flow", 404),
        ("/maps/theory?review=nobody", 404),
    ],
)
def test_errors_are_problem_details_as_described(
    path: str, status: int, client: httpx.Client, document: Any
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM_JSON
    body = response.json()
    described = document["paths"]["/ask"]["get"]["responses"]["4XX"]["content"]
    assert list(described) == [PROBLEM_JSON]
    validator(document, described[PROBLEM_JSON]["schema"]).validate(body)
    assert body["status"] == status
    assert body["instance"] == path.partition("?")[0]
    assert body["title"]
    assert body["detail"]


# ---- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "id_"),
    [
        ("mechanisms", "harris2021:working-with-power", "harris2021:working-with-power"),
        ("mechanisms", "Working with power", "harris2021:working-with-power"),
        ("mechanisms", "WORKING WITH POWER", "harris2021:working-with-power"),
        ("mechanisms", "working-with-power", "harris2021:working-with-power"),
        ("mechanisms", "  working  with power ", "harris2021:working-with-power"),
        ("mechanisms", "Harris2021:Working-With-Power", "harris2021:working-with-power"),
        ("concepts", "sense of self as a leader", "harris2021:sense-of-self-as-leader"),
        ("concepts", "Existing Networks", "harris2021:pre-existing-networks"),
        ("concepts", "c3", "richmond2020:C3"),
        ("configurations", "F2-C4", "richmond2020:F2-C4"),
        ("theories", "Dual-Process Theory", "richmond2020:dual-process-theory"),
        ("papers", "chamberland-2013", "richmond2020:chamberland-2013"),
        ("papers", "10.1111/medu.12253", "richmond2020:chamberland-2013"),
        ("reviews", "HARRIS2021", "harris2021"),
        (
            "reviews",
            "developing programme theories of leadership for integrated health and social care "
            "teams and systems: a realist synthesis",
            "harris2021",
        ),
    ],
)
def test_records_are_found_by_any_of_their_names(
    kind: str, name: str, id_: str, client: httpx.Client
) -> None:
    assert answer(client.get, f"/{kind}/{quote(name, safe='')}")["id"] == id_


@pytest.mark.parametrize("level", ["team", "Team", "TEAMS", "team level", "team-level"])
def test_levels_are_found_by_any_of_their_names(level: str, client: httpx.Client) -> None:
    found = answer(client.get, "/mechanisms/working-with-power/evidence", level=level)
    assert found["filter"]["level"] == "team"
    assert [item["id"] for item in found["items"]] == ["harris2021:working-with-power-team"]


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/mechanisms/working-with-pwoer", "harris2021:working-with-power"),
        ("/mechanisms/Working%20with%20powr/evidence", "harris2021:working-with-power"),
        ("/concepts/politcal-astuteness", "harris2021:political-astuteness"),
        ("/configurations/F2-C44", "richmond2020:F2-C4"),
        ("/theories/dual-proces-theory", "richmond2020:dual-process-theory"),
        ("/papers/chamberlain-2013", "richmond2020:chamberland-2013"),
        ("/reviews/haris2021", "harris2021"),
        ("/reviews/haris2021/flow", "harris2021"),
        ("/gaps?review=haris2021", "harris2021"),
        ("/evidence?mechanism=working-with-pwoer", "harris2021:working-with-power"),
        ("/ask?q=evidence+for+Working+without+power", "harris2021:working-with-power"),
        ("/findings/power-underestimate", "harris2021:power-underestimated"),
        ("/evidence/harris2021:working-with-power-tem", "harris2021:working-with-power-team"),
    ],
)
def test_an_unknown_name_gets_the_nearest(path: str, nearest: str, client: httpx.Client) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert nearest in response.json()["nearest"]
    assert nearest in response.json()["hint"]


@pytest.mark.slow
def test_one_name_in_two_reviews_gives_the_candidates(two_named_alike: httpx.Client) -> None:
    both = ["harris2021:working-with-power", "illustrative:working-with-power"]
    asked = (
        "/mechanisms/Working%20with%20power",
        "/mechanisms/working-with-power",
        "/mechanisms/working-with-power/evidence",
        "/evidence?mechanism=working-with-power",
        "/configurations?mechanism=working-with-power",
        "/ask?q=evidence+for+working+with+power",
        "/maps/theory?mechanism=working-with-power",
    )
    for path in asked:
        response = two_named_alike.get(path)
        assert response.status_code == 409, path
        assert response.headers["content-type"] == PROBLEM_JSON
        assert response.json()["candidates"] == both
        assert "review=" in response.json()["hint"]


def test_a_review_or_an_id_settles_which_is_meant(two_named_alike: httpx.Client) -> None:
    get = two_named_alike.get
    for review in ("harris2021", "illustrative"):
        wanted = f"{review}:working-with-power"
        assert answer(get, "/mechanisms/Working with power", review=review)["id"] == wanted
        assert answer(get, f"/mechanisms/{wanted}")["id"] == wanted
        found = answer(get, "/mechanisms/working-with-power/evidence", review=review)
        assert found["mechanism"]["id"] == wanted
        assert {item["review"] for item in found["items"]} == {review}
        asked = answer(get, "/ask", q=f"evidence for working with power in review {review}")
        assert asked["evidence"]["mechanism"]["id"] == wanted
    assert get("/mechanisms/listening", params={"review": "harris2021"}).status_code == 404
    assert answer(get, "/mechanisms/sharing power")["id"] == "illustrative:working-with-power"
    assert answer(get, "/concepts/A quiet room %2F a calm place")["id"] == "illustrative:quiet-room"


def test_reviews_do_not_leak_into_each_other(two_named_alike: httpx.Client) -> None:
    assert_seed(lambda path, params=None: two_named_alike.get(path, params=_in(SHIPPED[0], params)))
    assert_richmond(two_named_alike.get)


def _in(review: str, params: dict[str, Any] | None) -> dict[str, Any]:
    """The same request, narrowed to a review where it names a mechanism or asks in words."""
    given = dict(params or {})
    if "q" in given:
        given["q"] = f"{given['q']} in review {review}"
    return given


@pytest.mark.parametrize(
    ("path", "parameter", "known"),
    [
        (
            "/mechanisms?suport=none",
            "suport",
            ["after", "fields", "limit", "review", "stated", "support"],
        ),
        ("/gaps?reviews=harris2021", "reviews", ["by", "column", "fields", "review"]),
        (
            "/papers?kind=grey",
            "kind",
            ["after", "fields", "included", "limit", "review", "since", "until"],
        ),
        ("/reviews?review=x", "review", ["after", "fields", "limit"]),
        ("/health?verbose=1", "verbose", ["fields"]),
        ("/reviews/harris2021?full=1", "full", ["fields"]),
        ("/reviews/harris2021/flow?stage=1", "stage", ["fields"]),
        ("/findings/harris2021:power-underestimated?x=1", "x", ["fields", "review"]),
        ("/evidence/harris2021:working-with-power-team?x=1", "x", ["fields"]),
        ("/mechanisms/working-with-power?level=team", "level", ["fields", "review"]),
        ("/mechanisms?support=maybe", "support", None),
        ("/evidence?stance=for", "stance", ["supports", "challenges", "refines"]),
        (
            "/evidence?rigour=very",
            "rigour",
            ["low", "moderate", "high", "low only", "moderate only", "not stated"],
        ),
        ("/evidence?source_kind=book", "source_kind", None),
        ("/findings?kind=rumour", "kind", None),
        ("/evidence?level=boss", "level", ["organisation", "student", "system", "teacher", "team"]),
        ("/evidence?level=student&review=harris2021", "level", ["system", "team"]),
        ("/maps/theory?level=boss&review=harris2021", "level", ["system", "team"]),
        ("/mechanisms/working-with-power/evidence?level=boss", "level", ["system", "team"]),
        ("/mechanisms/working-with-power/evidence?mechanism=x", "mechanism", None),
        (
            "/evidence?perspective=boss&review=harris2021",
            "perspective",
            ["patient-or-service-user", "stakeholder"],
        ),
        ("/evidence?level=team&level=system", "level", None),
        ("/papers?limit=0", "limit", None),
        ("/papers?limit=1001", "limit", None),
        ("/papers?limit=many", "limit", None),
        ("/ask?q=", "q", None),
    ],
)
def test_an_unknown_parameter_or_value_gets_the_known_ones(
    path: str, parameter: str, known: list[str] | None, client: httpx.Client
) -> None:
    response = client.get(path)
    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM_JSON
    body = response.json()
    assert body["parameter"] == parameter
    assert parameter in body["detail"]
    if known is not None:
        assert body["known"] == known
        assert all(word in body["hint"] for word in known) or "did you mean" in body["hint"]


# ---- Pages --------------------------------------------------------------------------------------


def follow(get: Callable[..., httpx.Response], path: str, limit: int, after: str = "") -> list[str]:
    """Ids of a list from a cursor on, by following ``next``."""
    ids: list[str] = []
    url = httpx.URL(path)
    while True:
        asked = url.copy_merge_params({"limit": limit, "after": after})
        response = get(asked)
        assert response.status_code == 200, response.text
        page = response.json()
        assert len(page["items"]) <= limit
        ids += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return ids
        assert page["next"] == page["items"][-1]["id"]
        assert page["next"] not in (after, *ids[: -len(page["items"])]), "a cursor must move on"
        after = page["next"]


@pytest.mark.parametrize("path", LISTS)
def test_following_next_visits_every_record_once(path: str, client: httpx.Client) -> None:
    everything = follow(client.get, path, 1000)
    assert len(everything) == len(set(everything)) > 0
    reviews = [id_.partition(":")[0] for id_ in everything]
    assert reviews == sorted(reviews)
    exact = max(len(everything), 1)
    for limit in {1, 2, 7, exact, max(exact - 1, 1), exact + 1}:
        assert follow(client.get, path, limit) == everything


def test_pages_of_a_question_in_words_follow_too(client: httpx.Client) -> None:
    question = "evidence for C1"
    first = answer(client.get, "/ask", q=question, limit=10)["evidence"]
    assert first["totals"]["evidence"] == 22
    seen = [item["id"] for item in first["items"]]
    after = first["next"]
    while after is not None:
        page = answer(client.get, "/ask", q=question, limit=10, after=after)["evidence"]
        assert page["totals"] == first["totals"]
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 22


@pytest.mark.parametrize("path", ["/sources", "/mechanisms", "/concepts", "/findings", "/evidence"])
def test_a_page_stays_when_something_is_put_before_it(
    path: str, writable: httpx.Client, tmp_path: Path
) -> None:
    everything = follow(writable.get, path, 1000)
    first = answer(writable.get, path, limit=4)
    before = zipped(illustrative(tmp_path / "a", review="a-illustrative"))
    behind = zipped(illustrative(tmp_path / "z", review="z-illustrative"))
    for body in (before, behind):
        assert writable.post("/loads", content=body).status_code == 201
    rest = follow(writable.get, path, 4, after=first["next"])
    seen = [item["id"] for item in first["items"]] + rest
    assert [id_ for id_ in seen if "illustrative" not in id_] == everything
    assert len(seen) == len(set(seen))
    assert all(id_.startswith("z-") for id_ in seen if "illustrative" in id_)


# ---- Loads --------------------------------------------------------------------------------------


def held(client: httpx.Client) -> Any:
    """Everything a store answers, to see that nothing changed."""
    return {
        path: [client.get(path, params={"limit": 1000}).json() for path in LISTS] for path in LISTS
    } | {"health": client.get("/health").json()["counts"], "gaps": client.get("/gaps").json()}


def test_a_zipped_review_is_loaded(tmp_path: Path, document: Any) -> None:
    settings = Settings(store=str(tmp_path / "new.kgl"), token=SecretStr(TOKEN))
    with in_thread(settings) as running, running.client(headers=AUTHORISED) as client:
        for name in SHIPPED:
            response = client.post("/loads", content=zipped(EXAMPLES / name))
            assert response.status_code == 201, response.text
            described = document["paths"]["/loads"]["post"]["responses"]["201"]["content"]
            validator(document, described["application/json"]["schema"]).validate(response.json())
            report = response.json()["report"]
            assert report["review"] == name
            assert report["total"]["new"] > 100
            assert response.json()["warnings"] == []
            again = client.post("/loads", content=zipped(EXAMPLES / name)).json()["report"]
            assert (again["total"]["new"], again["total"]["changed"]) == (0, 0)
            assert again["total"]["unchanged"] == report["total"]["new"]
        assert_seed(client.get)
        assert_richmond(client.get)


def test_a_review_folder_may_stand_in_a_folder_of_the_zip(writable: httpx.Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in (EXAMPLES / "harris2021").iterdir():
            archive.writestr(f"some folder/{file.name}", file.read_bytes())
    response = writable.post("/loads", content=packed.getvalue())
    assert response.status_code == 201, response.text
    assert response.json()["report"]["total"]["new"] == 0


def test_a_broken_folder_gets_located_problems_and_changes_nothing(
    writable: httpx.Client, document: Any
) -> None:
    before = held(writable)
    evidence = (EXAMPLES / "harris2021" / "evidence.csv").read_text(encoding="utf-8")
    broken = evidence.replace(",supports,", ",suports,", 1).replace(",team,", ",teem,", 1)
    broken = broken.replace("first-look-summary,clarifying-complexity", "first-look,clarifying", 1)
    response = writable.post("/loads", content=zipped(EXAMPLES / "harris2021", evidence_csv=broken))
    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM_JSON
    described = document["paths"]["/loads"]["post"]["responses"]["4XX"]["content"]
    validator(document, described[PROBLEM_JSON]["schema"]).validate(response.json())
    problems = response.json()["problems"]
    assert len(problems) >= 4
    assert {problem["file"] for problem in problems} == {"evidence.csv"}
    found = {(problem["row"], problem["column"]) for problem in problems}
    assert {(2, "stance"), (3, "levels"), (14, "source"), (14, "mechanism")} <= found
    assert any("first-look-summary" in (problem["hint"] or "") for problem in problems)
    errors = [problem for problem in problems if problem["severity"] == "error"]
    assert response.json()["detail"] == f"{len(errors)} errors"
    assert held(writable) == before


def _zip(*entries: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def _spoilt() -> bytes:
    """A zip whose directory is whole and whose compressed data is not."""
    content = bytearray(zipped(EXAMPLES / "harris2021"))
    for at in range(60, 400):
        content[at] ^= 0x5A
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"id: harris2021\ntitle: not a zip\n", id="not a zip"),
        pytest.param(zipped(EXAMPLES / "harris2021")[:4000], id="cut off"),
        pytest.param(_spoilt(), id="spoilt"),
        pytest.param(_zip(), id="an empty zip"),
        pytest.param(_zip(("readme.txt", b"hello")), id="no review"),
        pytest.param(_zip(("../review.yaml", b"id: x\ntitle: x\n")), id="outside"),
        pytest.param(_zip(("/review.yaml", b"id: x\ntitle: x\n")), id="absolute"),
        pytest.param(_zip(("a/review.yaml", b"x"), ("b/review.yaml", b"y")), id="two reviews"),
        pytest.param(_zip(("review.yaml", b"x"), ("more.zip", b"PK")), id="nested"),
        pytest.param(_zip(("review.yaml", b"x"), ("review.yaml/b", b"y")), id="file and folder"),
        pytest.param(_zip(("x" * 300, b"x")), id="a name too long"),
        pytest.param(_zip(("review.yaml", b"\xff\xfe\x00binary")), id="binary"),
        pytest.param(_zip(*((f"{n}.csv", b"") for n in range(300))), id="too many files"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_not_a_zipped_review_is_refused(content: bytes, writable: httpx.Client) -> None:
    before = writable.get("/health").json()["counts"]
    response = writable.post("/loads", content=content)
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == PROBLEM_JSON
    assert response.json()["problems"]
    assert writable.get("/health").json()["counts"] == before


def test_a_zip_that_inflates_too_far_is_refused(store: Path, tmp_path: Path) -> None:
    settings = Settings(store=str(copied(store, tmp_path)), token=SecretStr(TOKEN), max_file_mb=1)
    bomb = _zip(("review.yaml", b"id: x\n"), ("evidence.csv", b"x" * (8 << 20)))
    assert len(bomb) < 100_000
    with in_thread(settings) as running, running.client(headers=AUTHORISED) as client:
        response = client.post("/loads", content=bomb)
        assert response.status_code == 413
        assert "inflates" in response.json()["detail"]
        assert client.get("/health").status_code == 200


def test_reads_during_a_load_see_all_of_it_or_nothing(store: Path, tmp_path: Path) -> None:
    """A made-up review of some size is loaded, corrected and loaded again while others ask."""
    folder = illustrative(tmp_path / "folder")
    settings = Settings(store=str(copied(store, tmp_path / "own")), token=SecretStr(TOKEN))
    numbers = {"small": 300, "large": 900}

    def folder_of(rows: int) -> bytes:
        text = "id,source,mechanism,stance,levels,statement\n" + "".join(
            f"e{n:04},made-up,listening,supports,ward,Illustrative {n}.\n" for n in range(rows)
        )
        return zipped(folder, evidence_csv=text)

    seen: set[int] = set()
    wrong: list[str] = []
    done = threading.Event()

    def ask(url: str) -> None:
        with httpx.Client(base_url=url, timeout=30) as client:
            while not done.is_set():
                response = client.get("/evidence", params={"limit": 1, "source": "made-up"})
                if response.status_code == 404:
                    seen.add(0)
                    continue
                if response.status_code != 200:
                    wrong.append(response.text)
                    continue
                seen.add(response.json()["totals"]["evidence"])
                facts = client.get("/mechanisms/harris2021:working-with-power")
                if facts.status_code != 200 or facts.json()["weight"]["pieces"] != 2:
                    wrong.append(facts.text)

    with in_thread(settings) as running:
        readers = [threading.Thread(target=ask, args=(running.url,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        try:
            with running.client(headers=AUTHORISED) as client:
                for size in ("small", "large", "small", "large"):
                    sent = folder_of(numbers[size])
                    response = client.post("/loads?replace=true", content=sent)
                    assert response.status_code == 201, response.text
        finally:
            done.set()
            for reader in readers:
                reader.join(30)
    assert wrong == []
    assert seen <= {0, *numbers.values()}
    assert len(seen) > 1, "the readers must have seen more than one state"


def test_papers_are_papers(client: httpx.Client) -> None:
    assert client.get("/papers/richmond2020:chamberland-2013").json()["kind"] == "paper"
    synthesis = "harris2021:first-look-summary"
    assert client.get(f"/sources/{synthesis}").json()["kind"] == "synthesis"
    refused = client.get(f"/papers/{synthesis}")
    assert refused.status_code == 404
    assert "there is no paper" in refused.json()["detail"]
