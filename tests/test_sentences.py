"""No sentence of the product asserts what no field feeds: each one stands in a list with its field.

`sentences.txt` holds every sentence and label of answers, text, pages, maps, reports and figures
that says something of reviews: that there is none of a thing, who looked, why, what supports what.
Above them stands which field of which record feeds the claim, or that they speak of the program. A
sentence that is new, or changed, has to be put there, which is the moment to ask what feeds it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

import graph.answers
from graph.schema import kinds

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("sentences.txt")
PLACES = (
    "graph/answers/*.py",
    "graph/questions/*.py",
    "graph/questions/linting/*.py",
    "visualise/*.py",
    "exports/**/*.py",
    "api/site/*.py",
    "api/cli/text/*.py",
)
"""Where sentences of answers stand. What `graph/questions/asking` says repeats the question."""
APART = {
    "graph/questions/linting/vocabulary.py": "words that lint looks for",
    "graph/questions/linting/rules.py": "what the rules of lint do, which is docs/lint.md",
    "exports/examples.py": "illustrative rows of the workbook",
    "exports/workbook.py": "how a workbook is filled in",
}
"""Modules whose texts are about no review."""
CLAIMING = re.compile(
    r"\b(?:no|none|not|nobody|nothing|never|without|absent|absence|searched|missing|lack\w*|neither"
    r"|because|since|reason|therefore|too|insufficient|scarce|rarely|due|states?|stated|reports?"
    r"|reported|supports?|supported|challenges?|challenged|only|alone|looked|excluded)\b",
    re.IGNORECASE,
)
PROGRAM = "the program"


def templates(file: Path) -> Iterator[str]:
    """The texts of a module that may claim something; what is filled in stands as `{}`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    aside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Raise):  # docstrings, and errors
            aside |= set(ast.walk(node)) if _apart(node) else set()
        elif isinstance(node, ast.keyword) and node.arg in ("description", "hint", "expected"):
            aside |= set(ast.walk(node.value))
        elif isinstance(node, ast.JoinedStr):
            aside |= set(node.values)
    for node in ast.walk(tree):
        text = "" if node in aside else _template(node)
        if " " in text and CLAIMING.search(text):
            yield " ".join(text.split())


def _apart(node: ast.Expr | ast.Raise) -> bool:
    return isinstance(node, ast.Raise) or isinstance(node.value, ast.Constant)


def _template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return ""


def listed() -> dict[str, list[str]]:
    """The list: what feeds them, and the sentences."""
    found: dict[str, list[str]] = {}
    head = ""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            head = line.removeprefix("== ")
            found.setdefault(head, [])
        elif line.strip():
            found[head].append(line)
    return found


def test_every_sentence_that_claims_something_is_listed_with_what_feeds_it() -> None:
    written = {
        text
        for place in PLACES
        for file in sorted(ROOT.glob(place))
        if file.relative_to(ROOT).as_posix() not in APART
        for text in templates(file)
    }
    known = [text for texts in listed().values() for text in texts]
    assert sorted(written - set(known)) == [], "new: put them into sentences.txt with their field"
    assert sorted(set(known) - written) == [], "no longer in the code"
    assert sorted(text for text in known if known.count(text) > 1) == [], "listed twice"
    assert len(known) > 200


def test_what_feeds_a_sentence_is_a_field_of_a_record_or_of_an_answer() -> None:
    models: dict[str, type[BaseModel]] = {name: kind.model for name, kind in kinds().items()}
    models |= {
        name: held
        for name in graph.answers.__all__
        if isinstance(held := getattr(graph.answers, name), type) and issubclass(held, BaseModel)
    }
    wrong = []
    for head in listed():
        if head.startswith(f"{PROGRAM}: "):
            continue
        for feed in head.split(", "):
            kind, _, name = feed.partition(".")
            if kind not in models or (name and name not in models[kind].model_fields):
                wrong.append(feed)
    assert wrong == []


def test_no_reason_stands_in_code() -> None:
    """A reason is a record's, quoted; the code has `because` and `reason` only before it."""
    fed = [
        text
        for head, texts in listed().items()
        if not head.startswith(PROGRAM)
        for text in texts
        if re.search(r"\b(?:because|reason|since|therefore|due to)\b", text)
    ]
    assert [
        text for text in fed if not re.search(r"(?:because|reason|\{\}):? “?\{|no reason", text)
    ] == []
