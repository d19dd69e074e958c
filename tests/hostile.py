"""Files as an attacker would send them: small, and asking for much. Each is made up."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from folders import zip_of

CONTENT = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/>{}</Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships"><sheets><sheet name="Evidence" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
STRINGS = (
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'sharedStrings" Target="sharedStrings.xml"/>'
)
REVIEW = b"id: made-up\ntitle: An illustrative review\n"
RIS = "TY  - JOUR\nTI  - {}\nER  - \n"


def workbook(rows: str, strings: str = "", before: str = "") -> bytes:
    """A workbook of one sheet whose XML is given."""
    return zip_of(
        {
            "[Content_Types].xml": CONTENT,
            "_rels/.rels": RELS.format("officeDocument", "xl/workbook.xml", ""),
            "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": RELS.format(
                "worksheet", "worksheets/sheet1.xml", STRINGS if strings else ""
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}'
            "</sheetData></worksheet>",
            **({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'} if strings else {}),
        }
    )


def odf(table: str) -> bytes:
    """An OpenDocument workbook of one table whose XML is given."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{names}:manifest:1.0"/>',
            "content.xml": f'<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Evidence">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def nested(levels: int, ending: str) -> bytes:
    """A zip in a zip in a zip."""
    data = zip_of({"library.ris": RIS.format("x")})
    for level in range(levels):
        data = zip_of({f"level{level}{ending}": data})
    return data


def lying(data: bytes, claimed: int) -> bytes:
    """A zip whose central directory says that its first entry is of another size."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", claimed) + data[at + 4 :]


def folder(**files: str | bytes) -> bytes:
    """A zipped review folder; names have `_csv` for `.csv`."""
    return zip_of(
        {
            "review.yaml": REVIEW,
            **{name.replace("_csv", ".csv"): text for name, text in files.items()},
        }
    )


def far(cell: str, times: int = 16_383) -> str:
    """A first cell, and a last one that is not named."""
    return f'<row r="1"><c {cell}><v>1</v></c></row><row r="1048576">{"<c/>" * times}<c><v>1</v></c></row>'


def pdf(stream: bytes, pages: int = 1) -> bytes:
    """A PDF whose pages share a compressed stream."""
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    parts = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
        f"2 0 obj <</Type/Pages/Count {pages}/Kids[{kids}]>> endobj\n".encode(),
        b"3 0 obj <</Length %d/Filter/FlateDecode>> stream\n%s\nendstream endobj\n"
        % (len(stream), stream),
        *(
            b"%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 3 0 R>> endobj\n"
            % (4 + n)
            for n in range(pages)
        ),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for part in parts:
        places.append(len(body))
        body += part
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1,
        start,
    )


def zipped_again(data: bytes, times: int = 1) -> bytes:
    """Deflated as PDF has it."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


Made = Callable[[], bytes]
_SHARED = "<si><t>{}</t></si>"
FOUND: dict[str, tuple[str, Made]] = {
    "far cells without a name": ("a.xlsx", lambda: workbook(far('r="A1"'))),
    "a far cell in small letters": (
        "a.xlsx",
        lambda: workbook(
            '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="xfd1048576"><v>1</v></c></row>'
        ),
    ),
    "a far cell and nothing else": (
        "a.xlsx",
        lambda: workbook(
            '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
    ),
    "a far cell with white space": (
        "a.xlsx",
        lambda: workbook(
            '<row r="1"><c r="A1"><v>1</v></c></row><row><c r = "XFD1048576"><v>1</v></c></row>'
        ),
    ),
    "one text in millions of cells": (
        "a.xlsx",
        lambda: workbook(
            "".join(
                f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 400 + "</row>"
                for row in range(1, 10_001)
            ),
            _SHARED.format("x" * 900),
        ),
    ),
    "millions of rows of three letters": (
        "a.zip",
        lambda: folder(sources_csv="id,kind,title\n" + "a,b,c\n" * 3_000_000),
    ),
    "hundreds of thousands of records": (
        "a.ris",
        lambda: "".join(RIS.format(n) for n in range(560_000)).encode(),
    ),
    "zips without an ending in zips": ("a.zip", lambda: nested(60, "")),
    "zips with an ending in zips": ("a.zip", lambda: nested(3, ".zip")),
    "a name of 190 letters of three bytes": (
        "a.zip",
        lambda: zip_of({f"{'中' * 190}.ris": RIS.format("x")}),
    ),
    "an entry in a thousand folders": (
        "a.zip",
        lambda: zip_of({f"{'a/' * 1000}library.ris": RIS.format("x")}),
    ),
}
"""What was found to end the server, to take gigabytes or a minute."""
TEXTS: dict[str, tuple[str, Made]] = {
    "ten megabytes of HTML": (
        "made-up.html",
        lambda: b"<html><body>" + b"<p>word <b>&amp;</b>\n" * 500_000,
    ),
    "declarations that never end": ("made-up.html", lambda: b"<!" * 3_000_000),
    "a PDF that inflates twice": (
        "made-up.pdf",
        lambda: pdf(zipped_again(b"BT (words) Tj ET\n" * 20_000_000)),
    ),
    "a PDF of many pages": (
        "made-up.pdf",
        lambda: pdf(zipped_again(b"BT (words) Tj ET\n" * 20_000), 5000),
    ),
    "a Word document of empty marks": (
        "made-up.docx",
        lambda: zip_of({"word/document.xml": "<a>" + "<b/>" * 20_000_000 + "</a>"}),
    ),
    "a Word document that goes deep": (
        "made-up.docx",
        lambda: zip_of({"word/document.xml": "<b>" * 3_000_000}),
    ),
}
"""What `verify-quotes` is given to read."""


def records(*fields: str, times: int = 1) -> bytes:
    """A RIS file of records with these lines."""
    one = "TY  - JOUR\nTI  - An illustrative title\n" + "".join(f"{field}\n" for field in fields)
    return (f"{one}ER  - \n\n" * times).encode()


def entry(field: str) -> bytes:
    """A BibTeX file of one entry with one more field."""
    return f"@article{{a, title={{Illustrative}}, {field}}}\n".encode()


def codes(project: str) -> bytes:
    """A REFI-QDA project whose insides are given."""
    return zip_of(
        {
            "project.qde": '<?xml version="1.0" encoding="utf-8"?><Project name="made up" '
            f'xmlns="urn:QDA-XML:project:1.0">{project}</Project>'
        }
    )


def laughs(levels: int) -> str:
    """Entities that grow tenfold at each level."""
    more = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{more}]>'


_M = 1_000_000
_SHEET = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
_ROW = '<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell></table:table-row>'
_CELL = '<table:table-cell{} office:value-type="string"><text:p>x</text:p></table:table-cell>'
_WORDS = ("ward", "staff", "trust", "power", "time", "voice", "learning", "safety", "culture")

KINDS: dict[str, tuple[str, Made]] = {
    # workbooks
    "a million empty rows": ("a.xlsx", lambda: workbook(_SHEET + '<row r="2"/>' * _M)),
    "a million merged cells": (
        "a.xlsx",
        lambda: workbook(
            _SHEET
            + "</sheetData><mergeCells>"
            + '<mergeCell ref="A1:B2"/>' * 500_000
            + "</mergeCells><sheetData>"
        ),
    ),
    "one merge over the whole sheet": (
        "a.xlsx",
        lambda: workbook(
            _SHEET
            + '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'
        ),
    ),
    "a merge over rows that are filled": (
        "a.xlsx",
        lambda: workbook(
            "".join(
                f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="ZZ{n}"><v>1</v></c></row>'
                for n in range(1, 20_000)
            )
            + '</sheetData><mergeCells><mergeCell ref="A1:ZY20000"/></mergeCells><sheetData>'
        ),
    ),
    "a million texts": (
        "a.xlsx",
        lambda: workbook(_SHEET, "<si><t>x</t></si>" * _M),
    ),
    "a text of fifty million letters": (
        "a.xlsx",
        lambda: workbook(_SHEET, f"<si><t>{'x' * 50 * _M}</t></si>"),
    ),
    "elements that go deep in a sheet": ("a.xlsx", lambda: workbook("<row>" * _M)),
    "a text that names what is not there": (
        "a.xlsx",
        lambda: workbook(
            '<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>', "<si><t>x</t></si>"
        ),
    ),
    "row numbers beyond all numbers": (
        "a.xlsx",
        lambda: workbook(
            '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>'
        ),
    ),
    "column letters beyond all columns": (
        "a.xlsx",
        lambda: workbook('<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>'),
    ),
    "a date beyond all dates": (
        "a.xlsx",
        lambda: workbook('<row r="1"><c r="A1" t="d"><v>999999-99-99</v></c></row>'),
    ),
    "numbers beyond all numbers": (
        "a.xlsx",
        lambda: workbook('<row r="1"><c r="A1"><v>1e999999</v></c></row>'),
    ),
    "entities in a workbook": ("a.xlsx", lambda: workbook(_SHEET, before=laughs(9))),
    "five thousand sheets": (
        "a.xlsx",
        lambda: zip_of(
            {"xl/workbook.xml": BOOK, **{f"xl/worksheets/s{n}.xml": "<a/>" for n in range(5000)}}
        ),
    ),
    "an empty workbook": ("a.xlsx", lambda: zip_of({"xl/workbook.xml": ""})),
    "a workbook that is none": ("a.xlsx", lambda: b"PK\x03\x04" + b"x" * 1000),
    "an old workbook that is none": (
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100_000,
    ),
    "an old workbook of zeros": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(_M)),
    "cells that repeat across": (
        "a.ods",
        lambda: odf(
            _ROW
            + "<table:table-row>"
            + _CELL.format(' table:number-columns-repeated="16384"') * 1000
            + "</table:table-row>"
        ),
    ),
    "cells that repeat, with white space": (
        "a.ods",
        lambda: odf(
            _ROW
            + "<table:table-row>"
            + _CELL.format(' table:number-columns-repeated = "999999999"')
            + "</table:table-row>"
        ),
    ),
    "rows that repeat": (
        "a.ods",
        lambda: odf(
            _ROW
            + '<table:table-row table:number-rows-repeated="1048575">'
            + _CELL.format("")
            + "</table:table-row>"
        ),
    ),
    "a span over everything": (
        "a.ods",
        lambda: odf(
            "<table:table-row>"
            + _CELL.format(
                ' table:number-columns-spanned="999999" table:number-rows-spanned="999999"'
            )
            + "</table:table-row>"
        ),
    ),
    "tables in tables": ("a.ods", lambda: odf("<table:table>" * 100_000)),
    "paragraphs without number": (
        "a.ods",
        lambda: odf(
            "<table:table-row><table:table-cell>"
            + "<text:p>x</text:p>" * _M
            + "</table:table-cell></table:table-row>"
        ),
    ),
    # archives
    "sixty thousand empty files": (
        "a.zip",
        lambda: zip_of({f"{n}.ris": "" for n in range(60_000)}),
    ),
    "two hundred files of ten megabytes": (
        "a.zip",
        lambda: zip_of({f"{n}.ris": b" " * 10 * _M for n in range(20)}),
    ),
    "a size that is a lie": ("a.zip", lambda: lying(zip_of({"a.ris": b" " * 200 * _M}), 10)),
    "one name for two files": ("a.zip", lambda: zip_of({"a.ris": RIS, "./a.ris": RIS})),
    "a folder that is a file": ("a.zip", lambda: zip_of({"a": RIS, "a/b.ris": RIS})),
    "a name that steers terminals": ("a.zip", lambda: zip_of({"\x1b[2J.ris": RIS})),
    "a workbook in a zip in many": (
        "a.zip",
        lambda: zip_of(
            {f"{n}.xlsx": workbook(_SHEET, "<si><t>x</t></si>" * 100_000) for n in range(100)}
        ),
    ),
    "a directory that says nothing": ("a.zip", lambda: b"PK\x05\x06" + bytes(18)),
    "a zip in front of which there is much": (
        "a.zip",
        lambda: b"x" * 5 * _M + zip_of({"a.ris": RIS}),
    ),
    # folders
    "aliases in the review file": (
        "a.zip",
        lambda: zip_of(
            {
                "review.yaml": "a: &a [x]\n"
                + "".join(
                    f"b{n}: &b{n} [{', '.join(['*a' if not n else f'*b{n - 1}'] * 10)}]\n"
                    for n in range(9)
                )
            }
        ),
    ),
    "lists that go deep in the review file": (
        "a.zip",
        lambda: zip_of({"review.yaml": "a: " + "[" * 200_000}),
    ),
    "keys without number in the review file": (
        "a.zip",
        lambda: zip_of({"review.yaml": "".join(f"k{n}: x\n" for n in range(80_000))}),
    ),
    "levels without number": (
        "a.zip",
        lambda: zip_of(
            {
                "review.yaml": REVIEW
                + b"levels:\n"
                + b"".join(b"  - {id: l%d, name: L%d}\n" % (n, n) for n in range(25_000))
            }
        ),
    ),
    "a header of a million columns": ("a.zip", lambda: folder(sources_csv="x," * _M + "\n1\n")),
    "a cell of fifty million letters": (
        "a.zip",
        lambda: folder(sources_csv="id,kind,title\na,paper," + "x" * 50 * _M),
    ),
    "a quotation mark that never ends": (
        "a.zip",
        lambda: folder(sources_csv='id,kind,title\n"' + "a,b\n" * _M),
    ),
    "a list of a million values": (
        "a.zip",
        lambda: folder(sources_csv="id,kind,title,authors\na,paper,T," + "x;" * _M),
    ),
    "names that are nearly the same": (
        "a.zip",
        lambda: folder(
            concepts_csv="id,name\n" + "".join(f"c{n},{'a' * 50}{n}\n" for n in range(20_000)),
            configurations_csv="id,contexts,mechanisms\n"
            + "".join(f"k{n},{'a' * 49}{n},m\n" for n in range(2_000)),
        ),
    ),
    # references
    "a record of a million authors": ("a.ris", lambda: records(*["AU  - Lee, A"] * 200_000)),
    "a million authors in a line": ("a.ris", lambda: records("AU  - " + "Lee A, " * 200_000)),
    "a title of ten million letters": ("a.ris", lambda: records("TI  - " + "x" * 10 * _M)),
    "marks that open and do not close": (
        "a.ris",
        lambda: records("T1  - " + "<i>" * _M).replace(b"TI  -", b"ZZ  -"),
    ),
    "white space without end": ("a.ris", lambda: records("PY  -" + " " * 5 * _M)),
    "lines without end": ("a.ris", lambda: b"TY  - JOUR" + b"\r\n" * 5 * _M),
    "numbers without end": (
        "a.ris",
        lambda: records("PY  - " + "1" * 5 * _M, "SP  - " + "1-" * _M, "DO  - 10." + "1" * _M),
    ),
    "a DOI of brackets": (
        "a.ris",
        lambda: records("DO  - 10.1000/" + "(" * _M, "UR  - https://doi.org/10.1000/" + "%25" * _M),
    ),
    "notes that look like DOIs": ("a.ris", lambda: records("N1  - " + "doi 10.1 " * 500_000)),
    "titles that are nearly the same": (
        "a.ris",
        lambda: b"".join(
            f"TY  - JOUR\nTI  - {' '.join(_WORDS[(n >> k) % 9] for k in range(0, 24, 2))} {n}\nPY  - 2019\nER  - \n".encode()
            for n in range(40_000)
        ),
    ),
    "one title for all": ("a.ris", lambda: records("PY  - 2019", times=60_000)),
    "bytes in no encoding": ("a.ris", lambda: records("AB  - ") + b"\x81\x8d\x8f\n" * _M),
    "bytes of many encodings": (
        "a.ris",
        lambda: records("AB  - ") + bytes(range(128, 256)) * 40_000,
    ),
    "braces that go deep": ("a.bib", lambda: entry("note=" + "{" * _M)),
    "braces that close at last": (
        "a.bib",
        lambda: entry("note={" + "{" * 50_000 + "}" * 50_000 + "}"),
    ),
    "strings that double": (
        "a.bib",
        lambda: (
            b'@string{s0="ha"}\n'
            + b"".join(b"@string{s%d=s%d#s%d}\n" % (n + 1, n, n) for n in range(60))
            + entry("note=s60")
        ),
    ),
    "entries that refer in a circle": (
        "a.bib",
        lambda: b"".join(
            b"@article{a%d, crossref={a%d}, title={T}}\n" % (n, (n + 1) % 20_000)
            for n in range(20_000)
        ),
    ),
    "commands of letters without end": (
        "a.bib",
        lambda: entry("author={" + "\\'{" * 300_000 + "}"),
    ),
    "entries that are not closed": ("a.bib", lambda: b"@article{a, title={T},\n" * 100_000),
    "lists that go deep": ("a.json", lambda: b"[" * 5 * _M),
    "objects that go deep": ("a.json", lambda: b'{"a":' * _M),
    "a number of a million digits": (
        "a.json",
        lambda: b'[{"title": "T", "volume": ' + b"9" * _M + b"}]",
    ),
    "codes that go deep": (
        "a.json",
        lambda: (
            b'{"CodeSets": [{"SetName": "x", "Attributes": '
            + b'{"AttributesList": [{"AttributeId": 1, "Attributes": ' * 400
            + b"{}"
            + b"}]}" * 400
            + b'}], "References": []}'
        ),
    ),
    "references without number": (
        "a.json",
        lambda: (
            b'{"CodeSets": [], "References": ['
            + b'{"ItemId": 1, "Title": "T"},' * 400_000
            + b"{}]}"
        ),
    ),
    "entities in XML": (
        "a.xml",
        lambda: (laughs(9) + "<xml><records>&l9;</records></xml>").encode(),
    ),
    "elements that go deep": ("a.xml", lambda: b"<xml><records>" + b"<record>" * _M),
    "attributes without number": (
        "a.xml",
        lambda: b"<xml " + b" ".join(b'a%d="x"' % n for n in range(500_000)) + b"/>",
    ),
    "records of nothing": (
        "a.xml",
        lambda: b"<xml><records>" + b"<record/>" * 500_000 + b"</records></xml>",
    ),
    "a project that goes deep": (
        "a.qdpx",
        lambda: codes("<CodeBook><Codes>" + '<Code name="x" guid="1">' * 300_000),
    ),
    "codes without number": (
        "a.qdpx",
        lambda: codes(
            "<CodeBook><Codes>"
            + "".join(f'<Code name="{n}" guid="{n}"/>' for n in range(300_000))
            + "</Codes></CodeBook>"
        ),
    ),
    "a codebook that goes deep": (
        "a.qdc",
        lambda: (
            b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
            + b'<Code name="x" guid="1">' * 300_000
        ),
    ),
    "decisions in a line": (
        "a.csv",
        lambda: b"title,authors,notes\nT,A," + b"RAYYAN-INCLUSION: {" * 300_000,
    ),
    "decisions without number": ("a.csv", lambda: b"title,authors,notes\n" + b"T,A,x\n" * 400_000),
}
"""More of their kinds, for every format that is read."""

HEAVY = frozenset(
    {
        "hundreds of thousands of records",
        "millions of rows of three letters",
        "one text in millions of cells",
        "a million empty rows",
        "rows that repeat",
        "a size that is a lie",
        "two hundred files of ten megabytes",
        "a record of a million authors",
        "a million authors in a line",
        "paragraphs without number",
        "a title of ten million letters",
        "a million merged cells",
        "a merge over rows that are filled",
        "a million texts",
        "a text of fifty million letters",
        "sixty thousand empty files",
        "a workbook in a zip in many",
        "keys without number in the review file",
        "levels without number",
        "a header of a million columns",
        "a cell of fifty million letters",
        "a list of a million values",
        "names that are nearly the same",
        "lines without end",
        "a DOI of brackets",
        "notes that look like DOIs",
        "titles that are nearly the same",
        "one title for all",
        "bytes in no encoding",
        "bytes of many encodings",
        "entries that refer in a circle",
        "commands of letters without end",
        "entries that are not closed",
        "references without number",
        "attributes without number",
        "records of nothing",
        "codes without number",
        "decisions without number",
    }
)
"""What takes more than a moment to make or to refuse."""
