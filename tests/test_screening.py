"""What each tool says of who is in and who is out, and what a person says of a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from fastapi.testclient import TestClient

from api.app import create_app
from graph.decisions import rank_of
from graph.model import ReviewBundle, StepKind
from graph.questions.bundle import bundle_of
from graph.questions.flow import flow
from graph.questions.records import source
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.detect_format import How
from loaders.intake import Loaded, load
from loaders.merging import unmerge_source
from loaders.references.deciding import Screened, decision_in

SETTINGS = Settings()
IN, OUT, OPEN = "included", "excluded", "undecided"

COVIDENCE = "Title,Authors,Published Year,Journal,Accession Number,Covidence #,Study,Notes\n"
GONE = COVIDENCE + (
    "Handing over on made-up wards,Day P.,1990,J Ill,100000452,6535,Day 1990,"
    "Exclusion reason: Wrong study design; \n"
    "Another made-up paper on wards,Foo P.,1991,J Ill,,6536,Foo 1991,"
    "Exclusion reason: Wrong setting; \n"
    "A third made-up paper of wards,Bar P.,1992,J Ill,,6537,Bar 1992,"
    "Exclusion reason: wrong setting;\n"
)
KEPT = COVIDENCE + (
    'Huddles before made-up rounds,"Lee, A.; Roy, B.",2019,J Ill,100000451,#12,Lee 2019,\n'
    'Debriefing in made-up theatres,"Roy, B.",2020,J Ill,130000999,#13,Roy 2020,\n'
)
RAYYAN_BIB = """\
@article{rayyan-1,
  title={Huddles before made-up rounds},
  author={Lee, A.}, year={2019},
  note={RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Included"} | RAYYAN-LABELS: staff}
}
@article{rayyan-2,
  title={Debriefing in made-up theatres},
  author={Roy, B.}, year={2020},
  note={RAYYAN-INCLUSION: {"Ann"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong place,too old}
}
@article{rayyan-3,
  title={Silence among made-up staff at night},
  author={Kim, C.}, year={2021},
  note={RAYYAN-INCLUSION: {\\"Ann\\"=>\\"Excluded\\", \\"Bo\\"=>\\"Included\\"}}
}
"""
ASREVIEW = (
    "title,authors,abstract,year,included\n"
    'Huddles before made-up rounds,"Lee, A.",,2019,1\n'
    'Debriefing in made-up theatres,"Roy, B.",,2020,0\n'
    'Silence among made-up staff at night,"Kim, C.",,2021,\n'
)
ASREVIEW_RIS = "".join(
    f"TY  - JOUR\nTI  - {title}\nAU  - Lee, A.\nPY  - 2019\nN1  - ASReview_{word}\nER  - \n"
    for title, word in (
        ("Huddles before made-up rounds", "relevant"),
        ("Debriefing in made-up theatres", "irrelevant"),
        ("Silence among made-up staff at night", "not_seen"),
    )
)
LIBRARY = "".join(
    f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\nER  - \n"
    for title, author, year in (
        ("Huddles before made-up rounds", "Lee, A.", 2019),
        ("Debriefing in made-up theatres", "Roy, B.", 2020),
    )
)


def eppi() -> str:
    """An export of two made-up items with two sets of screening codes."""

    def screen(name: str, at: int, *codes: tuple[str, str]) -> dict[str, Any]:
        return {
            "SetName": name,
            "SetType": {"SetTypeName": "Screening"},
            "Attributes": {
                "AttributesList": [
                    {"AttributeId": at + n, "AttributeName": code, "AttributeType": kind}
                    for n, (code, kind) in enumerate(codes)
                ]
            },
        }

    def item(n: int, title: str, *codes: int) -> dict[str, Any]:
        return {
            "ItemId": n,
            "Title": title,
            "TypeName": "Journal, Article",
            "ItemStatus": "I",
            "Codes": [{"AttributeId": code} for code in codes],
        }

    return json.dumps(
        {
            "CodeSets": [
                screen("Title & abstract", 10, ("EXCLUDE on place", "Exclude"), ("In", "Include")),
                screen("Full text", 20, ("EXCLUDE on design", "Exclude"), ("In", "Include")),
            ],
            "References": [
                item(1, "Huddles before made-up rounds", 11, 21),
                item(2, "Debriefing in made-up theatres", 11, 20),
                item(3, "Silence among made-up staff at night", 10),
            ],
        }
    )


def into(store: Store, folder: Path, *files: tuple[str, str], **said: Any) -> Loaded:
    """Load these files in one go, with what a person says of their decisions."""
    paths = []
    for name, text in files:
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    how = How(screened=Screened(**said))
    return load(store, paths, SETTINGS, how=how, review="r", title="Illustrative")


def outcomes(bundle: ReviewBundle) -> dict[int | str, tuple[str, str | None]]:
    """What became of each source, by its year or title."""
    words = {True: IN, False: OUT, None: OPEN}
    return {
        one.year or one.title: (words[one.included], one.excluded_because) for one in bundle.sources
    }


def exits(bundle: ReviewBundle, stage: str) -> dict[str, int | None]:
    """The exclusions of a stage, by reason."""
    return {
        step.reason or "": step.n
        for step in bundle.steps
        if step.kind is StepKind.EXIT and step.stage == f"r:{stage}"
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [("rayyan.bib", RAYYAN_BIB), ("asreview.csv", ASREVIEW), ("asreview.ris", ASREVIEW_RIS)],
)
def test_each_tool_says_who_is_in_and_who_is_out(name: str, text: str, tmp_path: Path) -> None:
    with scratch_store(SETTINGS) as store:
        into(store, tmp_path, (name, text), stage="full text")
        held = bundle_of(store, "r")
        became = {
            one.title.split()[0]: (one.included, one.excluded_because) for one in held.sources
        }
        why = "too old; wrong place" if name == "rayyan.bib" else None
        assert became == {
            "Huddles": (True, None),
            "Debriefing": (False, why),
            "Silence": (None, None),
        }
        assert exits(held, "full-text") == {why or "no reason stated": 1}
        assert flow(store, "r").adds_up


def test_covidence_keeps_who_is_in_in_the_name_of_the_file(store: Store, tmp_path: Path) -> None:
    loaded = into(store, tmp_path, ("excluded.csv", GONE), ("covidence_included.csv", KEPT))
    (warning,) = [one for one in loaded.warnings if one.file == "covidence_included.csv"]
    assert (
        warning.message == "its records hold no decision, but its name says that they are included"
    )
    assert warning.hint and '--decision included --stage "full text"' in warning.hint
    before = outcomes(bundle_of(store, "r"))
    assert before[2019] == before[2020] == (OPEN, None)
    files = (("covidence_included.csv", KEPT), ("excluded.csv", GONE))
    into(store, tmp_path, *files, decision=IN, stage="full text")
    held = bundle_of(store, "r")
    assert outcomes(held) == {
        1990: (OUT, "Wrong study design"),
        1991: (OUT, "Wrong setting"),
        1992: (OUT, "wrong setting"),
        2019: (IN, None),
        2020: (IN, None),
    }
    assert exits(held, "full-text") == {"Wrong study design": 1, "Wrong setting": 2}
    assert [stage.local_id for stage in held.stages] == ["full-text"]
    assert all(one.pmid is None for one in held.sources), "an accession number is no PubMed id"
    assert flow(store, "r").adds_up


def test_what_the_name_of_a_file_says_is_proposed_and_no_more(tmp_path: Path) -> None:
    proposed = {
        "review_1_irrelevant_csv.csv": '--decision excluded --stage "title and abstract"',
        "excluded after full text.csv": '--decision excluded --stage "full text"',
        "included-ta.csv": '--decision included --stage "title and abstract"',
        "library.csv": "say so with --decision",
        "what we excluding.csv": "say so with --decision",
    }
    for name, hint in proposed.items():
        with scratch_store(SETTINGS) as store:
            told = [one.hint or "" for one in into(store, tmp_path, (name, KEPT)).warnings]
            assert told and all(hint in one for one in told)
            assert {one.included for one in bundle_of(store, "r").sources} == {None}


def test_screening_sets_of_eppi_reviewer_are_stages(store: Store, tmp_path: Path) -> None:
    into(store, tmp_path, ("coding.json", eppi()))
    held = bundle_of(store, "r")
    became = {one.title.split()[0]: (one.included, one.excluded_because) for one in held.sources}
    assert became == {
        "Huddles": (True, None),
        "Debriefing": (False, "design"),
        "Silence": (False, "place"),
    }
    stages = sorted(held.stages, key=lambda stage: stage.position)
    assert [stage.name for stage in stages] == ["Title & abstract", "Full text"]
    assert (exits(held, "title-abstract"), exits(held, "full-text")) == (
        {"place": 1},
        {"design": 1},
    )
    assert flow(store, "r").adds_up


def test_a_value_that_no_source_can_have_is_not_taken_over(tmp_path: Path) -> None:
    long = "A made-up title of wards " * 60
    one = {"TypeName": "Report", "DOI": "10.9999/long", "Codes": []}
    more = {"Year": "2019", "Volume": "3", "Authors": "Lee A"}
    items = [
        {"ItemId": 1, "Title": long[:1490].strip(), **one},
        {"ItemId": 2, "Title": long + "x" * 900, **one, **more},
    ]
    with scratch_store(SETTINGS) as store:
        into(store, tmp_path, ("coding.json", json.dumps({"CodeSets": [], "References": items})))
        (held,) = bundle_of(store, "r").sources
        assert (len(held.title), held.year) == (len(long[:1490].strip()), None)


def test_of_two_files_at_one_stage_the_one_that_replaces_goes_first(
    store: Store, tmp_path: Path
) -> None:
    week1, week2 = ("week1.csv", ASREVIEW), ("week2.csv", ASREVIEW.replace("2019,1", "2019,0"))
    into(store, tmp_path, week1, stage="full text")
    loaded = into(store, tmp_path, week2, stage="full text")
    (warning,) = [one for one in loaded.warnings if "until one goes before" in one.message]
    assert "--replaces" in (warning.hint or "")
    assert outcomes(bundle_of(store, "r"))[2019] == (OPEN, None)
    (huddles,) = [one for one in bundle_of(store, "r").sources if one.year == 2019]
    shown = source(store, huddles.id)
    assert [one.column for one in shown.conflicts] == ["included"]
    assert len(shown.decisions) == 2
    into(store, tmp_path, week2, stage="full text", replaces=("week1.csv",))
    assert outcomes(bundle_of(store, "r"))[2019] == (OUT, None)
    assert source(store, huddles.id).conflicts == []
    into(store, tmp_path, week1, stage="full text")
    assert outcomes(bundle_of(store, "r"))[2019] == (OUT, None), "however often the other comes"
    told = into(store, tmp_path, week1, stage="full text", replaces=("week9.csv",))
    assert any(one.found == "week9.csv" for one in told.warnings)


def test_who_was_let_in_by_the_abstract_is_open_until_the_full_text_decides(
    store: Store, tmp_path: Path
) -> None:
    into(store, tmp_path, ("first.ris", LIBRARY), decision=IN, stage="title and abstract")
    assert outcomes(bundle_of(store, "r")) == {2019: (IN, None), 2020: (IN, None)}
    one = LIBRARY.partition("ER  - \n")[0] + "ER  - \n"
    into(store, tmp_path, ("second.ris", one), decision=IN, stage="full text")
    held = bundle_of(store, "r")
    assert outcomes(held) == {2019: (IN, None), 2020: (OPEN, None)}
    numbers = {
        (step.local_id.partition(".")[2]): step.n
        for step in held.steps
        if step.stage == "r:full-text"
    }
    assert numbers == {
        "from-before": None,
        "left": 2,
        "included": 1,
        "not-decided-on-here": 1,
        "together": 2,
    }
    assert flow(store, "r").adds_up
    assert not any(step.kind is StepKind.EXIT for step in held.steps), "undecided is no exit"


def test_what_the_own_files_say_goes_first_and_gaps_are_filled(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "review.yaml").write_text("id: r\ntitle: Illustrative\n", encoding="utf-8")
    (folder / "sources.csv").write_text(
        "id,kind,title,authors,year,journal,included\n"
        "lee,grey,Huddles before made-up rounds,Lee A,2019,Our own words,yes\n"
        "roy,paper,Debriefing in made-up theatres,Roy B,2020,,\n",
        encoding="utf-8",
    )
    out = ASREVIEW.replace("2019,1", "2019,0")
    path = tmp_path / "labels.csv"
    path.write_text(out, encoding="utf-8")
    how = How(screened=Screened(stage="full text"))
    load(store, [folder, path], SETTINGS, how=how)
    lee, roy = (one for one in bundle_of(store, "r").sources if one.local_id in ("lee", "roy"))
    assert (lee.kind.value, lee.journal, lee.included) == ("grey", "Our own words", True)
    assert lee.from_records == []
    assert (roy.included, roy.stage) == (False, "r:full-text")
    assert {"included", "stage"} <= set(roy.from_records)
    assert exits(bundle_of(store, "r"), "full-text") == {"no reason stated": 1}, (
        "as the sources say"
    )
    (conflict,) = source(store, "r:lee").conflicts
    assert {value.value for value in conflict.values} == {IN, OUT}
    record = next(one for one in bundle_of(store, "r").references if one.source == "r:roy")
    unmerge_source(store, record.id, SETTINGS)
    (roy,) = [one for one in bundle_of(store, "r").sources if one.local_id == "roy"]
    assert (roy.included, roy.stage, roy.from_records) == (None, None, [])


def test_the_order_of_stages_is_said_or_asked_for(tmp_path: Path) -> None:
    ranks = {
        "Title and abstract": 1, "TiAb": 1, "screening-rayyan-ta": 1, "in rayyan_ft.csv": 2,
        "full-text": 2, "Full texts": 2, "stage 1": 1, "Round 12": 12, "Screening in x.csv": None,
        "title, abstract and full text": None,
    }  # fmt: skip
    assert {name: rank_of(name) for name in ranks} == ranks
    with scratch_store(SETTINGS) as store:
        into(store, tmp_path, ("a.csv", ASREVIEW))
        loaded = into(store, tmp_path, ("b.csv", ASREVIEW))
        told = [one for one in loaded.warnings if "which stage of screening" in one.message]
        assert len(told) == 1
        assert "--stage" in (told[0].hint or "")


def test_notes_without_a_decision_hold_none() -> None:
    for note in ("", "included in the discussion", "ASReview", "RAYYAN-LABELS: a", "excluded"):
        assert decision_in([note]) == ""
    assert decision_in(["Exclusion reason: "]) == ""
    assert decision_in(["Exclusion reason: Too old; Exclusion reason: Abroad;"]) == (
        "excluded: Abroad; Too old"
    )


# ---- Doors --------------------------------------------------------------------------------------


def test_the_command_line_and_http_take_what_a_person_says(
    tmp_path: Path, command: Callable[..., Ran], store: Store
) -> None:
    (tmp_path / "in.csv").write_text(KEPT, encoding="utf-8")
    (tmp_path / "out.csv").write_text(GONE, encoding="utf-8")
    said = ("--decision", "included", "--stage", "full text")
    for name in ("in.csv", "out.csv"):
        command("load", name, "--review", "r", "--title", "Illustrative", *said)
    shown = json.loads(command("flow", "r", "--json").out)
    settings = Settings(store="unused.kgl", token="made-up")  # type: ignore[arg-type]
    with TestClient(create_app(settings, store), base_url="http://localhost") as client:
        for name, text in (("in.csv", KEPT), ("out.csv", GONE)):
            query = {"name": name, "review": "r", "title": "Illustrative", "decision": "included"}
            answer = client.post(
                "/loads",
                params={**query, "stage": "full text"},
                content=text.encode(),
                headers={"authorization": "Bearer made-up"},
            )
            assert answer.status_code == 201, answer.text
        assert client.get("/reviews/r/flow").json() == shown
        (lee,) = [one for one in client.get("/sources").json()["items"] if one["year"] == 2019]
        page = client.get(f"/sources/{lee['id']}", headers={"accept": "text/html"}).text
        assert "Decided in screening" in page
    text = command("show", "sources", lee["id"]).out
    assert "decided: r:full-text: included" in " ".join(text.split())


def test_an_export_without_decisions_is_told_whatever_it_is_called(
    embedded_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "covidence.csv"
    head = "Title,Authors,Published Year,Journal,DOI,Covidence #,Study,Notes,Tags\n"
    path.write_text(head + 'Rounds that listen,"Ng, G.",2016,Made-up,,#15,Ng 2016,,\n')
    told = load(embedded_store, path, Settings(), review="made-up", title="Made-up").warnings
    assert [one.message for one in told] == ["its records hold no decision"]
    assert "--decision" in (told[0].hint or "")
    reason = "Exclusion reason: Wrong setting; "
    path.write_text(head + f'Rounds that listen,"Ng, G.",2016,Made-up,,#15,Ng 2016,{reason},\n')
    assert not load(embedded_store, path, Settings(), review="made-up").warnings
    (source,) = bundle_of(embedded_store, "made-up").sources
    assert (source.included, source.excluded_because) == (False, "Wrong setting")
