"""What a cell cites: `Lee 2019, Roy & Singh (2021)`, `[26, 32-36] + interview data`, DOIs, ids.

The whole cell is understood, or what is left of it is told. Nothing is taken for a source that does
not say so: of two sources that a citation can mean, and of a letter behind a year that no source
has, it is asked which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.names import slug
from loaders.cell_values import says_nothing
from loaders.headings import plain
from loaders.known_sources import WORD, YEAR, KnownSources, Work, key_of_text
from loaders.references.identifiers import doi_of

_LONGEST_PHRASE = 12
"""Words of the longest name that is looked for within a text; a longer one stands alone."""
_MOST_NUMBERS = 500
"""How many numbers a range such as `25-31` may stand for."""
_FULL_REFERENCE = 60
"""A part of a cell that is as long as this may be a reference given in full."""

_PARTS = re.compile(r"(?<!\.co);", re.IGNORECASE)  # a DOI may end in `.CO;2-A`
_JOINER = re.compile(
    r"(?:\(\s*n\s*=\s*\d+\s*\)|#(?=\s*\d)|"  # how many took part; `#1`
    r"[\s,;+&/|()\[\]{}.:*•‣▪●◦·\"'“”‘’]|-(?!\d)|"
    r"\b(?:and|und|see|e\.?g\.?|i\.e\.|refs?|references?|nos?|numbers?)\b)+",
    re.IGNORECASE,
)
_AND = r"\s*(?:[,/&]|\band\b)\s*"
_ITS_YEAR = rf"(?:{YEAR}(?![\w-])|{YEAR}[a-z](?![\w-])(?:{_AND}[a-z](?![\w.-]))*)"
_YEARS = re.compile(
    rf"(?P<years>{_ITS_YEAR}(?:{_AND}{_ITS_YEAR})*)"
    r"|(?P<undated>in\s+press\b|n\.\s?d\.?|forthcoming\b|submitted\b)",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(r"(?=[^\W\d_])([^\d\[\]();]{2,80}?)\s*[\[(]\s*(\d{1,4})\s*[\])]")
_DATED = re.compile(rf"[\s,(]*{YEAR}[a-z]?(?![\w-])")
_ONE_YEAR = re.compile(rf"(?P<year>{YEAR})?(?P<letter>[a-z])?", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?(?![\w/-])")
_LETTERED = re.compile(
    r"(?P<letters>[A-Za-z]{1,4})(\d{1,4})\s*-\s*(?:(?P=letters))?(\d{1,4})(?!\w)"
)
_DOI = re.compile(r"(?:(?:https?://|doi\b:?\s*)\S*?)?10\.\d{4,9}\S*", re.IGNORECASE)
_PMID = re.compile(r"PMID:?\s*(\d{1,9})(?!\w)", re.IGNORECASE)
_PAGES = re.compile(r"[\s,:()\]]*\b(pp?(?:\.\s*|\s+)\d+(?:\s*-\s*\d+)?)(?!\w)", re.IGNORECASE)
_BEHIND_COLON = re.compile(r":\s*(\d{1,4}(?:\s*-\s*\d{1,4})?)(?=\s*(?:[)\];,]|$))")
_ET_AL = re.compile(
    r"[\s,]*\b(?:et\.?\s*al\b\.?|and\s+(?:others|colleagues)\b|u\.\s?a\.)", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|&|\band\b|\bund\b)\s*", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[A-Z]\.?-?){1,4}")
_NOTHING = re.compile(r"none|nil|no references?", re.IGNORECASE)


def says_none(text: str) -> bool:
    """True for a cell that says that it cites nothing: `none`, `n/a`, a dash."""
    bare = plain(text).strip(" .-()[]")
    return says_nothing(text) or _NOTHING.fullmatch(bare) is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """A source that a cell cites, by id, and the pages that stand beside it."""

    source: str
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A part of a cell that names no source, or several; ``may_be`` are those it can mean."""

    text: str
    may_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """What a cell cites, in its order, each source once; ``unclear`` is what is left of it."""

    mentions: tuple[Mention, ...]
    unclear: tuple[Unclear, ...]


@dataclass(frozen=True, slots=True)
class _One:
    """One citation: its text, the sources it means, and those that it may mean if it is none."""

    text: str
    means: frozenset[str]
    may_be: frozenset[str] = frozenset()


_Found = tuple[list[_One], int] | None
"""What stands at a place of a text, and where it ends."""


def meant_by(text: str, known: KnownSources) -> str | None:
    """The one source that a whole text means, if nothing of it is left."""
    found = cited(text, known)
    if len(found.mentions) != 1 or found.unclear or found.mentions[0].pages:
        return None
    return found.mentions[0].source


def cited(text: str, known: KnownSources, separator: str | None = None) -> Cited:
    """The sources that a cell cites.

    Args:
        text: the cell.
        known: the sources there are.
        separator: what parts citations, if it is not `;`, a line break or one of the usual words.
    """
    reading = _Reading(known)
    for piece in text.split(separator) if separator else (text,):
        for line in plain(piece).splitlines():
            alone = len(re.findall(rf"(?<!\d){YEAR}(?!\d)", line)) == 1
            for part in (line,) if alone and reading.in_full(line) else _PARTS.split(line):
                if part.strip():
                    reading.read(part.strip())
    return Cited(tuple(reading.mentions.values()), tuple(reading.unclear))


class _Reading:
    """The parts of one cell as they are read from left to right."""

    def __init__(self, known: KnownSources) -> None:
        self.known = known
        self.mentions: dict[str, Mention] = {}
        self.unclear: list[Unclear] = []

    def read(self, text: str) -> None:
        """One part of the cell."""
        whole = self._whole(text)
        if whole is not None:
            self.mentions.setdefault(whole, Mention(whole))
            return
        at, left = 0, -1
        while at < len(text):
            joined = _JOINER.match(text, at)
            if joined:
                at = joined.end()
                continue
            found = self._found(text, at)
            if found is None:
                left = at if left < 0 else left
                word = WORD.match(text, at)
                at, ended = (word.end() if word else at + 1,) * 2
                continue
            if left >= 0:
                self.unclear.append(Unclear(_balanced(text, left, ended)))
                left = -1
            ones, at = found
            pages = _PAGES.match(text, at) or _BEHIND_COLON.match(text, at)
            if pages:
                at = pages.end()
            for one in ones:
                self._take(one, pages[1] if pages and len(ones) == 1 else "")
        if left >= 0:
            self.unclear.append(Unclear(_balanced(text, left, ended)))

    def _take(self, one: _One, pages: str) -> None:
        if len(one.means) == 1:
            (source,) = one.means
            self.mentions.setdefault(source, Mention(source, pages))
        else:
            self.unclear.append(Unclear(one.text, tuple(sorted(one.means or one.may_be))))

    def _whole(self, text: str) -> str | None:
        """The source that a part means as a whole: by what is said of it, id, title or number."""
        bare = text.strip(" .,()[]\"'")
        key = key_of_text(bare)
        by_id = self.known.ids.get(bare.casefold())
        for owners in (
            self.known.said.get(key, set()),
            {by_id} if by_id else set(),
            self.known.phrases.get(key, set()),
        ):
            if len(owners) == 1 and not bare.isdecimal():
                return next(iter(owners))
        return self.in_full(bare)

    def in_full(self, text: str) -> str | None:
        """The source whose first author and whole title stand in a reference given in full."""
        if len(text) < _FULL_REFERENCE:
            return None
        key = key_of_text(text)
        padded = f" {key} "
        found = {
            work.local
            for name, work in self.known.begun.get(key.partition(" ")[0], ())
            if padded.startswith(f" {name.replace('-', ' ')} ")
            and (title := key_of_text(self.known.titles[work.local])).count(" ") > 3
            and f" {title} " in padded
        }
        return found.pop() if len(found) == 1 else None

    def _found(self, text: str, at: int) -> _Found:
        for kind in (
            self._said,
            self._doi,
            self._pmid,
            self._dated,
            self._beside_number,
            self._lettered,
            self._numbers,
            self._phrase,
        ):
            found = kind(text, at)
            if found is not None:
                return found
        return None

    def _said(self, text: str, at: int) -> _Found:
        return self._words(text, at, self.known.said)

    def _phrase(self, text: str, at: int) -> _Found:
        return self._words(text, at, self.known.phrases)

    def _words(self, text: str, at: int, among: dict[str, set[str]]) -> _Found:
        words: list[re.Match[str]] = []
        for word in WORD.finditer(text, at):
            if not words and (word.start() != at or not self.known.begins(word[0].casefold())):
                return None
            words.append(word)
            if len(words) == _LONGEST_PHRASE:
                break
        while words:
            key = " ".join(word[0].casefold() for word in words)
            owners = among.get(key)
            end = words[-1].end()
            # Of `Lee 1980`, of whom there is nothing, Lee alone is no source.
            dated = among is not self.known.said and _DATED.match(text, end)
            if owners and not dated and (len(key) > 2 or not key.isalpha()):
                return [_One(text[at:end], frozenset(owners))], end
            words.pop()
        return None

    def _doi(self, text: str, at: int) -> _Found:
        found = _DOI.match(text, at)
        doi = doi_of(found[0]) if found else None
        if found is None or doi is None:
            return None
        begins = found[0].casefold().find(doi)
        end = at + begins + len(doi) if begins >= 0 else found.end()
        return [_One(text[at:end], frozenset(self.known.dois.get(doi, ())))], end

    def _pmid(self, text: str, at: int) -> _Found:
        found = _PMID.match(text, at)
        if found is None:
            return None
        return [_One(found[0], frozenset(self.known.pmids.get(found[1], ())))], found.end()

    def _lettered(self, text: str, at: int) -> _Found:
        """`S1-S5`, where there are sources that are called so."""
        found = _LETTERED.match(text, at)
        if found is None:
            return None
        letters, first, last = found[1], int(found[2]), int(found[3])
        last = min(last, first + _MOST_NUMBERS)
        names = [f"{letters}{number}" for number in range(first, last + 1)]
        owners = [self.known.phrases.get(name.casefold(), set()) for name in names]
        if not names or not any(owners):
            return None
        ones = [_One(name, frozenset(own)) for name, own in zip(names, owners, strict=True)]
        return ones, found.end()

    def _numbers(self, text: str, at: int) -> _Found:
        """`26` or `25-31`, by the numbers that sources have in the report's list, or by ids."""
        found = _NUMBERS.match(text, at)
        if found is None:
            return None
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        if last < first and self._numbered(first):
            return [_One(found[0], frozenset())], found.end()
        if last < first or last - first > _MOST_NUMBERS:
            return None
        ones = [_One(str(number), self._numbered(number)) for number in range(first, last + 1)]
        return (ones, found.end()) if any(one.means for one in ones) else None

    def _beside_number(self, text: str, at: int) -> _Found:
        """`Lee et al. [12]`: authors and a number that mean the same source."""
        found = _NAMED_NUMBER.match(text, at)
        if found is None:
            return None
        means = self._numbered(int(found[2]))
        named = self._surnames(found[1])
        begun = self.known.begun.get(named[0].partition("-")[0], []) if named else []
        by = {work.local for name, work in begun if name == named[0] and _has(work, named)}
        return ([_One(found[0], means & by, means | by)], found.end()) if by and means else None

    def _numbered(self, number: int) -> frozenset[str]:
        by_id = self.known.ids.get(str(number))
        return frozenset(self.known.numbers.get(number, set()) | ({by_id} if by_id else set()))

    def _dated(self, text: str, at: int) -> _Found:
        """Authors and a year, or several years: `Lee et al. (2019a/b)`."""
        found = _YEARS.search(text, at)
        if found is None or any(char.isdecimal() for char in text[at : found.start()]):
            return None
        authors = text[at : found.start()].strip(" ,([.:-")
        if not authors or WORD.match(text, at) is None:
            return None
        times = _written_times(found)
        ones = []
        any_known = False
        for when, shown in times:
            means, may_be = self._of_authors(authors, when)
            any_known = any_known or bool(means or may_be)
            ends = found.end() + text[found.end() :].startswith(")")
            of_one = text[at:ends] if len(times) == 1 else f"{authors} {shown}"
            ones.append(_One(of_one, means, may_be))
        return (ones, found.end()) if any_known else None

    @staticmethod
    def _surnames(authors: str) -> list[str]:
        named = [part for part in _BETWEEN_NAMES.split(_ET_AL.sub("", authors)) if part.strip(" .")]
        return [_surname(part) for part in named if not _INITIAL.fullmatch(part.strip())]

    def _of_authors(self, authors: str, when: str) -> tuple[frozenset[str], frozenset[str]]:
        """The sources of these authors and that year, and those that have not its letter."""
        readings = [[slug(_ET_AL.sub("", authors))], self._surnames(authors)]
        for names in readings:
            works = self.known.dated.get((names[0], when), []) if names else []
            works = [work for work in works if _has(work, names)]
            if works:
                return frozenset(work.local for work in works), frozenset()
        for names in readings:
            works = self.known.dated.get((names[0], when[:4]), []) if names else []
            works = [work for work in works if len(when) == 5 and _has(work, names)]
            if works:
                return frozenset(), frozenset(work.local for work in works)
        return frozenset(), frozenset()


def _balanced(text: str, start: int, end: int) -> str:
    """A part of a text, with the bracket before it where its other half is in it or behind it."""
    before = text[start - 1] if start else ""
    other = {"[": "]", "(": ")"}.get(before)
    if other is None:
        return text[start:end]
    if text[end : end + 1] == other:
        return text[start - 1 : end + 1]
    part = text[start:end]
    return before + part if part.count(other) > part.count(before) else part


def _written_times(found: re.Match[str]) -> list[tuple[str, str]]:
    """The years of a citation as they are kept and as they are shown: `2019a/b` is two."""
    if found["undated"]:
        return [(re.sub(r"[\W_]", "", found["undated"]).casefold(), found["undated"])]
    times = []
    year = ""
    for part in re.split(_AND, found["years"], flags=re.IGNORECASE):
        one = _ONE_YEAR.fullmatch(part)
        if one is not None:
            year = one["year"] or year
            when = f"{year}{(one['letter'] or '').casefold()}"
            times.append((when, when))
    return times


def _surname(name: str) -> str:
    """`Lee`, `Lee A` and `A. Lee` as `lee`."""
    words = [word for word in name.split() if not _INITIAL.fullmatch(word)]
    return slug(" ".join(words) or name)


def _has(work: Work, names: Sequence[str]) -> bool:
    """Whether a source has all the authors that a citation names, as far as it names its own."""
    if not work.all_named:
        return True
    return all(any(name in called for called in work.authors) for name in names)
