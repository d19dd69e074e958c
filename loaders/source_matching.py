"""References in free text, such as `Lee et al., 2019`: which source they mean, if one alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import ReviewBundle
from graph.names import slug
from graph.people import is_organisation, name_of
from loaders.given import Given
from loaders.naming import split_list
from loaders.references.identifiers import doi_of, year_of
from loaders.tables import Table

_LONGEST_NAME = 8
"""Words of the longest name that a text is looked through for: organisations have many."""
_WORD = re.compile(r"[^\W\d_][^\W_]+(?:[-'’][^\W_]+)*")


def match_sources(inputs: Sequence[Given], base: ReviewBundle | None = None) -> None:
    """Give sources that evidence names in free text the id of the one source they can mean.

    `Lee 2019`, `Lee and Roy (2019)`, `Lee et al., 2019` mean the source whose first author is Lee
    and whose year is 2019, if there is one such source; a DOI means the source with that DOI.
    What means no source, or several, stays as it is and is told on assembly.

    Args:
        inputs: what was read; cells of their evidence are changed. Where the whole column is
            free text, two rows that come to say the same are one.
        base: the review that they add to: its sources can be meant too.
    """
    asking = [given for given in inputs if "evidence.csv" in given.tables]
    if not asking:
        return
    known = _Known()
    for source in base.sources if base is not None else ():
        names = (source.local_id, source.title)
        known.add(names, source.doi or "", source.authors, source.year)
    for given in inputs:
        for row in given.tables["sources.csv"].rows if "sources.csv" in given.tables else ():
            authors = split_list(row.cells.get("authors", []))
            names = (row.text("id"), row.text("title"))
            known.add(names, row.text("doi"), authors, year_of(row.text("year")))
    for given in asking:
        _match(given.tables["evidence.csv"], known, free=given.free_sources)


class _Known:
    """Sources by everything that a free text may call them."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.by_doi: dict[str, set[str]] = {}
        self.by_author: dict[tuple[str, int], set[str]] = {}

    def add(
        self, names: tuple[str, str], doi: str, authors: Sequence[str], year: int | None
    ) -> None:
        local = names[0]
        if not local:
            return
        self.names.update(name.casefold() for name in names)
        plain = doi_of(doi)
        if plain:
            self.by_doi.setdefault(plain, set()).add(local)
        if authors and year:
            for name in _called(authors[0]):
                self.by_author.setdefault((name, year), set()).add(local)


def _match(evidence: Table, known: _Known, *, free: bool) -> None:
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for row in evidence.rows:
        text = row.text("source")
        if text.casefold() not in known.names:
            means = _meant(text, known.by_doi, known.by_author)
            if len(means) == 1:
                row.cells["source"] = [next(iter(means))]
        if not free:
            continue
        key = (row.text("source").casefold(), row.text("configuration"), row.text("stance"))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    if free:
        evidence.rows[:] = kept


def _meant(
    text: str, by_doi: dict[str, set[str]], by_author: dict[tuple[str, int], set[str]]
) -> set[str]:
    doi = doi_of(text)
    if doi is not None:
        return by_doi.get(doi, set())
    year = year_of(text)
    words = _WORD.findall(text)
    if year is None or not words:
        return set()
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        found = by_author.get((slug(" ".join(words[:length])), year))
        if found:
            return found
    return set()


def _called(author: str) -> set[str]:
    """What a text may call an author by: a surname, or an organisation's name."""
    name = name_of(author)
    whole = slug(name.family)
    if name.person or is_organisation(author):
        return {whole}
    return {whole, whole.rpartition("-")[2]}  # `Anna Lee`, of whom Lee may be the surname
