"""Which tests stay together, and which come first, where several processes share the tests.

All that need Neo4j run one after the other, because it has one database; so do those of a file that
share what is made once for it. What takes longest is begun first. (The groups of pytest-xdist
itself do not reach its scheduler with this version of pytest, so they are handed over in a file.)
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

KINDS = ("neo4j", "browser", "slow", "process", "law")
GROUPS = "theorygraph_groups"


class Turns:
    """The part of it that belongs to the process which gives out the tests."""

    def __init__(self) -> None:
        self.file = Path(tempfile.mkdtemp(prefix="theorygraph-turns-")) / "groups.json"

    def pytest_configure_node(self, node: WorkerController) -> None:
        """Tell a worker where to write its groups."""
        node.workerinput[GROUPS] = str(self.file)

    @pytest.hookimpl(tryfirst=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Together:
        """Give out groups, in the order of the collection."""
        config.option.loadscopereorder = False
        return Together(config, log, self.file)

    def pytest_unconfigure(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.file.parent, ignore_errors=True)


class Together(LoadScopeScheduling):
    """Tests of one group go to one worker."""

    def __init__(self, config: pytest.Config, log: Any, file: Path) -> None:
        super().__init__(config, log)
        self.file = file
        self.groups: dict[str, str] = {}

    def schedule(self) -> None:
        """Begin, now that the workers have written their groups."""
        self.groups = json.loads(self.file.read_text(encoding="utf-8"))
        super().schedule()

    def remove_node(self, node: WorkerController) -> str | None:
        """Give the tests of a worker that died to others, but for the one that it died of.

        What ends a worker would end the next one too, and so on for ever.
        """
        unfinished = (
            (unit, test)
            for unit in self.assigned_work.get(node, {}).values()
            for test, completed in unit.items()
            if not completed
        )
        unit, test = next(unfinished, ({}, None))
        unit[test] = True
        # The first that is left is the one that it would take for the cause.
        super().remove_node(node)
        return test

    def _split_scope(self, nodeid: str) -> str:
        return self.groups[nodeid]


class Worker:
    """The part of it that belongs to a worker."""

    def __init__(self, worker: str, file: Path) -> None:
        self.worker = worker
        self.file = file

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the tests of a group beside each other, and groups that take long before others."""
        groups: dict[str, list[pytest.Item]] = {}
        for item in items:
            groups.setdefault(group(item), []).append(item)
        items[:] = [item for members in sorted(groups.values(), key=turn) for item in members]

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Write which test is in which group, before the tests are told."""
        own = self.file.with_suffix(f".{self.worker}")
        own.write_text(json.dumps({item.nodeid: group(item) for item in session.items}), "utf-8")
        own.replace(self.file)


def group(item: pytest.Item) -> str:
    """The tests that a test stays together with, by name; its own id if it may run anywhere."""
    if item.get_closest_marker("neo4j"):
        return "neo4j"
    used: dict[str, Sequence[pytest.FixtureDef[Any]]] = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    shares = any(found[-1].scope == "module" for found in used.values())
    return item.path.name if shares else item.nodeid


def turn(members: list[pytest.Item]) -> tuple[int, int]:
    """When a group has its turn: by what it needs, the larger ones first."""
    names = {mark.name for item in members for mark in item.iter_markers()}
    place = next((place for place, name in enumerate(KINDS) if name in names), len(KINDS))
    return place, -len(members)
