"""What questions in words are answered with: weights, searches, facts, numbers, parts of CMOs.

The expectations are counted by hand from the rows of `asked_review`, or from the raw example files.
"""

from __future__ import annotations

from collections import Counter

import pytest
import yaml
from asked_review import CONCEPTS, MECHANISMS, R, asked_review
from conftest import EXAMPLES

from graph.errors import UnknownValue
from graph.load import load_review
from graph.model import FindingKind, Stage, Status
from graph.questions.ask import ask
from graph.questions.facts import ITEMS, boxes, facts
from graph.questions.looked import looked_for, never_looked_for
from graph.questions.records import concepts, configurations, sources, theories
from graph.settings import Settings
from graph.store import Store
from loaders.intake import load


@pytest.fixture
def asked(store: Store) -> Store:
    """A store of each kind with the illustrative review and two shipped ones."""
    for name in ("harris2021", "richmond2020"):
        load(store, EXAMPLES / name, Settings())
    load_review(store, asked_review())
    return store


def ids(items: list) -> list[str]:  # type: ignore[type-arg]
    return [item.id.partition(":")[2] for item in items]


def test_the_answers_are_those_of_the_rows(asked: Store) -> None:
    # How strong: two papers for, one against; a grey report that refines; one interview.
    held = ask(asked, "how strong is the evidence for hope").strength
    assert held is not None
    (hope,) = held.items
    assert hope.weight.state == "mixed"
    assert {(a.sort.value, a.stance.value): a.works for a in hope.weight.amounts} == {
        ("primary", "supports"): 2,
        ("primary", "challenges"): 1,
        ("primary", "refines"): 1,
        ("stakeholders", "supports"): 1,
    }
    # The most first, and every mechanism once.
    ranked = ask(asked, "which mechanism has the most evidence in linkworkers2026").strength
    assert ranked is not None
    assert ids(ranked.items)[0] == "hope"
    assert sorted(ids(ranked.items)) == sorted(MECHANISMS)
    # At one level, only evidence that states it counts.
    lacking = ask(asked, "which mechanisms lack empirical support at individual level").strength
    assert lacking is not None
    assert set(ids(lacking.items)) == set(MECHANISMS) - {"hope", "trust-link-worker", "being-known"}

    # Papers alone, or from some years: by hand from the rows.
    said = {
        "what did the interviews say about hope": ["e3"],
        "papers about hope": ["e0", "e1", "e2"],
    }
    said |= {"evidence for hope since 2016": ["e0", "e2"], "low rigour evidence for hope": ["e0"]}
    said |= {"evidence from carers": ["e10", "e2", "e5"], "grey literature on hope": ["e4"]}
    for question, wanted in said.items():
        answer = ask(asked, question).evidence
        assert answer is not None
        assert ids(answer.items) == wanted, question

    # Parts of configurations by polarity.
    parts = ask(asked, "in what context does hope work").parts
    assert parts is not None
    assert [(one.polarity, one.name) for one in parts.items] == [
        ("positive", CONCEPTS["ctx06"]),
        ("negative", CONCEPTS["ctx20"]),
    ]
    # Lists by what narrows them.
    assert ids(configurations(asked, context=f"{R}:ctx14").items) == ["CMOC25"]
    assert ids(configurations(asked, review=R, concept=f"{R}:out03").items) == ["CMOC2", "CMOC25"]
    assert ids(concepts(asked, review=R, role="outcome").items) == ["out01", "out03", "out08"]  # type: ignore[arg-type]
    assert ids(theories(asked, explains=f"{R}:coherence").items) == ["npt"]
    assert ids(sources(asked, review=R, since=2016).items) == [
        "evans-2016",
        "fontaine-2017",
        "jensen-2017",
    ]
    assert ids(sources(asked, review=R, until=2008).items) == ["mbeki-2008"]
    assert sources(asked, review=R, included=False).items == []

    # Numbers by review.
    counted = ask(asked, "how many mechanisms are there").counts
    assert counted is not None
    assert {one.review: one.n for one in counted.items} == {
        "harris2021": 10,
        R: 14,
        "richmond2020": 0,
    }
    merged = ask(asked, "which mechanisms were merged into others").mechanisms
    assert merged is not None
    assert all(one.stated is Status.INCORPORATED for one in merged.items)
    assert len(merged.items) == 3
    open_ = ask(asked, "what don't we know about fostering resilience").findings
    assert open_ is not None
    assert Counter(one.kind for one in open_.items) == {
        FindingKind.GAP: 1,
        FindingKind.FUTURE_RESEARCH: 2,
    }


def test_facts_are_the_words_of_the_file_and_nothing_else(asked: Store) -> None:
    told = yaml.safe_load((EXAMPLES / "harris2021" / "review.yaml").read_text(encoding="utf-8"))
    (registration,) = facts(asked, "registration", review="harris2021").items
    assert [one.text for one in registration.statements] == [told["registration"]]
    (databases,) = facts(asked, "databases", review="harris2021").items
    assert [one.text for one in databases.statements] == [
        ", ".join(stage["databases"]) for stage in told["search"]
    ]
    (funding,) = facts(asked, "funding", review="harris2021").items
    assert [one.record for one in funding.statements] == ["harris2021:funding"]
    assert funding.note is None
    (none,) = facts(asked, "funding", review="richmond2020").items
    assert none.statements == []
    assert none.note == "not stated in what is loaded of richmond2020"
    for item in ITEMS:  # each is answered for each review, with records that are there
        for fact in facts(asked, item).items:
            assert bool(fact.statements) != bool(fact.note)
            assert all(one.record.partition(":")[0] == fact.review for one in fact.statements)
    with pytest.raises(UnknownValue):
        facts(asked, "colour")
    (included,) = boxes(asked, "included", review="richmond2020").items
    assert "papers included: 28" in [one.text for one in included.statements]
    (silent,) = boxes(asked, "screened", review="harris2021").items
    assert silent.statements == []
    assert silent.note


def test_who_looked_is_whoever_a_record_says_looked(store: Store) -> None:
    bundle = asked_review()
    # The stage has no scope and no history row names it: nobody looked for anything.
    load_review(store, bundle)
    assert len(never_looked_for(store).items) == len(MECHANISMS)
    scoped = [
        Stage(**{**stage.model_dump(), "mechanisms": [f"{R}:hope"]}) for stage in bundle.stages
    ]
    load_review(store, bundle.model_copy(update={"stages": scoped}))
    assert sorted(ids(never_looked_for(store).items)) == sorted(set(MECHANISMS) - {"hope"})
    (hope,) = looked_for(store, "mechanism", "hope").items
    assert [(look.search.stage, look.record.kind) for look in hope.looks] == [
        (f"{R}:main", "stage")
    ]
    (relief,) = looked_for(store, "mechanism", "relief").items
    assert relief.looks == []


def test_what_works_somewhere_says_of_which_polarity_each_answer_is(asked: Store) -> None:
    """A configuration in a context may work or not: the answer says how many do what."""
    of_context = [one for one in asked_review().configurations if one.contexts]
    context = of_context[0].contexts[0].concept
    there = [one for one in of_context if context in [part.concept for part in one.contexts]]
    wanted = Counter(one.polarity.value if one.polarity else "not stated" for one in there)
    answer = ask(asked, f"what works in {context}")
    assert answer.configurations is not None
    assert len(answer.configurations.items) == len(there)
    assert answer.understood.endswith("(of every polarity)")
    (note,) = answer.notes
    told = dict(part.split(" ", 1)[::-1] for part in note[len("By polarity: ") : -1].split("; "))
    assert {name: int(n) for name, n in told.items()} == wanted
    narrowed = ask(asked, f"what fails in {context}")
    assert "(of every polarity)" not in narrowed.understood
    assert narrowed.notes == []


def test_what_is_not_known_of_one_thing_shows_no_gap_of_another(asked: Store) -> None:
    """The matrix is narrowed with its gaps: one about another mechanism is no answer."""
    answer = ask(asked, "what do we not know about working with power in harris2021")
    assert answer.gaps is not None
    (matrix,) = answer.gaps.reviews
    (row,) = matrix.rows
    cited = {id_ for mark in matrix.counted() for id_ in mark.ids}
    for finding in matrix.findings:
        about = {one.id for one in finding.about if one.kind == "mechanism"}
        assert row.id in about or finding.id in cited, finding.name
    whole = ask(asked, "where are the gaps in harris2021").gaps
    assert whole is not None
    assert len(whole.reviews[0].findings) > len(matrix.findings)
