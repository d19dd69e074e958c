"""Cells on their way out into a spreadsheet or CSV file, and back.

What a spreadsheet would run as a formula or show as an error is neutralised on the way out and
restored on load: an apostrophe in front makes it a text. A text that has one there already gets
another, so what was written comes back exactly.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What a cell shows whose formula could not be worked out."""

_MEANT = rf"[=+\-@\t\r]|(?:{'|'.join(map(re.escape, sorted(ERRORS)))})\Z"
_FORMULA = re.compile(rf"'*(?:{_MEANT})")
_NEUTRAL = re.compile(rf"'+(?:{_MEANT})")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs or takes for an error."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that :func:`neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a CSV file whose lines end in a line feed; any text in a cell is kept."""
    text = io.StringIO(newline="")
    # The writer puts quotes around what holds a part of its own line end, and around no other CR.
    writer = csv.writer(text, lineterminator="\r\n")
    lines = []
    for row in rows:
        writer.writerow(row)
        lines.append(text.getvalue().removesuffix("\r\n"))
        text.seek(0)
        text.truncate()
    return "".join(f"{line}\n" for line in lines)
