"""Whether the quotes of a review stand in the texts of their sources."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from itertools import accumulate
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from graph.errors import Problem, Severity, TooLarge
from graph.model import Evidence, Passage, ReviewBundle, Source
from graph.names import slug
from loaders.coded.differences import Difference, negation_before
from loaders.coded.passages import CODED_DOCUMENT
from loaders.coded.quotes import Text
from loaders.coded.texts import READ, Unreadable, hash_of, read_text_of
from loaders.sandbox import Inside, Room, size_of

LIST_OF_TEXTS = "texts.csv"
_MOST_FILES = 20_000
_PDF_PATIENCE = 4
_PLAIN = (".txt", ".text", ".md")
_PAGE = re.compile(r"\bpp?\.\s*(\d{1,6})")
_LAST_PART = re.compile(r"-[0-9a-f]{5,}$")


class Verdict(StrEnum):
    """What became of a quote."""

    FOUND = "found"
    NEARLY = "nearly"
    NOT_FOUND = "not found"
    NO_TEXT = "no text at hand"


class QuoteCheck(BaseModel):
    """One quote and where it stands."""

    kind: str = Field(description="evidence or passage.")
    id: str = Field(description="The record that has the quote.")
    source: str = Field(description="The source it is said to be from.")
    quote: str = Field(description="The quote, as the record has it.")
    locator: str | None = Field(default=None, description="Where the record says it stands.")
    verdict: Verdict = Field(description="found, nearly, not found, or no text at hand.")
    file: str | None = Field(default=None, description="The file that was looked in.")
    page: int | None = Field(default=None, description="Page of a PDF that it was found on.")
    span: str | None = Field(default=None, description="Its characters in the text: `120-245`.")
    score: float | None = Field(
        default=None, description="How alike what stands there is, of 100, if it is not the same."
    )
    stands: str | None = Field(default=None, description="What stands there, if not the same.")
    differences: list[Difference] = Field(
        default=[],
        description="The words that differ. For nearly, each is of the sort wording; a negation, "
        "a quantifier or a number that differs makes it not found.",
    )
    cut_after: str | None = Field(
        default=None, description="For found: a negation that stands right before it in the text."
    )
    note: str | None = Field(default=None, description="What else is to be known.")
    looked_for: list[str] = Field(default=[], description="File names that would be taken.")


class QuotesAnswer(BaseModel):
    """The quotes of a review, each looked for in the text of its source."""

    review: str = Field(description="The review.")
    folder: str = Field(description="The folder with the texts.")
    quotes: int = Field(description="Quotes there are; the four numbers below add up to it.")
    found: int
    nearly: int
    not_found: int
    no_text: int
    files: int = Field(description="Files of the folder that were looked in.")
    items: list[QuoteCheck] = Field(description="Every quote, in the order of ids.")
    problems: list[Problem] = Field(default=[], description="Files that could not be read.")


def verify_quotes(
    bundle: ReviewBundle, folder: Path, *, max_mb: int = 100, room: Room | None = None
) -> QuotesAnswer:
    """Look for every quote of a review in the texts that a folder holds.

    A source's text is the file that ``texts.csv`` in the folder names for it (columns ``source``
    and ``file``), or one that is named after the source's id, DOI or number in the report, or
    after the document that was coded, or one whose text has the hash that the passage carries. A
    quote of evidence is not looked for again if it is that of the passage it comes from.

    A quote that differs from what stands there in a negation, a quantifier or a number is not
    found, however alike the two are; where others differ, it is nearly found.

    Each file is read and looked through in the ``room``, if there is one: a file that goes beyond
    its limits is one that cannot be read, and the others are looked in all the same.
    """
    shelf = _Shelf(folder, max_mb, room)
    sources = {source.id: source for source in bundle.sources}
    passages = {passage.id: passage for passage in bundle.passages}
    quoted: list[Evidence | Passage] = [one for one in bundle.passages if one.quote]
    for one in bundle.evidence:
        passage = passages.get(one.passage or "")
        if one.quote and (passage is None or passage.quote != one.quote):
            quoted.append(one)
    by_source: dict[str, list[Evidence | Passage]] = defaultdict(list)
    for record in quoted:
        by_source[record.source].append(record)
    alone = _alone(bundle.sources)
    items = []
    by_file: dict[Path, list[Evidence | Passage]] = defaultdict(list)
    names: dict[str, list[str]] = {}
    for id_, records in by_source.items():
        names[id_] = _names(sources[id_], alone)
        for record in records:
            path = shelf.file_of(sources[id_], names[id_], record.text_hash)
            if path is None:
                items.append(_without_text(record, names[id_]))
            else:
                by_file[path].append(record)
    for path, records in by_file.items():
        checks = shelf.looked_in(path, records)
        items += checks or [_without_text(record, names[record.source]) for record in records]
    items.sort(key=lambda item: (item.id, item.kind))
    counts = {verdict: sum(item.verdict is verdict for item in items) for verdict in Verdict}
    return QuotesAnswer(
        review=bundle.review.id,
        folder=str(folder),
        quotes=len(items),
        found=counts[Verdict.FOUND],
        nearly=counts[Verdict.NEARLY],
        not_found=counts[Verdict.NOT_FOUND],
        no_text=counts[Verdict.NO_TEXT],
        files=len(by_file),
        items=items,
        problems=shelf.problems,
    )


def _alone(sources: Iterable[Source]) -> set[str]:
    """The beginnings of ids, without the number at their end, that only one source has."""
    counts: dict[str, int] = defaultdict(int)
    for source in sources:
        counts[_LAST_PART.sub("", source.local_id).casefold()] += 1
    return {start for start, count in counts.items() if count == 1}


def _names(source: Source, alone: set[str]) -> list[str]:
    """The names without extension that a file with a source's text may have, best first."""
    names = [source.local_id]
    if source.doi:
        names += [source.doi, source.doi.replace("/", "_"), source.doi.partition("/")[2]]
    if source.reference:
        names.append(source.reference)
    for line in (source.note or "").splitlines():
        if line.startswith(CODED_DOCUMENT):
            name = line.removeprefix(CODED_DOCUMENT)
            names.append(Path(name).stem if name.casefold().endswith(READ) else name)
    start = _LAST_PART.sub("", source.local_id)
    if start.casefold() in alone:
        names.append(start)
    names.append(Path(source.title).stem if source.title.casefold().endswith(READ) else "")
    return list(dict.fromkeys(filter(None, names)))


class _Book:
    """A file's text as one, with where its pages begin."""

    def __init__(self, name: str, pages: list[str]) -> None:
        self.name = name
        self.paged = len(pages) > 1
        joined = "\n".join(pages)
        self.starts = [0, *accumulate(len(page) + 1 for page in pages)]
        self.text = Text(joined)
        self.hash = hash_of(joined)

    def page_at(self, at: int) -> int | None:
        if not self.paged:
            return None
        return sum(start <= at for start in self.starts[:-1])

    def start_of(self, locator: str | None) -> int | None:
        page = _PAGE.search(locator or "")
        number = int(page[1]) if page else 0
        return self.starts[number - 1] if 0 < number < len(self.starts) else None


class _Shelf:
    """The files of a folder that hold texts, looked in when they are wanted."""

    def __init__(self, folder: Path, max_mb: int, room: Room | None) -> None:
        self.folder = folder
        self.max_mb = max_mb
        self.room = room
        self.problems: list[Problem] = []
        self.by_name: dict[str, Path] = {}
        self.listed: dict[str, Path] = {}
        self.hashes: dict[str, Path] | None = None
        self.files: list[Path] = []
        if not folder.is_dir():
            self._note(Severity.ERROR, str(folder), "there is no such folder")
            return
        self.files = [
            path
            for path in sorted(folder.rglob("*"))[:_MOST_FILES]
            if path.suffix.casefold() in READ and path.is_file() and not path.is_symlink()
        ]
        for path in self.files:
            for name in (path.name, path.stem):
                self.by_name.setdefault(slug(name), path)
        self._read_list()

    def _note(self, severity: Severity, file: str, message: str, row: int | None = None) -> None:
        self.problems.append(Problem(severity=severity, file=file, row=row, message=message))

    def _read_list(self) -> None:
        path = self.folder / LIST_OF_TEXTS
        if not path.is_file():
            return
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, ValueError, csv.Error):
            self._note(Severity.ERROR, LIST_OF_TEXTS, "it cannot be read as CSV in UTF-8")
            return
        for number, row in enumerate(rows, 2):
            source, name = (row.get("source") or "").strip(), (row.get("file") or "").strip()
            found = (self.folder / name).resolve()
            inside = found.is_relative_to(self.folder.resolve())
            if not source or not name:
                message = "it needs the columns source and file, both filled"
                self._note(Severity.ERROR, LIST_OF_TEXTS, message, number)
            elif not inside or not found.is_file():
                message = f"there is no file {name!r} in the folder"
                self._note(Severity.ERROR, LIST_OF_TEXTS, message, number)
            else:
                self.listed[source.casefold()] = found

    def file_of(self, source: Source, names: list[str], hash_: str | None) -> Path | None:
        """The file of a source; one that was hashed for the passage goes before all others."""
        if not self.folder.is_dir():
            return None
        if hash_ is not None and (path := self._hashed().get(hash_)) is not None:
            return path
        for name in (source.local_id, source.id, *names):
            if (path := self.listed.get(name.casefold())) is not None:
                return path
        for name in names:
            if (path := self.by_name.get(slug(name))) is not None:
                return path
        return None

    def _hashed(self) -> dict[str, Path]:
        if self.hashes is None:
            plain = [path for path in self.files if path.suffix.casefold() in _PLAIN]
            self.hashes = self._apart(_hashes, plain, self.folder.name) or {}
        return self.hashes

    def looked_in(self, path: Path, records: list[Evidence | Passage]) -> list[QuoteCheck]:
        """What is found of quotes in a file; nothing, if it cannot be read."""
        found: list[QuoteCheck] | str = self._apart(_looked_in, [path], path.name, records) or []
        if isinstance(found, str):
            self._note(Severity.ERROR, path.name, found)
            return []
        return found

    def _apart(self, work: Callable[..., Any], paths: list[Path], name: str, *given: Any) -> Any:
        try:
            if self.room is None:
                return work(None, paths, self.max_mb, *given)
            slow = any(path.suffix.casefold() == ".pdf" for path in paths)
            return self.room.visit(
                work,
                paths,
                self.max_mb,
                *given,
                size=size_of(paths),
                patience=_PDF_PATIENCE if slow else 1,
            )
        except TooLarge as error:
            self._note(Severity.ERROR, name, f"{error.detail}; {error.hint}")
            return None


def _hashes(_: Inside | None, paths: list[Path], max_mb: int) -> dict[str, Path]:
    found = {}
    for path in paths:
        with suppress(Unreadable):
            (text,) = read_text_of(path, max_mb=max_mb)
            found[hash_of(text)] = path
    return found


def _looked_in(
    _: Inside | None, paths: list[Path], max_mb: int, records: list[Evidence | Passage]
) -> list[QuoteCheck] | str:
    (path,) = paths
    try:
        book = _Book(path.name, read_text_of(path, max_mb=max_mb))
    except Unreadable as error:
        return str(error)
    return [_checked(record, book) for record in records]


def _without_text(record: Evidence | Passage, names: list[str]) -> QuoteCheck:
    check = _begun(record)
    check.looked_for = names
    return check


def _begun(record: Evidence | Passage) -> QuoteCheck:
    return QuoteCheck(
        kind="evidence" if isinstance(record, Evidence) else "passage",
        id=record.id,
        source=record.source,
        quote=record.quote or "",
        locator=record.locator,
        verdict=Verdict.NO_TEXT,
    )


def _checked(record: Evidence | Passage, book: _Book) -> QuoteCheck:
    quote = record.quote or ""
    check = _begun(record)
    check.file = book.name
    same_text = record.text_hash == book.hash
    near = book.start_of(record.locator)
    if record.span is not None and same_text:
        near = int(record.span.partition("-")[0])
    found = book.text.find(quote, near=near)
    if found is None:
        check.verdict = Verdict.NOT_FOUND
    else:
        check.verdict = Verdict.NOT_FOUND if found.turned else Verdict.NEARLY
        check.page = book.page_at(found.start)
        check.span = f"{found.start}-{found.end}"
        if found.exact:
            check.verdict = Verdict.FOUND
            check.cut_after = negation_before(book.text.text, found.start)
        else:
            check.score = round(found.score, 1)
            check.stands = book.text.text[found.start : found.end]
            check.differences = list(found.differences)
    if record.text_hash is not None and not same_text:
        check.note = "the text is not the one that the quote was taken from: its hash differs"
    elif same_text and record.span and check.span and record.span != check.span:
        check.note = f"the record has it at {record.span}"
    return check
