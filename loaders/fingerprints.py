"""By what a file that was loaded is known again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from graph.load_report import LoadedFile


def fingerprint(path: Path) -> LoadedFile:
    """Name and SHA-256 of a file; of a folder, of all its files in the order of names."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(entry for entry in path.iterdir())
    for file in files:
        if file.is_file():
            if path.is_dir():
                digest.update(file.name.encode() + b"\0")
            with file.open("rb") as opened:
                while chunk := opened.read(1 << 20):
                    digest.update(chunk)
    return LoadedFile(name=path.name or str(path), sha256=digest.hexdigest())
