"""The map's page: one HTML file with everything in it, under a policy that allows nothing else.

The page makes no request and runs only the two scripts whose hashes its Content-Security-Policy
names. What comes from the reviews reaches it in two ways: through the autoescaping template, and
as JSON in a data block that cannot end early. The script shows it as text only.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from pydantic_core import to_json

from graph.answers import EvidenceState, TheoryMap
from graph.model import Grade, Stance
from visualise.files import write_whole
from visualise.looks import DARK, LINES, PARTS, UNKNOWN_LINE, Look
from visualise.network import INCORPORATED_GROUP, LOOKS, Drawing, draw, line_styles, mechanism_group
from visualise.tables import edge_rows, node_rows
from visualise.tour import Tour, stops
from visualise.words import EDGE_HEADS, NODE_HEADS, PAGE, SCRIPT

_HERE = Path(__file__).parent
_PARTS = ("base", "links", "small", "large", "panel", "filters", "save", "main")
"""The files of the page's script, in the order in which they need each other."""
_KINDS = {
    "mechanism": "Mechanisms, by their evidence",
    "configuration": "Configurations, by polarity",
    "concept": "Concepts, by role",
    "source": "Sources",
}


def render_map(
    theory_map: TheoryMap, tour: Tour | None = None, places: Mapping[str, float] | None = None
) -> str:
    """A theory map as a complete HTML document.

    Args:
        theory_map: What to draw; any text in it is shown as text.
        tour: A walk over the map, for presenting.
        places: The heights of records on an earlier map, by key: they keep their order.

    Returns:
        The document. It needs no other file and makes no request.

    Raises:
        ValueError: the tour names what is not one record of the map.
    """
    walk = stops(tour, theory_map)
    drawing = draw(theory_map, places)
    large = drawing.large
    return _template().render(
        title=theory_map.title,
        map=theory_map,
        words=PAGE,
        large=large,
        tour=walk,
        policy=_policy(large),
        style=Markup(_style()),
        library=_library(large),
        script=_script(),
        data=_data_block(drawing, walk),
        legend=_legend(drawing),
        undrawn=drawing.undrawn,
        filters=_filters(theory_map, drawing),
        # A browser would take longer over the rows of a large map than over drawing it, so there
        # the script makes those that are looked at.
        tables=[
            (
                "nodes-table",
                PAGE["records"],
                NODE_HEADS,
                "" if large else node_rows(theory_map, drawing.groups),
            ),
            ("edges-table", PAGE["links"], EDGE_HEADS, "" if large else edge_rows(theory_map)),
        ],
    )


def _filters(
    theory_map: TheoryMap, drawing: Drawing
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Name of each filter, what it says while it does nothing, and its values with their words."""
    mechanisms = [
        (node.id, _short(node.name)) for node in theory_map.nodes if node.kind == "mechanism"
    ]
    return [
        (
            "review",
            PAGE["all"],
            [(review.id, _short(review.title)) for review in theory_map.reviews],
        ),
        ("level", PAGE["all"], [(level, _short(level)) for level in drawing.levels]),
        ("perspective", PAGE["all"], [(each, _short(each)) for each in drawing.perspectives]),
        ("mechanism", PAGE["all"], mechanisms),
        ("stance", PAGE["all"], [(stance.value, stance.value) for stance in Stance]),
        ("rigour", PAGE["any"], [(grade.value, grade.value) for grade in Grade]),
    ]


def write_map(
    theory_map: TheoryMap,
    path: Path,
    tour: Tour | None = None,
    places: Mapping[str, float] | None = None,
) -> int:
    """Write a theory map to a file: the whole document, or nothing.

    Args:
        theory_map: What to draw.
        path: The file; what was there is replaced once the new document is complete.
        tour: A walk over the map, for presenting.
        places: The heights of records on an earlier map, by key: they keep their order.

    Returns:
        How many bytes were written, as UTF-8.
    """
    document = render_map(theory_map, tour, places).encode("utf-8")
    write_whole(path, document)
    return len(document)


def _short(name: str) -> str:
    """A name as a list to choose from shows it."""
    return name if len(name) <= 60 else f"{name[:59]}…"


def _data_block(drawing: Drawing, walk: dict[str, Any] | None) -> str:
    """What the script draws, as JSON in ASCII that no HTML parser can take for anything else."""
    network = drawing.network
    text = to_json(
        {
            "nodes": network.nodes,
            "edges": network.edges,
            "options": network.options,
            "frames": drawing.frames,
            "lines": _LINE_STYLES,
            "dark": DARK,
            "words": _WORDS,
            "signs": _SIGNS,
            "ui": SCRIPT,
            "tour": walk,
            "large": drawing.large,
        }
    )
    for character in b"<>&":
        text = text.replace(bytes([character]), b"\\u%04x" % character)
    return _ascii(text.decode("utf-8"))


_LINE_STYLES = line_styles()
_WORDS = {group: look.words for group, look in LOOKS.items()}
_SIGNS = {group: look.sign for group, look in LOOKS.items() if look.sign}


def _ascii(text: str) -> str:
    """JSON or JavaScript with everything beyond ASCII written as escapes, which mean the same.

    It is then safe in any encoding, and Python need not store a large page four times as wide.
    """
    return text.encode("ascii", _ESCAPE).decode("ascii")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Escapes for the characters that ASCII cannot hold; beyond the first plane, in pairs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    units = found.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


_ESCAPE = "theorygraph.javascript"
codecs.register_error(_ESCAPE, _escaped)


def _legend(drawing: Drawing) -> list[tuple[str, list[tuple[str, Markup, str, int]]]]:
    """Headings with entries: class of the swatch, sign, words, count.

    Only what occurs is listed, except the states of support: that a map has no challenged
    mechanism is worth knowing too. A mechanism that the review incorporated has its evidence all
    the same, and is counted by both.
    """
    counts = Counter(drawing.groups)
    for node in drawing.network.nodes:
        if node["group"] == INCORPORATED_GROUP and node["support"] is not None:
            counts[mechanism_group(node["support"])] += 1
    states = {mechanism_group(support) for support in EvidenceState}
    legend = []
    for kind, heading in _KINDS.items():
        entries = [
            (f"look-{group}", _sign(look.sign), _named(group, look), counts[group])
            for group, look in LOOKS.items()
            if group.partition("-")[0] == kind and (counts[group] or group in states)
        ]
        if entries:
            legend.append((heading, entries))
    drawn = Counter(edge["kind"] if edge["kind"] in LINES else "" for edge in drawing.network.edges)
    lines = [
        (f"line-{kind.replace(' ', '-')}", Markup(), line.words, drawn[kind])
        for kind, line in LINES.items()
        if drawn[kind] and kind not in PARTS
    ]
    parts = sum(drawn[kind] for kind in PARTS)
    if parts:
        lines.insert(0, ("line-context", Markup(), "part of a configuration", parts))
    if drawn[""]:
        lines.append(("line-other", Markup(), UNKNOWN_LINE.words, drawn[""]))
    if lines:
        legend.append(("Links", lines))
    return legend


def _named(group: str, look: Look) -> str:
    return f"{look.words}, {PAGE['both']}" if group == INCORPORATED_GROUP else look.words


def _sign(sign: str) -> Markup:
    """A sign as a character reference."""
    return Markup(sign.encode("ascii", "xmlcharrefreplace").decode("ascii"))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("map.html")


@cache
def _policy(large: bool) -> str:
    """The page's Content-Security-Policy: its own scripts and style by hash, nothing else."""
    scripts = " ".join(map(_hash, (_library(large), _script())))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_hash(_style())}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


@cache
def _library(large: bool) -> str:
    """What draws: sigma.js for a large map, else vis-network as pyvis brings it, its newest copy.

    Its texts in other scripts are written as escapes, which mean the same to JavaScript.
    """
    if large:
        return _inline((_HERE / "static" / "vendor" / "sigma-kit.min.js").read_text("utf-8"))
    copies = [
        folder / "vis-network.min.js"
        for folder in (files("pyvis") / "lib").iterdir()
        if folder.name.startswith("vis-")
    ]
    newest = max(copies, key=lambda copy: _version(str(copy)))
    script = newest.read_text(encoding="utf-8")
    return _inline(_ascii(script))


def _version(path: str) -> list[int]:
    folder = Path(path).parent.name.removeprefix("vis-")
    return [int(part) for part in folder.split(".") if part.isdecimal()]


@cache
def _script() -> str:
    parts = [
        (_HERE / "static" / "map" / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS
    ]
    return _inline(
        '"use strict";\n(() => {\nif (!document.getElementById("map-data")) {\n'
        "window.theorygraphReady = true;\nreturn;\n}\n" + "".join(parts) + "})();\n"
    )


@cache
def _style() -> str:
    """The style sheet, with a swatch for each look so that legend and map cannot differ."""
    light = _swatches()
    dark = [_tinted(rule) for rule in light]
    sheet = (_HERE / "static" / "map.css").read_text(encoding="utf-8")
    night = "@media screen and (prefers-color-scheme: dark) {"
    return _inline("\n".join([sheet, *light, night, *dark, "}", ""]))


def _swatches() -> list[str]:
    rules = [_swatch(group, look) for group, look in LOOKS.items()]
    for kind, line in [*LINES.items(), ("other", UNKNOWN_LINE)]:
        rules.append(
            f".line-{kind.replace(' ', '-')} "
            f"{{ border-top: {max(2.0, line.width + 0.6)}px {_pattern(line.dashes, 6)} "
            f"{line.colour}; }}"
        )
    return rules


def _tinted(rule: str) -> str:
    """A rule with the colours of a dark page."""
    return re.sub(r"#[0-9a-f]{6}", lambda colour: DARK[colour[0]], rule)


def _pattern(dashes: Sequence[int], short: int) -> str:
    """The border style that comes nearest to a pattern of dashes; below ``short`` they are dots."""
    if not dashes:
        return "solid"
    return "dotted" if max(dashes) < short else "dashed"


def _swatch(group: str, look: Look) -> str:
    radius = {"box": f"{min(look.radius, 8)}px", "dot": "50%"}.get(look.shape, "0")
    clip = {
        "hexagon": " clip-path: polygon(25% 0, 75% 0, 100% 50%, 75% 100%, 25% 100%, 0 50%);",
        "triangle": " clip-path: polygon(50% 0, 100% 100%, 0 100%);",
    }.get(look.shape, "")
    return (
        f".look-{group} {{ background: {look.border if clip else look.fill}; color: {look.ink}; "
        f"border: {min(look.border_width, 2.5)}px {_pattern(look.dashes, 5)} {look.border}; "
        f"border-radius: {radius};{clip} }}"
    )


def _inline(text: str) -> str:
    """A file as it will stand in the page.

    A browser turns CRLF into LF before it hashes, so the hash must be of text without CR.

    Raises:
        ValueError: the file would end its own script or style element.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lowered = text.lower()
    if "</script" in lowered or "</style" in lowered or "<!--" in lowered:
        raise ValueError("a script or style to be inlined holds a closing tag or an HTML comment")
    return text
