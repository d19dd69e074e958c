"""Names of authors as the graph keeps them, people and organisations told apart.

A person is `Surname AB`, with a suffix behind it: `Lee A`, `van Lee L`, `Smith J Jr.`. Any other
name stays as it was written: an organisation, a single name, or one of which it is not known which
part is the surname.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from graph.names import slug

_LETTER = r"[^\W\d_a-zß-öø-ÿ]"
_SUFFIX = r"(?:Jr|Sr|jr|sr|JR|SR|II|III|IV|2nd|3rd|4th)\.?"
_PERSON = re.compile(
    rf"(?P<family>.+?)[ ,]+(?P<given>(?:{_LETTER}\.?-?){{1,5}})(?:[ ,]+(?P<suffix>{_SUFFIX}))?"
)
_FULL = re.compile(rf"(?P<family>[^,]+),\s*(?P<given>[^,]+?)(?:,\s*(?P<suffix>{_SUFFIX}))?")
ET_AL = re.compile(r"\W*(?:et\.? al|and others|others|u\.? ?a)\W*", re.IGNORECASE)
"""What stands in place of authors that are not named."""

_OF_ORGANISATIONS_TEXT = (
    "academy agency alliance association associates authority board bureau center centre "
    "centers centres clinic coalition collaboration collaborative college commission "
    "committee company confederation consortium corp corporation council department "
    "directorate division federation forum foundation gmbh government group hospital "
    "hospitals inc incorporated initiative institut institute institutes institution "
    "investigators laboratories laboratory league limited llc ltd ministry nations network "
    "nhs office organisation organisations organization organizations panel partners "
    "partnership plc program programme registry secretariat service services society task "
    "team trust union unit university working gesellschaft stiftung ministerium "
    "bundesministerium bundesamt universität hochschule verein verband krankenhaus "
    "organisationen ministère université société fédération comité agence haute instituto "
    "universidad universidade ministerio ministério fundación fundação asociación associação "
    "sociedad sociedade organización organização hospitalar secretaría istituto università "
    "ministero fondazione associazione società azienda instituut universiteit ministerie "
    "vereniging stichting universitet universitetet institutt helsedirektoratet "
    "socialstyrelsen"
)
_OF_ORGANISATIONS = frozenset(_OF_ORGANISATIONS_TEXT.split())
_JOINING = frozenset({"of", "for", "on", "in", "to", "the", "at", "against", "für", "pour", "para"})
"""Small words that names of organisations have within them and names of people do not."""
_WORD = re.compile(r"[^\W\d_]+")
_COMPANY = re.compile(
    r"(?:,\s*(?:Inc|Ltd|LLC|PLC|plc|GmbH|AG|S\.?A|B\.?V|Corp|Co)|\s(?:Inc|Ltd|GmbH|Corp|plc))\.?$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name in its parts; of what is no person, all of it is ``family``."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def person(self) -> bool:
        """True for a name whose parts are known."""
        return bool(self.given or self.suffix)


def name_of(author: str, organisations: Collection[str] = ()) -> Name:
    """The parts of a name as the graph keeps it: `Smith J Jr.` is Smith, J and Jr.

    Args:
        author: the name.
        organisations: the names that are those of organisations.
    """
    return Name(author) if author in organisations else _parts(author)


def surname(author: str, organisations: Collection[str] = ()) -> str:
    """What a reader calls an author by: the surname, or all of the name."""
    return name_of(author, organisations).family


@lru_cache(maxsize=65536)
def _parts(author: str) -> Name:
    name = author.strip()
    if is_organisation(name):
        return Name(name)
    found = _FULL.fullmatch(name) or _PERSON.fullmatch(name)
    if found is None:
        return Name(name)
    family, given, suffix = (found[part] or "" for part in ("family", "given", "suffix"))
    if not suffix and re.fullmatch(_SUFFIX, given):  # `Smith J III`, `King, Jr.`
        inner = _PERSON.fullmatch(family)
        family, given, suffix = (
            (*inner.group("family", "given"), given) if inner else (family, "", given)
        )
    return Name(family, given.strip(), suffix)


@lru_cache(maxsize=65536)
def is_organisation(name: str) -> bool:
    """True where the words of a name are those of an organisation: `Department of Health`."""
    if _COMPANY.search(name):
        return True
    before, comma, behind = name.partition(",")
    words = _WORD.findall(before)
    if sum(len(word) > 1 for word in words) < 2 or (comma and _is_given(behind)):
        return False
    if not _JOINING.isdisjoint(words[1:-1]):
        return True
    return any(word.casefold() in _OF_ORGANISATIONS for word in words)


def _is_given(text: str) -> bool:
    """True for initials behind a comma: `Trust Company, A. B.` would be a person."""
    return re.fullmatch(rf"\s*(?:{_LETTER}[.\s-]*){{1,4}}", text) is not None


@dataclass(frozen=True, slots=True)
class Key:
    """A name as it is compared: the words of the surname and the first letter of the given name.

    Of what is no person, or not known to be one, all words are in ``family``.
    """

    family: tuple[str, ...]
    initial: str
    person: bool

    @property
    def text(self) -> str:
        """The words in one."""
        return "-".join(self.family)


@lru_cache(maxsize=65536)
def key_of(author: str) -> Key:
    """How an author is compared with others: `Lee, Anna` and `Anna Lee` may be one."""
    name = _parts(author)
    given = slug(name.given)[:1] if name.given else ""
    return Key(tuple(slug(name.family).split("-")), given, name.person)


def may_be_one(one: Key, other: Key) -> bool:
    """Whether two names can be those of one author, however each is turned around."""
    if one.family == other.family:
        return True
    if one.person and other.person:
        return False
    if not one.person and not other.person:
        return sorted(one.family) == sorted(other.family)
    person, whole = (one, other) if one.person else (other, one)
    rest = list(whole.family)
    for word in person.family:
        if word not in rest:
            return False
        rest.remove(word)
    return not person.initial or any(word.startswith(person.initial) for word in rest)
