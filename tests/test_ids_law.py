"""What is answered does not depend on whether records of different kinds have one id."""

from __future__ import annotations

import json
import re
from typing import Any

from bundles import bundles
from everything import everything
from hypothesis import given
from laws import examples

from graph.load import load_review
from graph.model import ReviewBundle
from graph.settings import Settings
from graph.stores import scratch_store

_ID = re.compile(r"\b(?:c|m|s|cfg|t|code|passage|ref|e|f|stage|tally|said|a)(\d+)\b")


_OWN = re.compile(rf"\A(generated:){_ID.pattern}")


def _shared(value: Any) -> Any:
    """The same with one id for the records of every kind that have the same number."""
    if isinstance(value, str):
        return _ID.sub(r"x\1", value)
    if isinstance(value, list):
        return sorted(map(_shared, value), key=json.dumps)
    if isinstance(value, dict):
        return {_shared(name): _shared(one) for name, one in value.items()}
    return value


def _renamed(value: Any) -> Any:
    if isinstance(value, str):
        return _OWN.sub(r"\1x\2", value)
    if isinstance(value, list):
        return list(map(_renamed, value))
    if isinstance(value, dict):
        return {name: _renamed(one) for name, one in value.items()}
    return value


@examples(6)
@given(bundle=bundles(most=3))
def test_every_answer_is_the_same_when_records_of_all_kinds_share_ids(bundle: ReviewBundle) -> None:
    # Justifications and declarations of sameness name a record by its id alone.
    held_of = {
        kind: {one.id for one in getattr(bundle, f"{kind}s")}
        for kind in ("concept", "mechanism", "source")
    }
    same = [one for one in bundle.same_as if one.same_as in held_of[one.kind]]
    bundle = bundle.model_copy(update={"silences": [], "same_as": same})
    shared = ReviewBundle.model_validate(_renamed(bundle.model_dump(mode="json")))
    answers = []
    for held in (bundle, shared):
        with scratch_store(Settings()) as store:
            load_review(store, held)
            answers.append(_shared(everything(store)))
    assert answers[0] == answers[1]
