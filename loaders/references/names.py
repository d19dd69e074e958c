"""Names of authors as reference files have them, read as people or organisations.

Nothing is guessed that a name does not show: where it is not clear which part is the surname, or
where one author ends and the next begins, the name stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graph.people import ET_AL, is_organisation
from loaders.references.identifiers import plain_text

_LONGEST = 200
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_INITIALS = re.compile(rf"(?:{_CAPITAL}[.’']?[\s-]*){{1,4}}")
_DOTTED = re.compile(rf"(?:{_CAPITAL}\.[\s-]*)+")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd|4th)\.?", re.IGNORECASE)
_PARTICLES_TEXT = (
    "van von der den de la le du da das dos do di del della dei des af av zu zum zur ter ten "
    "te 't el al bin ibn vom y e st ste"
)
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_SURNAME_FIRST = re.compile(
    rf"(?P<family>[^,.]*?[^\W\d_]{{2,}}[^,.]*?)\s+(?P<given>(?:{_CAPITAL}\.?-?\s?){{1,4}})"
)
_GIVEN_FIRST = re.compile(
    rf"(?P<given>(?:{_CAPITAL}\.[\s-]*)+(?:{_CAPITAL}\w+\s+)?|{_CAPITAL}\s+(?!\S+\s))"
    rf"(?P<family>(?:[a-z'’]+\s+)*{_CAPITAL}[\w'’]+(?:[-\s]{_CAPITAL}?[\w'’]+)*)"
)
_AND = re.compile(r"[\s,]+(?:and|AND|&)\s+")
_BEHIND_ET_AL = re.compile(r"(?:^|[\s,;]+)(?:et\.? al|(?:and|&) others)\b\W*$")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,30}[)\]]")
_OUTSIDE_BRACES = re.compile(r"\{[^{}]*\}|;")


class Author(NamedTuple):
    """One author as the graph keeps it."""

    name: str
    organisation: bool = False


@dataclass(slots=True)
class Authors:
    """The authors that a record names; ``unclear`` are texts that may name several, kept whole."""

    named: list[Author] = field(default_factory=list)
    more: bool = False
    unclear: list[str] = field(default_factory=list)


def authors_in(values: Iterable[str]) -> Authors:
    """The authors of a record, one or several in each value."""
    found = Authors()
    for value in values:
        named, more, unclear = _line(value)
        found.named += named
        found.more = found.more or more
        found.unclear += unclear
    return found


@lru_cache(maxsize=65536)
def _line(text: str) -> tuple[tuple[Author, ...], bool, tuple[str, ...]]:
    found = Authors()
    plain = plain_text(text)
    shorter = _BEHIND_ET_AL.sub("", plain)
    found.more = shorter != plain
    trailing = shorter.endswith(",") and shorter.count(",") == 1
    for part in [shorter] if trailing else _split(shorter.strip(" ,;"), found):
        author = author_of(part)
        found.more = found.more or ET_AL.fullmatch(part) is not None
        if author is not None:
            found.named.append(author)
    return tuple(found.named), found.more, tuple(found.unclear)


def _split(text: str, found: Authors) -> Iterator[str]:
    """The names in a line, where it is unmistakable that they are several."""
    marks = [mark for mark in _OUTSIDE_BRACES.finditer(text) if mark[0] == ";"]
    if marks:
        places = [-1, *(mark.start() for mark in marks), len(text)]
        for first, after in pairwise(places):
            part = text[first + 1 : after].strip(" ,")
            if part:
                yield from _split(part, found)
        return
    if text.startswith("{") and text.endswith("}"):
        yield text
        return
    parts = [part for part in _AND.split(text) if part]
    listed = _listed(text) if len(parts) == 1 else None
    if listed is not None:
        yield from listed
        return
    if len(parts) > 1:
        split = [_listed(part) or ([part] if _is_person(part) else []) for part in parts]
        if all(split):
            for names in split:
                yield from names
            return
        if any(split) and any("," in part or _SURNAME_FIRST.fullmatch(part) for part in parts):
            yield from _people_and_others(text, parts, split)
            return
        if not is_organisation(text) and all(_two_words(part) for part in parts):
            found.unclear.append(text)
        yield text
        return
    if text.count(",") > 1 and not _is_person(text) and not is_organisation(text):
        found.unclear.append(text)
    yield text


def _people_and_others(text: str, parts: list[str], split: list[list[str]]) -> Iterator[str]:
    """People one by one; what stands between them, `and` and all, as one organisation."""
    at = 0
    kept: tuple[int, int] | None = None
    for part, names in zip(parts, split, strict=True):
        first = text.index(part, at)
        at = first + len(part)
        if not names:
            kept = (kept[0] if kept else first, at)
            continue
        if kept:
            yield text[kept[0] : kept[1]]
            kept = None
        yield from names
    if kept:
        yield text[kept[0] : kept[1]]


def _listed(text: str) -> list[str] | None:
    """`Lee AB, Roy CD, Kim E`, `A. Lee, B. Roy` or `Lee, A., Roy, B.` as names; None if unclear."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 2 or not all(parts):
        return None
    if all(_SURNAME_FIRST.fullmatch(part) for part in parts):
        return parts
    if all(_GIVEN_FIRST.fullmatch(part) for part in parts):
        return parts
    given = parts[1::2]
    families = parts[::2]
    if (
        len(parts) > 2
        and len(families) == len(given)
        and all(map(_INITIALS.fullmatch, given))
        and not any(map(_INITIALS.fullmatch, families))
    ):
        return [f"{family}, {one}" for family, one in zip(families, given, strict=True)]
    return None


def _is_person(text: str) -> bool:
    """True for a name whose surname is unmistakable."""
    if is_organisation(text):
        return False
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and any(_SUFFIX.fullmatch(part) for part in parts[1:]):
        parts = [part for at, part in enumerate(parts) if not at or not _SUFFIX.fullmatch(part)]
    if len(parts) == 2:
        return bool(parts[0] and parts[1]) and len(parts[1].split()) <= 4
    return len(parts) == 1 and bool(_SURNAME_FIRST.fullmatch(text) or _GIVEN_FIRST.fullmatch(text))


def _two_words(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 3 and all(word[:1].isupper() for word in words)


@lru_cache(maxsize=65536)
def author_of(text: str) -> Author | None:
    """One author's name as the graph keeps it; None if there is no name.

    `Lee, Anna B.` and `A. B. Lee` are `Lee AB`; a name in braces, with a comma at its end, or of
    the words that organisations have is an organisation's; any other stays as it is.
    """
    name = plain_text(text).strip(" ;")
    if name.startswith("{") and name.endswith("}"):
        inner = name.strip("{} ")
        return Author(inner[:_LONGEST], True) if inner else None
    whole = name.rstrip(", ")
    if not whole or ET_AL.fullmatch(whole):
        return None
    if name.endswith(",") and "," not in whole:  # as EndNote has organisations
        return Author(whole[:_LONGEST], " " in whole or whole.isupper())
    name = whole
    if is_organisation(name):
        return Author(name[:_LONGEST], True)
    parts = [part.strip() for part in _ASIDE.sub("", name).split(",")]
    if len(parts) == 1:
        for form in (_GIVEN_FIRST, _SURNAME_FIRST):
            found = form.fullmatch(name)
            if found is not None:
                return Author(person(found["family"], found["given"]))
        return Author(name[:_LONGEST])
    suffix = ""
    for at, part in enumerate(parts[1:], start=1):
        if _SUFFIX.fullmatch(part) and len(parts) <= 3:
            suffix = parts.pop(at)
            break
    if len(parts) == 1:
        return _with_suffix(parts[0], suffix)
    if len(parts) == 2 and all(parts):
        return Author(person(parts[0], parts[1], suffix))
    return Author(name[:_LONGEST])


def _with_suffix(name: str, suffix: str) -> Author:
    """`John Smith, Jr.`: what stands before the comma has its surname last."""
    given, _, family = name.rpartition(" ")
    return Author(person(family, given, suffix) if given else f"{name} {suffix}")


def person(family: str, given: str, suffix: str = "") -> str:
    """A person's name as the graph keeps it: `van Lee AB Jr.`."""
    words = given.split()
    while len(words) > 1 and words[-1].casefold() in _PARTICLES and words[-1].islower():
        family = f"{words.pop()} {family}"
    given = initials(" ".join(words))
    parts = (" ".join(family.split()), given, suffix)
    return " ".join(part for part in parts if part)[:_LONGEST]


def initials(given: str) -> str:
    """`Mary-Jane K.` as `MJK`, `Y.-K.` as `Y-K`, `AB` as it is."""
    letters = re.sub(r"[.\s’']", "", given)
    bare = letters.replace("-", "")
    short = len(bare) <= 3 or "." in given or len(bare) == len(given.split())
    if _INITIALS.fullmatch(given) and bare.isupper() and short and len(bare) <= 5:
        return letters
    words = [part for word in given.replace(".", ". ").split() for part in word.split("-") if part]
    return "".join(_initial(word) for word in words)


def _initial(word: str) -> str:
    first = word[0]
    cased = first.upper() != first.lower()
    return first.upper() if cased else word  # a script without capitals has no initials


# -- BibTeX -----------------------------------------------------------------------------------


def bibtex_author(name: str) -> Author | None:
    """A name by BibTeX's rules: `First von Last`, `von Last, First` or `von Last, Jr, First`.

    Args:
        name: one name, LaTeX decoded but for the braces that keep words together.
    """
    bare = " ".join(name.split())
    if not bare.replace("{", "").replace("}", "").strip(" ,"):
        return None
    if re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", bare):
        inner = bare.replace("{", "").replace("}", "").strip()
        return Author(inner[:_LONGEST], True)
    parts = _outside(bare, ",")
    whole = _unbraced(bare)
    if len(parts) == 1:
        if is_organisation(whole):
            return Author(whole[:_LONGEST], True)
        words = _outside(bare, " ")
        if len(words) == 1:
            return Author(whole[:_LONGEST])
        form = _SURNAME_FIRST.fullmatch(whole)
        if form is not None and not _DOTTED.match(whole) and _INITIALS.fullmatch(words[-1]):
            return Author(person(form["family"], form["given"]))  # not BibTeX's, and common
        at = next(
            (place for place, word in enumerate(words[1:-1], 1) if word[:1].islower()),
            len(words) - 1,
        )
        family, given = (" ".join(map(_unbraced, some)) for some in (words[at:], words[:at]))
        family, _, suffix = (part.strip() for part in family.partition(","))
        return Author(person(family, given, suffix))
    plain = [_unbraced(part) for part in parts]
    if is_organisation(whole):
        return Author(whole[:_LONGEST], True)
    if len(plain) == 2 and all(plain):
        if _SUFFIX.fullmatch(plain[1]):
            return _with_suffix(plain[0], plain[1])
        family, _, suffix = (part.strip() for part in plain[0].partition(","))
        return Author(person(family, plain[1], suffix))
    if len(plain) == 3 and plain[0] and plain[2]:
        return Author(person(plain[0], plain[2], plain[1]))
    return Author(whole[:_LONGEST])


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "").strip()


def _outside(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that stand outside of braces."""
    parts, depth, begun = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == mark and depth <= 0:
            parts.append(text[begun:at].strip())
            begun = at + 1
    return [*parts, text[begun:].strip()]
