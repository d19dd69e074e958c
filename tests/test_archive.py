"""A zipped review folder: what is unpacked, and what is refused before it can do harm."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import REVIEW, Files, good, memory_below, reading_of, zip_of
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from graph.errors import Rejected, TooLarge
from loaders.archive import MAX_FILES, unpacked

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Whatever a test unpacks lands in one place, and is gone afterwards."""
    place = tmp_path / "room" / "temporary"
    place.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert [path.name for path in place.parent.rglob("*")] == ["temporary"]


def refusal(data: bytes, max_mb: int = 1) -> str:
    """The one sentence with which a zip is refused."""
    with pytest.raises(Rejected) as caught, unpacked(io.BytesIO(data), max_mb=max_mb):
        pytest.fail("it was unpacked")
    (problem,) = caught.value.problems
    assert problem.file == "(the zip)"
    return problem.sentence()


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("above", ["", "my review/", "a/b/"])
def test_the_folder_may_stand_at_the_top_or_deeper(above: str, kind: int) -> None:
    files: Files = {f"{above}{name}": content for name, content in good().items()}
    extra: Files = {"__MACOSX/._review.yaml": b"\x00\x05\x16"}
    with unpacked(io.BytesIO(zip_of(files | extra, kind)), max_mb=1) as folder:
        reading = reading_of(folder)
    assert reading.problems == []
    assert reading.accepted().review.title == "Illustrative review"


def test_a_zip_on_disk_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "review.zip"
    path.write_bytes(zip_of(good()))
    with unpacked(path, max_mb=1) as folder:
        assert (folder / "review.yaml").read_text(encoding="utf-8") == REVIEW
    assert not folder.exists()


def test_names_with_backslashes_are_folders() -> None:
    files: Files = {f"review\\{name}": content for name, content in good().items()}
    with unpacked(io.BytesIO(zip_of(files)), max_mb=1) as folder:
        assert reading_of(folder).problems == []


def test_a_zip_without_a_review_says_what_is_missing() -> None:
    with unpacked(io.BytesIO(zip_of({"notes.txt": "Illustrative"})), max_mb=1) as folder:
        (problem,) = reading_of(folder).problems
    assert problem.message == "the file is missing"
    assert problem.file == "review.yaml"


@pytest.mark.parametrize(
    "name",
    [
        "../review.yaml",
        "a/../../review.yaml",
        "..\\review.yaml",
        "/etc/review.yaml",
        "\\review.yaml",
        "C:\\review.yaml",
        "C:review.yaml",
    ],
)
def test_a_name_that_points_outside_is_refused(nothing_stays_behind: Path, name: str) -> None:
    sentence = refusal(zip_of({name: REVIEW}))
    assert "points outside of the zip" in sentence
    assert not Path("/etc/review.yaml").exists()


def test_a_link_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("review.yaml")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "'review.yaml' is a link" in refusal(out.getvalue())


def test_an_encrypted_zip_is_refused() -> None:
    data = bytearray(zip_of({"review.yaml": REVIEW}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "it is encrypted; zip the folder without a password" in refusal(bytes(data))


@pytest.mark.parametrize("name", ["more.zip", "MORE.ZIP", "more.tar", "more.tar.gz", "more.7z"])
def test_an_archive_in_the_archive_is_refused(name: str) -> None:
    files: Files = {"review.yaml": REVIEW, name: zip_of(good())}
    assert f"'{name}' is an archive inside the zip" in refusal(zip_of(files))


def test_a_bomb_that_says_so_is_refused_before_it_is_unpacked() -> None:
    bomb = zip_of({"review.yaml": REVIEW, "evidence.csv": b"\0" * (60 * MB)})
    assert len(bomb) < MB
    with (
        memory_below(5),
        pytest.raises(TooLarge) as caught,
        unpacked(io.BytesIO(bomb), max_mb=1),
    ):
        pytest.fail("it was unpacked")
    assert "inflates to more than 1 MB" in caught.value.detail
    assert "THEORYGRAPH_MAX_FILE_MB" in str(caught.value.hint)


@pytest.mark.parametrize("said", [0, 10, MB - 1000])
def test_a_bomb_that_lies_about_its_size_is_refused_within_the_limit(said: int) -> None:
    data = bytearray(zip_of({"evidence.csv": b"\0" * (60 * MB)}))
    struct.pack_into("<I", data, 22, said)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, said)
    with (
        memory_below(8),
        pytest.raises((Rejected, TooLarge)),
        unpacked(io.BytesIO(bytes(data)), max_mb=1),
    ):
        pytest.fail("it was unpacked")


def test_many_files_that_are_too_large_together_are_refused() -> None:
    part = b"illustrative\n" * 40_000
    files: Files = {"a.csv": part, "b.csv": part, "c.csv": part}
    with pytest.raises(TooLarge), unpacked(io.BytesIO(zip_of(files)), max_mb=1):
        pytest.fail("it was unpacked")


def test_too_many_files_are_refused() -> None:
    most: Files = {f"{n}.txt": "" for n in range(MAX_FILES - 1)}
    most["review.yaml"] = REVIEW
    with unpacked(io.BytesIO(zip_of(most)), max_mb=1) as folder:
        assert len(list(folder.iterdir())) == MAX_FILES
    sentence = refusal(zip_of(most | {"one-more.txt": ""}))
    assert f"there are {MAX_FILES + 1} files in it; at most {MAX_FILES} are read" in sentence


def test_two_reviews_in_one_zip_are_refused() -> None:
    sentence = refusal(zip_of({"a/review.yaml": REVIEW, "b/review.yaml": REVIEW}))
    assert "2 files named review.yaml; zip one folder" in sentence


@pytest.mark.parametrize("name", [".", "x" * 250, f"{'y' * 250}/review.yaml"])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    said = refusal(zip_of({name: REVIEW}))
    assert ("is too long" if len(name) > 9 else "is no name of a file") in said


def test_a_file_that_is_also_a_folder_is_refused() -> None:
    sentence = refusal(zip_of({"a": "Illustrative", "a/review.yaml": REVIEW}))
    assert "this is not a zip file that can be read" in sentence


@pytest.mark.parametrize("data", [b"", b"id,name\n", b"PK\x03\x04", zip_of(good())[:-30]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert "this is not a zip file that can be read" in refusal(data)


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_damaged_content_is_refused(kind: int) -> None:
    data = bytearray(zip_of({"review.yaml": REVIEW}, kind))
    start = 30 + len("review.yaml")
    data[start : start + 40] = b"\xff" * 40
    assert "this is not a zip file that can be read" in refusal(bytes(data))


WHOLE = zip_of(good())


@examples(200, shared=True)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6
    )
)
def test_damage_anywhere_is_refused_or_does_no_harm(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    try:
        with unpacked(io.BytesIO(bytes(data)), max_mb=1) as folder:
            reading_of(folder)
    except Rejected as error:
        assert error.problems
    except TooLarge as error:
        assert error.hint
