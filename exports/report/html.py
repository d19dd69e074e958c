"""The report as one HTML file that asks for nothing else, and prints."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from exports.report.shape import Report


def html(report: Report, flow_picture: bytes | None = None) -> bytes:
    """The file; its content policy lets in its own style and pictures, and nothing else."""
    style = files(__package__).joinpath("templates/report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    numbers = {table.id: place for place, table in enumerate(report.tables, start=1)}
    page = _templates().get_template("report.html")
    return page.render(
        report=report,
        numbers=numbers,
        style=Markup(style),  # our own file, whose hash the policy names
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        picture=base64.b64encode(flow_picture).decode() if flow_picture else None,
    ).encode()


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(__name__.rpartition(".")[0], "templates"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
