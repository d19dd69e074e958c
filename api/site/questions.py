"""Pages of questions that are no list: gaps, contradictions, chains, the flow, words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from api.site.addresses import BY, at_of, cell_address, chain_address, chain_ends, gap_address
from api.site.cites import cited
from api.site.lists import named
from api.site.page_model import Shown, Twin, View, listed, record
from api.site.pages import evidence_part
from api.site.tables import finding_table
from api.site.words import word
from graph.answers import Cell, Chain, ChainAnswer, Dimension, GapMatrix, GapRow
from graph.errors import NotFound
from graph.questions import records
from graph.questions.chains import LONGEST, chains
from graph.questions.contradictions import contradictions
from graph.questions.evidence import EvidenceFilter
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.paging import every
from graph.store import Store


def gap_page(
    store: Store,
    view: View,
    *,
    review: str | None = None,
    by: str = BY,
    column: str | None = None,
    row: str | None = None,
    at: str | None = None,
) -> Shown:
    """The gap matrix of a review, or of each; or one cell of it with its reason and evidence."""
    answer = gaps(store, review=review, by=by.split(","), column=column)
    if answer.reviews:
        by = ",".join(answer.reviews[0].by)
    of = named(store, review)
    review = of.id if of else None
    if row is not None and at is not None:
        return _cell_page(store, view, answer.reviews, by, row, at)
    address = gap_address(review, by, column)
    cites = cited(store, answer, of=of)
    return Shown(
        "gaps.html",
        word("g.title"),
        address,
        [Twin("page", address, csv=True)],
        cites=cites,
        values={
            "matrices": answer.reviews,
            "by": by,
            "names": {one.id: one.title for one in cites},
            "shown_review": of,
            "picture": listed("/maps/gaps", review=review, by=None if by == BY else by),
            "dimensions": [(one, gap_address(review, one)) for one in Dimension],
        },
    )


def _cell_page(
    store: Store, view: View, matrices: Sequence[GapMatrix], by: str, row: str, at: str
) -> Shown:
    matrix, its, cell = _cell(matrices, row, at)
    place = matrix.column_of(cell)
    address = cell_address(matrix.review, its.key, cell, by)
    answer, table = evidence_part(store, view, EvidenceFilter(**cell.drill_down), about=True)
    whole = gap_address(matrix.review, by)
    return Shown(
        "embed_cell.html" if view.embed else "cell.html",
        f"{its.name}: {place}",
        address,
        [
            Twin("gaps", whole, csv=True),
            Twin("evidence", listed("/evidence", **cell.drill_down), csv=True, listed=True),
        ],
        cites=cited(store, cell, table, of=records.review(store, matrix.review)),
        table=table,
        values={
            "row": its,
            "cell": cell,
            "column": place,
            "answer": answer,
            "findings": finding_table(answer.findings),
            "whole": whole,
            "by": by,
        },
        embed=view.embed,
    )


def _cell(matrices: Sequence[GapMatrix], row: str, at: str) -> tuple[GapMatrix, GapRow, Cell]:
    for matrix in matrices:
        for its in matrix.rows:
            if row in (its.key, its.id):  # an earlier address has the id alone
                for cell in (*its.cells, *its.beside):
                    if at_of(cell).casefold() == at.casefold():
                        return matrix, its, cell
    raise NotFound("gap cell", f"{row}, {at}")


def contradiction_page(store: Store, view: View, **filters: Any) -> Shown:
    """Where evidence or configurations disagree, and what may set the sides apart."""
    answer = contradictions(store, **filters, after=view.after, limit=view.limit)
    of = named(store, filters.get("review"))
    address = listed("/contradictions", **filters)
    return Shown(
        "contradictions.html",
        word("x.title"),
        listed("/contradictions", **filters, after=view.after),
        [Twin("page", address, csv=True, listed=True)],
        cites=cited(store, answer.items, of=of),
        after=view.after or None,
        values={
            "contradictions": answer.items,
            "shown_review": of,
            "first": address,
            "more": answer.next and listed("/contradictions", **filters, after=answer.next),
        },
    )


def chain_page(
    store: Store,
    view: View,
    *,
    start: str | None = None,
    end: str | None = None,
    review: str | None = None,
    max_length: int = LONGEST,
    chain: str | None = None,
) -> Shown:
    """What leads to what; or one chain, step by step."""
    ends = chain_ends(start, end, review, max_length)
    address = listed("/chains", **ends)

    asked = partial(chains, store, start=start, end=end, review=review, max_length=max_length)
    of = named(store, review)
    if chain is not None:
        one = _chain(asked, chain)
        return Shown(
            "embed_chain.html" if view.embed else "chain.html",
            f"{one.begins.name} → {one.ends.name}",
            chain_address(ends, one.id),
            [Twin("chains", address, csv=True, listed=True)],
            cites=cited(store, one),
            values={"chain": one, "whole": address},
            embed=view.embed,
        )
    answer = asked(after=view.after, limit=view.limit)
    return Shown(
        "chains.html",
        word("ch.title"),
        listed("/chains", **ends, after=view.after),
        [Twin("page", address, csv=True, listed=True)],
        cites=cited(store, answer, of=of),
        after=view.after or None,
        values={
            "answer": answer,
            "ends": ends,
            "shown_review": of,
            "first": address,
            "weakest": listed("/weakest-link", **ends),
            "more": answer.next and listed("/chains", **ends, after=answer.next),
        },
    )


def _chain(asked: Callable[..., ChainAnswer], wanted: str) -> Chain:
    for found in every(asked):
        if found.id == wanted:
            return found
    raise NotFound("chain", wanted)


def flow_page(store: Store, view: View, id_: str) -> Shown:
    """A review's search flow and its arithmetic."""
    report = flow(store, id_)
    address = f"{record('review', report.review)}/flow"
    return Shown(
        "flow.html",
        word("fl.title", review=report.title),
        address,
        [Twin("page", address, csv=True)],
        cites=[records.review(store, report.review)],
        values={"flow": report},
    )
