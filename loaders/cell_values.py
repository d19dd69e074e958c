"""The values in a cell as reviewers write them: lists, bullets, labels, arrows and signs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from loaders.headings import plain
from loaders.sheets import Value

_SAYS_NOTHING = re.compile(
    r"\?+|n\s?/\s?a|(?:not|none) (?:stated|reported|given|specified|described|available|applicable)"
    r"|t\.?b\.?[acd]",
    re.IGNORECASE,
)
_SAYS_ABOVE = re.compile(r"(?:(?:same )?as above|see above|ditto|idem|ibid|[\"”″〃]|'')\.?", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?: [\d:]+)?|\d{{1,2}}[-/. ]{_MONTH}|{_MONTH}[-/. ]\d{{1,2}}"
    r"|\d{1,2}/\d{1,2}/(?:\d\d){1,2}",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,4}")
_BULLETS = "•‣▪●◦⁃∙"
_OPEN, _CLOSE = "([{", ")]}"
_BULLET = re.compile(rf"\s*(?:[{_BULLETS}·]\s*|[-–—*]\s+)")
_DOT = re.compile(rf"\s*[{_BULLETS}·]\s*")
_NUMBERED = re.compile(r"\s*\(?(\d{1,2})[.)]\s+(?=\S)")
_ARROW = re.compile(r"\s*(?:→|⟶|➔|➜|⇒|➝|->|=>|–>|—>)\s*")
LABEL = r"(?<![\w-])(?:{letters})\s?\d{{1,2}}[a-z]?(?:\s*[.:)–-]\s*|\s+)"
_OF_MECHANISM = ("resource", "reasoning")
_PART_OF = {
    "c": "context",
    "m": "mechanism",
    "reso": "resource",
    "resp": "reasoning",
    "rea": "reasoning",
    "o": "outcome",
}
_PART_NAME = re.compile(
    r"(?<![\w-])(?P<name>contexts?|mechanisms?|resources?|reasonings?|responses?|reactions?"
    r"|outcomes?|[cmo])(?:\s*[(\[]\s*(?P<inner>resource|reasoning|response|reaction)s?\s*[)\]])?"
    r"\s?\d{0,2}\s*[:=](?!\S*//)\s*",
    re.IGNORECASE,
)
_SIGNS = {"+": "positive", "-": "negative", "±": "mixed", "+/-": "mixed", "-/+": "mixed"}
_SIGN = r"\+\s*/\s*-|-\s*/\s*\+|[+±-]"
_FIRST_SIGN = re.compile(rf"(?:[(\[]\s*({_SIGN})\s*[)\]]|({_SIGN})(?=[\s:]))[\s:]*")
_LAST_SIGN = re.compile(rf"\s*[(\[]\s*({_SIGN})\s*[)\]]\s*\.?$|\s+(\+|±|-)$")
_INNER_SIGN = re.compile(r"(?<=[\s(\[])([+±-])(?=[\s)\]])")
_BETWEEN_SIGNED = re.compile(
    r"(?<=[\w)\].])\s*(?:[,/&]|\b(?:and|but)\b)+\s*(?=[+±-][\s:]|[(\[][+±-][)\]]\s*\w)"
    r"|(?<=[(\[][+±-][)\]])\s*(?:[,/&]|\b(?:and|but)\b)+\s*(?=\w)"
)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "＋": "+"})


def parted(text: str, separator: str | None = None, *, signs: bool = False) -> list[str]:
    """The values of a cell: parted at `;`, line ends and bullets, but not within brackets.

    Args:
        text: the cell.
        separator: what parts them instead.
        signs: a dash before a value is a minus, and no bullet.
    """
    if separator is not None:
        return [part.strip() for part in text.split(separator) if part.strip()]
    pieces = [""]
    closed = _closed(text)
    depth = 0
    for at, char in enumerate(text):
        if char in _OPEN and at in closed:
            depth += 1
        elif char in _CLOSE and at in closed:
            depth -= 1
        parts = char == ";" and text[at - 1 : at] != "\\"
        if not depth and (parts or char in "\n\r" or char in _BULLETS):
            pieces.append(char if char in _BULLETS else "")
        else:
            pieces[-1] += char
    bullet = _DOT if signs else _BULLET
    if signs:
        pieces = [part for piece in pieces for part in _of_one_sign(piece)]
    values = [piece[found.end() :] if (found := bullet.match(piece)) else piece for piece in pieces]
    return _without_numbers([value.strip() for value in values if value.strip()])


def _of_one_sign(text: str) -> list[str]:
    """`+ asking, - silence` as two: a comma or a stroke parts values of signs of their own."""
    ends = [found.span() for found in _BETWEEN_SIGNED.finditer(text.translate(_MINUS))]
    starts = [0, *(end for _, end in ends)]
    stops = [*(one for one, _ in ends), len(text)]
    return [text[at:end] for at, end in zip(starts, stops, strict=True)]


def _closed(text: str) -> set[int]:
    """The places of brackets that have their other half."""
    waiting: list[tuple[int, str]] = []
    found = set()
    for at, char in enumerate(text):
        if char in _OPEN:
            waiting.append((at, _CLOSE[_OPEN.index(char)]))
        elif char in _CLOSE and any(wanted == char for _, wanted in waiting):
            while waiting:
                place, wanted = waiting.pop()
                if wanted == char:
                    found |= {place, at}
                    break
    return found


def _without_numbers(values: list[str]) -> list[str]:
    numbers = [_NUMBERED.match(value) for value in values]
    wanted = [str(number) for number in range(1, len(values) + 1)]
    if len(values) > 1 and [found[1] if found else "" for found in numbers] == wanted:
        return [value[found.end() :] for value, found in zip(values, numbers, strict=True) if found]
    return values


def labelled(text: str, letters: str) -> list[str] | None:
    """`C1 new team / C2 long shifts` as two values; None if the text has no such labels.

    Args:
        text: the cell.
        letters: the letters that a label begins with, such as `C` or `M|MR`.
    """
    found = list(re.finditer(LABEL.format(letters=letters), text))
    if not found or text[: found[0].start()].strip(f" ({_BULLETS}-"):
        return None
    ends = [one.start() for one in found[1:]] + [len(text)]
    values = [
        text[one.end() : end].strip(f" \n\r/|,;{_BULLETS}")
        for one, end in zip(found, ends, strict=True)
    ]
    return values if all(values) else None


def arrowed(value: str) -> tuple[str, str] | None:
    """What stands before and behind the first arrow of a value, if both sides say something."""
    found = _ARROW.search(value)
    if found is None or not value[: found.start()].strip() or not value[found.end() :].strip():
        return None
    return value[: found.start()].strip(), value[found.end() :].strip()


def named_parts(text: str) -> list[tuple[str, str]] | None:
    """`C: new team M: trust O: errors told` as (part, text); None if the text is not of that kind.

    Parts are `context`, `mechanism`, `resource`, `reasoning` and `outcome`; one may stand there
    twice. The text begins with the name of a part, has two kinds of them, and words behind each.
    """
    found = list(_PART_NAME.finditer(text))
    if not found or text[: found[0].start()].strip(f" ([{_BULLETS}-"):
        return None
    ends = [one.start() for one in found[1:]] + [len(text)]
    parts = []
    for one, end in zip(found, ends, strict=True):
        value = text[one.end() : end].strip(f" \n\r/|,;([{_BULLETS}")
        if end < len(text):  # what joins it to the next part
            value = value.rstrip("&+→ ")
        if value[-1:] in (")", "]") and len(value) - 1 not in _closed(value):
            value = value[:-1].strip(" ,;")
        name = (one["inner"] or one["name"]).casefold()
        part = next(part for begins, part in _PART_OF.items() if name.startswith(begins))
        parts.append((part, value))
    kinds = {"mechanism" if part in _OF_MECHANISM else part for part, _ in parts}
    return parts if len(kinds) > 1 and all(value for _, value in parts) else None


def says_nothing(text: str) -> bool:
    """True for a cell that says that nothing is said: `n/a`, `not stated`, a dash, `?`, `TBC`."""
    bare = plain(text).translate(_MINUS).strip(" .-()[]")
    return not bare or _SAYS_NOTHING.fullmatch(bare) is not None


def turned_into(value: Value) -> str | None:
    """`a date` or `a decimal`, if a spreadsheet may have made that of numbers such as `3-7`."""
    if isinstance(value, dt.date) or (isinstance(value, str) and _DATE.fullmatch(value.strip())):
        return "a date"
    decimal = isinstance(value, float) and not value.is_integer()
    if decimal or (isinstance(value, str) and _DECIMAL.fullmatch(value.strip())):
        return "a decimal"
    return None


def says_above(text: str) -> bool:
    """True for a cell that points to the one above it: `as above`, `ditto`, a quotation mark."""
    return _SAYS_ABOVE.fullmatch(text.strip()) is not None


def polarity_of_sign(text: str) -> str | None:
    """`+`, `−`, `±` and `+/−` as the word for the polarity that they stand for."""
    return _SIGNS.get(re.sub(r"\s", "", text.translate(_MINUS)).strip("()[]"))


def signed(value: str) -> tuple[str, str] | None:
    """A value without the sign before or behind it, and the polarity that this stands for."""
    bare = value.translate(_MINUS)
    first = _FIRST_SIGN.match(bare)
    if first and value[first.end() :].strip():
        return value[first.end() :].strip(), _SIGNS[re.sub(r"\s", "", first[1] or first[2])]
    last = _LAST_SIGN.search(bare)
    if last and value[: last.start()].strip():
        return value[: last.start()].strip(), _SIGNS[re.sub(r"\s", "", last[1] or last[2])]
    return None


def has_other_sign(value: str) -> bool:
    """Whether a value with a sign has, among its words, a sign of another polarity."""
    found = signed(value)
    inner = _INNER_SIGN.findall(found[0].translate(_MINUS)) if found else []
    return any(found is not None and _SIGNS[sign] != found[1] for sign in inner)


def kept_whole(value: str) -> str:
    """A value as a cell of a list that has only this one: what would part it again is marked."""
    return re.sub(r"(?<!\\);", r"\\;", re.sub(r"\s*[\n\r]\s*", " ", value))


def is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the first says nothing that the second does not say."""
    return {plain(text).casefold() for text in one} <= {plain(text).casefold() for text in other}
