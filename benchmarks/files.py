"""Files beside the libraries that read them: time and memory of a large workbook."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from openpyxl import Workbook

from benchmarks.measuring import Measured, alternately, ratio_by_turn, say, table
from loaders.columns import columns
from loaders.workbook import read_workbook

ROWS = 100_000
ROUNDS = 3
_LARGE = 1024
_HEAD = ("id", "source", "mechanism", "stance", "levels", "setting", "quote", "locator", "rigour")
_MEMORY = """\
import sys
from pathlib import Path
from benchmarks.measuring import peak_memory_mb
{imports}
before = peak_memory_mb()
path = Path(sys.argv[1])
{work}
print(peak_memory_mb() - before)
"""
_ALONE = {
    "imports": "from benchmarks.files import bare",
    "work": "held = bare(path)",
}
_OURS = {
    "imports": "from loaders.workbook import read_workbook",
    "work": f"held = read_workbook(path, path.name, max_mb={_LARGE})",
}


def measure() -> list[Measured]:
    """A workbook of 100,000 rows: ours beside calamine alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = _workbook(Path(folder) / "large.xlsx")
        given = read_workbook(path, path.name, max_mb=_LARGE)
        assert len(given.tables["evidence.csv"].rows) == ROWS
        taken = alternately(
            {
                "calamine": lambda: bare(path),
                "read_workbook": lambda: read_workbook(path, path.name, max_mb=_LARGE),
            },
            rounds=ROUNDS,
        )
        memory = {
            name: _peak(path, **how)
            for name, how in (("calamine", _ALONE), ("read_workbook", _OURS))
        }
    table(
        f"A workbook of {ROWS:,} rows",
        ("", "seconds", "peak MB"),
        [(name, f"{median(times):.2f}", f"{memory[name]:.0f}") for name, times in taken.items()],
    )
    ratio = ratio_by_turn(taken["read_workbook"], taken["calamine"])
    peak = memory["read_workbook"] / memory["calamine"]
    say(f"time ÷ calamine alone: {ratio:.2f}; peak memory ÷ calamine alone: {peak:.2f}")
    return [
        Measured(f"workbook of {ROWS:,} rows ÷ calamine alone, time", ratio, 6),
        Measured(f"workbook of {ROWS:,} rows ÷ calamine alone, peak memory", peak, 2.5),
    ]


def bare(path: Path) -> list[object]:
    """All values of all sheets, as calamine gives them."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _workbook(path: Path) -> Path:
    assert set(_HEAD) <= set(columns("evidence.csv"))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Review")
    for row in (("field", "value"), ("id", "large"), ("title", "Illustrative")):
        sheet.append(row)
    sheet = book.create_sheet("Evidence")
    sheet.append(_HEAD)
    for n in range(ROWS):
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
    return path


def _peak(path: Path, *, imports: str, work: str) -> float:
    script = _MEMORY.format(imports=imports, work=work)
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
