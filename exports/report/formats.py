"""The formats of a report, and the one function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from exports.report.contents import report_of
from exports.report.references import DEFAULT_STYLE
from exports.report.shape import Report
from graph.store import Store


class ReportFormat(StrEnum):
    """What a report can be written as."""

    DOCX = "docx"
    MARKDOWN = "md"
    HTML = "html"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Written:
    """A report in a format, ready to be kept or sent."""

    report: Report
    data: bytes
    media_type: str
    name: str


MEDIA_TYPES = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.MARKDOWN: "text/markdown; charset=utf-8",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_report(
    store: Store,
    review: str,
    format: ReportFormat,  # noqa: A002
    *,
    style: str = DEFAULT_STYLE,
    flow_picture: bytes | None = None,
) -> Written:
    """The report of a review in one format; the same bytes for the same graph.

    Args:
        store: where to look.
        review: the review, by id or title.
        format: docx, md, html or xlsx.
        style: name of a citation style, such as `apa` or `vancouver`.
        flow_picture: a PNG of the flow diagram; its boxes stand in a table in any case.

    Raises:
        NotFound: there is no such review.
        UnknownStyle: there is no such citation style; the error names the nearest.
        TooLarge: a text is longer than a cell of a workbook can be.
    """
    report = report_of(store, review, style=style)
    return Written(
        report=report,
        data=_writer(format)(report, flow_picture),
        media_type=MEDIA_TYPES[format],
        name=f"{report.review}.report.{format.value}",
    )


def _writer(format: ReportFormat) -> Callable[[Report, bytes | None], bytes]:  # noqa: A002
    # Each where it is asked for: the libraries take a while to import.
    if format is ReportFormat.DOCX:
        from exports.report.docx import docx

        return docx
    if format is ReportFormat.XLSX:
        from exports.report.xlsx import xlsx

        return xlsx
    if format is ReportFormat.HTML:
        from exports.report.html import html

        return html
    from exports.report.markdown import markdown

    return markdown
