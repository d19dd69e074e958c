"""A zipped review folder, unpacked with distrust."""

from __future__ import annotations

import lzma
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from graph.errors import Problem, Rejected, TooLarge
from loaders.budget import spend
from loaders.columns import REVIEW_FILE

MAX_FILES = 200
_CHUNK = 1 << 20
_LONGEST = 200
"""Bytes of a name within a path, at most; file systems take 255."""
_LONGEST_PATH = 1000
_DEEPEST = 20
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What reading a damaged zip, or a zip that only pretends to be one, may raise."""


@contextmanager
def unpacked(archive: IO[bytes] | Path, *, max_mb: int) -> Iterator[Path]:
    """The review folder inside a zip, in a temporary place that is gone afterwards.

    Args:
        archive: the zip.
        max_mb: how much it may inflate to, in MiB.

    Raises:
        Rejected: it is not a zip, or holds what a review folder does not hold.
        TooLarge: it inflates to more than is allowed.
    """
    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        root = Path(folder)
        try:
            with zipfile.ZipFile(archive) as opened:
                _extract(opened, root, max_mb * 1024 * 1024)
        except DAMAGED as error:
            raise _rejected("this is not a zip file that can be read") from error
        found = sorted(root.rglob(REVIEW_FILE))
        if len(found) > 1:
            raise _rejected(f"there are {len(found)} files named {REVIEW_FILE}", "zip one folder")
        yield found[0].parent if found else root


def _extract(opened: zipfile.ZipFile, root: Path, allowed: int) -> None:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise _rejected(f"there are {len(entries)} files in it", f"at most {MAX_FILES} are read")
    if sum(entry.file_size for entry in entries) > allowed:
        raise _too_large(allowed)
    left = allowed
    for entry in entries:
        name = safe_path(entry)
        target = root.joinpath(*name.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(entry) as source, target.open("wb") as out:
            left -= _copy(source, out, left, allowed)


def safe_path(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Where in a folder an entry of a zip belongs.

    Raises:
        Rejected: it points elsewhere, is a link, is encrypted, or is an archive itself.
    """
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
        raise _rejected(f"{entry.filename!r} points outside of the zip", "zip the folder anew")
    sizes = [len(part.encode("utf-8", "surrogatepass")) for part in name.parts]
    if not sizes or any(not 0x1F < ord(char) != 0x7F for char in entry.filename):
        raise _rejected(f"{entry.filename[:60]!r} is no name of a file", "zip the folder anew")
    if max(sizes) > _LONGEST or sum(sizes) > _LONGEST_PATH:
        raise _rejected(
            f"the name {max(name.parts, key=len)[:60]!r} is too long",
            f"shorten it to {_LONGEST} bytes at most, of which a letter may take four, and its "
            f"path to {_LONGEST_PATH}",
        )
    if len(sizes) > _DEEPEST:
        raise _rejected(
            f"{name.name[:60]!r} lies in {len(sizes) - 1} folders", f"at most {_DEEPEST} are read"
        )
    if entry.flag_bits & 0x1:
        raise _rejected("it is encrypted", "zip the folder without a password")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _rejected(f"{entry.filename!r} is a link", "zip the files themselves")
    if name.suffix.casefold() in (".zip", ".gz", ".7z", ".tar"):
        raise archive_inside(entry.filename)
    return name


def _copy(source: IO[bytes], out: IO[bytes], left: int, allowed: int) -> int:
    # The sizes that a zip declares may be false, so what comes out is counted again.
    copied = 0
    while chunk := source.read(_CHUNK):
        copied += len(chunk)
        if copied > left:
            raise _too_large(allowed)
        spend("unpacked", len(chunk))
        out.write(chunk)
    return copied


def archive_inside(name: str) -> Rejected:
    """A zip holds another archive."""
    return _rejected(f"{name[-200:]!r} is an archive inside the zip", "zip plain files")


def _too_large(allowed: int) -> TooLarge:
    return TooLarge(
        f"the zip inflates to more than {allowed / 1024 / 1024:.0f} MB",
        hint="split it, or raise THEORYGRAPH_MAX_FILE_MB on the server",
    )


def _rejected(message: str, hint: str | None = None) -> Rejected:
    return Rejected([Problem(file="(the zip)", message=message, hint=hint)])
