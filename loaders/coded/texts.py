"""The text of a source, page by page: plain text, Markdown, HTML, PDF, Word."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pypdf
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from loaders.archive import DAMAGED

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "td", "th", "section", "article", "table", "pre"]
)
_HEADINGS = frozenset(["title", "h1", "h2", "h3", "h4", "h5", "h6"])
_UNSEEN = frozenset({"script", "style", "template"})


class Unreadable(Exception):
    """The file cannot be read as text; the message says why, in a few words."""


def read_text_of(path: Path, *, max_mb: int = 100) -> list[str]:
    """The pages of a source: of a PDF its pages, of everything else one.

    Plain text is given exactly, line ends included, so that positions in it hold.

    Raises:
        Unreadable: it is no text that can be read, or larger than ``max_mb`` MiB.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise Unreadable(f"{path.suffix or 'a file without an extension'} is not read")
    try:
        if path.stat().st_size > max_mb * 1024 * 1024:
            raise Unreadable(f"it is larger than {max_mb} MB")
        return reader(path, max_mb * 1024 * 1024)
    except OSError as error:
        raise Unreadable(error.strerror or "it cannot be read") from error


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, as passages carry it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _plain(path: Path, _: int) -> list[str]:
    return [_decoded(path.read_bytes())]


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag in _BLOCKS | _HEADINGS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        elif tag in _BLOCKS | _HEADINGS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def _html(path: Path, _: int) -> list[str]:
    parser = _Html()
    try:
        parser.feed(_decoded(path.read_bytes()))
        parser.close()
    except (AssertionError, ValueError) as error:
        raise Unreadable("it is not HTML") from error
    return ["".join(parser.parts)]


def _pdf(path: Path, _: int) -> list[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with pypdf.PdfReader(path) as reader:
            if reader.is_encrypted and not reader.decrypt(""):
                raise Unreadable("it is encrypted")
            return [page.extract_text() for page in reader.pages]
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a damaged PDF makes pypdf raise nearly anything
        raise Unreadable("it is a PDF that cannot be read") from error


def _docx(path: Path, allowed: int) -> list[str]:
    try:
        with zipfile.ZipFile(path) as opened:
            entry = opened.getinfo("word/document.xml")
            if entry.file_size > allowed:
                raise Unreadable("it inflates to more than is read; raise THEORYGRAPH_MAX_FILE_MB")
            with opened.open(entry) as file:
                return [_words(file.read(allowed))]
    except (DefusedXmlException, ParseError) as error:
        raise Unreadable("the XML in it cannot be read") from error
    except (KeyError, RuntimeError, *DAMAGED) as error:
        raise Unreadable("it is no Word document") from error


def _words(data: bytes) -> str:
    parts: list[str] = []
    for _, element in iterparse(BytesIO(data), events=("end",), forbid_dtd=True):
        if element.tag == f"{_WORD}t":
            parts.append(element.text or "")
        elif element.tag in (f"{_WORD}p", f"{_WORD}br", f"{_WORD}cr"):
            parts.append("\n")
        elif element.tag == f"{_WORD}tab":
            parts.append("\t")
        elif element.tag == f"{_WORD}noBreakHyphen":
            parts.append("-")
        element.clear()
    return "".join(parts)


_READERS: dict[str, Callable[[Path, int], list[str]]] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
READ = tuple(_READERS)
"""The extensions of files whose text can be read."""
