"""What the two shipped reviews say, asked over HTTP: the same whichever store stands behind it.

Each function takes a getter that works like ``httpx.Client.get`` on the server's address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx

Get = Callable[..., httpx.Response]

SEED = "harris2021"
RICHMOND = "richmond2020"
SEVEN = (
    "inspiring-intent-to-work-together",
    "creating-the-conditions-to-work-together",
    "balancing-multiple-perspectives",
    "working-with-power",
    "taking-a-wider-view",
    "commitment-to-learning-and-development",
    "clarifying-complexity",
)
INCORPORATED = ("adaptability-of-leadership-style", "planning-and-coordinating")
WITHOUT_EVIDENCE = "fostering-resilience"
STAGE_1 = [1446, 532, 914, 848, 66, 43, 23, 41, 27, 14, 23, 14, 37, 12, 49]
"""In the order of the flow; 23 and 14 come in again where the two tracks meet, 49 is computed."""
STAGE_2 = [5673, 5253, 420, 22, 2, 11, 3, 458, 16, 442, 406, 36]
"""In the order of the flow; 406 is computed."""
PAPERS_PER_CONTEXT = {"C1": 22, "C2": 7, "C3": 5, "C4": 4, "C5": 9}


def answer(get: Get, path: str, **params: str | int) -> Any:
    """The JSON of an answer that must be there."""
    response = get(path, params=params)
    assert response.status_code == 200, f"{path} {params}: {response.text}"
    return response.json()


def every(get: Get, path: str, limit: int = 10, **params: str | int) -> list[Any]:
    """Every record of a list, page by page."""
    items: list[Any] = []
    after = ""
    seen = {after}
    while True:
        page = answer(get, path, after=after, limit=limit, **params)
        items += page["items"]
        if page["next"] is None:
            return items
        after = page["next"]
        assert after not in seen, "a cursor must move on"
        seen.add(after)


def assert_seed(get: Get) -> None:
    """Every structured fact of the first-look summary of Harris et al. 2021."""
    assert_power_at_team_level(get)
    assert_three_without_support(get)
    assert_gaps_of_the_seed(get)
    assert_flow_of_the_seed(get)
    assert_history_of_the_seed(get)
    assert_absences_of_the_seed(get)
    assert_reporting_of_the_seed(get)


def assert_power_at_team_level(get: Get) -> None:
    """The synthesis reports it, to no single paper, and finds power underestimated."""
    question = "evidence for Working with power at team level"
    asked = answer(get, "/ask", q=question)
    assert "harris2021:working-with-power at level team" in asked["understood"]
    path = "/mechanisms/working-with-power/evidence"
    assert asked["evidence"] == answer(get, path, level="team", review=SEED) | {
        "filter": asked["evidence"]["filter"]
    }
    evidence = asked["evidence"]
    totals = evidence["totals"]
    assert totals["evidence"] == 1
    assert totals["weight"]["text"] == "one synthesis, 36 studies, not attributed: 1 for"
    assert totals["weight"]["works"] == {"synthesis": 1}
    (item,) = evidence["items"]
    assert item["levels"] == ["team"]
    assert item["locator"] == "Results"
    assert item["about"]["id"] == f"{SEED}:working-with-power"
    assert item["source"]["kind"] == "synthesis"
    assert item["source"]["studies"] == 36
    assert item["source"]["attribution"] == "collective"
    assert "Harris R" in item["source"]["citation"]
    assert answer(get, f"/evidence/{item['id']}") == item
    assert answer(get, f"/sources/{item['source']['id']}")["id"] == item["source"]["id"]
    assert any(
        "a synthesis (36 studies) that does not say which study shows what" in note
        for note in evidence["notes"]
    )
    finding = answer(get, f"/findings/{SEED}:power-underestimated")
    assert finding in evidence["findings"]
    assert finding["kind"] == "gap"
    assert evidence["mechanism"]["support"] == "supported"
    assert evidence["mechanism"]["stated"] == "supported"
    assert evidence["mechanism"]["disagreement"] is None


def assert_three_without_support(get: Get) -> None:
    """Two incorporated, one without evidence; each with its reason and the search that looked."""
    found = {
        item["id"].partition(":")[2]: item
        for item in every(get, "/mechanisms", support="none", review=SEED)
    }
    assert set(found) == {*INCORPORATED, WITHOUT_EVIDENCE}
    for name, item in found.items():
        assert item["support"] == "none entered"
        assert item["weight"]["pieces"] == 0
        why = item["unsupported"]
        (search,) = why["searches"]
        assert search["stage"] == f"{SEED}:stage-2"
        assert len(search["databases"]) == 11
        assert len(search["handsearched"]) == 3
        assert list(search["totals"].values()) == [5673, 420, 458, 442, 36]
        assert answer(get, f"/mechanisms/{name}", review=SEED) == item
    resilience = found[WITHOUT_EVIDENCE]
    assert resilience["stated"] == "no evidence"
    absent = f"{SEED}:fostering-resilience-no-evidence"
    assert resilience["unsupported"]["reason"].endswith(f"[{absent}]")
    (mark,) = resilience["unsupported"]["marks"]
    assert (mark["word"], mark["place"]) == ("stated absent", None)
    assert {one["id"] for one in mark["records"]} == {
        absent,
        f"{SEED}:fostering-resilience-stage-2",
        f"{SEED}:stage-2",
    }
    about = {finding["id"] for finding in resilience["unsupported"]["findings"]}
    assert f"{SEED}:fostering-resilience-no-evidence" in about
    assert f"{SEED}:stakeholders-wary-of-resilience" in about
    for name in INCORPORATED:
        assert found[name]["stated"] == "incorporated"
        row = f"{SEED}:{name}-stage-2"
        reason = found[name]["unsupported"]["reason"]
        assert reason.startswith("“Too little evidence for a mechanism of its own.")
        assert reason.endswith(f"[{row}]")
        into = found[name]["history"][-1]["into"]
        assert {entry["id"] for entry in into} == {f"{SEED}:{other}" for other in SEVEN}
        (mark,) = found[name]["unsupported"]["marks"]
        assert mark["word"] == "incorporated"
        assert [one["id"] for one in mark["records"]] == [row, f"{SEED}:stage-2"]


def assert_gaps_of_the_seed(get: Get) -> None:
    """Evidence for seven at both levels; one absence and two incorporations, none at a level."""
    (matrix,) = answer(get, "/gaps", review=SEED)["reviews"]
    assert [column["at"] for column in matrix["columns"]] == [["system"], ["team"]]
    rows = {row["id"].partition(":")[2]: row for row in matrix["rows"]}
    assert {name: [cell["state"] for cell in row["cells"]] for name, row in rows.items()} == {
        **{name: ["supported"] * 2 for name in SEVEN},
        **{name: ["none entered"] * 2 for name in INCORPORATED},
        WITHOUT_EVIDENCE: ["none entered"] * 2,
        "political-astuteness": ["none entered"] * 2,
        "pre-existing-networks": ["none entered"] * 2,
    }
    said = {
        name: [mark["word"] for mark in row["marks"]] for name, row in rows.items() if row["marks"]
    }
    assert said == {
        **{name: ["incorporated"] for name in INCORPORATED},
        WITHOUT_EVIDENCE: ["stated absent"],
        "working-with-power": ["stated unclear"],
        "political-astuteness": ["stated absent"],
        "pre-existing-networks": ["gap stated"],
    }
    for name, row in rows.items():
        # Only the stakeholders' word on political astuteness names no level.
        beside = [cell["weight"]["works"] for cell in row["beside"]]
        assert beside == ([{"stakeholders": 1}] if name == "political-astuteness" else [])
        for cell in row["cells"]:
            assert cell["marks"] == row["marks"]
            works = {"synthesis": 1} if name in SEVEN else {}
            assert cell["weight"]["works"] == works
    (patients, _) = answer(get, "/gaps", review=SEED, by="perspective")["reviews"][0]["columns"]
    assert [mark["word"] for mark in patients["marks"]] == ["stated absent"]


def assert_flow_of_the_seed(get: Get) -> None:
    """Every number of both stages, every equation, and the two numbers that nobody states."""
    flow = answer(get, f"/reviews/{SEED}/flow")
    first, second = flow["stages"]
    for stage, numbers in ((first, STAGE_1), (second, STAGE_2)):
        assert [
            step["computed"] if step["n"] is None else step["n"] for step in stage["steps"]
        ] == numbers
    stated = [step["n"] for stage in flow["stages"] for step in stage["steps"]]
    assert 49 not in stated
    assert 406 not in stated
    assert sorted(item["n"] for item in flow["implied"]) == [49, 406]
    assert flow["adds_up"] is True
    texts = {equation["text"] for equation in flow["equations"] if equation["holds"]}
    assert len(flow["equations"]) == sum(equation["holds"] for equation in flow["equations"])
    assert {
        "1446 - 532 = 914",
        "914 - 848 = 66",
        "66 - 43 = 23",
        "41 - 27 = 14",
        "23 + 14 = 37",
        "5673 - 5253 = 420",
        "420 + 22 + 2 + 11 + 3 = 458",
        "458 - 16 = 442",
        "7 + 2 + 1 = 10",
    } <= texts
    assert [len(stage["databases"]) for stage in flow["stages"]] == [8, 11]
    assert [len(stage["handsearched"]) for stage in flow["stages"]] == [0, 3]


def assert_reporting_of_the_seed(get: Get) -> None:
    """What the summary says of its own methods and funding, each with its place."""
    said = answer(get, f"/reviews/{SEED}")["reporting"]
    assert sorted({one["item"] for one in said}) == [2, 3, 5, 6, 7, 8, 9, 10, 11, 15, 16, 18, 19]
    assert [one["item"] for one in said] == sorted(one["item"] for one in said)
    assert all(one["locator"] for one in said)
    told = {one["id"].partition(":")[2]: one["statement"] for one in said}
    assert "project 18/01/06" in told["funding"]
    assert "no conventional quality appraisal" in told["appraisal"]
    assert answer(get, f"/reviews/{RICHMOND}")["reporting"] == []


def assert_history_of_the_seed(get: Get) -> None:
    """Ten were proposed: seven supported at both levels, two incorporated, one without evidence."""
    mechanisms = every(get, "/mechanisms", limit=3, review=SEED)
    assert len(mechanisms) == 10
    assert Counter(item["stated"] for item in mechanisms) == {
        "supported": 7,
        "incorporated": 2,
        "no evidence": 1,
    }
    for item in mechanisms:
        assert item["history"][0]["status"] == "preliminary"
        assert item["history"][0]["stage"] == f"{SEED}:stage-1"
        assert item["history"][-1]["stage"] == f"{SEED}:stage-2"
        assert item["disagreement"] is None
    supported = {
        item["id"].partition(":")[2]: item["levels"]
        for item in mechanisms
        if item["stated"] == "supported"
    }
    assert supported == {name: ["system", "team"] for name in SEVEN}
    review = answer(get, f"/reviews/{SEED}")
    assert review["counts"]["mechanism"] == 10
    assert review["counts"]["configuration"] == 0, "the summary prints no configuration"
    assert len(review["objectives"]) == 5


def assert_absences_of_the_seed(get: Get) -> None:
    """No patient or service-user perspective; political astuteness only from stakeholders."""
    nobody = answer(get, "/evidence", review=SEED, perspective="service user")
    assert nobody["filter"]["perspective"] == "patient-or-service-user"
    assert nobody["totals"]["evidence"] == 0
    absent = answer(get, f"/findings/{SEED}:no-patient-or-service-user-perspective")
    assert absent["kind"] == "gap"
    assert absent["perspectives"] == ["patient-or-service-user"]
    assert absent["searched"] == f"{SEED}:stage-2"
    assert "inferred" in absent["statement"], "the summary names no search for it"
    astute = answer(get, "/evidence", review=SEED, concept="political astuteness")
    assert astute["totals"]["weight"]["works_by_kind"] == {"consultation": 1}
    papers = every(get, "/papers", review=SEED)
    assert papers == [], "the summary does not list the papers it rests on"


def assert_richmond(get: Get) -> None:
    """The five numbers of Richmond et al. 2020, and what hangs on them."""
    papers = every(get, "/papers", review=RICHMOND)
    assert len(papers) == 28
    assert len({paper["doi"] for paper in papers if paper["doi"]}) == 27
    assert all(paper["citation"] for paper in papers)
    configurations = every(get, "/configurations", review=RICHMOND)
    assert len(configurations) == 16
    contexts = {part["id"] for item in configurations for part in item["contexts"]}
    assert contexts == {f"{RICHMOND}:{name}" for name in PAPERS_PER_CONTEXT}
    evidence = every(get, "/evidence", review=RICHMOND)
    links = Counter((item["source"]["id"], item["about"]["id"]) for item in evidence)
    assert len(links) == 47
    assert set(links.values()) == {1}
    assert Counter(about.partition(":")[2] for _, about in links) == PAPERS_PER_CONTEXT
    assert {source for source, _ in links} == {paper["id"] for paper in papers}
    for name, number in PAPERS_PER_CONTEXT.items():
        asked = answer(get, "/evidence", review=RICHMOND, concept=name, limit=1)
        assert asked["totals"]["weight"]["works_by_kind"] == {"paper": number}
    alike = answer(get, f"/configurations/{RICHMOND}:F2-C3")
    opposite = answer(get, f"/configurations/{RICHMOND}:F2-C4")
    assert alike["resources"] == opposite["resources"]
    assert (alike["polarity"], opposite["polarity"]) == ("positive", "negative")
    flow = answer(get, f"/reviews/{RICHMOND}/flow")
    assert flow["adds_up"] is True
    assert {"25 + 2 + 1 = 28", "22 + 7 + 5 + 4 + 9 = 47"} <= {
        equation["text"] for equation in flow["equations"]
    }
    assert_gaps_of_richmond(get)


def assert_gaps_of_richmond(get: Get) -> None:
    """Evidence stands at the level of the student; of two others the review says “rarely”."""
    (matrix,) = answer(get, "/gaps", review=RICHMOND)["reviews"]
    assert [column["at"][0] for column in matrix["columns"]] == [
        "student",
        "teacher",
        "organisation",
    ]
    rows = {row["id"].partition(":")[2]: row["cells"] for row in matrix["rows"]}
    works = {name: cells[0]["weight"]["works"] for name, cells in rows.items()}
    assert works == {name: {"primary": n} for name, n in PAPERS_PER_CONTEXT.items()}
    for student, *others in rows.values():
        assert student["state"] == "supported"
        for cell in others:
            assert cell["state"] == "none entered"
            (mark,) = cell["marks"]
            assert (mark["word"], mark["reach"]) == ("stated scarce", "column")
