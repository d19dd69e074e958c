"""Where sources or configurations disagree, and the smallest difference that sets them apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph.answers import (
    Contradiction,
    Feature,
    Moderator,
    Page,
    Separates,
    Share,
    Side,
    SourceRef,
    Target,
)
from graph.catalogue import named
from graph.model import Polarity, Role, Stance
from graph.questions.names import resolve_review, resolve_target
from graph.questions.records import configuration_views, review_ids
from graph.questions.revision import remembered
from graph.store import Store

_SHOWN = 50
"""How many records and sources of a side are named; all are counted."""
_MODERATORS = 5
_PAIRED = 12
"""How many of the best single features are tried two by two."""
_BETTER = 0.05
"""How much better than each of its features a pair must separate to be worth telling."""
_ROLE = {
    "BELONGS_TO": ("mechanism", None),
    "HAS_RESOURCE": ("concept", Role.RESOURCE),
    "HAS_REASONING": ("concept", Role.REASONING),
}

Mark = tuple[Separates, str]
"""A feature as it is counted: its dimension, and an id or a word."""


@dataclass(slots=True)
class _Member:
    """A record on a side: its features and the works behind it, each by one of its sources."""

    id: str
    marks: set[Mark] = field(default_factory=set)
    sources: dict[str, SourceRef] = field(default_factory=dict)


@dataclass(slots=True)
class _Dispute:
    """A contradiction on its way."""

    id: str
    kind: str
    review: str
    about: Target
    sides: dict[str, dict[str, _Member]]

    def member(self, side: str, id_: str) -> _Member:
        return self.sides[side].setdefault(id_, _Member(id_))


def contradictions(
    store: Store,
    *,
    review: str | None = None,
    about: str | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[Contradiction]:
    """Contradictions in the order of ids: those of configurations first, then those of evidence.

    Evidence contradicts where one target has evidence that supports and evidence that challenges
    it. Configurations do where they share a mechanism, a resource or a reasoning, and one has a
    positive and the other a negative outcome. Both stay within a review.

    A moderator is a context, level, perspective or setting, or two of them together, that the
    records of one side state more often than those of the other. What is not stated is not
    counted as different.

    Args:
        store: where to look.
        review: only this review.
        about: only what is about this mechanism (with its configurations), concept,
            configuration or theory.
        after: the id after which the page begins.
        limit: contradictions on the page.

    Raises:
        NotFound: there is no such review or record.
        Ambiguous: several records answer to the name.
    """
    owner = resolve_review(store, review)
    reviews = [owner] if owner else review_ids(store)
    targets: list[str] | None = None
    if about is not None:
        kind, id_ = resolve_target(store, about, owner)
        targets = [id_]
        if kind == "mechanism":
            rows = store.read(named("configurations_of"), mechanism=id_)
            targets += [row["id"] for row in rows]
        reviews = [id_.partition(":")[0]]
    found = [
        dispute for dispute in _of_configurations(store, reviews, targets) if dispute.id > after
    ][: limit + 1]
    if len(found) <= limit:
        found += _of_evidence(store, reviews, targets, after, limit + 1 - len(found))
    _describe(store, found[:limit])
    items = [_told(store, dispute) for dispute in found[:limit]]
    return Page[Contradiction](items=items, next=items[-1].id if len(found) > limit else None)


def _of_configurations(
    store: Store, reviews: list[str], targets: list[str] | None
) -> list[_Dispute]:
    found: dict[str, _Dispute] = {}
    for row in store.read(named("opposed_configurations"), reviews=reviews):
        kind, role = _ROLE[row["link"]]
        id_ = f"configurations:{row['about']}" + (f":{role.value}" if role else "")
        about = Target(id=row["about"], kind=kind, name=row["about_name"], role=role)
        positive, negative = Polarity.POSITIVE.value, Polarity.NEGATIVE.value
        sides: dict[str, dict[str, _Member]] = {positive: {}, negative: {}}
        dispute = found.setdefault(
            id_, _Dispute(id_, "configurations", row["review"], about, sides)
        )
        dispute.member(positive, row["positive"])
        dispute.member(negative, row["negative"])
    return [
        found[id_] for id_ in sorted(found) if targets is None or _touches(found[id_], set(targets))
    ]


def _touches(dispute: _Dispute, targets: set[str]) -> bool:
    members = {id_ for side in dispute.sides.values() for id_ in side}
    return dispute.about.id in targets or bool(members & targets)


def _of_evidence(
    store: Store, reviews: list[str], targets: list[str] | None, after: str, limit: int
) -> list[_Dispute]:
    begin = after.removeprefix("evidence:") if after.startswith("evidence:") else ""
    if targets is None:
        every = [id_ for review in reviews for id_ in _contradicted(store, review)]
        ids = [id_ for id_ in sorted(every) if id_ > begin][:limit]
    else:
        rows = store.read(named("contradicted_among"), ids=targets, after=begin, limit=limit)
        ids = [row["id"] for row in rows]
    if not ids:
        return []
    found: dict[str, _Dispute] = {}
    members: dict[str, _Member] = {}
    for row in store.read(named("opposed_evidence"), ids=ids):
        about = Target(id=row["about"], kind=row["kind"], name=row["about_name"])
        sides: dict[str, dict[str, _Member]] = {Stance.SUPPORTS.value: {}}
        sides[Stance.CHALLENGES.value] = {}
        dispute = found.setdefault(
            row["about"],
            _Dispute(f"evidence:{row['about']}", "evidence", row["review"], about, sides),
        )
        member = members[row["id"]] = dispute.member(row["side"], row["id"])
        _mark(member, row)
    for row in store.read(named("contexts_of_evidence"), ids=ids):
        if row["id"] in members:
            members[row["id"]].marks.add((Separates.CONTEXT, row["context"]))
    return [found[id_] for id_ in ids]


def _contradicted(store: Store, review: str) -> list[str]:
    """Targets with evidence on both sides, from memory until a load touches the review."""

    def found() -> list[str]:
        return [row["id"] for row in store.read(named("contradicted_targets"), review=review)]

    return remembered(store, review, ("contradicted",), found)


def _mark(member: _Member, row: dict[str, Any]) -> None:
    member.sources.setdefault(row["work"], SourceRef.of(row))
    member.marks |= {(Separates.LEVEL, level) for level in row["levels"]}
    if row["perspective"]:
        member.marks.add((Separates.PERSPECTIVE, row["perspective"]))
    if row["setting"]:
        member.marks.add((Separates.SETTING, row["setting"]))


def _describe(store: Store, disputes: Iterable[_Dispute]) -> None:
    """Contexts and levels of configurations, and what their own evidence states; three passes."""
    members: dict[str, list[_Member]] = {}
    for dispute in disputes:
        if dispute.kind == "configurations":
            for side in dispute.sides.values():
                for member in side.values():
                    members.setdefault(member.id, []).append(member)
    if not members:
        return
    for view in configuration_views(store, sorted(members)):
        marks = {(Separates.CONTEXT, part.id) for part in view.contexts}
        marks |= {(Separates.LEVEL, level) for level in view.levels}
        for member in members[view.id]:
            member.marks |= marks
    for row in store.read(named("opposed_evidence"), ids=sorted(members)):
        for member in members[row["about"]]:
            _mark(member, row)


def _told(store: Store, dispute: _Dispute) -> Contradiction:
    moderators = _moderators(dispute)
    contexts = {
        id_ for parts, _ in moderators for dimension, id_ in parts if dimension is Separates.CONTEXT
    }
    names = {
        row["id"]: row["name"]
        for row in (store.read(named("concept_records"), ids=sorted(contexts)) if contexts else [])
    }
    sides = []
    for stance, members in dispute.sides.items():
        sources = {id_: source for one in members.values() for id_, source in one.sources.items()}
        ids = sorted(sources)
        sides.append(
            Side(
                stance=stance,
                n=len(members),
                records=sorted(members)[:_SHOWN],
                source_count=len(ids),
                sources=[sources[id_] for id_ in ids[:_SHOWN]],
            )
        )
    notes = []
    if not moderators:
        notes.append("Nothing that is stated of the two sides sets them apart.")
    if dispute.kind == "configurations" and not all(side.source_count for side in sides):
        notes.append("No evidence of their own is held for some of these configurations.")
    return Contradiction(
        id=dispute.id,
        kind=dispute.kind,
        review=dispute.review,
        about=dispute.about,
        sides=sides,
        moderators=[
            Moderator(
                features=[
                    Feature(dimension=dimension, id=id_, name=names.get(id_, id_))
                    for dimension, id_ in parts
                ],
                goes_with=max(shares, key=lambda share: share.having / share.of).stance,
                separation=round(_separation(shares), 4),
                shares=shares,
            )
            for parts, shares in moderators
        ],
        notes=notes,
    )


def _moderators(dispute: _Dispute) -> list[tuple[tuple[Mark, ...], list[Share]]]:
    """The best differences: single features, then pairs if no single one separates completely."""
    sides = [_Masks(stance, [*members.values()]) for stance, members in dispute.sides.items()]
    marks = sorted({mark for side in sides for mark in side.having})
    single: dict[tuple[Mark, ...], Counted] = {(mark,): _counted(sides, (mark,)) for mark in marks}
    ranked = sorted(single.items(), key=_rank)
    found = [item for item in ranked if _apart(item[1]) > 0]
    if found and _apart(found[0][1]) < 1:
        for one, other in combinations([parts for parts, _ in found[:_PAIRED]], 2):
            counted = _counted(sides, one + other)
            alone = max(_apart(single[one]), _apart(single[other]))
            if _apart(counted) > alone + _BETTER:
                found.append((one + other, counted))
    return [
        (parts, [side.share(parts) for side in sides])
        for parts, _ in sorted(found, key=_rank)[:_MODERATORS]
    ]


class _Masks:
    """One side of a dispute: for each feature, its members that have it, as bits of a number."""

    def __init__(self, stance: str, members: list[_Member]) -> None:
        self.stance = stance
        self.members = members
        self.having: dict[Mark, int] = {}
        for place, member in enumerate(members):
            for mark in member.marks:
                self.having[mark] = self.having.get(mark, 0) | 1 << place

    def mask(self, parts: tuple[Mark, ...]) -> int:
        """The members that have all of these features."""
        found = self.having.get(parts[0], 0)
        for part in parts[1:]:
            found &= self.having.get(part, 0)
        return found

    def share(self, parts: tuple[Mark, ...]) -> Share:
        """How many of the side have them, and from how many sources."""
        mask = self.mask(parts)
        having = [member for place, member in enumerate(self.members) if mask >> place & 1]
        return Share(
            stance=self.stance,
            having=len(having),
            of=len(self.members),
            sources=len({id_ for member in having for id_ in member.sources}),
        )


Counted = list[tuple[int, int]]
"""For each side how many have it, of how many."""


def _counted(sides: list[_Masks], parts: tuple[Mark, ...]) -> Counted:
    return [(side.mask(parts).bit_count(), len(side.members)) for side in sides]


def _apart(counted: Counted) -> float:
    (one, of_one), (other, of_other) = counted
    return abs(one / of_one - other / of_other)


def _rank(item: tuple[tuple[Mark, ...], Counted]) -> tuple[float, int, int, tuple[Mark, ...]]:
    parts, counted = item
    return (-_apart(counted), len(parts), -sum(having for having, _ in counted), parts)


def _separation(shares: list[Share]) -> float:
    one, other = shares
    return abs(one.having / one.of - other.having / other.of)
