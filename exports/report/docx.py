"""The report as a Word document: plain tables as journals set them, wide ones on their side."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from exports.report.shape import Report, Table
from exports.zipped import zipped

_STYLE = "Report table"
_SIDE, _SHORT, _LONG = Cm(2.0), Cm(21.0), Cm(29.7)
_PICTURE_ALT = "Flow of documents; the table of boxes below holds the same numbers."
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>
  <w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>
    <w:insideH w:val="single" w:sz="2" w:space="0" w:color="A6A6A6"/></w:tblBorders>
    <w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/></w:tcBorders>
    <w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr></w:tblStylePr>
</w:style>"""


def docx(report: Report, flow_picture: bytes | None = None) -> bytes:
    """The document; the same bytes for the same report.

    Args:
        report: what it says.
        flow_picture: a PNG of the flow diagram, set above the table of its boxes.
    """
    doc = Document()
    _looks(doc, report)
    doc.add_heading(report.title, level=0)
    if report.authors:
        doc.add_paragraph(", ".join(report.authors), style="Subtitle")
    doc.add_paragraph(report.subtitle, style="Subtitle")
    number = 0
    for section in report.sections:
        if section.tables or section.references:  # a few sentences go on where they are
            _turn(doc, wide=bool(section.tables) and section.tables[0].wide)
        doc.add_heading(section.title, level=1)
        for note in section.notes:
            doc.add_paragraph(note)
        if section.id == "flow" and flow_picture is not None:
            _picture(doc, flow_picture)
        for table in section.tables:
            number += 1
            _turn(doc, wide=table.wide)
            _caption(doc, "Table", number, table.caption)
            _table(doc, table)
            for note in table.notes:
                doc.add_paragraph(note, style="Table note")
        for entry in section.references:
            made = doc.add_paragraph(style="Reference")
            if entry.label:
                made.add_run(f"{entry.label}.\t")
            for run in entry.runs:
                written = made.add_run(run.text)
                written.italic, written.bold = run.italic or None, run.bold or None
    return _packed(doc)


def _looks(doc: Doc, report: Report) -> None:
    properties = doc.core_properties
    properties.title = report.title[:255]
    properties.author = ", ".join(report.authors)[:255]
    properties.subject = report.subtitle[:255]
    properties.comments = ""
    properties.keywords = "realist review; RAMESES"
    properties.language = "en-GB"
    properties.last_modified_by = "theorygraph"
    styles = doc.styles
    styles.element.append(parse_xml(_TABLE_STYLE))
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Caption"):
        style = styles[name]
        style.font.name = "Arial"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), "Arial")
        style.font.color.rgb = RGBColor(0, 0, 0)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    styles["Normal"].font.size = Pt(10)
    styles["Title"].font.size = Pt(18)
    styles["Heading 1"].font.size = Pt(14)
    styles["Subtitle"].font.size = Pt(11)
    styles["Subtitle"].font.italic = False
    caption = styles["Caption"]
    caption.font.size, caption.font.bold = Pt(10), True
    caption.paragraph_format.space_before = Pt(10)
    caption.paragraph_format.space_after = Pt(4)
    caption.paragraph_format.keep_with_next = True
    note = styles.add_style("Table note", 1)
    note.base_style = styles["Normal"]
    note.font.size = Pt(8.5)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(2)
    entry = styles.add_style("Reference", 1)
    entry.base_style = styles["Normal"]
    entry.paragraph_format.left_indent = Cm(1)
    entry.paragraph_format.first_line_indent = Cm(-1)
    entry.paragraph_format.space_after = Pt(4)
    page = doc.sections[0]
    page.page_width, page.page_height = _SHORT, _LONG
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _SIDE
    footer = page.footer.paragraphs[0]
    footer.alignment = 1
    _field(footer, "PAGE", "1")


def _turn(doc: Doc, *, wide: bool) -> None:
    """Go on with a page on its side, or upright, where the page is not so already."""
    now = doc.sections[-1]
    if (now.orientation == WD_ORIENT.LANDSCAPE) == wide:
        return
    page = doc.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)


def _caption(doc: Doc, what: str, number: int, text: str) -> None:
    made = doc.add_paragraph(style="Caption")
    made.add_run(f"{what} ")
    _field(made, f"SEQ {what} \\* ARABIC", str(number))
    made.add_run(f". {text}")


def _field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word counts, with what it shows until then."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {text} "
            run._r.append(told)


def _picture(doc: Doc, png: bytes) -> None:
    room = _room(doc)
    made = doc.add_picture(io.BytesIO(png))
    scale = min(1.0, room / made.width, Cm(20.5) / made.height)
    made.width, made.height = int(made.width * scale), int(made.height * scale)
    told = made._inline.docPr
    told.set("name", "Flow of documents")
    told.set("descr", _PICTURE_ALT)
    doc.paragraphs[-1].paragraph_format.keep_with_next = True
    _caption(doc, "Figure", 1, "Flow of documents")
    doc.paragraphs[-1].paragraph_format.keep_with_next = False


# -- tables -------------------------------------------------------------------------------------


def _table(doc: Doc, table: Table) -> None:
    room = _room(doc)
    shares = [int(room * width / sum(table.widths)) for width in table.widths]
    made = doc.add_table(rows=0, cols=len(table.columns), style=_STYLE)
    made.autofit = False
    for column, share in zip(made.columns, shares, strict=True):
        column.width = share
    properties = made._tbl.tblPr
    for tag, text in (("tblCaption", table.caption), ("tblDescription", _described(table))):
        told = OxmlElement(f"w:{tag}")
        told.set(qn("w:val"), text)
        properties.append(told)
    made._tbl.append(_row(table.columns, shares, head=True))
    for row in table.rows:
        made._tbl.append(_row(row.cells, shares))


def _room(doc: Doc) -> int:
    """What lies between the margins of the page that is written on."""
    across = doc.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    return int((_LONG if across else _SHORT) - 2 * _SIDE)


def _described(table: Table) -> str:
    return f"{len(table.rows)} rows; columns: {', '.join(table.columns)}"[:250]


def _row(cells: Sequence[str], shares: Sequence[int], *, head: bool = False) -> Any:
    # Built by hand: the library looks through the whole table for each cell.
    row = OxmlElement("w:tr")
    if head:
        # Rows may part at the end of a page: where they may not, LibreOffice has left rows out.
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
    for text, share in zip(cells, shares, strict=True):
        cell = OxmlElement("w:tc")
        width = OxmlElement("w:tcPr")
        measure = OxmlElement("w:tcW")
        measure.set(qn("w:w"), str(share // 635))
        measure.set(qn("w:type"), "dxa")
        width.append(measure)
        cell.append(width)
        cell.append(_paragraph(text, bold=head))
        row.append(cell)
    return row


def _paragraph(text: str, *, bold: bool) -> Any:
    made = OxmlElement("w:p")
    run = OxmlElement("w:r")
    if bold:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        run.append(properties)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(OxmlElement("w:br"))
        written = OxmlElement("w:t")
        written.set(qn("xml:space"), "preserve")
        written.text = line
        run.append(written)
    made.append(run)
    return made


def _packed(doc: Doc) -> bytes:
    """The document without the time of its making."""
    held = doc.part.package.rels if doc.part.package is not None else {}
    for name in [name for name, one in held.items() if one.reltype.endswith("/thumbnail")]:
        del held[name]  # a picture of the template's first page
    written = io.BytesIO()
    doc.save(written)
    with zipfile.ZipFile(written) as archive:
        files: dict[str, str | bytes] = {entry: archive.read(entry) for entry in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _TIMES.sub(b"", bytes(files[core]))  # type: ignore[arg-type]
    return zipped(files)
