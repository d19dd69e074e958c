"""What every store must do: the same suite runs on the embedded store and on a real Neo4j."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from bundles import bundles
from conftest import EXAMPLES, ROOT, empty
from everything import everything, of_review
from folders import reading_of
from hypothesis import given
from laws import examples

from graph.catalogue import Query, catalogue, named, statements
from graph.errors import TheorygraphError
from graph.load import load_review, remove_review
from graph.model import Evidence, Mechanism, Review, ReviewBundle, Source
from graph.settings import Settings
from graph.store import Rows, Store, Transaction
from loaders.intake import load

GENERATED = examples(20, shared=True)


def bundle_of(name: str) -> ReviewBundle:
    return reading_of(EXAMPLES / name).accepted()


def test_loading_the_same_review_again_changes_nothing(loaded: Store) -> None:
    before = everything(loaded)
    report = load_review(loaded, bundle_of("richmond2020"))
    assert not report.changed_anything
    assert report.total.unchanged == 173
    assert everything(loaded) == before


def test_a_corrected_review_is_updated_and_what_is_gone_is_removed(
    loaded: Store, tmp_path: Path
) -> None:
    harris = of_review(loaded, "harris2021")
    folder = tmp_path / "richmond2020"
    shutil.copytree(EXAMPLES / "richmond2020", folder)
    evidence = (folder / "evidence.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in evidence if line.startswith("bloice-2014-C2"))
    evidence.remove(gone)
    (folder / "evidence.csv").write_text("".join(evidence), encoding="utf-8")
    sources = (folder / "sources.csv").read_text(encoding="utf-8")
    assert ",iPad" not in sources
    corrected = sources.replace("Casebook: a virtual patient iPad", "Casebook: a virtual-patient")
    assert corrected != sources
    (folder / "sources.csv").write_text(corrected, encoding="utf-8")

    report = load(loaded, folder, Settings()).report
    assert report.kinds["Evidence"].removed == 1
    assert report.kinds["Source"].changed == 1
    assert report.total.new == 0
    changed = everything(loaded)
    ids = {item["id"] for item in changed["evidence"][0]["items"]}
    assert "richmond2020:bloice-2014-C2" not in ids
    assert "richmond2020:bloice-2014-C3" in ids, "the source's other evidence stays linked to it"
    assert of_review(loaded, "harris2021") == harris

    load(loaded, EXAMPLES / "richmond2020", Settings(), replace=True)
    again = everything(loaded)
    assert len(again["evidence"][0]["items"]) == 15 + 47


def test_what_a_correction_empties_is_gone(store: Store) -> None:
    source = Source(id="r:s", kind="paper", title="Illustrative", year=2001, journal="J")
    review = Review(id="r", title="Illustrative review")
    load_review(store, ReviewBundle(review=review, sources=[source]))
    bare = source.model_copy(update={"journal": None, "year": None})
    load_review(store, ReviewBundle(review=review, sources=[bare]))
    found = everything(store)["sources"][0]
    assert (found["journal"], found["year"], found["citation"]) == (None, None, "Illustrative")


def test_a_load_that_fails_leaves_the_store_as_it_was(loaded: Store) -> None:
    before = everything(loaded)
    broken = bundle_of("harris2021").model_copy(
        update={
            "sources": [
                *bundle_of("harris2021").sources,
                Source(id="harris2021:new", kind="paper", title="Illustrative"),
            ],
            "evidence": [
                Evidence(
                    id="harris2021:dangling",
                    source="harris2021:nowhere",
                    mechanism="harris2021:working-with-power",
                    stance="supports",
                )
            ],
        }
    )
    with pytest.raises(TheorygraphError, match="link_evidence_source reached 0 of 1"):
        load_review(loaded, broken)
    assert everything(loaded) == before


def test_only_stakeholders_are_shown_as_stakeholders(store: Store) -> None:
    sources = [
        Source(id="r:paper", kind="paper", title="Illustrative paper"),
        Source(id="r:workshop", kind="consultation", title="Illustrative workshop"),
    ]
    evidence = [
        Evidence(id=f"r:{name}", source=f"r:{name}", mechanism="r:m", stance="challenges")
        for name in ("paper", "workshop")
    ]
    mechanisms = [Mechanism(id="r:m", name="Illustrative"), Mechanism(id="r:n", name="Other")]
    review = Review(id="r", title="Illustrative review")
    load_review(
        store,
        ReviewBundle(review=review, sources=sources, mechanisms=mechanisms, evidence=evidence),
    )
    challenged, silent = everything(store)["unsupported"]
    assert challenged["support"] == "challenged"
    assert [item["id"] for item in challenged["unsupported"]["stakeholders"]] == ["r:workshop"]
    assert silent["unsupported"]["stakeholders"] == []


def test_removing_a_review_leaves_the_others_alone(loaded: Store) -> None:
    harris = of_review(loaded, "harris2021")
    assert remove_review(loaded, "richmond2020") == 173
    assert of_review(loaded, "harris2021") == harris
    assert [review["id"] for review in everything(loaded)["reviews"]] == ["harris2021"]


def test_a_read_cannot_write(loaded: Store) -> None:
    # Reads are sent as reads: a server refuses to write in one, so a replica could serve it.
    with pytest.raises(Exception, match=r"(?i)writ|read|mutat"):
        loaded.read(named("remove_mechanism"), ids=["harris2021:working-with-power"])
    assert "harris2021:working-with-power" in {
        item["id"] for item in everything(loaded)["mechanisms"]
    }


def test_every_statement_of_the_catalogue_runs(loaded: Store) -> None:
    parameters = {
        "ids": ["harris2021:working-with-power"],
        "rows": [],
        "review": "harris2021",
        "after": "",
        "limit": 3,
        "key": "working-with-power",
        "id": "harris2021:working-with-power",
        "of": "richmond2020:C1",
        "reviews": ["harris2021"],
        "groups": [{"id": "illustrative", "ids": ["harris2021:working-with-power"]}],
    }
    said = {"unplaced": False, "merged": False, "every": True}
    given_all = {**parameters, **said}
    of_a_load: dict[str, object] = dict.fromkeys(
        ("seconds", "created", "changed", "unchanged", "removed", "merged", "rejected", "warned"), 0
    ) | {"at": "2020-01-01T00:00:00+00:00", "files": [], "hashes": [], "id": "illustrative"}
    of_a_load |= {"file": "nobody.xlsx", "load": "illustrative", "number": 0, "body": ""}
    of_a_load |= {"refused": ""}
    nothing: dict[str, object] = {"rows": [], "ids": [], "review": "nobody"}
    nothing |= {"revision": "x", "format": 1, "lease": 0, "batch": 1, "most": 1}
    nothing |= {"within": "none:", "state": "idle"}
    folder = ROOT / "graph" / "cypher"
    only_of_servers = {
        query.name
        for file in ("heads.cypher", "staged.cypher")
        for query in statements((folder / file).read_text("utf-8"))
    }
    for query in catalogue().values():
        if loaded.budget is None and query.name in only_of_servers:
            continue
        if query.name.startswith(("constrain_", "index_", "prepare_")):
            loaded.define([query])
        elif query.writes:
            loaded.write(partial(_run, query, {**nothing, **of_a_load}))
        else:
            unset = dict.fromkeys(re.findall(r"\$(\w+)", query.text))
            assert isinstance(loaded.read(query, **(unset | given_all)), list), query.name


@pytest.mark.parametrize(
    "text",
    [
        "$name",
        "{{x}}",
        "'; MATCH (n) DETACH DELETE n //",
        '"quoted" \\ back',
        "line\nbreak\ttab",
        "‮bidi",
        "emoji 🧪 and ß ﬁ",
        "=1+1",
        "NULL",
        "null",
        "true",
        "12",
    ],
)
def test_any_text_comes_back_exactly(store: Store, text: str) -> None:
    load_review(
        store,
        ReviewBundle(
            review=Review(id="r", title="Illustrative review"),
            sources=[Source(id="r:s", kind="paper", title=text)],
            mechanisms=[Mechanism(id="r:m", name=text)],
            evidence=[
                Evidence(id="r:e", source="r:s", mechanism="r:m", stance="supports", quote=text)
            ],
        ),
    )
    answer = everything(store)["evidence"][0]["items"][0]
    assert (answer["quote"], answer["about"]["name"]) == (text, text)
    assert everything(store)["sources"][0]["title"] == text


@pytest.mark.neo4j
@GENERATED
@given(first=bundles("first"), second=bundles("second"), corrected=bundles("first"))
def test_both_stores_give_equal_answers_to_generated_reviews(
    first: ReviewBundle, second: ReviewBundle, corrected: ReviewBundle, neo4j_store: Store
) -> None:
    with scratch() as embedded:
        both = (embedded, empty(neo4j_store))
        for store in both:
            load_review(store, first)
            load_review(store, second, batch_rows=2)
        assert everything(both[0]) == everything(both[1])
        reports = [load_review(store, corrected) for store in both]
        assert reports[0] == reports[1]
        assert everything(both[0]) == everything(both[1])


def without_declared_works(bundle: ReviewBundle) -> ReviewBundle:
    kept = [declared for declared in bundle.same_as if declared.source is None]
    return bundle.model_copy(update={"same_as": kept})


@pytest.mark.slow
@GENERATED
@given(first=bundles("first"), second=bundles("second"), corrected=bundles("first"))
def test_reviews_do_not_leak_into_each_other(
    first: ReviewBundle, second: ReviewBundle, corrected: ReviewBundle
) -> None:
    # Sources of two reviews that are declared one work are counted once, whoever looks.
    first, second, corrected = map(without_declared_works, (first, second, corrected))
    with scratch() as alone, scratch() as together:
        load_review(alone, second)
        load_review(together, first)
        load_review(together, second)
        load_review(together, corrected)
        assert of_review(together, "second") == of_review(alone, "second")
        remove_review(together, "first")
        assert everything(together) == everything(alone)


@pytest.mark.slow
@GENERATED
@given(first=bundles(most=5), corrected=bundles(most=5))
def test_a_correction_ends_where_a_fresh_load_does(
    first: ReviewBundle, corrected: ReviewBundle
) -> None:
    with scratch() as over, scratch() as fresh:
        load_review(over, first)
        load_review(over, corrected)
        load_review(fresh, corrected)
        assert everything(over) == everything(fresh)
        assert not load_review(over, corrected).changed_anything


def _run(query: Query, parameters: dict[str, object], transaction: Transaction) -> Rows:
    return transaction.run(query, **parameters)


def scratch() -> Store:
    from graph.store_embedded import EmbeddedStore

    return EmbeddedStore.scratch(Settings())
