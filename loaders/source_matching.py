"""References in free text, such as `Lee et al., 2019`: which source they mean, if one alone."""

from __future__ import annotations

import re

from graph.names import slug
from loaders.given import Given
from loaders.naming import split_list
from loaders.references.identifiers import doi_of, year_of
from loaders.tables import Table

_WORD = re.compile(r"[^\W\d_][^\W_]+(?:[-'’][^\W_]+)*")


def match_sources(given: Given, tables: dict[str, Table]) -> None:
    """Give supporting references in free text the id of the one source that they can mean.

    `Lee 2019`, `Lee and Roy (2019)`, `Lee et al., 2019` mean the source whose first author is Lee
    and whose year is 2019, if there is one such source; a DOI means the source with that DOI.
    What means no source, or several, stays as it is and is told on assembly.

    Args:
        given: what :func:`loaders.column_map.read_mapped` gave; its evidence is changed.
        tables: tables of this or other inputs; ``sources.csv`` among them is looked at.
    """
    evidence = given.tables.get("evidence.csv")
    sources = tables.get("sources.csv")
    if evidence is None or sources is None:
        return
    ids: dict[str, str] = {}
    by_doi: dict[str, set[str]] = {}
    by_author: dict[tuple[str, int], set[str]] = {}
    for row in sources.rows:
        local = row.text("id")
        if not local:
            continue
        ids[local.casefold()] = local
        doi = doi_of(row.text("doi"))
        if doi:
            by_doi.setdefault(doi, set()).add(local)
        authors = split_list(row.cells.get("authors", []))
        year = year_of(row.text("year"))
        if authors and year:
            by_author.setdefault((_surname(authors[0]), year), set()).add(local)
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for row in evidence.rows:
        text = row.text("source")
        if text.casefold() not in ids:
            means = _meant(text, by_doi, by_author)
            if len(means) == 1:
                row.cells["source"] = [next(iter(means))]
        key = (row.text("source").casefold(), row.text("configuration"), row.text("stance"))
        if key not in seen:
            seen.add(key)
            kept.append(row)
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
    for length in range(min(len(words), 3), 0, -1):
        found = by_author.get((slug(" ".join(words[:length])), year))
        if found:
            return found
    return set()


def _surname(author: str) -> str:
    kept = [word for word in author.split() if not re.fullmatch(r"[A-Z]{1,4}\.?", word)]
    return slug(" ".join(kept) or author)
