"""The archive of a REFI-QDA project, opened with distrust: its project file and its plain texts.

Nothing is unpacked to disk. Documents, pictures, recordings inside are never opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from graph.errors import Rejected
from loaders.archive import DAMAGED, safe_path
from loaders.budget import spend
from loaders.coded.passages import CodedDocument

MAX_FILES = 20_000
_INTERNAL = "internal://"
_OUTSIDE = ("relative:", "absolute:")
"""How the standard names files beside the archive; it allows them for recordings."""
_CHUNK = 1 << 20
_ANEW = "export the project anew from the coding tool"


class Archive:
    """The files inside a project's archive, by their paths in lower case."""

    def __init__(
        self,
        opened: zipfile.ZipFile,
        entries: dict[str, zipfile.ZipInfo],
        document: CodedDocument,
        allowed: int,
    ) -> None:
        self.opened = opened
        self.entries = entries
        self.document = document
        self.allowed = allowed
        self.left = allowed
        self.folder = ""
        """Where in the archive the project stands: a project that was zipped with its folder."""

    def project(self) -> bytes | None:
        """The project file, ``project.qde`` in whatever case."""
        found = [path for path in self.entries if path.rpartition("/")[2] == "project.qde"]
        found = found or [path for path in self.entries if path.endswith(".qde")]
        found = [path for path in found if "/" not in path] or found
        if len(found) == 1:
            self.folder = found[0].rpartition("/")[0]
            return self.read(found[0])
        self.document.refuse(
            "there is no project.qde in it" if not found else f"it holds {len(found)} projects",
            expected="a project archive as REFI-QDA describes it",
            hint=_ANEW,
        )
        return None

    def text(self, path: str, line: int) -> str | None:
        """The plain text at a path of the project file; nothing if it is not in the archive."""
        if path.startswith(_OUTSIDE):
            self.document.warn(
                "a plain text stands outside of the archive; it is not opened, and passages of it "
                "are kept without their words",
                row=line,
                found=path,
                hint="export the project with its sources inside",
            )
            return None
        inside = path.removeprefix(_INTERNAL).lstrip("/").replace("\\", "/")
        parts = unquote(inside).split("/")
        if "://" in inside or ":" in inside or ".." in parts:
            self.document.warn(
                "a plain text is named that is outside of the archive; it is not opened, and "
                "passages of it are kept without their words",
                row=line,
                found=path,
                expected="internal:// and the name of a file in its folder Sources",
                hint=_ANEW,
            )
            return None
        named = [f"sources/{inside}", f"sources/{unquote(inside)}", inside]
        if self.folder:
            named = [*(f"{self.folder}/{name}" for name in named), *named]
        for name in map(str.casefold, named):
            if name in self.entries:
                data = self.read(name)
                return None if data is None else self._decoded(data, path, line)
        self.document.warn(
            "a plain text is not in the archive; passages of it are kept without their words",
            row=line,
            found=path,
            hint="export the project with its sources inside",
        )
        return None

    def read(self, path: str) -> bytes | None:
        """A file's bytes; nothing if it inflates beyond the limit or is damaged."""
        parts: list[bytes] = []
        try:
            with self.opened.open(self.entries[path]) as source:
                # The sizes that a zip declares may be false, so what comes out is counted.
                while chunk := source.read(min(_CHUNK, self.left + 1)):
                    self.left -= len(chunk)
                    spend("unpacked", len(chunk))
                    if self.left < 0:
                        _too_large(self.document, self.allowed)
                        return None
                    parts.append(chunk)
        except (*DAMAGED, RuntimeError):
            self.document.refuse(
                "a file in the archive is damaged", found=self.entries[path].filename, hint=_ANEW
            )
            return None
        return b"".join(parts)

    def _decoded(self, data: bytes, path: str, line: int) -> str | None:
        encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            self.document.warn(
                "a plain text is not in UTF-8; passages of it are kept without their words",
                row=line,
                found=f"{path}: the byte 0x{data[error.start]:02X} at byte {error.start + 1}",
                expected="UTF-8",
            )
            return None


@contextmanager
def archive(path: Path, document: CodedDocument, *, max_mb: int) -> Iterator[Archive | None]:
    """The archive; nothing if the document has noted why it is refused."""
    allowed = max_mb * 1024 * 1024
    try:
        with zipfile.ZipFile(path) as opened:
            entries = _entries(opened, document, allowed)
            yield None if entries is None else Archive(opened, entries, document, allowed)
    except (*DAMAGED, RuntimeError):
        document.refuse(
            "this is not a zip file that can be read",
            expected="a project archive (.qdpx)",
            hint=_ANEW,
        )
        yield None


def _entries(
    opened: zipfile.ZipFile, document: CodedDocument, allowed: int
) -> dict[str, zipfile.ZipInfo] | None:
    files = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(files) > MAX_FILES:
        document.refuse(f"there are {len(files)} files in it", expected=f"at most {MAX_FILES}")
        return None
    if sum(entry.file_size for entry in files) > allowed:
        _too_large(document, allowed)
        return None
    if any(entry.flag_bits & 1 for entry in files):
        document.refuse("it is encrypted", hint="export it without a password")
        return None
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in files:
        try:
            name = str(safe_path(entry)).casefold()
        except Rejected as error:
            # Nothing is unpacked, so what may not be in an archive harms no other file of it.
            document.warn(f"{error.problems[0].message}; it was left out", found=entry.filename)
            continue
        if name in found:
            document.refuse("two files in it have one name", found=entry.filename, hint=_ANEW)
            return None
        found[name] = entry
    return found


def _too_large(document: CodedDocument, allowed: int) -> None:
    document.refuse(
        f"the archive inflates to more than {allowed / 1024 / 1024:.0f} MB",
        hint="export it without recordings, or raise THEORYGRAPH_MAX_FILE_MB",
    )
