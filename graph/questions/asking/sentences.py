"""A reading in words, with the id of every record that it names."""

from __future__ import annotations

from graph.answers import Asked, Reading

_TARGETS = ("mechanism", "concept", "configuration", "theory")
_SUPPORT = {
    "none": "mechanisms without empirical support",
    "weak": "mechanisms with weak support: one empirical work each",
    "mixed": "mechanisms with mixed support: empirical works for and against",
    "supported": "mechanisms that empirical works support and none challenges",
    "challenged": "mechanisms that empirical works only challenge",
    "stakeholders only": "mechanisms of which only stakeholders speak",
}
_HEADS: dict[Asked, str] = {
    Asked.EVIDENCE: "evidence{about}",
    Asked.SAID: "what is said{about}, and by whom",
    Asked.STRENGTH: "how much evidence there is for and against{of}",
    Asked.HISTORY: "what became of the mechanism {mechanism}, with the reason that is stated",
    Asked.SEARCHES: "who looked for{of}",
    Asked.UNSEARCHED: "mechanisms that no search is recorded to have looked for",
    Asked.GAPS: "the gap matrix: mechanism by {by}",
    Asked.UNKNOWNS: "gaps and future research{about}",
    Asked.FINDINGS: "{findings}",
    Asked.WEAKEST: "the sources whose fall breaks most chains",
    Asked.CONFIGURATIONS: "configurations",
    Asked.PARTS: "the {role}s of the configurations of {target}{parted}",
    Asked.CONTRADICTIONS: "where sources disagree",
    Asked.COMPARE: "reviews compared: {reviews}",
    Asked.SAME_AS: "what is declared to be the same",
    Asked.SENSITIVITY: "mechanisms before and after",
    Asked.AGREEMENT: "how far appraisers agree",
    Asked.LINT: "what lint complains of",
    Asked.FLOW: "the search flow of {review}",
    Asked.BOXES: "the numbers of the flow and the tallies that count: {counted}",
    Asked.FACTS: "what is stated of: {item}",
    Asked.RECORD: "the record of {target}",
    Asked.LIST: "a list of {kind}",
    Asked.COUNT: "how many {kind} the graph holds, by review",
    Asked.LOADS: "what was loaded, and when",
    Asked.HELP: "what can be asked",
}
_SOURCE_KINDS = {
    "paper": "papers",
    "grey": "grey literature",
    "synthesis": "syntheses",
    "interview": "interviews",
    "consultation": "consultations",
    "primary": "papers and grey literature",
    "empirical": "papers, grey literature and syntheses",
    "stakeholders": "interviews and consultations",
}
_TAILS: dict[str, str] = {
    "stance": "that {} it",
    "stated": "that the review states as {}",
    "support": "that are {}",
    "polarity": "of {} polarity",
    "context": "in context {}",
    "concept": "with the concept {}",
    "part": "in which {} plays a part",
    "with": "and {} too",
    "theory": "that the theory {} explains",
    "about": "about {}",
    "audience": "addressed to {}",
    "source": "from the source {}",
    "level": "at level {}",
    "perspective": "from perspective {}",
    "setting": "in the setting {}",
    "not_level": "but not at level {}",
    "not_perspective": "but not from perspective {}",
    "not_setting": "but not in the setting {}",
    "not_source": "but not from the work of {}",
    "start": "from {}",
    "end": "to {}",
    "without_source": "without source {}",
    "without_level": "without level {}",
    "without_source_kind": "without source kind {}",
    "since": "from {} or later",
    "until": "up to {}",
    "included": "that the review {}",
    "review": "in review {}",
}
"""How each filter is told that the head does not name."""


def sentence(reading: Reading) -> str:
    """How a question was understood, in a sentence."""
    filters = dict(reading.filters)
    head = _head(reading.asks, filters)
    tails = []
    if "source_kind" in filters:
        tails.append(f"from {_SOURCE_KINDS[filters.pop('source_kind')]} alone")
    if "not_source_kind" in filters:
        tails.append(f"but not from {_SOURCE_KINDS[filters.pop('not_source_kind')]}")
    for quality in ("relevance", "rigour", "richness"):
        if quality in filters:
            tails.append(_grade(quality, filters.pop(quality)))
    if "since" in filters and filters.get("since") == filters.get("until"):
        tails.append(f"of {filters.pop('since')}")
        del filters["until"]
    if "included" in filters:  # nothing may be said of some, and they count
        filters["included"] = "did not exclude" if filters["included"] == "yes" else "excluded"
    for name, text in _TAILS.items():
        if name in filters:
            tails.append(text.format(filters.pop(name)))
    tails += [f"{name} {value}" for name, value in filters.items()]
    if reading.asks is Asked.CONFIGURATIONS and "context" in reading.filters:
        tails += [] if "polarity" in reading.filters else ["(of every polarity)"]
    return " ".join([head, *tails])


def _head(asks: Asked, filters: dict[str, str]) -> str:
    """The beginning; what it names is taken out of the filters."""
    if asks is Asked.MECHANISMS:
        return _SUPPORT[filters.pop("support")] if "support" in filters else "mechanisms"
    if asks is Asked.CHAINS:
        return _chains(filters)
    if asks is Asked.STRENGTH and not any(kind in filters for kind in _TARGETS):
        return "mechanisms by how much evidence there is, the most first"
    if asks is Asked.FINDINGS:
        return _findings(filters)
    head = _HEADS[asks]
    target = ""
    if any(slot in head for slot in ("{about}", "{of}", "{target}")):
        for kind in (*_TARGETS, "source", "finding", "review"):
            if kind in filters and (kind in _TARGETS or asks is Asked.RECORD):
                target = f"the {kind} {filters.pop(kind)}"
                break
    named = {
        "about": f" about {target}" if target else "",
        "of": f" {target}" if target else "",
        "target": target,
        "by": "",
        "parted": "" if "polarity" in filters else ", by polarity",
    }
    if asks is Asked.GAPS:
        named["by"] = filters.pop("by", "perspective" if "perspective" in filters else "level")
    if asks is Asked.CONFIGURATIONS and "mechanism" in filters:
        return f"configurations of the mechanism {filters.pop('mechanism')}"
    if asks is Asked.CONFIGURATIONS and "configuration" in filters:
        return f"the configuration {filters.pop('configuration')}"
    for slot in ("mechanism", "role", "reviews", "review", "counted", "item", "kind"):
        if f"{{{slot}}}" in head:
            named[slot] = filters.pop(slot)
    if "reviews" in named:
        named["reviews"] = named["reviews"].replace(",", ", ")
    return head.format(**named)


def _chains(filters: dict[str, str]) -> str:
    if "start" in filters and "end" in filters:
        return f"chains from {filters.pop('start')} to {filters.pop('end')}"
    if "start" in filters:
        return f"what {filters.pop('start')} leads to"
    if "end" in filters:
        return f"what leads to {filters.pop('end')}"
    return "chains of two or more configurations, and loops"


def _findings(filters: dict[str, str]) -> str:
    kinds = filters.pop("kind", "")
    head = f"findings of the kind {' or '.join(kinds.split(', '))}" if kinds else "all findings"
    for kind in _TARGETS:
        if kind in filters:
            head += f" about the {kind} {filters.pop(kind)}"
    return head


def _grade(quality: str, grade: str) -> str:
    if grade == "not stated":
        return f"without a grade of {quality}"
    only = grade.removesuffix(" only")
    return f"with {quality} {only}" if only != grade else f"with {quality} of at least {grade}"
