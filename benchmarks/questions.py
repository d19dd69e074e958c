"""Contradictions, chains, sensitivity and questions in words beside the bare statements.

The bare side runs the same statement that the answer has to read, and hands its rows over; the
product's answer adds what it works out from them. Embedded store. Illustrative: nothing here comes
from a real review.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.engines import Bare, BareEmbedded
from benchmarks.measuring import Measured, alternately, milliseconds, ratio_by_turn, table
from benchmarks.planted import plant
from graph.catalogue import named
from graph.load import load_review
from graph.model import Configuration, Evidence, Part
from graph.questions.asking.reading import read_question
from graph.questions.chains import chains
from graph.questions.contradictions import contradictions
from graph.questions.sensitivity import SensitivityFilter, sensitivity
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store

REVIEW = "planted"
PAGE = 50
GOAL = 2.0
BRANCHES = 2
"""Configurations that a concept of the chains leads into."""


@contextmanager
def held(links: int) -> Iterator[tuple[Store, Bare]]:
    """A planted review with chains through it, and the bare engine over a copy of its store."""
    bundle = plant(links).bundle
    chance = random.Random(links)
    concepts = [f"{REVIEW}:x{n:06d}" for n in range(max(links // 10, 100))]
    mechanism = bundle.mechanisms[0].id
    arcs = [
        (here, chance.choice(concepts[place + 1 : place + 40] or concepts[:1]))
        for place, here in enumerate(concepts)
        for _ in range(BRANCHES)
    ]
    template = bundle.concepts[0]
    whole = bundle.model_copy(
        update={
            "concepts": [
                *bundle.concepts,
                *(template.model_copy(update={"id": one, "name": one}) for one in concepts),
            ],
            "configurations": [
                Configuration(
                    id=f"{REVIEW}:f{n}",
                    mechanisms=[mechanism],
                    contexts=[Part(concept=here)],
                    outcomes=[Part(concept=there)],
                )
                for n, (here, there) in enumerate(arcs)
            ],
            "evidence": [
                *bundle.evidence,
                *(
                    Evidence(
                        id=f"{REVIEW}:fe{n}",
                        source=bundle.sources[n % len(bundle.sources)].id,
                        configuration=f"{REVIEW}:f{n}",
                        stance="supports",
                    )
                    for n in range(0, len(arcs), 2)
                ),
            ],
        }
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(store=str(folder / "ours.kgl"), query_seconds=600)
        with open_store(settings) as store:
            load_review(store, whole)
        (folder / "copy").mkdir()
        for file in folder.glob("ours.kgl*"):
            if "lock" not in file.name:
                shutil.copy(file, folder / "copy" / file.name)
        with open_store(settings) as store, BareEmbedded(folder / "copy" / "ours.kgl") as bare:
            yield store, bare


def measure(sizes: Sequence[int]) -> list[Measured]:
    """Ask reviews of every size, and print what it took beside the bare statements."""
    shown: list[list[str]] = []
    measured: list[Measured] = []
    before: dict[str, float] = {}
    for links in sizes:
        with held(links) as (store, bare):
            taken = alternately(_calls(store, bare), rounds=9)
        for what in ("contradictions", "sensitivity", "chains", "question in words"):
            ours, raw = taken[what], taken[f"{what}, bare"]
            ratio = ratio_by_turn(ours, raw)
            growth = f"{median(ours) / before[what]:.1f}" if what in before else ""
            shown.append(
                [
                    f"{what}, {links:,} links",
                    milliseconds(median(ours)),
                    milliseconds(median(raw)),
                    f"{ratio:.2f}",
                    growth,
                ]
            )
            before[what] = median(ours)
            if what in ("contradictions", "sensitivity"):
                measured.append(Measured(f"{what} ÷ bare statement: {links:,} links", ratio, GOAL))
    heads = ["question", "ours p50 ms", "bare p50 ms", "ours ÷ bare", "growth"]
    table("questions, embedded", heads, shown)
    return measured


def _calls(store: Store, bare: Bare) -> dict[str, Callable[[], object]]:
    disputed = contradictions(store, review=REVIEW, limit=PAGE).items
    disputes = [item.about.id for item in disputed]
    pieces = [record.id for item in disputed for side in item.sides for record in side.records]
    page = sensitivity(store, SensitivityFilter(review=REVIEW, rigour="low"), limit=PAGE)
    mechanisms = [item.id for item in page.items]
    nothing = dict.fromkeys(
        ("relevance", "rigour", "richness", "source", "source_kind", "levels"), None
    )
    start = f"{REVIEW}:x000001"
    found = chains(store, start=start, max_length=4, limit=1000).items
    wave = [sorted({chain.ends.id for chain in found if len(chain.steps) == n}) for n in range(4)]
    wave[0] = [start]
    name = mechanisms[3].partition(":")[2]

    def steps() -> None:
        for ids in wave:
            bare.read(named("steps_from").text, {"ids": ids, "review": None})

    def opposed() -> None:
        for query in (
            "weights_of_mechanisms",
            "weights_through_configurations",
            "weights_named_of_mechanisms",
            "pieces_of_mechanisms",
        ):
            bare.read(named(query).text, {"ids": disputes})
        bare.read(named("contexts_of_pieces").text, {"ids": pieces})

    def counted() -> None:
        left = {**nothing, "rigour": ["low"], "ids": mechanisms}
        for query in ("weights_of_mechanisms", "weights_named_of_mechanisms"):
            bare.read(named(query).text, {"ids": mechanisms})
            bare.read(named(f"{query}_left").text, left)
        bare.read(named("weights_through_configurations").text, {"ids": mechanisms})
        bare.read(named("weights_through_configurations_left").text, left)
        for given in (nothing, left):
            bare.read(named("backing_of_mechanisms").text, {**given, "ids": mechanisms})

    return {
        "contradictions": lambda: contradictions(store, review=REVIEW, limit=PAGE),
        "contradictions, bare": opposed,
        "sensitivity": lambda: sensitivity(
            store, SensitivityFilter(review=REVIEW, rigour="low"), limit=PAGE
        ),
        "sensitivity, bare": counted,
        "chains": lambda: chains(store, start=start, max_length=4, limit=1000),
        "chains, bare": steps,
        "question in words": lambda: read_question(store, f"evidence for {name} at team level"),
        "question in words, bare": lambda: bare.read(
            named("resolve_mechanism").text, {"key": name, "review": None}
        ),
    }
