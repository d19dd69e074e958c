"""Loading: plain values validated and loaded, beside the bare engine that is handed ready rows.

Both sides start from plain dictionaries, create the same constraints and indexes, use the same
batch size and one transaction, and end with the same graph. The product's side validates every
value, derives what questions need and fingerprints each record; the bare side is handed the rows
that come out of that and runs ``UNWIND … MERGE … SET n += row``. A third series hands the same rows
to the bare engine with the product's own statements, which shows what validation and comparison
alone cost. Before each load a small one is loaded and removed, so that a server has planned the
statements. Each measurement has a process of its own, so that memory is its own too.
"""

from __future__ import annotations

import gc
import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from neo4j.exceptions import DriverError, Neo4jError

from benchmarks.engines import (
    NO_NEO4J,
    RAW_SCHEMA,
    Bare,
    BareEmbedded,
    BareNeo4j,
    neo4j_settings,
    raw_steps,
)
from benchmarks.measuring import (
    Measured,
    peak_memory_mb,
    reset_peak_memory,
    say,
    seconds,
    table,
)
from benchmarks.synthetic import PlainReview
from graph.errors import TheorygraphError
from graph.load import load_review, remove_review
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store

GOAL = 0.75
BATCH_ROWS = 1000
WARM_LINKS = 200
REVIEW = "benchmark"


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load: how long, how many nodes and relationships, the peak of memory, and once more."""

    seconds: float
    rows: int
    peak_mb: float
    again: float = 0.0


def _rows_of(plain: PlainReview) -> int:
    # The review and its three levels, then the records, then two relationships per link.
    return 4 + len(plain.sources) + len(plain.mechanisms) + 3 * len(plain.evidence)


@contextmanager
def _ours(engine: str, folder: str) -> Iterator[Store]:
    settings = neo4j_settings() if engine == "neo4j" else None
    with open_store(settings or Settings(store=str(Path(folder) / "ours.kgl"))) as store:
        yield store


@contextmanager
def _bare(engine: str, folder: str) -> Iterator[Bare]:
    settings = neo4j_settings() if engine == "neo4j" else None
    if settings is None:
        with BareEmbedded(Path(folder) / "bare.kgl") as bare:
            yield bare
    else:
        with BareNeo4j(settings) as bare:
            yield bare


def load_ours(engine: str, links: int) -> Loaded:
    """Validate and load a review, then load it again; in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tempfile.TemporaryDirectory() as warm, _ours(engine, warm) as store:
                load_review(store, PlainReview.of(WARM_LINKS, REVIEW).validated())
                remove_review(store, REVIEW)
            plain = PlainReview.of(links, REVIEW)
            with _ours(engine, folder) as store:
                gc.collect()
                reset_peak_memory()

                def load() -> None:
                    load_review(store, plain.validated(), batch_rows=BATCH_ROWS)

                took = seconds(load)
                peak = peak_memory_mb()
                return Loaded(took, _rows_of(plain), peak, seconds(load))
        finally:
            if engine == "neo4j":
                with _ours(engine, folder) as store:
                    remove_review(store, REVIEW)


def load_bare(engine: str, links: int, *, own: bool = False) -> Loaded:
    """Hand the bare engine the same rows; in a process of its own.

    Args:
        engine: embedded or neo4j.
        links: the size of the review.
        own: with the product's own statements.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            small = PlainReview.of(WARM_LINKS, REVIEW).validated()
            with tempfile.TemporaryDirectory() as warm, _bare(engine, warm) as bare:
                bare.define(RAW_SCHEMA)
                bare.write(raw_steps(small, BATCH_ROWS, own=own))
                if isinstance(bare, BareNeo4j):
                    bare.forget()
            plain = PlainReview.of(links, REVIEW)
            rows = _rows_of(plain)
            steps = raw_steps(plain.validated(), BATCH_ROWS, own=own)
            written = sum(len(batch) for _, batch in steps)
            if written != rows:
                raise RuntimeError(f"the load wrote {written} rows, not {rows}")
            del plain
            with _bare(engine, folder) as bare:
                gc.collect()
                reset_peak_memory()

                def load() -> None:
                    bare.define(RAW_SCHEMA)
                    bare.write(steps)

                return Loaded(seconds(load), rows, peak_memory_mb())
        finally:
            if engine == "neo4j":
                settings = neo4j_settings()
                if settings is not None:
                    with BareNeo4j(settings) as server:
                        server.forget()


def _one(side: str, engine: str, links: int) -> Loaded:
    if side == "ours":
        return load_ours(engine, links)
    return load_bare(engine, links, own=side == "own")


def _apart(side: str, engine: str, links: int) -> Loaded:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_one, side, engine, links).result()


def repeats(links: int) -> int:
    """How often a size is measured."""
    return 3 if links <= 100_000 else 1


def measure(sizes: Sequence[int], engines: Sequence[str]) -> list[Measured]:
    """Load every size into every store, print what it took, and return the rows of the bar."""
    measured = []
    for engine in engines:
        if engine == "neo4j" and neo4j_settings() is None:
            say(NO_NEO4J)
            measured.append(Measured("load ÷ raw UNWIND, rows/s: neo4j", None, GOAL, at_least=True))
            continue
        measured += _measure(engine, sizes)
        settings = neo4j_settings()
        if engine == "neo4j" and settings is not None:
            with BareNeo4j(settings) as server:
                server.forget_schema()
    return measured


def _measure(engine: str, sizes: Sequence[int]) -> list[Measured]:
    shown: list[list[str]] = []
    measured: list[Measured] = []
    before: tuple[float, float] | None = None
    for links in sizes:
        taken: dict[str, list[Loaded]] = {"ours": [], "bare": [], "own": []}
        try:
            for turn in range(repeats(links)):
                for side in list(taken) if turn % 2 == 0 else reversed(list(taken)):
                    taken[side].append(_apart(side, engine, links))
        except (TheorygraphError, DriverError, Neo4jError, OSError, RuntimeError) as error:
            say(f"{links:,} links on {engine} did not go through: {error}")
            measured.append(Measured(_row(engine, links), None, GOAL, at_least=True))
            break
        rows = taken["ours"][0].rows
        mine, raw, own = (median(one.seconds for one in taken[side]) for side in taken)
        again = median(one.again for one in taken["ours"])
        shown.append(
            [
                f"{links:,}",
                f"{rows:,}",
                f"{rows / mine:,.0f}",
                f"{rows / raw:,.0f}",
                f"{raw / mine:.2f}",
                f"{own / mine:.2f}",
                "" if before is None else f"{mine / before[0]:.1f} / {raw / before[1]:.1f}",
                f"{again / mine:.2f}",
                f"{max(one.peak_mb for one in taken['ours']):,.0f}",
                f"{max(one.peak_mb for one in taken['bare']):,.0f}",
            ]
        )
        before = mine, raw
        say(f"{links:,} links on {engine}: ours ÷ bare {raw / mine:.2f}")
        measured.append(
            Measured(
                _row(engine, links),
                raw / mine,
                GOAL,
                at_least=True,
                note=f"{rows / mine:,.0f} and {rows / raw:,.0f} rows/s",
            )
        )
    table(
        f"load, {engine}: nodes and relationships per second",
        [
            "links",
            "rows",
            "ours/s",
            "bare/s",
            "ours ÷ bare",
            "÷ own Cypher",
            "growth",
            "again",
            "MiB",
            "bare",
        ],
        shown,
    )
    say(
        "÷ own Cypher: beside the bare engine with the product's statements. growth: time, ours / "
        "bare, from the size before. again: loading the same review once more ÷ loading it first. "
        "MiB: peak memory of the process, with the plain rows in it."
    )
    return measured


def _row(engine: str, links: int) -> str:
    return f"load ÷ raw UNWIND, rows/s: {engine}, {links:,} links"
