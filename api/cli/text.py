"""Answers as text for a terminal, readable when narrow and when piped."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from api.cli.console import out, plain, say
from graph.answers import (
    Answer,
    AskAnswer,
    ConceptView,
    ConfigurationView,
    EvidenceAnswer,
    EvidenceView,
    FindingView,
    FlowReport,
    GapAnswer,
    MechanismView,
    Page,
    ReviewView,
    SourceView,
    TheoryView,
)
from graph.model import Role, StepKind
from graph.questions.theory_map import if_then_because

_SIGNS = {
    "supported": "+",
    "challenged": "-",
    "mixed": "±",
    "searched, none found": "0",
    "searched, insufficient": "<",
    "level not stated": "~",
    "not searched, stakeholders only": "s",
    "not searched, theorised only": "?",
}


def _field(name: str, value: object, indent: int = 2) -> None:
    if value not in (None, "", [], {}):
        shown = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        say(f"{' ' * indent}{name}: {shown}")


def _number(n: int, one: str) -> str:
    return f"{n} {one if n == 1 else one + 's'}"


def _more(next_: str | None) -> None:
    if next_ is not None:
        say(f"More: add --after {next_}", "dim")


def ask_text(answer: AskAnswer) -> None:
    """The answer to a question in words."""
    say(f"Understood as: {answer.understood}", "italic")
    say()
    if answer.evidence is not None:
        evidence_text(answer.evidence)
    if answer.mechanisms is not None:
        unsupported_text(answer.mechanisms)
    if answer.gaps is not None:
        gaps_text(answer.gaps)


def _mechanism_head(item: MechanismView) -> None:
    say(f"{item.name}  [{item.id}]", "bold")
    stated = f"; the review states: {item.stated}" if item.stated else ""
    say(f"  support, computed from the evidence: {item.support}{stated}")


def evidence_text(answer: EvidenceAnswer) -> None:
    """Evidence with its sources."""
    totals = answer.totals
    if answer.mechanism is not None:
        _mechanism_head(answer.mechanism)
    kinds = ", ".join(f"{n} {kind}" for kind, n in totals.sources_by_kind.items())
    stances = ", ".join(f"{n} {stance}" for stance, n in totals.evidence_by_stance.items())
    pieces = _number(totals.evidence, "piece")
    told = f"{pieces} of evidence from {_number(totals.sources, 'independent source')}"
    say(f"{told} ({kinds}; {stances})" if totals.evidence else "no evidence fits")
    for item in answer.items:
        say()
        evidence_item(item)
    if answer.notes:
        say()
        for note in answer.notes:
            say(f"Note: {note}", "italic")
    _more(answer.next)


def evidence_item(item: EvidenceView, indent: int = 0) -> None:
    """One piece of evidence."""
    pad = " " * indent
    levels = f" at level {', '.join(item.levels)}" if item.levels else ""
    role = f" as {item.about.role}" if item.about.role else ""
    say(f"{pad}{item.stance} {item.about.name}{role}{levels}  [{item.id}]", "bold")
    _field("statement", item.statement, indent + 2)
    _field("quote", item.quote, indent + 2)
    _field("where", item.locator, indent + 2)
    _field("source", f"{item.source.citation} ({item.source.kind}) [{item.source.id}]", indent + 2)
    _field("extent", item.extent, indent + 2)
    _field("perspective", item.perspective, indent + 2)
    _field("setting", item.setting, indent + 2)
    appraised = [
        f"{name} {value}"
        for name, value in (
            ("relevance", item.relevance),
            ("rigour", item.rigour),
            ("richness", item.richness),
        )
        if value
    ]
    _field("appraisal", appraised, indent + 2)
    _field("coder", item.coder, indent + 2)
    _field("note", item.note, indent + 2)


def mechanism_text(item: MechanismView) -> None:
    """One mechanism."""
    _mechanism_head(item)
    _field("aliases", item.aliases)
    _field("description", item.description)
    _field("levels", item.levels)
    kinds = [f"{n} {kind}" for kind, n in item.sources_by_kind.items()]
    _field("evidence", f"{item.evidence} from {', '.join(kinds)}" if kinds else None)
    for entry in item.history:
        into = f" into {', '.join(name.name for name in entry.into)}" if entry.into else ""
        stage = f" ({entry.stage})" if entry.stage else ""
        _field("history", f"{entry.status}{into}{stage}")
        _field("note", entry.note, 4)
    _field("disagreement", item.disagreement)
    _field("where", item.locator)
    _field("note", item.note)
    if item.unsupported is not None:
        why = item.unsupported
        _field("why", why.reason)
        for search in why.searches:
            searched_on = f" {search.searched_on}" if search.searched_on else ""
            _field("who looked", f"{search.name} [{search.stage}]{searched_on}")
            _field("databases", search.databases, 4)
            _field("searched by hand", search.handsearched, 4)
            _field("numbers", [f"{name}: {n}" for name, n in search.totals.items()], 4)
        for piece in why.stakeholders:
            say("  stakeholders:")
            evidence_item(piece, 4)
        for finding in why.findings:
            _field("the review finds", f"{finding.name} ({finding.kind}) [{finding.id}]")


def unsupported_text(page: Page[MechanismView]) -> None:
    """Mechanisms without empirical support."""
    say(f"{_number(len(page.items), 'mechanism')} without empirical support", "bold")
    for item in page.items:
        say()
        mechanism_text(item)
    _more(page.next)


def gaps_text(answer: GapAnswer) -> None:
    """Gap matrices, and the reason for every cell that is not simply supported."""
    for matrix in answer.reviews:
        say(f"{matrix.review}: what there is evidence for, at which level", "bold")
        table = Table(show_edge=False, pad_edge=False, header_style="bold")
        table.add_column("", overflow="fold", ratio=3)
        for level in matrix.levels:
            table.add_column(plain(level.name), overflow="fold", ratio=2)
        for row in matrix.rows:
            cells = []
            for cell in row.cells:
                sources = cell.primary + cell.synthesis
                counted = f" ({sources})" if sources else ""
                cells.append(plain(f"{_SIGNS[cell.state.value]} {cell.state.value}{counted}"))
            mark = "" if row.kind == "mechanism" else f" ({row.kind})"
            table.add_row(plain(row.name + mark), *cells)
        out.print(table)
        reasons: dict[str, list[str]] = {}
        for row in matrix.rows:
            for cell in row.cells:
                if cell.state.value != "supported":
                    reasons.setdefault(f"{row.name}: {cell.reason}", []).append(cell.level)
        if reasons:
            say()
            say("Why", "bold")
        for reason, levels in reasons.items():
            say(f"  {reason} [{', '.join(levels)}]")
        for row in matrix.rows:
            stated = [cell for cell in row.cells if cell.state.value != "level not stated"]
            if row.without_level is not None and stated:
                cell = row.without_level
                say(f"  {row.name}, level not stated: {cell.state.value}: {cell.reason}")
        for note in matrix.notes:
            say(f"Note: {note}", "italic")
        say()
    say("Numbers are independent sources.", "dim")


def flow_text(report: FlowReport) -> None:
    """A search flow with its equations."""
    say(f"{report.title}  [{report.review}]", "bold")
    for stage in report.stages:
        say()
        say(f"{stage.name}  [{stage.id}]", "bold")
        _field("databases", stage.databases)
        _field("searched by hand", stage.handsearched)
        track = None
        for step in stage.steps:
            if step.track != track and step.track != "main":
                say(f"  {step.track}", "underline")
            track = step.track
            sign = {StepKind.ENTRANCE: "+", StepKind.EXIT: "-", StepKind.TOTAL: "="}[step.kind]
            number = str(step.n) if step.n is not None else "?"
            note = ""
            if step.n is None and step.computed is not None:
                number = str(step.computed)
                note = f"  (taken over from {step.takes})" if step.takes else "  (computed)"
            say(f"  {sign} {number:>7}  {step.name}{note}")
    say()
    broken = [equation for equation in report.equations if not equation.holds]
    if report.adds_up:
        say(f"All {len(report.equations)} equations hold.", "green")
    for equation in broken:
        say(f"DOES NOT ADD UP  {equation.name}: {equation.text}", "red")
        for mend in equation.mended_by:
            say(f"  would add up with {mend}")
    for implied in report.implied:
        say(f"Not stated, computed: {implied.name}: {implied.n}  ({implied.text})")
    for name in report.unchecked:
        say(f"Stated, not checkable: {name}")


def review_text(item: ReviewView) -> None:
    """One review."""
    say(f"{item.title}  [{item.id}]", "bold")
    _field("also", item.aliases)
    _field("authors", item.authors)
    _field("year", item.year)
    _field("doi", item.doi)
    _field("registration", item.registration)
    _field("cite as", item.citation)
    _field("question", item.question)
    for number, objective in enumerate(item.objectives, 1):
        _field(f"objective {number}", objective)
    _field("levels", [level.name for level in item.levels])
    _field("held", [f"{kind} {n}" for kind, n in item.counts.items()])
    _field("licence", item.licence)
    _field("note", item.note)


def source_text(item: SourceView) -> None:
    """One source."""
    say(f"{item.citation}  [{item.id}]", "bold")
    _field("kind", item.kind)
    if item.included is not None:
        _field("included", "yes" if item.included else "no")
    _field("studies", item.studies)
    _field("attribution", item.attribution)
    _field("stage", item.stage)
    _field("entrance", item.entrance)
    _field("where", item.locator)
    _field("note", item.note)


def configuration_text(item: ConfigurationView) -> None:
    """One configuration as a sentence, with its parts."""
    name = f"{item.name}  " if item.name != item.id.partition(":")[2] else ""
    say(f"{name}[{item.id}]" + (f"  {item.polarity}" if item.polarity else ""), "bold")
    say(f"  {if_then_because(item)}")
    _field("mechanism", [mechanism.name for mechanism in item.mechanisms])
    for role, parts in (
        ("context", item.contexts),
        ("resource", item.resources),
        ("reasoning", item.reasonings),
        ("outcome", item.outcomes),
    ):
        for part in parts:
            mark = " (inferred)" if part.inferred else ""
            _field(role, f"{part.name}{mark} [{part.id}]")
    _field("levels", item.levels)
    _field("where", item.locator)
    _field("note", item.note)


def concept_text(item: ConceptView) -> None:
    """One concept with the roles it plays."""
    say(f"{item.name}  [{item.id}]", "bold")
    _field("description", item.description)
    for role in Role:
        _field(f"{role} in", item.roles.get(role))
    _field("where", item.locator)


def theory_text(item: TheoryView) -> None:
    """One theory."""
    say(f"{item.name}  [{item.id}]", "bold")
    _field("kind", item.kind)
    _field("description", item.description)
    _field("explains", [target.name for target in item.explains])
    _field("where", item.locator)


def finding_text(item: FindingView) -> None:
    """One finding."""
    say(f"{item.name} ({item.kind})  [{item.id}]", "bold")
    say(f"  {item.statement}")
    _field("about", [target.name for target in item.about])
    _field("levels", item.levels)
    _field("perspectives", item.perspectives)
    _field("said by", [source.citation for source in item.said_by])
    _field("searched in", item.searched)
    _field("where", item.locator)


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
    _more(page.next)
