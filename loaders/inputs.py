"""Which reader a file goes to: by what is in it, not only by what it is called."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Problem
from graph.settings import Settings
from loaders.given import Given
from loaders.reading import too_large


@dataclass(frozen=True, slots=True)
class How:
    """What a person says about how files are to be read.

    ``mapping`` says what the codes of coded documents stand for, ``columns`` what the columns of
    a sheet with one row per configuration are.
    """

    mapping: Path | None = None
    columns: Path | None = None


WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
NAMES = {
    ".ris": "ris",
    ".bib": "bibtex",
    ".nbib": "nbib",
    ".qdpx": "refi",
    ".qdc": "refi",
}
TAKES = (
    "a review folder, a workbook (.xlsx, .ods), references (.ris, .bib, .nbib, CSL-JSON, EndNote "
    "XML, Rayyan or Covidence .csv), coded documents (EPPI-Reviewer .json, REFI-QDA .qdpx or .qdc)"
)
"""What can be loaded, in one sentence."""

_LOOKED_AT = 1 << 16


def read_input(path: Path, settings: Settings, how: How) -> list[Given]:
    """What a file or folder says; a zip may hold several inputs.

    What is wrong with an input is among the problems.

    Raises:
        Rejected: a zip cannot be unpacked, or holds what it may not.
        TooLarge: a zip inflates to more than is allowed.
    """
    limit = settings.max_file_mb
    name = path.name or str(path)
    if path.is_dir():
        from loaders.review_folder import read_folder

        return [read_folder(path, max_file_mb=limit)]
    if not path.is_file():
        what = "does not exist" if not path.exists() else "is no file that can be read"
        return [_unread(str(path), f"{path} {what}", TAKES)]
    beyond = too_large(name, path.stat().st_size, limit)
    if beyond is not None:
        return [Given(name, problems=[beyond])]
    kind = kind_of(path)
    if kind == "zip":
        return _zipped(path, settings, how)
    if how.columns is not None and kind in ("workbook", "table", "screening"):
        from loaders.column_map import read_mapped

        return [read_mapped(path, name, how.columns, max_mb=limit)]
    reader = _READERS.get(kind)
    if reader is None:
        return [_unread(name, "it is not clear what this file is", TAKES)]
    return [reader(path, name, how, limit)]


def kind_of(path: Path) -> str:
    """What a file is: ``workbook``, ``ris``, ``bibtex``, … or ``unknown``."""
    suffix = path.suffix.casefold()
    if suffix in WORKBOOKS:
        return "workbook"
    if suffix in NAMES:
        return NAMES[suffix]
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    text = _decoded(start).lstrip("\ufeff \t\r\n")
    for kind, pattern in _SIGNS.items():
        if pattern.search(text):
            return kind
    if text.startswith(("[", "{")):
        return "json"
    if text.startswith("<"):
        return "xml"
    if suffix in (".csv", ".tsv", ".txt") and _looks_like_screening(text):
        return "screening"
    return "table" if suffix in (".csv", ".tsv") else "unknown"


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if "xl/workbook.xml" in names or "content.xml" in names:
        return "workbook"
    return "refi" if "project.qde" in names else "zip"


_SIGNS = {
    "ris": re.compile(r"(?:^|[\r\n])TY {1,2}- ?"),
    "nbib": re.compile(r"(?:^|[\r\n])PMID- ?\d"),
    "bibtex": re.compile(r"(?:^|[\r\n])\s*@[A-Za-z]+\s*[{(]"),
}


def _decoded(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", errors="replace")
    return start.decode("utf-8-sig", errors="replace")


def _looks_like_screening(text: str) -> bool:
    from loaders.references.screening import recognised

    first = next(csv.reader([re.split(r"[\r\n]", text, maxsplit=1)[0]]), [])
    return recognised(first)


def _zipped(path: Path, settings: Settings, how: How) -> list[Given]:
    from loaders.archive import unpacked
    from loaders.columns import REVIEW_FILE

    with unpacked(path, max_mb=settings.max_file_mb) as folder:
        if (folder / REVIEW_FILE).is_file() or not any(folder.iterdir()):
            return read_input(folder, settings, how)
        found = sorted(
            entry
            for entry in folder.rglob("*")
            if entry.is_file() and not entry.name.startswith((".", "__MACOSX"))
        )
        if all(entry.suffix.casefold() in (".csv", ".yaml", ".yml") for entry in found) and not any(
            kind_of(entry) == "screening" for entry in found
        ):
            return read_input(found[0].parent, settings, how)
        return [given for entry in found for given in read_input(entry, settings, how)]


def _unread(name: str, message: str, expected: str) -> Given:
    return Given(name, problems=[Problem(message=message, expected=expected, file=name)])


def _workbook(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.workbook import read_workbook

    return read_workbook(path, name, max_mb=limit)


def _ris(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.tagged import read_ris

    return read_ris(path, name)


def _nbib(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.tagged import read_nbib

    return read_nbib(path, name)


def _bibtex(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.bibtex import read_bibtex

    return read_bibtex(path, name)


def _xml(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.endnote import read_endnote

    return read_endnote(path, name)


def _screening(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.screening import read_screening

    return read_screening(path, name)


def _refi(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.coded.refi import read_refi

    return read_refi(path, name, mapping=how.mapping, max_mb=limit)


def _json(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.csl import read_json

    return read_json(path, name, mapping=how.mapping, max_mb=limit)


_READERS: dict[str, Callable[[Path, str, How, int], Given]] = {
    "workbook": _workbook,
    "ris": _ris,
    "nbib": _nbib,
    "bibtex": _bibtex,
    "xml": _xml,
    "screening": _screening,
    "refi": _refi,
    "json": _json,
}
