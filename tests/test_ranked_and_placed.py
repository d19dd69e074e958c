"""Mechanisms ranked, at a level, and never looked for: each once, page after page, and as made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.load import load_review
from graph.model import Evidence, Level, Mechanism, Review, ReviewBundle, Source
from graph.questions.counts import counted
from graph.questions.looked import never_looked_for
from graph.questions.strength import placed, ranked
from graph.store import Store

SAID = {
    "two": [("paper", "supports"), ("other", "refines")],
    "one": [("paper", "supports")],
    "mixed": [("paper", "supports"), ("other", "challenges")],
    "against": [("other", "challenges")],
    "workshop": [("talk", "supports")],
    "silent": [],
}
"""Illustrative: of each mechanism, which sources say what at the level `ward`."""
BY_SUPPORT = {
    "supported": {"two", "one"},
    "weak": {"one", "mixed"},
    "mixed": {"mixed"},
    "challenged": {"against"},
    "stakeholders only": {"workshop"},
    "none entered": {"silent"},
    "none": {"against", "workshop", "silent"},
}
KINDS = {"paper": "paper", "other": "paper", "talk": "consultation"}
BUNDLE = ReviewBundle(
    review=Review(id="r", title="Illustrative"),
    levels=[Level(id="r:ward", name="Ward")],
    mechanisms=[Mechanism(id=f"r:{name}", name=f"Illustrative {name}") for name in SAID],
    sources=[
        Source(id=f"r:{name}", kind=kind, title=f"Illustrative {name}")
        for name, kind in KINDS.items()
    ],
    evidence=[
        Evidence(
            id=f"r:{name}-{source}",
            mechanism=f"r:{name}",
            source=f"r:{source}",
            stance=stance,
            levels=["ward"],
            quote="Illustrative.",
        )
        for name, said in SAID.items()
        for source, stance in said
    ],
)


def test_pages_of_any_size_hold_each_mechanism_once(embedded_store: Store) -> None:
    load_review(embedded_store, BUNDLE)
    questions: list[Callable[..., Any]] = [ranked, never_looked_for]
    for question in questions:
        whole = question(embedded_store)
        assert len(whole.items) == len(SAID) and whole.next is None
        for size in range(1, len(SAID) + 2):
            pages = [question(embedded_store, limit=size)]
            while pages[-1].next is not None and len(pages) <= len(SAID):
                pages.append(question(embedded_store, limit=size, after=pages[-1].next))
            assert [one for page in pages for one in page.items] == whole.items, size
            assert all(page.items for page in pages), size


def test_a_level_has_the_mechanisms_that_its_evidence_makes_so(embedded_store: Store) -> None:
    load_review(embedded_store, BUNDLE)
    for support, wanted in BY_SUPPORT.items():
        found = placed(embedded_store, "level", "ward", support)  # type: ignore[arg-type]
        assert {one.id for one in found.items} == {f"r:{name}" for name in wanted}, support


def test_evidence_is_counted_alone_or_with_everything(embedded_store: Store) -> None:
    load_review(embedded_store, BUNDLE)
    held = {"mechanism": len(SAID), "evidence": len(BUNDLE.evidence), "source": len(KINDS)}
    everything = {one.kind: one.n for one in counted(embedded_store, "everything", None).items}
    assert held.items() <= everything.items()
    (only,) = counted(embedded_store, "pieces of evidence", None).items
    assert (only.kind, only.n) == ("evidence", len(BUNDLE.evidence))
