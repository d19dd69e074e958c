"""The words that a code of EPPI-Reviewer was put on: quotes with their pages.

EPPI-Reviewer writes what was marked on one page of a PDF as ``Page 3:``, a new line, and the
quotes between ``[¬s]"`` and ``[¬e]"``, with ``"`` new line ``"`` between one and the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loaders.coded.passages import CodedDocument

_PAGE = re.compile(r'Page (-?\d+):\s*\[¬s\]"(.*?)\[¬e\]"', re.DOTALL)
_BETWEEN = '"\n"'

Marked = tuple[str | None, str | None]
"""A quote and where it stands; no quote if nothing but the place is said."""


def marked_quotes(detail: dict[str, Any], document: CodedDocument, *, row: int) -> Iterator[Marked]:
    """The quotes of one marked text, each with its page."""
    text = detail.get("Text")
    if not isinstance(text, str):
        if text is not None:
            document.refuse(
                "the text of a code is not a text", row=row, column="Text", found=str(text)
            )
        return
    last = 0
    for found in _PAGE.finditer(text):
        yield from _beside(text[last : found.start()], document, row)
        for quote in found[2].split(_BETWEEN):
            yield (quote if quote.strip() else None), f"p. {found[1]}"
        last = found.end()
    if last:
        yield from _beside(text[last:], document, row)
    elif text.strip():
        yield text, _characters(detail)


def _beside(text: str, document: CodedDocument, row: int) -> Iterator[Marked]:
    if text.strip():
        document.warn(
            "words beside the marked quotes of a code; they are kept as a quote without a page",
            row=row,
            column="Text",
            found=text.strip(),
        )
        yield text.strip(), None


def _characters(detail: dict[str, Any]) -> str | None:
    """Which characters of a text without pages were marked, as the tool counts them."""
    places = [detail.get("TextFrom"), detail.get("TextTo")]
    marked = all(isinstance(place, int) for place in places) and places[1]
    if marked and not detail.get("IsFromPDF"):
        return f"characters {places[0]}–{places[1]}"
    return None
