"""Records of a reference file that was loaded before: known again by what did not change.

The id of a record, and that of the source that it brings, is made of all that it says. A vote, a
note or a corrected title would make another one of it. So records that are new to a file are
compared with those that have gone from it, and keep the ids that these had: by DOI or PubMed id,
or by title, authors and year, of which one may be another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pydantic_core import to_json

from graph.model import Reference, ReviewBundle
from graph.source_fields import by_itself
from loaders.parsed_input import Given
from loaders.similarity import (
    GENERIC,
    NEARLY,
    SAME_NUMBER,
    Likeness,
    agreements,
    likeness_of_record,
    likeness_of_row,
    most_alike,
    of_other_parts,
    other_numbers,
    share_author,
    titles_alike,
)

_MOST_OF_A_GROUP = 100

_Placed = tuple[int, Likeness]
"""Which record of its file it is, and what is compared of it."""


def known_again(inputs: Sequence[Given], held: ReviewBundle | None) -> None:
    """Let corrected records keep their ids, and those of their sources; changes the inputs' rows.

    Args:
        inputs: what was read.
        held: the review as it was before.
    """
    by_file: dict[str, list[Reference]] = defaultdict(list)
    for record in held.references if held is not None else ():
        by_file[record.file].append(record)
    for given in inputs:
        was = by_file.get(given.file)
        if was and "records" in given.records and "references.csv" in given.tables:
            _keep_ids(given, was)


def _keep_ids(given: Given, was: Sequence[Reference]) -> None:
    references = given.tables["references.csv"].rows
    here = {row.text("id") for row in references}
    there = {record.local_id for record in was}
    gone = [record for record in was if record.local_id not in here and record.reads_as]
    new = [row for row in references if row.text("id") not in there]
    if not gone or not new:
        return
    sources = {row.text("id"): row for row in given.tables["sources.csv"].rows}
    stood = {record.id: at for at, record in enumerate(sorted(was, key=_line))}
    stands = {row.text("id"): at for at, row in enumerate(references)}
    before = [(stood[record.id], likeness_of_record(record)) for record in gone]
    now = [(stands[row.text("id")], likeness_of_row(sources[row.text("source")])) for row in new]
    for mine, theirs in _pairs(now, before):
        row, record = new[mine], gone[theirs]
        local = by_itself(record.reads_as)["id"]
        made = row.text("source")
        if local != made and local in sources:
            continue
        source = sources[local] = sources.pop(made)
        source.cells["id"] = [local]
        given.same_source[made] = local
        row.cells["id"] = [record.local_id]
        row.cells["source"] = [local]
        row.cells["reads_as"] = [to_json({**by_itself(row.text("reads_as")), "id": local}).decode()]


def _line(record: Reference) -> tuple[int, str]:
    return record.row or 0, record.id


def _pairs(now: Sequence[_Placed], before: Sequence[_Placed]) -> Iterator[tuple[int, int]]:
    """What is one record, by its places in both lists; the most alike first, each once."""
    by: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (_, other) in enumerate(before):
        for key in _keys(other):
            by[key].append(place)
    found = []
    for at, (stands, one) in enumerate(now):
        near = {place for key in _keys(one) for place in by.get(key, ())[:_MOST_OF_A_GROUP]}
        for place in near:
            stood, other = before[place]
            score = _score(one, other, in_place=stands == stood)
            if score:
                found.append((-score, abs(stands - stood), at, place))
    return most_alike(found)


def _keys(one: Likeness) -> Iterator[tuple[str, str]]:
    yield "title", one.title
    if one.doi:
        yield "doi", one.doi
    if one.pmid:
        yield "pmid", one.pmid
    if one.authors:
        yield "author", one.authors[0].text


def _score(one: Likeness, other: Likeness, *, in_place: bool) -> float:
    """How much of a record did not change; 0 if it is another one."""
    titles = titles_alike(one, other)
    score = titles / 100 + (one.authors == other.authors) + (one.year == other.year)
    score += (one.pages == other.pages) + (one.journal == other.journal)
    if (one.doi and one.doi == other.doi) or (one.pmid and one.pmid == other.pmid):
        return 5 + score if titles >= SAME_NUMBER else 0.0
    authors = share_author(one, other) if one.authors and other.authors else None
    if titles < NEARLY or authors is False or of_other_parts(one, other):
        return 0.0
    same_time = one.year == other.year
    if titles < 100:  # a title put right: then no number may tell them apart
        apart = other_numbers(one, other)
        return score if authors and not apart and (same_time or in_place) else 0.0
    if len(one.words) <= GENERIC and not (in_place and len(one.words) > 2):
        return score if agreements(one, other) >= (2 if same_time else 3) else 0.0
    return score if authors or same_time else 0.0
