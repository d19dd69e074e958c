"""Two records that may be one: near-duplicate mechanisms and concepts, outcomes and mechanisms.

Names are the same if their telling words are, in any spelling and inflection, with at most one of
them misspelt. Names of which one word differs in meaning are not. Two definitions are the same if
nearly all of their words are. That alone says little: a sentence that stands with three records
defines none of them, and one that was copied to two counts only if one name holds the other.
Only records that share rare words are compared, so that the work
grows with the records and not with their pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.answers.lint import Complaint, LintedRecord
from graph.model import Concept, Mechanism, ReviewBundle
from graph.questions.linting import vocabulary
from graph.questions.linting.reviewed import Reviewed
from graph.questions.linting.words import Tokens, lemma, tokens

RULE = "near-duplicates"
MISSPELT = 84
"""How alike two spellings of one word are at least, of 100."""
DEFINED_ALIKE = 88
"""How alike two definitions are at least, of 100."""
_WORDS_OF_A_DEFINITION = 6
_SHARED = 0.8
"""The share of a definition's words that an equal one has at least."""
_STOCK = 3
"""A sentence that stands with so many records defines none of them."""
_CROWD = 200
"""A rare word of more definitions than this is no longer rare."""


@dataclass(frozen=True, slots=True)
class _Pair:
    one: str
    other: str
    score: int
    by: str
    """What of them is alike: `names` or `descriptions`."""
    found: tuple[str, str]
    """The texts that are alike."""


def near_duplicates(review: Reviewed) -> Iterator[Complaint]:
    """Mechanisms that may be one mechanism, and concepts that may be one concept."""
    declared = {
        (given.kind, frozenset((given.one, given.same_as))) for given in review.bundle.same_as
    }
    kinds: tuple[tuple[str, list[Mechanism] | list[Concept]], ...] = (
        ("mechanism", review.bundle.mechanisms),
        ("concept", review.bundle.concepts),
    )
    for kind, held in kinds:
        records = {one.id: one for one in held}
        for pair in _pairs(records.values()):
            if (kind, frozenset((pair.one, pair.other))) in declared:
                continue
            one, other = (
                LintedRecord(
                    id=id_, kind=kind, name=records[id_].name, text=records[id_].description
                )
                for id_ in (pair.one, pair.other)
            )
            yield review.complaint(
                RULE,
                one,
                f"It may be the same {kind} as {other.name} "
                f"({pair.by} alike: {pair.score} of 100).",
                found=dict.fromkeys(pair.found),
                related=[one, other],
                score=pair.score,
                detail=(kind, pair.other),
            )

    yield from _outcomes_named_as_mechanisms(review)


def _outcomes_named_as_mechanisms(review: Reviewed) -> Iterator[Complaint]:
    """Outcomes with the name of a mechanism of another configuration: chains end there."""
    for alike in outcomes_named_as_mechanisms(review.bundle):
        one, other = (
            LintedRecord(id=held.id, kind=kind, name=held.name, text=held.description)
            for kind, held in (("concept", alike.outcome), ("mechanism", alike.mechanism))
        )
        yield review.complaint(
            RULE,
            one,
            f"This outcome may be the mechanism {alike.mechanism.name}; chains go on from the one "
            "to the other only if a row of same-as.csv says so.",
            found=dict.fromkeys(alike.names),
            related=[one, other],
            score=100,
            detail=("outcome", alike.mechanism.id),
        )


@dataclass(frozen=True, slots=True)
class OutcomeNamed:
    """An outcome that bears the name of a mechanism and is not declared to be it."""

    outcome: Concept
    mechanism: Mechanism
    names: tuple[str, str]
    """What each of them is called: names or aliases."""
    configurations: tuple[str, ...]
    """The ids of the configurations that end with it."""


def outcomes_named_as_mechanisms(bundle: ReviewBundle) -> Iterator[OutcomeNamed]:
    """Outcomes that a chain would go on from if they were declared to be a mechanism.

    The mechanism is one of another configuration than those that give the outcome; in the order
    of ids.
    """
    review = Reviewed(bundle, [])
    declared = {(given.kind, given.one, given.same_as) for given in bundle.same_as}
    mechanisms: dict[Tokens, dict[str, str]] = {}
    for held in bundle.mechanisms:
        for name in (held.name, *held.aliases):
            if review.of_mechanism.get(held.id) and (said := _telling(name)):
                mechanisms.setdefault(said, {}).setdefault(held.id, name)
    gives: dict[str, set[str]] = {}
    for configuration in bundle.configurations if mechanisms else ():
        for part in configuration.outcomes:
            gives.setdefault(part.concept, set()).add(configuration.id)
    for id_, given_by in sorted(gives.items()):
        concept = review.concepts[id_]
        alike: dict[str, tuple[str, str]] = {}
        for name in (concept.name, *concept.aliases):
            for mechanism, other in mechanisms.get(_telling(name), {}).items():
                alike.setdefault(mechanism, (name, other))
        for mechanism, names in sorted(alike.items()):
            leads_on = {one.id for one in review.of_mechanism[mechanism]} - given_by
            either = {("concept", id_, mechanism), ("mechanism", mechanism, id_)}
            if leads_on and not either & declared:
                ends = tuple(sorted(given_by))
                yield OutcomeNamed(concept, review.mechanisms[mechanism], names, ends)


def _pairs(records: Iterable[Mechanism | Concept]) -> list[_Pair]:
    held = sorted(records, key=lambda one: one.id)
    found: dict[tuple[str, str], _Pair] = {}
    for pair in [*_by_name(held), *_by_definition(held)]:
        key = (pair.one, pair.other)
        if key not in found or pair.score > found[key].score:
            found[key] = pair
    return [found[key] for key in sorted(found)]


# ---- Names --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    name: str
    said: Tokens
    """Telling words in their order."""
    between: Tokens
    """Prepositions: another order of words with the same ones is another thing."""


def _telling(text: str) -> Tokens:
    plain = (vocabulary.ROOTS.get(lemma(word), lemma(word)) for word in tokens(text))
    return tuple(_root(word) for word in plain if word not in vocabulary.EMPTY)


def _root(word: str) -> str:
    """A word without the ending of a verb or of what is made of one: `planning` as `plan`."""
    for ending in ("ing", "ment", "ation", "ition"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3:
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return _short(stem[:-1] if doubled else stem)
    return _short(word)


def _short(word: str) -> str:
    if len(word) > 6 and word.endswith(("ise", "is")):
        return word.removesuffix("e").removesuffix("is")
    return word.removesuffix("e") if len(word) > 4 and not word.endswith("ee") else word


def _between(text: str) -> Tokens:
    return tuple(sorted(word for word in tokens(text) if word in vocabulary.BETWEEN))


def _by_name(held: list[Mechanism | Concept]) -> Iterator[_Pair]:
    names = [
        _Name(one.id, name, said, _between(name))
        for one in held
        for name in (one.name, *one.aliases)
        if (said := _telling(name))
    ]
    equal: dict[Tokens, list[_Name]] = {}
    for name in names:
        equal.setdefault(tuple(sorted(name.said)), []).append(name)
    joined: dict[str, list[_Name]] = {}
    for name in names:
        joined.setdefault("".join(name.said), []).append(name)
    for group in (*equal.values(), *joined.values()):
        yield from _equal(group)
    yield from _misspelt(equal)
    written: dict[Tokens, list[_Name]] = {}
    for name in names:
        said = tuple(word for word in tokens(name.name) if word not in vocabulary.EMPTY)
        written.setdefault(tuple(sorted(said)), []).append(replace(name, said=said))
    yield from _misspelt(written)


def _equal(group: list[_Name]) -> Iterator[_Pair]:
    """Each with the first one that it equals: a hundred equal names are not 4,950 complaints."""
    firsts: list[_Name] = []
    for name in group:
        first = next((one for one in firsts if _one_thing(one, name)), None)
        if first is None:
            firsts.append(name)
        elif first.id != name.id:
            yield _pair(first, name, 100 if first.said == name.said else 98)


def _one_thing(one: _Name, other: _Name) -> bool:
    """Whether names of the same words mean the same: who acts on whom, and which way it goes."""
    if _direction(one) != _direction(other):
        return False
    if "".join(one.said) == "".join(other.said):
        return True
    if len(one.said) > 2 and one.between == other.between:
        return _swapped(one.said, other.said)
    return _persons(one.said) == _persons(other.said)


def _swapped(one: Tokens, other: Tokens) -> bool:
    """Whether two words that stand side by side have changed places, and are nobody."""
    places = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(places) == 2
        and places[1] - places[0] == 1
        and not any(one[place] in vocabulary.PERSONS for place in places)
    )


def _direction(one: _Name) -> set[str]:
    return {word for word in one.between if word in vocabulary.DIRECTION}


def _persons(said: Tokens) -> Tokens:
    order = tuple(word for word in said if word in vocabulary.PERSONS)
    return order if len(set(order)) > 1 else ()


def _misspelt(equal: dict[Tokens, list[_Name]]) -> Iterator[_Pair]:
    """Names whose words are the same but for one, which is written a little differently."""
    from rapidfuzz import fuzz

    rests: dict[tuple[Tokens, str], dict[str, list[_Name]]] = {}
    for said, group in equal.items():
        for place, word in enumerate(said):
            if len(word) > 4 and not word.isdigit():
                rest = said[:place] + said[place + 1 :]
                odd = rests.setdefault((rest, word[:2]), {})
                odd.setdefault(word, []).extend(group)
    for odd in rests.values():
        if len(odd) < 2:
            continue
        spellings = sorted(odd)
        for place, word in enumerate(spellings):
            # Words that are spelt alike stand near each other in the order of letters.
            for other in spellings[place + 1 : place + 1 + _CROWD]:
                score = fuzz.ratio(word, other, score_cutoff=MISSPELT)
                if score and _one_word(word, other):
                    yield from _across(odd[word], odd[other], score)


def _across(ones: list[_Name], others: list[_Name], score: float) -> Iterator[_Pair]:
    one = ones[0]
    for other in others:
        if one.id != other.id and len(one.said) == len(other.said) and _one_order(one, other):
            yield _pair(one, other, round((score + 100) / 2))


def _one_order(one: _Name, other: _Name) -> bool:
    """Whether names of which one word is spelt otherwise have their words in one order."""
    differ = sum(a != b for a, b in zip(one.said, other.said, strict=True))
    return differ == 1 and _direction(one) == _direction(other)


def _one_word(one: str, other: str) -> bool:
    """Whether two spellings may be of one word: not if they are known to mean two things."""
    one, other = lemma(one), lemma(other)
    if (
        one in vocabulary.TELLING
        or other in vocabulary.TELLING
        or any(c.isdigit() for c in one + other)
    ):
        return False
    for short, long in ((one, other), (other, one)):
        if any(long == start + short for start in vocabulary.TURNED):
            return False
        for start in vocabulary.TURNED:
            if long.startswith(start) and any(
                short == instead + long.removeprefix(start) for instead in vocabulary.TURNED
            ):
                return False
        for a, b in vocabulary.OTHER_ENDS:
            if short.endswith(a) and long.endswith(b) and _stem(short, a) == _stem(long, b):
                return False
    return True


def _stem(word: str, ending: str) -> str:
    return word.removesuffix(ending)


def _pair(one: _Name, other: _Name, score: int) -> _Pair:
    if one.id > other.id:
        one, other = other, one
    return _Pair(one.id, other.id, score, "names", (one.name, other.name))


# ---- Definitions --------------------------------------------------------------------------------


def _by_definition(held: list[Mechanism | Concept]) -> Iterator[_Pair]:
    """Definitions that are nearly the same, found by the rarest of their vocabulary.

    Two that share four fifths of their words share one of the rarest fifth and one more.
    """
    from rapidfuzz import fuzz, process

    bags: dict[str, Counter[str]] = {}
    texts: dict[str, str] = {}
    records = {one.id: one for one in held}
    for one in held:
        said = _telling(one.description or "")
        if len(said) >= _WORDS_OF_A_DEFINITION:
            bags[one.id] = Counter(said)
            texts[one.id] = " ".join(said)
    written = {id_: tokens(records[id_].description or "") for id_ in texts}
    standing = Counter(texts.values())
    for id_, text in list(texts.items()):
        if standing[text] >= _STOCK:
            del bags[id_], texts[id_]
    common = Counter(word for bag in bags.values() for word in bag)
    shares: dict[str, dict[str, str]] = {}
    for id_, bag in bags.items():
        rare = sorted(bag, key=lambda word: (common[word], word))
        near: dict[str, float] = {}
        for word in rare[: len(rare) - int(_SHARED * len(rare)) + 1]:
            crowd = shares.setdefault(word, {})
            for _, score, earlier in process.extract(
                texts[id_], crowd, scorer=fuzz.ratio, score_cutoff=DEFINED_ALIKE, limit=None
            ):
                near[earlier] = score
            if len(crowd) < _CROWD:
                crowd[id_] = texts[id_]
        for earlier, score in near.items():
            one, other = records[earlier], records[id_]
            copied = written[earlier] == written[id_]
            if _means_same(bags[earlier], bag) and (not copied or _holds(one.name, other.name)):
                said = (one.description or "", other.description or "")
                yield _Pair(earlier, id_, round(score), "descriptions", said)


def _holds(one: str, other: str) -> bool:
    """Whether all telling words of one name stand in the other."""
    words, others = set(_telling(one)), set(_telling(other))
    return bool(words and others) and (words <= others or others <= words)


def _means_same(one: Counter[str], other: Counter[str]) -> bool:
    """Whether no word that makes a difference, and no number, stands in one of them only."""
    shared = (one & other).total()
    if shared < _SHARED * max(one.total(), other.total()):
        return False
    only, only_other = one - other, other - one
    rest = [*only, *only_other]
    if any(
        word in vocabulary.TELLING or word in vocabulary.PERSONS or word.isdigit() for word in rest
    ):
        return False
    return not (only and only_other)
