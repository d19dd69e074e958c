"""The forms that questions in words may have: patterns only, nothing of the graph.

A form names the question, the slots that are left to be found in the graph, and what the words of
the form say themselves. Phrases that narrow a question (at a level, in a review, …) may stand
anywhere, and are taken out before a form is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.answers import Asked

EXAMPLES = (
    "evidence for Working with power at team level",
    "evidence against X in context C",
    "what supports X",
    "evidence about X from the perspective of P with at least moderate rigour",
    "which mechanisms have no empirical support",
    "which mechanisms have weak support",
    "which mechanisms have mixed evidence",
    "gaps",
    "gaps at team level",
    "gaps in review harris2021",
    "what does X lead to",
    "what triggers X",
    "how does A lead to B",
    "where do sources disagree about X",
    "compare reviews on X",
    "compare harris2021 and richmond2020",
    "what would change without source S",
    "does the flow of harris2021 add up",
)
"""Questions that are understood, as they can be put."""

_POLITE = re.compile(
    r"^(?:please|kindly|(?:can|could|would) you|i(?: would|'d)? (?:like|want|need) to (?:know|see)|"
    r"(?:show|tell|give|find|list)(?: me| us)?|do you know|let me see|let us see)\b[ ,:]*"
)
_CLOSING = re.compile(r"(?:[ ,]+(?:please|thanks|thank you))+$")

_ABOUT = {
    "for": None,
    "about": None,
    "on": None,
    "of": None,
    "regarding": None,
    "concerning": None,
    "behind": None,
    "against": "challenges",
    "challenging": "challenges",
    "contradicting": "challenges",
    "opposing": "challenges",
    "that challenges": "challenges",
    "that contradicts": "challenges",
    "which challenges": "challenges",
    "supporting": "supports",
    "that supports": "supports",
    "which supports": "supports",
    "in support of": "supports",
    "in favour of": "supports",
    "in favor of": "supports",
    "refining": "refines",
    "that refines": "refines",
}
_VERBS = {
    "support": "supports",
    "supports": "supports",
    "supported": "supports",
    "back": "supports",
    "backs": "supports",
    "challenge": "challenges",
    "challenges": "challenges",
    "challenged": "challenges",
    "contradict": "challenges",
    "contradicts": "challenges",
    "contradicted": "challenges",
    "oppose": "challenges",
    "opposes": "challenges",
    "refine": "refines",
    "refines": "refines",
    "refined": "refines",
}
_SUPPORT = {
    "no": "none",
    "without": "none",
    "without any": "none",
    "with no": "none",
    "lacking": "none",
    "lack": "none",
    "unsupported": "none",
    "not supported": "none",
    "weak": "weak",
    "little": "weak",
    "thin": "weak",
    "weakly supported": "weak",
    "poorly supported": "weak",
    "mixed": "mixed",
    "conflicting": "mixed",
    "contested": "mixed",
}
SOURCE_KINDS = {
    "papers": "paper",
    "the papers": "paper",
    "grey literature": "grey",
    "grey reports": "grey",
    "syntheses": "synthesis",
    "the syntheses": "synthesis",
    "interviews": "interview",
    "the interviews": "interview",
    "consultations": "consultation",
    "the consultations": "consultation",
}


def _any(words: dict[str, str | None] | dict[str, str], name: str) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(map(re.escape, ordered))})"


_LEAD = (
    r"(?:(?:what|which|how much|is there|are there|do we have|have we got|what is|what's|where is|"
    r"any|all|the)\s+)*"
)
_SOURCES = r"(?:the |any |all )?(?:sources?|studies|study|papers?|evidence|authors)"
_DISAGREE = r"(?:disagree|conflict|diverge|contradict each other|contradict one another)"
_ON = r"(?:about|on|over|regarding|concerning|around)"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to put a question: a pattern with slots, or two slots around a joint."""

    asks: Asked
    pattern: re.Pattern[str]
    joint: re.Pattern[str] | None = None
    """Between the slots ``start`` and ``end`` of ``pattern``'s slot ``both``."""
    words: dict[str, dict[str, str | None] | dict[str, str]] = field(default_factory=dict)
    """For a group of the pattern, the filter that its words stand for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A form that fits: what is left to be found in the graph, and what is said already."""

    asks: Asked
    slots: dict[str, str]
    said: dict[str, str]


def _form(asks: Asked, pattern: str, **words: dict[str, str | None] | dict[str, str]) -> Form:
    return Form(asks, re.compile(pattern), None, words)


def _joined(asks: Asked, pattern: str, joint: str) -> Form:
    return Form(asks, re.compile(pattern), re.compile(joint))


FORMS: tuple[Form, ...] = (
    # Mechanisms by their support.
    *(
        _form(Asked.SUPPORT, pattern, support=_SUPPORT)
        for pattern in (
            rf"(?:which |what |all )?mechanisms? (?:that |which )?(?:have|has|with|had|show) "
            rf"{_any(_SUPPORT, 'support')} (?:empirical )?(?:support|evidence)"
            r"(?: behind (?:it|them))?",
            rf"(?:which |what |all )?mechanisms? (?:that |which )?(?:are |is )?"
            rf"{_any(_SUPPORT, 'support')}(?: (?:empirical )?(?:support|evidence))?",
            rf"(?:the |all )?{_any(_SUPPORT, 'support')} mechanisms?",
            rf"{_any(_SUPPORT, 'support')} (?:empirical )?(?:support|evidence) for "
            r"(?:which|what) mechanisms?",
            r"for (?:which|what) mechanisms? is there "
            rf"{_any(_SUPPORT, 'support')} (?:empirical )?(?:support|evidence)",
            r"(?P<support>unsupported)",
        )
    ),
    _form(
        Asked.SUPPORT,
        r"(?:which |what |all )?mechanisms? (?:that |which )?(?:rests?|stands?|rely|relies)"
        r" on (?:only )?(?:a |one )(?P<support>single |)(?:source|paper)(?: only| alone)?",
        support={"single": "weak", "": "weak"},
    ),
    # Gaps.
    *(
        _form(Asked.GAPS, pattern)
        for pattern in (
            r"(?:what|where) (?:are|is) (?:the |there )?(?:evidence |research |knowledge )?gaps?",
            r"(?:the |all |any )?(?:evidence |research |knowledge )?gaps?(?: matrix| map| table)?"
            r"(?: (?:by|per) (?P<by>level|perspective|source kind|setting)s?)?",
            r"(?:are there (?:any )?|which )gaps?(?: are there)?",
            r"(?:where|what) is (?:the )?evidence (?:is )?missing",
            r"where is (?:there )?no evidence",
            r"what (?:evidence )?is missing",
        )
    ),
    # The flow of a search.
    *(
        _form(Asked.FLOW, pattern)
        for pattern in (
            r"(?:does|do) (?:the )?(?:search )?(?:flow|numbers|arithmetic)(?: diagram)?"
            r"(?: of (?P<review>.+?))? add up",
            r"(?:the )?(?:search )?flow(?: diagram)?(?: (?:of|for) (?P<review>.+))?",
            r"who looked where",
        )
    ),
    # What would be left.
    *(
        _form(Asked.SENSITIVITY, pattern)
        for pattern in (
            r"what (?:would |will )?(?:changes?|remains?|is left|be left|stands?|holds?)"
            r"(?: of the support)? without (?:the )?(?:source |paper |study )?(?P<without>.+)",
            r"(?:which|what) mechanisms (?:(?:would )?(?:keep|lose|retain)) (?:their )?support "
            r"without (?:the )?(?:source |paper |study )?(?P<without>.+)",
            r"(?:which|what) mechanisms (?:(?:would )?(?:keep|lose|retain)) (?:their )?support",
            r"what (?:if|happens (?:if|when)|would happen if|would change if|changes if) "
            r"(?:we |i )?(?:drop|remove|exclude|leave out|omit|ignore|dropped|removed|excluded|"
            r"omitted|ignored) (?:the )?(?:source |paper |study )?(?P<without>.+)",
            r"what (?:if|happens (?:if|when)|would happen if|would change if|changes if) "
            r"(?:the )?(?:source |paper |study )?(?P<without>.+?) (?:is|are|was|were) "
            r"(?:dropped|removed|excluded|left out|omitted|ignored|missing|gone)",
            r"(?:which|what) mechanisms (?:depend|rest|rely|hinge) on (?:the )?"
            r"(?:source |paper |study )?(?P<without>.+)",
            r"what (?:depends|rests|relies|hinges) on (?:the )?(?:source |paper |study )?"
            r"(?P<without>.+)",
        )
    ),
    # Reviews side by side.
    *(
        _form(Asked.COMPARE, pattern)
        for pattern in (
            r"compare (?:all )?(?:the )?reviews?(?: (?:on|about|by|for|regarding) (?P<about>.+))?",
            r"(?:how do|where do) (?:the )?reviews differ"
            r"(?: (?:on|about|over|regarding) (?P<about>.+))?",
            r"what do (?:the )?reviews (?:share|have in common)",
            r"(?:compare|comparison of) (?:the )?(?:reviews? )?(?P<reviews>.+?)"
            rf"(?: {_ON} (?P<about>.+))?",
            r"(?:what (?:are|is) )?(?:the )?differences? between (?:the )?(?:reviews? )?"
            rf"(?P<reviews>.+?)(?: {_ON} (?P<about>.+))?",
            r"what do (?P<reviews>.+?) (?:share|have in common)",
            rf"how do (?P<reviews>.+?) differ(?: {_ON} (?P<about>.+))?",
        )
    ),
    # Disagreement.
    *(
        _form(Asked.CONTRADICTIONS, pattern)
        for pattern in (
            rf"where (?:do|does|is|are) (?:{_SOURCES} )?{_DISAGREE}(?: {_ON} (?P<about>.+))?",
            rf"(?:do|does) {_SOURCES} {_DISAGREE}(?: {_ON} (?P<about>.+))?",
            rf"(?:which|what) (?:sources?|studies|papers?|evidence) {_DISAGREE}"
            rf"(?: {_ON} (?P<about>.+))?",
            r"(?:what|which|where|are there|is there|any|all|the| )*"
            r"(?:contradictions?|disagreements?|conflicts?|disputes?|"
            r"(?:conflicting|contradictory|opposed) evidence)(?: are there)?"
            rf"(?: (?:in|between sources {_ON}|{_ON}|of) (?P<about>.+))?",
            r"is (?P<about>.+?) (?:contested|disputed)",
            rf"on what do {_SOURCES} {_DISAGREE}",
            rf"what is (?:contested|disputed)(?: {_ON} (?P<about>.+))?",
        )
    ),
    # From one end to the other.
    _joined(
        Asked.CHAINS,
        r"(?:how|in what way) (?:does|do|can|could|would|might) (?P<both>.+)",
        r" (?:lead to|get to|result in|bring about|end in|contribute to|turn into) ",
    ),
    _joined(Asked.CHAINS, r"(?:does|do|can) (?P<both>.+)", r" (?:lead to|result in|bring about) "),
    _joined(
        Asked.CHAINS,
        r"(?:what (?:are|is) )?(?:the |all )?(?:paths?|chains?|routes?|links?|ways?) "
        r"(?:leads? )?from (?P<both>.+)",
        r" to ",
    ),
    _joined(
        Asked.CHAINS,
        r"(?:what )?(?:are )?(?:the )?(?:paths?|chains?|links?|connections?) between (?P<both>.+)",
        r" and ",
    ),
    _joined(Asked.CHAINS, r"what (?:links|connects|joins) (?P<both>.+)", r" (?:to|with|and) "),
    _joined(
        Asked.CHAINS,
        r"how (?:is|are) (?P<both>.+)",
        r" (?:linked|connected|related|joined) (?:to|with) ",
    ),
    # What leads to it; before what it leads to, which begins alike.
    *(
        _form(Asked.CHAINS, pattern)
        for pattern in (
            r"(?:what|which contexts?|which configurations?) (?:triggers?|causes?|leads? to|"
            r"produces?|brings? about|results? in|gives? rise to) (?P<end>.+)",
            r"(?:what (?:are|is) )?(?:the )?(?:causes?|triggers?|antecedents?) of (?P<end>.+)",
            r"how does (?P<end>.+?) (?:come about|arise|happen)",
            r"what is (?P<end>.+?) (?:caused|triggered|brought about|produced) by",
            r"(?:chains?|paths?) to (?P<end>.+)",
            r"(?P<end>.+?) is (?:caused|triggered|brought about|produced) by what",
        )
    ),
    *(
        _form(Asked.CHAINS, pattern)
        for pattern in (
            r"(?:what|where) (?:does|do|will|would|can|could|might) (?P<start>.+?) "
            r"(?:lead to|lead|result in|bring about|cause|trigger|produce|end in)",
            r"what (?:follows|results|comes|arises) (?:from|out of|after|of) (?P<start>.+)",
            r"(?:what (?:are|is) )?(?:the )?(?:consequences?|effects?|outcomes?|results?) of "
            r"(?P<start>.+)",
            r"what happens (?:after|as a result of|because of|following) (?P<start>.+)",
            r"(?P<start>.+?) (?:leads|lead) to what",
            r"(?:chains?|paths?) from (?P<start>.+)",
        )
    ),
    # Evidence, last: its forms are the widest.
    *(
        _form(Asked.EVIDENCE, pattern, stance=_ABOUT)
        for pattern in (
            rf"{_LEAD}evidence(?: is there| do we have| there is| exists| have we)? "
            rf"{_any(_ABOUT, 'stance')} (?P<what>.+)",
            rf"{_LEAD}(?:sources?|papers?|studies|quotes?) "
            rf"{_any(_ABOUT, 'stance')} (?P<what>.+)",
        )
    ),
    *(
        _form(Asked.EVIDENCE, pattern, stance=_VERBS)
        for pattern in (
            r"(?:what|who|does anything|do any sources|which (?:sources?|papers?|studies|evidence)|"
            rf"what evidence) {_any(_VERBS, 'stance')} (?P<what>.+)",
            rf"is (?P<what>.+?) {_any(_VERBS, 'stance')}"
            r"(?: by (?:any )?(?:evidence|sources?|papers?))?",
            rf"by (?:what|which (?:sources?|papers?|studies|evidence)) is (?P<what>.+?) "
            rf"{_any(_VERBS, 'stance')}",
        )
    ),
    _form(
        Asked.EVIDENCE,
        rf"{_LEAD}(?P<stance>support)(?: is there)? for (?P<what>.+)",
        stance=_VERBS,
    ),
    *(
        _form(Asked.EVIDENCE, pattern)
        for pattern in (
            r"what (?:do we|does the (?:literature|evidence)|do the sources|is) (?:know|known|say|"
            r"said|show|shown) (?:about|on|of) (?P<what>.+)",
            r"(?:for|about|on) (?P<what>.+?)[,:]? (?:what|which) evidence"
            r"(?: is there| do we have)?",
            r"(?!(?:what|which|who|how|where|why|is|are|do|does|no|any)\b)"
            r"(?P<what>.+?)(?: ?[:,–-] ?| )(?:the |what )?evidence(?: is there)?",
        )
    ),
)
"""Tried in this order; the first whose slots are all found is how a question is understood."""


def bare(question: str) -> str:
    """A question in small letters, without courtesies, quotes and closing marks."""
    text = question.casefold().replace("’", "'").replace("‘", "'")
    text = re.sub(r"[\"“”„«»`]|(?<!\w)'|'(?!\w|\s*(?:perspective|view))", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ?!.,;:")
    while True:
        shorter = _CLOSING.sub("", _POLITE.sub("", text)).strip(" ?!.,;:")
        if shorter == text:
            return text
        text = shorter


def matches(text: str) -> Iterator[Match]:
    """Every form that fits a text, in order; a joint is tried wherever it stands."""
    for form in FORMS:
        match = form.pattern.fullmatch(text)
        if match is None:
            continue
        slots = {name: value.strip(" ,:") for name, value in match.groupdict().items() if value}
        slots |= {name: "" for name, value in match.groupdict().items() if value == ""}
        said: dict[str, str] = {}
        for group, words in form.words.items():
            word = slots.pop(group, None)
            stands_for = None if word is None else words.get(word)
            if stands_for is not None:
                said[group] = stands_for
        if form.joint is None:
            yield Match(form.asks, slots, said)
            continue
        both = slots["both"]
        for joint in form.joint.finditer(both):
            start, end = both[: joint.start()].strip(), both[joint.end() :].strip()
            if start and end:
                yield Match(form.asks, {"start": start, "end": end}, said)


GRAMMAR_WORDS = frozenset(
    word
    for form in FORMS
    for pattern in (form.pattern, form.joint)
    if pattern is not None
    for word in re.findall(r"[a-z]{4,}", re.sub(r"\(\?P<\w+>", "(", pattern.pattern))
) | {
    *("level", "review", "context", "perspective", "least", "moderate", "rigour"),
    *("relevance", "richness", "compare", "source", "empirical"),
}
"""Words that a misspelling may be meant for."""
