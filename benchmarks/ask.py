"""Asking: questions through the product, beside the bare engine that returns the same rows.

The first page of evidence for one mechanism at one level, and the gap matrix. The bare side is one
hand-written statement each; the product's answer also resolves names, counts totals, and says what
the review states about the mechanism. Totals, a mechanism's support and the gap matrix are kept as
summaries until a load touches their review; "anew" is the matrix without its summary. The last
series is the store alone: the same statement through the product's store and through the engine's
own client.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from neo4j.exceptions import DriverError, Neo4jError

from benchmarks.engines import NO_NEO4J, Bare, BareEmbedded, BareNeo4j, neo4j_settings
from benchmarks.measuring import (
    Measured,
    alternately,
    milliseconds,
    percentile,
    ratio_by_turn,
    say,
    table,
)
from benchmarks.synthetic import PlainReview
from graph.catalogue import named
from graph.errors import TheorygraphError
from graph.load import load_review, remove_review
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.gaps import gaps
from graph.questions.revision import forget
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store

STORE_GOAL = 1.15
PAGE_GOAL = 2
SUMMARY_GOAL = 10
REVIEW = "benchmark-ask"
MECHANISM = f"{REVIEW}:m3"
LEVEL = "team"
PAGE = 50
BLOCK = {"evidence page": 5, "gap matrix anew": 1, "one statement": 5}
"""Calls of each question per turn."""

EVIDENCE = """
MATCH (m:Mechanism {id: $mechanism})<-[:ABOUT]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE $level IN e.levels
RETURN e.id AS id, e.review AS review, e.stance AS stance, e.extent AS extent, e.levels AS levels,
       e.perspective AS perspective, e.setting AS setting, e.quote AS quote,
       e.statement AS statement, e.locator AS locator, e.relevance AS relevance,
       e.rigour AS rigour, e.richness AS richness, e.coder AS coder, e.note AS note,
       e.role AS role, e.about_kind AS about_kind, m.id AS about_id, m.name AS about_name,
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution
ORDER BY id LIMIT $limit
"""
"""The rows of the page, as somebody would write it by hand."""


@contextmanager
def loaded(engine: str, links: int) -> Iterator[tuple[Store, Bare]]:
    """A store that holds a synthetic review, and the bare engine over the same content."""
    settings = neo4j_settings() if engine == "neo4j" else None
    plain = PlainReview.of(links, REVIEW)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if settings is not None:
            with open_store(settings) as store, BareNeo4j(settings) as bare:
                try:
                    load_review(store, plain.validated())
                    yield store, bare
                finally:
                    remove_review(store, REVIEW)
            return
        with open_store(Settings(store=str(folder / "ours.kgl"))) as store:
            load_review(store, plain.validated())
        # One process has an embedded store open at a time, so the bare engine gets a copy.
        (folder / "copy").mkdir()
        for file in folder.glob("ours.kgl*"):
            if "lock" not in file.name:
                shutil.copy(file, folder / "copy" / file.name)
        with (
            open_store(Settings(store=str(folder / "ours.kgl"), query_seconds=600)) as store,
            BareEmbedded(folder / "copy" / "ours.kgl") as bare,
        ):
            yield store, bare


def measure(sizes: Sequence[int], engines: Sequence[str]) -> list[Measured]:
    """Ask stores of every size, print what it took, and return the rows of the bar."""
    measured = []
    for engine in engines:
        if engine == "neo4j" and neo4j_settings() is None:
            say(NO_NEO4J)
            measured.append(Measured("Neo4j store ÷ bare execute_query, p50", None, STORE_GOAL))
        else:
            measured += _measure(engine, sizes)
    return measured


def _measure(engine: str, sizes: Sequence[int]) -> list[Measured]:
    shown: list[list[str]] = []
    measured: list[Measured] = []
    before: dict[str, float] = {}
    for links in sizes:
        try:
            with loaded(engine, links) as (store, bare):
                taken = _times(store, bare, links)
        except (TheorygraphError, DriverError, Neo4jError, OSError, RuntimeError) as error:
            say(f"{links:,} links on {engine} did not go through: {error}")
            break
        for what in BLOCK:
            ours, raw = taken[what], taken[f"{what}, bare"]
            shown.append(
                [
                    f"{what}, {links:,} links",
                    milliseconds(median(ours)),
                    milliseconds(median(raw)),
                    f"{ratio_by_turn(ours, raw, BLOCK[what]):.2f}",
                    milliseconds(percentile(ours, 99)),
                    f"{median(ours) / before[what]:.1f}" if what in before else "",
                ]
            )
            before[what] = median(ours)
        measured += [
            Measured(
                f"{engine}: evidence page ÷ bare call, p50: {links:,} links",
                ratio_by_turn(
                    taken["evidence page"], taken["evidence page, bare"], BLOCK["evidence page"]
                ),
                PAGE_GOAL,
            ),
            Measured(
                f"{engine}: gap matrix from its summary, ms: {links:,} links",
                median(taken["gap matrix"]) * 1000,
                SUMMARY_GOAL,
                note=f"anew: {milliseconds(median(taken['gap matrix anew']))} ms",
            ),
        ]
        if engine == "neo4j":
            note = f"{milliseconds(median(taken['one statement']))} ms, {PAGE} rows"
            measured.append(
                Measured(
                    f"Neo4j store ÷ bare execute_query, p50: {links:,} links",
                    ratio_by_turn(
                        taken["one statement"],
                        taken["one statement, bare"],
                        BLOCK["one statement"],
                    ),
                    STORE_GOAL,
                    note=note,
                )
            )
    table(
        f"ask, {engine}",
        ["question", "ours p50 ms", "bare p50 ms", "ours ÷ bare", "ours p99 ms", "growth"],
        shown,
    )
    return measured


def _times(store: Store, bare: Bare, links: int) -> dict[str, list[float]]:
    wanted = EvidenceFilter(mechanism=MECHANISM, level=LEVEL)
    page = evidence(store, wanted, limit=PAGE)
    ids = [item.id for item in page.items]
    by_hand: dict[str, Any] = {"mechanism": MECHANISM, "level": LEVEL, "limit": PAGE}
    if len(ids) != PAGE:
        raise RuntimeError(f"the page has {len(ids)} rows, not {PAGE}")
    records = named("evidence_records")
    cells = named("weights_of_mechanisms_placed")
    rows = [row["id"] for row in store.read(named("gap_mechanisms"), review=REVIEW)]
    by_level = {"ids": rows, "one": "level", "other": ""}

    def anew() -> object:
        forget(store)
        return gaps(store, review=REVIEW)

    few = alternately(
        {
            "gap matrix anew": anew,
            "gap matrix anew, bare": lambda: bare.read(cells.text, by_level),
        },
        rounds=max(3, min(10, 100_000 // links)),
    )
    many = alternately(
        {
            "gap matrix": lambda: gaps(store, review=REVIEW),
            "evidence page": lambda: evidence(store, wanted, limit=PAGE),
            "evidence page, bare": lambda: bare.read(EVIDENCE, by_hand),
            "one statement": lambda: store.read(records, ids=ids),
            "one statement, bare": lambda: bare.read(records.text, {"ids": ids}),
        },
        rounds=20,
        block=BLOCK["one statement"],
    )
    return few | many
