"""The text of a reference file, whatever its encoding and line ends, and its lines."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path

from graph.errors import Problem, Severity
from loaders.reading import HALF, joined


def text_of(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or the problem that keeps it from being read.

    UTF-8 and UTF-16 are read as they are, CESU-8 is repaired, anything else is detected and
    reported: names and titles in it need a look.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [
            Problem(
                file=name, message="the file cannot be read", found=error.strerror or "an error"
            )
        ]
    return decoded(data, name)


def decoded(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """The text that bytes hold, with what was odd about them."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return None, [Problem(file=name, message="the file is empty")]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _without_nulls(data.decode("utf-16", errors="replace"), name, [])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _without_nulls(data.decode("utf-8"), name, [])
    except UnicodeDecodeError as error:
        line = _line(data[: error.start])
    try:
        text = data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError as error:
        return _detected(data, name, _line(data[: error.start]), data[error.start])
    paired = joined(text)
    repaired = HALF.sub("\ufffd", paired)
    problem = Problem(
        severity=Severity.WARNING,
        file=name,
        row=line,
        message="the file is in CESU-8, which is not UTF-8; it was read as what it means",
        hint="characters that cannot be told are shown as \ufffd" if repaired != paired else None,
    )
    return _without_nulls(repaired, name, [problem])


def _detected(data: bytes, name: str, line: int, byte: int) -> tuple[str | None, list[Problem]]:
    from charset_normalizer import from_bytes  # only where a file is in no Unicode encoding

    best = from_bytes(data[: 1 << 20], cp_isolation=["cp1252", "latin-1", "mac_roman"]).best()
    encoding = best.encoding if best is not None else "cp1252"
    problem = Problem(
        severity=Severity.WARNING,
        file=name,
        row=line,
        message=f"the file is not in UTF-8; it was read as {encoding}",
        found=f"the byte 0x{byte:02X}",
        expected="UTF-8",
        hint="look at names and titles with accents, or export the file in UTF-8",
    )
    return _without_nulls(data.decode(encoding, errors="replace"), name, [problem])


def _without_nulls(
    text: str, name: str, problems: list[Problem]
) -> tuple[str | None, list[Problem]]:
    if "\0" in text[:4096]:
        return None, [Problem(file=name, message="this is not a text file", found="binary data")]
    return text.replace("\0", "\ufffd"), problems


def lines_of(text: str) -> Iterator[str]:
    """Lines one by one, at whatever ends them: LF, CRLF or CR."""
    return (line.removesuffix("\n") for line in io.StringIO(text, newline=None))


def _line(before: bytes) -> int:
    return len(re.split(rb"\r\n|\r|\n", before))
