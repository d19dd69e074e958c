"""How well duplicates are found: precision and recall on every file of which they are marked."""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from graph.model import Reference
from graph.questions.bundle import bundle_of
from graph.record_fields import fields_of
from graph.settings import Settings
from graph.stores import scratch_store
from loaders.intake import load
from loaders.references.identifiers import doi_of
from loaders.similarity import likeness, same

CORPUS = Path(os.environ.get("THEORYGRAPH_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))


@dataclass(frozen=True, slots=True)
class Found:
    """Of one file: how many are marked, how many were found of them, how many besides."""

    file: str
    what: str
    marked: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """Of what was found, the part that is marked."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is marked, the part that was found."""
        return self.right / self.marked if self.marked else 1.0


def measured(corpus: Path = CORPUS) -> list[Found]:
    """Every file of the corpus with marked duplicates."""
    return [_endnote(corpus), _casebook(corpus), _colrev(corpus)]


def _records(path: Path) -> list[Reference]:
    with scratch_store(Settings()) as store:
        load(store, path, Settings(), review="r", title="Duplicates")
        return bundle_of(store, "r").references


def _endnote(corpus: Path) -> Found:
    """A library in which a person gave each record of a duplicate a caption."""
    path = corpus / "endnote-xml" / "iebh__tafenoquine.xml"
    together: dict[str, list[bool]] = defaultdict(list)
    for record in _records(path):
        together[record.source].append("caption" in fields_of(record.fields, record.text))
    merged = [mark for found in together.values() if len(found) > 1 for mark in found]
    marked = sum(mark for found in together.values() for mark in found)
    right = sum(merged)
    return Found(path.name, "records marked as duplicates", marked, right, len(merged) - right)


def _casebook(corpus: Path) -> Found:
    """Cases that other matchers got wrong."""
    marked = right = wrong = 0
    for path in sorted((corpus / "dedup-casebook").glob("*__*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        records = [
            likeness(
                record["title"],
                doi=doi_of(record.get("doi_raw") or "") or "",
                year=record.get("year"),
                authors=record.get("authors", []),
                volume=(record.get("container") or {}).get("volume") or "",
                journal=(record.get("container") or {}).get("name") or "",
            )
            for record in case["records"].values()
        ]
        one = case["expected_relation"] == "DUPLICATE"
        merged = len(records) == 2 and same(*records) is not None
        marked += one
        right += one and merged
        wrong += merged and not one
    return Found("dedup-casebook", "pairs that are duplicates", marked, right, wrong)


def _colrev(corpus: Path) -> Found:
    """Records before merging, and after it with the origins that went into each."""
    folder = corpus / "bib"
    path = folder / "colrev__dedupe_records.bib"
    expected = _origins((folder / "colrev__dedupe_records_expected.bib").read_text("utf-8"))
    of = {origin: at for at, group in enumerate(expected) for origin in group}
    found: dict[str, list[int]] = defaultdict(list)
    for record in _records(path):
        (origins,) = _origins(record.text or "")
        found[record.source].append(of[origins[0]])
    marked = sum(len(_pairs(group)) for group in _merged(path, expected))
    pairs = [pair for group in found.values() for pair in combinations(group, 2)]
    right = sum(one == other for one, other in pairs)
    return Found(path.name, "pairs that are duplicates", marked, right, len(pairs) - right)


def _merged(path: Path, expected: Iterable[Sequence[str]]) -> list[list[str]]:
    """Of each record after merging, the records before it that went into it."""
    before = {group[0] for group in _origins(path.read_text("utf-8"))}
    return [[origin for origin in group if origin in before] for group in expected]


def _pairs(group: Sequence[str]) -> list[tuple[str, str]]:
    return list(combinations(group, 2))


def _origins(text: str) -> list[list[str]]:
    found = re.findall(r"colrev_origin\s*=\s*\{(.*?)\}", text, re.DOTALL)
    return [[one.strip() for one in group.split(";") if one.strip()] for group in found]


def main() -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--csv", action="store_true", help="as CSV")
    wanted = parser.parse_args()
    rows = [
        (one.file, one.what, one.marked, one.right, one.wrong, one.precision, one.recall)
        for one in measured(wanted.corpus)
    ]
    if wanted.csv:
        out = csv.writer(sys.stdout)
        out.writerows([("file", "what", "marked", "right", "wrong", "precision", "recall"), *rows])
        return
    for file, what, marked, right, wrong, precision, recall in rows:
        print(
            f"{file}: {marked} {what}, {right} found, {wrong} besides; "
            f"precision {precision:.3f}, recall {recall:.3f}"
        )


if __name__ == "__main__":
    main()
