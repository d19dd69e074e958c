"""JSON of unsure encoding, read with its characters whole or with a located problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from loaders.coded.passages import CodedDocument
from loaders.reading import HALF, PAIR, joined

_NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
DEEPEST = 200
"""How deep objects and lists may stand in each other; an export needs about twenty levels."""


def read_json(path: Path, document: CodedDocument, *, max_mb: int) -> Any:
    """The values of a JSON file; nothing if the document has noted why it cannot be read."""
    text = _text(path, document, max_mb)
    data = None if text is None else _parsed(text, document)
    return None if data is None else _mended(data, document)


def _text(path: Path, document: CodedDocument, max_mb: int) -> str | None:
    try:
        size = path.stat().st_size
        if size > max_mb * 1024 * 1024:
            document.refuse(
                "the file is too large",
                found=f"{size / 1024 / 1024:.0f} MB",
                expected=f"at most {max_mb} MB",
                hint="export fewer items at a time, or raise THEORYGRAPH_MAX_FILE_MB",
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        document.refuse("the file cannot be read", found=error.strerror or "an error")
        return None
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        document.refuse("the file is empty")
        return None
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        document.refuse(
            f"the file is not in {encoding.removesuffix('-sig').upper()}",
            row=data.count(b"\n", 0, error.start) + 1,
            found=f"the byte 0x{data[error.start]:02X} at byte {error.start + 1}",
            expected="UTF-8",
            hint="export it anew, or save it as UTF-8",
        )
        return None
    pairs = list(PAIR.finditer(text))
    if pairs:
        document.warn(
            "the file is in CESU-8, not UTF-8; it was read as CESU-8, and nothing is lost",
            row=text.count("\n", 0, pairs[0].start()) + 1,
            found=f"{len(pairs)} character{'' if len(pairs) == 1 else 's'} written as two halves, "
            f"the first at character {pairs[0].start() + 1}",
        )
        text = joined(text)
    return text.removeprefix("\ufeff")


def _parsed(text: str, document: CodedDocument) -> Any:
    try:
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError as error:
        document.refuse(
            "this is not JSON",
            row=error.lineno,
            found=f"{error.msg}, at character {error.colno} of the line",
            hint="was the file cut off, or changed by hand? Export it anew",
        )
    except RecursionError:
        document.refuse("values stand too deep in each other", expected="an EPPI-Reviewer export")
    except ValueError:
        document.refuse("a number is too long to be read", expected="an EPPI-Reviewer export")
    return None


def _mended(data: Any, document: CodedDocument) -> Any:
    """The same values without halves of characters, each of which is told where it stood."""

    def walk(value: Any, place: str, depth: int) -> Any:
        if isinstance(value, str):
            if not HALF.search(value):
                return value
            halves = HALF.findall(value)
            document.warn(
                f"half of a character, whose other half is missing; it is kept as {_NO_CHARACTER}",
                column=place,
                found=", ".join(f"U+{ord(half):04X}" for half in halves[:5]),
            )
            return HALF.sub(_NO_CHARACTER, value)
        if depth > DEEPEST:
            return None if isinstance(value, dict | list) else value
        if isinstance(value, list):
            return [walk(one, f"{place}[{at}]", depth + 1) for at, one in enumerate(value, 1)]
        if isinstance(value, dict):
            return {
                HALF.sub(_NO_CHARACTER, key): walk(
                    one, f"{place}.{key}" if place else key, depth + 1
                )
                for key, one in value.items()
            }
        return value

    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return walk(data, "", 0)
    return data


def shape_of(data: object) -> str:
    """What a value is, in a few words, for a message."""
    if isinstance(data, list):
        first = data[0] if data else None
        names = ", ".join(sorted(first)[:4]) if isinstance(first, dict) else ""
        inside = f" of objects with {names}"
        return "a list" + (inside if names else "")
    if isinstance(data, dict):
        return f"an object with {', '.join(map(str, list(data)[:5])) or 'nothing in it'}"
    return "a single value"


def values_of(value: Any) -> list[str]:
    """A value as texts, as the fields of a reference hold it: a list gives one for each."""
    values = value if isinstance(value, list) else [value]
    shown = [
        one if isinstance(one, str) else "" if one is None else json.dumps(one, ensure_ascii=False)
        for one in values
    ]
    return [text for text in shown if text.strip()]


def word_of(value: Any) -> str:
    """A text or number as text without outer white space; empty for everything else."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return str(value).strip()
