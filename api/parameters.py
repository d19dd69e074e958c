"""Query parameters of the lists; a name that is not among them is refused."""

from __future__ import annotations

from typing import Generic, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.model import FindingKind, Polarity, Role, SourceKind, Status, TheoryKind
from graph.questions.evidence import EvidenceFilter, EvidenceNarrowing
from graph.questions.mechanisms import SupportFilter

Asked = TypeVar("Asked", bound=BaseModel)


class Query(Generic[Asked]):
    """Reads a model from the query string in one step, several times faster than field by field.

    A parameter given twice is refused: one of the two would be dropped in silence.
    """

    def __init__(self, model: type[Asked]) -> None:
        self.model = model

    async def __call__(self, request: Request) -> Asked:
        """The parameters of a request.

        Raises:
            RequestValidationError: a parameter is unknown, given twice, or has a wrong value.
        """
        given: dict[str, str] = {}
        for name, value in request.query_params.multi_items():
            if name in given:
                raise RequestValidationError(
                    [
                        {
                            "type": "given_twice",
                            "loc": ("query", name),
                            "msg": "given more than once",
                            "input": value,
                        }
                    ]
                )
            given[name] = value
        try:
            return self.model.model_validate(given)
        except ValidationError as error:
            raise RequestValidationError(
                [
                    {**complaint, "loc": ("query", *complaint["loc"])}
                    for complaint in error.errors(include_url=False)
                ]
            ) from error


class NoQuery(BaseModel):
    """Nothing can be narrowed here, so any parameter is an unknown one."""

    model_config = ConfigDict(extra="forbid")


class Paged(BaseModel):
    """Paging: pass the `next` of one page as the `after` of the following one."""

    model_config = ConfigDict(extra="forbid")

    after: str = Field(default="", description="The id after which the page begins.")
    limit: int = Field(default=50, ge=1, le=1000, description="Records on the page.")

    def page(self) -> dict[str, int | str]:
        """The paging part, as questions take it."""
        return {"after": self.after, "limit": self.limit}

    def filters(self) -> dict[str, object]:
        """Everything, as questions take it."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class OfReview(BaseModel):
    """Narrows to one review."""

    model_config = ConfigDict(extra="forbid")

    review: str | None = Field(default=None, description="Only this review, by id or title.")


class ListQuery(Paged, OfReview):
    """A list, of one review or of all."""


class MechanismEvidenceQuery(EvidenceNarrowing, Paged):
    """Evidence about one mechanism, narrowed."""

    def about(self, mechanism: str) -> EvidenceFilter:
        """The filter for a mechanism, without the paging."""
        given = {name: getattr(self, name) for name in EvidenceNarrowing.model_fields}
        return EvidenceFilter(mechanism=mechanism, **given)


class EvidenceQuery(EvidenceFilter, Paged):
    """Evidence by any filter."""

    def wanted(self) -> EvidenceFilter:
        """The filter without the paging."""
        return EvidenceFilter(**{name: getattr(self, name) for name in EvidenceFilter.model_fields})


class MechanismQuery(ListQuery):
    """Mechanisms by support."""

    support: SupportFilter | None = Field(
        default=None,
        description="`none`: no empirical source supports it, with the reason and who looked; "
        "or one of the computed states.",
    )
    stated: Status | None = Field(default=None, description="What the review states in the end.")


class PaperQuery(ListQuery):
    """Sources by year and inclusion."""

    since: int | None = Field(default=None, description="Only of this year or later.")
    until: int | None = Field(default=None, description="Only of this year or earlier.")
    included: bool | None = Field(
        default=None, description="Whether the review included it; not stated counts as included."
    )


class SourceQuery(PaperQuery):
    """Sources by kind, year and inclusion."""

    kind: SourceKind | None = Field(default=None, description="Only this kind of source.")


class ConfigurationQuery(ListQuery):
    """Configurations by what they are of."""

    mechanism: str | None = Field(default=None, description="Only of this mechanism.")
    polarity: Polarity | None = Field(default=None, description="Only of this polarity.")
    context: str | None = Field(default=None, description="Only those that hold in this context.")
    concept: str | None = Field(
        default=None, description="Only those in which this concept plays a part, whichever."
    )
    theory: str | None = Field(default=None, description="Only those that this theory explains.")
    level: str | None = Field(default=None, description="Only those that act at this level.")


class ConceptQuery(ListQuery):
    """Concepts by role."""

    role: Role | None = Field(
        default=None, description="Only those that play this role in some configuration."
    )


class TheoryQuery(ListQuery):
    """Theories by kind and by what they explain."""

    kind: TheoryKind | None = Field(default=None, description="programme or substantive.")
    explains: str | None = Field(
        default=None,
        description="Only those that explain this mechanism, concept or configuration.",
    )


class FindingQuery(ListQuery):
    """Findings by what they are, are about, and who says them to whom."""

    kind: FindingKind | None = Field(default=None, description="Only this kind of finding.")
    about: str | None = Field(
        default=None, description="Only about this mechanism, concept, configuration or theory."
    )
    audience: str | None = Field(
        default=None, description="Only addressed to it: the review's words, or some of them."
    )
    said_by: str | None = Field(default=None, description="Only what this source says.")
    level: str | None = Field(default=None, description="Only about this level.")
    perspective: str | None = Field(default=None, description="Only about this perspective.")


class GapQuery(OfReview):
    """What the columns of a gap matrix are."""

    by: str = Field(
        default="level",
        description="level, perspective, source kind or setting; or two of them, with a comma.",
    )
    column: str | None = Field(
        default=None, description="Only columns with this value, by id or name."
    )


class AskQuery(Paged):
    """A question in words."""

    q: str = Field(
        min_length=1,
        max_length=500,
        description="The question.",
        examples=["evidence for Working with power at team level"],
    )


class MapQuery(OfReview):
    """What the map shows."""

    mechanism: str | None = Field(default=None, description="Only this mechanism.")
    level: str | None = Field(default=None, description="Only this level.")
