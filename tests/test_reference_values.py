"""Values of reference files arrive whole: titles, addresses, DOIs, pages. All illustrative."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import fields, keeps_its_bytes, one, put, read, read_text, references, sources, told

from graph.errors import Severity
from loaders.references.identifiers import date_of, doi_of, pages_of, plain_text
from loaders.references.latex import text_of_latex, verbatim

# ---- BibTeX --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "looks"),
    [
        ("A 50% rise in illustrative trust", "A 50% rise in illustrative trust"),
        ("% of staff", "% of staff"),
        (r"Speaking up \& \% \_ \# \$ escaped", "Speaking up & % _ # $ escaped"),
        ("R&D at C# and F# firms, #two", "R&D at C# and F# firms, #two"),
        ("Cost $5 or $10 per ward", "Cost $5 or $10 per ward"),
        ("a -- b --- c", "a -- b --- c"),
        ("snake_case^x", "snake_case^x"),
        ("about ~50 of BMJ~Open", "about ~50 of BMJ Open"),
        (r"{{Braced}} \emph{italic} H$_2$O and CO$_{2}$", "Braced italic H2O and CO2"),
        (r"p$<$0.05, $\alpha$-blockers, $\beta = 2$", "p<0.05, α-blockers, β = 2"),
        (r"Na{\"\i}ve M\"uller \c{C}elik S{\o}ren \AA se Erd\H os \v{S}koda", None),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater}", "<i>E. coli</i>"),
        (r"\unknowncommand{kept text} and \newline more C:\temp", None),
        ("``quoted''", "“quoted”"),
    ],
)
def test_latex_is_read_as_what_it_looks_like(latex: str, looks: str | None) -> None:
    if looks is None:
        looks = {
            "N": "Naïve Müller Çelik Søren Åse Erdős Škoda",
            "\\": "kept text and more C:\\temp",
        }[latex[0]]
    assert " ".join(text_of_latex(latex).split()) == looks


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abc XYZ 12 %&#_~-.,;:()[]<>?!/+=*|@'é漢", max_size=40))
def test_a_text_without_commands_keeps_its_letters(text: str) -> None:
    expected = text.replace("''", "”").split()
    read_ = text_of_latex(text).split()
    if "~" not in text:  # a tie between words is a space
        assert read_ == expected
    assert "".join(read_) == "".join(expected).replace("~", "") or "~" in text


@pytest.mark.parametrize(
    ("written", "read_"),
    [
        ("https://x.org/~lee/a_b--c?q=`x'&r=1#s", "https://x.org/~lee/a_b--c?q=`x'&r=1#s"),
        (r"https://x.org/o-que-\%C3\%A9\_\&", "https://x.org/o-que-%C3%A9_&"),
        ("{https://x.org/a%20b.html?x=$2}", "https://x.org/a%20b.html?x=$2"),
        (r"10.1007/978-3-030-12345-6\_3", "10.1007/978-3-030-12345-6_3"),
    ],
)
def test_addresses_are_as_they_stand(written: str, read_: str) -> None:
    assert verbatim(written) == read_


BIB = """\
@string{jim = "Journal of Illustrative Medicine"}
@STRING{ pub = {Illustrative Press} }
@article{a, author={Lee, Anna}, title={Concatenated}, journal = jim # " Suppl", month = jul,
  year = 2020, url={https://x.org/~lee/a%20b?x=1&y=2}, file={C:\\\\x_y.pdf}}
@inproceedings{child, author={Roy, Ben}, title={Illustrative child}, crossref={Par}}
@proceedings{par, title={Proceedings of the Illustrative}, year={2018}, publisher = pub}
@article{twice, title={First of two}, year={2010}, doi = {10.9999/one}}
@article{twice, title={Second of t{\\'w}o}, year={2011}, doi = {10.9999/two}}
@article{comma, title={A comma is missing}
  year={2012},
  author={Kim, Cho},, note = "he said {"}so{"}"}
"""


def test_entries_that_are_put_together_or_broken_are_read(tmp_path: Path) -> None:
    given_ = read_text(tmp_path, "r.bib", BIB)
    found = {source["title"]: source for source in sources(given_)}
    assert found["Concatenated"]["journal"] == "Journal of Illustrative Medicine Suppl"
    assert found["Concatenated"]["url"] == "https://x.org/~lee/a%20b?x=1&y=2"
    child = found["Illustrative child"]
    assert (child["journal"], child["year"], child["publisher"]) == (
        "Proceedings of the Illustrative",
        "2018",
        "Illustrative Press",
    )
    assert found["First of two"]["doi"] == "10.9999/one"
    assert found["Second of tẃo"]["doi"] == "10.9999/two"
    assert (found["A comma is missing"]["year"], found["A comma is missing"]["authors"]) == (
        "2012",
        ["Kim C"],
    )
    said = {(problem.row, problem.message) for problem in given_.problems}
    assert said == {
        (8, "this key is used twice; both entries were read"),
        (10, "a comma is missing before this field"),
    }
    assert given_.records == {"records": 6, "rejected": 0}
    assert references(given_)[1].cells["text"][0].startswith("@inproceedings{child, author={Roy")
    assert fields(references(given_)[0])["file"] == ["C:\\\\x_y.pdf"]


def test_a_brace_that_is_missing_harms_one_entry(tmp_path: Path) -> None:
    text = (
        "@article{a, title={No end, year={2019}\n\n@article{b, title={Whole}, year={2020}}\n"
        "@article{c, keywords={one}, two}, three},\n title={One too many},\n year={2021},\n}\n"
    )
    given_ = read_text(tmp_path, "r.bib", text)
    titles = [source["title"] for source in sources(given_)]
    assert titles[1:] == ["Whole", "One too many"]
    rows = {one.row for one in given_.problems if "braces of this entry" in one.message}
    assert rows == {1, 4}
    keeps_its_bytes(given_, text.encode())


def test_papers_that_differ_behind_a_sign_stay_apart(tmp_path: Path) -> None:
    text = "".join(
        f"@article{{x{n}, author={{Lee, A}}, title={{A 50% rise in {what}}}, year={{2019}}}}\n"
        for n, what in enumerate(("speaking up on wards", "silence in operating theatres"))
    )
    assert [source["title"] for source in sources(read_text(tmp_path, "r.bib", text))] == [
        "A 50% rise in speaking up on wards",
        "A 50% rise in silence in operating theatres",
    ]


# ---- DOIs and PubMed ids -------------------------------------------------------------------------

SICI = "10.9999/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.9999/0277-5212(2000)020[0001:EOWLOW]2.0.CO;2", None),
        (SICI, None),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        (f"https://doi.org/{SICI}".replace("<", "%3C").replace(">", "%3E"), SICI),
        ("https://doi.org/10.9999/S0140-6736%2819%2930123-4", "10.9999/S0140-6736(19)30123-4"),
        ("10.9999/a%252Fb", "10.9999/a%2fb"),
        ("https://onlinelibrary.example/doi/10.9999/jan.123/full", "10.9999/jan.123"),
        ("https://x.org/r?eid=2&doi=10.9999%2f2096.2020.17&partnerID=40", "10.9999/2096.2020.17"),
        ("(doi: 10.9999/xyz).", "10.9999/xyz"),
        ("10.9999/xyz;10.9999/abc", "10.9999/xyz"),
        ("10.9999.12/abc", None),
        ("10.9999/xyz</a>", "10.9999/xyz"),
        (r"10.9999/a\_b", "10.9999/a_b"),
    ],
)
def test_a_doi_is_whole(written: str, doi: str | None) -> None:
    assert doi_of(written) == (doi or written).casefold()


@pytest.mark.parametrize(
    "line",
    [
        "DO  - 10.9999/x1",
        "L2  - https://doi.org/10.9999/x1",
        "L3  - 10.9999/x1",
        "M3  - 10.9999/x1",
        "UR  - http://dx.doi.org/10.9999/X1",
        "N1  - Export Date: 1 May. doi: 10.9999/x1",
    ],
)
def test_dois_are_found_where_databases_put_them(line: str, tmp_path: Path) -> None:
    record = f"TY  - JOUR\nTI  - Illustrative\n{line}\nER  - \n"
    assert one(tmp_path, "r.ris", record)["doi"] == "10.9999/x1"


def test_a_doi_of_another_paper_is_not_taken(tmp_path: Path) -> None:
    for note in ("Erratum in doi: 10.9999/e1", "doi: 10.9999/a, doi: 10.9999/b", "See 10.9999/c"):
        record = f"TY  - JOUR\nTI  - Illustrative\nN1  - {note}\nUR  - http://x.org/10.5\nER  - \n"
        given_ = read_text(tmp_path, "r.ris", record)
        assert "doi" not in sources(given_)[0]
        assert told(given_) == []


def test_accession_numbers_are_no_pubmed_ids(tmp_path: Path) -> None:
    head = "Title,Authors,Abstract,Published Year,Journal,Accession Number,DOI,Covidence #,Notes\n"
    row = 'Illustrative huddles,"Lee, A.; Roy, B.",,2019,J Ill,100000451. Language: English,,#1,\n'
    other = 'Illustrative silence,"Roy, B.",,2020,J Ill,130000999,,#2,\n'
    found = sources(read_text(tmp_path, "c.csv", head + row + other))
    assert ["pmid" in source for source in found] == [False, False]
    for database, pmid in (("CINAHL", None), ("Embase", None), ("Ovid MEDLINE(R)", "30456789")):
        record = f"TY  - JOUR\nTI  - Illustrative\nAN  - 30456789\nDB  - {database}\nER  - \n"
        assert one(tmp_path, "r.ris", record).get("pmid") == pmid


# ---- Pages, dates, markup ------------------------------------------------------------------------


@pytest.mark.parametrize("dash", ["-", "--", " - ", "–", "—", "‐", "‑", "−", " – "])
def test_pages_are_alike_whatever_the_dash(dash: str, tmp_path: Path) -> None:
    assert pages_of(f"405{dash}409") == "405-409"
    record = f"TY  - JOUR\nTI  - Illustrative\nSP  - 405{dash}409\nER  - \n"
    assert one(tmp_path, "r.ris", record)["pages"] == "405-409"
    entry = f"@article{{a, title={{Illustrative}}, pages={{405{dash}409}}}}"
    assert one(tmp_path, "r.bib", entry)["pages"] == "405-409"


@pytest.mark.parametrize("written", ["N.PAG", "n/a", "NA", "no pagination", "-", "0", "n. pag."])
def test_what_stands_in_place_of_pages_is_none(written: str, tmp_path: Path) -> None:
    record = f"TY  - JOUR\nTI  - Illustrative\nSP  - {written}\nEP  - {written}\nER  - \n"
    source = one(tmp_path, "r.ris", record)
    assert "pages" not in source


def test_pages_of_other_kinds_stay() -> None:
    assert [pages_of(text) for text in ("e123", "S12–S19", "101-9", "pp. 12-19", "12-")] == [
        "e123",
        "S12-S19",
        "101-9",
        "12-19",
        "12",
    ]


@pytest.mark.parametrize(
    ("written", "year", "date"),
    [
        ("2012///", 2012, None),
        ("2012 Jan 3", 2012, None),
        ("2012-03", 2012, None),
        ("c2019", 2019, None),
        ("in press", None, "in press"),
        ("n.d.", None, "n.d."),
        ("2009-2012", None, "2009-2012"),
        ("1998–99", None, "1998–99"),
        ("2019, in press", 2019, "2019, in press"),
    ],
)
def test_dates_are_kept_as_they_are_said(
    written: str, year: int | None, date: str | None, tmp_path: Path
) -> None:
    assert date_of(written) == (year, date)
    source = one(tmp_path, "r.ris", f"TY  - JOUR\nTI  - Illustrative\nPY  - {written}\nER  - \n")
    assert (source.get("year"), source.get("date")) == (year and str(year), date)


MARKED = "<i>E. coli</i> &amp; CO<sub>2</sub>: p < 0.05 on <b>wards</b>"
PLAIN = "E. coli & CO2: p < 0.05 on wards"


def test_markup_in_titles_is_read_alike_in_every_format(tmp_path: Path) -> None:
    latex = (
        r"\textit{E. coli} \& CO\textsubscript{2}: p {\textless} 0.05 on {\textless}b{\textgreater}"
        r"wards{\textless}/b{\textgreater}"
    )
    styled = (
        '<style face="italic">E. coli</style><style face="normal"> &amp; CO</style>'
        '<style face="subscript">2</style><style>: p &lt; 0.05 on &lt;b&gt;wards&lt;/b&gt;</style>'
    )
    written = {
        "r.ris": f"TY  - JOUR\nTI  - {MARKED}\nER  - \n",
        "r.nbib": f"PMID- 1\nTI  - {MARKED}\n",
        "r.enw": f"%0 Journal Article\n%T {MARKED}\n",
        "w.txt": f"FN Clarivate\nVR 1.0\nPT J\nTI {MARKED}\nER\nEF\n",
        "r.bib": f"@article{{a, title={{{latex}}}}}",
        "r.json": f'[{{"title": "{MARKED}"}}]',
        "r.xml": f"<xml><records><record><titles><title>{styled}</title></titles></record>"
        "</records></xml>",
        "r.csv": f"key,title,authors,journal\n1,{MARKED},,\n",
    }
    titles = {name: one(tmp_path, name, text)["title"] for name, text in written.items()}
    assert titles == dict.fromkeys(written, PLAIN)


def test_what_only_looks_like_markup_stays() -> None:
    for text in ("a <Trust> b", "x < b and c > d", "1<2 & 3>2", "if n <em then"):
        assert plain_text(text) == text


# ---- RIS -----------------------------------------------------------------------------------------


def test_a_record_ends_where_it_says_so_whatever_comes_first(tmp_path: Path) -> None:
    text = (
        "DB  - Illustrative base\nC8  - \nTI  - First illustrative\nSP  - 67-76\nTY  - JOUR\n"
        "AU  - Marais, A. J.\nXX  - unknown\nXX  - twice\nKW  - one\nKW  - two\nER  - \n\n"
        "AU  - Roy, B\nTY  - JOUR\nTI  - Second illustrative\nPY  - 2021\nER  - \n"
        "TY  - JOUR\nTI  - No end\nTY  - JOUR\nTI  - After it\nER  - \n"
    )
    given_ = read_text(tmp_path, "r.ris", text)
    assert [source["title"] for source in sources(given_)] == [
        "First illustrative",
        "Second illustrative",
        "No end",
        "After it",
    ]
    first = fields(references(given_)[0])
    assert first["DB"] == ["Illustrative base"]
    assert (first["XX"], first["KW"]) == (["unknown", "twice"], ["one", "two"])
    assert sources(given_)[1]["authors"] == ["Roy B"]
    assert [row.number for row in references(given_)] == [1, 13, 18, 20]
    assert keeps_its_bytes(given_, text.encode()).strip() == b""


def test_what_a_database_says_behind_a_record_is_of_that_record(tmp_path: Path) -> None:
    record = "TY  - JOUR\nTI  - {}\nER  - \nNL  - Short for {}\n\nLink to the full text\n\n2.\n"
    text = record.format("One", "one") + record.format("Two", "two")
    given_ = read_text(tmp_path, "r.ris", text)
    assert [fields(row)["NL"] for row in references(given_)] == [
        ["Short for one"],
        ["Short for two"],
    ]
    assert given_.records["passed_over"] == 4


def test_a_file_of_which_nothing_is_left_is_an_error(tmp_path: Path) -> None:
    given_ = read_text(tmp_path, "r.ris", "TY  - JOUR\nAU  - Lee, A\nER  - \n" * 2)
    assert [problem.severity for problem in given_.problems] == [Severity.ERROR] * 2
    some = read_text(tmp_path, "r.ris", "TY  - JOUR\nER  - \nTY  - JOUR\nTI  - Whole\nER  - \n")
    assert [problem.severity for problem in some.problems] == [Severity.WARNING]


def test_three_records_of_eric_are_three(tmp_path: Path) -> None:
    record = "OWN - ERIC\nTI  - {}\nAU  - Roe, Tom\nJT  - J\nDP  - 2001\n\n"
    text = "".join(map(record.format, ("One", "Two", "Three")))
    given_ = read(put(tmp_path, "eric.nbib", text))
    assert [source["title"] for source in sources(given_)] == ["One", "Two", "Three"]
    assert given_.records["records"] == 3
