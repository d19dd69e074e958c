"""The weight of evidence about records, and about each column of a matrix of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from graph.answers.base import SourceRef
from graph.answers.weight import SORT_OF, Amount, Apart, Sort, Through, Weight, state_of, told
from graph.catalogue import named
from graph.model import SourceKind, Stance
from graph.store import Rows, Store

Weighed = Literal["mechanism", "configuration", "concept", "theory"]
At = tuple[str, ...]
"""A column: a value for each dimension, an empty text where evidence states none."""

_STANCES = ((Stance.SUPPORTS, "for"), (Stance.CHALLENGES, "against"), (Stance.REFINES, "refining"))
_PLACE = ("one", "other")


def weights(store: Store, kind: Weighed, ids: Sequence[str]) -> dict[str, Weight]:
    """The weight of the evidence about each of these; at most three passes whatever their number.

    Evidence about a configuration counts for its mechanisms, and is marked.

    Args:
        store: where to look.
        kind: what the records are: mechanism, configuration, concept or theory.
        ids: the records.
    """
    found = _weighed(store, kind, ids, ())
    return {id_: found.get(id_, {}).get((), Weight()) for id_ in ids}


def weights_by(
    store: Store, kind: Weighed, ids: Sequence[str], by: Sequence[str]
) -> dict[str, dict[At, Weight]]:
    """The same for each column that there is evidence in, by record and column.

    Args:
        store: where to look.
        kind: what the records are.
        ids: the records.
        by: one or two of `level`, `perspective`, `setting`, `source kind`. A piece of evidence at
            several levels is in the column of each; one that states none is in that of ``""``.
    """
    return _weighed(store, kind, ids, tuple(by))


def weights_left(store: Store, ids: Sequence[str], narrowing: dict[str, Any]) -> dict[str, Weight]:
    """The weight of what a narrowing leaves of the evidence about each of these mechanisms.

    Args:
        store: where to look.
        ids: the mechanisms.
        narrowing: grades that count, and the work, the kind of source and the levels that do not;
            see `sensitivity`.
    """
    found = _weighed(store, "mechanism", ids, (), narrowing)
    return {id_: found.get(id_, {}).get((), Weight()) for id_ in ids}


def weights_together(store: Store, groups: Mapping[str, Sequence[str]]) -> dict[str, Weight]:
    """The weight of the evidence about mechanisms that are declared the same, taken as one.

    Args:
        store: where to look.
        groups: the mechanisms of each group, by a name of it.
    """
    given = [{"id": name, "ids": list(ids)} for name, ids in groups.items()]
    found: dict[str, dict[str, Rows]] = {name: _nothing() for name in groups}
    for part, query in (
        ("counted", "weights_of_groups"),
        ("through", "weights_through_configurations_of_groups"),
        ("sources", "weights_named_of_groups"),
    ):
        for row in store.read(named(query), groups=given) if given else []:
            found[row["id"]][part].append(row)
    return {name: weight_of(**parts) for name, parts in found.items()}


def _nothing() -> dict[str, Rows]:
    return {"counted": [], "through": [], "sources": []}


def _weighed(
    store: Store,
    kind: Weighed,
    ids: Sequence[str],
    by: tuple[str, ...],
    narrowing: dict[str, Any] | None = None,
) -> dict[str, dict[At, Weight]]:
    if not ids:
        return {}
    given: dict[str, Any] = {"ids": list(ids), **(narrowing or {})}
    placed = "" if narrowing is None else "_left"
    if by:
        placed = "_placed"
        given |= {"one": by[0], "other": by[1] if len(by) > 1 else ""}
    about = "of_mechanisms" if kind == "mechanism" else "about"
    if kind != "mechanism":
        given["kind"] = kind
    found: dict[tuple[str, At], dict[str, Rows]] = {}
    for part, query in (
        ("counted", f"weights_{about}{placed}"),
        ("through", f"weights_through_configurations{placed}"),
        ("sources", f"weights_named_{about}{placed}"),
    ):
        if part == "through" and kind != "mechanism":
            continue
        for row in store.read(named(query), **given):
            at = tuple(row[name] for name in _PLACE[: len(by)])
            parts = found.setdefault((row["id"], at), _nothing())
            parts[part].append(row)
    weighed: dict[str, dict[At, Weight]] = {}
    for (id_, at), parts in found.items():
        weighed.setdefault(id_, {})[at] = weight_of(**parts)
    return weighed


def weight_of(counted: Rows, through: Rows, sources: Rows) -> Weight:
    """A weight of what statements answer about one thing.

    Args:
        counted: works and pieces by sort and stance.
        through: the same of the part that is about configurations of a mechanism.
        sources: syntheses, and sources that do not count.
    """
    parts: dict[tuple[str, Stance], list[Through]] = {}
    for row in through:
        for stance, said in _STANCES:
            if row[f"{said}_pieces"]:
                parts.setdefault((row["sort"], stance), []).append(
                    Through(
                        configuration=row["configuration"],
                        works=row[f"{said}_works"],
                        pieces=row[f"{said}_pieces"],
                    )
                )
    counted = sorted(counted, key=lambda row: list(Sort).index(Sort(row["sort"])))
    amounts = [
        Amount(
            sort=row["sort"],
            stance=stance,
            works=row[f"{said}_works"],
            pieces=row[f"{said}_pieces"],
            through=parts.get((row["sort"], stance), []),
        )
        for row in counted
        for stance, said in _STANCES
        if row[f"{said}_pieces"]
    ]
    kinds = {
        kind: row[column]
        for row in counted
        for kind, column in _KIND_COLUMNS[Sort(row["sort"])].items()
        if row[column]
    }
    weight = Weight(
        state=state_of(amounts),
        amounts=amounts,
        works={Sort(row["sort"]): row["works"] for row in counted},
        backing={
            Sort(row["sort"]): row["backing"]
            for row in counted
            if row["backing"] and row["sort"] != Sort.STAKEHOLDERS
        },
        works_by_kind=kinds,
        pieces=sum(row["pieces"] for row in counted),
        syntheses=_syntheses(sources),
        apart=[
            Apart(
                source=SourceRef.of(row),
                pieces={
                    stance: row[f"{said}_pieces"]
                    for stance, said in _STANCES
                    if row[f"{said}_pieces"]
                },
            )
            for row in sources
            if not row["counts"]
        ],
    )
    weight.text = told(weight)
    return weight


def _syntheses(rows: Iterable[dict[str, Any]]) -> list[SourceRef]:
    """Each synthesis once, by the first of the records that stand for it."""
    found: dict[str, SourceRef] = {}
    for row in rows:
        if row["counts"]:
            found.setdefault(row["work"], SourceRef.of(row))
    return list(found.values())


_KIND_COLUMNS: dict[Sort, dict[SourceKind, str]] = {}
for _kind, _sort in SORT_OF.items():
    _held = _KIND_COLUMNS.setdefault(_sort, {})
    _held[_kind] = ("one_kind", "other_kind")[len(_held)]
