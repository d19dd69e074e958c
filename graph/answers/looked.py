"""Who looked for something, and what is on record of what they found."""

from __future__ import annotations

from pydantic import Field

from graph.answers.base import Answer, Page
from graph.answers.mechanisms import HistoryView, SearchView
from graph.answers.pieces import FindingView
from graph.answers.weight import Weight


class LookedFor(Answer):
    """One thing, the searches that are recorded to have looked for it, and what there is."""

    id: str
    review: str
    kind: str = Field(description="mechanism, concept, configuration or theory.")
    name: str
    searches: list[SearchView] = Field(description="Empty if no record says that anybody looked.")
    history: list[HistoryView] = Field(
        default=[], description="For a mechanism: what the review states at these searches."
    )
    findings: list[FindingView] = Field(
        default=[], description="Findings about it that are bounded by one of these searches."
    )
    weight: Weight = Field(description="What evidence about it is entered, from whatever search.")


class LookedForAnswer(Page[LookedFor]):
    """Things, and who looked for each."""

    notes: list[str] = []
