"""Two hundred questions, each as an operation of HTTP with its parameters, and as a command."""

from __future__ import annotations

from collections.abc import Iterator

Question = tuple[str, dict[str, str]]

_MECHANISMS = (
    "working-with-power",
    "Taking a wider view",
    "harris2021:fostering-resilience",
    "clarifying complexity",
    "balancing-multiple-perspectives",
    "commitment-to-learning-and-development",
    "creating-the-conditions-to-work-together",
    "inspiring-intent-to-work-together",
    "adaptability-of-leadership-style",
    "planning-and-coordinating",
)
_CONCEPTS = ("C1", "C2", "C3", "C4", "C5", "confusion", "frustration", "safe-to-err")
_OUTCOMES = (
    "learning-outcomes-helped",
    "learning-outcomes-harmed",
    "illness-scripts-built",
    "better-learning-or-accuracy",
    "no-gain",
)
_ASKED = (
    "evidence for Working with power at team level",
    "what challenges taking a wider view",
    "evidence for confusion where C1",
    "which mechanisms have no empirical support",
    "which mechanisms have weak support",
    "gaps at team level",
    "gaps in review harris2021",
    "what does C3 lead to",
    "what triggers confusion",
    "how does C3 lead to illness scripts built",
    "where do sources disagree",
    "where do sources disagree about C4",
    "compare reviews",
    "compare reviews on working with power",
    "what would change without first-look-summary",
    "does the flow of harris2021 add up",
    "evidnce for Workng with power",
    "evidence for dual-process theory",
    "tell me a joke",
    "evidence for working without power",
)


def questions() -> Iterator[Question]:
    """All of them, with short pages."""
    yield "health", {}
    for q in _ASKED:
        yield "ask", {"q": q, "limit": "5"}
    for mechanism in _MECHANISMS:
        yield "mechanism", {"id": mechanism}
        yield "mechanism_evidence", {"id": mechanism, "limit": "3"}
        yield "mechanism_evidence", {"id": mechanism, "level": "team"}
        yield "chains", {"from": mechanism, "limit": "4"}
        yield "contradictions", {"about": mechanism}
    for concept in _CONCEPTS:
        yield "concept", {"id": concept}
        yield "evidence", {"concept": concept, "limit": "4"}
        yield "evidence", {"context": concept, "limit": "4"}
        yield "chains", {"from": concept, "limit": "4"}
        yield "contradictions", {"about": concept}
    for outcome in _OUTCOMES:
        yield "chains", {"to": outcome, "limit": "3"}
        yield "weakest_link", {"to": outcome}
        yield "chains", {"from": "C3", "to": outcome}
    for review in ("harris2021", "richmond2020"):
        yield "review", {"id": review}
        yield "flow", {"id": review}
        yield "gaps", {"review": review}
        yield "gaps", {"review": review, "by": "perspective"}
        for listed in ("papers", "sources", "configurations", "concepts", "theories", "findings"):
            yield listed, {"review": review, "limit": "4"}
        yield "mechanisms", {"review": review, "limit": "4"}
        yield "mechanisms", {"review": review, "support": "none", "limit": "2"}
        for stance in ("supports", "challenges", "refines"):
            yield "evidence", {"review": review, "stance": stance, "limit": "4"}
        yield "contradictions", {"review": review}
        yield "agreement", {"review": review}
        yield "same_as", {"review": review}
        yield "sensitivity", {"review": review, "limit": "3"}
        yield "weakest_link", {"review": review}
    for kind in ("paper", "grey", "synthesis", "interview", "consultation"):
        yield "sources", {"kind": kind, "limit": "3"}
        yield "sensitivity", {"without_source_kind": kind, "limit": "3"}
    for quality in ("relevance", "rigour", "richness"):
        for grade in ("low", "moderate", "high"):
            yield "sensitivity", {quality: grade, "limit": "2"}
    yield "sensitivity", {"without_source": "first-look-summary", "limit": "4"}
    yield "sensitivity", {"without_level": "team", "limit": "4"}
    yield "compare", {"reviews": "harris2021,richmond2020", "limit": "4"}
    yield "compare", {"reviews": "harris2021,richmond2020", "about": "working with power"}
    yield "reviews", {"limit": "1"}
    yield "papers", {"review": "richmond2020", "limit": "2", "after": "richmond2020:ark-2006"}
    yield "paper", {"id": "chamberland-2013"}
    yield "source", {"id": "first-look-summary"}
    yield "configuration", {"id": "F2-C3"}
    yield "theory", {"id": "dual-process theory"}
    yield "finding", {"id": "harris2021:power-underestimated"}
    yield "evidence_by_id", {"id": "richmond2020:chamberland-2013-C1"}
    for polarity in ("positive", "negative", "neutral", "mixed"):
        yield "configurations", {"polarity": polarity, "limit": "3"}
    for review in ("harris2021", "richmond2020"):
        yield "references", {"review": review, "limit": "3"}
        yield "overlap", {"id": review}
    yield "source_references", {"id": "richmond2020:chamberland-2013"}
    # Refused alike.
    yield "loads", {"review": "nobody"}
    yield "mechanism", {"id": "workng-with-powr"}
    yield "concept", {"id": "nobody"}
    yield "evidence", {"level": "galaxy"}
    yield "chains", {"from": "nobody"}
    yield "compare", {"reviews": "harris2021"}
    yield "gaps", {"review": "nobody"}
    yield "review", {"id": "nobody"}


_SHOWN = {
    "review": "reviews",
    "paper": "papers",
    "source": "sources",
    "mechanism": "mechanisms",
    "configuration": "configurations",
    "concept": "concepts",
    "theory": "theories",
    "finding": "findings",
    "evidence_by_id": "evidence",
}
_LISTED = ("reviews", *(name for name in _SHOWN.values() if name not in ("reviews", "evidence")))


def as_command(question: Question) -> list[str] | None:
    """The arguments of the command that asks the same; none if no command does."""
    operation, given = question
    parameters = dict(given)
    if operation == "health":
        return None
    if operation in ("references", "source_references"):
        start = ["sources", "records", *([parameters.pop("id")] if "id" in parameters else [])]
    elif operation == "overlap":
        start = ["sources", "overlap", parameters.pop("id")]
    elif operation == "ask":
        start = ["ask", parameters.pop("q")]
    elif operation in _SHOWN:
        start = ["show", _SHOWN[operation], parameters.pop("id")]
    elif operation == "mechanisms" and parameters.get("support") == "none":
        del parameters["support"]
        start = ["unsupported"]
    elif operation in _LISTED:
        start = ["show", operation]
    elif operation == "flow":
        start = ["flow", parameters.pop("id")]
    elif operation == "mechanism_evidence":
        start = ["evidence", "--mechanism", parameters.pop("id")]
    elif operation == "compare":
        start = ["compare", *parameters.pop("reviews").split(",")]
    else:
        start = [operation.replace("_", "-")]
    options = [
        word
        for name, value in parameters.items()
        for word in (f"--{name.replace('_', '-')}", value)
    ]
    return [*start, *options, "--json"]
