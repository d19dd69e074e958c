"""The answer to a question in words, as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.cli.console import field, more, number, say, told
from api.cli.text.chains import chains_text, weakest_link_text
from api.cli.text.compare import compare_text, same_as_text
from api.cli.text.contradictions import contradictions_text
from api.cli.text.evidence import evidence_text, weight_lines
from api.cli.text.flow import flow_text
from api.cli.text.gaps import gaps_text
from api.cli.text.lint import lint_text
from api.cli.text.loads import loads_text
from api.cli.text.mechanisms import mechanism_text
from api.cli.text.records import page_text, record_text
from api.cli.text.sensitivity import agreement_text, sensitivity_text
from graph.answers import (
    AskAnswer,
    CountAnswer,
    Example,
    FactAnswer,
    LookedForAnswer,
    MechanismView,
    Named,
    Page,
    PartsAnswer,
    StrengthAnswer,
)


def ask_text(answer: AskAnswer) -> None:
    """How the question was understood, then its answer."""
    say(f"Understood as: {answer.understood}", "italic")
    field("read", answer.reading.corrections, 0)
    for name, shown in _SHOWN.items():
        part = getattr(answer, name)
        if part is not None:
            say()
            if isinstance(part, Page) and not part.items:
                say(f"no {name.replace('_', ' ')}")
            else:
                shown(part)
    for note in answer.notes:
        say(f"Note: {note}", "italic")


def facts_text(answer: FactAnswer) -> None:
    """What each review states, with the record that says so."""
    for place, fact in enumerate(answer.items):
        if place:
            say()
        say(f"{fact.review}: {fact.item}", "bold")
        for said in fact.statements:
            where = f", {said.locator}" if said.locator else ""
            say(f"  {said.text}")
            say(f"    {said.name} [{said.record}{where}]", "dim")
        if fact.note:
            say(f"  {fact.note}")


def parts_text(answer: PartsAnswer) -> None:
    """Concepts in a role, by the polarity of the configurations that they stand in."""
    say(
        f"{answer.about.name}  [{answer.about.id}]: "
        f"{number(answer.configurations, 'configuration')}",
        "bold",
    )
    for polarity in dict.fromkeys(item.polarity for item in answer.items):
        say(f"  {polarity or 'polarity not stated'}")
        for item in answer.items:
            if item.polarity == polarity:
                mark = " (inferred)" if item.inferred else ""
                say(f"    {item.name}{mark} [{item.id}] in {', '.join(item.configurations)}")
    for note in answer.notes:
        say(f"Note: {note}", "italic")


def strength_text(answer: StrengthAnswer) -> None:
    """The weight of each, in words, with syntheses and what does not count."""
    for item in answer.items:
        at = f" at {item.at}" if item.at else ""
        say(f"{item.name}  [{item.id}]{at}: {item.weight.state}", "bold")
        weight_lines(item.weight)
        for source in item.weight.syntheses:
            field("synthesis", f"{source.cited} [{source.id}]")
        told(item, "stated")
    if not answer.items:
        say("none")
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)


def looked_text(answer: LookedForAnswer) -> None:
    """Each thing with the searches that looked for it, and what is on record of it."""
    for item in answer.items:
        say(f"{item.name}  [{item.id}]", "bold")
        for stage in dict.fromkeys(look.search.stage for look in item.looks):
            looks = [look for look in item.looks if look.search.stage == stage]
            search = looks[0].search
            searched_on = f" {search.searched_on}" if search.searched_on else ""
            field("who looked", f"{search.name} [{stage}]{searched_on}")
            told(search, "databases", "handsearched", indent=4)
            field("numbers", [f"{name}: {n}" for name, n in search.totals.items()], 4)
            for look in looks:
                only = f", only {look.only}" if look.only else ""
                field("by", f"{look.record.says} [{look.record.id}]{only}", 4)
                field("says", look.record.quote, 6)
        weight_lines(item.weight)
    if not answer.items:
        say("none")
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)


def _counts(answer: CountAnswer) -> None:
    for item in answer.items:
        say(f"{item.n:>7}  {item.kind} in {item.review}")
    if len({item.kind for item in answer.items}) == 1 and len(answer.items) > 1:
        say(f"{answer.total:>7}  in all", "bold")


def _mechanisms(page: Page[MechanismView]) -> None:
    say(number(len(page.items), "mechanism"), "bold")
    for item in page.items:
        say()
        mechanism_text(item)
    more(page.next)


def _names(page: Page[Named]) -> None:
    for item in page.items:
        say(f"{item.name}  [{item.id}]")
    more(page.next)


def _examples(items: list[Example]) -> None:
    for item in items:
        say(item.question, "bold")
        say(f"  {item.brings}")


_SHOWN: dict[str, Callable[[Any], None]] = {
    "evidence": evidence_text,
    "strength": strength_text,
    "looked": looked_text,
    "mechanisms": _mechanisms,
    "record": record_text,
    "configurations": page_text,
    "parts": parts_text,
    "findings": page_text,
    "gaps": gaps_text,
    "chains": chains_text,
    "weakest": weakest_link_text,
    "contradictions": contradictions_text,
    "comparison": compare_text,
    "same_as": same_as_text,
    "sensitivity": sensitivity_text,
    "agreement": agreement_text,
    "lint": lint_text,
    "facts": facts_text,
    "flow": flow_text,
    "counts": _counts,
    "sources": page_text,
    "concepts": page_text,
    "theories": page_text,
    "reviews": page_text,
    "names": _names,
    "loads": loads_text,
    "examples": _examples,
}
"""How each part of an answer is shown, in the order in which they are."""
