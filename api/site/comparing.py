"""The page that puts reviews side by side, or asks which."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

from api.site.addresses import pair_address
from api.site.check_tables import comparison_table
from api.site.cites import cited
from api.site.page_model import Shown, Twin, View, listed, walk
from api.site.words import word
from graph.answers import CompareAnswer
from graph.questions import records
from graph.questions.compare import compare
from graph.store import Store

PAIRS_SHOWN = 100
"""Pairs that the page lists as links when no reviews are named."""


def compare_page(
    store: Store,
    view: View,
    *,
    reviews: str = "",
    other: str = "",
    about: str | None = None,
) -> Shown:
    """Reviews side by side; a form, where fewer than two are named."""
    named = [name.strip() for name in f"{reviews},{other}".split(",") if name.strip()]
    chosen = list(dict.fromkeys(records.review(store, name).id for name in named))
    if len(chosen) < 2:
        return _form(store, chosen, about)
    answers: list[CompareAnswer] = []

    def ask(**page: Any) -> CompareAnswer:
        answers.append(compare(store, chosen, about=about or None, **page))
        return answers[-1]

    items, more = walk(view, ask)
    answer = answers[0]
    given = {"reviews": ",".join(one.id for one in answer.reviews), "about": about}
    address = listed("/compare", **given)
    table = comparison_table(items).arranged(view)
    if more is not None:
        table = replace(table, more=listed("/compare", **given, after=more))
    return Shown(
        "compare.html",
        word("list.compare"),
        listed("/compare", **given, after=view.after),
        [Twin("page", address, csv=True, listed=True)],
        cites=cited(store, answer),
        table=table,
        after=view.after or None,
        values={
            "answer": answer,
            "first": address,
            "names": {one.id: one.name for one in answer.reviews},
        },
    )


def _form(store: Store, chosen: list[str], about: str | None) -> Shown:
    held = records.reviews(store, limit=200).items
    pairs = [
        pair
        for pair in combinations(held, 2)
        if not chosen or chosen[0] in (one.id for one in pair)
    ]
    return Shown(
        "compare_form.html",
        word("list.compare"),
        listed("/compare", reviews=",".join(chosen)),
        cites=held,
        values={
            "held": held,
            "chosen": chosen[0] if chosen else None,
            "about": about,
            "pairs": [(one, other, pair_address(one.id, other.id)) for one, other in pairs],
            "shown_pairs": PAIRS_SHOWN,
        },
    )
