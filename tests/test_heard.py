"""Which reviews an answer speaks of: what its statements named, and what they brought."""

from __future__ import annotations

from typing import Any

import pytest

from graph.questions.revision import State
from graph.reviews_read import Heard, listening, note


@pytest.mark.parametrize(
    ("given", "rows", "reviews"),
    [
        ({"review": "a"}, [{"n": 3}], {"a"}),
        ({"ids": ["a:e1", "b:e2"]}, [{"n": 3}], {"a", "b"}),
        ({"review": None}, [{"id": "a:e1", "n": 1}, {"id": "b:e1", "n": 2}], {"a", "b"}),
        ({"review": "a"}, [{"id": "a:m", "same": [{"id": "b:m"}]}], {"a", "b"}),
        ({"key": "trust"}, [{"id": "a", "title": "Trust"}], {"a"}),
        ({"review": None}, [], set()),
        ({}, [{"n": 3}], None),
        ({"key": "Trust: a review"}, [{"n": 3}], None),
        ({"review": None}, [{"id": "a:e1"}, {"n": 3}], None),
    ],
)
def test_what_is_named_or_brought_is_heard(
    given: dict[str, Any], rows: list[dict[str, Any]], reviews: set[str] | None
) -> None:
    heard = Heard()
    with listening(heard):
        note("illustrative", given, rows)
    note("illustrative", {"review": "unheard"}, [])
    assert heard.every is (reviews is None)
    if reviews is not None:
        assert heard.reviews == reviews


def test_an_answer_is_disturbed_by_what_it_speaks_of_alone() -> None:
    before = State("1", {"a": "1", "b": "1"}, frozenset())
    now = State("2", {"a": "1", "b": "2", "c": "1"}, frozenset())
    of_a, of_all = Heard(), Heard(every=True)
    of_a.reviews = {"a"}
    assert before.moved(now, of_a) == []
    assert before.moved(now, of_all) == ["b", "c"]
    of_a.reviews |= {"b"}
    assert before.moved(now, of_a) == ["b"]
    assert before.moved(before, of_all) == []
