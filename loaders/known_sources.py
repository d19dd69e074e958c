"""The sources there are, by everything that a text may call them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.names import slug
from graph.people import is_organisation, name_of
from loaders.headings import plain
from loaders.references.identifiers import doi_of

YEAR = r"(?:1[5-9]|20|21)\d\d"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LETTER_OF_ID = re.compile(rf"(?<!\d)({YEAR})([a-z])$")


@dataclass(frozen=True, slots=True)
class Work:
    """A source as authors and a year call it."""

    local: str
    authors: tuple[frozenset[str], ...]
    all_named: bool


class KnownSources:
    """Sources by everything that a text may call them."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.phrases: dict[str, set[str]] = {}
        self.titles: dict[str, str] = {}
        self.numbers: dict[int, set[str]] = {}
        self.dois: dict[str, set[str]] = {}
        self.pmids: dict[str, set[str]] = {}
        self.dated: dict[tuple[str, str], list[Work]] = {}
        """By what the first author may be called, and when."""
        self.begun: dict[str, list[tuple[str, Work]]] = {}
        """The same names and works, by the first word of the name."""
        self.said: dict[str, set[str]] = {}
        self._starts: set[str] = set()
        self.complete = True
        """False if sources could not be read: what names none may name one of those."""

    def add(
        self,
        local: str,
        *,
        title: str = "",
        reference: str = "",
        doi: str = "",
        pmid: str = "",
        authors: Sequence[str] = (),
        more_authors: bool = False,
        year: int | None = None,
        date: str = "",
    ) -> None:
        """A source by its id and what else it goes by."""
        if not local:
            return
        self.ids.setdefault(local.casefold(), local)
        self.titles[local] = title
        for name in filter(None, (local, title, reference)):
            self._phrase(self.phrases, name, local)
        number = plain(reference).strip("[](). ")
        if number.isdecimal() and len(number) < 6:
            self.numbers.setdefault(int(number), set()).add(local)
        known = doi_of(doi) if doi else None
        if known:
            self.dois.setdefault(known, set()).add(local)
        if pmid:
            self.pmids.setdefault(pmid, set()).add(local)
        if authors:
            work = Work(local, tuple(_called(one) for one in authors), not more_authors)
            times = _times(local, year, date)
            for name in work.authors[0] if times else ():
                self.begun.setdefault(name.partition("-")[0], []).append((name, work))
                for when in times:
                    self.dated.setdefault((name, when), []).append(work)

    def say(self, text: str, local: str) -> None:
        """Somebody says which source a text means."""
        self._phrase(self.said, text, local)

    def _phrase(self, among: dict[str, set[str]], name: str, local: str) -> None:
        key = key_of_text(name)
        if key:
            among.setdefault(key, set()).add(local)
            self._starts.add(key.partition(" ")[0])

    def begins(self, word: str) -> bool:
        """Whether a name begins with this word."""
        return word in self._starts


def key_of_text(text: str) -> str:
    """The words of a text as they are compared with those of names."""
    return " ".join(word.casefold() for word in WORD.findall(plain(text)))


def _called(author: str) -> frozenset[str]:
    """What a text may call an author by: a surname, or an organisation's name."""
    name = name_of(author)
    whole = slug(name.family)
    if name.person or is_organisation(author):
        return frozenset({whole})
    return frozenset(
        {whole, whole.rpartition("-")[2]}
    )  # `Anna Lee`, of whom Lee may be the surname


def _times(local: str, year: int | None, date: str) -> set[str]:
    """How the year of a source may be written: `2019`, and `2019a` where the source says so."""
    found = {str(year)} if year else set()
    said = re.sub(r"[\W_]", "", date).casefold()
    if re.fullmatch(rf"{YEAR}[a-z]", said):
        found |= {said, said[:4]}
    elif said and not said[0].isdecimal():
        found.add(said)
    letter = _LETTER_OF_ID.search(local.casefold())
    if letter and letter[1] in found:
        found.add(letter[0])
    return found
