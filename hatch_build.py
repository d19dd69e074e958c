"""What is installed lies inside one package, so that it meets no other `api` or `graph`.

In the repository the folders stand side by side, and import each other by their names. A wheel has
them inside `theorygraph`, with each of these imports named from there; nothing else of the files
changes, and no line moves. An editable installation takes the folders as they are.
"""

from __future__ import annotations

import ast
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INTO = "theorygraph"


def inside(text: str, folders: set[str]) -> str:
    """A module's text with its imports of these folders named from within the package.

    Raises:
        ValueError: it imports a folder in a way that binds the folder's own name.
    """
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            bare = [one.name for one in node.names if one.name.partition(".")[0] in folders]
            if bare:
                raise ValueError(f"line {node.lineno}: write `from … import`, not import {bare[0]}")
        elif isinstance(node, ast.ImportFrom) and not node.level:
            if (node.module or "").partition(".")[0] not in folders:
                continue
            line = lines[node.lineno - 1].encode()
            before, rest = line[: node.col_offset], line[node.col_offset :]
            rest = rest.replace(b"from ", f"from {INTO}.".encode(), 1)
            lines[node.lineno - 1] = (before + rest).decode()
    return "".join(lines)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the folders named in pyproject.toml into the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a wheel is built: add the folders to it."""
        if version == "editable":
            return
        self.made = Path(tempfile.mkdtemp())
        folders = set(self.config["folders"])
        for name in ("theorygraph", *sorted(folders)):
            for path in sorted((Path(self.root) / name).rglob("*")):
                if not path.is_file() or path.suffix == ".pyc" or path.name.startswith("."):
                    continue
                local = path.relative_to(self.root)
                local = local if name == INTO else Path(INTO) / local
                target = self.made / local
                target.parent.mkdir(parents=True, exist_ok=True)
                if path.suffix == ".py":
                    text = inside(path.read_text(encoding="utf-8"), folders)
                    target.write_text(text, encoding="utf-8")
                else:
                    shutil.copyfile(path, target)
                build_data["force_include"][str(target)] = local.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Afterwards: what was made for it goes."""
        if version != "editable":
            shutil.rmtree(self.made)
