"""How much a zipped workbook inflates to, and what its sheets hold that a fast reader passes over.

A workbook is a zip of XML. Before it is opened, everything in it is inflated once and thrown away:
what a zip declares of its sizes may be false, cells may be few and far apart, and one long text may
stand in a million cells. What a reader would need the memory for is known before it asks for it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from defusedxml import ElementTree

from graph.errors import Problem
from loaders.archive import DAMAGED
from loaders.budget import spend

_CHUNK = 1 << 20
_CELL_BYTES = 24
_MOST_ENTRIES = 5000
_TIMES = 4
"""How many times the allowed size the cells, or their texts, may come to in memory."""
_LONG_TEXT = 1000
_COMMENTS = re.compile(r"xl/(?:.*/)?comments?\d*\.xml")
_TEXTS = "xl/sharedStrings.xml"

_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
"""Parts that say how others are read."""

_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*\s)?r=["']([A-Z]{1,3})(\d{1,7})["'](?:[^>]*[^/>])?>"""
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^>]*\st=["']e["'])[^>]*?\sr=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>"""
    rb"""(?:<f[^>]*/>|<f.*?</f>)?<v>([^<]*)</v>"""
)
_SHARED = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})""")
_TEXT = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>|<(?:\w+:)?si/>", re.DOTALL)
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d{1,12})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^>]*\shidden=["'](?:1|true)["']""")
_ODF_ROW = re.compile(rb"<table:table-row\b([^>]*[^/>])>(.*?)</table:table-row>", re.DOTALL)
_ODF_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_SPANNED = re.compile(rb'number-(?:rows|columns)-spanned="(?!1")|calcext:value-type="error"')


@dataclass(slots=True)
class Inflated:
    """What was met while a workbook was inflated.

    ``errors`` are cells such as `#REF!`, by the path of their sheet: row and column from 1, text.
    ``spans`` is true for an OpenDocument sheet with merged cells or cells that hold errors.
    """

    paths: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    spans: bool = False
    marked: bool = False
    """True for an .xlsx workbook with comments, hidden rows or a font that strikes through."""


def inflate(path: Path, name: str, max_mb: int) -> tuple[Inflated | None, Problem | None]:
    """Look through a zipped workbook, or say the one thing that keeps it from being opened.

    Args:
        path: the workbook.
        name: how messages call it.
        max_mb: how much it may inflate to, in MiB.
    """
    allowed = max_mb * 1024 * 1024
    try:
        with zipfile.ZipFile(path) as opened:
            return _looked_through(opened, name, allowed)
    except expat.ExpatError as error:
        problem = damaged(name)
        problem.found = f"{error} of its XML"
        return None, problem
    except (*DAMAGED, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "password" in str(error):
            return None, encrypted(name)
        return None, damaged(name)


def encrypted(name: str) -> Problem:
    """The workbook is locked."""
    return Problem(
        file=name,
        message="the workbook is encrypted",
        hint="save it without a password",
    )


def damaged(name: str) -> Problem:
    """The file is no workbook, or no longer one."""
    return Problem(
        file=name,
        message="this is not a workbook that can be read",
        expected="a workbook (.xlsx or .ods)",
        hint="open it in the spreadsheet and save it anew as .xlsx",
    )


def too_large(name: str, allowed: int, found: str) -> Problem:
    """Opening the workbook would take more memory than is allowed."""
    return Problem(
        file=name,
        message="the workbook is too large",
        found=found,
        expected=f"at most {allowed / 1024 / 1024:.0f} MB",
        hint="split it, or raise THEORYGRAPH_MAX_FILE_MB",
    )


def _looked_through(
    opened: zipfile.ZipFile, name: str, allowed: int
) -> tuple[Inflated | None, Problem | None]:
    entries = opened.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > _MOST_ENTRIES:
        return None, too_large(name, allowed, f"{len(entries)} files in it")
    if "xl/workbook.bin" in names:
        return None, Problem(
            file=name, message="binary workbooks are not read", hint="save it as .xlsx"
        )
    if not names & {"xl/workbook.xml", "content.xml"}:
        return None, damaged(name)
    if any(entry.flag_bits & 0x1 for entry in entries):
        return None, encrypted(name)
    stated = sum(entry.file_size for entry in entries)
    if stated > allowed:
        return None, too_large(name, allowed, f"{stated / 1024 / 1024:,.0f} MB when unpacked")
    if "content.xml" in names and _is_encrypted_odf(opened, names):
        return None, encrypted(name)
    found = Inflated()
    left = allowed
    texts: list[int] = []
    all_text = 0
    for entry in sorted(entries, key=lambda entry: entry.filename != _TEXTS):
        # A zip may lie about sizes: read on until the data end, and count what comes out.
        entry.file_size = 1 << 62
        held = b""
        if entry.filename in (_TEXTS, "content.xml"):
            with opened.open(entry) as source:
                held = b"".join(_whole_xml(source, left))
            left -= len(held)
        elif entry.filename.startswith("xl/worksheets/"):
            sheet = _Sheet(found.errors.setdefault(entry.filename, []), texts)
            with opened.open(entry) as source:
                left -= sheet.scan(source, left)
            all_text += sheet.text
            found.marked = found.marked or sheet.hides
            if left >= 0 and sheet.cells * _CELL_BYTES > allowed * _TIMES:
                with opened.open(entry) as source:
                    sheet.measure(source, left + allowed)
                if sheet.cells * _CELL_BYTES > allowed * _TIMES:
                    far = f"a sheet that reaches to row {sheet.last_row:,}, column {sheet.width:,}"
                    return None, too_large(name, allowed, far)
        else:
            read = _whole_xml if entry.filename in _PARTS else _pieces
            with opened.open(entry) as source:
                for piece in read(source, left):
                    left -= len(piece)
                    is_styles = entry.filename == "xl/styles.xml"
                    found.marked = found.marked or (is_styles and b"<strike" in piece)
            found.marked = found.marked or _COMMENTS.fullmatch(entry.filename) is not None
        if left < 0:
            return None, too_large(name, allowed, "more than that when unpacked")
        if entry.filename == _TEXTS:
            texts = [len(text) for text in _TEXT.findall(held)]
        elif held:
            if _repeats(held) * _CELL_BYTES > allowed * _TIMES:
                return None, too_large(name, allowed, "cells that repeat too often")
            found.spans = _SPANNED.search(held) is not None
    if all_text > allowed * _TIMES:
        return None, too_large(name, allowed, f"{all_text / 1024 / 1024:,.0f} MB of text")
    if any(found.errors.values()) or found.marked:
        found.paths = _sheet_paths(opened)
    return found, None


def _pieces(source: IO[bytes], most: int) -> Iterator[bytes]:
    taken = 0
    while taken <= most and (piece := source.read(_CHUNK)):
        taken += len(piece)
        spend("unpacked", len(piece))
        yield piece


def _whole_xml(source: IO[bytes], most: int) -> Iterator[bytes]:
    """The pieces of a part, once it is known that they fit together.

    A reader of sheets takes what it finds in broken XML, and leaves out the rest in silence.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_document_type
    taken = 0
    for piece in _pieces(source, most):
        taken += len(piece)
        if taken <= most:
            parser.Parse(piece, False)
        yield piece
    if taken <= most:
        parser.Parse(b"", True)


def _no_document_type(*_: object) -> None:
    raise expat.ExpatError("a document type")


class _Sheet:
    """What one sheet reaches to, how much text its cells hold, and which of them are errors."""

    def __init__(self, errors: list[tuple[int, int, str]], texts: list[int]) -> None:
        self.errors = errors
        self.texts = texts
        self.longest = max(texts, default=0)
        self.text = 0
        self.hides = False
        self.last_row = self.width = 1

    @property
    def cells(self) -> int:
        """How many cells a reader makes room for."""
        return self.last_row * self.width

    def scan(self, source: IO[bytes], most: int) -> int:
        """Look at every cell; how many bytes there were."""
        taken = 0
        for held in _whole_cells(source, most):
            taken += len(held)
            self._reach(_PLACE.findall(held))
            self.hides = self.hides or (b"hidden=" in held and _HIDDEN.search(held) is not None)
            if b't="e"' in held or b"t='e'" in held:
                self.errors += [
                    (int(row), column_number(letters.decode()), text.decode(errors="replace"))
                    for letters, row, text in _ERROR.findall(held)
                ]
            if self.longest > _LONG_TEXT:
                found = [int(at) for at in _SHARED.findall(held)]
                self.text += sum(self.texts[at] for at in found if at < len(self.texts))
        return taken

    def measure(self, source: IO[bytes], most: int) -> None:
        """Look again, at cells with content only: coloured empty ones cost nothing."""
        self.last_row = self.width = 1
        for held in _whole_cells(source, most):
            self._reach(_FILLED.findall(held))

    def _reach(self, places: list[tuple[bytes, bytes]]) -> None:
        if places:
            self.last_row = max(self.last_row, max(map(int, {row for _, row in places})))
            letters = {column for column, _ in places}
            self.width = max(self.width, max(column_number(one.decode()) for one in letters))


def _whole_cells(source: IO[bytes], most: int) -> Iterator[bytes]:
    # What is cut off at the end of a piece waits for the next one.
    held = b""
    for piece in _whole_xml(source, most):
        held += piece
        end = held.rfind(b"<c") if len(held) < 4 * _CHUNK else len(held)
        if end > 0:
            yield held[:end]
            held = held[end:]
    yield held


def column_number(letters: str) -> int:
    """`A` as 1, `AB` as 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """1 as `A`, 28 as `AB`."""
    found = ""
    while number:
        number, at = divmod(number - 1, 26)
        found = chr(65 + at) + found
    return found


def _repeats(held: bytes) -> int:
    # Empty cells repeat to the edge of every sheet and cost nothing; full ones are copied.
    cells = 0
    for attributes, row in _ODF_ROW.findall(held):
        inside = 0
        for cell in _ODF_CELL.findall(row):
            if cell.endswith(b"/") and b"office:" not in cell:
                continue
            across = _REPEATED.search(cell)
            inside += int(across[1]) if across else 1
        down = _REPEATED.search(attributes)
        cells += inside * (int(down[1]) if down else 1)
    return cells


def _is_encrypted_odf(opened: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with opened.open("META-INF/manifest.xml") as source:
        return b"encryption-data" in source.read(_CHUNK)


def _sheet_paths(opened: zipfile.ZipFile) -> dict[str, str]:
    """The path of each sheet in the zip, by the sheet's name."""
    try:
        relations = ElementTree.fromstring(opened.read("xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(opened.read("xl/workbook.xml"))
    except (*DAMAGED, KeyError, ElementTree.ParseError):
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    found = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            held = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets.get(held, "")
            found[element.get("name", "")] = (
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )
    return found
