"""BibTeX and BibLaTeX, through bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

from graph.errors import Problem, Severity
from loaders.given import Given
from loaders.references.record import Fields, Raw, given_of
from loaders.references.text import text_of

_AND = re.compile(r"\s+and\s+")


logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # problems say it with the line


def read_bibtex(path: Path, name: str) -> Given:
    """A BibTeX file; an entry that cannot be read is left out and named, the others are read."""
    text, problems = text_of(path, name)
    if text is None:
        return Given(name, problems=problems)
    try:
        library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    except Exception as error:  # a parser's own failures differ by version; none may end a load
        problem = Problem(file=name, message="this is not BibTeX", found=str(error)[:80])
        return Given(name, problems=[*problems, problem])
    broken = [
        Problem(
            severity=Severity.WARNING,
            file=name,
            row=(block.start_line or 0) + 1,
            message="this record was left out: it cannot be read as BibTeX",
            found=block.raw.lstrip().splitlines()[0][:80] if block.raw else None,
            hint="a brace or a comma is missing, or one too many",
        )
        for block in library.failed_blocks
        if _entry_of(block) is None and (block.raw or "").lstrip().startswith("@")
    ]
    return given_of(
        name,
        _records(library),
        problems,
        broken,
        what="BibTeX entry",
        expected="@article{…",
    )


def _entry_of(block: object) -> Entry | None:
    """An entry whose key or field is there twice is still an entry."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        return inner if isinstance(inner, Entry) else None
    return block if isinstance(block, Entry) else None


def _records(library: Library) -> Iterator[Raw]:
    for block in library.blocks:
        entry = _entry_of(block)
        if entry is None:
            continue
        fields: Fields = {"type": [entry.entry_type], "key": [entry.key]}
        for item in entry.fields:
            value = item.value if isinstance(item.value, str) else str(item.value)
            fields.setdefault(item.key.casefold(), []).append(value)
        yield _raw((entry.start_line or 0) + 1, entry, fields)


def _raw(row: int, entry: Entry, fields: Fields) -> Raw:
    def one(*names: str) -> str:
        return next((value for name in names for value in fields.get(name, ()) if value), "")

    title = one("title").replace("{", "").replace("}", "")
    subtitle = one("subtitle").replace("{", "").replace("}", "")
    people = one("author") or one("editor")
    return Raw(
        row=row,
        fields=fields,
        kind=entry.entry_type,
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=[_name(part) for part in _AND.split(people.replace("\n", " ")) if part.strip()],
        year=[one("year", "date")] if one("year", "date") else [],
        journal=one("journal", "journaltitle", "booktitle", "series").strip("{}"),
        volume=one("volume"),
        issue=one("number", "issue"),
        pages=one("pages", "eid", "art_number").replace("--", "-"),
        doi=[value for value in (one("doi"), *_doi_in_url(one("url"))) if value],
        pmid=[one("pmid")] if one("pmid") else [],
        url=one("url"),
        database=one("source") if len(one("source")) < 60 else "",
    )


def _doi_in_url(url: str) -> list[str]:
    return [url] if "doi.org/" in url else []


def _name(text: str) -> str:
    """`Given Surname` as `Surname, Given`; what stands in braces is an organisation."""
    name = text.strip()
    if name.startswith("{") and name.endswith("}"):
        return name[1:-1].replace(",", " ")
    name = name.replace("{", "").replace("}", "")
    if "," in name or " " not in name:
        return name
    given, _, surname = name.rpartition(" ")
    return f"{surname}, {given}"
