"""Make the files of one version, with that version's own code: see README.md beside this one.

Usage: python make.py CHECKOUT INTO
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import shutil
import sys
import tempfile
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

CHECKOUT, INTO = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
sys.path.insert(0, str(CHECKOUT))
sys.path.insert(1, str(CHECKOUT / "tests"))

import httpx  # noqa: E402
from folders import good, table, write  # noqa: E402
from reference_files import BIBTEX, RIS  # noqa: E402

from api.app import create_app  # noqa: E402
from api.site.publish import publish  # noqa: E402
from exports.formats import FORMATS, Format  # noqa: E402
from graph.catalogue import Query, named  # noqa: E402
from graph.questions.bundle import bundle_of  # noqa: E402
from graph.questions.records import review_ids  # noqa: E402
from graph.questions.theory_map import theory_map  # noqa: E402
from graph.schema import kinds  # noqa: E402
from graph.settings import Settings  # noqa: E402
from graph.store import Store  # noqa: E402
from graph.stores import open_store  # noqa: E402
from loaders.intake import load  # noqa: E402
from visualise import write_map  # noqa: E402


def illustrative(folder: Path) -> list[Path]:
    """A made-up review with a record of nearly every kind, and two files of references."""
    files = good()
    files["evidence.csv"] = table(
        ["id", "source", "mechanism", "configuration", "stance", "levels", "quote", "rigour"],
        ["e1", "smith", "trust", "", "supports", "team", "Illustrative words.", "high"],
        ["e2", "10.9999/illustrative.1", "time", "", "challenges", "", "", ""],
        ["e3", "panel", "humour", "", "challenges", "system", "", "low"],
        ["e4", "smith", "", "c1", "refines", "team", "More illustrative words.", ""],
    )
    files["appraisals.csv"] = table(
        ["evidence", "appraiser", "rigour", "relevance"],
        ["e1", "AB", "high", "low"],
        ["e1", "CD", "moderate", "low"],
        ["e2", "AB", "low", ""],
    )
    files["same-as.csv"] = table(
        ["mechanism", "same_as", "note"],
        ["trust", "harris2021:working-with-power", "Illustrative; nothing real is said."],
    )
    files["silenced.csv"] = table(
        ["rule", "record", "because"], ["status-not-borne-out", "time", "An illustrative reason."]
    )
    (folder / "library.ris").write_text(RIS, encoding="utf-8")
    (folder / "library.bib").write_text(BIBTEX, encoding="utf-8")
    review = write(folder / "illustrative", files)
    return [review, folder / "library.ris", folder / "library.bib"]


async def addresses(store: Store) -> list[str]:
    """One address of each shape that the pages lead to: route, parameters, place on the page."""
    app = create_app(Settings(), store)
    routes = app.openapi()["paths"]
    patterns = {re.compile(re.sub(r"\{\w+\}", "[^/]+", route) + "$"): route for route in routes}

    def shape(address: str) -> Any:
        parts = urlsplit(address)
        route = next((r for pattern, r in patterns.items() if pattern.match(parts.path)), None)
        names = tuple(sorted(name for name, _ in parse_qsl(parts.query)))
        return route or parts.path, names, re.sub(r"\d+", "N", parts.fragment)

    found: dict[Any, str] = {}
    seen, waiting = {"/"}, ["/"]
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://theorygraph") as client:
        while waiting:
            at = waiting.pop(0)
            answer = await client.get(at, headers={"Accept": "text/html"})
            if "html" not in answer.headers.get("content-type", ""):
                continue
            # What is offered for pasting into other pages is escaped once more.
            for target in re.findall(r'(?:href|src)="([^"]+)"', unescape(answer.text)):
                whole = urljoin(at, unescape(target)).removeprefix("http://theorygraph")
                if not whole.startswith("/") or shape(whole) in found or whole.endswith("#main"):
                    continue
                found[shape(whole)] = whole
                page = urldefrag(whole).url
                if page not in seen and len(seen) < 2000:
                    seen.add(page)
                    waiting.append(page)
    return sorted(found.values())


def parameters(store: Store) -> list[str]:
    """Each question's address, with the names of its parameters."""
    lines = []
    for path, operations in create_app(Settings(), store).openapi()["paths"].items():
        for method, operation in operations.items():
            names = sorted(given["name"] for given in operation.get("parameters", ()))
            lines.append(" ".join([method.upper(), path, *names]))
    return sorted(lines)


def rows(store: Store) -> dict[str, Any]:
    """All nodes and relationships, for a store that keeps no file."""
    nodes: dict[str, Any] = {}
    links: dict[str, Any] = {}
    more = {"Review": ("revision",)}
    kept = {label: ("id", *kind.stored, *more.get(label, ())) for label, kind in kinds().items()}
    kept["Load"] = tuple(re.findall(r"(\w+): \$", named("record_load").text))
    for label, names in kept.items():
        columns = ", ".join(f"n.{name} AS {name}" for name in dict.fromkeys(names))
        found = store.read(Query("rows", f"MATCH (n:{label}) RETURN {columns} ORDER BY id", ""))
        nodes[label] = [
            {name: value for name, value in row.items() if value is not None} for row in found
        ]
    ends = {
        (link.type, label, link.to, link.parts) for label, k in kinds().items() for link in k.links
    }
    for type_, one, other, parts in sorted({*ends, ("BEARS_ON", "Evidence", "Mechanism", False)}):
        carried = ", r.position AS position, r.inferred AS inferred" if parts else ""
        text = (
            f"MATCH (a:{one})-[r:{type_}]->(b:{other}) RETURN a.id AS one, b.id AS other{carried}"
        )
        links[f"{one} {type_} {other}"] = store.read(
            Query("links", f"{text} ORDER BY one, other{', position' if parts else ''}", "")
        )
    return {"nodes": nodes, "links": links}


def main() -> None:
    """Write the store, and what it gives out."""
    INTO.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        settings = Settings(store=str(folder / "store.kgl"))
        with open_store(settings) as store:
            for name in ("harris2021", "richmond2020"):
                load(store, CHECKOUT / "examples" / name, settings)
            load(store, illustrative(folder), settings)
            for review in review_ids(store):
                bundle = bundle_of(store, review)
                for format_ in (Format.FOLDER, Format.XLSX):
                    written = FORMATS[format_]
                    path = INTO / f"{review}{written.ending.replace('.folder', '')}"
                    path.write_bytes(written.write(bundle))
            write_map(theory_map(store, review="richmond2020"), folder / "map.html")
            packed = gzip.compress(json.dumps(rows(store)).encode(), 9, mtime=0)
            (INTO / "graph.json.gz").write_bytes(packed)
            publish(store, settings, folder / "site", review="illustrative")
            shutil.copy(folder / "site" / "addresses.json", INTO / "site.json")
            lines = [*parameters(store), *asyncio.run(addresses(store))]
            (INTO / "addresses.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for name in ("store.kgl", "map.html"):
            packed = gzip.compress((folder / name).read_bytes(), 9, mtime=0)
            (INTO / f"{name}.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
