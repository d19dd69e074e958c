"""Names of authors: people and organisations, in files, in ids, in duplicates and out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import SHARED, one, put, read, read_text, sources, told

from exports.review_folder import folder_files
from exports.ris import ris
from exports.workbook import workbook
from graph.model import MergedBy, ReviewBundle, Source
from graph.people import key_of, may_be_one, name_of, surname
from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.intake import check, load
from loaders.references.names import authors_in, bibtex_author
from loaders.similarity import likeness, same

CASES = SHARED / "cases" / "references"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"no cases at {CASES}")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Lee, Anna B.", ["Lee AB"]),
        ("A. Author-One", ["Author-One A"]),
        ("J. R. R. Tolkien", ["Tolkien JRR"]),
        ("Adler D.G.", ["Adler DG"]),
        ("Ng, Y.-K.", ["Ng Y-K"]),
        ("Gogh, Vincent van", ["van Gogh V"]),
        ("Smith, John, Jr.", ["Smith J Jr."]),
        ("LEE, ANNA", ["LEE A"]),
        ("Lee, Anna (Ed.)", ["Lee A"]),
        ("Sukarno", ["Sukarno"]),
        ("Anna Lee", ["Anna Lee"]),
        ("李, 小明", ["李 小明"]),
        ("World Health Organization", ["*World Health Organization"]),
        ("Department of Health and Social Care", ["*Department of Health and Social Care"]),
        ("Department of Health, Victoria", ["*Department of Health, Victoria"]),
        ("Ministry of Health, Labour and Welfare", ["*Ministry of Health, Labour and Welfare"]),
        ("Illustrative Press Office,", ["*Illustrative Press Office"]),
        ("{Anna and Ben}", ["*Anna and Ben"]),
        ("Lee, A; Roy, B; Kim, C", ["Lee A", "Roy B", "Kim C"]),
        ("Marais, A. J. and Brown, L. R.", ["Marais AJ", "Brown LR"]),
        ("Lee AB, Roy CD, Kim E", ["Lee AB", "Roy CD", "Kim E"]),
        ("Lee, A., Roy, B. & Kim, C.", ["Lee A", "Roy B", "Kim C"]),
        ("A. Lee, B. Roy", ["Lee A", "Roy B"]),
        ("World Health Organization and Lee, Anna", ["*World Health Organization", "Lee A"]),
        ("Lee, Anna, Roy, Ben, Kim, Cho", ["?Lee, Anna, Roy, Ben, Kim, Cho"]),
        ("Adam Smith, Karl Marx, Max Weber", ["?Adam Smith, Karl Marx, Max Weber"]),
        ("Anna Lee and Ben Roy", ["?Anna Lee and Ben Roy"]),
        ("Lee, A and others", ["Lee A", "+"]),
        ("Xu J, Li Y, et al.", ["Xu J", "Li Y", "+"]),
        ("et al.", ["+"]),
        (",", []),
    ],
)
def test_a_line_of_authors_is_read_as_far_as_it_is_unmistakable(
    written: str, kept: list[str]
) -> None:
    """``*`` is an organisation, ``?`` a text kept whole with a warning, ``+`` more authors."""
    found = authors_in([written])
    named = found.named
    marks = ["*" if one.organisation else "?" * (one.name in found.unclear) for one in named]
    shown = [f"{mark}{one.name}" for mark, one in zip(marks, named, strict=True)]
    assert shown + (["+"] if found.more else []) == kept


@pytest.mark.parametrize(
    ("written", "kept", "organisation"),
    [
        ("Ludwig van Lee", "van Lee L", False),
        ("{de la Cruz}, Juan", "de la Cruz J", False),
        ("Martin Luther {King, Jr.}", "King ML Jr.", False),
        ("Smith, Jr., John", "Smith J Jr.", False),
        ("John {von Neumann}", "von Neumann J", False),
        ("{Ch}arles Smith", "Smith C", False),
        ("World Health Organization", "World Health Organization", True),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc.", True),
    ],
)
def test_names_follow_the_rules_of_bibtex(written: str, kept: str, organisation: bool) -> None:
    author = bibtex_author(written)
    assert author == (kept, organisation)


@given(st.text(max_size=60))
def test_no_name_is_lost_or_too_long(text: str) -> None:
    for author in authors_in([text]).named:
        assert 0 < len(author.name) <= 200
        assert name_of(author.name).family


def test_an_organisation_within_a_list_that_and_parts_is_told(tmp_path: Path) -> None:
    text = "@article{a, title={Illustrative},\n author={Barnes and Noble, Inc.}}"
    given_ = read_text(tmp_path, "r.bib", text)
    assert sources(given_)[0]["authors"] == ["Barnes", "Noble, Inc."]
    assert ["put it into braces: {Barnes and Noble, Inc.}" in said for said in told(given_)] == [
        True
    ]


def test_unclear_authors_are_told_with_their_line(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nAU  - Lee, Anna, Roy, Ben\nER  - \n"
    )
    (problem,) = read_text(tmp_path, "r.ris", text).problems
    assert (problem.row, problem.column) == (4, "authors")
    assert problem.found == "Lee, Anna, Roy, Ben"


WHO = "World Health Organization"
IN_FORMATS = {
    "r.ris": f"TY  - RPRT\nAU  - {WHO}\nAU  - Lee, Anna\nTI  - Illustrative\nER  - \n",
    "r.bib": f"@techreport{{a, author={{{{{WHO}}} and Lee, Anna}}, title={{Illustrative}}}}",
    "r.json": f'[{{"type": "report", "title": "Illustrative", "author": [{{"literal": "{WHO}"}},'
    '{"family": "Lee", "given": "Anna"}]}]',
    "r.nbib": f"PMID- 1\nTI  - Illustrative\nAU  - Lee A\nCN  - {WHO}\n",
    "r.xml": "<xml><records><record><ref-type name='Report'>27</ref-type><contributors><authors>"
    f"<author>{WHO},</author><author>Lee, Anna</author></authors></contributors><titles>"
    "<title>Illustrative</title></titles></record></records></xml>",
    "r.enw": f"%0 Report\n%A {WHO},\n%A Lee, Anna\n%T Illustrative\n",
    "w.txt": f"FN Clarivate\nVR 1.0\nPT J\nAU Lee, A\nCA {WHO}\nTI Illustrative\nER\nEF\n",
    "w.tsv": f"PT\tAU\tCA\tTI\nJ\tLee, A\t{WHO}\tIllustrative\n",
    "c.csv": f'key,title,authors,journal\n1,Illustrative,"{WHO} and Lee, Anna",\n',
}


@pytest.mark.parametrize("name", IN_FORMATS)
def test_organisations_are_one_author_in_every_format(name: str, tmp_path: Path) -> None:
    source = one(tmp_path, name, IN_FORMATS[name])
    assert sorted(source["authors"]) == ["Lee A", WHO]
    assert source["organisations"] == [WHO]
    first = "lee" if source["authors"][0] == "Lee A" else "world-health-organization"
    assert source["id"].startswith(f"{first}-")


def reviewed(store: Store, *paths: Path) -> ReviewBundle:
    load(store, list(paths), Settings(), review="illustrative", title="Illustrative review")
    return bundle_of(store, "illustrative")


def test_what_files_say_comes_out_and_in_again(store: Store, tmp_path: Path) -> None:
    ris_text = (
        b"\tTY  - RPRT\r\nAU  - World Health Organization\r\nAU  - Smith, John, Jr.\r\n"
        b"AU  - et al.\r\nTI  - Illustrative 'quoted' =1+1\r\nPY  - in press\r\nPB  - WHO\r\n"
        b"N1  -  two  spaces \r\nER  - \r\n"
    ) + b"TY  - JOUR\nTI  - \xc3\xbcber \xe9\nAU  - Wang, Y\nAU  - Wang, Y\nER  - \n"
    held = reviewed(store, put(tmp_path, "r.ris", ris_text))
    report, article = sorted(held.sources, key=lambda source: source.title)
    assert (report.organisations, report.more_authors, report.date) == ([WHO], True, "in press")
    assert (report.form, report.publisher) == ("report", "WHO")
    assert article.authors == ["Wang Y", "Wang Y"]  # two people may have one name
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in folder_files(held).items():
        put(folder, name, text)
    book = put(tmp_path, "r.xlsx", workbook(held))
    for path in (folder, book):
        with open_store(Settings(store=str(tmp_path / f"{path.name}.kgl"))) as other:
            load(other, [path], Settings())
            assert bundle_of(other, "illustrative") == held
    again = read(put(tmp_path, "out.ris", ris(held)))
    found = {source["title"]: source for source in sources(again)}
    said = found[report.title]
    assert (said["authors"], said["organisations"]) == (report.authors, report.organisations)
    assert (said["date"], said["publisher"], said["form"]) == ("in press", "WHO", "report")
    assert said["more_authors"] == "yes"


def test_folders_of_earlier_versions_load_and_a_stray_organisation_is_told(tmp_path: Path) -> None:
    put(tmp_path, "review.yaml", "id: r\ntitle: Illustrative\n")
    table = "id,kind,title,authors{}\ns1,paper,Illustrative,World Health Organization; Lee A{}\n"
    put(tmp_path, "sources.csv", table.format("", ""))
    bundle = check(tmp_path, Settings()).accepted()
    assert bundle.sources[0].authors == [WHO, "Lee A"]
    put(tmp_path, "sources.csv", table.format(",organisations", ",World Health Organisation"))
    (problem,) = check(tmp_path, Settings()).errors
    assert problem.row == 2 and "in organisations and not in authors" in problem.message


def test_texts_that_name_an_organisation_find_its_source(tmp_path: Path) -> None:
    put(tmp_path, "review.yaml", "id: r\ntitle: Illustrative\n")
    put(tmp_path, "mechanisms.csv", "id,name\nm,Illustrative\n")
    put(
        tmp_path,
        "sources.csv",
        "id,kind,title,authors,organisations,year\n"
        "s1,grey,A guideline,Department of Health and Social Care,"
        "Department of Health and Social Care,2021\ns2,paper,A paper,Anna Lee,,2020\n",
    )
    put(
        tmp_path,
        "evidence.csv",
        "source,mechanism,stance\nDepartment of Health and Social Care (2021),m,supports\n"
        "Lee 2020,m,supports\n",
    )
    bundle = check(tmp_path, Settings()).accepted()
    assert sorted(piece.source for piece in bundle.evidence) == ["r:s1", "r:s2"]


# ---- Duplicates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one_", "other", "alike"),
    [
        ("Lee A", "Anna Lee", True),
        ("García Márquez G", "Gabriel García Márquez", True),
        ("Lee A", "Lee, Anna", True),
        ("Lee B", "Anna Lee", False),
        ("Lee A", "Lee, Anna, Roy, Ben", True),
        ("Lee A", "Adam Smith", False),
        ("Anna Lee", "Anna Roy", False),
        (WHO, "Organization World Health", True),
        (WHO, "World Bank Group", False),
    ],
)
def test_names_may_be_one_however_they_are_turned(one_: str, other: str, alike: bool) -> None:
    assert may_be_one(key_of(one_), key_of(other)) is alike
    assert may_be_one(key_of(other), key_of(one_)) is alike


TITLE = "Trust on illustrative wards: a realist evaluation"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ({"form": "article"}, {"form": "thesis"}, None),
        ({"form": "article"}, {"form": "conference abstract"}, None),
        ({"form": "article"}, {"form": "preprint"}, None),
        ({"form": "article"}, {"form": "correction"}, None),
        ({"form": "article"}, {"form": "book"}, MergedBy.TITLE),  # databases differ over these
        ({"form": "article"}, {}, MergedBy.TITLE),
        ({"form": "thesis"}, {"form": "thesis"}, MergedBy.TITLE),
        (
            {"form": "article", "volume": "3", "pages": "12-19"},
            {"form": "conference abstract", "volume": "3", "pages": "12"},
            MergedBy.TITLE,
        ),
        (
            {"form": "article", "doi": "10.9999/a"},
            {"form": "preprint", "doi": "10.9999/a"},
            MergedBy.DOI,
        ),
    ],
)
def test_what_differs_in_form_stays_apart_unless_something_says_otherwise(
    mine: dict[str, str], theirs: dict[str, str], merged: MergedBy | None
) -> None:
    records = [
        likeness(TITLE, year=2019, authors=["Smith A"], **said)  # type: ignore[arg-type]
        for said in (mine, theirs)
    ]
    for pair in (records, records[::-1]):
        why = same(*pair)
        assert (None if why is None else why[0]) == merged


def counted(folder: Path, *files: tuple[str, str]) -> int:
    paths = [put(folder, name, text) for name, text in files]
    return len(check(paths, Settings(), review="r", title="Illustrative").accepted().sources)


def ris_of(*records: str) -> str:
    return "".join(f"TY  - JOUR\n{record}\nER  - \n" for record in records)


def test_duplicates_across_spellings_of_names(tmp_path: Path) -> None:
    title = "TI  - Debriefs after errors in illustrative theatres and wards"
    pairs = [
        ("AU  - Lee, Anna", "AU  - Anna Lee"),
        ("AU  - Lee A", "AU  - Lee, Anna"),
        ("AU  - Lee, A; Roy, B", "AU  - Lee, A\nAU  - Roy, B"),
        ("AU  - García Márquez, Gabriel", "AU  - Gabriel García Márquez"),
    ]
    for mine, theirs in pairs:
        records = (f"{title}\n{names}\nPY  - 2019" for names in (mine, theirs))
        assert counted(tmp_path, ("r.ris", ris_of(*records))) == 1, mine
    other = ("AU  - Lee, Anna, Roy, Ben, Kim, Cho", "AU  - Adam Smith, Karl Marx, Max Weber")
    assert counted(tmp_path, ("r.ris", ris_of(*(f"{title}\n{names}" for names in other)))) == 2


def test_an_organisation_is_one_source_across_formats(tmp_path: Path) -> None:
    bib = (
        f"@techreport{{w, author={{{{{WHO}}}}}, title={{Guideline on illustrative debriefs}}, "
        "year={2021}}\n"
        "@article{p, author={Lee, Anna}, title={A 50% rise in speaking up}, year=2019}"
    )
    text = ris_of(f"AU  - {WHO}\nTI  - Guideline on illustrative debriefs\nPY  - 2021").replace(
        "JOUR", "RPRT"
    ) + ris_of("AU  - Lee, Anna\nTI  - A 50% rise in speaking up\nPY  - 2019")
    assert counted(tmp_path, ("o.bib", bib), ("o.ris", text)) == 2


def test_two_papers_whose_dois_differ_in_their_brackets_are_two(tmp_path: Path) -> None:
    doi = "10.9999/0277-5212(2000)020[{}]2.0.CO;2"
    records = (
        f"TI  - Effects of loss on {what}\nAU  - Gates, J\nPY  - 2000\nDO  - {doi.format(part)}"
        for what, part in (("wading birds", "0001:EOWLOW"), ("wading bird", "0111:EOWLOA"))
    )
    assert counted(tmp_path, ("s.ris", ris_of(*records))) == 2


def test_labels_and_citations_follow() -> None:
    names = ["Royal College of Physicians UK", "Lee A"]
    source = Source(
        id="r:s", kind="grey", title="Illustrative", authors=names, organisations=names[:1]
    )
    assert source.citation == "Royal College of Physicians UK, Lee A. Illustrative"
    assert surname(names[0], source.organisations) == names[0]
    assert surname("Lee A") == "Lee"


# ---- The cases themselves, where they are --------------------------------------------------------


@needs_cases
@pytest.mark.parametrize(
    ("files", "count"),
    [
        (["ris-inverted-names.ris"], 6),
        (["embase_nocomma.ris"], 6),
        (["org.bib", "org.ris"], 2),
        (["dupkey.bib"], 2),
        (["sici_two_papers.ris"], 2),
        (["bib-percent-title.bib"], 4),
        (["bib-percent-doi.bib"], 3),
        (["eric3.nbib"], 3),
        (["ris-ty-not-first.ris"], 2),
        (["ris-author-before-type.ris"], 2),
    ],
)
def test_cases_have_as_many_sources_as_papers(files: list[str], count: int) -> None:
    paths = [CASES / name for name in files]
    bundle = check(paths, Settings(), review="r", title="Illustrative").accepted()
    assert len(bundle.sources) == count


@needs_cases
def test_cases_have_the_right_values() -> None:
    def of(name: str) -> list[dict[str, object]]:
        return sources(read(CASES / name))

    ampersand = of("bib-ampersand.bib")
    assert ampersand[0]["title"] == "Trust & voice on wards: R&D at Johnson & Johnson"
    assert ampersand[0]["journal"] == "BMJ Quality & Safety"
    assert ampersand[0]["url"] == "https://x.org/p?a=1&b=2&c=3"
    assert ampersand[2]["authors"] == ["Lee A", "Müller J", "Novák K", "Çelik A", "Sørensen B"]
    assert (ampersand[3]["authors"], ampersand[3]["more_authors"]) == (["Lee A"], "yes")
    mixed = of("bib-mixed-a.bib")
    assert mixed[0]["journal"] == "Journal of Illustrative Medicine Suppl"
    assert mixed[1]["organisations"] == ["World Health Organization and Partners"]
    assert mixed[2]["authors"] == ["van Lee L", "García Márquez G", "de la Cruz J", "King ML Jr."]
    assert mixed[3]["year"] == "2018"
    assert of("bib-verbatim.bib")[0]["url"] == "https://x.org/~lee/a_b--c?q=`x'&r=1#s"
    assert of("gb18030.ris")[0]["authors"] == ["王小明", "李 华"]
    assert of("cp1251.ris")[0]["authors"] == ["Иванов П"]
    assert of("ris-mixed-small.ris")[0]["title"] == "Mixed utf8 é and latin é file"
    included = of("covidence_included.csv")
    assert [source.get("pmid") for source in included] == [None, None]
    for path in sorted(CASES.iterdir()):
        json.dumps(sources(read(path)))
