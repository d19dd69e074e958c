"""What pages claim that only the server has: answers to questions in words, refusals, lists.

As with the published pages, what an answer claims is held against the files alone. What a page
repeats of the question, and the reasons why a question is refused, are words of whoever asked and
of the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from claims_of_pages import (
    ASIDE,
    FILES,
    INTERFACE,
    RULES,
    Page,
    Review,
    Rule,
    Spot,
    own_text,
    squeezed,
)

ASKED = "h2[.='How the question was read']/following-sibling"
LIVE_ASIDE = {
    **ASIDE,
    f"{ASKED}::p[1]": "how a question was read: what was asked, no answer",
    f"{ASKED}::dl[1]/dd": "the same, filter by filter",
    "p[starts-with(normalize-space(), 'Only what counts: ')]": "what was asked for",
    "table[@id='t-examples']//td": "questions, and what they bring",
    "h2[.='Questions that are answered']/following-sibling::ul[1]/li": "questions",
    "h2[.='Perhaps one of these']/following-sibling::ul[1]/li": "ids and names, as links",
}
REFUSED = r"^not understood: .*$"
LIVE_INTERFACE = (
    *INTERFACE,
    r"^This could not be answered$",
    REFUSED,
    r"^In the order of primary works that support or refine, .* works of different sorts are not "
    r"added up\.$",
    r"^Only evidence that states this (?:level|perspective) counts here\. Where none is entered, "
    r"the gap matrix says whether anybody looked\.$",
)
KINDS = {"mechanism", "concept", "configuration", "theory", "source", "review", "finding"}
_ABOUT = ("mechanism", "concept", "configuration", "theory", "about", "source", "without source")


@dataclass
class LivePage(Page):
    """A page at an address of the server."""

    aside = LIVE_ASIDE
    interface = LIVE_INTERFACE

    @property
    def rules(self) -> tuple[tuple[str, Rule], ...]:
        return (*LIVE_RULES, *RULES)

    @cached_property
    def asks(self) -> str:
        """Which question it answers, if it answers one in words."""
        told = self.tree.xpath(f"//{ASKED}::dl[1]/dd[1]")
        return own_text(told[0]) if told else ""

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the question or the address narrows the answer by."""
        tags = (squeezed(tag.text_content()) for tag in self.tree.xpath("//dd/span[@class='tag']"))
        told = (tag.partition(": ") for tag in tags)
        given = parse_qs(urlsplit(self.name).query)
        query = {name.replace("_", " "): values[0] for name, values in given.items()}
        query.pop("q", None)
        return query | {name: value for name, _, value in told if value}

    @cached_property
    def path(self) -> list[str]:
        parts = [*PurePosixPath(unquote(urlsplit(self.name).path)).parts[1:]]
        owner = self.subject.partition(":")[0]
        if self.asks == "flow":
            return ["reviews", owner, "flow"]
        return [*parts, owner] if owner else parts or ["index"]

    @cached_property
    def review(self) -> Review | None:
        return self.reviews.get(self.subject.partition(":")[0])

    @cached_property
    def subject(self) -> str:
        for name in _ABOUT:
            if self.asked.get(name, "").partition(":")[0] in self.reviews:
                return self.asked[name] if name != "without source" else self._owner(name)
        if self.asked.get("review") in self.reviews:
            return self.asked["review"]
        named = unquote(urlsplit(self.name).path).rpartition("/")[2]
        return named if named.partition(":")[0] in self.reviews else ""

    def _owner(self, name: str) -> str:
        return self.asked[name].partition(":")[0]

    def leads_to(self, href: str) -> str:
        parts = [unquote(part) for part in urlsplit(href).path.split("/") if part]
        if len(parts) > 1 and (parts[0] in FILES or parts[0] == "reviews"):
            return parts[1]
        return ""

    def holds(self, review: Review, piece: dict[str, str]) -> bool:
        kind = review.kind_of(piece)
        sorts = {
            "stakeholders": ("interview", "consultation"),
            "empirical": ("paper", "grey", "synthesis"),
        }
        own = {
            "stance": [piece["stance"]],
            "perspective": [piece.get("perspective") or ""],
            "level": [one.strip() for one in (piece.get("levels") or "").split(";")],
        }
        for name, value in self.asked.items():
            wanted = value.split("; ")
            if name == "review" and value != review.id:
                return False
            if name == "source" and value != f"{review.id}:{piece['source']}":
                return False
            if name == "without source" and value == f"{review.id}:{piece['source']}":
                return False
            if name == "source kind" and kind not in sorts.get(value, (value,)):
                return False
            if (
                name == "rigour"
                and piece.get("rigour", "") not in ("moderate", "high")[value == "high" :]
            ):
                return False
            if name in own and not set(own[name]) & set(wanted):
                return False
            if name.startswith("not ") and set(own.get(name[4:], ())) & set(wanted):
                return False
        return True


def _named_by_nobody(spot: Spot, found: re.Match[str]) -> bool:
    """`there is no mechanism 'x'`: no record of the kinds has that id or name in any file."""
    asked = found[2].casefold()
    for review in spot.page.reviews.values():
        for kind in KINDS & set(re.findall(r"\w+", found[1])):
            if kind == "review" and asked == review.id:
                return False
            rows = review.table(f"{kind}s" if kind != "theory" else "theories")
            called = {
                name.strip().casefold()
                for row in rows
                for name in (row["id"], f"{review.id}:{row['id']}", row.get("name") or "")
            }
            if asked in called:
                return False
    return True


def _nothing_there(spot: Spot, found: re.Match[str]) -> bool:
    """An answer without rows: the files have nothing of what was asked."""
    page = spot.page
    assert isinstance(page, LivePage)
    shown = [page.review] if page.review else [*page.reviews.values()]
    if page.asks == "lint":  # what each rule finds has tests of its own
        return True
    if page.asks == "unsearched":
        return all(
            {row["id"] for row in one.table("mechanisms")}
            <= {id_ for stage in one.stated["search"] for id_ in stage.get("mechanisms", ())}
            for one in shown
        )
    if page.asks == "weakest link" or page.path[0] == "weakest-link":
        return not any(one.joins() for one in shown)
    if page.asks in ("configurations", "record"):
        return not any(
            page.subject.partition(":")[2] in (row.get("mechanisms") or "").split("; ")
            for one in shown
            for row in one.table("configurations")
        )
    if page.asks in ("same as", "agreement"):
        table = {"same as": "same-as", "agreement": "appraisals"}[page.asks]
        return not any(one.table(table) for one in shown)
    if page.asks in ("evidence", "said"):
        return not spot.meant
    return False


def _numbers(spot: Spot, found: re.Match[str]) -> bool:
    """`papers found: 5673, papers included: 36`: each is a step of the flow, with its number."""
    known = {
        (step["name"], str(step.get("n")))
        for one in spot.page.reviews.values()
        for stage in one.stated["search"]
        for step in stage["steps"]
    }
    text = re.sub(r"^\w+, Stage \d, |\w+:stage-\d$", "", found[0])
    pairs = re.findall(r"(?:^|, )(\D+): (\d+)", text)
    return bool(pairs) and set(pairs) <= known


def _no_box(spot: Spot, found: re.Match[str]) -> bool:
    """No step and no tally of the review has the words in its name."""
    page = spot.page
    assert isinstance(page, LivePage)
    review = page.reviews[found[1]]
    names = [step["name"] for stage in review.stated["search"] for step in stage["steps"]]
    names += [tally["name"] for tally in review.stated.get("tallies", ())]
    wanted = [word[:5] for word in page.asked["counted"].split()]
    return not any(all(word in name for word in wanted) for name in names)


def _no_statement(spot: Spot, found: re.Match[str]) -> bool:
    """`not stated in what is loaded of …`: who paid is item 19 of what is reported."""
    page = spot.page
    assert isinstance(page, LivePage)
    stated = page.reviews[found[1]].stated.get("reporting", [])
    return page.asked["item"] == "funding" and not any(
        one["item"] == 19 and "und" in one["statement"] for one in stated
    )


def _steps_shown(spot: Spot) -> list[tuple[Review, str]]:
    ids = {
        spot.page.leads_to(link.get("href")) for link in spot.page.tree.xpath("//main//a[@href]")
    }
    return [
        (review, id_)
        for id_ in sorted(ids)
        if (review := spot.page.reviews.get(id_.partition(":")[0]))
        and review.row("configurations", id_)
    ]


def _unsupported_step(spot: Spot, found: re.Match[str]) -> bool:
    shown = _steps_shown(spot)
    return bool(shown) and any(not review.supported(id_) for review, id_ in shown)


def _this_step(spot: Spot, found: re.Match[str]) -> bool:
    ids = {spot.page.leads_to(link.get("href")) for link in spot.scope.iter("a")}
    mine = [(review, id_) for review, id_ in _steps_shown(spot) if id_ in ids]
    return len(mine) == 1 and not mine[0][0].supported(mine[0][1])


def _ungraded(spot: Spot, found: re.Match[str]) -> bool:
    """Pieces of evidence about mechanisms that state no grade."""
    rows = [
        row
        for one in spot.page.reviews.values()
        for row in one.table("evidence")
        if row.get("mechanism") and one.kind_of(row) in ("paper", "grey", "synthesis")
    ]
    return int(found[1]) == sum(not row.get(found[2]) for row in rows)


LIVE_RULES: tuple[tuple[str, Rule], ...] = (
    (r"^(?:No such record: )?there is no ([\w, ]+?) '(.*)'$", _named_by_nobody),
    (r"^Nothing is held\.$", _nothing_there),
    (
        r"^(?:\w+, Stage \d, )?(?:papers \D+: \d+(?:, |$|(?=\w+:stage)))+(?:\w+:stage-\d)?$",
        _numbers,
    ),
    (r"^no box or tally of (\w+) is called so; the whole flow is shown by `flow \1`$", _no_box),
    (r"^not stated in what is loaded of (\w+)$", _no_statement),
    (
        r"^Robustness 0: for at least one configuration there is no paper, grey report or "
        r"synthesis that counts and supports it\.$",
        _unsupported_step,
    ),
    (r"^Works that must fall before no chain is left: 0$", _unsupported_step),
    (r"no empirical work that counts supports this step itself", _this_step),
    (
        r"^(\d+) pieces? of this evidence states? no level, and may be about \w+ all the same\.$",
        lambda s, m: int(m[1]) == sum(not row.get("levels") for row in s.meant),
    ),
    (
        r"^(\d+) pieces of evidence here have no grade of (\w+); they do not count, which says "
        r"nothing of their worth\.$",
        _ungraded,
    ),
)
"""Sentences that only the server's pages have."""
