"""Reviews side by side, as text."""

from __future__ import annotations

from api.cli.console import field, more, number, say, told
from graph.answers import CompareAnswer, Comparison, Page, SameAsView
from graph.answers.labels import label


def compare_text(answer: CompareAnswer) -> None:
    """Shared mechanisms with their differences, then those of one review alone."""
    for review in answer.reviews:
        say(f"{review.id}: {review.name}", "bold")
        alone = number(answer.only[review.id], "mechanism")
        say(f"  {alone}, not declared to be the same as any of the others")
    say(f"Shared by declaration: {number(answer.shared, 'mechanism')}")
    for item in answer.items:
        _comparison(item)
    for concept in answer.shared_concepts:
        say(f"Shared concept: {concept.concepts[0].name}", "bold")
        for one in concept.concepts:
            roles = ", ".join(concept.roles.get(one.id, [])) or "no role in a configuration"
            say(f"  {one.id}: {roles}")
        told(concept, "declarations")
    for namesake in answer.undeclared:
        say(f"Same name, not declared to be the same: {namesake.name}", "italic")
        field("records", namesake.ids)
    for note in answer.notes:
        say(f"Note: {note}", "italic")
    more(answer.next)


def _comparison(item: Comparison) -> None:
    shared = "shared" if item.shared else f"{item.reviews[0]}, not declared to be shared"
    say(f"{item.mechanisms[0].name} ({shared})", "bold")
    for one in item.mechanisms:
        say(f"  {one.id}: {one.support} ({one.weight.text})")
        told(one, "levels", indent=4)
        field(label("contexts"), [part.name for part in one.contexts], 4)
    if item.shared:
        field("together", item.weight.text)
    told(item, "differs", "declarations")


def same_as_text(page: Page[SameAsView]) -> None:
    """Each declaration in a few lines."""
    if not page.items:
        say("nothing is declared to be the same (same-as.csv)")
    for item in page.items:
        say(f"{item.one.name} [{item.one.id}]", "bold")
        if item.other_kind in (None, item.kind):
            other = item.other_name or "not in this store, so without effect"
            say(f"  is the same {item.kind} as {other} [{item.other}]")
        else:
            other = f"{item.other_kind} {item.other_name}"
            say(f"  is a {item.kind}, and the same as the {other} [{item.other}]")
        told(item, "declared_by", "note")
    more(page.next)
