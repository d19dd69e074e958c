"""Which quotes stand in their sources, as text."""

from __future__ import annotations

from api.cli.console import field, number, say, told
from loaders.coded.differences import Sort
from loaders.coded.verify import QuoteCheck, QuotesAnswer, Verdict


def quotes_text(answer: QuotesAnswer) -> None:
    """What was not found first, then what is nearly there, then sources without a text."""
    for problem in answer.problems:
        say(f"{problem.severity.value}: {problem.sentence()}", "yellow")
    for verdict in (Verdict.NOT_FOUND, Verdict.NEARLY):
        found = [item for item in answer.items if item.verdict is verdict]
        if found:
            say(verdict.value.capitalize(), "bold")
        for item in found:
            _quote(item)
    cut = [item for item in answer.items if item.cut_after is not None]
    if cut:
        say("Found, but cut off behind a negation", "bold")
    for item in cut:
        _quote(item)
    _without_text(answer)
    say(
        f"{number(answer.quotes, 'quote')} of {answer.review}: {answer.found} found, "
        f"{answer.nearly} nearly, {answer.not_found} not found, {answer.no_text} without a text "
        "at hand"
    )


def _quote(item: QuoteCheck) -> None:
    place = f", {item.locator}" if item.locator else ""
    say(f"  {item.id} [{item.source}{place}] in {item.file}")
    say(f"    quote: {_short(item.quote)}")
    if item.stands is not None:
        page = f", p. {item.page}" if item.page else ""
        say(f"    stands ({item.score} of 100{page}): {_short(item.stands)}")
    for one in item.differences:
        quote, text = (f"{words!r}" if words else "nothing" for words in (one.quote, one.text))
        sort = "" if one.sort is Sort.WORDING else f" ({one.sort})"
        say(f"    differs{sort}: {_short(quote)} in the quote, {_short(text)} in the source")
    field("right before it in the source", item.cut_after, 4)
    told(item, "note", indent=4)


def _without_text(answer: QuotesAnswer) -> None:
    sources: dict[str, list[QuoteCheck]] = {}
    for item in answer.items:
        if item.verdict is Verdict.NO_TEXT:
            sources.setdefault(item.source, []).append(item)
    if sources:
        say("No text at hand", "bold")
    for source, items in sources.items():
        names = ", ".join(items[0].looked_for[:4])
        say(f"  {source}: {number(len(items), 'quote')}; looked for files named {names}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else f"{flat[:297]}..."
