"""Lint complains of what offends, keeps silent of what does not, and can be silenced in writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bundles import bundles
from conftest import Ran
from everything import all_pages
from hypothesis import given
from laws import examples
from serving import illustrative, in_thread

from benchmarks import lint as seeded
from graph.answers import Complaint
from graph.errors import NotFound, UnknownValue
from graph.load import load_review
from graph.model import (
    Concept,
    Configuration,
    Evidence,
    HistoryEntry,
    Level,
    Mechanism,
    Part,
    Polarity,
    Review,
    ReviewBundle,
    SameAs,
    Silence,
    Source,
)
from graph.questions.lint import lint, lint_rules
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store

RULES = [rule.id for rule in lint_rules().items]


def a_review(review: str = "r", **records: list[Any]) -> ReviewBundle:
    """An illustrative review of which lint has nothing to complain, with other records beside."""
    held: dict[str, list[Any]] = {
        "levels": [
            Level(id=f"{review}:team", name="Team", aliases=["teams"]),
            Level(id=f"{review}:organisation", name="Organisation"),
        ],
        "sources": [
            Source(id=f"{review}:paper", kind="paper", title="Illustrative", included=True),
            Source(
                id=f"{review}:out",
                kind="paper",
                title="Illustrative and left out",
                included=False,
                excluded_because="no outcome",
            ),
            Source(id=f"{review}:talk", kind="interview", title="An illustrative talk"),
        ],
        "mechanisms": [Mechanism(id=f"{review}:trust", name="Trust in each other")],
        "concepts": [
            Concept(id=f"{review}:stable", name="a stable team"),
            Concept(id=f"{review}:debriefs", name="regular debriefs"),
            Concept(id=f"{review}:heard", name="trust that errors will be heard"),
            Concept(id=f"{review}:early", name="problems are raised early"),
        ],
        "configurations": [
            Configuration(
                id=f"{review}:c1",
                mechanisms=[f"{review}:trust"],
                contexts=[Part(concept=f"{review}:stable")],
                resources=[Part(concept=f"{review}:debriefs")],
                reasonings=[Part(concept=f"{review}:heard")],
                outcomes=[Part(concept=f"{review}:early")],
                polarity=Polarity.POSITIVE,
            )
        ],
        "evidence": [
            Evidence(
                id=f"{review}:e1",
                source=f"{review}:paper",
                configuration=f"{review}:c1",
                stance="supports",
                levels=["team"],
                quote="The team said it the same day.",
            )
        ],
    }
    for kind, more in records.items():
        held[kind] = [*held.get(kind, []), *more]
    return ReviewBundle(
        review=Review(id=review, title=f"Illustrative review {review} of debriefs"), **held
    )


def quoted(quote: str, id_: str = "r:q", **more: Any) -> Evidence:
    """A piece of evidence with a quote."""
    known: dict[str, Any] = {"source": "r:paper", "stance": "supports"}
    if not {"mechanism", "configuration", "concept"} & set(more):
        known["mechanism"] = "r:trust"
    return Evidence(id=id_, quote=quote, **{**known, **more})


def part(role: str, name: str) -> dict[str, list[Any]]:
    """A configuration in which a new concept plays a role."""
    roles = {
        "contexts": "r:stable",
        "resources": "r:debriefs",
        "reasonings": "r:heard",
        "outcomes": "r:early",
    }
    parts = {one: [Part(concept="r:new" if one == role else known)] for one, known in roles.items()}
    return {
        "concepts": [Concept(id="r:new", name=name)],
        "configurations": [
            Configuration(id="r:c2", mechanisms=["r:trust"], polarity="positive", **parts)
        ],
    }


def stated(status: str, **evidence: Any) -> dict[str, list[Any]]:
    """A mechanism with a stated status, and evidence about it."""
    pieces = [Evidence(id="r:s1", mechanism="r:m", **evidence)] if evidence else []
    return {
        "mechanisms": [Mechanism(id="r:m", name="Speaking up")],
        "history": [HistoryEntry(id="r:h", mechanism="r:m", position=0, status=status)],
        "evidence": pieces,
    }


def twice(first: str, second: str, kind: str = "concepts", **more: str) -> dict[str, list[Any]]:
    """Two records with names, which declare or define what is told."""
    model = Concept if kind == "concepts" else Mechanism
    return {
        kind: [
            model(id="r:one", name=first, description=more.get("one")),
            model(id="r:other", name=second, description=more.get("other")),
        ]
    }


MANY = "We said it the same day and nobody was blamed."
BAD: list[tuple[str, str, dict[str, list[Any]]]] = [
    (
        "quote-for-many-claims",
        "r:q1",
        {
            "evidence": [
                quoted(MANY, "r:q1"),
                quoted(f"“{MANY.upper()}”", "r:q2", configuration="r:c1"),
                quoted(MANY, "r:q3", concept="r:early"),
            ]
        },
    ),
    (
        "quote-contradicts-level",
        "r:q",
        {"evidence": [quoted("Across the organisation they asked.", levels=["team"])]},
    ),
    (
        "quote-contradicts-stance",
        "r:q",
        {"evidence": [quoted("The debriefs didn't really make any difference.")]},
    ),
    (
        "quote-contradicts-stance",
        "r:q",
        {"evidence": [quoted("The debriefs improved trust a lot.", stance="challenges")]},
    ),
    ("context-is-an-activity", "r:new", part("contexts", "training of ward managers")),
    ("context-is-an-activity", "r:new", part("contexts", "weekly workshops for nurses")),
    ("context-is-an-activity", "r:new", part("contexts", "Implementing a checklist")),
    ("outcome-is-a-plan", "r:new", part("outcomes", "waiting times will be cut by half")),
    ("outcome-is-a-plan", "r:new", part("outcomes", "a register is to be introduced")),
    ("outcome-is-a-plan", "r:new", part("outcomes", "the service intends to employ more nurses")),
    (
        "mechanism-without-response",
        "r:m",
        {
            "mechanisms": [
                Mechanism(id="r:m", name="Shared record", description="A record for all wards.")
            ]
        },
    ),
    (
        "mechanism-without-response",
        "r:c2",
        {"configurations": [
            Configuration(
                id="r:c2",
                resources=[Part(concept="r:debriefs")],
                outcomes=[Part(concept="r:early")],
            )
        ]},
    ),
    (
        "evidence-from-excluded-source",
        "r:s",
        {"evidence": [
            Evidence(id="r:s", source="r:out", mechanism="r:trust", stance="supports")
        ]},
    ),
    (
        "configuration-without-outcome",
        "r:c2",
        {"configurations": [Configuration(id="r:c2", mechanisms=["r:trust"])]},
    ),
    ("status-not-borne-out", "r:m", stated("supported", source="r:talk", stance="supports")),
    ("status-not-borne-out", "r:m", stated("no evidence", source="r:paper", stance="refines")),
    ("near-duplicates", "r:one", twice("trust in managers", "Trust in the manager")),
    ("near-duplicates", "r:one", twice("honest talk at work", "honets talk at work", "mechanisms")),
    (
        "near-duplicates",
        "r:one",
        twice(
            "openness", "frank talk",
            one="People say what went wrong and what they do not know.",
            other="People say what has gone wrong, and what they do not know.",
        ),
    ),
]  # fmt: skip
GOOD: list[tuple[str, dict[str, list[Any]]]] = [
    (
        "quote-for-many-claims",
        {"evidence": [quoted(MANY, "r:q1"), quoted(MANY, "r:q2", configuration="r:c1")]},
    ),
    *(
        ("quote-contradicts-level", {"evidence": [quoted(quote, levels=["team"])]})
        for quote in (
            "The organisation of the rota left no time.",
            "Team and organisation asked alike.",
            "It came from the nurses, not the organisation.",
            "Nobody was blamed.",
        )
    ),
    *(
        ("quote-contradicts-stance", {"evidence": [quoted(quote)]})
        for quote in (
            "Without the debriefs nobody would have said anything.",
            "It did not improve until the debriefs began.",
            "There was no doubt that they helped.",
            "Not only nurses gained from it.",
            "It was not easy, but it brought us together.",
        )
    ),
    *(
        ("quote-contradicts-stance", {"evidence": [quoted(quote, stance="challenges")]})
        for quote in (
            "Trust had improved before the debriefs began.",
            "They helped managers but nobody else.",
        )
    ),
    (
        "quote-contradicts-stance",
        {"evidence": [quoted("The debriefs made no difference.", stance="refines")]},
    ),
    *(
        ("context-is-an-activity", part("contexts", name))
        for name in (
            "nursing homes with stable staff", "crowded housing", "funding that ends each year",
            "little training so far", "a teaching hospital", "during the merger of two wards",
            "staff who have been through training", "being new to the ward",
        )
    ),
    *(
        ("outcome-is-a-plan", part("outcomes", name))
        for name in (
            "political will grows", "planned discharges happen on time",
            "visits were planned jointly", "patients leave with a plan to manage pain",
            "staff feel that they should speak up", "more nurses intend to stay",
            "families know what will happen next", "goodwill between wards",
        )
    ),
    (
        "mechanism-without-response",
        {
            "mechanisms": [
                Mechanism(id="r:m", name="Shared record", description="Wards trust what it says.")
            ]
        },
    ),
    (
        "evidence-from-excluded-source",
        {"evidence": [
            Evidence(id="r:s", source="r:talk", mechanism="r:trust", stance="supports")
        ]},
    ),
    ("status-not-borne-out", stated("supported", source="r:paper", stance="supports")),
    ("status-not-borne-out", stated("no evidence")),
    *(
        ("near-duplicates", twice(*names))
        for names in (
            ("high trust in leaders", "low trust in leaders"), ("trust", "trust in leaders"),
            ("nurses trust doctors fully", "doctors trust nurses fully"),
            ("formal leadership", "informal leadership"), ("first year", "second year"),
            ("respect for staff", "respect from staff"), ("mentors", "mentees"),
        )
    ),
    (
        "near-duplicates",
        {
            **twice("trust in managers", "trust in the manager"),
            "same_as": [SameAs(id="r:same", concept="r:one", same_as="r:other")],
        },
    ),
]  # fmt: skip


def complaints(store: Store, **filters: Any) -> list[Complaint]:
    """All complaints, page by page."""
    found: list[Complaint] = all_pages(partial(lint, **filters), store, limit=2)
    return found


@pytest.mark.parametrize(("rule", "record", "records"), BAD)
def test_what_offends_is_complained_of(
    store: Store, rule: str, record: str, records: dict[str, list[Any]]
) -> None:
    load_review(store, a_review(**records))
    told = [item for item in complaints(store) if item.rule == rule]
    assert [item.record for item in told] == [record]
    (item,) = told
    assert item.id.startswith(f"{record}#{rule}")
    assert item.message
    assert not item.silenced
    assert item.found or rule == "configuration-without-outcome"


@pytest.mark.parametrize(("rule", "records"), GOOD)
def test_what_does_not_offend_is_left_alone(
    embedded_store: Store, rule: str, records: dict[str, list[Any]]
) -> None:
    load_review(embedded_store, a_review(**records))
    assert [item.id for item in complaints(embedded_store) if item.rule == rule] == []


def test_a_sound_review_draws_no_complaint(store: Store) -> None:
    load_review(store, a_review())
    answer = lint(store)
    assert (answer.items, answer.complaints, answer.notes) == ([], 0, [])
    assert [count.rule for count in answer.rules] == RULES


def test_every_rule_is_tried() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES)
    assert {rule for rule, _ in GOOD} == set(RULES) - {"configuration-without-outcome"}


def test_near_duplicates_stand_side_by_side(store: Store) -> None:
    pair = twice("openness", "openess", one="What is said.", other="What people say.")
    load_review(store, a_review(**pair))
    (item,) = lint(store).items
    assert [(one.id, one.text) for one in item.related] == [
        ("r:one", "What is said."),
        ("r:other", "What people say."),
    ]
    assert item.score is not None
    assert 84 <= item.score <= 100


def faulty(review: str = "r") -> ReviewBundle:
    """A review with a fault of every kind that its records allow together."""
    records: dict[str, list[Any]] = {}
    for number, (_, _, more) in enumerate(BAD):
        for kind, held in more.items():
            for one in held:
                text = one.model_dump_json()
                for local in (
                    "q",
                    "q1",
                    "q2",
                    "q3",
                    "new",
                    "c2",
                    "m",
                    "s",
                    "s1",
                    "h",
                    "one",
                    "other",
                ):
                    text = text.replace(f'"r:{local}"', f'"r:{local}-{number}"')
                again = type(one).model_validate_json(text.replace('"r:', f'"{review}:'))
                records.setdefault(kind, []).append(again)
    return a_review(review, **records)


def test_a_justification_silences_and_taking_it_back_restores_the_answer(store: Store) -> None:
    bundle = faulty()
    load_review(store, bundle)
    before = lint(store, limit=1000)
    assert {item.rule for item in before.items} == set(RULES)
    assert [item.id for item in complaints(store)] == [item.id for item in before.items]
    silences = [
        Silence(id=f"r:quiet{n}", rule=item.rule, record=item.record, because="Looked at.")
        for n, item in enumerate(before.items)
    ]
    load_review(store, bundle.model_copy(update={"silences": silences}))
    quiet = lint(store)
    assert (quiet.items, quiet.complaints, quiet.silenced) == ([], 0, before.complaints)
    shown = lint(store, silenced=True, limit=1000)
    assert [item.id for item in shown.items] == [item.id for item in before.items]
    assert {item.because for item in shown.items} == {"Looked at."}
    load_review(store, bundle)
    assert lint(store, limit=1000) == before


def test_either_of_a_pair_and_any_claim_of_a_quote_silences(store: Store) -> None:
    records = {**twice("trust in managers", "trust in the manager"), **BAD[0][2]}
    silences = [
        Silence(id="r:1", rule="near-duplicates", record="r:other", because="Two things."),
        Silence(id="r:2", rule="quote-for-many-claims", record="r:q3", because="Rich quote."),
    ]
    load_review(store, a_review(**records, silences=silences))
    assert lint(store).complaints == 0
    assert lint(store).silenced == 2


def test_what_silences_nothing_is_told(store: Store) -> None:
    silences = [
        Silence(id="r:1", rule="near-duplicates", record="r:heard", because="Not needed."),
        Silence(id="r:2", rule="no-such-rule", record="r:heard", because="A slip."),
    ]
    load_review(store, a_review(silences=silences))
    notes = lint(store).notes
    assert len(notes) == 2
    assert "near-duplicates does not complain of r:heard" in notes[0]
    assert "there is no rule no-such-rule" in notes[1]


def test_reviews_are_linted_apart(store: Store) -> None:
    load_review(store, faulty("one"))
    alone = lint(store, limit=1000)
    load_review(store, faulty("two"))
    load_review(store, a_review("three"))
    assert lint(store, review="one", limit=1000) == alone
    assert lint(store, review="three").complaints == 0
    assert len(complaints(store)) == 2 * alone.complaints
    only = lint(store, review="two", rule="outcome-is-a-plan", limit=1000)
    assert {item.rule for item in only.items} == {"outcome-is-a-plan"}
    assert {item.review for item in only.items} == {"two"}
    with pytest.raises(UnknownValue, match="near-dupes"):
        lint(store, rule="near-dupes")
    with pytest.raises(NotFound):
        lint(store, review="four")


@examples(40)
@given(bundle=bundles())
def test_any_review_can_be_linted_and_silenced(bundle: ReviewBundle) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        before = all_pages(lint, store, limit=3)
        assert len({item.id for item in before}) == len(before)
        pairs = sorted({(item.rule, item.record) for item in before})
        silences = [
            Silence(id=f"generated:s{n}", rule=rule, record=record, because="So it is.")
            for n, (rule, record) in enumerate(pairs)
        ]
        load_review(store, bundle.model_copy(update={"silences": silences}))
        assert lint(store).items == []
        load_review(store, bundle)
        assert all_pages(lint, store, limit=3) == before


def test_the_shipped_reviews_draw_no_complaint(loaded: Store) -> None:
    assert [item.id for item in lint(loaded).items] == []


def test_many_concepts_are_compared_in_little_time() -> None:
    concepts = [
        Concept(id=f"r:n{n}", name=f"trust of group {n % 100} in group {n // 100}")
        for n in range(10_000)
    ]
    concepts.append(Concept(id="r:twin", name="trust of the group 7 in the group 9"))
    with scratch_store(Settings()) as store:
        load_review(store, a_review(concepts=concepts))
        (item,) = lint(store, rule="near-duplicates").items
    assert {one.id for one in item.related} == {"r:n907", "r:twin"}


def test_planted_faults_are_found_and_clean_records_left_alone() -> None:
    found, _ = seeded.told(seeded.plant())
    assert sum(one.planted for one in found) == sum(one.clean for one in found) == 1000
    for one in found:
        assert one.recall >= seeded.RECALL_GOAL, one
        assert one.false_alarms <= seeded.FALSE_GOAL, one


def test_the_command_and_the_address(command: Callable[..., Ran], tmp_path: Path) -> None:
    folder = illustrative(tmp_path / "folder")
    (folder / "concepts.csv").write_text(
        "id,name\none,trust in managers\nother,trust in the manager\n"
    )
    command("load", folder)
    assert json.loads(command("lint", "--json", status=1).out)["complaints"] == 1
    text = command("lint", status=1, COLUMNS="40").out
    assert max(map(len, text.splitlines())) <= 40
    assert "alike: 100 of 100" in " ".join(text.split())
    assert "no rule" not in text
    with (
        in_thread(Settings(store=str(tmp_path / "command.kgl"))) as served,
        served.client() as http,
    ):
        table = http.get("/lint.csv", params={"rule": "near-duplicates"}).text
        assert table.startswith("id,review,rule,record")
        assert "illustrative:one; illustrative:other" in table
        assert [rule["id"] for rule in http.get("/lint/rules").json()["items"]] == RULES
    (folder / "silenced.csv").write_text(
        "rule,record,because,declared_by\nnear-duplicates,other,Two teams.,Lee A\n"
    )
    command("load", folder)
    told = command("lint", "--silenced").out
    assert "silenced: Two teams. (Lee A)" in told
    rules = command("lint", "--rules").out
    assert all(rule in rules for rule in RULES)
