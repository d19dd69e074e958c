"""What a container is built from: the files that .dockerignore lets in, and what is copied."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path, PurePosixPath

Stage = list[tuple[str, str]]
"""The instructions of one stage of a Dockerfile: a word, and what follows it."""


def stages(dockerfile: Path) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    text = re.sub(r"^\s*#.*\n", "", dockerfile.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[Stage] = []
    for line in text.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            found.append([])
        if word:
            found[-1].append((word, rest.strip()))
    return found


def instructions(stage: Stage, word: str) -> list[str]:
    """What follows each instruction of that word."""
    return [rest for found, rest in stage if found == word]


def let_in(root: Path) -> list[PurePosixPath]:
    """The files that .dockerignore, which begins by keeping everything out, lets into a build."""
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    tops = {rule[1:].partition("/")[0] for rule in rules if rule.startswith("!")}
    files = [file for top in tops for file in ((root / top), *(root / top).rglob("*"))]
    paths = [PurePosixPath(file.relative_to(root).as_posix()) for file in files if file.is_file()]
    return sorted(path for path in paths if not _kept_out(path, rules))


def _kept_out(path: PurePosixPath, rules: list[str]) -> bool:
    """Of the rules that a path or a folder above it matches, the last one decides."""
    fitting = [rule for rule in rules if any(_fits(one, rule) for one in (path, *path.parents))]
    return not fitting[-1].startswith("!")


def _fits(path: PurePosixPath, rule: str) -> bool:
    pattern = rule.removeprefix("!")
    anywhere = pattern.startswith("**/")
    return path.match(pattern.removeprefix("**/")) and (
        anywhere or len(path.parts) == pattern.count("/") + 1
    )


def copied(root: Path, stage: Stage, to: Path) -> Path:
    """Copy what a stage copies from the checkout into its working folder, and nothing else."""
    (folder,) = instructions(stage, "WORKDIR")
    to /= folder.strip("/")
    context = let_in(root)
    for rest in instructions(stage, "COPY"):
        *sources, target = shlex.split(rest)
        if sources[0].startswith("--from="):
            continue
        for source in map(PurePosixPath, sources):
            found = [path for path in context if source in (path, *path.parents)]
            assert found, f"COPY {rest}: .dockerignore lets in nothing of {source}"
            for path in found:
                into = to / target / (path.relative_to(source) if source != path else path.name)
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / path, into)
    return to
