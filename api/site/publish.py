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
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from api.site.drawings import drawings
from api.site.page_model import FOLDERS, Shown, Twin, walk
from api.site.render import Site, render
from api.site.ro_crate import citation, describe, readme
from api.site.site_files import WHOLE_VIEW, Plan, plan_maps, plan_pages
from api.site.words import word
from graph.answers import ReviewView
from graph.errors import TheorygraphError
from graph.questions import records
from graph.questions.health import product_version
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from visualise import render_map

MANIFEST = "addresses.json"


class NotASite(TheorygraphError):
    """The folder holds something that is no site written here; nothing was touched."""

    slug, title, status = "not-a-site", "The folder is not empty", 409


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    pages: int
    files: int
    bytes: int


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
        else walk(WHOLE_VIEW, records.reviews, store)[0]
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
    plan = Plan(store, settings)
    plan_pages(plan, reviews, one)
    maps = plan_maps(plan, reviews, one)
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
                    asked = twin.json_address if kind == "json" else twin.csv_address
                    if wanted and asked not in plan.twins:
                        plan.twins[asked] = _beside(file, twin, kind)
                        write(plan.twins[asked], body(asked), asked)
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


def _site(plan: Plan, file: str) -> Site:
    """Links from one file to the others."""
    here = str(PurePosixPath(file).parent)

    def to(name: str) -> str:
        return quote(os.path.relpath(name, here).replace(os.sep, "/"), safe="/~._-")

    def href(address: str) -> str | None:
        found = plan.files.get(address)
        return None if found is None else to(found) + plan.places.get(address, "")

    def twin(wanted: Twin, kind: str) -> str:
        return to(plan.twins[wanted.json_address if kind == "json" else wanted.csv_address])

    return Site(href, twin, live=False, search=to("search.html"))


def _beside(file: str, twin: Twin, kind: str) -> str:
    stem = file.removesuffix(".html")
    return f"{stem}.{kind}" if twin.name == "page" else f"{stem}.{twin.name}.{kind}"


def _search(plan: Plan, index: list[dict[str, str]], reviews: Sequence[ReviewView]) -> str:
    data = json.dumps(index, ensure_ascii=True)
    # In a data block only the end of the element means anything.
    held = Markup(data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
    shown = Shown("search.html", word("p.search"), "/", cites=list(reviews), values={"index": held})
    return render(shown, _site(plan, "search.html"))


def _found(shown: Shown, file: str) -> dict[str, str] | None:
    kind = next((kind for kind in FOLDERS if shown.template == f"{kind}.html"), None)
    if kind is None or file.startswith("embed/"):
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
            transport=httpx.ASGITransport(app=app), base_url="http://localhost", timeout=None
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
