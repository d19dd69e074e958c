"""Names of files that every system takes."""

from __future__ import annotations

import hashlib
import re

_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$")
_LONGEST_NAME = 80


def safe_name(name: str) -> str:
    """A file name that Windows takes too; ids are made of letters, digits, `.`, `_` and `-`."""
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 9].rstrip('.')}~{mark(name)}"
    return f"{name}_" if _RESERVED.match(name) else name


def mark(text: str) -> str:
    """A few letters that stand for a text."""
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
