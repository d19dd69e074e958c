"""The site as plain files: the same pages and answers, with links between files.

Every page is made by the function that makes it on the server. The JSON and CSV beside it are what
the application itself answers, byte by byte.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from markupsafe import Markup

from api.site import lists, pages, questions
from api.site.crate import citation, describe, readme
from api.site.drawings import drawings
from api.site.naming import mark, safe_name
from api.site.render import Site, render
from api.site.shown import FOLDERS, Shown, Twin, View, listed, record, walk
from api.site.words import word
from graph.answers import ReviewView
from graph.errors import TheorygraphError
from graph.questions import records
from graph.questions.chains import chains
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.findings import findings
from graph.questions.gaps import gaps
from graph.questions.health import product_version
from graph.questions.mechanisms import mechanisms
from graph.questions.paging import WHOLE, every
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from visualise import render_map

MANIFEST = "addresses.json"
_VIEW = View(limit=WHOLE, whole=True)
_PAGED = View(limit=WHOLE)
_RECORD = {
    "mechanism": pages.mechanism_page,
    "configuration": pages.configuration_page,
    "concept": pages.concept_page,
    "source": pages.source_page,
    "theory": pages.theory_page,
    "finding": pages.finding_page,
    "evidence": pages.evidence_page,
}
_LISTS: dict[str, Callable[..., Shown]] = {
    "mechanisms": lists.mechanism_list,
    "configurations": lists.configuration_list,
    "concepts": lists.concept_list,
    "sources": lists.source_list,
    "theories": lists.theory_list,
    "findings": lists.finding_list,
    "evidence": lists.evidence_list,
    "gaps": questions.gap_page,
    "contradictions": questions.contradiction_page,
    "chains": questions.chain_page,
    "sensitivity": lists.sensitivity_list,
    "loads": lists.load_list,
}
_ROWS = frozenset({"mechanisms", "configurations", "concepts", "sources", "theories", "findings"})


class NotASite(TheorygraphError):
    """The folder holds something that is no site written here; nothing was touched."""

    slug, title, status = "not-a-site", "The folder is not empty", 409


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    pages: int
    files: int
    bytes: int


@dataclass(slots=True)
class _Plan:
    """Which page goes into which file."""

    store: Store
    files: dict[str, str] = field(default_factory=dict)
    """Address to file; several addresses may share one."""
    made: dict[str, tuple[str, Callable[[], Shown]]] = field(default_factory=dict)
    """File to address, and what makes its page."""
    _taken: dict[str, str] = field(default_factory=dict)

    def add(self, file: str, address: str, make: Callable[[], Shown]) -> None:
        """A page in a file; where two names differ by case only, one gets a mark."""
        clash = self._taken.get(file.casefold())
        if clash is not None and clash != address:
            stem, dot, suffix = file.rpartition(".")
            file = f"{stem}~{mark(address)}{dot}{suffix}"
        self._taken[file.casefold()] = address
        self.files[address] = file
        self.made[file] = (address, make)

    def also(self, address: str, file: str) -> None:
        """Another address for a file."""
        self.files.setdefault(address, file)


def publish(
    store: Store, settings: Settings, path: Path, *, review: str | None = None, zipped: bool = False
) -> Published:
    """Write the site into a folder, or into a zip.

    Args:
        store: where to look.
        settings: limits of maps and answers.
        path: a new or empty folder, or one that holds a site written before; or the zip.
        review: only this review, by id or title.
        zipped: write one zip instead of a folder.

    Raises:
        NotASite: the folder holds something else.
        NotFound: there is no such review.
        OSError: something could not be written.
    """
    chosen = (
        [records.review(store, review)]
        if review is not None
        else walk(_VIEW, records.reviews, store)[0]
    )
    if zipped:
        with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
            done = _written(store, settings, Path(folder), chosen, review is not None)
            _zip(Path(folder), path)
            return done
    _cleared(path)
    return _written(store, settings, path, chosen, review is not None)


def _cleared(folder: Path) -> None:
    """Make room: a site that was written before goes, anything else is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        return
    try:
        before = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        names = [str(name) for name in before["files"]]
        before["theorygraph"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotASite(
            f"{folder} holds something that is not a site written by theorygraph",
            hint="name a new or an empty folder",
        ) from error
    root = folder.resolve()
    for name in [*names, MANIFEST]:
        file = (root / name).resolve()
        if file.is_relative_to(root) and file.is_file():
            file.unlink()
    for left, _, _ in os.walk(root, topdown=False):
        if left != str(root) and not any(Path(left).iterdir()):
            Path(left).rmdir()


def _written(
    store: Store, settings: Settings, folder: Path, reviews: Sequence[ReviewView], one: bool
) -> Published:
    plan = _Plan(store)
    _plan(plan, reviews, one)
    maps = _maps(plan, reviews, one)
    figures = drawings(plan.files, store, settings, reviews)
    addresses: dict[str, str] = {}
    index: list[dict[str, str]] = []
    with _bodies(store, settings) as body:

        def write(name: str, content: bytes, address: str) -> None:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            addresses[name] = address

        for file, (address, make) in plan.made.items():
            shown = make()
            for twin in [] if file.startswith("embed/") else shown.twins:
                for kind, wanted in (("json", twin.json), ("csv", twin.csv)):
                    if wanted:
                        asked = twin.json_address if kind == "json" else twin.csv_address
                        write(_beside(file, twin, kind), body(asked), asked)
            text = render(shown, _site(plan, file))
            write(file, text.encode(), address)
            found = _found(shown, file)
            if found is not None:
                index.append(found)
        for file, (address, name) in maps.items():
            drawn = theory_map(store, review=name, max_nodes=settings.max_map_nodes)
            write(file, render_map(drawn).encode(), address)
        for file, (address, draw) in figures.items():
            write(file, draw().encode(), address)
        write("search.json", json.dumps(index, ensure_ascii=False).encode(), "")
        write("search.html", _search(plan, index, reviews).encode(), "")
        if reviews:
            write("CITATION.cff", citation(reviews).encode(), "")
        write("README.txt", readme(reviews, pages=len(plan.made)).encode(), "")
    describe(folder, reviews, addresses)
    addresses["ro-crate-metadata.json"] = ""
    manifest = {"theorygraph": product_version(), "files": addresses}
    (folder / MANIFEST).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Published(len(plan.made), len(addresses) + 1, size)


def _maps(
    plan: _Plan, reviews: Sequence[ReviewView], one: bool
) -> dict[str, tuple[str, str | None]]:
    """Each map's file, with its address and the review that it is of."""
    whole = "maps/theory.html"
    drawn: dict[str, tuple[str, str | None]] = {
        whole: ("/maps/theory", reviews[0].id if one else None)
    }
    plan.files["/maps/theory"] = whole
    for review in reviews:
        address = listed("/maps/theory", review=review.id)
        file = whole if len(reviews) == 1 else f"maps/of/{safe_name(review.id)}.html"
        plan.files[address] = file
        drawn.setdefault(file, (address, review.id))
        for each in _ids(plan.store, "mechanism", review.id):
            # A map of each mechanism alone would be a hundred times the size of its page.
            plan.also(listed("/maps/theory", review=review.id, mechanism=each), file)
    return drawn


def _plan(plan: _Plan, reviews: Sequence[ReviewView], one: bool) -> None:
    store = plan.store
    only = reviews[0].id if one else None
    plan.add("index.html", "/", lambda: pages.home(store, _VIEW, review=only))
    plan.also("/reviews", "index.html")
    if not one:
        for name in _LISTS:
            _add_list(plan, name, None)
    for review in reviews:
        _add_review(plan, review.id)
        for name in _LISTS:
            _add_list(plan, name, review.id)
            if one:
                plan.also(f"/{name}", plan.files[listed(f"/{name}", review=review.id)])


def _add_review(plan: _Plan, id_: str) -> None:
    store = plan.store
    name = safe_name(id_)
    address = record("review", id_)
    plan.add(f"reviews/{name}.html", address, lambda: pages.review_page(store, _VIEW, id_))
    plan.add(
        f"reviews/{name}/flow.html",
        f"{address}/flow",
        lambda: questions.flow_page(store, _VIEW, id_),
    )
    for kind, make in _RECORD.items():
        for each in _ids(store, kind, id_):
            file = f"{FOLDERS[kind]}/{name}/{safe_name(each.partition(':')[2])}.html"
            plan.add(file, record(kind, each), _maker(make, store, _VIEW, each))
            if kind == "mechanism":
                plan.add(
                    f"embed/{file}",
                    f"{record(kind, each)}?embed=1",
                    _maker(make, store, replace(_VIEW, embed=True), each),
                )
    _add_cells(plan, id_, name)
    _add_chains(plan, id_, name)


def _add_cells(plan: _Plan, review: str, name: str) -> None:
    for matrix in gaps(plan.store, review=review).reviews:
        for row in matrix.rows:
            for place, cell in enumerate(row.cells, start=1):
                file = f"gaps/{name}/{safe_name(row.id.partition(':')[2])}/{place}.html"
                address = questions.cell_address(review, row.id, cell)
                given = {"review": review, "row": row.id, "at": questions.at_of(cell)}
                make = questions.gap_page
                plan.add(file, address, _maker(make, plan.store, _VIEW, **given))
                framed = replace(_VIEW, embed=True)
                plan.add(
                    f"embed/{file}",
                    f"{address}&embed=1",
                    _maker(make, plan.store, framed, **given),
                )


def _add_chains(plan: _Plan, review: str, name: str) -> None:
    for place, found in enumerate(every(chains, plan.store, review=review), start=1):
        ends = {"from": None, "to": None, "review": review}
        address = questions.chain_address(ends, found.id)
        file = f"chains/{name}/{place}.html"
        given = {"review": review, "chain": found.id}
        make = questions.chain_page
        plan.add(file, address, _maker(make, plan.store, _VIEW, **given))
        framed = replace(_VIEW, embed=True)
        plan.add(f"embed/{file}", f"{address}&embed=1", _maker(make, plan.store, framed, **given))
        plan.also(questions.chain_address({}, found.id), file)


def _add_list(plan: _Plan, name: str, review: str | None) -> None:
    """A list in files of at most 1000 rows each."""
    given = {} if review is None else {"review": review}
    folder = name if review is None else f"{name}/{safe_name(review)}"
    after, place = "", 1
    while True:
        file = f"{folder}/{'index' if place == 1 else f'page-{place}'}.html"
        view = replace(_PAGED, after=after)
        shown = _LISTS[name](plan.store, view, **given)
        if place == 1:
            address = listed(f"/{name}", **given)
        plan.add(file, address, _maker(_LISTS[name], plan.store, view, **given))
        more = shown.table.more if shown.table else shown.values.get("more")
        if not more:
            return
        address = str(more)
        after = _after_in(address)
        place += 1


def _after_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["after"][0]


def _maker(make: Callable[..., Shown], *given: Any, **named: Any) -> Callable[[], Shown]:
    return lambda: make(*given, **named)


def _ids(store: Store, kind: str, review: str) -> Iterator[str]:
    found: Iterator[Any] = (
        every(evidence, store, EvidenceFilter(review=review))
        if kind == "evidence"
        else every(_QUESTIONS[kind], store, review=review)
    )
    return (item.id for item in found)


_QUESTIONS: dict[str, Callable[..., Any]] = {
    "mechanism": mechanisms,
    "configuration": records.configurations,
    "concept": records.concepts,
    "source": records.sources,
    "theory": records.theories,
    "finding": findings,
}
"""What lists each kind of record."""


def _site(plan: _Plan, file: str) -> Site:
    """Links from one file to the others."""
    here = str(PurePosixPath(file).parent)

    def to(name: str) -> str:
        return quote(os.path.relpath(name, here).replace(os.sep, "/"), safe="/~._-")

    def href(address: str) -> str | None:
        found = plan.files.get(address)
        return None if found is None else to(found)

    def twin(wanted: Twin, kind: str) -> str:
        return to(_beside(file, wanted, kind))

    return Site(href, twin, live=False, search=to("search.html"))


def _beside(file: str, twin: Twin, kind: str) -> str:
    stem = file.removesuffix(".html")
    return f"{stem}.{kind}" if twin.name == "page" else f"{stem}.{twin.name}.{kind}"


def _search(plan: _Plan, index: list[dict[str, str]], reviews: Sequence[ReviewView]) -> str:
    data = json.dumps(index, ensure_ascii=True)
    # In a data block only the end of the element means anything.
    held = Markup(data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
    shown = Shown("search.html", word("p.search"), "/", cites=list(reviews), values={"index": held})
    return render(shown, _site(plan, "search.html"))


def _found(shown: Shown, file: str) -> dict[str, str] | None:
    kind = next((kind for kind in (*_RECORD, "review") if kind in shown.values), None)
    if kind is None or file.startswith("embed/") or not hasattr(shown.values[kind], "id"):
        return None
    if shown.template != f"{kind}.html":
        return None
    one = shown.values[kind]
    names = ("description", "statement", "quote", "citation", "aliases")
    text = " ".join(str(getattr(one, name, None) or "") for name in names if name != "aliases")
    text = f"{text} {' '.join(getattr(one, 'aliases', []))}"
    return {
        "kind": kind,
        "id": one.id,
        "name": shown.title,
        "href": quote(file, safe="/~._-"),
        "text": " ".join(text.split())[:300],
    }


@contextmanager
def _bodies(store: Store, settings: Settings) -> Iterator[Callable[[str], bytes]]:
    """What the application answers to an address."""
    import httpx
    from anyio.from_thread import start_blocking_portal

    from api.app import create_app

    app = create_app(settings, store)
    with start_blocking_portal() as portal:
        inner = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://theorygraph", timeout=None
        )

        def body(address: str) -> bytes:
            answer: httpx.Response = portal.call(inner.get, address)
            answer.raise_for_status()
            return answer.content

        try:
            yield body
        finally:
            portal.call(inner.aclose)


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
