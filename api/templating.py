"""Pages made from templates, with a content policy that allows their own scripts and styles."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape

_INLINE = re.compile(r"<(script|style)\b(?![^>]*\bsrc=)[^>]*>(.*?)</\1>", re.DOTALL)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(__name__.rpartition(".")[0], "templates"),
        autoescape=select_autoescape(default=True),
    )


def page(template: str, **values: Any) -> HTMLResponse:
    """A page of this server; it may talk to nobody else."""
    text = _templates().get_template(template).render(**values)
    return HTMLResponse(text, headers={"Content-Security-Policy": page_policy(text)})


def page_policy(text: str) -> str:
    """A content policy for a page: its own styles and scripts by hash, and this server.

    Text that comes from a review is escaped, so only a template can put a frame into a page.
    """
    connect = "connect-src 'self'; " if hashes(text, "script") else ""
    return (
        f"default-src 'none'; style-src {hashes(text, 'style') or chr(39) + 'none' + chr(39)}; "
        + (f"script-src {hashes(text, 'script')}; " if connect else "")
        + connect
        + ("frame-src 'self'; " if "<iframe" in text else "")
        + "img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
    )


def hashes(text: str, tag: str) -> str:
    """The hashes of a page's inline scripts or styles, as a content policy names them."""
    found = []
    for name, inside in _INLINE.findall(text):
        if name == tag:
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            found.append(f"'sha256-{digest}'")
    return " ".join(found)
