"""The sources of a review as RIS, for reference managers."""

from __future__ import annotations

import re
from typing import Any

from graph.model import Form, ReviewBundle, Source, SourceKind
from graph.people import name_of

_FORMS = {
    Form.ARTICLE: "JOUR",
    Form.ABSTRACT: "ABST",
    Form.CONFERENCE: "CPAPER",
    Form.CHAPTER: "CHAP",
    Form.BOOK: "BOOK",
    Form.THESIS: "THES",
    Form.REPORT: "RPRT",
    Form.PREPRINT: "JOUR",
    Form.PROTOCOL: "JOUR",
    Form.CORRECTION: "JOUR",
    Form.WEB: "ELEC",
    Form.NEWS: "NEWS",
    Form.UNPUBLISHED: "UNPB",
}
_TYPES = {
    SourceKind.PAPER: "JOUR",
    SourceKind.GREY: "RPRT",
    SourceKind.SYNTHESIS: "JOUR",
    SourceKind.INTERVIEW: "PCOMM",
    SourceKind.CONSULTATION: "PCOMM",
}


def ris(bundle: ReviewBundle) -> bytes:
    """Every source as a reference: what it states, and nothing else."""
    import rispy  # imported where references are written

    class Unnumbered(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            return ""

    references = [reference(source) for source in bundle.sources]
    return str(rispy.dumps(references, implementation=Unnumbered)).encode()


def reference(source: Source) -> dict[str, Any]:
    """One source as rispy's fields."""
    first, dash, last = (source.pages or "").partition("-")
    ends = re.fullmatch(r"\w+", first.strip()) and re.fullmatch(r"\w+", last.strip())
    pages = {"start_page": first, "end_page": last} if dash and ends else {}
    if source.pages and not pages:
        pages = {"start_page": source.pages}
    fields = {
        "type_of_reference": _FORMS[source.form] if source.form else _TYPES[source.kind],
        "id": source.id,
        "authors": [
            *(_author(author, source) for author in source.authors),
            *(["et al."] if source.more_authors else []),
        ],
        "title": source.title,
        "year": source.date or (source.year and str(source.year)),
        "secondary_title": source.journal,
        "volume": source.volume,
        "number": source.issue,
        **pages,
        "publisher": source.publisher,
        "doi": source.doi,
        "accession_number": source.pmid,
        "urls": [_line(source.url)] if source.url else None,
        "notes": [_line(source.note)] if source.note else None,
    }
    return {
        name: _line(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if value
    }


def _author(name: str, source: Source) -> str:
    """A person as `Lee, AB`, an organisation with a comma at its end, as the format has them."""
    parts = name_of(name, source.organisations)
    if name in source.organisations and "," not in name:
        return f"{_line(name)},"
    if not parts.given:
        return _line(name)
    return _line(", ".join(part for part in (parts.family, parts.given, parts.suffix) if part))


def _line(text: str) -> str:
    """A text on one line, as the format needs it."""
    return " ".join(text.split())
