"""What the records of a review say of mechanisms, levels and the like, and how far each reaches.

A search reaches as far as its scope, a statement as far as what it names. What is not named is not
covered: a search for a mechanism says nothing of one level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.answers import Basis, Named, SearchView
from graph.catalogue import named
from graph.model import EMPIRICAL, Absence, SourceKind, Status
from graph.names import node_key
from graph.questions.flow import searches
from graph.questions.gap_rules import Says
from graph.store import Store

_STATES = {
    Status.SUPPORTED: Says.SUPPORTED,
    Status.INCORPORATED: Says.INCORPORATED,
    Status.NO_EVIDENCE: Says.ABSENT,
}
"""What a history row states; preliminary and new state nothing of evidence."""
_MISSING = {
    Absence.ABSENT: Says.ABSENT,
    Absence.SCARCE: Says.SCARCE,
    Absence.UNCLEAR: Says.UNCLEAR,
}
_ROWS = {
    "COVERS_MECHANISM": "mechanism",
    "COVERS_CONCEPT": "concept",
    "CONCERNS_MECHANISM": "mechanism",
    "CONCERNS_CONCEPT": "concept",
}
_CONFIGURATIONS = frozenset({"COVERS_CONFIGURATION", "CONCERNS_CONFIGURATION"})
NEW = Status.NEW.value

_Targets = dict[str, list[tuple[str, str, str]]]
"""What records of one kind are about, by their id: type of link, id and name."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says, and of what."""

    says: Says
    basis: Basis
    rows: frozenset[str] = frozenset()
    """Mechanisms and concepts that it covers as wholes, by key: the two may share an id."""
    configurations: frozenset[str] = frozenset()
    theories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    perspectives: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    into: tuple[Named, ...] = ()
    stage: str | None = None
    """The search that looked."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """All that a review says, its searches, and what they are about."""

    said: list[Said]
    new: dict[str, Basis]
    """Mechanisms that the review states as new, by key, with the history row that says so."""
    searches: dict[str, SearchView]
    reaches: dict[str, frozenset[SourceKind]]
    """By stage, the kinds of source that it can bring."""
    belongs: dict[str, frozenset[str]]
    """By configuration that is named, the mechanisms it belongs to, by key."""
    names: dict[str, str]
    """Names of the configurations that are named."""


def sayings(store: Store, review: str) -> Sayings:
    """What the stages, history rows and gap findings of a review say."""
    looked = searches(store, review)
    targets: dict[str, _Targets] = {"stages": {}, "history": {}, "findings": {}}
    for kind, of_kind in targets.items():
        for row in store.read(named(f"gap_targets_of_{kind}"), review=review):
            of_kind.setdefault(row["id"], []).append((row["link"], row["about"], row["name"]))
    every = [one for of_kind in targets.values() for found in of_kind.values() for one in found]
    chosen = sorted({about for link, about, _ in every if link in _CONFIGURATIONS})
    belongs: dict[str, set[str]] = {id_: set() for id_ in chosen}
    for row in store.read(named("configuration_mechanisms"), ids=chosen) if chosen else ():
        belongs[row["id"]].add(node_key("mechanism", row["mechanism"]))
    stages = store.read(named("gap_stages"), review=review)
    history = store.read(named("gap_history"), review=review)
    into: dict[str, list[Named]] = {}
    for row in store.read(named("gap_incorporations"), review=review):
        into.setdefault(row["id"], []).append(Named(id=row["into_id"], name=row["into_name"]))
    whole = {id_: frozenset(mechanisms) for id_, mechanisms in belongs.items()}
    stated = [
        *_of_history(history, targets["history"], into, looked),
        *_of_findings(
            store.read(named("gap_findings"), review=review), targets["findings"], looked
        ),
    ]
    found = [
        *_of_stages(stages, targets["stages"], looked),
        *(_narrowed(one, whole) for one in stated),
    ]
    return Sayings(
        said=found,
        new=_new(history, looked),
        searches=looked,
        reaches={row["id"]: _reach(row) for row in stages},
        belongs=whole,
        names={about: name for link, about, name in every if link in _CONFIGURATIONS},
    )


def told(search: SearchView) -> str:
    """A search by its review, name, date, and first and last number."""
    parts = [f"{search.stage.partition(':')[0]}, {search.name}"]
    if search.searched_on:
        parts.append(search.searched_on)
    totals = list(search.totals.items())
    parts += [f"{name}: {n}" for name, n in (totals[:1] + totals[1:][-1:])]
    return ", ".join(parts)


def of_search(search: SearchView) -> Basis:
    """A search as what a mark rests on."""
    return Basis(kind="stage", id=search.stage, says=told(search), locator=search.locator)


def _reach(stage: dict[str, Any]) -> frozenset[SourceKind]:
    if stage["kinds"]:
        return frozenset(SourceKind(kind) for kind in stage["kinds"])
    if stage["databases"] or stage["handsearched"]:
        return EMPIRICAL
    return frozenset(SourceKind)


def _scope(row: dict[str, Any], targets: _Targets) -> dict[str, Any]:
    found = targets.get(row["id"], [])
    return {
        "rows": frozenset(
            node_key(_ROWS[link], about) for link, about, _ in found if link in _ROWS
        ),
        "configurations": frozenset(about for link, about, _ in found if link in _CONFIGURATIONS),
        "theories": tuple(name for link, _, name in found if link == "CONCERNS_THEORY"),
        **{name: tuple(row[name] or ()) for name in ("levels", "perspectives", "kinds")},
    }


def _of_stages(
    rows: list[dict[str, Any]],
    targets: _Targets,
    looked: dict[str, SearchView],
) -> Iterator[Said]:
    for row in rows:
        scope = _scope(row, targets)
        if any(scope.values()):
            basis = of_search(looked[row["id"]])
            yield Said(Says.SEARCHED, basis, **scope, stage=row["id"])


def _of_history(
    rows: list[dict[str, Any]],
    targets: _Targets,
    into: dict[str, list[Named]],
    looked: dict[str, SearchView],
) -> Iterator[Said]:
    last: dict[tuple[Any, ...], Said | None] = {}
    for row in rows:
        scope = _scope(row, targets)
        scope["rows"] = frozenset({node_key("mechanism", row["mechanism"])})
        key = tuple((name, frozenset(value)) for name, value in sorted(scope.items()))
        says = _STATES.get(Status(row["status"]))
        said = None
        if says is not None:
            names = tuple(into.get(row["id"], ()))
            said = Said(says, _of_row(row, names, looked), **scope, into=names, stage=row["stage"])
            if row["stage"] is not None:
                yield replace(said, says=Says.SEARCHED, into=())
        last[key] = said  # what is stated later of the same replaces it
    yield from (said for said in last.values() if said is not None)


def _of_row(row: dict[str, Any], into: tuple[Named, ...], looked: dict[str, SearchView]) -> Basis:
    where = f" ({looked[row['stage']].name})" if row["stage"] is not None else ""
    names = f" into {', '.join(one.name for one in into)}" if into else ""
    return Basis(
        kind="history",
        id=row["id"],
        says=f"{row['status']}{names}{where}",
        quote=row["note"],
        locator=row["locator"],
        about=row["mechanism"],
    )


def _new(rows: list[dict[str, Any]], looked: dict[str, SearchView]) -> dict[str, Basis]:
    return {
        node_key("mechanism", row["mechanism"]): _of_row(row, (), looked)
        for row in rows
        if row["status"] == NEW
    }


def _of_findings(
    rows: list[dict[str, Any]],
    targets: _Targets,
    looked: dict[str, SearchView],
) -> Iterator[Said]:
    for row in rows:
        stage = row["searched"]
        says = Says.SEARCHED_GAP if stage is not None else Says.GAP
        if row["absence"]:
            says = _MISSING[Absence(row["absence"])]
        basis = Basis(
            kind="finding",
            id=row["id"],
            says=row["name"],
            quote=row["statement"],
            locator=row["locator"],
        )
        yield Said(says, basis, **_scope(row, targets), stage=stage)


def _narrowed(said: Said, belongs: dict[str, frozenset[str]]) -> Said:
    """A configuration that is named beside its own mechanism narrows what is said of that."""
    through: frozenset[str] = frozenset().union(*(belongs[id_] for id_ in said.configurations))
    return replace(said, rows=said.rows - through) if said.configurations else said
