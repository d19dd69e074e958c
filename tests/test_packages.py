"""The packages are named once, in pyproject.toml; whatever lists them again lists the same ones."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from dockerfiles import let_in

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOOLS = PROJECT["tool"]
WHEEL = TOOLS["hatch"]["build"]["targets"]["wheel"]
PACKAGES = {"theorygraph", *WHEEL["hooks"]["custom"]["folders"]}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


@cache
def imports() -> set[tuple[str, str]]:
    """Which package imports which, wherever in it."""
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                else:
                    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found |= {(package, name.partition(".")[0]) for name in names}
    return {(one, other) for one, other in found if other in PACKAGES - {one}}


def test_the_command_needs_these_packages_and_no_other_folder() -> None:
    module = PROJECT["project"]["scripts"]["theorygraph"].partition(":")[0]
    needed = {module.partition(".")[0]}
    while more := {other for one, other in imports() if one in needed} - needed:
        needed |= more
    assert needed == PACKAGES
    assert all((ROOT / package / "__init__.py").is_file() for package in PACKAGES)


def test_what_lists_the_packages_again_forgets_none() -> None:
    shipped = TOOLS["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {name.strip("/") for name in shipped} >= PACKAGES
    assert set(TOOLS["mypy"]["packages"]) == PACKAGES
    documented = next(glob for glob in TOOLS["ruff"]["lint"]["per-file-ignores"] if glob[0] == "!")
    assert set(re.findall(r"\w+", documented)) == PACKAGES
    folders = {path.parts[0] for path in let_in(ROOT) if len(path.parts) > 1}
    assert folders == PACKAGES | {"requirements"}


def test_the_pages_for_newcomers_name_all_packages() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "docs/decisions.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = set(re.findall(r"[`\"](\w+)/?(?:`|<br>)", text))
        assert named >= PACKAGES, page


def test_the_diagram_shows_who_imports_whom() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    diagram = re.search(r"```mermaid\n(.*?)```", text, re.DOTALL)
    assert diagram
    arrows = re.findall(r'^ *(\w+)(?:\[".*?"\])? --> (\w+)', diagram[1], re.MULTILINE)
    assert {(one.strip("_"), other.strip("_")) for one, other in arrows} == imports()


@pytest.mark.process
def test_the_password_of_neo4j_is_on_no_command_line(tmp_path: Path) -> None:
    service = COMPOSE["services"]["neo4j"]
    # The image takes these for settings of the server, which then does not start.
    assert not {"NEO4J_USERNAME", "NEO4J_PASSWORD"} & set(service["environment"])
    shell = tmp_path / "cypher-shell"
    shell.write_text(
        '#!/bin/sh\nfor given in "$@"; do echo "$given"; done > given\nenv > environment\n',
        encoding="utf-8",
    )
    shell.chmod(shell.stat().st_mode | stat.S_IXUSR)
    kind, script = service["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    subprocess.run(
        ["/bin/sh", "-c", script.replace("$$", "$")],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "NEO4J_AUTH": "neo4j/a secret $1 text"},
        cwd=tmp_path,
        check=True,
    )
    assert (tmp_path / "given").read_text().splitlines() == [
        *("-a", "bolt://127.0.0.1:7687"),
        "RETURN 1",
    ]
    told = (tmp_path / "environment").read_text().splitlines()
    assert {"NEO4J_USERNAME=neo4j", "NEO4J_PASSWORD=a secret $1 text"} <= set(told)
    for name, one in COMPOSE["services"].items():
        lines = [one.get(part) for part in ("command", "entrypoint", "build")]
        lines.append(one.get("healthcheck", {}).get("test"))
        assert not re.search(r"(?<!\$)\$\{?\w*(PASSWORD|TOKEN|AUTH)", str(lines)), name
