"""What a report says, section by section; the same for every format."""

from __future__ import annotations

from collections.abc import Mapping

from exports.report import evidence_tables as evidence
from exports.report.contradiction_tables import contradictions
from exports.report.gathered import Gathered, gather
from exports.report.rameses import checklist
from exports.report.references import DEFAULT_STYLE, Bibliography, bibliography, short_names
from exports.report.shape import NOT_REPORTED, Report, Section, joined, plain, table
from graph.answers import (
    ConfigurationView,
    FindingView,
    MechanismView,
    PartView,
    Sort,
    StepView,
)
from graph.answers.base import by_name
from graph.answers.labels import heading, headings
from graph.model import StepKind
from graph.store import Store

_PARTS = ("contexts", "resources", "reasonings", "outcomes")
_SIGNS = {StepKind.ENTRANCE: "+", StepKind.EXIT: "−", StepKind.TOTAL: "="}


def report_of(store: Store, review: str, *, style: str = DEFAULT_STYLE) -> Report:
    """The report of a review: what it states, beside what the evidence in the graph makes of it.

    Args:
        store: where to look.
        review: the review, by id or title.
        style: name of a citation style.

    Raises:
        NotFound: there is no such review.
        UnknownStyle: there is no such style; the error names the nearest.
    """
    held = gather(store, review)
    cited = sorted(
        held.included(),
        key=lambda one: (
            int(one.reference) if (one.reference or "").isdecimal() else 10**9,  # type: ignore[arg-type]
            one.id,
        ),
    )
    listed = bibliography(cited, style)
    names = short_names(cited, listed)
    sections = [
        _about(held),
        _configurations(held),
        _theories(held),
        _mechanisms(held),
        _unsupported(held),
        evidence.matrix(held),
        contradictions(held),
        evidence.pieces(held, names),
        evidence.characteristics(held, names),
        evidence.appraisal(held, names),
        _flow(held),
        _findings(held, names),
        checklist(held),
        _references(listed, names, len(cited)),
    ]
    return Report(
        review=held.review.id,
        title=plain(held.review.title).replace("\n", " "),
        subtitle=f"Tables of the review {held.review.id}",
        authors=[plain(name).replace("\n", " ") for name in held.review.authors],
        style=listed.style,
        sections=sections,
    )


def _about(held: Gathered) -> Section:
    review = held.review
    counts = joined(f"{kind} {n}" for kind, n in review.counts.items())
    values: dict[str, object] = {
        "title": review.title,
        "aliases": joined(review.aliases),
        "authors": joined(review.authors, ", "),
        "year": review.year,
        "doi": review.doi,
        "registration": review.registration,
        "question": review.question,
        "objectives": joined(
            (f"{n}. {one}" for n, one in enumerate(review.objectives, start=1)), "\n"
        ),
        "levels": joined(level.name for level in review.levels),
        "perspectives": joined(one.name for one in review.perspectives),
        "citation": review.citation,
        "keywords": joined(review.keywords, ", "),
        "licence": review.licence,
        "acknowledgement": review.acknowledgement,
        "note": review.note,
        "counts": counts,
    }
    rows = [
        (
            [
                "Records in the graph" if field == "counts" else heading(field),
                NOT_REPORTED if value is None else value,
            ],
            [f"{review.id}: {field}"],
        )
        for field, value in values.items()
    ]
    return Section(
        id="review",
        title="The review",
        tables=table("Review", "The review", ["Field", "What is stated"], rows),
        notes=[
            "Made of what the graph holds. Where it is silent, this report says so; nothing is "
            "filled in."
        ],
    )


# -- theory -------------------------------------------------------------------------------------


def _configurations(held: Gathered) -> Section:
    about = any(one.weight.amounts for one in held.configurations)

    def cells(one: ConfigurationView) -> list[object]:
        return [
            one.id.partition(":")[2] if one.name in (None, one.id) else one.name,
            joined(mechanism.name for mechanism in one.mechanisms),
            _parts(one.contexts),
            _parts(one.resources),
            _parts(one.reasonings),
            _parts(one.outcomes),
            one.polarity and one.polarity.value,
            joined(by_name(one.levels, held.review.levels)),
            *(evidence.by_sort(one.weight, sort) if about else None for sort in Sort),
            one.locator,
            one.note,
        ]

    made = table(
        "Configurations",
        "Configurations of context, mechanism (resource and reasoning) and outcome",
        [
            "Configuration",
            *headings("mechanisms", *_PARTS, "polarity", "levels"),
            "Primary works",
            "Syntheses",
            "Stakeholders",
            *headings("locator", "note"),
        ],
        ((cells(one), [one.id]) for one in held.configurations),
        notes=(
            "Primary works, syntheses, stakeholders: works with evidence about the configuration "
            "itself, by what they do to it; each work once."
            if about
            else "No evidence in the graph is about a configuration itself.",
            *(
                ["(inferred): concluded by the reviewer, stated by no source."]
                if any(part.inferred for one in held.configurations for part in _parts_of(one))
                else []
            ),
        ),
        keep=headings(*_PARTS),
        quiet=("Primary works", "Syntheses", "Stakeholders"),
    )
    notes = [] if made else ["The graph holds no configurations of this review."]
    return Section(id="configurations", title="Configurations", tables=made, notes=notes)


def _parts_of(one: ConfigurationView) -> list[PartView]:
    return [*one.contexts, *one.resources, *one.reasonings, *one.outcomes]


def _parts(parts: list[PartView]) -> str | None:
    return joined(f"{part.name} (inferred)" if part.inferred else part.name for part in parts)


def _theories(held: Gathered) -> Section:
    made = table(
        "Theories",
        "Programme theories and substantive theories",
        ["Theory", *headings("kind", "description", "explains", "locator")],
        (
            (
                [
                    one.name,
                    one.kind.value,
                    one.description,
                    joined(f"{about.kind} {about.name}" for about in one.explains),
                    one.locator,
                ],
                [one.id],
            )
            for one in held.theories
        ),
    )
    notes = [] if made else ["The graph holds no theories of this review."]
    return Section(id="theories", title="Theories", tables=made, notes=notes)


def _mechanisms(held: Gathered) -> Section:
    stages = {stage.id: stage.name for stage in held.flow.stages}

    def history(one: MechanismView) -> str | None:
        told = []
        for entry in one.history:
            where = f" ({stages[entry.stage]})" if entry.stage in stages else ""
            into = f" into {', '.join(other.name for other in entry.into)}" if entry.into else ""
            only = entry.bound(held.review.levels, held.review.perspectives)
            told.append(f"{entry.status.value}{into}{where}{only and f', {only}'}")
        return joined(told, " → ")

    made = table(
        "Mechanisms",
        "Mechanisms: what the review states, and the support computed from the evidence",
        [
            heading("number"),
            "Mechanism",
            *headings("levels", "history", "stated", "support"),
            "Primary works",
            "Syntheses",
            "Stakeholders",
            "Not counted",
            heading("disagreement"),
        ],
        (
            (
                [
                    one.number,
                    one.name,
                    joined(by_name(one.levels, held.review.levels)),
                    history(one),
                    one.stated and one.stated.value,
                    one.support.value,
                    *(evidence.by_sort(one.weight, sort) for sort in Sort),
                    evidence.apart(one.weight),
                    one.disagreement,
                ],
                [one.id],
            )
            for one in held.mechanisms
        ),
        notes=(
            "Counts are of works, each once, by what they do to the mechanism. Primary works are "
            "papers and grey literature. Not counted: evidence of a source that the review "
            "excluded.",
        ),
        keep=headings("stated", "support"),
        quiet=("Not counted", heading("disagreement")),
    )
    notes = [] if made else ["The graph holds no named mechanisms of this review."]
    return Section(id="mechanisms", title="Mechanisms", tables=made, notes=notes)


def _unsupported(held: Gathered) -> Section:
    def looked(one: MechanismView) -> str | None:
        searches = one.unsupported.searches if one.unsupported else []
        return joined(
            (
                f"{search.name}, {search.searched_on or 'date not entered'}: "
                f"{', '.join(search.databases) or 'databases not entered'}"
                for search in searches
            ),
            "\n",
        )

    made = table(
        "Unsupported",
        "Mechanisms without empirical support, and who looked",
        ["Mechanism", heading("stated"), "Why", "Searches", heading("findings")],
        (
            (
                [
                    one.name,
                    one.stated and one.stated.value,
                    one.unsupported and one.unsupported.reason,
                    looked(one),
                    joined(one.unsupported.findings and _names(one.unsupported.findings))
                    if one.unsupported
                    else None,
                ],
                [one.id],
            )
            for one in held.unsupported
        ),
    )
    notes = []
    if not made:
        notes = (
            ["Every mechanism that is held has empirical support in the graph."]
            if held.mechanisms
            else ["The graph holds no named mechanisms of this review."]
        )
    return Section(
        id="unsupported", title="Mechanisms without empirical support", tables=made, notes=notes
    )


def _names(findings: list[FindingView]) -> list[str]:
    return [one.name for one in findings]


# -- flow, findings, checklist, references -------------------------------------------------------


def _flow(held: Gathered) -> Section:
    boxes = table(
        "Flow",
        "Flow of documents, box by box",
        ["Stage", heading("track"), "Sign", "Box", "n", *headings("reason", "locator")],
        (
            (
                [
                    stage.name,
                    step.track,
                    _SIGNS[step.kind],
                    step.name,
                    _number(step),
                    step.reason,
                    step.locator,
                ],
                [step.id],
            )
            for stage in held.flow.stages
            for step in stage.steps
        ),
        notes=("+ comes in, − goes out, = total. [n]: not stated; follows from the others.",),
        keep=("Sign", "n"),
    )
    stage_of = {step.id: stage.name for stage in held.flow.stages for step in stage.steps}

    def told(name: str) -> str:
        """What a sum or number is called, with its stage in place of its id."""
        id_, _, rest = name.partition(": ")
        stage = stage_of.get(f"{held.review.id}:{id_}")
        return f"{stage}: {rest}" if stage else rest

    sums = table(
        "Sums",
        "Do the numbers add up?",
        ["Sum", "Numbers", "Holds", "Mended by", heading("locator")],
        (
            (
                [told(sum_.name), sum_.text, sum_.holds, joined(sum_.mended_by), sum_.locator],
                [held.review.id],
            )
            for sum_ in held.flow.equations
        ),
        quiet=("Mended by",),
    )
    notes = []
    if not boxes:
        notes.append("The graph holds no search flow of this review.")
    if held.flow.equations and not held.flow.adds_up:
        notes.append(f"{held.flow.verdict} Those that do not are in the table of sums.")
    if held.flow.unchecked:
        numbers = joined(plain(told(one)) for one in held.flow.unchecked)
        notes.append(f"Stated numbers that nothing can check: {numbers}.")
    return Section(id="flow", title="Flow of documents", tables=boxes + sums, notes=notes)


def _number(step: StepView) -> str:
    if step.n is not None:
        return str(step.n)
    return NOT_REPORTED if step.computed is None else f"[{step.computed}]"


def _findings(held: Gathered, names: Mapping[str, str]) -> Section:
    stages = {stage.id: stage.name for stage in held.flow.stages}
    made = table(
        "Findings",
        "Findings, gaps, recommendations and implications",
        [
            heading("kind"),
            "Finding",
            *headings("statement", "about", "levels", "perspectives", "audience", "said_by"),
            *headings("searched", "locator"),
        ],
        (
            (
                [
                    f"{one.kind.value}: {one.absence}" if one.absence else one.kind.value,
                    one.name,
                    one.statement,
                    joined(f"{about.kind} {about.name}" for about in one.about),
                    joined(by_name(one.levels, held.review.levels)),
                    joined(by_name(one.perspectives, held.review.perspectives)),
                    joined(one.audience),
                    joined(evidence.called(source, names) for source in one.said_by),
                    stages.get(one.searched or ""),
                    one.locator,
                ],
                [one.id],
            )
            for one in sorted(held.findings, key=lambda one: (one.kind.value, one.id))
        ),
    )
    notes = [] if made else ["The graph holds no findings of this review."]
    return Section(id="findings", title="Findings", tables=made, notes=notes)


def _references(listed: Bibliography, names: Mapping[str, str], sources: int) -> Section:
    notes = []
    if not listed.references:
        notes.append("The graph holds no published sources of this review to be listed.")
    if len(listed.references) < sources and listed.references:
        notes.append("Interviews and consultations are sources, not publications; not listed here.")
    if listed.fallen_back:
        shown = "; ".join(names[id_] for id_ in listed.fallen_back)
        notes.append(f"Not set in the style, but as the graph cites them: {shown}.")
    return Section(id="references", title="References", references=listed.references, notes=notes)
