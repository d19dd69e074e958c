"""The page of a question in words: how it was read, and its answer as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from api.site.check_tables import (
    broken_table,
    comparison_table,
    complaint_table,
    pair_table,
    sameness_table,
)
from api.site.cites import cited
from api.site.page_model import Cell, Column, Row, Shown, Table, Twin, View, joined, listed, record
from api.site.tables import (
    concept_table,
    configuration_table,
    evidence_table,
    finding_table,
    linked,
    load_table,
    mechanism_table,
    plain,
    review_table,
    sensitivity_table,
    source_table,
    tabled,
    theory_table,
)
from api.site.words import term, word
from graph.answers import (
    AskAnswer,
    ConceptView,
    ConfigurationView,
    CountAnswer,
    Example,
    FactAnswer,
    FindingView,
    LookedForAnswer,
    MechanismView,
    Named,
    PartsAnswer,
    ReviewView,
    SourceView,
    Strength,
    StrengthAnswer,
    TheoryView,
)
from graph.questions.ask import ask
from graph.store import Store


def ask_page(store: Store, view: View, *, q: str) -> Shown:
    """A question in words, how it was read, and the answer."""
    answer = ask(store, q, after=view.after, limit=view.limit)
    cites = cited(store, answer)
    address = listed("/ask", q=q)
    parts = (getattr(answer, name) for name in type(answer).model_fields)
    following = next((part.next for part in parts if getattr(part, "next", None)), None)
    return Shown(
        "ask.html",
        q,
        address,
        [Twin("page", address)],
        cites=cites,
        after=view.after or None,
        values={
            "answer": answer,
            "titles": {one.id: one.title for one in cites},
            "tables": answer_tables(answer),
            "told": _with_history(answer),
            "first": address,
            "more": following and listed("/ask", q=q, after=following),
        },
    )


def answer_tables(answer: AskAnswer) -> list[Table]:
    """Every part of an answer that is a table, in the order in which they are shown."""
    found = []
    for name, draw in _TABLES.items():
        part = getattr(answer, name)
        if part is not None:
            found.append(replace(draw(part), name=name))
    if answer.record is not None:
        found.insert(0, record_table(answer.record))
    if answer.evidence is not None and answer.evidence.findings:
        found.append(replace(finding_table(answer.evidence.findings), name="stated"))
    return found


def _with_history(answer: AskAnswer) -> list[MechanismView]:
    """The mechanisms whose history belongs to the answer."""
    if isinstance(answer.record, MechanismView):
        return [answer.record]
    if answer.mechanisms is not None and "support" not in answer.reading.filters:
        return [one for one in answer.mechanisms.items if one.history]
    return []


def record_table(one: Any) -> Table:
    """One record as a table of one row, which leads to its page."""
    return next(draw([one]) for kind, draw in _OF_ONE.items() if isinstance(one, kind))


def _strength(answer: StrengthAnswer) -> Table:
    def cells(item: Strength) -> list[Cell]:
        return [
            linked(item.kind, item.id, item.name, item.id),
            plain(item.at),
            plain(term(item.weight.state)),
            plain(item.weight.text),
            plain(term(item.stated)),
        ]

    return tabled(
        "strength", ("name", "levels", "support", "weight", "stated"), answer.items, cells
    )


def _looked(answer: LookedForAnswer) -> Table:
    rows = []
    for item in answer.items:
        name, weight = linked(item.kind, item.id, item.name, item.id), plain(item.weight.text)
        if not item.looks:
            rows.append(Row(item.id, [name, plain(word("a.nobody")), *(plain(None),) * 3, weight]))
        rows += [
            Row(
                f"{item.id}-{place}",
                [
                    name,
                    Cell(look.search.name, below=look.search.stage),
                    plain("; ".join((*look.search.databases, *look.search.handsearched))),
                    plain(joined(f"{what}: {n}" for what, n in look.search.totals.items())),
                    Cell(
                        joined((look.record.says, look.record.quote or "", look.only)),
                        below=look.record.id,
                    ),
                    weight,
                ],
            )
            for place, look in enumerate(item.looks)
        ]
    return _table("looked", ("name", "search", "where", "numbers", "found", "weight"), rows)


def _facts(answer: FactAnswer) -> Table:
    rows = [
        Row(
            said.record,
            [
                linked("review", fact.review, fact.review),
                Cell(said.text, below=said.name),
                plain(said.record),
                plain(said.locator),
            ],
        )
        for fact in answer.items
        for said in fact.statements
    ]
    silent = [
        Row(fact.review, [linked("review", fact.review, fact.review), plain(fact.note), *_EMPTY])
        for fact in answer.items
        if fact.note
    ]
    return _table("facts", ("review", "statement", "record", "locator"), [*rows, *silent])


def _parts(answer: PartsAnswer) -> Table:
    rows = [
        Row(
            f"{item.polarity or ''}-{item.id}",
            [
                plain(term(item.polarity)),
                linked("concept", item.id, item.name, item.id),
                Cell(
                    "", links=[(id_, record("configuration", id_)) for id_ in item.configurations]
                ),
            ],
        )
        for item in answer.items
    ]
    return _table("parts", ("polarity", "name", "configurations"), rows)


def _counts(answer: CountAnswer) -> Table:
    rows = [
        Row(
            f"{item.review}-{item.kind}",
            [linked("review", item.review, item.review), plain(item.kind), plain(item.n)],
        )
        for item in answer.items
    ]
    return _table("counts", ("review", "kind", "n#"), rows)


def _names(items: Sequence[Named]) -> Table:
    return tabled("names", ("name",), items, lambda item: [Cell(item.name, below=item.id)])


def _examples(items: Sequence[Example]) -> Table:
    rows = [
        Row(
            str(place),
            [Cell(item.question, to=listed("/ask", q=item.question)), plain(item.brings)],
        )
        for place, item in enumerate(items)
    ]
    return _table("examples", ("question", "brings"), rows)


def _table(name: str, keys: Sequence[str], rows: Sequence[Row]) -> Table:
    columns = [Column(key.rstrip("#"), key.endswith("#")) for key in keys]
    return Table(name, columns, [*rows], held=len(rows))


_EMPTY = (plain(None), plain(None))
_TABLES: dict[str, Callable[[Any], Table]] = {
    "evidence": lambda part: evidence_table(part.items),
    "strength": _strength,
    "looked": _looked,
    "mechanisms": lambda part: mechanism_table(part.items),
    "configurations": lambda part: configuration_table(part.items),
    "parts": _parts,
    "findings": lambda part: finding_table(part.items),
    "weakest": lambda part: broken_table(part.items, {}),
    "comparison": lambda part: comparison_table(part.items),
    "same_as": lambda part: sameness_table(part.items),
    "sensitivity": lambda part: sensitivity_table(part.items),
    "agreement": lambda part: pair_table(part.pairs),
    "lint": lambda part: complaint_table(part.items),
    "facts": _facts,
    "counts": _counts,
    "sources": lambda part: source_table(part.items),
    "concepts": lambda part: concept_table(part.items),
    "theories": lambda part: theory_table(part.items),
    "reviews": lambda part: review_table(part.items),
    "names": lambda part: _names(part.items),
    "loads": lambda part: load_table(part.items),
    "examples": _examples,
}
_OF_ONE: dict[type, Callable[[Sequence[Any]], Table]] = {
    MechanismView: mechanism_table,
    ConceptView: concept_table,
    ConfigurationView: configuration_table,
    TheoryView: theory_table,
    SourceView: source_table,
    FindingView: finding_table,
    ReviewView: review_table,
}
