"""A workbook that was loaded with a map of columns, and is loaded again without it. All made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import xlsx

from graph.errors import Rejected, Severity
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store import Store
from loaders.detect_format import How
from loaders.intake import load

MAP = """\
sheet: CMO table
stance: supports
columns:
  Context: configurations.context
  Mechanism: configurations.mechanism
  Outcome: configurations.outcome
  Studies: evidence.source
"""


def errors(refused: Rejected) -> list[str]:
    return [one.sentence() for one in refused.problems if one.severity is Severity.ERROR]


def test_a_map_that_is_forgotten_or_reads_no_evidence_empties_nothing(
    store: Store, tmp_path: Path
) -> None:
    book = xlsx(
        tmp_path / "cmo.xlsx",
        {
            "Review": [["field", "value"], ["id", "mapped"], ["title", "Made-up"]],
            "Sources": [["id", "kind", "title"], ["lee", "paper", "Debriefs"]],
            "CMO table": [
                ["Context", "Mechanism", "Outcome", "Studies"],
                ["Zealous wards", "Feeling safe", "Speaking up", "lee"],
                ["Agency staff", "Being tired", "Hiding errors", ""],
            ],
        },
    )
    columns = tmp_path / "map.yaml"
    columns.write_text(MAP)
    load(store, book, Settings(), how=How(columns=columns))
    before = bundle_of(store, "mapped")
    assert (len(before.configurations), len(before.evidence)) == (2, 1)
    with pytest.raises(Rejected) as refused:
        load(store, book, Settings())
    (told,) = errors(refused.value)
    assert "cmo.xlsx: this file was loaded with a map of columns last time, and now without" in told
    assert "2 configurations, 1 piece of evidence" in told and "--map" in told
    columns.write_text(MAP.replace("stance: supports\n", ""))
    with pytest.raises(Rejected) as refused:
        load(store, book, Settings(), how=How(columns=columns))
    (told,) = [one.sentence() for one in refused.value.problems if "nothing is left" in one.message]
    assert "1 piece of evidence" in told and "stance" in told
    assert bundle_of(store, "mapped") == before
    load(store, book, Settings(), replace=True)
    load(store, book, Settings())  # what was read without a map is no more to be told
    assert bundle_of(store, "mapped").evidence == []
