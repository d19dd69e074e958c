"""JSON files: CSL-JSON as Zotero and others write it; EPPI-Reviewer's goes to its own reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import Problem, Severity
from loaders.coded.eppi import looks_like_eppi, read_eppi
from loaders.parsed_input import Given
from loaders.references.identifiers import doi_in_note, doi_of
from loaders.references.names import Author, Authors, author_of, authors_in, person
from loaders.references.record import Fields, Met, Raw, given_of
from loaders.references.text import line_ends, text_of

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


def read_json(
    path: Path, name: str, *, mapping: Path | None, max_mb: int, encoding: str | None = None
) -> Given:
    """CSL-JSON, or an EPPI-Reviewer export."""
    if looks_like_eppi(path):
        return read_eppi(path, name, mapping=mapping, max_mb=max_mb)
    text, problems = text_of(path, name, encoding)
    if text is None:
        return Given(name, problems=problems)
    met = Met()
    return given_of(
        name,
        text,
        _records(text.text, name, met.broken),
        problems,
        met,
        what="record",
        expected="CSL-JSON: [{…}]",
    )


def _records(text: str, name: str, broken: list[Problem]) -> Iterator[Raw]:
    at = _skip(text, 0, _SPACE)
    many = text[at] == "["
    at = _skip(text, at + 1, _SPACE) if many else at
    row, counted = 1, 0
    escapes = "\\u" in text
    while at < len(text) and text[at] != "]":
        row += line_ends(text, counted, at)
        counted = at
        try:
            item, after = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", row)
            broken.append(
                _left_out(name, line, "this is not JSON, so nothing after it was read", str(error))
            )
            return
        if isinstance(item, dict):
            yield _raw(row, at, after, _whole(item) if escapes else item)
        else:
            broken.append(_left_out(name, row, "this is not a CSL-JSON item", text[at : at + 60]))
        at = _skip(text, after, _SPACE + ("," if many else ""))
        if not many:
            if at < len(text):
                broken.append(_left_out(name, row, "something follows the record", text[at:][:60]))
            return
    if many and at >= len(text):
        broken.append(
            _left_out(name, row, "the list has no end: the file was cut off", text[-60:].strip())
        )


def _whole(value: Any) -> Any:
    """The value without halves of characters, which JSON can escape and no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not value.isascii() else value
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(part) for key, part in value.items()}
    return value


def _left_out(name: str, row: int, message: str, found: str) -> Problem:
    return Problem(
        severity=Severity.WARNING, file=name, row=row, message=message, found=found[:80] or None
    )


def _skip(text: str, at: int, over: str) -> int:
    while at < len(text) and text[at] in over:
        at += 1
    return at


def _raw(row: int, first: int, after: int, item: dict[str, Any]) -> Raw:
    def one(*names: str) -> str:
        for name in names:
            value = item.get(name)
            if isinstance(value, list):
                value = value[0] if value else None
            if isinstance(value, str | int | float) and str(value).strip():
                return str(value)
        return ""

    fields: Fields = {
        str(key): [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]
        for key, value in item.items()
    }
    note = one("note")
    return Raw(
        row=row,
        first=first,
        after=after,
        fields=fields,
        kind=one("type"),
        closer=[one("genre")],
        title=one("title", "title-short"),
        authors=_people(item.get("author")) or _people(item.get("editor")) or Authors(),
        year=_dates(item.get("issued")) or [one("year"), one("status")],
        journal=one("container-title", "collection-title"),
        volume=one("volume"),
        issue=one("issue"),
        pages=one("page", "number"),
        publisher=one("publisher"),
        doi=[doi for doi in (one("DOI", "doi"), _doi_in(one("URL")), _doi_in(note)) if doi],
        pmid=[one("PMID"), *re.findall(r"(?m)^PMID: *(\d+) *$", note)],
        url=one("URL"),
        database=one("source"),
        notes=[note],
    )


def _doi_in(text: str) -> str:
    return (doi_of(text) if "://" in text else doi_in_note(text)) or ""


def _people(value: Any) -> Authors | None:
    found = Authors()
    for one in value if isinstance(value, list) else []:
        if isinstance(one, str):
            more = authors_in([one])
            found.named += more.named
            found.more = found.more or more.more
        if not isinstance(one, dict):
            continue
        parts = {key: str(part).strip() for key, part in one.items() if part}
        family = " ".join(
            parts[part]
            for part in ("non-dropping-particle", "dropping-particle", "family")
            if parts.get(part)
        )
        if family and parts.get("given"):
            named = Author(person(family, parts["given"], parts.get("suffix", "")))
            found.named.append(named)
        elif family or parts.get("given"):
            single = author_of(family or parts["given"])
            found.named += [single] if single is not None else []
        elif literal := parts.get("literal") or parts.get("name"):
            found.named.append(Author(literal[:200], True))
    return found if found.named else None


def _dates(issued: Any) -> list[str]:
    if isinstance(issued, str):
        return [issued]
    if not isinstance(issued, dict):
        return []
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        years = [str(part[0]) for part in parts[:2] if isinstance(part, list) and part]
        return ["-".join(dict.fromkeys(years))]
    return [str(issued[name]) for name in ("raw", "literal") if issued.get(name)]
