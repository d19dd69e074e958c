"""Finding a quote again in its source, however the text was broken into lines.

What differs between a quote and the text it was taken from without being another wording is
ignored: white space, hyphens at line ends, ligatures, the shape of quotation marks and dashes.
Letters, digits, case and signs of numbers are not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from rapidfuzz import fuzz

NEARLY = 85.0
"""From how alike, of 100, a passage counts as nearly the quote."""
_SHORTEST = 12
"""A shorter quote is nearly anywhere, so it is found or not."""
_LONGEST = 5000
"""Longer quotes are compared by their first so many characters when they are not found."""

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    }
)
_LETTER = r"(?:(?<=[^\W\d_])|(?<=[\u0300-\u036f]))"
_HYPHEN = re.compile(rf"{_LETTER}-(?=[^\W\d_]|$)|^-(?=[^\W\d_]|$)")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands in a text: its first character and the one after its last.

    ``score`` is 100 for the same words, and less for words that are nearly the same.
    """

    start: int
    end: int
    score: float = 100.0

    @property
    def exact(self) -> bool:
        """Whether the words are the same."""
        return self.score >= 100


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    if character == "\u00ad" or unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return ""
    shaped = unicodedata.normalize("NFKD", character.translate(_SAME)).translate(_SAME)
    return "".join(shaped.split())


class Text:
    """A text made ready to look for many quotes in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts = [_plain(character) for character in text]
        compact = "".join(parts)
        self._ends = list(accumulate(map(len, parts)))
        hyphens = [found.start() for found in _HYPHEN.finditer(compact)]
        self._dropped = [at - before for before, at in enumerate(hyphens)]
        self.compact = _HYPHEN.sub("", compact)

    def find(self, quote: str, *, near: int | None = None) -> Span | None:
        """Where the quote stands; of several places, the one nearest to ``near``, or the first.

        If it does not stand there, the passage that is nearly the same, if there is one.
        """
        if not quote.strip():
            return None
        exact = _nearest(self.text, quote, near)
        if exact is not None and near is None:
            return Span(exact, exact + len(quote))
        found = [] if exact is None else [Span(exact, exact + len(quote))]
        wanted = compact_of(quote)
        at = _nearest(self.compact, wanted, near and self._compact_at(near)) if wanted else None
        if at is not None:
            found.append(self._span(at, at + len(wanted), 100.0))
        if found:
            return min(found, key=lambda span: abs(span.start - (near or 0)))
        if len(wanted) < _SHORTEST:
            return None
        if len(wanted) > len(self.compact):
            whole = fuzz.ratio(wanted, self.compact, score_cutoff=NEARLY)
            return self._span(0, len(self.compact), min(whole, 99.9)) if whole else None
        nearly = fuzz.partial_ratio_alignment(wanted[:_LONGEST], self.compact, score_cutoff=NEARLY)
        if nearly is None or nearly.dest_end <= nearly.dest_start:
            return None
        return self._span(nearly.dest_start, nearly.dest_end, min(nearly.score, 99.9))

    def _span(self, start: int, end: int, score: float) -> Span:
        return Span(self._text_at(start), self._text_at(end - 1) + 1, score)

    def _text_at(self, at: int) -> int:
        """The character of the text that a compact one comes from."""
        return bisect_right(self._ends, at + bisect_right(self._dropped, at))

    def _compact_at(self, at: int) -> int:
        return self._ends[min(at, len(self._ends)) - 1] if at > 0 and self._ends else 0


def find_quote(quote: str, text: str | Text, *, near: int | None = None) -> Span | None:
    """Where a quote stands in a text; see :class:`Text` for many quotes of one text."""
    return (text if isinstance(text, Text) else Text(text)).find(quote, near=near)


def compact_of(text: str) -> str:
    """A text without what does not count when quotes are compared."""
    return _HYPHEN.sub("", "".join(map(_plain, text)))


def _nearest(text: str, wanted: str, near: int | None) -> int | None:
    first = text.find(wanted)
    if first < 0 or near is None or first >= near:
        return None if first < 0 else first
    before, after = text.rfind(wanted, 0, near + len(wanted)), text.find(wanted, near)
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - near))
