"""What every answer is made of: pages, names, sources and targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Generic, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.model import Attribution, Role, SourceKind


class Answer(BaseModel):
    """What every answer and every part of one is made of."""

    model_config = ConfigDict(extra="forbid")


Item = TypeVar("Item", bound=Answer)


class Page(Answer, Generic[Item]):
    """Some records in the order of their ids, and where the next ones begin."""

    items: list[Item]
    next: str | None = Field(
        default=None, description="Pass this as `after` for the next page; null on the last one."
    )


class Named(Answer):
    """A record by its id and name."""

    id: str
    name: str


def by_name(ids: Iterable[str], known: Iterable[Named]) -> list[str]:
    """Levels or perspectives by the names that the review gives them; by id where it gives none."""
    names = {one.id.partition(":")[2]: one.name for one in known}
    return [names.get(id_, id_) for id_ in ids]


OfWork = Annotated[
    str | None,
    Field(
        description="The work it is, by the least id of the sources that are one; counts count it."
    ),
]
IsCounted = Annotated[
    bool, Field(description="False for a source that its review excluded: never counted.")
]
WhyExcluded = Annotated[
    str | None, Field(description="For an excluded source: the reason the review gives.")
]


NO_REASON = "no reason stated"
"""What stands for a reason that no record gives."""


class _MayBeExcluded(Protocol):
    citation: str
    counts: bool
    excluded_because: str | None


class Excludable:
    """How a source that its review may have excluded is told, the same at every door."""

    @property
    def why_excluded(self: _MayBeExcluded) -> str:
        """For an excluded source the reason that the review gives, or that it gives none."""
        return "" if self.counts else self.excluded_because or NO_REASON

    @property
    def excluded(self: _MayBeExcluded) -> str:
        """The same in words, for lines that have no name of a field in front."""
        return _excluded(self)

    @property
    def cited(self: _MayBeExcluded) -> str:
        """The citation, with the exclusion if there is one."""
        excluded = _excluded(self)
        return f"{self.citation} ({excluded})" if excluded else self.citation


def _excluded(source: _MayBeExcluded) -> str:
    if source.counts:
        return ""
    why = source.excluded_because
    return f"not counted, excluded because: {why}" if why else f"not counted, excluded, {NO_REASON}"


class SourceRef(Excludable, Answer):
    """The source behind a piece of evidence."""

    id: str
    kind: SourceKind
    citation: str
    doi: str | None = None
    studies: int | None = None
    attribution: Attribution | None = None
    work: OfWork = None
    counts: IsCounted = True
    excluded_because: WhyExcluded = None

    @property
    def collectively(self) -> str:
        """What a synthesis is that does not say which study shows what; of others nothing."""
        if self.kind is not SourceKind.SYNTHESIS or self.attribution is not Attribution.COLLECTIVE:
            return ""
        n = self.studies
        studies = "" if n is None else f" ({n} {'study' if n == 1 else 'studies'})"
        return f"a synthesis{studies} that does not say which study shows what"

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """The source of a row that carries the columns of a source beside others."""
        return cls(
            id=row["source_id"],
            kind=row["source_kind"],
            citation=row["citation"],
            doi=row["doi"],
            studies=row["studies"],
            attribution=row["attribution"],
            work=row["work"],
            counts=row["counts"] is not False,
            excluded_because=row["excluded_because"],
        )


class Target(Answer):
    """What a piece of evidence is about."""

    id: str
    kind: str = Field(description="mechanism, configuration, concept or theory.")
    name: str
    role: Role | None = None
