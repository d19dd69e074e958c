"""The pages around figures: offline, under a policy that allows their own scripts and styles only.

What comes from the reviews reaches a page through an autoescaping template, as an SVG built as a
tree, or as JSON in a data block that cannot end early.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from visualise import figure_words as words

_HERE = Path(__file__).parent
_INLINE = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL)
_POLICY = "theorygraph-policy"


def figure_page(
    *,
    title: str,
    notes: Sequence[str],
    svg: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    data: str,
    table: str,
    name: str,
) -> str:
    """A drawing with its table, and all of it to download.

    Args:
        title: Of the page.
        notes: Sentences below the title.
        svg: The drawing, as this house makes it.
        heads: Of the table's columns.
        rows: Everything that is drawn.
        data: The answer behind the drawing, as JSON.
        table: The same as CSV.
        name: What the downloaded files are called, without ending.
    """
    return render(
        "figure.html",
        title=title,
        notes=notes,
        svg=Markup(svg),
        heads=heads,
        rows=rows,
        svg_link=_link("image/svg+xml", svg),
        data_link=_link("application/json", data),
        table_link=_link("text/csv", table),
        words=words,
        name=re.sub(r"[^\w.-]", "-", name),
    )


def render(template: str, **values: Any) -> str:
    """A page from a template, with a policy that names its scripts and styles by their hashes."""
    drawn = (
        _templates()
        .get_template(template)
        .render(policy=_POLICY, style=Markup(asset("figures.css")), **values)
    )
    return drawn.replace(_POLICY, _policy(drawn), 1)


@cache
def asset(name: str) -> str:
    """A file of ``static`` as it will stand in a page."""
    return (_HERE / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def data_block(text: str) -> str:
    """JSON that no HTML parser can take for anything else."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _link(kind: str, text: str) -> str:
    return f"data:{kind};base64,{b64encode(text.encode()).decode('ascii')}"


def _policy(drawn: str) -> str:
    hashed: dict[str, list[str]] = {"script": [], "style": []}
    for tag, inside in _INLINE.findall(drawn):
        digest = b64encode(hashlib.sha256(inside.encode()).digest()).decode("ascii")
        hashed[tag].append(f"'sha256-{digest}'")
    own = [f"{tag}-src {' '.join(dict.fromkeys(found))}" for tag, found in hashed.items() if found]
    rest = ("font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'")
    return "; ".join(["default-src 'none'", *own, *rest])


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
