"""What a field is called, on pages, in text, on maps, in reports and in documentation.

A field has one word, that of its column in files and in JSON, so whoever meets it at one door finds
it at every other. Where that is no word, or leaves out what a reader must know (support is
computed, never stated), it has another one here, and nowhere else.
"""

from __future__ import annotations

OTHER = {
    "doi": "DOI",
    "pmid": "PMID",
    "url": "URL",
    "n": "number",
    "kinds": "kinds of source",
    "reasonings": "reasoning",
    "stated": "stated status",
    "support": "computed support",
    "differs": "differs in",
    "warned": "warnings",
}
"""The fields that are not called what their column is called."""


def label(field: str) -> str:
    """The one word for a field, as it stands within a line: `locator`, `said by`, `DOI`."""
    return OTHER.get(field, field.replace("_", " "))


def heading(field: str) -> str:
    """The same as it stands over a column or at the beginning of a line: `Locator`, `Said by`."""
    text = label(field)
    return text[:1].upper() + text[1:]


def headings(*fields: str) -> list[str]:
    """The headings of several columns."""
    return [heading(field) for field in fields]
