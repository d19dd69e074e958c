"""The words of questions, read from the tables beside this module.

They are `forms.txt`, `frames.txt`, `phrases.txt` and `refusals.txt`. A table has sections,
`== name`, of lines; a line that begins with a space goes on with the one before, and `#` begins a
remark. `help~` stands for the forms of a regular verb. How a pattern is read says `grammar`.
"""

from __future__ import annotations

import re
from importlib import resources

from graph.answers import Asked

SLOTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("thing", "other", "about_that"), ("mechanism", "concept", "configuration", "theory")
    ),
    **dict.fromkeys(("part", "with"), ("mechanism", "concept")),
    **dict.fromkeys(("start", "end"), ("concept", "mechanism")),
    **dict.fromkeys(("concept", "context"), ("concept",)),
    **dict.fromkeys(("source", "without", "not_source"), ("source",)),
    **dict.fromkeys(("review", "first", "second", "third"), ("review",)),
    **dict.fromkeys(("level", "without_level", "not_level"), ("level",)),
    **dict.fromkeys(("audience", "audience_too"), ("audience",)),
    "mechanism": ("mechanism",),
    **dict.fromkeys(("perspective", "not_perspective"), ("perspective",)),
    **dict.fromkeys(("setting", "not_setting"), ("setting",)),
    "stage": ("stage",),
    "topic": ("topic",),
    "whose": ("level", "perspective"),
    "record": (
        *("mechanism", "concept", "configuration", "theory"),
        *("review", "source", "finding"),
    ),
}
"""What a slot may name, in the order in which it is looked for."""

FREE: dict[str, str] = {
    "rest": r"(?:\S+ )+?",
    "claim": r"(?:\S+ )+",
    "counted": r"(?:[a-z0-9]+ )+?",
    "year": r"(?:19|20)\d\d ",
    "to": r"(?:19|20)\d\d ",
}
"""What may be any words, or a year."""

SETS = {
    "noun": "source_kind",
    "kinds": "source_kind",
    "not_kinds": "not_source_kind",
    "verb": "stance",
    "sided": "stance",
    "finding": "kind",
    "listed": "kind",
    "status": "stated",
    "inner": "role",
    "fact": "item",
}
"""The filter that a choice sets, where it bears another name."""


JUDGED = "it asks for a judgement, and the graph holds what reviews state, not what is best"


def _forms_of(verb: re.Match[str]) -> str:
    """The forms of a regular verb."""
    word = verb[1]
    stem = word[:-1] if word.endswith("e") else word
    third = f"{stem}es" if word.endswith(("e", "s", "sh", "ch", "x")) else f"{word}s"
    return f"({word} | {third} | {stem}ed | {stem}ing)"


def _sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    text = re.sub(r"([a-z]+)~", _forms_of, text)
    for line in text.splitlines():
        if line.startswith("== "):
            lines = found.setdefault(line.removeprefix("== "), [])
        elif line.startswith(" "):
            lines[-1] += f" {line.strip()}"
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def _named(lines: list[str]) -> dict[str, str]:
    """Lines of `name: words`; `-` is the empty name."""
    pairs = (line.partition(": ") for line in lines)
    return {name if name != "-" else "": words for name, _, words in pairs}


def _headed(sections: dict[str, list[str]], head: str) -> dict[str, list[str]]:
    return {
        name.removeprefix(head): lines for name, lines in sections.items() if name.startswith(head)
    }


_PHRASES = _sections("phrases.txt")
_REFUSALS = _sections("refusals.txt")
FORMS = {Asked(name): lines for name, lines in _sections("forms.txt").items()}
"""Every form, by the question that it asks, in the order in which they are tried."""
FRAMES = {Asked(name): lines for name, lines in _sections("frames.txt").items()}
"""Wider forms, which are tried where none of the others fits."""
LISTS = {name: frozenset(words.split()) for name, words in _named(_PHRASES["lists"]).items()}
"""Lists of words."""
MACROS = _named(_PHRASES["words"]) | _named(_PHRASES["fillers"])
"""Words that many patterns share."""
SAYING = frozenset(re.findall(r"[a-z]+", MACROS["says"]))
"""Words after which a claim may follow, in words of its own."""
CHOICES = {name: _named(lines) for name, lines in _headed(_PHRASES, "choice ").items()}
"""Choices of words, by the value that they set; an empty value sets nothing."""
CHOICES["not_kinds"] = CHOICES["kinds"]
NARROWING = _headed(_PHRASES, "narrowed by ")
"""Phrases that narrow a question; they may stand anywhere in it."""
BEGINNING, ENDING = _named(_PHRASES["courtesies"]).values()
"""What may stand before and after a question."""
NO_RECORD = _headed(_REFUSALS, "no record answers it: ")
"""What no record can answer, by the reason."""
BY_HALF = _headed(_REFUSALS, "answered by half only: ")
"""What could be answered by half only, by the reason."""
OFFERED = [(line.partition(" => ")[0], line.partition(" => ")[2]) for line in _REFUSALS["offered"]]
"""Questions as they can be put, with what they bring: help, and what a refusal offers."""
