"""Taking files in through every door: what is said, what is kept, and what is recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import EXAMPLES, Ran
from folders import good, table, write
from map_pages import barriers
from pydantic import SecretStr
from reference_files import BIBTEX, RIS
from serving import TOKEN, Served, in_thread, zipped

from graph.errors import NotFound, Rejected
from graph.questions.bundle import bundle_of
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.loads import loads
from graph.settings import Settings
from graph.store import Store
from loaders.intake import check, load

AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    settings = Settings(store=str(tmp_path / "served.kgl"), token=SecretStr(TOKEN))
    with in_thread(settings) as running:
        yield running


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client(headers=AUTHORISED) as opened:
        yield opened


def folder_that_names_a_paper(path: Path) -> Path:
    """A folder whose evidence is from a paper that only the reference file brings."""
    files = good()
    files["evidence.csv"] = table(
        ["source", "mechanism", "stance"],
        ["smith", "trust", "supports"],
        ["10.9999/illustrative.1", "time", "challenges"],
    )
    return write(path, files)


def references(path: Path) -> Path:
    path.write_text(RIS, encoding="utf-8")
    return path


# ---- Several files at once -----------------------------------------------------------------------


def test_files_of_one_load_resolve_against_each_other(store: Store, tmp_path: Path) -> None:
    folder = folder_that_names_a_paper(tmp_path / "review")
    with pytest.raises(Rejected) as refused:
        load(store, folder, Settings())
    assert "unknown source" in refused.value.problems[0].message
    loaded = load(store, [folder, references(tmp_path / "r.ris")], Settings())
    assert loaded.references[0].accepted == 2
    found = evidence(store, EvidenceFilter(mechanism="time"))
    assert [item.source.doi for item in found.items] == ["10.9999/illustrative.1"]
    assert len(bundle_of(store, "illustrative").sources) == 4


def test_a_reference_that_the_review_states_already_stands_for_that_source(
    store: Store, tmp_path: Path
) -> None:
    files = good()
    files["sources.csv"] = table(
        ["id", "kind", "title", "doi"],
        ["smith", "paper", "Illustrative paper", ""],
        ["panel", "consultation", "Illustrative panel", ""],
        [
            "lee",
            "paper",
            "Debriefs on illustrative wards: what staff say",
            "10.9999/ILLUSTRATIVE.1",
        ],
    )
    folder = write(tmp_path / "review", files)
    loaded = load(store, [folder, references(tmp_path / "r.ris")], Settings())
    assert (loaded.references[0].accepted, loaded.references[0].merged) == (1, 1)
    bundle = bundle_of(store, "illustrative")
    titles = {source.local_id: source.title for source in bundle.sources}
    assert titles["lee"] == "Debriefs on illustrative wards: what staff say"
    assert len(titles) == 4


def test_two_reviews_in_one_load_are_refused_with_their_names(tmp_path: Path) -> None:
    paths = [EXAMPLES / "harris2021", EXAMPLES / "richmond2020", references(tmp_path / "r.ris")]
    (problem,) = check(paths, Settings()).errors
    assert problem.found == "harris2021, richmond2020"


def test_a_folder_does_not_silently_take_out_what_other_files_brought(
    store: Store, tmp_path: Path
) -> None:
    folder = write(tmp_path / "review", good())
    load(store, folder, Settings())
    load(store, references(tmp_path / "r.ris"), Settings(), review="illustrative")
    with pytest.raises(Rejected) as refused:
        load(store, folder, Settings())
    (problem,) = refused.value.problems
    assert (problem.file, problem.message[:9]) == ("r.ris", "4 records")
    assert "source lee-" in (problem.found or "")
    assert "load both together: theorygraph load review r.ris" in (problem.hint or "")
    assert len(bundle_of(store, "illustrative").sources) == 4
    load(store, [folder, tmp_path / "r.ris"], Settings())
    assert len(bundle_of(store, "illustrative").sources) == 4
    load(store, folder, Settings(), replace=True)
    assert len(bundle_of(store, "illustrative").sources) == 2


def test_a_file_that_is_loaded_again_replaces_what_it_brought(store: Store, tmp_path: Path) -> None:
    path = references(tmp_path / "r.ris")
    load(store, path, Settings(), review="new", title="Illustrative")
    path.write_text(RIS.split("TY  - RPRT")[0], encoding="utf-8")
    report = load(store, path, Settings(), review="new").report
    assert (report.total.new, report.total.changed, report.total.removed) == (0, 0, 2)


def test_files_without_a_review_say_how_to_name_one(store: Store, tmp_path: Path) -> None:
    path = references(tmp_path / "r.ris")
    with pytest.raises(Rejected, match="1 error") as refused:
        load(store, path, Settings())
    assert "--review" in (refused.value.problems[0].hint or "")
    with pytest.raises(NotFound) as unknown:
        load(store, path, Settings(), review="nobody")
    assert "--title" in (unknown.value.hint or "")


# ---- Before and after ----------------------------------------------------------------------------


def test_a_dry_run_says_what_the_load_then_does(store: Store, tmp_path: Path) -> None:
    folder = write(tmp_path / "review", good())
    load(store, folder, Settings())
    files = good()
    files["mechanisms.csv"] = table(
        ["id", "name"], ["trust", "Building trust"], ["time", "Making time"], ["more", "More"]
    )
    files["theories.csv"] = table(["id", "kind", "name"], ["t", "programme", "Illustrative"])
    del files["history.csv"], files["findings.csv"], files["configurations.csv"]
    files["evidence.csv"] = table(["source", "mechanism", "stance"], ["smith", "trust", "supports"])
    for name in set(good()) - files.keys():
        (folder / name).unlink()
    changed = write(folder, files)
    before = bundle_of(store, "illustrative")
    foretold = load(store, changed, Settings(), dry_run=True).report
    assert bundle_of(store, "illustrative") == before
    done = load(store, changed, Settings()).report
    assert (foretold.total, foretold.kinds) == (done.total, done.kinds)
    assert foretold.dry_run and foretold.load is None
    kinds = {change.change for change in foretold.changes}
    assert kinds == {"new", "changed", "removed"}
    touched = done.total.new + done.total.changed + done.total.removed
    assert len(foretold.changes) == touched
    after = bundle_of(store, "illustrative")
    held = {mechanism.id for mechanism in after.mechanisms}
    for change in foretold.changes:
        if change.kind == "Mechanism":
            assert (change.id in held) == (change.change != "removed")


def test_every_load_is_recorded_with_its_files(store: Store, tmp_path: Path) -> None:
    held = {view.id for view in loads(store, limit=500).items}
    path = references(tmp_path / "r.ris")
    other = tmp_path / "r.bib"
    other.write_text(BIBTEX, encoding="utf-8")
    first = load(store, [path, other], Settings(), review="new", title="Illustrative").report
    second = load(store, path, Settings(), review="new").report
    load(store, path, Settings(), review="new", dry_run=True)
    new = [view for view in loads(store, review="new", limit=500).items if view.id not in held]
    assert [view.id for view in new] == [second.load, first.load]
    view = new[1]
    assert {file.name: file.sha256 for file in view.files} == {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in (path, other)
    }
    assert (view.new, view.merged, view.rejected) == (first.total.new, 1, 0)
    assert new[0].unchanged == second.total.unchanged > 0
    assert view.at < "2200" and view.seconds >= 0
    page = loads(store, review="new", limit=1)
    assert page.items[0].id == second.load and page.next == second.load
    assert loads(store, review="new", limit=1, after=page.next or "").items[0].id == first.load


# ---- Over HTTP -----------------------------------------------------------------------------------


def test_files_are_sent_as_they_are_or_as_a_form(client: httpx.Client, tmp_path: Path) -> None:
    folder = folder_that_names_a_paper(tmp_path / "review")
    refused = client.post("/loads", content=zipped(folder))
    assert refused.status_code == 422
    form = [
        ("file", ("review.zip", zipped(folder))),
        ("file", ("r.ris", RIS.encode())),
    ]
    loaded = client.post("/loads", files=form)
    assert loaded.status_code == 201, loaded.text
    assert loaded.json()["references"][0]["accepted"] == 2
    raw = client.post(
        "/loads", params={"name": "more.bib", "review": "illustrative"}, content=BIBTEX.encode()
    )
    assert raw.status_code == 201, raw.text
    assert raw.json()["references"] == [
        {
            "file": "more.bib",
            "records": 2,
            "accepted": 1,
            "merged": 1,
            "rejected": 0,
            "passed_over": 1,
        }
    ]
    listed = client.get("/loads").json()["items"]
    done = [one for one in listed if one["refused"] is None]
    assert [[file["name"] for file in load["files"]] for load in done] == [
        ["more.bib"],
        ["review.zip", "r.ris"],
    ]
    assert client.get("/loads.csv").text.count(",illustrative,") == 3
    overlap = client.get("/reviews/illustrative/overlap").json()
    assert (overlap["records"], overlap["sources"]) == (4, 3)


def test_a_check_over_http_shows_the_rows_and_keeps_nothing(client: httpx.Client) -> None:
    ris = RIS.replace("PY  - 2019", "PY  - someday")
    answer = client.post(
        "/checks", params={"name": "r.ris", "review": "x", "title": "X"}, content=ris
    )
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["loadable"] is True
    assert [(p["file"], p["row"], p["column"]) for p in body["problems"]] == [("r.ris", 1, "year")]
    assert body["rows"][0]["cells"]["title"].startswith("Debriefs on illustrative wards")
    assert client.get("/reviews").json()["items"] == []
    assert client.get("/loads").json()["items"] == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"\x00\x01", "application/octet-stream"),
        (b"PK\x03\x04broken", "application/zip"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    content: bytes, kind: str, client: httpx.Client
) -> None:
    for path in ("/loads", "/checks"):
        response = client.post(path, content=content, headers={"Content-Type": kind})
        assert response.status_code in (200, 422), response.text
        problems = response.json()["problems"]
        assert problems and all(problem["message"] for problem in problems)


def test_names_of_files_cannot_lead_anywhere(client: httpx.Client, tmp_path: Path) -> None:
    form = [("file", ("../../../../evil.ris", RIS.encode()))]
    answer = client.post("/loads", files=form, params={"review": "r", "title": "Illustrative"})
    assert answer.json()["references"][0]["file"] == "evil.ris"
    assert not list(tmp_path.rglob("evil.ris"))


# ---- The page -----------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_page_shows_problems_next_to_their_rows_and_loads(
    chromium: Any, served: Served, tmp_path: Path
) -> None:
    broken = good()
    broken["evidence.csv"] = table(
        ["source", "mechanism", "stance", "quote"],
        ["smith", "trsut", "supports", "<script>document.title='run'</script>"],
    )
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(zipped(write(tmp_path / "wrong", broken)))
    right = tmp_path / "right.zip"
    right.write_bytes(zipped(write(tmp_path / "right", good())))
    page: Any = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{served.url}/load")
    page.set_input_files("#files", str(wrong))
    page.fill("#token", TOKEN)
    page.click("button[value=check]")
    page.wait_for_selector("#outcome article")
    assert "1 errors" in page.inner_text("#state")
    said = page.inner_text("#outcome")
    assert "evidence.csv, row 2" in said
    assert "did you mean 'trust'?" in said
    assert page.inner_text("td.wrong") == "trsut"
    assert "<script>document.title" in said
    assert page.title() == "Load files – theorygraph"
    page.set_input_files("#files", str(right))
    page.click("button[value=load]")
    page.wait_for_function("() => document.querySelector('#state').textContent.includes('new')")
    assert "illustrative:" in page.inner_text("#state")
    assert errors == []
    page.goto(f"{served.url}/")
    page.click("text=what was loaded")
    assert "right.zip" in page.inner_text("body")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_barrier_and_fits_narrow_windows(
    chromium: Any, served: Served, tmp_path: Path, scheme: str
) -> None:
    broken = good()
    broken["evidence.csv"] = table(
        ["source", "mechanism", "stance"], ["smith", "trsut", "supports"]
    )
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(zipped(write(tmp_path / "wrong", broken)))
    context: Any = chromium.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(f"{served.url}/load")
    page.set_input_files("#files", str(wrong))
    page.fill("#token", TOKEN)
    page.click("button[value=check]")
    page.wait_for_selector("#outcome article")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.browser
def test_the_page_of_a_server_that_only_reads_says_so(chromium: Any, tmp_path: Path) -> None:
    with in_thread(Settings(store=str(tmp_path / "s.kgl"))) as running:
        page: Any = chromium.new_page()
        page.goto(f"{running.url}/load")
        assert "This server only reads" in page.inner_text("main")
        assert page.query_selector("form") is None


# ---- The command line ----------------------------------------------------------------------------


def test_check_and_load_take_several_files(tmp_path: Path, command: Callable[..., Ran]) -> None:
    folder = folder_that_names_a_paper(tmp_path / "review")
    ris = references(tmp_path / "r.ris")
    assert "unknown source" in command("check", folder, status=1).err
    told = " ".join(command("check", folder, ris).out.split())
    assert "r.ris: 2 records = 2 accepted + 0 merged + 0 rejected" in told
    assert f"Next: theorygraph load {folder} {ris}" in told
    dry = command("load", folder, ris, "--dry-run").out
    assert "new Source illustrative:" in dry
    assert "Nothing was changed" in dry
    assert "illustrative:" in command("load", folder, ris).out
    listed = command("loads").out
    assert "review" in listed and "r.ris" in listed
    two = command("load", EXAMPLES / "harris2021", EXAMPLES / "richmond2020").out
    assert "harris2021:" in two and "richmond2020:" in two
    assert len(json.loads(command("loads", "--json").out)["items"]) == 3


# ---- loads that came to nothing ------------------------------------------------------------------


def test_a_refused_load_is_on_record_with_its_reason(store: Store, tmp_path: Path) -> None:
    earlier = {one.id for one in loads(store, limit=1000).items}
    load(store, EXAMPLES / "richmond2020", Settings())
    before = bundle_of(store, "richmond2020")
    bad = write(tmp_path / "bad", {"review.yaml": "id: r\n"})
    with pytest.raises(Rejected):
        load(store, bad, Settings(), dry_run=True)
    with pytest.raises(Rejected):
        load(store, bad, Settings())
    (tmp_path / "library.ris").write_text(RIS, encoding="utf-8")
    with pytest.raises(NotFound):
        load(store, tmp_path / "library.ris", Settings(), review="nobody")
    told = [one for one in loads(store, limit=1000).items if one.id not in earlier]
    assert [(one.review, [file.name for file in one.files]) for one in told] == [
        ("nobody", ["library.ris"]),
        ("", ["bad"]),
        ("richmond2020", ["richmond2020"]),
    ]
    assert "there is no review 'nobody'" in (told[0].refused or "")
    assert "review.yaml, row 1, column title: title is missing" in (told[1].refused or "")
    assert told[2].refused is None
    assert {one.new + one.changed + one.removed for one in told[:2]} == {0}
    assert bundle_of(store, "richmond2020") == before


def test_a_server_tells_in_its_log_and_its_list_why_nothing_was_loaded(
    client: httpx.Client, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    good_one = client.post("/loads?name=good.zip", content=zipped(write(tmp_path / "g", good())))
    assert good_one.status_code == 201
    assert client.post("/loads?name=b.zip", content=b"no zip").status_code == 422
    (line,) = [one.getMessage() for one in caplog.records if one.name == "theorygraph.loads"]
    assert line.startswith("load of 'b.zip' came to nothing: The input was rejected")
    first = client.get("/loads").json()["items"][0]
    assert first["files"][0]["name"] == "b.zip"
    assert first["refused"].startswith("1 error; ")
    client.post("/loads?name=c.ris&review=nobody", content=RIS.encode())
    page = client.get("/loads", headers={"Accept": "text/html"}).text
    assert "1 error; " in page
    assert "nobody" in page and "/reviews/nobody" not in page


def test_a_refused_load_is_on_record_under_the_review_that_its_folder_names(
    store: Store, tmp_path: Path
) -> None:
    folder = write(tmp_path / "review", good())
    load(store, folder, Settings())
    (folder / "evidence.csv").write_text("source,mechanism\nnobody,nothing\n")
    with pytest.raises(Rejected):
        load(store, folder, Settings())
    (folder / "review.yaml").write_text("id: [\n")
    with pytest.raises(Rejected):
        load(store, folder, Settings())
    listed = loads(store).items
    told = [(one.review, one.refused is not None) for one in listed]
    assert told[:3] == [("", True), ("illustrative", True), ("illustrative", False)]


def test_the_warnings_on_record_are_those_that_were_told(store: Store, tmp_path: Path) -> None:
    """Those too that only the loaded review gives: a statement that its evidence does not bear."""
    folder = good()
    folder["history.csv"] = table(["mechanism", "status"], ["time", "no evidence"])
    folder["evidence.csv"] = table(["source", "mechanism", "stance"], ["smith", "time", "supports"])
    settings = Settings()
    loaded = load(store, write(tmp_path / "warned", folder), settings)
    told = loaded.warnings
    assert any("The review states no evidence" in warning.message for warning in told)
    (kept,) = [one for one in loads(store).items if one.id == loaded.report.load]
    assert kept.warned == len(told)
