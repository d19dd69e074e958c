"""What nothing supports: its reason is that of its own review, and what is shown has an end."""

from __future__ import annotations

from graph.load import load_review
from graph.model import Evidence, Mechanism, Review, ReviewBundle, Source
from graph.questions.unsupported import unsupported
from graph.store import Store

SPOKEN = 21
"""One more than are shown."""


def test_reasons_are_those_of_each_review_alone(loaded: Store) -> None:
    silent = Mechanism(id="zeta:m", name="Illustrative trust")
    load_review(
        loaded,
        ReviewBundle(review=Review(id="zeta", title="Illustrative"), mechanisms=[silent]),
    )
    alone = [unsupported(loaded, review=review).items for review in ("harris2021", "zeta")]
    assert [len(items) for items in alone] == [3, 1]
    together = unsupported(loaded).items
    assert together == [one for items in alone for one in items]


def test_so_many_pieces_of_stakeholders_are_shown_and_no_more(embedded_store: Store) -> None:
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative"),
        mechanisms=[Mechanism(id="r:m", name="Illustrative trust")],
        sources=[Source(id="r:s", kind="consultation", title="Illustrative workshop")],
        evidence=[
            Evidence(id=f"r:{n:02}", source="r:s", mechanism="r:m", stance="supports", quote=f"{n}")
            for n in range(SPOKEN)
        ],
    )
    load_review(embedded_store, bundle)
    (only,) = unsupported(embedded_store).items
    assert only.unsupported is not None
    told = [piece.id for piece in only.unsupported.stakeholders]
    assert told == [f"r:{n:02}" for n in range(SPOKEN - 1)]
