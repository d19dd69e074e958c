"""Two rows of a review that are one work: worth a warning, for they are counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.errors import Problem, Severity
from graph.model import Record, ReviewBundle, SameAs, Source
from graph.works import Known, shown_by_identifiers
from loaders.tables import Row, Table


def rows_of_one_work(
    read: Iterable[Record],
    declared: Iterable[Record],
    base: ReviewBundle | None,
    row_of: Mapping[str, tuple[Table, Row]],
) -> Iterator[Problem]:
    """A warning for each pair of sources that a PubMed id or a DOI shows to be one work.

    Pairs that `same-as.csv` declares are known to be one, and need no warning.

    Args:
        read: the sources that were read.
        declared: the declarations of sameness that were read.
        base: the review as it is held, of which what was not read again stays.
        row_of: the table and the row of each record that was read.
    """
    sources = [one for one in read if isinstance(one, Source)]
    brought = {one.id for one in sources}
    kept = [one for one in base.sources if one.id not in brought] if base is not None else []
    said = [*declared, *(base.same_as if base is not None else ())]
    known = {frozenset((one.one, one.same_as)) for one in said if isinstance(one, SameAs)}
    for shown in shown_by_identifiers(Known.written(one) for one in (*kept, *sources)):
        if shown.other not in row_of or frozenset((shown.one, shown.other)) in known:
            continue
        table, row = row_of[shown.other]
        first = shown.one.partition(":")[2]
        other = shown.other.partition(":")[2]
        place = ""
        if shown.one in row_of:
            where, at = row_of[shown.one]
            place = f" (row {at.number})" if where is table else f" ({where.file}, row {at.number})"
        yield Problem(
            severity=Severity.WARNING,
            file=table.file,
            sheet=table.sheet,
            row=row.number,
            column=shown.by,
            message=f"{other} is the same work as {first}{place}, so both count once",
            found=shown.what,
            expected="one row for each work, or ids of their own",
            hint="keep one of the rows; if both are to stay, a row of same-as.csv says that they "
            "are one, and if they are two works, one of the identifiers is wrong",
        )
