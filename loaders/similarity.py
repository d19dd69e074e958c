"""How alike two records are, and what tells them apart, whatever their titles.

A title or DOI that looks damaged shows nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

from graph.damaged import damaged_doi, damaged_title
from graph.model import Form, MergedBy, Reference, Source
from graph.names import slug
from graph.people import Key, key_of, may_be_one
from graph.source_fields import source_of
from graph.works import alike, contradict, words_of
from loaders.naming import split_list
from loaders.tables import Row

Place = TypeVar("Place", int, str)

NEARLY = 93
"""From how much alike, of 100, titles may be those of one source."""
GENERIC = 4
"""Titles of so few words say too little by themselves: `Book reviews`, `Editorial`."""
SAME_NUMBER = 60
"""From how much alike, of 100, titles do not contradict a number that both records have."""
_REPLY = re.compile(
    r"\b(?:re|reply|response|comments?|commentary|correction|corrigendum|erratum|retraction"
    r"|author response|reviewer \d+|supplement(?:ary|al)?|supporting information|editorial)\b"
)
_APART = frozenset(
    {Form.THESIS, Form.ABSTRACT, Form.PROTOCOL, Form.PREPRINT, Form.CORRECTION, Form.NEWS}
)
"""Forms whose works have titles alike those of others."""
_PART = re.compile(r"\b(?:part |no |vol |volume |chapter |phase |study )?([ivx]{1,4}|\d+)\b")


@dataclass(slots=True)
class Likeness:
    """What is compared of a record."""

    title: str
    words: tuple[str, ...]
    doi: str
    pmid: str
    year: int | None
    authors: tuple[Key, ...]
    pages: str
    volume: str
    journal: str
    form: str
    damaged: bool = False


def likeness(
    title: str,
    *,
    doi: str = "",
    pmid: str = "",
    year: int | None = None,
    authors: Sequence[str] = (),
    pages: str = "",
    volume: str = "",
    journal: str = "",
    form: str = "",
) -> Likeness:
    """What is compared of a source or record."""
    words = words_of(title)
    return Likeness(
        title="-".join(words),
        words=words,
        damaged=damaged_title(title),
        doi="" if damaged_doi(doi) else doi.casefold(),
        pmid=pmid,
        year=year,
        authors=tuple(key_of(author) for author in authors),
        pages=_first_page(pages),
        volume=volume.casefold().strip(),
        journal=slug(journal) if journal else "",
        form=form,
    )


def _first_page(pages: str) -> str:
    return re.split(r"[-\u2010-\u2015]", pages.strip().casefold())[0].strip().lstrip("0")


def same(one: Likeness, other: Likeness) -> tuple[MergedBy, int] | None:
    """What shows that two records are one source and how alike they are, of 100; None if nothing.

    The score is that of the titles, lowered where pages or volume are known for one only.
    """
    titles = titles_alike(one, other)
    if one.pmid and one.pmid == other.pmid and titles >= SAME_NUMBER:
        return MergedBy.PMID, round(titles)
    if one.doi and one.doi == other.doi:
        score = alike(one.title, other.title)
        return None if contradict(one.title, other.title) else (MergedBy.DOI, round(score))
    if titles < NEARLY or one.damaged or other.damaged or _told_apart(one, other):
        return None
    short = len(one.words) <= GENERIC
    agree = agreements(one, other)
    if agree < (3 if short else 2 if titles < 100 else 1):
        return None
    return MergedBy.TITLE, round(titles)


def titles_alike(one: Likeness, other: Likeness) -> float:
    """How much alike two titles are, of 100."""
    return 100.0 if one.title == other.title else fuzz.ratio(one.title, other.title)


def two_works(one: Likeness, other: Likeness) -> bool:
    """True for two DOIs, two PubMed ids, or a thesis and an article of one title."""
    return other_numbers(one, other) or _of_other_forms(one, other)


def other_numbers(one: Likeness, other: Likeness) -> bool:
    """True for two DOIs or two PubMed ids."""
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in ((one.doi, other.doi), (one.pmid, other.pmid))
    )


def _told_apart(one: Likeness, other: Likeness) -> bool:
    if two_works(one, other):
        return True
    if one.year and other.year and abs(one.year - other.year) > 1:
        return True
    if one.pages and other.pages and one.pages != other.pages and one.volume and other.volume:
        return True
    if one.authors and other.authors and not share_author(one, other):
        return True
    return of_other_parts(one, other)


def of_other_parts(one: Likeness, other: Likeness) -> bool:
    """True for titles that a number or a word such as `reply` tells apart."""
    mine, theirs = Counter(one.words), Counter(other.words)
    differing = set((mine - theirs) + (theirs - mine))
    return any(_PART.fullmatch(word) or _REPLY.fullmatch(word) for word in differing)


def _of_other_forms(one: Likeness, other: Likeness) -> bool:
    """True for a thesis and an article of one title, unless they stand in one place."""
    if one.form == other.form or not (one.form and other.form):
        return False
    if one.form not in _APART and other.form not in _APART:
        return False  # what one database calls a book, another calls a paper in it
    return not (one.pages and one.pages == other.pages and one.volume == other.volume)


def share_author(one: Likeness, other: Likeness) -> bool:
    """True if one of the authors may be the same person."""
    mine, theirs = one.authors[:20], other.authors[:20]
    if not {key.text for key in mine}.isdisjoint(key.text for key in theirs):
        return True
    if any(may_be_one(a, b) for a in mine for b in theirs):
        return True
    first, second = mine[0], theirs[0]
    if first.person and second.person and not set(first.family).isdisjoint(second.family):
        return True
    return fuzz.ratio(first.text, second.text) >= 85


def agreements(one: Likeness, other: Likeness) -> int:
    """How many of authors, year, page, volume, journal and form are known of both and agree.

    That both are articles says nothing: most are.
    """
    count = 0
    if one.authors and other.authors:
        count += 1  # those that share no author were told apart
    if one.year and other.year and one.year == other.year:
        count += 1
    count += bool(one.pages and one.pages == other.pages)
    count += bool(one.volume and one.volume == other.volume)
    count += bool(one.journal and one.journal == other.journal)
    count += bool(one.form and one.form == other.form != Form.ARTICLE)
    if not (one.authors or other.authors or one.year or other.year):
        count += 1 if len(one.words) > GENERIC and one.title == other.title else 0
    return count


def likeness_of_row(row: Row) -> Likeness:
    """What is compared of a row of sources.csv."""
    year = row.text("year")
    return likeness(
        row.text("title"),
        doi=row.text("doi"),
        pmid=row.text("pmid"),
        year=int(year) if year.isdigit() else None,
        authors=_authors(row),
        pages=row.text("pages"),
        volume=row.text("volume"),
        journal=row.text("journal"),
        form=row.text("form").casefold(),
    )


def _authors(row: Row) -> list[str]:
    cells = row.cells.get("authors", [])
    return split_list(cells) if any(";" in cell for cell in cells) else cells


def likeness_of_source(source: Source) -> Likeness:
    """What is compared of a source."""
    return likeness(
        source.title,
        doi=source.doi or "",
        pmid=source.pmid or "",
        year=source.year,
        authors=source.authors,
        pages=source.pages or "",
        volume=source.volume or "",
        journal=source.journal or "",
        form=source.form or "",
    )


def likeness_of_record(record: Reference) -> Likeness:
    """What is compared of the source that a record brings by itself."""
    return likeness_of_source(source_of(record, record.source))


def most_alike(scored: Iterable[tuple[float, int, Place, Place]]) -> Iterator[tuple[Place, Place]]:
    """Pairs of a new thing and an old one, the most alike first, each of both once.

    Args:
        scored: how alike two are, negative; how far apart they stand; the new one and the old.
    """
    taken: set[Place] = set()
    kept: set[Place] = set()
    for _, _, new, old in sorted(scored):
        if new not in taken and old not in kept:
            taken.add(new)
            kept.add(old)
            yield new, old
