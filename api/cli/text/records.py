"""Records and pages of them as text."""

from __future__ import annotations

from typing import Any

from api.cli.console import field, more, say, told
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
from graph.answers.labels import label
from graph.model import Role
from graph.questions.theory_map import if_then_because


def review_text(item: ReviewView) -> None:
    """One review."""
    say(f"{item.title}  [{item.id}]", "bold")
    told(item, "aliases", "authors", "year", "doi", "registration", "citation", "question")
    for number, objective in enumerate(item.objectives, 1):
        field(f"objective {number}", objective)
    field(label("levels"), [level.name for level in item.levels])
    for said in item.reporting:
        where = f" ({said.locator})" if said.locator else ""
        field(f"RAMESES {said.item}", f"{said.statement}{where}")
    field("held", [f"{kind} {n}" for kind, n in item.counts.items()])
    told(item, "keywords", "licence", "acknowledgement", "note")


def source_text(item: SourceView) -> None:
    """One source."""
    say(f"{item.citation}  [{item.id}]", "bold")
    told(item, "kind")
    if item.included is not None:
        field(label("included"), "yes" if item.included else "no, so its evidence does not count")
    field(label("excluded_because"), item.why_excluded)
    for one in item.decisions:
        why = f", {one.reason}" if one.reason else ""
        field("decided", f"{one.stage}: {one.outcome}{why} ({one.file}) [{one.record}]")
    for conflict in item.conflicts:
        for said in conflict.values:
            field(f"{label(conflict.column)} differs", f"{said.value} [{', '.join(said.by)}]")
    for other in item.same_work:
        field("the same work", f"{other.id} ({', '.join(other.shown_by)}): {other.citation}")
    told(item, "studies", "attribution", "stage", "entrance", "locator", "note")


def configuration_text(item: ConfigurationView) -> None:
    """One configuration as a sentence, with its parts."""
    name = f"{item.name}  " if item.name != item.id.partition(":")[2] else ""
    say(f"{name}[{item.id}]" + (f"  {item.polarity}" if item.polarity else ""), "bold")
    say(f"  {if_then_because(item)}")
    field(label("mechanisms"), [mechanism.name for mechanism in item.mechanisms])
    for name in ("contexts", "resources", "reasonings", "outcomes"):
        for part in getattr(item, name):
            mark = " (inferred)" if part.inferred else ""
            field(label(name), f"{part.name}{mark} [{part.id}]")
    told(item, "levels")
    weight_lines(item.weight)
    told(item, "locator", "note")
    findings_text(item.findings)


def concept_text(item: ConceptView) -> None:
    """One concept with the roles it plays."""
    say(f"{item.name}  [{item.id}]", "bold")
    told(item, "aliases", "description")
    for role in Role:
        field(f"{role} in", item.roles.get(role))
    weight_lines(item.weight)
    told(item, "locator")
    findings_text(item.findings)


def theory_text(item: TheoryView) -> None:
    """One theory."""
    say(f"{item.name}  [{item.id}]", "bold")
    told(item, "kind", "aliases", "description")
    field(label("explains"), [target.name for target in item.explains])
    weight_lines(item.weight)
    told(item, "locator")
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
