"""Encodings of reference files: what was assumed is said, and the bytes can be made again."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from reading import SHARED, keeps_its_bytes, put, read, read_text, references, sources, told
from reference_files import COVIDENCE, FILES, RAYYAN

from graph.errors import Severity
from loaders.references.encodings import guessed
from loaders.references.text import bytes_of, decoded

CORPUS = SHARED / "corpus"
EVERY = {**FILES, "rayyan.csv": RAYYAN, "covidence.csv": COVIDENCE}
ACCENTED = {
    "records.ris": "TY  - JOUR\r\nTI  - Überlegen 😀: naïve Fragen – Señor\r\n"
    "AU  - Müller, J\r\nER  -\r\n",
    "records.bib": '@article{m, title={Überlegen 😀 in {Ú}tero},\r\n author={M{\\"u}ller, J}}\r\n',
    "records.json": '[{"title": "Überlegen 😀", "author": [{"family": "Müller"}]}]',
    "records.xml": "<xml><records><record><titles><title>Überlegen 😀 &amp; mehr</title></titles>"
    "</record></records></xml>",
    "rayyan.csv": 'key,title,authors,journal\r\n1,"Überlegen 😀 ""ja""\r\nnein","Müller, J",J\r\n',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_records_of_every_format_encode_to_the_bytes_of_the_file(
    encoding: str, tmp_path: Path
) -> None:
    for name, text in {**EVERY, **ACCENTED}.items():
        for end in ("\n", "\r\n", "\r"):
            data = text.replace("\r\n", "\n").replace("\n", end).encode(encoding)
            given = read_text(tmp_path, name, data)
            assert references(given), (name, told(given))
            keeps_its_bytes(given, data)


def test_what_is_left_of_a_file_is_no_record(tmp_path: Path) -> None:
    for name in ("records.ris", "records.nbib", "records.bib"):
        data = FILES[name].encode()
        left = keeps_its_bytes(read_text(tmp_path, name, data), data).decode().strip()
        assert not left or left.startswith(("@string", "@comment")), left


def test_one_foreign_byte_spoils_nothing_but_itself(tmp_path: Path) -> None:
    good = "".join(f"TY  - JOUR\nTI  - Größe {n}: étude – naïve\nER  - \n" for n in range(200))
    bad = "TY  - JOUR\nTI  - Mit ü und ".encode() + b"\xe9\nAU  - Lee, A\nER  - \n"
    data = good.encode() + bad
    given = read_text(tmp_path, "r.ris", data)
    titles = [source["title"] for source in sources(given)]
    assert titles == [*(f"Größe {n}: étude – naïve" for n in range(200)), "Mit ü und é"]
    assert keeps_its_bytes(given, data) == b""
    (problem,) = given.problems
    assert (problem.row, problem.severity) == (602, Severity.WARNING)
    assert "1 line of the file is not in UTF-8; read as cp1252" in problem.message
    assert problem.found == "line 602: TI  - Mit ü und é"
    assert "--encoding" in (problem.hint or "")


WRITTEN = {
    "cp1252": "L'éducation thérapeutique à l'hôpital: García Márquez",
    "mac_roman": "L'éducation thérapeutique à l'hôpital: García Márquez",
    "cp1250": "Źródła zaufania w szpitalach łódzkich",
    "cp1251": "Влияние наставничества на безопасность пациентов",
    "koi8_r": "Влияние наставничества на безопасность пациентов",
    "cp1253": "Η επίδραση της εμπιστοσύνης στην ασφάλεια των ασθενών",
    "cp1254": "Hastanelerde güven ve iletişim: gerçekçi bir değerlendirme ışığında",
    "cp1255": "אמון ובטיחות בבתי חולים",
    "cp1256": "الثقة والسلامة في المستشفيات",
    "gb18030": "社区卫生服务中心家庭医生签约机制的现实主义评价",
    "big5": "社區衛生服務中心家庭醫生簽約機制",
    "cp932": "病院における信頼と安全の研究について",
    "euc_jp": "病院における信頼と安全の研究について",
    "cp949": "병원에서의 신뢰와 안전에 관한 연구",
}


@pytest.mark.parametrize("encoding", WRITTEN)
def test_encodings_are_found_or_asked_for_and_never_taken_in_silence(
    encoding: str, tmp_path: Path
) -> None:
    title = WRITTEN[encoding]
    data = f"TY  - JOUR\nTI  - {title}\nPY  - 2018\nER  - \n".encode(encoding)
    path = put(tmp_path, "r.ris", data)
    given = read(path)
    (problem,) = given.problems
    if problem.severity is Severity.ERROR:
        assert "not clear in which encoding" in problem.message
        assert "--encoding" in (problem.hint or "") and title[:8] in (problem.found or "")
        assert not sources(given)
    else:
        assert [source["title"] for source in sources(given)] == [title]
        assert problem.found and title[:12] in problem.found and "line 2" in problem.found
        keeps_its_bytes(given, data)
    asked = read(path, encoding)
    assert [source["title"] for source in sources(asked)] == [title]
    assert keeps_its_bytes(asked, data) == b""


def test_what_is_taken_for_western_names_what_else_it_could_be(tmp_path: Path) -> None:
    czech = "TY  - JOUR\nTI  - Nová péče o staré lidi\nER  - \n".encode("cp1250")
    (problem,) = read_text(tmp_path, "r.ris", czech).problems
    assert "read as cp1252" in problem.message
    assert "it could be cp1250" in (problem.hint or "")


def test_no_encoding_is_read_from_too_little() -> None:
    assert guessed("AU  - 李, 华".encode("gb18030")).encoding is None


@pytest.mark.parametrize("named", ["cp1253", "no-such-encoding", "utf-7", "rot13"])
def test_a_word_that_is_no_encoding_is_refused(named: str, tmp_path: Path) -> None:
    given = read_text(tmp_path, "r.ris", "TY  - JOUR\nTI  - Plain\nER  - \n", named)
    if named == "cp1253":  # a file in UTF-8 is read as what it is, whatever others are in
        assert not given.problems
    else:
        assert ["no such encoding" in sentence for sentence in told(given)] == [True]


def test_what_a_file_says_of_its_encoding_is_believed(tmp_path: Path) -> None:
    xml = (
        '<?xml version="1.0" encoding="ISO-8859-2"?><xml><records><record><titles><title>'
        "Nová péče</title></titles></record></records></xml>"
    )
    jabref = "% Encoding: Cp1250\n@article{a, title={Nová péče}, year=2019}\n"
    for name, text, encoding in (("x.xml", xml, "iso8859-2"), ("x.bib", jabref, "cp1250")):
        data = text.encode(encoding)
        given = read_text(tmp_path, name, data)
        assert [source["title"] for source in sources(given)] == ["Nová péče"]
        keeps_its_bytes(given, data)


def test_bytes_that_are_nothing_are_shown_and_kept(tmp_path: Path) -> None:
    record = b"TY  - JOUR\nTI  - Before \x81 and \x00 after\nAU  - M\xc3\xbcller, A\nER  - \n"
    data = record * 20
    given = read_text(tmp_path, "r.ris", data, "cp1252")
    assert sources(given)[0]["title"] == "Before � and � after"
    assert references(given)[0].cells["encoding"] == ["utf-8; 0x81 at 24-25; 0x00 at 30-31"]
    assert keeps_its_bytes(given, data) == b""
    assert ["no characters" in sentence for sentence in told(given)] == [True]


def damaged(whole: bytes, rng: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(max(len(data), 1))
        match rng.randrange(6):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[at : at + rng.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + rng.randint(1, 80)]
            case 3:
                data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
            case 4:
                data[at:at] = b"\xed\xa0\xbd\xed\xb8\x80"
            case _:
                del data[at:]
    return bytes(data)


def test_any_part_of_any_text_encodes_to_its_bytes() -> None:
    rng = random.Random(2026)
    parts = ["Müller, Jörg – naïve\r\nTI  - Señor 😀 x\n", "社区卫生\nAB", "Иванов\r\nplain\r"]
    read_ = 0
    for _ in range(1500):
        text = "".join(rng.choice(parts) for _ in range(rng.randint(1, 5)))
        encoding = rng.choice(["utf-8", "utf-16", "utf-16-le", "gb18030", "cp1251", "utf-8-sig"])
        data = damaged(text.encode(encoding, "replace"), rng)
        found, problems = decoded(data, "x", rng.choice([None, "cp1251", "gb18030", "cp932"]))
        if found is None:
            assert problems
            continue
        read_ += 1
        assert "\0" not in found.text
        assert not any("\ud800" <= char <= "\udfff" for char in found.text)
        cuts = sorted(rng.randrange(len(found.text) + 1) for _ in range(3))
        places = [0, *cuts, len(found.text)]
        again = b"".join(
            bytes_of(found.text[first:after], found.encoding_of(first, after))
            for first, after in pairwise(places)
        )
        assert data.endswith(again) and len(data) - len(again) <= 4
    assert read_ > 700


def test_damaged_files_keep_their_bytes_record_by_record(tmp_path: Path) -> None:
    """Two hundred files, of every format: bytes changed, cut out, doubled, files cut off."""
    rng = random.Random(13)
    names = [*EVERY, *ACCENTED]
    accepted = 0
    for turn in range(200):
        name = names[turn % len(names)]
        whole = (EVERY if turn % len(names) < len(EVERY) else ACCENTED)[name].encode()
        data = damaged(whole, rng)
        given = read_text(tmp_path, name, data)
        counts = given.records
        kept = sources(given)
        assert counts.get("records", 0) == len(kept) + counts.get("rejected", 0)
        assert kept or any(one.severity is Severity.ERROR for one in given.problems)
        keeps_its_bytes(given, data)
        accepted += len(kept)
    assert accepted > 100


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
@pytest.mark.parametrize("folder", ["ris", "bib", "csl-json", "endnote-xml", "rayyan-csv"])
def test_every_record_of_the_corpus_encodes_to_the_bytes_of_its_file(folder: str) -> None:
    for path in sorted((CORPUS / folder).iterdir()):
        data = path.read_bytes()
        given = read(path)
        left = keeps_its_bytes(given, data)
        if folder in ("ris", "bib") and not given.records["rejected"]:
            # No line that is left is one of a record.
            lines = left.decode("utf-8-sig").splitlines()
            assert not [line for line in lines if line[2:6] == "  - "], path.name
