"""CSV tables as Excel for Windows writes them: in its code page, or as UTF-16. All made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran
from folders import table, write

from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.stores import scratch_store
from loaders.detect_format import How
from loaders.intake import load

MAP = """\
review: {id: naive, title: Made-up}
columns: {No: configurations.id, Why: configurations.mechanism, Then: configurations.outcome}
"""
ROWS = (["No", "Why", "Then"], ["1", "Naïve trust – “at home”", "Fewer errors"])


def test_tables_in_code_pages_are_read_where_somebody_says_which(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    columns = tmp_path / "map.yaml"
    columns.write_text(MAP)
    names = set()
    for encoding, delimiter in (("cp1252", ";"), ("utf-16", "\t"), ("utf-8-sig", ",")):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(table(*ROWS, delimiter=delimiter, end="\r\n").encode(encoding))
        how = How(columns=columns, encoding="cp1252" if encoding == "cp1252" else None)
        with scratch_store(Settings()) as store:
            load(store, path, Settings(), how=how)
            names |= {one.name for one in bundle_of(store, "naive").mechanisms}
    assert names == {ROWS[1][1]}
    for asked, status, words in (
        ((), 1, "--encoding cp1252"),
        (("--encoding", "cp1252"), 0, ""),
        (("--encoding", "ascii"), 1, "row 2: the file is neither in UTF-8 nor in ascii"),
        (("--encoding", "no-such"), 1, "there is no such encoding"),
    ):
        told = command("check", "cp1252.csv", "--map", "map.yaml", *asked, status=status).err
        assert words in " ".join(told.split())


def test_folders_in_code_pages_are_read_where_somebody_says_which(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    files = {
        "review.yaml": "id: naive\ntitle: Naïve\n".encode("cp1252"),
        "mechanisms.csv": table(["id", "name"], ["m", "Naïve trust"]).encode("cp1252"),
        "concepts.csv": table(["id", "name"], ["c", "Café"]).encode("utf-16"),
    }
    write(tmp_path / "naive", files)
    command("check", "naive", status=1)
    command("load", "naive", "--encoding", "cp1252")
    assert "Naïve trust" in command("show", "mechanisms").out
    assert "Café" in command("show", "concepts").out
