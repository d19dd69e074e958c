"""Contradictions as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say
from api.cli.text.evidence import weight_lines
from graph.answers import Contradiction, Page, SideRecord
from graph.answers.contradictions import rests_told, works_told
from graph.model import Stance


def contradictions_text(page: Page[Contradiction]) -> None:
    """Each contradiction with its sides, and the difference that sets them apart."""
    if not page.items:
        say("no contradiction fits")
    for place, item in enumerate(page.items):
        if place:
            say()
        role = f" as {item.about.role}" if item.about.role else ""
        says = "evidence disagrees" if item.kind == "evidence" else "configurations disagree"
        say(f"{item.about.name}{role}: {says}  [{item.id}]", "bold")
        if item.weight:
            weight_lines(item.weight)
        for side in item.sides:
            records = ", ".join(_record(one) for one in side.records)
            rest = f" and {side.n - len(side.records)} more" if side.n > len(side.records) else ""
            of = number(side.n, "piece" if item.kind == "evidence" else "configuration")
            say(f"  {side.side}: {of}, {works_told(side.works)}: {records}{rest}")
            for source in side.sources:
                field("source", f"{source.cited} [{source.id}]", 4)
        for moderator in item.moderators:
            what = " and ".join(f"{part.dimension} {part.name}" for part in moderator.features)
            rests = rests_told(moderator, item.kind)
            say(f"  goes with “{moderator.goes_with}”: {what} ({rests})")
        for note in item.notes:
            say(f"  Note: {note}", "italic")
    more(page.next)


def _record(record: SideRecord) -> str:
    """A record of a side, with what is told of it: `m:k1 (primary works: 1 against)`."""
    said = [record.stance.value] if record.stance is Stance.REFINES else []
    said += [f"through {record.through}"] if record.through else []
    said += [record.weight.text] if record.weight else []
    return f"{record.id} ({', '.join(said)})" if said else record.id
