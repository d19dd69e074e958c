"""What a gap matrix must say, worked out from a bundle record by record, without a store.

A second program for the same rules, as docs/gaps.md tells them; it shares no code with the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from graph.model import Evidence, ReviewBundle

EMPIRICAL = {"paper", "grey", "synthesis"}
KINDS = EMPIRICAL | {"interview", "consultation"}
FIELD = {"level": "levels", "perspective": "perspectives", "source kind": "kinds"}

Expected = tuple[str, str, str, frozenset[str]]
"""A mark: its word, its reach, the configuration it is about, and the ids of its records."""


@dataclass
class Claim:
    """One record's word about one place."""

    says: str
    record: str
    stage: str | None
    kinds: set[str]
    row: str | None
    part: str | None
    at: tuple[str | None, ...]
    only: tuple[Any, ...]

    @property
    def place(self) -> tuple[Any, ...]:
        """What tells places apart."""
        return self.row, self.part, self.at, self.only


@dataclass
class ByHand:
    """The marks of a bundle's matrix by some dimensions."""

    bundle: ReviewBundle
    by: list[str]
    claims: list[Claim] = field(default_factory=list)
    marks: dict[tuple[Any, ...], list[tuple[str, frozenset[str], set[str]]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        bundle = self.bundle
        self.kind_of = {source.id: source.kind.value for source in bundle.sources}
        self.counts = {source.id: source.included is not False for source in bundle.sources}
        self.owners = {one.id: set(one.mechanisms) for one in bundle.configurations}
        self.stages = {stage.id: stage for stage in bundle.stages}
        gaps = [finding for finding in bundle.findings if finding.kind.value == "gap"]
        about = {piece.concept for piece in bundle.evidence if piece.concept}
        about |= {concept for finding in gaps for concept in finding.concepts}
        about |= {concept for stage in bundle.stages for concept in stage.concepts}
        self.rows = {one.id for one in bundle.mechanisms} | about
        for claim in self._claims(gaps):
            self.claims.append(claim)
        for place in {claim.place for claim in self.claims}:
            self.marks[place] = list(self._decided(place))

    # -- what records claim ---------------------------------------------------------------------

    def _claims(self, gaps: list[Any]) -> Iterator[Claim]:
        for stage in self.bundle.stages:
            scope = self._scope(stage)
            if any(scope.values()) or stage.mechanisms or stage.concepts or stage.configurations:
                rows = {*stage.mechanisms, *stage.concepts}
                yield from self._expanded("searched", stage, stage.id, rows, set())
        for mechanism in self.bundle.mechanisms:
            entries = sorted(
                (one for one in self.bundle.history if one.mechanism == mechanism.id),
                key=lambda one: one.position,
            )
            for number, entry in enumerate(entries):
                says = {
                    "supported": "supported",
                    "incorporated": "incorporated",
                    "no evidence": "absent",
                }.get(entry.status.value)
                if says is None:
                    continue
                inside = any(mechanism.id in self.owners[id_] for id_ in entry.configurations)
                rows = set() if inside else {mechanism.id}
                if entry.stage is not None:
                    yield from self._expanded("searched", entry, entry.stage, rows, {mechanism.id})
                replaced = any(_same_scope(entry, later) for later in entries[number + 1 :])
                if not replaced:
                    yield from self._expanded(says, entry, entry.stage, rows, {mechanism.id})
        for finding in gaps:
            inside_of = {owner for id_ in finding.configurations for owner in self.owners[id_]}
            rows = ({*finding.mechanisms} - inside_of) | {*finding.concepts}
            says = finding.absence.value if finding.absence else "gap"
            if says == "gap" and finding.searched is not None:
                says = "searched gap"
            named = {*finding.mechanisms, *finding.concepts}
            yield from self._expanded(says, finding, finding.searched, rows, named)

    def _scope(self, record: Any) -> dict[str, list[str]]:
        return {name: [str(word) for word in getattr(record, name)] for name in FIELD.values()}

    def _expanded(
        self, says: str, record: Any, stage: str | None, rows: set[str], named: set[str]
    ) -> Iterator[Claim]:
        scope = self._scope(record)
        hidden = []
        for dimension, name in FIELD.items():
            among_papers = name == "kinds" and says == "searched" and EMPIRICAL & {*scope[name]}
            if dimension not in self.by and scope[name] and not among_papers:
                hidden.append((name, tuple(scope[name])))
        places: list[tuple[str | None, str | None]] = [(row, None) for row in rows]
        for id_ in record.configurations:
            held = self.owners[id_] & self.rows
            places += [(owner, id_) for owner in held] or [(None, id_)]
        if not places:
            if getattr(record, "theories", []):
                hidden.append(("theories", tuple(sorted(record.theories))))
            places = [(None, None)]
        values = [scope[FIELD[one]] if one in FIELD else [] for one in self.by]
        for row, part in places:
            for at in product(*(found or [None] for found in values)):
                yield Claim(says, record.id, stage, {*scope["kinds"]}, row, part, at, tuple(hidden))

    # -- what evidence is entered ---------------------------------------------------------------

    def columns_of(self, piece: Evidence) -> list[tuple[str, ...]]:
        """The columns that a piece of evidence stands in; empty texts where it states none."""
        values = {
            "level": piece.levels or [""],
            "perspective": [piece.perspective or ""],
            "setting": [piece.setting or ""],
            "source kind": [self.kind_of[piece.source]],
        }
        return list(product(*(values[one] for one in self.by)))

    def evidence_of(self, row: str | None, part: str | None) -> list[Evidence]:
        """The evidence about a row, a configuration, or anything; of sources that count."""
        pieces = [piece for piece in self.bundle.evidence if self.counts[piece.source]]
        if part is not None:
            return [piece for piece in pieces if piece.configuration == part]
        if row is None:
            return pieces
        return [
            piece
            for piece in pieces
            if row in (piece.mechanism, piece.concept)
            or row in self.owners.get(piece.configuration or "", ())
        ]

    # -- the decision ---------------------------------------------------------------------------

    def _reach(self, claim: Claim) -> set[str]:
        reach = EMPIRICAL
        if claim.stage is not None:
            stage = self.stages[claim.stage]
            reach = {kind.value for kind in stage.kinds} or (
                EMPIRICAL if stage.databases or stage.handsearched else KINDS
            )
        return reach & claim.kinds if claim.kinds else reach

    def _decided(self, place: tuple[Any, ...]) -> Iterator[tuple[str, frozenset[str], set[str]]]:
        row, part, at, only = place
        here = [claim for claim in self.claims if claim.place == place]
        pieces = self.evidence_of(row, part)
        there = [
            piece
            for piece in pieces
            if only
            or any(
                all(mine in (None, value) for mine, value in zip(at, column, strict=True))
                for column in self.columns_of(piece)
            )
        ]
        loose = any(
            all(value in (mine, "") for mine, value in named)
            and any(value == "" for _, value in named)
            for piece in pieces
            for column in self.columns_of(piece)
            for named in [
                [(mine, value) for mine, value in zip(at, column, strict=True) if mine is not None]
            ]
        )
        nowhere = (None, (None,) * len(self.by))
        wider = any(
            claim.says in ("scarce", "unclear", "gap", "searched gap", "supported", "incorporated")
            and claim.place != place
            and not claim.only
            and claim.part is None
            and (claim.row, claim.at) != nowhere
            and claim.row in (None, row)
            and all(mine in (None, value) for mine, value in zip(claim.at, at, strict=True))
            for claim in self.claims
        )
        settled = bool(self.bundle.evidence) and not loose and not wider and not only
        kinds = {self.kind_of[piece.source] for piece in there}
        supporting = any(
            piece.stance.value != "challenges" and self.kind_of[piece.source] in EMPIRICAL
            for piece in there
        )

        def brought(claim: Claim) -> bool:
            reach = self._reach(claim)
            return bool(kinds & (reach | EMPIRICAL if reach & EMPIRICAL else reach))

        loosely = row is None and part is None and set(at) <= {None}
        words: dict[tuple[str, str], list[Claim]] = {}
        stated = [claim for claim in here if claim.says != "searched"]
        for claim in stated:
            word = {
                "absent": "stated absent",
                "scarce": "stated scarce",
                "unclear": "stated unclear",
                "gap": "gap stated",
                "incorporated": "incorporated",
            }.get(claim.says)
            if claim.says == "searched gap":
                none = not brought(claim) and settled
                word = "searched, none found" if none else "gap stated"
            if claim.says == "supported" and not supporting:
                word = "stated supported, evidence not entered"
            if word is not None:
                words.setdefault((word, claim.record if loosely else ""), []).append(claim)
        if not (stated or only or loosely or any(brought(claim) for claim in here)):
            word = "searched, none found" if settled else "searched, outcome not on record"
            words[word, ""] = here
        for (word, _), claims in words.items():
            stages = {claim.stage for claim in claims if claim.stage is not None}
            yield word, frozenset({claim.record for claim in claims} | stages), stages

    # -- the matrix -----------------------------------------------------------------------------

    def _made(self) -> Iterator[tuple[Any, Expected, set[str]]]:
        for place, found in self.marks.items():
            row, part, at, _only = place
            reach = "cell"
            if row is None:
                reach = "review" if set(at) <= {None} or part else "column"
            elif None in at:
                reach = "row"
            for word, ids, stages in found:
                yield place, (word, reach, part or "", ids), stages

    def of_row(self, row: str) -> list[Expected]:
        """What is said of a row as a whole."""
        return [mark for place, mark, _ in self._made() if place[0] == row and mark[1] == "row"]

    def of_review(self) -> list[Expected]:
        """What is said of no row and no column."""
        return [mark for _, mark, _ in self._made() if mark[1] == "review"]

    def of_column(self, at: tuple[str, ...]) -> list[Expected]:
        """What is said of a column as a whole."""
        return [
            mark
            for place, mark, _ in self._made()
            if mark[1] == "column"
            and all(mine in (None, value) for mine, value in zip(place[2], at, strict=True))
        ]

    def of_cell(self, row: str, at: tuple[str, ...]) -> list[Expected]:
        """What is said of a cell, with what is said of its row and its column."""
        kind = dict(zip(self.by, at, strict=True)).get("source kind")
        pieces = [piece for piece in self.evidence_of(row, None) if at in self.columns_of(piece)]
        kinds = {self.kind_of[piece.source] for piece in pieces}
        found = []
        for place, mark, stages in self._made():
            inside = all(mine in (None, value) for mine, value in zip(place[2], at, strict=True))
            if mark[1] == "review" or place[0] not in (row, None) or not inside:
                continue
            blind = kind is not None and stages and mark[0] != "incorporated"
            if blind and not any(kind in self._kinds_of(stage) for stage in stages):
                continue
            found.append(mark)
        if kind is not None and not kinds:
            looked = [
                claim
                for claim in self.claims
                if claim.row in (row, None)
                and claim.part is None
                and not claim.only
                and claim.stage is not None
                and (claim.row is not None or set(claim.at) - {None})
                and all(
                    one == "source kind" or mine in (None, value)
                    for one, mine, value in zip(self.by, claim.at, at, strict=True)
                )
            ]
            if looked and not any(kind in self._reach(claim) for claim in looked):
                stages = frozenset(claim.stage for claim in looked if claim.stage)
                found.append(("cannot be filled by this search", "cell", "", stages))
            if kind in ("paper", "grey"):
                together = {
                    piece.source
                    for piece in self.evidence_of(row, None)
                    if self._collective(piece.source)
                    and any(
                        all(
                            one == "source kind" or mine == value
                            for one, mine, value in zip(self.by, column, at, strict=True)
                        )
                        for column in self.columns_of(piece)
                    )
                }
                if together:
                    word = "reported by a synthesis, not attributed"
                    found.append((word, "cell", "", frozenset(together)))
        looked_here = [
            claim
            for claim in self.claims
            if claim.stage is not None
            and claim.row in (row, None)
            and (claim.row is not None or (claim.part is None and set(claim.at) - {None}))
            and all(mine in (None, value) for mine, value in zip(claim.at, at, strict=True))
            and (kind is None or kind in self._reach(claim))
        ]
        exactly = any(claim.place == (row, None, at, ()) for claim in looked_here)
        if not found and not kinds & EMPIRICAL and looked_here and not exactly:
            ids = {id_ for claim in looked_here for id_ in (claim.record, claim.stage) if id_}
            found.append(("search on record", "cell", "", frozenset(ids)))
        if not found and not kinds & EMPIRICAL and not looked_here:
            ids = {
                claim.stage
                for claim in self.claims
                if claim.row == row and claim.part is None and claim.stage is not None
            }
            news = [
                entry
                for entry in self.bundle.history
                if entry.mechanism == row and entry.status.value == "new"
            ]
            ids |= {max(news, key=lambda one: one.position).id} if news else set()
            found.append(("nobody looked on record", "cell", "", frozenset(ids)))
        return found

    def _collective(self, source: str) -> bool:
        one = next(held for held in self.bundle.sources if held.id == source)
        return one.kind.value == "synthesis" and str(one.attribution) == "collective"

    def _kinds_of(self, stage: str) -> set[str]:
        held = self.stages[stage]
        return {kind.value for kind in held.kinds} or (
            EMPIRICAL if held.databases or held.handsearched else KINDS
        )


def _same_scope(one: Any, other: Any) -> bool:
    return all(
        set(getattr(one, name)) == set(getattr(other, name))
        for name in ("configurations", "levels", "perspectives", "kinds")
    )
