"""REFI-QDA: projects (``.qdpx``) and codebooks (``.qdc``) of NVivo, ATLAS.ti, MAXQDA, QualCoder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph.model import SourceKind
from loaders.coded.mapping import Mapping, opened_mapping
from loaders.coded.passages import Coded, CodedDocument, readable_id, row
from loaders.coded.qde import Element, read_xml
from loaders.coded.qdpx import Archive, archive
from loaders.coded.refi_book import Book, Lines, digest, guid_of, id_part
from loaders.coded.refi_texts import SourceText, source_text
from loaders.parsed_input import Given

_SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
_TEXTS = ("Representation", "TextDescription", "Transcript")
_SELECTIONS = (
    "PlainTextSelection",
    "PDFSelection",
    "PictureSelection",
    "AudioSelection",
    "VideoSelection",
    "TranscriptSelection",
)
_NOT_KEPT = {("Sets", "Set"): "sets of codes or sources", ("Graphs", "Graph"): "graphs"}


def read_refi(path: Path, name: str, *, mapping: Mapping | Path | None, max_mb: int) -> Given:
    """Read a project or a codebook; never raises for what is in the file.

    Args:
        path: the file, ``.qdpx`` or ``.qdc``.
        name: the file as messages name it.
        mapping: what its codes stand for, or the file that says so. A project needs one for the
            kind of its sources, which REFI-QDA does not state.
        max_mb: how much the archive may inflate to, in MiB.
    """
    document = CodedDocument(name)
    known, problems = opened_mapping(mapping)
    document.problems += problems
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        document.refuse("the file cannot be read", found=error.strerror or "an error")
        return document.given(None)
    if start.startswith(b"PK"):
        with archive(path, document, max_mb=max_mb) as opened:
            data = None if opened is None else opened.project()
            root = None if data is None else read_xml(data, document)
            if root is None:
                return document.given(None)
            return _read(root, document, known, opened)
    if size > max_mb * 1024 * 1024:
        document.refuse(
            "the file is too large",
            found=f"{size / 1024 / 1024:.0f} MB",
            expected=f"at most {max_mb} MB",
        )
        return document.given(None)
    if path.suffix.casefold() == ".qdpx":
        document.refuse(
            "this is not a zip file that can be read",
            expected="a project archive (.qdpx)",
            hint="export the project anew from the coding tool",
        )
        return document.given(None)
    root = read_xml(path.read_bytes(), document)
    return document.given(None) if root is None else _read(root, document, known, None)


def _read(
    root: Element, document: CodedDocument, mapping: Mapping | None, opened: Archive | None
) -> Given:
    if root.name not in ("Project", "CodeBook"):
        document.refuse(
            "this is XML, but neither a project nor a codebook of REFI-QDA",
            row=root.line,
            found=root.name,
            expected="Project or CodeBook",
        )
        return document.given(None)
    _Project(root, document, mapping, opened).read()
    return document.given(mapping)


@dataclass(slots=True)
class _Selection:
    """A selection of a source, which a project may state as words and as a place on a page."""

    guid: str
    line: int
    name: str
    quote: str | None = None
    place: str | None = None
    characters: str | None = None
    span: tuple[int, int] | None = None
    text_hash: str | None = None
    notes: list[str] = field(default_factory=list)
    codings: dict[tuple[str, str], tuple[int, list[str]]] = field(default_factory=dict)
    """By code and coder: the line of the coding, and the notes on it."""

    @property
    def locator(self) -> str | None:
        return ", ".join(filter(None, (self.place, None if self.span else self.characters))) or None


class _Project:
    def __init__(
        self,
        root: Element,
        document: CodedDocument,
        mapping: Mapping | None,
        opened: Archive | None,
    ) -> None:
        self.root = root
        self.document = document
        self.mapping = mapping
        self.opened = opened
        self.book = Book(root, document, self._text_of)
        self.ids: set[str] = set()
        self.source_lines = Lines()
        self.passage_lines = Lines()
        self.codings = 0
        self.uncoded = 0
        self.without_kind: list[int] = []
        self.pages_from = 1 if self._counts_pages_from_one() else 0

    def read(self) -> None:
        document = self.document
        self.book.read()
        sources = [source for part in self.root.all("Sources") for source in part.all(*_SOURCES)]
        for source in sources:
            self._read_source(source)
        if self.without_kind:
            document.refuse(
                f"{len(self.without_kind)} of {len(sources)} sources: REFI-QDA does not say what "
                "kind of source they are",
                row=self.without_kind[0],
                column="kind",
                expected=f"`kind:` in the mapping file: one of {', '.join(SourceKind)}",
                hint="`kind:` is for all of them, `kinds:` for single names",
            )
        self._tell_what_is_left()
        document.records |= {
            "sources": len(sources),
            "codes": len(document.codes),
            "codings": self.codings,
            "passages": len(document.passages),
            "quotes": sum(passage.quote is not None for passage in document.passages),
        }

    def _counts_pages_from_one(self) -> bool:
        # The standard does not say; ATLAS.ti counts from 0, and a page 0 shows that a tool does.
        pages = (one.get("page") for one in self.root.within() if one.name == "PDFSelection")
        return "atlas" not in self.root.get("origin").casefold() and "0" not in pages

    def _tell_what_is_left(self) -> None:
        for (part, kind), what in _NOT_KEPT.items():
            found = [one for group in self.root.all(part) for one in group.all(kind)]
            if found:
                self.document.warn(
                    f"{what} are not carried over",
                    row=found[0].line,
                    found=f"{len(found)}: {', '.join(one.get('name') for one in found[:5])}",
                )
        if self.uncoded:
            self.document.warn(
                "selections without a code are not carried over; what is noted on them is kept in "
                "the note of their source",
                found=str(self.uncoded),
            )
        left = self.book.unused_notes()
        if left:
            self.document.warn(
                "notes on the project as a whole, or on something that is not carried over, are "
                "left out",
                found=f"{len(left)}: {'; '.join(text[:60] for text in left[:3])}",
            )

    # -- sources ------------------------------------------------------------------------------

    def _read_source(self, source: Element) -> None:
        document = self.document
        guid = guid_of(source.get("guid"))
        name = source.get("name") or source.get("path").rpartition("/")[2] or guid
        id_ = readable_id(name, id_part(guid.replace("-", "")[:8]), otherwise="source", longest=40)
        if id_.casefold() in self.ids:
            id_ = readable_id(name, digest(f"{guid}{source.line}"), otherwise="source", longest=40)
        self.ids.add(id_.casefold())
        kind = document.kind(self.mapping, [name, guid], None)
        if kind is None:
            self.without_kind.append(source.line)
        note = [
            *self.book.noted(source),
            *self.book.values(source),
            *self.book.case_notes.get(guid, []),
        ]
        selections: dict[str, _Selection] = {}
        for holder in [source, *(text for text in source.inside if text.name in _TEXTS)]:
            self._read_selections(holder, selections)
        arms = self.book.arms.get(guid, [])
        for coding in source.all("Coding"):
            whole = selections.setdefault("", _Selection("", source.line, ""))
            self._read_coding(whole, coding)
        for selection in selections.values():
            its_arms = list(dict.fromkeys([*arms, *self.book.arms.get(selection.guid, [])]))
            self._add_passages(id_, selection, "; ".join(its_arms) or None)
            if not selection.codings:
                self.uncoded += 1
                at = selection.locator or (selection.span and f"characters {selection.span[0]}")
                note += [f"{at or selection.name}: {text}" for text in selection.notes]
        number = self.source_lines.free(source.line)
        cells = {"id": id_, "kind": kind, "title": name, "note": "\n".join(note)}
        document.sources.append(row(number, cells))

    def _text_of(self, holder: Element) -> str | None:
        content = holder.first("PlainTextContent")
        if content is not None:
            return content.text
        path = holder.get("plainTextPath")
        if not path or self.opened is None:
            return None
        return self.opened.text(path, holder.line)

    def _read_selections(self, holder: Element, selections: dict[str, _Selection]) -> None:
        found = holder.all(*_SELECTIONS)
        text: SourceText | None = None
        spans = [
            (one, _whole(one.get("startPosition")), _whole(one.get("endPosition"))) for one in found
        ]
        stated = [
            (start, end, one.get("name"))
            for one, start, end in spans
            if start is not None and end is not None and one.name == "PlainTextSelection"
        ]
        points = {
            guid_of(one.get("guid")): (_whole(one.get("position")), _whole(one.get("timeStamp")))
            for one in holder.all("SyncPoint")
        }
        if stated or (points and found):
            plain = self._text_of(holder)
            if plain is not None:
                text = source_text(plain, stated)
                if text.counted:
                    self.document.warn(
                        f"positions in this text were read as {text.counted}: with the standard's "
                        "way of counting they cut words",
                        row=holder.line,
                        found=holder.get("name") or None,
                    )
        for one, start, end in spans:
            guid = guid_of(one.get("guid")) or f"line {one.line}"
            selection = selections.setdefault(guid, _Selection(guid, one.line, one.get("name")))
            if one.name == "TranscriptSelection":
                first = points.get(guid_of(one.get("fromSyncPoint")), (None, None))
                last = points.get(guid_of(one.get("toSyncPoint")), (None, None))
                start, end = first[0], last[0]
                selection.place = _times(first[1], last[1])
            else:
                selection.place = self._place(one) or selection.place
            self._cut(selection, one, text, start, end)
            selection.notes += [
                note for note in self.book.noted(one) if note not in selection.notes
            ]
            for coding in one.all("Coding"):
                self._read_coding(selection, coding)

    def _cut(
        self,
        selection: _Selection,
        one: Element,
        text: SourceText | None,
        start: int | None,
        end: int | None,
    ) -> None:
        words = one.first("Representation")
        content = None if words is None else words.first("PlainTextContent")
        if content is not None and content.text.strip() and selection.quote is None:
            selection.quote = content.text
        if start is None or end is None:
            return
        selection.characters = f"characters {start}–{end}"
        if text is None:
            return
        span = text.span(start, end)
        if span is None:
            self.document.warn(
                "the selection is not inside its text; it is kept without its words",
                row=one.line,
                found=f"{start}–{end}",
                expected=f"at most {len(text.text)}",
            )
            return
        selection.span = span
        selection.text_hash = text.hash
        cut = text.text[slice(*span)]
        selection.quote = cut if cut.strip() else selection.quote

    def _place(self, one: Element) -> str | None:
        if one.name in ("AudioSelection", "VideoSelection"):
            return _times(_whole(one.get("begin")), _whole(one.get("end")))
        corners = [one.get(side) for side in ("firstX", "firstY", "secondX", "secondY")]
        area = "rectangle {},{}–{},{}".format(*corners) if all(corners) else None
        page = _whole(one.get("page"))
        at = None if page is None else f"p. {page + 1 - self.pages_from}"
        return ", ".join(filter(None, (at, area))) or None

    def _read_coding(self, selection: _Selection, coding: Element) -> None:
        self.codings += 1
        reference = coding.first("CodeRef")
        code = guid_of(reference.get("targetGUID")) if reference is not None else ""
        if not code:
            self.document.refuse("a coding names no code", row=coding.line)
            return
        user = guid_of(coding.get("creatingUser"))
        coder = self.book.users.get(user) or user
        _, notes = selection.codings.setdefault(
            (self.book.code(code, coding.line), coder), (coding.line, [])
        )
        notes += self.book.noted(coding)

    def _add_passages(self, source: str, selection: _Selection, arm: str | None) -> None:
        name = selection.name
        flat, words = "".join((selection.quote or "").split()), "".join(name.split()).rstrip("….")
        notes = ([name] if name and not flat.startswith(words) else []) + selection.notes
        for (code, coder), (line, own) in selection.codings.items():
            number = self.passage_lines.free(line)
            self.document.passages.append(
                Coded(
                    id=f"{source}.{digest(f'{selection.guid} {code} {coder}')}",
                    number=number,
                    source=source,
                    code=code,
                    place=selection.guid,
                    quote=selection.quote,
                    locator=selection.locator,
                    span=selection.span,
                    text_hash=selection.text_hash,
                    arm=arm,
                    coder=coder or None,
                    note="\n".join(dict.fromkeys([*notes, *own])) or None,
                )
            )


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def _times(begin: int | None, end: int | None) -> str | None:
    if begin is None or end is None:
        return None
    return f"{_clock(begin)}–{_clock(end)}"


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(max(milliseconds, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"
