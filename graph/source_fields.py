"""What a source says, computed of all its records: one record may know what another does not.

What the review's own files state goes first. The rest comes from the records, asked in turn: the
one that says most, then the next. What belongs together (authors and which of them are
organisations, year and what stands in its place) comes from one record. Nothing depends on the
order in which files were loaded, and a source that loses a record is what the others make of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph.answers import SourceView
from graph.damaged import damaged_doi, damaged_title
from graph.decisions import EXCLUDED, INCLUDED, Made, Outcome, by_outcome
from graph.model import Reference, Source
from graph.names import slug
from graph.people import key_of, may_be_one
from graph.works import words_of

ALL = "all"
"""In ``Source.from_records``: its own files state nothing of it."""

GROUPS: tuple[tuple[str, ...], ...] = (
    ("title",),
    ("form", "kind"),
    ("authors", "organisations", "more_authors"),
    ("year", "date"),
    ("journal",),
    ("volume",),
    ("issue",),
    ("pages",),
    ("publisher",),
    ("doi",),
    ("pmid",),
    ("url",),
)
"""Columns that come from one record together; the first is the one that matters."""

COLUMNS = tuple(column for group in GROUPS for column in group)
OUTCOME = ("included", "stage", "excluded_because")

Values = Mapping[str, Any]
_SAYS = {"doi": damaged_doi, "title": damaged_title}


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says of its source."""

    id: str
    file: str
    values: Values = field(hash=False)

    @classmethod
    def of(cls, record: Reference) -> Said:
        """A record as it is kept."""
        return cls(record.id, record.file, by_itself(record.reads_as))


@lru_cache(maxsize=4096)
def by_itself(reads_as: str | None) -> Values:
    """The source that a record is by itself; nothing for a record that does not say."""
    found: dict[str, Any] = json.loads(reads_as or "{}")
    return found


def brought(record: Reference, source: str) -> bool:
    """True for the record that brought a source, whatever it stands for now."""
    return bool(by_itself(record.reads_as).get("id") == source.partition(":")[2])


def source_of(record: Reference, id_: str) -> Source:
    """The source that a record brings by itself."""
    return Source(**{**by_itself(record.reads_as), "id": id_, "from_records": [ALL]})


def in_turn(records: Sequence[Said]) -> list[Said]:
    """The records in the order in which they are asked: those that say most first."""
    said = [one for one in records if one.values]
    return sorted(said, key=lambda one: (-_says(one.values), _text(one.values), one.id))


def _says(values: Values) -> int:
    return sum(bool(values.get(column)) for column in COLUMNS)


def _text(values: Values) -> str:
    return json.dumps({name: values.get(name) for name in COLUMNS}, sort_keys=True)


def from_records(asked: Sequence[Said]) -> dict[str, Any]:
    """The columns that records fill, asked in turn, with the values."""
    found: dict[str, Any] = {}
    for group in GROUPS:
        one = next((one for one in asked if _whole(group[0], one.values.get(group[0]))), None)
        one = one or next((one for one in asked if one.values.get(group[0])), None)
        one = one or next((one for one in asked if any(map(one.values.get, group))), None)
        if one is not None:
            found |= {name: one.values[name] for name in group if one.values.get(name)}
    return found


def _whole(column: str, value: Any) -> bool:
    damaged = _SAYS.get(column)
    return bool(value) and not (damaged is not None and damaged(value))


def stated_by_itself(source: Source | SourceView) -> dict[str, Any]:
    """What the review's own files state of a source in the columns that records may fill."""
    if source.from_records == [ALL]:
        return {}
    return {
        name: value
        for name in (*COLUMNS, *OUTCOME)
        if name not in source.from_records and (value := getattr(source, name)) not in (None, [])
    }


def computed(source: Source, records: Sequence[Said], outcome: Outcome | None) -> Source:
    """The source as its own files and all its records make it.

    Args:
        source: the source as it is held; what records filled in it is computed anew.
        records: every record that stands for it.
        outcome: what was decided of it, with the id of the stage; None if nothing was.
    """
    own, asked = stated_by_itself(source), in_turn(records)
    values, filled = dict(own), []
    for name, value in _gaps_filled(own, from_records(asked)).items():
        values[name] = value
        filled.append(name)
    if "included" not in own:
        decided = _decided(source, asked, outcome)
        values |= {name: value for name, value in decided.items() if name not in own}
        filled += [name for name in decided if name not in own]
    kept = source.model_dump(exclude={*COLUMNS, *OUTCOME, "from_records"})
    listed = [ALL] if source.from_records == [ALL] else sorted(filled)
    return Source(**kept, **values, from_records=listed)


def _gaps_filled(own: Values, said: Values) -> dict[str, Any]:
    """What records say in columns of which the own files say nothing."""
    found: dict[str, Any] = {}
    for group in GROUPS:
        apart = group == ("form", "kind")  # every source has a kind: that says nothing of its form
        if apart or not any(name in own for name in group):
            found |= {name: said[name] for name in group if name in said and name not in own}
    return found


def _decided(source: Source, asked: Sequence[Said], outcome: Outcome | None) -> dict[str, Any]:
    if outcome is not None:
        found = {"included": outcome.included, "stage": outcome.stage}
        found["excluded_because"] = outcome.because or None
        return {name: value for name, value in found.items() if value is not None}
    # Without stages, as EPPI-Reviewer marks its items.
    said = [one.values for one in asked if one.values.get("included") is not None]
    if len({values["included"] for values in said}) != 1:
        return {}
    because = next(filter(None, (values.get("excluded_because") for values in said)), None)
    found = {"included": said[0]["included"], "excluded_because": because, "stage": source.stage}
    return {name: value for name, value in found.items() if value is not None}


# ---- What records disagree about -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A column of which records say different things: each value with the records that say it."""

    column: str
    values: dict[str, list[str]]


def contradictions(source: str, own: Values, records: Sequence[Said]) -> list[Contradiction]:
    """Where records, or the review's own files, say different things about one source.

    Spelling is no difference: case, signs, abbreviated journals, turned or shortened names.

    Args:
        source: the source's id, which names what the own files state.
        own: what these state.
        records: the records that stand for it.
    """
    said = [*([Said(source, "", own)] if own else []), *in_turn(records)]
    found = []
    for column, alike in _ALIKE.items():
        values: dict[str, list[str]] = {}
        for one in said:
            value = one.values.get(column)
            if not value:
                continue
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            same = next((known for known in values if alike(known, shown)), shown)
            values.setdefault(same, []).append(one.id)
        if len(values) > 1:
            found.append(Contradiction(column, values))
    return found


def differing(
    source: str, own: bool | None, made: Sequence[Made], replaced: Mapping[str, set[str]]
) -> list[Contradiction]:
    """Where one file includes what another, or the review's own, excludes.

    At one stage, both ways; of two stages, an exclusion beside an inclusion in the own files.
    """
    said: dict[str, list[str]] = {} if own is None else {_OUTCOMES[own]: [source]}
    found = []
    for stage, here in sorted(by_outcome(made, replaced).items()):
        values: dict[str, list[str]] = {}
        for outcome, those in here.items():
            values[f"{outcome} at {stage}"] = [one.record for one in those]
            said.setdefault(outcome, []).extend(one.record for one in those)
        if len(values) > 1:
            found.append(Contradiction("included", values))
    if own is not None and not found and said.get(_OUTCOMES[not own]):
        found.append(Contradiction("included", said))
    return found


_OUTCOMES = {True: INCLUDED, False: EXCLUDED}


def _words(one: str, other: str) -> bool:
    return words_of(one) == words_of(other)


def _letters(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()


def _first_page(one: str, other: str) -> bool:
    return one.partition("-")[0].casefold() == other.partition("-")[0].casefold()


def _abbreviated(one: str, other: str) -> bool:
    """`J Nurs` and `Journal of Nursing`: each word begins as one of the other, in order."""
    small = {"of", "the", "and", "for", "in", "on", "a", "de", "der", "und", "et"}
    mine, theirs = (
        [word for word in slug(text).split("-") if word not in small] for text in (one, other)
    )
    return len(mine) == len(theirs) and all(
        a.startswith(b) or b.startswith(a) for a, b in zip(mine, theirs, strict=True)
    )


def _first_author(one: str, other: str) -> bool:
    return may_be_one(key_of(one.split(", ")[0]), key_of(other.split(", ")[0]))


_ALIKE = {
    "title": _words,
    "form": _letters,
    "authors": _first_author,
    "year": _letters,
    "journal": _abbreviated,
    "volume": _letters,
    "pages": _first_page,
    "doi": _letters,
    "pmid": _letters,
}
