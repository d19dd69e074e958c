"""What tests of the pages share: a reader of HTML, and two reviews with something to show."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from graph.model import (
    Appraisal,
    Concept,
    Configuration,
    Evidence,
    Grade,
    Mechanism,
    MergedBy,
    Part,
    Reference,
    Review,
    ReviewBundle,
    SameAs,
    Source,
    SourceKind,
    Stance,
)

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class Seen(HTMLParser):
    """Links, ids, text and scripts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._raw = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self._raw = tag if tag in ("script", "style") else ""
        self.links += [value for name in ("href", "src") if (value := given.get(name))]
        if given.get("id"):
            self.ids.add(str(given["id"]))

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if not self._raw:
            self.words += data


def illustrative_pair() -> list[ReviewBundle]:
    """Two made-up reviews for which every question about soundness has an answer.

    `one` has a chain that rests on one paper, two appraisers who disagree, two reference files
    with a record in common, and two mechanisms of nearly the same name; `two` declares a mechanism
    and a concept to be the same as those of `one`, and has one of the same name that it does not.
    """
    return [_one(), _two()]


def _one() -> ReviewBundle:
    def part(name: str) -> list[Part]:
        return [Part(concept=f"one:{name}")]

    return ReviewBundle(
        review=Review(id="one", title="Illustrative review one"),
        sources=[
            Source(id="one:paper", kind=SourceKind.PAPER, title="Illustrative paper"),
            Source(id="one:other", kind=SourceKind.PAPER, title="Illustrative other paper"),
        ],
        mechanisms=[
            Mechanism(id="one:trust", name="Trust among staff", description="Staff feel safe."),
            Mechanism(id="one:trusting", name="Trust among staffs", description="Staff think."),
            Mechanism(id="one:namesake", name="Namesake", description="Staff decide."),
        ],
        concepts=[Concept(id=f"one:{name}", name=f"Illustrative {name}") for name in "abc"],
        configurations=[
            Configuration(
                id=f"one:{start}{end}",
                name=f"Illustrative step {start}{end}",
                mechanisms=["one:trust"],
                contexts=part(start),
                reasonings=[Part(concept="one:b")] if start == "a" else [],
                outcomes=part(end),
            )
            for start, end in ("ab", "bc")
        ],
        evidence=[
            Evidence(
                id=f"one:e{n}",
                source="one:paper",
                configuration=f"one:{which}",
                stance=Stance.SUPPORTS,
                statement=f"An illustrative statement {n}.",
            )
            for n, which in enumerate(("ab", "bc"))
        ],
        appraisals=[
            Appraisal(id=f"one:{who}{n}", evidence=f"one:e{n}", appraiser=who, rigour=grade)
            for who, grades in (("Ada", "hl"), ("Bo", "hm"))
            for n, grade in enumerate(
                {"h": Grade.HIGH, "m": Grade.MODERATE, "l": Grade.LOW}[letter] for letter in grades
            )
        ],
        references=[
            Reference(id="one:r1", source="one:paper", file="a.ris", row=1, fields=_fields("A")),
            Reference(
                id="one:r2",
                source="one:paper",
                file="b.ris",
                row=7,
                fields=_fields("B"),
                merged_by=MergedBy.DOI,
            ),
            Reference(id="one:r3", source="one:other", file="b.ris", row=9, fields=_fields("C")),
        ],
    )


def _two() -> ReviewBundle:
    return ReviewBundle(
        review=Review(id="two", title="Illustrative review two"),
        mechanisms=[
            Mechanism(id="two:trust", name="Confidence", description="Staff rely on it."),
            Mechanism(id="two:namesake", name="Namesake", description="Staff think."),
        ],
        concepts=[Concept(id="two:a", name="Illustrative A of two")],
        same_as=[
            SameAs(
                id="two:s1",
                mechanism="two:trust",
                same_as="one:trust",
                declared_by="Ada",
                note="An illustrative note.",
            ),
            SameAs(id="two:s2", concept="two:a", same_as="one:a"),
            SameAs(id="two:s3", concept="two:a", same_as="three:a"),
        ],
    )


def _fields(title: str) -> str:
    return json.dumps({"TI": [f"Illustrative title {title}"]})
