"""What is the matter with parts of configurations: contexts, mechanisms and outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.answers.lint import Complaint, LintedRecord
from graph.model import Concept, Configuration, Mechanism, Role
from graph.questions.linting import vocabulary
from graph.questions.linting.reviewed import Reviewed
from graph.questions.linting.words import Tokens, lemma, tokens

_SOMEBODY = re.compile(r"(?:ist|er|or|ian|ant|ee|nurse|midwive|medic|clerk)s$")
_INVERTED = {(word,) for word in ("they", "it", "he", "she", "you", "we", "i")}
_DEVISED = {(noun, "to") for noun in ("strategy", "plan", "proposal", "bid", "promise", "drive")}
_SENTENCE = re.compile(r"[.;:!?]\s+")
_INNER = re.compile(r"-(?:of|in|to|the|and)-")
_ORGANISATION = frozenset({"the", "nhs", "foundation", "hospital", "a", "each", "this"})


# ---- Contexts -----------------------------------------------------------------------------------


def activities(review: Reviewed) -> Iterator[Complaint]:
    """Contexts that are something the programme does."""
    for concept, where in _in_role(review, Role.CONTEXT):
        found = _doing(tokens(_INNER.sub(" ", concept.name)))
        if found:
            yield review.complaint(
                "context-is-an-activity",
                _concept(concept),
                f"It stands as a context, and reads like something that is done: {found}.",
                found=[found],
                related=where,
            )


def _in_role(review: Reviewed, role: Role) -> Iterator[tuple[Concept, list[LintedRecord]]]:
    """Concepts in a role, with the configurations and the evidence in which they stand so."""
    places: dict[str, list[LintedRecord]] = {}
    for one in review.bundle.configurations:
        held = one.contexts if role is Role.CONTEXT else one.outcomes
        for id_ in dict.fromkeys(part.concept for part in held):
            places.setdefault(id_, []).append(review.configuration(one))
    for piece in review.bundle.evidence:
        named = [piece.concept] if piece.role is role and piece.concept else []
        observed = piece.contexts if role is Role.CONTEXT else []
        for id_ in dict.fromkeys([*named, *observed]):
            places.setdefault(id_, []).append(
                LintedRecord(id=piece.id, kind="evidence", name=review.target(piece).name)
            )
    for id_ in sorted(places):
        yield review.concepts[id_], sorted(places[id_], key=lambda one: (one.kind, one.id))


def _concept(concept: Concept) -> LintedRecord:
    return LintedRecord(id=concept.id, kind="concept", name=concept.name, text=concept.description)


def _doing(said: Tokens) -> str:
    """The words that tell of doing; empty if it is a circumstance, or may be one."""
    if vocabulary.HELD_ALREADY.found(said):
        return ""
    start = 0
    while start < len(said) - 1 and said[start] in vocabulary.ARTICLES:
        start += 1
    rest = said[start:]
    return _gerund(rest) or _nominal(rest) or _event(rest) or _clause(rest)


def _gerund(rest: Tokens) -> str:
    if len(rest) < 2 or not rest[0].endswith("ing"):
        return ""
    first, second = rest[0], rest[1]
    shown = f"{first} {second}"
    somebody = _is_person(second) or (
        any(_is_person(word) for word in rest[2:3]) and second not in vocabulary.PREPOSITIONS
    )
    if first in vocabulary.CAUSING and somebody and "to" in rest[2:5]:
        return shown
    if first in vocabulary.STATES and first not in vocabulary.DOING:
        return ""
    object_ = second in vocabulary.DETERMINERS or somebody
    if first in vocabulary.NOUNS_TOO:
        object_ = object_ or "how" in rest[2:5]
        of = second in ("of", "up", "out") or (second in vocabulary.FREQUENCY)
        return (
            shown
            if object_ or of or any(word in vocabulary.THINGS_RUN for word in rest[1:3])
            else ""
        )
    if first in vocabulary.DOING:
        return shown if second not in ("in", "at", "as") else ""
    return shown if object_ else ""


def _is_person(word: str) -> bool:
    return word in vocabulary.PERSONS or (
        _SOMEBODY.search(word) is not None and word not in vocabulary.NO_PERSONS
    )


def _nominal(rest: Tokens) -> str:
    for a, b in vocabulary.NOMINAL.found(rest[:3]):
        if len(rest) > b and rest[b] in ("of", "for") and a < 2:
            return " ".join(rest[a : b + 1])
    return ""


def _event(rest: Tokens) -> str:
    """The head of a noun phrase that names an event: the word before the first preposition."""
    end = next((n for n, word in enumerate(rest) if word in vocabulary.PREPOSITIONS), len(rest))
    if end == 0 or any(word.endswith("ed") and n for n, word in enumerate(rest[:end])):
        return ""
    head = lemma(rest[end - 1])
    if head not in vocabulary.EVENTS and rest[:2] not in (("series", "of"), ("programme", "of")):
        return ""
    if rest[:2] in (("series", "of"), ("programme", "of"), ("program", "of")):
        return (
            " ".join(rest[:3])
            if any(lemma(word) in vocabulary.EVENTS for word in rest[2:5])
            else ""
        )
    kinds = [word for word in rest[: end - 1] if lemma(word) in vocabulary.EVENT_KINDS]
    if lemma(rest[end - 1]) in vocabulary.SURE_EVENTS or kinds:
        return " ".join([*kinds, rest[end - 1]])
    return ""


def _clause(rest: Tokens) -> str:
    """A sentence in which somebody runs, gives or attends something."""
    if vocabulary.RELATIVE.found(rest):
        return ""
    happens = [(a, b) for a, b in vocabulary.HAPPENS.found(rest) if a > 0]
    if not happens:
        return ""
    a, b = happens[0]
    around = [*rest[:a], *rest[b : b + 8]]
    run = [word for word in around if word in vocabulary.THINGS_RUN]
    return " ".join(dict.fromkeys([*rest[a:b], run[0]])) if run else ""


# ---- Outcomes -----------------------------------------------------------------------------------


def plans(review: Reviewed) -> Iterator[Complaint]:
    """Outcomes that have not happened."""
    for concept, where in _in_role(review, Role.OUTCOME):
        found = _planned(tokens(concept.name))
        if found:
            yield review.complaint(
                "outcome-is-a-plan",
                _concept(concept),
                f"It stands as an outcome, and reads like a plan: {', '.join(found)}.",
                found=found,
                related=where,
            )


def _planned(said: Tokens) -> list[str]:
    spans = [*vocabulary.PLANS.found(said), *_modal(said)]
    clear = [
        span
        for span in spans
        if not (_thought(said, span) or _a_plan(said, span) or _of_themselves(said, span))
    ]
    found = list(dict.fromkeys(" ".join(said[a:b]) for a, b in sorted(clear)))
    if not found and said[1:3] in _DEVISED:
        return [" ".join(said[:3])]
    if not found and len(said) > 2 and said[0] == "to" and said[1] not in ("the", "a", "some"):
        return [" ".join(said[:2])]
    return found


def _modal(said: Tokens) -> Iterator[tuple[int, int]]:
    for a, b in vocabulary.FUTURE.found(said):
        before = said[a - 1] if a else ""
        after = said[b] if b < len(said) else ""
        if before and after and before not in vocabulary.NOUN_WILL and after not in ("to", "power"):
            yield a, b


def _thought(said: Tokens, span: tuple[int, int]) -> bool:
    """Whether somebody thinks, hopes or knows it: then the thought is the outcome."""
    return any(
        not (said[a] == "trust" and a and said[a - 1] in _ORGANISATION)
        for a, _ in vocabulary.IN_THE_MIND.found(said[: span[0]])
    )


def _of_themselves(said: Tokens, span: tuple[int, int]) -> bool:
    """Whether people intend something for themselves, or must do something less than before."""
    if said[span[0]] in ("must", "should"):
        after = said[span[1] : span[1] + 3]
        return bool(vocabulary.COMPARED.found(after)) or after[:1] in _INVERTED
    if not vocabulary.INTENDS.found(said[slice(*span)]):
        return False
    subject = said[span[0] - 1] if span[0] else ""
    person = _is_person(subject) and subject not in vocabulary.INSTITUTIONS
    return person and bool(vocabulary.STAYS.found(said[span[1] : span[1] + 1]))


def _a_plan(said: Tokens, span: tuple[int, int]) -> bool:
    """Whether the word is a thing that people have, as in `leave with a plan to`."""
    first = said[span[0]]
    before = said[span[0] - 1] if span[0] else ""
    if first in ("plan", "plans", "aim", "hope", "hopes", "pledge", "wish", "wishes", "target"):
        return before in vocabulary.NOUN_PLAN and said[span[1] - 1] not in ("is", "are")
    return first == "recommended" and before in ("as", "the")


# ---- Mechanisms ---------------------------------------------------------------------------------


def without_response(review: Reviewed) -> Iterator[Complaint]:
    """Mechanisms and configurations that tell what is offered, and not what people make of it."""
    told: set[str] = set()
    for one in review.bundle.mechanisms:
        belonging = review.of_mechanism.get(one.id, [])
        if one.description and not _responds(one) and not any(c.reasonings for c in belonging):
            told.add(one.id)
            yield review.complaint(
                "mechanism-without-response",
                LintedRecord(id=one.id, kind="mechanism", name=one.name),
                "It tells what is there, and of no one who feels, thinks or decides anything.",
                found=[one.description],
                related=[review.configuration(c) for c in belonging],
                detail=("mechanism",),
            )
    for configuration in review.bundle.configurations:
        if _only_offers(review, configuration) and not told & set(configuration.mechanisms):
            about = review.configuration(configuration)
            yield review.complaint(
                "mechanism-without-response",
                about,
                "Something is offered, and nobody responds to it: it has no reasoning, and its "
                "mechanism names none.",
                found=[review.concepts[part.concept].name for part in configuration.resources],
                related=[_mechanism(review.mechanisms[id_]) for id_ in configuration.mechanisms],
                detail=("configuration",),
            )


def _mechanism(one: Mechanism) -> LintedRecord:
    return LintedRecord(id=one.id, kind="mechanism", name=one.name, text=one.description)


def _responds(one: Mechanism) -> bool:
    told = one.description or ""
    return _response((one.name, *one.aliases, told)) or _acts(told)


def _response(texts: Iterable[str]) -> bool:
    return any(vocabulary.RESPONSE.found(tokens(text)) for text in texts)


def _acts(text: str) -> bool:
    """Whether somebody does something other than to run or receive what is offered."""
    for sentence in _SENTENCE.split(text):
        said = tokens(sentence)
        start = next((n for n, word in enumerate(said[:4]) if word in vocabulary.PREPOSITIONS), 4)
        person = next((n for n, word in enumerate(said[:start]) if _is_person(word)), None)
        if person is None or not said[person + 1 :]:
            continue
        rest = said[person + 1 : person + 6]
        if not vocabulary.HAPPENS.found(rest):
            return True
    return False


def _only_offers(review: Reviewed, one: Configuration) -> bool:
    if one.reasonings or not one.resources:
        return False
    offered = [review.concepts[part.concept] for part in one.resources]
    if _response(text for concept in offered for text in (concept.name, concept.description or "")):
        return False
    return not any(_responds(review.mechanisms[id_]) for id_ in one.mechanisms)


def without_outcome(review: Reviewed) -> Iterator[Complaint]:
    """Configurations from which nothing follows."""
    for one in review.bundle.configurations:
        if not one.outcomes:
            yield review.complaint(
                "configuration-without-outcome",
                review.configuration(one),
                "It has no outcome, so it explains nothing.",
                related=[_mechanism(review.mechanisms[id_]) for id_ in one.mechanisms],
            )
