"""Draw the gap map and the flow diagram of a shipped review for docs/figures.md.

python scripts/make_figures.py [--out docs]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REVIEW = "harris2021"


def main() -> int:
    """Write the pictures, as the commands do."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    out = parser.parse_args().out
    command = [sys.executable, "-c", "from api.cli import main; main()"]
    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        given = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "THEORYGRAPH_STORE": str(Path(folder) / "figures.kgl"),
        }
        for arguments in (
            ["load", str(ROOT / "examples" / REVIEW)],
            ["gap-map", str(out / "gap-map.png"), "--review", REVIEW],
            ["flow-diagram", REVIEW, str(out / "flow-diagram.png")],
        ):
            subprocess.run([*command, *arguments], env=given, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
