"""References in free text, such as `Lee et al., 2019`: which sources they mean, if no other."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from graph.errors import Problem, Severity
from graph.model import ReviewBundle
from graph.names import nearest
from loaders.citations import Cited, Unclear, cited, meant_by
from loaders.known_sources import KnownSources
from loaders.naming import split_list
from loaders.parsed_input import Given, References
from loaders.references.identifiers import year_of
from loaders.tables import Row, Table

_MOST_NAMED = 6
_OF_ONE = frozenset({"quote", "locator", "span", "text_hash"})
"""What can be of one source only."""
_SAID_BY = "said by"
"""The source, of those of a row, that its quote names."""
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BEFORE = re.compile(r"[^:“\"]{2,80}:(?=\s*[“\"])")
_BEHIND = re.compile(r"(?<=[”\"])[^”\"()\[\]]{2,80}$")
_MOST_GUESSED = 500
"""Problems up to which it is looked for what may have been meant."""
_EXPECTED = (
    "a source by its id, its DOI, its number in the report's list (column reference), or author "
    "and year"
)

UNNAMED = "unnamed"
"""The id of the made-up review that files are checked against if none is named."""


def match_sources(inputs: Sequence[Given], base: ReviewBundle | None = None) -> None:
    """Give what evidence names in free text the ids of the sources that it means.

    `Lee 2019`, `Lee and Roy (2019)`, `Lee et al., 2019` mean the source whose first author is Lee
    and whose year is 2019, if there is one such source; `[25-31]` the sources with these numbers
    in the report's list; a DOI the source with that DOI. A cell of references that a map of columns
    names gives a piece of evidence for each; what is left of it is an error. Where a row takes one
    source alone, what means none, or several, stays as it is and is told on assembly.

    Args:
        inputs: what was read; their evidence is changed.
        base: the review that they add to: its sources can be meant too.
    """
    ids = {one.local_id.casefold() for one in base.sources} if base is not None else set()
    ids |= {row.text("id").casefold() for given in inputs for row in given.rows_of("sources.csv")}
    ids |= {alias.casefold() for given in inputs for alias in given.same_source}
    asking = [
        row
        for given in inputs
        for row in given.rows_of("evidence.csv")
        if (text := row.text("source")) and text.casefold() not in ids
    ]
    if not asking and not any(given.cited for given in inputs):
        return  # most evidence names its sources by id
    known = _known(inputs, base)
    stated = any(given.states_review for given in inputs)
    nowhere = not known.ids and not stated and base is not None and base.review.id == UNNAMED
    if nowhere:  # the review that they will belong to may have them
        known.complete = False
    for row in asking:
        means = meant_by(row.text("source"), known)
        if means is not None:
            row.cells["source"] = [means]
    for given in inputs:
        for text, source in given.said_sources.items():
            known.say(text, source)
        if given.cited:
            refused = _expand(given, known)
            if refused and not known.ids:
                given.problems.append(_none_known(given, refused, base, stated))
            elif not known.complete and nowhere:
                given.problems.append(_not_yet_known(given))


def _known(inputs: Sequence[Given], base: ReviewBundle | None) -> KnownSources:
    known = KnownSources()
    for source in base.sources if base is not None else ():
        known.add(
            source.local_id,
            title=source.title,
            reference=source.reference or "",
            doi=source.doi or "",
            pmid=source.pmid or "",
            authors=source.authors,
            more_authors=bool(source.more_authors),
            year=source.year,
            date=source.date or "",
        )
    for given in inputs:
        known.complete = known.complete and "sources.csv" not in given.unread
        for row in given.rows_of("sources.csv"):
            known.add(
                row.text("id"),
                title=row.text("title"),
                reference=row.text("reference"),
                doi=row.text("doi"),
                pmid=row.text("pmid"),
                authors=split_list(row.cells.get("authors", []), repeats=True),
                more_authors=bool(row.text("more_authors")),
                year=year_of(row.text("year")),
                date=row.text("date"),
            )
    return known


def _expand(given: Given, known: KnownSources) -> list[References]:
    """A piece of evidence for each source that a row of a mapped sheet cites; cells refused."""
    refused = []
    table = given.tables["evidence.csv"]
    seen = set()
    readings = [(one, cited(one.text, known, one.separator)) for one in given.cited]
    _own_words(given, table, readings, known)
    for one, found in readings:
        pages = one.row.cells.get("locator")
        for mention in found.mentions:
            cells = {**one.row.cells, "source": [mention.source]}
            if cells.pop(_SAID_BY, [mention.source]) != [mention.source]:
                cells.pop("quote")
            if mention.pages and not pages:
                cells["locator"] = [mention.pages]
            key = json.dumps(sorted(cells.items()))
            if key not in seen:
                seen.add(key)
                table.rows.append(Row(one.row.number, cells))
        left = [*found.unclear]
        if pages:
            left += [Unclear(mention.pages) for mention in found.mentions if mention.pages]
        if known.complete and left:
            table.refused.add(one.row.number)
            refused.append(one)
            if not known.ids:  # told once of all cells
                continue
            guessing = len(given.problems) < _MOST_GUESSED
            given.problems += [
                _told(one, part, found, known, table, guessing=guessing) for part in left
            ]
    return refused


def _near(text: str, known: KnownSources) -> str:
    """What may have been meant by what names no source."""
    if not any(map(str.isalpha, text)):
        numbers = known.numbers if any(map(str.isdecimal, text)) else ()
        return f"the list has {min(numbers)} to {max(numbers)}; " if numbers else ""
    close = nearest(text, known.ids.values(), limit=1)
    return f"did you mean {close[0]!r}? " if close else ""


def _own_words(
    given: Given, table: Table, readings: list[tuple[References, Cited]], known: KnownSources
) -> None:
    """Give what one source alone can say to that source, or keep it with the configuration.

    A quote beside several sources is the one's that it names itself, if it is one of them. Nobody
    has said whose it is otherwise.
    """
    beside: dict[tuple[str, int], dict[str, None]] = {}
    for one, found in readings:
        for key in _OF_ONE & set(one.row.cells):
            sources = beside.setdefault((key, one.said_in[key]), {})
            sources.update(dict.fromkeys(mention.source for mention in found.mentions))
    notes = {row.text("id"): row for row in given.rows_of("configurations.csv")}
    kept = set()
    for one, _ in readings:
        for key in sorted(_OF_ONE & set(one.row.cells)):
            sources, row = beside[key, one.said_in[key]], one.said_in[key]
            if len(sources) < 2:
                continue
            text = one.row.cells[key][0]
            named = _named_in(text, known) & set(sources) if key == "quote" else set()
            if len(named) == 1:
                one.row.cells[_SAID_BY] = [*named]
                continue
            del one.row.cells[key]
            if (key, row) in kept:
                continue
            kept.add((key, row))
            header = table.headers[key]
            of = notes[one.row.text("configuration")]
            note = f"{header}, beside {', '.join(sources)} (row {row}): {text}"
            of.cells["note"] = ["\n".join([*of.cells.get("note", []), note])]
            for tally in given.cells:
                if tally.sheet == table.sheet:
                    tally.row(row, read=-1, noted=1)
            given.problems.append(
                Problem(
                    severity=Severity.WARNING,
                    file=table.file,
                    sheet=table.sheet,
                    row=row,
                    column=header,
                    message="several sources stand beside this, and it does not say whose it is; "
                    "it was kept as a note of the configuration",
                    found=text[:120],
                    expected=f"one of {', '.join([*sources][:_MOST_NAMED])}",
                    hint="give each source a row of its own"
                    + (", or end the quote with its source in brackets" * (key == "quote")),
                )
            )


def _named_in(quote: str, known: KnownSources) -> set[str]:
    """The sources that are named beside the words of a quote: in brackets, before or behind it."""
    places = [found[1] for found in _IN_BRACKETS.finditer(quote)]
    places += [found[0] for found in (_BEFORE.match(quote), _BEHIND.search(quote)) if found]
    readings = [cited(place.strip(" :-–—"), known) for place in places]
    return {one.source for found in readings if not found.unclear for one in found.mentions}


def _none_known(
    given: Given, refused: Sequence[References], base: ReviewBundle | None, stated: bool
) -> Problem:
    """What is told once of all cells that cite something, where there are no sources at all."""
    cells, first, table = len(refused), refused[0], given.tables["evidence.csv"]
    hint = "load the references together with this file"
    if base is not None and not stated:
        hint = f"{base.review.id} holds no source: {hint}"
    return Problem(
        file=table.file,
        sheet=table.sheet,
        row=first.row.number,
        column=first.header,
        message="this cell cites references, and no sources are known"
        if cells == 1
        else f"{cells} cells cite references, and no sources are known: this is the first",
        found=first.text[:120],
        expected="sources, of a reference file or in the review",
        hint=hint,
    )


def _not_yet_known(given: Given) -> Problem:
    """What is told once of a sheet that cites something and belongs to no review yet."""
    first, table, cells = given.cited[0], given.tables["evidence.csv"], len(given.cited)
    return Problem(
        severity=Severity.WARNING,
        file=table.file,
        sheet=table.sheet,
        row=first.row.number,
        column=first.header,
        message=f"{cells} cell{' cites' if cells == 1 else 's cite'} references; which sources "
        "they mean is seen once sources are known",
        found=first.text[:120],
        hint="check it together with the references, or name the review that has them: --review",
    )


def _told(
    one: References,
    part: Unclear,
    found: Cited,
    known: KnownSources,
    table: Table,
    *,
    guessing: bool,
) -> Problem:
    in_map = f"sources: {{{json.dumps(part.text, ensure_ascii=False)}: "
    expected: str | None = None
    if len(part.may_be) > 1:
        message = "this can be any of several sources"
        expected = f"one of {', '.join(part.may_be[:_MOST_NAMED])}"
        hint = f"write the id of the one that is meant, or say so in the map: {in_map}…}}"
    elif part.may_be:
        message = "no source has this letter behind its year"
        expected = f"{part.may_be[0]}, if that is meant"
        hint = f"say so in the map: {in_map}{part.may_be[0]}}}; or in the source's column date"
    else:
        whole = not found.mentions and len(found.unclear) == 1
        message = f"this{'' if whole else ' part of the cell'} names no source"
        expected = _EXPECTED
        hint = _near(part.text, known) if guessing else ""
        hint += f"what it means can be said in the map: {in_map}…}}"
    return Problem(
        file=table.file,
        sheet=table.sheet,
        row=one.row.number,
        column=one.header,
        message=message,
        found=part.text[:120],
        expected=expected,
        hint=hint[:300],
    )
