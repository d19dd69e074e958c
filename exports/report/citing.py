"""citeproc's elements where they stray from CSL: what is said twice, of nothing, or out of order.

A class of a name that citeproc has already takes its place when a style is read.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement
from citeproc.source import VariableError

_LABELS = frozenset(
    {"accessed", "edition", "editor", "issue", "number-of-volumes", "page", "section", "translator"}
    | {"volume", "director", "interviewer", "illustrator", "editortranslator", "chapter-number"}
)
"""Terms that say what a number or name behind them is."""
_LABEL = re.compile(r"\W*(?:edition|edns?|eds?n|auflage|édition|edición)\W*", re.IGNORECASE)
_CLAIMED = frozenset({"in press", "forthcoming", "advance-online-publication", "preprint"})
_CLAIMS = re.compile(
    r"preprint|(?:advance access )?published(?: online)?|epub|ahead of print|in press|forthcoming"
    r"|online first|unpublished|ph\.? ?d|doctora|master",
    re.IGNORECASE,
)
"""What styles say of an article without a volume, or of a thesis, and nobody has said of it."""
_MARKS = re.compile("[\ue000-\uf8ff“”‘’\"'«»„]")


def _count(item: Any, text: Any) -> Any:
    """Count a variable that a style has asked for, and whether anything came of it."""
    item["said"] = item.get("said", 0) + bool(text)
    return text


def _asked(item: Any) -> None:
    item["asked"] = item.get("asked", 0) + 1


class _Plain:
    """What a style puts before and behind claims nothing either."""

    def wrap(self: Any, text: Any) -> Any:
        """The text between its prefix and suffix."""
        for name in ("prefix", "suffix"):
            if _CLAIMS.search(self.get(name) or ""):
                self.set(name, _CLAIMS.sub("", self.get(name)).replace("  ", " "))
        return super().wrap(text)  # type: ignore[misc]


class Text(_Plain, model.Text, CitationStylesElement):  # type: ignore[misc]
    """Text: a variable that is asked for is counted; no word of a style's own claims anything."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The text, and its language."""
        if not self._may_be_said(item):
            return None, "en"
        if self.get("variable") in (None, *self.generated_variables):
            return super().process(item, context, **kwargs)
        _asked(item)
        text, language = super().process(item, context, **kwargs)
        if text:
            item.setdefault("spoken", []).append((self.tag, self.get("variable")))
        return _count(item, text), language

    def _may_be_said(self, item: Any) -> bool:
        """False for the label of what is not there, and for `Preprint` of what is none."""
        term, value = self.get("term"), self.get("value") or ""
        if term in _LABELS:
            return any(name in item.reference for name in (term, term.replace("-", "_")))
        if _LABEL.fullmatch(value):
            return False  # no source says an edition
        if term in _CLAIMED or _CLAIMS.search(value):
            said = str(item.reference.get("dated") or "").casefold()
            return (term or value).casefold().strip("[]() ") in said
        return True


class Label(model.Label, CitationStylesElement):  # type: ignore[misc]
    """The label of a number, which says nothing where there is none."""

    def process(self, item: Any, variable: Any = None, *args: Any, **kwargs: Any) -> Any:
        """The label as text."""
        of = (variable or self.get("variable")).replace("-", "_")
        if variable is None and of != "locator" and of not in item.reference:
            return None
        return super().process(item, variable, *args, **kwargs)


class Number(_Plain, model.Number, CitationStylesElement):  # type: ignore[misc]
    """A number, counted."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The number as text."""
        _asked(item)
        return _count(item, super().process(item, context, **kwargs))


class Date(_Plain, model.Date, CitationStylesElement):  # type: ignore[misc]
    """A date, counted."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """The date as text."""
        _asked(item)
        return _count(item, super().process(item, *args, **kwargs))


class Names(model.Names, CitationStylesElement):  # type: ignore[misc]
    """Names, counted."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """The names as text."""
        _asked(item)
        return _count(item, super().process(item, *args, **kwargs))


class Group(_Plain, model.Group, CitationStylesElement):  # type: ignore[misc]
    """A group, which says nothing where all that it asks for is empty."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The group as text."""
        asked, said = item.get("asked", 0), item.get("said", 0)
        delimiter = self.get("delimiter", "")
        output = []
        for child in self.iterchildren():
            if isinstance(child, model.Choose):
                kwargs["delimiter"] = delimiter
            else:
                kwargs.pop("delimiter", None)
            try:
                text = child.render(item, context=context, **kwargs)
            except VariableError:
                continue
            if text is not None:
                output.append(text)
        if not output or (item.get("asked", 0) > asked and item.get("said", 0) == said):
            raise VariableError
        return self.join(output)


class Substitute(model.Substitute, CitationStylesElement):  # type: ignore[misc]
    """What stands in place of names is not said again."""

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """The first child that says something."""
        spoken = item.setdefault("spoken", [])
        before = len(spoken)
        text = super().render(item, context=context, **kwargs)
        repressed = context.get_layout().repressed
        for tag, variable in spoken[before:]:
            repressed.setdefault(tag, []).append(variable)
        return text


class Sort(model.Sort, CitationStylesElement):  # type: ignore[misc]
    """Sorting as people read: without case, accents and quotation marks."""

    def sort(self, items: list[Any], context: Any) -> list[Any]:
        """The items in the style's order; what a key says nothing of comes last."""
        ordered = list(items)
        for key in reversed(self.findall("cs:key", self.nsmap)):
            values = dict(zip(map(id, items), key.sort_keys(items, context), strict=True))
            descending = key.get("sort", "ascending").lower() == "descending"
            known = [item for item in ordered if values[id(item)] not in (None, "")]
            known.sort(key=lambda item: _collated(values[id(item)]), reverse=descending)
            rest = [item for item in ordered if values[id(item)] in (None, "")]
            ordered = [*known, *rest]
        return ordered


def _collated(value: Any) -> tuple[bool, int, str]:
    text = _MARKS.sub("", str(value)).strip()
    if text.isdigit():
        return False, int(text), ""
    plain = unicodedata.normalize("NFKD", text)
    return True, 0, "".join(char for char in plain if not unicodedata.combining(char)).casefold()
