"""Cells of a spreadsheet that would run as formulas: neutralised on the way out, restored on load.

An apostrophe in front makes a spreadsheet show the text. A text that has one there already gets
another, so what was written comes back exactly.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r]")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that :func:`neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text
