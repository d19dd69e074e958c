"""What the words of a header say that its column is."""

from __future__ import annotations

import re

from loaders.headings import closest, plain, words_of

WORDS: dict[str, str] = {
    "id": "configurations.id",
    "#": "configurations.id",
    "nr": "configurations.id",
    "no": "configurations.id",
    "cmoc": "configurations.id",
    "cmo": "configurations.id",
    "cmoc no": "configurations.id",
    "cmoc number": "configurations.id",
    "cmoc id": "configurations.id",
    "cmo no": "configurations.id",
    "cmo number": "configurations.id",
    "configuration": "configurations.id",
    "configuration number": "configurations.id",
    "title": "configurations.name",
    "name": "configurations.name",
    "cmoc title": "configurations.name",
    "cmoc name": "configurations.name",
    "context": "configurations.context",
    "contexts": "configurations.context",
    "c": "configurations.context",
    "contextual factors": "configurations.context",
    "circumstances": "configurations.context",
    "mechanism": "configurations.mechanism",
    "mechanisms": "configurations.mechanism",
    "m": "configurations.mechanism",
    "mechanism resource": "configurations.resource",
    "resource": "configurations.resource",
    "resources offered": "configurations.resource",
    "intervention": "configurations.resource",
    "intervention strategy": "configurations.resource",
    "strategy": "configurations.resource",
    "mechanism reasoning": "configurations.reasoning",
    "mechanism response": "configurations.reasoning",
    "mechanism reaction": "configurations.reasoning",
    "reasoning": "configurations.reasoning",
    "response": "configurations.reasoning",
    "outcome": "configurations.outcome",
    "o": "configurations.outcome",
    "outcomes": "configurations.outcome",
    "level": "configurations.level",
    "levels": "configurations.level",
    "polarity": "configurations.polarity",
    "direction of outcome": "configurations.polarity",
    "valence": "configurations.polarity",
    "source": "evidence.source",
    "sources": "evidence.source",
    "study": "evidence.source",
    "studies": "evidence.source",
    "reference": "evidence.source",
    "references": "evidence.source",
    "ref": "evidence.source",
    "refs": "evidence.source",
    "supporting refs": "evidence.source",
    "supporting references": "evidence.source",
    "supporting evidence": "evidence.source",
    "supporting studies": "evidence.source",
    "supporting papers": "evidence.source",
    "author": "evidence.source",
    "authors": "evidence.source",
    "first author": "evidence.source",
    "author year": "evidence.source",
    "authors year": "evidence.source",
    "author and year": "evidence.source",
    "author date": "evidence.source",
    "paper": "evidence.source",
    "papers": "evidence.source",
    "citation": "evidence.source",
    "citations": "evidence.source",
    "evidence": "evidence.source",
    "quote": "evidence.quote",
    "quotes": "evidence.quote",
    "quotation": "evidence.quote",
    "illustrative quote": "evidence.quote",
    "data extract": "evidence.quote",
    "page": "evidence.locator",
    "pages": "evidence.locator",
    "page number": "evidence.locator",
    "locator": "evidence.locator",
    "stance": "evidence.stance",
    "setting": "evidence.setting",
    "perspective": "evidence.perspective",
    "stakeholder": "evidence.perspective",
    "relevance": "evidence.relevance",
    "rigour": "evidence.rigour",
    "rigor": "evidence.rigour",
    "richness": "evidence.richness",
    "note": "note",
    "notes": "note",
    "comment": "note",
    "comments": "note",
}
_PLURAL_MARK = re.compile(r"\((s|es)\)")
_LETTER = re.compile(r"\([CMO]\)")
_AGAINST = re.compile(
    r"\b(?:(?:challeng|contradict|contrary|refut|rebut|oppos|disconfirm|disprov)\w*|against"
    r"|negative (?:evidence|cases?|references?|sources?|stud(?:y|ies))|counter ?evidence)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS: tuple[tuple[str, str], ...] = (
    (
        r"\bpolarity|\bvalence|\boutcome.*\bdirection|\bdirection.*\boutcome",
        "configurations.polarity",
    ),
    (r"\bcontext|\bcircumstance|^c ?\d+$", "configurations.context"),
    (r"\bmechanism.*\bresource|\bresource", "configurations.resource"),
    (r"\bmechanism.*\b(?:reason|respon|react)|\breasoning|\breaction", "configurations.reasoning"),
    (r"\bmechanism|^m ?\d+$", "configurations.mechanism"),
    (r"\boutcome|^o ?\d+$", "configurations.outcome"),
    (r"\b(?:cmo|cmoc|configuration)s?\b.*\b(?:id|no|nr|number|code|ref)\b", "configurations.id"),
    (r"^(?:cmoc?|configuration)s?(?: config\w*)?$", "configurations.id"),
    (r"\b(?:quot|extract|verbatim|excerpt)", "evidence.quote"),
    (r"\bpages?\b", "evidence.locator"),
    (r"\brelevance\b", "evidence.relevance"),
    (r"\brigou?r\b", "evidence.rigour"),
    (r"\brichness\b", "evidence.richness"),
    (
        r"\b(?:stud(?:y|ies)|papers?|articles?|sources?|references?|refs?|citations?|authors?|evidence)\b",
        "evidence.source",
    ),
    (r"\b(?:notes?|comments?|remarks?)\b", "note"),
)
"""What a word within a header says that the column is; the first that fits."""
_NOT_SOURCES = re.compile(
    r"\b(?:n|no of|number|count|how many|design|type|quality|strength|grade|level|year|country"
    r"|setting|title|aims?|methods?|population|certainty|confidence)\b"
)
_WORD_OF_ROLE = {"C": r"\bcontext", "M": r"\bmechanism", "O": r"\boutcome"}
SURE, FAIRLY = "sure", "fairly sure"
SAYS = f"{FAIRLY}: it says"
SEVERAL = "not sure: it names several parts of a configuration"
LONGEST_PART = 40
"""Headers of parts, in a row below other headers, are shorter than this."""


def key_of(header: str) -> str:
    """A header as it is looked up: its words, without plural marks and letters in brackets."""
    bare = _PLURAL_MARK.sub(r"\1", _LETTER.sub("", plain(header)))
    return words_of(_CAMEL.sub(" ", bare)) or plain(header)


def says_against(header: str) -> bool:
    """Whether a header says of its sources that they speak against something."""
    return _AGAINST.search(key_of(header)) is not None


def meaning_of(header: str) -> tuple[str, str]:
    """What a header says that its column is, and how sure that is."""
    key = key_of(header)
    to = WORDS.get(key)
    if to is not None:
        return to, SURE
    if _AGAINST.search(key):
        return "evidence.source", f"{FAIRLY}: its header says that they challenge"
    if sum(bool(re.search(word, key)) for word in _WORD_OF_ROLE.values()) > 1:
        return "note", SEVERAL
    for word, target in _PARTS:
        said = re.search(word, key)
        if said and not (target == "evidence.source" and _NOT_SOURCES.search(key)):
            return target, f"{SAYS} {key[said.start() :].split()[0]}"
    to = closest(key, WORDS)
    return (to, f"{FAIRLY}: nearly that word") if to is not None else ("note", "not known")


def is_header(text: str) -> bool:
    """Whether a text is a word for a column, and not only like one."""
    key = key_of(text)
    known = key in WORDS or any(re.search(word, key) for word, _ in _PARTS)
    return known and len(text) <= LONGEST_PART
