"""Values that look damaged on their way here: they say less than they seem to."""

from __future__ import annotations

import re

_NO_TITLE = re.compile(
    r"\W*(?:(?:no|untitled|missing|unknown|without|title) ?(?:title|document|record)?"
    r"(?: (?:not )?(?:available|supplied|given|provided))?|n/?a|null|none|title|tbd|\?+)\W*",
    re.IGNORECASE,
)
_LETTERS_LOST = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]|\?\?|[ÃÂ][\u0080-\u00bf]|â€")
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\W*$")
_PAIRS = (("(", ")"), ("[", "]"), ("<", ">"))
_DOI_UNFINISHED = re.compile(r"/(?:s|j|full|abs|pdf|doi)?$|[./(<\[:-]$|\.\.\.|…|\ufffd")


def damaged_title(title: str) -> bool:
    """True for a title of which letters are lost, that is cut off, or that says there is none."""
    return bool(_NO_TITLE.fullmatch(title) or _LETTERS_LOST.search(title) or _CUT_OFF.search(title))


def damaged_doi(doi: str) -> bool:
    """True for a DOI of which the end, or a bracket's other half, is missing."""
    return bool(
        _DOI_UNFINISHED.search(doi)
        or any(doi.count(opens) != doi.count(closes) for opens, closes in _PAIRS)
    )
