"""What the figures for papers share: SVG whose text stays text, its font inside, and PNG of it.

An SVG is built as a tree of elements, so a text from data can only ever be a text. The font is
vendored (DejaVu Sans Condensed); the part that a figure uses goes into it as WOFF2.
"""

from __future__ import annotations

import io
import re
import warnings
from base64 import b64encode
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2000/svg"
FAMILY = "DejaVu Sans Condensed"
FACES = {"regular": ("normal", "400"), "bold": ("normal", "700"), "oblique": ("italic", "400")}
"""Each face with its font-style and font-weight."""
INK = "#1d2733"
SOFT = "#4c5661"
RED = "#b00020"
LINE_HEIGHT = 1.28
MOST_PIXELS = 24_000_000
"""Of a PNG; a figure that would have more is drawn smaller."""

_FONTS = Path(__file__).parent / "static" / "fonts"
_ALWAYS = frozenset(range(0x20, 0x7F)) | frozenset(range(0xA0, 0x180))
"""Embedded even if unused, so that whoever edits a text has its letters."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"\s+")
_WIDE = 1.0
"""Width of a character that the font does not have, in ems."""


class Figure:
    """A drawing on its way: elements are added, and ``text`` gives the document.

    Coordinates are pixels of 1/96 inch.
    """

    def __init__(self, width: float, title: str, description: str) -> None:
        self.width = width
        self.height = 0.0
        self.root = ElementTree.Element(
            f"{{{NAMESPACE}}}svg",
            {"role": "img", "aria-labelledby": "figure-title figure-description"},
        )
        self._child(self.root, "title", {"id": "figure-title"}).text = clean(title)
        self._child(self.root, "desc", {"id": "figure-description"}).text = clean(description)
        self._style = self._child(self.root, "style", {})
        self._ground = self._child(self.root, "rect", {"fill": "#ffffff", "x": "0", "y": "0"})
        self._used: dict[str, set[int]] = {face: set() for face in FACES}

    def group(self, tip: str = "", **attributes: str) -> ElementTree.Element:
        """A group of elements, with what a pointer that rests on it is told."""
        made = self._child(self.root, "g", {_name(key): text for key, text in attributes.items()})
        if tip:
            self._child(made, "title", {}).text = clean(tip)
        return made

    def shape(
        self, kind: str, parent: ElementTree.Element | None = None, **attributes: float | str
    ) -> ElementTree.Element:
        """A rect, path, circle, …; an attribute's `_` stands for `-`."""
        given = {_name(key): _said(value) for key, value in attributes.items()}
        return self._child(self.root if parent is None else parent, kind, given)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        face: str = "regular",
        fill: str = INK,
        anchor: str = "start",
        parent: ElementTree.Element | None = None,
        **attributes: str,
    ) -> None:
        """One line of text, its baseline at ``y``."""
        style, weight = FACES[face]
        line = self._child(
            self.root if parent is None else parent,
            "text",
            {"x": _said(x), "y": _said(y), "font-size": _said(size), "fill": fill},
        )
        for name, value, usual in (
            ("font-style", style, "normal"),
            ("font-weight", weight, "400"),
            ("text-anchor", anchor, "start"),
        ):
            if value != usual:
                line.set(name, value)
        for key, value in attributes.items():
            line.set(_name(key), value)
        line.text = clean(text)
        self._used[face].update(map(ord, line.text))

    def lines(self, x: float, y: float, texts: Iterable[str], *, size: float, **how: str) -> float:
        """Lines below each other, the first within the line that begins at ``y``; where they end.

        ``how`` is passed on to :meth:`write`.
        """
        for text in texts:
            self.write(x, y + size, text, size=size, **how)  # type: ignore[arg-type]
            y += size * LINE_HEIGHT
        return y

    def text(self) -> str:
        """The document, with its fonts."""
        width, height = _said(self.width), _said(self.height)
        self.root.set("viewBox", f"0 0 {width} {height}")
        self.root.set("width", width)
        self.root.set("height", height)
        self.root.set("font-family", f"'{FAMILY}', 'DejaVu Sans', Verdana, sans-serif")
        self._ground.set("width", width)
        self._ground.set("height", height)
        self._style.text = "".join(
            _font_face(face, _beyond(used)) for face, used in self._used.items() if used
        )
        ElementTree.register_namespace("", NAMESPACE)
        return ElementTree.tostring(self.root, encoding="unicode") + "\n"

    def _child(
        self, parent: ElementTree.Element, kind: str, attributes: dict[str, str]
    ) -> ElementTree.Element:
        return ElementTree.SubElement(parent, f"{{{NAMESPACE}}}{kind}", attributes)


def clean(text: str) -> str:
    """A text as one line that XML can hold; what it cannot hold shows as a replacement sign."""
    return _SPACES.sub(" ", _FORBIDDEN.sub("\ufffd", text)).strip()


def text_width(text: str, size: float, face: str = "regular") -> float:
    """How wide a line of text is, in pixels."""
    advances = _advances(face)
    return size * sum(advances.get(character, _WIDE) for character in text)


def wrapped(
    text: str, width: float, size: float, face: str = "regular", most: int | None = None
) -> list[str]:
    """A text in lines no wider than ``width``; a word that is wider is cut.

    Args:
        text: What is to be set.
        width: In pixels.
        size: Of the letters, in pixels.
        face: One of ``FACES``.
        most: If more lines were needed, the last one of this many ends in an ellipsis.
    """
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, face) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while text_width(word, size, face) > width and len(word) > 1:
            fits = _fitting(word, width, size, face)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
        if most is not None and len(lines) > most:
            break
    lines.append(line)
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and text_width(f"{last}…", size, face) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return lines


def to_png(svg: str, scale: float = 2.0) -> bytes:
    """An SVG of this house as PNG; with a scale of 2, 192 pixels to the inch.

    A script that the vendored font does not have is set in a font of the machine, if it has one.
    """
    import resvg_py

    root = ElementTree.fromstring(svg)
    pixels = float(root.get("width", "1")) * float(root.get("height", "1"))
    known = _advances("regular")
    foreign = any(
        character not in known
        for line in root.iter(f"{{{NAMESPACE}}}text")
        for character in line.text or ""
    )
    made = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=min(scale, (MOST_PIXELS / pixels) ** 0.5),
        skip_system_fonts=not foreign,
        font_files=[str(_file(face)) for face in FACES],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return bytes(made)


def _fitting(word: str, width: float, size: float, face: str) -> int:
    """How many characters of a word go into a width; at least one."""
    for count in range(2, len(word)):
        if text_width(word[:count], size, face) > width:
            return count - 1
    return max(1, len(word) - 1)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def _file(face: str) -> Path:
    return _FONTS / f"DejaVuSansCondensed-{face.capitalize()}.ttf"


@cache
def _advances(face: str) -> dict[str, float]:
    """Widths of the font's characters, in ems."""
    from fontTools.ttLib import TTFont  # imported where something is drawn: it takes a while

    with TTFont(_file(face)) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def _beyond(used: set[int]) -> frozenset[int]:
    return frozenset(used - _ALWAYS)


@lru_cache(maxsize=128)
def _font_face(face: str, beyond: frozenset[int]) -> str:
    """The rule that brings along a face with the characters that a figure needs."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.flavor = "woff2"
    with TTFont(_file(face), recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=_ALWAYS | beyond)
        cutter.subset(font)
        font.flavor = "woff2"
        written = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            font.save(written)
    style, weight = FACES[face]
    data = b64encode(written.getvalue()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-style:{style};font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
