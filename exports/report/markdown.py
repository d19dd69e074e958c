"""The report as Markdown with tables, as GitHub and pandoc read it."""

from __future__ import annotations

import base64
import re

from exports.report.shape import Reference, Report, Table

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_RISKY = re.compile(r"([\\`*_\[\]{}|~$^])")
_BEGINS = re.compile(r"^(#|[-+=:]|\d+[.)])")


def markdown(report: Report, flow_picture: bytes | None = None) -> bytes:
    """The report; text from data is text, never markup."""
    lines = [f"# {_text(report.title)}", ""]
    if report.authors:
        lines += [_text(", ".join(report.authors)), ""]
    lines += [_text(report.subtitle), ""]
    number = 0
    for section in report.sections:
        lines += [f"## {_text(section.title)}", ""]
        for note in section.notes:
            lines += [_text(note), ""]
        if section.id == "flow" and flow_picture is not None:
            data = base64.b64encode(flow_picture).decode()
            lines += [f"![Flow of documents](data:image/png;base64,{data})", ""]
        for table in section.tables:
            number += 1
            lines += [f"**Table {number}.** {_text(table.caption)}", "", *_table(table), ""]
            for note in table.notes:
                lines += [_text(note), ""]
        for entry in section.references:
            lines += [_reference(entry), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _table(table: Table) -> list[str]:
    head = f"| {' | '.join(map(_cell, table.columns))} |"
    rule = f"| {' | '.join('---' for _ in table.columns)} |"
    return [head, rule, *(f"| {' | '.join(map(_cell, row.cells))} |" for row in table.rows)]


def _reference(entry: Reference) -> str:
    text = ""
    for run in entry.runs:
        mark = "*" * (run.italic + 2 * run.bold)
        inside = run.text.strip()
        if mark and inside:
            before, _, after = run.text.partition(inside)
            text += f"{before}{mark}{_escaped(inside)}{mark}{after}"
        else:
            text += _escaped(run.text)
    return f"{entry.label}\\. {text}" if entry.label else _begun(text)


def _cell(text: str) -> str:
    return "<br>".join(_escaped(line) for line in text.split("\n"))


def _text(text: str) -> str:
    """A paragraph of its own; what would begin a heading or a list is text."""
    return _begun(_escaped(" ".join(text.split())))


def _begun(text: str) -> str:
    return _BEGINS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


def _escaped(text: str) -> str:
    told = "".join(_ENTITIES.get(one, one) for one in text)
    return _RISKY.sub(r"\\\1", told)
