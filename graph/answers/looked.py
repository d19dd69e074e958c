"""Who looked for something, and what is on record of what they found."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Page
from graph.answers.marks import Basis
from graph.answers.mechanisms import SearchView
from graph.answers.weight import Weight


class Look(Answer):
    """A search that covers something, by the record that says so."""

    search: SearchView
    record: Basis = Field(
        description="The scope of the search itself, a history row or a finding, with its words."
    )
    only: str = Field(
        default="", description="What it is bound to, as `level team`; empty = the thing as such."
    )


class LookedFor(Answer):
    """One thing, the searches that are recorded to have looked for it, and what there is."""

    id: str
    review: str
    kind: str = Field(description="mechanism, concept, configuration or theory.")
    name: str
    looks: list[Look] = Field(description="Empty if no record says that anybody looked.")
    weight: Weight = Field(description="What evidence about it is entered, from whatever search.")


class LookedForAnswer(Page[LookedFor]):
    """Things, and who looked for each."""

    notes: list[str] = []
