"""Answers as tables: which columns a reader is shown of each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from api.site.shown import Cell, Column, Row, Scalar, Table, in_words, joined, record
from api.site.words import term, word
from graph.answers import (
    ConceptView,
    ConfigurationView,
    EvidenceView,
    FindingView,
    LoadView,
    MechanismView,
    PartView,
    ReviewView,
    SensitivityRow,
    Sort,
    SourceView,
    TheoryView,
)
from graph.answers.labels import label
from graph.model import Stance


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)
_OPTIONAL = frozenset(
    {"locator", "levels", "perspective", "setting", "appraisal", "related", "score", "because"}
    | {"declared_by", "note", "row", "database", "shared_contexts", "differs", "declarations"}
    | {"audience", "mechanisms", "polarity", "explains", "studies", "included", "aliases"}
)
"""Columns that are left out where nothing stands in them."""


def _columns(*keys: str) -> list[Column]:
    return [Column(key.rstrip("#"), key.endswith("#")) for key in keys]


def plain(value: object, key: Scalar = None) -> Cell:
    """A value as a cell; a number is sorted as one."""
    shown = "" if value is None else str(value)
    return Cell(shown, key=value if isinstance(value, int | float) else key)


def linked(kind: str, id_: str, name: str, below: str | None = None) -> Cell:
    """A record as a cell that leads to it."""
    return Cell(name or id_, to=record(kind, id_), below=below)


def _parts(parts: Sequence[PartView]) -> Cell:
    inferred = word("inferred")
    return _linked_all(
        ("concept", part.id, f"{part.name} ({inferred})" if part.inferred else part.name)
        for part in parts
    )


def _linked_all(records: Iterable[tuple[str, str, str]]) -> Cell:
    """Records, by kind, id and name, as a cell that leads to each."""
    return Cell("", links=[(name or id_, record(kind, id_)) for kind, id_, name in records])


def tabled(
    name: str, keys: Sequence[str], items: Sequence[T], cells: Callable[[T], list[Cell]]
) -> Table:
    """A table with a row for each record; a key that ends in # is a column of numbers."""
    rows = [Row(item.id, cells(item)) for item in items]
    return _without_empty(Table(name, _columns(*keys), rows, held=len(rows)))


def evidence_table(
    items: Sequence[EvidenceView], *, about: bool = True, source: bool = True
) -> Table:
    """Pieces of evidence; without what they are about, or from, where that is the page's own."""
    rows = []
    for item in items:
        said = item.quote or item.statement or ""
        grades = joined(
            f"{label(name)}: {term(grade)}"
            for name, grade in (
                ("relevance", item.relevance),
                ("rigour", item.rigour),
                ("richness", item.richness),
            )
            if grade
        )
        cells = [
            Cell(term(item.stance), to=record("evidence", item.id), below=item.id),
            Cell(said, below=item.statement if item.quote else None, quoted=item.quote is not None),
            Cell(
                item.source.citation,
                to=record("source", item.source.id),
                below=joined([term(item.source.kind), item.source.excluded]),
            ),
            plain(item.locator),
            in_words(*_placed("level", item.id, item.levels)),
            in_words(*_placed("perspective", item.id, filter(None, [item.perspective]))),
            plain(item.setting),
            plain(grades),
        ]
        if about:
            role = f"{term(item.about.kind)}" + (
                f", {term(item.about.role)}" if item.about.role else ""
            )
            cells.insert(2, linked(item.about.kind, item.about.id, item.about.name, role))
        if not source:
            del cells[3 if about else 2]
        rows.append(Row(item.id, cells))
    keys = ["stance", "said", "source", "locator", "levels", "perspective", "setting", "appraisal"]
    if about:
        keys.insert(2, "about")
    if not source:
        keys.remove("source")
    return _without_empty(Table("evidence", _columns(*keys), rows, held=len(rows)))


def _without_empty(table: Table) -> Table:
    """The table without optional columns in which nothing stands."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.key not in _OPTIONAL or any(row.cells[place].said for row in table.rows)
    ]
    return Table(
        table.name,
        [table.columns[place] for place in kept],
        [Row(row.id, [row.cells[place] for place in kept]) for row in table.rows],
        held=table.held,
    )


def mechanism_table(items: Sequence[MechanismView]) -> Table:
    """Mechanisms with what is stated and what the evidence makes of them."""

    def cells(item: MechanismView) -> list[Cell]:
        return [
            linked("mechanism", item.id, item.name, item.id),
            plain(term(item.stated)),
            plain(term(item.support)),
            plain(item.weight.amount(Sort.PRIMARY, Stance.SUPPORTS).works),
            plain(item.weight.amount(Sort.PRIMARY, Stance.CHALLENGES).works),
            plain(item.weight.text),
            plain(item.weight.pieces),
            in_words(*_placed("level", item.id, item.levels)),
        ]

    keys = ("name", "stated", "support", "supporting#", "challenging#", "weight", "evidence#")
    return tabled("mechanisms", (*keys, "levels"), items, cells)


def configuration_table(items: Sequence[ConfigurationView]) -> Table:
    """Configurations as sentences in columns: in these contexts, this, so that."""

    def cells(item: ConfigurationView) -> list[Cell]:
        return [
            linked("configuration", item.id, item.name, item.id),
            _parts(item.contexts),
            _parts(item.resources),
            _parts(item.reasonings),
            _parts(item.outcomes),
            plain(term(item.polarity)),
            _linked_all(("mechanism", one.id, one.name) for one in item.mechanisms),
        ]

    keys = ("name", "contexts", "resources", "reasonings", "outcomes", "polarity", "mechanisms")
    return tabled("configurations", keys, items, cells)


def concept_table(items: Sequence[ConceptView]) -> Table:
    """Concepts with how often they play each role."""

    def cells(item: ConceptView) -> list[Cell]:
        return [
            linked("concept", item.id, item.name, item.id),
            plain(joined(f"{term(role)}: {len(ids)}" for role, ids in item.roles.items())),
            plain(sum(len(ids) for ids in item.roles.values())),
            plain("; ".join(item.aliases)),
        ]

    return tabled("concepts", ("name", "roles", "configurations#", "aliases"), items, cells)


def source_table(items: Sequence[SourceView]) -> Table:
    """Sources, cited."""

    def cells(item: SourceView) -> list[Cell]:
        return [
            linked("source", item.id, item.citation, item.id),
            plain(term(item.kind)),
            plain(item.year),
            Cell(
                "" if item.included is None else word("yes" if item.included else "no"),
                below=item.excluded,
            ),
            plain(item.studies),
        ]

    keys = ("citation", "kind", "year#", "included", "studies#")
    return tabled("sources", keys, items, cells)


def theory_table(items: Sequence[TheoryView]) -> Table:
    """Theories and what they explain."""

    def cells(item: TheoryView) -> list[Cell]:
        return [
            linked("theory", item.id, item.name, item.id),
            plain(term(item.kind)),
            _linked_all((one.kind, one.id, one.name) for one in item.explains),
        ]

    return tabled("theories", ("name", "kind", "explains"), items, cells)


def finding_table(items: Sequence[FindingView]) -> Table:
    """Findings and who states them."""

    def levels(item: FindingView) -> Iterator[tuple[str, str, str]]:
        return _placed("level", item.id, item.levels, f"{word('col.levels')}: ")

    def perspectives(item: FindingView) -> Iterator[tuple[str, str, str]]:
        return _placed("perspective", item.id, item.perspectives, f"{word('col.perspectives')}: ")

    def cells(item: FindingView) -> list[Cell]:
        return [
            linked("finding", item.id, item.name, item.id),
            plain(term(item.kind)),
            plain(item.statement),
            replace(in_words(*levels(item), *perspectives(item)), links=_about(item)),
            plain("; ".join(item.audience)),
            _linked_all(("source", one.id, one.cited) for one in item.said_by),
            plain(item.locator),
        ]

    keys = ("name", "kind", "statement", "about", "audience", "said_by", "locator")
    return tabled("findings", keys, items, cells)


def _about(item: FindingView) -> list[tuple[str, str | None]]:
    return [(one.name or one.id, record(one.kind, one.id)) for one in item.about]


def _placed(
    kind: str, of: str, ids: Iterable[str], lead: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Levels or perspectives of a record, each with the id that it has in the record's review."""
    review = of.partition(":")[0]
    return ((lead, kind, f"{review}:{id_}") for id_ in ids)


def review_table(items: Sequence[ReviewView]) -> Table:
    """Reviews."""

    def cells(item: ReviewView) -> list[Cell]:
        return [
            linked("review", item.id, item.title, item.id),
            plain(joined(item.authors)),
            plain(item.year),
            plain(item.licence or word("not_stated")),
        ]

    return tabled("reviews", ("title", "authors", "year#", "licence"), items, cells)


def sensitivity_table(items: Sequence[SensitivityRow]) -> Table:
    """Mechanisms before and after a narrowing."""

    def cells(item: SensitivityRow) -> list[Cell]:
        return [
            linked("mechanism", item.id, item.name, item.id),
            plain(term(item.verdict)),
            plain(term(item.before.state)),
            plain(item.before.text),
            plain(term(item.after.state)),
            plain(item.after.text),
            Cell(
                item.rests_on.cited if item.rests_on else "",
                to=record("source", item.rests_on.id) if item.rests_on else None,
            ),
        ]

    keys = ("name", "verdict", "before", "before_weight", "after", "after_weight", "rests_on")
    return tabled("sensitivity", keys, items, cells)


def load_table(items: Sequence[LoadView]) -> Table:
    """Loads, newest first."""

    def cells(item: LoadView) -> list[Cell]:
        return [
            plain(item.at.replace("T", " ").removesuffix("+00:00")),
            # A load that was refused may name a review that there is not.
            linked("review", item.review, item.review)
            if item.refused is None
            else plain(item.review),
            plain(joined(file.name for file in item.files)),
            plain(item.new),
            plain(item.changed),
            plain(item.unchanged),
            plain(item.removed),
            plain(item.warned),
            plain(item.refused or ""),
        ]

    counts = ("new#", "changed#", "unchanged#", "removed#", "warned#")
    keys = ("at", "review", "files", *counts, "refused")
    return tabled("loads", keys, items, cells)
