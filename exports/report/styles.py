"""Citation styles by name, out of the pack that scripts/make_styles.py makes."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from importlib.resources import as_file, files


def style_names() -> set[str]:
    """The names of all styles: those with rules of their own, and those that follow one."""
    index = _index()
    return {*index["in"], *index["follows"]}


def own_styles() -> list[str]:
    """The names of the styles with rules of their own, sorted."""
    return sorted(_index()["in"])


def style_text(name: str) -> str:
    """The rules of a style, as CSL; of one that follows another, those of the other.

    Raises:
        KeyError: there is no such style.
    """
    index = _index()
    own = index["follows"].get(name, name)
    return _member(index["in"][own])[own]


@cache
def _index() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(_read("names.json"))
    return found


@cache
def _member(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(_read(name))
    return found


def _read(name: str) -> bytes:
    packed = files(__package__).joinpath("styles.zip")
    with as_file(packed) as path, zipfile.ZipFile(path) as pack:
        return pack.read(name)
