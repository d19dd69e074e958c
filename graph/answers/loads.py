"""What was loaded, when, from which files."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer


class FileHash(Answer):
    """A file that was loaded, as it was."""

    name: str
    sha256: str = Field(
        description="Of the file; of a folder, of its files in order of names; empty if refused."
    )


class LoadView(Answer):
    """One load, or one that was refused and left the graph as it was."""

    id: str
    review: str = Field(description="Its review; of a refused load the one named, or empty.")
    at: str = Field(description="When it ended, as UTC in ISO 8601.")
    seconds: float
    files: list[FileHash]
    new: int
    changed: int
    unchanged: int
    removed: int
    merged: int = Field(description="Records of reference files that stand for another's source.")
    rejected: int = Field(description="Records of reference files that were left out.")
    warned: int = Field(description="Warnings that came with it.")
    refused: str | None = Field(default=None, description="Why nothing was loaded.")
