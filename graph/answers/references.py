"""Records of reference files, and how far the files overlap."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Named, Page
from graph.model import MergedBy


class ReferenceView(Answer):
    """One record of a reference file, and the source that it stands for."""

    id: str
    review: str
    source: Named
    file: str
    row: int | None = Field(description="Line or row at which it begins.")
    database: str | None
    merged_by: MergedBy | None = Field(
        description="What showed that it is a source that another record brought; null if it "
        "brought the source."
    )
    score: int | None = Field(description="For a merge by title: how alike, of 100.")
    decisions: list[str] = Field(
        default=[],
        description="What its file decides of it, stage by stage: `full-text: included`.",
    )
    fields: dict[str, list[str]] = Field(description="All that the record says.")
    text: str | None = Field(
        default=None, description="The record as it stands in its file, if it is a text."
    )
    encoding: str | None = Field(default=None, description="What the text was read as.")


class FileOverlap(Answer):
    """What one file holds."""

    file: str
    records: int
    sources: int = Field(description="Sources that its records stand for.")
    unique: int = Field(description="Sources that no other file has a record of.")


class Overlap(Answer):
    """Sources that are in just these files."""

    files: list[str]
    sources: int


class OverlapAnswer(Page[Overlap]):
    """Records by file and by overlap, and how many sources are left after merging.

    ``items`` are the sets of files that hold the same source, most sources first; their sources
    add up to ``sources``.
    """

    review: str
    records: int
    sources: int = Field(description="Distinct sources that the records stand for.")
    merged: int = Field(description="Records that stand for a source another record brought.")
    files: list[FileOverlap]
