"""Findings show on what they are about, and on nothing else; they are found by their audience."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from bundles import bundles
from conftest import EXAMPLES, Ran
from everything import all_pages
from fastapi.testclient import TestClient
from hypothesis import given
from laws import examples

from api.app import create_app
from api.site.publish import publish
from graph.answers import FindingView
from graph.errors import NotFound, UnknownValue
from graph.load import load_review
from graph.model import FindingKind, ReviewBundle
from graph.questions import records
from graph.questions.ask import ask
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.findings import findings
from graph.questions.gaps import gaps
from graph.questions.mechanisms import mechanisms
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

GENERATED = examples(12)
STUDY = "harris2021:study-prominence-of-the-individual"


def ids(found: list[FindingView] | None) -> list[str]:
    assert found is not None
    return [one.id for one in found]


def test_a_concept_without_evidence_shows_the_finding_that_names_it(loaded: Store) -> None:
    answer = ask(loaded, "evidence for hero leadership").evidence
    assert answer is not None
    assert (answer.items, ids(answer.findings)) == ([], [STUDY])
    assert ids(records.concept(loaded, "hero-leadership").findings) == [STUDY]
    assert ids(records.configuration(loaded, "F2-C4").findings) == [
        "richmond2020:one-resource-opposite-outcomes"
    ]


def test_levels_and_perspectives_show_theirs(loaded: Store) -> None:
    def asked(**wanted: str) -> list[str]:
        return ids(evidence(loaded, EvidenceFilter(**wanted)).findings)

    absent = "harris2021:no-patient-or-service-user-perspective"
    assert asked(perspective="patient-or-service-user") == [absent]
    assert asked(level="teacher") == ["richmond2020:teacher-and-organisation-rare"]
    about = asked(mechanism="working-with-power", perspective="patient-or-service-user")
    assert about == [absent, "harris2021:power-underestimated"]
    # What a review says of a level as a whole is no finding about each mechanism.
    assert asked(mechanism="working-with-power", level="team") == [
        "harris2021:power-underestimated"
    ]


def test_the_gap_matrix_has_the_gaps_that_the_review_states(loaded: Store) -> None:
    answer = ask(loaded, "where are the gaps in harris2021").gaps
    assert answer is not None
    (matrix,) = answer.reviews
    stated = findings(loaded, review="harris2021", kind=FindingKind.GAP).items
    assert len(stated) == 7
    assert matrix.findings == stated


def test_findings_are_listed_by_audience_subject_and_speaker(loaded: Store) -> None:
    def listed(**filters: str) -> list[str]:
        return [one.partition(":")[2] for one in ids(findings(loaded, **filters).items)]

    assert listed(audience="Governance structures") == [
        "governance-structures",
        "share-power-by-law",
    ]
    education = ["build-sense-of-self", "mentoring-and-coaching", "exposure-to-other-sectors"]
    assert listed(audience="education") == ["understand-the-whole-system", *education]
    assert listed(audience="individual leaders") == ["reflection-by-leaders"]
    assert listed(about="political astuteness") == [
        "political-astuteness-no-evidence",
        "study-political-astuteness",
    ]
    assert listed(said_by="stakeholder-group", about="fostering-resilience") == [
        "stakeholders-wary-of-resilience",
        "study-cultures-around-resilience",
    ]
    assert listed(level="teacher") == ["teacher-and-organisation-rare"]
    with pytest.raises(UnknownValue, match="audience"):
        findings(loaded, audience="wizards")
    with pytest.raises(NotFound):
        findings(loaded, about="nothing of the kind")


@GENERATED
@given(bundle=bundles(within=False))
def test_each_record_has_exactly_the_findings_that_name_it(bundle: ReviewBundle) -> None:
    def naming(field: str, id_: str) -> list[str]:
        return sorted(one.id for one in bundle.findings if id_ in getattr(one, field))

    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        lists = {
            "mechanisms": all_pages(mechanisms, store),
            "configurations": all_pages(records.configurations, store),
            "concepts": all_pages(records.concepts, store),
            "theories": all_pages(records.theories, store),
        }
        for field, shown in lists.items():
            assert len(shown) == len(getattr(bundle, field))
            for one in shown:
                assert ids(one.findings) == naming(field, one.id)
                kind = "theory" if field == "theories" else field[:-1]
                answer = evidence(store, EvidenceFilter(**{kind: one.id}))
                assert ids(answer.findings) == naming(field, one.id)
        for word in {word for one in bundle.findings for word in one.audience}:
            listed = all_pages(partial(findings, audience=word), store)
            assert {one.id for one in listed} == {
                one.id for one in bundle.findings if word in one.audience
            }
        (matrix,) = gaps(store).reviews
    assert ids(matrix.findings) == sorted(one.id for one in bundle.findings if one.kind == "gap")


def test_the_commands_show_findings_with_their_ids(command: Callable[..., Ran]) -> None:
    command("load", EXAMPLES / "harris2021")
    for asked in (["ask", "evidence for hero leadership"], ["show", "concepts", "hero-leadership"]):
        assert f"[{STUDY}]" in command(*asked, COLUMNS="200").out
    shown = command("gaps", "--review", "harris2021", COLUMNS="200").out
    assert "harris2021:little-practical-guidance" in shown
    given = ["--audience", "governance structures", "--kind", "recommendation", "--json"]
    answer = json.loads(command("show", "findings", *given).out)
    assert [one["id"] for one in answer["items"]] == ["harris2021:share-power-by-law"]
    assert answer["items"][0]["audience"] == ["governance structures"]
    refused = command("show", "findings", "--audience", "wizards", status=1)
    assert "governance structures" in refused.err


@pytest.mark.slow
def test_pages_and_published_files_show_them(loaded: Store, tmp_path: Path) -> None:
    client = TestClient(create_app(Settings(), loaded), base_url="http://localhost")
    for address, expected in (
        ("/concepts/harris2021:hero-leadership", STUDY),
        ("/evidence?concept=hero-leadership", STUDY),
        ("/ask?q=evidence for hero leadership", STUDY),
        ("/configurations/richmond2020:F2-C4", "richmond2020:one-resource-opposite-outcomes"),
        ("/reviews/richmond2020", "richmond2020:teacher-and-organisation-rare"),
        ("/evidence?perspective=patient-or-service-user", "no-patient-or-service-user-perspective"),
        ("/gaps?review=harris2021", "harris2021:little-practical-guidance"),
        ("/findings?audience=education", "harris2021:mentoring-and-coaching"),
        ("/findings/harris2021:share-power-by-law", "governance structures"),
        ("/sources/harris2021:stakeholder-group", "harris2021:stakeholders-wary-of-resilience"),
    ):
        assert expected in client.get(address, headers={"accept": "text/html"}).text, address
    # Cells by level have pages all the same; those by anything else show the same findings.
    settings = Settings(max_cell_pages=0)
    publish(loaded, settings, tmp_path / "site", review="harris2021")
    for file in ("concepts/harris2021/hero-leadership.html", "gaps/harris2021/index.html"):
        text = (tmp_path / "site" / file).read_text()
        assert ("findings/harris2021/" in text) and ("harris2021:" in text), file
