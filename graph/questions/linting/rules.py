"""The rules of lint: what each complains of, why, an example, and what applies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.answers.lint import Complaint
from graph.questions.linting import alike, parts, quotes, standing
from graph.questions.linting.reviewed import Reviewed


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it is for, and the function that applies it to a review."""

    name: str
    complains_of: str
    reason: str
    example: str
    about: str
    """The record that a justification names."""
    applies: Callable[[Reviewed], Iterator[Complaint]]


RULES = (
    Rule(
        "quote-for-many-claims",
        "One quote that stands for three or more claims.",
        "A quote seldom carries that much. Where it does for one claim, it may have been copied "
        "along to the others.",
        "“We said it the same day” as the quote of a mechanism, a configuration and a concept.",
        "any of the pieces of evidence",
        quotes.many_claims,
    ),
    Rule(
        "quote-contradicts-level",
        "A quote that names a level of the review, by its name or an alias, and none of the "
        "levels at which it is coded.",
        "Support at a level that the source does not speak of fills a cell of the gap matrix that "
        "is empty.",
        "“Across the organisation, nobody asked any more”, coded at team level.",
        "the piece of evidence",
        quotes.other_level,
    ),
    Rule(
        "quote-contradicts-stance",
        "Support whose quote plainly denies, or a challenge whose quote plainly approves. Where a "
        "quote has a condition or a reservation, where what is supported goes badly, and for "
        "`refines`, the rule is silent.",
        "The words are true and the claim is wrong: nothing else in the record would show it.",
        "“The debriefs made no difference to trust”, coded as supports.",
        "the piece of evidence",
        quotes.other_stance,
    ),
    Rule(
        "context-is-an-activity",
        "A context that reads like something the programme does.",
        "A context is the circumstances in which a mechanism works. What a programme does is a "
        "resource; as a context it hides under which circumstances it works.",
        "“training of ward managers” as a context.",
        "the concept",
        parts.activities,
    ),
    Rule(
        "outcome-is-a-plan",
        "An outcome that reads like something intended.",
        "An outcome is what followed. What is meant to follow is no evidence that it does.",
        "“waiting times will be cut by half” as an outcome.",
        "the concept",
        parts.plans,
    ),
    Rule(
        "mechanism-without-response",
        "A mechanism whose description tells of no one who feels, thinks or decides anything, and "
        "whose configurations have no reasoning; or a configuration that offers a resource "
        "without a reasoning, and whose mechanism names none.",
        "A mechanism is a resource and the response to it. A resource alone does not explain why "
        "anything follows.",
        "A mechanism “Shared record”, described as “A record that all wards see”.",
        "the mechanism or the configuration",
        parts.without_response,
    ),
    Rule(
        "evidence-from-excluded-source",
        "Evidence from a source that the review excluded.",
        "What was excluded does not count; or it was included after all, and `sources.csv` is "
        "wrong.",
        "A row of `evidence.csv` whose source says `no` under `included`.",
        "the piece of evidence",
        standing.excluded,
    ),
    Rule(
        "configuration-without-outcome",
        "A configuration without an outcome.",
        "It says under which circumstances somebody responds, and not what follows.",
        "A row of `configurations.csv` with an empty `outcomes`.",
        "the configuration",
        parts.without_outcome,
    ),
    Rule(
        "status-not-borne-out",
        "A mechanism that the review states to be supported and that no empirical source in the "
        "graph supports, or one without evidence by its last status that has support.",
        "One of the two is wrong, or evidence has not been extracted yet.",
        "A history that ends in `supported`, and nothing but interviews as evidence.",
        "the mechanism",
        standing.status,
    ),
    Rule(
        "near-duplicates",
        "Two mechanisms, or two concepts, whose names or descriptions are nearly the same; or an "
        "outcome with the name of a mechanism of another configuration. One "
        "description that was copied to several is no reason by itself. A row of `same-as.csv` "
        "settles it, too.",
        "Evidence for one thing is divided between two, and chains that meet in it do not join.",
        "“trust in managers” and “trust in the manager”.",
        "either of the two records",
        alike.near_duplicates,
    ),
)
"""Every rule, in the order in which they are told."""

BY_NAME = {rule.name: rule for rule in RULES}
