"""The tables that papers need: equal in every format, equal to the answers, open in a word
processor, and silent where the graph is."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import httpx
import lxml.html
import openpyxl
import pytest
import resvg_py
from bundles import bundles
from conftest import EXAMPLES, Ran
from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st
from laws import examples
from markdown_it import MarkdownIt
from payloads import PAYLOADS, hostile
from serving import fill, in_thread

from exports.report.contents import report_of
from exports.report.formats import MEDIA_TYPES, ReportFormat, Written, write_report
from exports.report.references import UnknownStyle, bibliography, style_named
from exports.report.shape import NOT_REPORTED, SILENT, Report, Table, plain, shown
from exports.report.styles import style_names
from graph.answers import Sort, SourceView
from graph.errors import NotFound
from graph.load import load_review
from graph.model import (
    Appraisal,
    Evidence,
    Grade,
    Mechanism,
    Reporting,
    Review,
    ReviewBundle,
    Source,
    SourceKind,
    Stance,
)
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.flow import flow
from graph.questions.gaps import gaps
from graph.questions.mechanisms import mechanisms
from graph.questions.records import configurations, sources
from graph.rameses import ITEMS
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store, scratch_store
from loaders.intake import load

Read = tuple[list[tuple[list[str], list[list[str]]]], list[str]]
"""Tables as header and rows, and references, as a reader of a file finds them."""

GENERATED = examples(8)
SHIPPED = ["harris2021", "richmond2020"]
PNG = bytes(
    resvg_py.svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" width="4" height="9"></svg>'
    )
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the shipped reviews."""
    path = fill(tmp_path_factory.mktemp("report") / "s.kgl")
    with open_store(Settings(store=str(path))) as store:
        yield store


def table_of(report: Report, id_: str) -> Table:
    (found,) = [table for table in report.tables if table.id == id_]
    return found


def column(table: Table, name: str) -> list[str]:
    place = table.columns.index(name)
    return [row.cells[place] for row in table.rows]


# -- read back ----------------------------------------------------------------------------------


def in_docx(data: bytes) -> Read:
    doc = Document(io.BytesIO(data))
    tables = []
    for table in doc.tables:
        rows = [
            [
                "".join(
                    "\n" if part.tag == qn("w:br") else part.text or ""
                    for part in cell.iter(qn("w:t"), qn("w:br"))
                )
                for cell in row.iter(qn("w:tc"))
            ]
            for row in table._tbl.iter(qn("w:tr"))
        ]
        tables.append((rows[0], rows[1:]))
    entries = [
        p.text.partition("\t")[2] or p.text
        for p in doc.paragraphs
        if p.style is not None and p.style.name == "Reference"
    ]
    return tables, entries


def in_xlsx(data: bytes) -> Read:
    book = openpyxl.load_workbook(io.BytesIO(data))
    tables, entries = [], []
    for sheet in book.worksheets[1:]:
        lines = [
            [unescaped(str(cell.value)) if cell.value is not None else "" for cell in row]
            for row in sheet.iter_rows(min_row=3)
        ]
        width = next((n for n, text in enumerate(lines[0]) if not text), len(lines[0]))
        body = []
        for line in lines[1:]:
            if not any(line):
                break
            body.append(line[:width])
        if sheet.title == "References":
            entries = [line[1] for line in body]
        else:
            tables.append((lines[0][:width], body))
    return tables, entries


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def in_page(data: bytes) -> Read:
    page = lxml.html.document_fromstring(data.decode(), parser=lxml.html.HTMLParser(encoding=None))
    tables = []
    for table in page.iter("table"):
        rows = [
            [cell_text(cell) for cell in row if cell.tag in ("td", "th")]
            for row in table.iter("tr")
        ]
        tables.append((rows[0], rows[1:]))
    entries = [entry.text_content() for entry in page.findall(".//ul[@class='references']/li")]
    return tables, entries


def cell_text(cell: lxml.html.HtmlElement) -> str:
    parts = [cell.text or ""]
    for inner in cell:
        assert inner.tag == "br", f"markup in a cell: {lxml.html.tostring(inner)!r}"
        parts.append("\n" + (inner.tail or ""))
    return "".join(parts)


def in_markdown(data: bytes) -> Read:
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(data.decode())
    rendered = rendered.replace("<br>", "<br/>")
    tables, _ = in_page(f"<div>{rendered}</div>".encode())
    page = lxml.html.document_fromstring(f"<div>{rendered}</div>")
    after = page.xpath("//h2[text()='References']/following-sibling::p")
    return tables, [entry.text_content() for entry in after]


READERS = {
    ReportFormat.DOCX: in_docx,
    ReportFormat.XLSX: in_xlsx,
    ReportFormat.HTML: in_page,
    ReportFormat.MARKDOWN: in_markdown,
}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def same_everywhere(store: Store, review: str, style: str = "apa") -> Report:
    """Every format read back holds the tables and references of the report."""
    report = report_of(store, review, style=style)
    expected = [(table.columns, [row.cells for row in table.rows]) for table in report.tables]
    entries = [squeezed(entry.text) for part in report.sections for entry in part.references]
    for kind, read in READERS.items():
        tables, listed = read(write_report(store, review, kind, style=style).data)
        assert len(tables) == len(expected), kind
        for found, wanted in zip(tables, expected, strict=True):
            assert [*map(squeezed, found[0])] == [*map(squeezed, wanted[0])], kind
            assert found[1] == wanted[1], kind
        if entries or kind is not ReportFormat.MARKDOWN:
            told = [squeezed(entry) for entry in listed][-len(entries) :] if entries else listed
            # A reference may itself begin like a number in a list: an untitled "0. 0."
            numbered = [(one, re.sub(r"^\d+\. ", "", one)) for one in told]
            assert len(numbered) == len(entries), kind
            assert all(one in both for one, both in zip(entries, numbered, strict=True)), kind
    return report


@pytest.mark.slow
@pytest.mark.parametrize("style", ["apa", "vancouver"])
@pytest.mark.parametrize("review", SHIPPED)
def test_every_format_holds_the_same_tables(held: Store, review: str, style: str) -> None:
    report = same_everywhere(held, review, style)
    assert len({table.id for table in report.tables}) == len(report.tables)
    assert all(
        len(row.cells) == len(table.columns) for table in report.tables for row in table.rows
    )
    assert all(table.rows for table in report.tables), "an empty table says nothing"


NUMBERS = ReviewBundle(
    review=Review(id="generated", title="0"),
    sources=[Source(id="generated:s", kind="paper", title="0", journal="0", included=True)],
)
"""Illustrative: its reference reads like a number in a list, “0. 0.”"""


@GENERATED
@given(bundle=bundles())
@example(bundle=NUMBERS)
def test_tables_of_any_review_are_the_same_everywhere_and_as_answered(
    bundle: ReviewBundle,
) -> None:
    with scratch_store(Settings()) as store:
        load_review(store, bundle)
        report = same_everywhere(store, "generated", "vancouver")
        as_answered(store, report)


@pytest.mark.parametrize("review", SHIPPED)
def test_tables_equal_the_answers(loaded: Store, review: str) -> None:
    as_answered(loaded, report_of(loaded, review))


def as_answered(store: Store, report: Report) -> None:
    """What tables say is what the questions answer, row by row."""
    held = {table.id: table for table in report.tables}
    review = report.review

    found = configurations(store, review=review, limit=1000).items
    assert ("Configurations" in held) == bool(found)
    for view, row in zip(found, held["Configurations"].rows if found else [], strict=True):
        assert row.records == [view.id]
        place = held["Configurations"].columns.index("Outcomes")
        told = "; ".join(f"{o.name} (inferred)" if o.inferred else o.name for o in view.outcomes)
        assert row.cells[place] == shown(told or None)

    pieces = evidence(store, EvidenceFilter(review=review), limit=1000).items
    groups = {
        "primary": {SourceKind.PAPER, SourceKind.GREY},
        "syntheses": {SourceKind.SYNTHESIS},
        "stakeholders": {SourceKind.INTERVIEW, SourceKind.CONSULTATION},
    }
    for name, kinds in groups.items():
        wanted = {one.id: one for one in pieces if one.source.kind in kinds}
        rows = held[f"Evidence {name}"].rows if wanted else []
        assert (f"Evidence {name}" in held) == bool(wanted)
        assert sorted(row.records[0] for row in rows) == sorted(wanted)
        if rows:
            at = held[f"Evidence {name}"].columns.index("Stance")
            assert all(row.cells[at] == wanted[row.records[0]].stance.value for row in rows)

    views = {one.id: one for one in mechanisms(store, review=review, limit=1000).items}
    if views:
        table = held["Mechanisms"]
        assert {row.records[0] for row in table.rows} == set(views)
        for row in table.rows:
            cells = dict(zip(table.columns, row.cells, strict=True))
            view = views[row.records[0]]
            assert cells["Computed support"] == view.support.value
            assert cells["Stated status"] == (view.stated.value if view.stated else SILENT)
            for name, sort in (("Primary works", "primary"), ("Syntheses", "synthesis")):
                stances = ("supports", "for"), ("challenges", "against"), ("refines", "refining")
                for stance, word in stances:
                    amount = view.weight.amount(Sort(sort), Stance(stance))
                    assert (f"{amount.works} {word}" in cells[name]) == bool(amount.works)

    (matrix,) = gaps(store, review=review).reviews
    if matrix.rows and matrix.columns:
        table = held["By level"]
        assert [row.records for row in table.rows] == [[row.id] for row in matrix.rows]
        for row, answered in zip(table.rows, matrix.rows, strict=True):
            for text, cell in zip(row.cells[1:], answered.cells, strict=True):
                assert text.partition("\n")[0].endswith(cell.state.value)
                assert all(mark.told in text for mark in cell.marks)
            assert all(mark.told in row.cells[0] for mark in answered.marks)
        marks = matrix.counted()
        said = held["What the review says"].rows if marks else []
        assert [row.records for row in said] == [mark.ids or [review] for mark in marks]

    boxes = [step for stage in flow(store, review).stages for step in stage.steps]
    if boxes:
        assert [row.records[0] for row in held["Flow"].rows] == [step.id for step in boxes]
        told = column(held["Flow"], "n")
        for text, step in zip(told, boxes, strict=True):
            implied = NOT_REPORTED if step.computed is None else f"[{step.computed}]"
            assert text == (implied if step.n is None else str(step.n))

    every = {one.id: one for one in sources(store, review=review, limit=1000).items}
    listed = {
        row.records[0]
        for name in groups
        if f"Sources {name}" in held
        for row in held[f"Sources {name}"].rows
    }
    assert {one.id for one in every.values() if one.included} <= listed
    assert {piece.source.id for piece in pieces} <= listed
    cited = {entry.source for part in report.sections for entry in part.references}
    published = {SourceKind.PAPER, SourceKind.GREY, SourceKind.SYNTHESIS}
    assert cited == {id_ for id_ in listed if every[id_].kind in published}


# -- what the graph does not say ----------------------------------------------------------------


def test_a_review_without_configurations_and_papers_says_so(held: Store) -> None:
    report = report_of(held, "harris2021")
    said = {section.id: section for section in report.sections}
    assert said["configurations"].tables == []
    assert said["configurations"].notes == ["The graph holds no configurations of this review."]
    assert any("from papers or grey literature" in note for note in said["evidence"].notes)
    assert "Evidence primary" not in {table.id for table in report.tables}
    (synthesis,) = [t for t in said["evidence"].tables if t.id == "Evidence syntheses"]
    collectively = "a synthesis (36 studies) that does not say which study shows what"
    assert any(collectively in note for note in synthesis.notes)
    assert said["appraisal"].notes == ["Relevance, rigour and richness: not reported."]


def test_stakeholders_stand_apart(held: Store) -> None:
    report = report_of(held, "harris2021")
    assert len(table_of(report, "Evidence stakeholders").rows) == 1
    assert "harris2021:stakeholder-group" not in {
        id_ for row in table_of(report, "Evidence syntheses").rows for id_ in row.records
    }
    assert all(
        entry.source != "harris2021:stakeholder-group"
        for part in report.sections
        for entry in part.references
    )


@pytest.mark.parametrize("review", SHIPPED)
def test_every_item_of_the_checklist_is_filled_or_not_reported(held: Store, review: str) -> None:
    table = table_of(report_of(held, review), "RAMESES")
    assert [int(number) for number in column(table, "Item")] == list(range(1, 20))
    for row in table.rows:
        cells = dict(zip(table.columns, row.cells, strict=True))
        if cells["Computed from the records"] == NOT_REPORTED:
            assert cells["Rests on"] == SILENT
            assert row.records == []
        else:
            assert row.records
            assert cells["Rests on"] != SILENT


def test_an_item_shows_what_is_computed_and_what_the_review_states(store: Store) -> None:
    """Illustrative: no such review exists."""
    said = [
        Reporting(id="r:paid", item=19, position=0, statement="A fund paid.", locator="p. 9"),
        Reporting(id="r:why", item=4, position=1, statement="It asks why.", note="Only there."),
        Reporting(id="r:part", item=19, position=2, statement="It had no part."),
    ]
    review = Review(id="r", title="Illustrative realist review", objectives=["To explain."])
    load_review(store, ReviewBundle(review=review, reporting=said))
    rows = {row.cells[0]: row for row in table_of(report_of(store, "r"), "RAMESES").rows}
    assert rows["19"].cells[3:] == [
        SILENT,
        "A fund paid. (p. 9)\nIt had no part. (locator not stated)",
        "paid; part",
    ]
    assert rows["19"].records == ["r:paid", "r:part"]
    assert rows["4"].cells[3:] == [
        "1. To explain.",
        "It asks why. (locator not stated) Note: Only there.",
        "objectives; why",
    ]
    assert rows["6"].cells[3:] == [NOT_REPORTED, SILENT, SILENT]
    same_everywhere(store, "r")


def test_an_empty_review_is_not_reported_throughout(store: Store) -> None:
    load_review(store, ReviewBundle(review=Review(id="bare", title="Illustrative")))
    table = table_of(report_of(store, "bare"), "RAMESES")
    assert len(table.rows) == len(ITEMS) == 19
    told = column(table, "Computed from the records")
    assert told[0] == "“Illustrative”\nThe title does not name a realist approach."
    assert told[1:] == [NOT_REPORTED] * 18
    report = same_everywhere(store, "bare")
    assert {table.id for table in report.tables} == {"Review", "RAMESES"}


def test_grades_coders_and_agreement_are_shown(store: Store) -> None:
    """Illustrative: no such review exists."""
    bundle = ReviewBundle(
        review=Review(id="r", title="Illustrative realist review"),
        sources=[Source(id="r:s", kind="paper", title="Illustrative", authors=["Lee A"])],
        mechanisms=[Mechanism(id="r:m", name="Trust")],
        evidence=[
            Evidence(
                id="r:e", source="r:s", mechanism="r:m", stance="challenges", coder="Roy B"
            ).model_copy(update={"rigour": Grade.LOW})
        ],
        appraisals=[
            Appraisal(id="r:a", evidence="r:e", appraiser="A", rigour="low", richness="low"),
            Appraisal(id="r:b", evidence="r:e", appraiser="B", rigour="low", richness="high"),
        ],
    )
    load_review(store, bundle)
    report = report_of(store, "r")
    assert column(table_of(report, "Appraisal primary"), "Rigour") == ["low"]
    assert column(table_of(report, "Not settled"), "Grades") == ["A: low; B: high"]
    assert "Agreement" in {table.id for table in report.tables}
    checklist = column(table_of(report, "RAMESES"), "Computed from the records")
    assert checklist[9] == "Coded by Roy B: 1 of the evidence"
    assert "rigour graded: 1 of 1" in checklist[8]


# -- references ---------------------------------------------------------------------------------


def source(**given: object) -> SourceView:
    held = {"id": "r:s", "review": "r", "kind": "paper", "citation": "as cited", "title": "A title"}
    return SourceView.model_validate(held | given)


def test_styles_set_what_is_stated_and_nothing_else() -> None:
    stated = source(
        authors=["Lee AB", "van Dam C"], year=2019, journal="Illus J", volume="3", pages="1-9"
    )
    (apa,) = bibliography([stated], "apa").references
    assert apa.text == "Lee, A. B., & van Dam, C. (2019). A title. Illus J, 3, 1–9."
    assert [run.text for run in apa.runs if run.italic] == ["Illus J", "3"]
    (vancouver,) = bibliography([stated], "Vancouver").references
    assert (vancouver.label, vancouver.text) == (
        "1",
        "Lee AB, van Dam C. A title. Illus J. 2019;3:1–9.",
    )
    (bare,) = bibliography([source()], "vancouver").references
    assert bare.text.rstrip(".") == "A title"


@pytest.mark.parametrize("style", ["apa", "vancouver", "harvard", "ieee", "bmj", "ama"])
def test_authors_who_are_not_named_stay_others(style: str) -> None:
    others = source(authors=["Lee A", "Roy B", "et al."], year=2019, title="Why trust matters?")
    (entry,) = bibliography([others], style).references
    assert "et al." in entry.text
    assert "et al.." not in entry.text
    assert not re.search(r"(&|and) et al", entry.text)
    assert "?." not in entry.text


def test_people_are_sources_but_no_publications() -> None:
    said = source(kind="interview", title="An interview")
    assert bibliography([said], "apa").references == []


def test_a_source_that_cannot_be_set_is_cited_as_the_graph_does() -> None:
    listed = bibliography([source(title="…")], "apa")
    assert len(listed.references) == 1
    assert listed.references[0].text


@pytest.mark.parametrize("style", ["vancuver", "../../etc/passwd", "/etc/passwd", "nobody's"])
def test_an_unknown_style_is_refused_with_the_nearest(style: str) -> None:
    with pytest.raises(UnknownStyle) as refused:
        style_named(style)
    assert set(refused.value.nearest) <= {*style_names(), "vancouver", "ama", "harvard", "chicago"}
    if style == "vancuver":
        assert refused.value.nearest[0] == "vancouver"


def test_two_sources_of_one_name_are_told_apart(store: Store) -> None:
    """Illustrative: no such papers exist."""
    papers = [
        Source(
            id=f"r:s{n}",
            kind="paper",
            title=f"Paper {n}",
            authors=["Lee A"],
            year=2019,
            included=True,
        )
        for n in range(2)
    ]
    load_review(store, ReviewBundle(review=Review(id="r", title="Illustrative"), sources=papers))
    told = column(table_of(report_of(store, "r"), "Sources primary"), "Source")
    assert told == ["Lee 2019: Paper 0", "Lee 2019: Paper 1"]


# -- safety -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("usual_fonts")
@pytest.mark.parametrize("payload", PAYLOADS[::29])
def test_hostile_text_is_text_in_every_format(
    payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Made once for all formats, and once more to compare them with.
    monkeypatch.setattr("exports.report.formats.report_of", cache(report_of))
    with scratch_store(Settings()) as store:
        load_review(store, hostile(payload))
        same_everywhere(store, "hostile")
        page = write_report(store, "hostile", ReportFormat.HTML).data.decode()
        no_markup_but_ours(page)
        book = openpyxl.load_workbook(
            io.BytesIO(write_report(store, "hostile", ReportFormat.XLSX).data)
        )
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                assert not any(cell.data_type == "f" for cell in row)
                assert not any(cell.hyperlink for cell in row)


def no_markup_but_ours(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    assert not list(tree.iter("script", "img", "iframe", "svg", "form", "object", "base", "link"))
    known = {
        "id",
        "class",
        "href",
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "scope",
        "tabindex",
        "role",
        "aria-label",
    }
    for element in tree.iter(lxml.etree.Element):
        assert set(element.attrib) <= known
        assert element.get("href", "#").startswith("#")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


@GENERATED
@given(text=st.text(min_size=1).filter(lambda text: bool(plain(text))))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    with scratch_store(Settings()) as store:
        title = text[:2000]
        bundle = ReviewBundle(
            review=Review(id="r", title="Illustrative"),
            sources=[Source(id="r:s", kind="paper", title="Illustrative", included=True)],
            mechanisms=[Mechanism(id="r:m", name=title[:200])],
            evidence=[
                Evidence(id="r:e", source="r:s", mechanism="r:m", stance="supports", quote=title)
            ],
        )
        load_review(store, bundle)
        same_everywhere(store, "r")


# -- files --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", ReportFormat)
@pytest.mark.parametrize("review", SHIPPED)
def test_the_same_graph_gives_the_same_bytes(
    held: Store, tmp_path: Path, review: str, kind: ReportFormat
) -> None:
    first = write_report(held, review, kind)
    with open_store(Settings(store=str(tmp_path / "again.kgl"))) as again:
        load(again, EXAMPLES / review, Settings())
        assert write_report(again, review, kind).data == first.data


def test_the_document_is_set_as_journals_ask(held: Store) -> None:
    data = write_report(held, "richmond2020", ReportFormat.DOCX, flow_picture=PNG).data
    doc = Document(io.BytesIO(data))
    assert doc.core_properties.title.startswith("The student is key")
    assert doc.core_properties.author == "Richmond A, Cooper N, Gay S, Atiomo W, Patel R"
    captions = [p.text for p in doc.paragraphs if p.style is not None and p.style.name == "Caption"]
    numbers = [found[1] for text in captions if (found := re.match(r"Table (\d+)\. .", text))]
    assert numbers == [str(n) for n in range(1, len(doc.tables) + 1)]
    for table in doc.tables:
        assert table.style is not None
        assert table.style.name == "Report table"
        assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    across = [part.page_width > part.page_height for part in doc.sections]
    assert True in across
    assert False in across
    (picture,) = doc.inline_shapes
    assert "Flow of documents" in picture._inline.docPr.get("descr")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"dcterms:created" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("kind", [ReportFormat.HTML, ReportFormat.MARKDOWN])
def test_the_picture_of_the_flow_stands_above_its_table(held: Store, kind: ReportFormat) -> None:
    without = write_report(held, "harris2021", kind).data.decode()
    with_ = write_report(held, "harris2021", kind, flow_picture=PNG).data.decode()
    assert "data:image/png;base64," in with_
    assert "data:image/png;base64," not in without
    assert with_.index("data:image/png") < with_.index("empirical papers found")
    assert READERS[kind](with_.encode())[0] == READERS[kind](without.encode())[0]


@pytest.mark.slow
@pytest.mark.parametrize("review", SHIPPED)
def test_a_word_processor_opens_it(held: Store, tmp_path: Path, review: str) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("LibreOffice and pdftotext are not installed")
    (tmp_path / "r.docx").write_bytes(write_report(held, review, ReportFormat.DOCX).data)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "r.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    told = subprocess.run(
        [reader, str(tmp_path / "r.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert told.count("\f") > 5, "pages"
    words = set(told.split())
    for table in report_of(held, review).tables:
        wanted = {word for row in table.rows for cell in row.cells for word in cell.split()}
        plain_words = {word for word in wanted if re.fullmatch(r"[a-z]{4,12}", word)}
        assert len(plain_words & words) >= 0.95 * len(plain_words), table.id


# -- doors --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_and_http_write_the_same(
    held: Store, command: Callable[..., Ran], tmp_path: Path
) -> None:
    command("load", EXAMPLES / "richmond2020")
    with in_thread(Settings(), held) as served, served.client() as client:
        for kind in ReportFormat:
            path = tmp_path / f"out.{kind.value}"
            assert "as " + kind.value in command("report", "richmond2020", path).out
            sent = client.get(f"/reviews/richmond2020/report?format={kind.value}")
            assert sent.status_code == 200
            assert sent.headers["content-type"] == MEDIA_TYPES[kind]
            name = f'attachment; filename="richmond2020.report.{kind.value}"'
            assert sent.headers["content-disposition"] == name
            assert path.read_bytes() == sent.content
        refusals(client)
    other = tmp_path / "plain.txt"
    command("report", "richmond2020", other, "--format", "md", "--style", "vancouver")
    assert other.read_text("utf-8").startswith("# The student is key")
    told = command("report", "richmond2020", other, "--style", "vancuver", status=1).err
    assert "nearest: vancouver" in told
    command("report", "nobody", other, status=1)
    told = command("report", "richmond2020", tmp_path / "no" / "x.md", status=1).err
    assert "could not be written" in told


def refusals(client: httpx.Client) -> None:
    wrong = client.get("/reviews/richmond2020/report?style=vancuver")
    assert wrong.status_code == 422
    assert wrong.json()["nearest"][0] == "vancouver"
    assert client.get("/reviews/richmond2020/report?format=pdf").status_code == 422
    assert client.get("/reviews/nobody/report").status_code == 404


def test_an_unknown_review_is_refused(held: Store) -> None:
    with pytest.raises(NotFound):
        written: Written = write_report(held, "nobody", ReportFormat.HTML)
        assert written
