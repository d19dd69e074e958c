"""Finding a quote again in its source, however the text was broken into lines.

What differs between a quote and the text it was taken from without being another wording is
ignored: white space, hyphens at line ends, ligatures, the shape of quotation marks and dashes.
Letters, digits, case and signs of numbers are not.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from loaders.coded.differences import Difference, Sort, compared, torn, words_of

NEARLY = 85.0
"""From how alike, of 100, a passage counts as nearly the quote."""
_SHORTEST = 12
"""A shorter quote is nearly anywhere, so it is found or not."""
_LONGEST = 5000
"""Of longer quotes, the first so many characters say about where they stand."""
_AROUND = 20
"""So many characters beside a quote are looked at."""
_NUMBERS = re.compile(r"\d+")
_BROKEN_BEFORE = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011\u00ad]\s+$")
_BROKEN_BEHIND = re.compile(r"^[-\u2010\u2011\u00ad]\s+")

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

    ``score`` is 100 for the same words, and less for words that are nearly the same; then
    ``differences`` says which differ.
    """

    start: int
    end: int
    score: float = 100.0
    differences: tuple[Difference, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the words are the same."""
        return self.score >= 100

    @property
    def turned(self) -> bool:
        """Whether a word differs that makes the quote say something else."""
        return any(one.sort is not Sort.WORDING for one in self.differences)


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
        self._ends = array("L", accumulate(map(len, parts)))  # a list takes five times as much
        hyphens = [found.start() for found in _HYPHEN.finditer(compact)]
        self._dropped = [at - before for before, at in enumerate(hyphens)]
        self.compact = _HYPHEN.sub("", compact)

    def find(self, quote: str, *, near: int | None = None) -> Span | None:
        """Where the quote stands; of several places, the one nearest to ``near``, or the first.

        If it does not stand there, the passage that is nearly the same, if there is one.
        """
        if not quote.strip():
            return None
        wanted = compact_of(quote)
        cut_off = None
        for span in self._places(quote, wanted, near):
            if not self._torn(quote, span):
                return span
            cut_off = cut_off or span
        if cut_off is not None:
            return self._compared(quote, cut_off.start, cut_off.end)
        if len(wanted) < _SHORTEST or not self.compact:
            return None
        if len(wanted) > len(self.compact):
            return self._compared(quote, 0, len(self.text))
        nearly = fuzz.partial_ratio_alignment(wanted[:_LONGEST], self.compact, score_cutoff=NEARLY)
        if nearly is None or nearly.dest_end <= nearly.dest_start:
            return None
        end = min(max(nearly.dest_end, nearly.dest_start + len(wanted)), len(self.compact))
        return self._compared(quote, self._text_at(nearly.dest_start), self._text_at(end - 1) + 1)

    def _places(self, quote: str, wanted: str, near: int | None) -> Iterator[Span]:
        """Where the same words stand: the best place, and if it will not do, the others."""
        exact = _nearest(self.text, quote, near)
        if exact is not None and near is None:
            yield Span(exact, exact + len(quote))
        at = _nearest(self.compact, wanted, near and self._compact_at(near)) if wanted else None
        best = [] if exact is None else [Span(exact, exact + len(quote))]
        best += [] if at is None else [self._span(at, at + len(wanted))]
        yield from sorted(best, key=lambda span: abs(span.start - (near or 0)))
        if best:
            others = [Span(at, at + len(quote)) for at in _every(self.text, quote)]
            others += [self._span(at, at + len(wanted)) for at in _every(self.compact, wanted)]
            yield from sorted(others, key=lambda span: abs(span.start - (near or 0)))

    def _torn(self, quote: str, span: Span) -> bool:
        """Whether what stands there is not the same after all, but a part of it."""
        before = _BROKEN_BEFORE.sub("-", self.text[max(0, span.start - _AROUND) : span.start])
        behind = _BROKEN_BEHIND.sub("", self.text[span.end : span.end + _AROUND])
        said, there = _spaced(quote), _spaced(self.text[span.start : span.end])
        if _NUMBERS.findall(said) != _NUMBERS.findall(there):
            return True
        return torn(_spaced(before), said, _spaced(behind))

    def _compared(self, quote: str, start: int, end: int) -> Span | None:
        """The passage that stands about there, with the words in which the quote differs."""
        room = _AROUND * 3 + (end - start) // 4
        first, last = max(0, start - room), min(end + room, len(self.text))
        first = self.text.rfind(" ", 0, first) + 1 if first else 0
        after = self.text.find(" ", last)
        last = len(self.text) if after < 0 else after
        there = words_of(self.text[first:last], _plain, compact_of)
        differences, span = compared(words_of(quote, _plain, compact_of), there)
        if not span:
            return None
        start, end = first + there[span.start].start, first + there[span.stop - 1].end
        stands = compact_of(self.text[start:end])
        score = 100 * Indel.normalized_similarity(compact_of(quote), stands)
        if score < NEARLY:
            return None
        return Span(start, end, min(score, 99.9), tuple(differences))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._text_at(start), self._text_at(end - 1) + 1)

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


def _spaced(text: str) -> str:
    return "".join(" " if one.isspace() else _plain(one) for one in text)


def _every(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _nearest(text: str, wanted: str, near: int | None) -> int | None:
    first = text.find(wanted)
    if first < 0 or near is None or first >= near:
        return None if first < 0 else first
    before, after = text.rfind(wanted, 0, near + len(wanted)), text.find(wanted, near)
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - near))
