"""Answers as tables: which columns a reader is shown of each kind of record."""

from __future__ import annotations

from collections.abc import Sequence

from api.site.shown import Cell, Column, Row, Scalar, Table, joined, record
from api.site.words import term, word
from graph.answers import (
    ConceptView,
    ConfigurationView,
    EvidenceView,
    FindingView,
    LoadView,
    MechanismView,
    Named,
    PartView,
    ReviewView,
    SensitivityRow,
    SourceView,
    TheoryView,
)

_OPTIONAL = frozenset({"locator", "levels", "perspective", "setting", "appraisal"})


def _columns(*keys: str) -> list[Column]:
    return [Column(key.rstrip("#"), key.endswith("#")) for key in keys]


def _text(value: object, key: Scalar = None) -> Cell:
    shown = "" if value is None else str(value)
    return Cell(shown, key=value if isinstance(value, int | float) else key)


def _of(kind: str, id_: str, name: str, below: str | None = None) -> Cell:
    return Cell(name or id_, to=record(kind, id_), below=below)


def _parts(parts: Sequence[PartView]) -> Cell:
    inferred = word("inferred")
    return Cell(
        "; ".join(f"{part.name} ({inferred})" if part.inferred else part.name for part in parts)
    )


def _names(parts: Sequence[Named]) -> str:
    return "; ".join(part.name for part in parts)


def evidence_table(items: Sequence[EvidenceView], *, about: bool = True) -> Table:
    """Pieces of evidence; without what they are about where that is the page's own subject."""
    rows = []
    for item in items:
        said = item.quote or item.statement or ""
        grades = joined(
            f"{word(f'col.{name}')}: {term(grade)}"
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
                below=term(item.source.kind),
            ),
            _text(item.locator),
            _text(joined(item.levels)),
            _text(item.perspective),
            _text(item.setting),
            _text(grades),
        ]
        if about:
            role = f"{term(item.about.kind)}" + (
                f", {term(item.about.role)}" if item.about.role else ""
            )
            cells.insert(2, _of(item.about.kind, item.about.id, item.about.name, role))
        rows.append(Row(item.id, cells))
    keys = ["stance", "said", "source", "locator", "levels", "perspective", "setting", "appraisal"]
    if about:
        keys.insert(2, "about")
    return _without_empty(Table("evidence", _columns(*keys), rows, held=len(rows)))


def _without_empty(table: Table) -> Table:
    """The table without optional columns in which nothing stands."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.key not in _OPTIONAL or any(row.cells[place].text for row in table.rows)
    ]
    return Table(
        table.name,
        [table.columns[place] for place in kept],
        [Row(row.id, [row.cells[place] for place in kept]) for row in table.rows],
        held=table.held,
    )


def mechanism_table(items: Sequence[MechanismView]) -> Table:
    """Mechanisms with what is stated and what the evidence makes of them."""
    rows = [
        Row(
            item.id,
            [
                _of("mechanism", item.id, item.name, item.id),
                _text(term(item.stated)),
                _text(term(item.support)),
                _text(item.supporting_sources),
                _text(item.challenging_sources),
                _text(item.evidence),
                _text(joined(item.levels)),
            ],
        )
        for item in items
    ]
    keys = ("name", "stated", "support", "supporting#", "challenging#", "evidence#", "levels")
    return Table("mechanisms", _columns(*keys), rows, held=len(rows))


def configuration_table(items: Sequence[ConfigurationView]) -> Table:
    """Configurations as sentences in columns: in these contexts, this, so that."""
    rows = [
        Row(
            item.id,
            [
                _of("configuration", item.id, item.name, item.id),
                _parts(item.contexts),
                _parts(item.resources),
                _parts(item.reasonings),
                _parts(item.outcomes),
                _text(term(item.polarity)),
                _text(_names(item.mechanisms)),
            ],
        )
        for item in items
    ]
    keys = ("name", "contexts", "resources", "reasonings", "outcomes", "polarity", "mechanisms")
    return Table("configurations", _columns(*keys), rows, held=len(rows))


def concept_table(items: Sequence[ConceptView]) -> Table:
    """Concepts with how often they play each role."""
    rows = [
        Row(
            item.id,
            [
                _of("concept", item.id, item.name, item.id),
                _text(joined(f"{term(role)}: {len(ids)}" for role, ids in item.roles.items())),
                _text(sum(len(ids) for ids in item.roles.values())),
                _text("; ".join(item.aliases)),
            ],
        )
        for item in items
    ]
    return Table(
        "concepts", _columns("name", "roles", "configurations#", "aliases"), rows, held=len(rows)
    )


def source_table(items: Sequence[SourceView]) -> Table:
    """Sources, cited."""
    rows = [
        Row(
            item.id,
            [
                _of("source", item.id, item.citation, item.id),
                _text(term(item.kind)),
                _text(item.year),
                _text("" if item.included is None else word("yes" if item.included else "no")),
                _text(item.studies),
            ],
        )
        for item in items
    ]
    keys = ("citation", "kind", "year#", "included", "studies#")
    return Table("sources", _columns(*keys), rows, held=len(rows))


def theory_table(items: Sequence[TheoryView]) -> Table:
    """Theories and what they explain."""
    rows = [
        Row(
            item.id,
            [
                _of("theory", item.id, item.name, item.id),
                _text(term(item.kind)),
                _text("; ".join(target.name for target in item.explains)),
            ],
        )
        for item in items
    ]
    return Table("theories", _columns("name", "kind", "explains"), rows, held=len(rows))


def finding_table(items: Sequence[FindingView]) -> Table:
    """Findings and who states them."""
    rows = [
        Row(
            item.id,
            [
                _of("finding", item.id, item.name, item.id),
                _text(term(item.kind)),
                _text(item.statement),
                _text("; ".join(target.name for target in item.about)),
                _text("; ".join(source.citation for source in item.said_by)),
                _text(item.locator),
            ],
        )
        for item in items
    ]
    keys = ("name", "kind", "statement", "about", "said_by", "locator")
    return Table("findings", _columns(*keys), rows, held=len(rows))


def review_table(items: Sequence[ReviewView]) -> Table:
    """Reviews."""
    rows = [
        Row(
            item.id,
            [
                _of("review", item.id, item.title, item.id),
                _text(joined(item.authors)),
                _text(item.year),
                _text(item.licence or word("not_stated")),
            ],
        )
        for item in items
    ]
    return Table("reviews", _columns("title", "authors", "year#", "licence"), rows, held=len(rows))


def sensitivity_table(items: Sequence[SensitivityRow]) -> Table:
    """Mechanisms before and after a narrowing."""
    rows = [
        Row(
            item.id,
            [
                _of("mechanism", item.id, item.name, item.id),
                _text(term(item.verdict)),
                _text(term(item.before.support)),
                _text(item.before.supporting_sources),
                _text(term(item.after.support)),
                _text(item.after.supporting_sources),
                Cell(
                    item.rests_on.citation if item.rests_on else "",
                    to=record("source", item.rests_on.id) if item.rests_on else None,
                ),
            ],
        )
        for item in items
    ]
    keys = ("name", "verdict", "before", "before_n#", "after", "after_n#", "rests_on")
    return Table("sensitivity", _columns(*keys), rows, held=len(rows))


def load_table(items: Sequence[LoadView]) -> Table:
    """Loads, newest first."""
    rows = [
        Row(
            item.id,
            [
                _text(item.at),
                _of("review", item.review, item.review),
                _text(joined(file.name for file in item.files)),
                _text(item.new),
                _text(item.changed),
                _text(item.unchanged),
                _text(item.removed),
                _text(item.warned),
            ],
        )
        for item in items
    ]
    keys = ("at", "review", "files", "new#", "changed#", "unchanged#", "removed#", "warned#")
    return Table("loads", _columns(*keys), rows, held=len(rows))
