"""Exports that cannot be read, known by what is in them: what they are, and which ones can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import Problem
from loaders.references.delimited import headers
from loaders.tables import column_key


@dataclass(frozen=True, slots=True)
class Export:
    """An export by its name, what tells it, and the way to one that is read."""

    name: str
    tells: Sequence[str]
    instead: str

    def problem(self, file: str) -> Problem:
        """The problem with a file that is this export."""
        return Problem(
            file=file,
            message=f"this is {self.name}, which is not read",
            expected="RIS, BibTeX, CSL-JSON, EndNote XML, .nbib or REFI-QDA",
            hint=self.instead,
        )


_TABLES = (
    Export(
        "a CSV export of Scopus",
        ("authors", "title", "source_title", "eid"),
        "in Scopus: tick the documents, Export, RIS",
    ),
    Export(
        "a CSV export of Embase",
        ("title", "embase_accession_id"),
        "in Embase: tick the results, Export, RIS format",
    ),
    Export(
        "a CSV export of Embase",
        ("title", "author_names", "source"),
        "in Embase: tick the results, Export, RIS format",
    ),
    Export(
        "a CSV export of IEEE Xplore",
        ("document_title", "publication_title", "authors"),
        "in IEEE Xplore: tick the results, Export, Citations, RIS",
    ),
    Export(
        "a CSV list of SpringerLink",
        ("item_title", "item_doi"),
        "SpringerLink gives RIS for single papers only: copy the column of DOIs into Zotero (Add "
        "Item by Identifier), then File, Export Library, RIS",
    ),
    Export(
        "a CSV export of Zotero",
        ("key", "item_type", "title", "author"),
        "in Zotero: File, Export Library, RIS (or BibTeX, CSL JSON)",
    ),
    Export(
        "a CSV export of PubMed",
        ("pmid", "title", "authors", "journal/book"),
        "in PubMed: Save, Format: PubMed; or Send to, Citation manager",
    ),
    Export(
        "a CSV export of Dimensions",
        ("publication_id", "doi", "title", "dimensions_url"),
        "in Dimensions: Save / Export, Export for reference manager (RIS)",
    ),
    Export(
        "a CSV export of Lens",
        ("lens_id", "title"),
        "in Lens: Export, RIS (or BibTeX)",
    ),
    Export(
        "a CSV list of Publish or Perish",
        ("cites", "authors", "title", "gsrank"),
        "in Publish or Perish: Save results as, RIS (or BibTeX)",
    ),
)
_AGAIN = "what is read again is a folder, a .zip or a workbook: theorygraph export REVIEW out.xlsx"
_STARTS = (
    Export(
        "a review as theorygraph writes it for programs", (r'\A\{\s*"review"\s*:\s*\{',), _AGAIN
    ),
    Export("JSON-LD", (r'\A\{\s*"@context"',), _AGAIN),
    Export("a blueprint of Kumu", (r'\A\{\s*"elements"\s*:\s*\[',), _AGAIN),
    Export("GraphML", (r"<graphml\b",), _AGAIN),
    Export(
        "the project file from inside a REFI-QDA archive (.qde)",
        (r"<Project\b[^>]*urn:QDA-XML:project", r"<Project\b[^>]*\borigin\s*="),
        "load the archive (.qdpx) itself: the texts that were coded are beside this file in it",
    ),
    Export(
        "PubMed's XML",
        (r"<PubmedArticleSet\b", r"<PubmedArticle\b"),
        "in PubMed: Save, Format: PubMed; or Send to, Citation manager",
    ),
    Export(
        "RDF, as Zotero exports it",
        (r"<rdf:RDF\b",),
        "in Zotero: File, Export Library, RIS (or BibTeX, CSL JSON)",
    ),
    Export("MODS", (r"<modsCollection\b", r"<mods\b"), "export RIS, BibTeX or CSL JSON instead"),
    Export(
        "a web page",
        (r"(?i)<!doctype html", r"(?i)<html\b"),
        "export the references as RIS; a page that was saved is none",
    ),
    Export(
        "PubMed's list for reading",
        (r"(?s)^1[.:] .{20,600}?\bPMID: \d+",),
        "in PubMed: Save, Format: PubMed (not Summary or Abstract)",
    ),
    Export(
        "RefWorks' tagged format",
        (r"(?m)^RT [A-Z]\w+ .*[\r\n]+(?:SR|ID|A1|T1) ",),
        "in RefWorks: Export, RIS format (or BibTeX)",
    ),
)
_BY_ENDING = {
    ".enl": ("an EndNote library", "in EndNote: File, Export, XML"),
    ".enlx": ("a packed EndNote library", "in EndNote: open it, then File, Export, XML"),
    ".nvp": ("an NVivo project", "in NVivo: Share, Export Project, REFI-QDA (.qdpx)"),
    ".nvpx": ("an NVivo project", "in NVivo: Share, Export Project, REFI-QDA (.qdpx)"),
    ".atlproj": ("an ATLAS.ti project", "in ATLAS.ti: Export, QDPX project"),
    ".hpr7": ("an ATLAS.ti project", "in ATLAS.ti: open it, then Export, QDPX project"),
    ".mx24": ("a MAXQDA project", "in MAXQDA: Home, Export project, REFI-QDA"),
    ".mx22": ("a MAXQDA project", "in MAXQDA: Home, Export project, REFI-QDA"),
    ".mx20": ("a MAXQDA project", "in MAXQDA: Home, Export project, REFI-QDA"),
    ".pdf": ("a PDF", "references: export them as RIS; coded texts: export the project as .qdpx"),
    ".docx": ("a Word document", "export the references from the library they were cited with"),
}


def known_by_start(start: str) -> Export | None:
    """The export that a text begins as, if it is one that is not read."""
    for export in _STARTS:
        if any(re.search(tells, start[:4096]) for tells in export.tells):
            return export
    return None


def known_by_header(start: str) -> Export | None:
    """The export that the header of a table is that of, if it is one that is not read."""
    for _, cells in headers(start):
        names = {column_key(cell) for cell in cells}
        for export in _TABLES:
            if names.issuperset(export.tells):
                return export
    return None


def known_by_ending(suffix: str) -> Export | None:
    """The kind of file that an ending stands for, if it is one that is not read."""
    found = _BY_ENDING.get(suffix.casefold())
    return Export(found[0], (), found[1]) if found is not None else None
