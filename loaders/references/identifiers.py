"""DOIs, PubMed ids, years and names, as databases write them and as the graph keeps them."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_AFTER_DOI = re.compile(r"[?#\[{].*$|&(?:\w+=|amp;).*$", re.DOTALL)
_TRAILING = ".,;:'\"”’>"
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_PMID = re.compile(r"(?<!\d)(\d{1,9})(?!\d)")
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,5}$")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_SPACE = re.compile(r"\s+")


def doi_of(text: str) -> str | None:
    """The DOI in a text, in lower case, without resolver, query, fragment or entities.

    `https://doi.org/10.1000/ABC?x=1&amp;y#z` is `10.1000/abc`; None if there is no DOI in it.
    """
    plain = html.unescape(html.unescape(text.strip()))
    if "%2f" in plain.casefold():
        plain = unquote(plain)
    found = _DOI.search(plain)
    if found is None:
        return None
    doi = _AFTER_DOI.sub("", found[0]).rstrip(_TRAILING)
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(_TRAILING)
    return doi.casefold() if _DOI.fullmatch(doi) else None


def pmid_of(text: str) -> str | None:
    """The PubMed id in `35957633 [PMID]`, `PMID: 35957633` or a plain number."""
    plain = text.strip()
    if "pmc" in plain.casefold():
        return None
    found = _PMID.search(plain)
    return found[1].lstrip("0") or None if found else None


def year_of(text: str) -> int | None:
    """The year in `2012///`, `2012 Jan 3`, `Published 2012` or `03/2012`; None if none is there."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def author_of(text: str) -> str | None:
    """A name as `Surname AB`; a name of an organisation, or one without a comma, stays as it is."""
    name = plain_text(text).strip(" ,;")
    if not name or (len(name) > 200 and "," not in name):
        return name[:200] or None
    surname, comma, given = name.partition(",")
    if not comma or not given.strip():
        return name.rstrip(",")[:200]
    suffix = ""
    if "," in given:
        given, _, suffix = given.partition(",")
    words = given.replace(".", ". ").split()
    if _INITIALS.fullmatch(given.strip()) and len(given.replace(".", "").replace(" ", "")) <= 5:
        initials = re.sub(r"[.\s]", "", given)
    else:
        initials = "".join(part[0].upper() for word in words for part in word.split("-") if part)
    return " ".join(part for part in (surname.strip(), initials, suffix.strip()) if part)[:200]


def plain_text(text: str) -> str:
    """A text without markup, entities and doubled white space."""
    return _SPACE.sub(" ", html.unescape(_MARKUP.sub("", text))).strip()
