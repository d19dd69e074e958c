"""BibTeX and BibLaTeX, entry by entry, each value by what its field holds.

Texts are LaTeX; addresses and identifiers are as they stand. What is wrong in an entry is told with
its line, and the rest of it is read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import Problem, Severity
from graph.people import ET_AL
from loaders.parsed_input import Given
from loaders.references.identifiers import doi_in_note, doi_of
from loaders.references.latex import text_of_latex, verbatim, with_braces
from loaders.references.names import Authors, bibtex_author
from loaders.references.record import Fields, Met, Raw, given_of
from loaders.references.text import line_ends, text_of

_START = re.compile(r"(?<![\w.])@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])[ \t\r\n]*")
_NEXT = re.compile(r"[\r\n][ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]")
_KEY = re.compile(r"([^,={}\"\r\n]*?)\s*(?:,|(?=[\s})]*\Z))")
_NAME = re.compile(r"([A-Za-z][\w:.+/'-]*)\s*=\s*")
_ON_NEXT_LINE = re.compile(r"[\r\n]\s*(?=[A-Za-z][\w:.+/'-]*\s*=\s*[{\"\w])")
_MARKS = re.compile(r"\\.|[{}\")]", re.DOTALL)
_BARE = re.compile(r"[^\s,#{}\"=]+")
_BETWEEN = re.compile(r"[\s,]*")
_JOINED = re.compile(r"\s*#\s*")
_VERBATIM_TEXT = (
    "url urldate doi eprint eprinttype eprintclass archiveprefix primaryclass file pmid pmcid "
    "issn isbn bdsk-url-1 bdsk-url-2 bdsk-file-1 local-url pii lccn crossref ids unique-id "
    "arxivid eid researcherid-numbers orcid-numbers"
)
_VERBATIM = frozenset(_VERBATIM_TEXT.split())
_NOT_INHERITED = frozenset({"crossref", "key", "label", "ids", "author", "doi", "url", "abstract"})
_ABOVE = {"title": "booktitle", "subtitle": "booksubtitle", "booktitle": "booktitle"}
"""What a field of the entry that is referred to is called in the one that refers."""
_NOTES = ("note", "notes", "annote", "annotation")
_MONTHS = {month[:3].casefold(): month for month in calendar.month_name[1:]}
_COMPANY = re.compile(r"[^,{}]+,\s*(?:Inc|Ltd|LLC|PLC|plc|GmbH|Corp|Co)\.?")


@dataclass(slots=True)
class _Entry:
    """An entry as it stands: its kind and key, and the LaTeX of each field."""

    row: int
    first: int
    after: int
    kind: str
    key: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)

    def one(self, *names: str) -> str:
        """The LaTeX of the first of some fields that says something."""
        return next((value for name in names for value in self.fields.get(name, ()) if value), "")


def read_bibtex(path: Path, name: str, encoding: str | None = None) -> Given:
    """A BibTeX file; what cannot be read of an entry is named, the rest is read."""
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    met = Met()
    entries = _Entries(text.text, name, met)
    return given_of(
        name, text, entries.raws(), problems, met, what="BibTeX entry", expected="@article{…"
    )


class _Entries:
    """The entries of a file; those that refer to another take over what it says."""

    def __init__(self, text: str, name: str, met: Met) -> None:
        self.text = text
        self.name = name
        self.met = met
        self.strings = dict(_MONTHS)
        self.found: list[_Entry] = []
        self.by_key: dict[str, _Entry] = {}
        self._read()

    def raws(self) -> Iterator[Raw]:
        """The entries as records, in the order of the file."""
        for entry in self.found:
            yield self._raw(entry)

    def _tell(self, row: int, message: str, **said: str | None) -> None:
        self.met.odd.append(
            Problem(severity=Severity.WARNING, file=self.name, row=row, message=message, **said)
        )

    # -- the file ---------------------------------------------------------------------------------

    def _read(self) -> None:
        at, counted, row = 0, 0, 1
        while (start := _START.search(self.text, at)) is not None:
            first = start.start()
            self._pass_over(at, first)
            row += line_ends(self.text, counted, first)
            counted = first
            inside, at, closed = self._inside(start)
            kind = start[1].casefold()
            if kind in ("comment", "preamble"):
                self._pass_over(first, at)
                continue
            if not closed:
                self._tell(
                    row,
                    "the braces of this entry do not match: one is missing, or one too many",
                    found=_line(self.text[first : first + 80]),
                    hint="what could be read of it was read",
                )
            entry = _Entry(row, first, at, kind)
            self._fill(entry, inside, start.end())
            if kind == "string":
                if not closed:
                    self._pass_over(first, at)
                self.strings |= {name: values[-1] for name, values in entry.fields.items()}
                continue
            key = entry.key.casefold()
            if key and key in self.by_key:
                self._tell(
                    row,
                    "this key is used twice; both entries were read",
                    found=entry.key,
                    hint=f"first in line {self.by_key[key].row}",
                )
            self.by_key.setdefault(key, entry)
            self.found.append(entry)
        self._pass_over(at, len(self.text))

    def _pass_over(self, first: int, after: int) -> None:
        self.met.passed_over += sum(map(bool, map(str.strip, self.text[first:after].splitlines())))

    def _inside(self, start: re.Match[str]) -> tuple[str, int, bool]:
        """What stands between an entry's braces, the place behind it, and whether it is closed."""
        closes = "}" if start[2] == "{" else ")"
        depth = 1 if closes == "}" else 0
        following = _NEXT.search(self.text, start.end())
        limit = following.start() if following is not None else len(self.text)
        for mark in _MARKS.finditer(self.text, start.end(), limit):
            depth += (mark[0] == "{") - (mark[0] == "}")
            if depth == 0 and mark[0] == closes:
                field = _ON_NEXT_LINE.search(self.text, mark.end(), limit)
                if field is None or _START.search(self.text, mark.end(), field.start()):
                    return self.text[start.end() : mark.start()], mark.end(), True
                break  # fields follow, so this was not the end
        inside = self.text[start.end() : limit].rstrip()
        return inside, start.end() + len(inside), False

    # -- an entry ---------------------------------------------------------------------------------

    def _fill(self, entry: _Entry, inside: str, offset: int) -> None:
        at = 0
        if entry.kind != "string":
            key = _KEY.match(inside)
            if key is not None:
                entry.key, at = key[1], key.end()
            else:
                self._tell(entry.row, "this entry has no key", found=_line(inside))
        parted = True
        while True:
            between = _BETWEEN.match(inside, at)
            at = between.end() if between is not None else at
            parted = parted or (between is not None and "," in between[0])
            if at >= len(inside):
                return
            named = _NAME.match(inside, at)
            if named is None:
                at = self._stray(entry, inside, at, offset)
                continue
            if not parted:
                self._tell(
                    entry.row + line_ends(inside, 0, at),
                    "a comma is missing before this field",
                    found=_line(inside[at : at + 80]),
                )
            value, at = self._value(inside, named.end())
            entry.fields.setdefault(named[1].casefold(), []).append(value)
            parted = False

    def _stray(self, entry: _Entry, inside: str, at: int, offset: int) -> int:
        """Pass over what is no field, up to one on a line below; it stays in the record's text."""
        below = _ON_NEXT_LINE.search(inside, at)
        after = below.end() if below is not None else max(self._value(inside, at)[1], at + 1)
        if not inside[at:after].strip("\r\n\t {}()"):
            return after
        self._tell(
            entry.row + line_ends(inside, 0, at),
            "this is no field and was passed over; the record keeps it",
            found=_line(inside[at : at + 80]),
            expected="name = {value},",
        )
        return after

    def _value(self, inside: str, at: int) -> tuple[str, int]:
        """A value, put together from the parts that `#` joins, and the place behind it."""
        parts: list[str] = []
        while True:
            mark = inside[at : at + 1]
            if mark in ("{", '"'):
                after = _closing(inside, at)
                parts.append(inside[at + 1 : after - 1] if after > at + 1 else "")
            else:
                bare = _BARE.match(inside, at)
                if bare is None:
                    break
                after = bare.end()
                parts.append(self.strings.get(bare[0].casefold(), bare[0]))
            joined = _JOINED.match(inside, after)
            at = after
            if joined is None:
                break
            at = joined.end()
        return "".join(parts), at

    # -- what it says -----------------------------------------------------------------------------

    def _above(self, entry: _Entry) -> dict[str, list[str]]:
        """The fields of an entry with those that it takes over from the one it refers to."""
        fields = entry.fields
        seen = {id(entry)}
        above = self.by_key.get(entry.one("crossref").strip().casefold())
        while above is not None and id(above) not in seen:
            seen.add(id(above))
            taken = {
                _ABOVE.get(name, name): values
                for name, values in above.fields.items()
                if name not in _NOT_INHERITED
            }
            fields = {**taken, **fields}
            above = self.by_key.get(above.one("crossref").strip().casefold())
        return fields

    def _raw(self, entry: _Entry) -> Raw:
        said: Fields = {"type": [entry.kind], "key": [entry.key]}
        for name, values in entry.fields.items():
            read = verbatim if name in _VERBATIM else with_braces
            said.setdefault(name, []).extend(read(value) for value in values)
        whole = _Entry(
            entry.row, entry.first, entry.after, entry.kind, entry.key, self._above(entry)
        )

        def one(*names: str) -> str:
            return text_of_latex(whole.one(*names))

        title, subtitle = one("title"), one("subtitle")
        links = (verbatim(whole.one(name)) for name in ("url", "howpublished", "ee"))
        dois = [verbatim(whole.one("doi")), *(link for link in links if doi_of(link))]
        if not any(dois):
            notes = (doi_in_note(one(name)) for name in ("note", "annote", "eprint"))
            dois = [doi for doi in notes if doi]
        database = one("source", "database")
        return Raw(
            row=entry.row,
            first=entry.first,
            after=entry.after,
            fields=said,
            kind=entry.kind,
            closer=[one("type"), one("entrysubtype"), one("document_type")],
            title=f"{title}: {subtitle}" if title and subtitle else title,
            authors=self._authors(entry.row, whole.one("author") or whole.one("editor")),
            year=[value for value in (one("year"), one("date"), one("issued")) if value],
            journal=one("journal", "journaltitle", "booktitle", "series"),
            volume=one("volume"),
            issue=one("number", "issue"),
            pages=one("pages", "eid", "art_number", "article-number"),
            publisher=one("publisher", "school", "institution", "organization"),
            doi=[doi for doi in dois if doi],
            pmid=[verbatim(whole.one("pmid"))] if whole.one("pmid") else [],
            url=verbatim(whole.one("url")) or _address(whole.one("howpublished")),
            database=database if len(database) < 60 else "",
            notes=[value for name in _NOTES for value in entry.fields.get(name, ())],
        )

    def _authors(self, row: int, latex: str) -> Authors:
        found = Authors()
        parts = _names(with_braces(latex))
        for part in parts:
            if ET_AL.fullmatch(part):
                found.more = True
                continue
            author = bibtex_author(part)
            if author is not None:
                found.named.append(author)
            if len(parts) > 1 and _COMPANY.fullmatch(part):
                self._tell(
                    row,
                    "`and` parts names, also within the name of an organisation",
                    column="author",
                    found=" and ".join(parts)[:80],
                    hint=f"if this is one, put it into braces: {{{' and '.join(parts)[:80]}}}",
                )
        return found


def _closing(text: str, at: int) -> int:
    """The place behind the brace or quotation mark that closes the one at a place."""
    quoted = text[at] == '"'
    depth = 0
    for mark in _MARKS.finditer(text, at + 1 if quoted else at):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth == 0 and mark[0] == ('"' if quoted else "}"):
            return mark.end()
    return len(text) + 1


def _names(text: str) -> list[str]:
    """The names of a list, parted by `and` outside of braces."""
    names, depth, begun = [], 0, 0
    for mark in re.finditer(r"[{}]|(?:^|\s+)and(?=\s|$)", text, re.IGNORECASE):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0:
            names.append(text[begun : mark.start()].strip())
            begun = mark.end()
    return [name for name in (*names, text[begun:].strip()) if name]


def _address(text: str) -> str:
    link = re.search(r"https?://[^\s{}]+", verbatim(text))
    return link[0] if link is not None else ""


def _line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:80]
