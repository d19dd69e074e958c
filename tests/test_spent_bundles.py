"""A review is let go of while it is written, before the commit that takes the most memory."""

from __future__ import annotations

from folders import reading_of
from serving import EXAMPLES

from graph.load import load_review
from graph.questions.bundle import bundle_of
from graph.schema import BUNDLE_FIELDS
from graph.store import Store


def test_what_is_written_is_let_go_of_where_it_is_written_once(store: Store) -> None:
    for name in ("harris2021", "richmond2020"):
        whole, spent = (reading_of(EXAMPLES / name).accepted() for _ in range(2))
        load_review(store, spent, spend=True)
        held = {field: len(getattr(spent, field)) for field in BUNDLE_FIELDS.values()}
        before = {field: len(getattr(whole, field)) for field in BUNDLE_FIELDS.values()}
        # A server may ask for the same once more, so there nothing goes.
        assert held == (before if store.waits_on_network else dict.fromkeys(before, 0))
        assert {one.id for one in bundle_of(store, name).evidence} == {
            one.id for one in whole.evidence
        }
        assert not load_review(store, whole).changed_anything


def test_a_trial_leaves_what_it_tries(store: Store) -> None:
    whole = reading_of(EXAMPLES / "harris2021").accepted()
    load_review(store, whole, dry_run=True, spend=True)
    assert load_review(store, whole).total.new > 10
