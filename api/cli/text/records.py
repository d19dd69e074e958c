"""Records and pages of them as text."""

from __future__ import annotations

from typing import Any

from api.cli.console import field, more, say
from api.cli.text.evidence import evidence_item, weight_lines
from api.cli.text.findings import finding_text, findings_text
from api.cli.text.mechanisms import mechanism_text
from graph.answers import (
    Answer,
    ConceptView,
    ConfigurationView,
    EvidenceView,
    FindingView,
    MechanismView,
    Page,
    ReviewView,
    SourceView,
    TheoryView,
)
from graph.model import Role
from graph.questions.theory_map import if_then_because


def review_text(item: ReviewView) -> None:
    """One review."""
    say(f"{item.title}  [{item.id}]", "bold")
    field("also", item.aliases)
    field("authors", item.authors)
    field("year", item.year)
    field("doi", item.doi)
    field("registration", item.registration)
    field("cite as", item.citation)
    field("question", item.question)
    for number, objective in enumerate(item.objectives, 1):
        field(f"objective {number}", objective)
    field("levels", [level.name for level in item.levels])
    for said in item.reporting:
        where = f" ({said.locator})" if said.locator else ""
        field(f"RAMESES {said.item}", f"{said.statement}{where}")
    field("held", [f"{kind} {n}" for kind, n in item.counts.items()])
    field("keywords", item.keywords)
    field("licence", item.licence)
    field("acknowledgement", item.acknowledgement)
    field("note", item.note)


def source_text(item: SourceView) -> None:
    """One source."""
    say(f"{item.citation}  [{item.id}]", "bold")
    field("kind", item.kind)
    if item.included is not None:
        field("included", "yes" if item.included else "no, so its evidence does not count")
    field("excluded because", item.excluded_because)
    for other in item.same_work:
        field("the same work", f"{other.id} ({', '.join(other.shown_by)}): {other.citation}")
    field("studies", item.studies)
    field("attribution", item.attribution)
    field("stage", item.stage)
    field("entrance", item.entrance)
    field("where", item.locator)
    field("note", item.note)


def configuration_text(item: ConfigurationView) -> None:
    """One configuration as a sentence, with its parts."""
    name = f"{item.name}  " if item.name != item.id.partition(":")[2] else ""
    say(f"{name}[{item.id}]" + (f"  {item.polarity}" if item.polarity else ""), "bold")
    say(f"  {if_then_because(item)}")
    field("mechanism", [mechanism.name for mechanism in item.mechanisms])
    for role, parts in (
        ("context", item.contexts),
        ("resource", item.resources),
        ("reasoning", item.reasonings),
        ("outcome", item.outcomes),
    ):
        for part in parts:
            mark = " (inferred)" if part.inferred else ""
            field(role, f"{part.name}{mark} [{part.id}]")
    field("levels", item.levels)
    weight_lines(item.weight)
    field("where", item.locator)
    field("note", item.note)
    findings_text(item.findings)


def concept_text(item: ConceptView) -> None:
    """One concept with the roles it plays."""
    say(f"{item.name}  [{item.id}]", "bold")
    field("description", item.description)
    for role in Role:
        field(f"{role} in", item.roles.get(role))
    weight_lines(item.weight)
    field("where", item.locator)
    findings_text(item.findings)


def theory_text(item: TheoryView) -> None:
    """One theory."""
    say(f"{item.name}  [{item.id}]", "bold")
    field("kind", item.kind)
    field("description", item.description)
    field("explains", [target.name for target in item.explains])
    weight_lines(item.weight)
    field("where", item.locator)
    findings_text(item.findings)


def record_text(item: Answer) -> None:
    """Any record."""
    if isinstance(item, ReviewView):
        review_text(item)
    elif isinstance(item, SourceView):
        source_text(item)
    elif isinstance(item, MechanismView):
        mechanism_text(item)
    elif isinstance(item, ConfigurationView):
        configuration_text(item)
    elif isinstance(item, ConceptView):
        concept_text(item)
    elif isinstance(item, TheoryView):
        theory_text(item)
    elif isinstance(item, FindingView):
        finding_text(item)
    elif isinstance(item, EvidenceView):
        evidence_item(item)


def page_text(page: Page[Any]) -> None:
    """A page of records."""
    for number, item in enumerate(page.items):
        if number:
            say()
        record_text(item)
    if not page.items:
        say("none")
    more(page.next)
