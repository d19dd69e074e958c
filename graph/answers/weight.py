"""How much evidence there is for something, against it and refining it, and what that makes of it.

Works are counted, each once, however many records of reviews stand for it: primary works, syntheses
and stakeholders side by side, never as one sum. Evidence of a source that its review excluded is
shown apart and is in none of the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, SourceRef
from graph.model import Attribution, SourceKind, Stance


class EvidenceState(StrEnum):
    """What the evidence that counts makes of something: computed, never stated."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    CHALLENGED = "challenged"
    STAKEHOLDERS_ONLY = "stakeholders only"
    NONE_ENTERED = "none entered"


SUPPORTING = (EvidenceState.SUPPORTED, EvidenceState.MIXED)
"""The states in which an empirical work stands for it."""


class Sort(StrEnum):
    """Sorts of works that are never summed: papers and grey reports, syntheses, stakeholders."""

    PRIMARY = "primary"
    SYNTHESIS = "synthesis"
    STAKEHOLDERS = "stakeholders"


SORT_OF = {
    SourceKind.PAPER: Sort.PRIMARY,
    SourceKind.GREY: Sort.PRIMARY,
    SourceKind.SYNTHESIS: Sort.SYNTHESIS,
    SourceKind.INTERVIEW: Sort.STAKEHOLDERS,
    SourceKind.CONSULTATION: Sort.STAKEHOLDERS,
}
SAID = {Stance.SUPPORTS: "for", Stance.CHALLENGES: "against", Stance.REFINES: "refining"}
"""One word for each stance, as counts show it."""
_NAMED = {Sort.PRIMARY: "primary works", Sort.STAKEHOLDERS: "stakeholders"}


class Through(Answer):
    """The part of an amount that is about a configuration of the mechanism, not about itself."""

    configuration: str
    works: int
    pieces: int


class Amount(Answer):
    """How many works of one sort take one stance, and in how many pieces of evidence."""

    sort: Sort
    stance: Stance
    works: int
    pieces: int
    through: list[Through] = Field(
        default=[], description="What came through configurations; part of the counts."
    )


class Apart(Answer):
    """Evidence of a source that its review excluded: shown, and not counted."""

    source: SourceRef
    pieces: dict[Stance, int]


class Weight(Answer):
    """Works and pieces for, against and refining; only what there is is listed."""

    state: EvidenceState = EvidenceState.NONE_ENTERED
    text: str = Field(default="no evidence entered", description="The weight in words.")
    amounts: list[Amount] = []
    works: dict[Sort, int] = Field(default={}, description="Works by sort, whatever they say.")
    backing: dict[Sort, int] = Field(
        default={}, description="Empirical works that support or refine, each once, by sort."
    )
    works_by_kind: dict[SourceKind, int] = Field(
        default={}, description="Works by kind of source, whatever they say."
    )
    pieces: int = Field(default=0, description="Pieces of evidence that count.")
    syntheses: list[SourceRef] = Field(
        default=[], description="The syntheses among the works, with their studies."
    )
    apart: list[Apart] = Field(
        default=[], description="Evidence of excluded sources, in none of the counts."
    )

    def amount(self, sort: Sort, stance: Stance) -> Amount:
        """One of the amounts; zero if there is nothing."""
        for amount in self.amounts:
            if amount.sort is sort and amount.stance is stance:
                return amount
        return Amount(sort=sort, stance=stance, works=0, pieces=0)

    @property
    def weak(self) -> bool:
        """Whether all support rests on one primary work; a synthesis is never one weak source."""
        return self.backing.get(Sort.PRIMARY) == 1 and not self.backing.get(Sort.SYNTHESIS)


def state_of(amounts: Iterable[Amount]) -> EvidenceState:
    """The one rule: what amounts of evidence make of that which they are about.

    Refining counts as support. Stakeholders alone neither support nor challenge.
    """
    held = [amount for amount in amounts if amount.works]
    empirical = {amount.stance for amount in held if amount.sort is not Sort.STAKEHOLDERS}
    against = Stance.CHALLENGES in empirical
    if empirical - {Stance.CHALLENGES}:
        return EvidenceState.MIXED if against else EvidenceState.SUPPORTED
    if against:
        return EvidenceState.CHALLENGED
    return EvidenceState.STAKEHOLDERS_ONLY if held else EvidenceState.NONE_ENTERED


def told(weight: Weight) -> str:
    """The one wording: `primary works: 2 for (3 pieces), 1 against, through k1; …`."""
    parts = []
    for sort in Sort:
        if said := told_of(weight, sort):
            named = described(weight.syntheses) if sort is Sort.SYNTHESIS else _NAMED[sort]
            parts.append(f"{named}: {said}")
    if weight.apart:
        pieces = sum(sum(one.pieces.values()) for one in weight.apart)
        what = "piece" if pieces == 1 else "pieces"
        who = "an excluded source" if len(weight.apart) == 1 else "excluded sources"
        parts.append(f"not counted: {pieces} {what} of evidence from {who}")
    if not weight.amounts:
        parts.insert(0, "no evidence that counts" if weight.apart else "no evidence entered")
    return "; ".join(parts)


def told_of(weight: Weight, sort: Sort) -> str:
    """The same of one sort alone: `2 for (3 pieces), 1 against, through k1`."""
    return ", ".join(_amount(amount) for amount in weight.amounts if amount.sort is sort)


def described(syntheses: Sequence[SourceRef]) -> str:
    """Syntheses with what they rest on: `one synthesis, 36 studies, not attributed`."""
    if len(syntheses) == 1:
        return ", ".join(["one synthesis", *_studies(syntheses[0])])
    told = [", ".join(found) for one in syntheses if (found := _studies(one))]
    return f"{len(syntheses)} syntheses" + (f" ({'; '.join(told)})" if told else "")


def _studies(synthesis: SourceRef) -> list[str]:
    found = []
    if synthesis.studies is not None:
        found.append(f"{synthesis.studies} {'study' if synthesis.studies == 1 else 'studies'}")
    if synthesis.attribution is Attribution.COLLECTIVE:
        found.append("not attributed")
    return found


def _amount(amount: Amount) -> str:
    text = f"{amount.works} {SAID[amount.stance]}"
    inside = [] if amount.pieces == amount.works else [f"{amount.pieces} pieces"]
    names = [one.configuration.partition(":")[2] for one in amount.through]
    whole = sum(one.pieces for one in amount.through) == amount.pieces
    if amount.through and not whole:
        inside += [
            f"{one.works} through {name}" for name, one in zip(names, amount.through, strict=True)
        ]
    if inside:
        text += f" ({'; '.join(inside)})"
    if amount.through and whole:
        *most, last = names
        text += ", through " + (f"{', '.join(most)} and {last}" if most else last)
    return text
