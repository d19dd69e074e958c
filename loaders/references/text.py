"""The text of a reference file, whatever its encoding and line ends, and its bytes again.

What is not in the file's encoding is found line by line, so a foreign byte spoils nothing but
itself. Where a character stands for bytes in another encoding is kept beside the text: any part of
it, encoded again, gives the file's bytes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from graph.errors import Problem, Severity
from graph.names import nearest
from loaders.reading import joined
from loaders.references.encodings import ESCAPE, MANY_BYTES, codec_named, guessed, readings

CESU = "cesu-8"
LOST = "\ufffd"
"""Stands for bytes that are nothing in the encoding; which they were is kept."""
_SAMPLE = 8192
_LOOKED_AT = 1 << 16
_EXAMPLES = 3
_FROM_CESU = "\udced[\udca0-\udcaf][\udc80-\udcbf]\udced[\udcb0-\udcbf][\udc80-\udcbf]"
_ODD = re.compile(f"({_FROM_CESU})|[\udc00-\udcff]+|\0+")
_ANY_ODD = re.compile("[\udc00-\udcff\0]")
_PROPER = re.compile("[^\0-\x7f\udc00-\udcff]")
_END = re.compile(r"[\r\n]|\Z")
_DECLARED = re.compile(
    rb"""\s*(?:<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)|%+\s*Encoding:\s*([\w.-]+))""", re.IGNORECASE
)
"""What XML and JabRef's BibTeX say of themselves."""
_BINARY = re.compile(rb"[\0-\x08\x0e-\x19\x1b-\x1f]")
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

Odd = tuple[int, int, str]
"""First character and the one after the last that are in another encoding, and in which."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as text: ``encoding`` is that of all of it but what ``odd`` lists, in order."""

    text: str
    encoding: str = "utf-8"
    odd: Sequence[Odd] = field(default=(), repr=False)

    def encoding_of(self, first: int, after: int) -> str:
        """The encoding of a part of the text, as :func:`bytes_of` takes it.

        `utf-8; cp1252 at 23-24 40-52; 0x81 at 60-61` is UTF-8 but for two places that are in
        cp1252, and a character that stands for a byte that no encoding explains.
        """
        if not self.odd:
            return self.encoding
        places: dict[str, list[str]] = {}
        at = max(bisect_right(self.odd, (first, -1, "")) - 1, 0)
        for begun, ended, what in self.odd[at:]:
            if begun >= after:
                break
            if ended > first:
                place = f"{max(begun, first) - first}-{min(ended, after) - first}"
                places.setdefault(what, []).append(place)
        said = (f"{what} at {' '.join(found)}" for what, found in places.items())
        return "; ".join([self.encoding, *said])


def bytes_of(text: str, encoding: str) -> bytes:
    """The bytes that a part of a file's text stands for.

    Args:
        text: the part.
        encoding: its encoding, as :meth:`FileText.encoding_of` said.
    """
    base, *others = encoding.split("; ")
    odd: list[Odd] = []
    for other in others:
        what, _, places = other.partition(" at ")
        for place in places.split():
            begun, _, ended = place.partition("-")
            odd.append((int(begun), int(ended), what))
    made = bytearray()
    done = 0
    for first, after, what in sorted(odd):
        made += _encoded(text[done:first], base)
        if what.startswith("0x"):
            made += bytes.fromhex(what[2:])
        else:
            made += _encoded(text[first:after], what)
        done = after
    return bytes(made + _encoded(text[done:], base))


def _encoded(text: str, encoding: str) -> bytes:
    if encoding != CESU:
        return text.encode(encoding)
    halves = re.sub("[\U00010000-\U0010ffff]", lambda one: _halves(one[0]), text)
    return halves.encode("utf-8", "surrogatepass")


def _halves(char: str) -> str:
    code = ord(char) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def text_of(
    path: Path, name: str, encoding: str | None = None
) -> tuple[FileText | None, list[Problem]]:
    """The text of a file, or the problem that keeps it from being read.

    Args:
        path: the file.
        name: the file as messages name it.
        encoding: what a person says that lines which are not in Unicode are in.

    Returns:
        the text, and what was odd about it: each thing that was assumed, with examples.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [
            Problem(
                file=name, message="the file cannot be read", found=error.strerror or "an error"
            )
        ]
    return decoded(data, name, encoding)


def decoded(
    data: bytes, name: str, encoding: str | None = None
) -> tuple[FileText | None, list[Problem]]:
    """The text that bytes hold, with what was odd about them."""
    asked = codec_named(encoding) if encoding else None
    if encoding and asked is None:
        close = nearest(encoding, _USUAL, limit=1)
        problem = Problem(
            file=name,
            column="--encoding",
            message="there is no such encoding",
            found=encoding,
            expected=f"one such as {', '.join(_USUAL[:6])}",
            hint=f"did you mean {close[0]!r}?" if close else None,
        )
        return None, [problem]
    declared = _DECLARED.match(data[:200])
    if asked is None and declared is not None:
        asked = codec_named((declared[1] or declared[2]).decode())
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    if not data[len(mark) :].strip(b"\xef\xbb\xbf \t\r\n\0"):
        return None, [Problem(file=name, message="the file is empty")]
    if mark:
        return _read(data[len(mark) :], name, _MARKS[mark], asked)
    wide = asked if asked and asked.startswith(("utf-16", "utf-32")) else _without_mark(data)
    if wide is not None:
        found, problems = _read(data, name, wide, asked)
        problem = _warned(name, 1, f"the file does not say its encoding; it was read as {wide}")
        return found, [*([] if asked else [problem]), *problems]
    start = data[:_LOOKED_AT]
    if len(_BINARY.findall(start)) * 50 > len(start):
        return None, [Problem(file=name, message="this is not a text file", found="binary data")]
    return _read(data, name, "utf-8", asked)


_USUAL_TEXT = (
    "cp1252 cp1250 cp1251 gb18030 mac_roman utf-16-le utf-16-be cp1253 cp1254 cp1255 cp1256 "
    "cp1257 big5 shift_jis euc_jp euc_kr koi8-r iso8859-1 iso8859-2 iso8859-9 iso8859-15 "
    "cp850"
)
_USUAL = tuple(_USUAL_TEXT.split())


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that does not say so: half of its bytes are often zero, always the same half."""
    start = data[:_LOOKED_AT]
    if b"\0" not in start:
        return None
    half = max(len(start) // 2, 1)
    even, odd = (start[place::2].count(0) for place in (0, 1))
    for encoding, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > half * 0.1 and few * 20 <= many:
            return encoding
    return None


def _read(
    data: bytes, name: str, encoding: str, asked: str | None
) -> tuple[FileText | None, list[Problem]]:
    text = data.decode(encoding, ESCAPE)
    if encoding == "utf-8":
        text = text.removeprefix("\ufeff")
    if _ANY_ODD.search(text) is None:
        return FileText(text, encoding), []
    return _Mending(text, name, encoding, asked).done()


class _Mending:
    """A text with bytes in it that its encoding does not explain, and what they may be."""

    def __init__(self, text: str, name: str, encoding: str, asked: str | None) -> None:
        self.text = text
        self.name = name
        self.encoding = encoding
        self.asked = asked
        self.guess: list[str] = []
        self.swamped = _strange(text) > 3 * len(_PROPER.findall(text))
        """True if what is UTF-8 is so little that it may be so by chance."""
        self.pieces: list[str] = []
        self.length = 0
        self.odd: list[Odd] = []
        self.told: dict[str, list[tuple[int, str]]] = {}
        """For each encoding: the lines that are not in that of the file, and what they say."""

    def done(self) -> tuple[FileText | None, list[Problem]]:
        foreign: str | None = None
        if self.encoding == "utf-8":
            foreign, unclear = self._foreign()
            if unclear is not None:
                return None, [unclear]
            whole = self._as_a_whole(foreign) if foreign is not None else None
            if whole is not None:
                return whole
        at, number = 0, 1
        for first, line in _lines_with(_ANY_ODD, self.text):
            self._keep(self.text[at:first])
            number += line_ends(self.text, at, first)
            begun = len(self.pieces)
            if foreign is not None and self._is_foreign(line) and self._read_in(foreign, line):
                read = {foreign}
            else:
                read = self._byte_by_byte(line, foreign or "cp1252")
            for what in read:
                self.told.setdefault(what, []).append((number, "".join(self.pieces[begun:])))
            at = first + len(line)
        self._keep(self.text[at:])
        text = "".join(self.pieces)
        ours = [what for *_, what in self.odd if what == CESU]
        if ours and len(ours) == len(re.findall("[\U00010000-\U0010ffff]", text)):
            self.encoding = CESU
            self.odd = [odd for odd in self.odd if odd[2] != CESU]
        return FileText(text, self.encoding, self.odd), list(self._problems())

    # -- which encoding ---------------------------------------------------------------------------

    def _foreign(self) -> tuple[str | None, Problem | None]:
        """What lines are in that are not UTF-8, or the question that a person must answer."""
        odd = _lines_with(_ANY_ODD, self.text)
        strange = [(first, line) for first, line in odd if self._is_foreign(line)]
        self.strange = len(strange)
        proper = _lines_with(_PROPER, self.text)
        self.proper = sum(_ANY_ODD.search(line) is None for _, line in proper)
        if not strange or self.asked is not None:
            return self.asked, None
        lines = (line.encode("utf-8", ESCAPE) for _, line in strange[: _SAMPLE // 8])
        sample = b"\n".join(lines)[:_SAMPLE]
        guess = guessed(sample)
        self.guess = guess.likely
        if guess.encoding is not None:
            return guess.encoding, None
        if self.proper >= self.strange:  # a few bytes are no reason to keep the rest out
            return (guess.likely or ["cp1252"])[0], None
        return None, Problem(
            file=self.name,
            row=1 + line_ends(self.text, 0, strange[0][0]),
            message=f"it is not clear in which encoding {_lines(self.strange)} of the file are",
            found=" | ".join(readings(sample.splitlines()[0][:120], guess.likely)) or None,
            hint=f"say which: --encoding {' or '.join(guess.likely[:3] or _USUAL[:4])}",
        )

    def _is_foreign(self, line: str) -> bool:
        """True for a line that has more bytes which are not UTF-8 than characters which are."""
        strange = _strange(line)
        return strange > len(_PROPER.findall(line)) or (strange > 0 and self.swamped)

    def _as_a_whole(self, foreign: str) -> tuple[FileText, list[Problem]] | None:
        """The text read as one in another encoding, if hardly a line of it is in UTF-8."""
        if self.proper > (self.strange // 10 if foreign in MANY_BYTES else 0):
            return None
        data = self.text.encode("utf-8", ESCAPE)
        text = data.decode(foreign, ESCAPE)
        if _ODD.search(text) is not None or text.encode(foreign, ESCAPE) != data:
            return None
        lines = [
            (1 + line_ends(text, 0, first), line)
            for first, line in islice(_lines_with(_PROPER, text), _EXAMPLES)
        ]
        return FileText(text, foreign), [self._assumed("the file is not in UTF-8", foreign, lines)]

    # -- line by line -----------------------------------------------------------------------------

    def _keep(self, text: str, what: str | None = None) -> None:
        after = self.length + len(text)
        if what is not None:
            last = self.odd[-1] if self.odd else (0, -1, "")
            if last[1:] == (self.length, what) and what != CESU and what[:2] != "0x":
                self.odd[-1] = (last[0], after, what)
            else:
                self.odd.append((self.length, after, what))
        self.pieces.append(text)
        self.length = after

    def _read_in(self, foreign: str, line: str) -> bool:
        """Read a line in another encoding, if it is one there and encodes back."""
        raw = line.encode("utf-8", ESCAPE)
        read = raw.decode(foreign, ESCAPE)
        told = _PROPER.search(read)
        if told is None or _ODD.search(read) is not None or read.encode(foreign, ESCAPE) != raw:
            return False
        self._keep(read[: told.start()])
        self._keep(read[told.start() :], foreign)
        return True

    def _byte_by_byte(self, line: str, foreign: str) -> set[str]:
        """Read what can be read of a line; returns the encodings that it took."""
        single = "cp1252" if foreign in MANY_BYTES else foreign
        took = set()
        at = 0
        for found in _ODD.finditer(line):
            self._keep(line[at : found.start()])
            at = found.end()
            if found[1] is not None:
                halves = found[1].encode("utf-8", ESCAPE).decode("utf-8", "surrogatepass")
                self._keep(joined(halves), CESU)
                took.add(CESU)
                continue
            for char in found[0]:
                zero = char == "\0"
                raw = char.encode(self.encoding) if zero else bytes([ord(char) - 0xDC00])
                read = LOST if zero or self.encoding != "utf-8" else raw.decode(single, "replace")
                if read != LOST and unicodedata.category(read) != "Cc":
                    self._keep(read, single)
                    took.add(single)
                else:
                    self._keep(LOST, f"0x{raw.hex().upper()}")
                    took.add(LOST)
        self._keep(line[at:])
        return took

    # -- what is said -----------------------------------------------------------------------------

    def _problems(self) -> Iterator[Problem]:
        for what, lines in self.told.items():
            if what == CESU:
                message = "the file is in CESU-8, which is not UTF-8; it was read as what it means"
                yield _warned(self.name, lines[0][0], message)
            elif what == LOST:
                message = (
                    f"bytes that are no characters are shown as {LOST} on {_lines(len(lines))}"
                )
                lost = next(odd[2] for odd in self.odd if odd[2].startswith("0x"))
                yield _warned(
                    self.name,
                    lines[0][0],
                    message,
                    found=f"the byte {lost}",
                    expected=self.encoding.upper(),
                    hint="part of the file is damaged, or in another encoding: --encoding NAME",
                )
            else:
                be = "is" if len(lines) == 1 else "are"
                told = f"{_lines(len(lines))} of the file {be} not in UTF-8"
                yield self._assumed(told, what, lines[:_EXAMPLES])

    def _assumed(self, told: str, encoding: str, lines: Sequence[tuple[int, str]]) -> Problem:
        others = [one for one in self.guess if one != encoding][:3]
        also = f" (it could be {' or '.join(others)})" if others else ""
        return _warned(
            self.name,
            lines[0][0],
            f"{told}; read as {encoding}",
            found=" | ".join(f"line {number}: {_excerpt(line)}" for number, line in lines),
            expected="UTF-8",
            hint=f"if letters are wrong{also}, say which encoding it is: --encoding NAME",
        )


def _lines_with(wanted: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, each with its place."""
    after = 0
    while (found := wanted.search(text, after)) is not None:
        first = 1 + max(text.rfind(end, after, found.start()) for end in "\r\n")
        first = first or after
        end = _END.search(text, found.end())
        after = end.start() if end is not None else len(text)
        yield first, text[first:after]


def _strange(text: str) -> int:
    """Bytes that are not UTF-8, nor CESU-8."""
    return sum(len(run[0]) for run in _ODD.finditer(text) if run[1] is None and run[0][0] != "\0")


def _excerpt(line: str) -> str:
    told = _PROPER.search(line)
    first = max((told.start() if told else 0) - 30, 0)
    return line[first : first + 60].strip()


def line_ends(text: str, first: int, after: int) -> int:
    """How many lines end in a part of a text, at LF, CRLF or CR."""
    ends = text.count("\n", first, after)
    if text.find("\r", first, after) >= 0:
        ends += text.count("\r", first, after) - text.count("\r\n", first, after)
    return ends


def _lines(count: int) -> str:
    return f"{count:,} line{'' if count == 1 else 's'}"


def _warned(
    name: str,
    row: int,
    message: str,
    *,
    found: str | None = None,
    expected: str | None = None,
    hint: str | None = None,
) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        file=name,
        row=row,
        message=message,
        found=found,
        expected=expected,
        hint=hint,
    )
