"""What is the matter with quotes: used too often, or saying something else than their coding."""

from __future__ import annotations

from collections.abc import Iterator

from graph.answers.lint import Complaint, LintedRecord
from graph.model import Configuration, Evidence, Polarity, Stance
from graph.names import slug
from graph.questions.linting import vocabulary
from graph.questions.linting.reviewed import Reviewed
from graph.questions.linting.words import Tokens, lemma, lemmas, tokens

MANY = 3
_OF_ONE_SOURCE = 4
"""A quote of fewer words is held for the same only within one source."""
_NEAR = 4
"""As many words a negation reaches over."""
_TWICE = 10
"""And before another negation, which it turns round."""
_FAR = 7
"""And as many to a word such as `any`, which needs one."""
_TURNS = frozenset({"not", "instead", "unlike", "outside", "beyond", "without", "regardless"})


def many_claims(review: Reviewed) -> Iterator[Complaint]:
    """One quote that stands for three or more claims."""
    used: dict[tuple[str, ...], list[Evidence]] = {}
    for piece in review.bundle.evidence:
        said = tokens(piece.quote or "")
        if said:
            owner = () if len(said) >= _OF_ONE_SOURCE else (piece.source,)
            used.setdefault((*owner, " ".join(said)), []).append(piece)
    for pieces in used.values():
        claims = {
            (piece.target, piece.role, piece.stance, slug(piece.statement or ""))
            for piece in pieces
        }
        if len(claims) < MANY:
            continue
        pieces = sorted(pieces, key=lambda piece: piece.id)
        sources = len({piece.source for piece in pieces})
        from_ = f", from {sources} sources" if sources > 1 else ""
        yield review.complaint(
            "quote-for-many-claims",
            _about(review, pieces[0]),
            f"One quote stands for {len(claims)} claims{from_}.",
            found=[pieces[0].quote or ""],
            related=[_claim(review, piece) for piece in pieces],
        )


def _about(review: Reviewed, piece: Evidence) -> LintedRecord:
    return LintedRecord(id=piece.id, kind="evidence", name=review.target(piece).name)


def _claim(review: Reviewed, piece: Evidence) -> LintedRecord:
    target = review.target(piece)
    said = f": {piece.statement}" if piece.statement else ""
    return LintedRecord(
        id=piece.id,
        kind="evidence",
        name=target.name,
        text=f"{piece.stance} {target.kind} {target.id}{said}",
    )


# ---- Level --------------------------------------------------------------------------------------


def other_level(review: Reviewed) -> Iterator[Complaint]:
    """A quote that names a level it is not coded at, and none that it is."""
    known = _level_words(review)
    person = {
        level.local_id for level in review.bundle.levels if _is_person(level.name, *level.aliases)
    }
    for piece in review.bundle.evidence:
        if not piece.quote or not piece.levels:
            continue
        named = _named(tokens(piece.quote), known, bool(person & set(piece.levels)))
        if not named or set(named) & set(piece.levels):
            continue
        coded = ", ".join(piece.levels)
        yield review.complaint(
            "quote-contradicts-level",
            _about(review, piece),
            f"Coded at {coded}; the quote names {', '.join(named)} and not {coded}.",
            found=[word for shown in named.values() for word in shown],
            related=[_quoted(review, piece)],
        )


def _level_words(review: Reviewed) -> dict[Tokens, set[str]]:
    found: dict[Tokens, set[str]] = {}
    for level in review.bundle.levels:
        for name in (level.name, *level.aliases):
            said = lemmas(name)
            if said and max(map(len, said)) > 2:
                found.setdefault(said, set()).add(level.local_id)
    return {said: owners for said, owners in found.items() if len(owners) == 1}


def _is_person(*names: str) -> bool:
    return any(vocabulary.ONE_PERSON.found(lemmas(name)) for name in names)


def _named(said: Tokens, known: dict[Tokens, set[str]], of_person: bool) -> dict[str, list[str]]:
    """The levels that a text names, with the words for each; all words of it are read."""
    plain = [lemma(word) for word in said]
    found: dict[str, list[str]] = {}
    taken: set[int] = set()
    for name in sorted(known, key=lambda name: (-len(name), name)):
        for place in range(len(plain) - len(name) + 1):
            span = range(place, place + len(name))
            if tuple(plain[place : span.stop]) != name or taken & set(span):
                continue
            taken |= set(span)
            if _stands_for_level(said, plain, span, of_person):
                (owner,) = known[name]
                found.setdefault(owner, []).append(" ".join(said[place : span.stop]))
    return {owner: list(dict.fromkeys(shown)) for owner, shown in sorted(found.items())}


def _stands_for_level(said: Tokens, plain: list[str], span: range, of_person: bool) -> bool:
    before = said[span.start - 1] if span.start else ""
    after = said[span.stop] if span.stop < len(said) else ""
    earlier = set(said[max(0, span.start - 3) : span.start])
    if earlier & _TURNS or {"rather", "than"} <= earlier:
        return False
    if before.endswith("self") or before in ("household",):
        return False
    match plain[span.start]:
        case "system" if before in vocabulary.NOT_A_SYSTEM or before.endswith("ing"):
            return False
        case "organisation" if after == "of":
            return False
        case "patient" if after == "with" or before in ("be", "being", "was", "were", "more"):
            return said[span.start].endswith("s")
        case "school" | "schools" if after in ("of",):
            return False
        case "household" if after == "name":
            return False
        case "individual" if said[span.start] == "individual" and before not in (
            *("the", "an", "each", "every", "one"),
        ):
            return False
    if of_person and (after and lemma(after) in vocabulary.OF_MANY):
        return False
    return not (of_person and {"member", "members"} & earlier and "of" in earlier)


def _quoted(review: Reviewed, piece: Evidence) -> LintedRecord:
    return _claim(review, piece).model_copy(update={"text": piece.quote})


# ---- Stance -------------------------------------------------------------------------------------


def other_stance(review: Reviewed) -> Iterator[Complaint]:
    """Support whose quote denies, and a challenge whose quote approves."""
    for piece in review.bundle.evidence:
        if not piece.quote or piece.stance is Stance.REFINES:
            continue
        said = vocabulary.BESIDE.without(tokens(piece.quote))
        found = (
            _denies(said, goes_badly=_goes_badly(review, piece))
            if piece.stance is Stance.SUPPORTS
            else _approves(said, goes_badly=_goes_badly(review, piece))
        )
        if found:
            sounds = "denies it" if piece.stance is Stance.SUPPORTS else "speaks for it"
            yield review.complaint(
                "quote-contradicts-stance",
                _about(review, piece),
                f"Coded as {piece.stance}; the quote {sounds}: {', '.join(found)}.",
                found=found,
                related=[_quoted(review, piece)],
            )


def _denies(said: Tokens, *, goes_badly: bool) -> list[str]:
    """The words that deny, if nothing else in the text takes that back."""
    if goes_badly or vocabulary.RESERVE.found(said):
        return []
    if against := vocabulary.AGAINST_THEORY.found(said):
        return _shown(said, against)
    denied = vocabulary.NO_EFFECT.found(said)
    approved = [
        span
        for span in vocabulary.APPROVAL.found(said)
        if not _within(span, denied) and not _foreseen(said, span)
    ]
    not_held = [a for a, _ in vocabulary.NOT_HELD.found(said)]
    turned = [
        span for span in approved if _negated(said, span) or (not_held and not_held[0] < span[0])
    ]
    any_ = [span for span in vocabulary.ANY_EFFECT.found(said) if _negated(said, span, _FAR)]
    clear = sorted({*denied, *turned})
    if any(_twice(said, span) for span in clear):
        return []
    clear = sorted({*clear, *any_})
    if not clear or any(span[0] < clear[0][0] for span in approved if span not in turned):
        return []
    return _shown(said, clear)


def _foreseen(said: Tokens, span: tuple[int, int]) -> bool:
    return bool(vocabulary.FORESEEN.found(said[max(0, span[0] - 2) : span[0]]))


def _approves(said: Tokens, *, goes_badly: bool) -> list[str]:
    """The words that approve, if nothing else in the text takes that back."""
    praise = vocabulary.HIGH_PRAISE.found(said)
    rest = vocabulary.HIGH_PRAISE.without(said)
    silent = (vocabulary.RESERVE, vocabulary.OF_ANOTHER, vocabulary.NEGATION, vocabulary.NO_EFFECT)
    if goes_badly or any(one.found(rest) for one in (*silent, vocabulary.AGAINST_THEORY)):
        return []
    return _shown(said, [*praise, *vocabulary.APPROVAL.found(said)])


def _shown(said: Tokens, spans: list[tuple[int, int]]) -> list[str]:
    return list(dict.fromkeys(" ".join(said[a:b]) for a, b in spans))


def _within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _negated(said: Tokens, span: tuple[int, int], reach: int = _NEAR) -> bool:
    return bool(vocabulary.NEGATION.found(said[max(0, span[0] - reach) : span[0]]))


def _twice(said: Tokens, span: tuple[int, int]) -> bool:
    """Whether a negation stands before another one, or before a word that is one in itself."""
    own = said[span[0] : span[1]]
    before = vocabulary.NEGATION.found(said[max(0, span[0] - _TWICE) : span[0]])
    if own in {said[a:b] for a, b in vocabulary.APPROVAL.found(said)}:
        return len(before) > 1 and "neither" not in said
    return bool(before)


def _goes_badly(review: Reviewed, piece: Evidence) -> bool:
    """Whether what is supported may be something bad, so that support may sound like denial."""
    if piece.configuration is not None:
        return _bad(review, review.configurations[piece.configuration])
    if piece.mechanism is not None:
        return any(_bad(review, one) for one in review.of_mechanism.get(piece.mechanism, []))
    target = review.target(piece)
    return _sounds_bad(target.name)


def _bad(review: Reviewed, one: Configuration) -> bool:
    if one.polarity is not None:
        return one.polarity is not Polarity.POSITIVE
    return any(_sounds_bad(review.concepts[part.concept].name) for part in one.outcomes)


def _sounds_bad(name: str) -> bool:
    return bool(vocabulary.BADLY.found(tokens(name)))
