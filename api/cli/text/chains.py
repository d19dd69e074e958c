"""Chains as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say
from api.cli.text.evidence import weight_lines
from graph.answers import Chain, ChainAnswer, ChainPart, WeakestLinkAnswer


def chains_text(answer: ChainAnswer) -> None:
    """Each chain step by step, with its robustness."""
    if answer.connection is not None:
        held = answer.connection
        count = str(held.at_most) if held.exact else f"{held.at_least} to {held.at_most}"
        say(f"Works that must fall before no chain is left: {count}", "bold")
        for source in held.cut:
            field("source", f"{source.cited} [{source.id}]")
        say()
    for place, chain in enumerate(answer.items):
        if place:
            say()
        _chain(chain)
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)


def _chain(chain: Chain) -> None:
    kind = f" ({chain.loop} loop)" if chain.loop else ""
    say(f"{chain.begins.name} → {chain.ends.name}{kind}", "bold")
    for step in chain.steps:
        polarity = f", {step.polarity}" if step.polarity else ""
        if step.same_as:
            say(f"  the same by declaration: {', '.join(step.same_as)}")
        path = " → ".join(map(_part, (step.begins, *step.through, step.ends)))
        say(f"  {path} [{step.configuration.id}{polarity}]")
        field("with", [_part(part) for part in step.given], 4)
        weight_lines(step.weight, 4)
        for source in step.sources:
            field("source", f"{source.cited} [{source.id}]", 4)
    fall = number(chain.robustness, "work")
    say(
        f"  robustness {chain.robustness}: breaks without {fall}"
        if chain.robustness
        else "  robustness 0: at least one step has no empirical work that counts and supports it"
    )
    field("rests on", chain.weakest)


def _part(part: ChainPart) -> str:
    return f"{part.name} ({part.role}{', inferred' if part.inferred else ''})"


def weakest_link_text(answer: WeakestLinkAnswer) -> None:
    """Each work with what breaks without it."""
    say(f"{number(answer.chains, 'chain')}, of which {answer.standing} with a work at each step")
    for item in answer.items:
        say(f"{item.source.cited} [{item.source.id}]", "bold")
        say(f"  without it {item.chains} of {item.of} break")
        field("alone behind", [one.id for one in item.configurations])
        field("for example", item.examples)
    for note in answer.notes:
        say(f"Note: {note}", "italic")
