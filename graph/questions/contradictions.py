"""Where sources or configurations disagree, and the smallest difference that sets them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from graph.answers import (
    ConfigurationView,
    Contradiction,
    EvidenceState,
    Moderator,
    Page,
    Separates,
    Side,
    SideRecord,
    Sort,
    Target,
    Weight,
)
from graph.answers.weight import SAID, SORT_OF
from graph.catalogue import named
from graph.model import Polarity, Role, Stance
from graph.questions.moderators import SHOWN, Entry, Half, Mark, by_sort, moderators
from graph.questions.names import resolve_review, resolve_target
from graph.questions.records import configuration_views, review_ids
from graph.questions.revision import remembered
from graph.questions.weights import Weighed, weights
from graph.store import Rows, Store

_ROLE = {
    "BELONGS_TO": ("mechanism", None),
    "HAS_RESOURCE": ("concept", Role.RESOURCE),
    "HAS_REASONING": ("concept", Role.REASONING),
}
_FOR, _AGAINST = SAID[Stance.SUPPORTS], SAID[Stance.CHALLENGES]
_KINDS: tuple[Weighed, ...] = ("concept", "configuration", "mechanism", "theory")

About = tuple[Weighed, str]
"""What evidence is about; a mechanism and a concept may have one id."""


@dataclass(slots=True)
class _Dispute:
    """A contradiction on its way."""

    id: str
    kind: str
    about: Target
    sides: list[Half]
    weight: Weight | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Of the contexts that are stated, by id."""


def contradictions(
    store: Store,
    *,
    review: str | None = None,
    about: str | None = None,
    of: Weighed | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[Contradiction]:
    """Contradictions in the order of ids: those of configurations first, then those of evidence.

    Evidence contradicts where its weight is mixed: where papers, grey reports or syntheses that
    count are for a mechanism, configuration, concept or theory, and some are against it. Evidence
    about a configuration is evidence about its mechanisms too, and is marked. Configurations
    contradict each other where they share a mechanism, a resource or a reasoning, and one has a
    positive and the other a negative outcome. Both stay within a review.

    A moderator is a context, level, perspective or setting, or two of them together, that one
    side has more often than the other. Only what states something of the kind is compared, and
    only where both sides have that: what is not stated is not different. Evidence about a
    configuration has the contexts of it. Of configurations, those are compared that a work
    supports or refines; where one side has none, all of them by what they state, which rests on
    no work.

    Args:
        store: where to look.
        review: only this review.
        about: only what is about this mechanism (with its configurations), concept,
            configuration or theory.
        of: what kind of record `about` is, if that is its id and no name.
        after: the id after which the page begins.
        limit: contradictions on the page.

    Raises:
        NotFound: there is no such review or record.
        Ambiguous: several records answer to the name.
    """
    owner = resolve_review(store, review)
    reviews = [owner] if owner else review_ids(store)
    targets: list[About] | None = None
    if about is not None:
        kind, id_ = (of, about) if of else resolve_target(store, about, owner)
        targets = [(cast("Weighed", kind), id_)]
        if kind == "mechanism":
            rows = store.read(named("configurations_of"), mechanism=id_)
            targets += [("configuration", row["id"]) for row in rows]
        reviews = [id_.partition(":")[0]]
    opposed = [given for given in _opposed(store, reviews, targets) if given[0] > after]
    mixed = [
        (id_, given)
        for given in (
            _mixed_among(store, targets)
            if targets is not None
            else (given for one in reviews for given in _mixed(store, one))
        )
        if (id_ := _id_of(given)) > after
    ]
    left = max(limit - len(opposed), 0)
    disputes = _of_configurations(store, opposed[:limit])
    disputes += _of_evidence(store, [given for _, given in sorted(mixed)[:left]])
    words = _words(store, {dispute.about.id.partition(":")[0] for dispute in disputes})
    items = [_told(dispute, words) for dispute in disputes]
    more = len(opposed) + len(mixed) > limit
    return Page[Contradiction](items=items, next=items[-1].id if more else None)


def _words(store: Store, reviews: set[str]) -> _Names:
    """What reviews call their levels and perspectives, by what it is and the id."""
    return {
        f"{dimension} {row['id']}": row["name"]
        for dimension in (Separates.LEVEL, Separates.PERSPECTIVE)
        for row in store.read(named(f"review_{dimension.value}s"), ids=sorted(reviews))
    }


def _id_of(about: About) -> str:
    return f"evidence:{about[0]}:{about[1]}"


# ---- Configurations ------------------------------------------------------------------------------

_Opposed = tuple[str, Target, dict[str, list[str]]]
"""The id of a contradiction, what its configurations share, and these by polarity."""


def _opposed(
    store: Store, reviews: Sequence[str], targets: Sequence[About] | None
) -> list[_Opposed]:
    found = [
        given
        for review in reviews
        for given in remembered(store, review, "opposed", partial(_opposed_in, store, review))
    ]
    if targets is not None:
        wanted = set(targets)
        found = [given for given in found if _touches(given, wanted)]
    return sorted(found, key=lambda given: given[0])


def _opposed_in(store: Store, review: str) -> list[_Opposed]:
    found: dict[str, tuple[Target, dict[str, set[str]]]] = {}
    for row in store.read(named("opposed_configurations"), reviews=[review]):
        kind, role = _ROLE[row["link"]]
        id_ = f"configurations:{row['about']}" + (f":{role.value}" if role else "")
        about = Target(id=row["about"], kind=kind, name=row["about_name"], role=role)
        _, sides = found.setdefault(id_, (about, {}))
        for polarity in (Polarity.POSITIVE.value, Polarity.NEGATIVE.value):
            sides.setdefault(polarity, set()).add(row[polarity])
    return [
        (id_, about, {polarity: sorted(ids) for polarity, ids in sides.items()})
        for id_, (about, sides) in found.items()
    ]


def _touches(given: _Opposed, targets: set[About]) -> bool:
    _, about, sides = given
    if (about.kind, about.id) in targets:
        return True
    return any(("configuration", id_) in targets for ids in sides.values() for id_ in ids)


def _of_configurations(store: Store, opposed: Sequence[_Opposed]) -> list[_Dispute]:
    """Opposed configurations with what they state, and what evidence for them states."""
    ids = sorted({id_ for _, _, sides in opposed for held in sides.values() for id_ in held})
    if not ids:
        return []
    views = {view.id: view for view in configuration_views(store, ids)}
    pieces: dict[str, Rows] = {}
    for row in _pieces(store, "configuration", ids):
        if row["stance"] != Stance.CHALLENGES and _empirical(row):
            pieces.setdefault(row["id"], []).append(row)
    contexts = _contexts(store, [row for rows in pieces.values() for row in rows])
    disputes = []
    for id_, about, held in opposed:
        dispute = _Dispute(id_, "configurations", about, [])
        for polarity, members in held.items():
            side = Half(polarity)
            for member in members:
                for row in pieces.get(member, ()):
                    side.stand(row)
            side.n = len(members)
            side.records = [
                SideRecord(id=member, weight=views[member].weight) for member in members[:SHOWN]
            ]
            dispute.sides.append(side)
        backed = all(side.works for side in dispute.sides)
        for side, members in zip(dispute.sides, held.values(), strict=True):
            for member in members:
                rows = pieces.get(member, []) if backed else None
                side.entries += _stated(views[member], rows, contexts, dispute.names)
        disputes.append(dispute)
    return disputes


def _stated(
    view: ConfigurationView, pieces: Rows | None, contexts: _Contexts, names: _Names
) -> list[Entry]:
    """What a configuration states, with each piece of evidence for it; alone without any."""
    names.update((part.id, part.name) for part in view.contexts)
    own = {(Separates.CONTEXT, part.id) for part in view.contexts}
    own |= {(Separates.LEVEL, level) for level in view.levels}
    if pieces is None:
        return [Entry(view.id, view.id, frozenset(own))]
    return [
        Entry(
            view.id,
            row["piece"],
            frozenset(own | _marks(row, contexts, names)),
            (row["work"], SORT_OF[row["source_kind"]]),
        )
        for row in pieces
    ]


# ---- Evidence ------------------------------------------------------------------------------------


def _mixed(store: Store, review: str) -> list[About]:
    """What the evidence of a review is mixed about, from memory until a load touches it."""

    def found() -> list[About]:
        rows = store.read(named("challenged_records"), review=review)
        challenged = {(row["kind"], row["id"]) for row in rows}
        rows = store.read(named("mechanisms_challenged_through_configurations"), review=review)
        challenged |= {("mechanism", row["id"]) for row in rows}
        return _mixed_among(store, sorted(challenged))

    return remembered(store, review, "mixed", found)


def _mixed_among(store: Store, among: Iterable[About]) -> list[About]:
    """Those of which the weight is mixed."""
    ids: dict[Weighed, list[str]] = {}
    for kind, id_ in among:
        ids.setdefault(kind, []).append(id_)
    return [
        (kind, id_)
        for kind, held in ids.items()
        for id_, weight in weights(store, kind, held).items()
        if weight.state is EvidenceState.MIXED
    ]


def _of_evidence(store: Store, about: Sequence[About]) -> list[_Dispute]:
    """Both sides of what the evidence is mixed about."""
    found: dict[About, _Dispute] = {}
    for kind in _KINDS:
        ids = [id_ for sort, id_ in about if sort == kind]
        if not ids:
            continue
        weighed = weights(store, kind, ids)
        for row in store.read(named(f"{kind}_records"), ids=ids):
            target = Target(id=row["id"], kind=kind, name=row["name"] or row["id"])
            found[kind, row["id"]] = _Dispute(
                _id_of((kind, row["id"])),
                "evidence",
                target,
                [Half(_FOR), Half(_AGAINST)],
                weighed[row["id"]],
            )
        rows = [row for row in _pieces(store, kind, ids) if _empirical(row)]
        contexts = _contexts(store, rows)
        for row in rows:
            dispute = found[kind, row["id"]]
            side = dispute.sides[row["stance"] == Stance.CHALLENGES]
            side.n += 1
            if side.n <= SHOWN:
                through = row["target"] if row["kind"] != kind else None
                side.records.append(
                    SideRecord(id=row["piece"], stance=row["stance"], through=through)
                )
            marks = frozenset(_marks(row, contexts, dispute.names))
            side.entries.append(Entry(row["work"], row["piece"], marks, side.stand(row)))
    return [found[given] for given in about]


def _empirical(row: dict[str, Any]) -> bool:
    return SORT_OF[row["source_kind"]] is not Sort.STAKEHOLDERS


def _pieces(store: Store, kind: Weighed, ids: Sequence[str]) -> Rows:
    if kind == "mechanism":
        return store.read(named("pieces_of_mechanisms"), ids=ids)
    return store.read(named("pieces_about"), kind=kind, ids=ids)


_Names = dict[str, str]
_Contexts = dict[tuple[str, str], list[tuple[str, str]]]
"""The contexts of pieces of evidence and of configurations, by kind and id, with their names."""


def _contexts(store: Store, pieces: Rows) -> _Contexts:
    found: _Contexts = {}
    about = {row["target"] for row in pieces if row["kind"] == "configuration"}
    for kind, ids in (("piece", {row["piece"] for row in pieces}), ("configuration", about)):
        for row in store.read(named(f"contexts_of_{kind}s"), ids=sorted(ids)) if ids else ():
            found.setdefault((kind, row["id"]), []).append((row["context"], row["name"]))
    return found


def _marks(row: dict[str, Any], contexts: _Contexts, names: _Names) -> set[Mark]:
    """What a piece of evidence states; about a configuration, with the contexts of it."""
    marks: set[Mark] = {(Separates.LEVEL, level) for level in row["levels"]}
    if row["perspective"]:
        marks.add((Separates.PERSPECTIVE, row["perspective"]))
    if row["setting"]:
        marks.add((Separates.SETTING, row["setting"]))
    own = contexts.get(("piece", row["piece"]), ())
    for id_, name in (*own, *contexts.get((row["kind"], row["target"]), ())):
        names[id_] = name
        marks.add((Separates.CONTEXT, id_))
    return marks


# ---- What is told --------------------------------------------------------------------------------


def _told(dispute: _Dispute, words: _Names) -> Contradiction:
    sides = []
    for side in dispute.sides:
        sides.append(
            Side(
                side=side.side,
                n=side.n,
                records=side.records,
                works=by_sort(side.works),
                sources=[side.works[key] for key in sorted(side.works)[:SHOWN]],
            )
        )
    review = dispute.about.id.partition(":")[0]
    found = moderators(dispute.sides, dispute.names)
    for feature in (one for moderator in found for one in moderator.features):
        feature.name = words.get(f"{feature.dimension} {review}:{feature.id}", feature.name)
    return Contradiction(
        id=dispute.id,
        kind=dispute.kind,
        review=review,
        about=dispute.about,
        weight=dispute.weight,
        sides=sides,
        moderators=found,
        notes=list(_notes(dispute, found)),
    )


def _notes(dispute: _Dispute, found: Sequence[Moderator]) -> Iterable[str]:
    one, other = dispute.sides
    if both := sorted({work for work, _ in one.works} & {work for work, _ in other.works}):
        shown = ", ".join(both[:SHOWN])
        yield f"Works on both sides: {shown}."
    if dispute.kind == "configurations":
        for side in dispute.sides:
            if not side.works:
                yield (
                    "No paper, grey report or synthesis that counts supports or refines any of "
                    f"the {side.side} configurations."
                )
    if not found:
        yield "Nothing that is stated on both sides sets them apart."
    stated = [{mark[0] for entry in side.entries for mark in entry.marks} for side in dispute.sides]
    if alone := [one for one in Separates if (one in stated[0]) is not (one in stated[1])]:
        yield f"Stated on one side only, so not compared: {', '.join(alone)}."
