"""A break in one place is noticed: a small sample here, all of it by `make mutate`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.catalogue import statements
from scripts.mutants import mutants, statements_with

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_mutants_are_code_that_differs_in_one_place() -> None:
    rules = set()
    for mutant in mutants(ROOT):
        text = (ROOT / mutant.file).read_text(encoding="utf-8")
        broken = mutant.broken(text)
        assert broken != text
        assert text.splitlines()[mutant.line - 1] not in ("", broken.splitlines()[mutant.line - 1])
        rules.add(mutant.rule)
        if mutant.file.endswith(".py"):
            ast.parse(broken)
        else:
            assert len(list(statements(broken))) == len(list(statements(text)))
            assert statements_with(mutant, text), mutant.key(text)
    assert rules == {"filter", "state", "count", "sign", "order", "word"}


@pytest.mark.slow
@pytest.mark.process
def test_a_sample_of_mutants_is_noticed() -> None:
    before = (ROOT / "graph/cypher/evidence.cypher").read_bytes()
    done = subprocess.run(
        [
            *(sys.executable, ROOT / "scripts/mutate.py", "graph/cypher/evidence.cypher"),
            *("--tests", "tests/test_evidence_filter.py", "--sample", "12"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^12 tried in \d+ s, 0 unnoticed", done.stdout, re.MULTILINE), done.stdout
    assert (ROOT / "graph/cypher/evidence.cypher").read_bytes() == before


@pytest.mark.slow
@pytest.mark.process
def test_what_survives_is_told_and_is_a_failure() -> None:
    done = subprocess.run(
        [
            *(sys.executable, ROOT / "scripts/mutate.py", "graph/cypher/gaps.cypher"),
            *("--tests", "tests/test_names.py"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(
        r"^not reached: graph/cypher/gaps.cypher:\d+: .+ → .+", done.stdout, re.MULTILINE
    )
