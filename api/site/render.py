"""Pages as HTML: one set of templates for the live server and for files.

What differs is a :class:`Site`: what a link to an address looks like, and what scripts there are.
No text of a review is ever markup: everything is escaped, and links lead to addresses of this site
or to `http` and `https`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.site.addresses import (
    at_of,
    basis_address,
    cell_address,
    chain_address,
    uncited,
    whole_marks,
)
from api.site.page_model import FOLDERS, Shown, Table, Twin, joined, listed, record
from api.site.words import LANGUAGE, term, word
from api.templating import page_policy
from graph.answers import EvidenceState, Named
from graph.answers.base import by_name
from graph.answers.contradictions import rests_told, works_told
from graph.answers.signs import EVIDENCE, REPEATED, TWO_MARKS, WORDS, class_of, signed
from graph.questions.health import product_version
from visualise.mark_styles import style_of_marks

_API = __name__.rpartition(".site.")[0]
"""The package that has the templates and static files."""

NAVIGATION = (
    ("home", "/"),
    ("mechanisms", "/mechanisms"),
    ("configurations", "/configurations"),
    ("concepts", "/concepts"),
    ("sources", "/sources"),
    ("evidence", "/evidence"),
    ("gaps", "/gaps"),
    ("contradictions", "/contradictions"),
    ("chains", "/chains"),
    ("sensitivity", "/sensitivity"),
    ("map", "/maps/theory"),
    ("loads", "/loads"),
)
"""What every page leads to."""


FEW_ROWS = 5
"""A table of no more rows than these is read at a glance: it needs no filter."""


@dataclass(frozen=True, slots=True)
class Site:
    """What differs between the live server and files."""

    href: Callable[[str], str | None]
    """A link to an address of the live server; none if the site does not have it."""
    twin: Callable[[Twin, str], str | None]
    """A link to a twin: `json` or `csv`."""
    live: bool = True
    search: str | None = None
    """Where the search is, on a site of files."""


def live(root_path: str = "") -> Site:
    """A server whose addresses all stand below a path."""

    def twin(twin: Twin, kind: str) -> str:
        return root_path + (twin.json_address if kind == "json" else twin.csv_address)

    return Site(lambda address: root_path + address, twin)


def render(shown: Shown, site: Site, *, asked: str = "") -> str:
    """A page as HTML.

    Args:
        shown: the page.
        site: where it is to stand.
        asked: the query it was asked with, for links that keep it.
    """
    return (
        _environment()
        .get_template(shown.template)
        .render(
            shown=shown,
            page_title=shown.title,
            table=shown.table and shown.table.spoken(shown.cites),
            site=site,
            href=site.href,
            asked=asked,
            policy=None if site.live else FILE_POLICY(),
            **{name: _spoken(value, shown) for name, value in shown.values.items()},
        )
    )


def _spoken(value: Any, shown: Shown) -> Any:
    if isinstance(value, Table):
        return value.spoken(shown.cites)
    return [_spoken(one, shown) for one in value] if _tables(value) else value


def _tables(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Table) for one in value)


def policy(text: str, *, embed: bool, frame_ancestors: str) -> str:
    """The content policy of a page; one for a frame says who may frame it."""
    own = page_policy(text)
    return (
        own.replace("frame-ancestors 'self'", f"frame-ancestors {frame_ancestors}")
        if embed
        else own
    )


@cache
def FILE_POLICY() -> str:
    """The content policy that a file carries in itself."""
    text = f"<style>{_sheet()}</style><script>{_static('site.js')}</script><iframe>"
    parts = [part for part in page_policy(text).split("; ") if _in_a_file(part)]
    return "; ".join(parts).replace("form-action 'self'", "form-action 'none'")


def _in_a_file(part: str) -> bool:
    return not part.startswith(("frame-ancestors", "connect-src"))


@cache
def _static(name: str) -> str:
    # A browser turns CRLF into LF before it hashes.
    text = files(_API).joinpath("static", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _sheet() -> str:
    return _static("site.css") + style_of_marks(dark=True)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(_API, "templates/site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        w=word,
        record=record,
        listed=listed,
        at_of=at_of,
        cell_address=cell_address,
        chain_address=chain_address,
        evidence_signs=EVIDENCE,
        rests_told=rests_told,
        works_told=works_told,
        word_signs=WORDS,
        signed=signed,
        class_of=class_of,
        tone=lambda state: class_of(EvidenceState(state)),
        repeated=REPEATED,
        two_marks=TWO_MARKS,
        basis_address=basis_address,
        whole_marks=whole_marks,
        uncited=uncited,
        few_rows=FEW_ROWS,
        folders=FOLDERS,
        navigation=NAVIGATION,
        language=LANGUAGE,
        version=product_version(),
        css=Markup(_sheet()),
        js=Markup(_static("site.js")),
        spoken=spoken,
        sorted_by=sorted_by,
        kept=kept,
        web=web,
        doi=doi,
    )
    made.filters["term"] = term
    return made


def spoken(ids: Iterable[str], known: Iterable[Named]) -> str:
    """Levels or perspectives by the names that the review gives them; by id where it gives none."""
    return joined(by_name(ids, known))


def sorted_by(asked: str, key: str, now: str) -> str:
    """The query that sorts by a column, or the other way round; everything else is kept."""
    order = f"-{key}" if now == key else key
    rest = [(name, value) for name, value in parse_qsl(asked) if name not in ("sort", "after")]
    return "?" + urlencode([*rest, ("sort", order)])


def kept(asked: str, *without: str) -> list[tuple[str, str]]:
    """The query's parameters but for some, for a form that adds to it."""
    return [(name, value) for name, value in parse_qsl(asked) if name not in without]


def web(address: Any) -> str | None:
    """The address if it is one that a browser may be led to."""
    text = str(address or "").strip()
    try:
        return text if urlsplit(text).scheme in ("http", "https") else None
    except ValueError:
        return None


def doi(name: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{quote(name, safe='/:;()._-')}"
