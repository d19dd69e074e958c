"""What a workbook shows beside its values: comments, rows that are hidden, texts struck through."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from defusedxml import ElementTree

from graph.errors import Problem, Severity
from loaders.archive import DAMAGED
from loaders.inflating import column_number, letters
from loaders.reading import listed

_STYLES = "xl/styles.xml"
_OWN = "theorygraph"
"""What the authors of comments begin with that an annotated copy has."""
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*[^/])>(.*?)</(?:\w+:)?row>", re.DOTALL)
_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\ss=["'](\d{1,6})["'][^>]*[^/]>|<(?:\w+:)?(?:v|is)>""")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(slots=True)
class Marks:
    """What is to be known of a sheet beside its values; ``comments`` by row and column from 1."""

    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)
    """Rows of comments that were kept."""

    def take(self, row: int, headers: dict[int, str]) -> list[str]:
        """The comments of a row as notes; ``headers`` by column from 1."""
        if not self.comments:
            return []
        found = {column: self.comments.pop((row, column), "") for column in headers}
        notes = [
            f"Comment on {headers[at]} (row {row}): {text}" for at, text in found.items() if text
        ]
        self.kept += [row] * bool(notes)
        return notes

    def told(self, file: str, sheet: str | None) -> list[Problem]:
        """What a reviewer must know of them, once the sheet has been read."""
        cells = [f"{letters(column)}{row}" for row, column in sorted(self.comments)]
        hint = "delete what is not to count"
        hidden = "rows that the spreadsheet hides were read like the others"
        struck = "what is struck through in these rows was read like the rest"
        kept, left = "comments of cells were kept as notes", "comments of cells are not read"
        problems = []
        for message, rows in ((hidden, self.hidden), (struck, self.struck), (kept, self.kept)):
            if rows:
                found = listed("row", [*dict.fromkeys(rows)])
                problems.append(_warning(file, sheet, message, found, rows[0]))
                problems[-1].hint = None if rows is self.kept else hint
        if cells:
            problems.append(_warning(file, sheet, left, listed("cell", cells)))
        return problems


def _warning(
    file: str, sheet: str | None, message: str, found: str, row: int | None = None
) -> Problem:
    return Problem(
        severity=Severity.WARNING, file=file, sheet=sheet, row=row, message=message, found=found
    )


def marks_of(path: Path, sheets: dict[str, str]) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsx workbook that has been looked through.

    Args:
        path: the workbook.
        sheets: the path of each sheet within it, by the sheet's name.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            struck = _struck_styles(opened)
            return {name: _of_sheet(opened, inside, struck) for name, inside in sheets.items()}
    except (*DAMAGED, KeyError, ElementTree.ParseError):
        return {}


def _struck_styles(opened: zipfile.ZipFile) -> set[int]:
    """The numbers of the formats of cells whose font strikes them through."""
    if _STYLES not in opened.namelist():
        return set()
    root = ElementTree.fromstring(opened.read(_STYLES), forbid_dtd=True)
    fonts = [font for group in root.findall("{*}fonts") for font in group]
    struck = {
        at
        for at, font in enumerate(fonts)
        for strike in font.findall("{*}strike")
        if strike.get("val", "1") in ("1", "true")
    }
    formats = [one for group in root.findall("{*}cellXfs") for one in group]
    return {at for at, one in enumerate(formats) if int(one.get("fontId", "0")) in struck}


def _of_sheet(opened: zipfile.ZipFile, inside: str, struck: set[int]) -> Marks:
    found = Marks()
    for attributes, cells in _ROW.findall(opened.read(inside)):
        number = _NUMBER.search(attributes)
        filled = [one[1] for one in _FILLED.finditer(cells)]
        if number is None or not filled:
            continue
        if _HIDDEN.search(attributes) and b"<" in cells:
            found.hidden.append(int(number[1]))
        if any(style is not None and int(style) in struck for style in filled):
            found.struck.append(int(number[1]))
    folder, name = posixpath.split(inside)
    relations = f"{folder}/_rels/{name}.rels"
    if relations in opened.namelist():
        for one in ElementTree.fromstring(opened.read(relations), forbid_dtd=True):
            if one.get("Type", "").endswith("/comments"):
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
                found.comments |= _comments(opened.read(target.lstrip("/")))
    return found


def _comments(held: bytes) -> dict[tuple[int, int], str]:
    root = ElementTree.fromstring(held, forbid_dtd=True)
    authors = ["".join(one.itertext()) for one in root.iterfind("{*}authors/{*}author")]
    found = {}
    for one in root.iterfind("{*}commentList/{*}comment"):
        place = _CELL.fullmatch(one.get("ref", ""))
        by = int(one.get("authorId", "0"))
        text = " ".join("".join(one.itertext()).split())
        own = by < len(authors) and authors[by].startswith(_OWN)
        if place is not None and text and not own:
            found[int(place[2]), column_number(place[1])] = text
    return found
