"""Sources as references in a citation style, set by citeproc; nothing is filled in."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from exports.report.shape import Reference, Run, plain
from exports.report.styles import style_names, style_text
from graph.answers import SourceView
from graph.errors import NotFound
from graph.model import Form, SourceKind
from graph.names import nearest
from graph.people import ET_AL, name_of
from graph.people import Name as People

DEFAULT_STYLE = "apa"
_ALIASES = {
    "ama": "american-medical-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
}
_TYPES = {
    Form.ARTICLE: "article-journal",
    Form.ABSTRACT: "article-journal",
    Form.CONFERENCE: "paper-conference",
    Form.CHAPTER: "chapter",
    Form.BOOK: "book",
    Form.THESIS: "thesis",
    Form.REPORT: "report",
    Form.PREPRINT: "article",
    Form.PROTOCOL: "article-journal",
    Form.CORRECTION: "article-journal",
    Form.WEB: "webpage",
    Form.NEWS: "article-newspaper",
    Form.UNPUBLISHED: "manuscript",
}
_PUBLISHED = (SourceKind.PAPER, SourceKind.GREY, SourceKind.SYNTHESIS)
_ITALIC, _BOLD, _OFF = "\ue000", "\ue001", "\ue002"
_OTHERS = "\ue003"
"""Stands for the authors that a source does not name."""
_DATED = "\ue004"
"""Stands before a date in words, which some styles set part by part."""
_MARK = re.compile(f"([{_ITALIC}{_BOLD}{_OFF}])")
_AND_OTHERS = re.compile(
    rf"[,;]?[\s\u00a0]*(?:&|and|und|et|y|e)?[\s\u00a0]*{_OTHERS}(?:[\s\u00a0]*\.)?", re.IGNORECASE
)
_FORMAT = f"([{_ITALIC}{_BOLD}{_OFF}]*)"
_APART = re.compile(rf"([.,;:]){_FORMAT}\s+{_FORMAT}[;:,]+(?:\s+[;:,]+)*\s*{_FORMAT}(?=\S|$)")
_ALONE = re.compile(rf"(?<!\.\s)([.,;:]){_FORMAT}\s+{_FORMAT}\.(?!\s*\.)(?=\s|$)")
_TWICE = re.compile(rf"([,;:]){_FORMAT}\1")
"""Two marks where a style has put nothing between them."""
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Bibliography:
    """References in the order of their style, and those that the style could not set."""

    style: str
    numbered: bool
    references: list[Reference]
    fallen_back: list[str]


class UnknownStyle(NotFound):
    """No citation style goes by that name; the error names the nearest."""

    slug, title, status = "unknown-style", "No such citation style", 422


def style_named(name: str) -> str:
    """The style by its name or a usual one of its names (`vancouver`, `ama`, `harvard`).

    Raises:
        UnknownStyle: there is no such style.
    """
    asked = name.strip().casefold().removesuffix(".csl").replace(" ", "-").replace("_", "-")
    style = _ALIASES.get(asked, asked)
    known = style_names()
    if style not in known:
        near = nearest(asked, [*_ALIASES, *sorted(known)], limit=5)
        raise UnknownStyle("citation style", name, near)
    return style


def bibliography(sources: Sequence[SourceView], style: str) -> Bibliography:
    """Published sources as references; what people said is not a publication, and left out.

    Args:
        sources: the sources, in any order; a style that sorts nothing keeps it.
        style: name of a citation style.

    Raises:
        UnknownStyle: there is no such style, or it has no list of references.
    """
    from citeproc import (  # takes a while to import
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
    )
    from citeproc.source import BibliographySource

    from exports.report import citing  # noqa: F401  its elements take the place of citeproc's

    name = style_named(style)
    published = {
        f"s{place}": source
        for place, source in enumerate(one for one in sources if one.kind in _PUBLISHED)
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of elements of a style that citeproc passes over
        try:
            rules = style_text(name)
            csl = CitationStylesStyle(BytesIO(rules.encode()), validate=False)
        except Exception as error:  # whatever a style's file makes of the library
            raise UnknownStyle("usable citation style", style, sorted(_ALIASES)) from error
        if not csl.has_bibliography():
            raise UnknownStyle("citation style with a list of references", style, sorted(_ALIASES))
        held = BibliographySource()
        made = CitationStylesBibliography(csl, held, _MARKED)
        for key, source in published.items():
            held.add(_item(key, source))
            made.register(Citation([CitationItem(key)]))
        try:
            made.sort()
        except Exception:  # a sort key that a source does not have
            made.keys = list(published)
        set_ = {key: _set(csl, made, key) for key in made.keys}
    numbered = 'citation-format="numeric"' in rules
    references, fallen_back = [], []
    for place, key in enumerate(made.keys, start=1):
        source = published[key]
        runs = _runs(set_[key], place, source) if set_[key] else []
        if not _tells("".join(run.text for run in runs), source, numbered):
            runs = [Run(text=plain(source.citation).replace("\n", " "))]
            fallen_back.append(source.id)
        label = str(place) if numbered else ""
        references.append(Reference(source=source.id, label=label, runs=runs))
    return Bibliography(name, numbered, references, fallen_back)


def short_names(sources: Iterable[SourceView], listed: Bibliography) -> dict[str, str]:
    """How a table names each source: authors and year, and its number in the list if it has one.

    Two sources of one name are told apart by their titles.
    """
    numbers = {one.source: one.label for one in listed.references}
    held = list(sources)
    names = {source.id: _short(source) for source in held}
    counted: dict[str, int] = {}
    for name in names.values():
        counted[name] = counted.get(name, 0) + 1
    for source in held:
        name = names[source.id]
        if numbers.get(source.id):
            names[source.id] = f"{name} [{numbers[source.id]}]"
        elif counted[name] > 1 and name != _cut(source.title):
            names[source.id] = f"{name}: {_cut(source.title)}"
    return names


# -- one source ---------------------------------------------------------------------------------


def _item(key: str, source: SourceView) -> Any:
    from citeproc.source import Date, LiteralDate, Name
    from citeproc.source import Reference as Item
    from citeproc.string import String

    place, publisher = source.journal, source.publisher
    if source.form is Form.THESIS and place and not publisher:
        place, publisher = None, place  # `PhD thesis, University of …` in place of a journal
    texts = {
        "title": source.title.rstrip("."),
        "container_title": place,
        "publisher": publisher,
        "volume": source.volume,
        "issue": source.issue,
        "page": source.pages,
        "DOI": source.doi,
        "PMID": source.pmid,
        "URL": None if source.doi else source.url,
    }
    fields: dict[str, Any] = {
        name: String(plain(text).replace("\n", " "))
        for name, text in texts.items()
        if text and plain(text)
    }
    names, others = named_authors(source)
    if names:
        people = [Name(**_csl(name)) for name in names]
        fields["author"] = [*people, Name(literal=_OTHERS)] if others else people
    if source.date:
        fields["issued"] = LiteralDate(f"{_DATED}{_when(source)}")
        fields["dated"] = source.date  # for what styles may claim; CSL has no such variable
    elif source.year is not None:
        fields["issued"] = Date(year=source.year)
    return Item(key, _type(source), **fields)


def _type(source: SourceView) -> str:
    if source.form is Form.ABSTRACT and not source.volume:
        return "paper-conference"
    if source.form in _TYPES:
        return _TYPES[source.form]
    journal = source.journal or source.kind is not SourceKind.GREY
    return "article-journal" if journal else "report"


def _when(source: SourceView) -> str:
    """The year, and what the source says in place of one or beside it."""
    year = "" if source.year is None else str(source.year)
    date = plain(source.date or "").replace("\n", " ")
    return date if year and year in date else ", ".join(part for part in (year, date) if part)


def named_authors(source: SourceView) -> tuple[list[People], bool]:
    """The authors that are named, and whether the source says that there are others."""
    organisations = {plain(name).replace("\n", " ") for name in source.organisations}
    names = [plain(name).replace("\n", " ") for name in source.authors]
    others = bool(names) and ET_AL.fullmatch(names[-1]) is not None
    named = [name for name in (names[:-1] if others else names) if name]
    return [name_of(name, organisations) for name in named], others or bool(source.more_authors)


def _csl(name: People) -> dict[str, str]:
    if not name.person:
        return {"literal": name.family}
    given = name.given
    if given.replace("-", "").replace(".", "").isupper() and len(given) < 9:
        letters = (". ".join(part) for part in given.replace(".", "").split("-"))
        given = f"{'.-'.join(letters)}."
    parts = {"family": name.family, "given": given, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}


def _short(source: SourceView) -> str:
    people, others = named_authors(source)
    if not people or source.kind not in _PUBLISHED:
        who = _cut(source.title)
    else:
        surnames = [name.family for name in people]
        many = others or len(surnames) > 2
        who = f"{surnames[0]} et al." if many else " and ".join(surnames)
    return " ".join(part for part in (who, _when(source)) if part)


def _cut(title: str) -> str:
    words = plain(title).replace("\n", " ")
    return words if len(words) <= 60 else f"{words[:57].rstrip()}…"


# -- what citeproc makes of it ------------------------------------------------------------------


def _set(csl: Any, made: Any, key: str) -> str:
    from citeproc import Citation, CitationItem

    item = CitationItem(key)
    Citation([item]).bibliography = made
    try:
        return "".join(map(str, csl.render_bibliography([item])))
    except Exception:  # whatever a source or a style makes of the library: the source stays named
        return ""


def _runs(text: str, place: int, source: SourceView) -> list[Run]:
    text = re.sub(rf"^[{_ITALIC}{_BOLD}]?[\[(]?{place}[\])]?[.)]?[{_OFF}]?\s*", "", text, count=1)
    text = _AND_OTHERS.sub(", et al.", text).replace("et al..", "et al.")
    text = _once(text, _when(source))
    title = plain(source.title).replace("\n", " ").rstrip(".")
    others = " ".join(part for part in (source.journal, source.publisher, *source.authors) if part)
    if title.casefold() not in others.casefold():
        text = _titled_once(text, title, authors=bool(source.authors))
    text = re.sub(r" +([,.])(?=\s|$)", r"\1", text)
    text = _TWICE.sub(r"\1\2", text)
    text = _ALONE.sub(r"\1\2\3", _APART.sub(r"\1\2\3 \4", text))
    if title.endswith(("?", "!")):
        end = re.escape(title[-12:])
        text = re.sub(rf"({end}[”’]?[{_ITALIC}{_BOLD}{_OFF}]?)\.", r"\1", text, flags=re.IGNORECASE)
    runs: list[Run] = []
    on: list[str] = []
    for piece in _MARK.split(" ".join(text.split())):
        if piece in (_ITALIC, _BOLD):
            on.append(piece)
        elif piece == _OFF:
            on = on[:-1]
        elif piece:
            runs.append(Run(text=piece, italic=_ITALIC in on, bold=_BOLD in on))
    return runs


def _once(text: str, when: str) -> str:
    """A date in words said once, where a style sets day, month and year one by one."""
    kept, *again = text.split(_DATED)
    for place, part in enumerate(again):
        if place and part.casefold().startswith(when.casefold()):
            kept, part = kept.rstrip(" ,;"), part[len(when) :]
        elif part[len(when) :][:1].isalpha():
            part = f"{part[: len(when)]}. {part[len(when) :]}"  # its mark was that of a year
        kept += part
    return kept


def _titled_once(text: str, title: str, *, authors: bool) -> str:
    """A reference in which its title stands once: not as a label before it, nor again behind."""
    if not title or text.casefold().count(title.casefold()) < 2:
        return text
    marks = f"[{_ITALIC}{_BOLD}{_OFF}]*"
    letters = marks.join(map(re.escape, title))
    said = re.compile(rf"[“‘„«\"]?\s?{letters}\s?[”’“»\"]?[.,;:]?", re.IGNORECASE)
    while len(found := list(said.finditer(text))) > 1:
        label = authors and not text[: found[0].start()].strip(f"{_ITALIC}{_BOLD} ")
        again = found[0] if label else found[1]
        kept = "".join(mark for mark in again[0] if mark in (_ITALIC, _BOLD, _OFF))
        text = f"{text[: again.start()].rstrip(' ,:')}{kept} {text[again.end() :].lstrip()}".strip()
    return text


def _tells(text: str, source: SourceView, numbered: bool) -> bool:
    """Whether a reference tells the title, or, where a style leaves titles out, who and when."""
    said = _LETTERS.sub("", text.casefold())
    title = _LETTERS.sub("", plain(source.title).casefold())
    if title and title in said:
        return True
    if not (numbered and source.journal and source.year):
        return not title and bool(said)
    journal = _LETTERS.sub("", plain(source.journal).casefold())
    return bool(journal) and journal in said and str(source.year) in said


def _within(mark: str) -> Any:
    return lambda text: f"{mark}{text}{_OFF}"


_MARKED = SimpleNamespace(
    preformat=lambda text: text,
    Italic=_within(_ITALIC),
    Oblique=_within(_ITALIC),
    Bold=_within(_BOLD),
    Light=str,
    Underline=str,
    Superscript=str,
    Subscript=str,
    SmallCaps=str,
)
"""How citeproc marks letters in what it sets; data never holds these characters."""
