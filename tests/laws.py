"""How often a law is tried: a few times in `make quick`, many hundred times in `make laws`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from platform import python_version
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

PROFILES = {"quick": 20, "ci": 100, "laws": 500}
"""Per cent of the examples that a law asks for."""
_SAME_EVERY_TIME = bool(os.environ.get("CI"))

for _name, _percent in PROFILES.items():
    settings.register_profile(
        _name,
        max_examples=_percent,
        deadline=None,
        derandomize=_SAME_EVERY_TIME and _name != "laws",
        database=None if _SAME_EVERY_TIME else settings.get_profile("default").database,
        print_blob=True,
        # Whole reviews take long to make smaller; that is for whoever mends what failed.
        phases=[phase for phase in Phase if phase is not Phase.shrink or not _SAME_EVERY_TIME],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
settings.load_profile("ci")


def times(most: int) -> int:
    """So many times, as the profile that runs has it."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return max(3, most * profile.max_examples // 100)


def examples(most: int, *, shared: bool = False) -> settings:
    """Try a law on so many examples, as the profile that runs has it.

    With ``shared``, all examples share the fixtures of the test, which takes care of that.
    """
    profile = settings.get_profile(settings.get_current_profile_name())
    allowed = [HealthCheck.function_scoped_fixture] * shared
    return settings(
        max_examples=times(most),
        suppress_health_check=[*profile.suppress_health_check, *allowed],
    )


def is_law(item: pytest.Item) -> bool:
    """Whether a test states a law: it is tried on examples that are made for it."""
    return hasattr(getattr(item, "obj", None), "hypothesis")


_ROW = re.compile(r"\| (\S+) \| (.+) \| ([\d,]+) \| (\d+) \| ([\d-]+) \|")


class Figures:
    """Which law held, on how many examples, for how long and when: a page.

    The page is written as each law ends, so that a run may be stopped and taken up again; laws
    that a run leaves out keep their line. A law that fails loses it.
    """

    def __init__(self, page: Path) -> None:
        self.page = page
        self.before = {
            (file, law): (int(tried.replace(",", "")), float(taken), day)
            for file, law, tried, taken, day in _ROW.findall(
                page.read_text(encoding="utf-8") if page.is_file() else ""
            )
            if (Path(__file__).parent / file).is_file()
        }
        self.rows: dict[tuple[str, str], tuple[int, float, str]] = {}
        self.failed: set[tuple[str, str]] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that ended, wherever it ran, and write the page."""
        file, _, name = re.sub(r"[\[@].*", "", report.nodeid).partition("::")
        law = Path(file).name, name.removeprefix("test_").replace("_", " ")
        if report.failed:
            self.failed.add(law)
        elif report.when != "call" or report.skipped:
            return
        else:
            tried: Any = dict(report.user_properties).get("examples", 1)
            before, taken, _ = self.rows.get(law, (0, 0.0, ""))
            day = f"{datetime.now(UTC):%Y-%m-%d}"
            self.rows[law] = before + int(tried), taken + report.duration, day
        self.page.write_text("\n".join(self.lines()) + "\n", encoding="utf-8")

    def lines(self) -> Iterator[str]:
        """The lines of the page."""
        rows = {
            law: row for law, row in {**self.before, **self.rows}.items() if law not in self.failed
        }
        total = sum(tried for tried, _, _ in rows.values())
        seconds = sum(taken for _, taken, _ in rows.values())
        yield "# Laws and how often they were tried"
        yield ""
        yield (
            "Written by `make laws`, which tries laws of the tests on many examples, other ones at "
            "each run. A law without a line has not been run so yet, or failed at its last run."
        )
        yield ""
        yield (
            f"{len(rows)} laws held on {total:,} examples in {seconds / 60:.0f} minutes of testing "
            f"with Python {python_version()}."
        )
        yield ""
        yield "| File | Law | Examples | Seconds | Last run |"
        yield "| --- | --- | ---: | ---: | --- |"
        for (file, law), (tried, taken, day) in sorted(rows.items()):
            yield f"| {file} | {law} | {tried:,} | {taken:.0f} | {day} |"


_PASSED = re.compile(r"(\d+) passing")


def tried(item: pytest.Item) -> int:
    """The examples that a law held on, in the run that has just ended."""
    told: str = getattr(item, "hypothesis_statistics", "")
    return sum(int(number) for number in _PASSED.findall(told))
