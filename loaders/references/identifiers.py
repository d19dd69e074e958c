"""DOIs, PubMed ids, years and pages, as databases write them and as the graph keeps them."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_SLASHED = re.compile(r"(10\.\d{4,9}(?:\.\d+)*)%2F", re.IGNORECASE)
_BEHIND_DOI = re.compile(
    # What follows a DOI in an address, in markup or in a list of several: none of it is the DOI.
    r"\?.*$|&(?:amp;)?[\w.-]+=.*$|\#(?!\d).*$|</?[A-Za-z][\w:]*(?:\s[^<>]*)?/?>?$|"
    r"[;,|](?:10\.\d{4}|https?:|doi).*$|\[(?:doi|pii)\].*$|[{\\].*$",
    re.DOTALL | re.IGNORECASE,
)
_PAGE_OF_DOI = re.compile(
    r"/(?:full|abstract|summary|pdf|epdf|epub|meta|html|fulltext|references|issuetoc|pdf/.*)$"
    r"|\.(?:full|abstract)(?:\.pdf)?$",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([_%&#${}~])")
_OF_A_RECORD = re.compile(r"10\.1002/central/", re.IGNORECASE)
"""DOIs that Cochrane's register gives its records: accession numbers, not those of papers."""
_TRAILING = ".,;:'\"”’*"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_YEARS = re.compile(r"\W*(?:1[5-9]|20|21)\d\d\s*(?:[-\u2010-\u2015/]|to|bis)\s*(\d\d|\d{4})\W*")
_UNDATED = re.compile(
    r"\b(?:in\s*-?press|n\.?\s?d\b|no date|undated|forthcoming|in preparation|submitted"
    r"|to appear|accepted|im druck|o\.\s?j\.|sous presse|en prensa|s\.\s?[ad]\.)",
    re.IGNORECASE,
)
_PMID = re.compile(r"(?<!\d)(\d{1,9})(?!\d)")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\u00ad]+\s*")
_NO_PAGES = re.compile(
    r"n\.?\s?pag\.?|no[. -]?pag(?:es|ination)?\.?|n\.?\s?p\.?|n[./]?a\.?|s\.\s?p\.?|none|null|nil"
    r"|unpaginated|unknown|no-no|not specified|[-?.0]+|\[n\.?\s?p\.?\]",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?(?:i|em|b|strong|u|s|sub|sup|inf|sc|scp|small|tt|span|font|p|br|div|title|a|bold|italic"
    r"|underline|roman|sans-serif|monospace|styled-content|inline-formula|style|h\d"
    r"|(?:jats|mml|m|math):?[\w-]*)(?:\s+[\w:-]+\s*=[^<>]{0,200})?\s*/?>",
    re.IGNORECASE,
)


def doi_of(text: str) -> str | None:
    """The DOI in a text, whole, in lower case, without resolver, query, fragment or entities.

    `https://doi.org/10.1000/ABC?x=1&amp;y#z` is `10.1000/abc`; percent signs are decoded once; None
    if there is no DOI in it.
    """
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    if "%" in plain:
        plain = _SLASHED.sub(r"\1/", plain)
    found = _DOI.search(plain)
    if found is None or _OF_A_RECORD.match(found[0]):
        return None
    doi = _ESCAPED.sub(r"\1", found[0])
    doi = _BEHIND_DOI.sub("", doi)
    if "%" in doi:
        doi = unquote(doi, errors="strict") if _decodes(doi) else doi
    if "://" in plain[: found.start()]:
        doi = _PAGE_OF_DOI.sub("", doi)
    while doi and (
        doi[-1] in _TRAILING
        or (doi[-1] in _PAIRS and doi.count(doi[-1]) > doi.count(_PAIRS[doi[-1]]))
    ):
        doi = doi[:-1]
    if doi.endswith("<") or doi.endswith(("(", "[")):
        doi = doi[:-1]
    return doi.casefold() if _DOI.fullmatch(doi) else None


def _decodes(text: str) -> bool:
    try:
        return not re.search(r"[\s\x00-\x1f]", unquote(text, errors="strict"))
    except UnicodeDecodeError:
        return False


def doi_in_note(text: str) -> str | None:
    """The one DOI that a note gives for its own record: `doi: 10.1000/xyz`.

    Of several, and of those of corrections and comments, it is not known whose they are.
    """
    if not re.search(r"doi(?:\.org/|\b)", text, re.IGNORECASE):
        return None
    if re.search(r"\b(?:errat|correct|comment|retract|republish|update|cites?\b)", text, re.I):
        return None
    found = {doi_of(part) for part in text.split() if "10." in part} - {None}
    return found.pop() if len(found) == 1 else None


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


def date_of(text: str) -> tuple[int | None, str | None]:
    """The year that a date gives, and what it says in place of one or beside it.

    `2012///` is 2012; `in press` and `n.d.` are no year, and kept as they are said; so is a range
    of years, of which none is the year.
    """
    said = " ".join(text.split()).strip(" /")
    years = _YEARS.fullmatch(said)
    if years is not None:
        last = years[1]
        if len(last) == 4 or int(last) > 12:
            return None, said
    year = year_of(said)
    return year, said if _UNDATED.search(said) else None


def pages_of(text: str) -> str:
    """Pages as `405-409`, whatever the dash; what stands in place of pages is none."""
    pages = _DASHES.sub("-", plain_text(text)).strip(" ,;:")
    pages = re.sub(r"^pp?\.?\s*(?=\d)", "", pages, flags=re.IGNORECASE)
    return "" if _NO_PAGES.fullmatch(pages) else pages.strip("-") if pages != "-" else ""


def plain_text(text: str) -> str:
    """A text without markup, entities and doubled white space.

    Only what is known as markup goes: `p < 0.05 and q > 1` stays.
    """
    if "<" in text or "&" in text:
        text = _MARKUP.sub("", text)
        if "&" in text:
            text = _MARKUP.sub("", html.unescape(text))
    return " ".join(text.split())
