"""The flow says alike at every door where its numbers come from, and never that they are stated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from commands import Ran
from fastapi.testclient import TestClient

from api.app import create_app
from graph.questions.flow import flow
from graph.settings import Settings
from graph.stores import open_store
from loaders.inputs import How
from loaders.intake import load
from loaders.references.deciding import Screened
from visualise.flow_diagram import flow_rows, summary

REVIEW = """id: made
title: "Illustrative"
search:
  - id: main
    name: Main search
    steps:
      - {id: found, kind: entrance, track: papers, name: found, n: 40}
      - {id: out, kind: exit, track: papers, name: excluded, n: 38}
      - {id: papers, kind: total, track: papers, name: papers}
      - {id: taken, kind: entrance, track: all, name: papers, takes: papers}
      - {id: grey, kind: entrance, track: all, name: grey reports, n: 1}
      - {id: all, kind: total, track: all, name: all, n: 3}
"""
LIBRARY = "TY  - JOUR\nTI  - An illustrative paper {n}\nAU  - Lee, Anna\nPY  - 201{n}\nER  - \n"
DECISIONS = (
    "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,notes\n"
    'r1,An illustrative paper 1,2011,,,,,,,,"Lee, Anna",,'
    '"RAYYAN-INCLUSION: {""A""=>""Included""}"\n'
    'r2,An illustrative paper 2,2012,,,,,,,,"Lee, Anna",,"RAYYAN-INCLUSION: {""A""=>""Excluded""}'
    ' | RAYYAN-EXCLUSION-REASONS: wrong setting"\n'
)


def test_where_a_number_comes_from_is_said_alike(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "review.yaml").write_text(REVIEW)
    store = str(tmp_path / "command.kgl")
    assert command("load", str(folder), "--store", store).status == 0
    told = command("flow", "made", "--store", store).out
    settings = Settings(store=store)
    with open_store(settings) as held:
        report = flow(held, "made")
    given = {step.id: step.given for stage in report.stages for step in stage.steps}
    assert given == {
        "made:main.found": "stated",
        "made:main.out": "stated",
        "made:main.papers": "computed",
        "made:main.taken": "taken over from made:main.papers",
        "made:main.grey": "stated",
        "made:main.all": "stated",
    }
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        page = client.get("/reviews/made/flow", headers={"accept": "text/html"}).text
    assert [row[5] for row in flow_rows(report)] == list(given.values())
    for text in ("2 (computed)", "2 (taken over from made:main.papers)", report.verdict):
        assert text in page
    for text in ("(computed)", "(taken over from made:main.papers)", report.verdict):
        assert text in " ".join(told.split())
    assert report.verdict == summary(report) == "The one sum holds."


def test_what_is_counted_is_stated_by_nobody(tmp_path: Path) -> None:
    library, decisions = tmp_path / "library.ris", tmp_path / "rayyan full text.csv"
    library.write_text("".join(LIBRARY.format(n=n) for n in (1, 2)))
    decisions.write_text(DECISIONS)
    settings = Settings(store=str(tmp_path / "counted.kgl"))
    with open_store(settings) as store:
        how = How(screened=Screened(stage="full text"))
        load(store, [library], settings, review="made", title="Made")
        load(store, [decisions], settings, review="made", how=how)
        report = flow(store, "made")
    steps = [step for stage in report.stages for step in stage.steps]
    assert steps
    assert {step.given for step in steps} == {"counted"}
    assert report.unchecked == []
    assert "stated" not in report.verdict
