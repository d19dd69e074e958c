"""Which reader a file goes to: by what is in it, not only by what it is called."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from graph.errors import Problem
from graph.settings import Settings
from loaders.budget import spend
from loaders.own_tables import own_table, own_tables
from loaders.parsed_input import Given
from loaders.reading import too_large
from loaders.references.deciding import Screened, decide
from loaders.references.delimited import headers
from loaders.references.exports import known_by_ending, known_by_header, known_by_start
from loaders.references.screening import recognised


@dataclass(frozen=True, slots=True)
class How:
    """What a person says about how files are to be read.

    ``mapping`` says what the codes of coded documents stand for, ``columns`` what the columns of
    a sheet with one row per configuration are, ``encoding`` what reference files are in that are
    not in Unicode, ``screened`` what they decide of their records.
    """

    mapping: Path | None = None
    columns: Path | None = None
    encoding: str | None = None
    screened: Screened = field(default_factory=Screened)


WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
NAMES = {
    ".ris": "ris",
    ".bib": "bibtex",
    ".nbib": "nbib",
    ".enw": "refer",
    ".ciw": "wos",
    ".qdpx": "refi",
    ".qdc": "refi",
}
"""What a file is by its name, where nothing in it says what it is."""
TAKES = (
    "a review folder, a workbook (.xlsx, .ods), references (.ris, .bib, .nbib, .enw, CSL-JSON, "
    "EndNote XML, Web of Science, Rayyan or Covidence .csv), coded documents (EPPI-Reviewer .json, "
    "REFI-QDA .qdpx or .qdc)"
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
    spend("files")
    if path.is_dir():
        from loaders.review_folder import read_folder

        if (tables := own_tables(sorted(path.iterdir()), name)) is not None:
            return [Given(name, problems=[tables])]
        return [read_folder(path, max_file_mb=limit, encoding=how.encoding)]
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

        known = kind == "screening" or _known_table(path, name) is not None
        of_map = read_mapped(
            path, name, how.columns, max_mb=limit, encoding=how.encoding, known=known
        )
        if of_map is not None:
            return of_map
    reader = _READERS.get(kind)
    if reader is not None:
        given = reader(path, name, how, limit)
        decide(given, how.screened, export=kind == "screening")
        return [given]
    if (table := _known_table(path, name)) is not None:
        return [Given(name, problems=[table])]
    hint = "of a table of configurations, `theorygraph suggest-map` proposes what its columns are"
    return [_unread(name, "it is not clear what this file is", TAKES, hint * (kind == "table"))]


def kind_of(path: Path) -> str:
    """What a file is by what is in it: ``workbook``, ``ris``, ``bibtex``, … or ``unknown``.

    Its name counts where nothing in it says what it is.
    """
    suffix = path.suffix.casefold()
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path, suffix)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "workbook"
    kind = _kind_of_text(_decoded(start)) or NAMES.get(suffix)
    if kind is not None:
        return kind
    if suffix in WORKBOOKS:
        return "workbook"
    return "table" if suffix in (".csv", ".tsv") else "unknown"


def _kind_of_text(text: str) -> str | None:
    if known_by_start(text) is not None:
        return "unknown"
    if _JSON.match(text):
        return "json"
    if text.startswith("<"):
        return "refi" if "urn:QDA-XML:codebook" in text[:4096] else "xml"
    found = {kind: sign.search(text) for kind, sign in _SIGNS.items()}
    places = [(sign.start(), kind) for kind, sign in found.items() if sign is not None]
    if places:
        return min(places)[1]
    if _LIKE_RIS.search(text):
        return "ris"
    return "screening" if any(recognised(header) for _, header in headers(text)) else None


def _known_table(path: Path, name: str) -> Problem | None:
    """What to say of a file that cannot be read, if it is one that many people have."""
    with path.open("rb") as file:
        start = _decoded(file.read(_LOOKED_AT))
    known = known_by_start(start) or known_by_header(start) or known_by_ending(path.suffix)
    return own_table(path, name) if known is None else known.problem(name)


def _kind_of_zip(path: Path, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = set()
    if "xl/workbook.xml" in names or "content.xml" in names:
        return "workbook"
    if "word/document.xml" in names:
        return "unknown"
    if any(name.rpartition("/")[2] == "project.qde" for name in names):
        return "refi"
    return "workbook" if suffix in WORKBOOKS else NAMES.get(suffix, "zip")


_JSON = re.compile(r"\[\s*(?:[\]{\[\"\d]|$)|\{\s*(?:[\"}]|$)")
_LIKE_RIS = re.compile(r"(?:^|[\r\n])(?:TI|T1|AU|A1)  - ")
"""Other formats have such lines, too."""
_SIGNS = {
    "ris": re.compile(r"(?:^|[\r\n])[^\S\r\n]*TY {1,2}-"),
    "nbib": re.compile(r"(?:^|[\r\n])(?:PMID- ?\d|OWN - )"),
    "wos": re.compile(r"(?:^|[\r\n])(?:FN (?:Clarivate|ISI|Thomson)|PT [JBSP][\r\n])"),
    "wos-table": re.compile(r"^PT\t(?:AU|BA|GP|CA)\b"),
    "refer": re.compile(r"(?:^|[\r\n])%0 \w|(?:^|[\r\n])%A .+[\r\n]+%[A-Z0-9] "),
    "bibtex": re.compile(r"(?:^|[\r\n])\s*@[A-Za-z]+\s*[{(]"),
}


def _decoded(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = start.decode("utf-16", errors="replace")
    else:  # of UTF-16 that does not say so, letters are left
        text = start.replace(b"\0", b"").decode("utf-8-sig", errors="replace")
    return text.lstrip("\ufeff \t\r\n")


def _zipped(path: Path, settings: Settings, how: How) -> list[Given]:
    from loaders.archive import archive_inside, unpacked
    from loaders.columns import REVIEW_FILE

    with unpacked(path, max_mb=settings.max_file_mb) as folder:
        if (folder / REVIEW_FILE).is_file() or not any(folder.iterdir()):
            return _named(path.name, read_input(folder, settings, how))
        found = sorted(
            entry
            for entry in folder.rglob("*")
            if entry.is_file() and not entry.name.startswith((".", "__MACOSX"))
        )
        if (tables := own_tables(found, path.name)) is not None:
            return [Given(path.name, problems=[tables])]
        if all(entry.suffix.casefold() in (".csv", ".yaml", ".yml") for entry in found) and not any(
            kind_of(entry) == "screening" for entry in found
        ):
            return _named(path.name, read_input(found[0].parent, settings, how))
        inside = [entry.name for entry in found if kind_of(entry) == "zip"]
        if inside:  # by what is in it: a name without an ending would open level upon level
            raise archive_inside(inside[0])
        return [given for entry in found for given in read_input(entry, settings, how)]


def _named(name: str, inputs: list[Given]) -> list[Given]:
    """The same by the name of the archive: the folder that it was unpacked to is gone soon."""
    for given in inputs:
        given.file = name
    return inputs


def _unread(name: str, message: str, expected: str, hint: str = "") -> Given:
    problem = Problem(message=message, expected=expected, file=name, hint=hint or None)
    return Given(name, problems=[problem])


def _workbook(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.workbook import read_workbook

    return read_workbook(path, name, max_mb=limit)


def _references(module: str, read: str) -> Callable[[Path, str, How, int], Given]:
    """A reader of references, imported where it is needed."""

    def reader(path: Path, name: str, how: How, limit: int) -> Given:
        found: Given = getattr(import_module(module, __package__), read)(path, name, how.encoding)
        return found

    return reader


def _refi(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.coded.refi import read_refi

    return read_refi(path, name, mapping=how.mapping, max_mb=limit)


def _json(path: Path, name: str, how: How, limit: int) -> Given:
    from loaders.references.csl import read_json

    return read_json(path, name, mapping=how.mapping, max_mb=limit, encoding=how.encoding)


_TAGGED = ".references.tagged"
_READERS: dict[str, Callable[[Path, str, How, int], Given]] = {
    "workbook": _workbook,
    "ris": _references(_TAGGED, "read_ris"),
    "nbib": _references(_TAGGED, "read_nbib"),
    "wos": _references(_TAGGED, "read_wos"),
    "wos-table": _references(_TAGGED, "read_wos_table"),
    "refer": _references(_TAGGED, "read_refer"),
    "bibtex": _references(".references.bibtex", "read_bibtex"),
    "xml": _references(".references.endnote", "read_endnote"),
    "screening": _references(".references.screening", "read_screening"),
    "refi": _refi,
    "json": _json,
}
