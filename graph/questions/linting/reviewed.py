"""A review as the rules see it: its records by id, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.answers.lint import Complaint, LintedRecord
from graph.answers.mechanisms import MechanismView
from graph.model import Concept, Configuration, Evidence, Mechanism, ReviewBundle, Source, Theory


@dataclass(frozen=True)
class Reviewed:
    """A review, and what its evidence makes of its mechanisms."""

    bundle: ReviewBundle
    views: list[MechanismView]

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {one.id: one for one in self.bundle.sources}

    @cached_property
    def mechanisms(self) -> dict[str, Mechanism]:
        """Mechanisms by id."""
        return {one.id: one for one in self.bundle.mechanisms}

    @cached_property
    def concepts(self) -> dict[str, Concept]:
        """Concepts by id."""
        return {one.id: one for one in self.bundle.concepts}

    @cached_property
    def configurations(self) -> dict[str, Configuration]:
        """Configurations by id."""
        return {one.id: one for one in self.bundle.configurations}

    @cached_property
    def theories(self) -> dict[str, Theory]:
        """Theories by id."""
        return {one.id: one for one in self.bundle.theories}

    @cached_property
    def of_mechanism(self) -> dict[str, list[Configuration]]:
        """The configurations that belong to each mechanism."""
        found: dict[str, list[Configuration]] = {}
        for one in self.bundle.configurations:
            for mechanism in one.mechanisms:
                found.setdefault(mechanism, []).append(one)
        return found

    def target(self, piece: Evidence) -> LintedRecord:
        """What a piece of evidence is about."""
        kind, id_ = piece.target
        held: dict[str, Any] = getattr(self, {"theory": "theories"}.get(kind, f"{kind}s"))
        record = held.get(id_)
        return LintedRecord(id=id_, kind=kind, name=getattr(record, "name", None) or id_)

    def configuration(self, one: Configuration) -> LintedRecord:
        """A configuration, told by its parts."""
        parts = [
            f"{role}: " + "; ".join(self.concepts[part.concept].name for part in held)
            for role, held in (
                ("context", one.contexts),
                ("resource", one.resources),
                ("reasoning", one.reasonings),
                ("outcome", one.outcomes),
            )
            if held
        ]
        return LintedRecord(
            id=one.id,
            kind="configuration",
            name=one.name or one.local_id,
            text=" | ".join(parts) or None,
        )

    def complaint(
        self,
        rule: str,
        about: LintedRecord,
        message: str,
        *,
        found: Iterable[str] = (),
        related: Iterable[LintedRecord] = (),
        score: int | None = None,
        detail: tuple[str, ...] = (),
    ) -> Complaint:
        """A complaint about a record of this review; `detail` tells its id from others."""
        return Complaint(
            id="#".join((about.id, rule, *detail)),
            review=self.bundle.review.id,
            rule=rule,
            record=about.id,
            kind=about.kind,
            name=about.name,
            message=message,
            found=list(found),
            related=list(related),
            score=score,
            silenced=False,
        )
