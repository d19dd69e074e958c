"""How much rests on what: support before and after, and whether appraisers agree."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graph.answers.base import Answer, Named, Page, SourceRef
from graph.answers.weight import Weight
from graph.model import Grade


class Verdict(StrEnum):
    """What a narrowing does to the empirical support of a mechanism."""

    UNCHANGED = "unchanged"
    KEEPS = "keeps support"
    LOSES = "loses support"
    NONE = "had no support"


class SensitivityRow(Answer):
    """One mechanism before and after."""

    id: str
    review: str
    name: str
    verdict: Verdict
    before: Weight
    after: Weight
    rests_on: SourceRef | None = Field(
        description="The one work that supports it after all, if it is only one."
    )
    lost: list[SourceRef] = Field(description="Works that supported it and no longer count.")
    not_appraised: int = Field(
        description="Pieces of evidence left out because nobody graded what is asked for."
    )


class SensitivityAnswer(Page[SensitivityRow]):
    """Mechanisms before and after a narrowing."""

    filter: dict[str, str] = Field(description="The narrowing as it was understood.")
    notes: list[str] = []


class PairAgreement(Answer):
    """How far two appraisers of a review agree on one quality."""

    review: str
    quality: str = Field(description="relevance, rigour or richness.")
    one: str
    other: str
    both: int = Field(description="Pieces of evidence that both graded.")
    same: int = Field(description="Pieces that both graded alike.")
    kappa: float | None = Field(
        description="Cohen's kappa, unweighted; null if nothing was graded by both, or if both "
        "used one grade only, so that chance alone would agree."
    )


class GradeBy(Answer):
    """The grade that one appraiser gave."""

    appraiser: str
    grade: Grade
    appraisal: str = Field(description="The id of the appraisal.")


class Unresolved(Answer):
    """Evidence that appraisers graded differently, and that the review has not settled."""

    id: str = Field(description="The evidence and the quality: `review:evidence#quality`.")
    evidence: str
    quality: str
    grades: list[GradeBy]


class AgreementAnswer(Page[Unresolved]):
    """Agreement of appraisers pair by pair, and what they have not settled."""

    pairs: list[PairAgreement]
    appraised: int = Field(description="Pieces of evidence with at least one appraisal.")
    appraisers: list[Named] = Field(description="Who appraised; the id is `review:appraiser`.")
    notes: list[str] = []
