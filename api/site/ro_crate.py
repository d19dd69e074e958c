"""What a published site says of itself: how to cite it, an RO-Crate description, a README."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml import YAML

from api.site.page_model import record
from api.site.words import word
from graph.answers import ReviewView
from graph.people import name_of
from graph.questions.health import product_version

_MEDIA = {
    ".html": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".cff": "application/yaml",
}


def citation(reviews: Sequence[ReviewView]) -> str:
    """CITATION.cff, of what the reviews state; what they do not state is left out."""
    first = reviews[0] if len(reviews) == 1 else None
    names = list(dict.fromkeys(name for review in reviews for name in review.authors))
    given: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Cite the reviews that this was taken from; they are listed as references.",
        "type": "dataset",
        "title": first.title if first else "; ".join(review.title for review in reviews),
        # The format demands an author; where no review states one, this says so.
        "authors": [_author(name) for name in names] or [{"name": word("not_stated")}],
    }
    if first and first.doi:
        given["doi"] = first.doi
    given["references"] = [_reference(review) for review in reviews]
    text = io.StringIO()
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 1000
    writer.dump({name: value for name, value in given.items() if value}, text)
    return text.getvalue()


def _reference(review: ReviewView) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "article",
        "title": review.title,
        "authors": [_author(name) for name in review.authors] or [{"name": word("not_stated")}],
        "year": review.year,
        "doi": review.doi,
        "notes": "; ".join(
            part
            for part in (
                review.citation,
                f"{word('col.licence')}: {review.licence or word('not_stated')}",
                review.acknowledgement,
            )
            if part
        ),
    }
    return {name: value for name, value in found.items() if value}


def _author(name: str) -> dict[str, str]:
    parts = name_of(name)
    if not parts.given:
        return {"name": name}
    suffix = {"name-suffix": parts.suffix} if parts.suffix else {}
    return {"family-names": parts.family, "given-names": parts.given, **suffix}


def describe(folder: Path, reviews: Sequence[ReviewView], files: Mapping[str, str]) -> None:
    """Write ``ro-crate-metadata.json``: every file, and the reviews that they are taken from."""
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    crate = ROCrate()
    crate.name = "; ".join(review.title for review in reviews)
    crate.description = word("tagline")
    licences = {review.licence for review in reviews}
    stated = licences.pop() if len(licences) == 1 else None
    crate.license = stated or word("not_stated")
    based = []
    for review in reviews:
        known = {
            "@type": "ScholarlyArticle",
            "name": review.title,
            "datePublished": str(review.year) if review.year else None,
            "author": review.authors or None,
            "identifier": f"https://doi.org/{review.doi}" if review.doi else None,
            "license": review.licence or word("not_stated"),
            "citation": review.citation,
            "keywords": ", ".join(review.keywords),
            "creditText": review.acknowledgement,
        }
        entity = ContextEntity(
            crate,
            f"#review-{review.id}",
            properties={name: value for name, value in known.items() if value},
        )
        based.append(crate.add(entity))
    crate.root_dataset["isBasedOn"] = based
    for name, address in files.items():
        said = {
            "name": address,
            "encodingFormat": _MEDIA.get(PurePosixPath(name).suffix, "application/octet-stream"),
            "contentSize": str((folder / name).stat().st_size),
        }
        crate.add_file(dest_path=name, properties=said, source=folder / name)
    crate.metadata.write(folder)


def readme(reviews: Iterable[ReviewView], *, pages: int) -> str:
    """README.txt: what this is, for somebody who finds it in a folder."""
    lines = [
        word("tagline"),
        "",
        "Open index.html in a browser. No server and no connection are needed.",
        f"{pages} pages. Beside a page, or where it links to, files hold its answers:",
        ".json as the API of theorygraph gives them, .csv as tables.",
        "search.html finds records by words; search.json is what it looks in.",
        "embed/ has small views of single mechanisms, gap cells and chains, for an <iframe>.",
        "addresses.json says which address of a theorygraph server each file stands for.",
        "CITATION.cff and ro-crate-metadata.json say whose work this is taken from.",
        "",
        "Questions in words and sensitivity by other limits need a server: theorygraph serve.",
        "",
    ]
    for review in reviews:
        lines += [
            review.citation or f"{', '.join(review.authors)} {review.title}".strip(),
            f"  {word('col.licence')}: {review.licence or word('not_stated')}",
            *([f"  {review.acknowledgement}"] if review.acknowledgement else []),
            f"  {record('review', review.id)}" + (f", doi:{review.doi}" if review.doi else ""),
        ]
    return "\n".join([*lines, "", f"theorygraph {product_version()}", ""])
