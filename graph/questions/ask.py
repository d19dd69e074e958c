"""Questions in words, understood by grammar and vocabulary; what is not understood is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from graph.answers import AskAnswer
from graph.errors import NotFound, NotUnderstood
from graph.model import Stance
from graph.names import nearest
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.gaps import gaps
from graph.questions.names import resolve
from graph.questions.unsupported import unsupported
from graph.store import Store

EXAMPLES = (
    "evidence for Working with power at team level",
    "evidence against X",
    "which mechanisms have no empirical support",
    "which mechanisms have no empirical support in review harris2021",
    "gaps",
    "gaps in review harris2021",
)
"""Questions that are understood, as they can be put."""

_REVIEW = re.compile(r"\s+(?:in|from|of)\s+(?:the\s+)?review\s+(?P<review>\S.*)$", re.IGNORECASE)
_LEVEL = re.compile(
    r"\s+(?:at|on)\s+(?:the\s+)?(?:level\s+(?P<after>\S.*)|(?P<before>\S.*?)[\s-]+level)$",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"^(?:what\s+(?:is\s+the\s+)?|show\s+(?:me\s+)?(?:the\s+)?|the\s+)?evidence(?:\s+is\s+there)?\s+"
    r"(?P<how>for|against|about|on|supporting|challenging|refining)\s+(?P<what>\S.*)$",
    re.IGNORECASE,
)
_UNSUPPORTED = re.compile(
    r"^(?:(?:which|what)\s+mechanisms?\s+(?:have|has|are|is)\s+"
    r"(?:(?:no|without)\s+(?:empirical\s+)?(?:support|evidence)|unsupported)"
    r"|mechanisms?\s+(?:without|with\s+no)\s+(?:empirical\s+)?(?:support|evidence)"
    r"|unsupported(?:\s+mechanisms?)?)$",
    re.IGNORECASE,
)
_GAPS = re.compile(
    r"^(?:(?:what|where)\s+are\s+)?(?:the\s+)?(?:evidence\s+)?gaps?(?:\s+(?:matrix|map))?$",
    re.IGNORECASE,
)
_STANCES = {
    "against": Stance.CHALLENGES,
    "challenging": Stance.CHALLENGES,
    "supporting": Stance.SUPPORTS,
    "refining": Stance.REFINES,
}


@dataclass(slots=True)
class _Question:
    text: str
    review: str | None = None
    level: str | None = None

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Cut a closing phrase off the question."""
        match = pattern.search(self.text)
        if match:
            self.text = self.text[: match.start()]
        return match


def ask(store: Store, question: str, *, after: str = "", limit: int = 50) -> AskAnswer:
    """Answer a question in words, and say how it was understood.

    ``evidence for X`` is all evidence about X, whatever its stance; ``evidence against X`` only
    what challenges it.

    Raises:
        NotUnderstood: the grammar does not cover it; the error names the nearest questions.
        NotFound: it names a record that does not exist.
        Ambiguous: it names several records at once.
        UnknownValue: it names a level that no review knows.
    """
    put = _Question(re.sub(r"\s+", " ", question).strip().rstrip("?!. "))
    if review := put.take(_REVIEW):
        put.review = resolve(store, "review", _bare(review["review"]))
    whole = put.text
    if level := put.take(_LEVEL):
        put.level = _bare(level["after"] or level["before"])
    answers: tuple[Callable[[], AskAnswer | None], ...] = (
        lambda: _evidence(store, question, put, after, limit),
        lambda: _unsupported(store, question, whole, put, after, limit),
        lambda: _gaps(store, question, whole, put),
    )
    for answer in answers:
        found = answer()
        if found is not None:
            return found
    raise NotUnderstood(question, nearest(question, EXAMPLES, limit=3, score=0))


def _evidence(
    store: Store, question: str, put: _Question, after: str, limit: int
) -> AskAnswer | None:
    match = _EVIDENCE.match(put.text)
    if match is None:
        return None
    kind, id_ = _target(store, _bare(match["what"]), put.review)
    stance = _STANCES.get(match["how"].casefold())
    wanted = EvidenceFilter(review=put.review, level=put.level, stance=stance)
    wanted = wanted.model_copy(update={kind: id_})
    answer = evidence(store, wanted, after=after, limit=limit)
    told = [f"evidence about the {kind} {id_}"]
    if stance is not None:
        told.append(f"that {stance.value} it")
    if put.level is not None:
        told.append(f"at level {answer.filter['level']}")
    return AskAnswer(question=question, understood=" ".join(told), evidence=answer)


def _target(store: Store, name: str, review: str | None) -> tuple[str, str]:
    missing: NotFound | None = None
    for kind in ("mechanism", "concept", "configuration", "theory"):
        try:
            return kind, resolve(store, kind, name, review)
        except NotFound as error:
            missing = missing or error
    raise missing or NotFound("mechanism", name)


def _unsupported(
    store: Store, question: str, text: str, put: _Question, after: str, limit: int
) -> AskAnswer | None:
    if not _UNSUPPORTED.match(text):
        return None
    where = f" in {put.review}" if put.review else ""
    return AskAnswer(
        question=question,
        understood=f"mechanisms without empirical support{where}",
        mechanisms=unsupported(store, review=put.review, after=after, limit=limit),
    )


def _gaps(store: Store, question: str, text: str, put: _Question) -> AskAnswer | None:
    if not _GAPS.match(text):
        return None
    where = f" of {put.review}" if put.review else ""
    return AskAnswer(
        question=question,
        understood=f"the gap matrix{where}: mechanism by level",
        gaps=gaps(store, review=put.review),
    )


def _bare(text: str) -> str:
    return text.strip().strip("'\"“”‘’«»").strip()
