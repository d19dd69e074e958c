"""What lint complains of, and its rules."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Page


class LintedRecord(Answer):
    """A record that a complaint is about, with the text that shows why."""

    id: str
    kind: str = Field(description="evidence, source, concept, configuration, mechanism.")
    name: str
    text: str | None = Field(
        default=None, description="Its definition or claim, as far as it matters here."
    )


class Complaint(Answer):
    """One thing that lint complains of."""

    id: str = Field(description="The record and the rule; for two records alike, both of them.")
    review: str
    rule: str
    record: str = Field(description="The record that it is about, by id.")
    kind: str = Field(description="evidence, concept, configuration or mechanism.")
    name: str = Field(description="The record's name; for evidence, what it is about.")
    message: str = Field(description="What is the matter, in a sentence.")
    found: list[str] = Field(description="The words, or the value, that gave rise to it.")
    related: list[LintedRecord] = Field(
        description="The other records: claims of the same quote, both of two that are alike, "
        "configurations in which the concept stands."
    )
    score: int | None = Field(
        default=None, description="For two records that are alike: how much, of 100."
    )
    silenced: bool
    because: str | None = Field(default=None, description="The justification, if it is silenced.")
    declared_by: str | None = Field(default=None, description="Who gave it, if stated.")


class RuleCount(Answer):
    """How often a rule speaks."""

    rule: str
    complaints: int = Field(description="Complaints that remain.")
    silenced: int = Field(description="Complaints that a justification silences.")


class LintAnswer(Page[Complaint]):
    """Complaints in the order of their ids, and how many there are on all pages."""

    complaints: int = Field(description="Complaints that remain, on all pages.")
    silenced: int = Field(description="Complaints that are silenced, whether shown or not.")
    rules: list[RuleCount] = Field(description="The rules that were applied.")
    notes: list[str] = []


class LintRule(Answer):
    """One rule of lint."""

    id: str = Field(description="The rule's name, as justifications write it.")
    complains_of: str = Field(description="What it complains of.")
    reason: str = Field(description="Why that is worth a look.")
    example: str = Field(description="Something that it complains of.")
    silence: str = Field(description="How to silence it.")


class LintRules(Answer):
    """Every rule of lint."""

    items: list[LintRule]
