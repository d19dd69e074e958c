"""What a record was published as, by what its file calls it and where it says it appeared."""

from __future__ import annotations

import re

from graph.model import Form

_KINDS: dict[Form, str] = {
    Form.THESIS: r"thes|thesis|dissertation|phdthesis|mastersthesis|masterthesis",
    Form.ABSTRACT: r"abst|(?:meeting|conference) abstract",
    Form.PREPRINT: r"preprint|(?:posted-)?pre-?print",
    Form.CORRECTION: r"published erratum|erratum|correction|corrigendum",
    Form.PROTOCOL: r"clinical trial protocol|protocol",
    Form.CHAPTER: r"chap|echap|chapter|book ?section|book chapter|incollection|inbook|"
    r"electronic book section|entry-\w+|encyclopedia article|dictionary entry",
    Form.CONFERENCE: r"cpaper|conf|inproceedings|conference(?: paper)?|paper-conference|"
    r"conferencepaper|proceedings paper|conference proceedings?",
    Form.BOOK: r"book|ebook|edbook|edited book|whole book|electronic book|monograph|mvbook|"
    r"collection|edited volume|proceedings|authored book",
    Form.REPORT: r"rprt|report|techreport|technical report|govdoc|government document|standard"
    r"|stand|document|working paper|policy brief",
    Form.WEB: r"elec|web|blog|online|electronic|www|webpage|web ?page|web site|website|blog ?post|"
    r"post-weblog|post|internet communication",
    Form.NEWS: r"news|newspaper(?: ?article)?|article-newspaper|mgzn|magazine(?: ?article)?|"
    r"article-magazine",
    Form.UNPUBLISHED: r"unpb|unpd|unpublished(?: work)?|manscpt|manuscript",
    Form.ARTICLE: r"jour|jfull|ejour|article|journal|j|journal ?article|article-journal|"
    r"electronic article|journal: article|review|article in press|periodical|journalarticle",
}
_BY_KIND = {form: re.compile(pattern, re.IGNORECASE) for form, pattern in _KINDS.items()}
_BY_PLACE = {
    Form.THESIS: re.compile(
        r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|m\.?sc\.?)\s+(?:thesis|dissertation)\b"
        r"|\bdissertation abstracts\b|^(?:thesis|dissertation)\b",
        re.IGNORECASE,
    ),
    Form.PREPRINT: re.compile(
        r"^(?:(?:med|bio|chem)rxiv|(?:psy|soc|edu?)?arxiv|ssrn|osf preprints|preprints(?:\.org)?"
        r"|research square|authorea)\b",
        re.IGNORECASE,
    ),
    Form.ABSTRACT: re.compile(r"\babstracts?\b", re.IGNORECASE),
}
_BY_TITLE = {
    Form.CORRECTION: re.compile(
        r"^(?:author |publisher )?(?:correction|corrigendum|erratum)\b", re.IGNORECASE
    ),
    Form.PROTOCOL: re.compile(
        r"\bprotocol (?:for|of)\b|[:(]\s*(?:an? )?(?:\w+ ){0,4}protocol\)?$",
        re.IGNORECASE,
    ),
}
_CLOSER = (Form.THESIS, Form.PREPRINT, Form.ABSTRACT)
"""What the place of publication may say of a record that its file calls an article."""


def form_of(kinds: list[str], place: str, title: str) -> Form | None:
    """What a record was published as; None if nothing says so.

    Args:
        kinds: what its file calls it, the closest word first: `THES`, `Journal Article`.
        place: the journal, book, series or university.
        title: its title.
    """
    named = next(
        (
            form
            for kind in kinds
            for form, known in _BY_KIND.items()
            if known.fullmatch(kind.strip())
        ),
        None,
    )
    if named in (None, Form.ARTICLE, Form.CONFERENCE, Form.BOOK, Form.REPORT):
        for form in _CLOSER:
            if _BY_PLACE[form].search(place):
                return form
    if named in (None, Form.ARTICLE, Form.REPORT, Form.WEB):
        for form, known in _BY_TITLE.items():
            if known.search(title):
                return form
    return named


def _named(kind: str) -> Form | None:
    return next((form for form, known in _BY_KIND.items() if known.fullmatch(kind.strip())), None)
