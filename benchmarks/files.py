"""From a file to the graph, beside the library that parses it and the bare engine that is loaded.

Both sides begin with the file. The bare side parses it with the library alone, throws that away,
and is handed the rows that our load writes, ready made: what it does in between, nobody has to.
Each measurement has a process of its own, so its memory is its own.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import random
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from openpyxl import Workbook

from benchmarks.engines import RAW_SCHEMA, BareEmbedded, raw_steps
from benchmarks.measuring import (
    Measured,
    peak_memory_mb,
    ratio_by_turn,
    reset_peak_memory,
    say,
    seconds,
    table,
)
from graph.settings import Settings
from graph.stores import open_store
from loaders.detect_format import How
from loaders.intake import check, load

GOAL = 1.5
ROUNDS = 2
BATCH_ROWS = 1000
_LARGE = Settings(max_file_mb=2048)
_REVIEW = {"review": "large", "title": "Illustrative"}
_TEXT = (
    "ward staff debrief silence voice trust leader team nurse safety culture error report learning "
    "power time humour primary care rural urban student teacher feedback"
)
_WORDS = _TEXT.split()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how one is made, what parses it by itself, and how much is in it."""

    name: str
    ending: str
    size: int
    make: Callable[[Path, int], None]
    parse: Callable[[Path], object]
    of_review: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """One measurement."""

    seconds: float
    peak_mb: float
    rows: int


def measure() -> list[Measured]:
    """A workbook, a RIS file and an EPPI-Reviewer export, each ours beside the bare."""
    measured = []
    shown = []
    for name, kind in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"large{kind.ending}"
            kind.make(path, kind.size)
            taken: dict[str, list[Taken]] = {"ours": [], "bare": []}
            for turn in range(ROUNDS):
                for side in list(taken) if turn % 2 == 0 else reversed(list(taken)):
                    taken[side].append(_apart(side, name, str(path)))
        times = {side: [one.seconds for one in found] for side, found in taken.items()}
        ratio = ratio_by_turn(times["ours"], times["bare"])
        peaks = {side: median(one.peak_mb for one in found) for side, found in taken.items()}
        shown.append(
            (
                f"{kind.name}, {kind.size:,}",
                f"{taken['ours'][0].rows:,}",
                *(f"{median(times[side]):.1f}" for side in ("ours", "bare")),
                f"{ratio:.2f}",
                *(f"{peaks[side]:.0f}" for side in ("ours", "bare")),
            )
        )
        measured.append(Measured(f"{kind.name} → graph ÷ (library + raw UNWIND)", ratio, GOAL))
    table(
        "From a file to the graph",
        ("file", "rows", "ours s", "bare s", "ours ÷ bare", "ours peak MB", "bare peak MB"),
        shown,
    )
    say("A load holds a whole review in memory; reading and writing in batches is still to come.")
    return measured


def _apart(side: str, kind: str, path: str) -> Taken:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_one, side, kind, path).result()


def _one(side: str, name: str, place: str) -> Taken:
    kind, path = KINDS[name], Path(place)
    wanted = _REVIEW if kind.of_review else {}
    with tempfile.TemporaryDirectory() as folder:
        if side == "ours":
            with open_store(Settings(store=f"{folder}/ours.kgl")) as store:
                gc.collect()
                reset_peak_memory()
                loaded = []
                took = seconds(
                    lambda: loaded.append(load(store, path, _LARGE, how=How(), **wanted))
                )
                return Taken(took, peak_memory_mb(), loaded[0].report.total.new)
        steps = raw_steps(check(path, _LARGE, **wanted).accepted(), BATCH_ROWS)
        with BareEmbedded(Path(folder) / "bare.kgl") as bare:
            gc.collect()
            reset_peak_memory()

            def work() -> None:
                kind.parse(path)
                bare.define(RAW_SCHEMA)
                bare.write(steps)

            return Taken(seconds(work), peak_memory_mb(), sum(len(rows) for _, rows in steps))


def _workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    for title, lines in (
        ("Review", [("field", "value"), ("id", "large"), ("title", "Illustrative")]),
        ("Levels", [("id", "name"), ("team", "Team"), ("ward", "Ward")]),
        ("Sources", [("id", "kind", "title"), *_few("s", 997, "paper")]),
        ("Mechanisms", [("id", "name"), *((f"m{n}", f"Illustrative {n}") for n in range(89))]),
    ):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    sheet = book.create_sheet("Evidence")
    sheet.append(
        ("id", "source", "mechanism", "stance", "levels", "setting", "quote", "locator", "rigour")
    )
    for n in range(rows):
        quote = f"Illustrative words, number {n}, as long as a short sentence of a report."
        sheet.append(
            (
                f"e{n}",
                f"s{n % 997}",
                f"m{n % 89}",
                "supports",
                "team; ward",
                "ward",
                quote,
                n,
                "high",
            )
        )
    book.save(path)


def _few(prefix: str, count: int, kind: str) -> list[tuple[str, str, str]]:
    return [(f"{prefix}{n}", kind, f"Illustrative paper {n}") for n in range(count)]


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(words)).capitalize()


def _ris(path: Path, records: int) -> None:
    rng = random.Random(2026)
    with path.open("w", encoding="utf-8") as out:
        for n in range(records):
            out.write(
                f"TY  - JOUR\nAU  - Name{n % 5000}, A\nAU  - Other{n % 700}, B C\n"
                f"TI  - {_sentence(rng, 10)}\nPY  - {1990 + n % 35}\nJO  - Journal {n % 90}\n"
                f"VL  - {n % 40}\nSP  - {n % 900}\nDO  - 10.9999/illustrative.{n}\n"
                f"AB  - {_sentence(rng, 150)}\nER  - \n\n"
            )


def _eppi(path: Path, references: int) -> None:
    rng = random.Random(2026)
    codes = [{"AttributeId": n, "AttributeName": f"Illustrative code {n}"} for n in range(200)]
    items = [
        {
            "ItemId": 10_000_000 + n,
            "Title": f"{_sentence(rng, 9)} {n}",
            "Authors": f"Name{n % 5000} A ; Other{n % 700} B ;",
            "Year": str(1990 + n % 35),
            "TypeName": "Journal, Article",
            "Codes": [
                {
                    "AttributeId": (n + code) % 200,
                    "ItemAttributeFullTextDetails": [
                        {"Text": f'Page {page}:\n[¬s]"{_sentence(rng, 14)} {n}.{code}.{page}[¬e]"'}
                        for page in (1, 2)
                    ],
                }
                for code in range(5)
            ],
        }
        for n in range(references)
    ]
    scheme = {"SetName": "Illustrative", "Attributes": {"AttributesList": codes}}
    path.write_text(
        json.dumps({"CodeSets": [scheme], "References": items}, ensure_ascii=False),
        encoding="utf-8",
    )


def _calamine(path: Path) -> object:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _rispy(path: Path) -> object:
    import rispy

    with path.open(encoding="utf-8") as file:
        return rispy.load(file)


def _json(path: Path) -> object:
    return json.loads(path.read_bytes())


KINDS = {
    "workbook": Kind("workbook rows", ".xlsx", 100_000, _workbook, _calamine, of_review=False),
    "ris": Kind("RIS records", ".ris", 100_000, _ris, _rispy),
    "eppi": Kind("EPPI references with ten quotes", ".json", 10_000, _eppi, _json),
}
"""What is measured. An EPPI-Reviewer export of 10,000 references has 100,000 quotes."""
