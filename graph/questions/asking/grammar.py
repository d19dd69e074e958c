"""The little language in which the forms of questions are written, and how a text is matched.

A pattern is words; `[…]` may be left out, `(a | b)` is a choice, `(…)*` may be repeated. `{name}`
stands for a *slot*, a name of the graph of certain kinds; or for a *choice*, whose words
set a filter; or for *words* that many patterns share. After `=>` stands what the
pattern says by itself. `{f}: a + b` is every order of its parts, with `{f}` around them.

A question is matched as words, in which names of the graph stand as marks: `<m0> ` is a mechanism,
`<cs1> ` a concept or a source. A form fits only if it uses up every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count, permutations

from graph.answers import Asked
from graph.names import slug
from graph.questions.asking import phrases

KINDS = {
    "mechanism": "m",
    "concept": "c",
    "configuration": "k",
    "theory": "t",
    "source": "s",
    "review": "r",
    "level": "l",
    "perspective": "p",
    "setting": "g",
    "finding": "f",
    "audience": "a",
    "stage": "e",
    "topic": "o",
}
"""The letter of each kind of name in a mark."""

_SPELT = (
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e|es|ed|ing|ation|ations|ational)$)"), "is"),
    (re.compile(r"^(behavi|fav|col|lab|neighb|rig|hon)or(?=|s$|ed$|ing$|al$|able$)"), r"\1our"),
    (re.compile(r"^program(?=s?$)"), "programme"),
    (re.compile(r"^center(?=s?$|ed$)"), "centre"),
    (re.compile(r"^gray$"), "grey"),
)
"""American spellings, read as British."""
_SHORT = (
    (re.compile(r"\b(can|won|shan)'?t\b|\bcannot\b"), r"\1 not"),
    (
        re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|could|should|would)n'?t\b"),
        r"\1 not",
    ),
    (re.compile(r"\b(what|who|where|how|that|there|it|when)'s\b"), r"\1 is"),
    (re.compile(r"'(?:re)\b"), " are"),
    (re.compile(r"'(?:ve)\b"), " have"),
    (re.compile(r"'(?:d)\b"), " would"),
    (re.compile(r"'(?:ll)\b"), " will"),
    (re.compile(r"'m\b"), " am"),
)
_OTHERS = re.compile(r"\bet\.?\s+al\b\.?|\band (?:colleagues|others|co-?authors)\b")
"""Authors beside the first."""
_PREPOSED = ("{f}", "{fs}", "{fe}")
"""Words between others that may be prepositions, which end no question."""
_SLOT = re.compile(r"<\[a-z\]\*\[[a-z]+\]\[a-z\]\*\\d\+>")
_TOKEN = re.compile(r"\{\w+\}|[a-z0-9]+|[\[\]()|*]")


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a question or a name as they are compared, without case, accents and marks."""
    text = text.casefold().replace("’", "'").replace("‘", "'")
    for short, full in _SHORT:
        if "'" in text or "n" in text:
            text = short.sub(full, text)
    key = slug(_OTHERS.sub(" ", text.replace("'", " ")))
    return tuple(_british(one) for one in key.split("-") if one not in ("", "s") and one.isalnum())


def _british(word: str) -> str:
    for american, british in _SPELT:
        word = american.sub(british, word)
    return word


@dataclass(frozen=True, slots=True)
class Match:
    """A form that fits: the marks in its slots, and what its words say."""

    asks: Asked
    slots: dict[str, str]
    says: dict[str, str]


class Pattern:
    """A pattern ready to match; it is compiled when a text has all that it cannot do without."""

    def __init__(
        self, pattern: str, says: Mapping[str, str], *, inside: bool = False, loose: bool = False
    ) -> None:
        """``inside``: it may match a part of a text; ``loose``: its slots take any words."""
        self.says = says
        self._inside = inside
        text, self.needs = _parsed(pattern)
        if loose:
            text = _SLOT.sub(r"\\S+(?: \\S+)*?", text)
            self.needs = tuple(need for need in self.needs if not any("<" in one for one in need))
        number = count()
        self._text = re.sub("@", lambda _: str(next(number)), text)
        self._compiled: re.Pattern[str] | None = None

    def whole(self, text: str, marks: Set[str]) -> re.Match[str] | None:
        """The match of a whole text; ``marks`` are its words and kinds of marks."""
        return self._ready.fullmatch(text) if self.may_fit(marks) else None

    def within(self, text: str, marks: Set[str]) -> Iterator[re.Match[str]]:
        """Every match inside a text, from a word's beginning on."""
        return self._ready.finditer(text) if self.may_fit(marks) else iter(())

    def may_fit(self, marks: Set[str]) -> bool:
        """Whether nothing is missing that the pattern needs in any case."""
        return not any(need.isdisjoint(marks) for need in self.needs)

    @property
    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            begins = r"(?:^|(?<= ))" if self._inside else ""
            self._compiled = re.compile(f"{begins}(?:{self._text})")
        return self._compiled


Parsed = tuple[str, tuple[frozenset[str], ...]]
"""A regular expression, and sets of words or marks of each of which it needs one."""


def _parsed(pattern: str) -> Parsed:
    tokens = _TOKEN.findall(pattern)[::-1]
    parsed = _choice(tokens)
    if tokens:
        raise ValueError(f"a bracket too many: {pattern}")
    return parsed


def _choice(tokens: list[str]) -> Parsed:
    """Alternatives up to a closing bracket, which is left; ``tokens`` stand in reverse order."""
    ways = [_sequence(tokens)]
    while tokens and tokens[-1] == "|":
        tokens.pop()
        ways.append(_sequence(tokens))
    if len(ways) == 1:
        return ways[0]
    needs: tuple[frozenset[str], ...] = ()
    if all(need for _, need in ways):
        needs = (frozenset().union(*(min(need, key=len) for _, need in ways)),)
    return "|".join(text for text, _ in ways), needs


def _sequence(tokens: list[str]) -> Parsed:
    text, needs = "", list[frozenset[str]]()
    while tokens and tokens[-1] not in ("|", "]", ")"):
        token = tokens.pop()
        if token in ("[", "("):
            inner, inner_needs = _choice(tokens)
            tokens.pop()
            ending = "?" if token == "[" else ""
            if tokens and tokens[-1] == "*":
                ending = tokens.pop()
            text += f"(?:{inner}){ending}"
            needs += [] if ending else inner_needs
        elif token.startswith("{"):
            inner, inner_needs = _named(token[1:-1])
            text += inner
            needs += inner_needs
        else:
            text += f"{token} "
            needs.append(frozenset({token}))
    return text, tuple(needs)


@cache
def _named(name: str) -> Parsed:
    """What a name in braces stands for; `@` is where a group gets its number."""
    if name in phrases.MACROS:
        text, needs = _parsed(phrases.MACROS[name])
        return f"(?:{text})", needs
    if name in phrases.CHOICES:
        ways = [_parsed(way) for way in phrases.CHOICES[name].values()]
        groups = (f"(?P<{name}__{n}__@>{text})" for n, (text, _) in enumerate(ways))
        needs = ()
        if all(need for _, need in ways):
            needs = (frozenset().union(*(min(need, key=len) for _, need in ways)),)
        return f"(?:{'|'.join(groups)})", needs
    if name in phrases.FREE:
        return f"(?P<{name}__@>{phrases.FREE[name]})", ()
    letters = "".join(KINDS[kind] for kind in phrases.SLOTS[name])
    needs = (frozenset(f"<{letter}" for letter in letters),)
    return rf"(?P<{name}__@><[a-z]*[{letters}][a-z]*\d+>) ", needs


def marks_of(text: str) -> frozenset[str]:
    """The words of a text, and for each mark the kinds of names it may be: `<m`, `<c`."""
    found: set[str] = set()
    for word in text.split():
        found.update(f"<{letter}" for letter in word if letter.isalpha()) if word[
            0
        ] == "<" else found.add(word)
    return frozenset(found)


def _lines(table: Iterable[str], *, loose: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """The patterns of a table and what they say; ``loose``: parts in the order that is written."""
    for line in table:
        pattern, _, says = line.partition("=>")
        parts = (part.partition("=") for part in says.split(";") if part.strip())
        told = {name.strip(): value.strip() for name, _, value in parts}
        between, colon, ordered = pattern.partition(": ")
        if not colon:
            yield pattern.strip(), told
            continue
        after = "{e}" if between in _PREPOSED else between
        parted = ordered.strip().split(" + ")
        for order in [parted] if loose else permutations(parted):
            yield f"{between} {f' {between} '.join(order)} {after}", told


@cache
def all_forms(*, loose: bool = False, frames: bool = False) -> tuple[tuple[Asked, Pattern], ...]:
    """Every form, in the order in which they are tried; ``loose`` ones take any words as names.

    Or every one of the wider ``frames``, which are tried where no form fits.
    """
    return tuple(
        (asks, Pattern(*line, loose=loose))
        for asks, table in (phrases.FRAMES if frames else phrases.FORMS).items()
        for line in _lines(table, loose=loose)
    )


@cache
def _by_mark(loose: bool, frames: bool) -> dict[str, list[int]]:
    """The places of forms by the words or marks of which they need one."""
    found: dict[str, list[int]] = {}
    for place, (_, pattern) in enumerate(all_forms(loose=loose, frames=frames)):
        for mark in min(pattern.needs, key=len, default=frozenset({""})):
            found.setdefault(mark, []).append(place)
    return found


@cache
def narrowing(*, loose: bool = False) -> tuple[tuple[str, Pattern], ...]:
    """Every narrowing phrase, with the name of what it narrows by."""
    return tuple(
        (name, Pattern(*line, inside=True, loose=loose))
        for name, table in phrases.NARROWING.items()
        for line in _lines(table)
    )


@cache
def refused(*, by_half: bool) -> tuple[tuple[str, Pattern], ...]:
    """What is refused on purpose, with the reason: what no record answers, or what only half."""
    table = phrases.BY_HALF if by_half else phrases.NO_RECORD
    return tuple(
        (reason, Pattern(*line)) for reason, rows in table.items() for line in _lines(rows)
    )


@cache
def _courtesies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    beginning, ending = _parsed(phrases.BEGINNING)[0], _parsed(phrases.ENDING)[0]
    return re.compile(f"^(?:{beginning})"), re.compile(f"(?:^|(?<= ))(?:{ending})$")


def bare(text: str) -> Iterator[str]:
    """A text as it stands, then without ever more of its courtesies, at either end."""
    beginning, ending = _courtesies()
    texts = [text]
    for one in texts:
        yield one
        for shorter in (ending.sub("", one, count=1), beginning.sub("", one, count=1)):
            if shorter and shorter not in texts:
                texts.append(shorter)


def matches(text: str, *, loose: bool = False, frames: bool = False) -> Iterator[Match]:
    """Every form, or every frame, that uses up a text, in order."""
    marks = marks_of(text)
    forms, by_mark = all_forms(loose=loose, frames=frames), _by_mark(loose, frames)
    for place in sorted({place for mark in (*marks, "") for place in by_mark.get(mark, ())}):
        asks, pattern = forms[place]
        match = pattern.whole(text, marks)
        found = match and taken(match, pattern.says)
        if found:
            yield Match(asks, *found)


def taken(
    match: re.Match[str], says: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]] | None:
    """The marks in the slots of a match, and what its words say; none if it says two things."""
    slots: dict[str, str] = {}
    told: dict[str, str] = {}
    for group, value in match.groupdict().items():
        if value is None:
            continue
        name, *which = group.split("__")
        held, key, said = slots, name, value.strip()
        if len(which) > 1:
            held, key = told, phrases.SETS.get(name, name)
            said = list(phrases.CHOICES[name])[int(which[0])]
        if said and held.setdefault(key, said) != said:
            return None
    return slots, {**told, **says}


@cache
def grammar_words() -> frozenset[str]:
    """Every word that the forms, phrases and courtesies use: misspellings may be meant for them."""
    tables = [
        *(line for table in phrases.FORMS.values() for line in table),
        *(line for table in phrases.FRAMES.values() for line in table),
        *(line for table in phrases.NARROWING.values() for line in table),
        *phrases.MACROS.values(),
        *(text for choice in phrases.CHOICES.values() for text in choice.values()),
        phrases.BEGINNING,
        phrases.ENDING,
    ]
    patterns = "\n".join(re.sub(r"=>.*|\{\w+\}", " ", table) for table in tables)
    return frozenset(re.findall(r"[a-z0-9]+", patterns))
