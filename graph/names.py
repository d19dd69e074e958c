"""How names are compared: ignoring case, accents, punctuation and spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from slugify import slugify

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_OF_ITS_OWN = re.compile(r"[&']|\d,\d")
"""What slugify treats in a way of its own even in ASCII: entities, apostrophes, thousands."""


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """`Working with power` as `working-with-power`; a text without letters stays as it is."""
    if _SLUG.fullmatch(text):
        return text
    if text.isascii() and _OF_ITS_OWN.search(text) is None:  # most names, at a tenth of the time
        return _BETWEEN.sub("-", text.lower()).strip("-") or text.strip().casefold()
    return slugify(text) or text.strip().casefold()


def node_key(kind: str, id_: str) -> str:
    """What a record is called among those of all kinds: an id is unique among its kind alone."""
    return f"{kind}/{id_}"


def name_keys(*names: str) -> list[str]:
    """The distinct keys that a record with these names answers to, sorted."""
    return sorted({slug(name) for name in names if name})


def nearest(word: str, known: Iterable[str], *, limit: int = 3, score: float = 60) -> list[str]:
    """The known words closest to a misspelt one, best first; none if nothing is close."""
    from rapidfuzz import fuzz, process  # only where something was misspelt: it takes a while

    words = list(known)
    for scorer in (fuzz.ratio, fuzz.WRatio):  # a misspelt word first, then a part of a name
        found = process.extract(
            word, words, scorer=scorer, processor=slug, limit=limit, score_cutoff=score
        )
        if found:
            return [match for match, _, _ in found]
    return []
