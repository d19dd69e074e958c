"""The tables of evidence: by mechanism and level, piece by piece, sources, appraisal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from exports.report.gathered import GROUP_NAMES, GROUPS, PRIMARY, STAKEHOLDERS, SYNTHESES, Gathered
from exports.report.shape import Section, Table, joined, table
from graph.answers import (
    Cell,
    EvidenceView,
    GapMatrix,
    GapRow,
    Mark,
    Reach,
    SourceRef,
    SourceView,
    Weight,
)
from graph.answers.base import by_name
from graph.answers.labels import heading, headings
from graph.answers.signs import EVIDENCE, REPEATED, TWO_MARKS, WORDS, signed
from graph.answers.weight import Sort, told_of
from graph.model import QUALITIES, Grade

Names = Mapping[str, str]
"""How a table names each source, by its id."""


def by_sort(weight: Weight, sort: Sort) -> str:
    """Works of one sort by what they say: `2 for, 1 against, through k1`; 0 if there are none."""
    return told_of(weight, sort) or "0"


def apart(weight: Weight) -> str | None:
    """The excluded sources that say something and do not count, with the reasons given."""
    return joined(
        f"{one.source.citation} [{one.source.id}]: {one.source.why_excluded}"
        for one in weight.apart
    )


def called(source: SourceRef, names: Names) -> str:
    """How a table names a source; an excluded one with the reason that the review gives."""
    name = names.get(source.id, source.citation)
    return f"{name} ({source.excluded})" if source.excluded else name


def matrix(held: Gathered) -> Section:
    """Mechanisms by level: what evidence is entered, and what the review says."""
    found = held.matrix
    columns = [
        "Mechanism",
        *(
            "\n".join([column.name, *(signed(mark, in_cell=False) for mark in column.marks)])
            for column in found.columns
        ),
    ]
    if any(row.kind != "mechanism" for row in found.rows):
        columns[0] = "Mechanism or concept"
    rows = [
        ([_row(found, row), *map(_cell, row.cells)], [row.id])
        for row in found.rows
        if found.columns
    ]
    notes = [
        *found.notes,
        f"{TWO_MARKS} {REPEATED}",
        "Works are counted: primary ones (papers and grey literature), syntheses and stakeholders "
        "side by side, never as one sum. Evidence that does not state its level stands at the name "
        "of its mechanism, in no cell.",
    ]
    made = table(
        "By level",
        "Evidence by mechanism and level",
        columns,
        rows,
        notes=notes,
        keep=columns,
    )
    silent = [] if made else [*found.notes, "No evidence by mechanism and level is in the graph."]
    return Section(
        id="by-level",
        title="Evidence by mechanism and level",
        tables=made + _said(found),
        notes=silent,
    )


def _cell(cell: Cell) -> str:
    """Both marks: what evidence is entered, and what the review says."""
    lines = [f"{EVIDENCE[cell.state].sign} {cell.state.value}"]
    if cell.weight.amounts or cell.weight.apart:
        lines.append(cell.weight.text)
    lines += [f"{signed(mark)} {mark.told}" for mark in cell.marks]
    return "\n".join(lines)


def _row(matrix: GapMatrix, row: GapRow) -> str:
    """A row's name, with what is said of it as a whole and the evidence beside the matrix."""
    lines = [row.name, *(f"{signed(mark, in_cell=False)} {mark.told}" for mark in row.marks)]
    for cell in row.beside:
        lines.append(f"{matrix.column_of(cell)}: {EVIDENCE[cell.state].sign} {cell.weight.text}")
    return "\n".join(lines)


def _said(found: GapMatrix) -> list[Table]:
    """What the review says, each mark once, with its records."""
    order: list[tuple[str, Mark]] = [("the review", mark) for mark in found.marks]
    order += [(column.name, mark) for column in found.columns for mark in column.marks]
    for row in found.rows:
        order += [(row.name, mark) for mark in row.marks]
        order += [
            (f"{row.name}, {column.name}", mark)
            for column, cell in zip(found.columns, row.cells, strict=True)
            for mark in cell.marks
            if mark.reach is Reach.CELL
        ]
    return table(
        "What the review says",
        "What the review says of mechanisms and levels, and where",
        ["About", "Word", "Place", "What the records say", "Records", heading("locator")],
        (
            (
                [
                    about,
                    f"{WORDS[mark.word].sign} {mark.label}",
                    mark.place,
                    mark.text,
                    "\n".join(mark.ids) or "–",
                    joined(dict.fromkeys(one.locator for one in mark.records if one.locator)),
                ],
                mark.ids or [found.review],
            )
            for about, mark in order
        ),
        keep=("Word",),
        quiet=("Place",),
    )


def pieces(held: Gathered, names: Names) -> Section:
    """Every piece of evidence, in a table for each group of sources."""
    tables: list[Table] = []
    belongs = {
        one.id: [mechanism.name for mechanism in one.mechanisms] for one in held.configurations
    }
    review = held.review
    order = {word.name.casefold(): place for place, word in enumerate(review.levels)}

    def place(piece: EvidenceView) -> tuple[str, int, str, str]:
        levels = by_name(piece.levels, review.levels)
        first = min((order.get(level.casefold(), len(order)) for level in levels), default=10**6)
        return joined(_about(piece, belongs)) or "", first, piece.about.id, piece.id

    for group, kinds in GROUPS.items():
        found = sorted((one for one in held.evidence if one.source.kind in kinds), key=place)
        tables += table(
            f"Evidence {group}",
            f"Evidence from {GROUP_NAMES[group]}",
            [
                "Mechanism or target",
                "What it is about",
                *headings("levels", "stance", "extent"),
                "What is reported",
                *headings("perspective", "setting", "source", "locator"),
            ],
            (
                (
                    [
                        joined(_about(piece, belongs)),
                        _target(piece),
                        joined(by_name(piece.levels, review.levels)),
                        piece.stance.value,
                        piece.extent and piece.extent.value,
                        _words_of(piece),
                        joined(by_name(filter(None, [piece.perspective]), review.perspectives)),
                        piece.setting,
                        called(piece.source, names),
                        piece.locator,
                    ],
                    [piece.id, piece.source.id],
                )
                for piece in found
            ),
            keep=headings("stance", "source"),
            notes=_collective(found, names) if kinds == SYNTHESES else (),
        )
    notes = [] if tables else ["The graph holds no evidence of this review."]
    if held.evidence and not any(one.source.kind in PRIMARY for one in held.evidence):
        notes.append("No evidence in the graph comes from papers or grey literature.")
    return Section(id="evidence", title="Evidence", tables=tables, notes=notes)


def _about(piece: EvidenceView, belongs: Mapping[str, list[str]]) -> list[str]:
    """The mechanisms that it bears on; what it is about, where that is no mechanism's."""
    return belongs.get(piece.about.id) or [piece.about.name]


def _target(piece: EvidenceView) -> str:
    if piece.about.kind == "configuration":
        return f"configuration {piece.about.name}"
    return f"concept as {piece.about.role.value}" if piece.about.role else piece.about.kind


def _words_of(piece: EvidenceView) -> str | None:
    quote = f"“{piece.quote}”" if piece.quote else None
    return joined((text for text in (piece.statement, quote) if text), "\n")


def _collective(found: list[EvidenceView], names: Names) -> list[str]:
    return [
        f"{names.get(source.id, source.citation)} is {source.collectively}."
        for source in {piece.source.id: piece.source for piece in found}.values()
        if source.collectively
    ]


def characteristics(held: Gathered, names: Names) -> Section:
    """The sources that are included or used, in a table for each group."""
    shown = held.included()
    used: dict[str, int] = {}
    for piece in held.evidence:
        used[piece.source.id] = used.get(piece.source.id, 0) + 1
    stages = {stage.id: stage.name for stage in held.flow.stages}
    tables: list[Table] = []
    for group, kinds in GROUPS.items():
        found = [source for source in shown if source.kind in kinds]
        tables += table(
            f"Sources {group}",
            f"Characteristics of sources: {GROUP_NAMES[group]}",
            [
                heading("source"),
                *headings("kind", "title", "year", "journal", "included", "excluded_because"),
                *headings("stage", "studies", "attribution"),
                "Evidence",
                *headings("locator", "note"),
            ],
            ((_source(source, names, stages, used), [source.id]) for source in found),
            quiet=headings("excluded_because"),
            notes=("Evidence: pieces of evidence that come from the source.",),
        )
    notes = []
    excluded = sum(source.included is False for source in held.sources)
    listed = {source.id for source in shown}
    unstated = sum(source.included is None and source.id not in listed for source in held.sources)
    if not tables:
        notes.append("The graph holds no included sources of this review.")
    elif not any(source.kind in PRIMARY for source in shown):
        notes.append("The graph holds no papers or grey literature of this review.")
    if excluded:
        notes.append(f"Sources that the review excluded: {excluded}; listed only if used.")
    if unstated:
        notes.append(
            "Not listed: sources of which the graph does not say that they are included, and from "
            f"which no evidence comes: {unstated}."
        )
    notes += _one_work(shown, names)
    return Section(id="sources", title="Characteristics of sources", tables=tables, notes=notes)


_MOST_ROWS = 20
"""Rows of one work, and reasons, that a note names."""


def _one_work(shown: list[SourceView], names: Names) -> Iterator[str]:
    """A note for each work that has several rows; each row holds what the review says of it."""
    rows: dict[str | None, list[SourceView]] = {}
    for source in shown:
        rows.setdefault(source.work, []).append(source)
    for held in rows.values():
        if len(held) > 1:
            ids = {one.id for one in held}
            others = (other for one in held for other in one.same_work if other.id in ids)
            why = dict.fromkeys(reason for other in others for reason in other.shown_by)
            called = "; ".join(f"{names[one.id]} [{one.id}]" for one in held[:_MOST_ROWS])
            if len(held) > _MOST_ROWS:
                called += f"; and {len(held) - _MOST_ROWS} more"
            yield (
                f"One work in {len(held)} rows, counted once: {called}. What shows it: "
                f"{', '.join(islice(why, _MOST_ROWS))}."
            )


def _source(
    source: SourceView, names: Names, stages: Mapping[str, str], used: Mapping[str, int]
) -> list[object]:
    return [
        names[source.id],
        source.kind.value,
        source.title,
        source.year,
        source.journal,
        source.included,
        source.why_excluded or None,
        stages.get(source.stage or ""),
        source.studies,
        source.attribution and source.attribution.value,
        used.get(source.id, 0),
        source.locator,
        source.note,
    ]


def appraisal(held: Gathered, names: Names) -> Section:
    """The grades that the review states, the agreement of appraisers, and what is not settled."""
    tables: list[Table] = []
    for group, kinds in GROUPS.items():
        graded = [
            piece
            for piece in held.evidence
            if piece.source.kind in kinds and any(getattr(piece, one) for one in QUALITIES)
        ]
        tables += table(
            f"Appraisal {group}",
            f"Appraisal of evidence from {GROUP_NAMES[group]}",
            [
                *headings("source", "about", *QUALITIES, "coder"),
            ],
            (
                (
                    [
                        called(piece.source, names),
                        f"{piece.about.kind}: {piece.about.name}",
                        *(grade and grade.value for grade in _grades(piece)),
                        piece.coder,
                    ],
                    [piece.id, piece.source.id],
                )
                for piece in graded
            ),
            notes=("Fitness for purpose, as the review states it: low, moderate or high.",),
        )
    tables += _agreed(held)
    notes = []
    if not tables:
        notes.append("Relevance, rigour and richness: not reported.")
    if any(one.source.kind in STAKEHOLDERS for one in held.evidence) and tables:
        notes.append("What stakeholders say is shown apart from the literature.")
    return Section(id="appraisal", title="Appraisal", tables=tables, notes=notes)


def _grades(piece: EvidenceView) -> tuple[Grade | None, ...]:
    return piece.relevance, piece.rigour, piece.richness


def _agreed(held: Gathered) -> list[Table]:
    pairs = table(
        "Agreement",
        "Agreement of appraisers",
        [
            "Quality",
            "Appraiser",
            "Appraiser 2",
            "Graded by both",
            "Graded alike",
            "Cohen’s κ",
        ],
        (
            (
                [
                    pair.quality,
                    pair.one,
                    pair.other,
                    pair.both,
                    pair.same,
                    None if pair.kappa is None else f"{pair.kappa:.2f}",
                ],
                [held.review.id],
            )
            for pair in held.agreement.pairs
        ),
        notes=held.agreement.notes,
    )
    open_ = table(
        "Not settled",
        "Grades that appraisers have not settled",
        ["Evidence", "Quality", "Grades"],
        (
            (
                [
                    one.evidence,
                    one.quality,
                    joined(f"{by.appraiser}: {by.grade.value}" for by in one.grades),
                ],
                [one.evidence, *(by.appraisal for by in one.grades)],
            )
            for one in held.unresolved
        ),
    )
    return pairs + open_
