"""Break the code in one place after another, and tell which break no test notices.

First the fast tests are run once, to see which of them reach which function and which statement.
Then each mutant (see scripts/mutants.py) is tried on the tests that reach it, in a copy of the
checkout, until one fails. What survives, or is reached by none, is listed; the exit status is then
1, unless scripts/mutants.toml says why nothing can notice it.

Usage:
    python scripts/mutate.py                      all mutants, all fast tests
    python scripts/mutate.py graph/questions/gaps.py graph/cypher
    python scripts/mutate.py --sample 12 --tests tests/test_gaps.py tests/test_contract.py
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Self

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pytest  # noqa: E402

from scripts.mutants import Mutant, mutants, statements_with  # noqa: E402

FAST = ["-m", "not (neo4j or browser or process or slow)", "--hypothesis-profile=quick"]
"""What `make quick` runs."""
LONGEST = 6.0
"""Seconds that a watched test may take, at most, to be used again and again."""
PATIENCE, TIMES = 60.0, 10
"""When a mutant has run on for good: seconds, and how many times what its tests took before."""
PASSED, FAILED = 0, 1


def main() -> int:
    """Try mutants, report them; 1 if one survives that nobody has explained."""
    given = _arguments()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        trees = [Path(scratch) / str(number) for number in range(given.jobs)]
        copied(trees[0])
        if given.reached and given.reached.is_file():
            reached = Reached.kept(given.reached)
        else:
            reached = seen(trees[0], given.tests)
            if given.reached:
                reached.keep(given.reached)
        print(f"{len(reached.tests)} tests looked at, {time.monotonic() - began:.0f} s")
        reached.leave_out()
        for tree in trees[1:]:
            shutil.copytree(trees[0], tree)
        chosen = sampled(given.places, given.sample, reached)
        tried = run_all(chosen, reached, trees)
    return report(tried, time.monotonic() - began, whole=not (given.places or given.sample))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("places", nargs="*", help="only files below these")
    parser.add_argument("--sample", type=int, help="try only so many, always the same")
    parser.add_argument("--tests", nargs="*", default=["tests"], help="files of tests")
    parser.add_argument(
        "--reached", type=Path, help="a file to keep what tests reach, or to take it from"
    )
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    return parser.parse_args()


def copied(tree: Path) -> None:
    """The checkout as it stands, without what git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)


# ---- which tests reach what ----


@dataclass(slots=True)
class Reached:
    """Tests by what they run: `file:line` of a function, or the name of a statement."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests: dict[str, set[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def keep(self, path: Path) -> None:
        """Write it down for another run."""
        told = {test: sorted(ran) for test, ran in self.tests.items()}
        path.write_text(json.dumps([told, self.seconds, self.failed]), encoding="utf-8")

    @classmethod
    def kept(cls, path: Path) -> Self:
        """What another run wrote down."""
        told, seconds, failed = json.loads(path.read_text(encoding="utf-8"))
        return cls(seconds, {test: set(ran) for test, ran in told.items()}, failed)

    def leave_out(self) -> None:
        """Use neither tests that take long nor any that fail, or are skipped, as things stand."""
        for test in sorted(set(self.failed) & self.tests.keys()):
            print(f"left out, for it fails or is skipped without a mutant: {test}")
        self.tests = {
            test: ran
            for test, ran in self.tests.items()
            if self.seconds[test] <= LONGEST and test not in self.failed
        }

    def by(self, mutant: Mutant) -> list[str]:
        """The tests that run what the mutant changes, the quickest first."""
        if mutant.file.endswith(".cypher"):
            wanted = statements_with(mutant, (ROOT / mutant.file).read_text("utf-8"))
        elif mutant.scope:
            wanted = {f"{mutant.file}:{mutant.scope}"}
        else:
            wanted = {mutant.file}
        found = [test for test, ran in self.tests.items() if ran & wanted]
        return sorted(found, key=lambda test: (self.seconds[test], test))


class _Watch:
    """Notes, for pytest, which functions of the project and which statements each test runs."""

    def __init__(self, tree: Path) -> None:
        self.tree = f"{tree}/"
        self.known: dict[int, tuple[CodeType, str | None]] = {}  # code compares by all it holds
        self.ran: set[str] = set()
        self.reached = Reached()

    def note(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        known = self.known.get(id(code))
        if known is None:
            known = self.known[id(code)] = (code, self.place(code))
        place = known[1]
        if place is not None:
            self.ran.add(place)
            if code.co_name == "named" and place.startswith("graph/catalogue.py"):
                self.ran.add(frame.f_locals["name"])

    def place(self, code: CodeType) -> str | None:
        if not code.co_filename.startswith(self.tree) or "/tests/" in code.co_filename:
            return None
        return f"{code.co_filename.removeprefix(self.tree)}:{code.co_firstlineno}"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.ran = set()
        began = time.process_time()  # how busy the machine is does not matter
        sys.settrace(self.note)
        threading.settrace(self.note)
        try:
            return (yield)  # type: ignore[misc]
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            files = {place.partition(":")[0] for place in self.ran if ":" in place}
            self.reached.tests[item.nodeid] = self.ran | files
            self.reached.seconds[item.nodeid] = time.process_time() - began

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed or (report.skipped and report.when == "call"):
            self.reached.failed.append(report.nodeid)


def seen(tree: Path, tests: list[str]) -> Reached:
    """Run the fast tests once and note what each of them runs; those that fail are left out."""
    out = tree.with_suffix(".json")

    def look() -> int:
        watch = _Watch(tree)
        status = pytest.main([*tests, *FAST, *_QUIET], plugins=[watch])
        watch.reached.keep(out)
        return int(status)

    forked(look, tree, limit=3600, keep_bytecode=True)
    found = Reached.kept(out) if out.is_file() else Reached()
    if not found.tests:
        sys.exit(f"no test ran:\n{tree.with_suffix('.log').read_text(encoding='utf-8')}")
    return found


# ---- trying them ----

_QUIET = ["-q", "-p", "no:cacheprovider", "--disable-warnings", "--no-header", "--tb=no"]


def forked(work: Any, tree: Path, limit: float, *, keep_bytecode: bool = False) -> int | None:
    """What ``work`` returns in a process of its own that imports the tree; none if it took long."""
    process = os.fork()
    if process == 0:
        status = 70
        try:
            os.chdir(tree)
            silence = os.open(tree.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            sys.dont_write_bytecode = not keep_bytecode
            for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
                del sys.modules[name]
            sys.path[:] = [str(tree), *(place for place in sys.path if place != str(ROOT))]
            status = work()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    until = time.monotonic() + limit
    while time.monotonic() < until:
        done, how = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(how)
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return None


_OURS = {"graph", "loaders", "exports", "api", "visualise", "scripts"}


@dataclass(slots=True)
class Tried:
    """A mutant and what became of it: noticed, survived, or reached by no test."""

    mutant: Mutant
    key: str
    became: str
    seconds: float = 0.0


def sampled(places: list[str], most: int | None, reached: Reached) -> list[Mutant]:
    """The mutants below the places; of a sample, those that a test reaches, spread over rules."""
    found = [
        one for one in mutants(ROOT) if not places or any(one.file.startswith(p) for p in places)
    ]
    if most is None:
        return found
    texts = {one.file: (ROOT / one.file).read_text("utf-8") for one in found}
    known = explained()
    ranked = sorted(
        (one for one in found if one.key(texts[one.file]) not in known),
        key=lambda one: one.rank(texts[one.file]),
    )
    by_rule: dict[str, list[Mutant]] = defaultdict(list)
    for one in ranked:
        if len(by_rule[one.rule]) < most and reached.by(one):
            by_rule[one.rule].append(one)
    turns = max((len(those) for those in by_rule.values()), default=0)
    spread = [
        those[turn] for turn in range(turns) for those in by_rule.values() if turn < len(those)
    ]
    return spread[:most]


def explained() -> dict[str, str]:
    """Mutants that nothing can notice, and why."""
    listed = tomllib.loads((ROOT / "scripts" / "mutants.toml").read_text(encoding="utf-8"))
    return {one["mutant"]: one["because"] for one in listed.get("explained", [])}


def run_all(chosen: list[Mutant], reached: Reached, trees: list[Path]) -> list[Tried]:
    """Try each mutant, as many at a time as there are trees."""
    waiting = list(enumerate(chosen))[::-1]
    done: dict[int, Tried] = {}
    lock = threading.Lock()

    def work(tree: Path) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                number, mutant = waiting.pop()
            tried = attempt(mutant, reached.by(mutant), reached, tree)
            with lock:
                done[number] = tried
                if sys.stderr.isatty():
                    print(f"\r{len(done)} of {len(chosen)}", end="", file=sys.stderr, flush=True)
                if tried.became != "noticed":
                    print(f"{len(done)} of {len(chosen)}: {tried.became}: {tried.key}", flush=True)

    workers = [threading.Thread(target=work, args=(tree,)) for tree in trees]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [done[number] for number in sorted(done)]


def attempt(mutant: Mutant, tests: list[str], reached: Reached, tree: Path) -> Tried:
    """Break one place in the tree, run the tests until one fails, and mend it again."""
    path = tree / mutant.file
    text = path.read_text(encoding="utf-8")
    key = mutant.key(text)
    if not tests:
        return Tried(mutant, key, "not reached")
    began = time.monotonic()
    before = path.stat()
    for bytecode in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        bytecode.unlink()
    path.write_text(mutant.broken(text), encoding="utf-8")
    try:
        limit = PATIENCE + TIMES * sum(reached.seconds[test] for test in tests)
        status = forked(lambda: int(pytest.main([*tests, "-x", *FAST, *_QUIET])), tree, limit)
    finally:
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    became = "survived" if status == PASSED else "noticed"
    return Tried(mutant, key, became, time.monotonic() - began)


def report(tried: list[Tried], seconds: float, *, whole: bool) -> int:
    """Print what was tried and what survived; 1 if something did that nobody has explained."""
    because = explained()
    counts = Counter((one.mutant.rule, one.became) for one in tried)
    print(f"\n{'':10}{'tried':>9}{'noticed':>9}{'survived':>10}{'not reached':>13}")
    for rule in sorted({one.mutant.rule for one in tried}):
        noticed, survived, missed = (
            counts[rule, name] for name in ("noticed", "survived", "not reached")
        )
        print(f"{rule:10}{noticed + survived + missed:9}{noticed:9}{survived:10}{missed:13}")
    left = [one for one in tried if one.became != "noticed"]
    unexplained = [one for one in left if one.key not in because]
    print(f"{len(tried)} tried in {seconds:.0f} s, {len(left)} unnoticed, ", end="")
    print(f"{len(left) - len(unexplained)} of them explained in scripts/mutants.toml")
    for one in unexplained:
        print(f"{one.became}: {one.mutant.file}:{one.mutant.line}: {one.key.partition(': ')[2]}")
    stale = set(because) - {one.key for one in left} if whole else set()
    for key in sorted(stale):
        print(f"explained, but no longer there or noticed: {key}")
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main())
