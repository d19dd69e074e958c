"""Quotes are found again in their sources, whatever a layout did; what is not there is told."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from laws import examples
from test_command_line import Ran, run

from graph.load import load_review
from graph.model import Code, Evidence, Mechanism, Passage, Review, ReviewBundle, Source
from graph.settings import Settings
from graph.stores import open_store
from loaders.coded.quotes import Span, Text, compact_of, find_quote
from loaders.coded.texts import READ, Unreadable, hash_of, read_text_of
from loaders.coded.verify import QuoteCheck, Verdict, verify_quotes

WORDS = (
    "In the ward the first of the staff officers felt safe, so they could speak up. "
    "The well-being of the team was −0.3 points lower – “not significant”, they said.\n"
    "We trusted each other because the office had time for difficult, co-designed plans."
)


def mangled(quote: str, changes: list[tuple[int, int]]) -> str:
    """The quote as a layout may give it: broken, hyphenated, with ligatures and other marks."""
    out = list(quote)
    for at, how in changes:
        if not out:
            break
        at %= len(out)
        one = out[at]
        if how == 0 and one.isspace():
            out[at] = "\n"
        elif how == 1 and one.isspace():
            out[at] = " \u00a0 \r\n\t"
        elif how == 2 and at + 1 < len(out) and _letters(one, out[at + 1]):
            out[at] = f"{one}-\n"
        elif how == 3 and at + 1 < len(out) and _letters(one, out[at + 1]):
            out[at] = f"{one}\u00ad"
        elif how == 4:
            out[at] = {'"': "”", "'": "’", "-": "‐", "–": "-", "−": "-", "…": "..."}.get(one, one)
    text = "".join(out)
    for ligature in "ﬃﬄﬀﬁﬂ":
        text = text.replace(unicodedata.normalize("NFKD", ligature), ligature)
    return text


def _letters(*characters: str) -> bool:
    return all(len(one) == 1 and one.isascii() and one.isalpha() for one in characters)


def test_a_hyphen_alone_is_no_quote_to_be_looked_for() -> None:
    assert find_quote("\n-", "1A -A2") is None
    assert find_quote("-", "1-2") == Span(1, 2)


@examples(400)
@given(
    text=st.one_of(
        st.text(max_size=400),
        st.lists(st.sampled_from([*WORDS.split(), "-", "ﬁne", "e\u0301", "\n"]), max_size=60).map(
            " ".join
        ),
    ),
    cut=st.tuples(st.integers(0, 400), st.integers(1, 200)),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 4)), max_size=12),
)
def test_any_words_of_any_text_are_found_at_their_place(
    text: str, cut: tuple[int, int], changes: list[tuple[int, int]]
) -> None:
    words = [found.span() for found in re.finditer(r"\S+", text)]
    assume(words)
    first = cut[0] % len(words)
    start, end = words[first][0], words[min(first + cut[1] // 6, len(words) - 1)][1]
    part = text[start:end]
    quote = mangled(part, changes)
    assume(compact_of(quote))
    found = find_quote(quote, text, near=start)
    assert found is not None
    assert found.exact
    assert compact_of(text[found.start : found.end]) == compact_of(part)
    if quote == part:
        assert (found.start, found.end) == (start, start + len(part))


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("staff oﬃcers felt\nsafe", "staff officers felt safe"),
        ("The wellbeing of the team", "The well-being of the team"),
        ("well-\nbeing of", "well-being of"),
        ("dif-\n ficult, co-\ndesigned", "difficult, co-designed"),
        ('– "not significant", they', "– “not significant”, they"),
        ("-0.3 points", "−0.3 points"),
        ("theofﬁcehad", "the office had"),
    ],
)
def test_what_a_layout_does_to_words_does_not_hide_them(quote: str, stands: str) -> None:
    found = find_quote(quote, WORDS)
    assert found is not None
    assert found.exact
    assert WORDS[found.start : found.end] == stands


@pytest.mark.parametrize("quote", ["0.3 points higher", "we trusted", "IN THE WARD", "+0.3 points"])
def test_other_words_signs_and_cases_are_not_the_quote(quote: str) -> None:
    found = find_quote(quote, WORDS)
    assert found is None or not found.exact


def test_a_number_keeps_its_sign() -> None:
    assert find_quote("-0.5 points", "It was 0.5 points.") is None
    found = find_quote("12-15 years", "aged 12–15 years")
    assert found is not None
    assert found.exact


def test_of_several_places_the_one_near_is_taken() -> None:
    text = "the team. " * 50
    for near, at in ((0, 0), (104, 100), (106, 110), (490, 490)):
        found = find_quote("the team.", text, near=near)
        assert found is not None
        assert found.start == at


def test_nearly_says_how_nearly_and_what_stands_there() -> None:
    found = find_quote("We trusted each other becuase the office had time", WORDS)
    assert found is not None
    assert 85 <= found.score < 100
    assert "We trusted each other because" in WORDS[found.start : found.end]
    assert find_quote("Nobody was ever asked about anything here", WORDS) is None
    assert find_quote("a short text cannot hold a much longer quote than it is", "a short") is None


def test_a_thousand_quotes_of_a_long_text_take_little() -> None:
    text = " ".join(f"{WORDS} {number}" for number in range(3000))
    before = perf_counter()
    made = Text(text)
    words = text.split()
    quotes = ["\n".join(words[at : at + 20]) for at in range(0, 100_000, 100)]
    assert all((found := made.find(quote)) is not None and found.exact for quote in quotes)
    assert perf_counter() - before < 10


# -- texts ----------------------------------------------------------------------------------------


def pdf(*pages: str) -> bytes:
    """A small PDF with a line of text for each line of a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, page in enumerate(pages):
        lines = "".join(f"({line}) Tj 0 -14 Td\n" for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 72 720 Td\n{lines}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def docx(path: Path, document: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return path


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_texts_of_every_kind_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    (tmp_path / "a.md").write_bytes("caf\xe9".encode("cp1252"))
    (tmp_path / "a.html").write_text(
        "<html><style>p {}</style><p>one &amp; <b>tw</b>o</p><script>x</script><p>three",
        encoding="utf-8",
    )
    (tmp_path / "a.pdf").write_bytes(pdf("first page", "second\npage"))
    docx(
        tmp_path / "a.docx",
        f"<w:document {W}><w:p><w:r><w:t>one </w:t></w:r><w:r><w:t>two</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>three</w:t></w:r></w:p></w:document>",
    )
    assert read_text_of(tmp_path / "a.txt") == ["one\r\ntwo"]
    assert read_text_of(tmp_path / "a.md") == ["café"]
    assert read_text_of(tmp_path / "a.html")[0].split() == ["one", "&", "two", "three"]
    assert [page.split() for page in read_text_of(tmp_path / "a.pdf")] == [
        ["first", "page"],
        ["second", "page"],
    ]
    assert read_text_of(tmp_path / "a.docx") == ["one two\nthree\n"]


@pytest.mark.parametrize("extension", [*READ, ".png", ""])
@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50, b"%PDF-1.4\n%%EOF", b"PK\x03\x04"])
def test_a_text_that_cannot_be_read_is_told(tmp_path: Path, extension: str, data: bytes) -> None:
    path = tmp_path / f"a{extension}"
    path.write_bytes(data)
    try:
        pages = read_text_of(path)
    except Unreadable as error:
        assert str(error)
    else:
        assert all(isinstance(page, str) for page in pages)


def test_a_word_document_that_would_do_harm_is_refused(tmp_path: Path) -> None:
    entity = '<!DOCTYPE a [<!ENTITY x "y">]><w:document/>'
    with pytest.raises(Unreadable, match="XML"):
        read_text_of(docx(tmp_path / "a.docx", entity))
    with pytest.raises(Unreadable, match="inflates"):
        read_text_of(docx(tmp_path / "b.docx", " " * (3 << 20)), max_mb=1)
    (tmp_path / "c.txt").write_bytes(b" " * (2 << 20))
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        read_text_of(tmp_path / "c.txt", max_mb=1)


# -- a review -------------------------------------------------------------------------------------


def bundle(*quotes: tuple[str, str, dict[str, str]]) -> ReviewBundle:
    """An illustrative review with a passage for each quote: source, words, more."""
    names = ("smith-2011-54076", "jones-2012-54077", "panel")
    notes = {"jones-2012-54077": "Coded document: The talk of Jones.txt"}
    dois = {"smith-2011-54076": "10.1000/smith.1"}
    return ReviewBundle(
        review=Review(id="r", title="Illustrative review"),
        sources=[
            Source(
                id=f"r:{name}",
                kind="paper",
                title=f"Illustrative {name}",
                note=notes.get(name),
                doi=dois.get(name),
            )
            for name in names
        ],
        mechanisms=[Mechanism(id="r:trust", name="Trust")],
        codes=[Code(id="r:c", name="Trust", file="f")],
        passages=[
            Passage(id=f"r:p{at}", source=f"r:{source}", code="r:c", quote=quote, file="f", **more)
            for at, (source, quote, more) in enumerate(quotes)
        ],
    )


@pytest.fixture
def verified(tmp_path: Path) -> Callable[..., QuoteCheck]:
    def verify(
        file: str, text: str | bytes, quote: str, source: str = "smith-2011-54076", **more: str
    ) -> QuoteCheck:
        (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
        answer = verify_quotes(bundle((source, quote, more)), tmp_path)
        (check,) = answer.items
        return check

    return verify


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("smith-2011-54076.txt", "smith-2011-54076"),
        ("Smith 2011.md", "smith-2011-54076"),
        ("10.1000_smith.1.txt", "smith-2011-54076"),
        ("The talk of Jones.txt", "jones-2012-54077"),
    ],
)
def test_a_text_is_found_by_its_name(
    verified: Callable[..., QuoteCheck], file: str, source: str
) -> None:
    check = verified(file, WORDS, "We trusted each\nother", source)
    assert (check.verdict, check.file) == (Verdict.FOUND, file)


def test_a_text_is_found_by_its_hash(verified: Callable[..., QuoteCheck]) -> None:
    start = WORDS.index("We trusted")
    span = f"{start}-{start + 10}"
    check = verified("x.txt", WORDS, "We trusted", text_hash=hash_of(WORDS), span=span)
    assert (check.verdict, check.span, check.note) == (Verdict.FOUND, span, None)


def test_a_text_that_changed_since_is_told(verified: Callable[..., QuoteCheck]) -> None:
    name = "smith-2011-54076.txt"
    check = verified(name, WORDS, "We trusted", text_hash="0" * 64, span="0-10")
    assert check.verdict is Verdict.FOUND
    assert "hash differs" in str(check.note)


def test_a_quote_is_looked_for_on_its_page_first(verified: Callable[..., QuoteCheck]) -> None:
    data = pdf("We trusted each\nother.", "Nothing.", "Again: we said we trusted each other.")
    first = verified("smith-2011-54076.pdf", data, "trusted each other", locator="p. 1")
    assert (first.verdict, first.page) == (Verdict.FOUND, 1)
    third = verified("smith-2011-54076.pdf", data, "trusted each other", locator="p. 3")
    assert (third.verdict, third.page) == (Verdict.FOUND, 3)
    other = verified("smith-2011-54076.pdf", data, "Nothing.", locator="p. 334")
    assert (other.verdict, other.page) == (Verdict.FOUND, 2)


def test_names_in_texts_csv_go_first_and_stay_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("trust", encoding="utf-8")
    (folder / "a talk.txt").write_text("We had trust.", encoding="utf-8")
    (folder / "texts.csv").write_text(
        "source,file\npanel,a talk.txt\nsmith-2011-54076,../outside.txt\njones-2012-54077,\n",
        encoding="utf-8",
    )
    answer = verify_quotes(
        bundle(("panel", "We had trust", {}), ("smith-2011-54076", "trust", {})), folder
    )
    assert [item.verdict for item in answer.items] == [Verdict.FOUND, Verdict.NO_TEXT]
    assert [(problem.file, problem.row) for problem in answer.problems] == [
        ("texts.csv", 3),
        ("texts.csv", 4),
    ]
    assert "10.1000/smith.1" in answer.items[1].looked_for


def test_every_quote_is_counted_once(tmp_path: Path) -> None:
    (tmp_path / "panel.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "jones-2012-54077.pdf").write_bytes(b"no PDF")
    made = bundle(
        ("panel", "We trusted each other", {}),
        ("panel", "We trusted each other becuase the office had time", {}),
        ("panel", "Nobody was ever asked about anything", {}),
        ("smith-2011-54076", "no text of it", {}),
        ("jones-2012-54077", "cannot be read", {}),
    )
    same = {"source": "r:panel", "mechanism": "r:trust", "stance": "supports"}
    made = made.model_copy(
        update={
            "evidence": [
                Evidence(id="r:e1", passage="r:p0", quote="We trusted each other", **same),
                Evidence(id="r:e2", quote="co-designed plans", **same),
                Evidence(id="r:e3", **same),
            ]
        }
    )
    answer = verify_quotes(made, tmp_path)
    assert answer.quotes == len(answer.items) == 6
    counts = (answer.found, answer.nearly, answer.not_found, answer.no_text)
    assert counts == (2, 1, 1, 2)
    assert [item.id for item in answer.items if item.kind == "evidence"] == ["r:e2"]
    (problem,) = answer.problems
    assert problem.file == "jones-2012-54077.pdf"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quotes") / "store.kgl"
    made = bundle(
        ("panel", "We trusted each other", {"locator": "p. 2"}),
        ("panel", "We trusted each other becuase the office had time", {}),
        ("smith-2011-54076", "no text of it", {}),
    )
    with open_store(Settings(store=str(path))) as opened:
        load_review(opened, made)
    return path


def test_the_command_lists_what_it_cannot_find(store: Path, tmp_path: Path) -> None:
    (tmp_path / "panel.txt").write_text(WORDS, encoding="utf-8")
    done: Ran = run(store, "verify-quotes", str(tmp_path))
    assert done.status == 1, done.err
    assert "3 quotes of r: 1 found, 1 nearly, 0 not found, 1 without a text" in done.out
    assert "We trusted each other because" in done.out
    assert "looked for files named smith-2011-54076" in done.out
    (tmp_path / "panel.txt").write_text("Something else.", encoding="utf-8")
    done = run(store, "verify-quotes", str(tmp_path), "--review", "r", "--json")
    assert done.status == 1
    answer = json.loads(done.out)
    assert (answer["not_found"], answer["no_text"]) == (2, 1)
    assert {item["verdict"] for item in answer["items"]} == {"not found", "no text at hand"}
