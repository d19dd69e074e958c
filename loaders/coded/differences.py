"""In which words a quote and what stands in its source differ, and which of them tell.

A word that is left out, put in or changed makes another wording. If it is a negation, a word that
says how many, or a number, the quote says something else, however alike the rest may be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pydantic import BaseModel, Field
from rapidfuzz.distance import Indel

from graph.questions.linting.vocabulary import NEGATION


class Sort(StrEnum):
    """What sort of words differ."""

    NEGATION = "negation"
    QUANTIFIER = "quantifier"
    NUMBER = "number"
    WORDING = "wording"


class Difference(BaseModel):
    """Words that differ between a quote and its source; empty where one of them has none."""

    quote: str = Field(description="The words in the quote.")
    text: str = Field(description="The words in the source.")
    sort: Sort = Field(description="negation, quantifier, number, or wording for any other.")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it stands there, what is compared, and its place."""

    shown: str
    key: str
    plain: str
    start: int
    end: int


_QUANTIFIERS = """
all some most many few fewer fewest several none only any every everyone everybody everything
everywhere each both either neither half majority minority always often sometimes usually never
mostly mainly largely almost nearly more less least much little enough entirely whole wholly partly
generally occasionally frequently alone just merely solely exclusively someone somebody something
somewhere anyone anybody anything lot lots plenty constantly typically predominantly completely
totally fully partially primarily overwhelmingly approximately roughly exactly higher lower greater
smaller numerous multiple except excepting excluding including
"""
QUANTIFIERS = frozenset(_QUANTIFIERS.split())
"""Words that say how many, how often or how far."""

_ONES = "one two three four five six seven eight nine"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth"
_NUMBERS = f"""
zero {_ONES} {_TEENS} {_TENS} {_ORDINALS} tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth hundred hundreds hundredth thousand thousands
thousandth million millions billion billions dozen dozens half halves quarter quarters thirds fifths
tenths once twice thrice double doubled triple tripled halved single couple pair percent
"""
NUMBERS = frozenset(_NUMBERS.split())
"""Numbers in words; those above twenty are put together of two."""

_COMPOUND = re.compile(
    rf"(?:{_TENS.replace(' ', '|')})(?:{_ONES.replace(' ', '|')}|{_ORDINALS.replace(' ', '|')})"
)
_DIGITS = re.compile(r"[<>≤≥=~±]|[-+]?(?:\d+(?:[.,]\d+)*|\.\d+)%?|%")
_NOT = re.compile(
    r".+n't|cannot|(?:did|do|does|is|was|were|are|has|have|had|would|could|should|ca|wo|must|need)nt"
)
TURNING = ("un", "in", "im", "il", "ir", "non", "dis", "mis", "de", "ex", "anti")
"""Beginnings that turn a word into its contrary."""
_SOME = {"few", "little"}
"""Words that say another number with `a` before them."""
_ROMAN = re.compile(r"(?=[XVI]{2})X{0,3}(?:IX|IV|V?I{0,3})")
_STEM = 3
"""As many letters at least stay of a word when its beginning is taken off."""
_GLUED = re.compile(r"not|nor|non|never|none|without|\d")
"""What tells even within letters that a text has run together."""

_MARKS = ".,;:!?()[]{}\"'"

Plain = Callable[[str], str]


def words_of(text: str, plain: Plain, compact: Callable[[str], str]) -> list[Word]:
    """The words of a text; two that only the end of a line parts are one.

    Args:
        text: where they stand.
        plain: what of one character counts.
        compact: a text without what does not count.
    """
    words: list[Word] = []
    for found in re.finditer(r"\S+", text):
        start, said = found.start(), "".join(map(plain, found[0]))
        if not said:
            continue
        if words and _goes_on(words[-1], said):
            before = words.pop()
            start, said = before.start, before.plain + said
        shown = " ".join(text[start : found.end()].split())
        words.append(Word(shown, compact(said), said, start, found.end()))
    return [word for word in words if word.key]


def _goes_on(word: Word, said: str) -> bool:
    broken = word.plain.endswith("-") and word.plain[-2:-1].isalpha() and said[0].isalpha()
    return broken or word.shown.endswith("\u00ad")


def compared(quote: Sequence[Word], text: Sequence[Word]) -> tuple[list[Difference], range]:
    """In which words the quote differs, and which words of the text it was compared with.

    The text may have more words, before and after, than the quote is about.
    """
    pairs = _same(quote, text)
    found = _between(quote, text, pairs)
    if all(one.sort is Sort.WORDING for one in found[0]):
        # A word at an end may have found its like in what the quote is not about, and hide there.
        closer = _between(quote, text, _without_strays(pairs))
        if any(one.sort is not Sort.WORDING for one in closer[0]):
            return closer
    return found


Pairs = list[tuple[int, int]]
"""Equal words: which of the quote, and which of the text."""


def _same(quote: Sequence[Word], text: Sequence[Word]) -> Pairs:
    """As many equal words as there can be, in one order."""
    keys, there = [word.key for word in quote], [word.key for word in text]
    pairs = [
        (block.src_start + n, block.dest_start + n)
        for block in Indel.opcodes(keys, there)
        if block.tag == "equal"
        for n in range(block.src_end - block.src_start)
    ]
    # Of several places for a word at an end, the one beside the others.
    for n in range(len(pairs) - 2, -1, -1):
        (a, b), (c, d) = pairs[n], pairs[n + 1]
        if d - (c - a) > b and there[d - (c - a)] == keys[a]:
            pairs[n] = (a, d - (c - a))
    for n in range(1, len(pairs)):
        (a, b), (c, d) = pairs[n - 1], pairs[n]
        if b + (c - a) < d and there[b + (c - a)] == keys[c]:
            pairs[n] = (c, b + (c - a))
    return pairs


def _without_strays(pairs: Pairs) -> Pairs:
    """Without the few words at an end that a gap as long as they are parts from the others."""
    gaps = [(d - b) - (c - a) for (a, b), (c, d) in pairwise(pairs)]
    half = len(pairs) // 2
    first = max((n for n in range(1, half + 1) if gaps[n - 1] >= n), default=0)
    last = min(
        (n for n in range(half + 1, len(pairs)) if gaps[n - 1] >= len(pairs) - n),
        default=len(pairs),
    )
    return pairs[first:last]


def _between(
    quote: Sequence[Word], text: Sequence[Word], pairs: Pairs
) -> tuple[list[Difference], range]:
    """The differences between equal words, and the words of the text from first to last."""
    if not pairs:
        return [], range(0)
    (a, b), (c, d) = pairs[0], pairs[-1]
    if a == 1 and b > 0 and quote[0].key == text[b - 1].key.lstrip(_MARKS):  # may begin
        pairs = [(0, b - 1), *pairs]
    if (
        c == len(quote) - 2
        and d + 1 < len(text)
        and quote[-1].key == text[d + 1].key.rstrip(_MARKS)
    ):
        pairs = [*pairs, (c + 1, d + 1)]  # and end within marks
    (a, b), (c, d) = pairs[0], pairs[-1]
    span = range(max(b - a, 0), min(d + len(quote) - c, len(text)))
    bounds = [(-1, span.start - 1), *pairs, (len(quote), span.stop)]
    differences: list[Difference] = []
    for (a, b), (c, d) in pairwise(bounds):
        # `a` alone may make few of a few.
        behind = quote[c : c + 1] if c < len(quote) and quote[c].key.casefold() in _SOME else []
        differences += _difference(quote[a + 1 : c], text[b + 1 : d], behind)
    return differences, span


def _difference(
    quote: Sequence[Word], text: Sequence[Word], behind: Sequence[Word]
) -> Iterator[Difference]:
    if "".join(word.key for word in quote) == "".join(word.key for word in text):
        return  # a layout parts or joins words
    yield Difference(
        quote=" ".join(word.shown for word in quote),
        text=" ".join(word.shown for word in text),
        sort=_sort([*quote, *behind], [*text, *behind]),
    )


def _sort(quote: Sequence[Word], text: Sequence[Word]) -> Sort:
    one, other = list(_telling(quote)), list(_telling(text))
    if one != other:
        odd = [*(Counter(one) - Counter(other)), *(Counter(other) - Counter(one)), *one]
        return min((sort for sort, _ in odd), key=list(Sort).index)
    if any(_turned(a, b) for a in quote for b in text):
        return Sort.NEGATION
    glued = _glued(quote, text)
    if glued:
        return Sort.NUMBER if glued.isdigit() else Sort.NEGATION
    return Sort.WORDING


def _telling(words: Sequence[Word]) -> Iterator[tuple[Sort, str]]:
    """Negations, words that say how many, and numbers, in one form each."""
    for place, word in enumerate(words):
        for number in _DIGITS.findall(word.plain):
            yield Sort.NUMBER, re.sub(r",(?=\d{3})", "", number)
        whole = re.sub(r"[^\w']|_", "", word.key.casefold()).strip("'")
        if _ROMAN.fullmatch(re.sub(r"[\W_]", "", word.plain)):
            yield Sort.NUMBER, whole
        parts = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", word.plain.casefold())
        for part in dict.fromkeys([whole, *parts]):
            if part in _SOME and place and words[place - 1].key.casefold() == "a":
                yield Sort.QUANTIFIER, f"a {part}"
            elif _NOT.fullmatch(part):
                yield Sort.NEGATION, "not"
            elif part in NEGATION:
                yield Sort.NEGATION, part
            elif part in QUANTIFIERS:
                yield Sort.QUANTIFIER, part
            elif part in NUMBERS or _COMPOUND.fullmatch(part):
                yield Sort.NUMBER, part


def _turned(one: Word, other: Word) -> bool:
    """Whether one is the other with a beginning or an ending that makes it the contrary."""
    a, b = (re.sub(r"[^\w]|_", "", word.key.casefold()) for word in (one, other))
    if a == b:
        return False
    if _stems(a) & _stems(b):
        return True
    short, long = sorted((a.removesuffix("ful"), b.removesuffix("ful")), key=len)
    return long == f"{short}less"


def _stems(word: str) -> set[str]:
    taken = {word.removeprefix(start) for start in TURNING if word.startswith(start)}
    return {word, *(stem for stem in taken if len(stem) >= _STEM)}


def _glued(quote: Sequence[Word], text: Sequence[Word]) -> str:
    """What tells in letters that only one of them has, where a text has run words together."""
    one, other = ("".join(word.key for word in words).casefold() for words in (quote, text))
    for block in Indel.opcodes(one, other):
        if block.tag != "equal":
            left_over = f"{one[block.src_start : block.src_end]} "
            left_over += other[block.dest_start : block.dest_end]
            if found := _GLUED.search(left_over):
                return found[0]
    return ""


_LESS = re.compile(rf"(?<![^\W_])(?:{'|'.join(TURNING)}|not|no)-?$")
_MORE = re.compile(r"(?:n't|not|less)(?![^\W_])")
_TENS_BEFORE = re.compile(rf"(?:{_TENS.replace(' ', '|')})-?$")
_DIGIT_BEFORE = re.compile(r"\d[.,]?$|(?<!\w)[-+.]$")
_DIGIT_BEHIND = re.compile(r"[.,]?\d|%")


def torn(before: str, quote: str, behind: str) -> bool:
    """Whether a quote ends inside a word so that a negation or a part of a number is cut off.

    Args:
        before: what stands directly before it, as far as it counts.
        quote: the quote, as far as it counts.
        behind: what stands directly behind it.
    """
    before, quote, behind = before.casefold(), quote.casefold(), behind.casefold()
    if not quote:
        return False
    if quote[0].isdigit() and _DIGIT_BEFORE.search(before):
        return True
    if quote[-1].isdigit() and _DIGIT_BEHIND.match(behind):
        return True
    if quote[0].isalpha() and (_LESS.search(before) or _TENS_BEFORE.search(before)):
        return True
    return quote[-1].isalpha() and bool(_MORE.match(behind))


_LAST = re.compile(r"([^\W\d_]+(?:['\u2019]t)?)[\s\"'\u2018\u2019\u201c\u201d(\[]*$")


def negation_before(text: str, start: int) -> str | None:
    """The negation that stands right before a place in a text, if one does."""
    found = _LAST.search(text[max(0, start - 40) : start])
    word = found[1].casefold().replace("\u2019", "'") if found else ""
    return found[1] if found and (word in NEGATION or _NOT.fullmatch(word)) else None
