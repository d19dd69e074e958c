"""Which reviews a page is to be cited with: those whose records it shows, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BaseModel

from api.site.page_model import FOLDERS, Table
from graph.answers import ReviewView
from graph.model import LOCAL_ID
from graph.questions.records import review_views, reviews
from graph.store import Store

_MOST = 200
"""Reviews that are cited for an answer that shows none of them, at most."""
_OWNED = re.compile(rf"({LOCAL_ID}):(?=\S)")
"""How the id of a record begins: with that of its review."""


def cited(store: Store, *shown: Any, of: ReviewView | None = None) -> list[ReviewView]:
    """The reviews whose records are shown, in the order of ids.

    Where none is shown, the answer is that no review has any: then they are those that are held.

    Args:
        store: where the reviews are.
        shown: answers, parts of answers, and tables.
        of: the review that the page is of, if it is of one; it comes first.
    """
    ids = {id_ for part in shown for id_ in _reviews_in(part)} - {of.id if of else ""}
    found = review_views(store, sorted(ids)) if ids else []
    if of is not None:
        return [of, *found]
    return found or reviews(store, limit=_MOST).items


def _reviews_in(part: Any, field: str = "") -> Iterator[str]:
    """What may be the id of a review: of records, by their own ids or by the field."""
    if isinstance(part, str):
        owned = _OWNED.match(part)
        if owned:
            yield owned[1]
        elif field in ("review", "reviews"):
            yield part
    elif isinstance(part, Table):
        for row in part.rows:
            yield from _reviews_in(row.id, "review")
            for cell in row.cells:
                for address in (cell.to, *(to for _, to in cell.links)):
                    yield from _in_address(address or "")
    elif isinstance(part, BaseModel):
        if isinstance(part, ReviewView) or field == "reviews":
            yield from _reviews_in(getattr(part, "id", None), "review")
        for name in type(part).model_fields:
            yield from _reviews_in(getattr(part, name), name)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from _reviews_in(value, str(name))
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _reviews_in(one, field)


def _in_address(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    _, _, rest = parts.path.partition("/")
    folder, _, record = rest.partition("/")
    if folder in FOLDERS.values():
        yield from _reviews_in(unquote(record.partition("/")[0]), "review")
    for name, value in parse_qsl(parts.query):
        yield from _reviews_in(value, name)
