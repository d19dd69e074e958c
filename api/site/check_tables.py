"""Answers about a review's soundness, its references and its neighbours, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.site.addresses import chain_address
from api.site.page_model import FOLDERS, Cell, Column, Row, Table, joined, listed, record
from api.site.tables import linked, plain, tabled
from api.site.words import term, word
from graph.answers import (
    BrokenBy,
    Comparison,
    EvidenceView,
    FileOverlap,
    Overlap,
    PairAgreement,
    ReferenceView,
    SameAsView,
    Unresolved,
)
from graph.answers.labels import label
from graph.answers.lint import Complaint, LintRule, RuleCount


def complaint_table(items: Sequence[Complaint]) -> Table:
    """What lint complains of, each with the records that it is about."""

    def cells(item: Complaint) -> list[Cell]:
        others = [
            (one.name or one.id, record(one.kind, one.id) if one.kind in FOLDERS else None)
            for one in item.related
            if one.id != item.record
        ]
        return [
            linked(item.kind, item.record, item.name, item.record),
            plain(item.rule),
            Cell(item.message, below="; ".join(item.found) or None),
            Cell("", links=others),
            plain(item.score),
            Cell(item.because or "", below=item.declared_by),
        ]

    keys = ("record", "rule", "message", "related", "score#", "because")
    return tabled("lint", keys, items, cells)


def rule_table(
    counts: Sequence[RuleCount], rules: Mapping[str, LintRule], review: str | None
) -> Table:
    """The rules that were applied, why, and how often each speaks."""
    rows = [
        Row(
            one.rule,
            [
                Cell(one.rule, to=listed("/lint", review=review, rule=one.rule)),
                plain(one.complaints),
                plain(one.silenced),
                Cell(
                    rules[one.rule].complains_of.replace("`", ""),
                    below=rules[one.rule].reason.replace("`", ""),
                ),
            ],
        )
        for one in counts
    ]
    columns = [Column("rule"), Column("complaints", True), Column("silenced", True)]
    return Table("rules", [*columns, Column("complains_of")], rows, held=len(rows))


def unresolved_table(items: Sequence[Unresolved], pieces: Mapping[str, EvidenceView]) -> Table:
    """Grades that appraisers have not settled, with the evidence that they are of."""

    def cells(item: Unresolved) -> list[Cell]:
        piece = pieces[item.evidence]
        return [
            linked("evidence", piece.id, piece.about.name, piece.id),
            Cell(piece.quote or piece.statement or "", quoted=piece.quote is not None),
            linked("source", piece.source.id, piece.source.cited),
            plain(label(item.quality)),
            plain(joined(f"{one.appraiser}: {term(one.grade)}" for one in item.grades)),
        ]

    keys = ("evidence_about", "said", "source", "quality", "grades")
    return tabled("agreement", keys, items, cells)


def pair_table(items: Sequence[PairAgreement]) -> Table:
    """How far appraisers agree, pair by pair."""
    rows = [
        Row(
            str(place),
            [
                Cell(item.review, to=record("review", item.review)),
                plain(label(item.quality)),
                plain(f"{item.one}, {item.other}"),
                plain(item.both),
                plain(item.same),
                plain(word("ag.no_kappa") if item.kappa is None else item.kappa),
            ],
        )
        for place, item in enumerate(items, start=1)
    ]
    columns = [Column("review"), Column("quality"), Column("appraisers")]
    numbers = [Column(name, True) for name in ("both", "same", "kappa")]
    return Table("pairs", [*columns, *numbers], rows, held=len(rows))


def broken_table(items: Sequence[BrokenBy], ends: dict[str, Any]) -> Table:
    """Sources by how many chains break without them."""
    rows = [
        Row(
            item.source.id,
            [
                linked("source", item.source.id, item.source.cited, term(item.source.kind) or None),
                plain(item.chains),
                plain(item.of),
                Cell(
                    "",
                    links=[
                        (one.name or one.id, record("configuration", one.id))
                        for one in item.configurations
                    ],
                ),
                Cell(
                    "",
                    links=[
                        (one.replace(">", " → "), chain_address(ends, one)) for one in item.examples
                    ],
                ),
            ],
        )
        for item in items
    ]
    columns = [Column("citation"), Column("broken", True), Column("standing", True)]
    more = [Column("alone"), Column("examples")]
    return Table("weakest-link", [*columns, *more], rows, held=len(rows))


def sameness_table(items: Sequence[SameAsView]) -> Table:
    """What is declared to be the same."""

    def cells(item: SameAsView) -> list[Cell]:
        held = item.other_name is not None
        return [
            linked(item.kind, item.one.id, item.one.name, item.one.id),
            Cell(
                item.other_name or item.other,
                to=record(item.other_kind, item.other) if item.other_kind else None,
                below=item.other if held else word("sa.not_held"),
            ),
            plain(joined(dict.fromkeys((term(item.kind), term(item.other_kind))))),
            plain(word("yes" if item.in_effect else "no")),
            plain(item.declared_by),
            plain(item.note),
        ]

    return tabled(
        "same-as", ("one", "other", "kind", "in_effect", "declared_by", "note"), items, cells
    )


def reference_table(items: Sequence[ReferenceView], *, of_one: bool = False) -> Table:
    """Records of reference files, each with the source it stands for unless all are of one."""

    def cells(item: ReferenceView) -> list[Cell]:
        return [
            linked("source", item.source.id, item.source.name, item.source.id),
            plain(item.file),
            plain(item.row),
            plain(item.database),
            plain(term(item.merged_by) or word("rf.brought")),
            plain(item.score),
        ][of_one:]

    keys = ("stands_for", "file", "row#", "database", "merged_by", "score#")
    return tabled("references", keys[of_one:], items, cells)


def file_table(review: str, items: Sequence[FileOverlap]) -> Table:
    """What each reference file holds."""
    rows = [
        Row(
            str(place),
            [
                Cell(item.file, to=listed("/references", review=review, file=item.file)),
                plain(item.records),
                plain(item.sources),
                plain(item.unique),
            ],
        )
        for place, item in enumerate(items, start=1)
    ]
    numbers = [Column(name, True) for name in ("records", "sources_n", "unique")]
    return Table("files", [Column("file"), *numbers], rows, held=len(rows))


def overlap_table(items: Sequence[Overlap]) -> Table:
    """Sources by the set of files that they are in."""
    rows = [
        Row(
            str(place),
            [plain("; ".join(item.files)), plain(len(item.files)), plain(item.sources)],
        )
        for place, item in enumerate(items, start=1)
    ]
    columns = [Column("files"), Column("files_n", True), Column("sources_n", True)]
    return Table("overlap", columns, rows, held=len(rows))


def comparison_table(items: Sequence[Comparison]) -> Table:
    """Mechanisms of reviews side by side; the same only by declaration."""

    def cells(item: Comparison) -> list[Cell]:
        names = {one.id: one.name for each in item.mechanisms for one in each.contexts}
        return [
            Cell(
                "",
                links=[(one.name, record("mechanism", one.id)) for one in item.mechanisms],
                below="; ".join(one.id for one in item.mechanisms),
            ),
            plain(joined(item.reviews)),
            plain(word("yes" if item.shared else "no")),
            plain(
                "; ".join(
                    word(
                        "cp.support",
                        review=one.review,
                        support=term(one.support),
                        weight=one.weight.text,
                    )
                    for one in item.mechanisms
                )
            ),
            plain(
                "; ".join(
                    f"{one.review}: {joined(one.levels)}" for one in item.mechanisms if one.levels
                )
            ),
            Cell(
                "",
                links=[
                    (names.get(id_, id_), record("concept", id_)) for id_ in item.shared_contexts
                ],
            ),
            plain(joined(term(one) for one in item.differs)),
            Cell(
                "",
                links=[
                    (one, listed("/same-as", review=one.partition(":")[0]))
                    for one in item.declarations
                ],
            ),
        ]

    keys = ("mechanisms", "reviews", "shared", "support", "levels")
    more = ("shared_contexts", "differs", "declarations")
    return tabled("compare", (*keys, *more), items, cells)
