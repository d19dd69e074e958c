"""What pages claim, and whether records bear it out: a second program that reads the files alone.

A page claims something where it says that there is none of a thing, that somebody looked, why, or
how much evidence there is. Each such text must be the words of a record to which it leads, or a
sentence of the product that the files of the examples show to be true here. What is left then is no
claim. Nothing here asks the product for an answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from folders import reading_of
from gaps_by_hand import ByHand
from ruamel.yaml import YAML
from serving import EXAMPLES, SHIPPED

from graph.model import ReviewBundle

EMPIRICAL = {"paper", "grey", "synthesis"}
NOUN = r"(?:evidence|pieces?|works?|sources?|studies|papers?|synthes[ei]s|records?|rows)"
CLAIM = re.compile(
    r"\b(?:no|none|not|nobody|nothing|never|without|absent|absence|searched|missing|lack\w*"
    r"|neither|because|since|reason|therefore|too|insufficient|scarce|rarely|due)\b"
    rf"|\b(?:\d[\d,]*|one|two)\s+(?:\w+\s+){{0,2}}{NOUN}\b|\b{NOUN}:?\s+\d",
    re.IGNORECASE,
)
"""Words of absence, of searching and of reasons, and numbers of evidence."""
BLOCKS = frozenset(
    ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "summary", "option", "blockquote")
)
ASIDE = {
    "ul[@class='legend']/li": "what signs mean, from the table in docs/gaps.md",
    "table[@id='t-rules']//td": "what rules of lint do, as docs/lint.md has it",
    "p[starts-with(normalize-space(), 'Address of this page')]": "an address",
    "table[@id='edges-table']//td": "links between records that the table above it has",
    "form[@id='controls']//*": "filters of a map, which name what stands in its tables",
}
"""Parts of pages that speak of the program, and why they claim nothing of a review."""
INTERFACE = (
    r"Written by theorygraph [\d.]+; it needs no server\.",
    r"A cell has two marks: .* Neither overrides the other\.",
    r"The map needs JavaScript; everything on it stands on these pages too\.",
    r"What the rules of lint complain of need not be wrong\..*",
    r"Cohen’s kappa for each pair .* not settled\.",
    r"Filters hide; nothing moves, .*",
    r"Resource and reasoning together are a mechanism\..*",
    r"Circle: works; the area .* it is part of no cell\.",
    r"^\S+ stated (?:absent|scarce|unclear)$",  # what a map can be filtered by
    r"A source is what one or more records stand for\. Each record is kept as it came\.",
    r"Nothing is taken to be the same because it bears the same name\.",
    r"Works by how many chains of configurations break without them: a chain breaks if the work is "
    r"the only one that supports one of its steps\.",
    r"Items that are not here may be reported all the same; the checklist in the report has all "
    r"nineteen\.",
    r"Searching needs JavaScript\. Without it, the lists hold everything:",
    r"Nothing is left out\. A mechanism that rests on one work names it\.",
    r"Licences of sources are not kept here\.",
    r"^\d+ Where and when was searched, for what, how often\.$",  # what an item of RAMESES asks
    r"The rules complain of nothing here\.",  # what each rule finds has tests of its own
    r"^(?:Rests on one work|Reason|Stated numbers that no sum reaches|Searched|Absence)$",
)
"""Sentences about the program, and headings."""


def squeezed(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


@dataclass
class Review:
    """A review as its files have it."""

    folder: Path
    bundle: ReviewBundle
    hands: dict[str, ByHand] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.folder.name

    @cached_property
    def stated(self) -> dict[str, Any]:
        return dict(YAML(typ="safe").load(self.folder / "review.yaml"))

    @cached_property
    def tables(self) -> dict[str, list[dict[str, str]]]:
        return {
            file.stem: list(
                csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
            )
            for file in sorted(self.folder.glob("*.csv"))
        }

    def table(self, name: str) -> list[dict[str, str]]:
        return self.tables.get(name, [])

    def row(self, name: str, id_: str) -> dict[str, str]:
        local = id_.partition(":")[2]
        return next((row for row in self.table(name) if row["id"] == local), {})

    def by_hand(self, dimension: str) -> ByHand:
        if dimension not in self.hands:
            self.hands[dimension] = ByHand(self.bundle, [dimension])
        return self.hands[dimension]

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """Every text of a record that might be taken for a claim, with the ids of its records."""
        found: dict[str, set[str]] = {}
        for rows in self.tables.values():
            for row in rows:
                for value in row.values():
                    self._keep(found, value, f"{self.id}:{row['id']}")
                    if row.get("status"):  # a mechanism's page has its history
                        self._keep(found, value, f"{self.id}:{row['mechanism']}")
        for value in _leaves(self.stated):
            self._keep(found, value, self.id)
        return dict(sorted(found.items(), key=lambda one: -len(one[0])))

    @staticmethod
    def _keep(found: dict[str, set[str]], value: str, id_: str) -> None:
        text = squeezed(value or "")
        if len(text) > 3 and CLAIM.search(text):
            found.setdefault(text, set()).add(id_)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The stated numbers of the flow, by what they count."""
        steps = [step for stage in self.stated["search"] for step in stage["steps"]]
        return {step["name"]: step["n"] for step in steps if "n" in step}

    def kind_of(self, piece: dict[str, str]) -> str:
        return self.row("sources", f"{self.id}:{piece['source']}")["kind"]

    def evidence(
        self, record: str = "", dimension: str = "", value: str | None = None
    ) -> list[dict[str, str]]:
        """Rows of evidence: all, or about or from a record; those in a column where one is given.

        An empty value stands for what states none.
        """
        local = record.partition(":")[2]
        through = {
            row["id"]
            for row in self.table("configurations")
            if local and local in _list(row.get("mechanisms"))
        }
        targets = ("source", "mechanism", "concept", "configuration", "theory")
        found = [
            row
            for row in self.table("evidence")
            if not local
            or local in [row.get(name) for name in targets]
            or (row.get("configuration") or "-") in through
        ]
        if value is None:
            return found
        given: dict[str, Callable[[dict[str, str]], list[str]]] = {
            "level": lambda row: _list(row.get("levels")),
            "perspective": lambda row: _list(row.get("perspective")),
            "setting": lambda row: _list(row.get("setting")),
            "source kind": lambda row: [self.kind_of(row)],
        }
        return [row for row in found if value in (given[dimension](row) or [""])]

    def weight(self, pieces: list[dict[str, str]]) -> str:
        """How much evidence rows are, as every door is to say it."""
        sorts = {"paper": 0, "grey": 0, "synthesis": 1, "interview": 2, "consultation": 2}
        said = []
        for sort in range(3):
            mine = [piece for piece in pieces if sorts[self.kind_of(piece)] == sort]
            parts = []
            for stance, word in (
                ("supports", "for"),
                ("challenges", "against"),
                ("refines", "refining"),
            ):
                taking = [piece for piece in mine if piece["stance"] == stance]
                works = {piece["source"] for piece in taking}
                if works:
                    more = f" ({len(taking)} pieces)" if len(taking) != len(works) else ""
                    parts.append(f"{len(works)} {word}{more}")
            if parts:
                said.append(f"{self._sort(sort, mine)}: {', '.join(parts)}")
        return "; ".join(said) or "no evidence entered"

    def _sort(self, sort: int, pieces: list[dict[str, str]]) -> str:
        if sort != 1:
            return "primary works" if sort == 0 else "stakeholders"
        (local,) = {piece["source"] for piece in pieces}
        source = self.row("sources", f"{self.id}:{local}")
        named = ["one synthesis"]
        named += [f"{source['studies']} studies"] if source["studies"] else []
        named += ["not attributed"] if source["attribution"] == "collective" else []
        return ", ".join(named)

    def supported(self, record: str) -> bool:
        """Whether a paper, a grey report or a synthesis is for it."""
        return any(
            piece["stance"] != "challenges" and self.kind_of(piece) in EMPIRICAL
            for piece in self.evidence(record)
        )

    def names(self, record: str) -> bool:
        """Whether a finding names a record."""
        local = record.partition(":")[2]
        return any(
            local in _list(row.get(name))
            for row in self.table("findings")
            for name in ("mechanisms", "concepts", "configurations", "theories")
        )

    def plays(self, record: str) -> bool:
        """Whether a concept stands in a configuration."""
        local = record.partition(":")[2]
        return any(
            local in _list(row.get(name))
            for row in self.table("configurations")
            for name in ("contexts", "resources", "reasonings", "outcomes")
        )

    def joins(self) -> bool:
        """Whether the outcome of a configuration stands at the beginning of another."""
        rows = self.table("configurations")
        return any(
            set(_list(one["outcomes"]))
            & {
                local
                for name in ("contexts", "resources", "reasonings")
                for local in _list(o[name])
            }
            for one in rows
            for o in rows
            if one is not o
        )


def _list(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(";") if part.strip()]


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
    else:
        yield str(value)


FILES = {
    "mechanisms": "mechanisms",
    "configurations": "configurations",
    "concepts": "concepts",
    "sources": "sources",
    "theories": "theories",
    "findings": "findings",
    "evidence": "evidence",
}
LISTS = {**FILES, "sensitivity": "mechanisms"}
"""The file whose records a list shows."""
MARKS = (
    "searched, none found",
    "stated absent",
    "stated scarce",
    "stated unclear",
    "gap stated",
    "stated supported, evidence not entered",
    "incorporated",
    "cannot be filled by this search",
    "reported by a synthesis, not attributed",
    "searched, outcome not on record",
    "search on record",
    "nobody looked on record",
)
LEADS = {
    "Searched, and no empirical evidence is entered": "searched, none found",
    "Searched; whether anything was found is not on record": "searched, outcome not on record",
    "The search looked among other kinds of source": "cannot be filled by this search",
    "A synthesis reports on it and does not say which of its studies do": (
        "reported by a synthesis, not attributed"
    ),
    "No record says that this search covered exactly this": "search on record",
    "No record says that anybody looked here": "nobody looked on record",
}
"""How the sentence of a mark begins, and the mark whose records must bear it."""
_AMOUNT = r"\d+ (?:for|against|refining)(?: \(\d+ pieces\))?"
_SORT = r"(?:primary works|stakeholders|one synthesis(?:, \d+ studies)?(?:, not attributed)?)"
_ONE = rf"{_SORT}: {_AMOUNT}(?:, {_AMOUNT})*"
WEIGHT = rf"no evidence entered|{_ONE}(?:; {_ONE})*"
COUNTED = "Sources|Mechanisms|Concepts|Configurations|Theories|Evidence|Findings"


@dataclass
class Page:
    """A page of the published site."""

    name: str
    tree: Any
    reviews: dict[str, Review]
    words: dict[str, set[str]]
    """What records say, by :func:`words_of`."""

    aside = ASIDE
    interface = INTERFACE

    @property
    def rules(self) -> tuple[tuple[str, Rule], ...]:
        return RULES

    def holds(self, review: Review, piece: dict[str, str]) -> bool:
        """Whether a row of evidence is among those that the page is narrowed to."""
        return True

    @cached_property
    def path(self) -> list[str]:
        parts = list(PurePosixPath(self.name.removesuffix(".html")).parts)
        return parts[1:] if parts[0] == "embed" else parts

    @cached_property
    def review(self) -> Review | None:
        return next((self.reviews[one] for one in self.path if one in self.reviews), None)

    @cached_property
    def dimension(self) -> str:
        if "by" in self.path:
            return self.path[self.path.index("by") + 1].replace("-", " ")
        return "level"

    @cached_property
    def cell(self) -> bool:
        """Whether it is the page of one gap cell."""
        return self.path[0] == "gaps" and self.path[-1].isdecimal()

    @cached_property
    def subject(self) -> str:
        """The record that it is the page of."""
        if self.cell:
            return f"{self.path[1]}:{self.path[-2]}"
        if self.review and len(self.path) == 3 and self.path[0] in FILES:
            return "" if self.path[2] == "index" else f"{self.review.id}:{self.path[2]}"
        return self.review.id if self.review else ""

    @cached_property
    def text(self) -> str:
        return squeezed(self.tree.text_content())

    def leads_to(self, href: str) -> str:
        """The record whose page an address is."""
        place = PurePosixPath(self.name).parent
        parts: list[str] = []
        for part in (place / unquote(urlsplit(href).path)).parts:
            if part == "..":
                parts = parts[:-1]
            else:
                parts.append(part)
        if parts and parts[0] == "embed":
            parts = parts[1:]
        local = parts[-1].removesuffix(".html") if parts else ""
        if len(parts) == 3 and parts[0] in FILES and parts[1] in self.reviews and local != "index":
            return f"{parts[1]}:{local}"
        if len(parts) > 1 and parts[0] == "reviews":
            return parts[1].removesuffix(".html")
        return ""

    def ids_in(self, element: Any) -> set[str]:
        """The records that a part of the page names or links to."""
        found = set(
            re.findall(rf"\b(?:{'|'.join(self.reviews)}):[\w.-]*\w", " ".join(element.itertext()))
        )
        for each in element.iter():
            if isinstance(each.tag, str):
                found |= set((each.get("data-records") or "").split())
                found.add(each.get("data-row") or "")  # of a gap map, whose panel shows it
                if each.tag == "a" and each.get("href"):
                    found.add(self.leads_to(each.get("href")))
                if each.tag == "tr" and ":" in (each.get("id") or ""):
                    found.add(re.sub(r"^[a-z-]+-(?=\w+:)", "", each.get("id")))
        return found | {id_.partition(":")[0] for id_ in found}

    def column(self, shown: str) -> str:
        """The value that a column's name stands for; none if evidence does not state one."""
        if shown.endswith("not stated"):
            return ""
        names = {
            one["name"]: one["id"]
            for review in self.reviews.values()
            for kind in ("levels", "perspectives")
            for one in review.stated.get(kind, [])
        }
        return names.get(shown, shown)


@dataclass
class Spot:
    """A text of a page with what stands around it."""

    page: Page
    element: Any

    @cached_property
    def head(self) -> str:
        """What it is called: the head of its column, or the term before it."""
        if self.element.tag == "dd":
            return own_text(self.element.getprevious())
        if self.element.tag == "td":
            table = next(self.element.iterancestors("table"))
            heads = table.xpath("./thead/tr/th | ./thead/tr/td")
            place = list(self.element.getparent()).index(self.element)
            return own_text(heads[place]) if place < len(heads) else ""
        return ""

    @cached_property
    def text(self) -> str:
        own = own_text(self.element)
        return f"{self.head}: {own}" if own.isdecimal() and self.head else own

    @cached_property
    def scope(self) -> Any:
        """The row, entry or section that it stands in."""
        for each in self.element.iterancestors():
            part = each.tag == "div" and {"said", "quote"} & set((each.get("class") or "").split())
            if each.tag in ("tr", "li") or part or (each.tag == "section" and each.get("class")):
                return each
        return self.element

    @cached_property
    def under(self) -> str:
        """The review that the heading above it links to, where a page shows several."""
        for head in self.element.xpath("preceding::*[self::h2 or self::h3][.//a][1]"):
            return self.page.leads_to(head.find(".//a").get("href"))
        return ""

    @cached_property
    def ids(self) -> set[str]:
        found = self.page.ids_in(self.scope) | {self.page.subject, self.under}
        if self.page.path[0] == "maps":  # a configuration in a sentence: its parts are its own
            for review in self.page.reviews.values():
                for name in ("contexts", "resources", "reasonings", "outcomes"):
                    row = review.row("configurations", self.record)
                    found |= {f"{review.id}:{part}" for part in _list(row.get(name))}
        return found | ({self.page.review.id} if self.page.review else set())

    @cached_property
    def record(self) -> str:
        """The record that its row or page is about."""
        rows = [self.element, *self.element.iterancestors()]
        row = next((each for each in rows if each.tag == "tr"), None)
        if row is not None and row.xpath("ancestor::table[@id='nodes-table']"):
            return own_text(row[-1])
        if row is not None and row.get("data-row"):
            return str(row.get("data-row"))
        table = next(self.element.iterancestors("table"), None)
        if row is not None and table is not None and table.get("id") in ("gap-table", "gap-whole"):
            named = re.search(r"\[(\S+:\S+)\]$", own_text(row[1]))
            return named[1] if named else ""
        if row is not None:
            links = (self.page.leads_to(link.get("href")) for link in row.iter("a"))
            about = re.sub(r"^[a-z-]+-(?=\w+:)", "", row.get("id") or "")
            found = [about, *links] if about.partition(":")[0] in self.page.reviews else [*links]
            for each in found:
                if ":" in each:
                    return each
        return self.page.subject

    @cached_property
    def review(self) -> Review | None:
        table = next(self.element.iterancestors("table"), None)
        if table is not None and (table.get("id") or "").startswith("gaps-"):
            return self.page.reviews[table.get("id").removeprefix("gaps-")]
        owner = self.record.partition(":")[0]
        return self.page.reviews.get(owner) or self.page.review or self.page.reviews.get(self.under)

    @cached_property
    def value(self) -> str | None:
        """The column of a gap matrix that it stands in; none if it stands in none."""
        table = next(self.element.iterancestors("table"), None)
        name = "" if table is None else table.get("id") or ""
        if name.startswith("gaps-"):
            return "" if self.element.tag == "th" else self.page.column(self.head)
        if name.startswith("matrix-"):
            return ""
        if name == "gap-table":
            return self.page.column(own_text(self.element.getparent()[3]))
        if name == "gap-whole":
            return self.page.column(own_text(self.element.getparent()[2]))
        if name == "t-levels":
            return self.page.column(own_text(self.element.getparent()[0]))
        if "beside" in (self.element.get("class") or ""):
            return ""
        if self.page.cell:
            (title,) = self.page.tree.iter("h1")
            return self.page.column(own_text(title).rpartition(": ")[2])
        return None

    @cached_property
    def meant(self) -> list[dict[str, str]]:
        """The rows of evidence that it speaks of."""
        if self.review is None:
            held = [(one, row) for one in self.page.reviews.values() for row in one.evidence()]
        else:
            record = self.record if ":" in self.record else ""
            rows = self.review.evidence(record, self.page.dimension, self.value)
            held = [(self.review, row) for row in rows]
        narrowed = not self.head.endswith("before")  # the other columns of what is left
        return [row for one, row in held if not narrowed or self.page.holds(one, row)]

    def source(self, name: str) -> dict[str, str]:
        assert self.review is not None
        return self.review.row(name, self.record)


def own_text(element: Any) -> str:
    """What a block says itself, without blocks and marks inside it."""
    said: list[str] = []

    def take(each: Any, *, first: bool = False) -> None:
        if not first:
            if not isinstance(each.tag, str) or each.tag in {*BLOCKS, "script", "style", "svg"}:
                return
            if "mark" in (each.get("class") or "").split():
                said.append(" ")
                return
        said.append(each.text or "")
        for inner in each:
            take(inner)
            said.append(inner.tail or "")
        if not first and each.get("class"):
            said.append(" ")

    take(element, first=True)
    return squeezed("".join(said))


# -- what sentences of the product claim, and what the files say ---------------------------------

Rule = Callable[[Spot, "re.Match[str]"], bool]


def _count(spot: Spot, found: re.Match[str]) -> bool:
    """Records of a kind in the files; in a row of mechanisms, the evidence about one."""
    name, n = found[1].lower(), int(found[2])
    if spot.element.tag == "td" and ":" in spot.record:
        if name == "evidence":
            return n == len(spot.meant)
        if name == "configurations":
            local = spot.record.partition(":")[2]
            parts = ("contexts", "resources", "reasonings", "outcomes")
            rows = spot.review.table("configurations") if spot.review else []
            return n == sum(local in _list(row[part]) for row in rows for part in parts)
    owners = {id_.partition(":")[0] for id_ in spot.ids} & set(spot.page.reviews)
    return n in [len(spot.page.reviews[owner].table(name)) for owner in owners]


def _works(spot: Spot, found: re.Match[str]) -> bool:
    stance = {"for": "supports", "against": "challenges"}[found[1]]
    primary = [
        piece
        for piece in spot.meant
        if piece["stance"] == stance
        and spot.review
        and spot.review.kind_of(piece) in ("paper", "grey")
    ]
    return int(found[2]) == len({piece["source"] for piece in primary})


def _weight(spot: Spot, found: re.Match[str]) -> bool:
    if spot.element.tag == "li":  # a side of a contradiction, with each of its records
        for id_ in spot.page.ids_in(spot.element):
            owner = spot.page.reviews.get(id_.partition(":")[0])
            if owner and ":" in id_ and owner.weight(owner.evidence(id_)) == found[0]:
                return True
    if spot.review is not None:
        return found[0] == spot.review.weight(spot.meant)
    whole = [
        one.weight([row for row in one.evidence() if spot.page.holds(one, row)])
        for one in spot.page.reviews.values()
    ]
    whole = [text for text in whole if text != "no evidence entered"] or whole[:1]
    return all(part in found[0] for part in "; ".join(whole).split("; "))


def _nothing(spot: Spot, found: re.Match[str]) -> bool:
    heads = spot.element.xpath("preceding::*[self::h1 or self::h2][1]")
    head = own_text(heads[0]) if heads else ""
    if spot.page.path[0] in LISTS and spot.page.path[-1] == "index" and spot.page.review:
        return not spot.page.review.table(LISTS[spot.page.path[0]])
    return head == "Evidence" and not spot.meant


def _not_stated(spot: Spot, found: re.Match[str]) -> bool:
    """A field that is empty in the files, or evidence that names no level or the like."""
    if found[1]:
        assert spot.review is not None
        return bool(spot.review.evidence(spot.record, found[1], ""))
    name = {"Stated status": "status", "Licence": "licence"}.get(spot.head, spot.head)
    name = name.lower().replace(" ", "_")
    if spot.page.path[-1] == "flow":
        row = spot.element.getparent()
        assert spot.review is not None
        return own_text(row[0]) not in spot.review.numbers
    if spot.head in ("Contexts", "Resources", "Reasonings", "Outcomes"):
        return not spot.source("configurations").get(name)
    return any(
        not spot.source(file).get(name)
        for file in FILES
        if spot.review and spot.review.row(file, spot.record)
    )


def _history(spot: Spot, status: str) -> bool:
    owners = {spot.record.partition(":")[2], *(id_.partition(":")[2] for id_ in spot.ids)}
    shown = {id_.partition(":")[0] for id_ in spot.ids} & set(spot.page.reviews)
    rows = [row for one in shown for row in spot.page.reviews[one].table("history")]
    return any(row["status"] == status and {row["id"], row["mechanism"]} & owners for row in rows)


def _marked(spot: Spot, found: re.Match[str]) -> bool:
    """The sentence of a mark: the mark beside it has the word that the sentence is for."""
    labels = [own_text(one) for one in spot.scope.iter("bdi")]
    return any(label.startswith(LEADS[found[1]]) for label in labels)


def _stated_by(spot: Spot, found: re.Match[str]) -> bool:
    review = spot.page.reviews[found[1]]
    row = review.row("findings", found[4])
    stage = f"{review.id}:{row['searched']}" if row["searched"] else None
    return (row["name"], row["kind"], stage) == (found[3], "gap", found[2])


def _collective(spot: Spot, found: re.Match[str]) -> bool:
    row = spot.page.reviews[found[2].partition(":")[0]].row("sources", found[2])
    return (row["attribution"], row["studies"]) == ("collective", found[1])


def _boxes(spot: Spot, found: re.Match[str]) -> bool:
    """`search: harris2021, Stage 2, papers found: 5673, papers included: 36`."""
    review = spot.page.reviews[found[1]]
    stages = [stage for stage in review.stated["search"] if stage["name"] == found[2]]
    numbers = re.findall(r", (\D.*?): (\d+)", f", {found[3]}") if found[3] else []
    return len(stages) == 1 and all(review.numbers.get(name) == int(n) for name, n in numbers)


def _none_of(table: str, *, of_all: bool = False) -> Rule:
    def holds(spot: Spot, found: re.Match[str]) -> bool:
        owners = {id_.partition(":")[0] for id_ in spot.ids} & set(spot.page.reviews)
        asked = spot.page.reviews if of_all or not owners else owners
        return not any(spot.page.reviews[one].table(table) for one in asked)

    return holds


def _contradictions(spot: Spot, found: re.Match[str]) -> bool:
    """Nothing challenges it, and no two configurations go opposite ways."""
    local = spot.record if ":" in spot.record else ""
    review = spot.review
    assert review is not None
    pieces = review.evidence(local)
    return all(piece["stance"] != "challenges" for piece in pieces) and not [
        row
        for row in review.table("configurations")
        if not local or local.partition(":")[2] in _list(row.get("mechanisms"))
    ]


def _chains(spot: Spot, found: re.Match[str]) -> bool:
    owners = [spot.review] if spot.review else spot.page.reviews.values()
    return not any(one.joins() for one in owners)


def _side(spot: Spot, found: re.Match[str]) -> bool:
    """Works with evidence about the configurations that a side of a contradiction names."""
    ids = sorted(id_ for id_ in spot.page.ids_in(spot.element) if ":" in id_)
    works = {
        piece["source"]
        for id_ in ids
        for piece in spot.page.reviews[id_.partition(":")[0]].evidence(id_)
    }
    told = 0 if found[2] == "no works" else int(found[2].split()[0])
    return (int(found[1]), told) == (len(ids), len(works))


def _theorised(spot: Spot, found: re.Match[str]) -> bool:
    """No configuration of a contradiction has empirical evidence."""
    section = next(spot.element.iterancestors("section"))
    ids = [id_ for id_ in spot.page.ids_in(section) if ":" in id_]
    configurations = [
        (spot.page.reviews[owner], id_)
        for id_ in ids
        if (owner := id_.partition(":")[0]) and spot.page.reviews[owner].row("configurations", id_)
    ]
    return bool(configurations) and not any(review.supported(id_) for review, id_ in configurations)


def _parts_of(spot: Spot, name: str) -> list[str]:
    return [
        part
        for review in spot.page.reviews.values()
        for part in _list(review.row("configurations", spot.record).get(name))
    ]


def _nodes(spot: Spot) -> list[Any]:
    return list(spot.page.tree.xpath("//table[@id='nodes-table']/tbody/tr"))


def _drawn(spot: Spot, found: re.Match[str]) -> bool:
    """A number of the legend: the rows that are of this kind, each of them looked at by itself."""
    kinds = [own_text(row[1]).rpartition(": ")[2] for row in _nodes(spot)]
    details = [squeezed(row.text_content()) for row in _nodes(spot)]
    both = [
        f"computed support: {found[1]}" in text.casefold()
        for kind, text in zip(kinds, details, strict=True)
        if kind.startswith("incorporated")
    ]
    return int(found[2]) == kinds.count(found[1]) + sum(both)


def _is_collective(spot: Spot, id_: str, studies: str) -> bool:
    row = spot.page.reviews[id_.partition(":")[0]].row("sources", id_)
    return (row["attribution"], row["studies"]) == ("collective", studies)


def _alone(spot: Spot, found: re.Match[str]) -> bool:
    """All mechanisms of a review, where nobody declares any to be the same."""
    ids = spot.page.ids_in(spot.element) & set(spot.page.reviews)
    return not any(one.table("same-as") for one in spot.page.reviews.values()) and int(
        found[1]
    ) in [len(spot.page.reviews[id_].table("mechanisms")) for id_ in ids]


def _definition(spot: Spot, found: re.Match[str]) -> bool:
    return not spot.source("mechanisms").get("description")


def _rows(spot: Spot, found: re.Match[str]) -> bool:
    table = spot.element.xpath("following::table[1]")[0]
    return int(found[1]) == len(table.findall("tbody/tr")) <= int(found[2])


def _silent(spot: Spot, found: re.Match[str]) -> bool:
    assert spot.review is not None
    hand = spot.review.by_hand(spot.page.dimension)
    if spot.page.cell:
        return spot.value == "" or not hand.of_cell(spot.record, (spot.value or "",))
    return not hand.of_row(spot.record)


def cells_of(page: Page) -> Counter[str]:
    """The cells of a gap map by what evidence is entered, each of them looked at by itself."""
    rows = page.tree.xpath("//table[@id='gap-table']/tbody/tr")
    return Counter(own_text(row[4]) for row in rows)


def _sums(spot: Spot, found: re.Match[str]) -> bool:
    """The caption of a gap map: its cells by state, and each mark of a second program once."""
    assert spot.review is not None
    hand = spot.review.by_hand("level")
    rows = spot.page.tree.xpath("//tr/@data-row")
    columns = [one["id"] for one in spot.review.stated["levels"]]
    marks = [
        *hand.of_review(),
        *(mark for value in columns for mark in hand.of_column((value,))),
        *(mark for row in rows for mark in hand.of_row(row)),
        *(
            mark
            for row in rows
            for value in columns
            for mark in hand.of_cell(row, (value,))
            if mark[1] == "cell"
        ),
    ]
    words = Counter(word for word, *_ in marks)
    states = cells_of(spot.page)
    return (
        int(found[1]) == sum(states.values()) == len(rows) * len(columns)
        and _parted(found[2]) == states
        and _parted(found[3]) == words
    )


def _parted(text: str) -> Counter[str]:
    """`3 supported; 2 mixed` as numbers by word."""
    parts = (part.partition(" ") for part in text.split("; "))
    return Counter({word: int(n) for n, _, word in parts})


def _of_row(spot: Spot, label: str) -> bool:
    """A mark in a table of the gap map: the records in its row say it."""
    word = next(one for one in MARKS if label.startswith(one))
    return all(
        _bears(spot.page, word, id_) for id_ in spot.page.ids_in(spot.scope[-1]) if ":" in id_
    )


RULES: tuple[tuple[str, Rule], ...] = (
    (r"Pieces of evidence: (\d+)\. Works, each once: ", lambda s, m: int(m[1]) == len(s.meant)),
    (
        rf"^(?:{'|'.join(MARKS)})(?: into [^;(]*)?(?: \(for the [^;]*\))?$",
        lambda s, m: s.head == "The review says" and _of_row(s, m[0]),
    ),
    (r"\bbecause (?=[^·]+ · Locator: )", lambda s, m: bool(_parts_of(s, "reasonings"))),
    (r"^The same as tables: (\d+) records, \d+ links$", lambda s, m: int(m[1]) == len(_nodes(s))),
    (r"^\S? ?(none entered|synthesis|paper|concept, role not stated) (\d+)$", _drawn),
    (r"^concept, role not stated$", lambda s, m: bool(s.review) and not s.review.plays(s.record)),
    (
        r"^.* \[(\S+)\]: reports on its (\d+) studies together; not attributed to single ones\.$",
        lambda s, m: _is_collective(s, m[1], m[2]),
    ),
    (
        r"Reports on its (\d+) studies together; not attributed to single ones\.",
        lambda s, m: _is_collective(s, s.record, m[1]),
    ),
    (r"^Pieces: (\d+)$", lambda s, m: int(m[1]) == len(s.meant)),
    (r"^. none entered \((\d+)\)$", lambda s, m: int(m[1]) == cells_of(s.page)["none entered"]),
    (r"^\d+ rows × \d+ columns = (\d+) cells\. Evidence: (.*)\. The review, .*: (.*)\.$", _sums),
    (rf"^({COUNTED}): (\d+)$", _count),
    (rf"\b({COUNTED}): (\d+)(?= ·|$)", _count),
    (r"^Primary works (for|against): (\d+)$", _works),
    (r"^Studies: (\d+)$", lambda s, m: s.source("sources")["studies"] == m[1]),
    (WEIGHT, _weight),
    (r"\bnone entered\b", lambda s, m: not s.meant),
    (r"\bhad no support\b", lambda s, m: s.review is not None and not s.review.supported(s.record)),
    (r"^Nothing is held\.$", _nothing),
    (r"^The graph holds no evidence that fits\.$", lambda s, m: not s.meant),
    (
        r"^No finding about it is held\.$",
        lambda s, m: bool(s.review) and not s.review.names(s.record),
    ),
    (r"^No configuration with this mechanism is held\.$", _none_of("configurations")),
    (r"^(?:No contradiction about it is held|None is held)\.$", _contradictions),
    (r"^No definition is entered\.$", _definition),
    (r"^No mark beside the evidence\.$", _silent),
    (
        r"^No empirical work that counts supports .* \[(\S+)\]\.$",
        lambda s, m: bool(s.review) and m[1] == s.record and not s.review.supported(m[1]),
    ),
    (
        r"^Why no empirical work supports it, quoted from records: ",
        lambda s, m: bool(s.review) and not s.review.supported(s.record),
    ),
    (
        r"^The review (\w+) states it(?:, having searched \((\S+)\))?: (.*) \[(\S+)\]\.$",
        _stated_by,
    ),
    (
        r"^Reported by a synthesis \((\d+) studies\) that does not say which study shows what: "
        r".* \[(\S+)\]$",
        _collective,
    ),
    (r"\b(level|perspective|setting|source kind) not stated\b", _not_stated),
    (r"^()(?:not stated)$", _not_stated),
    (rf"({'|'.join(LEADS)})", _marked),
    (r"[Tt]he review states: no evidence\b", lambda s, m: _history(s, "no evidence")),
    (r"^no evidence (?=Stage)", lambda s, m: _history(s, "no evidence")),
    (r"(?<!the )search: (\w+), ([^,.;]*)(?:, ([^;]*?))?(?=[.;]|$)", _boxes),
    (r"; reason: (?=“)", lambda s, m: True),  # what is quoted there is a record's, or a claim
    (
        r"^No mechanism of this review is entered(?:; rows are what its evidence is about)?\.$",
        _none_of("mechanisms"),
    ),
    (
        r"^No mechanism of (\w+) is held here\.$",
        lambda s, m: not s.page.reviews[m[1]].table("mechanisms"),
    ),
    (
        r"^No (perspective|setting) is entered, so the matrix has no columns\.$",
        lambda s, m: True,
    ),
    (r"^No appraisals by appraiser are held \(appraisals\.csv\)\.$", _none_of("appraisals")),
    (r"^No reference file was loaded for this, so no records are held\.$", _none_of("references")),
    (r"mechanisms not declared to be the same as any of the others: (\d+)$", _alone),
    (r"^Nothing is declared to be the same\.$", _none_of("same-as", of_all=True)),
    (
        r"^No (?:mechanism|concept) is declared to be the same.*\.$",
        _none_of("same-as", of_all=True),
    ),
    (
        r"^No chain (?:fits|of at most \d+ configurations fits"
        r"|is held that breaks if a single work falls)\.$",
        _chains,
    ),
    (r"^Chains: 0\. With at least one work for each step: 0\.$", _chains),
    (r"\(records: (\d+); (no works|\d+ works?[^)]*)\)", _side),
    (r"\brests on no work, only on what the configurations state\b", _theorised),
    (
        r"^No paper, grey report or synthesis that counts supports or refines any of the \w+ "
        r"configurations\.$",
        _theorised,
    ),
    (
        r"^the review names a gap, not saying if there is none or little$",
        lambda s, m: s.source("findings")["kind"] == "gap" and not s.source("findings")["absence"],
    ),
    (
        r"^none$",
        lambda s, m: not (s.review and s.review.plays(s.record)),
    ),
    (r"^no$", lambda s, m: s.head in ("Shared", "Included", "In effect")),
    (r"^(\d+) of (\d+) rows$", _rows),
)
"""Sentences of the product that claim something, and what must hold in the files there."""


@cache
def shipped_reviews() -> dict[str, Review]:
    """The files of the shipped reviews."""
    return {
        name: Review(EXAMPLES / name, reading_of(EXAMPLES / name).accepted()) for name in SHIPPED
    }


def words_of(reviews: dict[str, Review]) -> dict[str, set[str]]:
    """The words of all records, the longest first."""
    whole: dict[str, set[str]] = {}
    for review in reviews.values():
        for text, ids in review.words.items():
            whole[text] = whole.get(text, set()) | ids
    return dict(sorted(whole.items(), key=lambda one: -len(one[0])))


def false_claims(page: Page) -> Iterator[str]:
    """What a page claims that no record bears out."""
    for each in page.tree.xpath(" | ".join(f"//{path}" for path in page.aside if page.aside[path])):
        each.set("data-aside", "1")
    body = page.tree.find("body")
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag in BLOCKS and not element.get("data-aside"):
            spot = Spot(page, element)
            left = spot.text
            if CLAIM.search(left):
                yield from _left(spot, left)
    yield from _false_marks(page)


def _left(spot: Spot, left: str) -> Iterator[str]:
    for pattern in spot.page.interface:
        left = re.sub(pattern, "", left)
    for pattern, holds in spot.page.rules:
        for found in re.finditer(pattern, left):
            if not holds(spot, found):
                yield f"not borne out: {found[0]} <{spot.element.tag}> in: {spot.text[:160]}"
        left = re.sub(pattern, "", left)
    if CLAIM.search(left):
        for text, ids in spot.page.words.items():
            if text in left:
                if not ids & spot.ids:
                    yield f"leads to none of {sorted(ids)[:3]}: {text[:120]}"
                left = left.replace(text, "«»")
    if CLAIM.search(left):
        yield f"nobody says: {left[:200]} <{spot.element.tag}>"


def _false_marks(page: Page) -> Iterator[str]:
    for element in page.tree.xpath("//*[contains(concat(' ', @class, ' '), ' mark ')]"):
        label = squeezed(element.findtext("bdi") or "")
        word = next((one for one in MARKS if label.startswith(one)), None)
        ids = set((element.get("data-records") or "").split())
        if word is None:
            yield f"no such word: {label}"
            continue
        if not ids and word != "nobody looked on record":
            yield f"{label}: no record"
        cell = next(
            (one for one in element.iterancestors("td", "th") if one.find(".//a") is not None), None
        )
        if cell is None and not all(id_ in page.text for id_ in ids):
            yield f"{label}: does not show {sorted(ids)}"
        if not all(_bears(page, word, id_) for id_ in ids):
            yield f"{label}: not what {sorted(ids)} say"
    for table in page.tree.xpath("//table[starts-with(@id, 'gaps-')]"):
        yield from _false_matrix(page, page.reviews[table.get("id").removeprefix("gaps-")], table)


def _bears(page: Page, word: str, id_: str) -> bool:
    """Whether a record can say a word, or is a search that looked."""
    review = page.reviews[id_.partition(":")[0]]
    if id_.partition(":")[2] in [stage["id"] for stage in review.stated["search"]]:
        return True
    finding, history = review.row("findings", id_), review.row("history", id_)
    if finding:
        absence = {
            "absent": "stated absent",
            "scarce": "stated scarce",
            "unclear": "stated unclear",
        }
        said = absence.get(finding["absence"], "gap stated")
        return finding["kind"] == "gap" and word in (said, "searched, none found")
    if history:
        said = {
            "no evidence": "stated absent",
            "incorporated": "incorporated",
            "supported": "stated supported, evidence not entered",
            "new": "nobody looked on record",
        }.get(history["status"], "")
        looked = ("searched, none found", "searched, outcome not on record", "search on record")
        return word == said or word in looked
    return review.row("sources", id_).get("attribution") == "collective"


def _false_matrix(page: Page, review: Review, table: Any) -> Iterator[str]:
    """A gap matrix: each cell, row and column with the marks that a second program finds."""
    hand = review.by_hand(page.dimension)
    heads = [page.column(own_text(head)) for head in table.findall("thead/tr/th")[1:]]
    for value, head in zip(heads, table.findall("thead/tr/th")[1:], strict=True):
        yield from _differs(f"column {value}", head, hand.of_column((value,)))
    for line in table.findall("tbody/tr"):
        row = page.leads_to(line[0].find("a").get("href"))
        yield from _differs(row, line[0], hand.of_row(row))
        for value, cell in zip(heads, line[1:], strict=True):
            yield from _differs(f"{row} {value}", cell, hand.of_cell(row, (value,)))


def _differs(place: str, element: Any, wanted: list[Any]) -> Iterator[str]:
    shown = sorted(
        (
            next(one for one in MARKS if squeezed(mark.findtext("bdi")).startswith(one)),
            tuple(sorted((mark.get("data-records") or "").split())),
        )
        for mark in element.xpath(".//*[contains(concat(' ', @class, ' '), ' mark ')]")
    )
    worked_out = sorted((word, tuple(sorted(ids))) for word, _, _, ids in wanted)
    if shown != worked_out:
        yield f"{place}: {shown}, by hand {worked_out}"
