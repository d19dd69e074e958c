"""Of damaged files, too, everything that came in is accounted for, or the file is refused whole.

Valid files, made up for this, are damaged by bytes and by lines. What stands in them is counted
from the raw file by a few lines that share nothing with the readers: what begins a record, what
rows and cells there are, and which lines are in no record that was kept.
"""

from __future__ import annotations

import csv
import io
import random
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from folders import mapped, table, write
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from reading import keeps_its_bytes, put, references
from workbooks import xlsx

from graph.errors import Rejected, Severity, TheorygraphError
from graph.load import remove_review
from graph.questions.bundle import bundle_of
from graph.questions.records import review_ids
from graph.settings import Settings
from graph.store import Store
from loaders.given import Given
from loaders.inputs import How, read_input
from loaders.intake import Checked, check, load

PEOPLE = ["Lee, Anna", "Müller, Jörg", "O'Brien, C.", "de Vries, Bo", "Roy, D.", "Čapek, Eva"]
STUDIED = ["wards", "cafés", "night shifts", "50% of gardens", "trust & voice", "hand-overs"]
TITLES = [f"Made-up study of {what}" for what in STUDIED]
RECORDS = [
    {"n": str(n), "title": title, "author": author, "year": str(2010 + n), "doi": f"10.9999/m.{n}"}
    for n, (title, author) in enumerate(zip(TITLES, PEOPLE, strict=True))
]


def each(form: str, **other: str) -> str:
    """A record of each of the made-up papers."""
    return "".join(form.format(**record, **other) for record in RECORDS)


RAYYAN = table(
    ["key", "title", "year", "journal", "authors", "notes", "doi"],
    *(
        [f"rayyan-{one['n']}", one["title"], one["year"], "Made-up\nJournal", one["author"],
         'RAYYAN-INCLUSION: {"A"=>"Included"}', one["doi"]]
        for one in RECORDS
    ),
)  # fmt: skip
FILES = {
    "m.ris": "Provider: Made-up\n\n"
    + each(
        "TY  - JOUR\nAU  - {author}\nTI  - {title}\nPY  - {year}\nDO  - {doi}\nAB  - First line\n"
        "  and another, {n}\nER  - \n\n"
    ),
    "m.bib": "@string{{j = {{Made-up Journal}}}}\n".format()
    + each(
        "@article{{m{n},\n  author = {{{author}}},\n  title = {{{title}}},\n  year = {year},\n"
        "  journal = j,\n  doi = {{{doi}}}\n}}\n\n"
    ),
    "m.nbib": each(
        "PMID- 900000{n}\nOWN - NLM\nTI  - {title}\n      and so on\nFAU - {author}\nDP  - {year}\n"
        "LID - {doi} [doi]\n\n"
    ),
    "m.xml": '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    + each(
        '<record><ref-type name="Journal Article">17</ref-type><contributors><authors>\n<author>'
        "{author}</author></authors></contributors><titles><title>{title}</title></titles>\n<dates>"
        "<year>{year}</year></dates><electronic-resource-num>{doi}</electronic-resource-num>"
        "</record>\n"
    ).replace("&", "&amp;")
    + "</records></xml>\n",
    "m.csv": RAYYAN,
}
"""Six papers in each format."""


def spoilt(whole: bytes, rng: random.Random) -> bytes:
    """A file of which bytes or lines are changed, cut out, doubled, moved, or its end cut off."""
    data = whole
    for _ in range(rng.randint(1, 4)):
        lines = data.splitlines(keepends=True) or [b""]
        at, line = rng.randrange(len(data) + 1), rng.randrange(len(lines))
        match rng.randrange(10):
            case 0:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[at + rng.randint(1, 40) :]
            case 2:
                data = data[:at] + data[at : at + rng.randint(1, 80)] + data[at:]
            case 3:
                data = data[:at] + rng.randbytes(rng.randint(1, 6)) + data[at:]
            case 4:
                data = data[:at]
            case 5:
                del lines[line]
                data = b"".join(lines)
            case 6:
                data = b"".join([*lines[:line], lines[line], *lines[line:]])
            case 7:
                other = rng.randrange(len(lines))
                lines[line], lines[other] = lines[other], lines[line]
                data = b"".join(lines)
            case 8:
                lines[line] = lines[line].rstrip(b"\r\n")
                data = b"".join(lines)
            case _:
                lines.insert(line, rng.choice([b"\n", b"12.\n", b"a line of nothing\n", b"}\n"]))
                data = b"".join(lines)
    return data


def begun(name: str, text: str) -> tuple[int, int]:
    """How many records a file has, at least and at most, by what begins and ends one."""
    start = r"(?:^|[\r\n])"
    if name == "m.ris":
        least = len(re.findall(rf"{start}[^\S\r\n]*TY  - ", text))
        return least, least + len(re.findall(rf"{start}[^\S\r\n]*ER {{1,2}}-", text)) + 1
    if name == "m.nbib":
        least = len(re.findall(rf"{start}PMID- ", text))
        return least, least + len(re.findall(r"\n\s*\n|\r\s*\r", text)) + 1
    if name == "m.bib":
        return len(re.findall(rf"{start}[ \t]*@article[ \t]*{{", text)), text.count("@")
    if name == "m.xml":
        try:
            found = len([*ElementTree.fromstring(text).iter("record")])
        except ElementTree.ParseError:
            return 0, len(re.findall(r"<record\b", text))
        return found, found
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(map(str.strip, row))]
    return len(rows) - 1, len(rows) - 1


def whole(name: str, found: Given, data: bytes) -> None:
    """Records in = kept + left out with a reason, and no line is lost."""
    kept = references(found)
    records, rejected = (found.records.get(what, 0) for what in ("records", "rejected"))
    out = [one for one in found.problems if "was left out:" in one.message]
    assert records == len(kept) + rejected
    assert len(out) == rejected and all(one.row for one in out)
    assert all(one.file == name and str(one) for one in found.problems)
    errors = [one for one in found.problems if one.severity is Severity.ERROR]
    assert kept or errors
    left = keeps_its_bytes(found, data)
    if any("encoding" in one.message or "not in UTF-8" in one.message for one in found.problems):
        return
    try:
        text, rest = data.decode("utf-8-sig"), left.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if errors and not kept and not rejected:
        return  # it is said what the whole file is, or that it cannot be read
    least, most = begun(name, text)
    assert least <= records <= most, (records, least, most)
    if name in ("m.ris", "m.nbib"):
        lines = [line for line in rest.splitlines() if line.strip(" \t\ufeff\x1a")]
        passed = found.records.get("passed_over", 0)
        assert len(lines) >= passed + rejected if rejected else len(lines) == passed, lines
    if name == "m.bib" and not rejected:
        between = re.sub(r"(?i)@string\s*[{(][^@]*", "", rest)
        lines = [line for line in between.splitlines() if line.strip()]
        assert len(lines) <= found.records.get("passed_over", 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@given(seed=st.integers(0, 2**32))
@examples(40)
def test_every_record_of_a_damaged_file_is_kept_or_left_out_with_its_reason(
    name: str, seed: int
) -> None:
    data = spoilt(FILES[name].encode("utf-8"), random.Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        (found,) = read_input(put(Path(folder), name, data), Settings(), How())
    whole(name, found, data)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@given(seed=st.integers(0, 2**32))
@examples(8)
def test_a_damaged_file_is_loaded_as_it_is_counted_or_not_at_all(
    shelf: Store, name: str, seed: int
) -> None:
    rng = random.Random(seed)
    for id_ in review_ids(shelf):
        remove_review(shelf, id_)
    with tempfile.TemporaryDirectory() as folder:
        data = spoilt(FILES[name].encode("utf-8"), rng)
        path = put(Path(folder), name, data)
        try:
            loaded = load(shelf, path, Settings(), review="r", title="R")
        except TheorygraphError as refused:
            assert not isinstance(refused, Rejected) or refused.problems
            assert review_ids(shelf) == []
            return
    (count,) = loaded.references
    assert count.records == count.accepted + count.merged + count.rejected
    held = bundle_of(shelf, "r")
    assert len(held.references) == count.accepted + count.merged
    assert len(held.sources) == count.accepted
    assert {one.source for one in held.references} == {one.id for one in held.sources}


# -- tables ---------------------------------------------------------------------------------------

HEAD = ["No", "Context", "Reasoning", "Outcome", "Refs", "Quote", "Remark"]
ROWS = [
    [f"k{n}", f"ward {n}; night", f"trust {n}", f"slips told {n}", f"[{n}, 6]", "", f"seen {n}"]
    for n in range(1, 6)
]
COLUMNS = """\
stance: supports
columns:
  No: configurations.id
  Context: configurations.context
  Reasoning: configurations.reasoning
  Outcome: configurations.outcome
  Refs: evidence.source
  Quote: evidence.quote
  Remark: note
"""
SOURCES = [["id", "kind", "title", "reference"]] + [
    [f"s{n}", "paper", f"Made-up study {n}", str(n)] for n in range(1, 7)
]
FOLDER = {
    "review.yaml": "id: own\ntitle: Made up\n",
    "sources.csv": table(*SOURCES),
    "mechanisms.csv": table(["id", "name"], *([f"m{n}", f"Trust {n}"] for n in range(1, 5))),
    "evidence.csv": table(
        ["id", "source", "mechanism", "stance", "quote"],
        *(
            [f"e{n}", f"s{n}", f"m{n % 4 + 1}", "supports", f"So it\nwas, {n}."]
            for n in range(1, 7)
        ),
    ),
}


def cells_of(data: bytes) -> int | None:
    """The cells of a CSV file that hold something; None if it is no text in UTF-8."""
    try:
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        return sum(bool(cell.strip()) for row in rows for cell in row)
    except (UnicodeDecodeError, csv.Error):
        return None


def counted(found: Checked) -> None:
    """Each count of cells and of rows is the sum of its ends; no error leaves half a review."""
    for sheet in found.sheets:
        ends = sheet.read + sheet.noted + sheet.merged + sheet.refused
        assert sheet.cells == ends + sum(sheet.passed_over.values())
    assert all(one.rows == one.accepted + one.rejected for one in found.files)
    assert (found.bundle is None) <= bool(found.errors)
    assert all(one.file and str(one.sentence()) for one in found.problems)


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@examples(40)
def test_every_cell_and_citation_of_a_damaged_table_is_accounted_for(seed: int) -> None:
    """A CSV file with a row for each configuration, and the references that it cites."""
    data = spoilt(table(HEAD, *ROWS).encode("utf-8"), random.Random(seed))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = write(folder / "own", {name: FOLDER[name] for name in ("review.yaml", "sources.csv")})
        paths = [own, put(folder, "t.csv", data)]
        found = check(paths, Settings(), how=mapped(folder, COLUMNS))
    counted(found)
    cells = cells_of(data)
    of_table = [one for one in found.sheets if one.file == "t.csv"]
    if cells is not None and of_table:
        assert of_table[0].cells == cells
    if found.bundle is None or found.errors:
        return
    assert cells is not None or found.problems
    text = data.decode("utf-8-sig", "replace")
    rows = [*csv.reader(io.StringIO(text, newline=""))]
    head = max(rows, key=lambda row: len({*row} & {*HEAD}), default=[])
    if "Refs" not in head or cells is None:
        return
    cited = set()
    for row in rows[rows.index(head) + 1 :]:
        if len(row) > head.index("Refs"):
            cited |= set(re.findall(r"\d+", row[head.index("Refs")]))
    stated = {one.source.partition(":s")[2] for one in found.bundle.evidence}
    assert stated == cited


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@examples(40)
def test_every_row_of_a_damaged_folder_is_accepted_or_rejected(seed: int) -> None:
    rng = random.Random(seed)
    files = {name: text.encode("utf-8") for name, text in FOLDER.items()}
    name = rng.choice([*files])
    files[name] = spoilt(files[name], rng)
    with tempfile.TemporaryDirectory() as folder:
        found = check(write(Path(folder) / "own", dict(files)), Settings())
    counted(found)
    for count in found.files:
        try:
            text = files[count.file].decode("utf-8-sig")
            rows = [*csv.reader(io.StringIO(text, newline=""), strict=True)]
        except (UnicodeDecodeError, csv.Error):
            assert found.problems
            continue
        filled = sum(any(map(str.strip, row)) for row in rows)
        assert count.rows == max(filled - 1, 0), (count, text)


@pytest.mark.slow
@given(seed=st.integers(0, 2**32), where=st.sampled_from(["file", "parts", "cells", "cells"]))
@examples(40)
def test_every_cell_of_a_damaged_workbook_is_accounted_for(seed: int, where: str) -> None:
    """Bytes of the file, bytes and lines of what is packed in it, or whole cells and rows."""
    rng = random.Random(seed)
    rows = muddled([HEAD, *ROWS], rng) if where == "cells" else [HEAD, *ROWS]
    review = [["field", "value"], ["id", "own"], ["title", "Made up"]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = xlsx(folder / "t.xlsx", {"CMOs": rows, "Sources": SOURCES, "Review": review})
        if where == "parts":
            repack(path, rng)
        elif where == "file":
            path.write_bytes(spoilt(path.read_bytes(), rng))
        found = check(path, Settings(), how=mapped(folder, f"sheet: CMOs\n{COLUMNS}"))
        raw = cells_of_workbook(path)
    counted(found)
    assert found.sheets or found.errors
    assert raw is not None or found.errors
    for sheet in found.sheets if raw is not None else ():
        assert sheet.cells == raw.get(str(sheet.sheet)), (sheet, raw)


def muddled(rows: list[list[str]], rng: random.Random) -> list[list[Any]]:
    """A sheet of which cells and rows are changed, moved, doubled or gone."""
    made: list[list[Any]] = [[*row] for row in rows]
    odd = ["", None, "#REF!", 7, 3.5, True, "n/a", "as above", "[1, 99]", "; ;", "C1 a / C2 b", "="]
    for _ in range(rng.randint(1, 5)):
        at, other = rng.randrange(len(made)), rng.randrange(len(made))
        place = rng.randrange(len(HEAD))
        match rng.randrange(6):
            case 0:
                made.insert(at, [*made[other]])
            case 1 if len(made) > 1:
                del made[at]
            case 2:
                made[at], made[other] = made[other], made[at]
            case 3:
                made[at].insert(place, rng.choice(odd))
            case _:
                made[at][place : place + 1] = [rng.choice(odd)]
    return made


def repack(path: Path, rng: random.Random) -> None:
    """Damage one of the parts of a workbook that hold its cells, and pack it again."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([one for one in parts if "sheet" in one or "haredStrings" in one])
    parts[name] = spoilt(parts[name].replace(b"><", b">\n<"), rng)
    with zipfile.ZipFile(path, "w") as archive:
        for one, data in parts.items():
            archive.writestr(one, data)


def cells_of_workbook(path: Path) -> dict[str, int] | None:
    """The cells of each sheet that hold something, from its XML; None if some of it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {one: archive.read(one) for one in archive.namelist() if one.endswith("l")}
        trees = {one: ElementTree.fromstring(data) for one, data in parts.items()}
        shared = trees.get("xl/sharedStrings.xml", ElementTree.Element("none"))
        texts = ["".join(one.itertext()) for one in shared.findall(".//{*}si")]
        found = {}
        for at, sheet in enumerate(trees["xl/workbook.xml"].findall(".//{*}sheet"), 1):
            tree = trees[f"xl/worksheets/sheet{at}.xml"]
            cells = {cell.get("r"): shown(cell, texts) for cell in tree.findall(".//{*}c")}
            found[sheet.attrib["name"]] = sum(bool(text.strip()) for text in cells.values())
    except Exception:
        return None
    return found


def shown(cell: ElementTree.Element, texts: list[str]) -> str:
    """What a cell shows."""
    value = cell.findtext("{*}v")
    if cell.get("t") == "s":
        return texts[int(value or "")]
    return "".join(one.text or "" for one in cell.findall(".//{*}t")) if value is None else value


# -- what was found so ----------------------------------------------------------------------------


def test_a_pubmed_file_whose_first_line_is_a_title_is_no_ris(tmp_path: Path) -> None:
    lines = FILES["m.nbib"].splitlines(keepends=True)
    (found,) = read_input(
        put(tmp_path, "m.nbib", "".join([lines[2], *lines[:2], *lines[3:]]).encode()),
        Settings(),
        How(),
    )
    assert len(references(found)) == 6


def test_an_entry_behind_another_on_its_line_is_read(tmp_path: Path) -> None:
    data = FILES["m.bib"].replace("}\n@", "}@").replace("}\n\n@", "} @")
    (found,) = read_input(put(tmp_path, "m.bib", data.encode()), Settings(), How())
    assert len(references(found)) == 6 and found.problems == []


def test_lines_of_a_string_that_is_never_closed_are_counted(tmp_path: Path) -> None:
    data = FILES["m.bib"].replace("}}\n", "}\n", 1).replace("@article{m0", "article{m0")
    (found,) = read_input(put(tmp_path, "m.bib", data.encode()), Settings(), How())
    assert (found.records["records"], found.records["passed_over"]) == (5, 8)


WOS = "PT\tAU\tTI\tPY\n" + each('J\t"{author}"\t{title}\t{year}\n')


@pytest.mark.parametrize(("name", "text"), [("m.csv", RAYYAN), ("m.txt", WOS)])
def test_a_quotation_mark_that_is_never_closed_refuses_the_file(
    tmp_path: Path, name: str, text: str
) -> None:
    lines = text.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if "night" in line)
    lines[at] = lines[at].replace("\"O'B", '"O""\'B').replace('C."', "C.").replace('C""', "C.")
    for n in range(at + 1, len(lines)):
        lines[n] = lines[n].replace('"', "")
    problems = check(
        put(tmp_path, name, "".join(lines).encode()), Settings(), review="r", title="R"
    ).errors
    assert [(one.file, "nor what follows" in one.message) for one in problems] == [(name, True)]
    assert problems[0].row is not None


def test_a_quotation_mark_that_is_never_closed_refuses_a_mapped_table(tmp_path: Path) -> None:
    text = table(HEAD, *ROWS).replace('"[3, 6]"', '"[3, 6]')
    text = text.replace('"[4, 6]"', "4").replace('"[5, 6]"', "5")
    path = put(tmp_path, "t.csv", text.encode())
    (error,) = check(path, Settings(), how=mapped(tmp_path, COLUMNS)).errors
    assert error.row == 4 and "cannot be read as CSV" in error.message


def test_a_workbook_of_broken_xml_is_refused_and_not_read_in_part(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsx", {"CMOs": [HEAD, *ROWS]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.rindex(b"<row")]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    (error,) = check(path, Settings(), how=mapped(tmp_path, COLUMNS)).errors
    assert "not a workbook that can be read" in error.message
