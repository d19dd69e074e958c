"""A store that is copied, put back and looked through."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer


class CopiedReview(Answer):
    """A review in a backup."""

    review: str
    records: int = Field(description="Records of the review, the review itself among them.")


class Backup(Answer):
    """What a backup holds."""

    file: str = Field(description="Where it is.")
    bytes: int
    reviews: list[CopiedReview]
    loads: int = Field(description="Loads on record in it.")


class Restored(Answer):
    """What became of a store when a backup was put back."""

    file: str = Field(description="Name of the backup.")
    restored: list[str] = Field(description="Reviews that were written as the backup has them.")
    unchanged: list[str] = Field(description="Reviews that stood as the backup has them.")
    removed: list[str] = Field(description="Reviews that the backup does not have.")


class ReviewCheck(Answer):
    """Whether a review in the store is what was written there."""

    review: str
    records: int
    problems: list[str] = Field(description="What is not whole; empty if all is.")


class StoreCheck(Answer):
    """Whether all that a store holds can be read and is what was written."""

    whole: bool
    reviews: list[ReviewCheck]
    loads: int = Field(description="Loads on record.")
    problems: list[str] = Field(description="What is wrong beside the reviews.")
