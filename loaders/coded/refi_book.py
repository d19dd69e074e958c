"""What a REFI-QDA project says beside its sources: users, codes, notes, cases and variables."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable

from loaders.coded.passages import CodedDocument, CodeEntry, readable_id
from loaders.coded.qde import Element


class Lines:
    """Rows go by the line they begin on; a line may hold several, and each needs its number."""

    def __init__(self) -> None:
        self.next: dict[int, int] = {}

    def free(self, line: int) -> int:
        """The line itself, or the next number that no row has."""
        number = line
        while number in self.next:
            number = self.next[number]
        self.next[number] = number + 1
        self.next[line] = number + 1
        return number


class Book:
    """What sources refer to by guid; read once, before them.

    ``arms`` has the names of cases by the guid of a source or selection, ``case_notes`` what is
    written beside those cases.
    """

    def __init__(
        self, root: Element, document: CodedDocument, text_of: Callable[[Element], str | None]
    ) -> None:
        self.root = root
        self.document = document
        self.text_of = text_of
        self.users = self._named("Users", "User")
        self.variables = self._named("Variables", "Variable")
        self.codes: dict[str, str] = {}
        self.taken: set[str] = set()
        self.lines = Lines()
        self.notes: dict[str, str] = {}
        self.used_notes: set[str] = set()
        self.linked: dict[str, list[str]] = defaultdict(list)
        self.arms: dict[str, list[str]] = defaultdict(list)
        self.case_notes: dict[str, list[str]] = defaultdict(list)

    def read(self) -> None:
        """Read notes, codes and cases."""
        book = self.root if self.root.name == "CodeBook" else self.root.first("CodeBook")
        self._read_notes()
        for codes in book.all("Codes") if book is not None else []:
            self._read_codes(codes, None, ())
        self._read_cases()

    def code(self, guid: str, line: int) -> str:
        """The local id of a code, which is declared here if the codebook does not have it."""
        if guid not in self.codes:
            self._add_code(guid, guid, line, ())
            self.document.warn(
                "a code that is not in the codebook of the file; it goes by its guid",
                row=line,
                found=guid,
            )
        return self.codes[guid]

    def unused_notes(self) -> list[str]:
        """The notes that nothing that was read refers to."""
        return [text for guid, text in self.notes.items() if guid not in self.used_notes]

    def _named(self, part: str, kind: str) -> dict[str, str]:
        return {
            guid_of(one.get("guid")): one.get("name") or one.get("id")
            for group in self.root.all(part)
            for one in group.all(kind)
        }

    def _read_notes(self) -> None:
        for group in self.root.all("Notes"):
            for note in group.all("Note"):
                text = self.text_of(note) or ""
                parts = (note.get("name"), note.word("Description"), text.strip())
                self.notes[guid_of(note.get("guid"))] = "\n".join(filter(None, parts))
        for group in self.root.all("Links"):
            for link in group.all("Link"):
                ends = [guid_of(link.get("originGUID")), guid_of(link.get("targetGUID"))]
                for guid, other in (ends, ends[::-1]):
                    if guid in self.notes:
                        self.linked[other].append(guid)

    def noted(self, element: Element) -> list[str]:
        """What is written beside an element: its description and its notes."""
        guids = [guid_of(one.get("targetGUID")) for one in element.all("NoteRef")]
        guids += self.linked.get(guid_of(element.get("guid")), [])
        self.used_notes.update(guids)
        notes = [self.notes[guid] for guid in dict.fromkeys(guids) if guid in self.notes]
        return [text for text in (element.word("Description"), *notes) if text]

    def _read_codes(self, holder: Element, parent: str | None, path: tuple[str, ...]) -> None:
        for code in holder.all("Code"):
            guid = guid_of(code.get("guid"))
            name = code.get("name")
            if not guid or guid in self.codes:
                self.document.refuse(
                    "the code's guid is there twice" if guid else "the code has no guid",
                    row=code.line,
                    found=name or guid or None,
                )
                continue
            if not name:
                self.document.warn("the code has no name; it goes by its guid", row=code.line)
            local = self._add_code(guid, name or guid, code.line, path)
            entry = self.document.codes[-1]
            entry.parent = parent
            entry.description = "\n".join(self.noted(code)) or None
            self._read_codes(code, local, entry.path)

    def _add_code(self, guid: str, name: str, line: int, path: tuple[str, ...]) -> str:
        short = guid.replace("-", "")
        local = readable_id(name, id_part(short[:8]), otherwise="code")
        if local.casefold() in self.taken:
            local = readable_id(name, digest(guid), otherwise="code")
        self.taken.add(local.casefold())
        self.codes[guid] = local
        number = self.lines.free(line)
        self.document.codes.append(
            CodeEntry(
                local, guid, name, number, scheme=self.root.get("name") or None, path=(*path, name)
            )
        )
        return local

    def _read_cases(self) -> None:
        for group in self.root.all("Cases"):
            for case in group.all("Case"):
                name = case.get("name") or guid_of(case.get("guid"))
                said = [*self.noted(case), *self.values(case)]
                for target_of in case.all("SourceRef", "SelectionRef"):
                    target = guid_of(target_of.get("targetGUID"))
                    self.arms[target].append(name)
                    self.case_notes[target] += [f"Case {name}: {text}" for text in said]
                if case.first("CodeRef") is not None:
                    self.document.warn(
                        "a case is tied to codes as a whole; that is not carried over",
                        row=case.line,
                        found=name,
                    )

    def values(self, element: Element) -> list[str]:
        """The variables of a source or case, as `name: value`."""
        found = []
        for value in element.all("VariableValue"):
            reference = value.first("VariableRef")
            name = self.variables.get(guid_of(reference.get("targetGUID"))) if reference else None
            texts = [one.text.strip() for one in value.inside if one.name.endswith("Value")]
            found += [f"{name or 'a variable'}: {text}" for text in texts if text]
        return found


def guid_of(text: str) -> str:
    """A guid as it is compared: without braces, in lower case."""
    return text.strip().strip("{}").casefold()


def id_part(text: str) -> str:
    """A part of an id: as it is, or a digest of it if it has other characters."""
    return text if text.isascii() and text.isalnum() else digest(text) if text else ""


def digest(text: str) -> str:
    """A short hash, for ids."""
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
